"""A constat: what a check observed on one record, with what to do about it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from macros.models.base import Visibilite

if TYPE_CHECKING:
    from datetime import date

    from macros.models.exigence import Exigence


class Niveau(StrEnum):
    """The only status scale of the portal, from best to worst where it matters."""

    CONFORME = "conforme"
    SANS_OBJET = "sans_objet"
    DEROGE = "deroge"
    A_SURVEILLER = "a_surveiller"
    ECART = "ecart"

    def severity(self) -> int:
        """Return a rank that grows with urgency."""
        return list(Niveau).index(self)


class Controle(StrEnum):
    """Every check by its public name: what a requirement cites in `controle`, and a key of the table of checks."""

    DUREE_ENREGISTREMENT = "duree_enregistrement"
    DUREE_COURTE = "duree_courte"
    DATES_COHERENTES = "dates_coherentes"
    RETROPLANNING = "retroplanning"
    DIFFERENCE_FC = "difference_fc"
    EXTRAIT_ANCIEN = "extrait_ancien"
    CEP_R5 = "cep_r5"
    TABLES_FORMATION = "tables_formation"
    EVOLUTIONS_REFERENTIEL = "evolutions_referentiel"
    POSITIONNEMENT_CEP = "positionnement_cep"
    REEXAMEN_CEP = "reexamen_cep"
    CADENCE_CP = "cadence_cp"
    PREMIER_CP = "premier_cp"
    PV_CP = "pv_cp"
    REGIME_CP = "regime_cp"
    CONVOCATION_CP = "convocation_cp"
    TENUE_CP = "tenue_cp"
    POINTS_CP = "points_cp"
    COLLEGES_CP = "colleges_cp"
    QUORUM_CP = "quorum_cp"
    DUREE_CP = "duree_cp"
    PILOTAGE_CP = "pilotage_cp"
    SUIVI_CP = "suivi_cp"
    DIFFUSION_PV = "diffusion_pv"
    SAISON_CP = "saison_cp"
    RESPONSABLE_ACTION = "responsable_action"
    RETARD_ACTION = "retard_action"
    REPORTS_ACTION = "reports_action"
    CLOTURE_ACTION = "cloture_action"
    EFFICACITE_ACTION = "efficacite_action"
    ORIGINE_ACTION = "origine_action"
    INTEGRITE_PREUVE = "integrite_preuve"
    RELECTURE_PREUVE = "relecture_preuve"
    FRAICHEUR_PREUVE = "fraicheur_preuve"
    CONSERVATION_PREUVE = "conservation_preuve"
    DONNEES_PREUVE = "donnees_preuve"
    USAGE_PREUVE = "usage_preuve"
    ANALYSE_VEILLE = "analyse_veille"
    VIGUEUR_VEILLE = "vigueur_veille"
    VERIFICATION_VEILLE = "verification_veille"
    VIGUEUR_EXIGENCE = "vigueur_exigence"
    VERIFICATION_EXIGENCE = "verification_exigence"
    NOMBRE_PROMOTIONS = "nombre_promotions"
    TOTAUX_PROMOTION = "totaux_promotion"
    DECLARATION_PROMOTION = "declaration_promotion"
    REPONSE_ENQUETE = "reponse_enquete"
    MENTION_OBJET = "mention_objet"
    MENTION_CERTIFICATIONS = "mention_certifications"
    MENTION_DUREE = "mention_duree"
    MENTION_CONTREPARTIE = "mention_contrepartie"
    MENTION_SOUS_TRAITANCE = "mention_sous_traitance"
    MENTION_MOYENS = "mention_moyens"
    MENTION_ECOLE = "mention_ecole"
    MENTIONS_ANCIENNES = "mentions_anciennes"
    VALIDITE_HABILITATION = "validite_habilitation"
    DELIVRANCE_CONNUE = "delivrance_connue"
    NOTIFICATION_FC = "notification_fc"
    CONTROLE_PARTENAIRE = "controle_partenaire"
    PARTENAIRES_FC = "partenaires_fc"
    DELAI_RECLAMATION = "delai_reclamation"
    ACCUSE_RECLAMATION = "accuse_reclamation"
    RESPONSABLE_RECLAMATION = "responsable_reclamation"
    TRAITEMENT_RECLAMATION = "traitement_reclamation"
    SUITE_RECLAMATION = "suite_reclamation"
    RECURRENCE_RECLAMATION = "recurrence_reclamation"
    REPONSE_AUDIT = "reponse_audit"
    SUITE_AUDIT = "suite_audit"
    CONCLUSION_AUDIT = "conclusion_audit"
    PERIMETRE_AUDIT = "perimetre_audit"
    PREUVE_EVALUATION = "preuve_evaluation"
    REEXAMEN_EVALUATION = "reexamen_evaluation"
    EXIGENCES_EVALUEES = "exigences_evaluees"
    DEROGATION = "derogation"


@dataclass(frozen=True)
class Constat:
    """One observation of a check.

    `controle` names the check, `code` the exact finding. `exigence`, `force`
    and `reference` come from the requirement record, empty when none cites
    the check; `message` says what is so, `remede` what to do, `fichier` and
    `ligne` which file to open, `champ` the dotted path of the key (`pv.1.etat`).
    `certifications`: those it is about, none when it is about the whole
    organisation. `juge_le` is the day whose requirements apply, the reference
    date when None. `a_venir`: what it is about is still to come. `derogation`:
    the exception that sets it aside, for the level `deroge`.
    """

    code: str
    controle: str
    niveau: Niveau
    message: str
    remede: str
    collection: str
    enregistrement: str
    champ: str = ""
    certifications: tuple[str, ...] = ()
    exigence: str = ""
    force: str = ""
    reference: str = ""
    fichier: str = ""
    ligne: int = 0
    echeance: date | None = None
    juge_le: date | None = None
    a_venir: bool = False
    derogation: str = ""
    visibilite: Visibilite = Visibilite.INTERNE

    def is_to_do(self) -> bool:
        """Tell whether someone has something to do: a gap or a point to watch; never a note nor what an exception sets aside."""
        return self.niveau in (Niveau.A_SURVEILLER, Niveau.ECART)

    def answering(self, controle: Controle, exigence: Exigence | None, fichier: str, ligne: int) -> Constat:
        """Return the same constat carrying its check, its place in a file and its requirement; without one, nothing is said of its force."""
        if exigence is None:
            return replace(self, controle=controle.value, fichier=fichier, ligne=ligne)
        force, reference = exigence.force.value, exigence.reference()
        return replace(self, controle=controle.value, fichier=fichier, ligne=ligne, exigence=exigence.id, force=force, reference=reference)

    def set_aside(self, derogation: str, sentence: str) -> Constat:
        """Return the same constat set aside by an exception, which its message tells."""
        return replace(self, niveau=Niveau.DEROGE, derogation=derogation, message=f"{self.message} {sentence}")

    def as_json(self) -> dict[str, object]:
        """Return the public JSON form, keys in the documented order."""
        keys = ("code", "niveau", "force", "reference", "message", "remede", "fichier", "ligne", "enregistrement")
        return {**{key: getattr(self, key) for key in keys}, "certifications": list(self.certifications), "derogation": self.derogation}
