"""Evidence kept outside the repository, found by its fingerprint and put among the sources of a dossier."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from macros.models.preuve import Preuve
from macros.records.atomic import write_atomic
from macros.records.evidence import FOLDER
from macros.records.reading import read_document
from macros.records.writing import dump_record

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

JOINED = "dossier"
"""Below the folder of evidence of the sources, which are a copy: where what was found goes."""


def join_pieces(sources: Path, folder: Path, wanted: Iterable[Preuve]) -> int:
    """Put the documents of `wanted` found in `folder` by their SHA-256 among `sources`; return how many.

    Only what names no person is joined. The records of the copy then name
    their file; those of the project do not change. Raises `OSError`.
    """
    searched = [proof for proof in wanted if not proof.names_persons() and any(r.sha256 and not r.fichier for r in proof.revisions)]
    found = _by_hash(folder, {r.sha256 for proof in searched for r in proof.revisions if r.sha256}) if searched else {}
    joined = 0
    for proof in searched:
        names = {
            r.numero: _place(sources, proof, r.numero, found[r.sha256]) for r in proof.revisions if r.sha256 in found and not r.fichier
        }
        if names:
            _rewrite(sources, proof.id, names)
            joined += len(names)
    return joined


def _by_hash(folder: Path, wanted: set[str]) -> dict[str | None, Path]:
    """Return the files of a folder, at any depth, whose SHA-256 is one of `wanted`."""
    found: dict[str | None, Path] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
            if digest in wanted:
                found.setdefault(digest, path)
    return found


def _place(sources: Path, proof: Preuve, numero: int, path: Path) -> str:
    suffix = path.suffix.lower() if path.suffix[1:].isalnum() else ""
    name = PurePosixPath(JOINED, f"{proof.id}-r{numero}{suffix}").as_posix()
    target = sources / FOLDER / name
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, target)
    return name


def _rewrite(sources: Path, identifier: str, names: dict[int, str]) -> None:
    """Have the copy of a record say where its documents are."""
    path = next((sources / FOLDER).rglob(f"{identifier}.yml"))
    data: dict[str, Any] = dict(read_document(path, sources).data or {})
    revisions = []
    for revision in data.get("revisions", []):
        name = names.get(int(revision["numero"]))
        kept = {key: value for key, value in revision.items() if key != "emplacement" or not name}
        revisions.append(kept | ({"fichier": name} if name else {}))
    write_atomic(path, dump_record(Preuve, {**data, "revisions": revisions}))
