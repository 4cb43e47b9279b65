"""A dossier handed to an auditor: for which organisation, on which certifications, until when. Never the key that opens it."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from macros.models.base import Empreinte, Entier, Jour, LienCertification, Modele, Record, Texte, Visibilite
from macros.models.edition import Commit


class Revocation(Modele):
    """When and why a dossier was taken back."""

    date: Jour = Field(title="Date", description="Jour de la révocation.", examples=["2026-12-01"])
    motif: Texte | None = Field(default=None, title="Motif", description="Raison de la révocation.", examples=["Contrôle terminé"])


class Dossier(Record):
    """A dossier: a frozen edition for auditors, restricted to some certifications. Written by `portail dossier`."""

    collection: ClassVar[str] = "dossiers"
    singulier: ClassVar[str] = "un dossier"
    motif_id: ClassVar[str] = r"DOS-\d{4}-\d{3,}"
    exemple_id: ClassVar[str] = "DOS-2026-001"
    visibilite_par_defaut: ClassVar[Visibilite] = Visibilite.INTERNE
    machine: ClassVar[bool] = True
    non_diffuse: ClassVar[str] = "un dossier non diffusé"

    pour: Texte | None = Field(
        default=None, title="Pour", description="Organisation qui le reçoit, jamais un nom de personne.", examples=["France compétences"]
    )
    objet: Texte | None = Field(default=None, title="Objet", description="Raison de la remise.", examples=["Contrôle sur pièces 2026"])
    certifications: tuple[LienCertification, ...] = Field(
        title="Certifications", description="Certifications du dossier.", examples=["RNCP12345"]
    )
    date: Jour = Field(title="Date", description="Jour de la situation montrée.", examples=["2026-11-20"])
    expire: Jour = Field(title="Expire le", description="Dernier jour où il s’ouvre.", examples=["2026-12-31"])
    formes: tuple[Annotated[Literal["zip", "pdf", "zip_chiffre", "serveur", "lien"], Field()], ...] = Field(
        default=(), title="Formes", description="zip, pdf, zip_chiffre, serveur ou lien.", examples=["zip"]
    )
    pieces: Entier = Field(default=0, title="Pièces jointes", description="Documents gardés ailleurs que l’on y a mis.", examples=["3"])
    commit: Commit | None = Field(default=None, title="Version", description="Version des fiches dont il est fait.")
    empreinte: Empreinte | None = Field(
        default=None,
        title="Empreinte",
        description="SHA-256 de son manifeste.",
        examples=["e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
    )
    revocation: Revocation | None = Field(default=None, title="Révocation", description="Révocation avant l’échéance.")

    def depends_on(self) -> tuple[tuple[str, str], ...]:
        """Follow its certifications."""
        return tuple(("certifications", numero) for numero in self.certifications)

    def is_open(self, today: Jour) -> bool:
        """Tell whether it may still be opened on `today`: its last day counts."""
        return self.revocation is None and today <= self.expire
