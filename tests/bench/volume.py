"""Build 10, 100 and 1,000 synthetic certifications; compare with plain Markdown and with the engine's floor.

Usage: python tests/bench/volume.py [--tailles 10,100] [--repetitions 3]

Variants are built in turn, each in its own process; ratios are medians of the
ratios of neighbouring builds, in processor time, so that other programs on the
machine weigh as little as possible. Exit code 1 when a target is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean, median
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROOT = Path(__file__).resolve().parents[2]
VARIANTS = {"nous": "le portail", "markdown": "Markdown ordinaire", "plancher": "plancher du moteur"}
LARGEST, MIDDLE, SMALLEST = 1000, 100, 10


@dataclass(frozen=True)
class Run:
    """One build: elapsed and processor seconds, peak memory in MB."""

    wall: float
    used: float
    memory: float


@dataclass
class Results:
    """Everything measured for one number of certifications."""

    number: int
    runs: dict[str, list[Run]] = field(default_factory=lambda: {variant: [] for variant in VARIANTS})
    reading: list[float] = field(default_factory=list)
    reload: list[float] = field(default_factory=list)
    weights: dict[str, float] = field(default_factory=dict)
    index: dict[str, float] = field(default_factory=dict)

    def used(self, variant: str) -> float:
        """Return the median processor time of a variant, in seconds."""
        return median(run.used for run in self.runs[variant])

    def ratio(self, variant: str, *, elapsed: bool = False) -> float:
        """Return our time over that of `variant`, median over the repetitions."""
        pairs = zip(self.runs["nous"], self.runs[variant], strict=True)
        return median(a.wall / b.wall if elapsed else a.used / b.used for a, b in pairs)


def main() -> int:
    """Measure, print both tables, return the exit code."""
    parser = argparse.ArgumentParser(description="Mesure la construction du portail.")
    parser.add_argument("--tailles", default=f"{SMALLEST},{MIDDLE},{LARGEST}", help="nombres de certifications, séparés par des virgules")
    parser.add_argument("--repetitions", type=int, default=3, help="nombre de constructions de chaque variante (3 par défaut)")
    options = parser.parse_args()
    found: dict[int, Results] = {}
    for number in sorted(int(size) for size in options.tailles.split(",")):
        with tempfile.TemporaryDirectory(prefix="portail-bench-") as folder:
            found[number] = measure(Path(folder), number, options.repetitions)
        print(report(found[number]), flush=True)
    return verdict(found)


def measure(folder: Path, number: int, repetitions: int) -> Results:
    """Build every variant `repetitions` times, the order changing each time."""
    results = Results(number)
    sites = folder / "sites"
    _module("prepare", str(sites), str(number))
    names = list(VARIANTS)
    for turn in range(repetitions):
        for variant in names[turn % 3 :] + names[: turn % 3]:
            site = folder / f"site-{variant}"
            shutil.rmtree(site, ignore_errors=True)
            results.runs[variant].append(_build(sites / variant, site))
            results.weights[variant] = mean(page.stat().st_size for page in site.glob("certifications/*/index.html"))
            results.index[variant] = (site / "search" / "search_index.json").stat().st_size
        results.reading.append(_inside("lecture", sites / "nous")["lecture"][1])
    for _ in range(repetitions if number == MIDDLE else 0):
        times = _inside("relance", sites / "nous")
        results.reload.append(times["relance"][1] / times["froid"][1])
    return results


def _build(project: Path, site: Path) -> Run:
    """Build one site with `mkdocs build` in its own process."""
    command = [sys.executable, "-m", "mkdocs", "build", "--site-dir", str(site)]
    with tempfile.TemporaryFile() as log:
        start = perf_counter()
        process = subprocess.Popen(command, cwd=project, env=_environment(), stdout=log, stderr=log)
        _, status, usage = os.wait4(process.pid, 0)
        wall = perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            log.seek(0)
            sys.exit(f"Échec de la construction de {project.name} :\n{log.read().decode()}")
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def _inside(what: str, project: Path) -> dict[str, list[float]]:
    times: dict[str, list[float]] = json.loads(_module("inside", what, str(project)))
    return times


def _module(name: str, *arguments: str) -> str:
    """Run a module of this folder in its own process: this one stays small, so that it does not weigh on what it measures."""
    command = [sys.executable, "-m", f"tests.bench.{name}", *arguments]
    return subprocess.run(command, cwd=ROOT, env=_environment(), check=True, stdout=subprocess.PIPE, text=True).stdout


def _environment() -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PORTAIL_")}
    return kept | {"PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1"}


def report(results: Results) -> str:
    """Return the table of one size."""
    rows = [("", "temps", "processeur", "mémoire", "page", "index")]
    for variant, label in VARIANTS.items():
        runs = results.runs[variant]
        rows.append(
            (
                label,
                _seconds(median(run.wall for run in runs)),
                _seconds(results.used(variant)),
                f"{median(run.memory for run in runs):.0f} Mo",
                f"{results.weights[variant] / 1000:.1f} ko",
                f"{results.index[variant] / 1_000_000:.2f} Mo",
            )
        )
    rows.append(("lecture et validation seules", "", _seconds(median(results.reading)), "", "", ""))
    lines = [f"{results.number} certifications, médianes de {len(results.reading)} constructions", *(_line(row) for row in rows)]
    for variant in ("markdown", "plancher"):
        used, wall = results.ratio(variant), results.ratio(variant, elapsed=True)
        lines.append(f"  portail / {VARIANTS[variant]} : {_number(used)} (temps écoulé : {_number(wall)})")
    return "\n".join(lines) + "\n"


def _line(row: Sequence[str]) -> str:
    return f"  {row[0]:<30}" + "".join(f"{cell:>12}" for cell in row[1:])


def _seconds(value: float) -> str:
    return f"{_number(value)} s"


def _number(value: float) -> str:
    return f"{value:.2f}".replace(".", ",")


def verdict(found: dict[int, Results]) -> int:
    """Print the targets that the measured sizes allow to judge; return 1 when one is missed."""
    targets: list[tuple[str, float, tuple[int, ...], Callable[[], float]]] = [
        ("temps / Markdown ordinaire, à 1 000", 1.0, (LARGEST,), lambda: found[LARGEST].ratio("markdown")),
        ("temps / plancher du moteur, à 1 000", 1.2, (LARGEST,), lambda: found[LARGEST].ratio("plancher")),
        ("temps(1 000) / temps(100)", 11, (MIDDLE, LARGEST), lambda: found[LARGEST].used("nous") / found[MIDDLE].used("nous")),
        (
            "poids d’une page, 1 000 / 10",
            1.05,
            (SMALLEST, LARGEST),
            lambda: found[LARGEST].weights["nous"] / found[SMALLEST].weights["nous"],
        ),
        ("relance / construction à froid, à 100", 1.1, (MIDDLE,), lambda: median(found[MIDDLE].reload)),
    ]
    judged = [(label, limit, value()) for label, limit, sizes, value in targets if all(size in found for size in sizes)]
    print("Cibles")
    for label, limit, value in judged:
        print(f"  {label:<40}{_number(value):>8}  ≤ {_number(limit):<6} {'OK' if value <= limit else 'NON'}")
    if len(judged) < len(targets):
        print(f"  ({len(targets) - len(judged)} cible(s) non jugée(s) : tailles non mesurées)")
    return int(any(value > limit for _, limit, value in judged))


if __name__ == "__main__":
    sys.exit(main())
