"""What every check reads: all records, the organisation's thresholds, and the day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from macros.models.certification import Certification
    from macros.models.comparison import Difference
    from macros.models.extrait import Extrait
    from macros.models.organisme import Parametres
    from macros.records.registre import Registre


@dataclass(frozen=True)
class CheckContext:
    """The complete registre and the reference date. Checks never see a filtered registre."""

    registre: Registre
    today: date
    differences: Mapping[str, tuple[Difference, ...]]
    """By number, where a certification departs from its published fiche; only for those that have an extract."""

    @property
    def parametres(self) -> Parametres:
        """Return the thresholds of the organisation."""
        return self.registre.organisme.parametres

    def extrait(self, certification: Certification) -> Extrait | None:
        """Return the France compétences extract of a certification, if one was imported."""
        return self.registre.extraits.get(certification.numero)
