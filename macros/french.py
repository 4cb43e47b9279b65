"""French as it is written: dates, delays, plurals, lists, no-break spaces."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

MOIS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre")
JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MOIS_COURTS = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")
INSECABLE = "\u00a0"
FINE = "\u202f"

_HIGH = re.compile(r" ([;!?])")
_COLON = re.compile(r" ([:»])")
_OPENING = re.compile(r"« ")
_APOSTROPHE = re.compile(r"&#39;(?=\w)|'(?=\w)")


def _day(day: date) -> str:
    return "1er" if day.day == 1 else str(day.day)


def format_date(day: date) -> str:
    """Return `5 juin 2025`, `1er juin 2025`, joined by no-break spaces."""
    return f"{_day(day)}{INSECABLE}{MOIS[day.month - 1]}{INSECABLE}{day.year}"


def format_short_date(day: date) -> str:
    """Return `5 juin 2025` with the month abbreviated: `30 sept. 2026`."""
    return f"{_day(day)}{INSECABLE}{MOIS_COURTS[day.month - 1]}{INSECABLE}{day.year}"


def format_weekday(day: date) -> str:
    """Return `vendredi 12 décembre 2025`."""
    return f"{JOURS[day.weekday()]}{INSECABLE}{format_date(day)}"


def format_time(time: str) -> str:
    """Return `14 h 00` for `14:00`, as minutes are written."""
    hours, minutes = time.split(":")
    return f"{int(hours)}{INSECABLE}h{INSECABLE}{minutes}"


def format_duration(minutes: int) -> str:
    """Return `2 h 10` for 130 minutes, `45 min` under an hour."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest}{INSECABLE}min"
    return f"{hours}{INSECABLE}h" + (f"{INSECABLE}{rest:02}" if rest else "")


def format_month(day: date) -> str:
    """Return `décembre 2026`."""
    return f"{MOIS[day.month - 1]}{INSECABLE}{day.year}"


def add_months(day: date, months: int) -> date:
    """Return the same day `months` later, or the last day of a shorter month; the ends of the calendar are never passed."""
    index = day.year * 12 + day.month - 1 + months
    if index < date.min.year * 12:
        return date.min
    if index >= (date.max.year + 1) * 12:
        return date.max
    year, month = divmod(index, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def add_days(day: date, days: int) -> date:
    """Return the day `days` later; the ends of the calendar are never passed."""
    ordinal = day.toordinal() + days
    return date.fromordinal(min(max(ordinal, date.min.toordinal()), date.max.toordinal()))


def months_between(start: date, end: date) -> int:
    """Return the number of whole months from `start` to `end` (negative when reversed)."""
    if end < start:
        return -months_between(end, start)
    months = (end.year - start.year) * 12 + end.month - start.month
    return months if add_months(start, months) <= end else months - 1


def count(number: int, singular: str, plural: str | None = None) -> str:
    """Return `0 action`, `1 action`, `2 actions`: French plurals start at two."""
    word = singular if abs(number) < 2 else plural or f"{singular}s"  # noqa: PLR2004 - the rule itself
    return f"{format_number(number)}{INSECABLE}{word}"


def format_number(number: int) -> str:
    """Return `12 345` with a narrow no-break space between thousands."""
    return f"{number:,}".replace(",", FINE)


def format_size(size: int) -> str:
    """Return a number of bytes as people read it: `850 octets`, `120 Ko`, `1,4 Mo`."""
    if size < 1_000:  # noqa: PLR2004 - a unit starts at a thousand of the one below
        return count(size, "octet")
    if size < 999_500:  # noqa: PLR2004 - what rounds to a thousand is told in the unit above
        return f"{round(size / 1_000)}{INSECABLE}Ko"
    tenths = round(size / 100_000)
    return f"{format_number(tenths // 10)},{tenths % 10}{INSECABLE}Mo"


def _span(days: int, start: date, end: date) -> str:
    months = months_between(start, end)
    if days < 60:  # noqa: PLR2004 - below two months people count days
        return count(days, "jour")
    if months < 24:  # noqa: PLR2004 - below two years people count months only
        return f"{months}{INSECABLE}mois"
    years = count(months // 12, "an")
    return f"{years} et {months % 12}{INSECABLE}mois" if months % 12 else years


def format_delay(today: date, day: date) -> str:
    """Return where `day` stands from `today`: `dans 7 mois`, `aujourd’hui`, `il y a 51 jours`."""
    days = (day - today).days
    if days == 0:
        return "aujourd’hui"
    if days == 1:
        return "demain"
    if days == -1:
        return "hier"
    if days > 0:
        return f"dans {_span(days, today, day)}"
    return f"il y a {_span(-days, day, today)}"


def capital(text: str) -> str:
    """Return a text with its first letter in upper case, the rest as it is."""
    return text[:1].upper() + text[1:]


def join(items: Sequence[str], last: str = "et") -> str:
    """Return `a`, `a et b`, `a, b et c`."""
    if len(items) <= 1:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def _bound(space: str, found: re.Match[str]) -> str:
    """Bind a mark to what precedes it, if anything does. The check is here because a look-behind is ten times slower."""
    before = found.string[found.start() - 1 : found.start()]
    return space + found[1] if before and not before.isspace() else found[0]


def _curl(found: re.Match[str]) -> str:
    before = found.string[found.start() - 1 : found.start()]
    return "’" if before.isalnum() or before == "_" else found[0]


def typography(text: str) -> str:
    """Put the no-break spaces French wants before `: ; ! ?` and inside « », and curl apostrophes between letters.

    Takes plain text or HTML, where an apostrophe may be written `&#39;`.
    """
    text = _APOSTROPHE.sub(_curl, text)
    text = _COLON.sub(partial(_bound, INSECABLE), text)
    text = _HIGH.sub(partial(_bound, FINE), text)
    return _OPENING.sub("«" + INSECABLE, text)
