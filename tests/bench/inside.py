"""What is measured inside one process, printed as JSON.

Usage: python -m tests.bench.inside lecture|relance PROJECT
"""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def _timed(action: Callable[[], object]) -> tuple[float, float]:
    wall, used = perf_counter(), process_time()
    action()
    return perf_counter() - wall, process_time() - used


def reading(project: Path) -> dict[str, tuple[float, float]]:
    """Time reading and validation alone."""
    from macros.records.loading import load  # noqa: PLC0415 - imports are not measured

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


if __name__ == "__main__":
    measures = {"lecture": reading, "relance": rebuild}
    sys.stdout.write(json.dumps(measures[sys.argv[1]](Path(sys.argv[2]))) + "\n")
