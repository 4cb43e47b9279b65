"""What is wrong in a text YAML cannot read, in French, from the line itself rather than from the parser's words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from macros import messages

if TYPE_CHECKING:
    from macros.records.document import Mark

_KEY = re.compile(r"^\s*(?:- )*\s*([^\s:#'\"\[\]{}][^:#]*?)\s*:\s(.*)$")
_GLUED = re.compile(r"^\s*(?:- )?[A-Za-zÀ-ÿ_]+:[^\s/]")
_COMMENT_AFTER = re.compile(r"[ \t]+(#.*)$")


def explain(text: str, reason: str, line: int, column: int) -> tuple[str, str, Mark]:
    """Return code, sentence and place of a syntax error; the spaced colon and the tab are named when they are the cause.

    `reason` is the parser's English, `line` and `column` count from 1.
    """
    lines = text.splitlines() or [""]
    source = lines[min(line, len(lines)) - 1]
    found = _KEY.match(source)
    if "mapping values are not allowed" in reason and found and re.search(r":(\s|$)", found[2]):
        return "deux-points", messages.spaced_colon(found[1], found[2].strip()), (line, column)
    quoted = _unclosed_quote(lines, line, anywhere="unexpected end of stream" in reason)
    if quoted is not None:
        number, key, rest = quoted
        return "guillemet", messages.stray_quote(key, rest), (number, lines[number - 1].index(rest) + 1)
    glued = next((n for n in (line, line - 1) if 0 < n <= len(lines) and _GLUED.match(lines[n - 1])), None)
    if glued is not None and re.search("could not find expected ':'|mapping values", reason):
        key = lines[glued - 1].split(":", 1)[0].strip().removeprefix("- ")
        return "espace-manquante", messages.glued_colon(key), (glued, lines[glued - 1].index(":") + 1)
    if re.match(r" *\t", source):
        return "tabulation", messages.tab_indentation(), (line, source.index("\t") + 1)
    return "syntaxe", messages.syntax(reason), (line, column)


def _unclosed_quote(lines: list[str], line: int, *, anywhere: bool) -> tuple[int, str, str] | None:
    """Return line, key and value of the nearest value above that opens a quote and does not close it where it ends.

    Only the last value counts, unless the text ended inside a quote: then it may have been opened `anywhere`.
    """
    for number in range(min(line, len(lines)), 0, -1):
        found = _KEY.match(lines[number - 1])
        value = found[2].strip() if found else ""
        if found and value[:1] in ("'", '"'):
            mark = value[0]
            body = value[1:].replace("''", "") if mark == "'" else re.sub(r"\\.", "", value[1:])
            closed = body.find(mark)
            if closed < 0 or closed != len(body) - 1:
                return number, found[1], value
        if found and not anywhere:
            return None
    return None


def lost_end(line: str) -> str:
    """Return what YAML drops after a plain value as a comment, `#` included; empty when nothing is lost."""
    found = _COMMENT_AFTER.match(line.rstrip("\r"))
    return found[1] if found else ""
