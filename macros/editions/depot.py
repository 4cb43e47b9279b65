"""The sources of an edition, apart from the work in progress: exactly what a saved version holds, so that nothing else gets in."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from macros import messages
from macros.history.git import GitError, checked, text
from macros.history.log import head_of, is_shallow
from macros.history.repository import find_history
from macros.problems import DataError, Problem

if TYPE_CHECKING:
    from pathlib import Path

    from macros.history.repository import History

RECORDED = "data/editions/"
"""Records of editions: writing one follows a publication, and does not belong to what was published."""
_LEFT = frozenset({".git", ".venv", ".cache", "site", "publication", "documents", "__pycache__", ".schemas"})
_SHOWN = 5


def saved_version(project: Path) -> str:
    """Return the id of the version to publish. Raise `DataError` when there is none, when it is cut, or when work is not saved."""
    try:
        history = find_history(project)
        if history is None or not head_of(project):
            _refuse("sans-historique", messages.no_history_to_publish())
        if is_shallow(project):
            _refuse("historique-coupe", messages.shallow_history())
        _refuse_unsaved(history)
        return head_of(project)
    except GitError as error:
        _refuse("historique", messages.not_saved(error.obstacle.value, error.detail))
        raise


def _refuse_unsaved(history: History | None) -> None:
    changed = [each.path for each in history.changes() if not each.path.startswith(RECORDED)] if history else []
    if changed:
        _refuse("non-enregistre", messages.unsaved_changes(changed[:_SHOWN], len(changed)))


def _refuse(code: str, message: str) -> None:
    raise DataError([Problem("publication", 0, 0, code, message)])


def take_version(project: Path, commit: str, target: Path) -> Path:
    """Copy a saved version below `target`, with its history; return the folder of the project in it. Raises `GitError`."""
    top = text(checked(project, "rev-parse", "--show-toplevel"))
    prefix = text(checked(project, "rev-parse", "--show-prefix"))
    quiet = ("-c", "core.hooksPath=/dev/null", "-c", "advice.detachedHead=false")
    checked(project, *quiet, "clone", "--quiet", "--shared", "--no-checkout", top, str(target))
    checked(target, *quiet, "checkout", "--quiet", "--detach", commit)
    found = target / prefix
    _share_cache(project, found)
    return found


def take_folder(project: Path, target: Path) -> Path:
    """Copy the files of a project without history below `target`, but for what is made again and what names persons."""

    def left(folder: str, names: list[str]) -> list[str]:
        top = folder == str(project)
        return [name for name in names if name.endswith(".local.yml") or name == "__pycache__" or (top and name in _LEFT)]

    shutil.copytree(project, target, ignore=left)
    _share_cache(project, target)
    return target


def _share_cache(project: Path, copy: Path) -> None:
    """Have the copy use what the project made already; where links are refused, it is made again."""
    cache = project / ".cache"
    try:
        cache.mkdir(exist_ok=True)
        (copy / ".cache").symlink_to(cache.resolve(), target_is_directory=True)
    except OSError:
        return
