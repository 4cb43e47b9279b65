"""What the models say of rows: their refusals, told in the words of a spreadsheet at the cell they come from."""

from __future__ import annotations

from bisect import bisect
from typing import TYPE_CHECKING, Any

from macros import messages
from macros.exchange.xlsx_assembly import champ_at
from macros.models.action import StatutAction
from macros.records.document import Document, Marks
from macros.records.links import links_of
from macros.records.validation import validate
from macros.views import libelles

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from macros.exchange.xlsx_assembly import Assembled, Path
    from macros.models.base import Record
    from macros.problems import Problem
    from macros.records.registre import Registre

_BETWEEN = frozenset(
    {
        "ordre-etapes",
        "ordre-heures",
        "deux-fois",
        "hors-conseil",
        "cloture-ouverte",
        "dernier-report",
        "deux-places",
        "ordre-revisions",
        "effacement-reserve",
        "effacement-avant-terme",
    }
)
"""Codes of what two cells contradict each other about: not told of a record of which a cell is missing."""
_NEAR, _MANY = 20, 400


def record_of(model: type[Record], row: Assembled, *, sure: bool) -> Record | None:
    """Return the record that rows hold, or None once every reason is told at its cell; `sure` when every part found its row."""
    document = Document("", row.data, Marks((1, 1)), has_empty=False)
    record, problems = validate(document, model, row.id or model.exemple_id)
    for problem in problems:
        if problem.code not in _BETWEEN or (sure and row.whole):
            path = tuple(int(step) if step.isdigit() else step for step in problem.champ.split("."))
            code, message = _worded(problem, row, path)
            row.tell(path, code, message)
    return record


def _worded(problem: Problem, row: Assembled, path: Path) -> tuple[str, str]:
    """Return the code and the sentence of a refusal, without the words of record files."""
    if problem.code == "cle-manquante":
        grid, _, _ = row.locate(path)
        champ = champ_at(grid, path[-1:] if path[-2:-1] and isinstance(path[-2], int) else path)
        return "cellule-vide", messages.missing_cell(champ.titre if champ else str(path[-1]), champ.exemple if champ else "")
    worded = _WORDS.get(problem.code)
    return problem.code, worded(row.data) if worded else problem.message


def _closure(data: Mapping[str, Any]) -> str:
    status = StatutAction(data.get("statut", StatutAction.PLANIFIEE))
    return messages.closed_and_open_cells(libelles.STATUT_ACTION[status], libelles.STATUT_ACTION[StatutAction.CLOSE])


_WORDS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "une-ligne": lambda _: messages.one_line_cell(),
    "cloture-ouverte": _closure,
    "dernier-report": lambda data: messages.last_postponement_cells(f"{data['reports'][-1]['nouvelle']:%d/%m/%Y}"),
}
"""Refusals whose usual sentence speaks of keys and lines."""


def tell_links(record: Record, row: Assembled, registre: Registre, brought: Mapping[str, Collection[str]]) -> None:
    """Tell each id that leads nowhere, in the project or in what the same workbook brings."""
    for path, lien, target in links_of(record):
        if not registre.knows(lien, target) and target not in brought.get(lien.collection, ()):
            known = _alike(target, sorted({*registre.known_ids(lien.collection), *brought.get(lien.collection, ())} - {""}))
            row.tell(path, "identifiant-inconnu", messages.unknown_link(target, lien.collection, known))


def _alike(target: str, names: list[str]) -> list[str]:
    """Return the ids among which the one that was meant is looked for: of many, those that begin like it."""
    if len(names) <= _MANY:
        return names
    rank = bisect(names, target)
    return names[max(0, rank - _NEAR) : rank + _NEAR]
