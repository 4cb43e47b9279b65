"""Rules on the pace of conseils: the first one after a registration, then one every so many months."""

from __future__ import annotations

from typing import TYPE_CHECKING

from macros.checks.days import end_of_month
from macros.checks.expected import Expected, last_session, state
from macros.checks.finding import finding
from macros.checks.lineage import registered_on
from macros.french import add_months, format_date
from macros.models.base import OuiNon
from macros.models.constat import Niveau

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from macros.checks.context import CheckContext
    from macros.models.certification import Certification, DelaiPropre
    from macros.models.constat import Constat


def check_cadence_cp(certification: Certification, context: CheckContext) -> Iterator[Constat]:
    """A conseil examines each certification every twelve months, or at the pace that suits it; the month counts, not the day.

    Conseils of the fiches it descends from count: a renewed certification keeps its pace.
    """
    if not _is_followed(certification, context):
        return
    last = last_session(certification, context)
    start = last.date if last else registered_on(certification)
    if start is None or not (last or context.is_renewed(certification.numero)):
        return
    counts = last is not None and last in context.counted_for(certification.numero)[-1:]
    told = f"Le dernier conseil {'compté' if counts else 'tenu'} est celui du {format_date(start)}." if last else _none_since(start)
    months = _pace(certification, context)
    natural = end_of_month(add_months(start, months))
    due, reason = _followed(natural, _motive(certification.cadence_cp), certification, context)
    yield from state(certification, context, Expected(due, reason, told, months, "cadence_cp", "conseil-en-retard", "conseil-a-planifier"))


def check_premier_cp(certification: Certification, context: CheckContext) -> Iterator[Constat]:
    """After an initial registration the first conseil may wait 24 months, but not the day when a new application is to be filed.

    What was held before that registration is not its first conseil; without a known day of registration nothing can be expected.
    """
    start, own = registered_on(certification), certification.premier_cp
    if not _is_followed(certification, context) or last_session(certification, context):
        return
    if start is None:
        yield _never_expected(certification)
    elif not context.is_renewed(certification.numero):
        natural, reason = add_months(start, own.mois if own else context.parametres.premier_cp_mois), _motive(own)
        if certification.is_on_request() and certification.date_fin_enregistrement is not None:
            filing = add_months(certification.date_fin_enregistrement, -context.parametres.retroplanning.depot_mois)
            natural, reason = min((natural, reason), (filing, " (le repère de dépôt du prochain dossier)"))
        due, reason = _followed(natural, reason, certification, context)
        codes = "premier-conseil-en-retard", "premier-conseil-a-planifier"
        told, months = _none_since(start), _pace(certification, context)
        yield from state(certification, context, Expected(due, reason, told, months, "premier_cp", *codes))


def _never_expected(certification: Certification) -> Constat:
    on_request = certification.is_on_request()
    return finding(
        certification, "enregistrement-sans-date", Niveau.A_SURVEILLER, "date_decision" if on_request else "date_publication",
        "Ni la date de décision ni celle de publication ne sont notées, et aucun conseil ne compte encore\u00a0: rien ne dit quand le premier est attendu.",
        "Reportez la date de la décision d’enregistrement (clé date_decision)." if on_request
        else "Reportez la date de publication de la fiche ou du texte (clé date_publication).",
    )  # fmt: skip


def _is_followed(certification: Certification, context: CheckContext) -> bool:
    """Tell whether conseils are expected: registered today, and not replaced by a fiche that is registered too."""
    last, ended = certification.date_limite_delivrance, certification.is_expired(context.today)
    over = ended or certification.actif is OuiNon.NON or (last is not None and last < context.today)
    return not over and not context.is_replaced(certification.numero)


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
    months = _pace(certification, context)
    return end_of_month(add_months(since, months)), f" ({months}\u00a0mois après le début du suivi, le {format_date(since)})"
