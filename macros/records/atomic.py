"""Put files down whole or not at all."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def write_atomic(path: Path, content: str | bytes) -> None:
    """Replace the file `path` by `content` (UTF-8) at once: a reader sees the old file or the new one.

    Missing folders are made. Raise `OSError` when the disk refuses: the
    target is then untouched and nothing is left beside it.
    """
    write_all({path: content})


def write_all(files: Mapping[Path, str | bytes]) -> None:
    """Write all files or none: every content is on the disk before the first target changes.

    Raise `OSError` when the disk refuses. Then, as after an interruption
    (Ctrl+C), targets already replaced are put back, temporary files and
    folders made on the way are removed.
    """
    made: list[Path] = []
    staged: dict[Path, Path] = {}
    try:
        for path, content in files.items():
            target = path.resolve()
            made += _make_folders(target.parent)
            staged[target] = _temporary(target)
            _write(staged[target], target, content.encode() if isinstance(content, str) else content)
        _rename_all(staged)
    except BaseException:
        for temporary in staged.values():
            temporary.unlink(missing_ok=True)
        for folder in reversed(made):
            with suppress(OSError):
                folder.rmdir()
        raise


def _make_folders(folder: Path) -> list[Path]:
    """Create the missing folders down to `folder`; return them, outermost first."""
    missing = [parent for parent in (folder, *folder.parents) if not parent.exists()]
    made: list[Path] = []
    for parent in reversed(missing):
        try:
            parent.mkdir()
        except BaseException:
            for created in reversed(made):
                created.rmdir()
            raise
        made.append(parent)
    return made


def _temporary(target: Path) -> Path:
    """Name a hidden neighbour, which no reader takes for a record."""
    return target.with_name(f".{target.name[:100]}.{secrets.token_hex(4)}.tmp")


def _write(temporary: Path, target: Path, content: bytes) -> None:
    with temporary.open("xb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    if target.exists():
        temporary.chmod(target.stat().st_mode & 0o7777)


def _rename_all(staged: Mapping[Path, Path]) -> None:
    """Rename each temporary file onto its target; put back what was replaced when one rename fails or is interrupted."""
    before = {target: target.read_bytes() if target.exists() else None for target in staged}
    try:
        for target, temporary in staged.items():
            temporary.replace(target)
    except BaseException:
        for target, temporary in staged.items():
            if not temporary.exists():  # renamed, even when the interruption came just after
                _put_back(target, before[target])
        raise


def _put_back(target: Path, content: bytes | None) -> None:
    with suppress(OSError):
        if content is None:
            target.unlink()
        else:
            target.write_bytes(content)
