"""Where a command may write: never on, in or around what a person or the tool keeps in the project."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from macros import messages
from macros.cli.console import stop

if TYPE_CHECKING:
    from collections.abc import Iterator

_KEPT = ("data", "docs", "overrides", "modeles", "macros", "outil", "tests", ".git", ".github", ".ci", ".venv")
DOSSIERS = "publication-dossiers"
"""Where dossiers for auditors are made, in the project; Git ignores it."""
_SITE = ("sitemap.xml", "404.html", "search/search_index.json")
"""What the engine writes in every site it builds: a folder without them is not one."""


def free_target(project: Path, asked: Path) -> Path:
    """Return the real path of a folder to write in; exit with 1 when it is, holds or lies in a kept folder, or is a file."""
    target, root = asked.resolve(), project.resolve()
    kept = [(root / name).resolve() for name in _KEPT]
    if root.is_relative_to(target) or any(target.is_relative_to(folder) or folder.is_relative_to(target) for folder in kept):
        stop(messages.kept_folder(str(asked)))
    if target.exists() and not target.is_dir():
        stop(messages.folder_is_a_file(str(asked)))
    return target


def free_file(project: Path, asked: Path) -> Path:
    """Return the real path of a file to write: beside the project, at its root or in a free folder; exit with 1 in a kept one."""
    root, target = project.resolve(), asked.resolve()
    if not root.is_relative_to(target.parent):  # beside the project or at its root, nothing is kept
        free_target(root, asked.parent)
    return target


def usual_file(project: Path, name: str) -> Path:
    """Return where a file made for a person goes when nothing is asked: `documents/` of the project, which Git ignores, as seen from here."""
    return Path(os.path.relpath(project / "documents"), name)


def site_target(project: Path, asked: Path) -> Path:
    """Return the folder of a site: free, and new, empty or holding a previous site. Hidden files (a Git worktree) do not count."""
    target = free_target(project, asked)
    if target.is_dir() and any(_visible(target)) and not all((target / name).is_file() for name in _SITE):
        stop(messages.folder_not_a_site(str(asked)))
    return target


@contextmanager
def site_draft(target: Path) -> Iterator[Path]:
    """Give a folder beside `target` to build in; once built, it takes the place of the previous site, hidden files apart.

    A build that fails leaves the previous site as it was.
    """
    draft = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        yield draft
        target.mkdir(parents=True, exist_ok=True)
        for old in list(_visible(target)):
            shutil.rmtree(old) if old.is_dir() and not old.is_symlink() else old.unlink()
        for new in list(draft.iterdir()):
            new.rename(target / new.name)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _visible(folder: Path) -> Iterator[Path]:
    return (path for path in folder.iterdir() if not path.name.startswith("."))
