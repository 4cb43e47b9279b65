"""The manifest of an edition: the SHA-256 of every file, in the format of `sha256sum`, which can check it alone."""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MANIFESTE = "MANIFESTE.sha256"
SIGNATURE, HORODATAGE = f"{MANIFESTE}.sig", f"{MANIFESTE}.tsr"
BESIDE = frozenset({MANIFESTE, SIGNATURE, HORODATAGE})
"""Files that a manifest does not tell: itself, and what others say of it."""
_LINE = re.compile(rb"(\\?)([0-9a-f]{64})  ([^\n]+)")
_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r"}


@dataclass(frozen=True)
class Verification:
    """What a folder holds against its manifest: paths, POSIX style, in order.

    `illisible`: there is no manifest, or it is not one. `fichiers`: how many it tells.
    """

    fichiers: int = 0
    alteres: tuple[str, ...] = ()
    manquants: tuple[str, ...] = ()
    en_trop: tuple[str, ...] = ()
    illisible: str = ""

    @property
    def est_entier(self) -> bool:
        """Tell whether every file is there, as it was, and nothing else."""
        return not (self.alteres or self.manquants or self.en_trop or self.illisible)


def manifest_of(folder: Path) -> bytes:
    """Return the manifest of a folder: one line a file, in order of path. Raise `ValueError` for what is no plain file."""
    lines = []
    for name, path in _files(folder):
        if path.is_symlink() or not path.is_file():
            message = f"not a plain file: {name}"
            raise ValueError(message)
        lines.append(_line(name, _fingerprint(path)))
    return b"".join(lines)


def manifest_digest(folder: Path) -> str:
    """Return the SHA-256 of the manifest itself: it stands for the whole edition."""
    return _fingerprint(folder / MANIFESTE)


def verify(folder: Path) -> Verification:
    """Compare a folder with its manifest, byte for byte. Never raises for what the folder holds."""
    try:
        told = _told((folder / MANIFESTE).read_bytes())
    except FileNotFoundError:
        return Verification(illisible="absent")
    except (OSError, ValueError):
        return Verification(illisible="forme")
    there = dict(_files(folder))
    altered, missing = [], []
    for name, digest in told.items():
        path = there.pop(name, None)
        if path is None:
            missing.append(name)
        elif path.is_symlink() or _safe_fingerprint(path) != digest:
            altered.append(name)
    return Verification(len(told), tuple(sorted(altered)), tuple(sorted(missing)), tuple(sorted(there)))


def _told(raw: bytes) -> dict[str, str]:
    """Return the digest of each path of a manifest. Raise `ValueError` when it is not one, or leads out of its folder."""
    if not raw.endswith(b"\n"):
        message = "cut"
        raise ValueError(message)
    found: dict[str, str] = {}
    for line in raw[:-1].split(b"\n"):
        part = _LINE.fullmatch(line)
        name = _unescaped(os.fsdecode(part[3])) if part and part[1] else os.fsdecode(part[3]) if part else ""
        steps = name.split("/")
        if part is None or name in found or any(step in ("", ".", "..") for step in steps):
            raise ValueError(name)
        found[name] = part[2].decode()
    return found


def _line(name: str, digest: str) -> bytes:
    escaped = "".join(_ESCAPES.get(char, char) for char in name)
    return os.fsencode(f"{chr(92) if escaped != name else ''}{digest}  {escaped}\n")


def _unescaped(text: str) -> str:
    return re.sub(r"\\([\\nr])", lambda found: {"\\": "\\", "n": "\n", "r": "\r"}[found[1]], text)


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield each file below a folder with its path, in order; a link to a folder counts as a file, and is not entered."""
    for directory, folders, names in os.walk(folder):
        here = Path(directory)
        links = [name for name in folders if (here / name).is_symlink()]
        folders[:] = sorted(name for name in folders if name not in links)
        for name in sorted((*names, *links)):
            path = here / name
            relative = path.relative_to(folder).as_posix()
            if relative not in BESIDE:
                yield relative, path


def _fingerprint(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _safe_fingerprint(path: Path) -> str:
    try:
        return _fingerprint(path)
    except OSError:
        return ""
