"""`portail importer`: take certifications from the open data of France compétences."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from macros.cli.asked import accepts, selection, stated_day
from macros.cli.console import console, errors, is_interactive, project, stop, told
from macros.exchange.fc_notes import plan_notes
from macros.exchange.fc_project import read_existing, render_files, write_files
from macros.exchange.fc_selection import Selection
from macros.exchange.france_competences import Lecture, read_extracts
from macros.exchange.import_plan import FichePlan, Statut, plan_fiche
from macros.exchange.propositions import Propositions, propose_partenaires, propose_promotions
from macros.french import count, format_date
from macros.models.comparison import Difference
from macros.models.extrait import Extrait
from macros.problems import DataError
from macros.records.loading import load
from macros.records.registre import Registre

Proposal = Callable[[Iterable[Extrait], Registre], Propositions]

Extraits = Annotated[
    list[Path],
    typer.Argument(
        metavar="EXTRAIT", show_default=False, help="Export V4.1 de France compétences, RNCP ou RS : fichier XML, ou ZIP qui le contient."
    ),
]
Fiches = Annotated[list[str] | None, typer.Option("--fiche", metavar="NUMÉRO", help="Fiche à importer, par exemple RNCP12345. Répétable.")]
Sirets = Annotated[list[str] | None, typer.Option("--siret", metavar="SIRET", help="Toutes les fiches de ce certificateur. Répétable.")]
Noms = Annotated[
    list[str] | None,
    typer.Option(
        "--certificateur",
        metavar="NOM",
        help="Toutes les fiches dont un certificateur porte ces mots, sans tenir compte de la casse, des accents ni de la ponctuation. Répétable.",
    ),
]
Oui = Annotated[bool, typer.Option("--oui", help="Ne demande aucune confirmation.")]
Jour = Annotated[
    str | None, typer.Option("--date", metavar="AAAA-MM-JJ", help="Date de l’extrait, quand le nom du fichier ne la donne pas.")
]
Partenaires = Annotated[
    bool, typer.Option("--partenaires", help="Proposer aussi une fiche par partenaire actif publié, sans rien remplacer.")
]
Promotions = Annotated[bool, typer.Option("--promotions", help="Proposer aussi une fiche par promotion publiée, sans rien remplacer.")]


def importer(
    extraits: Extraits,
    fiche: Fiches = None,
    siret: Sirets = None,
    certificateur: Noms = None,
    oui: Oui = False,
    jour: Jour = None,
    partenaires: Partenaires = False,
    promotions: Promotions = False,
) -> None:
    """Importer des certifications depuis les données ouvertes de France compétences.

    L’extrait complet va dans data/extraits/. Dans data/certifications/, une
    nouvelle fiche est créée ; une fiche existante n’est mise à jour que là où
    personne ne l’a modifiée. Rien n’est écrit si une erreur survient.
    """
    with told():
        wanted = selection(fiche or [], siret or [], certificateur or [])
        kinds = [kind for kind, asked in ((propose_partenaires, partenaires), (propose_promotions, promotions)) if asked]
        run_import(project(), extraits, wanted, stated_day(jour), oui=oui, kinds=kinds)


@dataclass(frozen=True)
class Import:
    """An import ready to be told, then written: nothing of it is on the disk yet."""

    plans: list[FichePlan]
    files: dict[Path, str | bytes]
    notes: list[str]
    vues: int


def prepare_import(
    folder: Path, extraits: list[Path], selection: Selection, day: date | None = None, kinds: Sequence[Proposal] = ()
) -> Import:
    """Read everything an import into the project `folder` needs. Raise `DataError`; write nothing.

    `kinds` are the sorts of records to propose beside the fiches; they are never written over a file.
    """
    lecture = _read(extraits, selection, day)
    existing = read_existing(folder, lecture.extraits)
    numeros = sorted(lecture.extraits, key=lambda numero: (re.sub(r"\d", "", numero), len(numero), numero))
    plans = [
        plan_fiche(lecture.extraits[n], existing.extraits.get(n), existing.certifications.get(n), devinee=n in lecture.devines)
        for n in numeros
    ]
    files, notes = render_files(folder, plans), [*lecture.notes, *existing.notes]
    for propose in kinds:
        proposed = propose([lecture.extraits[n] for n in numeros], _known(folder))
        files |= {folder / path: text for path, text in proposed.textes.items()}
        notes += proposed.notes
    return Import(plans, files, notes, lecture.vues)


def _known(folder: Path) -> Registre:
    """Return the records of a project; raise `DataError` when they cannot be read: what exists must be known before proposing."""
    loaded = load(folder)
    if loaded.registre is None:
        raise DataError(loaded.problems)
    return loaded.registre


def run_import(
    folder: Path, extraits: list[Path], selection: Selection, day: date | None = None, *, oui: bool = False, kinds: Sequence[Proposal] = ()
) -> None:
    """Import into the project `folder`: read, tell what changes, ask a person at a terminal unless `oui`, write all or nothing.

    Raise `DataError` before anything is written; exit with 1 when the person declines.
    """
    ready = prepare_import(folder, extraits, selection, day, kinds)
    tell_import(ready)
    if not ready.files:
        waiting = any(plan.statut is Statut.DATE_A_PRECISER for plan in ready.plans)
        console.print("Rien n’a été écrit." if waiting else "Rien à écrire\u00a0: tout est déjà à jour.")
        return
    if not oui and is_interactive() and not accepts(f"Écrire {count(len(ready.files), 'fichier')}\u00a0?"):
        stop("Rien n’a été écrit.")
    write_files(ready.files)
    for path in sorted(ready.files):
        console.print(f"  écrit\u00a0: {path.relative_to(folder).as_posix()}")


def _read(extraits: list[Path], selection: Selection, day: date | None) -> Lecture:
    """Read with a progress bar on a terminal, silently elsewhere."""
    total = sum(path.stat().st_size for path in extraits if path.is_file() and path.suffix.lower() == ".xml") or None
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=errors, transient=True, disable=not errors.is_terminal) as bar:
        task = bar.add_task("Lecture", total=total)

        def advance(size: int, seen: int, found: int) -> None:
            bar.update(task, advance=size, description=f"{count(seen, 'fiche lue', 'fiches lues')}, {count(found, 'trouvée', 'trouvées')}")

        return read_extracts(extraits, selection, day, advance)


_TITLES = {
    Statut.NOUVELLE: "nouvelle certification",
    Statut.MISE_A_JOUR: "mise à jour",
    Statut.INCHANGEE: "inchangée",
    Statut.PLUS_ANCIENNE: "laissée telle quelle, l’extrait déjà importé est plus récent",
    Statut.DATE_A_PRECISER: "laissée telle quelle, car la date de cet extrait est devinée et son contenu diffère de l’extrait déjà importé. "
    "Relancez avec --date AAAA-MM-JJ",
}


def tell_import(ready: Import) -> None:
    """Show what was read, then what the import changes, fiche by fiche."""
    console.print(f"{count(ready.vues, 'fiche lue', 'fiches lues')}, {count(len(ready.plans), 'trouvée', 'trouvées')}.")
    for note in ready.notes:
        console.print(note)
    for plan in ready.plans:
        _tell_plan(plan)


def _tell_plan(plan: FichePlan) -> None:
    console.print(f"{plan.numero} {plan.extrait.intitule}\u00a0: {_TITLES[plan.statut]}")
    for change in plan.changements:
        console.print(f"  {_change(change)}")
    reason = "origine inconnue (l’ancien extrait manque ou ne se lit pas)" if plan.origine_inconnue else "car modifié ici"
    for kept in plan.gardes:
        console.print(f"  gardé, {reason}\u00a0— {_change(kept)}")
    for note in plan_notes(plan):
        console.print(f"  à vérifier\u00a0: {note}")
    shown = {change.titre for change in (*plan.changements, *plan.gardes)}
    others = [title for title in plan.rubriques if title not in shown]
    if plan.statut is Statut.MISE_A_JOUR and (others or not shown):
        what = ", ".join(others) or f"daté du {format_date(plan.extrait.source.date)}"
        console.print(f"  extrait\u00a0: {what}")


def _change(change: Difference) -> str:
    return f"{change.titre}\u00a0: {change.ici} → {change.fc}"
