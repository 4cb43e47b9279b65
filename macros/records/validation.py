"""From plain values to a record: pydantic decides, this module tells its refusals in French at their place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from macros import messages
from macros.problems import Problem
from macros.records.fields import keys_of, owner_of
from macros.records.sentences import SENTENCES

if TYPE_CHECKING:
    from collections.abc import Iterator

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
        data = without_empty(document.data) if document.has_empty else document.data
        return model.model_validate({"id": identifier, **data}), []
    except ValidationError as error:
        details = [one for detail in error.errors(include_url=False) for one in _apart(detail)]
        found = [_translate(document, model, identifier, detail) for detail in details]
        return None, _without_echo(found, model)


def _apart(detail: ErrorDetails) -> Iterator[dict[str, Any]]:
    """Yield each incoherence that one error carries, or the error itself."""
    if detail["type"] != "incoherences":
        yield dict(detail)
        return
    for kind, context in detail["ctx"]["liste"]:
        yield {**detail, "type": kind, "ctx": context}


def _without_echo(problems: list[Problem], model: type[Record]) -> list[Problem]:
    """Drop “missing key” where the same mistake is already told as a mistyped key of the same place."""
    mistyped = set()
    for problem in problems:
        if problem.code == "cle-inconnue":
            *place, key = problem.champ.split(".")
            owner = owner_of(model, tuple(problem.champ.split(".")))
            mistyped.add(".".join([*place, messages.nearest(key, keys_of(owner)) or ""]))
    return [problem for problem in problems if problem.code != "cle-manquante" or problem.champ not in mistyped]


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


def _translate(document: Document, model: type[Record], identifier: str, detail: dict[str, Any]) -> Problem:
    """Rebuild one French problem from the type of a pydantic error; its English text is never shown."""
    stated = tuple(int(step) if step.isdigit() else step for step in str(detail.get("ctx", {}).get("champ", "")).split(".") if step)
    path = _data_path(document.data, (*detail["loc"], *stated))
    kind = detail["type"]
    code, make = SENTENCES.get(kind, ("valeur-refusee", lambda _: messages.refused_value()))
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
