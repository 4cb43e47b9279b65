"""Choosing rows: the keys and values of a filter are those of the register in the browser."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from macros import messages
from macros.views.filtres import key

L = TypeVar("L")
Filtres = Iterable[tuple[str, str]]
"""Conditions stated by a person, `(cle, valeur)`; a row has to satisfy them all."""


@dataclass(frozen=True)
class Critere(Generic[L]):
    """One key: the values a row answers to, and those that exist without any row; the others are found in the rows."""

    cles: Callable[[L], Iterable[str]]
    connus: Mapping[str, Any] | None = None


def refusals(criteres: Mapping[str, Critere[L]], lignes: Iterable[L], filtres: Filtres) -> list[str]:
    """Return why conditions cannot be understood, one sentence each, with the keys or the values known."""
    found, listed = [], list(lignes)
    for cle, valeur in filtres:
        critere = criteres.get(cle)
        if critere is None:
            found.append(messages.unknown_filter(cle, criteres))
            continue
        known = list(critere.connus) if critere.connus is not None else sorted({value for row in listed for value in critere.cles(row)})
        if _plain(valeur) not in map(_plain, known):
            found.append(messages.unknown_filter_value(cle, valeur, known))
    return found


def kept(criteres: Mapping[str, Critere[L]], lignes: Iterable[L], filtres: Filtres) -> tuple[L, ...]:
    """Return the rows that satisfy every condition, in the order given. Raise `KeyError` for a key that does not exist."""
    wanted = [(criteres[cle], _plain(valeur)) for cle, valeur in filtres]
    return tuple(row for row in lignes if all(valeur in map(_plain, critere.cles(row)) for critere, valeur in wanted))


def _plain(valeur: str) -> str:
    """Return a value as it compares: `Responsable qualité` and `responsable_qualité` are one."""
    return key(valeur).casefold()
