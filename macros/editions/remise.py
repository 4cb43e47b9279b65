"""Making a dossier: an edition for auditors restricted to some certifications, in the forms asked for; taking it back."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from macros.documents.dossier import printed_dossier
from macros.editions import depot
from macros.editions.coffre import Coffre, encrypt_site
from macros.editions.hors_ligne import make_offline, new_passphrase
from macros.editions.manifeste import MANIFESTE, manifest_digest, manifest_of
from macros.editions.moteur import address_pages, build_site
from macros.editions.pieces import join_pieces
from macros.editions.racine import EDITION, FORMAT, json_text, locked, staging
from macros.french import format_date
from macros.models.base import Visibilite
from macros.portal.etats import open_state
from macros.portal.state import lineages, open_portal
from macros.records.audience import filter_registre
from macros.views.documents.dossier import Couverture

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from macros.models.dossier import Dossier
    from macros.records.registre import Registre
    from macros.views.context import Remise

EN_LIGNE, REMISES = "en-ligne", "remises"
"""Below the folder of dossiers: pages for a server that opens them by a signed link; files and folders to hand over."""


@dataclass(frozen=True)
class Demande:
    """What is asked: the dossier as its pages will say it, the day it shows, its forms (`Dossier.formes`), where to look for documents."""

    remise: Remise
    jour: date | None = None
    formes: tuple[str, ...] = ()
    pieces: Path | None = None

    @property
    def id(self) -> str:
        """Return the id of the dossier."""
        return self.remise.dossier


@dataclass(frozen=True)
class Remis:
    """A dossier made: what its record says; what opens it, which is told once and written nowhere."""

    fiche: dict[str, Any]
    phrase: str
    cle: str


def make_dossier(project: Path, root: Path, asked: Demande, clock: Callable[[Registre], date], wait: Callable[[], None]) -> Remis:
    """Make a dossier of the saved version of `project` below `root`. Raise `DataError` with everything that keeps it from being."""
    commit = depot.saved_version(project)
    with locked(root, wait):
        draft = staging(root, asked.id)
        try:
            sources = depot.take_version(project, commit, draft / "projet")
            joined = _joined(sources, asked, clock)
            site = draft / "site"
            build_site(sources, site, Visibilite.AUDITEUR, asked.jour, _facts(asked))
            address_pages(site, asked.id)
            day = _seal(site, asked, commit)
            phrase, key = _forms(site, draft / "remise", asked)
            if "pdf" in asked.formes:
                (draft / "remise" / f"{asked.id}.pdf").write_bytes(_printed(sources, site, asked, date.fromisoformat(day)))
            digest = manifest_digest(site)
            _put_in_place(root, draft, asked)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    return Remis(_record(asked, day, joined, commit, digest), phrase, key)


def _record(asked: Demande, day: str, joined: int, commit: str, digest: str) -> dict[str, Any]:
    """Return what the register says of a dossier."""
    fiche = {
        "pour": asked.remise.pour or None,
        "objet": asked.remise.objet or None,
        "certifications": list(asked.remise.certifications),
        "date": day,
        "expire": asked.remise.expire.isoformat(),
        "formes": list(asked.formes),
        "pieces": joined,
        "commit": commit,
        "empreinte": digest,
    }
    return {key: value for key, value in fiche.items() if value is not None}


def _facts(asked: Demande) -> dict[str, str]:
    """Return what tells the engine which dossier it builds."""
    said = {
        "": asked.id,
        "_CERTIFICATIONS": " ".join(asked.remise.certifications),
        "_EXPIRE": asked.remise.expire.isoformat(),
        "_POUR": asked.remise.pour,
    }
    return {f"PORTAIL_DOSSIER{end}": value for end, value in {**said, "_OBJET": asked.remise.objet}.items()}


def _joined(sources: Path, asked: Demande, clock: Callable[[Registre], date]) -> int:
    """Put the documents kept elsewhere among the sources, those that the auditor may see; return how many."""
    if asked.pieces is None:
        return 0
    state = open_state(sources, str(sources), clock)
    only = lineages(state.registre, asked.remise.certifications)
    shown = filter_registre(state.registre, Visibilite.AUDITEUR, only).preuves
    wanted = [state.registre.preuves[identifier] for identifier in sorted(shown)]
    return join_pieces(sources, asked.pieces, wanted)


def _seal(site: Path, asked: Demande, commit: str) -> str:
    """Write what the dossier says of itself, then its manifest; return the day of the situation shown."""
    day: str = json.loads((site / "api/v1/index.json").read_text("utf-8"))["date_reference"]
    facts = {
        "format": FORMAT,
        "nom": asked.id,
        "titre": asked.remise.objet,
        "audience": Visibilite.AUDITEUR.value,
        "certifications": list(asked.remise.certifications),
        "expire": asked.remise.expire.isoformat(),
        "date_reference": day,
        "commit": commit,
    }
    (site / EDITION).write_text(json_text(facts), "utf-8")
    (site / MANIFESTE).write_bytes(manifest_of(site))
    return day


def _forms(site: Path, target: Path, asked: Demande) -> tuple[str, str]:
    """Write each form asked for below `target`; return the phrase of the encrypted ZIP and the key of the link, empty without them."""
    target.mkdir()
    phrase = key = ""
    sealed = target / f"{asked.id}-chiffre.zip"
    if "zip" in asked.formes:
        make_offline(site, target / f"{asked.id}.zip")
    if "zip_chiffre" in asked.formes:
        phrase = new_passphrase()
        make_offline(site, sealed, phrase)
    if "lien" in asked.formes:
        rescue = sealed if sealed.is_file() else None
        key = encrypt_site(site, target / "lien", Coffre(asked.id, asked.remise.objet or asked.id, asked.remise.expire, secours=rescue))
    return phrase, key


def _printed(sources: Path, site: Path, asked: Demande, day: date) -> bytes:
    """Return the dossier as one PDF, with the documents that its pages open."""
    vue = open_portal(sources, Visibilite.AUDITEUR, lambda _: day, remise=asked.remise).vue
    if vue is None:
        message = "records that were built cannot be read"
        raise ValueError(message)
    folder = site / "preuves"
    pieces = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.glob("*/r*") if path.is_file()}
    cover = Couverture(
        asked.remise.objet or "Audit", asked.remise.pour or "Auditeur", format_date(day), format_date(asked.remise.expire), asked.id
    )
    return printed_dossier(vue, asked.remise.certifications, pieces, cover)


def _put_in_place(root: Path, draft: Path, asked: Demande) -> None:
    (root / REMISES).mkdir(exist_ok=True)
    (draft / "remise").rename(root / REMISES / asked.id)
    if "serveur" in asked.formes:
        (root / EN_LIGNE).mkdir(exist_ok=True)
        (draft / "site").rename(root / EN_LIGNE / asked.id)


def purge(root: Path, dossiers: Iterable[Dossier], today: date) -> list[str]:
    """Remove the files of the dossiers that may no longer be opened; return the ids of those that had some."""
    return [each.id for each in dossiers if not each.is_open(today) and remove(root, each.id)]


def remove(root: Path, identifier: str) -> bool:
    """Remove every file of a dossier; tell whether there was any. Copies handed over are beyond reach."""
    places = [place for kind in (EN_LIGNE, REMISES) if (place := root / kind / identifier).exists()]
    for place in places:
        shutil.rmtree(place)
    return bool(places)
