"""`portail initialiser`: an organisation's own project, that builds at once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import TypeAdapter, ValidationError

from macros import messages
from macros.cli.console import console, is_interactive, stop, told
from macros.cli.importer import run_import, selection
from macros.exchange.projet import Identity, project_files
from macros.french import count
from macros.models.base import Adresse, Siret
from macros.records.writing import write_all


def initialiser(
    dossier: Annotated[Path, typer.Argument(metavar="DOSSIER", help="Dossier du nouveau portail ; il est créé au besoin.")],
    denomination: Annotated[str, typer.Option("--denomination", metavar="NOM", help="Nom de l’organisme certificateur.")] = "",
    siret: Annotated[str, typer.Option("--siret", metavar="SIRET", help="Quatorze chiffres, sans espace.")] = "",
    site: Annotated[str, typer.Option("--site", metavar="ADRESSE", help="Adresse du site public de l’organisme.")] = "",
    extraits: Annotated[
        list[Path] | None,
        typer.Option("--extrait", metavar="EXTRAIT", help="Export de France compétences à importer aussitôt ; répétable."),
    ] = None,
    fiches: Annotated[
        list[str] | None,
        typer.Option("--fiche", metavar="N", help="Numéro de fiche à importer ; répétable. Sans numéro, le SIRET désigne vos fiches."),
    ] = None,
) -> None:
    """Créer le portail de votre organisme : fiches, pages, habillage, outil. Rien d’existant n’est remplacé."""
    with told():
        identity = _identity(denomination, siret, site)
        sources = [extrait.resolve() for extrait in extraits or ()]
        wanted = selection(fiches or [], [identity.siret] if identity.siret and not fiches else [], []) if sources else None
        target = dossier.resolve()
        files = {target / path: content for path, content in project_files(identity).items()}
        present = sorted(path.relative_to(target).as_posix() for path in files if path.exists())
        if present:
            stop(messages.existing_files(str(dossier), present))
        for path in files:
            path.parent.mkdir(parents=True, exist_ok=True)
        write_all(files)
        console.print(f"Portail créé dans {dossier} ({count(len(files), 'fichier')}).")
        if wanted:
            run_import(target, sources, wanted, oui=True)
        console.print(messages.next_steps(str(dossier)))


def _identity(denomination: str, siret: str, site: str) -> Identity:
    """Return what the options say, asking for what they do not when a person can answer."""
    ask = is_interactive()
    if not denomination:
        if not ask:
            stop(messages.option_needed("--denomination", "Institut Horizon Compétences"))
        denomination = typer.prompt("Nom de l’organisme")
        siret = siret or typer.prompt("SIRET (facultatif)", default="", show_default=False)
        site = site or typer.prompt("Adresse du site (facultatif)", default="", show_default=False)
    _check("--siret", siret, Siret, "12345678900012")
    _check("--site", site, Adresse, "https://www.exemple.fr")
    return Identity(denomination.strip(), siret, site)


def _check(option: str, value: str, kind: Any, example: str) -> None:
    if not value:
        return
    try:
        TypeAdapter(kind).validate_python(value)
    except ValidationError:
        stop(f"{option}\u00a0: {messages.wrong_pattern(value, example)}")
