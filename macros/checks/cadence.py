"""Rules on the pace of conseils: the first one after a registration, then one every so many months."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from macros.checks.days import end_of_month
from macros.checks.finding import finding
from macros.french import add_months, format_date, format_delay
from macros.models.base import OuiNon
from macros.models.constat import Niveau

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from macros.checks.context import CheckContext
    from macros.models.certification import Certification, DelaiPropre
    from macros.models.constat import Constat


class _Expected(NamedTuple):
    """The conseil that is expected: before when and why then, what is known of the last one, under which key, by which codes."""

    due: date
    reason: str
    told: str
    champ: str
    late: str
    near: str


def check_cadence_cp(certification: Certification, context: CheckContext) -> Iterator[Constat]:
    """A conseil examines each certification every twelve months, or at the pace that suits it; the month counts, not the day.

    Conseils of the fiches it descends from count: a renewed certification keeps its pace.
    """
    counted = context.counted_for(certification.numero)
    start = counted[-1].date if counted else _start(certification)
    if not _is_followed(certification, context) or start is None or not (counted or _is_renewed(certification, context)):
        return
    told = f"Le dernier conseil compté est celui du {format_date(start)}." if counted else _none_since(start)
    natural = end_of_month(add_months(start, _pace(certification, context)))
    due, reason = _followed(natural, _motive(certification.cadence_cp), certification, context)
    yield from _expect(certification, context, _Expected(due, reason, told, "cadence_cp", "conseil-en-retard", "conseil-a-planifier"))


def check_premier_cp(certification: Certification, context: CheckContext) -> Iterator[Constat]:
    """After an initial registration the first conseil may wait 24 months, but not the day when a new application is to be filed."""
    start, end, own = _start(certification), certification.date_fin_enregistrement, certification.premier_cp
    if not _is_followed(certification, context) or start is None:
        return
    if context.counted_for(certification.numero) or _is_renewed(certification, context):
        return
    natural, reason = add_months(start, own.mois if own else context.parametres.premier_cp_mois), _motive(own)
    if certification.is_on_request() and end is not None:
        filing = add_months(end, -context.parametres.retroplanning.depot_mois)
        natural, reason = min((natural, reason), (filing, " (le repère de dépôt du prochain dossier)"))
    due, reason = _followed(natural, reason, certification, context)
    codes = "premier-conseil-en-retard", "premier-conseil-a-planifier"
    yield from _expect(certification, context, _Expected(due, reason, _none_since(start), "premier_cp", *codes))


def _is_followed(certification: Certification, context: CheckContext) -> bool:
    today = context.today
    return not (certification.is_closed(today) or certification.is_expired(today) or certification.actif is OuiNon.NON)


def _is_renewed(certification: Certification, context: CheckContext) -> bool:
    return len(context.lineages[certification.numero]) > 1


def _start(certification: Certification) -> date | None:
    return certification.date_decision or certification.date_publication


def _pace(certification: Certification, context: CheckContext) -> int:
    return certification.cadence_cp.mois if certification.cadence_cp else context.parametres.cadence_cp_mois


def _none_since(start: date) -> str:
    return f"Aucun conseil ne compte depuis l’enregistrement du {format_date(start)}."


def _motive(own: DelaiPropre | None) -> str:
    """Return the delay that the certification set for itself, and why."""
    return f" (délai propre de {own.mois}\u00a0mois\u00a0: {own.motif.rstrip('.')})" if own else ""


def _followed(due: date, reason: str, certification: Certification, context: CheckContext) -> tuple[date, str]:
    """Return the day itself or, when it passed before anyone followed it here, a whole pace after that day."""
    since = context.followed_since((certification.numero,))
    if due >= since:
        return due, reason
    pace = _pace(certification, context)
    return end_of_month(add_months(since, pace)), f" ({pace}\u00a0mois après le début du suivi, le {format_date(since)})"


def _expect(certification: Certification, context: CheckContext, expected: _Expected) -> Iterator[Constat]:
    """Say that a conseil is late, planned late, or soon to be planned; a planned one answers, a cancelled one does not."""
    today, due = context.today, expected.due
    planned = next((c for c in context.sessions_of(certification.numero) if c.is_coming(today)), None)
    which = "Le suivant" if expected.champ == "cadence_cp" else "Le premier"
    told = f"{expected.told}{_uncounted(certification, context)} {which}"
    limit = f"attendu au plus tard le {format_date(due)}{expected.reason}"
    if due < today and planned is None:
        yield finding(
            certification, expected.late, Niveau.ECART, expected.champ,
            f"{told} était {limit}, {format_delay(today, due)}, et aucun n’est prévu.",
            "Planifiez une séance\u00a0: «\u00a0portail nouveau conseil\u00a0».", echeance=due,
        )  # fmt: skip
    elif due < today and planned is not None:
        yield finding(
            certification, "conseil-planifie-tard", Niveau.A_SURVEILLER, expected.champ,
            f"Le prochain conseil est prévu le {format_date(planned.date)} ({planned.id}), alors qu’il était {limit}.",
            f"Tenez la séance à la date prévue, ou avancez-la\u202f; si ce rythme convient, notez-le avec son motif (clé {expected.champ}).",
            echeance=due,
        )  # fmt: skip
    elif (due - today).days <= context.parametres.bientot_jours and (planned is None or planned.date > due):
        later = f"\u202f; celui du {format_date(planned.date)} viendra après" if planned else ", et aucun n’est prévu"
        yield finding(
            certification, expected.near, Niveau.A_SURVEILLER, expected.champ,
            f"{told} est {limit}, {format_delay(today, due)}{later}.",
            "Fixez une date et convoquez les membres\u00a0: «\u00a0portail nouveau conseil\u00a0».", echeance=due,
        )  # fmt: skip


def _uncounted(certification: Certification, context: CheckContext) -> str:
    """Return why a more recent conseil does not count: pooled, and without minutes for this certification."""
    held = [c for c in context.sessions_of(certification.numero) if c.is_held() and c.date <= context.today]
    if not held or held[-1].id in [c.id for c in context.counted_for(certification.numero)[-1:]]:
        return ""
    return (
        f" Celui du {format_date(held[-1].date)} ({held[-1].id}) ne compte pas\u00a0: il n’a pas de procès-verbal pour cette certification."
    )
