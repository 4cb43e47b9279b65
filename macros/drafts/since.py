"""What changed on some certifications since a session: what its members will ask about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from macros.french import count
from macros.models.action import StatutAction

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from macros.checks.context import CheckContext
    from macros.models.conseil import Conseil


def changes_since(previous: Conseil, certifications: Iterable[str], context: CheckContext) -> list[str]:
    """Return what happened after `previous`, as counted phrases: actions opened, closed, late; evidence; changes of the référentiel."""
    numeros = {older for numero in certifications for older in context.lineages.get(numero, (numero,))}
    records = context.registre
    actions = [action for action in records.actions.values() if _concerns(action.certifications, numeros)]
    decided = {f"{previous.id}.{decision.id}" for decision in previous.decisions}
    opened = [a for a in actions if a.origine.decision in decided or previous.date < a.date <= context.today]
    ended = [a for a in actions if a.cloture and previous.date < a.cloture.date <= context.today]
    closed = [a for a in ended if a.statut is StatutAction.CLOSE]
    late = [a for a in actions if a.is_late(context.today)]
    proofs = [p for p in records.preuves.values() if _concerns(p.certifications, numeros)]
    fresh = [p for p in proofs if any(previous.date < day <= context.today for day in (p.date, *(r.date for r in p.revisions)))]
    evolutions = [
        evolution
        for numero, certification in records.certifications.items()
        for evolution in certification.evolutions
        if numero in numeros and _is_between(evolution.date, previous.date, context.today)
    ]
    told = [
        (len(opened), "nouvelle action", "nouvelles actions"),
        (len(closed), "action close", "actions closes"),
        (len(ended) - len(closed), "action abandonnée", "actions abandonnées"),
        (len(late), "action en retard", "actions en retard"),
        (len(fresh), "preuve ajoutée ou révisée", "preuves ajoutées ou révisées"),
        (len(evolutions), "évolution du référentiel", "évolutions du référentiel"),
    ]
    return [count(number, singular, plural) for number, singular, plural in told if number]


def _concerns(certifications: tuple[str, ...], numeros: set[str]) -> bool:
    return not certifications or not numeros.isdisjoint(certifications)


def _is_between(day: date, after: date, until: date) -> bool:
    return after < day <= until
