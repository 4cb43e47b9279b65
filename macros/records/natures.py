"""What kind of value each field of a record holds, found in the annotations of its model.

What may be told of a former value follows from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum
from functools import lru_cache
from types import UnionType
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin

from macros.models.base import Lien
from macros.records.fields import choices_of, inner_model, reserved_paths

if TYPE_CHECKING:
    from pydantic import BaseModel

    from macros.models.base import Visibilite

ELEMENT = "="
"""In a path, `id=D2` names the element of a list by what identifies it: no key holds this sign."""


class Nature(StrEnum):
    """What a value is."""

    DATE = "date"
    NOMBRE = "nombre"
    CHOIX = "choix"
    LIEN = "lien"
    PARTIE = "partie"
    TEXTE = "texte"


@dataclass(frozen=True)
class Champ:
    """A field as its annotation describes it: French title, kind of value, what it points at, values permitted, parts."""

    titre: str
    nature: Nature
    lien: Lien | None = None
    choix: type[Enum] | None = None
    valeurs: tuple[str, ...] = ()
    partie: type[BaseModel] | None = None


@lru_cache(maxsize=4096)
def field_at(model: type[BaseModel], path: tuple[str, ...]) -> tuple[Champ, ...] | None:
    """Return each field that a path goes through, elements of lists apart; None when the model has none of that name (any more)."""
    found: list[Champ] = []
    current: type[BaseModel] | None = model
    for step in path:
        if ELEMENT in step:
            continue
        if current is None or step not in current.model_fields:
            return None
        found.append(fields_of(current)[step])
        current = found[-1].partie
    return tuple(found)


@lru_cache
def fields_of(model: type[BaseModel]) -> dict[str, Champ]:
    """Return every field of a model by its key."""
    return {name: _field(info.title or name, (*info.metadata, info.annotation)) for name, info in model.model_fields.items()}


def _field(title: str, parts: tuple[Any, ...]) -> Champ:
    lien = next((mark for mark in _marks(parts) if isinstance(mark, Lien)), None)
    if lien is not None:
        return Champ(title, Nature.LIEN, lien=lien)
    annotation = parts[-1]
    part = inner_model(annotation)
    if part is not None:
        return Champ(title, Nature.PARTIE, partie=part)
    kinds = set(_kinds(annotation))
    choice = next((kind for kind in kinds if issubclass(kind, Enum)), None)
    if choice or any(get_origin(kind) is Literal for kind in _flat(annotation)):
        return Champ(title, Nature.CHOIX, choix=choice, valeurs=tuple(choices_of(annotation)))
    if kinds == {date}:
        return Champ(title, Nature.DATE)
    return Champ(title, Nature.NOMBRE if kinds == {int} else Nature.TEXTE)


def _marks(parts: tuple[Any, ...]) -> list[Any]:
    """Return everything said beside the types of an annotation, at any depth short of another model."""
    return [mark for part in parts for mark in (part, *_marks((*get_args(part), *getattr(part, "__metadata__", ()))))]


def _flat(annotation: Any) -> list[Any]:
    if get_origin(annotation) in (Union, UnionType, tuple):
        return [kind for part in get_args(annotation) for kind in _flat(part)]
    return [annotation]


def _kinds(annotation: Any) -> list[type]:
    """Return the types at the leaves of an annotation, None apart."""
    if isinstance(annotation, type) and annotation is not type(None):
        return [annotation]
    return [kind for part in get_args(annotation) if isinstance(part, type) or get_args(part) for kind in _kinds(part)]


def is_reserved(model: type[BaseModel], path: tuple[str, ...], audience: Visibilite) -> bool:
    """Tell whether a path leads to, or into, a field that an audience may not see."""
    names = tuple(step for step in path if ELEMENT not in step)
    return any(names[: len(reserved)] == reserved for reserved in reserved_paths(model, audience))
