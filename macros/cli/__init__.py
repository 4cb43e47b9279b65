"""Door: the `portail` command. Verbs, options and messages are French."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib.metadata import version
from typing import Annotated, Any

import typer

from macros.cli.comparer import comparer
from macros.cli.console import console, speak_utf8
from macros.cli.documents import documents
from macros.cli.dossier import dossier
from macros.cli.enregistrer import enregistrer
from macros.cli.exporter import exporter
from macros.cli.french import FrenchCommand, FrenchGroup, run
from macros.cli.importer import importer
from macros.cli.importer_veille import importer_veille
from macros.cli.importer_xlsx import importer_xlsx
from macros.cli.initialiser import initialiser
from macros.cli.nouveau import nouveau
from macros.cli.publier import publier
from macros.cli.schema import schema
from macros.cli.site import construire, pages, servir
from macros.cli.verifier import verifier
from macros.cli.verifier_edition import verifier_edition


class Verbs(FrenchGroup):
    """The verbs in the order of the help: those of every day first."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of the verbs."""
        known = super().list_commands(ctx)
        return [name for name in ORDER if name in known]


app = typer.Typer(
    name="portail",
    cls=Verbs,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["--aide", "--help"]},
)


def _tell_version(asked: bool) -> None:
    if asked:
        console.print(f"portail {version('portail-qualite')}")
        raise typer.Exit


@app.callback()
def portail(
    _version: Annotated[
        bool, typer.Option("--version", callback=_tell_version, is_eager=True, help="Afficher la version de l’outil.")
    ] = False,
) -> None:
    """Le portail qualité d’un certificateur : agit sur le projet du dossier courant."""


ORDER = (
    "verifier",
    "nouveau",
    "enregistrer",
    "comparer",
    "documents",
    "exporter",
    "importer",
    "importer-xlsx",
    "importer-veille",
    "initialiser",
    "servir",
    "construire",
    "pages",
    "publier",
    "verifier-edition",
    "dossier",
    "schema",
)
VERBS: dict[Callable[..., None], str] = {
    verifier: "Dire ce qui empêche le site, puis ce qui manque.",
    enregistrer: "Garder la version du moment, et dire ce qui change.",
    comparer: "Dire ce qui a changé entre deux états.",
    documents: "Écrire convocation, émargement, procès-verbaux…",
    importer: "Importer des fiches de France compétences.",
    importer_xlsx: "Importer des fiches d’un tableur.",
    importer_veille: "Trier un flux de veille : garder, écarter.",
    initialiser: "Créer le portail de votre organisme.",
    servir: "Montrer le site sur ce poste.",
    construire: "Construire le site.",
    pages: "Écrire les pages pour un autre moteur.",
    publier: "Publier une édition figée, ou la retirer.",
    verifier_edition: "Vérifier qu’une édition est intacte.",
    dossier: "Remettre un dossier à un auditeur.",
    schema: "Aider l’éditeur de texte à compléter les fiches.",
}
for verb, summary in VERBS.items():
    app.command(cls=FrenchCommand, short_help=summary)(verb)
app.add_typer(
    nouveau,
    name="nouveau",
    short_help="Écrire une fiche : conseil, action, preuve…",
    help="Écrire une nouvelle fiche. Sans option, pose quelques questions ; n’écrit jamais par-dessus une fiche existante.",
)
app.add_typer(
    exporter,
    name="exporter",
    short_help="Donner un tableur, un calendrier, un flux.",
    help="Écrire les fiches dans un format que d’autres outils lisent.",
)


def main() -> None:
    """Run the command; any refusal is told in French, exit code 1, never a traceback."""
    speak_utf8()
    sys.exit(run(app))
