"""From the text of a tag to the value of a field. ValueError: it does not fit, and the text is kept in `autres`."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from macros.exchange.fc_selection import parse_numero

if TYPE_CHECKING:
    from collections.abc import Mapping

Value = str | int | date
Convert = Callable[[str], Value]
LINE_LIMIT = 12_000
"""The limit of `Texte`."""


def line(text: str) -> str:
    """Read one line, spaces collapsed."""
    if len(text) > LINE_LIMIT:
        raise ValueError(text[:60])
    return " ".join(text.split())


def long_text(text: str) -> str:
    """Return a long text exactly as published, outer spaces apart."""
    return text.strip()


def day(text: str) -> date:
    """Read a French day: `31/12/2026`."""
    match = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text.strip(), re.ASCII)
    if not match:
        raise ValueError(text)
    return date(int(match[3]), int(match[2]), int(match[1]))


def whole(text: str) -> int:
    """Read digits only."""
    if not re.fullmatch(r"\d{1,9}", text.strip(), re.ASCII):
        raise ValueError(text)
    return int(text)


def bounded(low: int, high: int) -> Convert:
    """Make a reader of digits between two bounds."""

    def convert(text: str) -> int:
        if not low <= whole(text) <= high:
            raise ValueError(text)
        return whole(text)

    return convert


def choice(values: Mapping[str, str]) -> Convert:
    """Make a reader of one published word among those known."""

    def convert(text: str) -> str:
        if text.strip() not in values:
            raise ValueError(text)
        return values[text.strip()]

    return convert


def numero(text: str) -> str:
    """Read the number of a fiche."""
    found = parse_numero(text)
    if not found:
        raise ValueError(text)
    return found


def siret(text: str) -> str:
    """Read fourteen digits."""
    digits = "".join(text.split())
    if not re.fullmatch(r"\d{14}", digits, re.ASCII):
        raise ValueError(text)
    return digits


yes_no = choice({"Oui": "oui", "Non": "non", "OUI": "oui", "NON": "non", "oui": "oui", "non": "non", "true": "oui", "false": "non"})
level = choice({f"NIV{n}": str(n) for n in range(1, 9)})
registration = choice({"Enregistrement de droit": "de_droit", "Enregistrement sur demande": "sur_demande"})
role = choice({"HABILITATION_FORMER": "former", "HABILITATION_ORGANISER": "organiser", "HABILITATION_ORGA_FORM": "former_et_organiser"})
