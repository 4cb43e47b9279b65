"""The list of certifications, on the home page and on its own page with filters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.french import add_months, count, format_delay
from macros.views.certification import constats_pill, describe, state_pill
from macros.views.parts import Pastille, Reference, page_address

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from macros.models.certification import Certification
    from macros.views.context import Vue

_WITHIN = ((6, "6_mois", "dans 6 mois au plus"), (12, "12_mois", "dans 12 mois au plus"), (24, "24_mois", "dans 2 ans au plus"))
_DEADLINES = (
    ("echue", "échue"),
    *((key, label) for _, key, label in _WITHIN),
    ("plus_tard", "dans plus de 2 ans"),
    ("inconnue", "inconnue"),
)


@dataclass(frozen=True)
class LigneCertification:
    """One certification in a table, and the keys its filters read."""

    fiche: Reference
    nature: str
    domaine: str
    fin: date | None
    delai: str
    etat: Pastille
    constats: Pastille | None
    extrait: date | None
    cle_repertoire: str
    cle_domaine: str
    cle_etat: str
    cles_echeance: tuple[str, ...]


@dataclass(frozen=True)
class Choix:
    """One option of a filter."""

    valeur: str
    libelle: str


@dataclass(frozen=True)
class Filtre:
    """A filter of the list: its key in the URL, its label, its options."""

    cle: str
    libelle: str
    choix: tuple[Choix, ...]


@dataclass(frozen=True)
class ListeCertifications:
    """The whole list; filters act in the browser and the list is complete without them."""

    legende: str
    lignes: tuple[LigneCertification, ...]
    filtres: tuple[Filtre, ...]
    montre_constats: bool


def build_tableau_certifications(vue: Vue) -> ListeCertifications:
    """Return every certification of the registre, without filters (home page)."""
    rows = tuple(_row(vue, certification) for certification in vue.in_order())
    legend = f"{count(len(rows), 'certification')}. L’échéance est la fin d’enregistrement au RNCP ou au RS."
    return ListeCertifications(legend, rows, (), vue.shows_constats())


def build_liste_certifications(vue: Vue) -> ListeCertifications:
    """Return every certification with the filters that can separate them."""
    table = build_tableau_certifications(vue)
    filters = (
        Filtre("repertoire", "Répertoire", _choices((row.cle_repertoire, row.cle_repertoire) for row in table.lignes)),
        Filtre("domaine", "Domaine", _choices((row.cle_domaine, row.domaine) for row in table.lignes if row.cle_domaine)),
        Filtre("etat", "État", _choices((row.cle_etat, row.etat.texte) for row in table.lignes)),
        Filtre("echeance", "Échéance", _deadlines({key for row in table.lignes for key in row.cles_echeance})),
    )
    return ListeCertifications(table.legende, table.lignes, filters, table.montre_constats)


def _row(vue: Vue, certification: Certification) -> LigneCertification:
    end = certification.date_fin_enregistrement
    domaine = vue.registre.organisme.domaine(certification.domaine)
    extrait = vue.registre.extraits.get(certification.numero)
    state = state_pill(certification, vue.today)
    return LigneCertification(
        fiche=Reference(certification.numero, page_address("certifications", certification.numero), detail=certification.intitule),
        nature=describe(certification),
        domaine=domaine.libelle if domaine else "",
        fin=end,
        delai=format_delay(vue.today, end) if end else "",
        etat=state,
        constats=constats_pill(vue, certification.numero) if vue.shows_constats() else None,
        extrait=extrait.source.date if extrait else None,
        cle_repertoire=certification.repertoire.value,
        cle_domaine=certification.domaine or "",
        cle_etat=state.texte.replace(" ", "_"),
        cles_echeance=deadline_keys(vue.today, end),
    )


def deadline_keys(today: date, end: date | None) -> tuple[str, ...]:
    """Return every deadline filter that keeps a registration ending on `end`: ranges include the nearer ones."""
    if end is None:
        return ("inconnue",)
    if end < today:
        return ("echue",)
    return tuple(key for months, key, _ in _WITHIN if end <= add_months(today, months)) or ("plus_tard",)


def _deadlines(present: set[str]) -> tuple[Choix, ...]:
    return tuple(Choix(key, label) for key, label in _DEADLINES if key in present)


def _choices(pairs: Iterable[tuple[str, str]]) -> tuple[Choix, ...]:
    return tuple(Choix(value, label) for value, label in sorted(set(pairs), key=lambda pair: pair[1].casefold()))
