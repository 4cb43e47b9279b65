"""French as it is written: dates, delays, plurals, lists, no-break spaces."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.french import (
    add_months,
    count,
    format_date,
    format_delay,
    format_duration,
    format_month,
    format_number,
    format_short_date,
    format_size,
    format_time,
    format_weekday,
    join,
    months_between,
    typography,
)

DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))
MONTHS = st.integers(-1200, 1200)
NB, THIN = "\u00a0", "\u202f"


def spaces(text: str) -> str:
    """Return a text with ordinary spaces in place of no-break ones."""
    return text.replace(NB, " ").replace(THIN, " ")


@pytest.mark.parametrize(
    ("day", "long", "short"),
    [
        (date(2025, 6, 1), "1er juin 2025", "1er juin 2025"),
        (date(2025, 6, 5), "5 juin 2025", "5 juin 2025"),
        (date(2026, 9, 30), "30 septembre 2026", "30 sept. 2026"),
        (date(2024, 2, 29), "29 février 2024", "29 févr. 2024"),
        (date(2026, 8, 11), "11 août 2026", "11 août 2026"),
        (date(2026, 7, 21), "21 juillet 2026", "21 juil. 2026"),
    ],
)
def test_dates_are_written_in_french(day: date, long: str, short: str) -> None:
    """The first of a month is `1er`, every other day a plain number; nothing breaks across lines."""
    assert (spaces(format_date(day)), spaces(format_short_date(day))) == (long, short)
    assert " " not in format_date(day) + format_short_date(day)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(1900, 1, 31), 1, date(1900, 2, 28)),
        (date(2027, 6, 30), -6, date(2026, 12, 30)),
        (date(2027, 8, 31), -6, date(2027, 2, 28)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
        (date(2027, 1, 1), -1, date(2026, 12, 1)),
    ],
)
def test_months_are_counted_as_in_a_contract(start: date, months: int, end: date) -> None:
    """The same day of the month, or the last day of a shorter one; leap years included."""
    assert add_months(start, months) == end


@given(DAYS, MONTHS)
def test_adding_months_keeps_the_day_or_the_end_of_the_month(day: date, months: int) -> None:
    """The result falls in the right month, on the same day or on the last one."""
    found = add_months(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day == min(day.day, monthrange(found.year, found.month)[1])


@given(DAYS, MONTHS, MONTHS)
def test_more_months_lead_later(day: date, one: int, other: int) -> None:
    """Adding months is strictly increasing, and no month added changes nothing."""
    assert (add_months(day, one) < add_months(day, other)) == (one < other)
    assert add_months(day, 0) == day


@given(DAYS, DAYS)
def test_whole_months_are_the_largest_that_fit(start: date, end: date) -> None:
    """`months_between` is the last number of months that does not go past the end; reversed, it is negative."""
    months = months_between(start, end)
    assert months == -months_between(end, start)
    first, last = sorted((start, end))
    assert add_months(first, abs(months)) <= last < add_months(first, abs(months) + 1)


@given(DAYS, st.integers(0, 1200))
def test_months_added_are_months_between(day: date, months: int) -> None:
    """What was added is found back."""
    assert months_between(day, add_months(day, months)) == months


@pytest.mark.parametrize(("day", "months"), [(date(1, 1, 1), -1), (date(9999, 12, 31), 1), (date(2026, 1, 1), 12 * 20_240)])
def test_months_stop_at_the_ends_of_the_calendar(day: date, months: int) -> None:
    """A mistyped figure in a record gives an absurd day, never a crash of the build."""
    assert date.min <= add_months(day, months) <= date.max


TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (TODAY, "aujourd’hui"),
        (date(2026, 11, 21), "demain"),
        (date(2026, 11, 19), "hier"),
        (date(2026, 11, 22), "dans 2 jours"),
        (date(2027, 1, 18), "dans 59 jours"),
        (date(2027, 1, 20), "dans 2 mois"),
        (date(2027, 6, 30), "dans 7 mois"),
        (date(2028, 11, 19), "dans 23 mois"),
        (date(2028, 11, 20), "dans 2 ans"),
        (date(2026, 9, 30), "il y a 51 jours"),
        (date(2025, 11, 20), "il y a 12 mois"),
        (date(2021, 11, 21), "il y a 4 ans et 11 mois"),
    ],
)
def test_delays_are_said_as_people_do(day: date, expected: str) -> None:
    """Days below two months, months below two years, whole years beyond; the near days have their word."""
    assert spaces(format_delay(TODAY, day)) == expected


@given(DAYS, st.integers(-30_000, 30_000))
def test_delays_are_symmetric(today: date, days: int) -> None:
    """What is `dans N` from one day is `il y a N` from the other; no zero, no sign is ever shown."""
    other = today + timedelta(days=days)
    said = format_delay(today, other)
    if said.startswith("dans "):
        assert format_delay(other, today) == said.replace("dans ", "il y a ")
    assert not re.search(rf"(^|[{NB} ])(0|-)", said)


@pytest.mark.parametrize(
    ("number", "expected"), [(0, "0 écart"), (1, "1 écart"), (2, "2 écarts"), (1500, "1 500 écarts"), (-1, "-1 écart"), (-2, "-2 écarts")]
)
def test_plurals_start_at_two(number: int, expected: str) -> None:
    """Zero and one are singular in French."""
    assert spaces(count(number, "écart")) == expected


def test_an_irregular_plural_is_given() -> None:
    """A plural that is not made by an `s` is written by the caller."""
    assert spaces(count(2, "journal", "journaux")) == "2 journaux"
    assert spaces(count(1, "journal", "journaux")) == "1 journal"


@given(st.integers(-(10**12), 10**12))
def test_thousands_are_separated_by_a_thin_space(number: int) -> None:
    """A number read without its thin spaces is the number; groups have three digits."""
    shown = format_number(number)
    assert int(shown.replace(THIN, "")) == number
    assert re.fullmatch(rf"-?\d{{1,3}}({THIN}\d{{3}})*", shown)


@pytest.mark.parametrize(("items", "expected"), [([], ""), (["a"], "a"), (["a", "b"], "a et b"), (["a", "b", "c"], "a, b et c")])
def test_lists_end_by_et(items: list[str], expected: str) -> None:
    """Commas, then `et`, without a comma before it; or another last word."""
    assert join(items) == expected
    assert join(items, "ou") == expected.replace(" et ", " ou ")


def test_typography_puts_no_break_spaces() -> None:
    """Before `:` and inside guillemets a no-break space, before `; ! ?` a thin one; an apostrophe is curled."""
    assert typography("l'essai d&#39;un 'mot'") == "l’essai d’un 'mot'"
    assert typography("Oui : « non » ; ah ! quoi ?") == f"Oui{NB}: «{NB}non{NB}»{THIN}; ah{THIN}! quoi{THIN}?"


@given(st.text("ab :;!?«»\n\u00a0\u202f.", max_size=30))
def test_typography_is_stable_and_loses_nothing(text: str) -> None:
    """Applied twice it changes nothing more; only spaces change; single ordinary spaces are gone where they break."""
    done = typography(text)
    assert typography(done) == done
    assert spaces(done) == spaces(text)
    assert not re.search(r"(?<=\S) [:»;!?]|« ", done)


def test_times_are_written_as_in_french() -> None:
    """Hours and minutes with their `h`, durations without useless zeros, days with their name."""
    assert spaces(format_weekday(date(2025, 12, 12))) == "vendredi 12 décembre 2025"
    assert [spaces(format_time(time)) for time in ("14:00", "09:05")] == ["14 h 00", "9 h 05"]
    assert [spaces(format_duration(minutes)) for minutes in (45, 60, 130, 185)] == ["45 min", "1 h", "2 h 10", "3 h 05"]
    assert spaces(format_month(date(2026, 12, 1))) == "décembre 2026"


@pytest.mark.parametrize(
    ("size", "told"),
    [
        (0, "0 octet"),
        (2, "2 octets"),
        (999, "999 octets"),
        (1_000, "1 Ko"),
        (120_400, "120 Ko"),
        (999_499, "999 Ko"),
        (999_500, "1,0 Mo"),
        (1_449_999, "1,4 Mo"),
        (2_000_000_000, "2 000,0 Mo"),
    ],
)
def test_sizes_are_told_in_units_people_know(size: int, told: str) -> None:
    """Bytes, then thousands, then millions with one decimal, and never `1000 Ko`; nothing breaks across lines."""
    assert spaces(format_size(size)) == told
    assert " " not in format_size(size)
