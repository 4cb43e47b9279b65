"""What the models say of rows: their refusals, told in the words of a spreadsheet at the cell they come from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from macros import messages
from macros.exchange.xlsx_assembly import alike, champ_at
from macros.exchange.xlsx_modele import IDENTIFIANT
from macros.models.action import StatutAction
from macros.records.document import Document, Marks
from macros.records.links import link_paths
from macros.records.validation import validate
from macros.views import libelles

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

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


def record_of(model: type[Record], row: Assembled, *, sure: bool) -> tuple[Record | None, set[str]]:
    """Return the record that rows hold, or None and the keys that refuse it, once told at their cells.

    `sure` tells that every part found its row.
    """
    document = Document("", row.data, Marks((1, 1)), has_empty=False)
    record, problems = validate(document, model, row.id or model.exemple_id)
    for problem in problems:
        if problem.code not in _BETWEEN or (sure and row.whole):
            path = tuple(int(step) if step.isdigit() else step for step in problem.champ.split("."))
            code, message = _worded(problem, row, path)
            row.tell(path, code, message)
    return record, {problem.champ for problem in problems}


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


def tell_links(
    model: type[Record], row: Assembled, wrong: Collection[str], registre: Registre, names: Callable[[str], tuple[list[str], set[str]]]
) -> None:
    """Tell each id that leads nowhere, in the project or in what the same workbook brings, the keys of `wrong` apart.

    `names` gives the ids of a collection, sorted, then those that the workbook brings.
    """
    for chemin, lien in link_paths(model):
        if lien.collection == model.collection and IDENTIFIANT in row.grid.unsure:
            continue
        for path, target in _stated(row.data, chemin, ()):
            known, brought = names(lien.collection)
            if not registre.knows(lien, target) and target not in brought and ".".join(map(str, path)) not in wrong:
                row.tell(path, "identifiant-inconnu", messages.unknown_link(target, lien.collection, alike(target, known)))


def _stated(value: Any, chemin: tuple[str, ...], place: Path) -> Iterator[tuple[Path, str]]:
    """Yield each text that keys lead to in plain data, entering every element of lists, with its place."""
    if isinstance(value, list):
        for rank, item in enumerate(value):
            yield from _stated(item, chemin, (*place, rank))
    elif chemin and isinstance(value, dict) and chemin[0] in value:
        yield from _stated(value[chemin[0]], chemin[1:], (*place, chemin[0]))
    elif not chemin and isinstance(value, str):
        yield place, value
