"""Decisions on requirements in words: the status, how it was decided, on which day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from macros.french import count, format_date
from macros.models.base import Visibilite
from macros.models.constat import Niveau
from macros.models.exigence import Evenement
from macros.records.decisions import Decisions, Mode
from macros.records.portee_exigence import Raison
from macros.views.parts import LIBELLES_NIVEAU, Pastille, page_address, status

if TYPE_CHECKING:
    from macros.models.certification import Certification
    from macros.records.decisions import Decision
    from macros.views.context import Vue

RAISONS = {
    Raison.CLOSE: "une autre fiche remplace celle-ci, ou sa délivrance est terminée",
    Raison.SANS_DEMANDE: "aucune nouvelle demande n’est à déposer",
    Raison.TYPE: "ne concerne pas ce type d’enregistrement",
    Raison.REPERTOIRE: "ne concerne que l’autre répertoire",
    Raison.PAS_ENCORE: "ne s’applique pas encore à cette date",
    Raison.PLUS: "ne s’applique plus à cette date",
    Raison.REMPLACEE: "remplacée par une version plus récente",
}
NON_EVALUEE = "non_evaluee"
ETATS = {
    "a_traiter": "à traiter",
    Niveau.ECART.value: LIBELLES_NIVEAU[Niveau.ECART],
    Niveau.A_SURVEILLER.value: LIBELLES_NIVEAU[Niveau.A_SURVEILLER],
    NON_EVALUEE: "non évaluée",
    Niveau.DEROGE.value: LIBELLES_NIVEAU[Niveau.DEROGE],
    Niveau.CONFORME.value: LIBELLES_NIVEAU[Niveau.CONFORME],
    Niveau.SANS_OBJET.value: LIBELLES_NIVEAU[Niveau.SANS_OBJET],
}
"""What the filter on status takes, most urgent first; the first one gathers what asks for something."""
MODES = {
    Mode.CONTROLE: "contrôle du portail",
    Mode.EVALUATION: "évaluation écrite",
    Mode.PREUVES: "preuves",
    Mode.REGLE: "règle",
    Mode.AUCUN: "rien encore",
}


def decisions(vue: Vue) -> Decisions:
    """Return how each certification stands on each requirement, as this audience may know it; made once, certification by certification."""
    return vue.once("decisions", _decisions)


def _decisions(vue: Vue) -> Decisions:
    def is_closed(certification: Certification) -> bool:
        return certification.is_closed(vue.today) or bool(vue.neighbours[1].get(certification.numero))

    constats = vue.constats if vue.shows_constats() else None
    return Decisions(vue.registre, vue.today, constats, lambda numero: sorted(vue.croisements.lineage(numero)), is_closed)


def reads_assessments(vue: Vue) -> bool:
    """Tell whether this audience reads assessments and evidence at all: without them, requirements by certification would say nothing."""
    return vue.audience.includes(Visibilite.AUDITEUR)


def has_requirements_page(vue: Vue, numero: str) -> bool:  # noqa: ARG001 - every kind of page is asked alike
    """Tell whether a certification has a page of its requirements: for those who read assessments."""
    return reads_assessments(vue)


def requirements_address(numero: str) -> str:
    """Return the address of the page of a certification where each requirement has its anchor."""
    return f"{page_address('certifications', numero)}exigences/"


def decision_pill(decision: Decision) -> Pastille | None:
    """Return the status in one word; None where nobody assessed, or where this audience is told facts only."""
    if decision.niveau is None:
        return None
    if decision.depassee and decision.niveau is Niveau.A_SURVEILLER:
        return status(decision.niveau, "à réexaminer")
    if decision.mode is Mode.PREUVES and decision.niveau is Niveau.CONFORME:
        return status(decision.niveau, "étayée")
    return status(decision.niveau)


def without_status(vue: Vue, decision: Decision) -> str:
    """Return what stands in place of a status: that nothing was assessed, or the evidence alone for an audience that no check informs."""
    if vue.shows_constats():
        return "non évaluée"
    return count(len(decision.preuves), "preuve") if decision.preuves else "sans évaluation"


def state_keys(vue: Vue, decision: Decision) -> tuple[str, ...]:
    """Return every state that holds, as the filter names them; to those who see no constat, only what somebody wrote."""
    missing = NON_EVALUEE if vue.shows_constats() else ""
    found = decision.niveau.value if decision.niveau is not None else missing
    gathered = "a_traiter" if decision.is_to_do() and vue.shows_constats() else ""
    return tuple(key for key in (found, gathered) if key)


def how(vue: Vue, decision: Decision) -> str:
    """Return how the status was decided; an audience that sees no constat is not told which requirements a check follows."""
    if decision.mode is Mode.REGLE and decision.raison is not None:
        return RAISONS[decision.raison]
    if not vue.shows_constats():
        return MODES[decision.mode] if decision.mode is Mode.EVALUATION else ""
    if decision.mode is Mode.CONTROLE and not decision.constats:
        return f"{MODES[decision.mode]}\u00a0: rien relevé"
    return MODES[decision.mode]


def judged(decision: Decision) -> str:
    """Return on which application a requirement is judged, when it is not simply today."""
    return f"jugée au dépôt, le {format_date(decision.jour)}" if decision.exigence.appreciee is Evenement.DEPOT else ""


def rank(decision: Decision) -> tuple[int, int, str]:
    """Return a rank: what asks for something first, then exceptions, what complies, what is without object."""
    if decision.is_to_do():
        first = 0 if decision.niveau is Niveau.ECART else 1 if decision.niveau is not None else 2
    else:
        first = {Niveau.DEROGE: 3, Niveau.CONFORME: 4, Niveau.SANS_OBJET: 6}.get(decision.niveau, 5) if decision.niveau else 5
    return first, list(type(decision.exigence.force)).index(decision.exigence.force), decision.exigence.id
