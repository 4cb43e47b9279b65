"""Rules on the registration of one certification: duration, and dates that tell the same story."""

from __future__ import annotations

from typing import TYPE_CHECKING

from macros.checks.echeances import check_state
from macros.checks.finding import finding
from macros.french import add_months, count, format_date
from macros.models.constat import Niveau

if TYPE_CHECKING:
    from collections.abc import Iterator

    from macros.checks.context import CheckContext
    from macros.models.certification import Certification
    from macros.models.constat import Constat

_TOLERANCE_MONTHS = 1
"""Published durations are whole years while dates may slip by a few days."""


def check_duree_enregistrement(certification: Certification, context: CheckContext) -> Iterator[Constat]:
    """A registration on request lasts five years at most. Judged on the day of the decision."""
    years, limit = certification.duree_enregistrement, context.parametres.duree_enregistrement_max_annees
    if certification.is_on_request() and years is not None and years > limit:
        yield _too_long(certification, "duree-excessive", years, limit, "")


def check_duree_courte(certification: Certification, context: CheckContext) -> Iterator[Constat]:
    """An emerging trade, or a first single-promotion file, is registered for three years at most. Judged on the day of the decision."""
    years, limit = certification.duree_enregistrement, context.parametres.duree_enregistrement_courte_annees
    short = certification.is_on_request() and certification.enregistrement_court is not None
    if short and years is not None and years > limit:
        yield _too_long(certification, "duree-courte-excessive", years, limit, " dans ce cas d’enregistrement court")


def _too_long(certification: Certification, code: str, years: int, limit: int, case: str) -> Constat:
    return finding(
        certification, code, Niveau.ECART, "duree_enregistrement",
        f"La durée d’enregistrement est de {count(years, 'an')}, au-delà de {count(limit, 'an')}{case}.",
        "Vérifiez la décision d’enregistrement et corrigez la durée.", juge_le=certification.date_decision,
    )  # fmt: skip


def check_dates_coherentes(certification: Certification, context: CheckContext) -> Iterator[Constat]:
    """Decision, end of registration, last delivery, duration and the active state are known and tell the same story."""
    yield from _order_of_dates(certification)
    yield from _duration_and_dates(certification)
    yield from check_state(certification, context)


def _order_of_dates(certification: Certification) -> Iterator[Constat]:
    decision, end, last = certification.date_decision, certification.date_fin_enregistrement, certification.date_limite_delivrance
    if decision and end and end <= decision:
        yield finding(
            certification, "fin-avant-decision", Niveau.ECART, "date_fin_enregistrement",
            f"La fin d’enregistrement ({format_date(end)}) ne vient pas après la décision ({format_date(decision)}).",
            "Corrigez l’une des deux dates d’après la décision d’enregistrement.",
        )  # fmt: skip
    if end and last and last < end:
        yield finding(
            certification, "limite-avant-fin", Niveau.ECART, "date_limite_delivrance",
            f"La limite de délivrance ({format_date(last)}) précède la fin d’enregistrement ({format_date(end)}).",
            "Corrigez l’une des deux dates d’après la fiche publiée.",
        )  # fmt: skip


def _duration_and_dates(certification: Certification) -> Iterator[Constat]:
    decision, end, years = certification.date_decision, certification.date_fin_enregistrement, certification.duree_enregistrement
    if years is None and certification.is_on_request():
        yield finding(
            certification, "duree-inconnue", Niveau.A_SURVEILLER, "duree_enregistrement",
            "La durée d’enregistrement n’est pas renseignée.",
            "Reportez la durée inscrite dans la décision d’enregistrement (clé duree_enregistrement).",
        )  # fmt: skip
    if not (decision and end and years) or end <= decision:
        return
    earliest, latest = (add_months(decision, years * 12 + shift) for shift in (-_TOLERANCE_MONTHS, _TOLERANCE_MONTHS))
    if not earliest <= end <= latest:
        yield finding(
            certification, "duree-et-dates", Niveau.A_SURVEILLER, "duree_enregistrement",
            f"Une durée de {count(years, 'an')} à partir du {format_date(decision)} ne mène pas au {format_date(end)}.",
            "Vérifiez la date de décision, la durée et la fin d’enregistrement.",
        )  # fmt: skip
