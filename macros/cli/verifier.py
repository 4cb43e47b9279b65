"""`portail verifier`: what stops the site, then what is missing."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from macros import messages
from macros.cli.console import console, errors, project, told
from macros.french import count, join, typography
from macros.models.base import Visibilite
from macros.models.constat import Constat, Niveau
from macros.portal import engine
from macros.views.parts import LIBELLES_FORCE, LIBELLES_NIVEAU

if TYPE_CHECKING:
    from collections.abc import Sequence

    from macros.problems import Problem


class Format(StrEnum):
    """The forms the report can take."""

    TEXTE = "texte"
    JSON = "json"
    GITHUB = "github"


class Seuil(StrEnum):
    """The levels from which a constat may make the verification fail."""

    ECART = Niveau.ECART.value
    A_SURVEILLER = Niveau.A_SURVEILLER.value


def verifier(
    forme: Annotated[
        Format, typer.Option("--format", help="texte pour une personne, json pour un programme, github pour une intégration continue.")
    ] = Format.TEXTE,
    seuil: Annotated[
        Seuil | None,
        typer.Option(
            "--constats",
            metavar="NIVEAU",
            help="Échouer aussi à partir de ce niveau : ecart, ou a_surveiller (et les écarts). Sans cette option, un constat n’arrête rien.",
        ),
    ] = None,
) -> None:
    """Vérifier les fiches : les erreurs qui empêchent le site, puis les constats.

    Le code de sortie vaut 1 s’il y a une erreur, ou un constat du niveau demandé par --constats ; 0 sinon.
    """
    with told():
        state = engine.portail(project(), Visibilite.INTERNE)
        constats = state.vue.constats if state.vue else ()
        printers = {Format.TEXTE: _print_text, Format.JSON: _print_json, Format.GITHUB: _print_github}
        printers[forme](state.problems, constats)
        reached = [constat for constat in constats if seuil and constat.niveau.severity() >= Niveau(seuil.value).severity()]
        if seuil and reached:
            errors.print(messages.failed_on_request(seuil.value, len(reached)))
        raise typer.Exit(1 if state.problems or reached else 0)


def _print_json(problems: Sequence[Problem], constats: Sequence[Constat]) -> None:
    report = {"erreurs": [problem.as_json() for problem in problems], "constats": [constat.as_json() for constat in constats]}
    console.print(json.dumps(report, ensure_ascii=False, indent=2))


def _print_github(problems: Sequence[Problem], constats: Sequence[Constat]) -> None:
    for problem in problems:
        place = f"file={_escape(problem.fichier)},line={max(problem.ligne, 1)},col={max(problem.colonne, 1)}"
        console.print(f"::error {place},title={problem.code}::{_escape(problem.message)}")
    for constat in filter(Constat.is_to_do, constats):
        kind = "warning" if constat.niveau is Niveau.ECART else "notice"
        text = _escape(f"{constat.message} {constat.remede}")
        console.print(f"::{kind} file={_escape(constat.fichier)},line={max(constat.ligne, 1)},title={constat.code}::{text}")


def _escape(text: str) -> str:
    """Escape what the workflow commands of a forge reserve."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _print_text(problems: Sequence[Problem], constats: Sequence[Constat]) -> None:
    for problem in problems:
        console.print(str(problem))
    if problems:
        console.print(f"\n{messages.error_count(len(problems), len({problem.fichier for problem in problems}))}.")
        return
    for constat in filter(Constat.is_to_do, constats):
        console.print(_describe(constat))
    others = [constat for constat in constats if not constat.is_to_do()]
    for constat in others:
        console.print(_title(constat))
    console.print(("\n" if others else "") + _summary(constats))


def _describe(constat: Constat) -> str:
    force = next((label for key, label in LIBELLES_FORCE.items() if key.value == constat.force), constat.force)
    source = " · ".join(part for part in (force, constat.reference, f"{constat.fichier}:{constat.ligne}") if part)
    return typography(f"{_title(constat)}\n    {constat.remede}\n    {source} [{constat.code}]\n")


def _title(constat: Constat) -> str:
    return typography(f"{LIBELLES_NIVEAU[constat.niveau]} · {constat.enregistrement} : {constat.message}")


def _summary(constats: Sequence[Constat]) -> str:
    gaps = sum(constat.niveau is Niveau.ECART for constat in constats)
    watched = sum(constat.niveau is Niveau.A_SURVEILLER for constat in constats)
    parts = [count(gaps, "écart")] if gaps else []
    if watched:
        parts.append(f"{count(watched, 'point')} à surveiller")
    return f"Aucune erreur. {join(parts)}." if parts else "Aucune erreur, rien à surveiller."
