"""Editions published: what each showed, to whom, on which day, and what it weighs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.french import count
from macros.models.base import Visibilite
from macros.views.parts import Pastille

if TYPE_CHECKING:
    from datetime import date

    from macros.models.edition import Edition
    from macros.views.context import Vue

PUBLICS = {Visibilite.INTERNE: "interne", Visibilite.AUDITEUR: "auditeur", Visibilite.PUBLIC: "public"}


@dataclass(frozen=True)
class LigneEdition:
    """One edition: its name and anchor, its title, its audience, its day, the version it was made of, its fingerprint, its withdrawal."""

    nom: str
    ancre: str
    titre: str
    public: str
    jour: date
    version: str
    empreinte: str
    pastille: Pastille | None
    motif: str


@dataclass(frozen=True)
class RegistreEditions:
    """Every edition this audience may know of, latest first."""

    legende: str
    lignes: tuple[LigneEdition, ...]
    vide: str = "Aucune édition publiée. La première se fait avec «\u00a0portail publier 2026.1\u00a0»."


def in_order(vue: Vue) -> tuple[Edition, ...]:
    """Return the editions this audience may know of, latest first."""
    return tuple(sorted(vue.registre.editions.values(), key=lambda each: (each.date, each.id), reverse=True))


def build_registre_editions(vue: Vue) -> RegistreEditions:
    """Return the editions recorded in the project."""
    rows = tuple(_row(each) for each in in_order(vue))
    return RegistreEditions(f"{count(len(rows), 'édition')}, les plus récentes d’abord", rows)


def _row(edition: Edition) -> LigneEdition:
    withdrawn = edition.retrait
    return LigneEdition(
        nom=edition.id,
        ancre=edition.id,
        titre=edition.titre,
        public=PUBLICS[edition.audience],
        jour=edition.date,
        version=edition.commit[:8] if edition.commit else "",
        empreinte=edition.empreinte or "",
        pastille=Pastille("sans_objet", "retirée") if withdrawn else None,
        motif=withdrawn.motif if withdrawn else "",
    )
