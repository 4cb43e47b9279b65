"""An edition that was published: what its readers saw, on which day, and what it weighs."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from macros.models.base import Empreinte, Jour, Modele, Record, Texte, Visibilite

Commit = Annotated[str, Field(pattern=r"^[0-9a-f]{40,64}$", json_schema_extra={"exemple": "0123456789abcdef0123456789abcdef01234567"})]


class Retrait(Modele):
    """Why and when an edition was withdrawn."""

    date: Jour = Field(title="Date", description="Jour du retrait.", examples=["2026-12-01"])
    motif: Texte = Field(
        title="Motif", description="Raison du retrait, telle que ses lecteurs la voient.", examples=["Remplacée par 2026.2"]
    )


class Edition(Record):
    """An edition: a frozen state of the portal for one audience. Written by `portail publier`, kept so that later ones can name it."""

    collection: ClassVar[str] = "editions"
    singulier: ClassVar[str] = "une édition"
    motif_id: ClassVar[str] = r"\d[a-z0-9]*([.-][a-z0-9]+)*"
    exemple_id: ClassVar[str] = "2026.1"
    visibilite_par_defaut: ClassVar[Visibilite] = Visibilite.INTERNE
    machine: ClassVar[bool] = True
    non_diffuse: ClassVar[str] = "une édition non diffusée"

    titre: Texte = Field(title="Titre", description="Titre de l’édition.", examples=["Revue de direction 2026"])
    audience: Visibilite = Field(title="Public", description="Public pour lequel elle a été construite.", examples=["auditeur"])
    date: Jour = Field(title="Date de référence", description="Jour de la situation montrée.", examples=["2026-11-20"])
    commit: Commit | None = Field(default=None, title="Version", description="Version des fiches dont elle est faite.")
    empreinte: Empreinte | None = Field(
        default=None,
        title="Empreinte",
        description="SHA-256 de son manifeste : il vaut pour tous ses fichiers.",
        examples=["e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
    )
    retrait: Retrait | None = Field(default=None, title="Retrait", description="Retrait de l’édition, avec sa raison.")

    def effective_visibility(self) -> Visibilite:
        """Return the audience it was published for, unless it states another: who could read it may know of it."""
        return self.visibilite or self.audience
