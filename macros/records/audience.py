"""The one place where records, fields, links and constats are hidden from an audience.

Links and constats are computed on the complete registre, then everything is
filtered here, once, before any page sees it: a page cannot leak what it never
received.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, TypeVar, cast

from pydantic import BaseModel

from macros.models import COLLECTIONS, UNIQUES
from macros.models.base import AvecLien, Modele, Record, Visibilite
from macros.models.preuve import Preuve
from macros.records.copies import known_as, renamed, told
from macros.records.fields import inner_model, reserved_paths
from macros.records.links import link_paths
from macros.records.masquage import mask_small
from macros.records.registre import ANY_RECORD, Registre

if TYPE_CHECKING:
    from collections.abc import Iterable

    from macros.models.constat import Constat

Change = Callable[[BaseModel, str], dict[str, Any]]
"""Given a part of a record and the name of one of its fields, return what to change in that part."""


R = TypeVar("R", bound=Record)


class Masque(str):
    """Stands for a link to a record the audience may not see; its text names only the kind of record."""

    __slots__ = ()


_KINDS = {model.collection: model.non_diffuse for model in (*COLLECTIONS, *UNIQUES)} | {
    interieur.collection: interieur.non_diffuse for model in (*COLLECTIONS, *UNIQUES) for interieur in model.interieurs
}
"""What stands for a link that is hidden, by the collection it points at."""

Hidden = Mapping[str, AbstractSet[str]]
"""Per collection, the ids an audience may not see."""


def filter_registre(registre: Registre, audience: Visibilite, only: AbstractSet[str] = frozenset()) -> Registre:
    """Return what `audience` may see: visible records, without reserved fields, links to the rest masked.

    `only`, when it names certifications, hides the others, and what is about them alone.
    """
    hidden = hidden_ids(registre, audience, only)
    visible: dict[str, dict[str, Record]] = {}
    for collection, records in registre.records.items():
        visible[collection] = {
            identifier: _filter_record(record, audience, hidden)
            for identifier, record in records.items()
            if identifier not in hidden[collection]
        }
    documents = registre.documents if audience is Visibilite.INTERNE else {}
    names = known_as((proof for proof in registre.preuves.values() if proof.id in visible["preuves"]), audience)
    fiches = {each.id: each.fingerprint() for each in registre.conseils.values() if each.is_held() and each.id in visible["conseils"]}
    small = mask_small(visible) if audience is Visibilite.PUBLIC else {}
    visible["promotions"] = {**visible.get("promotions", {}), **small}
    hashes, seals, sizes = told(registre.empreintes, names), told(registre.scelles, names), told(registre.tailles, names)
    return Registre(visible, documents, hashes, seals, fiches, frozenset(small), sizes)


def hidden_ids(registre: Registre, audience: Visibilite, only: AbstractSet[str] = frozenset()) -> Hidden:
    """Return, per collection, the ids the audience may not see: what says so, what tells of hidden records only, and parts of those."""
    hidden: dict[str, set[str]] = {
        collection: {i for i, record in records.items() if not audience.includes(record.effective_visibility())}
        for collection, records in registre.records.items()
    }
    hidden |= {"organisme": set(), "certifications": hidden.get("certifications", set())}
    hidden["certifications"] |= {*registre.certifications, *registre.named_fiches} - only if only else set()
    hidden["certifications"] |= {
        numero for numero, named_by in registre.named_fiches.items() if hidden["certifications"].issuperset(named_by)
    }
    for collection, records in registre.records.items():
        hidden[collection] |= {i for i, record in records.items() if i not in hidden[collection] and _tells_of_hidden(record, hidden)}
    for collection, parts in registre.parts.items():
        hidden.setdefault(collection, set()).update(
            identifier
            for identifier, (record, part) in parts.items()
            if record.id in hidden[record.collection] or _tells_of_hidden(part, hidden)
        )
    hidden[ANY_RECORD] = {i for i, collection in registre.collection_of.items() if i in hidden[collection]}
    return hidden


def _tells_of_hidden(part: Modele, hidden: Hidden) -> bool:
    """Tell whether a part, or a record, is about hidden records only."""
    about = part.depends_on()
    return bool(about) and all(identifier in hidden.get(collection, ()) for collection, identifier in about)


def filter_constats(constats: Iterable[Constat], registre: Registre, audience: Visibilite) -> tuple[Constat, ...]:
    """Return the constats the audience may see, about records it may see, without file names outside `interne`."""
    kept = []
    for constat in constats:
        visible = registre.records.get(constat.collection, {})
        if not audience.includes(constat.visibilite) or constat.enregistrement not in visible or _names_hidden(constat, registre):
            continue
        kept.append(constat if audience is Visibilite.INTERNE else replace(constat, fichier="", ligne=0))
    return tuple(kept)


def _names_hidden(constat: Constat, registre: Registre) -> bool:
    """Tell whether a constat is about a certification that is not in a filtered registre, by its record or by its lineage."""
    return any(numero not in registre.certifications and numero not in registre.named_fiches for numero in constat.certifications)


def _filter_record(record: Record, audience: Visibilite, hidden: Hidden) -> Record:
    """Return a record without reserved fields nor parts about hidden records; its other links to those are masked."""
    if audience is Visibilite.INTERNE:
        return record
    filtered: Any = record
    for path in _dependent_paths(type(record)):
        filtered = _rewrite(filtered, path, partial(_drop, hidden=hidden))
    filtered = without_reserved(filtered, audience)
    for path, lien in link_paths(type(record)):
        ids = hidden.get(lien.collection)
        if ids:
            filtered = _rewrite(filtered, path, _mask(ids, _KINDS.get(lien.collection, "un élément non diffusé")))
    return renamed(filtered) if isinstance(filtered, Preuve) else cast("Record", filtered)


def without_reserved(record: R, audience: Visibilite) -> R:
    """Return a record without the fields that `audience` may not see: for what leaves the organisation inside a file."""
    filtered: Any = record
    for path in reserved_paths(type(record), audience):
        filtered = _rewrite(filtered, path, _default)
    return cast("R", filtered)


@lru_cache
def _dependent_paths(model: type[BaseModel]) -> tuple[tuple[str, ...], ...]:
    """Return the paths of the lists whose elements may follow a hidden record."""
    found: list[tuple[str, ...]] = []
    for name, info in model.model_fields.items():
        part = inner_model(info.annotation)
        if part is None or not issubclass(part, Modele):
            continue
        if part.depends_on is not Modele.depends_on:
            found.append((name,))
        found += [(name, *rest) for rest in _dependent_paths(part)]
    return tuple(found)


def _drop(part: BaseModel, name: str, hidden: Hidden) -> dict[str, Any]:
    """Remove from a list the elements about hidden records only."""
    old = getattr(part, name)
    kept = tuple(item for item in old if not _tells_of_hidden(item, hidden))
    return {} if len(kept) == len(old) else {name: kept}


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


def _mask(hidden: AbstractSet[str], kind: str) -> Change:
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
