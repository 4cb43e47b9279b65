"""How a certification stands on its requirements, in a sentence and in a few rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.french import count, format_date, join
from macros.models.base import Force
from macros.models.constat import Niveau
from macros.records.decisions import Mode
from macros.views.decisions import decision_pill, decisions, how, rank, reads_assessments, requirements_address, without_status
from macros.views.parts import LIBELLES_FORCE, LIBELLES_NIVEAU, Pastille, Reference

if TYPE_CHECKING:
    from collections.abc import Iterable

    from macros.models.certification import Certification
    from macros.records.decisions import Decision
    from macros.views.context import Vue

_SHOWN = 6
"""How many requirements the page of a certification shows before it leads to their own page."""


def summary(vue: Vue, binding: list[Decision]) -> str:
    """Return how many requirements bind, and how they stand; to those who see no constat, how many somebody assessed."""
    whole = count(len(binding), "exigence ou usage", "exigences et usages")
    if not vue.shows_constats():
        assessed = sum(bool(each.evaluations) for each in binding)
        proven = sum(bool(each.preuves) for each in binding)
        return f"{whole}, dont {count(assessed, 'évalué')} par écrit et {proven} avec une preuve au moins."
    met = Counter(each.niveau for each in binding)
    parts = [f"{met[niveau]} {word}" for niveau, word in _words(met)]
    return f"{whole}\u00a0: {join(parts)}." if parts else f"{whole}."


def _words(met: Counter[Niveau | None]) -> Iterable[tuple[Niveau | None, str]]:
    plural = {Niveau.ECART: ("écart", "écarts"), Niveau.CONFORME: ("conforme", "conformes"), Niveau.DEROGE: ("dérogé", "dérogés")}
    for niveau in (Niveau.ECART, Niveau.A_SURVEILLER, None, Niveau.DEROGE, Niveau.CONFORME, Niveau.SANS_OBJET):
        if met[niveau]:
            one, several = plural.get(niveau, (LIBELLES_NIVEAU[niveau],) * 2) if niveau else ("non évaluée", "non évaluées")
            yield niveau, one if met[niveau] == 1 else several


@dataclass(frozen=True)
class LigneBreveExigence:
    """One requirement in the summary of a page: its anchor on the page of requirements, its status, what somebody or something says."""

    fiche: Reference
    titre: str
    force: Pastille
    pastille: Pastille | None
    sans_statut: str
    dit: str
    par: str


@dataclass(frozen=True)
class ResumeExigences:
    """How a certification stands on its requirements, in a few rows; `page` leads to all of them."""

    legende: str
    lignes: tuple[LigneBreveExigence, ...]
    page: Reference


def build_exigences(vue: Vue, certification: Certification) -> ResumeExigences:
    """Return what is to do first among the requirements of a certification; to auditors, what somebody assessed."""
    page = Reference("Toutes les exigences de cette certification", requirements_address(certification.numero))
    if not reads_assessments(vue):
        return ResumeExigences("", (), page)
    found = [each for each in sorted(decisions(vue).of(certification.numero), key=rank) if each.mode is not Mode.REGLE]
    first = [each for each in found if (each.is_to_do() if vue.shows_constats() else each.evaluations)]
    shown = first[:_SHOWN] or found[:1]
    return ResumeExigences(summary(vue, found) if found else "", tuple(_brief(vue, each) for each in shown), page)


def _brief(vue: Vue, decision: Decision) -> LigneBreveExigence:
    exigence, written = decision.exigence, decision.evaluation
    found = decision.constats[0].message if vue.shows_constats() and decision.constats else ""
    reason = written.motif.strip().split("\n")[0] if written else ""
    return LigneBreveExigence(
        fiche=Reference(exigence.id, f"{requirements_address(decision.certification)}#{exigence.id.lower()}"),
        titre=exigence.titre,
        force=Pastille("usage" if exigence.force is Force.USAGE else "force", LIBELLES_FORCE[exigence.force]),
        pastille=decision_pill(decision),
        sans_statut=without_status(vue, decision),
        dit=found or reason or how(vue, decision),
        par=f"évaluée le {format_date(written.date)}, {written.fonction}" if written and not found else "",
    )
