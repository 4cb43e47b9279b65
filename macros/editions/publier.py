"""Publishing an edition: built apart, put in place by one rename, never changed after. Withdrawing it: a notice takes its place.

Whatever stops a publication (a signal, a full disk, another publisher), what
was published stays whole: an edition is in place or it is not, and what
leads to it (`versions.json`, `courante/`) is made again from the editions
present by the next run.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING

from macros import messages
from macros.editions import depot
from macros.editions.manifeste import MANIFESTE, manifest_of
from macros.editions.moteur import address_pages, build_site
from macros.editions.racine import (
    EDITION,
    FORMAT,
    claim,
    is_name,
    json_text,
    locked,
    published,
    refresh,
    set_aside,
    staging,
)
from macros.editions.signature import sign
from macros.problems import DataError, Problem
from macros.rendering import render_page

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path
    from typing import Any

    from macros.models.base import Visibilite

_TOOLS = ("portail-qualite", "mkdocs", "mkdocs-material", "mkdocs-macros-plugin", "jinja2", "pydantic", "pyyaml", "typst", "xlsxwriter")
_INDEX = "api/v1/index.json"
SITE = "site"
"""Where a site is built, in the folder of a draft."""


@dataclass(frozen=True)
class Demande:
    """What is asked of a publication. `jour` None: the date of the records, or of today; `cle`: an SSH key to sign with."""

    nom: str
    titre: str
    audience: Visibilite
    jour: date | None = None
    sans_historique: bool = False
    cle: Path | None = None


@dataclass(frozen=True)
class Resultat:
    """An edition in place: what `edition.json` says, and how many files it holds."""

    faits: dict[str, Any]
    fichiers: int


def publish(project: Path, root: Path, demande: Demande, wait: Callable[[], None]) -> Resultat:
    """Publish the saved version of `project` as an edition of `root`. Raise `DataError` with everything that keeps it from being."""
    if not is_name(demande.nom):
        raise DataError([Problem(demande.nom, 0, 0, "nom-edition", messages.edition_name(demande.nom))])
    commit = "" if demande.sans_historique else depot.saved_version(project)
    with locked(root, wait):
        refresh(root) if published(root) else None
        claim(root, demande.audience)
        _refuse_existing(root, demande.nom)
        draft = staging(root, demande.nom)
        try:
            result = _make(project, draft, demande, commit)
            put_in_place(root, draft / SITE, demande.nom)
            return result
        finally:
            shutil.rmtree(draft, ignore_errors=True)


def put_in_place(root: Path, site: Path, nom: str) -> None:
    """Have an edition made whole appear under its name at once, then have what leads to editions know it."""
    site.rename(root / nom)
    refresh(root)


def _refuse_existing(root: Path, nom: str) -> None:
    if (root / nom).exists():
        raise DataError([Problem(str(root / nom), 0, 0, "edition-existante", messages.edition_exists(nom))])


def _make(project: Path, draft: Path, demande: Demande, commit: str) -> Resultat:
    """Build an edition whole in `draft`, manifest last, and have the disk keep it."""
    copy, site = draft / "projet", draft / SITE
    sources = depot.take_version(project, commit, copy) if commit else depot.take_folder(project, copy)
    names = {"PORTAIL_EDITION": demande.nom, "PORTAIL_EDITION_TITRE": demande.titre}
    build_site(sources, site, demande.audience, demande.jour, names)
    address_pages(site, demande.nom)
    facts = _facts(site, demande, commit)
    (site / EDITION).write_text(json_text(facts), "utf-8")
    manifest = manifest_of(site)
    (site / MANIFESTE).write_bytes(manifest)
    if demande.cle is not None:
        sign(site, demande.cle)
    if hasattr(os, "sync"):
        os.sync()
    return Resultat(facts, manifest.count(b"\n"))


def _facts(site: Path, demande: Demande, commit: str) -> dict[str, Any]:
    """Return what an edition says of itself; its counts are those its audience reads."""
    index = json.loads((site / _INDEX).read_text("utf-8"))
    return {
        "format": FORMAT,
        "nom": demande.nom,
        "titre": demande.titre,
        "audience": demande.audience.value,
        "organisme": index["organisme"],
        "date_reference": index["date_reference"],
        "commit": commit or None,
        "outils": {"python": platform.python_version(), **{name: version(name) for name in _TOOLS}},
        "enregistrements": {row["nom"]: row["nombre"] for row in index["collections"]},
        "pages": sum(1 for _ in site.rglob("*.html")),
    }


def withdraw(root: Path, nom: str, jour: date, motif: str, wait: Callable[[], None]) -> None:
    """Replace an edition by a dated notice, for good. Raise `DataError` when it is not there or withdrawn already."""
    with locked(root, wait):
        known = {each.nom: each for each in published(root)}
        if nom not in known or known[nom].retiree:
            raise DataError(
                [Problem(str(root), 0, 0, "edition-inconnue", messages.no_such_edition(nom, [n for n in known if not known[n].retiree]))]
            )
        draft = staging(root, nom)
        try:
            others = any(name != nom and not each.retiree for name, each in known.items())
            _notice(draft / "avis", nom, known[nom].audience, jour, motif, others=others)
            (root / nom).rename(set_aside(root, nom))
            (draft / "avis").rename(root / nom)
            shutil.rmtree(set_aside(root, nom))
            refresh(root)
        finally:
            shutil.rmtree(draft, ignore_errors=True)


def _notice(folder: Path, nom: str, audience: str, jour: date, motif: str, *, others: bool) -> None:
    facts = {"format": FORMAT, "nom": nom, "audience": audience, "retiree": jour.isoformat(), "motif": motif}
    page = render_page("editions/retiree", vue={"nom": nom, "jour": jour, "motif": motif, "courante": others})
    folder.mkdir()
    (folder / EDITION).write_text(json_text(facts), "utf-8")
    (folder / "index.html").write_text(page, "utf-8")
    (folder / MANIFESTE).write_bytes(manifest_of(folder))
