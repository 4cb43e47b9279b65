"""What France compétences publishes about a certification: partners, statistics, source, differences."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.french import count, join
from macros.models.fiche import RoleHabilitation
from macros.views.parts import Pastille, Reference

if TYPE_CHECKING:
    from datetime import date

    from macros.models.certification import Certification
    from macros.models.comparison import Difference
    from macros.models.fiche import PartenaireFiche
    from macros.views.context import Vue

LIBELLES_ROLE = {
    RoleHabilitation.FORMER: "former",
    RoleHabilitation.ORGANISER: "organiser l’évaluation",
    RoleHabilitation.FORMER_ET_ORGANISER: "former et organiser l’évaluation",
}
_OPEN_UP_TO = 12
"""A longer list of partners starts folded: the page stays readable with several hundred."""


@dataclass(frozen=True)
class LignePartenaire:
    """One published partner."""

    nom: str
    siret: str
    role: str
    pastille: Pastille


@dataclass(frozen=True)
class Partenaires:
    """Published partners, active ones first, with a sentence that counts them."""

    resume: str
    lignes: tuple[LignePartenaire, ...]
    deplie: bool


def build_partenaires(vue: Vue, certification: Certification) -> Partenaires:
    """Return the partners of the published fiche, active first then by name."""
    extrait = vue.registre.extraits.get(certification.numero)
    partners = sorted(extrait.partenaires, key=lambda p: (p.etat != "Actif", p.nom.casefold(), p.siret or "")) if extrait else []
    rows = tuple(LignePartenaire(p.nom, _siret(p), LIBELLES_ROLE[p.role] if p.role else "", _state(p)) for p in partners)
    return Partenaires(_summary(partners), rows, deplie=len(rows) <= _OPEN_UP_TO)


def _siret(partner: PartenaireFiche) -> str:
    number = partner.siret or ""
    return "\u00a0".join((number[:3], number[3:6], number[6:9], number[9:])) if number else ""


def _state(partner: PartenaireFiche) -> Pastille:
    active = partner.etat == "Actif"
    return Pastille("actif" if active else "sans_objet", (partner.etat or "état inconnu").lower())


def _summary(partners: list[PartenaireFiche]) -> str:
    if not partners:
        return ""
    active = [partner for partner in partners if partner.etat == "Actif"]
    roles = Counter(partner.role for partner in active)
    parts = [f"{roles[role]} pour {label}" for role, label in LIBELLES_ROLE.items() if roles[role]]
    number = count(len(active), "habilitation active", "habilitations actives")
    return f"{count(len(partners), 'partenaire publié', 'partenaires publiés')}, {number}" + (f"\u00a0: {join(parts)}." if parts else ".")


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
