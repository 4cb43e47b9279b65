"""Rules on complaints: acknowledged, entrusted, answered in time, treated before they are closed, and learnt from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from macros.checks.finding import finding
from macros.french import add_days, add_months, count, format_date, format_delay, join
from macros.models.constat import Niveau
from macros.models.reclamation import Gravite

if TYPE_CHECKING:
    from collections.abc import Iterator

    from macros.checks.context import CheckContext
    from macros.models.constat import Constat
    from macros.models.reclamation import Reclamation

_SHOWN = 5
"""How many complaints of a recurrent cause a message names."""


def check_delai_reclamation(reclamation: Reclamation, context: CheckContext) -> Iterator[Constat]:
    """A complaint has its final answer within the delay set, counted from the day it was received; the last day is still in time."""
    days = context.parametres.reclamation_delai_jours
    due, closed = reclamation.due(days), reclamation.cloture
    if closed is None and due < context.today:
        yield finding(
            reclamation, "reclamation-en-retard", Niveau.ECART, "date",
            f"La réponse à cette réclamation, reçue le {format_date(reclamation.date)}, était attendue au plus tard le {format_date(due)}, {format_delay(context.today, due)}.",
            "Répondez, puis notez le jour, l’issue et la réponse (clé cloture).", echeance=due,
        )  # fmt: skip
    elif closed is not None and closed.date > due:
        yield finding(
            reclamation, "reclamation-repondue-tard", Niveau.A_SURVEILLER, "cloture.date",
            f"La réclamation a reçu sa réponse en {count((closed.date - reclamation.date).days, 'jour')}\u202f; le repère retenu est de {count(days, 'jour')}.",
            "Cherchez ce qui a pris du temps\u202f; une dérogation garde la raison, et le délai se règle (clé reclamation_delai_jours).", echeance=due,
        )  # fmt: skip


def check_accuse_reclamation(reclamation: Reclamation, context: CheckContext) -> Iterator[Constat]:
    """Who complains knows it was received, within the delay set; an answer given is enough."""
    due = add_days(reclamation.date, context.parametres.reclamation_accuse_jours)
    if reclamation.is_open() and reclamation.accusee_le is None and due < context.today:
        yield finding(
            reclamation, "reclamation-sans-accuse", Niveau.A_SURVEILLER, "date",
            f"Aucun accusé de réception n’est noté\u00a0: il était attendu au plus tard le {format_date(due)}.",
            "Accusez réception, puis notez le jour (clé accusee_le).", echeance=due,
        )  # fmt: skip


def check_responsable_reclamation(reclamation: Reclamation, context: CheckContext) -> Iterator[Constat]:  # noqa: ARG001 - every check has this form
    """A complaint to answer is in the hands of a function."""
    if reclamation.is_open() and reclamation.responsable is None:
        yield finding(
            reclamation, "reclamation-sans-responsable", Niveau.A_SURVEILLER, "date", "Aucune fonction ne traite cette réclamation.",
            "Désignez une fonction, jamais un nom (clé responsable).",
        )  # fmt: skip


def check_traitement_reclamation(reclamation: Reclamation, context: CheckContext) -> Iterator[Constat]:
    """A complaint is treated, then closed, and the answer leaves a trace; it is not dated in the future."""
    if reclamation.date > context.today:
        yield finding(
            reclamation, "reclamation-date-a-venir", Niveau.A_SURVEILLER, "date",
            f"Le jour de réception noté, le {format_date(reclamation.date)}, n’est pas encore arrivé.", "Corrigez la date.",
        )  # fmt: skip
    closed = reclamation.cloture
    if closed is None:
        return
    after = [(rank, step.date) for rank, step in enumerate(reclamation.traitement) if step.date > closed.date]
    for rank, day in after[:1]:
        yield finding(
            reclamation, "reclamation-close-avant-traitement", Niveau.A_SURVEILLER, f"traitement.{rank}.date",
            f"La réclamation est dite close le {format_date(closed.date)}, alors qu’une étape de son traitement est datée du {format_date(day)}.",
            "Corrigez la date qui est fausse, ou notez la réponse qui a suivi cette étape.", echeance=closed.date,
        )  # fmt: skip
    if closed.texte is None and not reclamation.traitement:
        yield finding(
            reclamation, "reclamation-close-sans-trace", Niveau.A_SURVEILLER, "cloture",
            "La réclamation est close, mais rien ne dit ce qui a été fait ni répondu.",
            "Notez la réponse (clé cloture.texte) ou les étapes (clé traitement), sans nom de personne.", echeance=closed.date,
        )  # fmt: skip


def check_suite_reclamation(reclamation: Reclamation, context: CheckContext) -> Iterator[Constat]:
    """A serious complaint, or one found right, leads to an action; the action opened for it states it as its origin."""
    if reclamation.is_serious() and not context.actions_on_complaint(reclamation):
        grave = reclamation.gravite is Gravite.FORTE
        code = "reclamation-grave-sans-action" if grave else "reclamation-fondee-sans-action"
        yield finding(
            reclamation, code, Niveau.A_SURVEILLER, "gravite" if grave else "cloture.issue",
            f"Cette réclamation, {'de gravité forte' if grave else 'reconnue fondée'}, n’a conduit à aucune action.",
            f"Ouvrez une action dont elle est l’origine («\u00a0portail nouveau action --origine {reclamation.id}\u00a0»), ou corrigez la gravité.",
            echeance=reclamation.cloture.date if reclamation.cloture else None,
        )  # fmt: skip
    for rank, identifier in enumerate(reclamation.actions):
        action = context.registre.actions[identifier]
        if action.date >= reclamation.date and (action.origine.autre or not context.has_origin(action)):
            yield finding(
                reclamation, "reclamation-action-sans-lien", Niveau.A_SURVEILLER, f"actions.{rank}",
                f"L’action {identifier} est dite ouverte à la suite de cette réclamation, mais son origine ne la nomme pas.",
                f"Notez {reclamation.id} dans la fiche de l’action (clé origine), ou retirez-la d’ici.",
            )  # fmt: skip
    for identifier in context.born_of("reclamation", reclamation.id):
        action = context.registre.actions[identifier]
        if action.date < reclamation.date:
            yield finding(
                reclamation, "reclamation-action-anterieure", Niveau.A_SURVEILLER, "date",
                f"L’action {identifier}, ouverte le {format_date(action.date)}, dit venir de cette réclamation, reçue ensuite, le {format_date(reclamation.date)}.",
                "Corrigez la date qui est fausse, ou l’origine de l’action.",
            )  # fmt: skip


def check_recurrence_reclamation(reclamation: Reclamation, context: CheckContext) -> Iterator[Constat]:
    """A cause that comes back, on a certification and its former fiches or across the organisation, leads to an action; told on the latest complaint.

    Complaints withdrawn do not count. The period ends on the day; what one certification shows already is not told again of the organisation.
    """
    for numeros, alike in context.recurrences.get(reclamation.id, ()):
        months = context.parametres.reclamation_periode_mois
        where = f" sur {join(sorted(numeros))}" if numeros else " dans l’organisme"
        named = [each.id for each in alike][:_SHOWN]
        others = f" et {len(alike) - _SHOWN} autres" if len(alike) > _SHOWN + 1 else " et une autre" if len(alike) > _SHOWN else ""
        told = ", ".join(named) + others if others else join(named)
        since = format_date(add_months(context.today, -months))
        yield finding(
            reclamation, "reclamation-recurrente", Niveau.A_SURVEILLER, "cause",
            f"{count(len(alike), 'réclamation')} de même cause ({reclamation.cause.words()}){where} depuis le {since}, sans aucune action\u00a0: {told}.",
            "Cherchez la cause commune et ouvrez une action, dont l’une de ces réclamations est l’origine.", certifications=numeros,
        )  # fmt: skip
