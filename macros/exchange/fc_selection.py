"""Which fiches of an extract are wanted: by number, by SIRET, by name of the certificateur."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING

from macros.models.comparison import bare

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_NUMERO = re.compile(r"(RNCP|RS)\s*[-_ ]?\s*0*(\d{1,6})", re.IGNORECASE)
_NEAREST = 4


def parse_numero(text: str) -> str | None:
    """Return `RNCP12345` for `rncp 12345`, `Rncp-12345`…; None when it is no number."""
    match = _NUMERO.fullmatch(text.strip())
    return f"{match[1].upper()}{match[2]}" if match else None


def parse_siret(text: str) -> str | None:
    """Return fourteen digits whatever their spacing; None otherwise."""
    digits = re.sub(r"[\s.]", "", text)
    return digits if re.fullmatch(r"\d{14}", digits, re.ASCII) else None


@dataclass(frozen=True)
class Selection:
    """A fiche is wanted when any of the three lists names it.

    A name matches when its words, without case, accents or punctuation,
    stand together in the published name: `simplon` matches `SIMPLON.CO`,
    `simple` does not.
    """

    fiches: frozenset[str] = frozenset()
    sirets: frozenset[str] = frozenset()
    certificateurs: frozenset[str] = frozenset()

    def matches(self, numero: str, sirets: Iterable[str], names: Iterable[str]) -> set[str]:
        """Return which criteria (number, SIRET, name as given) this fiche answers."""
        found = {numero} & self.fiches
        if self.sirets:
            found |= self.sirets.intersection(sirets)
        if self.certificateurs:
            published = [f" {bare(name)} " for name in names]
            found |= {wanted for wanted in self.certificateurs if any(f" {bare(wanted)} " in name for name in published)}
        return found


@dataclass
class Tally:
    """What a reading met: every number and, when asked by name, every certificateur; which criteria were answered."""

    numeros: list[str] = field(default_factory=list)
    noms: set[str] = field(default_factory=set)
    answered: set[str] = field(default_factory=set)

    def nearest_numbers(self, wanted: str) -> Sequence[str]:
        """Return the numbers of the same register closest to `wanted`, in order."""
        register = re.match(r"[A-Z]+", wanted)
        prefix = register[0] if register else ""
        known = {int(numero.removeprefix(prefix)) for numero in self.numeros if re.fullmatch(rf"{prefix}\d+", numero)}
        target = int(wanted.removeprefix(prefix))
        return [f"{prefix}{n}" for n in sorted(sorted(known, key=lambda n: (abs(n - target), n))[:_NEAREST])]

    def nearest_names(self, wanted: str) -> Sequence[str]:
        """Return the published names closest in spelling to `wanted`."""
        by_form = {bare(name): name for name in sorted(self.noms)}
        return [by_form[form] for form in get_close_matches(bare(wanted), by_form, n=_NEAREST, cutoff=0.6)]
