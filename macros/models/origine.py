"""Where an action, or a change of a référentiel, comes from."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from macros.models.base import LienAudit, LienDecision, LienExigence, LienReclamation, LienRecommandation, LienVeille, Modele, Texte


class Origine(Modele):
    """Where an action, or a change of a référentiel, comes from: one key only."""

    decision: LienDecision | None = Field(
        default=None, title="Décision", description="Décision d’un conseil.", examples=["CP-2025-12-NUM.D3"]
    )
    exigence: LienExigence | None = Field(default=None, title="Exigence", description="Exigence à satisfaire.")
    reclamation: LienReclamation | None = Field(default=None, title="Réclamation", description="Réclamation reçue.")
    veille: LienVeille | None = Field(default=None, title="Veille", description="Entrée de veille.")
    recommandation: LienRecommandation | None = Field(
        default=None, title="Recommandation", description="Recommandation du rapport sur le CEP.", examples=["CEP-R5"]
    )
    audit: LienAudit | None = Field(default=None, title="Audit", description="Audit ou contrôle.")
    autre: Texte | None = Field(default=None, title="Autre", description="Autre origine, en quelques mots.")

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        """Refuse several origins: one is the main one."""
        stated = [name for name in type(self).model_fields if getattr(self, name) is not None]
        if len(stated) > 1:
            raise PydanticCustomError("origines", "{valeur}", {"valeur": ", ".join(stated)})
        return self
