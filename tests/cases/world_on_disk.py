"""The world of canaries as a whole project: records, names, documents, hand-written pages, and a history that remembers what was removed."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

from macros.models import UNIQUES
from macros.models.base import Visibilite
from tests.cases.world import PREUVES, World

if TYPE_CHECKING:
    from pathlib import Path

    from macros.models.base import Record

GIT = shutil.which("git") or "git"
NAMING_PERSONS = "PR-2020-106"
"""Evidence that auditors see, whose document names persons."""
REMOVED = {
    "author": "CanariAuteurGit",
    "address of the author": "canari-adresse-git",
    "message": "CanariMessageGit",
    "name typed then removed": "CanariNomEfface",
    "page removed": "CanariPageEffacee",
    "file removed": "canari-fichier-efface",
    "record removed": "PR-2020-9177",
    "title of a record removed": "CanariFicheEffacee",
}
"""What only the history of the project still holds."""
PAGES = {Visibilite.INTERNE: "CanariPageInterne", Visibilite.AUDITEUR: "CanariPageAuditeur"}
"""What hand-written pages hold, by the audience that each states."""
_OF_RNCP = ("niveau", "activites", "blocs")
"""What a certification of the RS has not."""


def document_name(preuve: str) -> str:
    """Return where the document of a proof is filed: a name that tells a person."""
    return f"dossier/canari-fichier-{preuve.lower()}.txt"


def document_text(preuve: str) -> str:
    """Return what the document of a proof holds."""
    return f"CanariContenu{preuve.replace('-', 'x')}"


def write_world(world: World, project: Path) -> Path:
    """Write a world in `project`, whose `docs/` and `mkdocs.yml` exist, as a repository with a past; return the folder."""
    for record in world.registre:
        _write(_place(project, record), _corrected(world, record))
    for preuve in PREUVES:
        path = project / "data/preuves" / document_name(preuve)
        path.parent.mkdir(exist_ok=True)
        path.write_text(document_text(preuve), "utf-8")
    for audience, text in PAGES.items():
        page = project / "docs" / f"canari-{audience.value}.md"
        page.write_text(f"---\nvisibilite: {audience.value}\n---\n\n# {text}\n", "utf-8")
    (project / ".gitignore").write_text("*.local.yml\n.cache/\nsite/\n", "utf-8")
    _remember(project)
    return project


def _place(project: Path, record: Record) -> Path:
    if record.collection == "personnes":
        return project / "data/personnes.local.yml"
    alone = record.collection in {model.collection for model in UNIQUES}
    return project / "data" / (f"{record.collection}.yml" if alone else f"{record.collection}/{record.id}.yml")


def _write(path: Path, data: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data), "utf-8")


def _as_typed(value: Any) -> Any:
    """Return a value of a model as a file holds it: every scalar a text."""
    if isinstance(value, dict):
        return {key: _as_typed(each) for key, each in value.items()}
    return [_as_typed(each) for each in value] if isinstance(value, list) else str(value)


def _corrected(world: World, record: Record) -> dict[str, Any]:
    """Return a record as its file holds it, with what records on disk are asked for more than those in memory."""
    data: dict[str, Any] = _as_typed(record.model_dump(mode="json", exclude_none=True, exclude_defaults=True, exclude={"id"}))
    domaine = world.registre.organisme.domaines[0].id
    if "domaine" in data:
        data["domaine"] = domaine
    if "domaines" in data.get("portee", {}):
        data["portee"]["domaines"] = [domaine]
    if data.get("repertoire") == "RS":
        data = {key: value for key, value in data.items() if key not in _OF_RNCP}
    if record.collection == "preuves":
        sha256 = hashlib.sha256(document_text(record.id).encode()).hexdigest()
        data["revisions"] = [{"numero": "1", "date": "2026-01-01", "fichier": document_name(record.id), "sha256": sha256}]
        data["conservation"] = {"donnees_personnelles": "oui" if record.id == NAMING_PERSONS else "non"}
        data["type"] = "autre"
    return data


def _remember(project: Path) -> None:
    """Commit a project that still held what nobody may read again, then the project as it is."""
    shown = project / "data/certifications/RNCP111111.yml"
    now = shown.read_text("utf-8")
    before = json.loads(now)
    _write(shown, before | {"intitule": f"Titre suivi par {REMOVED['name typed then removed']}"})
    page = project / "docs/ancienne.md"
    page.write_text(f"---\nvisibilite: public\n---\n\n# {REMOVED['page removed']}\n", "utf-8")
    filed = project / "data/preuves" / f"{REMOVED['file removed']}.txt"
    filed.write_text("Ancien document", "utf-8")
    record = project / "data/preuves" / f"{REMOVED['record removed']}.yml"
    _write(record, {"type": "autre", "titre": REMOVED["title of a record removed"], "date": "2026-01-01"})
    _git(project, "init", "-q")
    _commit(project, "2026-01-05")
    shown.write_text(now, "utf-8")
    for each in (page, filed, record):
        each.unlink()
    _commit(project, "2026-02-05")


def _commit(project: Path, day: str) -> None:
    _git(project, "add", "-A")
    _git(project, "commit", "-q", "-m", REMOVED["message"], day=day)


def _git(project: Path, *arguments: str, day: str = "2026-01-05") -> None:
    author, address = REMOVED["author"], f"{REMOVED['address of the author']}@exemple.invalid"
    who = ("-c", f"user.name={author}", "-c", f"user.email={address}", "-c", "commit.gpgsign=false", "-c", "init.defaultBranch=main")
    dates = {f"GIT_{role}_DATE": f"{day}T12:00:00Z" for role in ("AUTHOR", "COMMITTER")}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    subprocess.run([GIT, *who, *arguments], cwd=project, env=kept | dates, check=True, capture_output=True)
