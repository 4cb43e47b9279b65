"""What an annotation of a model says: the keys, the model inside, the values permitted, the example."""

from __future__ import annotations

from enum import Enum
from functools import lru_cache
from types import UnionType
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from macros.models.base import Reserve

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

    from macros.models.base import Visibilite


def keys_of(model: type[BaseModel]) -> list[str]:
    """Return the keys that may be written in a file of `model`."""
    return [name for name, info in model.model_fields.items() if not info.exclude]


def owner_of(model: type[BaseModel], path: tuple[str | int, ...]) -> type[BaseModel]:
    """Return the model that holds the last key of `path`."""
    current: type[BaseModel] = model
    names = [step for step in path if isinstance(step, str)]
    for step in names[:-1]:
        info = current.model_fields.get(step)
        inner = inner_model(info.annotation) if info else None
        current = inner or current
    return current


def inner_model(annotation: Any) -> type[BaseModel] | None:
    """Return the model inside an annotation (`tuple[M, ...]`, `M | None`), or None."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := inner_model(part))), None)


def choices_of(annotation: Any) -> list[str]:
    """Return the values an enumeration or a Literal permits inside an annotation."""
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return [str(member.value) for member in annotation]
    if get_origin(annotation) is Literal:
        return [str(value) for value in get_args(annotation)]
    if get_origin(annotation) in (Union, UnionType, tuple) or get_args(annotation):
        return [choice for part in get_args(annotation) for choice in choices_of(part)]
    return []


def example_of(info: FieldInfo | None) -> str:
    """Return the example the model gives for a field: its own, or that of its type."""
    if info is None:
        return ""
    if info.examples:
        return str(info.examples[0]).split("\n", maxsplit=1)[0]
    return _example_in(info) or _example_in_args(info.annotation)


def example_line(info: FieldInfo | None) -> str:
    """Return the example of a field as a line would hold it: of a list, in brackets."""
    example = example_of(info)
    return f"[{example}]" if info and example and _is_list(info.annotation) else example


def _is_list(annotation: Any) -> bool:
    return get_origin(annotation) is tuple or any(get_origin(part) is tuple for part in get_args(annotation))


def _example_in(source: Any) -> str:
    extra = getattr(source, "json_schema_extra", None)
    return str(extra["exemple"]) if isinstance(extra, dict) and "exemple" in extra else ""


def _example_in_args(annotation: Any) -> str:
    for part in (*get_args(annotation), *getattr(annotation, "__metadata__", ())):
        found = _example_in(part) or _example_in_args(part)
        if found:
            return found
    return ""


@lru_cache
def reserved_paths(model: type[BaseModel], audience: Visibilite) -> tuple[tuple[str, ...], ...]:
    """Return the field paths of `model`, parts included, that `audience` may not see."""
    found: list[tuple[str, ...]] = []
    for name, info in model.model_fields.items():
        if any(isinstance(mark, Reserve) and not audience.includes(mark.visibilite) for mark in info.metadata):
            found.append((name,))
        elif (part := inner_model(info.annotation)) is not None:
            found += [(name, *rest) for rest in reserved_paths(part, audience)]
    return tuple(found)
