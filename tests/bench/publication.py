"""Publishing an edition costs at most 15 % more than building the same site, both by the command. Run: python -m tests.bench.publication.

The bare engine is told too: on a small project, the start of the command and a copy of the files weigh more than what publishing adds.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

from tests.bench import prepare
from tests.browser.sites import MKDOCS, environment, make_project, save

LIMIT = 1.15


def _timed(command: list[str], project: Path) -> float:
    start = perf_counter()
    subprocess.run(command, cwd=project, env=environment(PORTAIL_AUDIENCE="auditeur"), check=True, capture_output=True)
    return perf_counter() - start


def main() -> None:
    """Build and publish the demonstration in turn; print the median of the ratios."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--repetitions", type=int, default=5)
    parser.add_argument("--taille", type=int, default=100, help="certifications of a synthetic project; 0: the demonstration")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        project = Path(name) / "projet"
        prepare.make_project(project, asked.taille) if asked.taille else make_project(project)
        (project / ".gitignore").write_text("site/\n.cache/\npublication/\n*.local.yml\n", "utf-8")
        save(project)
        publish = [sys.executable, "-m", "macros.cli", "publier", "--titre", "Mesure"]
        bare = [str(MKDOCS), "build", "--strict", "--site-dir", str(Path(name) / "nu")]
        build = [sys.executable, "-m", "macros.cli", "construire", "--audience", "auditeur", "--vers", str(Path(name) / "site")]
        _timed(build, project)  # what is kept between builds is there for both
        pairs = []
        for rank in range(asked.repetitions):
            built = _timed(build, project)
            published = _timed([*publish, f"2026.{rank}"], project)
            shutil.rmtree(project / "data" / "editions")
            pairs.append((_timed(bare, project), built, published))
    alone, built, published = (median(column) for column in zip(*pairs, strict=True))
    ratio = median(each[2] / each[1] for each in pairs)
    print(f"moteur seul {alone:.2f} s, construire {built:.2f} s, publier {published:.2f} s : {ratio:.2f} (au plus {LIMIT})")
    sys.exit(ratio > LIMIT)


if __name__ == "__main__":
    main()
