"""The only module that writes the JSON of the records: files, indexes, and the schema of what is delivered. Same records, same bytes."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any

from macros.exchange.schema import DIALECT
from macros.views.donnees import (
    VERSION,
    Donnee,
    LigneCollection,
    build_acces_api,
    build_donnee,
    index_path,
    models_told,
    record_path,
    schema_path,
)
from macros.views.parts import page_address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from macros.models.base import Record
    from macros.views.context import Vue

_MASQUE = {"$ref": "#/$defs/masque"}
_CODE = frozenset({"exemple", "default"})
"""What a schema of the models says for our own use."""
_LIEN = {
    "type": "object",
    "properties": {"champ": {"type": "string"}, "collection": {"type": "string"}, "id": {"type": "string"}},
    "required": ["champ", "collection", "id"],
    "additionalProperties": False,
}


def json_files(vue: Vue) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Yield the path of each file that an audience may read, from the root of the site, with what makes it: nothing is made yet."""
    rows = build_acces_api(vue)
    yield index_path(), partial(whole_index_bytes, vue, rows)
    shown = {row.nom for row in rows}
    for model in models_told():
        if model.collection in shown:
            yield index_path(model.collection), partial(index_bytes, vue, model.collection)
            yield schema_path(model.collection), partial(schema_bytes, model)
            for identifier, record in vue.registre.records[model.collection].items():
                yield record_path(model.collection, identifier), partial(_made, vue, record)


def _made(vue: Vue, record: Record) -> bytes:
    return record_bytes(build_donnee(vue, record))


def record_bytes(donnee: Donnee) -> bytes:
    """Return the file of one record."""
    return _bytes(
        {
            "collection": donnee.collection,
            "id": donnee.id,
            "adresse": donnee.adresse,
            "donnees": donnee.donnees,
            "liens": list(donnee.liens),
            "cites_par": list(donnee.cites_par),
        }
    )


def index_bytes(vue: Vue, collection: str) -> bytes:
    """Return the list of the records of a collection, in order of id."""
    known = sorted(vue.registre.records.get(collection, {}))
    records = [{"id": each, "adresse": page_address(collection, each), "fichier": record_path(collection, each)} for each in known]
    return _bytes({"collection": collection, **_edition(vue), "enregistrements": records})


def whole_index_bytes(vue: Vue, collections: Iterable[LigneCollection]) -> bytes:
    """Return the list of collections."""
    rows = [{"nom": each.nom, "nombre": each.nombre, "index": each.index, "schema": each.schema} for each in collections]
    return _bytes({**_edition(vue), "collections": rows})


def _edition(vue: Vue) -> dict[str, Any]:
    return {
        "version": VERSION,
        "organisme": vue.registre.organisme.denomination,
        "audience": vue.audience.value,
        "date_reference": vue.today.isoformat(),
        "demonstration": vue.is_demonstration,
    }


def schema_bytes(model: type[Record]) -> bytes:
    """Return the JSON Schema of the file of a record: a link may be masked, everything else is as in the model."""
    found = model.model_json_schema(mode="validation")
    definitions = {name: _delivered(each) for name, each in found.pop("$defs", {}).items()}
    data = _delivered(found)
    for name in ("id", "visibilite"):
        data["properties"].pop(name, None)
    data["required"] = [name for name in data.get("required", []) if name != "id"]
    masque = {"type": "object", "properties": {"masque": {"type": "string"}}, "required": ["masque"], "additionalProperties": False}
    keys = ("collection", "id", "adresse", "donnees", "liens", "cites_par")
    return _bytes(
        {
            "$schema": DIALECT,
            "title": f"{model.collection}, version {VERSION}",
            "type": "object",
            "properties": {
                "collection": {"const": model.collection},
                "id": {"type": "string", "pattern": f"^({model.motif_id})$"},
                "adresse": {"type": "string"},
                "donnees": data,
                "liens": {"type": "array", "items": _LIEN},
                "cites_par": {"type": "array", "items": _LIEN},
            },
            "required": list(keys),
            "additionalProperties": False,
            "$defs": definitions | {"masque": masque},
        }
    )


def _delivered(node: Any) -> Any:
    """Return a schema as delivered: English docstrings of the code left out, a text of a given shape may be a masked link."""
    if isinstance(node, list):
        return [_delivered(each) for each in node]
    if not isinstance(node, dict):
        return node
    kept = {key: _named(value) if key == "properties" else _delivered(value) for key, value in node.items() if key not in _CODE}
    if node.get("type") == "object":
        kept.pop("description", None)
    return {"anyOf": [kept, _MASQUE]} if node.get("type") == "string" and "pattern" in node else kept


def _named(properties: dict[str, Any]) -> dict[str, Any]:
    """Return the properties of a schema, whose names are chosen by the models: one may be called `exemple`."""
    return {name: _delivered(schema) for name, schema in properties.items()}


def _bytes(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
