"""Decide what a filled template brings: new records, those already there, and every cell to correct. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from macros import messages
from macros.exchange.xlsx_assembly import Assembled, assemble, key_titles
from macros.exchange.xlsx_modele import IDENTIFIANT, RATTACHEMENT, is_counted, tables_of
from macros.exchange.xlsx_rows import CellProblem, Grid, cell_name, read_grid
from macros.exchange.xlsx_validation import record_of, tell_links
from macros.exchange.xlsx_workbook import model_of, sheets_by_table
from macros.models.base import FIRST_YEAR, LAST_YEAR
from macros.records.numbering import next_id
from macros.records.writing import dump_record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from macros.exchange.xlsx_reading import ReadSheet
    from macros.models.base import Record
    from macros.records.registre import Registre


@dataclass(frozen=True)
class NewRecord:
    """A record to write: its id, its title, the row it comes from, its plain data."""

    model: type[Record]
    id: str
    titre: str
    ligne: int
    data: Mapping[str, Any]

    @property
    def fichier(self) -> str:
        """Return the path of its file below the project."""
        return f"data/{self.model.collection}/{self.id}.yml"

    @property
    def text(self) -> str:
        """Return its file."""
        return dump_record(self.model, self.data)


@dataclass(frozen=True)
class ImportPlan:
    """What an import does. With `problems` nothing may be written; `inchangees` are ids already there with the same content.

    `more` tells that so much is wrong that the rest was not looked at.
    """

    nouvelles: tuple[NewRecord, ...]
    inchangees: tuple[str, ...]
    problems: tuple[CellProblem, ...]
    notes: tuple[str, ...] = ()
    more: bool = False


def plan_import(sheets: Mapping[str, ReadSheet], registre: Registre, used: frozenset[str] = frozenset()) -> ImportPlan:
    """Return what importing a workbook into a project does; every mistake is told at its cell, all at once.

    `registre` is complete; `used` are ids that the history knows and that are
    not given again. Existing records are never changed: a row that says the
    same is left aside, another one is a mistake.
    """
    model, told = model_of(sheets)
    if model is None:
        return ImportPlan((), (), told)
    tables = tables_of(model)
    named, told, notes = sheets_by_table(sheets, tables)
    grids = [
        read_grid(named[table.nom], table, rang, key_titles(model) if not table.chemin else {RATTACHEMENT: True})
        for rang, table in enumerate(tables)
        if table.nom in named
    ]
    importer = _Importer(model, registre, {*registre.records.get(model.collection, {}), *used})
    if not any(grid.is_full for grid in grids):
        importer.read(grids)
    problems = tuple(sorted({*told, *(problem for grid in grids for problem in grid.problems)}))
    more = any(grid.is_full for grid in grids)
    return ImportPlan(() if problems else tuple(importer.new), tuple(importer.same), problems, notes, more)


@dataclass
class _Importer:
    """Goes through the rows of one workbook, in order; ids given on the way are not given twice."""

    model: type[Record]
    registre: Registre
    used: set[str]
    new: list[NewRecord] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    last: dict[int, str] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    """The content of each new row, and where it stands."""
    brought: set[str] = field(default_factory=set)
    names: dict[str, tuple[list[str], set[str]]] = field(default_factory=dict)

    def read(self, grids: list[Grid]) -> None:
        """Decide what each row of the first sheet becomes; a sheet without any is told."""
        existing = self.registre.records.get(self.model.collection, {})
        found, orphans = assemble(self.model, grids, existing)
        if not found and not grids[0].problems:
            grids[0].tell(0, 0, "classeur-vide", messages.nothing_in_workbook(grids[0].nom))
        self.brought = {record.id for record in found}
        self.used |= self.brought
        for record in (*found, *orphans):
            if any(grid.is_full for grid in grids):
                return
            self._decide(record, existing, sure=not orphans)

    def _names(self, collection: str) -> tuple[list[str], set[str]]:
        """Return the ids of a collection, sorted, and those that the workbook brings; found once."""
        if collection not in self.names:
            brought = self.brought if collection == self.model.collection else set()
            self.names[collection] = sorted({*self.registre.known_ids(collection), *brought} - {""}), brought
        return self.names[collection]

    def _decide(self, row: Assembled, existing: Mapping[str, Record], *, sure: bool) -> None:
        if not row.id and not is_counted(self.model):
            row.tell((IDENTIFIANT,), "cellule-vide", messages.missing_cell(IDENTIFIANT, self.model.exemple_id))
        record, wrong = record_of(self.model, row, sure=sure)
        tell_links(self.model, row, wrong, self.registre, self._names)
        if record is None or not row.whole:
            _tell_days(row)
            return
        known = existing.get(row.id) if row.id else self._twin(record, existing)
        if known is None:
            self._add(record, row)
        elif known.model_copy(update={"id": record.id}) == record:
            self.same.append(known.id)
        else:
            row.tell((IDENTIFIANT,), "fiche-differente", messages.record_differs(row.id, _differences(known, record)))

    def _twin(self, record: Record, existing: Mapping[str, Record]) -> Record | None:
        """Return the existing record that says the same as a row without id: importing twice makes nothing twice."""
        if not hasattr(self, "_contents"):
            self._contents = {content(other): other for other in existing.values()}
        return self._contents.get(content(record))

    def _add(self, record: Record, row: Assembled) -> None:
        """Keep a new record, with its number when it has none; a row that repeats another one is told, and days nobody can mean."""
        place, said = cell_name(row.grid.nom, row.row.numero, 1), content(record)
        if not row.id and said in self.said:
            row.tell((IDENTIFIANT,), "ligne-double", messages.repeated_row(self.said[said]))
        self.said.setdefault(said, place)
        if not _tell_days(row):
            title = str(getattr(record, "intitule", None) or getattr(record, "titre", ""))
            self.new.append(NewRecord(self.model, row.id or self._number(record), title, row.row.numero, row.data))

    def _number(self, record: Record) -> str:
        """Return the next free id of the year of a record."""
        year: int = getattr(record, "date").year  # noqa: B009 - records counted by the year have a date
        used = [self.last[year]] if year in self.last else self.used
        self.last[year] = next_id(self.model, year, used)
        return self.last[year]


def content(record: Record) -> str:
    """Return what a record says, its id apart, as one text that compares."""
    return record.model_dump_json(exclude_defaults=True)


def _differences(known: Record, record: Record) -> list[str]:
    """Return the titles of the keys whose value differs."""
    fields = type(known).model_fields
    return [str(info.title) for name, info in fields.items() if name != "id" and getattr(known, name) != getattr(record, name)]


def _tell_days(row: Assembled) -> bool:
    """Tell the days that nobody can mean, if there are some."""
    wrong = [(path, day) for path, day in _days(row.data, ()) if not FIRST_YEAR <= day.year <= LAST_YEAR]
    for path, day in wrong:
        row.tell(path, "calendrier", messages.out_of_cell_calendar(f"{day:%d/%m/%Y}", FIRST_YEAR, LAST_YEAR))
    return bool(wrong)


def _days(value: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], date]]:
    """Yield each day of plain data, with its path."""
    if isinstance(value, date):
        yield path, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _days(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _days(item, (*path, index))
