"""What several public macros share: their arguments checked, a section shown to those who have something to see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from macros import messages
from macros.portal.fiches import find_certification
from macros.portal.macro import MacroError
from macros.rendering import render

if TYPE_CHECKING:
    from collections.abc import Iterable

    from macros.views.context import Vue


def shown(vue: Vue, collection: str, template: str, view: object) -> str:
    """Return a section about a collection; nothing for an audience that has none of its records while the project may."""
    hidden = not vue.shows_constats() and not vue.registre.records.get(collection)
    return "" if hidden else render(template, vue=view)


def check_certification(vue: Vue, numero: str) -> None:
    """Raise `MacroError` for a number that this edition has not; an empty one asks for all."""
    if numero:
        find_certification(vue, numero)


def check_choice(value: str, known: Iterable[str]) -> None:
    """Raise `MacroError` naming the values permitted; an empty one asks for all."""
    if value and value not in known:
        raise MacroError(messages.wrong_choice(value, [str(one) for one in known]))
