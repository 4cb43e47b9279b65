"""Which words of a page are acronyms, and which of them a page uses without their long form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

_WORD = r"(?<![\w./@#\u2011-])[^\W_]+(?:[-\u2011][^\W_]+)*"
"""A word of a sentence, not a part of an address or of a file name."""
_CAPITALS = re.compile(r"[A-ZÀ-ÖØ-Þ]{2}")
_IDENTIFIER = re.compile(
    r"(?:RNCP|RS)\d+(?:-\d{4})?"  # a certification, a promotion
    r"|[A-Z]{1,4}\d+"  # a block, a competence, a module
    r"|[A-Z]{1,4}(?:-[A-Za-z0-9]+)+"  # a record: A-2026-014, CP-2025-12-NUM, EX-CP-PV, PR-2026-006-r2
    r"|[A-Z]{4}\d{7}[A-Z]"  # an official text: TSSD2500795D
)
_ROMAN = re.compile(r"[IVX]{2,}")
_MODELS = frozenset({"AAAA-MM-JJ", "JJ", "MM", "AAAA"})
"""How a date is typed."""
_NO_RUNNING_TEXT = frozenset(
    "h1 h2 h3 h4 h5 h6 code pre kbd samp script style svg option select textarea title summary button nav".split()  # noqa: SIM905 - one line
)


def candidates(text: str, known: Collection[str] = ()) -> Iterator[str]:
    """Yield each word of two capitals in a row, and each known acronym, in order; identifiers, roman numerals and models of dates apart."""
    whole = "|".join(re.escape(name) for name in known if " " in name)
    for word in re.findall(f"{whole}|{_WORD}" if whole else _WORD, text):
        other = _IDENTIFIER.fullmatch(word) or _ROMAN.fullmatch(word) or word in _MODELS
        if word in known or (_CAPITALS.search(word) and not other):
            yield word


def unexplained(texts: Iterable[str], known: Collection[str]) -> set[str]:
    """Return the acronyms of those texts that the lexique does not know."""
    return {word for text in texts for word in candidates(text, known)} - set(known)


def unmarked(article: Any, long_forms: Mapping[str, str]) -> list[str]:
    """Return each known acronym whose first use in the running text of a page is no `abbr` with its long form, and what surrounds it."""
    found: dict[str, str] = {}
    for text, abbr in _running(article):
        for word in candidates(text, long_forms):
            if word in long_forms and word not in found:
                found[word] = "" if abbr == long_forms[word] else f"{word}: …{text.strip()[:60]}…"
    return sorted(filter(None, found.values()))


def _running(node: Any) -> Iterator[tuple[str, str | None]]:
    """Yield each text of an element that is running text, not a status pill, and the long form of the `abbr` that holds it."""
    if not isinstance(node.tag, str) or node.tag in _NO_RUNNING_TEXT or "p" in node.get("class", "").split():
        return
    yield node.text or "", node.get("title", "") if node.tag == "abbr" else None
    for child in node:
        yield from _running(child)
        yield child.tail or "", None


def words_of_records(records: Iterable[Any]) -> set[str]:
    """Return every word in the texts of records read from YAML, at any depth."""
    found: set[str] = set()
    pending = list(records)
    while pending:
        value = pending.pop()
        if isinstance(value, dict):
            pending += value.values()
        elif isinstance(value, list):
            pending += value
        else:
            found |= set(re.findall(_WORD, str(value)))
    return found
