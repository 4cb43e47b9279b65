"""Documents filed below `data/preuves/`: whether they are there, and their fingerprint."""

from __future__ import annotations

import hashlib
import os
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Mapping

    from macros.models.base import Record
    from macros.models.preuve import Preuve

FOLDER = "data/preuves"
"""Where evidence records and their documents stand, below the project."""


def fingerprints(project: Path, records: Mapping[str, Mapping[str, Record]]) -> dict[str, str | None]:
    """Return the SHA-256 of each document that evidence records name, by its path below `data/preuves/`; None when it is not there."""
    proofs = cast("Mapping[str, Preuve]", records.get("preuves", {})).values()
    named = {revision.fichier for proof in proofs for revision in proof.revisions if revision.fichier}
    folder = os.path.realpath(project / FOLDER)
    return {name: _fingerprint_below(folder, name) for name in sorted(named)}


def fingerprint(path: Path) -> str:
    """Return the SHA-256 of a file, computed again only when its date or size changed. Raises `OSError`."""
    status = path.stat()
    return _fingerprint(str(path), status.st_mtime_ns, status.st_size)


def _fingerprint_below(folder: str, name: str) -> str | None:
    """Return the SHA-256 of `folder/name`; None when nothing is there, or when a link leads out of the folder or to itself."""
    try:
        path = Path(os.path.realpath(f"{folder}/{name}", strict=True))
        return fingerprint(path) if path.is_file() and path.is_relative_to(folder) else None
    except OSError:
        return None


@lru_cache(maxsize=65_536)
def _fingerprint(path: str, changed: int, size: int) -> str:  # noqa: ARG001 - both are the cache key
    with open(path, "rb") as stream:  # noqa: PTH123 - the key is a text
        return hashlib.file_digest(stream, "sha256").hexdigest()
