"""Figures told elsewhere against those the counts of a promotion give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from macros.models.enquete import Rapport
    from macros.models.promotion import Promotion


class Chiffres(Protocol):
    """What a declaration and a published promotion have in common: counts, and rates in whole percent."""

    @property
    def certifies(self) -> int | None:
        """Certified people."""

    @property
    def certifies_vae(self) -> int | None:
        """Certified by VAE."""

    @property
    def insertion_globale_6_mois(self) -> int | None:
        """Overall insertion at six months."""

    @property
    def insertion_metier_6_mois(self) -> int | None:
        """Insertion in the occupation at six months."""

    @property
    def insertion_metier_2_ans(self) -> int | None:
        """Insertion in the occupation at two years."""


@dataclass(frozen=True)
class Ecart:
    """One figure that differs: what it is, what is told elsewhere, what the counts give, ready to read."""

    champ: str
    titre: str
    autre: str
    calcule: str


TITRES = {
    "certifies": "Certifiés",
    "certifies_vae": "Dont VAE",
    "insertion_globale_6_mois": "Insertion globale à 6 mois",
    "insertion_metier_6_mois": "Insertion dans le métier à 6 mois",
    "insertion_metier_2_ans": "Insertion dans le métier à 2 ans",
}


def computed_rates(promotion: Promotion) -> dict[str, Rapport | None]:
    """Return the rates that France compétences publishes, as the counts of a promotion give them."""
    at_six, at_two_years = promotion.survey(6), promotion.survey(24)
    return {
        "insertion_globale_6_mois": at_six.overall() if at_six else None,
        "insertion_metier_6_mois": at_six.in_occupation() if at_six else None,
        "insertion_metier_2_ans": at_two_years.in_occupation() if at_two_years else None,
    }


def gaps(promotion: Promotion, told: Chiffres) -> list[Ecart]:
    """Return the figures that differ; one that is absent on a side is not compared. A rate agrees within half a percent, rounding included."""
    found = []
    for champ in ("certifies", "certifies_vae"):
        here, there = getattr(promotion, champ), getattr(told, champ)
        if here is not None and there is not None and here != there:
            found.append(Ecart(champ, TITRES[champ], str(there), str(here)))
    for champ, rate in computed_rates(promotion).items():
        stated: int | None = getattr(told, champ)
        if rate is not None and stated is not None and not _agrees(rate, stated):
            found.append(Ecart(champ, TITRES[champ], f"{stated}\u00a0%", f"{rate.numerateur} sur {rate.denominateur}"))
    return found


def _agrees(rate: Rapport, stated: int) -> bool:
    """Tell whether a whole percentage is a rounding of a rate, up or down, without a fraction: |100 n − stated × d| ≤ d ÷ 2."""
    return 2 * abs(100 * rate.numerateur - stated * rate.denominateur) <= rate.denominateur
