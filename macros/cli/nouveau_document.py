"""A document given to `portail nouveau preuve`: whether it can be filed, its fingerprint, where it goes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from macros import messages
from macros.cli.console import stop
from macros.drafts.preuve import document_name
from macros.records.evidence import FOLDER, fingerprint

LARGEST = 50_000_000
"""Bytes: beyond, a repository becomes slow to copy for good, and forges begin to refuse."""


@dataclass(frozen=True)
class Document:
    """A file on this machine and its SHA-256; neither when the document is only said to be somewhere (paper, another system)."""

    path: Path | None = None
    sha256: str | None = None


@dataclass(frozen=True)
class Placed:
    """Where a document goes: what its record says (`fichier` or `emplacement`), and the copy to put down, if any."""

    place: dict[str, str]
    copy: dict[Path, str | bytes]


def read_document_file(asked: Path | None) -> Document:
    """Return the document and its fingerprint; exit with 1 when it is missing, a folder, empty, or no ordinary file. Raises `OSError`."""
    if asked is None:
        return Document()
    path = asked.expanduser()
    if path.is_dir():
        stop(messages.document_is_a_folder(str(asked)))
    if not path.exists():
        stop(messages.document_missing(str(asked)))
    if not path.is_file():
        stop(messages.document_not_a_file(str(asked)))
    if path.stat().st_size == 0:
        stop(messages.document_empty(str(asked)))
    return Document(path.resolve(), fingerprint(path.resolve()))


def outside(emplacement: str) -> Placed:
    """Return the place of a document kept outside the project."""
    return Placed({"emplacement": emplacement}, {})


def inside(root: Path, document: Document, identifier: str, numero: int) -> Placed:
    """Return the place of a document filed in the project: a copy named after its record, or where it already stands below `data/preuves/`."""
    path = document.path
    if path is None:
        stop(messages.document_needed())
    folder = (root / FOLDER).resolve()
    if path.is_relative_to(folder) and path.suffix.lower() not in {".yml", ".yaml"}:
        return Placed({"fichier": path.relative_to(folder).as_posix()}, {})
    size = path.stat().st_size
    if size > LARGEST:
        stop(messages.document_too_large(path.name, size, LARGEST))
    name = document_name(identifier, numero, path.suffix)
    target = folder / name
    if target.exists():
        stop(messages.document_exists(f"{FOLDER}/{name}"))
    return Placed({"fichier": name}, {root / FOLDER / name: path.read_bytes()})
