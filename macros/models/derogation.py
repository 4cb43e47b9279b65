"""A justified exception: one constat, set aside until a day."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from macros.models.base import Jour, Lien, LienCertification, Record, Texte, Visibilite


class Derogation(Record):
    """A dérogation: a decided and dated exception that turns one constat on one record to `deroge`."""

    collection: ClassVar[str] = "derogations"
    singulier: ClassVar[str] = "une dérogation"
    motif_id: ClassVar[str] = r"DER-\d{4}-\d{3,}"
    exemple_id: ClassVar[str] = "DER-2026-001"
    visibilite_par_defaut: ClassVar[Visibilite] = Visibilite.INTERNE
    non_diffuse: ClassVar[str] = "une dérogation non diffusée"

    constat: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", json_schema_extra={"exemple": "pv-manquant"})] = Field(
        title="Constat", description="Code du constat, tel que portail verifier l’écrit.", examples=["pv-manquant"]
    )
    enregistrement: Annotated[str, Lien("enregistrements")] = Field(
        title="Enregistrement", description="Identifiant de la fiche sur laquelle porte le constat.", examples=["CP-2025-12-NUM"]
    )
    certification: LienCertification | None = Field(
        default=None, title="Certification", description="Certification visée, quand le constat se répète pour plusieurs."
    )
    motif: Texte = Field(title="Motif", description="Pourquoi l’exception est acceptée.")
    fonction: Texte = Field(title="Fonction", description="Fonction qui l’a décidée.", examples=["direction"])
    date: Jour = Field(title="Date", description="Jour de la décision.")
    jusqu_au: Jour = Field(title="Jusqu’au", description="Dernier jour de validité.", examples=["2027-03-31"])

    def is_running(self, today: Jour) -> bool:
        """Tell whether the exception holds on `today`; its last day counts."""
        return self.date <= today <= self.jusqu_au
