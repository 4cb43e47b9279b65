"""The register of actions, its tables on other pages, and what falls due month by month."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.french import add_months, count, format_month, join
from macros.views import libelles
from macros.views.actions import LIBELLES_ORIGINE, LigneAction, action_pill, action_row, in_order
from macros.views.fichiers import sheet
from macros.views.filtres import Filtre, among, found, key, useful
from macros.views.graphique import bars_by_category
from macros.views.parts import Pastille, Reference, page_address
from macros.views.trace import Mesure

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from macros.models.action import Action
    from macros.views.context import Vue
    from macros.views.trace import Graphique

STATUTS = {"en_retard": "en retard", "ouverte": "ouverte", **{key.value: label for key, label in libelles.STATUT_ACTION.items()}}
"""What `tableau_actions(statut=…)` and the filter take: two of them are computed."""
ECHEANCES = {
    "en_retard": "dépassée",
    "30_jours": "dans 30 jours au plus",
    "90_jours": "dans 90 jours au plus",
    "plus_tard": "plus tard",
    "sans": "aucune",
}
"""Ranges of due dates, as filters name them."""
_HORIZON_MONTHS = 12


@dataclass(frozen=True)
class TableauActions:
    """A table of actions. `detaille`: each row opens on all that is known, and is the place links lead to."""

    legende: str
    lignes: tuple[LigneAction, ...]
    filtres: tuple[Filtre, ...] = ()
    detaille: bool = False
    vide: str = "Aucune action."
    fichiers: tuple[Reference, ...] = ()


def build_registre_actions(vue: Vue) -> TableauActions:
    """Return every action, late ones first, with the filters that separate them."""
    rows = tuple(action_row(vue, action) for action in in_order(vue, vue.registre.actions.values()))
    filters = useful(
        among("statut", "Statut", STATUTS, (key for row in rows for key in row.cles_statut)),
        among("echeance", "Échéance", ECHEANCES, (key for row in rows for key in row.cles_echeance)),
        found("certification", "Certification", ((ref.texte, ref.texte) for row in rows for ref in row.certifications if ref.adresse)),
        found("responsable", "Responsable", ((key(row.responsable), row.responsable) for row in rows)),
        found("nature", "Nature", ((row.cle_nature, row.nature) for row in rows)),
        among("origine", "Origine", LIBELLES_ORIGINE, (row.cle_origine for row in rows)),
    )
    empty = "Aucune action enregistrée. Ouvrez la première avec «\u00a0portail nouveau action\u00a0»."
    summary = _summary(vue, vue.registre.actions.values())
    return TableauActions(summary, rows, filters, detaille=True, vide=empty, fichiers=sheet(vue, "actions"))


def _summary(vue: Vue, actions: Iterable[Action]) -> str:
    listed = list(actions)
    late = sum(action.is_late(vue.today) for action in listed)
    running = sum(action.is_open() for action in listed)
    said = [count(running, "ouverte")] if running else []
    if late:
        said.append(f"{late} en retard")
    detail = f", dont {join(said)}" if said else ""
    return f"{count(len(listed), 'action')}{detail}." + (" Les retards d’abord." if late else "")


def build_tableau_actions(vue: Vue, certification: str = "", statut: str = "", responsable: str = "") -> TableauActions:
    """Return the actions that pass every condition stated; a certification brings those of its former fiches."""
    chosen = vue.croisements.actions_of(certification) if certification else tuple(vue.registre.actions.values())
    rows = tuple(action_row(vue, action) for action in in_order(vue, chosen))
    kept = tuple(
        row
        for row in rows
        if (not statut or statut in row.cles_statut) and (not responsable or row.responsable.casefold() == responsable.casefold())
    )
    word = f" {STATUTS[statut]}" if statut else ""
    legend = f"{count(len(kept), 'action')}{word}{'' if word.endswith('retard') or len(kept) < 2 or not word else 's'}."  # noqa: PLR2004 - French plural
    return TableauActions(legend, kept, vide="Aucune action ne répond à ces conditions.")


def build_actions(vue: Vue, actions: Iterable[Action], vide: str) -> TableauActions:
    """Return a table of given actions, in the usual order."""
    listed = list(actions)
    return TableauActions(_summary(vue, listed), tuple(action_row(vue, action) for action in in_order(vue, listed)), vide=vide)


def build_graphique_actions(vue: Vue) -> Graphique | None:
    """Return how many actions stand in each state, late ones apart; None without any action."""
    states = Counter(action_pill(vue, a).texte if not a.is_late(vue.today) else "en retard" for a in vue.registre.actions.values())
    words = ("en retard", *libelles.STATUT_ACTION.values())
    known = [Mesure(word, states[word]) for word in words if states[word]]
    return bars_by_category("actions-etat", "Actions par état", ("État", "Actions"), known)


@dataclass(frozen=True)
class Echeance:
    """One due date on the timeline."""

    date: date
    action: Reference
    intitule: str
    responsable: str
    pastille: Pastille


@dataclass(frozen=True)
class MoisEcheances:
    """What falls due in one month, or what is already late."""

    titre: str
    retard: bool
    echeances: tuple[Echeance, ...]


def build_echeancier_actions(vue: Vue) -> tuple[MoisEcheances, ...]:
    """Return open actions by month of their due date: late ones together, then the next twelve months."""
    limit = add_months(vue.today, _HORIZON_MONTHS)
    months: dict[str, list[Echeance]] = {}
    for action in in_order(vue, vue.registre.actions.values()):
        if action.is_open() and action.echeance is not None and action.echeance <= limit:
            title = "En retard" if action.is_late(vue.today) else format_month(action.echeance).capitalize()
            months.setdefault(title, []).append(_due(vue, action, action.echeance))
    return tuple(MoisEcheances(title, title == "En retard", tuple(found)) for title, found in months.items())


def _due(vue: Vue, action: Action, day: date) -> Echeance:
    return Echeance(
        day, Reference(action.id, page_address("actions", action.id)), action.intitule, action.responsable or "", action_pill(vue, action)
    )
