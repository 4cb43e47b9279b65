"""All records of a project, by collection and id, with their links, back-links and places in files."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast, get_args

from pydantic import BaseModel

from macros.models.base import Lien, Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from macros.models.certification import Certification
    from macros.models.exigence import Exigence
    from macros.models.extrait import Extrait
    from macros.models.organisme import Lexique, Organisme
    from macros.records.document import Document

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class LinkUse:
    """One link written in a record: who points, from which field, at what."""

    collection: str
    source: str
    path: Path
    lien: Lien
    target: str


@dataclass(frozen=True)
class Registre:
    """Every record, complete or already filtered for an audience.

    `records[collection][id]` is a record; single files (`organisme`,
    `lexique`) are collections of one. `documents` tells the file and the
    lines of each record; it is empty in a filtered registre.
    """

    records: Mapping[str, Mapping[str, Record]]
    documents: Mapping[tuple[str, str], Document] = field(default_factory=dict, repr=False)

    @property
    def organisme(self) -> Organisme:
        """Return the organisation; validation guarantees that there is one."""
        return cast("Organisme", self.records["organisme"]["organisme"])

    @property
    def lexique(self) -> Lexique | None:
        """Return the glossary, when the project has one."""
        return cast("Lexique | None", self.records.get("lexique", {}).get("lexique"))

    @property
    def certifications(self) -> Mapping[str, Certification]:
        """Return certifications by number."""
        return cast("Mapping[str, Certification]", self.records.get("certifications", {}))

    @property
    def extraits(self) -> Mapping[str, Extrait]:
        """Return France compétences extracts by number."""
        return cast("Mapping[str, Extrait]", self.records.get("extraits", {}))

    @property
    def exigences(self) -> Mapping[str, Exigence]:
        """Return requirements by id."""
        return cast("Mapping[str, Exigence]", self.records.get("exigences", {}))

    def __iter__(self) -> Iterator[Record]:
        """Iterate over all records, collections and ids in order."""
        for collection in sorted(self.records):
            for identifier in sorted(self.records[collection]):
                yield self.records[collection][identifier]

    def known_ids(self, collection: str) -> set[str]:
        """Return the ids a link to `collection` may name."""
        if collection == "domaines":
            return {domaine.id for domaine in self.organisme.domaines}
        return set(self.records.get(collection, {}))

    def links(self) -> Iterator[LinkUse]:
        """Yield every link written in every record."""
        for record in self:
            for path, lien, target in links_of(record):
                yield LinkUse(record.collection, record.id, path, lien, target)

    def back_links(self) -> dict[tuple[str, str], list[LinkUse]]:
        """Return, for each record pointed at, the links that point at it."""
        found: dict[tuple[str, str], list[LinkUse]] = defaultdict(list)
        for use in self.links():
            found[use.lien.collection, use.target].append(use)
        return dict(found)

    def place(self, record: Record, *path: str | int) -> tuple[str, int, int]:
        """Return file, line and column of a field of a record; line 1 when the field is absent."""
        document = self.documents.get((record.collection, record.id))
        if document is None:
            return "", 0, 0
        line, column = document.marks.find(path, key=bool(path) and isinstance(path[-1], str))
        return document.fichier, line, column


def links_of(record: BaseModel) -> Iterator[tuple[Path, Lien, str]]:
    """Yield `(path, lien, target)` for each link a record holds."""
    for path, lien in link_paths(type(record)):
        for place, value in _values_at(record, path):
            yield place, lien, value


def _values_at(value: Any, path: tuple[str, ...]) -> Iterator[tuple[Path, str]]:
    """Yield each text found by following field names, entering every element of lists."""
    if value is None:
        return
    if isinstance(value, tuple):
        for index, item in enumerate(value):
            for place, found in _values_at(item, path):
                yield (index, *place), found
    elif path:
        for place, found in _values_at(getattr(value, path[0]), path[1:]):
            yield (path[0], *place), found
    else:
        yield (), value


@lru_cache
def link_paths(model: type[BaseModel]) -> tuple[tuple[tuple[str, ...], Lien], ...]:
    """Return the field paths of `model` that hold links, found once in its annotations."""
    return tuple(
        ((name, *rest), lien) for name, info in model.model_fields.items() for rest, lien in _links_in((*info.metadata, info.annotation))
    )


def _links_in(parts: tuple[Any, ...]) -> Iterator[tuple[tuple[str, ...], Lien]]:
    for part in parts:
        if isinstance(part, Lien):
            yield (), part
        elif isinstance(part, type) and issubclass(part, BaseModel):
            yield from link_paths(part)
        else:
            yield from _links_in(get_args(part))
