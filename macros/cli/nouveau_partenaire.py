"""`portail nouveau partenaire`."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from macros import messages
from macros.cli.console import console, told
from macros.cli.nouveau_question import Oui, Question
from macros.cli.nouveau_saisie import Desk, certification_lines, desk
from macros.drafts.record import Draft
from macros.models.partenaire import Partenaire

Siret = Annotated[str | None, typer.Option("--siret", metavar="SIRET", help="Quatorze chiffres, sans espace.")]
Nom = Annotated[str | None, typer.Option("--nom", metavar="TEXTE", help="Dénomination de l’organisme.")]
Une = Annotated[str | None, typer.Option("--certification", metavar="NUMÉRO", help="Certification pour laquelle il est habilité.")]
Role = Annotated[str | None, typer.Option("--role", metavar="RÔLE", help="former, organiser ou former_et_organiser.")]
Delivree = Annotated[str | None, typer.Option("--delivree-le", metavar="AAAA-MM-JJ", help="Jour de délivrance de l’habilitation.")]
Fin = Annotated[str | None, typer.Option("--fin", metavar="AAAA-MM-JJ", help="Dernier jour de validité.")]


def partenaire(
    *,
    siret: Siret = None,
    nom: Nom = None,
    certification: Une = None,
    role: Role = None,
    delivree_le: Delivree = None,
    fin: Fin = None,
    oui: Oui = False,
) -> None:
    """Enregistrer un partenaire et sa première habilitation."""
    with told():
        here = desk(Partenaire, oui=oui, options={"habilitations": "--certification"})
        number = here.identifier(siret, "--siret", "SIRET (quatorze chiffres)")
        here.refuse_existing(number)
        asked: dict[str, Any] = {"nom": here.ask(_NOM, nom)}
        grant: dict[str, Any] = {"role": "former"}
        for option, key, value in (
            ("--certification", "certification", certification),
            ("--role", "role", role),
            ("--delivree-le", "delivree_le", delivree_le),
            ("--fin", "fin", fin),
        ):
            (answered,) = here.ask(_grant(here, grant, option, key), value) or [grant]
            grant |= answered
        asked["habilitations"] = [grant]
        draft = Draft(Partenaire, number, asked, _HELP)
        here.write(draft)
        console.print(messages.after_new_record(draft.fichier))


_NOM = Question("--nom", "nom", "Dénomination", required=True)
_QUESTIONS = {
    "certification": "Certification",
    "role": "Rôle (former, organiser, former_et_organiser)",
    "delivree_le": "Délivrée le (AAAA-MM-JJ)",
    "fin": "Dernier jour (AAAA-MM-JJ)",
}


def _grant(here: Desk, known: dict[str, Any], option: str, key: str) -> Question:
    """Ask one value of the habilitation, checked together with those known already."""
    lines = certification_lines(here.vue) if key == "certification" else ()
    required = key in ("certification", "role")
    return Question(option, "habilitations", _QUESTIONS[key], required=required, aide=lines, shape=lambda said: [known | {key: said}])


_HELP = (
    "À compléter dans l’habilitation, d’après l’acte :",
    "    forme: convention",
    "    acte: PR-2026-031",
    "    mentions:",
    "      - item: objet",
    "        statut: presente",
    "        reference: article 2",
)
