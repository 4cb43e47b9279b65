"""The journal of every record: when it was saved, and which of its fields changed from what to what."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from macros.history.compared import FieldChange, differences
from macros.history.fragments import UNREAD, batch, changed_fragments, visibility_of
from macros.history.log import ABSENT, contents, is_ancestor, saves

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from macros.history.fragments import Fragment, Sides
    from macros.history.log import Save, Touch

Read = Callable[[bytes], Mapping[str, Any] | None]
"""The reader of records: plain values of a text, None when it holds none."""
_RECORD = re.compile(r"data/(?:([a-z_]+)/(?:[^/]+/)*)?([^/]+)\.yml")
AJOUT, MODIFICATION, SUPPRESSION = "ajout", "modification", "suppression"


class Entry(NamedTuple):
    """One saved change of one record.

    `verb`: ajout, modification or suppression; `day` is ISO. `shown` are the
    visibilities that the record states before and after, empty when it states
    none. `versions` are the two object ids, which never change.
    """

    collection: str
    id: str
    verb: str
    day: str
    author: str
    commit: str
    versions: tuple[str, str]
    shown: tuple[str, str] = ("", "")
    changes: tuple[FieldChange, ...] = ()
    former: str = ""
    """The id before this change, when it was renamed."""


@dataclass(frozen=True)
class Journal:
    """Every entry up to `head`, latest first; `names` follows renames: each path of yesterday to the record it is today."""

    head: str
    entries: tuple[Entry, ...]


def read_journal(project: Path, head: str, read: Read, known: Journal | None = None) -> Journal:
    """Return the journal of `project` up to `head`; what `known` already tells is not read again. Raises `GitError`."""
    if known is not None and known.head == head:
        return known
    grows = known is not None and bool(known.head) and is_ancestor(project, known.head, head)
    fresh = saves(project, head, known.head if known and grows else "") if head else ()
    already = {entry.versions: entry for entry in known.entries} if known else {}
    touched = _followed(fresh)
    unknown = [each for each in touched if (each[1].old, each[1].new) not in already]
    made = iter(_entries(project, unknown, read))
    entries = [_again(already[pair], each) if (pair := (each[1].old, each[1].new)) in already else next(made) for each in touched]
    older = _renamed(known.entries, touched) if known and grows else ()
    return Journal(head, (*entries, *older))


Touched = tuple["Save", "Touch", tuple[str, str], str]
"""A saved state, a file it touched, the collection and the id of the record as it is named today, its former id when renamed."""


def _followed(fresh: Iterable[Save]) -> list[Touched]:
    """Return the touches of records, latest first, under the name each record has today."""
    today: dict[str, tuple[str, str]] = {}
    found: list[Touched] = []
    for save in fresh:
        for touch in save.touched:
            then, earlier = _named(touch.after), _named(touch.before)
            key = today.get(touch.after, then)
            if key is None:
                continue
            if touch.before != touch.after:
                today[touch.before] = key
                if touch.old == touch.new and earlier == then:
                    continue  # put in another folder
            found.append((save, touch, key, earlier[1] if earlier and earlier != then else ""))
    return found


def _named(path: str) -> tuple[str, str] | None:
    """Return the collection and the id that a path names, None when it is no record."""
    found = _RECORD.fullmatch(path)
    return (found[1] or found[2], found[2]) if found else None


def _again(entry: Entry, touched: Touched) -> Entry:
    """Return an entry known from another history of the same versions, as it is told here."""
    save, _, (collection, identifier), former = touched
    return entry._replace(collection=collection, id=identifier, day=save.day, author=save.author, commit=save.commit, former=former)


def _renamed(older: Iterable[Entry], touched: Iterable[Touched]) -> tuple[Entry, ...]:
    """Return entries already known, those of a record renamed since under its new name."""
    moves = {(key[0], former): key[1] for _, _, key, former in touched if former}
    if not moves:
        return tuple(older)
    return tuple(
        entry._replace(id=moves[entry.collection, entry.id]) if (entry.collection, entry.id) in moves else entry for entry in older
    )


def _entries(project: Path, touched: list[Touched], read: Read) -> Iterator[Entry]:
    """Yield the entry of each touch: texts are cut first, then everything that needs a reader is read at once."""
    blobs = contents(project, (blob for _, touch, _, _ in touched for blob in (touch.old, touch.new) if blob != ABSENT))
    cut = [_cut(blobs.get(touch.old), blobs.get(touch.new)) for _, touch, _, _ in touched]
    _fill([part for _, sides in cut for pair in sides for part in pair if part is not None and part.value is UNREAD], read)
    for (save, touch, (collection, identifier), former), (shown, sides) in zip(touched, cut, strict=True):
        verb = AJOUT if touch.old == ABSENT else SUPPRESSION if touch.new == ABSENT else MODIFICATION
        changes = tuple([change for pair in sides for change in _changes(pair)])
        yield Entry(collection, identifier, verb, save.day, save.author, save.commit, (touch.old, touch.new), shown, changes, former)


def _cut(old: bytes | None, new: bytes | None) -> tuple[tuple[str, str], tuple[Sides, ...]]:
    """Return who may see each version, and where they differ; nothing differs in a record that begins or ends there."""
    shown = visibility_of(old or b""), visibility_of(new or b"")
    return shown, tuple(changed_fragments(old, new)) if old and new else ()


def _changes(pair: Sides) -> Iterator[FieldChange]:
    before, after = pair
    one = after or before
    if one is None:
        return iter(())
    nothing: Any = [] if one.items else None
    path = (one.key,) if one.key else ()
    return differences(before.value if before else nothing, after.value if after else nothing, path)


def _fill(fragments: list[Fragment], read: Read) -> None:
    """Give each fragment its value; one that cannot be read is None, and does not keep the others from being."""
    found = read(batch(fragments).encode()) if fragments else None
    if found is not None:
        for rank, part in enumerate(fragments):
            value = found[f"e{rank}"]
            part.value = value.get(part.key) if part.key and not part.items and isinstance(value, dict) else value
    elif len(fragments) > 1:
        middle = len(fragments) // 2
        _fill(fragments[:middle], read)
        _fill(fragments[middle:], read)
    elif fragments:
        fragments[0].value = None
