"""Every record an audience may see, as plain data: what the JSON files hold, whatever writes them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from macros.models import COLLECTIONS, UNIQUES
from macros.records.audience import Masque
from macros.records.fields import keys_of
from macros.records.links import links_of
from macros.views.parts import page_address

if TYPE_CHECKING:
    from macros.models.base import Record
    from macros.views.context import Vue

VERSION = 1
"""Of the shape of the files: a key may be added, none is renamed nor removed without another number."""
RACINE = f"api/v{VERSION}"
_NEVER = frozenset({"personnes", "veille_ecartee"})
"""Collections that no JSON file ever tells: names, and what somebody set aside."""


@dataclass(frozen=True)
class Donnee:
    """One record as data: its page, its fields as typed, the records it points at, those that point at it."""

    collection: str
    id: str
    adresse: str
    donnees: dict[str, Any]
    liens: tuple[dict[str, str], ...]
    cites_par: tuple[dict[str, str], ...]


def models_told() -> tuple[type[Record], ...]:
    """Return the models whose records are delivered, single files first."""
    return tuple(model for model in (*UNIQUES, *COLLECTIONS) if model.collection not in _NEVER)


def record_path(collection: str, identifier: str) -> str:
    """Return the address of the file of a record, from the root of the site."""
    return f"{RACINE}/{collection}/{identifier}.json"


def index_path(collection: str = "") -> str:
    """Return the address of the index of a collection, or of the index of all."""
    return f"{RACINE}/{collection}/index.json" if collection else f"{RACINE}/index.json"


def schema_path(collection: str) -> str:
    """Return the address of the schema of the records of a collection."""
    return f"{RACINE}/schema/{collection}.json"


def build_donnee(vue: Vue, record: Record) -> Donnee:
    """Return one record as data; links to what the audience may not see only tell its kind."""
    links = [
        {"champ": ".".join(map(str, path)), "collection": lien.collection, "id": target}
        for path, lien, target in links_of(record)
        if not isinstance(target, Masque)
    ]
    users = vue.croisements.users(record.collection, record.id)
    cited = [
        {"collection": use.collection, "id": use.source, "champ": ".".join(map(str, use.path))}
        for use in users
        if use.collection not in _NEVER
    ]
    return Donnee(
        record.collection,
        record.id,
        page_address(record.collection, record.id),
        plain(record),
        tuple(sorted(links, key=_order)),
        tuple(sorted(cited, key=_order)),
    )


def _order(link: dict[str, str]) -> tuple[str, ...]:
    return tuple(link[key] for key in ("collection", "id", "champ"))


def plain(value: Any) -> Any:
    """Return a value of a record as JSON has it: days as ISO, lists, absent keys absent, a hidden link as its kind."""
    if isinstance(value, Masque):
        return {"masque": str(value)}
    if isinstance(value, BaseModel):
        held = vars(value)
        return {name: plain(held[name]) for name, default in _fields(type(value)) if held[name] != default}
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


@lru_cache
def _fields(model: type[BaseModel]) -> tuple[tuple[str, Any], ...]:
    """Return the keys to tell with the value each has when a file does not state it; who may see a record is not told."""
    fields = model.model_fields
    return tuple((name, fields[name].get_default(call_default_factory=True)) for name in keys_of(model) if name != "visibilite")


@dataclass(frozen=True)
class LigneCollection:
    """One collection of the index: how many records this edition has, where their list and their schema are."""

    nom: str
    nombre: int
    index: str
    schema: str


def build_acces_api(vue: Vue) -> tuple[LigneCollection, ...]:
    """Return the collections an audience may read as data, with at least one record."""
    return tuple(
        LigneCollection(model.collection, len(known), index_path(model.collection), schema_path(model.collection))
        for model in models_told()
        if (known := vue.registre.records.get(model.collection))
    )
