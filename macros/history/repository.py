"""The history of a project: what changed since it was last saved, what was saved before, and saving it."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.history.git import GitError, Obstacle, checked, joined, names, run, text
from macros.history.log import contents, head_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_PATHS = ("--pathspec-from-file=-", "--pathspec-file-nul")
_UNFINISHED = ("MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "rebase-merge", "rebase-apply")
_CONFLICTS = frozenset({"DD", "AU", "UD", "UA", "DU", "AA", "UU"})


@dataclass(frozen=True)
class Changed:
    """A file that differs from its last saved state, by its path below the project. `gone`: nothing is left to take from the disk."""

    path: str
    conflict: bool = False
    gone: bool = False


@dataclass(frozen=True)
class History:
    """The history that holds a project. `prefix` is the path of the project below the root of its repository."""

    project: Path
    prefix: str = ""

    def is_unfinished(self) -> bool:
        """Tell whether two versions are being joined, or an old one replayed."""
        return any(self._inside(name).exists() for name in _UNFINISHED)

    def is_detached(self) -> bool:
        """Tell whether the project shows an old state instead of its current version."""
        return run(self.project, "symbolic-ref", "--quiet", "HEAD").returncode != 0

    def has_identity(self) -> bool:
        """Tell whether someone set a name and an address to save under."""
        return all(run(self.project, "config", f"user.{key}").stdout.strip() for key in ("name", "email"))

    def changes(self) -> list[Changed]:
        """Return every file of the project that differs from its last saved state, new ones included, ignored ones apart."""
        found: dict[str, Changed] = {}
        for entry in self._names("status", "--porcelain=v1", "--no-renames", "--untracked-files=all", "-z", "--", "."):
            state, path = entry[:2], entry[3:].removeprefix(self.prefix)
            found[path] = Changed(path, state in _CONFLICTS, gone=state == "D ")
        return [found[path] for path in sorted(found)]

    def ignored(self, paths: Iterable[str]) -> set[str]:
        """Return those of `paths` that Git was told to leave out and does not follow."""
        asked = joined(f"./{path}" for path in paths)  # this command would take a leading colon for a pattern
        done = run(self.project, "check-ignore", "-z", "--stdin", stdin=asked, literal=False)
        if done.returncode > 1:
            raise GitError(Obstacle.OTHER, text(done.stderr))
        return {name.removeprefix("./") for name in names(done.stdout)}

    def followed(self) -> set[str]:
        """Return every file of the project that the history follows."""
        return set(self._names("ls-files", "-z"))

    def saved(self, paths: Iterable[str]) -> dict[str, bytes]:
        """Return the last saved content of each of `paths` that has one."""
        wanted = set(paths)
        blobs = {}
        for entry in names(run(self.project, "ls-tree", "-r", "-z", "HEAD").stdout):
            facts, _, path = entry.partition("\t")
            if path in wanted:
                blobs[path] = facts.split()[2]
        known = contents(self.project, blobs.values())
        return {path: known[blob] for path, blob in blobs.items()}

    def ever_named(self, folder: str) -> set[str]:
        """Return the path, from the root of the repository, of every file that any saved state of any branch held below `folder`."""
        listed = run(self.project, "log", "--all", "--no-renames", "--diff-filter=A", "--name-only", "--format=", "-z", "--", folder)
        return set(names(listed.stdout))

    def save(self, paths: Mapping[str, bool], said: Iterable[str], identity: tuple[str, str] | None) -> bool:
        """Save the files of `paths` and nothing else; return whether anything was to be saved. Raises `GitError`.

        The value of a path tells whether there is something to take from the
        disk; `said` are the paragraphs kept with this state; `identity` is a
        name and an address when nobody set theirs. What is prepared for
        another save stays so, and as it was when saving is refused.
        """
        index, head = self._inside("index"), head_of(self.project)
        before = index.read_bytes() if index.exists() else None
        try:
            taken = [path for path, there in paths.items() if there]
            if taken:
                checked(self.project, "add", "--all", "--force", *_PATHS, stdin=joined(taken))
            differs = self._names("diff", "--cached", "--name-only", "--no-renames", "--relative", "-z")
            ready = sorted(set(differs).intersection(paths))
            if ready:
                self._commit(ready, said, identity)
        except BaseException:
            if head_of(self.project) == head:
                _put_back(index, before)
            raise
        return bool(ready)

    def _commit(self, paths: list[str], said: Iterable[str], identity: tuple[str, str] | None) -> None:
        who = [f"user.{key}={value}" for key, value in zip(("name", "email"), identity or (), strict=False)]
        settings = [part for setting in ("i18n.commitEncoding=UTF-8", *who) for part in ("-c", setting)]
        paragraphs = [part for paragraph in said for part in ("-m", paragraph)]
        reason = Obstacle.HOOK if self._has_hook() else Obstacle.OTHER
        command = [*settings, "commit", "--quiet", "--only", "--cleanup=verbatim", *paragraphs, *_PATHS]
        checked(self.project, *command, stdin=joined(paths), otherwise=reason)

    def _has_hook(self) -> bool:
        return any(os.access(self._inside(f"hooks/{name}"), os.X_OK) for name in ("pre-commit", "prepare-commit-msg", "commit-msg"))

    def _inside(self, name: str) -> Path:
        """Return a file of Git itself."""
        return self.project / text(checked(self.project, "rev-parse", "--git-path", name))

    def _names(self, *arguments: str) -> list[str]:
        return names(checked(self.project, *arguments))


def find_history(project: Path) -> History | None:
    """Return the history of `project`, None when it has none; one around it counts when it follows its files. Raises `GitError`."""
    done = run(project, "rev-parse", "--show-prefix")
    if done.returncode:
        answer = text(done.stderr)
        if "not a git repository" in answer:
            return None
        raise GitError(Obstacle.FOREIGN if "dubious ownership" in answer else Obstacle.OTHER, answer)
    found = History(project, text(done.stdout))
    return found if not found.prefix or found.followed() else None


def begin_history(project: Path) -> History:
    """Begin the history of `project`. Raises `GitError`."""
    checked(project, "-c", "init.defaultBranch=main", "init", "--quiet")
    return History(project)


def _put_back(path: Path, content: bytes | None) -> None:
    """Give a file of Git its former content, at once."""
    with suppress(OSError):
        if content is None:
            path.unlink(missing_ok=True)
            return
        draft = path.with_name(f"{path.name}.portail")
        draft.write_bytes(content)
        draft.replace(path)
