"""Sessions under our rules in order, found by the certifications they examined; and what earlier ones left to follow."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from macros.models.conseil import Regime

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from macros.models.action import Action
    from macros.models.conseil import Conseil, Decision
    from macros.records.registre import Registre


@dataclass(frozen=True)
class Meetings:
    """Sessions, oldest first, and for each number the ranks of those that examined it."""

    ordered: tuple[Conseil, ...]
    ranks: Mapping[str, Sequence[int]]

    def on(self, numbers: Iterable[str]) -> tuple[Conseil, ...]:
        """Return the sessions on any of these numbers, each once, oldest first."""
        found = {rank for numero in numbers for rank in self.ranks.get(numero, ())}
        return tuple(self.ordered[rank] for rank in sorted(found))


def meetings(registre: Registre, keep: Callable[[Conseil, str], bool]) -> Meetings:
    """Return the sessions under our rules that `keep` accepts for a number."""
    mine = (conseil for conseil in registre.conseils.values() if conseil.regime is Regime.CERTIFICATEUR)
    ordered = tuple(sorted(mine, key=lambda conseil: (conseil.date, conseil.id)))
    ranks: dict[str, list[int]] = defaultdict(list)
    for rank, conseil in enumerate(ordered):
        for numero in conseil.certifications:
            if keep(conseil, numero):
                ranks[numero].append(rank)
    return Meetings(ordered, ranks)


def first_after(sessions: Sequence[Conseil], day: date) -> int:
    """Return the rank of the first session held after `day`."""
    return bisect_right(sessions, day, key=lambda conseil: conseil.date)


def left_open(
    registre: Registre, actions_from: Mapping[str, tuple[Action, ...]], held: Meetings, heirs: Mapping[str, frozenset[str]]
) -> dict[str, list[str]]:
    """Return, by id of session held, the actions that earlier ones decided on the same lineages and that were still open that day."""
    found: dict[str, list[str]] = defaultdict(list)
    known: dict[tuple[str, ...], tuple[Conseil, ...]] = {}
    for origin, action, numbers in _decided(registre, actions_from):
        if numbers not in known:
            known[numbers] = held.on({heir for numero in numbers for heir in heirs.get(numero, (numero,))})
        later = known[numbers]
        for rank in range(first_after(later, max(origin.date, action.date)), len(later)):
            if not action.was_open(later[rank].date):
                break
            found[later[rank].id].append(action.id)
    return found


def _decided(registre: Registre, actions_from: Mapping[str, tuple[Action, ...]]) -> Iterator[tuple[Conseil, Action, tuple[str, ...]]]:
    """Yield the actions decided by conseils held under our rules, with the conseil and the certifications they are about.

    An action that names no certification is about those of its decision, else about those of the conseil.
    """
    for identifier, (record, part) in registre.parts.get("decisions", {}).items():
        conseil, decision = cast("Conseil", record), cast("Decision", part)
        if conseil.is_held() and conseil.regime is Regime.CERTIFICATEUR:
            for action in actions_from.get(identifier, ()):
                yield conseil, action, action.certifications or decision.certifications or conseil.certifications
