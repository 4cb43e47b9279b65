"""Versions of a project by the names people give them: found in its history, its records put on the disk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from macros.history.git import checked, names, run, text
from macros.history.log import contents

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = "data"


@dataclass(frozen=True)
class Version:
    """One saved state: its id, and the day its author saved it."""

    commit: str
    jour: date


def resolve(project: Path, asked: str) -> Version | None:
    """Return the version of the history that `asked` names, None when there is none. Raises `GitError` without Git."""
    if not asked or asked.startswith("-"):
        return None
    found = run(project, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{asked}^{{commit}}")
    if found.returncode:
        return None
    commit = text(found.stdout)
    day = text(checked(project, "show", "--no-patch", "--format=%ad", "--date=short", commit))
    return Version(commit, date.fromisoformat(day))


def export(project: Path, commit: str, target: Path, folder: str = FOLDER) -> None:
    """Write the files of `folder` as they were at `commit` below `target`. Raises `GitError`."""
    entries = [entry.partition("\t") for entry in names(checked(project, "ls-tree", "-r", "-z", commit, "--", folder))]
    files = {path: facts.split()[2] for facts, _, path in entries if facts.split()[1] == "blob"}
    blobs = contents(project, files.values())
    for path, blob in files.items():
        place = target / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(blobs[blob])
