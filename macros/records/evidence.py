"""Documents filed below `data/preuves/`: whether they are there, and their fingerprint."""

from __future__ import annotations

import hashlib
import os
import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

from macros.models.preuve import TypePreuve

if TYPE_CHECKING:
    from collections.abc import Mapping

    from macros.models.base import Record
    from macros.models.preuve import Preuve

FOLDER = "data/preuves"
"""Where evidence records and their documents stand, below the project."""

_SEAL = re.compile(rb"<pdf:Keywords>[^<]*\bempreinte-([0-9a-f]{64})\b")
_LARGEST_OURS = 20_000_000
"""Bytes: minutes with their record weigh a hundred times less."""


def fingerprints(project: Path, records: Mapping[str, Mapping[str, Record]]) -> dict[str, str | None]:
    """Return the SHA-256 of each document that evidence records name, by its path below `data/preuves/`; None when it is not there."""
    proofs = cast("Mapping[str, Preuve]", records.get("preuves", {})).values()
    named = {revision.fichier for proof in proofs for revision in proof.revisions if revision.fichier}
    folder = os.path.realpath(project / FOLDER)
    return {name: _fingerprint_below(folder, name) for name in sorted(named)}


def sizes(project: Path, fingerprints: Mapping[str, str | None]) -> dict[str, int]:
    """Return the size in bytes of each document that is there, by its path below `data/preuves/`."""
    folder = os.path.realpath(project / FOLDER)
    found = {name: _filed(folder, name) for name, there in fingerprints.items() if there}
    return {name: path.stat().st_size for name, path in found.items() if path}


def read_filed(project: Path, name: str) -> bytes:
    """Return the bytes of a document filed below `data/preuves/`. Raises `OSError`, also when it stands elsewhere."""
    path = _filed(os.path.realpath(project / FOLDER), name)
    if path is None:
        raise FileNotFoundError(name)
    return path.read_bytes()


def seals(project: Path, records: Mapping[str, Mapping[str, Record]]) -> dict[str, str]:
    """Return, for each filed PDF of minutes that the portal made, the fingerprint of the record it was made from, by its path."""
    proofs = cast("Mapping[str, Preuve]", records.get("preuves", {})).values()
    latest = [proof.latest() for proof in proofs if proof.type is TypePreuve.PV_CP]
    folder = os.path.realpath(project / FOLDER)
    names = sorted({revision.fichier for revision in latest if revision and revision.fichier and revision.fichier.endswith(".pdf")})
    return {name: seal for name in names if (seal := _seal_below(folder, name))}


def _seal_below(folder: str, name: str) -> str:
    path = _filed(folder, name)
    if path is None:
        return ""
    status = path.stat()
    return _seal(str(path), status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=65_536)
def _seal(path: str, changed: int, size: int) -> str:  # noqa: ARG001 - both are the cache key
    """Return the fingerprint in the keywords of a PDF, which PDF/A keeps readable in the file; nothing in a file too large to be ours."""
    if size > _LARGEST_OURS:
        return ""
    with open(path, "rb") as stream:  # noqa: PTH123 - the key is a text
        found = _SEAL.search(stream.read())
    return found[1].decode() if found else ""


def fingerprint(path: Path) -> str:
    """Return the SHA-256 of a file, computed again only when its date or size changed. Raises `OSError`."""
    status = path.stat()
    return _fingerprint(str(path), status.st_mtime_ns, status.st_size)


def _fingerprint_below(folder: str, name: str) -> str | None:
    """Return the SHA-256 of `folder/name`; None when nothing is there."""
    try:
        path = _filed(folder, name)
        return fingerprint(path) if path else None
    except OSError:
        return None


def _filed(folder: str, name: str) -> Path | None:
    """Return the file `folder/name`; None when nothing is there, when a link leads out or to itself, or when it is a record."""
    try:
        path = Path(os.path.realpath(f"{folder}/{name}", strict=True))
    except OSError:
        return None
    return path if path.is_file() and path.is_relative_to(folder) and path.suffix != ".yml" else None


@lru_cache(maxsize=65_536)
def _fingerprint(path: str, changed: int, size: int) -> str:  # noqa: ARG001 - both are the cache key
    with open(path, "rb") as stream:  # noqa: PTH123 - the key is a text
        return hashlib.file_digest(stream, "sha256").hexdigest()
