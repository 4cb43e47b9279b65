"""Constats, assessments and proofs by requirement and certification: each record is read once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from macros.models.constat import Constat
    from macros.models.evaluation import Evaluation
    from macros.models.preuve import Preuve
    from macros.records.registre import Registre


@dataclass(frozen=True)
class Indexes:
    """What is known of each pair, found by keys."""

    registre: Registre
    every_constat: tuple[Constat, ...]

    @cached_property
    def constats(self) -> Mapping[tuple[str, str], Sequence[Constat]]:
        """Return constats by check and certification, the empty one for the whole organisation."""
        found: dict[tuple[str, str], list[Constat]] = defaultdict(list)
        for constat in self.every_constat:
            for numero in constat.certifications or ("",):
                found[constat.controle, numero].append(constat)
        return dict(found)

    @cached_property
    def evaluations(self) -> Mapping[tuple[str, str], tuple[Evaluation, ...]]:
        """Return assessments by requirement and certification, latest first."""
        found: dict[tuple[str, str], list[Evaluation]] = defaultdict(list)
        for evaluation in sorted(self.registre.evaluations.values(), key=lambda each: (each.date, each.id), reverse=True):
            found[evaluation.exigence, evaluation.certification].append(evaluation)
        return {key: tuple(evaluations) for key, evaluations in found.items()}

    @cached_property
    def proofs(self) -> Mapping[tuple[str, str], Sequence[Preuve]]:
        """Return proofs by the requirement they name and the certification they support, the empty one for the whole organisation."""
        found: dict[tuple[str, str], list[Preuve]] = defaultdict(list)
        for preuve in self.registre.preuves.values():
            for exigence in preuve.exigences:
                for numero in preuve.certifications or ("",):
                    found[exigence, numero].append(preuve)
        return dict(found)
