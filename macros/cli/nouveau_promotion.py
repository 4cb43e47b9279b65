"""`portail nouveau promotion`."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from macros import messages
from macros.cli.console import console, told
from macros.cli.nouveau_question import Oui, Question
from macros.cli.nouveau_saisie import certification_lines, desk
from macros.drafts.record import Draft
from macros.models.promotion import Promotion

Une = Annotated[str | None, typer.Option("--certification", metavar="NUMÉRO", help="Certification suivie.")]
Annee = Annotated[str | None, typer.Option("--annee", metavar="AAAA", help="Année de la promotion.")]
Inscrits = Annotated[str | None, typer.Option("--inscrits", metavar="NOMBRE", help="Personnes inscrites, toutes voies.")]
Presentes = Annotated[str | None, typer.Option("--presentes", metavar="NOMBRE", help="Personnes présentées aux épreuves.")]
Certifies = Annotated[str | None, typer.Option("--certifies", metavar="NOMBRE", help="Titulaires de la certification entière.")]
Vae = Annotated[str | None, typer.Option("--certifies-vae", metavar="NOMBRE", help="Dont par la validation des acquis.")]
Abandons = Annotated[str | None, typer.Option("--abandons", metavar="NOMBRE", help="Inscrits partis avant les épreuves.")]


def promotion(
    *,
    certification: Une = None,
    annee: Annee = None,
    inscrits: Inscrits = None,
    presentes: Presentes = None,
    certifies: Certifies = None,
    certifies_vae: Vae = None,
    abandons: Abandons = None,
    oui: Oui = False,
) -> None:
    """Enregistrer une promotion : ses effectifs, jamais ses taux, qui se calculent."""
    counts = {"inscrits": inscrits, "presentes": presentes, "certifies": certifies, "certifies_vae": certifies_vae, "abandons": abandons}
    with told():
        _write(certification, annee, counts, oui=oui)


def _write(certification: str | None, annee: str | None, counts: dict[str, str | None], *, oui: bool) -> None:
    here = desk(Promotion, oui=oui, options={"certifies_vae": "--certifies-vae"})
    lines = certification_lines(here.vue)
    which = Question("--certification", "certification", "Certification", required=True, aide=lines)
    asked: dict[str, Any] = {
        "certification": here.ask(which, certification),
        "annee": here.ask(_number("annee", "Année", required=True), annee),
    }
    identifier = f"{asked['certification']}-{asked['annee']}"
    here.refuse_existing(identifier)
    asked |= {name: here.ask(_number(name, _LABELS[name]), value) for name, value in counts.items()}
    draft = Draft(Promotion, identifier, {key: value for key, value in asked.items() if value not in (None, "")})
    here.write(draft)
    console.print(messages.after_new_record(draft.fichier))


_LABELS = {
    "inscrits": "Inscrits",
    "presentes": "Présentés aux épreuves",
    "certifies": "Certifiés",
    "certifies_vae": "Dont par la VAE",
    "abandons": "Abandons",
}


def _number(champ: str, question: str, *, required: bool = False) -> Question:
    option = f"--{champ.replace('_', '-')}"
    return Question(option, champ, question, required=required, shape=lambda text: int(text) if text.isdecimal() else text)
