"""A promotion: the people who went through a certification in one period, in numbers that rates are computed from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Self

from pydantic import Field, model_validator

from macros.models.base import (
    Annee,
    Entier,
    Incoherence,
    Jour,
    LienCertification,
    LienPreuve,
    Modele,
    Record,
    Reserve,
    Taux,
    Texte,
    TexteLong,
    Visibilite,
    refuse,
)
from macros.models.enquete import Enquete, Rapport, Satisfaction, larger, ratio

if TYPE_CHECKING:
    from collections.abc import Iterator


class DeclareFC(Modele):
    """What was declared to France compétences for this promotion, kept apart from what is computed."""

    date: Jour | None = Field(default=None, title="Date", description="Jour de la déclaration.")
    certifies: Entier | None = Field(default=None, title="Certifiés", description="Nombre déclaré.")
    certifies_vae: Entier | None = Field(default=None, title="Dont VAE", description="Nombre déclaré.")
    insertion_globale_6_mois: Taux | None = Field(default=None, title="Insertion globale à 6 mois", description="Pourcentage déclaré.")
    insertion_metier_6_mois: Taux | None = Field(
        default=None, title="Insertion dans le métier à 6 mois", description="Pourcentage déclaré."
    )
    insertion_metier_2_ans: Taux | None = Field(default=None, title="Insertion dans le métier à 2 ans", description="Pourcentage déclaré.")


class ValidationBloc(Modele):
    """How many presented one bloc alone, and how many obtained it."""

    bloc: Texte = Field(title="Bloc", description="Code du bloc.", examples=["RNCP12345BC01"])
    presentes: Entier | None = Field(default=None, title="Présentés", description="Personnes présentées au bloc seul.")
    valides: Entier | None = Field(default=None, title="Validés", description="Personnes qui l’ont obtenu.")

    def rate(self) -> Rapport | None:
        """Return obtained over presented."""
        return ratio(self.valides, self.presentes)


class Promotion(Record):
    """A promotion: everyone who went for a certification over a year, all access routes together. Rates are computed, never typed."""

    collection: ClassVar[str] = "promotions"
    singulier: ClassVar[str] = "une promotion"
    motif_id: ClassVar[str] = r"(RNCP|RS)\d{1,6}-\d{4}"
    exemple_id: ClassVar[str] = "RNCP12345-2024"
    visibilite_par_defaut: ClassVar[Visibilite] = Visibilite.AUDITEUR
    non_diffuse: ClassVar[str] = "une promotion non diffusée"

    certification: LienCertification = Field(
        title="Certification", description="Fiche suivie par la promotion ; elle commence le nom du fichier.", examples=["RNCP12345"]
    )
    annee: Annee = Field(title="Année", description="Année de la promotion ; elle finit le nom du fichier.", examples=["2024"])
    arretee_le: Jour | None = Field(
        default=None, title="Arrêtée le", description="Jour où les chiffres sont arrêtés et diffusés.", examples=["2025-02-14"]
    )
    inscrits: Entier | None = Field(default=None, title="Inscrits", description="Personnes inscrites, toutes voies confondues.")
    presentes: Entier | None = Field(default=None, title="Présentés", description="Personnes présentées aux épreuves de la certification.")
    certifies: Entier | None = Field(default=None, title="Certifiés", description="Titulaires de la certification entière.")
    certifies_vae: Entier | None = Field(default=None, title="Dont VAE", description="Certifiés par la validation des acquis.")
    abandons: Entier | None = Field(default=None, title="Abandons", description="Inscrits partis avant les épreuves.")
    validations_partielles: tuple[ValidationBloc, ...] = Field(
        default=(), title="Validations partielles", description="Par bloc, présentés et validés sans la certification entière."
    )
    enquetes: tuple[Enquete, ...] = Field(default=(), title="Enquêtes", description="Une enquête par horizon.")
    satisfaction: Satisfaction | None = Field(default=None, title="Satisfaction", description="Enquête de satisfaction.")
    declare_fc: DeclareFC | None = Field(
        default=None, title="Déclaré à France compétences", description="Chiffres déclarés, gardés à part de ceux que le portail calcule."
    )
    preuves: tuple[LienPreuve, ...] = Field(default=(), title="Preuves", description="Documents dont viennent les effectifs.")
    notes: Annotated[TexteLong | None, Reserve(Visibilite.INTERNE)] = Field(
        default=None, title="Notes internes", description="Notes de travail ; ne quittent jamais un site interne."
    )

    @model_validator(mode="after")
    def _asks_once(self) -> Self:
        refuse(self._incoherences())
        return self

    def _incoherences(self) -> Iterator[Incoherence]:
        """Yield two surveys at one horizon, and one bloc counted twice: no one could tell which to believe."""
        yield from _twice("enquetes", "horizon_mois", (str(enquete.horizon_mois) for enquete in self.enquetes))
        yield from _twice("validations_partielles", "bloc", (each.bloc for each in self.validations_partielles))

    @property
    def certifications(self) -> tuple[str, ...]:
        """Return its certification as other records tell theirs."""
        return (self.certification,)

    def depends_on(self) -> tuple[tuple[str, str], ...]:
        """Follow its certification."""
        return (("certifications", self.certification),)

    def survey(self, horizon: int) -> Enquete | None:
        """Return the survey at a horizon in months, or None."""
        return next((enquete for enquete in self.enquetes if enquete.horizon_mois == horizon), None)

    def tells_outcome(self) -> bool:
        """Tell whether a survey gives an insertion rate."""
        return any(enquete.overall() or enquete.in_occupation() for enquete in self.enquetes)

    def success(self) -> Rapport | None:
        """Return the success rate: certified over presented."""
        return ratio(self.certifies, self.presentes)

    def completion(self) -> Rapport | None:
        """Return certified over enrolled, which is another rate."""
        return ratio(self.certifies, self.inscrits)

    def wrong_totals(self) -> Iterator[tuple[str, int, int, str]]:
        """Yield each part larger than its whole: the field, the part, the whole, the sentence that says it."""
        yield from larger(self, "", _TOTALS)
        for rank, each in enumerate(self.validations_partielles):
            yield from larger(each, f"validations_partielles.{rank}.", _BLOCS)
        for rank, enquete in enumerate(self.enquetes):
            yield from enquete.wrong_totals(f"enquetes.{rank}.")
        if self.satisfaction is not None:
            yield from larger(self.satisfaction, "satisfaction.", _SATISFACTION)


_TOTALS = (
    ("presentes", "inscrits", "Plus de présentés que d’inscrits"),
    ("certifies", "presentes", "Plus de certifiés que de présentés"),
    ("certifies_vae", "certifies", "Plus de certifiés par la VAE que de certifiés"),
    ("abandons", "inscrits", "Plus d’abandons que d’inscrits"),
)
_BLOCS = (("valides", "presentes", "Plus de validés que de présentés au bloc"),)
_SATISFACTION = (
    ("repondants", "interroges", "Plus de répondants que de personnes interrogées"),
    ("satisfaits", "repondants", "Plus de satisfaits que de répondants"),
)


def _twice(champ: str, key: str, values: Iterator[str]) -> Iterator[Incoherence]:
    seen: set[str] = set()
    for rank, value in enumerate(values):
        if value in seen:
            yield "deux_fois", {"valeur": value, "champ": f"{champ}.{rank}.{key}"}
        seen.add(value)
