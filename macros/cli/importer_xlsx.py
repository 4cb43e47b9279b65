"""`portail importer-xlsx`: bring records in from a filled template, all or nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from macros import messages
from macros.cli.asked import accepts
from macros.cli.console import console, errors, is_interactive, project, stop, told
from macros.exchange.xlsx_import import ImportPlan, plan_import
from macros.exchange.xlsx_reading import read_sheets
from macros.exchange.xlsx_workbook import model_of
from macros.history.git import GitError
from macros.history.repository import find_history
from macros.models import COLLECTIONS, UNIQUES
from macros.models.base import Visibilite
from macros.portal import engine
from macros.problems import DataError
from macros.records.parsing import parse_record
from macros.records.registre import Registre
from macros.records.writing import write_all

if TYPE_CHECKING:
    from collections.abc import Mapping

    from macros.exchange.xlsx_reading import ReadSheet
    from macros.models.base import Record
    from macros.portal.state import Portail

Fichier = Annotated[
    Path, typer.Argument(metavar="FICHIER.xlsx", show_default=False, help="Modèle rempli, écrit par « portail exporter xlsx --modele ».")
]
_LISTED = 200
Oui = Annotated[bool, typer.Option("--oui", help="Ne demande aucune confirmation.")]


def importer_xlsx(fichier: Fichier, oui: Oui = False) -> None:
    """Apporter des actions, des conseils ou des preuves depuis un tableur.

    Les cellules à corriger sont nommées ensemble, les 200 premières s’il y en
    a davantage ; rien n’est écrit tant qu’il en reste. Une fiche existante
    n’est jamais modifiée.
    """
    with told():
        state = engine.portail(project(), Visibilite.INTERNE)
        registre = state.vue.registre if state.vue else _awaiting(state)
        sheets = read_sheets(fichier)
        plan = plan_import(sheets, registre, _ever_used(state.project, sheets))
        for note in plan.notes:
            console.print(note)
        if plan.problems:
            _tell_problems(plan)
        _refuse_dead_links(state, registre, plan)
        _tell(plan)
        if plan.nouvelles:
            _write(state.project, plan, oui=oui)


def _awaiting(state: Portail) -> Registre:
    """Return the records of a project that only lacks records others name, which the import may bring. Raise `DataError` for another one."""
    if any(problem.code != "identifiant-inconnu" for problem in state.problems):
        raise DataError(state.problems)
    found: dict[str, dict[str, Record]] = {model.collection: {} for model in (*COLLECTIONS, *UNIQUES)}
    for path in sorted((state.project / "data").rglob("*.yml")):
        record = parse_record(path.relative_to(state.project).as_posix(), path.read_bytes())
        if record is not None:
            found[record.collection][record.id] = record
    return Registre(found)


def _refuse_dead_links(state: Portail, registre: Registre, plan: ImportPlan) -> None:
    """Raise `DataError` when the project names records that the import does not bring either."""
    brought = {(new.model.collection, new.id) for new in plan.nouvelles}
    dead = {
        (use.source, ".".join(map(str, use.path)))
        for use in (registre.links() if state.problems else ())
        if not registre.knows(use.lien, use.target) and (use.lien.collection, use.target) not in brought
    }
    left = [problem for problem in state.problems if (problem.enregistrement, problem.champ) in dead]
    if left:
        raise DataError(left)


def _ever_used(root: Path, sheets: Mapping[str, ReadSheet]) -> frozenset[str]:
    """Return the ids that the history knows: a number is not given again."""
    model, _ = model_of(sheets)
    try:
        history = find_history(root)
        names = history.ever_named(f"data/{model.collection}") if history and model else ()
    except GitError:
        names = ()
    return frozenset(Path(name).stem for name in names)


def _tell_problems(plan: ImportPlan) -> None:
    """Print the mistakes at their cells, as many as a person reads, then how many there are; exit with 1."""
    for problem in plan.problems[:_LISTED]:
        errors.print(str(problem))
    if len(plan.problems) > _LISTED:
        errors.print(messages.more_cells(len(plan.problems) - _LISTED, at_least=plan.more))
    stop(messages.cells_to_correct(len(plan.problems), len({problem.feuille for problem in plan.problems}), at_least=plan.more))


def _tell(plan: ImportPlan) -> None:
    """Show what the import does, row by row."""
    console.print(messages.import_summary(len(plan.nouvelles), len(plan.inchangees)))
    for new in plan.nouvelles:
        console.print(f"  {new.id}  {new.titre} (ligne {new.ligne})")


def _write(root: Path, plan: ImportPlan, *, oui: bool) -> None:
    """Write all records or none, with the consent of a person at a terminal; then tell what comes next."""
    if not oui and is_interactive() and not accepts(messages.write_records(len(plan.nouvelles))):
        stop(messages.nothing_written())
    files = {root / new.fichier: new.text for new in plan.nouvelles}
    write_all(files)
    for new in plan.nouvelles:
        console.print(f"  écrit\u00a0: {new.fichier}")
    console.print(messages.after_import())
