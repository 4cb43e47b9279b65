"""A piece of evidence: what it is, its revisions with their fingerprint, how long it is kept."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, ClassVar, Self

from pydantic import Field, model_validator

from macros.french import add_months
from macros.models.base import (
    Chemin,
    Empreinte,
    Entier,
    Incoherence,
    Jour,
    LienCertification,
    LienExigence,
    Modele,
    OuiNon,
    Record,
    Reserve,
    Texte,
    TexteLong,
    Visibilite,
    refuse,
)

if TYPE_CHECKING:
    from collections.abc import Iterator


class TypePreuve(StrEnum):
    """What kind of document a proof is."""

    CONVOCATION = "convocation"
    ORDRE_DU_JOUR = "ordre_du_jour"
    EMARGEMENT = "emargement"
    PV_CP = "pv_cp"
    REFERENTIEL = "referentiel"
    GRILLE_EVALUATION = "grille_evaluation"
    PV_JURY = "pv_jury"
    CONVENTION = "convention"
    CONTROLE_PARTENAIRE = "controle_partenaire"
    ENQUETE = "enquete"
    ETUDE_MARCHE = "etude_marche"
    TABLE_FORMATION = "table_formation"
    RECLAMATION = "reclamation"
    COMMUNICATION = "communication"
    DECISION_FC = "decision_fc"
    AUTRE = "autre"

    def is_of_conseil(self) -> bool:
        """Tell whether it documents a session, and is then kept five years at least."""
        return self in (TypePreuve.CONVOCATION, TypePreuve.ORDRE_DU_JOUR, TypePreuve.EMARGEMENT, TypePreuve.PV_CP)

    def ages(self) -> bool:
        """Tell whether it describes a state that lasts, and so grows old; what records an event does not."""
        events = (TypePreuve.PV_JURY, TypePreuve.RECLAMATION, TypePreuve.DECISION_FC, TypePreuve.AUTRE)
        return not self.is_of_conseil() and self not in events

    def names_persons(self) -> bool:
        """Tell whether such a document names persons by its nature."""
        return self in (TypePreuve.EMARGEMENT, TypePreuve.PV_JURY)

    def stays_outside(self) -> bool:
        """Tell whether the document itself stays outside the repository by default: it bears signatures."""
        return self in (TypePreuve.EMARGEMENT, TypePreuve.PV_CP, TypePreuve.PV_JURY)


class Revision(Modele):
    """One version of a document: in `data/preuves/`, or kept elsewhere and known by its fingerprint."""

    numero: Entier = Field(title="Numéro", description="1 pour la première version, puis 2, 3…", examples=["1"])
    date: Jour = Field(title="Date", description="Date de cette version.")
    fichier: Chemin | None = Field(
        default=None,
        title="Fichier",
        description="Chemin sous data/preuves/, quand le document est dans le dépôt ; hors d’un site interne, un nom neutre le remplace.",
        examples=["2026/PR-2026-031-r1.pdf"],
    )
    emplacement: Texte | None = Field(
        default=None,
        title="Emplacement",
        description="Où le document est gardé, hors du dépôt.",
        examples=["Coffre qualité, dossier CP 2025"],
    )
    sha256: Empreinte | None = Field(default=None, title="SHA-256", description="Empreinte du document, 64 caractères.")
    observation: Texte | None = Field(default=None, title="Observation", description="Ce qui change avec cette version.")


class Conservation(Modele):
    """How long the document is kept."""

    jusqu_au: Jour | None = Field(
        default=None,
        title="Au moins jusqu’au",
        description="Premier jour où le document pourrait ne plus être gardé ; sans cette clé, il se calcule.",
    )
    donnees_personnelles: OuiNon = Field(
        default=OuiNon.NON, title="Données personnelles", description="oui si le document nomme des personnes.", examples=["oui"]
    )
    effacer_apres: Jour | None = Field(
        default=None, title="Effacer après", description="Jour après lequel le document doit être effacé ; données personnelles seulement."
    )


class Preuve(Record):
    """A piece of evidence (preuve): a document with its revisions, what it supports, and how long it is kept."""

    collection: ClassVar[str] = "preuves"
    singulier: ClassVar[str] = "une preuve"
    motif_id: ClassVar[str] = r"PR-\d{4}-\d{3,}"
    exemple_id: ClassVar[str] = "PR-2026-031"
    visibilite_par_defaut: ClassVar[Visibilite] = Visibilite.AUDITEUR
    avec_fichiers: ClassVar[bool] = True
    non_diffuse: ClassVar[str] = "une preuve non diffusée"

    type: TypePreuve = Field(title="Type", description="Nature du document.", examples=["pv_cp"])
    titre: Texte = Field(
        title="Titre", description="Nom du document, sans nom de personne.", examples=["PV du conseil Numérique 2025, RNCP12345"]
    )
    date: Jour = Field(title="Date", description="Date du document.", examples=["2025-12-12"])
    revisions: tuple[Revision, ...] = Field(default=(), title="Révisions", description="Versions, de la plus ancienne à la plus récente.")
    certifications: tuple[LienCertification, ...] = Field(
        default=(), title="Certifications", description="Certifications que la preuve appuie ; sans cette clé, tout l’organisme."
    )
    exigences: tuple[LienExigence, ...] = Field(default=(), title="Exigences", description="Exigences que la preuve appuie.")
    relue_le: Jour | None = Field(default=None, title="Relue le", description="Jour de la dernière relecture du contenu.")
    relue_par: Texte | None = Field(default=None, title="Relue par", description="Fonction qui a relu.", examples=["responsable qualité"])
    conservation: Conservation = Field(default=Conservation(), title="Conservation", description="Durée de garde.")
    notes: Annotated[TexteLong | None, Reserve(Visibilite.INTERNE)] = Field(
        default=None, title="Notes internes", description="Notes de travail ; ne quittent jamais un site interne."
    )

    @model_validator(mode="after")
    def _tells_one_story(self) -> Self:
        refuse(self._incoherences())
        return self

    def _incoherences(self) -> Iterator[Incoherence]:
        """Yield versions kept in two places, versions out of order, an erasure without personal data or before the end of its keeping."""
        for index, revision in enumerate(self.revisions):
            if revision.fichier and revision.emplacement:
                yield "deux_places", {"champ": f"revisions.{index}.emplacement"}
        numbers = [revision.numero for revision in self.revisions]
        if numbers != sorted(set(numbers)):
            yield "ordre_revisions", {"valeur": ", ".join(map(str, numbers)), "champ": "revisions"}
        kept = self.conservation
        if kept.effacer_apres and kept.donnees_personnelles is OuiNon.NON:
            yield "effacement_reserve", {"champ": "conservation.effacer_apres"}
        if kept.effacer_apres and kept.jusqu_au and kept.effacer_apres < kept.jusqu_au:
            yield "effacement_avant_terme", {"valeur": kept.jusqu_au.isoformat(), "champ": "conservation.effacer_apres"}

    def depends_on(self) -> tuple[tuple[str, str], ...]:
        """Follow its certifications: evidence on hidden certifications only is hidden."""
        return tuple(("certifications", numero) for numero in self.certifications)

    def latest(self) -> Revision | None:
        """Return the current version, or None when no document was filed yet."""
        return self.revisions[-1] if self.revisions else None

    def names_persons(self) -> bool:
        """Tell whether the document names persons: it says so, or its nature does."""
        return self.conservation.donnees_personnelles is OuiNon.OUI or self.type.names_persons()

    def holds_a_document(self) -> bool:
        """Tell whether the current version says where its document is."""
        latest = self.latest()
        return latest is not None and bool(latest.fichier or latest.emplacement)

    def awaits_review(self) -> bool:
        """Tell whether the current version is newer than the last reading."""
        latest = self.latest()
        return latest is not None and self.relue_le is not None and latest.date > self.relue_le

    def is_stale(self, today: Jour, months: int) -> bool:
        """Tell whether it describes a lasting state and nobody renewed or read it again for `months` months."""
        latest = self.latest()
        days = [self.date, *([latest.date] if latest else []), *([self.relue_le] if self.relue_le else [])]
        return self.type.ages() and add_months(max(days), months) < today

    def kept_until(self, years: int, ends: tuple[Jour, ...] = ()) -> Jour:
        """Return until when it is kept at least: `years` after its date, the end of the registrations it covers, what it states itself."""
        days: list[Jour] = [add_months(self.date, 12 * years), *ends]
        return max([*days, self.conservation.jusqu_au] if self.conservation.jusqu_au else days)
