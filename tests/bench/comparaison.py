"""Comparing two states costs at most three times reading both. Run: python -m tests.bench.comparaison [--taille 1000]."""

from __future__ import annotations

import argparse
import re
import shutil
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

from macros.exchange.comparaison import text_of
from macros.models.base import Visibilite
from macros.portal.engine import clock
from macros.portal.etats import open_state
from macros.records.loading import load
from macros.views.comparaison import build_comparaison
from tests.bench.prepare import make_project

LIMIT = 3.0
ONE_IN = 10
"""One action in so many is closed, one certification in so many has another end, between the two states."""


def _changed(source: Path, target: Path) -> None:
    """Copy a project and change some of its records."""
    shutil.copytree(source, target)
    for rank, path in enumerate(sorted((target / "data" / "certifications").rglob("*.yml"))):
        if rank % ONE_IN == 0:
            text = path.read_text("utf-8")
            path.write_text(re.sub(r"^(date_fin_enregistrement: ).*$", r"\g<1>2031-06-30", text, flags=re.MULTILINE), "utf-8")


def _timed(before: Path, after: Path) -> tuple[float, float, int]:
    """Return the seconds of reading both, of comparing them from nothing, and the length of what is told."""
    start = perf_counter()
    for folder in (before, after):
        assert load(folder).registre is not None
    read = perf_counter()
    sides = [open_state(folder, str(folder), clock).vue(Visibilite.INTERNE) for folder in (before, after)]
    told = text_of(build_comparaison(sides[0], sides[1]))
    return read - start, perf_counter() - read, len(told)


def main() -> None:
    """Print the median of the ratios of several runs."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--taille", type=int, default=1000)
    parser.add_argument("--repetitions", type=int, default=3)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        before, after = Path(name) / "avant", Path(name) / "apres"
        make_project(before, asked.taille)
        _changed(before, after)
        runs = [_timed(before, after) for _ in range(asked.repetitions)]
    ratio = median(compared / read for read, compared, _ in runs)
    read, compared = (median(column) for column in list(zip(*runs, strict=True))[:2])
    print(
        f"{asked.taille} certifications : lire {read:.2f} s, comparer {compared:.2f} s : {ratio:.2f} (au plus {LIMIT}), {runs[0][2]} caractères"
    )
    sys.exit(ratio > LIMIT)


if __name__ == "__main__":
    main()
