"""All records of a project, by collection and id, with their links, back-links and places in files."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from macros.records.links import links_of
from macros.records.shelves import Shelves

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from macros.models.base import Lien, Modele, Record
    from macros.records.document import Document
    from macros.records.links import Path

ANY_RECORD = "enregistrements"
"""What a link names as its collection when it may point at a record of any."""


@dataclass(frozen=True)
class LinkUse:
    """One link written in a record: who points, from which field, at what."""

    collection: str
    source: str
    path: Path
    lien: Lien
    target: str


@dataclass(frozen=True)
class Registre(Shelves):
    """Every record, complete or already filtered for an audience.

    `records[collection][id]` is a record; single files (`organisme`,
    `lexique`) are collections of one. `documents` tells the file and the
    lines of each record; it is empty in a filtered registre. `empreintes`
    gives, for each document filed below `data/preuves/` that a record names,
    its SHA-256 as computed, None when it is not there; `scelles` the
    fingerprint that a filed PDF of ours says its record had, `tailles` its
    size in bytes. Outside `interne`, records and these three know a document
    by the neutral name of its copy (`records/copies.py`). `fiches` gives
    the fingerprint of each session held, as its complete record has it; it
    is empty in a registre that is not filtered yet. `masquees` are the
    promotions told without their counts, because they are small.
    """

    records: Mapping[str, Mapping[str, Record]]
    documents: Mapping[tuple[str, str], Document] = field(default_factory=dict, repr=False)
    empreintes: Mapping[str, str | None] = field(default_factory=dict, repr=False)
    scelles: Mapping[str, str] = field(default_factory=dict, repr=False)
    fiches: Mapping[str, str] = field(default_factory=dict, repr=False)
    masquees: frozenset[str] = frozenset()
    tailles: Mapping[str, int] = field(default_factory=dict, repr=False)

    def __iter__(self) -> Iterator[Record]:
        """Iterate over all records, collections and ids in order."""
        for collection in sorted(self.records):
            for identifier in sorted(self.records[collection]):
                yield self.records[collection][identifier]

    @cached_property
    def parts(self) -> Mapping[str, Mapping[str, tuple[Record, Modele]]]:
        """Return, for each kind of part that links may name, each part by id, with the record that holds it."""
        found: dict[str, dict[str, tuple[Record, Modele]]] = defaultdict(dict)
        for record in self:
            for interieur in record.interieurs:
                for identifier, part in record.parts_named(interieur).items():
                    found[interieur.collection][identifier] = record, part
        return dict(found)

    @cached_property
    def collection_of(self) -> Mapping[str, str]:
        """Return the collection of each record by its id; an extract gives way to its certification."""
        return {
            identifier: collection
            for collection in sorted(self.records, key=lambda name: name != "extraits")
            for identifier in self.records[collection]
        }

    @cached_property
    def named_fiches(self) -> Mapping[str, tuple[str, ...]]:
        """Return, for each former or new fiche that has no record here, the certifications that name it."""
        found: dict[str, tuple[str, ...]] = {}
        for certification in self.certifications.values():
            for numero in (*certification.anciennes_fiches, *certification.nouvelles_fiches):
                if numero not in self.certifications:
                    found[numero] = (*found.get(numero, ()), certification.id)
        return found

    def knows(self, lien: Lien, target: str) -> bool:
        """Tell whether a link leads somewhere: to a record, to a part of one, to a fiche of a lineage."""
        return lien.libre or target in self.known_ids(lien.collection) or (lien.lignee and target in self.named_fiches)

    def known_ids(self, collection: str) -> Collection[str]:
        """Return the ids a link to `collection` may name: records, parts of records, or any record (`enregistrements`)."""
        if collection == ANY_RECORD:
            return self.collection_of
        return self.records.get(collection) or self.parts.get(collection, {})

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
