"""One file as read: plain values and, beside them, where each stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from macros.problems import Problem

Mark = tuple[int, int]
"""Line and column, both from 1."""


@dataclass(slots=True)
class Marks:
    """Where a value and its parts stand: a tree parallel to the data."""

    at: Mark
    keys: dict[str, Mark] = field(default_factory=dict)
    children: dict[str | int, Marks | Mark] = field(default_factory=dict)
    """A text has no parts: its place alone is kept, which halves the memory of a large project."""

    def find(self, path: tuple[str | int, ...], *, key: bool = False) -> Mark:
        """Return the place of the value at `path` (of its key when `key`), or of its nearest existing ancestor."""
        node: Marks = self
        for index, step in enumerate(path):
            if key and index == len(path) - 1 and step in node.keys:
                return node.keys[str(step)]
            child = node.children.get(step, node.at)
            if isinstance(child, tuple):
                return child
            node = child
        return node.at


@dataclass(frozen=True)
class Document:
    """What one file holds: data of `dict`, `list`, `str` and None, or problems and no data."""

    fichier: str
    data: dict[str, Any] | None
    marks: Marks
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True)
class Refusal(Exception):  # noqa: N818 - ends the reading of one file; callers of the reader never see it
    """Why a file cannot be read further."""

    code: str
    message: str
    at: Mark
