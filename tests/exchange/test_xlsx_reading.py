"""Files nobody trusts: what is refused before anything is read, and what a cell is worth."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from macros.exchange import xlsx_reading, xlsx_zip
from macros.exchange.xlsx import workbook_bytes
from macros.exchange.xlsx_reading import ReadSheet, read_sheets
from macros.problems import DataError
from macros.views.classeurs.feuille import Classeur, Colonne, Feuille

if TYPE_CHECKING:
    from pathlib import Path

PLAIN = "xl/worksheets/sheet1.xml"
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
FETCH = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def saved(book: Workbook) -> bytes:
    """Return a workbook as a file."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def workbook(*rows: tuple[Any, ...]) -> bytes:
    """Return a workbook of one sheet named `Feuille`."""
    book = Workbook()
    book.worksheets[0].title = "Feuille"
    for row in rows:
        book.worksheets[0].append(row)
    return saved(book)


def rezipped(content: bytes, **changes: Any) -> bytes:
    """Return a workbook with parts replaced, added or removed (None); `nom` is the part, `fait` what it becomes from its text."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, changes["fait"](text) if name == changes["nom"] else text)
        if changes["nom"] not in old.namelist():
            new.writestr(changes["nom"], changes["fait"](b""))
    return stream.getvalue()


def declared(declaration: str, part: str = PLAIN) -> bytes:
    """Return a workbook of which a part begins with a declaration."""
    return rezipped(workbook(("a",)), nom=part, fait=lambda text: text.replace(b"<worksheet", declaration.encode() + b"<worksheet", 1))


def encoded(encoding: str) -> bytes:
    """Return a workbook of which a sheet is written in another encoding, where a declaration could hide."""

    def written(text: bytes) -> bytes:
        body = text.decode().partition("?>")[2] if text.startswith(b"<?xml") else text.decode()
        return f'<?xml version="1.0" encoding="{encoding}"?>{LAUGHS}{body}'.encode(encoding)

    return rezipped(workbook(("a",)), nom=PLAIN, fait=written)


def bomb() -> bytes:
    """Return a small file that unpacks into more than any workbook."""
    return rezipped(workbook(("a",)), nom="xl/media/vide.bin", fait=lambda _: bytes(xlsx_zip.MAX_INSIDE + 1))


def crowd() -> bytes:
    """Return a file of more parts than any workbook."""
    stream = io.BytesIO(workbook(("a",)))
    with zipfile.ZipFile(stream, "a") as archive:
        for number in range(xlsx_zip.MAX_PARTS + 1):
            archive.writestr(f"xl/{number}", b"")
    return stream.getvalue()


OLD = bytes.fromhex("d0cf11e0a1b11ae1")
REFUSED = {
    "vide": (b"", "classeur-illisible"),
    "texte": (b"Intitule;Nature\n", "classeur-illisible"),
    "zip": (rezipped(b"PK\x05\x06" + bytes(18), nom="note.txt", fait=lambda _: b"rien"), "classeur-illisible"),
    "tronque": (workbook(("a",))[:-200], "classeur-illisible"),
    "abime": (rezipped(workbook(("a",)), nom=PLAIN, fait=lambda text: text[:-30]), "classeur-illisible"),
    "sans-feuille": (rezipped(workbook(("a",)), nom="xl/workbook.xml", fait=lambda _: b"<x/>"), "classeur-illisible"),
    "ods": (
        rezipped(b"PK\x05\x06" + bytes(18), nom="mimetype", fait=lambda _: b"application/vnd.oasis.opendocument.spreadsheet"),
        "classeur-illisible",
    ),
    "xls": (OLD + bytes(600), "classeur-ancien"),
    "mot-de-passe": (OLD + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "classeur-protege"),
    "macros": (rezipped(workbook(("a",)), nom="xl/vbaProject.bin", fait=lambda _: b"\x00"), "classeur-macros"),
    "dtd": (declared(FETCH), "classeur-entites"),
    "entites": (declared(LAUGHS), "classeur-entites"),
    "entites-ailleurs": (rezipped(workbook(("a",)), nom="docProps/core.xml", fait=lambda text: LAUGHS.encode() + text), "classeur-entites"),
    "utf-16": (encoded("utf-16"), "classeur-entites"),
    "utf-16-be": (encoded("utf-16-be"), "classeur-entites"),
    "bombe": (bomb(), "classeur-trop-gros"),
    "foule": (crowd(), "classeur-trop-gros"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_is_no_safe_workbook_is_refused(name: str, tmp_path: Path) -> None:
    """One French sentence says what the file is and how to mend it; nothing of it was opened."""
    content, code = REFUSED[name]
    (tmp_path / "plan.xlsx").write_bytes(content)
    with pytest.raises(DataError) as told:
        read_sheets(tmp_path / "plan.xlsx")
    (problem,) = told.value.problems
    assert (problem.fichier, problem.code) == ("plan.xlsx", code)
    assert problem.message.endswith(".")


def test_a_file_too_heavy_is_not_even_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its size alone refuses it."""
    (tmp_path / "plan.xlsx").write_bytes(workbook(("a",)))
    monkeypatch.setattr(xlsx_zip, "MAX_FILE", 100)
    with pytest.raises(DataError, match="trop gros"):
        read_sheets(tmp_path / "plan.xlsx")


def test_a_sheet_too_long_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """More rows that hold something than any plan: told with the name of the sheet; empty rows do not count."""
    monkeypatch.setattr(xlsx_reading, "MAX_ROWS", 3)
    (tmp_path / "plan.xlsx").write_bytes(workbook(("a",), (), (), (), ("b",), ("c",)))
    assert list(read_sheets(tmp_path / "plan.xlsx")["Feuille"].lignes) == [1, 5, 6]
    (tmp_path / "plan.xlsx").write_bytes(workbook(("a",), ("b",), ("c",), ("d",)))
    with pytest.raises(DataError, match="Feuille"):
        read_sheets(tmp_path / "plan.xlsx")


def far(text: bytes) -> bytes:
    """Return a sheet whose second row claims to be far away, and that says nothing of its size."""
    moved = text.replace(b'r="2"', b'r="3000000"').replace(b'r="A2"', b'r="A3000000"')
    return re.sub(rb"<dimension[^>]*/>", b"", moved)


def test_rows_that_claim_to_be_far_away_cost_nothing(tmp_path: Path) -> None:
    """A row numbered beyond the end of any sheet is not waited for."""
    (tmp_path / "plan.xlsx").write_bytes(rezipped(workbook(("a",), ("b",)), nom=PLAIN, fait=far))
    assert list(read_sheets(tmp_path / "plan.xlsx")["Feuille"].lignes) == [1]


def test_what_a_sheet_says_of_its_size_is_not_believed(tmp_path: Path) -> None:
    """Some tools write `A1` for every sheet: all its cells are read."""
    content = rezipped(workbook(("a", "b"), ("c", "d")), nom=PLAIN, fait=lambda text: re.sub(rb'ref="A1:B2"', b'ref="A1"', text))
    (tmp_path / "plan.xlsx").write_bytes(content)
    lines = read_sheets(tmp_path / "plan.xlsx")["Feuille"].lignes
    assert list(lines.values()) == [("a", "b"), ("c", "d")]


def sheet_of(content: bytes, tmp_path: Path) -> ReadSheet:
    """Return the only sheet of a workbook."""
    (tmp_path / "plan.xlsx").write_bytes(content)
    return read_sheets(tmp_path / "plan.xlsx")["Feuille"]


def test_values_are_plain(tmp_path: Path) -> None:
    """A text, a number, a truth value, a day, a day with an hour, an hour and a duration are read as such."""
    row = ("texte ", 3, 2.5, True, datetime(2026, 1, 5), datetime(2026, 1, 5, 14, 30), time(9, 15), timedelta(hours=30))  # noqa: DTZ001 - as the library writes them
    assert sheet_of(workbook(row), tmp_path).lignes[1] == ("texte ", 3, 2.5, True, date(2026, 1, 5), row[5], row[6], row[7])


def test_days_of_the_other_calendar(tmp_path: Path) -> None:
    """Workbooks whose days begin in 1904 give the days that they show."""
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.worksheets[0].title = "Feuille"
    book.worksheets[0].append((date(2026, 1, 5),))
    assert sheet_of(saved(book), tmp_path).lignes[1] == (date(2026, 1, 5),)


def test_a_percentage_is_known_by_its_format(tmp_path: Path) -> None:
    """0.5 shown as 50 % is not 0.5."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Feuille"
    sheet.append((0.5, 0.5))
    sheet["A1"].number_format = "0%"
    assert sheet_of(saved(book), tmp_path).pourcents == {(1, 1)}


def test_texts_are_read_as_they_were_typed(tmp_path: Path) -> None:
    """Control characters, line ends of Windows and texts that look like escapes come back; so do texts in several fonts."""
    strings = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>un_x000D_\nretour</t></si>'
        '<si><t>_x005F_x0041_ et x005F_</t></si><si><r><rPr><b/></rPr><t>gras</t></r><r><t xml:space="preserve"> maigre</t></r>'
        "<rPh><t>lu</t></rPh></si><si/></sst>"
    )
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>{n - 1}</v></c></row>' for n in range(1, 5))
    sheet = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>'
    shared = Classeur("Essai", "Institut", date(2026, 11, 20), (Feuille("Feuille", (Colonne("a"),), ()),))
    content = rezipped(workbook_bytes(shared), nom="xl/sharedStrings.xml", fait=lambda _: strings.encode())
    found = sheet_of(rezipped(content, nom=PLAIN, fait=lambda _: sheet.encode()), tmp_path).lignes
    assert [found.get(n, ("",))[0] for n in range(1, 5)] == ["un\r\nretour", "_x0041_ et x005F_", "gras maigre", ""]


def test_cells_without_value_are_told(tmp_path: Path) -> None:
    """A merged cell, a formula that nobody calculated, an error of calculation; an empty result is an empty cell."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Feuille"
    sheet.append(("a", "=1+1", "#DIV/0!", "d"))
    sheet["A2"] = "b"
    sheet.merge_cells("A2:B3")
    content = rezipped(
        saved(book), nom=PLAIN, fait=lambda text: text.replace(b'<c r="D1"', b'<c r="E1" t="str"><f>IF(A1="",1,"")</f><v></v></c><c r="D1"')
    )
    assert sheet_of(content, tmp_path).fautes == {(1, 2): "formule", (1, 3): "erreur", (2, 1): "fusion"}


def test_a_formula_gives_the_value_that_was_kept(tmp_path: Path) -> None:
    """Nothing is calculated: what the spreadsheet stored beside the formula is read, and the formula is not."""
    content = rezipped(
        workbook(("a", "=1+1")), nom=PLAIN, fait=lambda text: text.replace(b"<v />", b"<v>7</v>").replace(b"<v></v>", b"<v>7</v>")
    )
    found = sheet_of(content, tmp_path)
    assert found.lignes[1] == ("a", 7)
    assert found.fautes == {}


def test_a_day_out_of_every_calendar_is_an_error(tmp_path: Path) -> None:
    """A number shown as a day that does not exist is told at its cell, without warning."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Feuille"
    sheet.append((99_999_999,))
    sheet["A1"].number_format = "dd/mm/yyyy"
    assert sheet_of(saved(book), tmp_path).fautes == {(1, 1): "erreur"}


def test_a_missing_file_is_a_refusal_of_the_system(tmp_path: Path) -> None:
    """It is told as such by the command, not as a damaged workbook."""
    with pytest.raises(FileNotFoundError):
        read_sheets(tmp_path / "absent.xlsx")
