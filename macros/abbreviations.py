"""Acronyms of the lexique: the first use of each on a page is an `abbr`, which gives its long form."""

from __future__ import annotations

import re
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_SHELTER = re.compile(
    r"<(!--|span class=\"p |"
    r"(?:h[1-6]|code|pre|kbd|button|option|math|nav|abbr|s(?:amp|cript|tyle|vg|elect|ummary)|t(?:extarea|itle))(?![\w-]))"
)
"""Where no acronym is marked: what is not running text, status pills included, and what already gives a long form.

By first letter, for speed.
"""
_TAG = re.compile(r"""<[!/?a-zA-Z](?:[^>"']|"[^"]*"|'[^']*')*>""")
_JOINS = "-_/@#.\u2011"
"""Before an acronym, these make it a part of something else: an identifier, an address, a file name."""


class Acronyms:
    """The acronyms of one lexique, ready to be found in pages."""

    def __init__(self, long_forms: Mapping[str, str]) -> None:
        """Take the long form of each acronym, both as plain text."""
        self.long_forms = dict(long_forms)
        written = {escape(name, quote=False): long for name, long in self.long_forms.items()}
        self._marked = {name: f'<abbr title="{escape(long)}">{name}</abbr>' for name, long in written.items()}
        self._any = _any_of(written)

    def mark(self, html: str) -> str:
        """Return the HTML of a page where the first use of each acronym in running text is an `abbr` with its long form."""
        if not self._marked:
            return html
        done: set[str] = set()
        pieces: list[str] = []
        copied = 0
        shelters = _Shelters(html)
        for found in self._any.finditer(html):
            name, start = found[0], found.start()
            before = html[start - 1 : start]
            if name in done or before.isalnum() or (before and before in _JOINS) or _is_in_tag(html, start):
                continue
            shelter = shelters.around(start)
            if shelter in ("", "abbr"):
                done.add(name)
            if not shelter:
                pieces += (html[copied:start], self._marked[name])
                copied = found.end()
        return "".join((*pieces, html[copied:]))


def _any_of(names: Iterable[str]) -> re.Pattern[str]:
    """Return what finds any of those names in one pass: by first letter, because most letters of a page begin none.

    What stands before is left to the caller: a look-behind would be tried at each character.
    """
    by_letter = groupby(sorted(names), key=lambda name: name[0])
    ends = ((letter, "|".join(re.escape(name[1:]) for name in group)) for letter, group in by_letter)
    return re.compile(rf"(?:{'|'.join(f'{re.escape(letter)}(?:{end})' for letter, end in ends)})(?![\w\u2011-])")


class _Shelters:
    """The parts of a page where no acronym is marked, read no further than asked; positions are asked in increasing order."""

    def __init__(self, html: str) -> None:
        self._html = html
        self._name = ""
        self._start = self._end = 0
        self._more = True

    def around(self, position: int) -> str:
        """Return the name of the part that holds a position, empty when none does."""
        while self._more and self._end <= position:
            opening = _SHELTER.search(self._html, self._end)
            if opening is None:
                self._more = False
                return ""
            self._name, self._start = opening[1], opening.start()
            closing = "-->" if self._name == "!--" else f"</{self._name.split(' ', 1)[0]}>"
            end = self._html.find(closing, self._start)
            self._end = end + len(closing) if end >= 0 else len(self._html)
        return self._name if self._start <= position < self._end else ""


def _is_in_tag(html: str, position: int) -> bool:
    """Tell whether a position is inside a tag, an attribute that holds `>` included."""
    opening = html.rfind("<", 0, position)
    if opening < 0:
        return False
    if html.find(">", opening, position) < 0:
        return True
    tag = _TAG.match(html, opening)
    return tag is not None and tag.end() > position


_current = {"acronyms": Acronyms({})}
"""Those of the project that the engine builds; it says so before it converts pages."""


def know(long_forms: Mapping[str, str]) -> None:
    """Replace the known acronyms by those of a lexique: the long form of each, as plain text."""
    if _current["acronyms"].long_forms != long_forms:
        _current["acronyms"] = Acronyms(long_forms)


def mark_first_uses(html: str) -> str:
    """Return the HTML of a page where the first use of each known acronym is marked."""
    return _current["acronyms"].mark(html)
