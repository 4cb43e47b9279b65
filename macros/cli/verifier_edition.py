"""`portail verifier-edition`: is an edition as it was published? Without the project, nor any right to trust us."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from macros import messages
from macros.cli.console import console, errors, stop, told
from macros.editions.manifeste import verify
from macros.editions.racine import EDITION
from macros.editions.signature import check_signature, check_timestamp
from macros.french import format_date

if TYPE_CHECKING:
    from macros.editions.manifeste import Verification

Dossier = Annotated[str, typer.Argument(metavar="DOSSIER", help="Dossier de l’édition, par exemple publication/2026.1.")]
Signataires = Annotated[
    str | None, typer.Option("--signataires", metavar="FICHIER", help="Clés de confiance, au format allowed_signers d’OpenSSH.")
]
Autorite = Annotated[str | None, typer.Option("--autorite", metavar="FICHIER.pem", help="Certificat de l’autorité d’horodatage.")]


def verifier_edition(dossier: Dossier, signataires: Signataires = None, autorite: Autorite = None) -> None:
    """Vérifier qu’une édition est intacte\u00a0: fichiers modifiés, manquants, en trop.

    Vérifie aussi, s’il y en a, la signature du manifeste et son horodatage.
    Code de sortie 1 dès qu’une chose ne va pas.
    """
    with told():
        folder = Path(dossier)
        found = verify(folder)
        if found.illisible:
            stop(messages.manifest_missing(dossier) if found.illisible == "absent" else messages.manifest_broken(dossier))
        _tell(folder, found)
        holds = _attested(folder, signataires, autorite)
        if not (found.est_entier and holds):
            raise typer.Exit(1)


def _tell(folder: Path, found: Verification) -> None:
    for kind, names in (("altere", found.alteres), ("manquant", found.manquants), ("en_trop", found.en_trop)):
        for name in names:
            errors.print(messages.edition_altered(kind, name))
    if not found.est_entier:
        errors.print(messages.edition_not_whole(len(found.alteres) + len(found.manquants) + len(found.en_trop)))
        return
    facts = json.loads((folder / EDITION).read_text("utf-8")) if (folder / EDITION).is_file() else {}
    if facts.get("retiree"):
        console.print(messages.edition_withdrawn_on(facts.get("nom", folder.name), _day(facts["retiree"])))
    else:
        console.print(messages.edition_whole(found.fichiers, facts.get("nom", folder.name), _day(facts.get("date_reference", ""))))


def _day(text: str) -> str:
    try:
        return format_date(date.fromisoformat(text))
    except ValueError:
        return text


def _attested(folder: Path, signataires: str | None, autorite: str | None) -> bool:
    """Tell what others say of the manifest; return whether all of it holds. One that nobody asked to check is told, and does not fail."""
    signature = check_signature(folder, Path(signataires) if signataires else None)
    timestamp = check_timestamp(folder, Path(autorite) if autorite else None)
    for found in (signature, timestamp):
        if found:
            (console if found.tient else errors).print(found.texte)
    if signature is None and timestamp is None:
        console.print(messages.unsigned_edition())
    asked = [(signature, True), (timestamp, autorite is not None)]
    return all(found is None or found.tient for found, counts in asked if counts)
