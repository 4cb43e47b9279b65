"""`portail nouveau action`."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from macros import messages
from macros.cli.console import console, stop, told
from macros.cli.nouveau_question import Certifications, Oui, Question, words
from macros.cli.nouveau_saisie import Desk, certification_lines, desk, function_lines, tell
from macros.drafts.action import origin, remarks, said_by_decision
from macros.drafts.record import Draft
from macros.models.action import Action

Intitule = Annotated[str | None, typer.Option("--intitule", metavar="TEXTE", help="Ce qu’il faut faire, verbe d’abord.")]
Nature = Annotated[
    str | None,
    typer.Option("--nature", metavar="NATURE", help="referentiel, evaluation, formation, partenariat, communication ou organisation."),
]
Responsable = Annotated[str | None, typer.Option("--responsable", metavar="FONCTION", help="Fonction responsable, jamais un nom.")]
Echeance = Annotated[str | None, typer.Option("--echeance", metavar="AAAA-MM-JJ", help="Date limite.")]
Decision = Annotated[
    str | None,
    typer.Option(
        "--decision", metavar="DÉCISION", help="Décision de conseil, par exemple CP-2025-12-NUM.D3 : nature et certifications en viennent."
    ),
]
Origine = Annotated[
    str | None,
    typer.Option("--origine", metavar="ORIGINE", help="Autre origine : identifiant (EX-…, RECL-…, V-…, CEP-R…, AUD-…) ou quelques mots."),
]
Critere = Annotated[str | None, typer.Option("--critere", metavar="TEXTE", help="À quoi l’on verra que l’action a réussi.")]
Date = Annotated[str | None, typer.Option("--date", metavar="AAAA-MM-JJ", help="Jour d’ouverture : celui du conseil, ou aujourd’hui.")]


def action(  # noqa: PLR0913 - the options of a command
    *,
    intitule: Intitule = None,
    nature: Nature = None,
    responsable: Responsable = None,
    echeance: Echeance = None,
    certification: Certifications = None,
    decision: Decision = None,
    origine: Origine = None,
    critere: Critere = None,
    date: Date = None,
    oui: Oui = False,
) -> None:
    """Ouvrir une action : quoi, qui, pour quand, d’où elle vient."""
    with told():
        if decision and origine:
            stop(messages.one_of("--decision", "--origine"))
        here = desk(Action, oui=oui, options={"certifications": "--certification"})
        asked: dict[str, Any] = {"intitule": here.ask(_INTITULE, intitule)}
        asked["origine"] = here.ask(_DECISION if decision else _ORIGINE, decision or origine)
        said = said_by_decision(here.vue.registre, (asked["origine"] or {}).get("decision", ""))
        asked["nature"] = said.get("nature") if said and nature is None else here.ask(_NATURE, nature)
        asked["responsable"] = here.ask(_responsable(here), responsable)
        asked["echeance"] = here.ask(_ECHEANCE, echeance)
        asked["critere"] = here.ask(_CRITERE, critere)
        takes = said and not certification
        asked["certifications"] = said["certifications"] if takes else here.ask(_certifications(here), certification)
        asked["date"] = here.ask(_DATE, date) if date else said.get("date", here.vue.today)
        _write(here, {key: value for key, value in asked.items() if value})


def _write(here: Desk, data: dict[str, Any]) -> None:
    draft = Draft(Action, here.number(), {**data, "statut": "planifiee"}, messages.action_help())
    here.write(draft)
    console.print(f"{draft.id} {data['intitule']}")
    tell(remarks(data, here.vue.registre, here.vue.today))
    console.print(messages.after_new_record(draft.fichier))


def _responsable(here: Desk) -> Question:
    return Question("--responsable", "responsable", "Fonction responsable", aide=function_lines(here.vue))


def _certifications(here: Desk) -> Question:
    text = "Certifications concernées (numéros\u202f; sans réponse, tout l’organisme)"
    return Question("--certification", "certifications", text, aide=certification_lines(here.vue), shape=words)


_INTITULE = Question("--intitule", "intitule", "Que faut-il faire\u202f? (verbe d’abord)", required=True)
_NATURE = Question("--nature", "nature", "Nature", required=True)
_ECHEANCE = Question("--echeance", "echeance", "Échéance (AAAA-MM-JJ)")
_CRITERE = Question("--critere", "critere", "À quoi verra-t-on que c’est réussi\u202f?")
_DATE = Question("--date", "date", "Date")
_DECISION = Question("--decision", "origine", "Décision", shape=lambda text: {"decision": text})
_ORIGINE = Question(
    "--origine", "origine", "D’où vient-elle\u202f? (décision comme CP-2025-12-NUM.D3, autre identifiant, ou quelques mots)", shape=origin
)
