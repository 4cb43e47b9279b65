"""The only module that writes spreadsheets: a workbook of typed values becomes the bytes of an XLSX file, the same every time.

A text is always written as a text: nothing a record holds becomes a formula or a link.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from html import escape
from io import BytesIO
from typing import TYPE_CHECKING, Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell

from macros import messages
from macros.exchange.xlsx_listes import add_lists
from macros.views.classeurs.feuille import Genre

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from macros.views.classeurs.feuille import Classeur, Colonne, Feuille, Valeur

LIMITE = 32_767
"""How many characters a cell holds, as spreadsheets count them: in UTF-16."""
COUPURE = messages.cut_mark()
"""What ends a text that a cell could not hold."""
_FIRST_DAY = date(1900, 3, 1)
"""Before it, spreadsheets disagree on what a number of days means."""
_ORIGIN = date(1899, 12, 30).toordinal()
_LARGEST = 10**15
"""Above it, spreadsheets round numbers."""
_RISKY = ("=", "+", "-", "@", "\t", "\r")
"""What begins a formula when a person validates the cell again: such texts are marked as texts."""
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_A4, _LINE, _TALLEST = 9, 15, 10
"""Paper; points of a line; lines of a cell shown at most."""
_WIDEST_PAGE, _PRINTED = 220, 70
"""Characters that a landscape page still shows readably; percent of its size for a wider sheet."""
_FORMATS: Mapping[Genre, Mapping[str, Any]] = {
    Genre.TEXTE: {},
    Genre.LONG: {},
    Genre.DATE: {"num_format": "dd/mm/yyyy", "align": "left"},
    Genre.HEURE: {"num_format": "hh:mm", "align": "left"},
    Genre.NOMBRE: {"num_format": "0"},
    Genre.POURCENTAGE: {"num_format": "0%"},
}
_HEADER = {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#E8EAF6", "font_color": "#000000"}
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def workbook_bytes(classeur: Classeur) -> bytes:
    """Return an XLSX file: real dates and numbers, frozen header, filters, lists of words; the same bytes for the same workbook."""
    stream = BytesIO()
    with Workbook(stream, _OPTIONS) as book:
        day = classeur.date
        created = datetime(day.year, day.month, day.day, tzinfo=UTC).replace(tzinfo=None)
        book.set_properties({"title": _whole(classeur.titre), "company": _whole(classeur.organisme), "created": created})
        styles = _Styles(book)
        written = [(_write_sheet(book, sheet, styles), sheet) for sheet in classeur.feuilles]
        add_lists(book, written)
    return stream.getvalue()


def cut_cells(classeur: Classeur) -> list[str]:
    """Return the cells whose text is too long for a spreadsheet, `Actions!T12`: what they hold ends with `COUPURE`."""
    return [
        f"{sheet.nom}!{xl_rowcol_to_cell(row, column)}"
        for sheet in classeur.feuilles
        for row, cells in enumerate(sheet.lignes, 1)
        for column, value in enumerate(cells)
        if isinstance(value, str) and fitted(value) != value
    ]


def fitted(text: str) -> str:
    """Return a text that a cell can hold: cut, with a mark that says so, when it is too long."""
    if len(text) <= LIMITE // 2 or len(text.encode("utf-16-le", "replace")) // 2 <= LIMITE:
        return text
    kept = text.encode("utf-16-le", "replace")[: 2 * (LIMITE - len(COUPURE))].decode("utf-16-le", "ignore")
    return kept + COUPURE


class _Styles:
    """The formats of cells, made once each: texts wrap, and nothing is read as a formula, even typed again."""

    def __init__(self, book: Workbook) -> None:
        base = {"text_wrap": True, "valign": "top"}
        self.header: Format = book.add_format(_HEADER)
        self.kinds: dict[Genre, Format] = {kind: book.add_format({**base, **extra}) for kind, extra in _FORMATS.items()}
        self.text: Format = book.add_format({**base, "num_format": "@"})
        self.risky: Format = book.add_format({**base, "num_format": "@", "quote_prefix": True})

    def of(self, colonne: Colonne, *, typed: bool) -> Format:
        """Return the format of a column; where a person is to type, what looks like a number in a text stays a text."""
        return self.text if typed and colonne.genre in (Genre.TEXTE, Genre.LONG) else self.kinds[colonne.genre]


def _write_sheet(book: Workbook, sheet: Feuille, styles: _Styles) -> Worksheet:
    page: Worksheet = book.add_worksheet(sheet.nom)
    last = len(sheet.colonnes) - 1
    page.set_row(0, _LINE * _lines(sheet, tuple(colonne.titre for colonne in sheet.colonnes)))
    for index, colonne in enumerate(sheet.colonnes):
        page.set_column(index, index, colonne.largeur, styles.of(colonne, typed=sheet.libres > 0))
        page.write_string(0, index, colonne.titre, styles.header)
    writers = [_writer(page, colonne, styles) for colonne in sheet.colonnes]
    for row, cells in enumerate(sheet.lignes, 1):
        page.set_row(row, _LINE * _lines(sheet, cells))
        for column, value in enumerate(cells):
            if value is not None and value != "":
                writers[column](row, column, value)
    page.freeze_panes(1, 1 if sheet.tableau else 0)
    if sheet.tableau:
        page.autofilter(0, 0, max(1, len(sheet.lignes)), last)
        page.set_landscape()
    page.set_paper(_A4)
    if sum(colonne.largeur for colonne in sheet.colonnes) <= _WIDEST_PAGE:
        page.fit_to_pages(1, 0)
    else:  # on one page nobody could read it: each page repeats what names the row
        page.set_print_scale(_PRINTED)
        page.repeat_columns(0, 1)
    page.repeat_rows(0)
    page.set_footer("&L&A&RPage &P sur &N")
    return page


def _lines(sheet: Feuille, cells: tuple[Valeur, ...]) -> int:
    """Return how many lines a row needs: programs that keep the heights of a file would print texts over one another."""
    texts = ((value, colonne.largeur) for value, colonne in zip(cells, sheet.colonnes, strict=True) if isinstance(value, str))
    return min(_TALLEST, max((sum(1 + len(line) // width for line in text.split("\n")) for text, width in texts), default=1))


def _writer(page: Worksheet, colonne: Colonne, styles: _Styles) -> Callable[[int, int, Valeur], None]:
    """Return what writes a value of a column, by what the value is."""
    text, kinds, percent = styles.kinds[Genre.TEXTE], styles.kinds, colonne.genre is Genre.POURCENTAGE
    number, write_string, write_number = kinds[Genre.POURCENTAGE if percent else Genre.NOMBRE], page.write_string, page.write_number

    def write(row: int, column: int, value: Valeur) -> None:
        if isinstance(value, str):
            write_string(row, column, _fitting(value), styles.risky if value.startswith(_RISKY) else text)
        elif isinstance(value, int) and abs(value) < _LARGEST:
            write_number(row, column, value / 100 if percent else value, number)
        elif isinstance(value, date) and value >= _FIRST_DAY:
            write_number(row, column, value.toordinal() - _ORIGIN, kinds[Genre.DATE])
        elif isinstance(value, time):
            write_number(row, column, (value.hour * 60 + value.minute) / 1440, kinds[Genre.HEURE])
        else:
            write_string(row, column, _in_words(value), text)

    return write


def _in_words(value: Valeur) -> str:
    return f"{value.day:02}/{value.month:02}/{value.year:04}" if isinstance(value, date) else str(value)


def _fitting(text: str) -> str:
    """Return a text as the library has to be given it: what it would take for markup is escaped, half a character is replaced."""
    text = fitted(_whole(text))
    if not (text.startswith("<r>") and text.endswith("</r>")):
        return text
    # The library writes such a text unescaped, as a rich text: it is given one, which holds it.
    rich = f'<r><t xml:space="preserve">{escape(text, quote=False)}</t></r>'
    return rich if len(rich) <= LIMITE else f"{text[: LIMITE // 6]}{COUPURE}"


def _whole(text: str) -> str:
    return _LONE_SURROGATE.sub("\ufffd", text)
