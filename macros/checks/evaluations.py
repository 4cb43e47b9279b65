"""Rules on written assessments: they rest on evidence, are taken up again in time, and leave no requirement without an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from macros.checks.finding import finding
from macros.french import count, format_date, format_delay, join
from macros.models.constat import Niveau
from macros.models.exigence import Evenement
from macros.records.decisions import Mode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from macros.checks.context import CheckContext
    from macros.models.certification import Certification
    from macros.models.constat import Constat
    from macros.models.evaluation import Evaluation
    from macros.records.decisions import Decision

_NAMED = 4


def check_preuve_evaluation(evaluation: Evaluation, context: CheckContext) -> Iterator[Constat]:
    """An assessment that counts and says conforme cites a proof, and no document it rests on changed since."""
    if not _counts(evaluation, context):
        return
    if evaluation.statut == "conforme" and not evaluation.preuves:
        yield finding(
            evaluation, "evaluation-sans-preuve", Niveau.A_SURVEILLER, "statut",
            f"L’évaluation de l’exigence {evaluation.exigence} pour {evaluation.certification} conclut «\u00a0conforme\u00a0» sans citer de preuve.",
            "Citez un document qui l’appuie (clé preuves), ou revoyez le statut.",
        )  # fmt: skip
    for rank, identifier in enumerate(evaluation.preuves):
        latest = context.registre.preuves[identifier].latest() if identifier in context.registre.preuves else None
        if latest is not None and latest.date > evaluation.date:
            yield finding(
                evaluation, "evaluation-preuve-changee", Niveau.A_SURVEILLER, f"preuves.{rank}",
                f"La version {latest.numero} de {identifier}, du {format_date(latest.date)}, est postérieure à l’évaluation du {format_date(evaluation.date)} qui s’appuie dessus.",
                "Relisez le document, puis écrivez une nouvelle évaluation\u00a0: «\u00a0portail nouveau evaluation\u00a0».",
            )  # fmt: skip


def check_reexamen_evaluation(evaluation: Evaluation, context: CheckContext) -> Iterator[Constat]:
    """An assessment that counts is about a requirement that binds, and is taken up again on its day."""
    decision = _counts(evaluation, context)
    if decision is None:
        return
    if decision.raison is not None and evaluation.statut != "sans_objet":
        yield finding(
            evaluation, "evaluation-hors-champ", Niveau.A_SURVEILLER, "exigence",
            f"{evaluation.exigence} ne s’applique pas à {evaluation.certification} au {format_date(decision.jour)}\u00a0: cette évaluation ne compte pas.",
            "Évaluez la version qui s’applique, corrigez l’exigence ou la certification citée, ou retirez cette fiche.",
        )  # fmt: skip
    elif decision.raison is None and evaluation.reexamen is not None and evaluation.is_outdated(context.today):
        yield finding(
            evaluation, "evaluation-a-reexaminer", Niveau.A_SURVEILLER, "reexamen",
            f"L’évaluation de l’exigence {evaluation.exigence} pour {evaluation.certification} était à reprendre le {format_date(evaluation.reexamen)}, {format_delay(context.today, evaluation.reexamen)}.",
            "Écrivez une nouvelle évaluation, qui prend la suite de celle-ci\u00a0: «\u00a0portail nouveau evaluation\u00a0».", echeance=evaluation.reexamen,
        )  # fmt: skip


def _counts(evaluation: Evaluation, context: CheckContext) -> Decision | None:
    """Return the decision that an assessment takes part in, when it is the latest one and its certification is still followed."""
    certification = context.registre.certifications.get(evaluation.certification)
    if certification is None or context.is_closed(certification):
        return None
    decision = context.decision(evaluation.exigence, evaluation.certification)
    return decision if decision is not None and decision.evaluation is evaluation else None


def check_exigences_evaluees(certification: Certification, context: CheckContext) -> Iterator[Constat]:
    """Each requirement that binds a certification has an answer: a check, an assessment or a proof.

    What is judged on the next application waits until the collection of evidence begins.
    """
    plan, months = certification.renouvellement, context.parametres.retroplanning.collecte_mois
    begun = certification.prepares_renewal(context.today, months) or (plan is not None and plan.is_filed(context.today))
    waiting = [
        decision.exigence.id
        for decision in context.decisions.of(certification.numero)
        if decision.mode is Mode.AUCUN and (begun or decision.exigence.appreciee is not Evenement.DEPOT)
    ]
    if waiting:
        named = join([*waiting[:_NAMED], *([f"{len(waiting) - _NAMED} de plus"] if len(waiting) > _NAMED else [])])
        yield finding(
            certification, "exigences-non-evaluees", Niveau.A_SURVEILLER, "numero",
            f"{count(len(waiting), 'exigence')} sans contrôle, sans évaluation ni preuve\u00a0: {named}.",
            "Évaluez chacune («\u00a0portail nouveau evaluation\u00a0»), ou rattachez-lui une preuve (clé exigences de la preuve).",
        )  # fmt: skip
