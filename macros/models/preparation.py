"""How a renewal is prepared: its steps, the months without commission, the documents an application usually holds."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from macros.models.base import Cle, Entier, Modele, Repertoire, Texte


class Retroplanning(Modele):
    """Months before the end of registration at which each step of a renewal is due. Source: usage, FAQ of France compétences (7 to 8 months)."""

    collecte_mois: Entier = Field(default=12, title="Collecte", description="Mois avant l’échéance pour commencer à réunir les preuves.")
    dossier_pret_mois: Entier = Field(default=9, title="Dossier prêt", description="Mois avant l’échéance pour avoir un dossier prêt.")
    depot_mois: Entier = Field(default=7, title="Dépôt", description="Mois avant l’échéance pour déposer la demande.")
    alerte_mois: Entier = Field(
        default=6, title="Dernier délai conseillé", description="Mois avant l’échéance à partir desquels le retard devient un écart."
    )

    mois_sans_commission: tuple[Annotated[Entier, Field(ge=1, le=12)], ...] = Field(
        default=(8,),
        title="Mois sans commission",
        description="Mois (1 à 12) où la commission de France compétences ne se réunit pas ; août d’usage.",
    )

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        """Refuse steps that do not follow one another: collecte, dossier, dépôt, dernier délai."""
        steps = (self.collecte_mois, self.dossier_pret_mois, self.depot_mois, self.alerte_mois)
        if list(steps) != sorted(steps, reverse=True):
            names = ("collecte_mois", "dossier_pret_mois", "depot_mois", "alerte_mois")
            stated = ", ".join(f"{name} {months}" for name, months in zip(names, steps, strict=True))
            raise PydanticCustomError("ordre_etapes", "les étapes ne se suivent pas ({valeur})", {"valeur": stated})
        return self


class PieceUsuelle(Modele):
    """A document that an application usually holds. Source: usage, two concordant sources."""

    id: Cle = Field(title="Identifiant", description="Mot court sans accent, repris par la clé usuelle.", examples=["note_opportunite"])
    piece: Texte = Field(title="Pièce", description="Nom de la pièce.", examples=["Note d’opportunité"])
    repertoires: tuple[Repertoire, ...] = Field(
        default=(Repertoire.RNCP, Repertoire.RS), title="Répertoires", description="Répertoires où elle est usuelle."
    )
