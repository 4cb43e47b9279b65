"""Decisions and action plan of a session: the two pages that members keep."""

from __future__ import annotations

from typing import TYPE_CHECKING

from macros.french import count, format_date, join
from macros.views import libelles
from macros.views.conseils import examined
from macros.views.documents import communs
from macros.views.documents.feuille import Bloc, Colonne, Fait, Phrase, Section, Tableau, section, sections

if TYPE_CHECKING:
    from collections.abc import Sequence

    from macros.models.conseil import Conseil, Decision, Votes
    from macros.views.context import Vue

TITRE = "Relevé de décisions et plan d’actions"


def introduction(vue: Vue, conseil: Conseil) -> tuple[Bloc, ...]:
    """Return what the session decided and opened, counted."""
    if not conseil.decisions:
        return ()
    born = vue.croisements.actions_of_conseil(conseil)
    told = (
        f"{count(len(conseil.decisions), 'décision')}, {count(len(born), 'action née de ces décisions', 'actions nées de ces décisions')}."
    )
    return (Phrase(told),)


def faits(vue: Vue, conseil: Conseil) -> tuple[Fait, ...]:
    """Return when, where, on what, led by whom."""
    return (*communs.session_facts(vue, conseil), *communs.leaders(vue, conseil))


def parties(vue: Vue, conseil: Conseil) -> tuple[Section, ...]:
    """Return the decisions, the actions born of them, how each will be judged, then the next session."""
    born = vue.croisements.actions_of_conseil(conseil)
    legend = f"{count(len(born), 'action')}, avec leur état au {format_date(vue.today)}."
    found = (
        section("Décisions et avis", decisions_table(conseil, conseil.decisions) or Phrase("Aucune décision.", "discret")),
        section("Plan d’actions", communs.actions_table(vue, born, legend) or Phrase("Aucune action n’est née de ce conseil.", "discret")),
        section("À quoi l’on verra le résultat", _criteria([(a.id, a.critere) for a in born if a.critere])),
    )
    return sections(*found)


def decisions_table(conseil: Conseil, decisions: Sequence[Decision]) -> Tableau | None:
    """Return decisions with the certifications they concern and the votes; None when there is none."""
    scoped = len(examined(conseil)) > 1
    rows = tuple(_decision(conseil, decision, scoped=scoped) for decision in decisions)
    columns = [Colonne("N°", 8), Colonne("Décision ou avis", 45), Colonne("Nature", 17)]
    columns += [Colonne("Concerne", 14)] if scoped else []
    legend = f"{count(len(rows), 'décision')}. Pour citer une décision : {conseil.id}.{decisions[0].id}." if rows else ""
    return Tableau(legend, (*columns, Colonne("Votes", 16)), rows) if rows else None


def _decision(conseil: Conseil, decision: Decision, *, scoped: bool) -> tuple[str, ...]:
    everyone = not decision.certifications or set(decision.certifications) == set(conseil.certifications)
    about = "toutes" if everyone else join([str(numero) for numero in decision.certifications])
    votes = decision.votes
    counted = _counted(votes) if votes else "sans vote"
    return (decision.id, decision.texte, libelles.NATURE[decision.nature], *([about] if scoped else []), counted)


def _counted(votes: Votes) -> str:
    """Return a vote in words, without what nobody voted."""
    said = [f"{votes.pour}\u00a0pour"] if votes.pour or not (votes.contre or votes.abstentions) else []
    said += [f"{votes.contre}\u00a0contre"] if votes.contre else []
    return ", ".join([*said, *([count(votes.abstentions, "abstention")] if votes.abstentions else [])])


def _criteria(criteria: list[tuple[str, str | None]]) -> Tableau | None:
    rows = tuple((identifier, text or "") for identifier, text in criteria)
    return Tableau("Critère de chaque action.", (Colonne("Action", 18), Colonne("Critère", 82)), rows) if rows else None
