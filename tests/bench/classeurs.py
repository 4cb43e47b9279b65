"""Spreadsheets of 10,000 actions: export at most 3 times a bare xlsxwriter, import at most 3 times a bare openpyxl and pydantic.

Run: python -m tests.bench.classeurs. Ratios within one run, each measure in a process of its own; exit code 1 when one is missed.
"""

from __future__ import annotations

import gc
import json
import resource
import subprocess
import sys
import tempfile
from collections import defaultdict
from datetime import date
from io import BytesIO
from itertools import count
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from openpyxl import load_workbook
from xlsxwriter import Workbook

from macros.exchange.xlsx import workbook_bytes
from macros.exchange.xlsx_import import plan_import
from macros.exchange.xlsx_modele_classeur import build_modele
from macros.exchange.xlsx_reading import read_sheets
from macros.models import COLLECTIONS
from macros.models.action import Action
from macros.models.base import Visibilite
from macros.models.organisme import Organisme
from macros.records.registre import Registre
from macros.views.classeur import build_classeur
from macros.views.context import Vue
from tests.bench.synthetic import ORGANISME
from tests.bench.synthetic_conseils import records

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from macros.models.base import Record

NUMBER = 10_000
LIMIT = 3.0
TODAY = date(2026, 11, 20)
ROOT = Path(__file__).resolve().parents[2]


def project() -> tuple[Registre, dict[str, dict[str, Any]]]:
    """Return a complete registre of `NUMBER` actions with all that they name, and the plain data of these actions by id."""
    models = {model.collection: model for model in COLLECTIONS}
    found: dict[str, dict[str, Record]] = defaultdict(dict)
    plain: dict[str, dict[str, Any]] = {}
    for collection, identifier, data in _records():
        if collection == "actions":
            if len(plain) == NUMBER:
                break
            plain[identifier] = data
        found[collection][identifier] = models[collection].model_validate({"id": identifier, **data})
    found["organisme"]["organisme"] = Organisme.model_validate({"id": "organisme", **ORGANISME})
    return Registre(dict(found)), plain


def _records() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield records, those that actions name before them."""
    rank = {"certifications": 0, "conseils": 1, "preuves": 2, "actions": 3}
    for first in count(0, 400):
        several = [record for index in range(first, first + 400) for record in records(index)]
        yield from sorted(several, key=lambda record: rank[record[0]])


def export(registre: Registre) -> Callable[[], object]:
    """Return what `portail exporter xlsx actions` does once records are read."""
    vue = Vue(registre, (), TODAY, Visibilite.INTERNE)
    return lambda: workbook_bytes(build_classeur(vue, "actions"))


def bare_export(registre: Registre) -> Callable[[], object]:
    """Return the writing of the same cells, all as texts without format."""
    sheets = build_classeur(Vue(registre, (), TODAY, Visibilite.INTERNE), "actions").feuilles
    texts = [[[str(value) for value in row if value not in (None, "")] for row in sheet.lignes] for sheet in sheets]

    def write() -> None:
        with Workbook(BytesIO(), {"in_memory": True}) as book:
            for rows in texts:
                page = book.add_worksheet()
                for number, row in enumerate(rows):
                    for column, text in enumerate(row):
                        page.write_string(number, column, text)

    return write


def prepare(registre: Registre, path: Path) -> None:
    """Write the filled template that imports read, in a process of its own: its memory is not theirs."""
    path.write_bytes(workbook_bytes(build_modele(Action, "Institut", TODAY, registre.actions.values())))


def bring(registre: Registre, plain: dict[str, dict[str, Any]], path: Path) -> tuple[Callable[[], object], Callable[[], object]]:
    """Return what `portail importer-xlsx` does before writing, and the least that reading and validating the same costs."""
    empty = Registre({**registre.records, "actions": {}})

    def read() -> None:
        plan = plan_import(read_sheets(path), empty)
        assert len(plan.nouvelles) == NUMBER, plan.problems[:3]

    def bare() -> None:
        for sheet in load_workbook(path, read_only=True, data_only=True).worksheets:
            for row in sheet.iter_rows(values_only=True):
                for _ in row:
                    pass
        for identifier, data in plain.items():
            Action.model_validate({"id": identifier, **data})

    return read, bare


def write(registre: Registre, path: Path) -> Callable[[], object]:
    """Return the making of the files of an import that was accepted."""
    plan = plan_import(read_sheets(path), Registre({**registre.records, "actions": {}}))
    return lambda: [new.text for new in plan.nouvelles]


def measure(name: str, path: Path) -> dict[str, float]:
    """Return the time of one measure, and the memory it adds to what was ready before."""
    registre, plain = project()
    made: dict[str, Callable[[], Callable[[], object]]] = {
        "prepare": lambda: lambda: prepare(registre, path),
        "export": lambda: export(registre),
        "export-nu": lambda: bare_export(registre),
        "import": lambda: bring(registre, plain, path)[0],
        "import-nu": lambda: bring(registre, plain, path)[1],
        "ecriture": lambda: write(registre, path),
    }
    action = made[name]()
    gc.collect()
    gc.freeze()
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, perf_counter()
    action()
    spent = perf_counter() - start
    return {"temps": spent, "memoire": (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024}


def best(name: str, path: Path, runs: int = 3) -> dict[str, float]:
    """Return the fastest of several processes."""
    command = [sys.executable, "-m", "tests.bench.classeurs", name, str(path)]
    found = [json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout) for _ in range(runs)]
    return min(found, key=lambda run: run["temps"])


def compare(path: Path) -> int:
    """Print one line per direction; return how many ratios are missed."""
    best("prepare", path, runs=1)
    missed = 0
    for name in ("export", "import"):
        ours, bare = best(name, path), best(f"{name}-nu", path)
        ratio = ours["temps"] / bare["temps"]
        missed += ratio > LIMIT
        figures = f"{ours['temps']:.2f} s contre {bare['temps']:.2f} s : × {ratio:.2f}"
        memory = f"+{ours['memoire']:.0f} Mo contre +{bare['memoire']:.0f} Mo"
        print(f"{name:8} {NUMBER} actions  {figures}, {memory}  {'OK' if ratio <= LIMIT else 'NON'}")
    files = best("ecriture", path, runs=1)
    print(f"{'fiches':8} {NUMBER} textes YAML  {files['temps']:.2f} s (sans limite : le prix de l’écriture, payé une fois)")
    return missed


def main() -> int:
    """Return 1 when a ratio is missed; with a measure and a file as arguments, print that measure alone."""
    if len(sys.argv) > 1:
        print(json.dumps(measure(sys.argv[1], Path(sys.argv[2]))))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        return 1 if compare(Path(folder, "plan.xlsx")) else 0


if __name__ == "__main__":
    sys.exit(main())
