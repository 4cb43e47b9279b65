"""Builds the site of an edition with the site engine, in an environment of its own: same version, same date, same bytes."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from macros import messages
from macros.problems import DataError, Problem

if TYPE_CHECKING:
    from datetime import date

    from macros.models.base import Visibilite

_FULL = re.compile(r"No space left|ENOSPC|Disk quota exceeded|Errno (?:28|122)")
_TOLD = re.compile(r"^(?:WARNING|ERROR|CRITICAL)\s+-\s*")
_NOISE = re.compile(r"^(?:INFO|DEBUG)\s+-|^Aborted with|^\s*$|^Traceback|^  File |^    ")
_MOST = 20
_KEPT_VARIABLES = ("PATH", "HOME", "SYSTEMROOT", "VIRTUAL_ENV", "TMPDIR", "TEMP", "PYTHONPATH", "LD_LIBRARY_PATH", "GIT_CONFIG_GLOBAL")


def build_site(project: Path, site: Path, audience: Visibilite, day: date | None, facts: dict[str, str]) -> None:
    """Build the site of `project` in `site`, strictly. Raise `DataError` with what the engine said when it refuses.

    `facts` name the edition (see `engine.edition_facts`). Nothing of the
    environment of the person reaches the engine but where programs are.
    """
    program = shutil.which("mkdocs", path=str(Path(sys.executable).parent)) or shutil.which("mkdocs")
    if program is None:
        raise DataError([Problem("publication", 0, 0, "moteur", messages.no_engine())])
    environment = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    environment |= {"LC_ALL": "C.UTF-8", "TZ": "UTC", "PYTHONUTF8": "1", "PYTHONHASHSEED": "0", "NO_MKDOCS_2_WARNING": "1", "NO_COLOR": "1"}
    environment |= {"PORTAIL_AUDIENCE": audience.value, **facts} | ({"PORTAIL_DATE": day.isoformat()} if day else {})
    command = [program, "build", "--strict", "--site-dir", str(site)]
    done = subprocess.run(command, cwd=project, env=environment, capture_output=True, check=False)  # noqa: S603 - no shell
    if done.returncode:
        raise DataError([Problem("publication", 0, 0, "construction", _reason(done.stderr.decode("utf-8", "replace")))])


def _reason(said: str) -> str:
    """Return why the engine refused, without its traces."""
    if _FULL.search(said):
        return messages.disk_full()
    lines = [_TOLD.sub("", line) for line in said.splitlines() if not _NOISE.match(line)]
    return messages.build_refused(lines[:_MOST])


def address_pages(site: Path, nom: str) -> None:
    """Give the site a list of its pages when the engine, told no address, left it empty: the selector of editions reads it.

    It looks at paths only, below what all addresses have in common, on
    whatever host: a name that no host can have stands for the unknown one.
    """
    path = site / "sitemap.xml"
    if b"<loc>" in path.read_bytes():
        return
    pages = sorted(page.parent.relative_to(site).as_posix() for page in site.rglob("index.html"))
    rows = "".join(f"<url><loc>https://edition.invalid/{nom}/{'' if page == '.' else f'{page}/'}</loc></url>\n" for page in pages)
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{rows}</urlset>\n'
    path.write_text(text, "utf-8")
    (site / "sitemap.xml.gz").write_bytes(gzip.compress(text.encode(), mtime=0))
