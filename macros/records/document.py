"""One file as read: plain values and, beside them, where each stands."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from macros.problems import Problem

Mark = tuple[int, int]
"""Line and column, both from 1."""


@dataclass(slots=True)
class Marks:
    """Where a value and its parts stand.

    Places are kept in the order of the text, one number each, and found again
    by walking the data in that order: of a mapping, the key then the value of
    each entry; of a list, each element; then what that value holds. This is a
    tenth of the memory of a tree of places.
    """

    at: Mark
    data: Any = None
    places: array[int] = field(default_factory=lambda: array("Q"))

    def find(self, path: tuple[str | int, ...], *, key: bool = False) -> Mark:
        """Return the place of the value at `path` (of its key when `key`), or of its nearest existing ancestor."""
        node, start, at = self.data, 0, self.at
        for index, step in enumerate(path):
            found = _entry(node, start, step)
            if found is None:
                break
            node, of_key, of_value = found
            at = unpack(self.places[of_key if key and index == len(path) - 1 else of_value])
            start = of_value + 1
        return at


SHIFT = 32
"""A place, counted from 0, is one number: `line << SHIFT | column`."""


def unpack(place: int) -> Mark:
    """Return line and column, from 1, of a packed place."""
    return (place >> SHIFT) + 1, (place & (1 << SHIFT) - 1) + 1


def _entry(node: Any, start: int, step: str | int) -> tuple[Any, int, int] | None:
    """Return a part of `node` with the ranks of its key and of its value among places, those of the parts beginning at `start`."""
    if type(node) is dict and step in node:
        for key, value in node.items():
            if key == step:
                return value, start, start + 1
            start += 2 + _size(value)
    if type(node) is list and type(step) is int and 0 <= step < len(node):
        start += sum(1 + _size(value) for value in node[:step])
        return node[step], start, start
    return None


def _size(node: Any) -> int:
    """Return how many places the parts of `node` take."""
    if type(node) is dict:
        return sum(2 + _size(value) for value in node.values())
    return sum(1 + _size(value) for value in node) if type(node) is list else 0


@dataclass(frozen=True, slots=True)
class Document:
    """What one file holds: data of `dict`, `list`, `str` and None, or problems and no data.

    `has_empty` is False when no key is without value.
    """

    fichier: str
    data: dict[str, Any] | None
    marks: Marks
    problems: tuple[Problem, ...] = ()
    has_empty: bool = True


@dataclass(slots=True)
class Refusal(Exception):  # noqa: N818 - ends the reading of one file; callers of the reader never see it
    """Why a file cannot be read further."""

    code: str
    message: str
    at: Mark
