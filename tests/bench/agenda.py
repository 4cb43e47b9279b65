"""Writing a calendar costs what icalendar costs: 5,000 events in at most three times its bare serialisation of the same events.

Run: python tests/bench/agenda.py. Ratios within one run; exit code 1 when one is missed. The second line, without
limit, tells what whole events cost (places, descriptions of ten lines, reminders).
"""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from time import perf_counter
from typing import TYPE_CHECKING

from icalendar import Calendar, Event

from macros.exchange.ics import calendar_bytes
from macros.views.agenda import Agenda, Alarme, EtatEvenement, Evenement

if TYPE_CHECKING:
    from collections.abc import Callable

NUMBER = 5_000
LIMIT = 3.0
_FIRST = date(2026, 1, 1)
_STAMP = datetime(2026, 11, 20, tzinfo=UTC)


def best(action: Callable[[], bytes]) -> tuple[float, int]:
    """Return the shortest of three runs, in seconds, and the octets made."""
    times, size = [], 0
    for _ in range(3):
        start = perf_counter()
        size = len(action())
        times.append(perf_counter() - start)
    return min(times), size


def minimal(rank: int) -> Evenement:
    """Return an event with what every event has."""
    return Evenement(f"A-2026-{rank:05}.echeance@portail-qualite", _FIRST + timedelta(days=rank % 900), f"Action {rank}", "", "Action")


def whole(rank: int) -> Evenement:
    """Return an event with everything a session has."""
    lines = "\n".join(f"{n}. Point de l’ordre du jour, avec ses documents" for n in range(10))
    hours = {"debut": time(14), "fin": time(16, 30), "lieu": "Siège de l’Institut, salle du conseil"}
    reminders = (Alarme(timedelta(days=-1), "Demain"), Alarme(timedelta(hours=-1), "Bientôt"))
    return replace(minimal(rank), description=lines, etat=EtatEvenement.CONFIRME, alarmes=reminders, **hours)  # type: ignore[arg-type]


def ours(make: Callable[[int], Evenement]) -> Callable[[], bytes]:
    """Return what writes a calendar of such events; making them is not measured."""
    agenda = Agenda("Calendrier", "", _STAMP.date(), tuple(map(make, range(NUMBER))))
    return lambda: calendar_bytes(agenda)


def bare() -> bytes:
    """Write the minimal events with icalendar alone, as its documentation shows."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//essai//FR")
    for event in map(minimal, range(NUMBER)):
        found = Event()
        found.add("uid", event.uid)
        found.add("dtstamp", _STAMP)
        found.add("summary", event.titre)
        found.add("categories", [event.categorie])
        found.add("dtstart", event.date)
        found.add("dtend", event.date + timedelta(days=1))
        calendar.add_component(found)
    written: bytes = calendar.to_ical()
    return written


def main() -> int:
    """Print one line per measure; return 1 when the limit is missed."""
    reference, size = best(bare)
    print(f"icalendar seul, {NUMBER} événements minimaux : {reference:.2f} s, {size / 1e6:.1f} Mo")
    seconds, size = best(ours(minimal))
    ratio = seconds / reference
    print(f"les mêmes par calendar_bytes : {seconds:.2f} s, {size / 1e6:.1f} Mo, ×{ratio:.2f}  {'OK' if ratio <= LIMIT else 'NON'}")
    seconds, size = best(ours(whole))
    print(f"{NUMBER} séances complètes : {seconds:.2f} s, {size / 1e6:.1f} Mo, ×{seconds / reference:.2f}")
    return 0 if ratio <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
