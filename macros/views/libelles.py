"""Words for the values of enumerations, as readers see them."""

from __future__ import annotations

from macros.models.action import StatutAction
from macros.models.audit import NatureAudit
from macros.models.conseil import EtatPV, Nature, StatutConseil
from macros.models.habilitation import NatureChangement
from macros.models.preuve import TypePreuve
from macros.models.reclamation import CauseReclamation, Gravite, OrigineReclamation
from macros.models.seance import Presence
from macros.models.veille import Impact, TypeVeille
from macros.views.parts import Pastille

NATURE = {
    Nature.REFERENTIEL: "référentiel",
    Nature.EVALUATION: "évaluation",
    Nature.FORMATION: "formation",
    Nature.PARTENARIAT: "partenariat",
    Nature.COMMUNICATION: "communication",
    Nature.ORGANISATION: "organisation",
}
STATUT_CONSEIL = {
    StatutConseil.PLANIFIE: "planifié",
    StatutConseil.CONVOQUE: "convoqué",
    StatutConseil.TENU: "tenu",
    StatutConseil.ANNULE: "annulé",
}
ETAT_PV = {EtatPV.PROJET: "projet", EtatPV.DIFFUSE: "diffusé", EtatPV.APPROUVE: "approuvé", EtatPV.SIGNE: "signé"}
STATUT_ACTION = {
    StatutAction.PLANIFIEE: "planifiée",
    StatutAction.EN_COURS: "en cours",
    StatutAction.CLOSE: "close",
    StatutAction.ABANDONNEE: "abandonnée",
}
PRESENCE = {
    Presence.PRESENT: "présent",
    Presence.REPRESENTE: "représenté",
    Presence.EXCUSE: "excusé",
    Presence.ABSENT: "absent",
    Presence.INVITE: "invité",
}
TYPE_PREUVE = {
    TypePreuve.CONVOCATION: "convocation",
    TypePreuve.ORDRE_DU_JOUR: "ordre du jour",
    TypePreuve.EMARGEMENT: "émargement",
    TypePreuve.PV_CP: "procès-verbal de conseil",
    TypePreuve.REFERENTIEL: "référentiel",
    TypePreuve.GRILLE_EVALUATION: "grille d’évaluation",
    TypePreuve.PV_JURY: "procès-verbal de jury",
    TypePreuve.CONVENTION: "convention",
    TypePreuve.CONTROLE_PARTENAIRE: "contrôle d’un partenaire",
    TypePreuve.ENQUETE: "enquête",
    TypePreuve.ETUDE_MARCHE: "étude de marché",
    TypePreuve.TABLE_FORMATION: "table de correspondance",
    TypePreuve.RECLAMATION: "réclamation",
    TypePreuve.COMMUNICATION: "communication",
    TypePreuve.DECISION_FC: "décision de France compétences",
    TypePreuve.AUTRE: "autre document",
}
AVIS_SUIVI = {"close": "close", "poursuivie": "poursuivie", "reportee": "reportée", "abandonnee": "abandonnée"}
AVIS_EFFICACITE = {"efficace": "efficace", "partielle": "efficacité partielle", "inefficace": "sans effet"}
AVIS_APPROBATION = {"approuve": "approuvé", "approuve_avec_reserves": "approuvé avec réserves", "refuse": "refusé"}
MODALITE = {"presence": "en présence", "visio": "visioconférence", "mixte": "en présence et en visioconférence"}
REGIME = {"certificateur": "Conseil du certificateur", "cfa": "Conseil d’un CFA", "universite": "Conseil d’une université"}
EMARGEMENT = {"signature": "feuille signée", "connexion": "relevé de connexion", "attestation": "attestations de présence"}
QUORUM = {"atteint": "Le quorum est atteint.", "non_atteint": "Le quorum n’est pas atteint.", "sans_objet": ""}
REGLE_QUORUM = {
    "aucun": "Le règlement intérieur ne prévoit pas de quorum.",
    "moitie": "Le règlement intérieur prévoit un quorum de la moitié des membres.",
    "moitie_plus_un": "Le règlement intérieur prévoit un quorum de la moitié des membres plus un.",
}
PRESENCES = {
    Presence.PRESENT: "Présents",
    Presence.REPRESENTE: "Représentés",
    Presence.EXCUSE: "Excusés",
    Presence.ABSENT: "Absents",
    Presence.INVITE: "Invités",
}
TYPE_VEILLE = {
    TypeVeille.REGLEMENTAIRE: "réglementaire",
    TypeVeille.METIER: "métier",
    TypeVeille.TECHNIQUE: "technique",
    TypeVeille.SECTORIELLE: "sectorielle",
}
IMPACT = {
    Impact.AUCUN: Pastille("conforme", "rien à faire"),
    Impact.A_SUIVRE: Pastille("planifie", "à suivre"),
    Impact.A_TRAITER: Pastille("a_surveiller", "à traiter"),
}
CAUSE_RECLAMATION = {cause: cause.words() for cause in CauseReclamation}
ORIGINE_RECLAMATION = {origine: origine.value for origine in OrigineReclamation}
GRAVITE = {Gravite.FAIBLE: "gravité faible", Gravite.MOYENNE: "gravité moyenne", Gravite.FORTE: "gravité forte"}
ISSUE_RECLAMATION = {
    "fondee": "fondée",
    "partiellement_fondee": "partiellement fondée",
    "non_fondee": "non fondée",
    "retiree": "retirée",
}
NATURE_AUDIT = {
    NatureAudit.INTERNE: "audit interne",
    NatureAudit.FRANCE_COMPETENCES: "France compétences",
    NatureAudit.QUALIOPI: "Qualiopi",
    NatureAudit.AUTRE: "autre audit",
}
GRAVITE_DEMANDE = {"question": "question", "remarque": "remarque", "mineure": "écart mineur", "majeure": "écart majeur"}
AVIS_AUDIT = {"conforme": "conforme", "a_surveiller": "à surveiller", "ecart": "écart"}
OBJET_CEP = {
    "competences": "compétences des conseillers",
    "service": "service rendu",
    "profession": "accès à la profession",
    "offre": "offre de certifications",
    "information": "information des personnes",
}
CHANGEMENT = {
    NatureChangement.DELIVRANCE: "délivrance",
    NatureChangement.RENOUVELLEMENT: "renouvellement",
    NatureChangement.MODIFICATION: "modification",
    NatureChangement.SUSPENSION: "suspension",
    NatureChangement.REPRISE: "reprise",
    NatureChangement.ABROGATION: "abrogation",
    NatureChangement.RESILIATION: "résiliation",
}
APPUIS = {
    "exigences": "Exigences",
    "evaluations": "Évaluations",
    "certifications": "Pièces de dossier",
    "conseils": "Conseils",
    "actions": "Actions",
    "promotions": "Promotions",
    "partenaires": "Partenaires",
    "reclamations": "Réclamations",
    "audits": "Audits",
    "positionnements": "Lectures CEP",
    "veille": "Veille",
}
"""What a proof supports, by the collection of what cites it, in the order of the register of evidence."""
NOMS_COLLECTIONS = APPUIS | {
    "certifications": "Certifications",
    "extraits": "Extraits de France compétences",
    "preuves": "Preuves",
    "cep": "Recommandations sur le CEP",
    "derogations": "Dérogations",
    "organisme": "Organisme",
    "lexique": "Lexique",
    "rapport_cep": "Rapport sur le CEP",
    "veille_ecartee": "Veille écartée",
    "editions": "Éditions",
    "dossiers": "Dossiers remis",
}
"""Collections as people call them."""
