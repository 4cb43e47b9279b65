"""Read a feed that somebody saved as a file, RSS, Atom or JSON Feed: the only module that knows feedparser."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import feedparser

from macros import messages
from macros.exchange import flux_json
from macros.exchange.flux_element import Brut, Entete, FluxLu, Texte, assemble
from macros.exchange.flux_source import open_source
from macros.exchange.flux_textes import from_html, one_line
from macros.exchange.flux_xml import reduced

if TYPE_CHECKING:
    from pathlib import Path

    from macros.exchange.flux_source import Source

_HTML = ("text/html", "application/xhtml+xml")
_HEADERS = {"content-type": "application/xml; charset=utf-8"}


def read_feed(path: Path) -> FluxLu:
    """Return what a file of a feed holds; nothing is fetched. Raise `DataError`, or `OSError` when the system refuses."""
    source = open_source(path)
    entete, bruts = flux_json.parse(source) if source.is_json else _parsed(source)
    return assemble(entete, bruts)


def _parsed(source: Source) -> tuple[Entete, list[Brut]]:
    raw = reduced(source)
    try:
        # A stream, never a text: the parser would take one for an address or the name of a file.
        found = feedparser.parse(io.BytesIO(raw), response_headers=_HEADERS, sanitize_html=False, resolve_relative_uris=False)
        return _head(found.feed), [_brut(entry) for entry in found.entries]
    except Exception:  # noqa: BLE001 - a parser this tolerant raises anything on what nobody foresaw
        source.refuse("flux-illisible", messages.feed_unreadable())


def _head(feed: Any) -> Entete:
    addresses = (_said(feed, "link"), *(str(link.get("href", "")) for link in feed.get("links", ()) if link.get("rel") == "self"))
    title = _text(feed, "title")
    said = from_html(title.valeur) if title.html else title.valeur
    return Entete(one_line(said), one_line(_said(feed, "id")), tuple(one_line(address) for address in addresses if address))


def _brut(entry: Any) -> Brut:
    contents = tuple(Texte(str(each.get("value", "")), each.get("type") in _HTML) for each in entry.get("content", ()))
    # Days are read from what was written: the library counts the 30th of February as a day of March.
    days = tuple(day for key in ("published", "updated", "created") if (day := _said(entry, key)))
    # Without detail, a summary is a copy of the content, of which nothing tells whether it is HTML.
    texts = (*((_text(entry, "summary"),) if dict.get(entry, "summary_detail") else ()), *contents)
    return Brut(_said(entry, "id"), _text(entry, "title"), _said(entry, "link"), texts, days)


def _text(holder: Any, key: str) -> Texte:
    detail = dict.get(holder, f"{key}_detail") or {}
    return Texte(_said(holder, key), detail.get("type") in _HTML)


def _said(holder: Any, key: str) -> str:
    """Return a text of that very name; the getters of the library look elsewhere when it is absent."""
    return str(dict.get(holder, key) or "")
