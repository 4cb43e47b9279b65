"""The agenda a new session starts from: previous minutes, open actions, the five points, the action plan.

Source: usage (article on the CP).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from macros.french import format_date
from macros.models.seance import Theme

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from macros.models.action import Action
    from macros.models.conseil import Conseil

TITLES = {
    Theme.PV_PRECEDENT: "Approbation du procès-verbal de la séance du {date}",
    Theme.SUIVI_ACTIONS: "Suivi des actions décidées auparavant",
    Theme.REGLEMENTATION: "Évolutions réglementaires et bonnes pratiques du secteur",
    Theme.COHERENCE: "Cohérence entre formation et certification",
    Theme.CONVENTIONS: "Conformité des conventions de partenariat",
    Theme.MARCHE: "Marché, tendances techniques et besoins en compétences",
    Theme.BILAN: "Bilan qualitatif et quantitatif de l’année",
    Theme.PLAN_ACTIONS: "Plan d’actions\u00a0: responsables et délais",
}
_HEADINGS = {
    Theme.BILAN: (
        "Outils\u00a0: grilles, sujets et supports d’évaluation",
        "Processus\u00a0: inscriptions, convocations, jurys, délivrance",
        "Réclamations\u00a0: nombre, objets, délais, causes",
        "Résultats\u00a0: réussite, insertion",
    )
}


def agenda(previous: Conseil | None, actions: Iterable[Action], today: date) -> list[dict[str, Any]]:
    """Return the points of a new session, in the order of the session, as plain data."""
    points = [_minutes_point(previous)] if previous is not None and previous.pv else []
    to_follow = [follow_up_line(action, today) for action in actions]
    if to_follow:
        points.append(_point(Theme.SUIVI_ACTIONS, rubriques=to_follow))
    return points + [_point(theme, rubriques=list(_HEADINGS.get(theme, ()))) for theme in Theme.attendus()]


def follow_up_line(action: Action, today: date) -> str:
    """Return an open action as an agenda shows it: `A-2026-014 Réviser la grille, échéance 30 septembre 2026, en retard`."""
    due = f"échéance {format_date(action.echeance)}" if action.echeance else "sans échéance"
    late = ["en retard"] if action.is_late(today) else []
    return ", ".join([f"{action.id} {action.intitule.rstrip('. ')}", due, *late])


def _minutes_point(previous: Conseil) -> dict[str, Any]:
    title = TITLES[Theme.PV_PRECEDENT].format(date=format_date(previous.date))
    each = [f"PV de {pv.certification}{', déjà approuvé' if pv.is_settled() else ''}" for pv in previous.pv]
    several = each if len(each) > 1 else []
    documents = list(dict.fromkeys(pv.preuve for pv in previous.pv if pv.preuve))
    return {**_point(Theme.PV_PRECEDENT, titre=title, rubriques=several), **({"documents": documents} if documents else {})}


def _point(theme: Theme, *, titre: str = "", rubriques: list[str] | None = None) -> dict[str, Any]:
    point: dict[str, Any] = {"theme": theme.value, "titre": titre or TITLES[theme]}
    return {**point, "rubriques": rubriques} if rubriques else point
