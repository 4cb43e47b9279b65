"""What a reader finds in a PDF of ours: its text in order without page feet, its headings, its attached record, its parts."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any
from unicodedata import category

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, StreamObject

from macros.views.documents.feuille import Tableau
from tests.documents.office import pages_of, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from macros.views.documents.feuille import Feuille
    from tests.documents.office import Word

_LEFT, _RIGHT, _BOTTOM = 59.5, 595.3 - 59.5, 836
"""Margins of a page, in points; the foot stands above the last one."""


def bare(text: str) -> str:
    """Return a text without spaces, invisible marks, or the curl of its apostrophes: what no line break changes."""
    return "".join(char for char in text if not char.isspace() and category(char) != "Cf").replace("'", "’")


def plain(markdown: str) -> list[str]:
    """Return the lines of a long text without its simple marks."""
    lines = (re.sub(r"^\s*(?:[-*+]|\d+[.)])\s+", "", line) for line in markdown.splitlines())
    return [re.sub(r"(\*\*|__|\*|_)(?=\S)(.+?)(?<=\S)\1", r"\2", line) for line in lines if line.strip()]


def body(pdf: bytes, feuille: Feuille) -> str:
    """Return the bare text of a document, its pages joined: each loses its foot, which must be there, and repeated column titles."""
    pages = pages_of(pdf)
    heads = {
        bare("".join([b.legende if b.aere else "", *(c.titre for c in b.colonnes)]))
        for s in feuille.sections
        for b in s.blocs
        if isinstance(b, Tableau)
    }
    kept: list[str] = []
    for number, page in enumerate(pages, 1):
        text, foot = bare(page), bare(f"{feuille.reference}·situation au{feuille.date_reference}{feuille.mention}page{number}/{len(pages)}")
        assert text.endswith(foot), (number, text[-200:], foot)
        text = text.removesuffix(foot)
        repeated = next((head for head in heads if text.startswith(head) and head in "".join(kept)), "")
        kept.append(text.removeprefix(repeated))
    return "".join(kept)


def absent(text: str, expected: Iterable[str]) -> list[str]:
    """Return the first of the expected texts that does not come after the ones before it in a bare text, and what stands there."""
    place = 0
    for each in filter(None, map(bare, expected)):
        found = text.find(each, place)
        if found < 0:
            return [each, text[place : place + 300]]
        place = found + len(each)
    return []


def outside(pdf: bytes) -> list[Word]:
    """Return the words that pass a margin; punctuation may hang a little into the right one."""
    return [word for word in words_of(pdf) if word.left < _LEFT - 1 or word.right > _RIGHT + 4 or word.top < 0 or word.bottom > _BOTTOM]


def crossing(pdf: bytes) -> list[tuple[int, str, str]]:
    """Return the pairs of words printed over one another, with their page: a cell, or a box, that its text leaves."""
    found, pages = [], defaultdict(list)
    for word in words_of(pdf):
        pages[word.page].append(word)
    for page, words in pages.items():
        words.sort(key=lambda word: word.left)
        for rank, one in enumerate(words):
            for other in words[rank + 1 :]:
                if other.left >= one.right - 1.5:
                    break
                shared = min(one.bottom, other.bottom) - max(one.top, other.top)
                if shared > 0.3 * min(one.bottom - one.top, other.bottom - other.top):
                    found.append((page, one.text, other.text))
    return found


@lru_cache(maxsize=256)
def reader(pdf: bytes) -> PdfReader:
    """Return a PDF opened by a second reader."""
    return PdfReader(BytesIO(pdf), strict=True)


def root_of(pdf: bytes) -> Any:
    """Return the catalogue of a PDF."""
    return reader(pdf).trailer["/Root"]


def headings(pdf: bytes) -> list[tuple[int, str]]:
    """Return the outline of a document: each heading with its level, from 1."""

    def walk(items: list[Any], level: int) -> Iterator[tuple[int, str]]:
        for item in items:
            if isinstance(item, list):
                yield from walk(item, level + 1)
            else:
                yield level, str(item.title)

    return list(walk(reader(pdf).outline, 1))


def titles(pdf: bytes) -> list[str]:
    """Return the titles of the sections."""
    return [title for level, title in headings(pdf) if level == 2]


def objects(pdf: bytes) -> Iterator[Any]:
    """Yield every object of a PDF."""
    opened = reader(pdf)
    for number in sorted({*opened.xref.get(0, {}), *opened.xref_objStm}):
        yield IndirectObject(number, 0, opened).get_object()


def everything(pdf: bytes) -> bytes:
    """Return all that a PDF holds, raw and with its streams uncompressed, its texts written out."""
    found = [pdf]
    for each in objects(pdf):
        found += [text.encode("utf-8", "replace") for text in _texts(each)]
        if isinstance(each, StreamObject):
            found.append(each.get_data())
    return b"\n".join(found)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, DictionaryObject):
        for key, each in value.items():
            yield str(key)
            yield from _texts(each)
    elif isinstance(value, ArrayObject):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, str | NameObject):
        yield str(value)
    elif isinstance(value, bytes):
        yield value.decode("latin-1")


def structure(pdf: bytes) -> Iterator[tuple[str, DictionaryObject, tuple[str, ...]]]:
    """Yield each tag of the structure tree in reading order: its kind, itself, the kinds above it."""

    def walk(node: Any, above: tuple[str, ...]) -> Iterator[tuple[str, DictionaryObject, tuple[str, ...]]]:
        held = node.get_object() if isinstance(node, IndirectObject) else node
        if isinstance(held, ArrayObject):
            for each in held:
                yield from walk(each, above)
        elif isinstance(held, DictionaryObject) and "/S" in held:
            kind = str(held["/S"]).removeprefix("/")
            yield kind, held, above
            yield from walk(held.get("/K", ArrayObject()), (*above, kind))

    yield from walk(root_of(pdf)["/StructTreeRoot"].get("/K", ArrayObject()), ())
