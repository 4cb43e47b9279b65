"""What leads nowhere in a built site, whichever engine built it: only the files of the site are read."""

from __future__ import annotations

import json
import posixpath
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import unquote, urljoin, urlsplit

import lxml.html
from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SERVER = "http://portail.invalid/"
_ROOT = f"{_SERVER}un/deux/trois/quatre/cinq/site/"
"""Where the site is imagined to be published, deep enough to see addresses that leave it."""
_SCHEMES = ("http", "https", "mailto", "data")
_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_ATTRIBUTES = "//@href | //@src | //@action | //@formaction | //@poster | //object/@data | //@*[name()='xlink:href']"
_STYLE_ADDRESS = re.compile(r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^\s"')]*))\s*\)|@import\s+(?:"([^"]*)"|'([^']*)')""")
_STYLE_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_CANDIDATE = re.compile(r"\s*([^\s,](?:\S*[^\s,])?)(?:\s+[^\s,]+)?\s*(?:,|$)")
"""A picture of `srcset`: an address, perhaps a width or a density."""
_TEXTS = (".html", ".css", ".js", ".json", ".xml", ".atom", ".ics", ".svg", ".txt", ".csv", ".webmanifest")
_LEFT_BEHIND = ("racine:", "<!--section-->", "<!--/section-->")
"""What the macros write for the theme and for the Markdown extension: nobody else reads it."""


@dataclass(frozen=True, order=True)
class Fault:
    """An address of a file of the site that leads nowhere, or a mark left in it, and why it is wrong."""

    file: str
    address: str
    why: str

    def __str__(self) -> str:
        """Return the three, as a failure tells them."""
        return f"{self.file}: {self.address}: {self.why}"


def faults(site: Path, site_url: str = "") -> list[Fault]:
    """Return what leads nowhere in a built site, in the order of file names.

    Read: links, pictures, scripts, styles and forms of pages; style sheets;
    drawings; the site map; Atom feeds; the search index. `site_url` is the
    public address the site was built with: addresses below it are those of
    the site; those of other sites are not followed. Marks of the macros left
    in any text file are faults too.
    """
    found: set[Fault] = set()
    for file in sorted(path for path in site.rglob("*") if path.is_file() and path.suffix in _TEXTS):
        name = file.relative_to(site).as_posix()
        text = file.read_text("utf-8")
        found |= {Fault(name, mark, "left behind by the macros") for mark in _LEFT_BEHIND if mark in text}
        for base, address in _addresses(name, text):
            if file.suffix == ".css" and address.startswith("#"):  # in a style sheet, a part of the page that uses it
                why = "" if any(address[1:] in anchors(page) for page in site.rglob("*.html")) else "no such anchor in any page"
            else:
                why = _why(site, _followed(base, address, site_url))
            if why:
                found.add(Fault(name, address, why))
    return sorted(found)


def _addresses(name: str, text: str) -> Iterator[tuple[str, str]]:
    """Yield each address of a file, after the whole address that it is relative to."""
    kind, here = posixpath.splitext(name)[1], _ROOT + name
    if kind == ".html":
        yield from ((here, address) for address in _of_page(lxml.html.document_fromstring(text)))
    elif kind == ".css":
        yield from ((here, address) for address in _of_style(text))
    elif kind == ".svg":
        yield from ((here, address) for address in _of_page(etree.fromstring(text.encode())))
    elif kind == ".atom":
        yield from _of_feed(etree.fromstring(text.encode()), here)
    elif name == "sitemap.xml":
        yield from ((_ROOT, place.text or "") for place in etree.fromstring(text.encode()).iter("{*}loc"))
    elif name in ("search/search_index.json", "search.json"):
        index = json.loads(text)  # MkDocs and Zensical name the list differently
        yield from ((_ROOT, entry["location"]) for entry in index.get("docs") or index["items"])


def _of_page(document: Any) -> Iterator[str]:
    """Yield each address of a page or a drawing, those that the scripts of the theme are told included."""
    yield from map(str, document.xpath(_ATTRIBUTES))
    for candidates in document.xpath("//@srcset"):
        yield from _CANDIDATE.findall(candidates)
    for style in document.xpath("//@style | //*[local-name()='style']/text()"):
        yield from _of_style(style)
    for facts in map(json.loads, document.xpath("//script[@id='__config']/text()")):
        yield from (f"{facts['base'].rstrip('/')}/", facts["search"])


def _of_style(text: str) -> Iterator[str]:
    """Yield each address of a style sheet."""
    for groups in _STYLE_ADDRESS.findall(_STYLE_COMMENT.sub("", text)):
        yield "".join(groups)


def _of_feed(feed: Any, here: str) -> Iterator[tuple[str, str]]:
    """Yield the addresses of an Atom feed, each after its `xml:base`: links, pictures, and those of the HTML it holds."""
    for element in feed.iter("{*}*"):
        base = here
        for ancestor in reversed([element, *element.iterancestors()]):
            base = urljoin(base, ancestor.get(_XML_BASE, ""))
        yield from ((base, element.get(name)) for name in ("href", "src") if element.get(name) is not None)
        text = (element.text or "").strip()
        if etree.QName(element).localname in ("icon", "logo", "uri"):
            yield base, text
        elif element.get("type") == "html" and text:
            yield from ((base, address) for address in _of_page(lxml.html.fragment_fromstring(text, create_parent=True)))


def _followed(base: str, address: str, site_url: str) -> str:
    """Return the whole address that a browser would ask for, were the site published at `_ROOT`."""
    if base == f"{_ROOT}404.html" and address.startswith("/") and not address.startswith("//"):
        # Served in the place of any page: its addresses start at the root of the server.
        return urljoin(_ROOT, address.removeprefix(urlsplit(site_url).path).removeprefix("/"))
    whole = urljoin(base, address)
    return _ROOT + whole.removeprefix(site_url).removeprefix("/") if site_url and whole.startswith(site_url) else whole


def _why(site: Path, whole: str) -> str:
    """Say why an address leads nowhere; empty when it leads somewhere, or to another site."""
    parts = urlsplit(whole)
    if not whole.startswith(_SERVER):
        return "" if parts.scheme in _SCHEMES else "strange scheme"
    if not whole.startswith(_ROOT):
        return "outside the site, or from the root of the server: the site may be published below it"
    path = unquote(parts.path.removeprefix(urlsplit(_ROOT).path))
    target = site / path
    if target.is_dir() and path and not path.endswith("/"):
        return "a folder without its final slash"
    target = target / "index.html" if target.is_dir() else target
    if not target.is_file() or (path.endswith("/") and target.name != "index.html") or not target.resolve().is_relative_to(site.resolve()):
        return "no such file in the site"
    fragment = unquote(parts.fragment)
    return "no such anchor" if fragment and fragment not in anchors(target) else ""


def anchors(file: Path) -> frozenset[str]:
    """Return the anchors of a page or a drawing; no other file has any."""
    return _anchors(file, file.stat().st_mtime_ns) if file.suffix in (".html", ".svg") else frozenset()


@cache
def _anchors(file: Path, when: int) -> frozenset[str]:  # noqa: ARG001 - the time is part of the cache key
    document = lxml.html.document_fromstring(file.read_bytes(), parser=lxml.html.HTMLParser(encoding="utf-8"))
    return frozenset(str(name) for expression in ("//@id", "//a/@name") for name in cast("list[str]", document.xpath(expression)))
