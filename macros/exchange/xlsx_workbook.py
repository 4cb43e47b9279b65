"""Which template a workbook is, and which of its sheets is which."""

from __future__ import annotations

from typing import TYPE_CHECKING

from macros import messages
from macros.exchange.xlsx_cells import fold
from macros.exchange.xlsx_listes import LISTES
from macros.exchange.xlsx_modele import tables_of
from macros.exchange.xlsx_rows import CellProblem
from macros.models import COLLECTIONS
from macros.views.classeur import COPIE
from macros.views.classeurs.feuille import LISEZ_MOI

if TYPE_CHECKING:
    from collections.abc import Mapping

    from macros.exchange.xlsx_modele import Table
    from macros.exchange.xlsx_reading import ReadSheet
    from macros.models.base import Record

_FILLED = ("conseils", "actions", "preuves")
"""Collections that people fill in a spreadsheet; the workbooks of the others are to read."""
MODELES = tuple(model for model in COLLECTIONS if model.collection in _FILLED)
"""Collections that a template brings."""


def model_of(sheets: Mapping[str, ReadSheet]) -> tuple[type[Record] | None, tuple[CellProblem, ...]]:
    """Return the collection that a workbook brings, by the name of its first sheet; None when it is none, or several, told."""
    names = {fold(name): name for name in sheets}
    found = [model for model in MODELES if fold(tables_of(model)[0].nom) in names]
    if len(found) == 1:
        read_me = sheets.get(LISEZ_MOI)
        if read_me is None or not any(row[0] == COPIE for row in read_me.lignes.values()):
            return found[0], ()
        return None, (CellProblem(0, 0, 0, LISEZ_MOI, "classeur-copie", messages.not_a_template(found[0].collection)),)
    if found:
        several = [names[fold(tables_of(model)[0].nom)] for model in found]
        return None, (CellProblem(0, 0, 0, several[-1], "plusieurs-modeles", messages.several_templates(several)),)
    mains = [tables_of(model)[0].nom for model in MODELES]
    meant = [(name, near) for name in sheets if (near := messages.nearest(name, mains))]
    told = [CellProblem(0, 0, 0, name, "feuille-inconnue", messages.unknown_sheet(name, near)) for name, near in meant]
    return None, tuple(told) or (CellProblem(0, 0, 0, "", "feuille-manquante", messages.missing_sheet(mains)),)


def sheets_by_table(
    sheets: Mapping[str, ReadSheet], tables: tuple[Table, ...]
) -> tuple[dict[str, ReadSheet], tuple[CellProblem, ...], tuple[str, ...]]:
    """Return the sheet of each table by its name, what was probably renamed, and notes on the sheets that are left aside."""
    names = {fold(table.nom): table.nom for table in tables}
    found = {names[fold(name)]: sheet for name, sheet in sheets.items() if fold(name) in names}
    absent = [table.nom for table in tables if table.nom not in found]
    told: list[CellProblem] = []
    notes: list[str] = []
    for name, sheet in sheets.items():
        if fold(name) in names or name in (LISEZ_MOI, LISTES) or not sheet.lignes:
            continue
        meant = messages.nearest(name, absent)
        if meant:
            told.append(CellProblem(len(tables), 0, 0, name, "feuille-inconnue", messages.unknown_sheet(name, meant)))
        else:
            notes.append(messages.ignored_sheet(name))
    return found, tuple(told), tuple(notes)
