"""A constat: what a check observed on one record, with what to do about it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from macros.models.base import Visibilite

if TYPE_CHECKING:
    from datetime import date


class Niveau(StrEnum):
    """The only status scale of the portal, from best to worst where it matters."""

    CONFORME = "conforme"
    SANS_OBJET = "sans_objet"
    DEROGE = "deroge"
    A_SURVEILLER = "a_surveiller"
    ECART = "ecart"

    def severity(self) -> int:
        """Return a rank that grows with urgency."""
        return list(Niveau).index(self)


class Controle(StrEnum):
    """Every check by its public name: what a requirement cites in `controle`, and a key of the table of checks."""

    DUREE_ENREGISTREMENT = "duree_enregistrement"
    DUREE_COURTE = "duree_courte"
    DATES_COHERENTES = "dates_coherentes"
    RETROPLANNING = "retroplanning"
    DIFFERENCE_FC = "difference_fc"
    EXTRAIT_ANCIEN = "extrait_ancien"
    CEP_R5 = "cep_r5"


@dataclass(frozen=True)
class Constat:
    """One observation of a check.

    `controle` names the check, `code` the exact finding. `exigence`, `force`
    and `reference` come from the requirement record, empty when none cites
    the check; `message` says what is so, `remede` what to do, `fichier` and
    `ligne` which file to open. `juge_le` is the day whose requirements apply,
    the reference date when None. `a_venir`: what it is about is still to come.
    """

    code: str
    controle: str
    niveau: Niveau
    message: str
    remede: str
    collection: str
    enregistrement: str
    certification: str = ""
    champ: str = ""
    exigence: str = ""
    force: str = ""
    reference: str = ""
    fichier: str = ""
    ligne: int = 0
    echeance: date | None = None
    juge_le: date | None = None
    a_venir: bool = False
    visibilite: Visibilite = Visibilite.INTERNE

    def under(self, controle: Controle, exigence: str, force: str, reference: str) -> Constat:
        """Return the same constat carrying its check and its requirement."""
        return replace(self, controle=controle.value, exigence=exigence, force=force, reference=reference)

    def at(self, fichier: str, ligne: int) -> Constat:
        """Return the same constat carrying its place in a file."""
        return replace(self, fichier=fichier, ligne=ligne)

    def as_json(self) -> dict[str, object]:
        """Return the public JSON form, keys in the documented order."""
        keys = ("code", "niveau", "force", "reference", "message", "remede", "fichier", "ligne", "enregistrement", "certification")
        return {key: getattr(self, key) for key in keys}
