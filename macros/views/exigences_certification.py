"""The requirements of one certification: each with its status, who assessed it and when, and the evidence that shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.french import count
from macros.models.base import Force
from macros.models.constat import Niveau
from macros.records.decisions import Mode
from macros.records.portee_exigence import Raison
from macros.views.decisions import (
    ETATS,
    RAISONS,
    decision_pill,
    decisions,
    how,
    judged,
    rank,
    state_keys,
    without_status,
)
from macros.views.dossier.trace import has_trace, trace_path
from macros.views.exigences_resume import summary
from macros.views.fichiers import sheet
from macros.views.filtres import Filtre, among, useful
from macros.views.parts import LIBELLES_FORCE, LigneConstat, Pastille, Reference, constat_line, page_address, status
from macros.views.preuves import state_pill

if TYPE_CHECKING:
    from collections.abc import Iterable

    from macros.models.base import Jour
    from macros.models.certification import Certification
    from macros.models.evaluation import Evaluation
    from macros.models.preuve import Preuve
    from macros.records.decisions import Decision
    from macros.views.context import Vue

FAIBLESSES = {"non_relue": "jamais relue", "a_revoir": "à revoir", "ancienne": "ancienne"}
"""What weakens a document that is there, told to those who see constats."""


@dataclass(frozen=True)
class LigneAppui:
    """One proof under a requirement: what it is, where its document stands, its day."""

    fiche: Reference
    titre: str
    jour: Jour
    pastilles: tuple[Pastille, ...]


@dataclass(frozen=True)
class LigneEvaluation:
    """One written assessment: its anchor, its status when it is not the one already told, who, when, why, until when."""

    ancre: str
    id: str
    pastille: Pastille | None
    date: Jour
    fonction: str
    motif: str
    reexamen: Jour | None


@dataclass(frozen=True)
class LigneExigenceCertification:
    """One requirement for one certification."""

    ancre: str
    fiche: Reference
    titre: str
    reference: str
    force: Pastille
    pastille: Pastille | None
    sans_statut: str
    comment: str
    jugee: str
    attendues: tuple[str, ...]
    evaluation: LigneEvaluation | None
    precedentes: tuple[LigneEvaluation, ...]
    preuves: tuple[LigneAppui, ...]
    constats: tuple[LigneConstat, ...]
    cles_etat: tuple[str, ...]
    cle_force: str


@dataclass(frozen=True)
class GroupeSansObjet:
    """Requirements that do not bind, for one reason."""

    raison: str
    exigences: tuple[Reference, ...]


@dataclass(frozen=True)
class ExigencesCertification:
    """Every requirement of a certification: those that bind, the most pressing first, then those that do not."""

    certification: Reference
    trace: Reference | None
    legende: str
    lignes: tuple[LigneExigenceCertification, ...]
    filtres: tuple[Filtre, ...]
    sans_objet: tuple[GroupeSansObjet, ...]
    nombre_sans_objet: str
    fichiers: tuple[Reference, ...]


def build_exigences_certification(vue: Vue, certification: Certification) -> ExigencesCertification:
    """Return all that is known of each requirement for a certification."""
    found = sorted(decisions(vue).of(certification.numero), key=rank)
    binding = [each for each in found if each.mode is not Mode.REGLE or each.evaluations]
    rows = tuple(_row(vue, each, certification) for each in binding)
    apart = [each for each in found if each.mode is Mode.REGLE and not each.evaluations]
    filters = useful(
        among("etat", "État", ETATS, (key for row in rows for key in row.cles_etat)),
        among("force", "Force", {force.value: LIBELLES_FORCE[force] for force in Force}, (row.cle_force for row in rows)),
    )
    return ExigencesCertification(
        certification=Reference(certification.numero, page_address("certifications", certification.numero), detail=certification.intitule),
        trace=Reference("Trace", trace_path(certification.numero)) if has_trace(vue, certification.numero) else None,
        legende=summary(vue, binding),
        lignes=rows,
        filtres=filters,
        sans_objet=tuple(_groups(apart)),
        nombre_sans_objet=count(len(apart), "exigence ou usage sans objet", "exigences et usages sans objet") if apart else "",
        fichiers=sheet(vue, "exigences", "ecarts"),
    )


def _row(vue: Vue, decision: Decision, certification: Certification) -> LigneExigenceCertification:
    exigence = decision.exigence
    pill = decision_pill(decision)
    written = tuple(_evaluation(each, pill if place == 0 else None) for place, each in enumerate(decision.evaluations))
    return LigneExigenceCertification(
        ancre=exigence.id.lower(),
        fiche=Reference(exigence.id, page_address("exigences", exigence.id)),
        titre=exigence.titre,
        reference=exigence.reference(),
        force=Pastille("usage" if exigence.force is Force.USAGE else "force", LIBELLES_FORCE[exigence.force]),
        pastille=pill,
        sans_statut=without_status(vue, decision),
        comment=how(vue, decision),
        jugee=judged(decision),
        attendues=exigence.preuves_attendues,
        evaluation=written[0] if written else None,
        precedentes=written[1:],
        preuves=tuple(_support(vue, each) for each in decision.preuves),
        constats=tuple(constat_line(vue, each, certification.numero) for each in decision.constats if vue.shows_constats()),
        cles_etat=state_keys(vue, decision),
        cle_force=exigence.force.value,
    )


def _evaluation(evaluation: Evaluation, told: Pastille | None) -> LigneEvaluation:
    stated = status(Niveau(evaluation.statut))
    pill = None if stated == told else stated
    facts = evaluation.date, evaluation.fonction, evaluation.motif, evaluation.reexamen
    return LigneEvaluation(evaluation.id.lower(), evaluation.id, pill, *facts)


def _support(vue: Vue, preuve: Preuve) -> LigneAppui:
    weak = FAIBLESSES.get(decisions(vue).weakness(preuve), "") if vue.shows_constats() else ""
    pills = (state_pill(vue, preuve), *([Pastille("a_surveiller", weak)] if weak else []))
    return LigneAppui(Reference(preuve.id, page_address("preuves", preuve.id)), preuve.titre, preuve.date, pills)


def _groups(apart: list[Decision]) -> Iterable[GroupeSansObjet]:
    for reason in Raison:
        names = sorted(each.exigence.id for each in apart if each.raison is reason)
        if names:
            yield GroupeSansObjet(RAISONS[reason], tuple(Reference(name, page_address("exigences", name)) for name in names))
