"""`portail importer-veille`: sort the elements of a feed saved as a file; those kept become records, the others are not proposed again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from macros import messages
from macros.cli.console import console, stop, told
from macros.cli.importer_veille_choix import TYPE, Choix, Tri, asked, line, sort_out, stated
from macros.cli.nouveau_saisie import Desk, desk
from macros.drafts.veille import ASIDE, Memoire, aside, aside_text, entries
from macros.exchange.flux_reading import read_feed
from macros.french import format_date
from macros.models.veille import Veille, VeilleEcartee
from macros.records.reading import read_bytes
from macros.records.validation import validate

if TYPE_CHECKING:
    from macros.drafts.record import Draft

Fichier = Annotated[
    Path, typer.Argument(metavar="FICHIER", show_default=False, help="Flux RSS, Atom ou JSON Feed, enregistré depuis votre navigateur.")
]
Garder = Annotated[str | None, typer.Option("--garder", metavar="NUMÉROS", help="Éléments à garder : 1,3-5 ou tous.")]
Ecarter = Annotated[
    str | None,
    typer.Option("--ecarter", metavar="NUMÉROS", help="Éléments à ne plus proposer : 2, tous, ou reste (ceux qui ne sont pas gardés)."),
]
Type = Annotated[
    str | None,
    typer.Option("--type", metavar="TYPE", help="reglementaire (par défaut), metier, technique ou sectorielle, pour ceux qui sont gardés."),
]
Oui = Annotated[bool, typer.Option("--oui", help="Ne pose aucune question.")]


def importer_veille(fichier: Fichier, garder: Garder = None, ecarter: Ecarter = None, type_: Type = None, oui: Oui = False) -> None:
    """Trier les éléments d’un flux : garder, écarter, ou revoir plus tard.

    Un élément gardé devient une fiche de data/veille/ ; un élément écarté
    n’est plus proposé. Rien n’est cherché sur le réseau, et une fiche
    existante n’est jamais modifiée.
    """
    with told():
        here = desk(Veille, oui=oui)
        kind = here.ask(TYPE, type_) if type_ is not None else None
        tri = sort_out(read_feed(fichier), Memoire(here.vue.registre))
        by_numbers = garder is not None or ecarter is not None
        _tell(tri, listed=not (by_numbers or here.interactive))
        if by_numbers:
            _write(here, tri, stated(tri, garder or "", ecarter or "", kind or TYPE.defaut))
        elif here.interactive:
            _write(here, tri, asked(here, tri, kind))
        elif tri.proposes:
            console.print(messages.how_to_sort(str(fichier)))


def _tell(tri: Tri, *, listed: bool) -> None:
    """Say what the feed holds and what is left to sort; show the list when nobody is about to be asked."""
    flux, made = tri.flux, {"garde": len(tri.gardes), "ecarte": len(tri.ecartes), "repete": tri.flux.repetes, "vide": tri.flux.vides}
    console.print(messages.feed_summary(flux.titre, len(flux.elements) + flux.repetes + flux.vides, made))
    console.print(messages.to_sort(len(tri.proposes)))
    for element in tri.proposes if listed else ():
        console.print(line(element))


def _write(here: Desk, tri: Tri, choice: Choix) -> None:
    """Write the records of what is kept and the list of what is dropped, all or nothing; then tell what comes next."""
    if not choice.gardes and not choice.ecartes:
        console.print(messages.nothing_written())
        return
    today = here.vue.today
    drafts = entries(choice.gardes, tri.flux.titre, here.used() if choice.gardes else (), today)
    _refuse_unfit(here, choice, drafts)
    files: dict[Path, str | bytes] = {here.root / draft.fichier: draft.text for draft in drafts}
    if choice.ecartes:
        files[here.root / ASIDE] = _aside(here, choice)
    here.put_down(files)
    console.print(messages.watch_sorted(len(choice.gardes), len(choice.ecartes)))
    undated = {element.id for element, _ in choice.gardes if element.date is None}
    for draft in drafts:
        note = f" ({messages.undated_kept(format_date(today))})" if draft.data["flux"] in undated else ""
        console.print(f"{draft.id} {draft.data['titre']}{note}")
    if drafts:
        console.print(messages.after_import_watch())


def _refuse_unfit(here: Desk, choice: Choix, drafts: list[Draft]) -> None:
    """Exit with 1 when an element cannot be a record, before anything is written."""
    ranks = {element.id: element.rang for element, _ in choice.gardes}
    unfit = [
        messages.unusable_element(ranks[draft.data["flux"]], each.message) for draft in drafts for each in draft.refusals(here.vue.registre)
    ]
    if unfit:
        stop("\n".join(unfit))
    for draft in drafts:
        here.refuse_existing(draft.id)


def _aside(here: Desk, choice: Choix) -> str:
    """Return the file of elements set aside with those of now; exit with 1 when one cannot be written there."""
    path = here.root / ASIDE
    before = path.read_bytes().decode() if path.exists() else None  # its line ends stay
    text = aside_text(before, aside(here.vue.registre, choice.ecartes, here.vue.today))
    _, problems = validate(read_bytes(text.encode(), ASIDE), VeilleEcartee, VeilleEcartee.exemple_id)
    if problems:
        stop("\n".join(map(str, problems)))
    return text
