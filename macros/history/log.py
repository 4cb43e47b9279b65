"""One pass over the history of a project: every saved state that touched its records, and the bytes of each version of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from macros.history.git import GitError, Obstacle, run, streamed, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

ABSENT = "0" * 40
"""What Git writes for the version of a file that is not there."""
_FIELDS = 4
_RENAMED = b"RC"


class Touch(NamedTuple):
    """What one saved state did to one file: its versions by object id, its path before and after, below the project."""

    old: str
    new: str
    before: str
    after: str


class Save(NamedTuple):
    """One saved state: its id, its day as its author lived it (ISO), who saved it, and the files it touched."""

    commit: str
    day: str
    author: str
    touched: tuple[Touch, ...]


def head_of(project: Path) -> str:
    """Return the id of the state the project shows, empty before the first one. Raises `GitError` without Git."""
    return text(run(project, "rev-parse", "--verify", "--quiet", "HEAD").stdout)


def is_shallow(project: Path) -> bool:
    """Tell whether the history at hand is cut: what came before was not fetched."""
    return text(run(project, "rev-parse", "--is-shallow-repository").stdout) == "true"


def is_ancestor(project: Path, older: str, newer: str) -> bool:
    """Tell whether `newer` continues `older`."""
    return run(project, "merge-base", "--is-ancestor", older, newer).returncode == 0


def saves(project: Path, upto: str, since: str = "") -> tuple[Save, ...]:
    """Return the saved states that touched the records of `project`, latest first, from after `since` to `upto`. Raises `GitError`.

    Renames are followed. A joining of two versions tells nothing of its own: each state is told once, where it was made.
    """
    span = f"{since}..{upto}" if since else upto
    order = ("--raw", "-z", "-M", "--no-abbrev", "--relative", "--date=short", "--format=%x01%H%x00%ad%x00%an%x00")
    raw = streamed(project, "log", *order, span)
    return tuple(_save(part) for part in raw.split(b"\x01")[1:])


def _save(raw: bytes) -> Save:
    commit, day, author, rest = raw.split(b"\0", _FIELDS - 1)
    return Save(commit.decode(), day.decode(), author.decode("utf-8", "replace"), tuple(_touched(rest)))


def _touched(raw: bytes) -> Iterator[Touch]:
    """Read `:100644 100644 <old> <new> M`, zero, path; a rename has two paths."""
    parts = iter(raw.strip(b"\n\0").split(b"\0"))
    for part in parts:
        facts = part.lstrip(b"\n").split(b" ")
        if len(facts) <= _FIELDS:
            continue
        before = after = next(parts).decode("utf-8", "replace")
        if facts[4][:1] in _RENAMED:
            after = next(parts).decode("utf-8", "replace")
        yield Touch(facts[2].decode(), facts[3].decode(), before, after)


def contents(project: Path, blobs: Iterable[str]) -> dict[str, bytes]:
    """Return the bytes of each object, by its id. Raises `GitError` when one is not at hand."""
    wanted = list(dict.fromkeys(blobs))
    stream = streamed(project, "cat-file", "--batch", "--buffer", stdin="".join(f"{blob}\n" for blob in wanted).encode())
    found, place = {}, 0
    for blob in wanted:
        start = stream.index(b"\n", place) + 1
        facts = stream[place:start].split()
        if facts[-1] == b"missing":
            raise GitError(Obstacle.OTHER, blob)
        size = int(facts[2])
        found[blob] = stream[start : start + size]
        place = start + size + 1
    return found
