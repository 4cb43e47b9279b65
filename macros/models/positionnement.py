"""Where a certification stands on the CEP recommendations, in the words of the organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from macros.models.base import (
    Incoherence,
    Jour,
    Lien,
    LienPreuve,
    LienRecommandation,
    Modele,
    NumeroFiche,
    Record,
    Texte,
    TexteLong,
    Visibilite,
    refuse,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date


class LectureCep(Modele):
    """The reading of one certification against one recommendation."""

    recommandation: LienRecommandation = Field(
        title="Recommandation", description="CEP-R1 à CEP-R4 ; la cinquième se décide par un contrôle.", examples=["CEP-R1"]
    )
    statut: Literal["conforme", "a_surveiller", "ecart", "sans_objet"] = Field(
        title="Statut", description="conforme, a_surveiller, ecart ou sans_objet.", examples=["conforme"]
    )
    motif: TexteLong = Field(title="Motif", description="Ce qui justifie ce statut.")
    preuves: tuple[LienPreuve, ...] = Field(default=(), title="Preuves", description="Documents qui l’appuient.")
    date: Jour = Field(title="Date", description="Jour de la lecture.")
    fonction: Texte = Field(title="Fonction", description="Fonction qui l’a faite.", examples=["responsable de certification"])
    reexamen: Jour | None = Field(default=None, title="Réexamen", description="Jour auquel la relire.")


class Positionnement(Record):
    """The positions of one accompagnement certification on recommendations R1 to R4, with reasons and evidence."""

    collection: ClassVar[str] = "positionnements"
    singulier: ClassVar[str] = "un positionnement"
    motif_id: ClassVar[str] = r"POS-(RNCP|RS)\d{1,6}"
    exemple_id: ClassVar[str] = "POS-RNCP12345"
    visibilite_par_defaut: ClassVar[Visibilite] = Visibilite.AUDITEUR
    non_diffuse: ClassVar[str] = "un positionnement non diffusé"

    certification: Annotated[NumeroFiche, Lien("certifications")] = Field(
        title="Certification",
        description="Certification d’accompagnement que l’on situe ; son numéro finit le nom du fichier.",
        examples=["RNCP12345"],
    )
    lectures: tuple[LectureCep, ...] = Field(title="Lectures", description="Une lecture par recommandation.")

    @model_validator(mode="after")
    def _reads_each_once(self) -> Self:
        refuse(self._incoherences())
        return self

    def _incoherences(self) -> Iterator[Incoherence]:
        """Yield a recommendation read twice: two positions on one question."""
        seen: set[str] = set()
        for rank, lecture in enumerate(self.lectures):
            if lecture.recommandation in seen:
                yield "deux_fois", {"valeur": lecture.recommandation, "champ": f"lectures.{rank}.recommandation"}
            seen.add(lecture.recommandation)

    def depends_on(self) -> tuple[tuple[str, str], ...]:
        """Follow its certification."""
        return (("certifications", self.certification),)

    def on(self, recommandation: str) -> LectureCep | None:
        """Return the reading against one recommendation, or None."""
        return next((lecture for lecture in self.lectures if lecture.recommandation == recommandation), None)

    def to_review(self, today: date) -> tuple[LectureCep, ...]:
        """Return the readings whose day of review is past."""
        return tuple(lecture for lecture in self.lectures if lecture.reexamen is not None and lecture.reexamen < today)
