"""`portail nouveau derogation`."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from macros import messages
from macros.cli.console import console, stop, told
from macros.cli.nouveau_question import Oui, Question
from macros.cli.nouveau_saisie import Desk, desk
from macros.drafts.record import Draft
from macros.french import format_date, typography
from macros.models.constat import Constat, Niveau
from macros.models.derogation import Derogation
from macros.views.parts import LIBELLES_NIVEAU

Code = Annotated[str | None, typer.Option("--constat", metavar="CODE", help="Code du constat, tel que portail verifier l’écrit.")]
Fiche = Annotated[str | None, typer.Option("--enregistrement", metavar="FICHE", help="Identifiant de la fiche sur laquelle il porte.")]
Une = Annotated[
    str | None, typer.Option("--certification", metavar="NUMÉRO", help="Certification visée, quand le constat se répète pour plusieurs.")
]
Motif = Annotated[str | None, typer.Option("--motif", metavar="TEXTE", help="Pourquoi l’exception est acceptée.")]
Fonction = Annotated[str | None, typer.Option("--fonction", metavar="FONCTION", help="Fonction qui l’a décidée.")]
Fin = Annotated[str | None, typer.Option("--jusqu-au", metavar="AAAA-MM-JJ", help="Dernier jour de validité.")]
Date = Annotated[str | None, typer.Option("--date", metavar="AAAA-MM-JJ", help="Jour de la décision (aujourd’hui par défaut).")]


def derogation(
    enregistrement: Fiche = None,
    constat: Code = None,
    motif: Motif = None,
    fonction: Fonction = None,
    jusqu_au: Fin = None,
    certification: Une = None,
    date: Date = None,
    oui: Oui = False,
) -> None:
    """Accepter un constat par une exception motivée, jusqu’à une date."""
    with told():
        here = desk(Derogation, oui=oui)
        asked: dict[str, Any] = {"enregistrement": here.ask(_FICHE, enregistrement)}
        found = [
            each for each in here.vue.constats if each.enregistrement == asked["enregistrement"] and each.niveau is not Niveau.SANS_OBJET
        ]
        asked["constat"] = here.ask(_constat(found), constat)
        targets = [each for each in found if each.code == asked["constat"]]
        if not any(each.is_to_do() for each in targets):
            stop(messages.nothing_to_set_aside(asked["constat"], asked["enregistrement"], _open_codes(found), done=bool(targets)))
        asked["certification"] = here.ask(_UNE, certification) if certification else None
        asked["motif"] = here.ask(_MOTIF, motif)
        asked["fonction"] = here.ask(_FONCTION, fonction)
        asked["date"] = here.ask(_DATE, date) if date else here.vue.today
        asked["jusqu_au"] = here.ask(_FIN, jusqu_au)
        _write(here, {key: value for key, value in asked.items() if value})


def _write(here: Desk, data: dict[str, Any]) -> None:
    last = data["jusqu_au"]
    if last < max(str(data["date"]), here.vue.today.isoformat()):
        stop(f"--jusqu-au\u00a0: {messages.already_past(last)}")
    draft = Draft(Derogation, here.number(), data)
    here.write(draft)
    console.print(messages.set_aside_until(data["constat"], data["enregistrement"], format_date(type(here.vue.today).fromisoformat(last))))
    console.print(messages.after_new_record(draft.fichier))


def _open_codes(found: list[Constat]) -> list[str]:
    return sorted({each.code for each in found if each.is_to_do()})


def _constat(found: list[Constat]) -> Question:
    lines = [typography(f"  {each.code} ({LIBELLES_NIVEAU[each.niveau]}) : {each.message}") for each in found if each.is_to_do()]
    return Question("--constat", "constat", "Code du constat", required=True, aide=tuple(lines))


_FICHE = Question("--enregistrement", "enregistrement", "Identifiant de la fiche", required=True)
_UNE = Question("--certification", "certification", "Certification")
_MOTIF = Question("--motif", "motif", "Pourquoi accepter ce constat\u202f?", required=True, exemple="Session reportée par la grève")
_FONCTION = Question("--fonction", "fonction", "Fonction qui l’a décidé", required=True)
_FIN = Question("--jusqu-au", "jusqu_au", "Dernier jour de validité (AAAA-MM-JJ)", required=True)
_DATE = Question("--date", "date", "Date")
