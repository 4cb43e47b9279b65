"""What a view may read: the filtered registre, the filtered constats, the day, the audience."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.models.base import OuiNon, Visibilite

if TYPE_CHECKING:
    from datetime import date

    from macros.models.certification import Certification
    from macros.models.constat import Constat
    from macros.records.registre import Registre


@dataclass(frozen=True)
class Vue:
    """The data of one build for one audience. Nothing hidden from `audience` is in it."""

    registre: Registre
    constats: tuple[Constat, ...]
    today: date
    audience: Visibilite

    @property
    def is_demonstration(self) -> bool:
        """Tell whether every page must be marked as fictional."""
        return self.registre.organisme.demonstration is OuiNon.OUI

    def constats_of(self, numero: str) -> tuple[Constat, ...]:
        """Return the constats on one certification, most urgent first."""
        return tuple(constat for constat in self.constats if constat.certification == numero)

    def shows_constats(self) -> bool:
        """Tell whether this audience sees constats at all."""
        return self.audience is Visibilite.INTERNE

    def in_order(self) -> list[Certification]:
        """Return certifications as people list them: RNCP first, then by number."""
        return sorted(self.registre.certifications.values(), key=lambda c: (c.repertoire.value, len(c.numero), c.numero))
