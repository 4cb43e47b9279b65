"""The trace of a certification: each requirement with its status and what it rests on, then the chain of its councils."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.french import count, format_date
from macros.models.base import Force
from macros.models.constat import Niveau
from macros.records.decisions import Mode
from macros.views.decisions import decision_pill, decisions, how, judged, reads_assessments, requirements_address, without_status
from macros.views.dossier.pieces import PieceTrace, pieces
from macros.views.dossier.seances import SeanceTrace, build_seances
from macros.views.parts import LIBELLES_FORCE, Pastille, Reference, certainty_pill, page_address, status

if TYPE_CHECKING:
    from datetime import date

    from macros.models.certification import Certification
    from macros.models.evaluation import Evaluation
    from macros.records.decisions import Decision
    from macros.views.context import Vue


@dataclass(frozen=True)
class EvaluationTrace:
    """What somebody wrote: the function, the day, the reasons, when to take it up again. `pastille`: only when the status is another."""

    id: str
    fonction: str
    jour: date
    motif: str
    reexamen: date | None
    pastille: Pastille | None


@dataclass(frozen=True)
class ExigenceTrace:
    """One requirement: how binding, how sure, how it stands, who says so and why, what shows it.

    `pastille` None: nobody assessed it, `sans_statut` says so. A status never
    stands alone: `comment` says how it was decided, `evaluation` who wrote it.
    """

    ancre: str
    fiche: Reference
    titre: str
    reference: str
    force: Pastille
    certitude: Pastille
    pastille: Pastille | None
    sans_statut: str
    comment: str
    jugee: str
    evaluation: EvaluationTrace | None
    releves: tuple[str, ...]
    preuves: tuple[PieceTrace, ...]


@dataclass(frozen=True)
class Trace:
    """All that a certification can show, for one audience. `sans_rien`: requirements that bind and that nothing shows yet."""

    certification: Reference
    numero: str
    intitule: str
    legende: str
    exigences: tuple[ExigenceTrace, ...]
    sans_rien: tuple[Reference, ...]
    nombre_sans_rien: str
    seances: tuple[SeanceTrace, ...]


def trace_path(numero: str) -> str:
    """Return the address of the trace of a certification, from the root of the site."""
    return f"certifications/{numero}/trace/"


def has_trace(vue: Vue, numero: str) -> bool:
    """Tell whether the certification of a number has a trace page: for those who read assessments, when something can be shown."""
    if not reads_assessments(vue):
        return False
    if vue.croisements.preuves_of(numero) or any(each.is_held() for each in vue.croisements.conseils_of(numero)):
        return True
    return numero in vue.once("evaluees", _assessed)


def _assessed(vue: Vue) -> frozenset[str]:
    return frozenset(each.certification for each in vue.registre.evaluations.values())


def build_trace(vue: Vue, certification: Certification) -> Trace:
    """Return the trace of a certification: what its requirements rest on, the most binding first, and the chain of its councils."""
    numero = certification.numero
    binding = sorted(bound(vue, numero), key=_rank)
    shown = [each for each in binding if each.evaluations or each.preuves]
    bare = [each for each in binding if not (each.evaluations or each.preuves)]
    return Trace(
        certification=Reference(numero, page_address("certifications", numero)),
        numero=numero,
        intitule=certification.intitule,
        legende=_legend(shown),
        exigences=tuple(_requirement(vue, each) for each in shown),
        sans_rien=tuple(Reference(each.exigence.titre, f"{requirements_address(numero)}#{each.exigence.id.lower()}") for each in bare),
        nombre_sans_rien=count(len(bare), "exigence ou usage", "exigences et usages"),
        seances=build_seances(vue, certification),
    )


def bound(vue: Vue, numero: str) -> tuple[Decision, ...]:
    """Return how a certification stands on what binds it, or was assessed; nothing to those who read no assessment."""
    if not reads_assessments(vue):
        return ()
    return tuple(each for each in decisions(vue).of(numero) if each.mode is not Mode.REGLE or each.evaluations)


def _rank(decision: Decision) -> tuple[int, str]:
    return list(Force).index(decision.exigence.force), decision.exigence.id


def _legend(shown: list[Decision]) -> str:
    assessed, proven = sum(bool(each.evaluations) for each in shown), sum(bool(each.preuves) for each in shown)
    whole = count(len(shown), "exigence ou usage", "exigences et usages")
    return f"{whole}, dont {count(assessed, 'évalué')} par écrit et {proven} avec une preuve au moins. Les plus contraignantes d’abord."


def _requirement(vue: Vue, decision: Decision) -> ExigenceTrace:
    exigence, pill = decision.exigence, decision_pill(decision)
    found = [each.message for each in decision.constats if each.is_to_do()] if vue.shows_constats() else []
    return ExigenceTrace(
        ancre=exigence.id.lower(),
        fiche=Reference(exigence.id, page_address("exigences", exigence.id)),
        titre=exigence.titre,
        reference=exigence.reference(),
        force=Pastille("usage" if exigence.force is Force.USAGE else "force", LIBELLES_FORCE[exigence.force]),
        certitude=certainty_pill(exigence.certitude),
        pastille=pill,
        sans_statut="" if pill else without_status(vue, decision),
        comment=how(vue, decision) or (f"situation au {format_date(vue.today)}" if pill else ""),
        jugee=judged(decision),
        evaluation=_assessment(decision.evaluation, pill) if decision.evaluation else None,
        releves=tuple(found),
        preuves=pieces(vue, (each.id for each in decision.preuves)),
    )


def _assessment(evaluation: Evaluation, told: Pastille | None) -> EvaluationTrace:
    stated = status(Niveau(evaluation.statut))
    pill = None if stated == told else stated
    return EvaluationTrace(evaluation.id, evaluation.fonction, evaluation.date, evaluation.motif, evaluation.reexamen, pill)
