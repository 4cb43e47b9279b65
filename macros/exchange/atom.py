"""Feeds as files (RFC 4287): the only module that knows how Atom is written."""

from __future__ import annotations

import re
from copy import deepcopy
from functools import lru_cache
from typing import TYPE_CHECKING

from lxml import etree

from macros.french import typography
from macros.rendering import render

if TYPE_CHECKING:
    from datetime import date

    from macros.views.flux import EntreeFlux, Flux

GENERATOR = "portail-qualite"

_ATOM = "http://www.w3.org/2005/Atom"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_LINE_BREAK = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_FORBIDDEN = re.compile("[^\t\n -~\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 does not allow, the controls it only discourages, and the byte order mark."""
_NOT_IN_IRI = re.compile(r'[\x00-\x20"<>\\^`{|}\x7f]')


def feed_bytes(flux: Flux) -> bytes:
    """Return a feed file; the same feed gives the same bytes."""
    feed = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})  # type: ignore[dict-item]  # the default namespace has no prefix
    feed.set(f"{_XML}lang", "fr")
    if flux.base:
        feed.set(f"{_XML}base", _iri(flux.base))
    _put(feed, "id", flux.id)
    _put(feed, "title", _line(flux.titre))
    _put(feed, "subtitle", _line(flux.description))
    _put(feed, "updated", _instant(flux.maj))
    author = _put(feed, "author")
    _put(author, "name", _line(flux.auteur))
    if flux.site:
        _put(author, "uri", _iri(flux.site))
    _link(feed, "self", flux.adresse, type="application/atom+xml")
    _link(feed, "alternate", flux.page, type="text/html")
    _put(feed, "generator", GENERATOR)
    for entry in flux.entrees:
        feed.append(found := deepcopy(_entry(entry)))
        _link(found, "alternate", f"{flux.racine}{entry.page}", type="text/html")
    etree.indent(feed, space="")
    written: bytes = etree.tostring(feed, xml_declaration=True, encoding="utf-8")
    return written + b"\n"


def is_ours(raw: bytes) -> bool:
    """Tell whether a file is a feed written here."""
    return raw.startswith(b"<?xml") and f"<generator>{GENERATOR}</generator>".encode() in raw


@lru_cache(maxsize=512)
def _entry(entry: EntreeFlux) -> etree._Element:
    """Return an entry without the link to its page, which depends on the feed: a national text is in the feed of every certification."""
    found = etree.Element(f"{{{_ATOM}}}entry", nsmap={None: _ATOM})  # type: ignore[dict-item]  # the default namespace has no prefix
    _put(found, "id", entry.id)
    _put(found, "title", _line(entry.titre))
    if entry.publiee is not None:
        _put(found, "published", _instant(entry.publiee))
    _put(found, "updated", _instant(entry.maj))
    for source in entry.sources:
        _link(found, "via", source.adresse, title=_line(source.texte))
    for term, label in entry.categories:
        _put(found, "category", term=term, label=label)
    _put(found, "content", render("flux/entree", e=entry), type="html")
    return found


def _put(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
    """Add an element; nothing that XML refuses gets through, wherever it comes from."""
    found = etree.SubElement(parent, f"{{{_ATOM}}}{name}", {key: _clean(value) for key, value in attributes.items()})
    found.text = _clean(text) or None
    return found


def _link(parent: etree._Element, rel: str, address: str, **attributes: str) -> None:
    _put(parent, "link", rel=rel, href=_iri(address), **attributes)


def _instant(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _iri(address: str) -> str:
    """Return an address in which nothing is forbidden (RFC 3987): what is, is written by its bytes."""
    return _NOT_IN_IRI.sub(lambda found: f"%{ord(found[0]):02X}", _clean(address))


def _clean(text: str) -> str:
    """Return a text any reader can read: line breaks of one kind, no control character, no half of a character."""
    return _FORBIDDEN.sub("", _SURROGATE.sub("\ufffd", _LINE_BREAK.sub("\n", text)))


def _line(text: str) -> str:
    """Return the same on one line, with French spaces; those that bind words stay."""
    return typography(re.sub(r"[ \t\n]+", " ", _clean(text)).strip(" "))
