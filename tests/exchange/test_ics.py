"""A calendar file is what RFC 5545 allows and says what the agenda says, whatever the texts hold."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject
from dateutil.tz import tzical  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from macros.exchange.ics import PRODID, calendar_bytes, is_ours
from macros.views.agenda import Agenda, Alarme, EtatEvenement, Evenement
from tests.exchange.strict_ics import Part, read_strictly

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = date(2026, 11, 20)
PARIS = ZoneInfo("Europe/Paris")
SEANCE = Evenement(
    uid="CP-2026-12-NUM.seance.123456789@portail-qualite",
    date=date(2026, 12, 11),
    titre="Conseil de perfectionnement Numérique 2026",
    description="Statut\u00a0: convoqué\nOrdre du jour\u00a0:\n1. Bilan",
    categorie="Conseil de perfectionnement",
    debut=time(14),
    fin=time(16, 30),
    lieu="Siège, salle du conseil",
    etat=EtatEvenement.CONFIRME,
    revision=2,
    occupe=True,
    alarmes=(Alarme(timedelta(days=-1), "Demain"),),
)
HOSTILE = (
    "a\nb", "a\r\nb", "a\rb", "a;b,c:d", 'dit "non"', "C:\\Nord\\n\\,\\;", "\\", "\\\\n", "fin\\",
    "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:pirate", "BEGIN:VEVENT", "x\n ATTENDEE:mailto:a@b.example", "=?utf-8?q?=41?=",
    "é" * 200, "👩‍🚒" * 60, "a" * 73 + "👩‍🚒" + "é", "mot " * 2_500, "x" * 10_000, "\\" * 300, "," * 300,
    "\x00\x01\x07\x1b[31m\x7f\x80\x9f", "a\x0bb\x0cc\x1cd\x1ee\x85f\u2028g\u2029h", "\ud800seul\udfff", "\u202egauche", "\ufeff", " ", "\t",
    "%0D%0AX", "^n^'", "<b>&amp;</b>", "=cmd|' /C calc'!A0",
)  # fmt: skip


def agenda(*events: Evenement, nom: str = "Calendrier", description: str = "Situation") -> Agenda:
    """Return a calendar of these events."""
    return Agenda(nom, description, REFERENCE, events)


def written(*events: Evenement) -> tuple[Part, list[Part]]:
    """Return a calendar of these events as a strict reader sees it, and its events."""
    calendar = read_strictly(calendar_bytes(agenda(*events)))
    return calendar, calendar.of_kind("VEVENT")


def by_vobject(raw: bytes) -> list[Any]:
    """Return the events of a calendar as vobject reads them."""
    return list(vobject.readOne(raw.decode()).contents.get("vevent", []))


def by_icalendar(raw: bytes) -> list[Any]:
    """Return the events of a calendar as icalendar reads them."""
    return list(Calendar.from_ical(raw).walk("VEVENT"))


def as_read(text: str) -> str:
    """Return what a reader gets of a text: line breaks of one kind, no control character, no half of a character."""
    unbroken = re.sub("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", "\n", text)
    return re.sub("[\ud800-\udfff]", "\ufffd", re.sub("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff]", "", unbroken))


def test_every_field_reaches_two_parsers() -> None:
    """What the event says is what icalendar and vobject, another parser than the writer, read."""
    raw = calendar_bytes(agenda(SEANCE))
    (other,) = by_vobject(raw)
    (same,) = by_icalendar(raw)
    assert other.uid.value == same["UID"] == SEANCE.uid
    assert other.summary.value == same["SUMMARY"] == SEANCE.titre
    assert other.description.value == same["DESCRIPTION"] == SEANCE.description
    assert other.location.value == same["LOCATION"] == SEANCE.lieu
    assert other.categories.value == same["CATEGORIES"].cats == [SEANCE.categorie]
    assert other.status.value == same["STATUS"] == "CONFIRMED"
    assert other.transp.value == same["TRANSP"] == "OPAQUE"
    assert int(other.sequence.value) == same["SEQUENCE"] == 2
    for name, hour in (("dtstart", SEANCE.debut), ("dtend", SEANCE.fin)):
        wanted = datetime.combine(SEANCE.date, hour or time(), tzinfo=PARIS)
        assert getattr(other, name).value == same[name].dt == wanted
    assert other.dtstamp.value == same["DTSTAMP"].dt == datetime(2026, 11, 20, tzinfo=UTC)
    (alarm,) = same.walk("VALARM")
    assert other.valarm.action.value == alarm["ACTION"] == "DISPLAY"
    assert other.valarm.description.value == alarm["DESCRIPTION"] == "Demain"
    assert other.valarm.trigger.value == alarm["TRIGGER"].dt == timedelta(days=-1)


def test_the_calendar_says_what_it_is() -> None:
    """Its maker, its name in both keys, what it tells, how often to read it again, and no METHOD, which would ask for addresses."""
    calendar, _ = written(SEANCE)
    assert calendar.properties["PRODID"] == PRODID
    assert calendar.text("NAME") == calendar.text("X-WR-CALNAME") == "Calendrier"
    assert calendar.text("DESCRIPTION") == calendar.text("X-WR-CALDESC") == "Situation"
    assert calendar.properties["REFRESH-INTERVAL;VALUE=DURATION"] == calendar.properties["X-PUBLISHED-TTL"] == "P1D"
    assert calendar.properties["X-WR-TIMEZONE"] == "Europe/Paris"
    assert "METHOD" not in calendar.properties


def test_a_file_to_add_to_a_calendar_has_no_name() -> None:
    """Without name nothing asks a person to follow a calendar."""
    calendar = read_strictly(calendar_bytes(agenda(SEANCE, nom="")))
    assert set(calendar.properties) == {"VERSION", "PRODID", "CALSCALE"}


@pytest.mark.parametrize(("etat", "expected"), [*zip(EtatEvenement, ("TENTATIVE", "CONFIRMED", "CANCELLED"), strict=True), (None, None)])
def test_each_state_has_its_status(etat: EtatEvenement | None, expected: str | None) -> None:
    """A meeting is tentative, confirmed or cancelled; a deadline is none of them."""
    _, (event,) = written(replace(SEANCE, etat=etat))
    assert event.properties.get("STATUS") == expected


def test_a_whole_day_ends_the_day_after() -> None:
    """DTEND is exclusive; on the last day of the calendar, where no day comes after, the day alone says as much."""
    whole = replace(SEANCE, debut=None, fin=None, occupe=False)
    calendar, (day, last) = written(whole, replace(whole, uid="autre", date=date.max))
    assert (day.properties["DTSTART;VALUE=DATE"], day.properties["DTEND;VALUE=DATE"]) == ("20261211", "20261212")
    assert last.properties["DTSTART;VALUE=DATE"] == "99991231"
    assert not any(name.startswith("DTEND") for name in last.properties)
    assert day.properties["TRANSP"] == "TRANSPARENT"
    assert calendar.of_kind("VTIMEZONE") == []


def test_an_unknown_end_is_not_invented() -> None:
    """A session whose end nobody noted has a start and nothing else; 23:30 stays on its day."""
    _, (event,) = written(replace(SEANCE, debut=time(23, 30), fin=None))
    assert event.properties["DTSTART;TZID=Europe/Paris"] == "20261211T233000"
    assert not any(name.startswith("DTEND") for name in event.properties)


@pytest.mark.parametrize(
    ("day", "start", "end", "instants"),
    [
        (date(2026, 3, 29), time(1, 30), time(3, 30), ("00:30", "01:30")),
        (date(2026, 10, 25), time(1, 30), time(3, 30), ("23:30", "02:30")),
        (date(2026, 10, 25), time(0), time(23, 59), ("22:00", "22:59")),
        (date(2026, 7, 1), time(0), time(0, 1), ("22:00", "22:01")),
        (date(2040, 1, 2), time(9), time(10), ("08:00", "09:00")),
    ],
)
def test_hours_are_those_of_paris_on_the_days_clocks_change(day: date, start: time, end: time, instants: tuple[str, str]) -> None:
    """Read through the zone of the file by one parser and through that of the system by another, hours are the same instants."""
    raw = calendar_bytes(agenda(replace(SEANCE, date=day, debut=start, fin=end)))
    zone = _zone_of(raw)
    (event,) = by_icalendar(raw)
    for name, hour, instant in (("dtstart", start, instants[0]), ("dtend", end, instants[1])):
        assert f"{event[name].dt.astimezone(UTC):%H:%M}" == instant
        assert f"{datetime.combine(day, hour, tzinfo=zone).astimezone(UTC):%H:%M}" == instant


def _zone_of(raw: bytes) -> Any:
    """Return the time zone a file describes, as dateutil reads it."""
    text = raw.decode()
    described = text[text.index("BEGIN:VTIMEZONE") : text.index("END:VTIMEZONE") + len("END:VTIMEZONE\r\n")]
    return tzical(io.StringIO(described)).get()


def test_the_zone_is_that_of_paris_every_day_since_its_rules() -> None:
    """For forty years and at each hour that matters, the zone of the file and the system's give one offset."""
    zone = _zone_of(calendar_bytes(agenda(SEANCE)))
    moment = datetime(1996, 10, 28)  # noqa: DTZ001 - an hour of the wall
    while moment.year < 2037:
        for hour in (0, 1, 4, 12, 23):
            wall = moment.replace(hour=hour)
            assert wall.replace(tzinfo=zone).utcoffset() == wall.replace(tzinfo=PARIS).utcoffset(), wall
        moment += timedelta(days=1)


def test_hours_older_than_the_rules_are_written_bare() -> None:
    """Clocks changed on other days before: the hour is that of the wall, and no zone lies about it."""
    calendar, (event,) = written(replace(SEANCE, date=date(1990, 7, 1)))
    assert event.properties["DTSTART"] == "19900701T140000"
    assert calendar.of_kind("VTIMEZONE") == []


def test_the_zone_stands_once() -> None:
    """Many hours, one zone; an empty calendar has it too, since one without component is no calendar."""
    calendar, events = written(*(replace(SEANCE, uid=f"e{n}", date=SEANCE.date + timedelta(days=n)) for n in range(30)))
    assert (len(calendar.of_kind("VTIMEZONE")), len(events)) == (1, 30)
    empty, nothing = written()
    assert (len(empty.of_kind("VTIMEZONE")), nothing) == (1, [])


@pytest.mark.parametrize(
    ("delay", "expected"),
    [
        (timedelta(hours=9), "PT9H"),
        (timedelta(hours=9) - timedelta(days=30), "-P29DT15H"),
        (timedelta(days=-1), "-P1D"),
        (timedelta(hours=-15), "-PT15H"),
    ],
)
def test_a_reminder_counts_from_the_start(delay: timedelta, expected: str) -> None:
    """At nine that morning, at nine thirty days before, at the same hour the day before."""
    raw = calendar_bytes(agenda(replace(SEANCE, alarmes=(Alarme(delay, "Rappel"),))))
    (alarm,) = read_strictly(raw).of_kind("VEVENT")[0].of_kind("VALARM")
    assert alarm.properties == {"ACTION": "DISPLAY", "DESCRIPTION": "Rappel", "TRIGGER": expected}
    assert by_vobject(raw)[0].valarm.trigger.value == delay


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_breaks_the_file(text: str) -> None:
    """In every field at once, a text comes back as it was, line breaks and control characters apart, and adds no event."""
    event = replace(SEANCE, uid="hostile", titre=text, description=text, lieu=text, categorie=text, alarmes=(Alarme(timedelta(), text),))
    raw = calendar_bytes(agenda(event, SEANCE, nom=text, description=text))
    calendar = read_strictly(raw)
    hostile, read = calendar.of_kind("VEVENT")[0], by_icalendar(raw)
    flat = re.sub(r" *\n\s*", " ", as_read(text))
    assert [found["UID"] for found in read] == ["hostile", SEANCE.uid]
    assert hostile.text("DESCRIPTION") == str(read[0]["DESCRIPTION"]) == as_read(text)
    assert hostile.text("SUMMARY") == hostile.of_kind("VALARM")[0].text("DESCRIPTION") == flat
    assert hostile.text("LOCATION") == hostile.text("CATEGORIES") == calendar.text("NAME") == flat
    assert [found.uid.value for found in by_vobject(raw)] == ["hostile", SEANCE.uid]
    assert by_vobject(raw)[0].description.value == as_read(text)


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text_survives(title: str, about: str) -> None:
    """Whatever the characters, the file is strict and the description comes back."""
    _, (event,) = written(replace(SEANCE, titre=title, description=about))
    assert event.text("DESCRIPTION") == as_read(about)


def test_the_same_agenda_gives_the_same_bytes() -> None:
    """Hash seeds, which change the order of sets, do not change a byte; nor does the day of the machine."""
    script = (
        "import hashlib; from tests.exchange.test_ics import HOSTILE, SEANCE, agenda, calendar_bytes, replace;"
        "events = [replace(SEANCE, uid=str(n), description=text) for n, text in enumerate(HOSTILE)];"
        "print(hashlib.sha256(calendar_bytes(agenda(*events))).hexdigest())"
    )
    found = set()
    for seed in ("0", "1", "4242"):
        environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": "Pacific/Auckland" if seed == "1" else "UTC"}
        done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
        found.add(done.stdout)
    assert len(found) == 1


def test_the_library_still_needs_our_escaping() -> None:
    """The library takes a backslash before a capital N, as in a path, for a line break; once it no longer does, our escaping can go."""
    event = Event()
    event.add("summary", "C:\\Nord")
    assert b"C:\\nord" in event.to_ical()


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (calendar_bytes(agenda(SEANCE)), True),
        (b"", False),
        (calendar_bytes(agenda(SEANCE)).replace(PRODID.encode(), b"-//Autre//FR"), False),
        (b"BEGIN:VCALENDAR\r\nPRODID:-//Autre//FR\r\nX-NOTE:PRODID:" + PRODID.encode() + b"\r\n", False),
        (f"Notes\r\nPRODID:{PRODID}\r\n".encode(), False),
    ],
)
def test_our_calendars_are_told_from_others(raw: bytes, *, expected: bool) -> None:
    """Only a calendar whose maker is the portal may be replaced."""
    assert is_ours(raw) is expected
