"""The journal against `git log --raw` over the same history: cold, then kept. `python -m tests.bench.journal [--fiches 1000 --versions 5000]`."""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import IO

from macros.portal.passe import KEPT, journal_of

GIT = shutil.which("git") or "git"
COLD, WARM = 3.0, 0.2
"""At most: cold, in times of `git log --raw`; kept, in times of cold."""
COLLECTIONS = ("actions", "preuves", "conseils", "veille", "promotions")


def record(rank: int, version: int) -> str:
    """Return a record of the usual length at one of its versions: the due date moves, a note is added each time."""
    notes = "".join(
        f"  - date: 2026-{1 + n % 12:02}-10\n    texte: Note {n} du suivi.\n    pourcentage: {n * 10 % 100}\n" for n in range(version)
    )
    return (
        f"intitule: Réviser la grille d’évaluation numéro {rank}\nnature: evaluation\n"
        f"description: |\n  Une description de quelques lignes pour la fiche {rank},\n  qui en dit le contexte et ce qui est attendu.\n"
        f"date: 2025-01-15\norigine:\n  autre: Revue interne\ncertifications: [RNCP{10000 + rank % 100}]\n"
        f"responsable: responsable des épreuves\necheance: 2026-{1 + (rank + version) % 12:02}-28\n"
        f"statut: {'en_cours' if version else 'planifiee'}\npriorite: normale\ncritere: La grille est adoptée et appliquée.\n"
        + (f"avancement:\n{notes}" if notes else "")
    )


def write_history(folder: Path, records: int, versions: int) -> None:
    """Write a repository of `records` files and `versions` saved states, one record changed by each."""
    subprocess.run([GIT, "init", "-q", "-b", "main"], cwd=folder, check=True)
    stream = subprocess.Popen([GIT, "fast-import", "--quiet"], cwd=folder, stdin=subprocess.PIPE)
    assert stream.stdin is not None
    chance, at = random.Random(1), [0] * records  # noqa: S311 - the same history each time
    _save(stream.stdin, 0, dict.fromkeys(range(records), 0))
    for number in range(1, versions):
        rank = chance.randrange(records)
        at[rank] += 1
        _save(stream.stdin, number, {rank: at[rank]})
    stream.stdin.close()
    assert stream.wait() == 0
    subprocess.run([GIT, "checkout", "-q", "main"], cwd=folder, check=True)


def _save(stream: IO[bytes], number: int, changed: dict[int, int]) -> None:
    stream.write(f"commit refs/heads/main\ncommitter C <c@exemple.fr> {1_700_000_000 + number * 3600} +0100\ndata 4\nsave\n".encode())
    for rank, version in changed.items():
        body = record(rank, version).encode()
        path = f"data/{COLLECTIONS[rank % 5]}/A-{2020 + rank % 5}-{rank:04}.yml"
        stream.write(f"M 644 inline {path}\ndata {len(body)}\n".encode() + body + b"\n")


def _timed(folder: Path) -> tuple[float, float, float]:
    """Return the seconds of the raw log, of the journal read at once, of the journal that was kept."""
    (folder / KEPT).unlink(missing_ok=True)
    start = perf_counter()
    subprocess.run([GIT, "log", "--raw"], cwd=folder, check=True, capture_output=True)
    raw = perf_counter()
    cold = journal_of(folder)
    read = perf_counter()
    assert journal_of(folder).entries == cold.entries
    return raw - start, read - raw, perf_counter() - read


def main() -> None:
    """Print the medians of several runs side by side, and their ratios."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--fiches", type=int, default=1000)
    parser.add_argument("--versions", type=int, default=5000)
    parser.add_argument("--repetitions", type=int, default=7)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_history(folder, asked.fiches, asked.versions)
        runs = [_timed(folder) for _ in range(asked.repetitions)]
    raw, cold, warm = (median(column) for column in zip(*runs, strict=True))
    print(f"{asked.fiches} fiches, {asked.versions} versions : git log --raw {raw:.3f} s, journal {cold:.3f} s, gardé {warm:.3f} s")
    cost, kept = median(c / r for r, c, _ in runs), median(w / c for _, c, w in runs)
    print(f"à froid / git log : {cost:.2f} (au plus {COLD})\ngardé / à froid : {kept:.2f} (au plus {WARM})")
    sys.exit(cost > COLD or kept > WARM)


if __name__ == "__main__":
    main()
