"""Who points at whom, among the records an audience may see: computed once, read by every page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar, cast

from macros.models.action import Action
from macros.models.conseil import Conseil
from macros.models.preuve import Preuve
from macros.models.veille import Portee
from macros.records.audience import Masque

if TYPE_CHECKING:
    from macros.models.conseil import Decision
    from macros.models.positionnement import Positionnement
    from macros.models.veille import Veille
    from macros.records.registre import LinkUse, Registre

Steps = Mapping[str, Iterable[str]]
R = TypeVar("R", Conseil, Action, Preuve)


class Croisements:
    """Links of a filtered registre, in both directions. What was done under a former fiche belongs to its successors too."""

    def __init__(self, registre: Registre, before: Steps, after: Steps) -> None:
        """Keep the records, and the fiches just before and just after each number."""
        self._registre, self._before, self._after = registre, before, after

    def lineage(self, numero: str) -> frozenset[str]:
        """Return a number and every former fiche behind it."""
        return _reached(numero, self._before)

    def conseils_around(self, numero: str) -> tuple[Conseil, ...]:
        """Return the sessions of a certification, of its former fiches and of those that follow it, oldest first."""
        family = self.lineage(numero) | _reached(numero, self._after)
        found = {conseil.id: conseil for one in family for conseil in self._conseils.get(one, ())}
        return tuple(sorted(found.values(), key=lambda c: (c.date, c.id)))

    def conseils_of(self, numero: str) -> tuple[Conseil, ...]:
        """Return the sessions of a certification and of its former fiches, oldest first."""
        found = {conseil.id: conseil for one in self.lineage(numero) for conseil in self._conseils.get(one, ())}
        return tuple(sorted(found.values(), key=lambda c: (c.date, c.id)))

    def actions_of(self, numero: str) -> tuple[Action, ...]:
        """Return the actions on a certification and on its former fiches, in order of id."""
        found = {action.id: action for one in self.lineage(numero) for action in self._actions.get(one, ())}
        return tuple(found[identifier] for identifier in sorted(found))

    def to_follow(self, certifications: Iterable[str]) -> tuple[Action, ...]:
        """Return the open actions that a session on these certifications has to look at; not those of the whole organisation."""
        found = {action.id: action for numero in certifications for action in self.actions_of(numero) if action.is_open()}
        return tuple(found[identifier] for identifier in sorted(found))

    def preuves_of(self, numero: str) -> tuple[Preuve, ...]:
        """Return the evidence that says it supports a certification or its former fiches, in order of id."""
        found = {preuve.id: preuve for one in self.lineage(numero) for preuve in self._preuves.get(one, ())}
        return tuple(found[identifier] for identifier in sorted(found))

    def watch_of(self, numero: str) -> tuple[Veille, ...]:
        """Return the watch entries that touch a certification, latest first."""
        certification = self._registre.certifications.get(numero)
        if certification is None:
            return ()
        line = self.lineage(numero)
        return tuple(veille for veille in self._watch if veille.portee.includes(certification, line))

    def position_of(self, numero: str) -> Positionnement | None:
        """Return what was written of a certification on the CEP recommendations."""
        return self._positions.get(numero)

    def watched(self, veille: Veille) -> tuple[str, ...]:
        """Return the certifications that an entry touches, `*` for all of them: what a filter reads."""
        if veille.portee == Portee():
            return ("*",)
        known = self._registre.certifications
        return tuple(sorted(numero for numero, each in known.items() if veille.portee.includes(each, self.lineage(numero))))

    def actions_on_watch(self, veille: Veille) -> tuple[str, ...]:
        """Return the actions that answer an entry: those it names, then those that state it as their origin."""
        return tuple(dict.fromkeys((*veille.actions, *self._pointing("actions", veille))))

    def conseils_on_watch(self, veille: Veille) -> tuple[str, ...]:
        """Return the sessions that discussed an entry: those it names, then those held or called whose agenda names it."""
        return tuple(dict.fromkeys((*veille.conseils, *self._pointing("conseils", veille))))

    def replaced_by(self, veille: Veille) -> tuple[str, ...]:
        """Return the entries that this one replaces."""
        return self._pointing("veille", veille)

    def _pointing(self, collection: str, veille: Veille) -> tuple[str, ...]:
        return tuple(sorted({use.source for use in self.users("veille", veille.id) if use.collection == collection}))

    def actions_from(self, decision: str) -> tuple[Action, ...]:
        """Return the actions born of a decision, named `CP-2025-12-NUM.D3`, in order of id."""
        return tuple(self._by_decision.get(decision, ()))

    def actions_of_conseil(self, conseil: Conseil) -> tuple[Action, ...]:
        """Return the actions born of a session, in order of decision, then of id."""
        return tuple(action for decision in conseil.decisions for action in self.actions_from(f"{conseil.id}.{decision.id}"))

    def decision(self, identifier: str) -> tuple[Conseil, Decision] | None:
        """Return a decision and the session that took it, or None when the audience has none of that id."""
        found = self._registre.parts.get("decisions", {}).get(identifier)
        return cast("tuple[Conseil, Decision] | None", found)

    def users(self, collection: str, identifier: str) -> tuple[LinkUse, ...]:
        """Return every link that points at a record."""
        return tuple(self._uses.get((collection, identifier), ()))

    def twins(self, preuve: Preuve) -> tuple[str, ...]:
        """Return the other proofs whose current version has the same fingerprint."""
        latest = preuve.latest()
        same = self._by_hash.get(latest.sha256, ()) if latest and latest.sha256 else ()
        return tuple(identifier for identifier in same if identifier != preuve.id)

    @cached_property
    def _positions(self) -> dict[str, Positionnement]:
        return {position.certification: position for position in self._registre.positionnements.values()}

    @cached_property
    def _watch(self) -> tuple[Veille, ...]:
        return tuple(sorted(self._registre.veille.values(), key=lambda veille: (veille.date, veille.id), reverse=True))

    @cached_property
    def _conseils(self) -> dict[str, list[Conseil]]:
        return _by_certification(self._registre.conseils.values())

    @cached_property
    def _actions(self) -> dict[str, list[Action]]:
        return _by_certification(self._registre.actions.values())

    @cached_property
    def _preuves(self) -> dict[str, list[Preuve]]:
        return _by_certification(self._registre.preuves.values())

    @cached_property
    def _by_decision(self) -> dict[str, list[Action]]:
        found: dict[str, list[Action]] = defaultdict(list)
        for identifier in sorted(self._registre.actions):
            action = self._registre.actions[identifier]
            if action.origine.decision is not None:
                found[action.origine.decision].append(action)
        return dict(found)

    @cached_property
    def _uses(self) -> dict[tuple[str, str], list[LinkUse]]:
        return self._registre.back_links()

    @cached_property
    def _by_hash(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for identifier in sorted(self._registre.preuves):
            latest = self._registre.preuves[identifier].latest()
            if latest is not None and latest.sha256:
                found[latest.sha256].append(identifier)
        return dict(found)


def _reached(numero: str, steps: Steps) -> frozenset[str]:
    """Return a number and all those reached from it; hidden fiches look alike and lead nowhere."""
    found, queue = {numero}, [numero]
    while queue:
        further = [n for n in steps.get(queue.pop(), ()) if not isinstance(n, Masque) and n not in found]
        found.update(further)
        queue += further
    return frozenset(found)


def _by_certification(records: Iterable[R]) -> dict[str, list[R]]:
    found: dict[str, list[R]] = defaultdict(list)
    for record in records:
        for numero in record.certifications:
            found[numero].append(record)
    return dict(found)
