"""Rates as two counts, and the surveys they are computed from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import Field

from macros.models.base import Entier, Jour, LienPreuve, Modele

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class Rapport:
    """A rate as its two counts. `pourcentage` is never typed: it follows from them."""

    numerateur: int
    denominateur: int

    @property
    def pourcentage(self) -> float | None:
        """Return the rate in percent, unrounded; None over an empty denominator: absent is not zero."""
        return 100 * self.numerateur / self.denominateur if self.denominateur else None


def ratio(numerateur: int | None, denominateur: int | None) -> Rapport | None:
    """Return a rate when both counts are known and the denominator is not empty, None otherwise."""
    return Rapport(numerateur, denominateur) if numerateur is not None and denominateur is not None and denominateur > 0 else None


Totals = tuple[tuple[str, str, str], ...]
"""A part, its whole, and the sentence that says the part is larger."""


def larger(record: Modele, place: str, totals: Totals) -> Iterator[tuple[str, int, int, str]]:
    """Yield each part that is larger than its whole, both known: the field, the part, the whole, the sentence."""
    for part, whole, sentence in totals:
        few, many = getattr(record, part), getattr(record, whole)
        if few is not None and many is not None and few > many:
            yield f"{place}{part}", few, many, sentence


class Enquete(Modele):
    """One survey of what became of the holders: at six months, at two years."""

    horizon_mois: Entier = Field(
        title="Horizon", description="Mois entre la certification et la situation relevée : 6 ou 24 le plus souvent.", examples=["6"]
    )
    date: Jour | None = Field(default=None, title="Date", description="Jour où l’enquête est close.", examples=["2025-07-15"])
    sortants: Entier | None = Field(default=None, title="Sortants", description="Personnes certifiées interrogées.")
    repondants: Entier | None = Field(default=None, title="Répondants", description="Personnes qui ont répondu.")
    neutralises: Entier | None = Field(
        default=None,
        title="Neutralisés",
        description="Répondants sortis du calcul : poursuite d’études, incapacité. Écrivez 0 s’il n’y en a pas.",
    )
    en_emploi: Entier | None = Field(default=None, title="En emploi", description="Répondants en emploi, quel que soit le métier.")
    dans_le_metier: Entier | None = Field(default=None, title="Dans le métier", description="Répondants en emploi dans le métier visé.")
    preuve: LienPreuve | None = Field(default=None, title="Preuve", description="Résultats de l’enquête.")

    def actifs(self) -> int | None:
        """Return the respondents in employment or looking for it: those who answered, without the neutralised ones. None when unknown."""
        if self.repondants is None or self.neutralises is None:
            return None
        return self.repondants - self.neutralises

    def response(self) -> Rapport | None:
        """Return respondents over people asked."""
        return ratio(self.repondants, self.sortants)

    def wrong_totals(self, place: str) -> Iterator[tuple[str, int, int, str]]:
        """Yield each part larger than its whole; those in employment are active respondents."""
        yield from larger(self, place, _SURVEY)
        active = self.actifs()
        if active is not None and self.en_emploi is not None and self.en_emploi > active:
            yield f"{place}en_emploi", self.en_emploi, active, "Plus de répondants en emploi que de répondants actifs"

    def overall(self) -> Rapport | None:
        """Return the overall insertion rate: in employment over active respondents."""
        return ratio(self.en_emploi, self.actifs())

    def in_occupation(self) -> Rapport | None:
        """Return the insertion rate in the occupation aimed at: in it over active respondents."""
        return ratio(self.dans_le_metier, self.actifs())


_SURVEY = (
    ("repondants", "sortants", "Plus de répondants que de sortants"),
    ("neutralises", "repondants", "Plus de neutralisés que de répondants"),
    ("dans_le_metier", "en_emploi", "Plus de répondants dans le métier qu’en emploi"),
)


class Satisfaction(Modele):
    """What holders think of it, as counts."""

    date: Jour | None = Field(default=None, title="Date", description="Jour où l’enquête est close.")
    interroges: Entier | None = Field(default=None, title="Interrogés", description="Personnes interrogées.")
    repondants: Entier | None = Field(default=None, title="Répondants", description="Personnes qui ont répondu.")
    satisfaits: Entier | None = Field(default=None, title="Satisfaits", description="Répondants satisfaits ou très satisfaits.")
    preuve: LienPreuve | None = Field(default=None, title="Preuve", description="Résultats de l’enquête.")

    def response(self) -> Rapport | None:
        """Return respondents over people asked."""
        return ratio(self.repondants, self.interroges)

    def rate(self) -> Rapport | None:
        """Return satisfied over respondents."""
        return ratio(self.satisfaits, self.repondants)
