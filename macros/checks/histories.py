"""What fiches, sessions and actions inherit from one another, on a given day."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from macros.checks import lineage
from macros.checks.meetings import first_after, left_open, meetings
from macros.checks.sessions import took_place

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from macros.checks.meetings import Meetings
    from macros.models.action import Action
    from macros.models.certification import Certification
    from macros.models.conseil import Conseil
    from macros.records.registre import Registre


@dataclass(frozen=True)
class Histories:
    """The complete registre and the reference date, with what follows from the order of things."""

    registre: Registre
    today: date

    @cached_property
    def lineages(self) -> Mapping[str, tuple[str, ...]]:
        """Return, for each certification, its number then those of the fiches it descends from, whoever states it."""
        return lineage.lineages(self.registre)

    @cached_property
    def heirs(self) -> Mapping[str, frozenset[str]]:
        """Return, for each number, itself and the certifications that descend from it."""
        return lineage.heirs(self.lineages)

    @cached_property
    def _successors(self) -> Mapping[str, tuple[str, ...]]:
        return lineage.successors(self.registre)

    def is_renewed(self, numero: str) -> bool:
        """Tell whether a certification descends from another fiche."""
        return len(self.lineages[numero]) > 1

    def has_successor(self, numero: str) -> bool:
        """Tell whether another fiche comes after this one, whoever states it and whenever it begins."""
        return numero in self._successors

    def is_closed(self, certification: Certification) -> bool:
        """Tell whether nothing is left to follow on a fiche: its last day of delivery is past, or another one replaces it, whoever states it."""
        return certification.is_closed(self.today) or self.has_successor(certification.numero)

    def is_replaced(self, numero: str) -> bool:
        """Tell whether a fiche replaces this one, whoever states it: registered already, or on a day that nobody knows."""
        known = self.registre.certifications
        starts = (lineage.registered_on(known[new]) if new in known else None for new in self._successors.get(numero, ()))
        return any(start is None or start <= self.today for start in starts)

    @cached_property
    def _examined(self) -> Meetings:
        return meetings(self.registre, lambda _conseil, _numero: True)

    @cached_property
    def _held(self) -> Meetings:
        return meetings(self.registre, lambda conseil, _: took_place(conseil, self))

    @cached_property
    def _counting(self) -> Meetings:
        return meetings(self.registre, lambda conseil, numero: took_place(conseil, self) and conseil.counts_for(numero))

    @cached_property
    def _sessions(self) -> Mapping[str, tuple[Conseil, ...]]:
        return {numero: self._examined.on(line) for numero, line in self.lineages.items()}

    def sessions_of(self, numero: str) -> tuple[Conseil, ...]:
        """Return the conseils of a certification and of the fiches it descends from, under our rules, oldest first."""
        return self._sessions.get(numero, ())

    def held_for(self, numero: str) -> tuple[Conseil, ...]:
        """Return the conseils held by today for a certification, itself or a fiche it descends from, oldest first."""
        return self._since_registration(numero, self._held)

    def counted_for(self, numero: str) -> tuple[Conseil, ...]:
        """Return those of them that count: alone, or with minutes of their own."""
        return self._since_registration(numero, self._counting)

    def _since_registration(self, numero: str, found: Meetings) -> tuple[Conseil, ...]:
        """Return sessions of a lineage; what was held before an initial registration is not its first conseil."""
        sessions, start = found.on(self.lineages[numero]), lineage.registered_on(self.registre.certifications[numero])
        if start is None or self.is_renewed(numero):
            return sessions
        return tuple(conseil for conseil in sessions if conseil.date >= start)

    def next_session(self, conseil: Conseil, numero: str) -> Conseil | None:
        """Return the first conseil after this one that counts for a certification or for one that descends from it."""
        later = self._following.get(numero, ())
        rank = first_after(later, conseil.date)
        return later[rank] if rank < len(later) else None

    @cached_property
    def _following(self) -> Mapping[str, tuple[Conseil, ...]]:
        numbers = self.heirs.keys() | self._counting.ranks.keys()
        return {numero: self._counting.on(self.heirs.get(numero, (numero,))) for numero in numbers}

    @cached_property
    def approved(self) -> frozenset[tuple[str, str]]:
        """Return the minutes that a later conseil on the same lineage approved: session and certification."""
        return frozenset(
            (before.id, numero)
            for conseil in self.registre.conseils.values()
            if took_place(conseil, self)
            for vote in conseil.approbations
            if vote.avis != "refuse" and (before := self.registre.conseils[vote.conseil]).date < conseil.date
            for numero in before.certifications
            if not self.heirs.get(numero, frozenset({numero})).isdisjoint(conseil.certifications)
        )

    @cached_property
    def left_open(self) -> Mapping[str, list[str]]:
        """Return, by id of session held, the actions that earlier ones decided and that were still open that day."""
        return left_open(self.registre, self.actions_from, self._held, self.heirs)

    @cached_property
    def last_follow_up(self) -> Mapping[str, tuple[Conseil, int]]:
        """Return, for each action that a session went over, the last one that did and the place of what it said (`suivi`)."""
        return {
            line.action: (conseil, index)
            for conseil in self._held.ordered
            if took_place(conseil, self)
            for index, line in enumerate(conseil.suivi)
        }

    @cached_property
    def actions_from(self) -> Mapping[str, tuple[Action, ...]]:
        """Return the actions that come from each decision, by its id."""
        found: dict[str, list[Action]] = defaultdict(list)
        for action in self.registre.actions.values():
            if action.origine.decision:
                found[action.origine.decision].append(action)
        return {decision: tuple(actions) for decision, actions in found.items()}
