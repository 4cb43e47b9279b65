"""A partner: an organisation entitled to train for a certification, to organise its tests, or both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from macros.models.base import Adresse, Record, Reserve, Texte, TexteLong, Visibilite
from macros.models.habilitation import Habilitation

if TYPE_CHECKING:
    from datetime import date


class Partenaire(Record):
    """A partner (partenaire): an organisation that holds habilitations, known by its SIRET."""

    collection: ClassVar[str] = "partenaires"
    singulier: ClassVar[str] = "un partenaire"
    motif_id: ClassVar[str] = r"\d{14}"
    exemple_id: ClassVar[str] = "12345678900012"
    visibilite_par_defaut: ClassVar[Visibilite] = Visibilite.AUDITEUR
    non_diffuse: ClassVar[str] = "un partenaire non diffusé"

    nom: Texte = Field(title="Nom", description="Dénomination de l’organisme.", examples=["Centre de formation des Tilleuls"])
    site: Adresse | None = Field(default=None, title="Site", description="Adresse de son site public.")
    habilitations: tuple[Habilitation, ...] = Field(
        default=(), title="Habilitations", description="Ce à quoi il est habilité, une entrée par certification et par acte."
    )
    notes: Annotated[TexteLong | None, Reserve(Visibilite.INTERNE)] = Field(
        default=None, title="Notes internes", description="Notes de travail ; ne quittent jamais un site interne."
    )

    @property
    def certifications(self) -> tuple[str, ...]:
        """Return the certifications its habilitations are about, each once, in order."""
        return tuple(dict.fromkeys(habilitation.certification for habilitation in self.habilitations))

    def depends_on(self) -> tuple[tuple[str, str], ...]:
        """Follow its certifications: a partner for hidden certifications only is hidden."""
        return tuple(("certifications", numero) for numero in self.certifications)

    def habilitations_for(self, numeros: frozenset[str]) -> tuple[Habilitation, ...]:
        """Return the habilitations about some certifications, in the order written."""
        return tuple(habilitation for habilitation in self.habilitations if habilitation.certification in numeros)

    def is_active(self, today: date) -> bool:
        """Tell whether at least one habilitation still runs on `today`."""
        return any(habilitation.is_running(today) for habilitation in self.habilitations)
