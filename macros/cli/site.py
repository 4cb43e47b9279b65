"""`portail construire`, `servir` and `pages`: the site, through the engine or for another one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from macros import messages
from macros.cli.console import console, portail_or_stop, project, stop, told
from macros.french import count
from macros.models.base import Visibilite
from macros.portal.disk import write_pages

Public = Annotated[Visibilite | None, typer.Option("--audience", help="Pour qui : interne, auditeur ou public.")]


def construire(
    audience: Public = None,
    vers: Annotated[str | None, typer.Option("--vers", metavar="DOSSIER", help="Dossier du site construit (site/ par défaut).")] = None,
) -> None:
    """Construire le site, en s’arrêtant à la première erreur de fiche ou de lien."""
    with told():
        portail_or_stop(audience)
        _engine(["build", "--strict", *(["--site-dir", str(Path(vers).resolve())] if vers else [])], audience)
        console.print(f"Site construit dans {vers or 'site'}/.")


def servir(
    audience: Public = None,
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Port de l’adresse locale.")] = 8000,
) -> None:
    """Montrer le site sur ce poste et le mettre à jour à chaque enregistrement."""
    with told():
        project()
        console.print(f"Le portail sera sur http://127.0.0.1:{port}/ dans quelques secondes. Ctrl+C pour arrêter.")
        _engine(["serve", "--dev-addr", f"127.0.0.1:{port}"], audience)


def _engine(arguments: list[str], audience: Visibilite | None) -> None:
    """Run the site engine in the project; its own messages pass through, its exit code is ours."""
    command = shutil.which("mkdocs", path=str(Path(sys.executable).parent)) or shutil.which("mkdocs")
    if command is None:
        stop(messages.no_engine())
    environment = os.environ | ({"PORTAIL_AUDIENCE": audience.value} if audience else {})
    environment.setdefault("NO_MKDOCS_2_WARNING", "1")
    try:
        code = subprocess.run([command, *arguments], cwd=project(), env=environment, check=False).returncode  # noqa: S603
    except KeyboardInterrupt:
        code = 0
    if code:
        raise typer.Exit(1)


def pages(
    vers: Annotated[
        str, typer.Option("--vers", metavar="DOSSIER", help="Dossier à créer ; il doit être vide ou avoir été écrit par cette commande.")
    ],
    audience: Public = None,
) -> None:
    """Écrire sur disque toutes les pages et la configuration, pour un autre moteur de site."""
    with told():
        state = portail_or_stop(audience)
        written = write_pages(state, Path(vers).resolve())
        console.print(f"{count(written, 'fichier écrit', 'fichiers écrits')} dans {vers}/.")
