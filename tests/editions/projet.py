"""The smallest project that builds, with a history: what publications are tried on."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.browser.sites import ROOT
from tests.history.depot import Depot, depot

if TYPE_CHECKING:
    from pathlib import Path

PORTAIL = (sys.executable, "-m", "macros.cli")
CONFIG = f"""site_name: Essai
theme:
  name: material
  custom_dir: overrides
  language: fr
  font: false
plugins:
  - search
  - macros:
      modules: [macros]
      on_undefined: strict
      on_error_fail: true
hooks:
  - {ROOT}/macros/hooks.py
markdown_extensions:
  - attr_list
  - macros.extension
"""
PAGE = "---\nvisibilite: public\n---\n\n# Accueil\n\n{{ edition_courante() }}\n"
DRAFT = "---\nvisibilite: public\n---\n\n# BROUILLON\n"
LOCAL = "personnes:\n  - id: P-01\n    nom: Secret Dupont\n"


def projet(folder: Path, files: dict[str, str | None] | None = None) -> Depot:
    """Return a saved project of one certification, with a list of persons and a public page that Git ignores."""
    theme = (ROOT / "overrides" / "main.html").read_text("utf-8")
    base: dict[str, str | None] = {
        "mkdocs.yml": CONFIG,
        "docs/index.md": PAGE,
        "overrides/main.html": theme,
        ".gitignore": "*.local.yml\ndocs/brouillon.md\n.cache/\n/publication*/\n",
    }
    made = depot(folder, {**base, **(files or {})})
    made.write({"data/personnes.local.yml": LOCAL, "docs/brouillon.md": DRAFT})
    return made


def portail(project: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a project, as a person would."""
    return subprocess.run(
        [*PORTAIL, *arguments], cwd=project, env=surroundings(**environment), capture_output=True, text=True, check=False, timeout=120
    )


def surroundings(**more: str) -> dict[str, str]:
    """Return the environment of a run: this checkout, nothing of the portal but what is given."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PORTAIL_", "GIT_")) and key != "SOURCE_DATE_EPOCH"}
    return {**kept, "PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1", "GIT_CONFIG_GLOBAL": os.devnull, **more}


def publish(project: Path, nom: str = "2026.1", *more: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Publish an edition for auditors."""
    return portail(project, "publier", nom, "--titre", f"Revue {nom}", *more, **environment)


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder, but locks, by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".verrou"
    }
