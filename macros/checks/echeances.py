"""Rules on the end of registration: what the declared state should be, what a renewal still asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from macros.checks.finding import finding
from macros.french import add_months, format_date, format_delay
from macros.models.base import OuiNon
from macros.models.constat import Niveau

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from macros.checks.context import CheckContext
    from macros.models.certification import Certification
    from macros.models.constat import Constat


def check_state(certification: Certification, context: CheckContext) -> Iterator[Constat]:
    """The end of registration is known and the declared state agrees with it."""
    end, expired = certification.date_fin_enregistrement, certification.is_expired(context.today)
    if end is None:
        yield finding(
            certification, "fin-inconnue", Niveau.A_SURVEILLER, "date_fin_enregistrement",
            "La date de fin d’enregistrement n’est pas renseignée.",
            "Reportez la date de la fiche publiée (clé date_fin_enregistrement).",
        )  # fmt: skip
    elif certification.actif is OuiNon.OUI and expired:
        yield _still_active(certification, end, context)
    elif certification.actif is OuiNon.NON and not expired and not context.has_successor(certification.numero):
        yield finding(
            certification, "inactive-avant-fin", Niveau.A_SURVEILLER, "actif",
            f"La certification est dite inactive alors que son enregistrement court jusqu’au {format_date(end)}.",
            "Relisez la fiche publiée et notez la raison, ou corrigez la clé actif.", echeance=end,
        )  # fmt: skip
    if end and expired:
        yield from _expired(certification, end, context)


def _still_active(certification: Certification, end: date, context: CheckContext) -> Constat:
    """An extract older than the end cannot settle the question: it is taken again first."""
    extrait = context.extrait(certification)
    outdated = extrait is not None and not extrait.tells_actif(end, context.today)
    return finding(
        certification, "active-apres-fin", Niveau.A_SURVEILLER if outdated else Niveau.ECART, "actif",
        f"La certification est dite active alors que son enregistrement a pris fin le {format_date(end)}.",
        "L’extrait est antérieur à cette fin\u00a0: importez un extrait récent, puis corrigez la clé actif ou la date de fin."
        if outdated else "Relisez la fiche publiée, puis corrigez la clé actif ou la date de fin.", echeance=end,
    )  # fmt: skip


def _expired(certification: Certification, end: date, context: CheckContext) -> Iterator[Constat]:
    """Between the end of registration and the last delivery, someone should know that nobody enters any more."""
    plan, last = certification.renouvellement, certification.date_limite_delivrance
    if not certification.is_on_request() or context.is_closed(certification) or (plan is not None and plan.is_abandoned()):
        return
    until = f" La délivrance reste possible jusqu’au {format_date(last)}." if last else ""
    yield finding(
        certification, "enregistrement-echu", Niveau.A_SURVEILLER, "date_fin_enregistrement",
        f"L’enregistrement a pris fin le {format_date(end)}\u00a0: plus aucune entrée n’est possible.{until}",
        "Si une nouvelle fiche existe, notez son numéro (clé nouvelles_fiches)\u00a0; "
        "s’il n’y en aura pas, notez-le (renouvellement.scenario, sans_suite).", echeance=end,
    )  # fmt: skip


def check_retroplanning(certification: Certification, context: CheckContext) -> Iterator[Constat]:
    """A renewal is prepared step by step before the end of registration, as long as one is awaited. A usage, never an order."""
    end = certification.date_fin_enregistrement
    if end is None or not certification.awaits_renewal(context.today) or context.has_successor(certification.numero):
        return
    steps = context.parametres.retroplanning
    decide = "Décidez de la suite à donner, puis notez la date de dépôt (renouvellement.depose_le) ou l’abandon (renouvellement.scenario, sans_suite)."
    for months, code, niveau, step, remedy in (
        (steps.alerte_mois, "depot-tardif", Niveau.ECART, "Le dernier délai conseillé", decide),
        (steps.depot_mois, "depot-attendu", Niveau.A_SURVEILLER, "Le repère de dépôt", decide),
        (steps.dossier_pret_mois, "dossier-a-terminer", Niveau.A_SURVEILLER, "Le repère du dossier prêt", "Vérifiez les pièces réunies et celles qui manquent (clé renouvellement)."),
        (steps.collecte_mois, "collecte-a-commencer", Niveau.A_SURVEILLER, "Le repère de la collecte des preuves", "Listez les pièces utiles et leurs preuves, ou notez l’abandon (clé renouvellement)."),
    ):  # fmt: skip
        due = add_months(end, -months)
        if due <= context.today:
            message = f"{step}, {months}\u00a0mois avant la fin, est atteint depuis le {format_date(due)}\u00a0: l’enregistrement prend fin le {format_date(end)}, {format_delay(context.today, end)}."
            yield finding(certification, code, niveau, "date_fin_enregistrement", message, remedy, echeance=due, a_venir=True)
            return
