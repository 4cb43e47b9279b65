"""`portail construire`, `servir` and `pages`: the site, through the engine or for another one."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from macros import messages
from macros.cli.console import console, portail_or_stop, project, stop, told
from macros.cli.targets import free_target, site_draft, site_target
from macros.french import count
from macros.models.base import Visibilite
from macros.portal import engine
from macros.portal.disk import write_pages

_DEFAULT, _FIRST_FREE, _LAST = 8000, 1024, 65535
Public = Annotated[Visibilite | None, typer.Option("--audience", metavar="AUDIENCE", help="Pour qui : interne, auditeur ou public.")]


def construire(
    audience: Public = None,
    vers: Annotated[str | None, typer.Option("--vers", metavar="DOSSIER", help="Dossier du site construit (site/ par défaut).")] = None,
) -> None:
    """Construire le site, en s’arrêtant à la première erreur de fiche ou de lien."""
    with told():
        portail_or_stop(audience)
        _check_configuration(project())
        if vers is None:
            _engine(["build", "--strict"], audience)
        else:
            with site_draft(site_target(project(), Path(vers))) as draft:
                _engine(["build", "--strict", "--site-dir", str(draft)], audience)
        console.print(f"Site construit dans {vers or 'site'}/.")


def servir(
    audience: Public = None,
    port: Annotated[int, typer.Option("--port", metavar="PORT", min=1, max=65535, help="Port de l’adresse locale.")] = 8000,
) -> None:
    """Montrer le site sur ce poste et le mettre à jour à chaque enregistrement."""
    with told():
        _check_configuration(project())
        _check_port(port)
        console.print(f"Le portail sera sur http://127.0.0.1:{port}/ dans quelques secondes. Ctrl+C pour arrêter.")
        _engine(["serve", "--dev-addr", f"127.0.0.1:{port}"], audience)


def _check_configuration(folder: Path, *, for_pages: bool = False) -> None:
    """Exit with 1 when `mkdocs.yml` cannot be read or, `for_pages`, lacks the theme that they extend.

    A tag that only the engine knows how to build is its own affair.
    """
    theme: object = None
    try:
        theme = engine.read_configuration(folder).get("theme")
    except Exception as error:  # noqa: BLE001 - the engine raises its own kinds, YAML and Python others
        lines = re.findall(r"line (\d+)", str(error))
        if for_pages or "constructor" not in str(error):
            stop(messages.broken_configuration(f"ligne {lines[-1]}" if lines else ""))
    if for_pages and not isinstance(theme, dict):
        stop(messages.broken_configuration("«\u00a0theme\u00a0» manque ou n’a pas de clés"))


def _check_port(port: int) -> None:
    """Exit with 1 when nobody can listen on `port` of this machine."""
    with socket.socket() as probe:
        if os.name == "posix":  # elsewhere this option would share a port in use
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            stop(messages.busy_port(port, port + 1 if _FIRST_FREE <= port < _LAST else _DEFAULT))


def _engine(arguments: list[str], audience: Visibilite | None) -> None:
    """Run the site engine in the project; its own messages pass through, its exit code is ours."""
    command = shutil.which("mkdocs", path=str(Path(sys.executable).parent)) or shutil.which("mkdocs")
    if command is None:
        stop(messages.no_engine())
    environment = os.environ | ({"PORTAIL_AUDIENCE": audience.value} if audience else {})
    environment |= {"PYTHONUTF8": "1", "PYTHONIOENCODING": "utf-8:replace"}
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
        _check_configuration(state.project, for_pages=True)
        written = write_pages(state, free_target(state.project, Path(vers)))
        console.print(f"{count(written, 'fichier écrit', 'fichiers écrits')} dans {vers}/.")
