"""What `portail nouveau` asks: one fact at a time; a day stays in the calendar, an option is never empty."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer

from macros import messages
from macros.cli.console import console, stop
from macros.cli.french import FrenchCommand
from macros.models.base import FIRST_YEAR, LAST_YEAR

if TYPE_CHECKING:
    from collections.abc import Callable

    from macros.models.base import Record

Oui = Annotated[bool, typer.Option("--oui", help="Ne pose aucune question.")]
Certifications = Annotated[
    list[str] | None, typer.Option("--certification", metavar="NUMÉRO", help="Certification concernée, par exemple RNCP12345. Répétable.")
]


@dataclass(frozen=True)
class Question:
    """One fact of a record: the option that gives it, the key it fills, the question a person reads.

    `shape` turns an answer into the value of the key. `aide` is shown before
    the question. Without answer, `defaut` holds; without it either, a
    `required` fact is asked again.
    """

    option: str
    key: str
    texte: str
    required: bool = False
    defaut: str = ""
    aide: tuple[str, ...] = ()
    exemple: str = ""
    shape: Callable[[str], Any] = str


class Verb(FrenchCommand):
    """A verb of `portail nouveau`: an option given without value is refused, never taken for absent."""

    def invoke(self, ctx: Any) -> Any:
        """Run the verb once every value it was given says something."""
        for parameter in self.params:
            value = ctx.params.get(parameter.name)
            for each in value if isinstance(value, list) else [value]:
                if isinstance(each, str) and not words(each):
                    label = str(parameter.metavar) if parameter.param_type_name == "argument" else parameter.opts[0]
                    stop(messages.option_empty(label, str(parameter.metavar), str(getattr(parameter, "help", ""))))
        return super().invoke(ctx)


def words(text: str) -> list[str]:
    """Return the ids of an answer: separated by commas, semicolons or spaces."""
    return [word for word in re.split(r"[\s,;]+", text) if word]


def out_of_calendar(model: type[Record], key: str, value: object) -> str:
    """Return why a day cannot be, by its year; nothing for any other key."""
    if not _is_day(model.model_fields[key].annotation) or not isinstance(value, str):
        return ""
    return "" if FIRST_YEAR <= int(value[:4]) <= LAST_YEAR else messages.out_of_calendar(value, FIRST_YEAR, LAST_YEAR)


def _is_day(annotation: Any) -> bool:
    return annotation is date or any(map(_is_day, get_args(annotation)))


def prompt(text: str, *, defaut: str = "", optional: bool = False) -> str:
    """Ask for one line; Enter alone takes the default, or passes an optional question."""
    hint = f" (Entrée\u00a0: {defaut})" if defaut else " (facultatif)" if optional else ""
    while True:  # with "" for a default, Enter alone comes back here, where it is told why the question is asked again
        answer = str(typer.prompt(f"{text}{hint}", default=defaut, show_default=False, prompt_suffix="\u00a0: ")).strip() or defaut
        if answer or optional:
            return answer
        console.print(f"  {messages.answer_needed()}")
