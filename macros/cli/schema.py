"""`portail schema`: one JSON Schema per collection, for editors."""

from __future__ import annotations

from typing import Annotated

import typer

from macros import messages
from macros.cli.console import console, project, stop, told
from macros.cli.targets import free_target
from macros.exchange.schema import DIALECT, schemas
from macros.french import count
from macros.records.writing import write_all


def schema(
    vers: Annotated[str, typer.Option("--vers", metavar="DOSSIER", help="Dossier où écrire, dans le projet.")] = ".schemas",
) -> None:
    """Écrire les schémas qui aident l’éditeur de texte à compléter et à vérifier les fiches."""
    with told():
        root = project()
        folder = free_target(root, root / vers)
        files = {folder / name: text for name, text in schemas().items()}
        for path in files:
            if path.exists() and DIALECT not in path.read_text("utf-8", errors="replace"):
                stop(messages.not_our_schema(path.name))
        write_all(files)
        console.print(f"{count(len(files), 'schéma écrit', 'schémas écrits')} dans {vers}/.")
