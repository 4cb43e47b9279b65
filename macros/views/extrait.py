"""What France compétences publishes about a certification: partners, statistics, source, differences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.views.parts import Reference

if TYPE_CHECKING:
    from datetime import date

    from macros.models.certification import Certification
    from macros.models.comparison import Difference
    from macros.views.context import Vue


@dataclass(frozen=True)
class Source:
    """Where the data comes from, and where the record departs from the published fiche."""

    jeu: str
    fichier: str
    version: str
    date: date | None
    officielle: Reference
    differences: tuple[Difference, ...]


def build_source(vue: Vue, certification: Certification) -> Source:
    """Return the origin of the fiche; differences are shown where constats are."""
    extrait = vue.registre.extraits.get(certification.numero)
    officielle = Reference("fiche officielle de France compétences", certification.official_url(), externe=True)
    if extrait is None:
        return Source("", "", "", None, officielle, ())
    tells = extrait.tells_actif(certification.date_fin_enregistrement, vue.today)
    found = tuple(d for d in vue.differences.get(certification.numero, ()) if tells or d.champ != "actif")
    source = extrait.source
    return Source(source.jeu, source.fichier, source.version_flux, source.date, officielle, found)
