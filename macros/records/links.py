"""Links a record holds, found in the annotations of its model."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, get_args

from pydantic import BaseModel

from macros.models.base import Lien

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Path = tuple[str | int, ...]


def links_of(record: BaseModel) -> Iterator[tuple[Path, Lien, str]]:
    """Yield `(path, lien, target)` for each link a record holds."""
    for path, lien in link_paths(type(record)):
        for place, value in _values_at(record, path, ()):
            yield place, lien, value


def _values_at(value: Any, path: tuple[str, ...], place: Path) -> Sequence[tuple[Path, str]]:
    """Return each text found by following field names, entering every element of lists, with its place."""
    for index, name in enumerate(path, 1):
        value = getattr(value, name)
        if value is None:
            return ()
        if type(value) is tuple:
            before, rest = (*place, *path[:index]), path[index:]
            return [found for rank, item in enumerate(value) for found in _values_at(item, rest, (*before, rank))]
    return (((*place, *path), value),)


@lru_cache
def link_paths(model: type[BaseModel]) -> tuple[tuple[tuple[str, ...], Lien], ...]:
    """Return the field paths of `model` that hold links, found once in its annotations."""
    return tuple(
        ((name, *rest), lien) for name, info in model.model_fields.items() for rest, lien in _links_in((*info.metadata, info.annotation))
    )


def _links_in(parts: tuple[Any, ...]) -> Iterator[tuple[tuple[str, ...], Lien]]:
    for part in parts:
        if isinstance(part, Lien):
            yield (), part
        elif isinstance(part, type) and issubclass(part, BaseModel):
            yield from link_paths(part)
        else:
            yield from _links_in(get_args(part))
