"""A record about to be written: its text, and every reason to refuse it, before anything is on the disk."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from macros import messages
from macros.records.document import Document, Marks
from macros.records.links import link_paths
from macros.records.reading import read_bytes
from macros.records.validation import validate
from macros.records.writing import dump_record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from macros.models.base import Record
    from macros.records.registre import Registre

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Refusal:
    """Why a value cannot be written: the dotted path of its key, and the French sentence."""

    champ: str
    message: str


@dataclass(frozen=True)
class Draft:
    """A new record: plain data in any order, and the lines of help that end its file."""

    model: type[Record]
    id: str
    data: Mapping[str, Any]
    aide: tuple[str, ...] = ()

    @property
    def fichier(self) -> str:
        """Return the path of its file below the project."""
        return f"data/{self.model.collection}/{self.id}.yml"

    @property
    def text(self) -> str:
        """Return its file: the line that tells editors its schema, its keys, then the help as comments."""
        return dump_record(self.model, typed(self.data)) + "".join(f"# {line}\n" if line else "\n" for line in self.aide)

    def refusals(self, registre: Registre) -> list[Refusal]:
        """Return every reason to refuse it: its model, its links, its own place."""
        _, problems = validate(read_bytes(self.text.encode(), self.fichier), self.model, self.id)
        found = [Refusal(problem.champ, problem.message) for problem in problems]
        return found or [refusal for key, value in self.data.items() for refusal in unknown_links(self.model, key, value, registre)]


def refusal_of(model: type[Record], key: str, value: Any, registre: Registre) -> Refusal | None:
    """Return why `value` cannot be that of one key, before the rest of the record is known."""
    _, problems = validate(Document("", {key: value}, Marks((1, 1))), model, model.exemple_id)
    found = [Refusal(problem.champ, problem.message) for problem in problems if problem.champ.split(".")[0] == key]
    return next(iter(found or unknown_links(model, key, value, registre)), None)


def unknown_links(model: type[Record], key: str, value: Any, registre: Registre) -> Iterator[Refusal]:
    """Yield a refusal for each id written in `value` that leads nowhere."""
    for (name, *rest), lien in link_paths(model):
        for target in _texts_at(value, rest) if name == key else ():
            if not registre.knows(lien, target):
                yield Refusal(key, messages.unknown_link(target, lien.collection, registre.known_ids(lien.collection)))


def _texts_at(value: Any, path: list[str]) -> Iterator[str]:
    if isinstance(value, list | tuple):
        for item in value:
            yield from _texts_at(item, path)
    elif path and isinstance(value, dict):
        yield from _texts_at(value.get(path[0]), path[1:])
    elif isinstance(value, str):
        yield value


def typed(value: Any) -> Any:
    """Return plain data whose days are days, so that YAML writes them without quotes."""
    if isinstance(value, dict):
        return {key: typed(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [typed(item) for item in value]
    if isinstance(value, str) and _ISO.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    return value
