"""Public macros: each name a page author types, and what it makes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from macros import messages
from macros.models.constat import Controle, Niveau
from macros.portal.arguments import check_certification, check_choice, shown
from macros.portal.dossier import of_dossier
from macros.portal.editions import of_editions
from macros.portal.exigences import of_requirements
from macros.portal.fiches import (
    find_certification,
    find_conseil,
    find_recommandation,
    page_aide_collection,
    page_certification,
    page_conseil,
    page_tables,
)
from macros.portal.journal import of_journal
from macros.portal.macro import Macro, MacroError
from macros.portal.notice import macros_help
from macros.portal.partenaires import of_partners
from macros.portal.plaintes import of_complaints
from macros.portal.references import of_cep, of_handbook, of_results, of_watch
from macros.portal.revue import of_review
from macros.portal.sections import SECTIONS_CERTIFICATION, SECTIONS_CONSEIL, SECTIONS_RECOMMANDATION, section_of
from macros.rendering import assemble, heading, render
from macros.views import (
    a_propos,
    aide,
    calendrier,
    conseils,
    constats,
    donnees,
    historique,
    liste,
    preparation,
    preuves,
    prochains,
    registre_actions,
    tableau_de_bord,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from macros.portal.sections import Section
    from macros.views.context import Vue


def macros_of(vue: Vue) -> dict[str, Macro]:
    """Return every public macro by the name typed in a page."""
    found = {
        **_simple(vue),
        **_of_conseils(vue),
        **_of_registers(vue),
        **of_watch(vue),
        **of_requirements(vue),
        **of_complaints(vue),
        **of_cep(vue),
        **of_handbook(vue),
        **of_results(vue),
        **of_partners(vue),
        **of_review(vue),
        **of_journal(vue),
        **of_editions(vue),
        **of_dossier(vue),
    }
    for section in SECTIONS_CERTIFICATION:
        found[section.macro] = partial(_of_certification, vue, section)
    for section in SECTIONS_CONSEIL:
        found[section.macro] = partial(_of_conseil, vue, section)
    for section in SECTIONS_RECOMMANDATION:
        found[section.macro] = partial(_of_recommandation, vue, section)
    return {name: Macro(name, macro) for name, macro in found.items()}


def _simple(vue: Vue) -> dict[str, Callable[..., str]]:
    return {
        "resume_tableau_de_bord": lambda: render("tableau_de_bord/resume", vue=tableau_de_bord.build_resume(vue)),
        "ce_mois_ci": lambda: _ce_mois_ci(vue),
        "constats_a_traiter": lambda: section_a_traiter(vue),
        "tableau_certifications": lambda: render("liste/etat", vue=liste.build_tableau_certifications(vue)),
        "liste_certifications": lambda: render("liste/tableau", vue=liste.build_liste_certifications(vue)),
        "fiche_certification": lambda numero: page_certification(vue, numero),
        "fiche_tables": lambda numero: page_tables(vue, numero),
        "fiche_conseil": lambda conseil: page_conseil(vue, conseil),
        "aide_collections": lambda: render("aide/collections", vue=aide.build_aide_collections(vue)),
        "aide_collection": lambda nom: page_aide_collection(vue, nom),
        "acces_api": lambda: render("aide/api", vue=donnees.build_acces_api(vue)),
        "lexique": lambda: render("aide/lexique", vue=aide.build_lexique(vue)),
        "liste_macros": lambda: render("aide/macros", vue=macros_help(macros_of(vue))),
        "edition_courante": lambda: render("a_propos/edition", vue=a_propos.build_a_propos(vue)),
    }


def _of_conseils(vue: Vue) -> dict[str, Callable[..., str]]:
    def prochains_conseils(certification: str = "") -> str:
        check_certification(vue, certification)
        return shown(vue, "conseils", "conseils/prochains", prochains.build_prochains_conseils(vue, certification))

    def calendrier_conseils(annee: str | int = "") -> str:
        year = _year(annee)
        return shown(vue, "conseils", "conseils/calendrier", calendrier.build_calendrier_conseils(vue, year))

    def preparation_conseil(conseil: str = "") -> str:
        chosen = find_conseil(vue, conseil) if conseil else None
        return shown(vue, "conseils", "manuel/preparation", preparation.build_preparation(vue, chosen))

    return {
        "prochains_conseils": prochains_conseils,
        "calendrier_conseils": calendrier_conseils,
        "liste_conseils": lambda: shown(vue, "conseils", "conseils/liste", conseils.build_liste_conseils(vue)),
        "historique_certification": lambda numero: _history(vue, numero),
        "preparation_conseil": preparation_conseil,
        "composition_conseil": lambda: shown(vue, "conseils", "manuel/composition", preparation.build_composition(vue)),
        "points_conseil": lambda: shown(vue, "conseils", "manuel/points", preparation.build_points(vue)),
        "parametres_conseil": lambda: render("manuel/parametres", vue=preparation.build_parametres(vue)),
    }


def _of_registers(vue: Vue) -> dict[str, Callable[..., str]]:
    def tableau_actions(certification: str = "", statut: str = "", responsable: str = "") -> str:
        check_certification(vue, certification)
        check_choice(statut, registre_actions.STATUTS)
        return shown(vue, "actions", "actions/tableau", registre_actions.build_tableau_actions(vue, certification, statut, responsable))

    def tableau_preuves(certification: str = "", etat: str = "") -> str:
        check_certification(vue, certification)
        check_choice(etat, preuves.ETATS)
        if etat in preuves.JUGEMENTS and not vue.shows_constats():
            return ""
        return shown(vue, "preuves", "preuves/tableau", preuves.build_tableau_preuves(vue, certification, etat))

    def constats_demandes(certification: str = "", niveau: str = "", controle: str = "") -> str:
        check_certification(vue, certification)
        check_choice(niveau, list(Niveau))
        check_choice(controle, list(Controle))
        return render("constats/liste", vue=constats.build_constats(vue, certification, niveau, controle)) if vue.shows_constats() else ""

    return {
        "registre_actions": lambda: shown(vue, "actions", "actions/tableau", registre_actions.build_registre_actions(vue)),
        "echeancier_actions": lambda: shown(vue, "actions", "actions/echeancier", registre_actions.build_echeancier_actions(vue)),
        "tableau_actions": tableau_actions,
        "registre_preuves": lambda: shown(vue, "preuves", "preuves/tableau", preuves.build_registre_preuves(vue)),
        "tableau_preuves": tableau_preuves,
        "constats": constats_demandes,
        "liste_constats": lambda: render("constats/liste", vue=constats.build_liste_constats(vue)) if vue.shows_constats() else "",
    }


def _of_certification(vue: Vue, section: Section, numero: str) -> str:
    return section_of(vue, section, find_certification(vue, numero))


def _of_conseil(vue: Vue, section: Section, conseil: str) -> str:
    return section_of(vue, section, find_conseil(vue, conseil))


def _of_recommandation(vue: Vue, section: Section, recommandation: str) -> str:
    return section_of(vue, section, find_recommandation(vue, recommandation))


def _history(vue: Vue, numero: str) -> str:
    view = historique.build_historique(vue, find_certification(vue, numero))
    return render("conseils/historique", vue=view) if view else ""


def _ce_mois_ci(vue: Vue) -> str:
    view = tableau_de_bord.build_ce_mois_ci(vue)
    return assemble([heading(2, "Dans le mois qui vient", "ce-mois-ci"), render("tableau_de_bord/ce_mois_ci", vue=view)]) if view else ""


def section_a_traiter(vue: Vue) -> str:
    """Return what needs a person, under its heading; nothing at all for an audience that sees no constat."""
    if not vue.shows_constats():
        return ""
    return assemble([heading(2, "À traiter", "a-traiter"), render("constats/liste", vue=constats.build_a_traiter(vue))])


def _year(annee: str | int) -> int | None:
    """Return a year typed with or without quotes; None without one."""
    if annee in ("", None):
        return None
    if not str(annee).isdecimal():
        raise MacroError(messages.wrong_integer(annee))
    return int(annee)
