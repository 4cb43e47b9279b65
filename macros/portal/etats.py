"""States of the records to compare: the project as it is, an earlier version of it, an edition, another folder."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from macros import messages
from macros.checks import run_checks
from macros.history.git import GitError
from macros.history.versions import export, resolve
from macros.models import COLLECTIONS, UNIQUES
from macros.models.base import Visibilite
from macros.models.edition import Edition
from macros.records.audience import filter_constats, filter_registre
from macros.records.document import Document, Marks
from macros.records.loading import load_readable
from macros.records.parsing import parse_record, record_named
from macros.records.registre import Registre
from macros.records.validation import validate
from macros.views.comparaison.etat import EtatCompare
from macros.views.context import Vue

if TYPE_CHECKING:
    from collections.abc import Callable

    from macros.models.base import Record


class EtatIntrouvableError(ValueError):
    """A name that leads to no state one can read; the message is for who typed it."""


EDITION = "edition.json"
_API = "api/v1"


@dataclass(frozen=True)
class Etat:
    """One state: how a person calls it, its records, its day, the audience it was made for, what could not be read of it."""

    nom: str
    registre: Registre
    jour: date
    audience: Visibilite
    illisibles: tuple[str, ...] = ()

    def vue(self, audience: Visibilite) -> tuple[EtatCompare, Vue]:
        """Return this state as `audience` sees it, with its constats where that audience has some."""
        constats = run_checks(self.registre, self.jour) if audience is Visibilite.INTERNE else ()
        visible = filter_registre(self.registre, audience)
        notes = (messages.unread_records(self.illisibles),) if self.illisibles else ()
        return EtatCompare(self.nom, self.jour, notes), Vue(visible, filter_constats(constats, visible, audience), self.jour, audience)

    def named(self, asked: str, current: str) -> Etat:
        """Return this state under the name a person gave it; the records of the moment have one of their own."""
        return replace(self, nom=current) if asked == "." else self


def open_state(project: Path, asked: str, clock: Callable[[Registre], date]) -> Etat:
    """Return the state that a person names: a folder, an edition, a version of the history. Raise `EtatIntrouvableError` without one.

    `clock` gives the day of a project that is not an edition.
    """
    folder = Path(asked)
    for place in (folder, project / "publication" / asked) if asked else ():
        if (place / EDITION).is_file():
            return _edition(place)
    if asked and (folder / "data").is_dir():
        return _folder(folder, asked, clock)
    return _version(project, asked)


def _folder(folder: Path, nom: str, clock: Callable[[Registre], date]) -> Etat:
    registre, unread = load_readable(folder)
    if registre is None:
        raise EtatIntrouvableError(messages.state_unreadable(nom))
    return Etat(nom, registre, clock(registre), Visibilite.INTERNE, unread)


def _version(project: Path, asked: str) -> Etat:
    """Return a version of the history, an edition recorded in the project included; its day is that of a demonstration, or of its save."""
    try:
        recorded = recorded_edition(project, asked)
        found = resolve(project, recorded.commit if recorded and recorded.commit else asked)
        if found is None:
            raise EtatIntrouvableError(messages.unknown_state(asked))
        with tempfile.TemporaryDirectory() as name:
            export(project, found.commit, Path(name))
            state = _folder(Path(name), asked, lambda registre: registre.organisme.date_reference or found.jour)
    except GitError:
        raise EtatIntrouvableError(messages.unknown_state(asked)) from None
    return replace(state, jour=recorded.date) if recorded else state


def recorded_edition(project: Path, nom: str) -> Edition | None:
    """Return what the project recorded of an edition it published; None when it has none of that name."""
    fichier = f"data/editions/{nom}.yml"
    if record_named(fichier) is None:
        return None
    try:
        found = parse_record(fichier, (project / fichier).read_bytes())
    except OSError:
        return None
    return found if isinstance(found, Edition) else None


def _edition(place: Path) -> Etat:
    """Return the records that an edition gives as data: what its audience saw, no more."""
    try:
        facts = json.loads((place / EDITION).read_text("utf-8"))
        registre, unread = _from_json(place / _API)
        return Etat(facts["nom"], registre, date.fromisoformat(facts["date_reference"]), Visibilite(facts["audience"]), unread)
    except (OSError, ValueError, KeyError, TypeError):
        raise EtatIntrouvableError(messages.edition_unreadable(str(place))) from None


def _from_json(folder: Path) -> tuple[Registre, tuple[str, ...]]:
    records: dict[str, dict[str, Record]] = {model.collection: {} for model in (*COLLECTIONS, *UNIQUES)}
    unread = []
    for model in (*COLLECTIONS, *UNIQUES):
        for path in sorted((folder / model.collection).glob("*.json")):
            if path.stem == "index":
                continue
            data = without_masks(json.loads(path.read_text("utf-8"))["donnees"])
            record, _ = validate(Document(path.name, data, Marks((1, 1)), ()), model, path.stem)
            if record is None:
                unread.append(path.stem)
            else:
                records[model.collection][path.stem] = record
    if not records["organisme"]:
        raise ValueError(folder.name)
    return Registre(records), tuple(unread)


def without_masks(value: Any) -> Any:
    """Return plain data without the links that were hidden from the audience."""
    if isinstance(value, dict):
        return {key: without_masks(each) for key, each in value.items() if not _is_mask(each)}
    if isinstance(value, list):
        return [without_masks(each) for each in value if not _is_mask(each)]
    return value


def _is_mask(value: Any) -> bool:
    return isinstance(value, dict) and set(value) == {"masque"}


def version_of(project: Path, audience: Visibilite, nom: str) -> tuple[EtatCompare, Vue]:
    """Return the records of an edition that the project recorded, as `audience` sees them. Raise `EtatIntrouvableError` without them."""
    return _recorded(project, nom).vue(audience)


@lru_cache(maxsize=4)
def _recorded(project: Path, nom: str) -> Etat:
    return _version(project, nom)
