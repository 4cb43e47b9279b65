"""The same information without us: a finished page of the portal turned back into the Markdown a person would type."""

from __future__ import annotations

import html
import posixpath
import re
from typing import TYPE_CHECKING

from lxml import html as lxml_html

from macros.rendering import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

_BLOCKS = frozenset({"article", "details", "div", "dl", "figure", "header", "ol", "p", "section", "summary", "table", "ul"})
_SKIPPED = frozenset({"button", "form", "script", "style", "svg"})
"""What plain Markdown does not have: filters, drawings."""
_SECTIONS = frozenset(
    {
        *("", "certifications", "conseils", "actions", "preuves", "veille", "cep", "constats", "exigences"),
        *("manuel", "aide", "aide/fiches", "a-propos"),
    }
)
"""Folders whose page is `index.md`."""
_FILES = frozenset({".pdf", ".docx", ".xlsx", ".ics", ".atom"})
"""Files beside the pages: plain Markdown has none, their links become text."""


def to_markdown(text: str, page: str) -> str:
    """Return the body of `page` (a path below `docs/`) with every section of raw HTML as headings, tables and lists."""
    chunks = (chunk for chunk in re.split(r"\n{2,}", text) if chunk.strip())
    return "\n\n".join(part for chunk in chunks for part in _chunk(chunk, page)) + "\n"


def _chunk(chunk: str, page: str) -> Iterator[str]:
    if not chunk.startswith("<"):
        yield html.unescape(chunk)
        return
    root = lxml_html.fragment_fromstring(chunk, create_parent="div")
    yield from _children(root, page)


def _children(node: HtmlElement, page: str) -> Iterator[str]:
    for child in node:
        if isinstance(child.tag, str) and child.tag not in _SKIPPED:
            yield from _block(child, page)


def _block(node: HtmlElement, page: str) -> Iterator[str]:
    if node.tag == "table":
        yield from _table(node, page)
    elif node.tag in ("ul", "ol"):
        yield "\n".join(f"- {_inline(item, page)}" for item in node.iterchildren("li"))
    elif node.tag == "dl":
        yield _rows([("", ""), *((_inline(name, page), _values(name, page)) for name in node.iter("dt"))])
    elif any(child.tag in _BLOCKS for child in node):
        yield from _children(node, page)
    elif found := _inline(node, page):
        yield found


def _values(name: HtmlElement, page: str) -> str:
    return ", ".join(_inline(value, page) for value in name.itersiblings("dd"))


def _table(node: HtmlElement, page: str) -> Iterator[str]:
    for caption in node.iterchildren("caption"):
        yield _inline(caption, page)
    rows = [tuple(_inline(cell, page) for cell in row.iterchildren("th", "td")) for row in node.iter("tr")]
    if rows:
        yield _rows(rows)


def _rows(rows: list[tuple[str, ...]]) -> str:
    lines = [f"| {' | '.join(cell.replace('|', '&#124;') for cell in row)} |" for row in rows]
    return "\n".join([lines[0], f"|{' --- |' * len(rows[0])}", *lines[1:]])


def _inline(node: HtmlElement, page: str) -> str:
    return " ".join("".join(_pieces(node, page)).split())


def _pieces(node: HtmlElement, page: str) -> Iterator[str]:
    yield node.text or ""
    for child in node:
        if isinstance(child.tag, str) and child.tag not in _SKIPPED:
            yield _marked(child, page)
        yield child.tail or ""
        if child.tag in _BLOCKS or child.tag == "li":
            yield " "


def _marked(node: HtmlElement, page: str) -> str:
    text = _inline(node, page)
    if not text:
        return ""
    if node.tag == "a":
        target = _target(node.get("href", ""), page)
        return f"[{text}]({target})" if target else text
    mark = {"b": "**", "strong": "**", "em": "*", "code": "`"}.get(node.tag, "")
    return f"{mark}{text}{mark}"


def _target(address: str, page: str) -> str:
    """Return an address of the portal as the relative path of a Markdown file, which the engine checks and resolves."""
    if not address.startswith(ROOT):
        return "" if address.startswith("#") else address  # what it points at has no anchor in plain Markdown
    path = address.removeprefix(ROOT).split("#")[0].split("?")[0].strip("/")
    if posixpath.splitext(path)[1] in _FILES:
        return ""
    file = posixpath.join(path, "index.md") if path in _SECTIONS else f"{path}.md"
    return posixpath.relpath(file, posixpath.dirname(page) or ".")
