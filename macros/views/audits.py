"""Audits in words: who looked at what, what is asked and before when, what was answered, what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.french import count, format_delay
from macros.records.audience import Masque
from macros.views import libelles
from macros.views.lien_journal import journal_reference
from macros.views.parts import Pastille, Reference, Terme, reference_to, references_to
from macros.views.plaintes import actions_on, heirs

if TYPE_CHECKING:
    import datetime as dt

    from macros.models.audit import Audit, Conclusion, DemandeAudit
    from macros.views.context import Vue

ETATS = {"en_retard": "demande en retard", "a_repondre": "demande à répondre", "en_cours": "sans conclusion", "conclu": "conclu"}
"""What the filter takes. The first is a judgement, for those who see constats."""
_TONES = {"question": "sans_objet", "remarque": "planifie", "mineure": "a_surveiller", "majeure": "ecart"}


@dataclass(frozen=True)
class LigneDemande:
    """One request: what is asked, by when, what was answered, what came of it."""

    id: str
    ancre: str
    texte: str
    gravite: Pastille
    certifications: tuple[Reference, ...]
    exigences: tuple[Reference, ...]
    repondre_avant: dt.date | None
    delai: str
    pastille: Pastille
    reponse: str
    repondue_le: dt.date | None
    preuves: tuple[Reference, ...]
    actions: tuple[Reference, ...]
    suites: str


@dataclass(frozen=True)
class BlocAudit:
    """One audit, its requests, its conclusion; keys are read by filters."""

    id: str
    ancre: str
    fiche: Reference
    titre: str
    date: dt.date
    fin: dt.date | None
    nature: str
    etat: Pastille
    conclusion: Conclusion | None
    termes: tuple[Terme, ...]
    legende: str
    demandes: tuple[LigneDemande, ...]
    notes: str
    journal: Reference | None
    cle_nature: str
    cles_etat: tuple[str, ...]
    cles_certification: tuple[str, ...]


def state_keys(vue: Vue, audit: Audit) -> tuple[str, ...]:
    """Return every state that holds: keys of `ETATS`."""
    keys = ["en_retard"] if vue.shows_constats() and any(demande.is_late(vue.today) for demande in audit.demandes) else []
    keys += ["a_repondre"] if audit.open_requests() else []
    return (*keys, "conclu" if audit.conclusion else "en_cours")


def audit_pill(vue: Vue, audit: Audit) -> Pastille:
    """Return how an audit ended or, while it has no conclusion, what it waits for."""
    if audit.conclusion is not None:
        return Pastille(audit.conclusion.avis, libelles.AVIS_AUDIT[audit.conclusion.avis])
    late = sum(demande.is_late(vue.today) for demande in audit.demandes)
    if late and vue.shows_constats():
        return Pastille("ecart", f"{count(late, 'demande')} en retard")
    waiting = len(audit.open_requests())
    return Pastille("planifie", f"{count(waiting, 'demande')} à répondre" if waiting else "sans conclusion")


def request_pill(vue: Vue, demande: DemandeAudit) -> Pastille:
    """Return where a request stands; being late is said to those who see constats."""
    if demande.reponse is not None:
        return Pastille("conforme", "répondue")
    if demande.is_late(vue.today) and demande.repondre_avant is not None and vue.shows_constats():
        return Pastille("ecart", f"en retard de {count((vue.today - demande.repondre_avant).days, 'jour')}")
    return Pastille("planifie", "à répondre")


def _delay(vue: Vue, demande: DemandeAudit) -> str:
    due, answer = demande.repondre_avant, demande.reponse
    if due is None:
        return ""
    if answer is None:
        return format_delay(vue.today, due) if vue.shows_constats() or due >= vue.today else ""
    days = (answer.date - due).days
    if days > 0:
        return f"répondue {count(days, 'jour')} après" if vue.shows_constats() else ""
    return f"répondue {count(-days, 'jour')} avant" if days else "répondue le dernier jour"


def audit_block(vue: Vue, audit: Audit) -> BlocAudit:
    """Return one audit in words."""
    number = len(audit.demandes)
    named = (audit.certifications, *(demande.certifications for demande in audit.demandes))
    about = {numero for numeros in named for numero in numeros if not isinstance(numero, Masque)}
    return BlocAudit(
        id=audit.id,
        ancre=audit.id.lower(),
        fiche=reference_to(vue, "audits", audit.id),
        titre=audit.titre,
        date=audit.date,
        fin=audit.fin,
        nature=libelles.NATURE_AUDIT[audit.nature],
        etat=audit_pill(vue, audit),
        conclusion=audit.conclusion,
        termes=_terms(vue, audit),
        legende=f"{count(number, 'demande')}." if number else "",
        demandes=tuple(_request(vue, audit, demande) for demande in audit.demandes),
        notes=audit.notes or "",
        journal=journal_reference(vue, audit),
        cle_nature=audit.nature.value,
        cles_etat=state_keys(vue, audit),
        cles_certification=heirs(vue, about) if audit.certifications else ("*",),
    )


def _terms(vue: Vue, audit: Audit) -> tuple[Terme, ...]:
    whole = "tout l’organisme"
    told = (
        Terme("Auditeur", audit.auditeur or ""),
        Terme("Périmètre", audit.perimetre or ""),
        Terme("Certifications", references_to(vue, "certifications", audit.certifications) or whole),
        Terme("Exigences", references_to(vue, "exigences", audit.exigences)),
        Terme("Actions", references_to(vue, "actions", actions_on(vue, audit))),
        Terme("Preuves", references_to(vue, "preuves", audit.preuves)),
    )
    return tuple(term for term in told if term.valeur)


def _request(vue: Vue, audit: Audit, demande: DemandeAudit) -> LigneDemande:
    answer = demande.reponse
    return LigneDemande(
        id=demande.id,
        ancre=f"{audit.id}-{demande.id}".lower(),
        texte=demande.texte,
        gravite=Pastille(_TONES[demande.gravite], libelles.GRAVITE_DEMANDE[demande.gravite]),
        certifications=references_to(vue, "certifications", demande.certifications),
        exigences=references_to(vue, "exigences", demande.exigences),
        repondre_avant=demande.repondre_avant,
        delai=_delay(vue, demande),
        pastille=request_pill(vue, demande),
        reponse=answer.texte if answer else "",
        repondue_le=answer.date if answer else None,
        preuves=references_to(vue, "preuves", answer.preuves) if answer else (),
        actions=references_to(vue, "actions", demande.actions),
        suites=demande.suites or "",
    )
