"""Projects in temporary folders, the sites the engine builds from them, and what the tests read in a built site."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import lxml.html
import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playwright.sync_api import Page

ROOT = Path(__file__).parents[2]
GIT = shutil.which("git") or "git"
MKDOCS = Path(sys.executable).with_name("mkdocs")
DAY = "2026-11-20"

CERTIFICATIONS = ("RNCP99001", "RNCP99002", "RNCP99003", "RS99001", "RS99002")
CONSEILS = tuple(sorted(path.stem for path in (ROOT / "data" / "conseils").rglob("*.yml")))
FICHES = (
    "actions",
    "audits",
    "cep",
    "certifications",
    "conseils",
    "derogations",
    "dossiers",
    "editions",
    "evaluations",
    "exigences",
    "extraits",
    "lexique",
    "organisme",
    "partenaires",
    "personnes",
    "positionnements",
    "preuves",
    "promotions",
    "rapport_cep",
    "reclamations",
    "veille",
    "veille_ecartee",
)
CHAPTERS = tuple(sorted(path.stem for path in (ROOT / "docs" / "manuel").glob("*.md") if path.stem != "index"))
PARTENAIRES = tuple(sorted(path.stem for path in (ROOT / "data" / "partenaires").glob("*.yml")))
RECOMMANDATIONS = tuple(sorted(path.stem for path in (ROOT / "data" / "cep").glob("*.yml")))
REGISTERS = (
    "certifications/",
    "conseils/",
    "actions/",
    "preuves/",
    "veille/",
    "indicateurs/",
    "partenaires/",
    "reclamations/",
    "audits/",
    "exigences/",
    "constats/",
)
"""Lists with filters."""
PAGES = (
    "",
    *REGISTERS,
    *(f"certifications/{numero}/" for numero in CERTIFICATIONS),
    *(f"certifications/{numero}/tables/" for numero in CERTIFICATIONS),
    *(f"certifications/{numero}/renouvellement/" for numero in CERTIFICATIONS if numero != "RNCP99003"),
    *(f"certifications/{numero}/exigences/" for numero in CERTIFICATIONS),
    *(f"certifications/{numero}/trace/" for numero in CERTIFICATIONS),
    *(f"certifications/{numero}/journal/" for numero in CERTIFICATIONS),
    "editions/",
    "editions/comparer/",
    "dossiers/",
    "journal/",
    *(f"journal/{name}/" for name in FICHES if name not in {"personnes", "editions", "dossiers", "veille_ecartee"}),
    "exigences/matrice/",
    *(f"partenaires/{siret}/" for siret in PARTENAIRES),
    *(f"conseils/{conseil}/" for conseil in CONSEILS),
    "cep/",
    *(f"cep/{recommandation}/" for recommandation in RECOMMANDATIONS),
    "manuel/",
    *(f"manuel/{chapter}/" for chapter in CHAPTERS),
    "aide/",
    "aide/fiches/",
    *(f"aide/fiches/{name}/" for name in FICHES),
    "aide/macros/",
    "aide/lexique/",
    "aide/api/",
    "aide/heberger/",
    "a-propos/",
    "a-propos/methode/",
    "404.html",
)
"""Every page of the demonstration, by its address below the root of the site."""


LONGEST_SESSIONS = tuple(
    f"conseils/{path.stem}/"
    for path in sorted((ROOT / "data" / "conseils").rglob("*.yml"), key=lambda path: (path.stat().st_size, path.stem))[-6:]
)
"""Pages of the six sessions whose records say the most."""
VISITED = tuple(
    page
    for page in PAGES
    if not page.startswith("partenaires/0") or page.endswith(("410281/", "410351/", "520141/"))
    if not page.endswith("/exigences/") or "RNCP99001" in page or "RS99001" in page
    if not page.startswith("journal/") or page in ("journal/", "journal/actions/")
    if not page.startswith("aide/fiches/")
    or page in ("aide/fiches/", "aide/fiches/conseils/", "aide/fiches/organisme/", "aide/fiches/personnes/")
    if not page.startswith("conseils/") or page == "conseils/" or page in LONGEST_SESSIONS
    if not page.startswith("cep/") or page in ("cep/", "cep/CEP-R1/", "cep/CEP-R5/")
    if not page.endswith(("/journal/", "/trace/")) or "RNCP99001" in page
    if not page.endswith("/tables/") or "RNCP99001" in page or "RNCP99002" in page
)
"""Pages to open in a browser one by one: of those that one macro makes alike, the longest and the odd ones."""


def make_project(folder: Path) -> Path:
    """Copy the demonstration to `folder`, with the hooks and templates of this checkout; return `folder`."""
    for name in ("data", "docs", "overrides"):
        shutil.copytree(ROOT / name, folder / name)
    text = (ROOT / "mkdocs.yml").read_text("utf-8")
    for relative in ("macros/hooks.py", "macros/templates"):
        assert f"  - {relative}\n" in text
        text = text.replace(f"  - {relative}\n", f"  - {ROOT / relative}\n")
    (folder / "mkdocs.yml").write_text(text, "utf-8")
    return folder


def with_history(project: Path) -> Path:
    """Give a project a past of two states: a due date moved and a state changed since the first one; return `project`."""
    moved = project / "data" / "actions"
    path = max(moved.rglob("*.yml"))
    now = path.read_text("utf-8")
    _save(
        project,
        path,
        re.sub(r"^echeance: .*$", "echeance: 2026-10-01", re.sub(r"^priorite:.*\n", "", now, flags=re.MULTILINE), flags=re.MULTILINE),
        "2026-11-02",
    )
    _save(project, path, now, "2026-11-19")
    return project


def _save(project: Path, path: Path, text: str, day: str) -> None:
    path.write_text(text, "utf-8")
    save(project, day)


def save(project: Path, day: str = "2026-11-19") -> None:
    """Save a project as it is, as its organisation, on a day."""
    who = {
        f"GIT_{role}_{key}": value
        for role in ("AUTHOR", "COMMITTER")
        for key, value in (("NAME", "Service qualité"), ("EMAIL", "q@exemple.fr"), ("DATE", f"{day}T12:00:00+0100"))
    }
    for arguments in (("init", "-q"), ("add", "--all"), ("commit", "-q", "-m", "version")):
        subprocess.run([GIT, *arguments], cwd=project, env={**os.environ, **who}, check=True, capture_output=True)


def environment(**values: str) -> dict[str, str]:
    """Return the environment of a build: this checkout, no audience nor date but those given."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PORTAIL_") and name != "SOURCE_DATE_EPOCH"}
    return kept | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "NO_MKDOCS_2_WARNING": "1"} | values


def build(project: Path, site: Path | None = None, **values: str) -> Path:
    """Build a project strictly and return the folder of its site; fail with what the engine said."""
    target = site or project / "site"
    done = subprocess.run(
        [MKDOCS, "build", "--strict", "--site-dir", target],
        cwd=project,
        env=environment(**values),
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=400,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return target


def write_record(path: Path, record: dict[str, Any]) -> None:
    """Write a record so that any text survives: JSON is YAML."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(record, ensure_ascii=True), "utf-8")


def read_record(path: Path) -> dict[str, Any]:
    """Read a record, every scalar as text."""
    data = yaml.load(path.read_text("utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506 - text only, no object
    assert isinstance(data, dict), path
    return data


def html_files(site: Path) -> list[Path]:
    """Return every built page."""
    return sorted(site.rglob("*.html"))


def parse(file: Path) -> Any:
    """Return a built page, parsed."""
    return lxml.html.document_fromstring(file.read_text("utf-8"))


def open_whole(page: Page, address: str) -> None:
    """Open a page, its folded parts too, where colours do not take time to change."""
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    page.add_style_tag(content="*, *::before, *::after { transition: none !important; animation: none !important }")


def paint(page: Page, scheme: str) -> None:
    """Show a page in a colour scheme."""
    page.evaluate("scheme => document.body.setAttribute('data-md-color-scheme', scheme)", scheme)


def overflow(page: Page) -> list[str]:
    """Return what makes a page wider than its window, empty when nothing does."""
    found: list[str] = page.evaluate(
        """() => {
            const width = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= width) return [];
            const wide = Array.from(document.querySelectorAll('body *')).filter(e => e.getBoundingClientRect().right > width + 1);
            return ['page: ' + document.documentElement.scrollWidth + ' > ' + width].concat(
                wide.slice(0, 5).map(e => e.tagName + '.' + e.className + ' ' + (e.textContent || '').trim().slice(0, 40)));
        }"""
    )
    return found


def told(findings: Iterable[object]) -> str:
    """Return findings one per line, for the message of an assertion."""
    return "\n" + "\n".join(map(str, findings))
