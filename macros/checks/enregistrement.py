"""Rules on the registration of one certification: duration, dates, renewal schedule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from macros.french import add_months, count, format_date, format_delay
from macros.models.base import OuiNon
from macros.models.constat import Constat, Niveau

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from macros.checks.context import CheckContext
    from macros.models.certification import Certification

_TOLERANCE_MONTHS = 1
"""Published durations are whole years while dates may slip by a few days."""


def _constat(
    certification: Certification,
    controle: str,
    code: str,
    niveau: Niveau,
    champ: str,
    message: str,
    remede: str,
    echeance: date | None = None,
) -> Constat:
    return Constat(
        code, controle, niveau, message, remede, "certifications", certification.id, certification.numero, champ, echeance=echeance
    )


def check_duree_enregistrement(certification: Certification, context: CheckContext) -> Iterator[Constat]:
    """A registration on request lasts five years at most, three for an emerging trade or a first single-promotion file."""
    if not certification.is_on_request():
        return
    years, field = certification.duree_enregistrement, "duree_enregistrement"
    if years is None:
        yield _constat(
            certification, "duree_enregistrement", "duree-inconnue", Niveau.A_SURVEILLER, field,
            "La durée d’enregistrement n’est pas renseignée.",
            "Reportez la durée inscrite dans la décision d’enregistrement (clé duree_enregistrement).",
        )  # fmt: skip
        return
    short = certification.enregistrement_court is not None
    limit = context.parametres.duree_enregistrement_courte_annees if short else context.parametres.duree_enregistrement_max_annees
    if years > limit:
        case = " dans ce cas d’enregistrement court" if short else ""
        yield _constat(
            certification, "duree_enregistrement", "duree-excessive", Niveau.ECART, field,
            f"La durée d’enregistrement est de {count(years, 'an')}, au-delà de {count(limit, 'an')}{case}.",
            "Vérifiez la décision d’enregistrement et corrigez la durée.",
        )  # fmt: skip


def check_dates_coherentes(certification: Certification, context: CheckContext) -> Iterator[Constat]:
    """Decision, end of registration, last delivery, duration and the active state must tell the same story."""
    yield from _order_of_dates(certification)
    yield from _duration_and_dates(certification)
    yield from _active_state(certification, context.today)


def _order_of_dates(certification: Certification) -> Iterator[Constat]:
    decision, end, last = certification.date_decision, certification.date_fin_enregistrement, certification.date_limite_delivrance
    if decision and end and end <= decision:
        yield _constat(
            certification, "dates_coherentes", "fin-avant-decision", Niveau.ECART, "date_fin_enregistrement",
            f"La fin d’enregistrement ({format_date(end)}) ne vient pas après la décision ({format_date(decision)}).",
            "Corrigez l’une des deux dates d’après la décision d’enregistrement.",
        )  # fmt: skip
    if end and last and last < end:
        yield _constat(
            certification, "dates_coherentes", "limite-avant-fin", Niveau.ECART, "date_limite_delivrance",
            f"La limite de délivrance ({format_date(last)}) précède la fin d’enregistrement ({format_date(end)}).",
            "Corrigez l’une des deux dates d’après la fiche publiée.",
        )  # fmt: skip


def _duration_and_dates(certification: Certification) -> Iterator[Constat]:
    decision, end, years = certification.date_decision, certification.date_fin_enregistrement, certification.duree_enregistrement
    if not (decision and end and years) or end <= decision:
        return
    earliest, latest = (add_months(decision, years * 12 + shift) for shift in (-_TOLERANCE_MONTHS, _TOLERANCE_MONTHS))
    if not earliest <= end <= latest:
        yield _constat(
            certification, "dates_coherentes", "duree-et-dates", Niveau.A_SURVEILLER, "duree_enregistrement",
            f"Une durée de {count(years, 'an')} à partir du {format_date(decision)} ne mène pas au {format_date(end)}.",
            "Vérifiez la date de décision, la durée et la fin d’enregistrement.",
        )  # fmt: skip


def _active_state(certification: Certification, today: date) -> Iterator[Constat]:
    end = certification.date_fin_enregistrement
    if end is None:
        yield _constat(
            certification, "dates_coherentes", "fin-inconnue", Niveau.A_SURVEILLER, "date_fin_enregistrement",
            "La date de fin d’enregistrement n’est pas renseignée.",
            "Reportez la date de la fiche publiée (clé date_fin_enregistrement).",
        )  # fmt: skip
    elif certification.actif is OuiNon.OUI and certification.is_expired(today):
        yield _constat(
            certification, "dates_coherentes", "active-apres-fin", Niveau.ECART, "actif",
            f"La certification est dite active alors que son enregistrement a pris fin le {format_date(end)}.",
            "Relisez la fiche publiée, puis corrigez la clé actif ou la date de fin.", end,
        )  # fmt: skip
    elif certification.actif is OuiNon.NON and not certification.is_expired(today) and not certification.nouvelles_fiches:
        yield _constat(
            certification, "dates_coherentes", "inactive-avant-fin", Niveau.A_SURVEILLER, "actif",
            f"La certification est dite inactive alors que son enregistrement court jusqu’au {format_date(end)}.",
            "Relisez la fiche publiée et notez la raison, ou corrigez la clé actif.", end,
        )  # fmt: skip


def check_retroplanning(certification: Certification, context: CheckContext) -> Iterator[Constat]:
    """A renewal is prepared step by step before the end of registration (sur demande only, and not once filed or renewed)."""
    end = certification.date_fin_enregistrement
    filed = certification.renouvellement is not None and certification.renouvellement.depose_le is not None
    if not certification.is_on_request() or end is None or certification.nouvelles_fiches or filed:
        return
    if certification.is_expired(context.today):
        yield from _expired(certification, end, context.today)
        return
    steps = context.parametres.retroplanning
    for months, code, niveau, sentence, remedy in (
        (steps.alerte_mois, "depot-tardif", Niveau.ECART, "Le dernier délai conseillé pour déposer est passé depuis le", "Déposez la demande sans attendre, puis notez renouvellement.depose_le."),
        (steps.depot_mois, "depot-attendu", Niveau.A_SURVEILLER, "La demande devrait être déposée depuis le", "Déposez la demande, puis notez renouvellement.depose_le."),
        (steps.dossier_pret_mois, "dossier-a-terminer", Niveau.A_SURVEILLER, "Le dossier de renouvellement devrait être prêt depuis le", "Réunissez les pièces qui manquent (clé renouvellement)."),
        (steps.collecte_mois, "collecte-a-commencer", Niveau.A_SURVEILLER, "La collecte des preuves du renouvellement est ouverte depuis le", "Listez les pièces et leurs preuves (clé renouvellement)."),
    ):  # fmt: skip
        due = add_months(end, -months)
        if due <= context.today:
            ending = f"{sentence} {format_date(due)}\u00a0: l’enregistrement prend fin le {format_date(end)}, {format_delay(context.today, end)}."
            yield _constat(certification, "retroplanning", code, niveau, "date_fin_enregistrement", ending, remedy, due)
            return


def _expired(certification: Certification, end: date, today: date) -> Iterator[Constat]:
    last = certification.date_limite_delivrance
    if last is not None and last < today:
        return
    until = f" La délivrance reste possible jusqu’au {format_date(last)}." if last else ""
    yield _constat(
        certification, "retroplanning", "enregistrement-echu", Niveau.A_SURVEILLER, "date_fin_enregistrement",
        f"L’enregistrement a pris fin le {format_date(end)}\u00a0: plus aucune entrée n’est possible.{until}",
        "Si une nouvelle fiche existe, notez son numéro (clé nouvelles_fiches).", end,
    )  # fmt: skip
