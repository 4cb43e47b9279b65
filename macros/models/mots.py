"""Two versions of a text compared word by word: what was kept, what was deleted, what was inserted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_TOKEN = re.compile(r"\w+(?:[’'-]\w+)*[’']?|\s+|[^\w\s]", re.UNICODE)
"""A word with its apostrophes and hyphens, a run of spaces, or one sign: every character is in one of them."""
_SHORT = 3
"""Letters of a word that guides no comparison (`et`, `les`), nor is worth keeping alone between two changes."""


class Sort(StrEnum):
    """What became of a part of a text."""

    GARDE = "garde"
    SUPPRIME = "supprime"
    AJOUTE = "ajoute"


@dataclass(frozen=True)
class Fragment:
    """A part of a text, and what became of it."""

    sort: Sort
    texte: str


def word_changes(avant: str, apres: str) -> tuple[Fragment, ...]:
    """Return both texts as one run of fragments, in reading order, a deletion before the insertion that replaces it.

    Kept and deleted fragments joined give `avant`; kept and inserted ones
    give `apres`. Short words, and those that come back very often in
    a long text, do not guide the comparison, which keeps its cost nearly linear.
    """
    old, new = _TOKEN.findall(avant), _TOKEN.findall(apres)
    return tuple(_joined(_without_islands(tuple(_aligned(old, new)))))


def side(fragments: Iterable[Fragment], other: Sort) -> tuple[Fragment, ...]:
    """Return one of the two texts, its changes marked: the fragments that are not of the `other` one."""
    return tuple(_merged(fragment for fragment in fragments if fragment.sort is not other))


def kept_share(fragments: Iterable[Fragment]) -> float:
    """Return the part of the letters of the two texts that they share, from 0 (nothing) to 1 (everything)."""
    kept = changed = 0
    for fragment in fragments:
        letters = sum(map(str.isalnum, fragment.texte))
        kept, changed = (kept + 2 * letters, changed) if fragment.sort is Sort.GARDE else (kept, changed + letters)
    return kept / (kept + changed) if kept + changed else 1.0


def _aligned(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Yield `(kept, deleted, inserted)` in order, the common beginning and end set apart first."""
    limit = min(len(old), len(new))
    start = next((index for index in range(limit) if old[index] != new[index]), limit)
    room = limit - start
    end = next((index for index in range(room) if old[-1 - index] != new[-1 - index]), room)
    yield "".join(old[:start]), "", ""
    middle_old, middle_new = old[start : len(old) - end], new[start : len(new) - end]
    for tag, i, j, k, m in SequenceMatcher(_is_short, middle_old, middle_new).get_opcodes():
        before, after = "".join(middle_old[i:j]), "".join(middle_new[k:m])
        yield (before, "", "") if tag == "equal" else ("", before, after)
    yield "".join(old[len(old) - end :]), "", ""


def _is_short(text: str) -> bool:
    return sum(map(str.isalnum, text)) <= _SHORT


def _without_islands(steps: Sequence[tuple[str, str, str]]) -> Iterator[tuple[str, str, str]]:
    """Give to the changes around it a space or a short word kept alone between two of them: such a text cannot be read."""
    changes = [rank for rank, (_, deleted, inserted) in enumerate(steps) if deleted or inserted]
    inside = range(changes[0], changes[-1]) if changes else range(0)
    for rank, (kept, deleted, inserted) in enumerate(steps):
        island = rank in inside and kept and "\n" not in kept and _is_short(kept)
        yield ("", kept, kept) if island else (kept, deleted, inserted)


def _joined(steps: Iterable[tuple[str, str, str]]) -> Iterator[Fragment]:
    """Yield fragments, neighbouring changes put together."""
    for is_kept, group in groupby((step for step in steps if any(step)), key=lambda step: bool(step[0])):
        run = tuple(group)
        if is_kept:
            yield Fragment(Sort.GARDE, "".join(kept for kept, _, _ in run))
            continue
        deleted, inserted = "".join(step[1] for step in run), "".join(step[2] for step in run)
        if deleted:
            yield Fragment(Sort.SUPPRIME, deleted)
        if inserted:
            yield Fragment(Sort.AJOUTE, inserted)


def _merged(fragments: Iterable[Fragment]) -> Iterator[Fragment]:
    for sort, group in groupby(fragments, key=lambda fragment: fragment.sort):
        yield Fragment(sort, "".join(fragment.texte for fragment in group))
