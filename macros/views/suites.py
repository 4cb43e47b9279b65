"""What came of a session: its decisions, the follow-up of earlier actions, its action plan, its minutes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.french import count, format_date, join
from macros.views import libelles
from macros.views.actions import action_pill
from macros.views.conseils import examined, is_minuted, missing_pill
from macros.views.parts import Pastille, Reference, page_address, reference_to, references_to
from macros.views.registre_actions import TableauActions, build_actions
from macros.views.seance import Echanges, build_echanges, scope

if TYPE_CHECKING:
    from datetime import date

    from macros.models.conseil import PV, Conseil, Decision
    from macros.views.context import Vue


@dataclass(frozen=True)
class SuiteDecision:
    """One action born of a decision."""

    action: Reference
    pastille: Pastille


@dataclass(frozen=True)
class LigneDecision:
    """One decision, the place links to it lead to."""

    id: str
    ancre: str
    texte: str
    theme: str
    nature: str
    certifications: tuple[Reference, ...]
    votes: str
    suites: tuple[SuiteDecision, ...]
    evolutions: tuple[Reference, ...]


def build_decisions(vue: Vue, conseil: Conseil) -> tuple[LigneDecision, ...]:
    """Return the decisions, in order, each with what came of it."""
    return tuple(_decision(vue, conseil, decision) for decision in conseil.decisions)


def _decision(vue: Vue, conseil: Conseil, decision: Decision) -> LigneDecision:
    name = f"{conseil.id}.{decision.id}"
    votes = decision.votes
    changed = [use.source for use in vue.croisements.users("decisions", name) if use.collection == "certifications"]
    return LigneDecision(
        id=decision.id,
        ancre=decision.id.lower(),
        texte=decision.texte,
        theme=decision.theme.libelle,
        nature=libelles.NATURE[decision.nature],
        certifications=scope(vue, conseil, decision),
        votes=f"{votes.pour} pour, {votes.contre} contre, {count(votes.abstentions, 'abstention')}" if votes else "",
        suites=tuple(
            SuiteDecision(Reference(a.id, page_address("actions", a.id)), action_pill(vue, a)) for a in vue.croisements.actions_from(name)
        ),
        evolutions=references_to(vue, "certifications", dict.fromkeys(changed)),
    )


@dataclass(frozen=True)
class LigneSuivi:
    """What was said of an earlier action, and where it stands now."""

    action: Reference
    intitule: str
    avis: str
    observation: str
    pastille: Pastille | None


def build_suivi(vue: Vue, conseil: Conseil) -> tuple[LigneSuivi, ...]:
    """Return the follow-up of earlier actions."""
    rows = []
    for suivi in conseil.suivi:
        action = vue.registre.actions.get(suivi.action)
        pill = action_pill(vue, action) if action else None
        title = action.intitule if action else ""
        link, verdict = reference_to(vue, "actions", suivi.action), libelles.AVIS_SUIVI[suivi.avis]
        rows.append(LigneSuivi(link, title, verdict, suivi.observation or "", pill))
    return tuple(rows)


def build_plan(vue: Vue, conseil: Conseil) -> TableauActions:
    """Return the actions born of the session."""
    return build_actions(vue, vue.croisements.actions_of_conseil(conseil), "Aucune action n’est née de ce conseil.")


@dataclass(frozen=True)
class LigneApprobation:
    """The vote on the minutes of an earlier session."""

    conseil: Reference
    pastille: Pastille
    observations: str


def build_approbations(vue: Vue, conseil: Conseil) -> tuple[LigneApprobation, ...]:
    """Return the earlier minutes that the session approved or not."""
    tones = {"approuve": "conforme", "approuve_avec_reserves": "conforme", "refuse": "sans_objet"}
    return tuple(
        LigneApprobation(
            _session(vue, vote.conseil), Pastille(tones[vote.avis], libelles.AVIS_APPROBATION[vote.avis]), vote.observations or ""
        )
        for vote in conseil.approbations
    )


def _session(vue: Vue, identifier: str) -> Reference:
    known = vue.registre.conseils.get(identifier)
    return reference_to(vue, "conseils", identifier, known.intitule if known else "")


@dataclass(frozen=True)
class LignePV:
    """The minutes of one certification: state, source, what they hold; `lecture` is read where the session has several minutes."""

    certification: Reference
    pastille: Pastille
    diffuse_le: date | None
    approbation: str
    source: Reference | None
    depuis: Pastille | None
    contenu: str
    decisions: tuple[Reference, ...]
    lecture: tuple[Echanges, ...]
    releve: tuple[Decision, ...]


def build_pv(vue: Vue, conseil: Conseil) -> tuple[LignePV, ...]:
    """Return the minutes of each certification of a session that was held; those that are missing too."""
    return tuple(_minutes(vue, conseil, numero) for numero in examined(conseil)) if is_minuted(conseil) else ()


def _minutes(vue: Vue, conseil: Conseil, numero: str) -> LignePV:
    minutes = conseil.minutes_of(numero)
    said = sum(echange.concerns(numero) for echange in conseil.echanges)
    decided = [decision for decision in conseil.decisions if decision.concerns(numero)]
    settled, pooled = bool(minutes and minutes.is_settled()), len(examined(conseil)) > 1
    pill = missing_pill(vue, conseil, numero, "procès-verbal")
    if minutes:
        pill = Pastille("conforme" if settled else "planifie", libelles.ETAT_PV[minutes.etat])
    return LignePV(
        certification=reference_to(vue, "certifications", numero),
        pastille=pill,
        diffuse_le=minutes.diffuse_le if minutes else None,
        approbation=_approval(vue, conseil, minutes.approuve_le if minutes else None),
        source=(reference_to(vue, "preuves", minutes.preuve) if minutes.preuve else Reference("cette fiche")) if minutes else None,
        depuis=changed_since(vue, conseil, minutes) if minutes else None,
        contenu=join([count(said, "échange"), count(len(decided), "décision")]),
        decisions=tuple(Reference(decision.id, f"#{decision.id.lower()}") for decision in decided),
        lecture=build_echanges(vue, conseil, numero) if pooled else (),
        releve=tuple(decided) if pooled else (),
    )


def changed_since(vue: Vue, conseil: Conseil, minutes: PV) -> Pastille | None:
    """Return whether the record still tells what its minutes tell; nothing when no fingerprint of them is known.

    It is the one noted beside the minutes, else the one inside the PDF filed as their proof.
    """
    proof = vue.registre.preuves.get(minutes.preuve or "")
    latest = proof.latest() if proof else None
    known = minutes.empreinte or vue.registre.scelles.get((latest.fichier or "") if latest else "", "")
    current = vue.registre.fiches.get(conseil.id, "")
    if not (known and current):
        return None
    if current.startswith(known):
        return Pastille("conforme", "fiche inchangée")
    return Pastille("a_surveiller" if vue.shows_constats() else "sans_objet", "fiche modifiée depuis")


def _approval(vue: Vue, conseil: Conseil, day: date | None) -> str:
    """Return when the minutes were approved, by the record itself or by a later session."""
    if day:
        return format_date(day)
    for use in vue.croisements.users("conseils", conseil.id):
        later = vue.registre.conseils.get(use.source)
        vote = next((a for a in later.approbations if a.conseil == conseil.id), None) if later and use.collection == "conseils" else None
        if vote and later:
            return f"{libelles.AVIS_APPROBATION[vote.avis]} le {format_date(later.date)}"
    return ""
