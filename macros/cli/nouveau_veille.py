"""`portail nouveau veille`."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from macros import messages
from macros.cli.console import console, told
from macros.cli.nouveau_question import Certifications, Oui, Question, words
from macros.cli.nouveau_saisie import Desk, certification_lines, desk
from macros.drafts.record import Draft
from macros.drafts.veille import source
from macros.models.base import Certitude
from macros.models.veille import Veille

Titre = Annotated[str | None, typer.Option("--titre", metavar="TEXTE", help="De quoi il s’agit, en une ligne.")]
Type = Annotated[str | None, typer.Option("--type", metavar="TYPE", help="reglementaire, metier, technique ou sectorielle.")]
Date = Annotated[str | None, typer.Option("--date", metavar="AAAA-MM-JJ", help="Jour de publication de l’information.")]
Source = Annotated[str | None, typer.Option("--source", metavar="ADRESSE", help="Adresse de la page où elle a été lue.")]
Resume = Annotated[str | None, typer.Option("--resume", metavar="TEXTE", help="Ce qui change, en quelques phrases simples.")]
Force = Annotated[
    str | None, typer.Option("--force", metavar="FORCE", help="loi, reglement, doctrine ou usage ; rien pour une simple information.")
]
Reference = Annotated[str | None, typer.Option("--reference", metavar="TEXTE", help="Texte, article, numéro NOR.")]
Degre = Annotated[
    str | None,
    typer.Option("--certitude", metavar="DEGRÉ", help="texte_vu, deux_sources, une_source (par défaut avec --source) ou a_confirmer."),
]


def veille(  # noqa: PLR0913 - the options of a command
    *,
    titre: Titre = None,
    type_: Type = None,
    date: Date = None,
    source: Source = None,
    resume: Resume = None,
    force: Force = None,
    reference: Reference = None,
    certitude: Degre = None,
    certification: Certifications = None,
    oui: Oui = False,
) -> None:
    """Écrire une entrée de veille : ce qui change, depuis quand, où c’est écrit."""
    with told():
        here = desk(Veille, oui=oui, options={"sources": "--source", "portee": "--certification"})
        asked: dict[str, Any] = {"titre": here.ask(_TITRE, titre), "type": here.ask(_TYPE, type_)}
        asked["date"] = here.ask(_date(here), date)
        asked["sources"] = here.ask(_SOURCE, source)
        asked["resume"] = here.ask(_RESUME, resume)
        asked["force"] = here.ask(_FORCE, force)
        asked["reference"] = here.ask(_REFERENCE, reference)
        asked["certitude"] = here.ask(_certitude(sourced=bool(asked["sources"])), certitude)
        asked["portee"] = here.ask(_portee(here), certification)
        asked["relevee_le"] = here.vue.today
        draft = Draft(Veille, here.number(), {key: value for key, value in asked.items() if value})
        here.write(draft)
        console.print(f"{draft.id} {draft.data['titre']}")
        console.print(messages.after_new_watch(draft.fichier))


def _date(here: Desk) -> Question:
    return Question("--date", "date", "Jour de publication (AAAA-MM-JJ)", required=True, defaut=here.vue.today.isoformat())


def _certitude(*, sourced: bool) -> Question:
    usual = Certitude.UNE_SOURCE if sourced else Certitude.A_CONFIRMER
    return Question("--certitude", "certitude", "Degré de certitude", required=True, defaut=usual.value)


def _portee(here: Desk) -> Question:
    text = "Certifications concernées (numéros\u202f; sans réponse, toutes)"
    return Question(
        "--certification", "portee", text, aide=certification_lines(here.vue), shape=lambda said: {"certifications": words(said)}
    )


_TITRE = Question("--titre", "titre", "De quoi s’agit-il\u202f? (en une ligne)", required=True)
_TYPE = Question("--type", "type", "Type", required=True, defaut="reglementaire")
_SOURCE = Question("--source", "sources", "Adresse de la source", shape=lambda url: [source(url)])
_RESUME = Question("--resume", "resume", "Ce qui change, en quelques phrases", required=True, exemple="Ce qui change.")
_FORCE = Question("--force", "force", "Force")
_REFERENCE = Question("--reference", "reference", "Texte, article, numéro NOR")
