"""A requirement: what is expected, by which text, of whom, and how binding it is."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from macros.models.base import Adresse, Certitude, Force, Jour, LienExigence, Modele, Record, Repertoire, Texte, TexteLong, Visibilite
from macros.models.certification import TypeEnregistrement
from macros.models.constat import Controle

if TYPE_CHECKING:
    from datetime import date


class Evenement(StrEnum):
    """The date on which a requirement is judged."""

    DEPOT = "depot"
    DELIVRANCE = "delivrance"
    EVENEMENT = "evenement"
    PERMANENT = "permanent"


class SourceTexte(Modele):
    """An address where the requirement was read."""

    titre: Texte = Field(title="Titre", description="Nom de la source.")
    url: Adresse = Field(title="Adresse", description="Adresse de la source.")


class Exigence(Record):
    """A requirement or a practice, with its force, reference, dates, addressees, and the check that decides it."""

    collection: ClassVar[str] = "exigences"
    singulier: ClassVar[str] = "une exigence"
    motif_id: ClassVar[str] = r"EX-[A-Z0-9]+(-[A-Z0-9]+)*"
    exemple_id: ClassVar[str] = "EX-DUREE-MAXIMALE"
    visibilite_par_defaut: ClassVar[Visibilite] = Visibilite.PUBLIC
    non_diffuse: ClassVar[str] = "une exigence non diffusée"

    titre: Texte = Field(title="Titre", description="Nom court de l’exigence.")
    texte: Texte = Field(
        title="Texte", description="Texte d’où vient l’exigence : code, décret, doctrine, usage.", examples=["Code du travail"]
    )
    article: Texte | None = Field(default=None, title="Article", description="Article ou fiche, s’il y en a un.", examples=["L. 6113-6"])
    enonce: TexteLong = Field(title="Énoncé", description="Ce qui est attendu, en phrases simples.")
    force: Force = Field(
        title="Force", description="loi, reglement, doctrine ou usage. Un usage n’est jamais une obligation.", examples=["usage"]
    )
    certitude: Certitude = Field(title="Certitude", description="texte_vu, deux_sources, une_source ou a_confirmer.", examples=["texte_vu"])
    du: Jour | None = Field(default=None, title="En vigueur du", description="Premier jour d’application.")
    au: Jour | None = Field(default=None, title="Jusqu’au", description="Dernier jour d’application.")
    repertoires: tuple[Repertoire, ...] = Field(
        default=(Repertoire.RNCP, Repertoire.RS), title="Répertoires", description="Répertoires concernés."
    )
    types_enregistrement: tuple[TypeEnregistrement, ...] = Field(
        default=(TypeEnregistrement.DE_DROIT, TypeEnregistrement.SUR_DEMANDE),
        title="Types d’enregistrement",
        description="Enregistrements concernés.",
    )
    appreciee: Evenement = Field(
        default=Evenement.PERMANENT,
        title="Appréciée",
        description="Date à laquelle l’exigence se juge : depot, delivrance, evenement ou permanent.",
    )
    preuves_attendues: tuple[Texte, ...] = Field(
        default=(), title="Preuves attendues", description="Pièces qui montrent que l’exigence est satisfaite."
    )
    controle: Controle | None = Field(default=None, title="Contrôle", description="Contrôle du portail qui la décide, s’il y en a un.")
    succede_a: LienExigence | None = Field(
        default=None, title="Succède à", description="Exigence que celle-ci remplace à partir de sa date : deux versions d’une même règle."
    )
    verifiee_le: Jour | None = Field(default=None, title="Vérifiée le", description="Date de la dernière lecture du texte.")
    sources: tuple[SourceTexte, ...] = Field(default=(), title="Sources", description="Adresses où l’exigence a été lue.")

    def is_in_force(self, day: date) -> bool:
        """Tell whether the requirement applies on `day`, whoever it addresses."""
        return (self.du is None or self.du <= day) and (self.au is None or day <= self.au)

    def binds(self, repertoire: Repertoire, type_enregistrement: TypeEnregistrement, day: date) -> bool:
        """Tell whether the requirement applies to such a certification on `day`."""
        return self.is_in_force(day) and repertoire in self.repertoires and type_enregistrement in self.types_enregistrement

    def reference(self) -> str:
        """Return the text and article as readers cite them."""
        return f"{self.texte}, {self.article}" if self.article else self.texte
