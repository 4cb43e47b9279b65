"""The past of a project as an audience may read it: its journal, kept from one build to the next, filtered once like its records."""

from __future__ import annotations

import gc
import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from macros.documents.cache import key_of
from macros.history.compared import FieldChange
from macros.history.git import GitError
from macros.history.journal import Entry, Journal, read_journal
from macros.history.log import head_of, is_shallow
from macros.history.passe import Manque, Passe
from macros.history.repository import find_history
from macros.models import COLLECTIONS, UNIQUES
from macros.models.base import Visibilite
from macros.portal.anciennes_valeurs import Filtre
from macros.records.atomic import write_atomic
from macros.records.reading import read_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from macros.records.registre import Registre

KEPT = ".cache/journal.json"
"""Below the project; Git ignores it. What it tells is never trusted for more than the objects it names, which never change."""
_FORMAT = 1
_VERSIONS, _SHOWN, _CHANGES = (Entry._fields.index(name) for name in ("versions", "shown", "changes"))
_TOLD = frozenset(model.collection for model in (*COLLECTIONS, *UNIQUES) if not model.local)


def read_past(project: Path, visible: Registre, audience: Visibilite) -> Passe:
    """Return what `audience` may read of the history of `project`; without one, or when it is cut, say so and go on."""
    try:
        if find_history(project) is None:
            return Passe(manque=Manque.SANS_HISTORIQUE)
        journal = journal_of(project)
        cut = Manque.COUPE if is_shallow(project) else None
    except GitError:
        return Passe(manque=Manque.ILLISIBLE)
    told = [entry for entry in journal.entries if entry.collection in _TOLD]
    if audience is not Visibilite.INTERNE:
        told = Filtre(visible, audience).kept(told)
    return Passe(tuple(told), cut, journal.head)


def journal_of(project: Path) -> Journal:
    """Return the journal of a project up to the state it shows; what was read before is kept. Raises `GitError`."""
    head, path = head_of(project), project / KEPT
    collecting = gc.isenabled()
    gc.disable()  # tens of thousands of small values that all stay
    try:
        known = _known(path)
        journal = read_journal(project, head, _read, known)
    finally:
        if collecting:
            gc.enable()
    if journal is not known:
        with suppress(OSError):  # a folder that cannot be written costs time only
            write_atomic(path, _text(journal))
    return journal


def _read(raw: bytes) -> Mapping[str, Any] | None:
    return read_bytes(raw, "").data


def _text(journal: Journal) -> str:
    body = json.dumps([journal.head, journal.entries], ensure_ascii=False, separators=(",", ":"))
    return f"{_seal(body)}\n{body}"


def _seal(body: str) -> str:
    return key_of((str(_FORMAT).encode(), body.encode()))


def _known(path: Path) -> Journal | None:
    """Return the journal kept, None when there is none, or when it was cut, altered or written by another version."""
    try:
        seal, _, body = path.read_text("utf-8").partition("\n")
    except (OSError, UnicodeDecodeError):
        return None
    if seal != _seal(body):
        return None
    head, entries = json.loads(body)
    for row in entries:
        row[_VERSIONS], row[_SHOWN] = tuple(row[_VERSIONS]), tuple(row[_SHOWN])
        row[_CHANGES] = tuple([FieldChange(tuple(path), before, after) for path, before, after in row[_CHANGES]])
    return Journal(head, tuple(map(Entry._make, entries)))
