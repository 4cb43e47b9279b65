"""A calendar read line by line as RFC 5545 writes it, knowing nothing of the library that wrote it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

_LINE = re.compile(r'([A-Z][A-Z0-9-]*)((?:;[A-Z-]+=(?:[^";:,]*|"[^"]*"))*):(.*)', re.DOTALL)
_FORBIDDEN = re.compile("[\x00-\x08\x0a-\x1f\x7f\x80-\x9f\u2028\u2029]")
_REQUIRED = {
    "VCALENDAR": {"VERSION", "PRODID"},
    "VEVENT": {"UID", "DTSTAMP", "DTSTART", "SUMMARY", "SEQUENCE"},
    "VALARM": {"ACTION", "TRIGGER", "DESCRIPTION"},
    "VTIMEZONE": {"TZID"},
    "STANDARD": {"DTSTART", "TZOFFSETFROM", "TZOFFSETTO"},
    "DAYLIGHT": {"DTSTART", "TZOFFSETFROM", "TZOFFSETTO"},
}
_INSIDE = {
    "VCALENDAR": "",
    "VEVENT": "VCALENDAR",
    "VTIMEZONE": "VCALENDAR",
    "VALARM": "VEVENT",
    "STANDARD": "VTIMEZONE",
    "DAYLIGHT": "VTIMEZONE",
}
_NOT_TEXT = {"DTSTART", "DTEND", "DTSTAMP", "TRIGGER", "RRULE", "UID"}


@dataclass
class Part:
    """A component: its kind, its properties (name with parameters → raw value), what it holds."""

    kind: str
    properties: dict[str, str] = field(default_factory=dict)
    parts: list[Part] = field(default_factory=list)

    def text(self, name: str) -> str:
        """Return a text property, unescaped by hand; empty when absent."""
        return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], self.properties.get(name, ""))

    def of_kind(self, kind: str) -> list[Part]:
        """Return the parts of one kind."""
        return [part for part in self.parts if part.kind == kind]


def read_strictly(raw: bytes) -> Part:
    """Return the calendar; fail on the first line that RFC 5545 does not allow."""
    root = Part("")
    stack = [root]
    for line in _lines(raw):
        found = _LINE.fullmatch(line)
        assert found, f"not a content line: {line[:80]!r}"
        name, parameters, value = found.groups()
        if name == "BEGIN":
            assert stack[-1].kind == _INSIDE[value], f"{value} inside {stack[-1].kind}"
            stack.append(Part(value))
            stack[-2].parts.append(stack[-1])
        elif name == "END":
            assert stack.pop().kind == value
        else:
            assert name + parameters not in stack[-1].properties, f"{name} twice"
            assert name in _NOT_TEXT or _is_escaped(value), f"{name} is not escaped: {value[:80]!r}"
            stack[-1].properties[name + parameters] = value
    assert len(stack) == 1, f"{stack[-1].kind} never ends"
    assert [part.kind for part in root.parts] == ["VCALENDAR"]
    _check(root.parts[0])
    return root.parts[0]


def _lines(raw: bytes) -> list[str]:
    """Return unfolded lines, after a look at each octet."""
    assert raw.endswith(b"\r\n")
    physical = raw[:-2].split(b"\r\n")
    for line in physical:
        assert b"\r" not in line
        assert b"\n" not in line
        assert line.strip(b" "), "empty line"
        assert len(line) <= 75, f"{len(line)} octets"
        line.decode("utf-8")  # no character is cut in two by a fold
    unfolded = raw[:-2].decode("utf-8").replace("\r\n ", "").split("\r\n")
    for text in unfolded:
        assert not _FORBIDDEN.search(text), f"control character: {text[:80]!r}"
    return unfolded


def _is_escaped(value: str) -> bool:
    """Tell whether a text has no bare comma nor semicolon, and no backslash before anything else than what it escapes."""
    return not re.search(r"[,;]|\\", re.sub(r"\\[\\;,nN]", "", value))


def _check(calendar: Part) -> None:
    """Check what each component must have, dates, and the time zone that hours name."""
    assert calendar.properties["VERSION"] == "2.0"
    assert calendar.parts, "a calendar without any component"
    for part in [calendar, *calendar.parts, *(inner for outer in calendar.parts for inner in outer.parts)]:
        names = {name.split(";")[0] for name in part.properties}
        assert names >= _REQUIRED[part.kind], f"{part.kind} lacks {_REQUIRED[part.kind] - names}"
    zones = [zone.properties["TZID"] for zone in calendar.of_kind("VTIMEZONE")]
    named = {name.split("TZID=")[1] for event in calendar.of_kind("VEVENT") for name in event.properties if "TZID=" in name}
    assert len(zones) == len(set(zones))
    assert named <= set(zones), "an hour in a zone that the file does not describe"
    assert not calendar.of_kind("VEVENT") or named == set(zones), "a zone that no hour names"
    assert max(Counter(event.properties["UID"] for event in calendar.of_kind("VEVENT")).values(), default=1) == 1
    for event in calendar.of_kind("VEVENT"):
        _check_days(event)


def _check_days(event: Part) -> None:
    """Check that both ends are of one kind and in order."""
    start = next(name for name in event.properties if name.startswith("DTSTART"))
    end = next((name for name in event.properties if name.startswith("DTEND")), "")
    shape = r"\d{8}" if "VALUE=DATE" in start else r"\d{8}T\d{6}"
    assert re.fullmatch(r"\d{8}T000000Z", event.properties["DTSTAMP"])
    assert re.fullmatch(shape, event.properties[start])
    if end:
        assert end.removeprefix("DTEND") == start.removeprefix("DTSTART")
        assert event.properties[end] > event.properties[start]
