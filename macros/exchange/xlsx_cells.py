"""What a cell means for a column: a day typed as a text, a word with or without its accents, several ids in one cell."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from math import isfinite
from typing import TYPE_CHECKING, Any

from macros import messages
from macros.models.base import FIRST_YEAR, LAST_YEAR
from macros.views.classeurs.feuille import Genre

if TYPE_CHECKING:
    from macros.exchange.xlsx_modele import Champ

_DAY = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_TIME = re.compile(r"(\d{1,2})\s*(?:[:h]\s*(\d{2})|h)", re.ASCII | re.IGNORECASE)
_SEVERAL = re.compile(r"[,;\s]+")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
"""Characters that no record file may hold."""
_ROUNDING = 1e-9
"""What 0.29 × 100 leaves."""
_EDGES = re.compile(r"[^0-9a-z]+")


class CellError(Exception):
    """Why a cell cannot be read: a code, then the French sentence."""

    def __init__(self, code: str, message: str) -> None:
        """Keep both."""
        super().__init__(message)
        self.code, self.message = code, message


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Return a word as it compares: without case, accents, punctuation; `En cours`, `en_cours` and `EN COURS` are one."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return _EDGES.sub(" ", "".join(char for char in letters if not unicodedata.combining(char))).strip()


def read_cell(value: Any, champ: Champ, *, percent: bool = False, origin: date = date(1899, 12, 30)) -> Any:
    """Return the plain value of a cell, None when it holds nothing. Raise `CellError`.

    A day is a `date`, a number an `int`, several values a list; everything
    else is a text. `percent` tells that the spreadsheet shows the number as a
    percentage; `origin` is the day that it counts days from.
    """
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if champ.genre is Genre.DATE:
        return _day(value, origin)
    if champ.genre is Genre.HEURE:
        return _time(value)
    if champ.genre is Genre.NOMBRE:
        return _number(value * 100 if percent else value)
    text = _text(value, strip=champ.genre is not Genre.LONG)
    if champ.plusieurs:
        parts = text.split("\n") if champ.phrases else _SEVERAL.split(text)
        return [part.strip() for part in parts if part.strip()]
    return _word(text, champ) if champ.mots else text


def read_text(value: Any) -> str:
    """Return a cell as one line of text, empty when it holds nothing. Raise `CellError`."""
    return "" if value is None else _text(value, strip=True)


def _day(value: Any, origin: date) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    text = value.strip() if isinstance(value, str) else ""
    french, iso = _DAY.fullmatch(text), _ISO.fullmatch(text)
    if not french and not iso:
        meant = _counted_day(value, origin)
        raise CellError("date", messages.counted_cell_day(_shown(value), meant) if meant else messages.wrong_cell_day(_shown(value)))
    year, month, day = (iso[1], iso[2], iso[3]) if iso else (french[3], french[2], french[1]) if french else ("", "", "")
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise CellError("date", messages.impossible_cell_day(text)) from None


def _counted_day(value: Any, origin: date) -> str:
    """Return the day that a number stands for when the cell is not shown as a day, empty when nobody can mean it."""
    first, last = (date(FIRST_YEAR, 1, 1) - origin).days, (date(LAST_YEAR, 12, 31) - origin).days
    if not isinstance(value, int | float) or value != value // 1 or not first <= value <= last:
        return ""
    return f"{origin + timedelta(days=int(value)):%d/%m/%Y}"


def _time(value: Any) -> str:
    if isinstance(value, timedelta) and timedelta() <= value < timedelta(days=1):
        value = time(value.seconds // 3600, value.seconds // 60 % 60, value.seconds % 60, value.microseconds)
    if isinstance(value, time) and not value.second and not value.microsecond:
        return f"{value.hour:02}:{value.minute:02}"
    found = _TIME.fullmatch(value.strip()) if isinstance(value, str) else None
    if not found or int(found[1]) > 23 or int(found[2] or 0) > 59:  # noqa: PLR2004 - hours and minutes
        raise CellError("heure", messages.wrong_cell_time(_shown(value)))
    return f"{int(found[1]):02}:{found[2] or '00'}"


def _number(value: Any) -> int:
    if isinstance(value, str):
        text = "".join(value.split())
        if re.fullmatch(r"[+-]?\d{1,300}", text, re.ASCII):
            return int(text)
    elif isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value) and abs(value - round(value)) < _ROUNDING:
        return round(value)
    raise CellError("nombre", messages.wrong_integer(_shown(value)))


def _text(value: Any, *, strip: bool) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise CellError("texte", messages.text_cell(_shown(value)))
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    text = text.replace("\r\n", "\n")
    if isinstance(value, float) and not value.is_integer():
        text = text.replace(".", ",")
    forbidden = None if text.isprintable() else _FORBIDDEN.search(text)
    if forbidden:
        raise CellError("caractere-interdit", messages.control_character(ord(forbidden[0])))
    if text.endswith(messages.cut_mark()):
        raise CellError("texte-coupe", messages.cut_cell())
    return text.strip() if strip else text


def _word(text: str, champ: Champ) -> str:
    wanted = fold(text)
    for value, word in champ.mots.items():
        if wanted in (fold(value), fold(word)):
            return value
    raise CellError("valeur-inconnue", messages.wrong_choice(text, champ.mots.values()))


def _shown(value: Any) -> str:
    """Return a value as the spreadsheet shows it."""
    if isinstance(value, bool):
        return "VRAI" if value else "FAUX"
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return str(value)
