"""A complaint: what somebody found wrong, how it was treated, and what came of it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from macros.french import add_days
from macros.models.base import (
    Incoherence,
    Jour,
    LienAction,
    LienCertification,
    LienPartenaire,
    LienPreuve,
    Modele,
    Record,
    Reserve,
    Texte,
    TexteLong,
    Visibilite,
    refuse,
)

if TYPE_CHECKING:
    from collections.abc import Iterator


class OrigineReclamation(StrEnum):
    """Who complains, as a kind and never as a person."""

    CANDIDAT = "candidat"
    STAGIAIRE = "stagiaire"
    PARTENAIRE = "partenaire"
    JURY = "jury"
    ENTREPRISE = "entreprise"
    FINANCEUR = "financeur"
    AUTRE = "autre"


class CauseReclamation(StrEnum):
    """Why, in a list short enough for causes to come back."""

    INFORMATION = "information"
    INSCRIPTION = "inscription"
    FORMATION = "formation"
    ORGANISATION_EPREUVES = "organisation_epreuves"
    EVALUATION = "evaluation"
    JURY = "jury"
    ACCESSIBILITE = "accessibilite"
    RESULTATS = "resultats"
    DELIVRANCE = "delivrance"
    AUTRE = "autre"

    def words(self) -> str:
        """Return the cause as a reader sees it."""
        return _CAUSES.get(self.value, self.value)


_CAUSES = {
    "organisation_epreuves": "organisation des épreuves",
    "evaluation": "évaluation",
    "accessibilite": "accessibilité",
    "resultats": "résultats",
    "delivrance": "délivrance",
    "autre": "autre cause",
}


class Gravite(StrEnum):
    """How serious it is."""

    FAIBLE = "faible"
    MOYENNE = "moyenne"
    FORTE = "forte"


class Traitement(Modele):
    """A dated step of the treatment."""

    date: Jour = Field(title="Date", description="Jour de l’étape.")
    texte: Texte = Field(title="Texte", description="Ce qui a été fait, sans nom de personne.")


class ClotureReclamation(Modele):
    """How it ended."""

    date: Jour = Field(title="Date", description="Jour de la réponse définitive.")
    issue: Literal["fondee", "partiellement_fondee", "non_fondee", "retiree"] = Field(
        title="Issue", description="fondee, partiellement_fondee, non_fondee ou retiree."
    )
    texte: Texte | None = Field(default=None, title="Texte", description="Ce qui a été répondu, sans nom de personne.")


class Reclamation(Record):
    """A complaint (réclamation): its date, its cause, its treatment. Persons are never named."""

    collection: ClassVar[str] = "reclamations"
    singulier: ClassVar[str] = "une réclamation"
    motif_id: ClassVar[str] = r"RECL-\d{4}-\d{3,}"
    exemple_id: ClassVar[str] = "RECL-2026-007"
    visibilite_par_defaut: ClassVar[Visibilite] = Visibilite.INTERNE
    non_diffuse: ClassVar[str] = "une réclamation non diffusée"

    date: Jour = Field(title="Date", description="Jour de réception.", examples=["2026-03-02"])
    certifications: tuple[LienCertification, ...] = Field(
        default=(),
        title="Certifications",
        description="Certifications concernées ; sans cette clé, tout l’organisme.",
        examples=["RNCP12345"],
    )
    origine: OrigineReclamation = Field(
        title="Origine", description="candidat, stagiaire, partenaire, jury, entreprise, financeur ou autre.", examples=["candidat"]
    )
    objet: Texte = Field(
        title="Objet", description="Ce qui est reproché, sans nom de personne.", examples=["Convocation reçue deux jours avant l’épreuve"]
    )
    cause: CauseReclamation = Field(
        title="Cause",
        description="information, inscription, formation, organisation_epreuves, evaluation, jury, accessibilite, resultats, delivrance ou autre.",
        examples=["organisation_epreuves"],
    )
    gravite: Gravite = Field(title="Gravité", description="faible, moyenne ou forte.", examples=["moyenne"])
    partenaire: LienPartenaire | None = Field(default=None, title="Partenaire", description="SIRET du partenaire mis en cause.")
    accusee_le: Jour | None = Field(default=None, title="Accusée le", description="Jour de l’accusé de réception.")
    responsable: Texte | None = Field(
        default=None, title="Responsable", description="Fonction qui traite.", examples=["responsable qualité"]
    )
    traitement: tuple[Traitement, ...] = Field(default=(), title="Traitement", description="Étapes datées.")
    cloture: ClotureReclamation | None = Field(default=None, title="Clôture", description="Réponse définitive.")
    actions: tuple[LienAction, ...] = Field(default=(), title="Actions", description="Actions ouvertes à la suite.")
    preuves: tuple[LienPreuve, ...] = Field(default=(), title="Preuves", description="Échanges et pièces, sans donnée inutile.")
    notes: Annotated[TexteLong | None, Reserve(Visibilite.INTERNE)] = Field(
        default=None, title="Notes internes", description="Notes de travail ; ne quittent jamais un site interne."
    )

    @model_validator(mode="after")
    def _tells_one_story(self) -> Self:
        refuse(self._incoherences())
        return self

    def _incoherences(self) -> Iterator[Incoherence]:
        """Yield what would have happened before it was received."""
        later = [("accusee_le", self.accusee_le), ("cloture.date", self.cloture.date if self.cloture else None)]
        later += [(f"traitement.{rank}.date", step.date) for rank, step in enumerate(self.traitement)]
        for champ, day in later:
            if day is not None and day < self.date:
                yield "avant_reception", {"valeur": self.date.isoformat(), "champ": champ}

    def depends_on(self) -> tuple[tuple[str, str], ...]:
        """Follow its certifications: a complaint on hidden certifications only is hidden."""
        return tuple(("certifications", numero) for numero in self.certifications)

    def is_serious(self) -> bool:
        """Tell whether it calls for an action: serious and not rejected, or found right without being slight."""
        issue = self.cloture.issue if self.cloture else None
        if self.gravite is Gravite.FORTE:
            return issue not in ("non_fondee", "retiree")
        return self.gravite is Gravite.MOYENNE and issue in ("fondee", "partiellement_fondee")

    def is_open(self) -> bool:
        """Tell whether nobody gave a final answer yet."""
        return self.cloture is None

    def due(self, days: int) -> Jour:
        """Return the last day to answer, `days` after it was received."""
        return add_days(self.date, days)

    def is_late(self, today: Jour, days: int) -> bool:
        """Tell whether it is open past its last day."""
        return self.is_open() and self.due(days) < today

    def duration(self) -> int | None:
        """Return the days from reception to the final answer, None while open."""
        return (self.cloture.date - self.date).days if self.cloture else None
