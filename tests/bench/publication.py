"""Publishing an edition costs at most 15 % more than building the same site. Run: python -m tests.bench.publication."""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

from tests.browser.sites import MKDOCS, environment, make_project, with_history

LIMIT = 1.15


def _timed(command: list[str], project: Path) -> float:
    start = perf_counter()
    subprocess.run(command, cwd=project, env=environment(PORTAIL_AUDIENCE="auditeur"), check=True, capture_output=True)
    return perf_counter() - start


def main() -> None:
    """Build and publish the demonstration in turn; print the median of the ratios."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--repetitions", type=int, default=5)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        project = make_project(Path(name) / "projet")
        (project / ".gitignore").write_text("site/\n.cache/\npublication/\n*.local.yml\n", "utf-8")
        with_history(project)
        publish = [sys.executable, "-m", "macros.cli", "publier", "--titre", "Mesure"]
        build = [str(MKDOCS), "build", "--strict", "--site-dir", str(Path(name) / "site")]
        _timed(build, project)  # what is kept between builds is there for both
        pairs = []
        for rank in range(asked.repetitions):
            built = _timed(build, project)
            published = _timed([*publish, f"2026.{rank}"], project)
            shutil.rmtree(project / "data" / "editions")
            pairs.append((built, published))
    ratio = median(published / built for built, published in pairs)
    print(f"construire {median(b for b, _ in pairs):.2f} s, publier {median(p for _, p in pairs):.2f} s : {ratio:.2f} (au plus {LIMIT})")
    sys.exit(ratio > LIMIT)


if __name__ == "__main__":
    main()
