"""The renewal review: its sections in reading order, and its page."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from macros.models.base import Visibilite
from macros.portal.fiches import find_certification
from macros.portal.sections import Section, page_of, section_of
from macros.rendering import render
from macros.views import journal, positions
from macros.views.renouvellement import changements, choix, criteres, dossier, faits, resultats
from macros.views.renouvellement.prochains import build_prochains_renouvellements

if TYPE_CHECKING:
    from collections.abc import Callable

    from macros.views.context import Vue

SECTIONS_RENOUVELLEMENT = (
    Section("identite_revue", "", "", "renouvellement/identite", choix.build_identite, "plan, échéance, rétroplanning et période", toujours=True),
    Section("choix_revue", "À décider", "a-decider", "renouvellement/a_decider", choix.build_a_decider, "périmètre constant ou changement substantiel, et ce qui reste à régler", toujours=True),
    Section("retroplanning_revue", "Rétroplanning", "retroplanning", "renouvellement/releve", dossier.build_retroplanning, "étapes datées de la prochaine demande", toujours=True, constats=True),
    Section("pieces_revue", "Pièces du dossier", "pieces", "renouvellement/releve", dossier.build_pieces, "pièces du dossier et leurs preuves", toujours=True),
    Section("criteres_revue", "Critères et preuves", "criteres", "renouvellement/releve", criteres.build_criteres, "critères appréciés au dépôt, avec leurs preuves ou ce qui manque", toujours=True),
    Section("conseils_revue", "Conseils de perfectionnement", "conseils", "renouvellement/releve", faits.build_conseils, "chaque conseil, fiches précédentes comprises", toujours=True),
    Section("decisions_revue", "Décisions et leurs suites", "decisions", "renouvellement/releve", faits.build_decisions, "chaque décision et ce qu’elle est devenue", toujours=True),
    Section("actions_revue", "Actions et efficacité", "actions", "renouvellement/releve", faits.build_actions, "actions, échéances et effets", toujours=True),
    Section("evolutions_revue", "Évolutions du référentiel", "evolutions", "renouvellement/releve", changements.build_evolutions, "changements du référentiel et leurs décisions", toujours=True),
    Section("journal_revue", "Ce qui a changé depuis l’enregistrement", "depuis-l-enregistrement", "journal/replie", journal.build_depuis_enregistrement, "ce que chaque fiche était à l’enregistrement, et ce qu’elle est"),
    Section("promotions_revue", "Promotions", "promotions", "renouvellement/releve", resultats.build_promotions, "promotions et taux, avec leurs effectifs", toujours=True),
    Section("partenaires_revue", "Partenaires", "partenaires", "renouvellement/releve", resultats.build_partenaires, "habilitations et leurs changements", toujours=True),
    Section("reclamations_revue", "Réclamations", "reclamations", "renouvellement/releve", resultats.build_reclamations, "réclamations, causes et délais", toujours=True, constats=True),
    Section("veille_revue", "Veille", "veille", "renouvellement/releve", changements.build_veille, "ce qui a changé autour d’elle et ce qui en a été fait", toujours=True),
    Section("cep_revue", "Lecture CEP", "references-cep", "certification/references", positions.build_references, "lecture au regard des recommandations sur le CEP"),
    Section("preuves_revue", "Liste des preuves", "preuves", "renouvellement/releve", dossier.build_preuves, "preuves, versions et empreintes", toujours=True),
)  # fmt: skip
"""What is to be decided first, then what it rests on."""


def of_review(vue: Vue) -> dict[str, Callable[..., str]]:
    """Return the macros of the review: the page, and each of its sections."""
    found: dict[str, Callable[..., str]] = {"revue_renouvellement": partial(page_revue, vue)}
    found["prochains_renouvellements"] = lambda: _coming(vue)
    return found | {each.macro: partial(_section, vue, each) for each in SECTIONS_RENOUVELLEMENT}


def page_revue(vue: Vue, numero: str) -> str:
    """Return the whole review of a certification."""
    record = find_certification(vue, numero)
    return page_of(vue, record, f"Renouvellement de {record.numero}, {record.intitule}", SECTIONS_RENOUVELLEMENT)


def _section(vue: Vue, section: Section, numero: str) -> str:
    return section_of(vue, section, find_certification(vue, numero))


def _coming(vue: Vue) -> str:
    """Return the applications to come, or that this edition does not tell them."""
    if not vue.audience.includes(Visibilite.AUDITEUR):
        return render("_shared/reserve")
    return render("renouvellement/releve", vue=build_prochains_renouvellements(vue))
