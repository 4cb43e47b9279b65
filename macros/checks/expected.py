"""The conseil that a certification expects: which session answers, what is said when none does."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from macros.checks.days import end_of_month
from macros.checks.finding import finding
from macros.french import add_months, format_date, format_delay
from macros.models.constat import Niveau
from macros.records.seuils import pv_due

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from macros.checks.context import CheckContext
    from macros.models.certification import Certification
    from macros.models.conseil import Conseil
    from macros.models.constat import Constat


class Expected(NamedTuple):
    """The conseil that is expected: before when and why then, what is known of the last one, the pace, under which key, by which codes."""

    due: date
    reason: str
    told: str
    months: int
    champ: str
    late: str
    near: str


class Unminuted(NamedTuple):
    """A session held that does not count yet, pooled and without minutes: for which number, until when they may be written."""

    conseil: Conseil
    numero: str
    due: date


def last_session(certification: Certification, context: CheckContext) -> Conseil | None:
    """Return the last conseil that counts or, as long as its minutes may still be written, the one just held that will."""
    held, counted = _unminuted(certification, context), context.counted_for(certification.numero)
    if held is not None and held.due >= context.today:
        return held.conseil
    return counted[-1] if counted else None


def _unminuted(certification: Certification, context: CheckContext) -> Unminuted | None:
    """Return the last conseil held, when it came after those that count."""
    held, counted = context.held_for(certification.numero), context.counted_for(certification.numero)
    if not held or (counted and counted[-1].date >= held[-1].date):
        return None
    numero = next(each for each in context.lineages[certification.numero] if each in held[-1].certifications)
    return Unminuted(held[-1], numero, pv_due(context.registre, held[-1], numero))


def state(certification: Certification, context: CheckContext, expected: Expected) -> Iterator[Constat]:
    """Say that a conseil is late, planned late, or soon to be planned; a planned one answers, a cancelled one does not."""
    today, due = context.today, expected.due
    planned = next((c for c in context.sessions_of(certification.numero) if c.is_coming(today)), None)
    held = _unminuted(certification, context)
    missing = held if held and held.due < today else None
    minutes = _by_minutes(missing, expected, today)
    told = f"{expected.told}{_uncounted(missing)} {'Le suivant' if expected.champ == 'cadence_cp' else 'Le premier'}"
    limit = f"attendu au plus tard le {format_date(due)}{expected.reason}"
    if due < today and planned is None:
        tail, remedy = minutes or (", et aucun n’est prévu", "Planifiez une séance\u00a0: «\u00a0portail nouveau conseil\u00a0».")
        message = f"{told} était {limit}, {format_delay(today, due)}{tail}."
        yield finding(certification, expected.late, Niveau.ECART, expected.champ, message, remedy, echeance=due)
    elif due < today and planned is not None:
        message = (
            f"Le prochain conseil est prévu le {format_date(planned.date)} ({planned.id}), alors qu’il était {limit}.{_uncounted(missing)}"
        )
        own = (
            f"Tenez la séance à la date prévue, ou avancez-la\u202f; si ce rythme convient, notez-le avec son motif (clé {expected.champ})."
        )
        _, remedy = minutes or ("", own)
        yield finding(certification, "conseil-planifie-tard", Niveau.A_SURVEILLER, expected.champ, message, remedy, echeance=due)
    elif (due - today).days <= context.parametres.bientot_jours and (planned is None or planned.date > due):
        after = f"\u202f; celui du {format_date(planned.date)} viendra après" if planned else ", et aucun n’est prévu"
        tail, remedy = minutes or (after, "Fixez une date et convoquez les membres\u00a0: «\u00a0portail nouveau conseil\u00a0».")
        message = f"{told} est {limit}, {format_delay(today, due)}{tail}."
        yield finding(certification, expected.near, Niveau.A_SURVEILLER, expected.champ, message, remedy, echeance=due)


def _uncounted(missing: Unminuted | None) -> str:
    """Say that a session more recent than those that count does not, for want of minutes."""
    if missing is None:
        return ""
    day, identifier = format_date(missing.conseil.date), missing.conseil.id
    return f" Celui du {day} ({identifier}) ne compte pas\u00a0: il n’a pas de procès-verbal pour {missing.numero}."


def _by_minutes(missing: Unminuted | None, expected: Expected, today: date) -> tuple[str, str] | None:
    """Return the end of the message and the remedy when writing the minutes that are missing is enough."""
    if missing is None or end_of_month(add_months(missing.conseil.date, expected.months)) < today:
        return None
    remedy = f"Rédigez le procès-verbal de {missing.numero} et notez son état dans {missing.conseil.id} (clé pv)."
    return "\u202f; cette séance comptera une fois ce procès-verbal rédigé", remedy
