"""Read, validate and check 100 and 1,000 certifications with their conseils, actions, evidence, promotions, partners, complaints, assessments and audits: 85 records each.

Usage: python -m tests.bench.conseils [--tailles 100,1000] [--repetitions 5] [--profil]

The floor reads the same files and composes them with the bare C loader of
YAML, keeping nothing. Both are measured in turn, each in its own process, in
processor time; ratios are medians of the ratios of neighbouring measures, so
that other programs on the machine weigh as little as possible. Last, a year of
conseils is removed: every link that leads nowhere is told, and proposed
another target, without comparing all to all. Exit code 1 when a target is
missed.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench.synthetic_conseils import YEARS, write_project

ROOT = Path(__file__).resolve().parents[2]
SMALL, LARGE = 100, 1000
TIMES_FLOOR, GROWTH, BROKEN = 3.0, 11.0, 2.0


@dataclass
class Results:
    """Everything measured for one number of certifications; seconds are of processor, memory is in MB."""

    number: int
    files: int
    floor: list[float] = field(default_factory=list)
    reading: list[float] = field(default_factory=list)
    checking: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)
    broken: list[float] = field(default_factory=list)
    constats: int = 0

    def ours(self) -> list[float]:
        """Return reading, validation and checks together, one per repetition."""
        return [read + checked for read, checked in zip(self.reading, self.checking, strict=True)]

    def broken_ratio(self) -> float:
        """Return the time to read a project whose links are broken over that of the whole one."""
        return median(self.broken) / median(self.reading)

    def ratio(self) -> float:
        """Return our time over the floor, median over the repetitions."""
        return median(ours / floor for ours, floor in zip(self.ours(), self.floor, strict=True))


def main() -> int:
    """Measure, print, return the exit code."""
    parser = argparse.ArgumentParser(description="Mesure la lecture, la validation et les contrôles.")
    parser.add_argument("--tailles", default=f"{SMALL},{LARGE}", help="nombres de certifications, séparés par des virgules")
    parser.add_argument("--repetitions", type=int, default=5, help="nombre de mesures (5 par défaut)")
    parser.add_argument("--profil", action="store_true", help="dire aussi où va le temps, fonction par fonction")
    options = parser.parse_args()
    sizes = sorted(int(size) for size in options.tailles.split(","))
    with tempfile.TemporaryDirectory(prefix="portail-bench-") as folder:
        found = {number: Results(number, write_project(Path(folder) / str(number), number)) for number in sizes}
        # Sizes are measured in turn too: their ratio is a target.
        for _ in range(options.repetitions):
            for results in found.values():
                measure(results, Path(folder) / str(results.number))
        for results in found.values():
            project = Path(folder) / str(results.number)
            if options.profil:
                print(_inside("profil", project, subprocess.STDOUT))
            for path in (project / "data" / "conseils").glob(f"CP-{YEARS[-1]}-*.yml"):
                path.unlink()
            results.broken = [json.loads(_inside("lecture", project))["lecture"][1] for _ in range(options.repetitions)]
            print(report(results))
    return verdict(found)


def measure(results: Results, project: Path) -> None:
    """Measure the floor, then ours."""
    results.floor.append(json.loads(_inside("composition", project))["temps"][1])
    ours: dict[str, Any] = json.loads(_inside("controles", project))
    results.reading.append(ours["lecture"][1])
    results.checking.append(ours["controles"][1])
    results.memory.append(ours["memoire"])
    results.constats = ours["constats"]


def _inside(what: str, project: Path, errors: int | None = None) -> str:
    command = [sys.executable, "-m", "tests.bench.inside", what, str(project)]
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PORTAIL_")}
    return subprocess.run(
        command, cwd=ROOT, env=kept | {"PYTHONPATH": str(ROOT)}, check=True, stdout=subprocess.PIPE, stderr=errors, text=True
    ).stdout


def report(results: Results) -> str:
    """Return what was measured for one size."""
    rows = (
        ("composition YAML seule", f"{_number(median(results.floor))} s"),
        ("lecture, validation et liens", f"{_number(median(results.reading))} s"),
        (f"contrôles ({results.constats} constats)", f"{_number(median(results.checking))} s"),
        ("portail / composition", _number(results.ratio())),
        ("lecture, un an de conseils retiré", f"{_number(median(results.broken))} s"),
        ("mémoire", f"{max(results.memory):.0f} Mo"),
    )
    title = f"{results.number} certifications, {results.files} fiches, médianes de {len(results.floor)} mesures"
    return "\n".join([title, *(f"  {label:<34}{value:>12}" for label, value in rows)]) + "\n"


def verdict(found: dict[int, Results]) -> int:
    """Print the targets that the measured sizes allow to judge; return 1 when one is missed."""
    judged = [(f"temps / composition YAML, à {number}", TIMES_FLOOR, results.ratio()) for number, results in found.items()]
    judged += [(f"lecture aux liens rompus / lecture, à {number}", BROKEN, results.broken_ratio()) for number, results in found.items()]
    if {SMALL, LARGE} <= found.keys():
        judged.append((f"temps({LARGE}) / temps({SMALL})", GROWTH, median(found[LARGE].ours()) / median(found[SMALL].ours())))
    print("Cibles")
    for label, limit, value in judged:
        print(f"  {label:<46}{_number(value):>8}  ≤ {_number(limit):<6} {'OK' if value <= limit else 'NON'}")
    return int(any(value > limit for _, limit, value in judged))


def _number(value: float) -> str:
    return f"{value:.2f}".replace(".", ",")


if __name__ == "__main__":
    sys.exit(main())
