"""`portail exporter json`: every record in files that other tools read."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from macros import messages
from macros.cli.console import console, project, stop, told
from macros.cli.exported import vue_for
from macros.cli.site import Public
from macros.cli.targets import free_target
from macros.exchange.json_api import json_files
from macros.french import count
from macros.models.base import Visibilite
from macros.records.writing import write_all

Vers = Annotated[
    str | None, typer.Option("--vers", metavar="DOSSIER", help="Dossier neuf où écrire ; par défaut, documents/json/ du projet.")
]


def json(audience: Public = None, vers: Vers = None) -> None:
    """Écrire chaque fiche en JSON, avec les listes et les schémas.

    Le site construit les offre déjà, sous api/v1/. Rien n’est remplacé : le
    dossier doit être neuf, ou ne tenir que ce que cette commande écrit.
    """
    with told():
        vue = vue_for(audience)
        edition = "" if vue.audience is Visibilite.INTERNE else f"-{vue.audience.value}"
        asked = Path(vers) if vers else project() / "documents" / f"json{edition}"
        target = free_target(project(), asked)
        made = {target / path: make() for path, make in json_files(vue)}
        kept = [path for path in target.rglob("*") if path.is_file() and path not in made] if target.is_dir() else []
        if kept:
            stop(messages.folder_holds_others(str(asked), kept[0].relative_to(target).as_posix()))
        write_all(made)
        shown = asked.relative_to(project()) if asked.is_relative_to(project()) else asked
        console.print(f"{count(len(made), 'fichier écrit', 'fichiers écrits')} dans {shown}/.")
