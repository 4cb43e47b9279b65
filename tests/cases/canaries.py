"""Records whose every value is found nowhere else: what an audience must not see can then be looked for by name."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum
from itertools import count
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from macros.models.action import Action, Report
from macros.models.base import Heure, Lien, Visibilite
from macros.models.origine import Origine
from macros.models.preuve import Revision
from macros.records.fields import keys_of
from macros.records.registre import Registre

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from macros.models.base import Record

_FORMS = (
    "CANARI{}FIN",
    "canari{}",
    "9{:013d}",
    "RNCP7{:05d}",
    "https://canari{}.example",
    "CP-2025-12-CANARI{}",
    "CP-2025-12-CANARI{}.D1",
    "D77{:04d}",
    "Q77{:04d}",
    "A-2026-77{:04d}",
    "PR-2026-77{:04d}",
    "EX-CANARI{}",
    "P-77{:04d}",
    "RECL-2026-77{:04d}",
    "V-2026-77{:04d}",
    "AUD-2026-77{:04d}",
    "CEP-R5",
    "7{:063d}",
)
"""Every shape of text a field asks for; the first that its pattern accepts is taken. One without number is no canary."""
_ONE_OF: dict[type[BaseModel], tuple[str, ...]] = {Origine: tuple(Origine.model_fields), Revision: ("fichier", "emplacement")}
"""Keys that exclude one another: each record states the next one."""
_TIME = get_args(Heure)[1]
_FIRST_DAY = date(1901, 1, 1)


@dataclass
class Canaries:
    """Makes records, and remembers which value was put where: `(collection, id) → dotted path of the field → values`.

    `targets` gives, by collection, the ids that links point at: a list points at all, a single link at the next one.
    `filled` are the fields, by model, that got a value at least once.
    """

    targets: dict[str, tuple[str, ...]] = field(default_factory=dict)
    values: dict[tuple[str, str], dict[str, list[str]]] = field(default_factory=dict)
    filled: set[tuple[type[BaseModel], str]] = field(default_factory=set)
    numbers: Iterator[int] = field(default_factory=lambda: count(1001))
    minutes: Iterator[int] = field(default_factory=lambda: count(1))
    turns: Counter[object] = field(default_factory=Counter)

    def record(self, model: type[Record], identifier: str, **stated: object) -> Any:
        """Return a valid record of `model` with a distinct value in every field, except those stated."""
        seen = self.values.setdefault((model.collection, identifier), {})
        agreed = self._agreed_action(seen) if model is Action else {}
        return model.model_validate({"id": identifier, **self._keys(model, "", seen, {**agreed, **stated})})

    def part(self, model: type[BaseModel], collection: str, identifier: str, **stated: object) -> dict[str, Any]:
        """Return plain data for a part of a record, remembered under a name of its own."""
        return self._keys(model, "", self.values.setdefault((collection, identifier), {}), stated)

    def _agreed_action(self, seen: dict[str, list[str]]) -> dict[str, object]:
        """Return the fields of an action that must tell one story."""
        report = self._keys(Report, "reports", seen, {})
        return {"statut": "close", "reports": [report], "echeance": report["nouvelle"]}

    def _keys(self, model: type[BaseModel], place: str, seen: dict[str, list[str]], stated: Mapping[str, object]) -> dict[str, Any]:
        excluded = self._excluded(model)
        data: dict[str, Any] = {}
        for name in keys_of(model):
            path = f"{place}.{name}" if place else name
            if name in stated:
                data[name] = stated[name]
            elif name != "visibilite" and name not in excluded:
                info = model.model_fields[name]
                data[name] = self._make(info.annotation, tuple(info.metadata), path, seen)
        self.filled |= {(model, name) for name in data}
        return data

    def _excluded(self, model: type[BaseModel]) -> tuple[str, ...]:
        names = _ONE_OF.get(model, ())
        turn = self.turns[model]
        self.turns[model] += 1
        return tuple(name for index, name in enumerate(names) if index != turn % len(names))

    def _make(self, kind: Any, marks: tuple[Any, ...], path: str, seen: dict[str, list[str]]) -> Any:  # noqa: PLR0911 - one shape of annotation a line
        """Return plain data for an annotation; each distinct value is remembered under `path`."""
        origin, inside = get_origin(kind), get_args(kind)
        if origin is Annotated:
            return self._make(inside[0], (*marks, *inside[1:]), path, seen)
        if origin in (Union, UnionType):
            return self._make(next(part for part in inside if part is not type(None)), marks, path, seen)
        if origin is tuple:
            known = self._targets(get_args(inside[0])[1:])
            return list(known) if known else [self._make(inside[0], (), path, seen)]
        if origin is dict:
            return {self._text((), path, seen): self._text((), path, seen)}
        if origin is Literal:
            return inside[0]
        if issubclass(kind, Enum):
            return next(iter(kind)).value
        if issubclass(kind, BaseModel):
            return self._keys(kind, path, seen, {})
        return self._leaf(kind, marks, path, seen)

    def _targets(self, marks: tuple[Any, ...]) -> tuple[str, ...]:
        lien = next((mark for mark in marks if isinstance(mark, Lien)), None)
        return self.targets.get(lien.collection, ()) if lien and not lien.libre else ()

    def _leaf(self, kind: type, marks: tuple[Any, ...], path: str, seen: dict[str, list[str]]) -> Any:
        if known := self._targets(marks):
            turn = self.turns[known]
            self.turns[known] += 1
            return known[turn % len(known)]
        if kind is date:
            day = _FIRST_DAY + timedelta(days=next(self.numbers))
            seen.setdefault(path, []).append(repr(day))
            return day.isoformat()
        if kind is int:
            lowest, highest = _limit(marks, "ge"), _limit(marks, "le")
            if highest is not None:
                return max(lowest or 0, min(6, highest))
            return self._seen(str(770_000 + next(self.numbers)), path, seen)
        return self._text(marks, path, seen)

    def _text(self, marks: tuple[Any, ...], path: str, seen: dict[str, list[str]]) -> str:
        if _TIME in marks:
            minute = next(self.minutes)
            return self._seen(f"{minute // 60:02}:{minute % 60:02}", path, seen)
        number, pattern = next(self.numbers), str(_limit(marks, "pattern") or "")
        form = next(form for form in _FORMS if re.search(pattern, form.format(number)))
        return self._seen(form.format(number), path, seen) if "{" in form else form

    @staticmethod
    def _seen(value: str, path: str, seen: dict[str, list[str]]) -> str:
        seen.setdefault(path, []).append(value)
        return value


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
