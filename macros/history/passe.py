"""What an audience may read of the past: the journal of each of its records, or why there is none."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from macros.history.journal import Entry


class Manque(StrEnum):
    """Why no journal, or only the end of one, can be shown."""

    NON_LU = "non_lu"
    SANS_HISTORIQUE = "sans_historique"
    COUPE = "coupe"
    ILLISIBLE = "illisible"


@dataclass(frozen=True)
class Passe:
    """Saved changes an audience may read, latest first, already filtered; `manque` when something keeps them from being told."""

    entries: tuple[Entry, ...] = ()
    manque: Manque | None = None
    commit: str = ""

    def of(self, collection: str, identifier: str) -> tuple[Entry, ...]:
        """Return the changes of one record, latest first."""
        return self._by_record.get((collection, identifier), ())

    def about(self, records: Iterable[tuple[str, str]]) -> tuple[Entry, ...]:
        """Return the changes of several records together, latest first."""
        found = [entry for key in set(records) for entry in self._by_record.get(key, ())]
        return tuple(sorted(found, key=lambda entry: self._ranks[id(entry)]))

    @cached_property
    def _ranks(self) -> Mapping[int, int]:
        return {id(entry): rank for rank, entry in enumerate(self.entries)}

    @cached_property
    def _by_record(self) -> Mapping[tuple[str, str], tuple[Entry, ...]]:
        found: dict[tuple[str, str], list[Entry]] = defaultdict(list)
        for entry in self.entries:
            found[entry.collection, entry.id].append(entry)
        return {key: tuple(entries) for key, entries in found.items()}


def unread() -> Passe:
    """Return the past of a state whose history nobody opened."""
    return Passe(manque=Manque.NON_LU)
