"""A dated judgement: how one certification stands on one requirement, who says so, why, and on what evidence."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from macros.models.base import (
    Jour,
    LienCertification,
    LienExigence,
    LienPreuve,
    Record,
    Reserve,
    Texte,
    TexteLong,
    Visibilite,
)


class Evaluation(Record):
    """An assessment (évaluation) of one requirement for one certification. The latest one counts; earlier ones stay as history."""

    collection: ClassVar[str] = "evaluations"
    singulier: ClassVar[str] = "une évaluation"
    motif_id: ClassVar[str] = r"EV-\d{4}-\d{3,}"
    exemple_id: ClassVar[str] = "EV-2026-012"
    visibilite_par_defaut: ClassVar[Visibilite] = Visibilite.AUDITEUR
    non_diffuse: ClassVar[str] = "une évaluation non diffusée"

    exigence: LienExigence = Field(title="Exigence", description="Exigence évaluée.", examples=["EX-DUREE-MAXIMALE"])
    certification: LienCertification = Field(title="Certification", description="Certification évaluée.", examples=["RNCP12345"])
    statut: Literal["conforme", "a_surveiller", "ecart", "sans_objet"] = Field(
        title="Statut", description="conforme, a_surveiller, ecart ou sans_objet.", examples=["conforme"]
    )
    date: Jour = Field(title="Date", description="Jour de l’évaluation.", examples=["2026-03-12"])
    fonction: Texte = Field(title="Fonction", description="Fonction qui a évalué.", examples=["responsable qualité"])
    motif: TexteLong = Field(title="Motif", description="Ce qui justifie ce statut.", examples=["La grille de 2025 couvre chaque critère."])
    preuves: tuple[LienPreuve, ...] = Field(default=(), title="Preuves", description="Documents sur lesquels elle se fonde.")
    reexamen: Jour | None = Field(default=None, title="Réexamen", description="Jour auquel la reprendre.", examples=["2027-03-12"])
    notes: Annotated[TexteLong | None, Reserve(Visibilite.INTERNE)] = Field(
        default=None, title="Notes internes", description="Notes de travail ; ne quittent jamais un site interne."
    )

    @property
    def certifications(self) -> tuple[str, ...]:
        """Return its certification as other records tell theirs."""
        return (self.certification,)

    def depends_on(self) -> tuple[tuple[str, str], ...]:
        """Follow its certification."""
        return (("certifications", self.certification),)

    def is_outdated(self, today: Jour) -> bool:
        """Tell whether its day of review is past."""
        return self.reexamen is not None and self.reexamen < today
