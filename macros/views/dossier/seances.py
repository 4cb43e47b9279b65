"""The chain of the councils: the minutes of each, its decisions, the actions born of them, how each ended and with what effect."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.french import format_date, join
from macros.models.conseil import EtatPV, Regime
from macros.views import libelles
from macros.views.actions import action_pill
from macros.views.conseils import examined, is_minuted, missing_pill
from macros.views.dossier.pieces import PieceTrace, pieces
from macros.views.parts import Pastille, Reference, page_address
from macros.views.suites import changed_since

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from macros.models.action import Action
    from macros.models.certification import Certification
    from macros.models.conseil import PV, Conseil, Decision
    from macros.views.context import Vue

_NEVER_CLOSED = "pas encore close"
_UNJUDGED = "efficacité non jugée"


@dataclass(frozen=True)
class ActionTrace:
    """One action: who, by when, where it stands, how it ended, with what effect, and what shows it."""

    fiche: Reference
    intitule: str
    responsable: str
    echeance: date | None
    pastille: Pastille
    cloture: str
    efficacite: str
    preuves: tuple[PieceTrace, ...]


@dataclass(frozen=True)
class DecisionTrace:
    """One decision, the changes it made, and the actions born of it."""

    fiche: Reference
    texte: str
    changements: tuple[Reference, ...]
    actions: tuple[ActionTrace, ...]


@dataclass(frozen=True)
class PVTrace:
    """The minutes of one certification: how far they went, on which days, what shows them, whether the record changed since."""

    numero: str
    pastille: Pastille
    dates: str
    preuves: tuple[PieceTrace, ...]
    source: str
    depuis: Pastille | None


@dataclass(frozen=True)
class SeanceTrace:
    """One council that was held, with its minutes and its decisions on the certification. `mention`: why it may not count."""

    fiche: Reference
    id: str
    jour: date
    mention: str
    pv: tuple[PVTrace, ...]
    decisions: tuple[DecisionTrace, ...]


def held(vue: Vue, numero: str) -> list[Conseil]:
    """Return the councils held on a certification and on its former fiches, latest first."""
    return [each for each in reversed(vue.croisements.conseils_of(numero)) if each.is_held()]


def build_seances(vue: Vue, certification: Certification) -> tuple[SeanceTrace, ...]:
    """Return the chain of each council held on a certification and on its former fiches, latest first."""
    line = vue.croisements.lineage(certification.numero)
    return tuple(_session(vue, conseil, line) for conseil in held(vue, certification.numero))


def _session(vue: Vue, conseil: Conseil, line: frozenset[str]) -> SeanceTrace:
    ours = [numero for numero in examined(conseil) if numero in line]
    other = "" if conseil.regime is Regime.CERTIFICATEUR else f"{libelles.REGIME[conseil.regime.value]}\u00a0: suit d’autres règles"
    return SeanceTrace(
        fiche=Reference(conseil.intitule, page_address("conseils", conseil.id)),
        id=conseil.id,
        jour=conseil.date,
        mention=other,
        pv=tuple(minutes(vue, conseil, numero) for numero in ours) if is_minuted(conseil) else (),
        decisions=tuple(_decision(vue, conseil, each, line) for each in conseil.decisions if is_about(each.certifications, line)),
    )


def is_about(stated: Iterable[str], line: frozenset[str]) -> bool:
    """Tell whether what states these certifications is about one of a line; stating none is about all."""
    about = tuple(stated)
    return not about or not line.isdisjoint(about)


def minutes(vue: Vue, conseil: Conseil, numero: str) -> PVTrace:
    """Return where the minutes of one certification stand; those that do not exist say so."""
    known = conseil.minutes_of(numero)
    if known is None:
        return PVTrace(numero, missing_pill(vue, conseil, numero), "", (), "", None)
    proofs = pieces(vue, [known.preuve])
    source = "" if proofs else "document non diffusé" if known.preuve else "la fiche du conseil fait foi"
    tone = "planifie" if known.etat in (EtatPV.PROJET, EtatPV.DIFFUSE) else "conforme"
    word = "projet de PV" if known.etat is EtatPV.PROJET else f"PV {libelles.ETAT_PV[known.etat]}"
    return PVTrace(numero, Pastille(tone, word), _days(known), proofs, source, changed_since(vue, conseil, known))


def _days(known: PV) -> str:
    days = (("diffusé", known.diffuse_le), ("approuvé", known.approuve_le), ("signé", known.signe_le))
    return join([f"{word} le {format_date(day)}" for word, day in days if day])


def _decision(vue: Vue, conseil: Conseil, decision: Decision, line: frozenset[str]) -> DecisionTrace:
    name = f"{conseil.id}.{decision.id}"
    born = [action for action in vue.croisements.actions_from(name) if is_about(action.certifications, line)]
    return DecisionTrace(
        fiche=Reference(decision.id, f"{page_address('conseils', conseil.id)}#{decision.id.lower()}"),
        texte=decision.texte,
        changements=_changes(vue, name, line),
        actions=tuple(action_trace(vue, each) for each in born),
    )


def _changes(vue: Vue, decision: str, line: frozenset[str]) -> tuple[Reference, ...]:
    """Return the versions of the référentiel that a decision made."""
    known = vue.registre.certifications
    return tuple(
        Reference(f"référentiel {numero}, version {each.version}", f"{page_address('certifications', numero)}#evolutions")
        for numero in sorted(line)
        if numero in known
        for each in known[numero].evolutions
        if each.decision == decision
    )


def action_trace(vue: Vue, action: Action) -> ActionTrace:
    """Return one action, to its end and its effect."""
    ended, judged = action.cloture, action.efficacite
    close = f"close le {format_date(ended.date)}" if ended else "" if action.is_open() else "sans date de clôture"
    told = f"{close}\u00a0: {ended.bilan}" if ended and ended.bilan else close
    effect = f"{libelles.AVIS_EFFICACITE[judged.avis]}, avis du {format_date(judged.date)}" if judged else _UNJUDGED
    reason = f"\u00a0: {judged.motif}" if judged and judged.motif else ""
    return ActionTrace(
        fiche=Reference(action.id, page_address("actions", action.id)),
        intitule=action.intitule,
        responsable=action.responsable or "",
        echeance=action.echeance,
        pastille=action_pill(vue, action),
        cloture=told or _NEVER_CLOSED,
        efficacite="" if action.is_open() and judged is None else f"{effect}{reason}",
        preuves=pieces(vue, action.preuves),
    )
