"""What is wrong in a text YAML cannot read, in French, from the line itself rather than from the parser's words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from macros import messages

if TYPE_CHECKING:
    from macros.records.document import Mark

_KEY = re.compile(r"^\s*(?:- )*\s*([^\s:#'\"\[\]{}][^:#]*?)\s*:\s(.*)$")
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
    if re.match(r" *\t", source):
        return "tabulation", messages.tab_indentation(), (line, source.index("\t") + 1)
    return "syntaxe", messages.syntax(reason), (line, column)


def lost_end(line: str) -> str:
    """Return what YAML drops after a plain value as a comment, `#` included; empty when nothing is lost."""
    found = _COMMENT_AFTER.match(line.rstrip("\r"))
    return found[1] if found else ""
