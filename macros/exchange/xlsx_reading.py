"""The only module that reads spreadsheets: a file nobody trusts becomes plain values, and the cells that hold none.

Nothing in a workbook is run: a formula is read as the value that the spreadsheet kept, macros are refused.
"""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import iterparse

from openpyxl.reader.excel import ExcelReader
from openpyxl.utils import coordinate_to_tuple
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS

from macros import messages
from macros.exchange.xlsx_zip import refusal
from macros.problems import DataError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

MAX_ROWS = 50_000
"""Rows of one sheet that may hold something."""
_LAST_ROW, _LAST_COLUMN, _MORE = 1_048_576, 256, 20
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_TEXT, _RUN, _CELL, _FORMULA, _VALUE, _MERGED = (f"{{{SHEET_MAIN_NS}}}{tag}" for tag in ("t", "r", "c", "f", "v", "mergeCell"))
_STRING = f"{{{SHEET_MAIN_NS}}}si"
_HINT = re.compile(rb"<(?:\w+:)?(?:mergeCell|f)[ />]")

Cell = tuple[int, int]
"""Row and column, from 1."""


@dataclass(frozen=True)
class ReadSheet:
    """One sheet: its rows that hold something, by number, and the cells that hold no value.

    A value is a text, a number, a truth value, a day (without time of day
    when it is midnight), a time or a duration. `fautes` gives what is wrong
    with a cell: `erreur` (of a calculation), `formule` (never calculated),
    `fusion` (merged with others). `pourcents` are the numbers shown as
    percentages: 0.5 for 50 %. `origine` is the day that the workbook counts
    days from.
    """

    nom: str
    lignes: Mapping[int, tuple[Any, ...]]
    fautes: Mapping[Cell, str]
    pourcents: frozenset[Cell]
    origine: date


def read_sheets(path: Path) -> dict[str, ReadSheet]:
    """Return every sheet of a workbook by name, in order. Raise `DataError` when it cannot be read, `OSError` when the system refuses."""
    refused = refusal(path)
    if refused:
        raise DataError([Problem(path.name, 0, 0, *refused)])
    with path.open("rb") as stream, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what the library does not keep is no concern of a reader
        try:
            found = dict(_sheets(stream))
        except _TooLongError as error:
            raise DataError([Problem(path.name, 0, 0, "classeur-trop-long", messages.sheet_too_long(str(error), MAX_ROWS))]) from None
        except Exception:  # noqa: BLE001 - a malformed part makes the library raise anything
            found = {}
    if not found:
        raise DataError([Problem(path.name, 0, 0, "classeur-illisible", messages.workbook_unreadable())])
    return found


class _TooLongError(Exception):
    """Names a sheet with more rows than any plan has."""


class _Reader(ExcelReader):
    """Reads texts as they were typed: the library keeps the escapes of control characters, and drops a part of some texts."""

    def read_strings(self) -> None:
        """Read the texts that cells share."""
        part = self.package.find(SHARED_STRINGS)  # type: ignore[no-untyped-call]
        if part is not None:
            with self.archive.open(part.PartName[1:]) as source:
                self.shared_strings = list(_strings(source))


def _strings(source: Any) -> Iterator[str]:
    for _, node in iterparse(source):  # noqa: S314 - declarations and entities were refused before
        if node.tag == _STRING:
            runs = [child if child.tag == _TEXT else child.find(_TEXT) for child in node if child.tag in (_TEXT, _RUN)]
            text = "".join(run.text or "" for run in runs if run is not None)
            yield _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text
            node.clear()


def _sheets(stream: Any) -> Iterator[tuple[str, ReadSheet]]:
    reader = _Reader(stream, read_only=True, data_only=True, keep_links=False)
    reader.read()
    sheet: Any
    for sheet in reader.wb.worksheets:
        if hasattr(sheet, "iter_rows"):
            yield sheet.title, _read(sheet, _faults(reader.archive, sheet._worksheet_path))  # noqa: SLF001 - the library has no other name for it


def _read(sheet: Any, faults: dict[Cell, str]) -> ReadSheet:
    rows: dict[int, tuple[Any, ...]] = {}
    percents: set[Cell] = set()
    last = 0
    for number, cells in enumerate(sheet.iter_rows(max_row=_LAST_ROW, max_col=_width(sheet)), 1):
        filled = [(column, cell) for column, cell in enumerate(cells, 1) if cell.value is not None]
        if not filled:
            continue
        if len(rows) >= MAX_ROWS:
            raise _TooLongError(sheet.title)
        last = max(last, filled[-1][0])
        rows[number] = tuple([_day(cell.value) for cell in cells])
        for column, cell in filled:
            if cell.data_type == "e":
                faults[number, column] = "erreur"
            elif cell.data_type == "n" and isinstance(cell.value, int | float) and "%" in (cell.number_format or ""):
                percents.add((number, column))
    return ReadSheet(
        sheet.title, {number: values[:last] for number, values in rows.items()}, faults, frozenset(percents), sheet.parent.epoch.date()
    )


def _width(sheet: Any) -> int:
    """Return how many columns are read: those of the first row that holds something, and some more.

    What the file says of its own size may be wrong.
    """
    for cells in sheet.iter_rows(max_row=_LAST_ROW, max_col=_LAST_COLUMN):
        filled = [column for column, cell in enumerate(cells, 1) if cell.value is not None]
        if filled:
            return min(filled[-1] + _MORE, _LAST_COLUMN)
    return 1


def _day(value: Any) -> Any:
    return value.date() if isinstance(value, datetime) and value.time() == time() else value


def _faults(archive: Any, part: str) -> dict[Cell, str]:
    """Return the merged cells, and the formulas that no spreadsheet has calculated yet: the library tells neither."""
    content = archive.read(part)
    if not _HINT.search(content):
        return {}
    found: dict[Cell, str] = {}
    with archive.open(part) as source:
        for _, node in iterparse(source):  # noqa: S314 - the same
            if node.tag == _MERGED:
                found[coordinate_to_tuple(node.get("ref", "").partition(":")[0])] = "fusion"
            elif node.tag == _CELL:
                if node.find(_FORMULA) is not None and not node.findtext(_VALUE) and node.get("t") != "str":
                    found[coordinate_to_tuple(node.get("r", ""))] = "formule"
                node.clear()
    return found
