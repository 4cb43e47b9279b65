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

    def differences_of(self, certification: Certification) -> tuple[Difference, ...]:
        """Return where a certification departs from its extract, without `actif` when the extract can no longer tell it."""
        extrait, found = self.extrait(certification), self.differences.get(certification.numero, ())
        tells = extrait is None or extrait.tells_actif(certification.date_fin_enregistrement, self.today)
        return tuple(difference for difference in found if tells or difference.champ != "actif")

    def extrait(self, certification: Certification) -> Extrait | None:
        """Return the France compétences extract of a certification, if one was imported."""
        return self.registre.extraits.get(certification.numero)
