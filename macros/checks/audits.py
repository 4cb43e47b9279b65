"""Rules on audits: requests answered in time, gaps that lead to an action, a conclusion, a perimeter that is kept to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from macros.checks.finding import finding
from macros.french import add_days, count, format_date, format_delay, join
from macros.models.constat import Niveau

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from macros.checks.context import CheckContext
    from macros.models.audit import Audit, DemandeAudit
    from macros.models.constat import Constat


def check_reponse_audit(audit: Audit, context: CheckContext) -> Iterator[Constat]:
    """A request is answered before its last day, which still counts; a near one is known beforehand."""
    for rank, demande in enumerate(audit.demandes):
        due = demande.repondre_avant
        if due is not None:
            yield from _delay(audit, rank, demande, due, context)


def _delay(audit: Audit, rank: int, demande: DemandeAudit, due: date, context: CheckContext) -> Iterator[Constat]:
    about, answer = demande.certifications or audit.certifications, demande.reponse
    if answer is not None:
        if answer.date > due:
            yield finding(
                audit, "demande-repondue-tard", Niveau.A_SURVEILLER, f"demandes.{rank}.reponse.date",
                f"La demande {demande.id} a reçu sa réponse le {format_date(answer.date)}, {count((answer.date - due).days, 'jour')} après le dernier jour fixé.",
                "Vérifiez que l’auditeur en a tenu compte\u202f; une dérogation garde la raison de ce retard.", certifications=about, echeance=due,
            )  # fmt: skip
    elif due < context.today:
        yield finding(
            audit, "demande-en-retard", Niveau.ECART, f"demandes.{rank}.repondre_avant",
            f"La demande {demande.id} attend sa réponse\u00a0: elle était à donner au plus tard le {format_date(due)}, {format_delay(context.today, due)}.",
            f"Répondez, ou demandez un délai à l’auditeur, puis notez la réponse (clé demandes, {demande.id}, reponse).", certifications=about, echeance=due,
        )  # fmt: skip
    elif due <= add_days(context.today, context.parametres.bientot_jours):
        yield finding(
            audit, "demande-bientot", Niveau.A_SURVEILLER, f"demandes.{rank}.repondre_avant",
            f"La demande {demande.id} attend sa réponse au plus tard le {format_date(due)}, {format_delay(context.today, due)}.",
            f"Réunissez les preuves et répondez, puis notez-le (clé demandes, {demande.id}, reponse).", certifications=about, echeance=due, a_venir=True,
        )  # fmt: skip


def check_suite_audit(audit: Audit, context: CheckContext) -> Iterator[Constat]:
    """A gap, major or minor, leads to an action unless the auditor closed it; the action opened for it says where it comes from."""
    for rank, demande in enumerate(audit.demandes):
        about = demande.certifications or audit.certifications
        if demande.gravite in ("majeure", "mineure") and not demande.actions and demande.suites is None:
            major = demande.gravite == "majeure"
            yield finding(
                audit, "demande-sans-action", Niveau.ECART if major else Niveau.A_SURVEILLER, f"demandes.{rank}",
                f"La demande {demande.id}, un écart {'majeur' if major else 'mineur'}, n’a conduit à aucune action.",
                f"Ouvrez une action (origine.audit\u00a0: {audit.id}) et notez-la ici (clé actions), ou dites ce que l’auditeur a conclu (clé suites).",
                certifications=about,
            )  # fmt: skip
        for place, identifier in enumerate(demande.actions):
            action = context.registre.actions[identifier]
            if action.date >= audit.date and (action.origine.autre or not context.has_origin(action)):
                yield finding(
                    audit, "audit-action-sans-lien", Niveau.A_SURVEILLER, f"demandes.{rank}.actions.{place}",
                    f"L’action {identifier} est dite ouverte à la suite de la demande {demande.id}, mais son origine ne nomme pas l’audit.",
                    f"Notez {audit.id} dans la fiche de l’action (clé origine.audit), ou retirez-la d’ici.", certifications=about,
                )  # fmt: skip


def check_conclusion_audit(audit: Audit, context: CheckContext) -> Iterator[Constat]:
    """An audit that is over, its last day to answer past, has a conclusion."""
    last = max(audit.fin or audit.date, *(demande.repondre_avant or audit.date for demande in audit.demandes), audit.date)
    if audit.conclusion is None and last < context.today:
        yield finding(
            audit, "audit-sans-conclusion", Niveau.A_SURVEILLER, "titre",
            f"L’audit est terminé depuis le {format_date(last)}, et sa conclusion n’est pas notée.",
            "Demandez le rapport, puis notez le jour, l’avis et ce qu’il dit (clé conclusion).", echeance=last,
        )  # fmt: skip


def check_perimetre_audit(audit: Audit, context: CheckContext) -> Iterator[Constat]:  # noqa: ARG001 - every check has this form
    """A request is about certifications that the audit covers; an audit that names none covers all."""
    if not audit.certifications:
        return
    for rank, demande in enumerate(audit.demandes):
        outside = [numero for numero in demande.certifications if numero not in audit.certifications]
        if outside:
            yield finding(
                audit, "demande-hors-perimetre", Niveau.A_SURVEILLER, f"demandes.{rank}.certifications",
                f"La demande {demande.id} vise {join(outside)}, hors du périmètre de l’audit.",
                "Ajoutez la certification au périmètre (clé certifications de l’audit), ou corrigez la demande.", certifications=outside,
            )  # fmt: skip
