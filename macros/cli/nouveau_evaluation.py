"""`portail nouveau evaluation`."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from macros import messages
from macros.cli.console import console, told
from macros.cli.nouveau_question import Oui, Question, words
from macros.cli.nouveau_saisie import Desk, certification_lines, desk, tell
from macros.drafts.record import Draft
from macros.french import format_date
from macros.models.evaluation import Evaluation
from macros.records.decisions import Mode
from macros.views.decisions import RAISONS, decisions

Quelle = Annotated[str | None, typer.Option("--exigence", metavar="EXIGENCE", help="Exigence évaluée, par exemple EX-DUREE-MAXIMALE.")]
Une = Annotated[str | None, typer.Option("--certification", metavar="NUMÉRO", help="Certification évaluée, par exemple RNCP12345.")]
Statut = Annotated[str | None, typer.Option("--statut", metavar="STATUT", help="conforme, a_surveiller, ecart ou sans_objet.")]
Motif = Annotated[str | None, typer.Option("--motif", metavar="TEXTE", help="Ce qui a été regardé et pourquoi ce statut.")]
Fonction = Annotated[str | None, typer.Option("--fonction", metavar="FONCTION", help="Fonction qui a évalué.")]
Preuves = Annotated[list[str] | None, typer.Option("--preuve", metavar="PREUVE", help="Preuve sur laquelle elle se fonde. Répétable.")]
Reexamen = Annotated[str | None, typer.Option("--reexamen", metavar="AAAA-MM-JJ", help="Jour auquel la reprendre.")]
Date = Annotated[str | None, typer.Option("--date", metavar="AAAA-MM-JJ", help="Jour de l’évaluation (aujourd’hui par défaut).")]


def evaluation(  # noqa: PLR0913 - the options of a command
    *,
    exigence: Quelle = None,
    certification: Une = None,
    statut: Statut = None,
    motif: Motif = None,
    fonction: Fonction = None,
    preuve: Preuves = None,
    reexamen: Reexamen = None,
    date: Date = None,
    oui: Oui = False,
) -> None:
    """Dire où en est une certification sur une exigence, et sur quels documents."""
    with told():
        here = desk(Evaluation, oui=oui, options={"preuves": "--preuve"})
        asked: dict[str, Any] = {"certification": here.ask(_une(here), certification)}
        asked = {"exigence": here.ask(_quelle(here, asked["certification"]), exigence), **asked}
        asked["statut"] = here.ask(_STATUT, statut)
        asked["date"] = here.ask(_DATE, date) if date else here.vue.today
        asked["fonction"] = here.ask(_FONCTION, fonction)
        asked["motif"] = here.ask(_MOTIF, motif)
        asked["preuves"] = here.ask(_PREUVES, preuve)
        asked["reexamen"] = here.ask(_REEXAMEN, reexamen)
        draft = Draft(Evaluation, here.number(), {key: value for key, value in asked.items() if value})
        here.write(draft)
        tell(_remarks(here, draft))
        console.print(messages.after_new_record(draft.fichier))


def _une(here: Desk) -> Question:
    return Question("--certification", "certification", "Certification", required=True, aide=certification_lines(here.vue))


def _quelle(here: Desk, numero: str) -> Question:
    """Ask for a requirement, after those of the certification that nothing answers yet."""
    known = decisions(here.vue).of(numero) if numero in here.vue.registre.certifications else ()
    waiting = tuple(f"  {each.exigence.id}  {each.exigence.titre}" for each in known if each.mode is Mode.AUCUN)
    return Question("--exigence", "exigence", "Exigence", required=True, aide=waiting)


def _remarks(here: Desk, draft: Draft) -> list[str]:
    """Return what a person should look at again: a requirement that does not bind, a good status without evidence."""
    numero, found = draft.data["certification"], []
    known = here.vue.registre.certifications
    decision = decisions(here.vue).on(numero)[draft.data["exigence"]] if numero in known else None
    if decision is not None and decision.raison is not None and draft.data["statut"] != "sans_objet":
        found.append(
            messages.does_not_bind(decision.exigence.id, decision.certification, RAISONS[decision.raison], format_date(decision.jour))
        )
    if draft.data["statut"] == "conforme" and "preuves" not in draft.data:
        found.append(messages.conforme_without_proof())
    return found


_STATUT = Question("--statut", "statut", "Statut", required=True)
_FONCTION = Question("--fonction", "fonction", "Fonction qui a évalué", required=True)
_MOTIF = Question(
    "--motif", "motif", "Ce qui a été regardé, et pourquoi ce statut", required=True, exemple="La grille couvre chaque critère."
)
_PREUVES = Question("--preuve", "preuves", "Preuves (identifiants)", shape=words)
_REEXAMEN = Question("--reexamen", "reexamen", "À reprendre le (AAAA-MM-JJ)")
_DATE = Question("--date", "date", "Date")
