"""`portail importer`: take certifications from the open data of France compétences."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from macros.cli.console import console, errors, is_interactive, project, stop, told
from macros.exchange.fc_project import read_existing, render_files, write_files
from macros.exchange.fc_selection import Selection, parse_numero, parse_siret
from macros.exchange.france_competences import Lecture, read_extracts
from macros.exchange.import_plan import FichePlan, Statut, plan_fiche
from macros.french import count, format_date
from macros.messages import quote
from macros.models.comparison import Difference, bare
from macros.problems import DataError, Problem

Extraits = Annotated[
    list[Path],
    typer.Argument(metavar="EXTRAIT…", help="Export V4.1 de France compétences, RNCP ou RS : fichier XML, ou ZIP qui le contient."),
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


def importer(
    extraits: Extraits, fiche: Fiches = None, siret: Sirets = None, certificateur: Noms = None, oui: Oui = False, jour: Jour = None
) -> None:
    """Importer des certifications depuis les données ouvertes de France compétences.

    L’extrait complet va dans data/extraits/. Dans data/certifications/, une
    nouvelle fiche est créée ; une fiche existante n’est mise à jour que là où
    personne ne l’a modifiée. Rien n’est écrit si une erreur survient.
    """
    with told():
        run_import(project(), extraits, selection(fiche or [], siret or [], certificateur or []), _day(jour), oui=oui)


def run_import(folder: Path, extraits: list[Path], selection: Selection, day: date | None = None, *, oui: bool = False) -> None:
    """Import into the project `folder`: read, tell what changes, ask a person at a terminal unless `oui`, write all or nothing.

    Raise `DataError` before anything is written; exit with 1 when the person declines.
    """
    lecture = _read(extraits, selection, day)
    existing = read_existing(folder, lecture.extraits)
    numeros = sorted(lecture.extraits, key=lambda numero: (re.sub(r"\d", "", numero), len(numero), numero))
    plans = [plan_fiche(lecture.extraits[n], existing.extraits.get(n), existing.certifications.get(n)) for n in numeros]
    files = render_files(folder, plans)
    _tell(plans, [*lecture.notes, *existing.notes], lecture)
    if not files:
        console.print("Rien à écrire\u00a0: tout est déjà à jour.")
        return
    if not oui and is_interactive() and not _accepts(f"Écrire {count(len(files), 'fichier')}\u00a0?"):
        stop("Rien n’a été écrit.")
    write_files(files)
    for path in sorted(files):
        console.print(f"  écrit\u00a0: {path.relative_to(folder).as_posix()}")


def _accepts(question: str) -> bool:
    """Ask until the answer is yes (also the default) or no; no answer at all means no."""
    answers = {"": True, "o": True, "oui": True, "n": False, "non": False}
    while True:
        try:
            answer = console.input(f"{question} (o/n, Entrée\u00a0: oui) ").strip().lower()
        except (EOFError, KeyboardInterrupt):
            return False
        if answer in answers:
            return answers[answer]


def _read(extraits: list[Path], selection: Selection, day: date | None) -> Lecture:
    """Read with a progress bar on a terminal, silently elsewhere."""
    total = sum(path.stat().st_size for path in extraits if path.is_file() and path.suffix.lower() == ".xml") or None
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=errors, transient=True, disable=not errors.is_terminal) as bar:
        task = bar.add_task("Lecture", total=total)

        def advance(size: int, seen: int, found: int) -> None:
            bar.update(task, advance=size, description=f"{count(seen, 'fiche lue', 'fiches lues')}, {count(found, 'trouvée', 'trouvées')}")

        return read_extracts(extraits, selection, day, advance)


def _tell(plans: list[FichePlan], notes: list[str], lecture: Lecture) -> None:
    """Show what was read, then what the import changes, fiche by fiche."""
    found = count(len(plans), "trouvée", "trouvées")
    console.print(f"{count(lecture.vues, 'fiche lue', 'fiches lues')}, {found}.")
    for note in notes:
        console.print(note)
    titles = {
        Statut.NOUVELLE: "nouvelle certification",
        Statut.MISE_A_JOUR: "mise à jour",
        Statut.INCHANGEE: "inchangée",
        Statut.PLUS_ANCIENNE: "laissée telle quelle, l’extrait déjà importé est plus récent",
    }
    for plan in plans:
        console.print(f"{plan.numero} {plan.extrait.intitule}\u00a0: {titles[plan.statut]}")
        for change in plan.changements:
            console.print(f"  {_change(change)}")
        for kept in plan.gardes:
            console.print(f"  gardé, car modifié ici\u00a0— {_change(kept)}")
        shown = {change.titre for change in (*plan.changements, *plan.gardes)}
        others = [title for title in plan.rubriques if title not in shown]
        if plan.statut is Statut.MISE_A_JOUR and (others or not shown):
            what = ", ".join(others) or f"daté du {format_date(plan.extrait.source.date)}"
            console.print(f"  extrait\u00a0: {what}")


def _change(change: Difference) -> str:
    return f"{change.titre}\u00a0: {change.ici} → {change.fc}"


def selection(fiches: list[str], sirets: list[str], noms: list[str]) -> Selection:
    """Check what was asked before anything is read."""
    for text in fiches:
        if parse_numero(text) is None:
            _fail("numero-forme", f"{quote(text)} n’est pas un numéro de fiche. Écrivez par exemple RNCP12345 ou RS1234.")
    for text in sirets:
        if parse_siret(text) is None:
            _fail("siret-forme", f"{quote(text)} n’est pas un SIRET. Écrivez quatorze chiffres, par exemple 12345678900012.")
    for text in noms:
        if not bare(text):
            _fail("certificateur-forme", f"{quote(text)} n’est pas un nom. Écrivez au moins un mot du nom du certificateur.")
    if not (fiches or sirets or noms):
        _fail("selection-absente", "dites quoi importer\u00a0: --fiche RNCP12345, --siret 12345678900012 ou --certificateur NOM.")
    return Selection(
        frozenset(n for text in fiches if (n := parse_numero(text))),
        frozenset(s for text in sirets if (s := parse_siret(text))),
        frozenset(noms),
    )


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else _fail_day(text)
    except ValueError:
        _fail_day(text)


def _fail_day(text: str) -> NoReturn:
    _fail("date-forme", f"{quote(text)} n’est pas une date. Écrivez année, mois et jour, par exemple 2026-08-16.")


def _fail(code: str, message: str) -> NoReturn:
    raise DataError([Problem("portail importer", 0, 0, code, message)])
