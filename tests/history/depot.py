"""A small project with a history, written state by state."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

BASE = {
    "mkdocs.yml": "site_name: essai\n",
    "data/organisme.yml": "format: 1\ndenomination: Institut d’essai\ndemonstration: oui\ndate_reference: 2026-11-20\n",
    "data/certifications/RNCP12345.yml": "numero: RNCP12345\nintitule: Gérer\nrepertoire: RNCP\ntype_enregistrement: sur_demande\n",
}


GIT = shutil.which("git") or "git"


@dataclass
class Depot:
    """A project in `folder`; each `save` is a day of November 2026."""

    folder: Path
    jour: int = 0

    def git(self, *arguments: str, **extra: str) -> str:
        """Run Git in the project, as one person, on one day."""
        who = {
            "GIT_AUTHOR_NAME": "Camille Auteur",
            "GIT_AUTHOR_EMAIL": "c@exemple.fr",
            "GIT_COMMITTER_NAME": "C",
            "GIT_COMMITTER_EMAIL": "c@exemple.fr",
        }
        environment = os.environ | who | extra | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        return subprocess.run(
            [GIT, *arguments], cwd=self.folder, env=environment, check=True, capture_output=True, text=True
        ).stdout.strip()

    def write(self, files: dict[str, str | None]) -> None:
        """Write files, remove those given as None."""
        for path, text in files.items():
            target = self.folder / path
            if text is None:
                target.unlink()
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, "utf-8")

    def save(self, files: dict[str, str | None], message: str = "version") -> str:
        """Write files and save the state; return its id."""
        self.write(files)
        self.jour += 1
        day = f"2026-11-{self.jour:02}T12:00:00+0100"
        self.git("add", "--all")
        self.git("commit", "-q", "--allow-empty", "-m", message, GIT_AUTHOR_DATE=day, GIT_COMMITTER_DATE=day)
        return self.git("rev-parse", "HEAD")


def depot(folder: Path, files: dict[str, str | None] | None = None) -> Depot:
    """Return a project whose history begins with the records of `BASE` and `files`."""
    folder.mkdir(parents=True, exist_ok=True)
    found = Depot(folder)
    found.git("init", "-q", "-b", "main")
    found.save({**BASE, **(files or {})})
    return found
