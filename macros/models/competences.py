"""The competences that a référentiel lists one by one, with the code each is called by."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ITEM = re.compile(r"^[ \t]*(?:[-*•]|\d{1,3}[.)])[ \t]+(?P<texte>\S.*(?:\n[ \t]+(?![-*•][ \t]|\d{1,3}[.)][ \t])\S.*)*)", re.MULTILINE)
"""A list item, with the indented lines that continue it."""
_CODED = re.compile(
    r"(?:\*\*)?(?P<code>[A-Z]{1,4}\.?\d{1,3}(?:[.\-]?[A-Z]{1,3}\.?\d{1,3}){0,4}(?:[.\-]\d{1,3}){0,4})(?![\w-])(?:\*\*)?"
    r"(?P<signe>[ \t]*[.):–—-])?(?:\*\*)?[ \t]+(?P<texte>\S.*)",
    re.DOTALL,
)


@dataclass(frozen=True)
class Competence:
    """One competence of a list; `code` is empty when the list gives none."""

    code: str
    intitule: str


def listed_competences(text: str | None) -> tuple[Competence, ...]:
    """Return the items of the lists of a Markdown text, in order, each with the code it begins with: `C1`, `C1.1`, `C12`, `A1C2`.

    A word that looks like a code (`HTML5 et CSS`) is one only if a sign or a
    capital follows, or if it has parts (`C1.1`). What is outside lists is
    introduction, not competence.
    """
    return tuple(_competence(" ".join(item["texte"].split())) for item in _ITEM.finditer(text or ""))


def _competence(item: str) -> Competence:
    found = _CODED.match(item)
    if found is None or not (found["signe"] or "." in found["code"] or found["texte"][0].isupper()):
        return Competence("", item)
    return Competence(found["code"].rstrip("."), found["texte"].removeprefix("**").strip())


def bare_code(code: str) -> str:
    """Return a code as it compares: without spaces, final dot, nor case."""
    return "".join(code.split()).rstrip(".:").upper()
