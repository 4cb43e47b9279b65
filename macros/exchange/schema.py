"""JSON Schemas made from the models: what an editor completes and checks while a person types."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from macros.models import COLLECTIONS, UNIQUES

if TYPE_CHECKING:
    from macros.models.base import Record

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_NULL = {"type": "null"}
_MAPS = frozenset({"properties", "$defs"})
"""Keys under which names are chosen by the models."""


def schemas() -> dict[str, str]:
    """Return the text of each schema by file name, `certifications.json` and so on."""
    return {f"{model.collection}.json": schema_of(model) for model in (*UNIQUES, *COLLECTIONS)}


def schema_of(model: type[Record]) -> str:
    """Return the JSON Schema of one model, as deterministic text; `id` is the file name and has no key."""
    found = model.model_json_schema(schema_generator=_Schema, mode="validation")
    found["properties"].pop("id")
    found["required"] = [name for name in found.get("required", []) if name != "id"]
    visibility = model.visibilite_par_defaut.value
    head = {
        "$schema": DIALECT,
        "title": f"Fiche\u00a0: {model.singulier}",
        "description": f"Fichier {model.exemple_id}.yml. Visibilité par défaut\u00a0: {visibility}.",
    }
    body = {key: value for key, value in as_typed(found).items() if key not in head}
    return json.dumps(head | body, ensure_ascii=False, indent=2) + "\n"


def as_typed(node: Any) -> Any:
    """Return a schema that accepts what a person types and our reader takes: `version: 2.1` unquoted, `cle:` left empty.

    Texts of the models' code (English docstrings) are left out; examples stay.
    """
    if isinstance(node, list):
        return [as_typed(item) for item in node]
    if not isinstance(node, dict):
        return node
    typed = {key: _by_name(value) if key in _MAPS else as_typed(value) for key, value in node.items() if key != "exemple"}
    if "exemple" in node:
        typed.setdefault("examples", [node["exemple"]])
    if typed.get("type") == "string" and "enum" not in typed:
        typed["type"] = ["string", "number"]
    if "properties" in node:
        typed.pop("description", None)
        required = node.get("required", ())
        typed["properties"] = {name: value if name in required else _or_empty(value) for name, value in typed["properties"].items()}
    return typed


def _by_name(named: dict[str, Any]) -> dict[str, Any]:
    """Adapt schemas that stand under names of ours, which are no words of JSON Schema: a field may be called `exemple`."""
    return {name: as_typed(schema) for name, schema in named.items()}


def _or_empty(schema: dict[str, Any]) -> dict[str, Any]:
    """Accept a key without value."""
    if _NULL in schema.get("anyOf", ()):
        return schema
    said: dict[str, Any] = {key: schema[key] for key in ("title", "description", "examples") if key in schema}
    return {"anyOf": [{key: value for key, value in schema.items() if key not in said}, _NULL], **said}


class _Schema(GenerateJsonSchema):
    """Adapts pydantic's schema to files typed by people."""

    def date_schema(self, schema: Any) -> JsonSchemaValue:  # noqa: ARG002 - signature of the generator
        """Accept an ISO day as text."""
        return {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}

    def default_schema(self, schema: Any) -> JsonSchemaValue:
        """Leave defaults out: an editor would insert them."""
        return self.generate_inner(schema["schema"])
