"""Filters of a list: what each offers is found in the rows, so that no option leads to an empty list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True)
class Choix:
    """One option of a filter."""

    valeur: str
    libelle: str


@dataclass(frozen=True)
class Filtre:
    """A filter of a list: its key in the URL, its label, its options."""

    cle: str
    libelle: str
    choix: tuple[Choix, ...]


def found(cle: str, libelle: str, pairs: Iterable[tuple[str, str]]) -> Filtre:
    """Return a filter on the values met, in alphabetical order of their labels."""
    ordered = sorted({pair for pair in pairs if pair[0]}, key=lambda pair: pair[1].casefold())
    return Filtre(cle, libelle, tuple(Choix(value, label) for value, label in ordered))


def among(cle: str, libelle: str, known: Mapping[str, str], present: Iterable[str]) -> Filtre:
    """Return a filter on the known values that are met, in their usual order."""
    met = set(present)
    return Filtre(cle, libelle, tuple(Choix(value, label) for value, label in known.items() if value in met))


def useful(*filtres: Filtre) -> tuple[Filtre, ...]:
    """Return the filters that can separate rows: two options at least."""
    return tuple(filtre for filtre in filtres if len(filtre.choix) > 1)


def key(text: str) -> str:
    """Return a text as one word, which an attribute of space-separated keys can hold."""
    return "_".join(text.split())
