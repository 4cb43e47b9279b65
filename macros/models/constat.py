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


@dataclass(frozen=True)
class Constat:
    """One observation of a check.

    `controle` names the check, `code` the exact finding. `exigence`, `force`
    and `reference` come from the requirement record; `message` says what is
    so, `remede` what to do, `fichier` and `ligne` which file to open.
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
    visibilite: Visibilite = Visibilite.INTERNE

    def with_requirement(self, exigence: str, force: str, reference: str) -> Constat:
        """Return the same constat carrying its requirement."""
        return replace(self, exigence=exigence, force=force, reference=reference)

    def at(self, fichier: str, ligne: int) -> Constat:
        """Return the same constat carrying its place in a file."""
        return replace(self, fichier=fichier, ligne=ligne)

    def as_json(self) -> dict[str, object]:
        """Return the public JSON form, keys in the documented order."""
        keys = ("code", "niveau", "force", "reference", "message", "remede", "fichier", "ligne", "enregistrement", "certification")
        return {key: getattr(self, key) for key in keys}
