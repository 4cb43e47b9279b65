"""`portail exporter xlsx`: a register as a spreadsheet, or the template that brings records in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import parse_qsl

import typer

from macros import messages
from macros.cli.asked import accepts
from macros.cli.console import console, is_interactive, portail_or_stop, project, stop, told
from macros.cli.site import Public
from macros.cli.targets import free_file, usual_file
from macros.exchange.xlsx import cut_cells, workbook_bytes
from macros.exchange.xlsx_modele_classeur import build_modele
from macros.exchange.xlsx_workbook import MODELES
from macros.french import count
from macros.models.base import Visibilite
from macros.problems import DataError
from macros.records.writing import write_atomic
from macros.views.classeur import REGISTRES, build_classeur, refused_filters
from macros.views.classeur_tables import TABLES, build_classeur_tables, refused_table_filters

if TYPE_CHECKING:
    from macros.views.classeurs.feuille import Classeur
    from macros.views.context import Vue

Collection = Annotated[
    str,
    typer.Argument(
        metavar="REGISTRE",
        show_default=False,
        help="actions, preuves, conseils, promotions, partenaires, reclamations, audits, ecarts ou tables (de formation).",
    ),
]
Filtre = Annotated[
    list[str] | None,
    typer.Option(
        "--filtre",
        metavar="CLÉ=VALEUR",
        help="Comme dans l’adresse de la page, après le point d’interrogation, entre guillemets : "
        '"statut=en_retard&certification=RNCP12345". Répétable.',
    ),
]
Vers = Annotated[
    str | None, typer.Option("--vers", metavar="FICHIER.xlsx", help="Fichier à écrire ; par défaut, dans documents/ du projet.")
]
Modele = Annotated[bool, typer.Option("--modele", help="Écrire le modèle à remplir, pour « portail importer-xlsx ».")]
Donnees = Annotated[bool, typer.Option("--avec-donnees", help="Avec --modele : rempli des fiches du portail, sans rien en perdre.")]
Oui = Annotated[bool, typer.Option("--oui", help="Remplacer sans question un fichier qui existe.")]
_SEARCH = "texte"
"""The key of the free search in the address of a page, which looks at what the page shows."""


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
    """Écrire un registre dans un tableur : actions, preuves, conseils, promotions, partenaires…

    Excel et LibreOffice l’ouvrent. Un fichier qui existe n’est remplacé
    qu’avec votre accord : vous l’avez peut-être complété.
    """
    with told():
        _refuse_unknown(collection, (*REGISTRES, *([] if modele else [TABLES])))
        if modele:
            _refuse_with_template(filtre, audience)
        elif donnees:
            stop(messages.together("--avec-donnees", "--modele"))
        vue = _vue(Visibilite.INTERNE if modele else audience)
        workbook = _template(vue, collection, filled=donnees) if modele else _register(vue, collection, filtre or [])
        asked = _usual_place(vue, collection, modele=modele) if vers is None else Path(vers)
        if _write(_target(asked), asked, workbook, oui=oui):
            number = len(workbook.feuilles[0].lignes)
            rows = messages.workbook_written(str(asked), count(number, "ligne"))
            console.print(messages.template_written(str(asked), number if donnees else None) if modele else rows)
            _tell_cut(workbook)


def _refuse_unknown(collection: str, known: tuple[str, ...]) -> None:
    if collection not in known:
        stop(messages.unknown_register(collection, known))


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
    model = next((model for model in MODELES if model.collection == collection), None)
    if model is None:
        stop(messages.no_template(collection, [model.collection for model in MODELES]))
    records = vue.registre.records.get(collection, {}).values() if filled else ()
    return build_modele(model, vue.registre.organisme.denomination, vue.today, records)


def _register(vue: Vue, collection: str, stated: list[str]) -> Classeur:
    """Return the workbook of a register; exit with 1 when a condition cannot be understood, all told at once."""
    parts = [part for text in stated for part in [one for one in text.strip().removeprefix("?").split("&") if one] or [text]]
    read = [(cle.strip(), valeur.strip()) for part in parts for cle, valeur in parse_qsl(part, keep_blank_values=True)]
    pairs = [(cle, valeur) for cle, valeur in read if valeur and cle != _SEARCH]
    wrong = [messages.filter_form(part) for part in parts if "=" not in part]
    wrong += [messages.searched_text(valeur) for cle, valeur in read if valeur and cle == _SEARCH]
    wrong += refused_table_filters(vue, pairs) if collection == TABLES else refused_filters(vue, collection, pairs)
    if wrong:
        stop("\n".join(wrong))
    return build_classeur_tables(vue, pairs) if collection == TABLES else build_classeur(vue, collection, pairs)


def _usual_place(vue: Vue, collection: str, *, modele: bool) -> Path:
    """Return a file that Git ignores, of its own for each register and each audience: `documents/actions-auditeur.xlsx`."""
    edition = "" if vue.audience is Visibilite.INTERNE else f"-{vue.audience.value}"
    return usual_file(project(), f"{'modele-' if modele else ''}{collection}{edition}.xlsx")


def _target(asked: Path) -> Path:
    """Return where to write; exit with 1 for a name that is no workbook's, a folder, a folder of sources."""
    if asked.suffix.lower() != ".xlsx":
        stop(messages.workbook_name(asked.name))
    if asked.is_dir():
        stop(messages.workbook_is_a_folder(str(asked)))
    return free_file(project(), asked)


def _write(target: Path, asked: Path, workbook: Classeur, *, oui: bool) -> bool:
    """Write a workbook, with the consent of a person where another file stands; tell whether there was something to write."""
    content = workbook_bytes(workbook)
    if target.exists() and target.read_bytes() == content:
        console.print(messages.workbook_same(str(asked)))
        return False
    if target.exists() and not oui:
        if not is_interactive():
            stop(messages.workbook_exists(str(asked)))
        if not accepts(messages.replace_workbook(str(asked)), default=False):
            stop(messages.nothing_written())
    write_atomic(target, content)
    return True


def _tell_cut(workbook: Classeur) -> None:
    """Tell what a spreadsheet could not hold."""
    cut = cut_cells(workbook)
    if cut:
        console.print(messages.cut_texts(cut))
