"""`portail exporter xlsx`: a register as a spreadsheet, or the template that brings records in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from macros import messages
from macros.cli.asked import accepts
from macros.cli.console import console, is_interactive, portail_or_stop, project, stop, told
from macros.cli.site import Public
from macros.cli.targets import free_file
from macros.exchange.xlsx import cut_cells, workbook_bytes
from macros.exchange.xlsx_modele_classeur import build_modele
from macros.exchange.xlsx_workbook import MODELES
from macros.french import count
from macros.models.base import Visibilite
from macros.problems import DataError
from macros.records.writing import write_atomic
from macros.views.classeur import REGISTRES, build_classeur, refused_filters

if TYPE_CHECKING:
    from macros.views.classeurs.feuille import Classeur
    from macros.views.context import Vue

Collection = Annotated[str, typer.Argument(metavar="REGISTRE", show_default=False, help="actions, preuves ou conseils.")]
Filtre = Annotated[
    list[str] | None,
    typer.Option(
        "--filtre", metavar="CLÉ=VALEUR", help="Comme au registre du site : statut=en_retard, certification=RNCP12345. Répétable."
    ),
]
Vers = Annotated[str | None, typer.Option("--vers", metavar="FICHIER.xlsx", help="Fichier à écrire ; par défaut, dans le dossier courant.")]
Modele = Annotated[bool, typer.Option("--modele", help="Écrire le modèle à remplir, pour « portail importer-xlsx ».")]
Donnees = Annotated[bool, typer.Option("--avec-donnees", help="Avec --modele : rempli des fiches du portail, sans rien en perdre.")]
Oui = Annotated[bool, typer.Option("--oui", help="Remplacer sans question un fichier qui existe.")]


def xlsx(
    collection: Collection,
    *,
    filtre: Filtre = None,
    audience: Public = None,
    vers: Vers = None,
    modele: Modele = False,
    donnees: Donnees = False,
    oui: Oui = False,
) -> None:
    """Écrire un registre dans un tableur : actions, preuves ou conseils.

    Excel et LibreOffice l’ouvrent. Un fichier qui existe n’est remplacé
    qu’avec votre accord : vous l’avez peut-être complété.
    """
    with told():
        if collection not in REGISTRES:
            stop(messages.unknown_register(collection, REGISTRES))
        if modele:
            _refuse_with_template(filtre, audience)
        elif donnees:
            stop(messages.together("--avec-donnees", "--modele"))
        vue = _vue(Visibilite.INTERNE if modele else audience)
        workbook = _template(vue, collection, filled=donnees) if modele else _register(vue, collection, filtre or [])
        asked = Path(vers if vers is not None else _usual_name(vue, collection, modele=modele))
        _write(_target(asked), asked, workbook, oui=oui)


def _refuse_with_template(filtre: list[str] | None, audience: Visibilite | None) -> None:
    stated = [*(["--filtre"] if filtre else []), *(["--audience"] if audience else [])]
    if stated:
        stop(messages.template_is_whole(stated))


def _vue(audience: Visibilite | None) -> Vue:
    state = portail_or_stop(audience)
    if state.vue is None:
        raise DataError(state.problems)
    return state.vue


def _template(vue: Vue, collection: str, *, filled: bool) -> Classeur:
    model = next(model for model in MODELES if model.collection == collection)
    records = vue.registre.records.get(collection, {}).values() if filled else ()
    return build_modele(model, vue.registre.organisme.denomination, vue.today, records)


def _register(vue: Vue, collection: str, stated: list[str]) -> Classeur:
    """Return the workbook of a register; exit with 1 when a condition cannot be understood, all told at once."""
    pairs = [(cle.strip(), valeur.strip()) for cle, _, valeur in (text.partition("=") for text in stated)]
    wrong = [messages.filter_form(text) for text in stated if "=" not in text]
    wrong += refused_filters(vue, collection, [pair for pair, text in zip(pairs, stated, strict=True) if "=" in text])
    if wrong:
        stop("\n".join(wrong))
    return build_classeur(vue, collection, pairs)


def _usual_name(vue: Vue, collection: str, *, modele: bool) -> str:
    """Return a name of its own for each register and each audience: `actions-auditeur.xlsx`."""
    edition = "" if vue.audience is Visibilite.INTERNE else f"-{vue.audience.value}"
    return f"{'modele-' if modele else ''}{collection}{edition}.xlsx"


def _target(asked: Path) -> Path:
    """Return where to write; exit with 1 for a name that is no workbook's, a folder, a folder of sources."""
    if asked.suffix.lower() != ".xlsx":
        stop(messages.workbook_name(asked.name))
    if asked.is_dir():
        stop(messages.workbook_is_a_folder(str(asked)))
    return free_file(project(), asked)


def _write(target: Path, asked: Path, workbook: Classeur, *, oui: bool) -> None:
    """Write a workbook, with the consent of a person where another file stands; tell where, and what a spreadsheet could not hold."""
    content = workbook_bytes(workbook)
    if target.exists() and target.read_bytes() == content:
        console.print(messages.workbook_same(str(asked)))
        return
    if target.exists() and not oui:
        if not is_interactive():
            stop(messages.workbook_exists(str(asked)))
        if not accepts(messages.replace_workbook(str(asked)), default=False):
            stop(messages.nothing_written())
    write_atomic(target, content)
    main = workbook.feuilles[0]
    console.print(messages.workbook_written(str(asked), count(len(main.lignes), "ligne")))
    cut = cut_cells(workbook)
    if cut:
        console.print(messages.cut_texts(cut))
