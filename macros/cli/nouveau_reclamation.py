"""`portail nouveau reclamation`."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from macros import messages
from macros.cli.console import console, told
from macros.cli.nouveau_question import Certifications, Oui, Question, words
from macros.cli.nouveau_saisie import Desk, certification_lines, desk, function_lines
from macros.drafts.record import Draft
from macros.french import add_days, format_date
from macros.models.reclamation import Reclamation

Objet = Annotated[str | None, typer.Option("--objet", metavar="TEXTE", help="Ce qui est reproché, sans nom de personne.")]
Date = Annotated[str | None, typer.Option("--date", metavar="AAAA-MM-JJ", help="Jour de réception (aujourd’hui par défaut).")]
De = Annotated[
    str | None,
    typer.Option("--origine", metavar="ORIGINE", help="candidat, stagiaire, partenaire, jury, entreprise, financeur ou autre."),
]
Cause = Annotated[
    str | None,
    typer.Option(
        "--cause", metavar="CAUSE", help="information, inscription, formation, organisation_epreuves, evaluation, jury… ou autre."
    ),
]
Gravite = Annotated[str | None, typer.Option("--gravite", metavar="GRAVITÉ", help="faible, moyenne ou forte.")]
Fonction = Annotated[str | None, typer.Option("--responsable", metavar="FONCTION", help="Fonction qui traite, jamais un nom.")]
Partenaire = Annotated[str | None, typer.Option("--partenaire", metavar="SIRET", help="Partenaire mis en cause.")]
Accuse = Annotated[str | None, typer.Option("--accusee-le", metavar="AAAA-MM-JJ", help="Jour de l’accusé de réception.")]


def reclamation(  # noqa: PLR0913 - the options of a command
    *,
    objet: Objet = None,
    date: Date = None,
    origine: De = None,
    cause: Cause = None,
    gravite: Gravite = None,
    certification: Certifications = None,
    responsable: Fonction = None,
    accusee_le: Accuse = None,
    partenaire: Partenaire = None,
    oui: Oui = False,
) -> None:
    """Noter une réclamation : ce qui est reproché, pourquoi, qui la traite."""
    with told():
        here = desk(Reclamation, oui=oui, options={"certifications": "--certification", "accusee_le": "--accusee-le"})
        asked: dict[str, Any] = {"objet": here.ask(_OBJET, objet)}
        asked["date"] = here.ask(_date(here), date)
        asked["origine"] = here.ask(_ORIGINE, origine)
        asked["cause"] = here.ask(_CAUSE, cause)
        asked["gravite"] = here.ask(_GRAVITE, gravite)
        asked["certifications"] = here.ask(_certifications(here), certification)
        asked["responsable"] = here.ask(_responsable(here), responsable)
        asked["accusee_le"] = here.ask(_ACCUSE, accusee_le)
        asked["partenaire"] = here.ask(_PARTENAIRE, partenaire) if partenaire else None
        _write(here, {key: value for key, value in asked.items() if value})


def _write(here: Desk, data: dict[str, Any]) -> None:
    draft = Draft(Reclamation, here.number(), data, messages.complaint_help())
    here.write(draft)
    received = type(here.vue.today).fromisoformat(str(data["date"]))
    limit = here.vue.registre.organisme.parametres.reclamation_delai_jours
    console.print(f"{draft.id} {data['objet']}")
    console.print(messages.after_new_complaint(draft.fichier, format_date(add_days(received, limit))))


def _date(here: Desk) -> Question:
    return Question("--date", "date", "Jour de réception (AAAA-MM-JJ)", required=True, defaut=here.vue.today.isoformat())


def _certifications(here: Desk) -> Question:
    text = "Certifications concernées (numéros\u202f; sans réponse, tout l’organisme)"
    return Question("--certification", "certifications", text, aide=certification_lines(here.vue), shape=words)


def _responsable(here: Desk) -> Question:
    return Question("--responsable", "responsable", "Fonction qui traite", aide=function_lines(here.vue))


_OBJET = Question("--objet", "objet", "Que reproche-t-on\u202f? (sans nom de personne)", required=True)
_ORIGINE = Question("--origine", "origine", "De qui vient-elle\u202f?", required=True)
_CAUSE = Question("--cause", "cause", "Cause", required=True)
_GRAVITE = Question("--gravite", "gravite", "Gravité", required=True, defaut="moyenne")
_ACCUSE = Question("--accusee-le", "accusee_le", "Jour de l’accusé de réception (AAAA-MM-JJ)")
_PARTENAIRE = Question("--partenaire", "partenaire", "Partenaire mis en cause")
