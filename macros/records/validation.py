"""From plain values to a record: pydantic decides, this module tells its refusals in French at their place."""

from __future__ import annotations

from enum import Enum
from types import UnionType
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from macros import messages
from macros.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pydantic.fields import FieldInfo
    from pydantic_core import ErrorDetails

    from macros.models.base import Record
    from macros.records.document import Document


def validate(document: Document, model: type[Record], identifier: str) -> tuple[Record | None, list[Problem]]:
    """Return the record that `document` holds, or every reason why it holds none."""
    if document.data is None:
        return None, list(document.problems)
    if "id" in document.data:
        return None, [_problem(document, identifier, ("id",), "cle-inconnue", messages.unknown_key("id", keys_of(model)), key=True)]
    try:
        return model.model_validate({"id": identifier, **without_empty(document.data)}), []
    except ValidationError as error:
        found = [_translate(document, model, identifier, detail) for detail in error.errors(include_url=False)]
        return None, _without_echo(found, model)


def _without_echo(problems: list[Problem], model: type[Record]) -> list[Problem]:
    """Drop “missing key” where the same mistake is already told as a mistyped key of the same place."""
    mistyped = set()
    for problem in problems:
        if problem.code == "cle-inconnue":
            *place, key = problem.champ.split(".")
            owner = owner_of(model, tuple(problem.champ.split(".")))
            mistyped.add(".".join([*place, messages.nearest(key, keys_of(owner)) or ""]))
    return [problem for problem in problems if problem.code != "cle-manquante" or problem.champ not in mistyped]


def keys_of(model: type[BaseModel]) -> list[str]:
    """Return the keys that may be written in a file of `model`."""
    return [name for name, info in model.model_fields.items() if not info.exclude]


def without_empty(data: Any) -> Any:
    """Drop keys written without value: `cle:` alone means the same as no line at all."""
    if type(data) is dict:
        return {key: without_empty(value) for key, value in data.items() if value is not None}
    if type(data) is list:
        return [without_empty(value) for value in data]
    return data


def _problem(document: Document, identifier: str, path: tuple[str | int, ...], code: str, message: str, *, key: bool = False) -> Problem:
    line, column = document.marks.find(path, key=key)
    return Problem(document.fichier, line, column, code, message, identifier, ".".join(map(str, path)))


def _translate(document: Document, model: type[Record], identifier: str, detail: ErrorDetails) -> Problem:
    """Rebuild one French problem from the type of a pydantic error; its English text is never shown."""
    path = _data_path(document.data, detail["loc"])
    kind = detail["type"]
    code, make = _SENTENCES.get(kind, ("valeur-refusee", lambda _: messages.refused_value()))
    context = {**detail, "model": model, "path": path, "owner": owner_of(model, path)}
    return _problem(document, identifier, path, code, make(context), key=kind == "extra_forbidden")


def _data_path(data: Any, loc: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """Keep the steps of `loc` that exist in the data; pydantic inserts names of union members."""
    path: list[str | int] = []
    for index, step in enumerate(loc):
        if step in data if isinstance(data, dict) else isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        elif index != len(loc) - 1 or not isinstance(data, dict):
            continue
        path.append(step)
    return tuple(path)


def owner_of(model: type[BaseModel], path: tuple[str | int, ...]) -> type[BaseModel]:
    """Return the model that holds the last key of `path`."""
    current: type[BaseModel] = model
    names = [step for step in path if isinstance(step, str)]
    for step in names[:-1]:
        info = current.model_fields.get(step)
        inner = inner_model(info.annotation) if info else None
        current = inner or current
    return current


def inner_model(annotation: Any) -> type[BaseModel] | None:
    """Return the model inside an annotation (`tuple[M, ...]`, `M | None`), or None."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := inner_model(part))), None)


def choices_of(annotation: Any) -> list[str]:
    """Return the values an enumeration or a Literal permits inside an annotation."""
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return [str(member.value) for member in annotation]
    if get_origin(annotation) is Literal:
        return [str(value) for value in get_args(annotation)]
    if get_origin(annotation) in (Union, UnionType, tuple) or get_args(annotation):
        return [choice for part in get_args(annotation) for choice in choices_of(part)]
    return []


def example_of(info: FieldInfo | None) -> str:
    """Return the example the model gives for a field: its own, or that of its type."""
    if info is None:
        return ""
    if info.examples:
        return str(info.examples[0]).split("\n", maxsplit=1)[0]
    return _example_in(info) or _example_in_args(info.annotation)


def _example_in(source: Any) -> str:
    extra = getattr(source, "json_schema_extra", None)
    return str(extra["exemple"]) if isinstance(extra, dict) and "exemple" in extra else ""


def _example_in_args(annotation: Any) -> str:
    for part in (*get_args(annotation), *getattr(annotation, "__metadata__", ())):
        found = _example_in(part) or _example_in_args(part)
        if found:
            return found
    return ""


def _field(context: Mapping[str, Any]) -> FieldInfo | None:
    names = [step for step in context["path"] if isinstance(step, str)]
    return context["owner"].model_fields.get(names[-1]) if names else None


def _title(context: Mapping[str, Any]) -> str:
    info = _field(context)
    return info.title or "" if info else ""


def _bound(context: Mapping[str, Any]) -> str:
    limits = context.get("ctx", {})
    if "ge" in limits:
        return messages.at_least(limits["ge"])
    return messages.at_most(limits.get("le", 0))


def _mapping_keys(context: Mapping[str, Any]) -> list[str]:
    info = _field(context)
    inner = inner_model(info.annotation) if info else None
    return keys_of(inner) if inner else []


def _choices(context: Mapping[str, Any]) -> list[str]:
    info = _field(context)
    return choices_of(info.annotation) if info else []


_SENTENCES: dict[str, tuple[str, Callable[[Mapping[str, Any]], str]]] = {
    "missing": ("cle-manquante", lambda c: messages.missing_key(str(c["path"][-1]), _title(c), example_of(_field(c)))),
    "extra_forbidden": ("cle-inconnue", lambda c: messages.unknown_key(str(c["path"][-1]), keys_of(c["owner"]))),
    "enum": ("valeur-inconnue", lambda c: messages.wrong_choice(c["input"], _choices(c))),
    "literal_error": ("valeur-inconnue", lambda c: messages.wrong_choice(c["input"], _choices(c))),
    "date_format": ("date", lambda c: messages.wrong_date(c["input"], c["ctx"]["exemple"])),
    "date_impossible": ("date", lambda c: messages.impossible_date(c["input"])),
    "date_type": ("date", lambda c: messages.wrong_date(_kind(c), "2026-12-31")),
    "entier_format": ("nombre", lambda c: messages.wrong_integer(c["input"])),
    "int_type": ("nombre", lambda c: messages.wrong_integer(_kind(c))),
    "greater_than_equal": ("nombre", lambda c: messages.out_of_bounds(c["input"], _bound(c))),
    "less_than_equal": ("nombre", lambda c: messages.out_of_bounds(c["input"], _bound(c))),
    "string_pattern_mismatch": ("forme", lambda c: messages.wrong_pattern(c["input"], example_of(_field(c)))),
    "string_too_short": ("valeur-vide", lambda c: messages.empty_value(str(c["path"][-1]))),
    "string_too_long": ("texte-trop-long", lambda c: messages.too_long(c["ctx"]["max_length"])),
    "string_type": ("texte", lambda _: messages.expected_text()),
    "ordre_etapes": ("ordre-etapes", lambda c: messages.steps_out_of_order(c["ctx"]["valeur"])),
    "une_ligne": ("une-ligne", lambda _: messages.one_line()),
    "tuple_type": ("liste", lambda c: messages.expected_list(example_of(_field(c)))),
    "dict_type": ("cles", lambda c: messages.expected_mapping(_mapping_keys(c))),
    "model_type": ("cles", lambda c: messages.expected_mapping(_mapping_keys(c))),
    "model_attributes_type": ("cles", lambda c: messages.expected_mapping(_mapping_keys(c))),
}


def _kind(context: Mapping[str, Any]) -> str:
    return (
        "une liste" if isinstance(context["input"], list) else "des clés" if isinstance(context["input"], dict) else str(context["input"])
    )
