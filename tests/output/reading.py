"""What a person reads on a built page: its texts block by block, its attributes, without code."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from tests.browser.sites import html_files, parse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CODE = "\ufffc"
"""Stands for a piece of code inside a sentence."""
APART = "\u200b"
"""Stands where a word ends without a space: the style may lay out what follows on a line of its own."""
_CODES = frozenset({"code", "pre", "kbd", "samp"})
_UNREAD = frozenset({"script", "style", "template"})
_INLINE = frozenset(
    "a abbr b bdi bdo cite data del dfn em i ins mark output q s small span strong sub sup time tspan u var wbr".split()  # noqa: SIM905 - one line
)
"""What does not cut a sentence; any other element does."""
_LAID_APART = frozenset({"small", "span", "time"})
_ATTRIBUTES = ("alt", "title", "aria-label", "placeholder", "label", "data-l", "data-md-title")
"""Read as they are: by a screen reader, in a tooltip, or written beside a cell by the style sheet."""


class _Blocks:
    """Gathers the texts of a tree; an element that cuts sentences ends the one before."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._parts: list[str] = []

    def cut(self) -> None:
        """End a block."""
        text = "".join(self._parts)
        if text.strip(f" \t\r\n{APART}"):
            self.found.append(text)
        self._parts.clear()

    def walk(self, node: Any) -> None:
        """Gather the texts of an element and of what it holds, in order."""
        is_element = isinstance(node.tag, str)
        inline = not is_element or node.tag in _INLINE or node.tag in _CODES - {"pre"}
        end = (APART if node.tag in _LAID_APART else "") if inline else None
        self._end(end)
        if is_element and node.tag in _CODES:
            self._parts.append(CODE)
        elif is_element and node.tag not in _UNREAD and "headerlink" not in node.get("class", "").split():
            self._parts.append(node.text or "")
            for child in node:
                self.walk(child)
                self._parts.append(child.tail or "")
        self._end(end)

    def _end(self, mark: str | None) -> None:
        """Write what ends a word; None ends the block."""
        if mark is None:
            self.cut()
        else:
            self._parts.append(mark)


def blocks(node: Any) -> tuple[str, ...]:
    """Return each text below an element, spaces kept: a paragraph, a cell, an item. Code is `CODE`; `APART` only ends a word."""
    walked = _Blocks()
    walked.walk(node)
    walked.cut()
    return tuple(walked.found)


def attributes(document: Any) -> Iterator[str]:
    """Yield each text that a page says in an attribute, and its description; code apart.

    The theme names its folded lists of titles with the spaces folded too: they are never seen, and sound the same.
    """
    elements = "//*[not(ancestor-or-self::code or ancestor-or-self::pre or self::nav[@class='md-nav'])]"
    for name in _ATTRIBUTES:
        yield from map(str, document.xpath(f"{elements}/@{name}"))
    yield from map(str, document.xpath("//meta[@name='description']/@content | //input[@type='submit' or @type='button']/@value"))


@cache
def read(file: Path) -> tuple[str, ...]:
    """Return everything a person reads on a page, title and attributes included. A site is built once: the answer is kept."""
    document = parse(file)
    return (*blocks(document), *(text for text in attributes(document) if text.strip()))


def pages(site: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each page of a site by its name, and what a person reads there."""
    for file in html_files(site):
        yield file.relative_to(site).as_posix(), read(file)
