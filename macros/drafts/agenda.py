"""The agenda a new session starts from: minutes to approve, open actions, the five points, the action plan.

What other records say is pointed at and never copied: an audience that may
not see an action or a session sees nothing of it here, and what is late
today is not said of tomorrow. Source: usage (article on the CP).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from macros.french import format_date, join
from macros.models.seance import Theme
from macros.models.veille import TypeVeille

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from macros.drafts.earlier import Minutes
    from macros.models.action import Action
    from macros.models.veille import Veille
    from macros.views.nouveautes import Nouveautes

TITLES = {
    Theme.PV_PRECEDENT: "Approbation du procès-verbal précédent",
    Theme.SUIVI_ACTIONS: "Suivi des actions décidées auparavant",
    Theme.REGLEMENTATION: "Évolutions réglementaires et bonnes pratiques du secteur",
    Theme.COHERENCE: "Cohérence entre formation et certification",
    Theme.CONVENTIONS: "Conformité des conventions de partenariat",
    Theme.MARCHE: "Marché, tendances techniques et besoins en compétences",
    Theme.BILAN: "Bilan qualitatif et quantitatif de l’année",
    Theme.PLAN_ACTIONS: "Plan d’actions\u00a0: responsables et délais",
}
_OCCUPATION = frozenset({TypeVeille.METIER, TypeVeille.TECHNIQUE})
_SEVERAL_MINUTES = "Approbation des procès-verbaux précédents"
_HEADINGS = {
    Theme.BILAN: (
        "Outils\u00a0: grilles, sujets et supports d’évaluation",
        "Processus\u00a0: inscriptions, convocations, jurys, délivrance",
        "Réclamations\u00a0: nombre, objets, délais, causes",
        "Résultats\u00a0: réussite, insertion",
    )
}


def agenda(
    minutes: Sequence[Minutes], actions: Iterable[Action], watch: Iterable[Veille] = (), news: Iterable[Nouveautes] = ()
) -> list[dict[str, Any]]:
    """Return the points of a new session, in the order of the session, as plain data.

    What the watch brought on the occupation and its techniques is for the point on the market, the rest for the point on rules.
    What else is new gives its point a heading, unless the point has one on the same thing already; the convocation then lists it.
    """
    new: dict[Theme, list[str]] = {}
    for veille in watch:
        new.setdefault(Theme.MARCHE if veille.type in _OCCUPATION else Theme.REGLEMENTATION, []).append(veille.id)
    points = [_minutes_point(minutes)] if minutes else []
    to_follow = [action.id for action in actions]
    if to_follow:
        points.append(_point(Theme.SUIVI_ACTIONS, actions=to_follow))
    return points + [_point(theme, rubriques=_headings(theme, news), veille=new.get(theme, [])) for theme in Theme.attendus()]


def _headings(theme: Theme, news: Iterable[Nouveautes]) -> list[str]:
    usual = list(_HEADINGS.get(theme, ()))
    return usual + [each.rubrique for each in news if each.theme is theme and not any(line.startswith(each.titre) for line in usual)]


def follow_up_line(action: Action, today: date) -> str:
    """Return an open action as a person reads it on a day: `A-2026-014 Réviser la grille, échéance 30 septembre 2026, en retard`."""
    due = f"échéance {format_date(action.echeance)}" if action.echeance else "sans échéance"
    late = ["en retard"] if action.is_late(today) else []
    return ", ".join([f"{action.id} {action.intitule.rstrip('. ')}", due, *late])


def watch_line(veille: Veille) -> str:
    """Return an entry as a person reads it: `V-2026-012 Titre (en vigueur le 1er janvier 2027)`."""
    dates = [format_date(effect.date) for effect in sorted(veille.entrees_en_vigueur, key=lambda e: e.date)]
    when = f" (en vigueur le {join(dates)})" if dates else ""
    return f"{veille.id} {veille.titre.rstrip('. ')}{when}"


def _minutes_point(minutes: Sequence[Minutes]) -> dict[str, Any]:
    sessions = list(dict.fromkeys(conseil.id for conseil, _ in minutes))
    documents = list(dict.fromkeys(pv.preuve for _, pv in minutes if pv.preuve))
    title = _SEVERAL_MINUTES if len(minutes) > 1 else TITLES[Theme.PV_PRECEDENT]
    return _point(Theme.PV_PRECEDENT, titre=title, documents=documents, conseils=sessions)


def _point(theme: Theme, *, titre: str = "", **lists: list[str]) -> dict[str, Any]:
    return {"theme": theme.value, "titre": titre or TITLES[theme], **{key: values for key, values in lists.items() if values}}
