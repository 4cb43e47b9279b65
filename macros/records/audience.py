"""The one place where records, fields, links and constats are hidden from an audience.

Links and constats are computed on the complete registre, then everything is
filtered here, once, before any page sees it: a page cannot leak what it never
received.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from pydantic import BaseModel

from macros.models.base import AvecLien, Record, Reserve, Visibilite
from macros.records.registre import Registre, link_paths
from macros.records.validation import inner_model

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from macros.models.constat import Constat

Change = Callable[[BaseModel, str], dict[str, Any]]
"""Given a part of a record and the name of one of its fields, return what to change in that part."""


class Masque(str):
    """Stands for a link to a record the audience may not see; its text names only the kind of record."""

    __slots__ = ()


_KINDS = {
    "certifications": "une certification non diffusée",
    "extraits": "un extrait non diffusé",
    "exigences": "une exigence non diffusée",
    "preuves": "une preuve non diffusée",
    "decisions": "une décision non diffusée",
}

_FOLLOWS = {"extraits": "certifications"}
"""A record of the first collection is hidden with the record of the same id in the second."""


def filter_registre(registre: Registre, audience: Visibilite) -> Registre:
    """Return what `audience` may see: visible records, without reserved fields, links to the rest masked."""
    hidden = hidden_ids(registre, audience)
    visible: dict[str, dict[str, Record]] = {}
    for collection, records in registre.records.items():
        visible[collection] = {
            identifier: _filter_record(record, audience, hidden)
            for identifier, record in records.items()
            if identifier not in hidden[collection]
        }
    return Registre(visible, registre.documents if audience is Visibilite.INTERNE else {})


def hidden_ids(registre: Registre, audience: Visibilite) -> dict[str, frozenset[str]]:
    """Return, per collection, the ids the audience may not see."""
    hidden = {
        collection: frozenset(i for i, record in records.items() if not audience.includes(record.effective_visibility()))
        for collection, records in registre.records.items()
    }
    for follower, leader in _FOLLOWS.items():
        hidden[follower] = hidden.get(follower, frozenset()) | (
            hidden.get(leader, frozenset()) & frozenset(registre.records.get(follower, {}))
        )
    hidden["organisme"] = frozenset()
    return hidden


def filter_constats(constats: Iterable[Constat], registre: Registre, audience: Visibilite) -> tuple[Constat, ...]:
    """Return the constats the audience may see, about records it may see, without file names outside `interne`."""
    kept = []
    for constat in constats:
        visible = registre.records.get(constat.collection, {})
        if not audience.includes(constat.visibilite) or constat.enregistrement not in visible:
            continue
        kept.append(constat if audience is Visibilite.INTERNE else replace(constat, fichier="", ligne=0))
    return tuple(kept)


def _filter_record(record: Record, audience: Visibilite, hidden: Mapping[str, frozenset[str]]) -> Record:
    """Return a record without the fields reserved to narrower audiences, at any depth, its links to hidden records masked."""
    filtered: Any = record
    for path in reserved_paths(type(record), audience):
        filtered = _rewrite(filtered, path, _default)
    for path, lien in link_paths(type(record)):
        ids = hidden.get(lien.collection, frozenset())
        if ids:
            filtered = _rewrite(filtered, path, _mask(ids, _KINDS.get(lien.collection, "un élément non diffusé")))
    return cast("Record", filtered)


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


def _rewrite(value: Any, path: tuple[str, ...], change: Change) -> Any:
    """Return `value` with `change` applied where `path` leads, through lists; the same object when nothing changes."""
    if value is None:
        return None
    if isinstance(value, tuple):
        items = tuple(_rewrite(item, path, change) for item in value)
        return value if all(a is b for a, b in zip(items, value, strict=True)) else items
    if len(path) == 1:
        updates = change(value, path[0])
    else:
        old = getattr(value, path[0])
        new = _rewrite(old, path[1:], change)
        updates = {} if new is old else {path[0]: new}
    return value.model_copy(update=updates) if updates else value


def _default(part: BaseModel, name: str) -> dict[str, Any]:
    """Give a reserved field the value of a file that does not state it."""
    default = type(part).model_fields[name].get_default(call_default_factory=True)
    return {} if getattr(part, name) == default else {name: default}


def _mask(hidden: frozenset[str], kind: str) -> Change:
    """Replace the links of a field that point at hidden records, and empty the fields that would tell the target."""

    def masked(part: BaseModel, name: str) -> dict[str, Any]:
        old = getattr(part, name)
        links = old if isinstance(old, tuple) else (old,)
        if hidden.isdisjoint(links):
            return {}
        masks = tuple(Masque(kind) if link in hidden else link for link in links)
        fields = type(part).model_fields.items()
        telling = [(other, info) for other, info in fields if any(isinstance(m, AvecLien) and m.champ == name for m in info.metadata)]
        return {name: masks if isinstance(old, tuple) else masks[0], **{other: info.get_default() for other, info in telling}}

    return masked
