"""The list of certifications, on the home page and on its own page with filters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.french import add_months, count, format_delay, format_short_date
from macros.models.conseil import Regime
from macros.views.calendrier import minutes_pill
from macros.views.certification import constats_pill, describe, state_pill
from macros.views.filtres import Filtre, among, found
from macros.views.parts import Pastille, Reference, page_address

if TYPE_CHECKING:
    from datetime import date

    from macros.models.certification import Certification
    from macros.models.conseil import Conseil
    from macros.views.context import Vue

_WITHIN = ((6, "6_mois", "dans 6 mois au plus"), (12, "12_mois", "dans 12 mois au plus"), (24, "24_mois", "dans 2 ans au plus"))
_DEADLINES = {
    "echue": "échue",
    **{key: label for _, key, label in _WITHIN},
    "plus_tard": "dans plus de 2 ans",
    "inconnue": "inconnue",
}


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
    dernier: Reference | None
    pv: Pastille | None
    prochain: Reference | None
    actions: int
    retards: int
    cle_repertoire: str
    cle_domaine: str
    cle_etat: str
    cles_echeance: tuple[str, ...]


@dataclass(frozen=True)
class ListeCertifications:
    """The whole list; filters act in the browser and the list is complete without them."""

    legende: str
    lignes: tuple[LigneCertification, ...]
    filtres: tuple[Filtre, ...]
    montre_constats: bool
    montre_suivi: bool


def build_tableau_certifications(vue: Vue) -> ListeCertifications:
    """Return every certification of the registre, without filters (home page)."""
    rows = tuple(_row(vue, certification) for certification in vue.in_order())
    legend = f"{count(len(rows), 'certification')}. L’échéance est la fin d’enregistrement au RNCP ou au RS."
    return ListeCertifications(legend, rows, (), vue.shows_constats(), bool(vue.registre.conseils or vue.registre.actions))


def build_liste_certifications(vue: Vue) -> ListeCertifications:
    """Return every certification with the filters that can separate them."""
    table = build_tableau_certifications(vue)
    filters = (
        found("repertoire", "Répertoire", ((row.cle_repertoire, row.cle_repertoire) for row in table.lignes)),
        found("domaine", "Domaine", ((row.cle_domaine, row.domaine) for row in table.lignes)),
        found("etat", "État", ((row.cle_etat, row.etat.texte) for row in table.lignes)),
        among("echeance", "Échéance", _DEADLINES, (key for row in table.lignes for key in row.cles_echeance)),
    )
    return ListeCertifications(table.legende, table.lignes, filters, table.montre_constats, table.montre_suivi)


def _row(vue: Vue, certification: Certification) -> LigneCertification:
    end = certification.date_fin_enregistrement
    domaine = vue.registre.organisme.domaine(certification.domaine)
    extrait = vue.registre.extraits.get(certification.numero)
    state = state_pill(certification, vue.today)
    sessions = vue.croisements.conseils_of(certification.numero)
    last = next((c for c in reversed(sessions) if c.is_held() and c.regime is Regime.CERTIFICATEUR), None)
    coming = next((c for c in sessions if c.is_coming(vue.today)), None)
    running = [action for action in vue.croisements.actions_of(certification.numero) if action.is_open()]
    return LigneCertification(
        fiche=Reference(certification.numero, page_address("certifications", certification.numero), detail=certification.intitule),
        nature=describe(certification),
        domaine=domaine.libelle if domaine else "",
        fin=end,
        delai=format_delay(vue.today, end) if end else "",
        etat=state,
        constats=constats_pill(vue, certification.numero) if vue.shows_constats() else None,
        extrait=extrait.source.date if extrait else None,
        dernier=_session(last),
        pv=minutes_pill(vue, certification.numero, last) if last else None,
        prochain=_session(coming),
        actions=len(running),
        retards=sum(action.is_late(vue.today) for action in running),
        cle_repertoire=certification.repertoire.value,
        cle_domaine=certification.domaine or "",
        cle_etat=state.texte.replace(" ", "_"),
        cles_echeance=deadline_keys(vue.today, end),
    )


def _session(conseil: Conseil | None) -> Reference | None:
    return Reference(format_short_date(conseil.date), page_address("conseils", conseil.id)) if conseil else None


def deadline_keys(today: date, end: date | None) -> tuple[str, ...]:
    """Return every deadline filter that keeps a registration ending on `end`: ranges include the nearer ones."""
    if end is None:
        return ("inconnue",)
    if end < today:
        return ("echue",)
    return tuple(key for months, key, _ in _WITHIN if end <= add_months(today, months)) or ("plus_tard",)
