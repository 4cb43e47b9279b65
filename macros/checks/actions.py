"""Rules on improvement actions: who, when, late or postponed too often, how they end, where they come from."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from macros.checks.finding import finding
from macros.french import add_months, count, format_date, format_delay
from macros.models.action import StatutAction
from macros.models.conseil import StatutConseil
from macros.models.constat import Niveau
from macros.models.origine import Origine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from macros.checks.context import CheckContext
    from macros.models.action import Action
    from macros.models.conseil import Conseil
    from macros.models.constat import Constat

_NO_ORIGIN = Origine()


def check_responsable_action(action: Action, context: CheckContext) -> Iterator[Constat]:  # noqa: ARG001 - every check has this form
    """An open action has a responsible function and a due date; one that answers an event waits for it."""
    if not action.is_open():
        return
    if action.responsable is None:
        yield finding(
            action, "action-sans-responsable", Niveau.A_SURVEILLER, "responsable", "Aucune fonction n’est responsable de cette action.",
            "Désignez une fonction, jamais un nom (clé responsable).",
        )  # fmt: skip
    if action.echeance is None and not (action.recurrence and action.recurrence.evenement):
        yield finding(
            action, "action-sans-echeance", Niveau.A_SURVEILLER, "echeance", "Cette action n’a pas d’échéance.",
            "Fixez une date limite (clé echeance), ou l’événement qui la déclenche (clé recurrence.evenement).",
        )  # fmt: skip


def check_retard_action(action: Action, context: CheckContext) -> Iterator[Constat]:
    """An action is finished by its due date; the last day is still in time."""
    if action.echeance is not None and action.is_late(context.today):
        yield finding(
            action, "action-en-retard", Niveau.ECART, "echeance",
            f"L’action était à terminer le {format_date(action.echeance)}\u00a0: elle est en retard de {count((context.today - action.echeance).days, 'jour')}.",
            "Terminez-la et notez la clôture avec sa preuve, ou reportez-la avec un motif (clé reports).", echeance=action.echeance,
        )  # fmt: skip


def check_reports_action(action: Action, context: CheckContext) -> Iterator[Constat]:
    """A due date is put off a few times at most: beyond, the action itself is to be discussed."""
    if not action.reports or not action.is_open():
        return
    allowed = context.seuil("reports_maximum", action.certifications)
    if len(action.reports) > allowed:
        yield finding(
            action, "action-trop-reportee", Niveau.A_SURVEILLER, "reports",
            f"L’échéance a été reportée {len(action.reports)} fois\u202f; le seuil retenu est de {count(allowed, 'report')}.",
            "Revoyez l’action au prochain conseil\u00a0: la réduire, la confier à une autre fonction, ou l’abandonner.", echeance=action.echeance,
        )  # fmt: skip


def check_cloture_action(action: Action, context: CheckContext) -> Iterator[Constat]:
    """A closed action says when it was closed and what shows it; its dates follow one another, and a conseil that said it closed was heard."""
    yield from _contradictions(action)
    said, place = context.last_follow_up.get(action.id, (None, 0))
    if said is not None and action.is_open() and said.suivi[place].avis == "close":
        yield finding(
            action, "action-dite-close", Niveau.A_SURVEILLER, "statut",
            f"La séance du {format_date(said.date)} ({said.id}) a noté cette action close, alors qu’elle est encore ouverte ici.",
            f"Notez sa clôture et sa preuve (clés statut, cloture et preuves), ou corrigez l’avis dans {said.id} (clé suivi).",
        )  # fmt: skip
    if action.statut is not StatutAction.CLOSE:
        return
    when = action.cloture.date if action.cloture else action.echeance or action.date
    if action.cloture is None:
        yield finding(
            action, "action-close-sans-date", Niveau.A_SURVEILLER, "statut", "L’action est dite close sans date de clôture.",
            "Notez le jour et le bilan (clé cloture).", echeance=when,
        )  # fmt: skip
    if not action.preuves:
        closed = f"a été close le {format_date(action.cloture.date)}" if action.cloture else "est close"
        yield finding(
            action, "action-close-sans-preuve", Niveau.A_SURVEILLER, "statut", f"L’action {closed} sans preuve de réalisation.",
            "Déposez le document qui la montre («\u00a0portail nouveau preuve\u00a0») et notez son identifiant (clé preuves).", echeance=when,
        )  # fmt: skip


def _contradictions(action: Action) -> Iterator[Constat]:
    """Yield what cannot be: a due date or an end before the beginning, an opinion on the effect before the end."""
    if action.statut is StatutAction.ABANDONNEE:
        return
    opened, ended = action.date, action.cloture.date if action.cloture else None
    judged = action.efficacite.date if action.efficacite else None
    begun = f"avant son ouverture, le {format_date(opened)}"
    told = {}
    if action.echeance and action.echeance < opened:
        told["echeance"] = f"L’échéance de l’action, le {format_date(action.echeance)}, tombe {begun}."
    if ended and ended < opened:
        told["cloture.date"] = f"L’action est dite close le {format_date(ended)}, {begun}."
    if judged and action.is_open():
        told["efficacite"] = f"Un avis d’efficacité est noté le {format_date(judged)}, alors que l’action est encore ouverte."
    elif judged and ended and judged < ended:
        told["efficacite.date"] = f"L’avis d’efficacité, le {format_date(judged)}, précède la clôture, le {format_date(ended)}."
    for champ, message in told.items():
        yield finding(
            action, "action-dates-incoherentes", Niveau.A_SURVEILLER, champ, message,
            "Corrigez la date qui est fausse, ou le statut.", echeance=None if action.is_open() else ended or opened,
        )  # fmt: skip


def check_efficacite_action(action: Action, context: CheckContext) -> Iterator[Constat]:
    """Some months after an action was closed, someone says whether it had the effect wanted."""
    if action.statut is not StatutAction.CLOSE or action.cloture is None or action.efficacite is not None:
        return
    due = add_months(action.cloture.date, context.seuil("efficacite_mois", action.certifications))
    if due < context.today:
        yield finding(
            action, "efficacite-a-evaluer", Niveau.A_SURVEILLER, "cloture",
            f"L’action est close depuis le {format_date(action.cloture.date)}\u202f; l’avis sur son efficacité était attendu au plus tard le {format_date(due)}, {format_delay(context.today, due)}.",
            "Dites si elle a eu l’effet voulu (clé efficacite\u00a0: date et avis).", echeance=due,
        )  # fmt: skip


def check_origine_action(action: Action, context: CheckContext) -> Iterator[Constat]:
    """An action says what it answers to, and a decision counts only if its conseil met."""
    if action.statut is StatutAction.ABANDONNEE:
        return
    when, decision = None if action.is_open() else action.date, action.origine.decision
    if action.origine == _NO_ORIGIN:
        yield finding(
            action, "action-sans-origine", Niveau.A_SURVEILLER, "origine", "Rien ne dit d’où vient cette action.",
            "Notez la décision du conseil, l’exigence, la réclamation ou l’autre origine à laquelle elle répond (clé origine).", echeance=when,
        )  # fmt: skip
    elif decision is not None:
        conseil = cast("Conseil", context.registre.parts["decisions"][decision][0])
        if conseil.statut is StatutConseil.ANNULE:
            yield finding(
                action, "action-de-conseil-annule", Niveau.A_SURVEILLER, "origine.decision",
                f"L’action vient d’une décision de {conseil.id}, un conseil annulé, prévu le {format_date(conseil.date)}.",
                "Faites reprendre la décision par un conseil tenu, ou notez l’autre origine de l’action (clé origine).", echeance=when,
            )  # fmt: skip
