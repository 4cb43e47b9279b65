"""Restoring flattened texts stays linear: time for four times the text is at most eight times longer, on the worst fragments.

Run: python tests/bench/textes.py. Ratios within one run; exit code 1 when one is missed.
"""

from __future__ import annotations

import sys
from time import perf_counter

from macros.flattened import restore

FRAGMENTS = (" ", "- ", "1.1 ", "mot  ", "A1.", "_", "* ", "\n", ": - x ", "A1C1.", "\t\n", "&a")
SMALL, LARGE = 50_000, 200_000
LIMIT = 2.0 * LARGE / SMALL


def best(text: str) -> float:
    """Return the shortest of three runs, in seconds."""
    times = []
    for _ in range(3):
        start = perf_counter()
        restore(text)
        times.append(perf_counter() - start)
    return min(times)


def main() -> int:
    """Print one line per fragment; return 1 when growth is worse than linear by more than a factor of two."""
    missed = 0
    for fragment in FRAGMENTS:
        ratio = best(fragment * (LARGE // len(fragment))) / best(fragment * (SMALL // len(fragment)))
        missed += ratio > LIMIT
        print(f"{fragment!r:10} ×{LARGE // SMALL} texte : ×{ratio:.1f} temps  {'OK' if ratio <= LIMIT else 'NON'}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
