"""From a sheet to rows of plain values, each with the cells it came from; every mistake is told at its cell."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from macros import messages
from macros.exchange.xlsx_cells import CellError, fold, read_cell, read_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from macros.exchange.xlsx_modele import Champ, Table
    from macros.exchange.xlsx_reading import ReadSheet

MANY = 1_000
"""Mistakes of one sheet after which it is not read on: nobody mends more before trying again."""


@dataclass(frozen=True, order=True)
class CellProblem:
    """One mistake, in the order of sheets, rows and columns; row 0 is the whole sheet."""

    rang: int
    ligne: int
    colonne: int
    feuille: str
    code: str
    message: str

    def __str__(self) -> str:
        """Render as `Actions!B7: message [code]`; without place when it is about the whole workbook."""
        where = cell_name(self.feuille, self.ligne, self.colonne) if self.ligne else self.feuille
        return f"{where}: {self.message} [{self.code}]" if where else f"{self.message} [{self.code}]"


def cell_name(sheet: str, row: int, column: int) -> str:
    """Return `Actions!B7`."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{sheet}!{letters}{row}"


@dataclass(frozen=True)
class Row:
    """One row that holds something: the text of its key columns, the value of each other column, the columns that hold none."""

    numero: int
    cles: Mapping[str, str]
    valeurs: tuple[tuple[Champ, Any], ...]
    fautives: frozenset[int]


@dataclass
class Grid:
    """One sheet as a table of a template: where each column stands, its rows, and what is wrong."""

    table: Table
    nom: str
    rang: int
    colonnes: dict[str, int] = field(default_factory=dict)
    """Column of each title, the key columns included; a column may be absent."""
    rows: list[Row] = field(default_factory=list)
    problems: list[CellProblem] = field(default_factory=list)
    unsure: set[str] = field(default_factory=set)
    """Titles whose column is not known for sure, where some columns are unknown, repeated, missing or without title."""

    @property
    def is_full(self) -> bool:
        """Tell whether enough is wrong here: looking further would help nobody."""
        return len(self.problems) >= MANY

    def tell(self, row: int, column: int, code: str, message: str) -> None:
        """Keep a mistake at a cell; row 0 is the sheet."""
        self.problems.append(CellProblem(self.rang, row, column, self.nom, code, message))


def read_grid(sheet: ReadSheet, table: Table, rang: int, keys: Mapping[str, bool]) -> Grid:
    """Return a sheet read as a table of the template. `keys` are the titles of its key columns, and whether each is needed."""
    grid = Grid(table, sheet.nom, rang)
    numbers = iter(sheet.lignes.items())
    head, titles = next(numbers, (1, ()))
    _read_titles(grid, head, titles, [(title, needed) for title, needed in keys.items()])
    faults = _tell_faults(grid, sheet)
    columns = [(champ, grid.colonnes[champ.titre]) for champ in table.champs if champ.titre in grid.colonnes]
    untitled = [column for column, title in enumerate(titles, 1) if title is None or not str(title).strip()]
    for number, values in numbers:
        if grid.is_full:
            break
        wrong = faults.get(number, set())
        stated = _read_keys(grid, number, values, keys, wrong)
        found = _read_values(grid, sheet, number, values, columns, wrong)
        if found or wrong or any(stated.values()):
            grid.rows.append(Row(number, stated, found, frozenset(wrong)))
        untitled = [column for column in untitled if not _tells_untitled(grid, number, column, values[column - 1])]
    if any(problem.code.startswith("colonne-") for problem in grid.problems):
        grid.unsure |= {*keys, *(champ.titre for champ in table.champs)} - grid.colonnes.keys()
    return grid


def _tell_faults(grid: Grid, sheet: ReadSheet) -> dict[int, set[int]]:
    """Tell the cells that hold no value; return their columns, by row."""
    found: dict[int, set[int]] = {}
    for (row, column), kind in sorted(sheet.fautes.items()):
        if grid.is_full:
            break
        grid.tell(row, column, f"cellule-{kind}", messages.cell_without_value(kind))
        found.setdefault(row, set()).add(column)
    return found


def _read_titles(grid: Grid, head: int, titles: tuple[Any, ...], keys: list[tuple[str, bool]]) -> None:
    """Find the columns by their titles; tell unknown, repeated and missing ones, the nearest proposed."""
    expected = {fold(title): (title, needed) for title, needed in (*keys, *((c.titre, c.requis) for c in grid.table.champs))}
    unknown: dict[int, str] = {}
    for column, value in enumerate(titles, 1):
        if value is None or not str(value).strip():
            continue
        found = expected.get(fold(str(value)))
        if found is None:
            unknown[column] = str(value)
        elif found[0] in grid.colonnes:
            grid.unsure.add(found[0])
            grid.tell(head, column, "colonne-repetee", messages.repeated_column(found[0]))
        else:
            grid.colonnes[found[0]] = column
    absent = {title: needed for title, needed in expected.values() if title not in grid.colonnes}
    for column, said in unknown.items():
        meant = messages.nearest(said, absent) or ""
        absent.pop(meant, None)
        grid.tell(head, column, "colonne-inconnue", messages.unknown_column(said, meant))
    for title, needed in absent.items():
        if needed:
            grid.tell(head, 1, "colonne-manquante", messages.missing_column(title))


def _read_keys(grid: Grid, number: int, values: tuple[Any, ...], keys: Iterable[str], wrong: set[int]) -> dict[str, str]:
    """Return the text of each key column of a row; a cell that cannot be read is told and added to `wrong`."""
    stated: dict[str, str] = {}
    for title in keys:
        column = grid.colonnes.get(title)
        if column is not None and column not in wrong:
            try:
                stated[title] = read_text(values[column - 1])
            except CellError as error:
                wrong.add(column)
                grid.tell(number, column, error.code, error.message)
    return stated


def _read_values(
    grid: Grid, sheet: ReadSheet, number: int, values: tuple[Any, ...], columns: list[tuple[Champ, int]], wrong: set[int]
) -> tuple[tuple[Champ, Any], ...]:
    """Return the values of a row; a cell that cannot be read is told and added to `wrong`."""
    found: list[tuple[Champ, Any]] = []
    for champ, column in columns:
        value = values[column - 1]
        if value is None or column in wrong:
            continue
        try:
            plain = read_cell(value, champ, percent=(number, column) in sheet.pourcents, origin=sheet.origine)
        except CellError as error:
            wrong.add(column)
            grid.tell(number, column, error.code, error.message)
        else:
            if plain is not None:
                found.append((champ, plain))
    return tuple(found)


def _tells_untitled(grid: Grid, number: int, column: int, value: Any) -> bool:
    """Tell a value that stands below no title, which would be lost; once a column."""
    if value is None or not str(value).strip():
        return False
    grid.tell(number, column, "colonne-sans-titre", messages.untitled_column())
    return True
