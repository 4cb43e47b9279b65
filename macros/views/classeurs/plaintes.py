"""The workbooks of complaints and of audits: one row a complaint and a step, one row an audit and a request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from macros.models.base import Visibilite
from macros.views import libelles
from macros.views.audits import ETATS as ETATS_AUDIT
from macros.views.audits import BlocAudit, audit_block
from macros.views.classeurs.actions import NOTES, lines
from macros.views.classeurs.feuille import Colonne, Feuille, Genre, Valeur
from macros.views.classeurs.tri import Critere
from macros.views.plaintes import latest_first
from macros.views.reclamations import ETATS, LigneReclamation, complaint_row

if TYPE_CHECKING:
    from macros.views.context import Vue

RECLAMATIONS: dict[str, Critere[LigneReclamation]] = {
    "etat": Critere(lambda row: row.cles_etat, ETATS),
    "cause": Critere(lambda row: (row.cle_cause,), {cause.value: label for cause, label in libelles.CAUSE_RECLAMATION.items()}),
    "gravite": Critere(lambda row: (row.cle_gravite,), {each.value: label for each, label in libelles.GRAVITE.items()}),
    "origine": Critere(lambda row: (row.cle_origine,), {each.value: label for each, label in libelles.ORIGINE_RECLAMATION.items()}),
    "certification": Critere(lambda row: row.cles_certification),
    "periode": Critere(lambda row: (row.cle_periode,), {"recente": "récente", "ancienne": "plus ancienne"}),
    "issue": Critere(lambda row: (row.cle_issue,) if row.cle_issue else (), libelles.ISSUE_RECLAMATION),
}
AUDITS: dict[str, Critere[BlocAudit]] = {
    "etat": Critere(lambda row: row.cles_etat, ETATS_AUDIT),
    "nature": Critere(lambda row: (row.cle_nature,), {each.value: label for each, label in libelles.NATURE_AUDIT.items()}),
    "certification": Critere(lambda row: (numero for numero in row.cles_certification if numero != "*")),
}
_COLONNES = (
    Colonne("Identifiant", 15),
    Colonne("Objet", 46, Genre.LONG),
    Colonne("Reçue le", 12, Genre.DATE),
    Colonne("Origine", 12, mots=tuple(libelles.ORIGINE_RECLAMATION.values())),
    Colonne("Cause", 24, mots=tuple(libelles.CAUSE_RECLAMATION.values())),
    Colonne("Gravité", 16, mots=tuple(libelles.GRAVITE.values())),
    Colonne("Certifications", 14),
    Colonne("Partenaire", 24),
    Colonne("Responsable", 26),
    Colonne("Situation", 20),
    Colonne("Accusée le", 12, Genre.DATE),
    Colonne("Close le", 12, Genre.DATE),
    Colonne("Jours pour répondre", 12, Genre.NOMBRE),
    Colonne("Issue", 20, mots=tuple(libelles.ISSUE_RECLAMATION.values())),
    Colonne("Réponse", 46, Genre.LONG),
    Colonne("Actions", 14),
    Colonne("Preuves", 14),
)
_AUDIT = (
    Colonne("Identifiant", 13),
    Colonne("Titre", 46, Genre.LONG),
    Colonne("Nature", 18, mots=tuple(libelles.NATURE_AUDIT.values())),
    Colonne("Date", 12, Genre.DATE),
    Colonne("Fin", 12, Genre.DATE),
    Colonne("Auditeur", 26),
    Colonne("Périmètre", 40, Genre.LONG),
    Colonne("Certifications", 14),
    Colonne("Situation", 22),
    Colonne("Conclu le", 12, Genre.DATE),
    Colonne("Avis", 14, mots=tuple(libelles.AVIS_AUDIT.values())),
    Colonne("Conclusion", 46, Genre.LONG),
)
_DEMANDE = (
    Colonne("Audit", 13),
    Colonne("Demande", 9),
    Colonne("Texte", 46, Genre.LONG),
    Colonne("Gravité", 14, mots=tuple(libelles.GRAVITE_DEMANDE.values())),
    Colonne("Certifications", 14),
    Colonne("Exigences", 22),
    Colonne("Répondre avant", 12, Genre.DATE),
    Colonne("Situation", 20),
    Colonne("Répondue le", 12, Genre.DATE),
    Colonne("Réponse", 46, Genre.LONG),
    Colonne("Preuves", 14),
    Colonne("Actions", 14),
    Colonne("Suites", 40, Genre.LONG),
)


def complaints(vue: Vue) -> tuple[LigneReclamation, ...]:
    """Return every complaint in words, latest first."""
    return tuple(complaint_row(vue, reclamation) for reclamation in latest_first(vue.registre.reclamations.values()))


def audits(vue: Vue) -> tuple[BlocAudit, ...]:
    """Return every audit in words, latest first."""
    return tuple(audit_block(vue, audit) for audit in latest_first(vue.registre.audits.values()))


def complaint_sheets(vue: Vue, lignes: tuple[LigneReclamation, ...]) -> tuple[Feuille, ...]:
    """Return the table of these complaints, then the steps of their treatment, one a row."""
    columns = (*_COLONNES, NOTES) if vue.audience is Visibilite.INTERNE else _COLONNES
    steps = tuple((row.id, row.objet, step.date, step.texte) for row in lignes for step in row.details.traitement)
    about = (Colonne("Réclamation", 15), Colonne("Objet", 46, Genre.LONG))
    return (
        Feuille("Réclamations", columns, tuple(_complaint(vue, row)[: len(columns)] for row in lignes)),
        Feuille("Traitement", (*about, Colonne("Date", 12, Genre.DATE), Colonne("Étape", 60, Genre.LONG)), steps),
    )


def audit_sheets(vue: Vue, lignes: tuple[BlocAudit, ...]) -> tuple[Feuille, ...]:
    """Return the table of these audits, then their requests, one a row."""
    columns = (*_AUDIT, NOTES) if vue.audience is Visibilite.INTERNE else _AUDIT
    return (
        Feuille("Audits", columns, tuple(_audit(vue, row)[: len(columns)] for row in lignes)),
        Feuille("Demandes", _DEMANDE, tuple(request for row in lignes for request in _requests(row))),
    )


def _complaint(vue: Vue, row: LigneReclamation) -> tuple[Valeur, ...]:
    record, details = vue.registre.reclamations[row.id], row.details
    return (
        *(row.id, row.objet, row.date, *(libelles.ORIGINE_RECLAMATION[record.origine], row.cause, libelles.GRAVITE[record.gravite])),
        *(lines(row.certifications), details.partenaire.texte if details.partenaire else None, row.responsable, row.pastille.texte),
        *(details.accusee_le, details.close_le, record.duration(), row.issue, details.reponse),
        *(lines(row.actions), lines(details.preuves), details.notes.strip()),
    )


def _audit(vue: Vue, row: BlocAudit) -> tuple[Valeur, ...]:
    record, conclusion = vue.registre.audits[row.id], row.conclusion
    about = "\n".join(dict.fromkeys(map(str, record.certifications)))
    ended = (conclusion.date, libelles.AVIS_AUDIT[conclusion.avis], conclusion.texte) if conclusion else (None, None, None)
    return (
        *(row.id, row.titre, row.nature, row.date, row.fin, record.auditeur, record.perimetre, about),
        *(row.etat.texte, *ended, row.notes.strip()),
    )


def _requests(row: BlocAudit) -> list[tuple[Valeur, ...]]:
    return [
        (
            *(row.id, each.id, each.texte, each.gravite.texte, lines(each.certifications), lines(each.exigences)),
            *(each.repondre_avant, each.pastille.texte, each.repondue_le, each.reponse),
            *(lines(each.preuves), lines(each.actions), each.suites),
        )
        for each in row.demandes
    ]
