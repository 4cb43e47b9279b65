"""Complaints in words: what was said, where each stands, in how many days it was answered, what was made of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.french import add_months, count, format_delay, format_short_date
from macros.views import libelles
from macros.views.lien_journal import journal_reference
from macros.views.parts import Pastille, Reference, reference_to, references_to
from macros.views.plaintes import actions_on, heirs

if TYPE_CHECKING:
    from datetime import date

    from macros.models.reclamation import Reclamation, Traitement
    from macros.views.context import Vue

ETATS = {"en_retard": "en retard", "ouverte": "à répondre", "close": "close"}
"""What `tableau_reclamations(etat=…)` and the filter take. The first is a judgement."""
JUGEMENTS = frozenset({"en_retard"})
"""States told to those who see constats only."""


@dataclass(frozen=True)
class DetailsReclamation:
    """What a person opens to know more of a complaint."""

    accusee_le: date | None
    traitement: tuple[Traitement, ...]
    reponse: str
    close_le: date | None
    partenaire: Reference | None
    preuves: tuple[Reference, ...]
    notes: str
    journal: Reference | None


@dataclass(frozen=True)
class LigneReclamation:
    """One complaint in a table; keys are read by filters."""

    id: str
    ancre: str
    fiche: Reference
    objet: str
    date: date
    contexte: tuple[str, ...]
    cause: str
    certifications: tuple[Reference, ...]
    responsable: str
    attendu: bool
    delai: str
    pastille: Pastille
    issue: str
    actions: tuple[Reference, ...]
    details: DetailsReclamation
    cle_cause: str
    cle_gravite: str
    cle_origine: str
    cle_issue: str
    cle_periode: str
    cles_etat: tuple[str, ...]
    cles_certification: tuple[str, ...]


def is_late(vue: Vue, reclamation: Reclamation) -> bool:
    """Tell whether a complaint waits past its last day."""
    return reclamation.is_late(vue.today, vue.registre.organisme.parametres.reclamation_delai_jours)


def complaint_pill(vue: Vue, reclamation: Reclamation) -> Pastille:
    """Return where a complaint stands; being late is said to those who see constats."""
    if not reclamation.is_open():
        return Pastille("conforme", "close")
    if vue.shows_constats() and is_late(vue, reclamation):
        due = reclamation.due(vue.registre.organisme.parametres.reclamation_delai_jours)
        return Pastille("ecart", f"en retard de {count((vue.today - due).days, 'jour')}")
    return Pastille("planifie", "à répondre")


def is_recent(vue: Vue, reclamation: Reclamation) -> bool:
    """Tell whether a complaint was received in the period over which causes are counted, the day included."""
    months = vue.registre.organisme.parametres.reclamation_periode_mois
    return add_months(vue.today, -months) < reclamation.date <= vue.today


def state_keys(vue: Vue, reclamation: Reclamation) -> tuple[str, ...]:
    """Return every state that holds: keys of `ETATS`."""
    if not reclamation.is_open():
        return ("close",)
    return ("en_retard", "ouverte") if vue.shows_constats() and is_late(vue, reclamation) else ("ouverte",)


def delay_words(vue: Vue, reclamation: Reclamation) -> str:
    """Return `répondue en 23 jours (repère : 30)`, or by when the answer is awaited; the reference is for those who see constats."""
    limit, taken = vue.registre.organisme.parametres.reclamation_delai_jours, reclamation.duration()
    if taken is not None:
        verb = "retirée" if reclamation.cloture and reclamation.cloture.issue == "retiree" else "répondue"
        told = f"{verb} en {count(taken, 'jour')}" if taken else f"{verb} le jour même"
        return f"{told} (repère\u00a0: {limit})" if vue.shows_constats() else told
    if not vue.shows_constats():
        return ""
    due = reclamation.due(limit)
    return f"réponse attendue le {format_short_date(due)} au plus tard, {format_delay(vue.today, due)}"


def complaint_row(vue: Vue, reclamation: Reclamation) -> LigneReclamation:
    """Return one complaint in words."""
    issue = reclamation.cloture.issue if reclamation.cloture else ""
    return LigneReclamation(
        id=reclamation.id,
        ancre=reclamation.id.lower(),
        fiche=reference_to(vue, "reclamations", reclamation.id),
        objet=reclamation.objet,
        date=reclamation.date,
        contexte=(libelles.ORIGINE_RECLAMATION[reclamation.origine], libelles.GRAVITE[reclamation.gravite]),
        cause=libelles.CAUSE_RECLAMATION[reclamation.cause],
        certifications=references_to(vue, "certifications", reclamation.certifications),
        responsable=reclamation.responsable or "",
        attendu=reclamation.is_open(),
        delai=delay_words(vue, reclamation),
        pastille=complaint_pill(vue, reclamation),
        issue=libelles.ISSUE_RECLAMATION.get(issue, ""),
        actions=references_to(vue, "actions", actions_on(vue, reclamation)),
        details=_details(vue, reclamation),
        cle_cause=reclamation.cause.value,
        cle_gravite=reclamation.gravite.value,
        cle_origine=reclamation.origine.value,
        cle_issue=issue,
        cle_periode="recente" if is_recent(vue, reclamation) else "ancienne",
        cles_etat=state_keys(vue, reclamation),
        cles_certification=heirs(vue, reclamation.certifications),
    )


def _details(vue: Vue, reclamation: Reclamation) -> DetailsReclamation:
    closed, accused = reclamation.cloture, reclamation.partenaire
    named = vue.registre.partenaires.get(accused) if accused else None
    return DetailsReclamation(
        accusee_le=reclamation.accusee_le,
        traitement=reclamation.traitement,
        reponse=(closed.texte or "") if closed else "",
        close_le=closed.date if closed else None,
        partenaire=reference_to(vue, "partenaires", accused, named.nom if named else "") if accused else None,
        preuves=references_to(vue, "preuves", reclamation.preuves),
        notes=reclamation.notes or "",
        journal=journal_reference(vue, reclamation),
    )
