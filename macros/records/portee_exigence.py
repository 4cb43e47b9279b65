"""Whether a requirement binds a certification, on the day on which it is judged."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from macros.models.exigence import Evenement

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from macros.models.certification import Certification
    from macros.models.exigence import Exigence
    from macros.records.registre import Registre


class Raison(StrEnum):
    """Why a requirement does not bind a certification."""

    CLOSE = "close"
    SANS_DEMANDE = "sans_demande"
    TYPE = "type"
    REPERTOIRE = "repertoire"
    PAS_ENCORE = "pas_encore"
    PLUS = "plus"
    REMPLACEE = "remplacee"


@dataclass(frozen=True)
class Portee:
    """What one requirement is to one certification: the day on which it is judged, why it does not bind (None when it does)."""

    jour: date
    raison: Raison | None


def filing_day(certification: Certification, today: date, months: int) -> date | None:
    """Return the day on which the next application is judged: filed, aimed at, or that of the retroplanning; None when there is none.

    What is not filed yet cannot be filed before today: a date aimed at that
    is past counts as today.
    """
    plan = certification.renouvellement
    if plan is not None and plan.is_filed(today):
        return plan.depose_le
    if plan is not None and plan.is_abandoned():
        return None
    aimed = (plan.depot_vise if plan else None) or certification.renewal_step(months)
    return max(aimed, today) if aimed else today


@dataclass(frozen=True)
class Portees:
    """The requirements of a registre, and whom each binds. `is_closed` tells that nothing is left to follow on a certification.

    A requirement judged `depot` is judged on the day of the application: an
    application filed on 30 September 2025 answers to the version in force
    that day, whatever replaced it since. Every other one is judged today.
    Of two versions linked by `succede_a`, the earlier one gives way as soon
    as the later one is in force.
    """

    registre: Registre
    today: date
    is_closed: Callable[[Certification], bool]

    @cached_property
    def exigences(self) -> tuple[Exigence, ...]:
        """Return every requirement, by id."""
        return tuple(exigence for _, exigence in sorted(self.registre.exigences.items()))

    @cached_property
    def _later(self) -> Mapping[str, Exigence]:
        return {exigence.succede_a: exigence for exigence in self.exigences if exigence.succede_a}

    @cached_property
    def _starts(self) -> list[date]:
        return sorted({exigence.du for exigence in self.exigences if exigence.du})

    @cached_property
    def _ends(self) -> list[date]:
        return sorted({exigence.au for exigence in self.exigences if exigence.au})

    @cached_property
    def _known(self) -> dict[tuple[object, ...], Mapping[str, Raison | None]]:
        return {}

    def of(self, certification: Certification) -> Mapping[str, Portee]:
        """Return, by requirement, what it is to a certification."""
        filing = filing_day(certification, self.today, self.registre.organisme.parametres.retroplanning.depot_mois)
        closed = self.is_closed(certification)
        now = self._on(certification, self.today)
        then = self._on(certification, filing) if filing else {}
        found: dict[str, Portee] = {}
        for exigence in self.exigences:
            judged, reasons = (filing, then) if exigence.appreciee is Evenement.DEPOT else (self.today, now)
            reason = reasons.get(exigence.id) if judged else now[exigence.id] or Raison.SANS_DEMANDE
            found[exigence.id] = Portee(judged or self.today, reason or (Raison.CLOSE if closed else None))
        return found

    def _on(self, certification: Certification, day: date) -> Mapping[str, Raison | None]:
        """Return why each requirement does not bind such certifications on a day; one answer serves all days between two dates of law."""
        span = bisect_right(self._starts, day), bisect_left(self._ends, day)
        key = certification.repertoire, certification.type_enregistrement, *span
        if key not in self._known:
            self._known[key] = {exigence.id: self._reason(exigence, certification, day) for exigence in self.exigences}
        return self._known[key]

    def _reason(self, exigence: Exigence, certification: Certification, day: date) -> Raison | None:
        if certification.repertoire not in exigence.repertoires:
            return Raison.REPERTOIRE
        if certification.type_enregistrement not in exigence.types_enregistrement:
            return Raison.TYPE
        if exigence.du is not None and day < exigence.du:
            return Raison.PAS_ENCORE
        later = self._later.get(exigence.id)
        if later is not None and later.binds(certification.repertoire, certification.type_enregistrement, day):
            return Raison.REMPLACEE
        return Raison.PLUS if exigence.au is not None and day > exigence.au else None
