"""The one place where records, fields, links and constats are hidden from an audience.

Links and constats are computed on the complete registre, then everything is
filtered here, once, before any page sees it: a page cannot leak what it never
received.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from macros.models.base import AvecLien, Record, Reserve, Visibilite
from macros.records.registre import Registre, link_paths

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from macros.models.constat import Constat


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
    known = {collection: frozenset(records) for collection, records in registre.records.items()}
    visible: dict[str, dict[str, Record]] = {}
    for collection, records in registre.records.items():
        visible[collection] = {
            identifier: _filter_record(record, audience, hidden, known)
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


def _filter_record(
    record: Record, audience: Visibilite, hidden: Mapping[str, frozenset[str]], known: Mapping[str, frozenset[str]]
) -> Record:
    updates = {
        name: record.__class__.model_fields[name].get_default(call_default_factory=True) for name in _reserved(type(record), audience)
    }
    filtered = record.model_copy(update=updates) if updates else record
    for path, lien in link_paths(type(record)):
        masked = _mask(filtered, path, hidden.get(lien.collection, frozenset()) if lien.collection in known else None, lien.collection)
        filtered = filtered if masked is filtered else masked
    return filtered


@lru_cache
def _reserved(model: type[Record], audience: Visibilite) -> tuple[str, ...]:
    """Return the fields of `model` that `audience` may not see."""
    return tuple(
        name
        for name, info in model.model_fields.items()
        if any(isinstance(mark, Reserve) and not audience.includes(mark.visibilite) for mark in info.metadata)
    )


def _mask(value: Any, path: tuple[str, ...], hidden: frozenset[str] | None, collection: str) -> Any:
    """Return `value` with each link to a hidden record replaced; the same object when nothing changes."""
    if value is None or not hidden:
        return value
    if isinstance(value, tuple):
        items = tuple(_mask(item, path, hidden, collection) for item in value)
        return value if all(a is b for a, b in zip(items, value, strict=True)) else items
    if path and isinstance(value, BaseModel):
        old = getattr(value, path[0])
        new = _mask(old, path[1:], hidden, collection)
        return value if new is old else value.model_copy(update={path[0]: new, **_emptied(type(value), path[0], new)})
    return Masque(_KINDS.get(collection, "un élément non diffusé")) if value in hidden else value


def _emptied(model: type[BaseModel], link: str, target: Any) -> dict[str, Any]:
    """Return the fields of `model` that would tell what a masked link points at, with their default."""
    if not isinstance(target, Masque):
        return {}
    fields = model.model_fields.items()
    return {name: info.get_default() for name, info in fields if any(isinstance(m, AvecLien) and m.champ == link for m in info.metadata)}
