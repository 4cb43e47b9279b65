"""`portail initialiser`: an organisation's own project, that builds at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from macros import messages
from macros.cli.asked import selection, stated_day
from macros.cli.console import console, is_interactive, stop, told
from macros.cli.importer import Import, Jour, Noms, prepare_import, tell_import
from macros.exchange.fc_selection import parse_siret
from macros.exchange.projet import Identity, project_files
from macros.french import count
from macros.models.organisme import Organisme
from macros.portal import engine
from macros.records.writing import write_all


def initialiser(
    dossier: Annotated[Path, typer.Argument(metavar="DOSSIER", help="Dossier du nouveau portail ; il est créé au besoin.")],
    denomination: Annotated[str, typer.Option("--denomination", metavar="NOM", help="Nom de l’organisme certificateur.")] = "",
    siret: Annotated[str, typer.Option("--siret", metavar="SIRET", help="Quatorze chiffres, espaces admis.")] = "",
    site: Annotated[str, typer.Option("--site", metavar="ADRESSE", help="Adresse du site public de l’organisme.")] = "",
    extraits: Annotated[
        list[Path] | None,
        typer.Option("--extrait", metavar="EXTRAIT", help="Export de France compétences à importer aussitôt. Répétable."),
    ] = None,
    fiches: Annotated[
        list[str] | None,
        typer.Option(
            "--fiche", metavar="NUMÉRO", help="Fiche à importer. Répétable. Sans fiche ni certificateur, le SIRET désigne vos fiches."
        ),
    ] = None,
    certificateur: Noms = None,
    jour: Jour = None,
) -> None:
    """Créer le portail de votre organisme : fiches, pages, habillage, outil. Rien d’existant n’est remplacé."""
    with told():
        asked = _ask(Asked(denomination, siret, site, extraits or [], fiches or [], certificateur or []))
        identity = _identity(asked)
        target = dossier.resolve()
        ready = _prepare(target, asked, identity, stated_day(jour))
        files: dict[Path, str | bytes] = {target / path: content for path, content in project_files(identity, engine.today()).items()}
        present = sorted(path.relative_to(target).as_posix() for path in files if path.exists())
        if present:
            stop(messages.existing_files(str(dossier), present))
        write_all(files | (ready.files if ready else {}))
        console.print(f"Portail créé dans {dossier} ({count(len(files), 'fichier')}).")
        if ready:
            tell_import(ready)
        console.print(messages.next_steps(str(dossier)))


@dataclass(frozen=True)
class Asked:
    """What the options say, or what a person answered."""

    denomination: str
    siret: str
    site: str
    extraits: list[Path]
    fiches: list[str]
    certificateurs: list[str]


def _ask(said: Asked) -> Asked:
    """Return what the options say, asking for what they do not when a person can answer."""
    if said.denomination:
        return said
    if not is_interactive():
        stop(messages.option_needed("--denomination", "Institut Horizon Compétences"))
    said = replace(
        said,
        denomination=typer.prompt("Nom de l’organisme"),
        siret=said.siret or _optional("SIRET"),
        site=said.site or _optional("Adresse du site"),
        extraits=said.extraits or [Path(path) for path in [_optional("Chemin d’un export de France compétences à importer")] if path],
    )
    if said.extraits and not (said.siret or said.fiches or said.certificateurs):
        return replace(said, certificateurs=[said.denomination])
    return said


def _optional(question: str) -> str:
    return str(typer.prompt(f"{question} (facultatif)", default="", show_default=False)).strip()


def _prepare(target: Path, asked: Asked, identity: Identity, day: date | None) -> Import | None:
    """Read the extracts, when there are some, before anything is written."""
    if not asked.extraits:
        return None
    by_siret = [identity.siret] if identity.siret and not (asked.fiches or asked.certificateurs) else []
    wanted = selection(asked.fiches, by_siret, asked.certificateurs)
    return prepare_import(target, [extrait.expanduser().resolve() for extrait in asked.extraits], wanted, day)


def _identity(asked: Asked) -> Identity:
    """Return the facts as the model of an organisation takes them; exit with 1 at the first it refuses."""
    siret = parse_siret(asked.siret) or asked.siret
    facts = {"denomination": asked.denomination.strip(), "siret": siret, "site": asked.site.strip()}
    given = {name: value for name, value in facts.items() if value or name == "denomination"}
    try:
        Organisme.model_validate({"id": "organisme", "format": "1", **given})
    except ValidationError as error:
        name = str(error.errors()[0]["loc"][0])
        stop(f"--{name}\u00a0: {messages.wrong_pattern(facts.get(name, ''), _EXAMPLES.get(name, ''))}")
    return Identity(**facts)


_EXAMPLES = {"denomination": "Institut Horizon Compétences", "siret": "12345678900012", "site": "https://www.exemple.fr"}
