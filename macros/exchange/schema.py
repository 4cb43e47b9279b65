"""JSON Schemas made from the models: what an editor completes and checks while a person types."""

from __future__ import annotations

import json
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from macros.models import COLLECTIONS, UNIQUES

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, str]:
    """Return the text of each schema by file name, `certifications.json` and so on."""
    return {f"{model.collection}.json": schema_of(model) for model in (*UNIQUES, *COLLECTIONS)}


def schema_of(model: Any) -> str:
    """Return the JSON Schema of one model, as deterministic text; `id` is the file name and has no key."""
    found = model.model_json_schema(schema_generator=_Schema, mode="validation")
    found["properties"].pop("id")
    found["required"] = [name for name in found.get("required", []) if name != "id"]
    ordered = {"$schema": DIALECT, "title": model.singulier, "description": model.__doc__, **found}
    ordered |= {
        "title": f"Fiche\u00a0: {model.singulier}",
        "description": f"Fichier {model.exemple_id}.yml. Visibilité par défaut\u00a0: {model.visibilite_par_defaut.value}.",
    }
    return json.dumps(ordered, ensure_ascii=False, indent=2, sort_keys=False) + "\n"


class _Schema(GenerateJsonSchema):
    """Adapts pydantic's schema to what YAML editors see: typed scalars, keys left empty."""

    def date_schema(self, schema: Any) -> JsonSchemaValue:  # noqa: ARG002 - signature of the generator
        """Accept an ISO day as text; YAML 1.2 language servers keep unquoted dates as text."""
        return {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$", "format": "date"}

    def default_schema(self, schema: Any) -> JsonSchemaValue:
        """Leave defaults out: they are explained in descriptions, and editors would insert them."""
        return self.generate_inner(schema["schema"])
