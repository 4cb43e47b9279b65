"""Making ten PDFs costs at most three times one; all documents of the demonstration, next to building its site once.

Usage: python -m tests.bench.documents [--repetitions 5]

“One” is a new process that reads the demonstration and makes one document,
“ten” a new one that makes ten different: each of the ten is tried alone, both
are measured in turn, in elapsed and processor time. What is counted without
start and reading (library, fonts, making) is told too. Then the demonstration
is built twice in a copy: with nothing kept, then with every document kept from
the first time. Medians; exit code 1 when the target is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parents[2]
TEN, TIMES_ONE = 10, 3.0
Measure = dict[str, float]


def main() -> int:
    """Measure, print, return the exit code."""
    parser = argparse.ArgumentParser(description="Mesure la fabrication des documents.")
    parser.add_argument("--repetitions", type=int, default=5, help="nombre de mesures (5 par défaut)")
    parser.add_argument("--dedans", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.dedans:
        print(json.dumps(inside(options.dedans)))
        return 0
    ones: list[Measure] = []
    tens: list[Measure] = []
    for _ in range(options.repetitions):
        ones += [apart(str(rank)) for rank in range(TEN)]
        tens.append(apart("dix"))
    return report(ones, tens, [apart("tous") for _ in range(options.repetitions)], built(options.repetitions))


def apart(what: str) -> Measure:
    """Return what a new process measures, with its own elapsed and processor time, in seconds."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), perf_counter()
    command = [sys.executable, "-m", "tests.bench.documents", "--dedans", what]
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PORTAIL_")}
    done = subprocess.run(command, cwd=ROOT, env=kept | {"PYTHONPATH": str(ROOT)}, check=True, stdout=subprocess.PIPE, text=True)
    elapsed, after = perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {**json.loads(done.stdout), "ecoule": elapsed, "processeur": used}


def inside(what: str) -> Measure:
    """Make one document (its rank among ten), `dix`, or `tous`; return the seconds from loading the library on, and each one's."""
    from macros.models.base import Visibilite  # noqa: PLC0415 - imports are measured where they belong
    from tests.cases.site import vue_of  # noqa: PLC0415

    vue = vue_of(ROOT, Visibilite.INTERNE)
    start, used = perf_counter(), process_time()
    from macros.documents.pdf import pdf_bytes  # noqa: PLC0415
    from macros.views.documents import build_feuille, documents_of  # noqa: PLC0415

    found = [(conseil, document) for conseil in vue.registre.conseils.values() for document in documents_of(conseil)]
    ten = found[:: max(1, len(found) // TEN)][:TEN]
    each = []
    for conseil, document in {"tous": found, "dix": ten}.get(what) or [ten[int(what)]]:
        begun = perf_counter()
        pdf_bytes(build_feuille(vue, conseil, document), vue.today)
        each.append(perf_counter() - begun)
    return {"faire": perf_counter() - start, "faire_cpu": process_time() - used, "un": median(each), "nombre": len(each)}


def built(repetitions: int) -> dict[str, list[float]]:
    """Return the seconds to build the demonstration with no document kept, then with all kept, each time in a new copy."""
    from tests.browser.sites import build, make_project  # noqa: PLC0415 - the other processes need no browser test

    found: dict[str, list[float]] = {"froid": [], "garde": []}
    for _ in range(max(1, repetitions // 2)):
        with tempfile.TemporaryDirectory(prefix="portail-bench-") as folder:
            project = make_project(Path(folder) / "projet")
            for times in found.values():
                start = perf_counter()
                build(project)
                times.append(perf_counter() - start)
    return found


def report(ones: Sequence[Measure], tens: Sequence[Measure], every: Sequence[Measure], sites: dict[str, list[float]]) -> int:
    """Print the figures; return 1 when ten documents cost more than the target."""

    def middle(measures: Sequence[Measure], key: str) -> float:
        return median(measure[key] for measure in measures)

    ratios = {key: middle(tens, key) / middle(ones, key) for key in ("ecoule", "processeur", "faire", "faire_cpu")}
    rows: list[tuple[str, Any]] = [
        ("un document, processus neuf", f"{number(middle(ones, 'ecoule'))} s, processeur {number(middle(ones, 'processeur'))} s"),
        ("dix documents, processus neuf", f"{number(middle(tens, 'ecoule'))} s, processeur {number(middle(tens, 'processeur'))} s"),
        ("  sans démarrage ni lecture, un", f"{number(1000 * middle(ones, 'faire'))} ms"),
        ("  sans démarrage ni lecture, dix", f"{number(1000 * middle(tens, 'faire'))} ms (×{number(ratios['faire'])})"),
        ("un document, à chaud", f"{number(1000 * middle(every, 'un'))} ms"),
        (f"les {int(every[0]['nombre'])} documents de la démonstration", f"{number(middle(every, 'faire'))} s"),
        ("construire le site, rien de gardé", f"{number(median(sites['froid']))} s"),
        ("construire le site, documents gardés", f"{number(median(sites['garde']))} s"),
    ]
    print("\n".join(f"  {label:<42}{value}" for label, value in rows))
    print("Cibles")
    for label, key in (("dix documents / un, temps écoulé", "ecoule"), ("dix documents / un, processeur", "processeur")):
        print(f"  {label:<46}{number(ratios[key]):>8}  ≤ {number(TIMES_ONE):<6} {'OK' if ratios[key] <= TIMES_ONE else 'NON'}")
    return int(max(ratios["ecoule"], ratios["processeur"]) > TIMES_ONE)


def number(value: float) -> str:
    """Return `1,25`."""
    return f"{value:.2f}".replace(".", ",")


if __name__ == "__main__":
    sys.exit(main())
