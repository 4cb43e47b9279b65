"""Lines of a journal: what one record became on one day, several saves told as one, records that came together on one line."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from macros.french import count
from macros.history.journal import AJOUT, SUPPRESSION
from macros.models import COLLECTIONS, UNIQUES
from macros.views.parts import Reference, reference_to
from macros.views.valeurs import Changement, change_row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from macros.history.compared import FieldChange
    from macros.history.journal import Entry
    from macros.models.base import Record
    from macros.views.context import Vue

MODELS: dict[str, type[Record]] = {model.collection: model for model in (*COLLECTIONS, *UNIQUES)}
_CHANGES, _NAMED = 12, 12
"""Changed fields told of one record on one day, records named together: a whole fiche replaced would fill a page."""
_VERBS = {AJOUT: "ajout", SUPPRESSION: "retrait"}


@dataclass(frozen=True)
class LigneJournal:
    """What one record became on one day, or several that came or went together.

    `auteur` and `version` stay inside the organisation.
    """

    jour: date
    fiches: tuple[Reference, ...]
    genre: str
    verbe: str
    changements: tuple[Changement, ...]
    reste: str
    auteur: str
    version: str
    ancien: str
    nombre: int = 1
    titre: str = ""
    """Stands for the records when there are several."""


def days(entries: Iterable[Entry]) -> list[date]:
    """Return the day of each line, latest first."""
    return [date.fromisoformat(day) for (day, _, _), _ in groupby(entries, key=_key)]


def _key(entry: Entry) -> tuple[str, str, str]:
    return entry.day, entry.collection, entry.id


def lines_of(vue: Vue, entries: Iterable[Entry], most: int) -> tuple[LigneJournal, ...]:
    """Return at most `most` lines of entries, latest first."""
    lines: list[LigneJournal] = []
    for _, group in groupby(entries, key=_key):
        for line in _line(vue, list(group)):
            if lines and _came_together(lines[-1], line):
                lines[-1] = _joined(lines[-1], line)
            elif len(lines) == most:
                return tuple(lines)
            else:
                lines.append(line)
    return tuple(lines)


def _came_together(one: LigneJournal, other: LigneJournal) -> bool:
    """Tell whether two records of a kind were added, or removed, on the same day by the same save."""
    alike = (one.jour, one.genre, one.verbe, one.version) == (other.jour, other.genre, other.verbe, other.version)
    return bool(one.verbe) and alike


def _joined(one: LigneJournal, other: LigneJournal) -> LigneJournal:
    """Return both as one line, which names the first records and counts them all."""
    number = one.nombre + 1
    fiches = tuple(sorted((*one.fiches, *other.fiches), key=lambda fiche: fiche.texte)) if number <= _NAMED else one.fiches
    rest = f"et {count(number - _NAMED, 'autre fiche', 'autres fiches')}" if number > _NAMED else ""
    return replace(one, fiches=fiches, nombre=number, titre=count(number, "fiche"), reste=rest)


def _line(vue: Vue, group: list[Entry]) -> Iterator[LigneJournal]:
    """Yield what a record became on one day, several saves told as one; nothing when the day ends as it began."""
    latest = group[0]
    verb = next((entry.verb for entry in group if entry.verb in _VERBS), "")
    rows = () if verb else tuple(change_row(MODELS[latest.collection], change) for change in net_changes(group))
    if not verb and not rows and any(entry.changes for entry in group):
        return
    yield LigneJournal(
        jour=date.fromisoformat(latest.day),
        fiches=(reference_to(vue, latest.collection, latest.id, latest.id),),
        genre=MODELS[latest.collection].singulier.split(" ", 1)[-1],
        verbe=_VERBS.get(verb, ""),
        changements=rows[:_CHANGES],
        reste=f"et {count(len(rows) - _CHANGES, 'autre champ', 'autres champs')}" if len(rows) > _CHANGES else "",
        auteur=latest.author,
        version=latest.commit[:8] if latest.author else "",
        ancien=next((entry.former for entry in group if entry.former), ""),
    )


def net_line(vue: Vue, entries: list[Entry]) -> LigneJournal | None:
    """Return what several days made of one record, as one line dated of the last one; None when it is as it was."""
    return next(iter(_line(vue, entries)), None)


def net_changes(entries: Iterable[Entry]) -> tuple[FieldChange, ...]:
    """Return, for entries of one record, latest first, what each field was before all of them and is after."""
    found: dict[tuple[str, ...], FieldChange] = {}
    for entry in entries:
        for change in entry.changes:
            later = found.get(change.path)
            found[change.path] = change._replace(after=later.after) if later else change
    return tuple(change for change in found.values() if change.before != change.after)
