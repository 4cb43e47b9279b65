"""What a dossier does not hide: late actions, and what is still open, as its audience sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.french import count, format_date
from macros.models.constat import Niveau
from macros.views.actions import action_pill, in_order
from macros.views.conseils import is_minuted, missing_pill
from macros.views.dossier.seances import held
from macros.views.dossier.trace import bound
from macros.views.parts import Pastille, Reference, page_address, reference_to, status
from macros.views.preuves import is_sound, state_pill

if TYPE_CHECKING:
    from collections.abc import Iterator

    from macros.models.action import Action
    from macros.models.conseil import Conseil
    from macros.views.context import Vue


@dataclass(frozen=True)
class PointOuvert:
    """One thing that is not finished: where it stands, which record tells it, in words."""

    pastille: Pastille
    fiche: Reference
    texte: str


def build_ouverts(vue: Vue, numeros: tuple[str, ...]) -> tuple[PointOuvert, ...]:
    """Return what is open on these certifications: late actions first, then gaps written, minutes, evidence, requests, open actions."""
    opened = in_order(vue, _open_actions(vue, numeros))
    late = [each for each in opened if each.is_late(vue.today)]
    rest = [each for each in opened if not each.is_late(vue.today)]
    found = (_action(vue, each) for each in late), _gaps(vue, numeros), _minutes(vue, numeros), _evidence(vue, numeros), _requests(vue)
    points = [point for points in found for point in points]
    return tuple(dict.fromkeys((*points, *(_action(vue, each) for each in rest))))


def _open_actions(vue: Vue, numeros: tuple[str, ...]) -> list[Action]:
    ours = {action.id: action for numero in numeros for action in vue.croisements.actions_of(numero)}
    everyone = {action.id: action for action in vue.registre.actions.values() if not action.certifications}
    return [action for action in {**ours, **everyone}.values() if action.is_open()]


def _action(vue: Vue, action: Action) -> PointOuvert:
    due = f", échéance le {format_date(action.echeance)}" if action.echeance else ", sans échéance"
    who = f", {action.responsable}" if action.responsable else ""
    return PointOuvert(action_pill(vue, action), Reference(action.id, page_address("actions", action.id)), f"{action.intitule}{who}{due}")


def _gaps(vue: Vue, numeros: tuple[str, ...]) -> Iterator[PointOuvert]:
    """Yield what somebody wrote to be a gap or to watch: an assessment, with who and when."""
    for numero in numeros:
        for decision in bound(vue, numero):
            written = decision.evaluation
            if written and written.statut in (Niveau.ECART.value, Niveau.A_SURVEILLER.value):
                told = f"{decision.exigence.titre}, {numero}\u00a0: évaluation du {format_date(written.date)}, {written.fonction}"
                yield PointOuvert(status(Niveau(written.statut)), reference_to(vue, "evaluations", written.id), told)


def _minutes(vue: Vue, numeros: tuple[str, ...]) -> Iterator[PointOuvert]:
    line = {each for numero in numeros for each in vue.croisements.lineage(numero)}
    for conseil in sessions(vue, numeros):
        for numero in conseil.certifications if is_minuted(conseil) else ():
            if numero in line and conseil.minutes_of(numero) is None:
                told = f"{conseil.intitule}, {format_date(conseil.date)}"
                yield PointOuvert(missing_pill(vue, conseil, numero), reference_to(vue, "conseils", conseil.id), f"{told}, {numero}")


def sessions(vue: Vue, numeros: tuple[str, ...]) -> list[Conseil]:
    """Return the councils held on these certifications, each once, latest first."""
    found = {conseil.id: conseil for numero in numeros for conseil in held(vue, numero)}
    return sorted(found.values(), key=lambda each: (each.date, each.id), reverse=True)


def _evidence(vue: Vue, numeros: tuple[str, ...]) -> Iterator[PointOuvert]:
    known = {preuve.id: preuve for numero in numeros for preuve in vue.croisements.preuves_of(numero)}
    for preuve in known.values():
        if not is_sound(vue, preuve):
            yield PointOuvert(state_pill(vue, preuve), Reference(preuve.id, page_address("preuves", preuve.id)), preuve.titre)


def _requests(vue: Vue) -> Iterator[PointOuvert]:
    """Yield the audits this audience knows of that wait for an answer."""
    for audit in vue.registre.audits.values():
        waiting = len(audit.open_requests())
        if waiting:
            pill = Pastille("planifie", f"{count(waiting, 'demande')} à répondre")
            yield PointOuvert(pill, reference_to(vue, "audits", audit.id), audit.titre)
