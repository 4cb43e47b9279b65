"""Records whose every value is found nowhere else: what an audience must not see can then be looked for by name."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum
from itertools import count
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from macros.models.base import Visibilite
from macros.records.registre import Registre
from macros.records.validation import keys_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from macros.models.base import Record

_BY_PATTERN = {
    r"^\d{14}$": "9{:013d}",
    r"^(RNCP|RS)\d{1,6}$": "RNCP7{:05d}",
    r"^https?://": "https://canari{}.example",
    r"^[a-z0-9]+(_[a-z0-9]+)*$": "canari{}",
    r"^CP-": "CP-2025-12-CANARI{}.D1",
    r"^PR-": "PR-2026-77{:04d}",
}
_FIRST_DAY = date(1901, 1, 1)


@dataclass
class Canaries:
    """Makes records, and remembers which value was put in which field: `(collection, id) → field → values`."""

    numbers: Iterator[int] = field(default_factory=lambda: count(1001))
    values: dict[tuple[str, str], dict[str, list[str]]] = field(default_factory=dict)

    def record(self, model: type[Record], identifier: str, **stated: object) -> Any:
        """Return a valid record of `model` with a distinct value in every field, except those stated."""
        data: dict[str, object] = {"id": identifier}
        seen = self.values.setdefault((model.collection, identifier), {})
        for name in keys_of(model):
            if name in stated:
                data[name] = stated[name]
            elif name != "visibilite":
                data[name] = self._value(model.model_fields[name], seen.setdefault(name, []))
        return model.model_validate(data)

    def _value(self, info: FieldInfo, seen: list[str]) -> Any:
        return self._make(info.annotation, tuple(info.metadata), seen)

    def _make(self, kind: Any, marks: tuple[Any, ...], seen: list[str]) -> Any:  # noqa: PLR0911 - one shape of annotation a line
        """Return plain data for an annotation; each distinct value is added to `seen`."""
        origin, inside = get_origin(kind), get_args(kind)
        if origin is Annotated:
            return self._make(inside[0], (*marks, *inside[1:]), seen)
        if origin in (Union, UnionType):
            return self._make(next(part for part in inside if part is not type(None)), marks, seen)
        if origin is tuple:
            return [self._make(inside[0], (), seen)]
        if origin is dict:
            return {self._text((), seen): self._text((), seen)}
        if origin is Literal:
            return inside[0]
        if issubclass(kind, Enum):
            return next(iter(kind)).value
        if issubclass(kind, BaseModel):
            return {name: self._value(info, seen) for name, info in kind.model_fields.items()}
        return self._leaf(kind, marks, seen)

    def _leaf(self, kind: type, marks: tuple[Any, ...], seen: list[str]) -> Any:
        if kind is date:
            day = _FIRST_DAY + timedelta(days=next(self.numbers))
            seen.append(repr(day))
            return day.isoformat()
        if kind is int:
            lowest, highest = _limit(marks, "ge"), _limit(marks, "le")
            if highest is not None:
                return max(lowest or 0, min(6, highest))
            seen.append(str(770_000 + next(self.numbers)))
            return seen[-1]
        return self._text(marks, seen)

    def _text(self, marks: tuple[Any, ...], seen: list[str]) -> str:
        pattern = str(_limit(marks, "pattern") or "")
        form = next((form for start, form in _BY_PATTERN.items() if pattern.startswith(start)), "CANARI{}FIN")
        seen.append(form.format(next(self.numbers)))
        return seen[-1]


def _limit(marks: tuple[Any, ...], name: str) -> Any:
    """Return a constraint of a field: `ge`, `le` or `pattern`, wherever pydantic put it."""
    for mark in marks:
        value = _limit(tuple(mark.metadata), name) if isinstance(mark, FieldInfo) else getattr(mark, name, None)
        if value is not None:
            return value
    return None


def registre_of_records(*records: Record) -> Registre:
    """Return a registre of records made in memory."""
    found: dict[str, dict[str, Record]] = {}
    for record in records:
        found.setdefault(record.collection, {})[record.id] = record
    return Registre(found)


def visible_to(audience: Visibilite, by_id: Mapping[str, Visibilite]) -> set[str]:
    """Return the ids that `audience` may see, from what each states; written apart from the code under test."""
    rank = {Visibilite.PUBLIC: 0, Visibilite.AUDITEUR: 1, Visibilite.INTERNE: 2}
    return {identifier for identifier, visibilite in by_id.items() if rank[visibilite] <= rank[audience]}
