"""What a person asks or answers, checked before anything is read; a mistake is one sentence with its code."""

from __future__ import annotations

import re
from datetime import date
from typing import NoReturn

from macros.cli.console import console, stop
from macros.exchange.fc_selection import Selection, parse_numero, parse_siret
from macros.messages import quote
from macros.models.comparison import bare


def selection(fiches: list[str], sirets: list[str], noms: list[str]) -> Selection:
    """Check what was asked before anything is read."""
    for text in fiches:
        if parse_numero(text) is None:
            _fail("numero-forme", f"{quote(text)} n’est pas un numéro de fiche. Écrivez par exemple RNCP12345 ou RS1234.")
    for text in sirets:
        if parse_siret(text) is None:
            _fail("siret-forme", f"{quote(text)} n’est pas un SIRET. Écrivez quatorze chiffres, par exemple 12345678900012.")
    for text in noms:
        if not bare(text):
            _fail("certificateur-forme", f"{quote(text)} n’est pas un nom. Écrivez au moins un mot du nom du certificateur.")
    if not (fiches or sirets or noms):
        _fail("selection-absente", "dites quoi importer\u00a0: --fiche RNCP12345, --siret 12345678900012 ou --certificateur NOM.")
    return Selection(
        frozenset(n for text in fiches if (n := parse_numero(text))),
        frozenset(s for text in sirets if (s := parse_siret(text))),
        frozenset(noms),
    )


def stated_day(text: str | None) -> date | None:
    """Return the day of `--date`; None without it."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else _fail_day(text)
    except ValueError:
        _fail_day(text)


def accepts(question: str, *, default: bool = True) -> bool:
    """Ask until the answer is yes or no; Enter alone means `default`, no answer at all means no."""
    answers = {"": default, "o": True, "oui": True, "n": False, "non": False}
    hint = "oui" if default else "non"
    while True:
        try:
            answer = console.input(f"{question} (o/n, Entrée\u00a0: {hint}) ").strip().lower()
        except (EOFError, KeyboardInterrupt):
            return False
        if answer in answers:
            return answers[answer]


def _fail_day(text: str) -> NoReturn:
    _fail("date-forme", f"{quote(text)} n’est pas une date. Écrivez année, mois et jour, par exemple 2026-08-16.")


def _fail(code: str, message: str) -> NoReturn:
    stop(f"{message[0].upper()}{message[1:]} [{code}]")
