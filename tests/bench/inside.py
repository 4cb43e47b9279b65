"""What is measured inside one process, printed as JSON.

Usage: python -m tests.bench.inside lecture|relance|composition|controles|profil PROJECT
"""

from __future__ import annotations

import cProfile
import gc
import json
import logging
import os
import pstats
import resource
import sys
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def _timed(action: Callable[[], object]) -> tuple[float, float]:
    wall, used = perf_counter(), process_time()
    action()
    return perf_counter() - wall, process_time() - used


def _memory() -> float:
    """Return the peak memory of this process, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def reading(project: Path) -> dict[str, tuple[float, float]]:
    """Time reading and validation alone."""
    from macros.records.loading import load  # noqa: PLC0415 - imports are not measured

    gc.disable()  # as `portal/state.py` does
    return {"lecture": _timed(lambda: load(project))}


def rebuild(project: Path) -> dict[str, tuple[float, float]]:
    """Build as `mkdocs serve` does, edit one record, build again in the same process."""
    from mkdocs.commands.build import build  # noqa: PLC0415
    from mkdocs.config import load_config  # noqa: PLC0415

    logging.getLogger("mkdocs").setLevel(logging.WARNING)

    def once() -> None:
        config = load_config(str(project / "mkdocs.yml"), site_dir=str(project.parent / "site"))
        config.plugins.on_startup(command="serve", dirty=False)
        build(config, serve_url="http://127.0.0.1:8000/", dirty=False)

    cold = _timed(once)
    record = min((project / "data" / "certifications").iterdir())
    record.write_text(record.read_text("utf-8").replace("intitule: Responsable", "intitule: Nouveau responsable", 1), "utf-8")
    return {"froid": cold, "relance": _timed(once)}


def composition(project: Path) -> dict[str, object]:
    """Time the least that reading YAML costs: every file read and composed by the C loader, nothing kept."""
    import yaml  # noqa: PLC0415

    def compose() -> None:
        for directory, _, names in os.walk(project / "data"):
            for name in names:
                with open(os.path.join(directory, name), "rb") as stream:  # noqa: PTH118, PTH123 - the floor is bare
                    yaml.compose(stream.read(), Loader=yaml.CBaseLoader)

    return {"temps": _timed(compose), "memoire": _memory()}


def checks(project: Path) -> dict[str, object]:
    """Time reading, validation and links, then every check, as `portal/state.py` runs them."""
    from macros.checks import run_checks  # noqa: PLC0415
    from macros.records.loading import load  # noqa: PLC0415

    kept: dict[str, Any] = {}

    def read() -> None:
        kept["registre"] = load(project).registre

    def check() -> None:
        kept["constats"] = run_checks(kept["registre"], kept["registre"].organisme.date_reference)

    gc.disable()
    loading = _timed(read)
    gc.freeze()
    return {"lecture": loading, "controles": _timed(check), "memoire": _memory(), "constats": len(kept["constats"])}


def profile(project: Path) -> dict[str, object]:
    """Print where the time of `controles` goes, function by function."""
    profiler = cProfile.Profile()
    profiler.enable()
    found = checks(project)
    profiler.disable()
    pstats.Stats(profiler, stream=sys.stderr).sort_stats("tottime").print_stats(25)
    return found


if __name__ == "__main__":
    measures = {"lecture": reading, "relance": rebuild, "composition": composition, "controles": checks, "profil": profile}
    sys.stdout.write(json.dumps(measures[sys.argv[1]](Path(sys.argv[2]))) + "\n")
