"""Import a few fiches from a 500 MB export; compare with a bare pass of the parser over the same file.

Usage: python tests/bench/importation.py [--mo 500] [--repetitions 3]

Each pass has its own process and they alternate; the ratio is the median of
neighbouring passes, in processor time. Exit code 1 when a target is missed.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
MEMORY_LIMIT, RATIO_LIMIT = 150, 1.5

MAKE = """
import sys
from pathlib import Path
from tests.bench.export import write_export
numeros = write_export(Path(sys.argv[1]), int(sys.argv[2]))
print(len(numeros), *(numeros[len(numeros) * part // 4] for part in range(1, 4)))
"""
IMPORT = """
import sys
from pathlib import Path
from macros.exchange.fc_selection import Selection
from macros.exchange.france_competences import read_extracts
found = read_extracts([Path(sys.argv[1])], Selection(frozenset(sys.argv[2:])))
print(found.vues, *sorted(found.extraits))
"""
BARE = """
import sys
from lxml import etree
seen = 0
for _, element in etree.iterparse(sys.argv[1], tag="FICHE"):
    seen += 1
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]
print(seen)
"""


def main() -> int:
    """Make the file, measure, print, return the exit code."""
    parser = argparse.ArgumentParser(description="Mesure l’import d’un export de France compétences.")
    parser.add_argument("--mo", type=int, default=500, help="taille de l’export en Mo (500 par défaut)")
    parser.add_argument("--repetitions", type=int, default=3, help="nombre de passes (3 par défaut)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="portail-bench-") as folder:
        export = Path(folder) / "export_fiches_RNCP_V4_1_2026-08-16.xml"
        total, *wanted = _run(MAKE, str(export), str(options.mo * 1_000_000))[0].split()
        expected = " ".join((total, *sorted(wanted)))
        ratios, memories, times = [], [], []
        for _ in range(options.repetitions):
            _, bare, _ = _run(BARE, str(export))
            told, used, memory = _run(IMPORT, str(export), *wanted)
            if told != expected:
                sys.exit(f"Import inattendu : « {told} » au lieu de « {expected} ».")
            ratios.append(used / bare)
            memories.append(memory)
            times.append(used)
        size = export.stat().st_size / 1_000_000
    print(f"Export de {size:.0f} Mo, {total} fiches, {len(wanted)} importées en {_number(median(times))} s de processeur.")
    return _verdict(max(memories), median(ratios))


def _verdict(memory: float, ratio: float) -> int:
    print("Cibles")
    for label, value, limit in (("mémoire maximale (Mo)", memory, MEMORY_LIMIT), ("temps / passe nue du lecteur XML", ratio, RATIO_LIMIT)):
        print(f"  {label:<40}{_number(value):>8}  ≤ {_number(limit):<7} {'OK' if value <= limit else 'NON'}")
    return int(memory > MEMORY_LIMIT or ratio > RATIO_LIMIT)


def _number(value: float) -> str:
    return f"{value:.2f}".replace(".", ",")


def _run(script: str, *arguments: str) -> tuple[str, float, float]:
    """Run a script in its own process; return what it prints, its processor seconds and its peak memory in MB."""
    with tempfile.TemporaryFile() as output:
        command = [sys.executable, "-c", script, *arguments]
        process = subprocess.Popen(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, stdout=output)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            sys.exit(process.returncode)
        output.seek(0)
        return output.read().decode().strip(), usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main())
