"""Names: the one file where they stand, kept out of Git and of every edition but the internal one."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from macros.models.base import Interieur, Modele, Record, Texte, Visibilite


class Personne(Modele):
    """A person behind a number."""

    id: Annotated[str, Field(pattern=r"^P-\d{2,}$", json_schema_extra={"exemple": "P-07"})] = Field(
        title="Identifiant", description="Numéro repris dans les conseils ; il ne dit rien de la personne.", examples=["P-07"]
    )
    nom: Texte = Field(title="Nom", description="Prénom et nom.")
    courriel: Texte | None = Field(default=None, title="Courriel", description="Adresse électronique.")


class Personnes(Record):
    """The persons behind the numbers of the conseils, in a file that Git ignores."""

    collection: ClassVar[str] = "personnes"
    singulier: ClassVar[str] = "la liste des personnes"
    motif_id: ClassVar[str] = r"personnes"
    exemple_id: ClassVar[str] = "personnes"
    visibilite_par_defaut: ClassVar[Visibilite] = Visibilite.INTERNE
    local: ClassVar[bool] = True
    interieurs: ClassVar[tuple[Interieur, ...]] = (Interieur("personnes", "personnes"),)

    personnes: tuple[Personne, ...] = Field(default=(), title="Personnes", description="Une ligne par personne.")

    def effective_visibility(self) -> Visibilite:
        """Return `interne`, whatever the file states: names never leave the organisation."""
        return Visibilite.INTERNE
