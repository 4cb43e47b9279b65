"""What changed on some certifications since a session: what its members will ask about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from macros.french import add_months, count
from macros.models.action import StatutAction

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from macros.models.conseil import Conseil
    from macros.models.veille import Veille
    from macros.views.context import Vue


def changes_since(previous: Conseil, certifications: Iterable[str], vue: Vue) -> list[str]:
    """Return what happened after `previous`, as counted phrases: actions opened, closed, late; evidence; changes of the référentiel; watch.

    Only what concerns these certifications or the fiches they descend from.
    """
    numeros, links, today = tuple(certifications), vue.croisements, vue.today
    actions = {action.id: action for numero in numeros for action in links.actions_of(numero)}.values()
    decided = {f"{previous.id}.{decision.id}" for decision in previous.decisions}
    opened = [a for a in actions if a.origine.decision in decided or previous.date < a.date <= today]
    ended = [a for a in actions if a.cloture and previous.date < a.cloture.date <= today]
    closed = [a for a in ended if a.statut is StatutAction.CLOSE]
    late = [a for a in actions if a.is_late(today)]
    proofs = {proof.id: proof for numero in numeros for proof in links.preuves_of(numero)}.values()
    fresh = [p for p in proofs if any(previous.date < day <= today for day in (p.date, *(r.date for r in p.revisions)))]
    told = [
        (len(opened), "nouvelle action", "nouvelles actions"),
        (len(closed), "action close", "actions closes"),
        (len(ended) - len(closed), "action abandonnée", "actions abandonnées"),
        (len(late), "action en retard", "actions en retard"),
        (len(fresh), "preuve ajoutée ou révisée", "preuves ajoutées ou révisées"),
        (_evolutions(vue, numeros, previous.date), "évolution du référentiel", "évolutions du référentiel"),
        (len(new_watch(vue, numeros, previous.date)), "nouvelle entrée de veille", "nouvelles entrées de veille"),
    ]
    return [count(number, singular, plural) for number, singular, plural in told if number]


def _evolutions(vue: Vue, numeros: Iterable[str], after: date) -> int:
    """Count the dated changes of these certifications and of the fiches they descend from."""
    line = {older for numero in numeros for older in vue.croisements.lineage(numero)}
    known = (certification for numero, certification in vue.registre.certifications.items() if numero in line)
    return sum(_is_between(evolution.date, after, vue.today) for certification in known for evolution in certification.evolutions)


def new_watch(vue: Vue, certifications: Iterable[str], since: date | None) -> tuple[Veille, ...]:
    """Return the watch entries on these certifications noticed since a session, or lately when none is given, latest first.

    One noticed on the very day of the session is new, unless a session held on the certification has it on its agenda.
    """
    start = since or add_months(vue.today, -vue.registre.organisme.parametres.cadence_cp_mois)
    return _latest(v for v in _untold(vue, certifications) if start <= v.noticed_on())


def watch_to_discuss(vue: Vue, certifications: Iterable[str], since: date | None) -> tuple[Veille, ...]:
    """Return what is new since a session, and what applies later than it and still has no answer, latest first."""
    certifications = tuple(certifications)
    start = since or add_months(vue.today, -vue.registre.organisme.parametres.cadence_cp_mois)
    waiting = (
        v
        for v in _untold(vue, certifications)
        if not v.is_answered(acted=bool(vue.croisements.actions_on_watch(v))) and any(e.date > start for e in v.entrees_en_vigueur)
    )
    return _latest((*new_watch(vue, certifications, since), *waiting))


def _untold(vue: Vue, certifications: Iterable[str]) -> Iterator[Veille]:
    """Yield the entries that apply, known on the day, that no session held on the certification they touch discussed."""
    links = vue.croisements
    for numero in certifications:
        held = {conseil.id for conseil in links.conseils_of(numero) if conseil.is_held()}
        for veille in links.watch_of(numero):
            if veille.noticed_on() <= vue.today and not veille.is_over(vue.today) and held.isdisjoint(links.conseils_on_watch(veille)):
                yield veille


def _latest(entries: Iterable[Veille]) -> tuple[Veille, ...]:
    found = {veille.id: veille for veille in entries}
    return tuple(sorted(found.values(), key=lambda veille: (veille.noticed_on(), veille.id), reverse=True))


def _is_between(day: date, after: date, until: date) -> bool:
    return after < day <= until
