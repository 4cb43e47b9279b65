"""Lists of words that a cell may hold, and what to type in it: shown by the spreadsheet where a person types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from macros import messages

if TYPE_CHECKING:
    from collections.abc import Iterable

    from macros.views.classeurs.feuille import Colonne, Feuille

LISTES = "Listes"
"""The hidden sheet that holds the lists too long to stand in a rule."""
_LONGEST, _TITLE, _HELP = 255, 32, 255
"""How many characters a list, the title and the text of a message may have."""


def add_lists(book: Any, written: Iterable[tuple[Any, Feuille]]) -> None:
    """Give each column its words and its help, below the header; long lists stand in a hidden sheet of `book`, made last.

    `written` are the sheets of the workbook as the writing library knows them, each with what it holds.
    """
    lists: dict[tuple[str, ...], int] = {}
    for page, sheet in written:
        last = len(sheet.lignes) + sheet.libres
        for index, colonne in enumerate(sheet.colonnes) if last and sheet.tableau else ():
            rule = _rule(colonne, lists, typed=sheet.libres > 0)
            if rule:
                page.data_validation(1, index, last, index, rule)
    if lists:
        page = book.add_worksheet(LISTES)
        page.hide()
        for words, column in lists.items():
            for row, word in enumerate(words):
                page.write_string(row, column, word)


def _rule(colonne: Colonne, lists: dict[tuple[str, ...], int], *, typed: bool) -> dict[str, Any]:
    """Return the rule of a column, nothing where anything may be typed without help."""
    said = {"input_title": colonne.titre[:_TITLE], "input_message": _short(colonne.aide)} if typed and colonne.aide else {}
    if colonne.mots:
        return {"validate": "list", "source": _source(colonne.mots, lists), **said, **_refusal(messages.cell_words(list(colonne.mots)))}
    return {"validate": "any", **said} if said else {}


def _source(words: tuple[str, ...], lists: dict[tuple[str, ...], int]) -> list[str] | str:
    """Return the words themselves, or where they stand when a rule cannot hold them."""
    if len(",".join(words)) <= _LONGEST and not any("," in word for word in words):
        return list(words)
    column = chr(ord("A") + lists.setdefault(words, len(lists)))
    return f"={LISTES}!${column}$1:${column}${len(words)}"


def _refusal(message: str) -> dict[str, str]:
    return {"error_title": messages.cell_title()[:_TITLE], "error_message": _short(message)}


def _short(text: str) -> str:
    return text if len(text) <= _HELP else text[: _HELP - 1] + "…"
