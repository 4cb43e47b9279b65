"""`portail schema`: one JSON Schema per collection, for editors."""

from __future__ import annotations

from typing import Annotated

import typer

from macros.cli.console import console, project, told
from macros.exchange.schema import schemas
from macros.french import count
from macros.records.writing import write_all


def schema(
    vers: Annotated[str, typer.Option("--vers", metavar="DOSSIER", help="Dossier où écrire, dans le projet.")] = ".schemas",
) -> None:
    """Écrire les schémas qui aident l’éditeur de texte à compléter et à vérifier les fiches."""
    with told():
        folder = project() / vers
        folder.mkdir(parents=True, exist_ok=True)
        files = {folder / name: text for name, text in schemas().items()}
        write_all(files)
        console.print(f"{count(len(files), 'schéma écrit', 'schémas écrits')} dans {vers}/.")
