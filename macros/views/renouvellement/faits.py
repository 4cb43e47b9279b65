"""What was done: sessions and their decisions, actions and their effect."""

from __future__ import annotations

from typing import TYPE_CHECKING

from macros.french import count, format_short_date
from macros.models.action import StatutAction
from macros.views import libelles
from macros.views.actions import action_pill, origin
from macros.views.conseils import pv_pill, status_pill
from macros.views.parts import Reference, page_address
from macros.views.renouvellement.changements import evolutions_of
from macros.views.renouvellement.releve import Cellule, Colonne, Ligne, Releve, Revue, day_cell, review_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from macros.models.action import Action
    from macros.models.certification import Certification
    from macros.models.conseil import Conseil, Decision
    from macros.views.context import Vue


def build_conseils(vue: Vue, certification: Certification) -> Releve:
    """Return every session of the certification and of its former fiches."""
    return conseils(review_of(vue, certification))


def conseils(revue: Revue) -> Releve:
    """Return the sessions of the period: minutes, decisions, actions born of them."""
    sessions = [each for each in revue.vue.croisements.conseils_of(revue.certification.numero) if revue.periode.holds(each.date)]
    held = sum(each.is_held() for each in sessions)
    columns = (
        Colonne("Conseil", 40),
        Colonne("Date", 16),
        Colonne("État", 22),
        Colonne("Décisions", 11, nombre=True),
        Colonne("Actions", 11, nombre=True),
    )
    rows = [_session(revue, each) for each in sessions]
    said = f"{count(held, 'conseil tenu', 'conseils tenus')}." if held else ""
    return revue.releve(said, f"{count(len(sessions), 'conseil')}, du plus récent au plus ancien.", columns, rows, "Aucun conseil.")


def _session(revue: Revue, conseil: Conseil) -> Ligne:
    vue = revue.vue
    pills = tuple(pill for pill in (status_pill(vue, conseil), pv_pill(vue, conseil)) if pill)
    ours = [decision for decision in conseil.decisions if _is_ours(revue, decision)]
    born = sum(len(vue.croisements.actions_from(f"{conseil.id}.{decision.id}")) for decision in ours)
    return revue.ligne(
        conseil.date,
        Cellule(liens=(Reference(conseil.intitule, page_address("conseils", conseil.id)),), sous=conseil.id),
        day_cell(conseil.date),
        Cellule(pastilles=pills),
        Cellule(str(len(ours))),
        Cellule(str(born)),
    )


def _is_ours(revue: Revue, decision: Decision) -> bool:
    return not decision.certifications or not revue.lignee.isdisjoint(decision.certifications)


def build_decisions(vue: Vue, certification: Certification) -> Releve:
    """Return every decision on the certification, and what became of it."""
    return decisions(review_of(vue, certification))


def decisions(revue: Revue) -> Releve:
    """Return the decisions of the period with the actions and the changes that came of each."""
    taken = [(conseil, decision) for conseil, decision in decisions_of(revue) if revue.periode.holds(conseil.date)]
    columns = (Colonne("Décision", 20), Colonne("Texte", 38), Colonne("Nature", 14), Colonne("Ce qu’elle est devenue", 28))
    rows = [_decision(revue, conseil, decision) for conseil, decision in taken]
    without = sum(row.cellules[-1].manque for row in rows)
    said = f"{count(without, 'décision')} sans suite enregistrée." if without else "Chaque décision a une suite enregistrée."
    return revue.releve(said, f"{count(len(taken), 'décision')} et leurs suites.", columns, rows, "Aucune décision.")


def decisions_of(revue: Revue) -> list[tuple[Conseil, Decision]]:
    """Return every decision on the certification or a fiche behind it, with its session, oldest first."""
    sessions = revue.vue.croisements.conseils_of(revue.certification.numero)
    return [(conseil, decision) for conseil in sessions for decision in conseil.decisions if _is_ours(revue, decision)]


def _decision(revue: Revue, conseil: Conseil, decision: Decision) -> Ligne:
    name = f"{conseil.id}.{decision.id}"
    link = Reference(name, f"{page_address('conseils', conseil.id)}#{decision.id.lower()}")
    return revue.ligne(
        conseil.date,
        Cellule(liens=(link,), sous=format_short_date(conseil.date)),
        Cellule(decision.texte),
        Cellule(libelles.NATURE[decision.nature]),
        _outcome(revue, name),
    )


def _outcome(revue: Revue, decision: str) -> Cellule:
    """Return what came of a decision: its actions with where each stands, the changes it made; missing when nothing is recorded."""
    vue = revue.vue
    actions = vue.croisements.actions_from(decision)
    changed = [f"référentiel version {e.version}" for _, e in evolutions_of(revue) if e.decision == decision]
    if not actions and not changed:
        return Cellule("aucune suite enregistrée", manque=True)
    followed = tuple((Reference(action.id, page_address("actions", action.id)), action_pill(vue, action)) for action in actions)
    return Cellule(", ".join(changed), suites=followed)


def build_actions(vue: Vue, certification: Certification) -> Releve:
    """Return every action on the certification, with its effect."""
    return actions(review_of(vue, certification))


def actions(revue: Revue) -> Releve:
    """Return the actions opened or ended in the period, and how effective they were."""
    known = [a for a in revue.vue.croisements.actions_of(revue.certification.numero) if _is_within(revue, a)]
    columns = (Colonne("Action", 34), Colonne("Origine", 18), Colonne("Échéance", 14), Colonne("État", 17), Colonne("Effet", 17))
    rows = [_action(revue, action) for action in known]
    return revue.releve(
        _effect(known), f"{count(len(known), 'action')}, de la plus récente à la plus ancienne.", columns, rows, "Aucune action."
    )


def _is_within(revue: Revue, action: Action) -> bool:
    return revue.periode.holds(action.date) or (action.cloture is not None and revue.periode.holds(action.cloture.date))


def _effect(known: Iterable[Action]) -> str:
    """Say how many are over, in time, judged, effective."""
    listed = list(known)
    closed = [action for action in listed if action.statut is StatutAction.CLOSE]
    in_time = sum(a.cloture is not None and a.echeance is not None and a.cloture.date <= a.echeance for a in closed)
    judged = [action.efficacite for action in closed if action.efficacite]
    good = sum(each.avis == "efficace" for each in judged)
    parts = [f"{len(closed)} des {count(len(listed), 'action')} closes, dont {in_time} à l’échéance fixée"]
    parts.append(
        f"{count(len(judged), 'efficacité jugée', 'efficacités jugées')}, dont {count(good, 'action efficace', 'actions efficaces')}"
    )
    return "\u202f; ".join(parts) + "."


def _action(revue: Revue, action: Action) -> Ligne:
    vue, judged = revue.vue, action.efficacite
    due = Cellule(format_short_date(action.echeance)) if action.echeance else Cellule("non fixée", manque=True)
    start = origin(vue, action)
    verdict = Cellule(libelles.AVIS_EFFICACITE[judged.avis], sous=format_short_date(judged.date)) if judged else Cellule("—")
    if judged is None and action.statut is StatutAction.CLOSE:
        verdict = Cellule("non jugée", manque=True)
    return revue.ligne(
        action.date,
        Cellule(liens=(Reference(action.id, page_address("actions", action.id)),), sous=action.intitule),
        Cellule(liens=(start,)) if start.texte else Cellule("aucune", manque=True),
        due,
        Cellule(pastilles=(action_pill(vue, action),)),
        verdict,
    )
