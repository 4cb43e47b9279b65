"""Calendars as files (RFC 5545): the only module that knows icalendar."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from icalendar import Alarm, Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard
from icalendar.prop import vText

from macros.french import add_days
from macros.views.agenda_evenement import EtatEvenement

if TYPE_CHECKING:
    from macros.views.agenda_evenement import Agenda, Alarme, Evenement

PRODID = "-//portail-qualite//agenda//FR"
_PARIS = "Europe/Paris"
_SAME_RULES_SINCE = date(1996, 10, 27)
"""From that day on, clocks change on the last Sundays of March and October; before, on other days."""
_REFRESH = timedelta(days=1)
_STATES = {EtatEvenement.PROVISOIRE: "TENTATIVE", EtatEvenement.CONFIRME: "CONFIRMED", EtatEvenement.ANNULE: "CANCELLED"}
_LINE_BREAK = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
"""Everything that one reader or another takes for the end of a line."""
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


class _Text(vText):
    """A text escaped as RFC 5545 §3.3.11 says. That of the library takes a backslash before a capital N, as in a path, for a line break."""

    def to_ical(self) -> bytes:
        return str(self).translate(_ESCAPED).encode()


def calendar_bytes(agenda: Agenda) -> bytes:
    """Return a calendar file; the same agenda gives the same bytes.

    No METHOD: REQUEST and CANCEL ask for an ORGANIZER and ATTENDEEs, that is
    for addresses the portal does not have; PUBLISH asks for an ORGANIZER too,
    and strict readers (libical, ical4j) refuse it without one. A file without
    METHOD is what RFC 5545 §3.7.2 calls a snapshot; Outlook reads it as
    PUBLISH, Google and Apple import it, and STATUS tells a cancelled session.
    """
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODID)
    calendar.add("calscale", "GREGORIAN")
    if agenda.nom:  # a file without name is added to a calendar; Outlook would open a named one beside it
        _describe(calendar, agenda)
    # An object without any component is none (§3.6): an empty calendar holds its time zone.
    if not agenda.evenements or any(_is_zoned(event) for event in agenda.evenements):
        calendar.add_component(_time_zone())
    stamp = f"{agenda.reference.isoformat().replace('-', '')}T000000Z"
    for event in agenda.evenements:
        calendar.add_component(_event(event, stamp))
    written: bytes = calendar.to_ical()
    return written


def is_ours(raw: bytes) -> bool:
    """Tell whether a file is a calendar written here."""
    return raw.startswith(b"BEGIN:VCALENDAR\r\n") and f"\r\nPRODID:{PRODID}\r\n".encode() in raw


def _describe(calendar: Calendar, agenda: Agenda) -> None:
    """Say how the calendar is called and how often it changes: RFC 7986, then what Apple, Google and Outlook read instead."""
    name, about = _line(agenda.nom), _text(agenda.description)
    for key, value in (("name", name), ("x-wr-calname", name), ("description", about), ("x-wr-caldesc", about)):
        calendar[key] = value
    calendar.add("x-wr-timezone", _PARIS)
    calendar.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", f"P{_REFRESH.days}D")


def _event(event: Evenement, stamp: str) -> Event:
    found = Event()
    found["uid"] = _Text(event.uid)
    found["dtstamp"] = vText(stamp)
    found["summary"] = _line(event.titre)
    found["categories"] = _line(event.categorie)
    found.add("sequence", event.revision)
    found.add("transp", "OPAQUE" if event.occupe else "TRANSPARENT")
    if event.description:
        found["description"] = _text(event.description)
    if event.lieu:
        found["location"] = _line(event.lieu)
    if event.etat:
        found.add("status", _STATES[event.etat])
    _put_day(found, event)
    for alarm in event.alarmes:
        found.add_component(_alarm(alarm))
    return found


def _put_day(found: Event, event: Evenement) -> None:
    """Put the hours as clocks show them in Paris, or the whole day, whose end is the day after; an unknown end is not invented."""
    if event.debut is None:
        found.add("dtstart", event.date)
        if event.date < date.max:
            found.add("dtend", add_days(event.date, 1))
        return
    for name, hour in (("dtstart", event.debut), ("dtend", event.fin)):
        if hour is not None:
            found.add(name, datetime.combine(event.date, hour), parameters={"TZID": _PARIS} if _is_zoned(event) else {})


def _is_zoned(event: Evenement) -> bool:
    """Tell whether an hour needs the zone; one older than its rules is written bare, as it was on the wall (§3.3.5, form 1)."""
    return event.debut is not None and event.date > _SAME_RULES_SINCE


def _alarm(alarm: Alarme) -> Alarm:
    found = Alarm()
    found.add("action", "DISPLAY")
    found["description"] = _line(alarm.texte)
    found.add("trigger", alarm.delai)
    return found


def _time_zone() -> Timezone:
    """Return Paris since 1996, by its rules: readers apply them to any year, which a list of days would not allow."""
    zone = Timezone()
    zone.add("tzid", _PARIS)
    winter, summer = timedelta(hours=1), timedelta(hours=2)
    observances: tuple[tuple[Any, str, timedelta, timedelta, datetime, int], ...] = (
        (TimezoneDaylight(), "CEST", winter, summer, datetime.combine(date(1997, 3, 30), time(2)), 3),
        (TimezoneStandard(), "CET", summer, winter, datetime.combine(_SAME_RULES_SINCE, time(3)), 10),
    )
    for part, name, before, after, since, month in observances:
        part.add("tzname", name)
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        part.add("dtstart", since)
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        zone.add_component(part)
    return zone


def _text(value: str) -> _Text:
    """Return a text any reader can read: line breaks of one kind, no control character, no half of a character."""
    return _Text(_SURROGATE.sub("\ufffd", _CONTROL.sub("", _LINE_BREAK.sub("\n", value))))


def _line(value: str) -> _Text:
    """Return the same on one line."""
    return _Text(re.sub(r" *\n\s*", " ", _text(value)))
