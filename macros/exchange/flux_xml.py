"""A strict pass over a feed in XML, before anything else reads it: well formed, no DTD, bounded, and only what is read is kept."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.parsers import expat

from macros import messages
from macros.exchange.flux_source import MAX_DEPTH, MAX_ELEMENTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from macros.exchange.flux_source import Source

MAX_TAGS = 200_000
"""Forty for each of the most elements there may be."""
MAX_ATTRIBUTES = 100
"""Of one tag: the parser compares each of them to all the others."""
_XHTML = "http://www.w3.org/1999/xhtml"
_ROOTS = frozenset({"rss", "RDF", "feed"})
_ELEMENTS = frozenset({"item", "entry"})
_STRUCTURE = _ROOTS | _ELEMENTS | {"channel"}
_READ = frozenset(
    {"title", "link", "id", "guid", "description", "summary", "content", "encoded", "body"}
    | {"pubDate", "published", "updated", "issued", "modified", "created", "date"}
)
_TAG = re.compile(rb"""<[^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*>""")
_TRUNCATED = frozenset({3, 5, 20})
"""Errors of expat that mean, at the end of a file, that the rest is missing: no element, an open tag, an open CDATA."""


def reduced(source: Source) -> bytes:
    """Return a feed in UTF-8 with what is read of it only. Raise `DataError` for what is no feed, malformed, hostile or endless.

    The rest is cut out, because the parser that comes next takes a time out
    of measure on parts of a feed that are of no use here: ten thousand
    categories, an author of ten million characters.
    """
    return _Pass(source).run()


class _Pass:
    def __init__(self, source: Source) -> None:
        self.source, self.raw = source, source.texte.encode()
        self.parser = expat.ParserCreate("UTF-8", " ")
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.open: list[str] = []
        self.tags = self.elements = 0
        self.cut_at = -1
        self.cut_depth = 0
        self.kept: list[bytes] = []
        self.place = 0

    def run(self) -> bytes:
        try:
            self.parser.Parse(self.raw, True)  # noqa: FBT003 - signature of expat
        except expat.ExpatError as error:
            self.malformed(error)
        return b"".join((*self.kept, self.raw[self.place :]))

    def malformed(self, error: expat.ExpatError) -> None:
        if error.code in _TRUNCATED:
            self.source.refuse("flux-tronque", messages.feed_truncated(), error.lineno, error.offset + 1)
        self.source.refuse("flux-mal-forme", messages.feed_malformed(error.code), error.lineno, error.offset + 1)

    def refuse(self, code: str, message: str) -> None:
        self.source.refuse(code, message, self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)

    def doctype(self, name: str, *_rest: object) -> None:
        if name.lower() == "html":
            self.refuse("flux-page-web", messages.feed_is_a_page())
        self.refuse("flux-dtd", messages.feed_with_dtd())

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        if not self.open and local not in _ROOTS:
            page = local.lower() == "html"
            self.refuse("flux-page-web" if page else "flux-inconnu", messages.feed_is_a_page() if page else messages.feed_root(local))
        self.tags += 1
        self.elements += local in _ELEMENTS
        if len(self.open) >= MAX_DEPTH:
            self.refuse("flux-trop-profond", messages.feed_too_deep(MAX_DEPTH))
        if self.elements > MAX_ELEMENTS or self.tags > MAX_TAGS or len(attributes) > MAX_ATTRIBUTES:
            self.refuse("flux-trop-long", messages.feed_too_long(MAX_ELEMENTS))
        if self.cut_at < 0 and not self.is_read(space, local):
            self.cut_at, self.cut_depth = self.parser.CurrentByteIndex, len(self.open)
        self.open.append(local)

    def is_read(self, space: str, local: str) -> bool:
        """Tell whether an element is of use: what holds elements, what they say, and the markup of a text."""
        inside = next((name for name in reversed(self.open) if name in _READ), None)
        return space == _XHTML if inside else local in _STRUCTURE or local in _READ

    def end(self, _name: str) -> None:
        self.open.pop()
        if self.cut_at >= 0 and len(self.open) == self.cut_depth:
            tag = _TAG.match(self.raw, self.parser.CurrentByteIndex)
            self.kept.append(self.raw[self.place : self.cut_at])
            self.place, self.cut_at = tag.end() if tag else self.parser.CurrentByteIndex, -1
