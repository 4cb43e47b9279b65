"""`portail nouveau audit`."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from macros import messages
from macros.cli.console import console, stop, told
from macros.cli.nouveau_question import Certifications, Oui, Question, words
from macros.cli.nouveau_saisie import Desk, certification_lines, desk
from macros.drafts.record import Draft
from macros.models.audit import Audit

Titre = Annotated[str | None, typer.Option("--titre", metavar="TEXTE", help="Nom de l’audit.")]
Nature = Annotated[str | None, typer.Option("--nature", metavar="NATURE", help="interne, france_competences, qualiopi ou autre.")]
Date = Annotated[str | None, typer.Option("--date", metavar="AAAA-MM-JJ", help="Premier jour (aujourd’hui par défaut).")]
Auditeur = Annotated[str | None, typer.Option("--auditeur", metavar="QUI", help="Organisation ou fonction, jamais une personne.")]
Perimetre = Annotated[str | None, typer.Option("--perimetre", metavar="TEXTE", help="Ce qui est audité, en une phrase.")]
Demandes = Annotated[list[str] | None, typer.Option("--demande", metavar="TEXTE", help="Ce qui est demandé. Répétable : Q1, Q2…")]
Avant = Annotated[
    str | None, typer.Option("--repondre-avant", metavar="AAAA-MM-JJ", help="Dernier jour pour répondre à ces demandes, ce jour compris.")
]


def audit(  # noqa: PLR0913 - the options of a command
    *,
    titre: Titre = None,
    nature: Nature = None,
    date: Date = None,
    auditeur: Auditeur = None,
    perimetre: Perimetre = None,
    certification: Certifications = None,
    demande: Demandes = None,
    repondre_avant: Avant = None,
    oui: Oui = False,
) -> None:
    """Noter un audit ou un contrôle : qui regarde quoi, ce qu’il demande et pour quand."""
    with told():
        here = desk(Audit, oui=oui, options={"certifications": "--certification", "demandes": "--demande"})
        asked: dict[str, Any] = {"titre": here.ask(_TITRE, titre), "nature": here.ask(_NATURE, nature)}
        asked["date"] = here.ask(_date(here), date)
        asked["auditeur"] = here.ask(_AUDITEUR, auditeur)
        asked["perimetre"] = here.ask(_PERIMETRE, perimetre)
        asked["certifications"] = here.ask(_certifications(here), certification)
        asked["demandes"] = _requests(here, demande, repondre_avant)
        draft = Draft(Audit, here.number(), {key: value for key, value in asked.items() if value}, messages.audit_help())
        here.write(draft)
        console.print(f"{draft.id} {draft.data['titre']}")
        console.print(messages.after_new_audit(draft.fichier))


def _requests(here: Desk, texts: list[str] | None, due: str | None) -> list[dict[str, Any]]:
    """Return the requests stated, or the only one a person tells, numbered in order, all with the same last day."""
    if not texts and here.interactive:
        asked = here.ask(_DEMANDE, None)
        texts = [asked[0]["texte"]] if asked else None
        due = due or (here.ask(_AVANT, None) or [{}])[0].get("repondre_avant") if texts else due
    if due and not texts:
        stop(messages.option_needed("--demande", "Transmettre les conventions des partenaires actifs"))
    return [{"id": f"Q{rank}", "texte": text, **({"repondre_avant": due} if due else {})} for rank, text in enumerate(texts or (), 1)]


def _date(here: Desk) -> Question:
    return Question("--date", "date", "Premier jour (AAAA-MM-JJ)", required=True, defaut=here.vue.today.isoformat())


def _certifications(here: Desk) -> Question:
    text = "Certifications auditées (numéros\u202f; sans réponse, tout l’organisme)"
    return Question("--certification", "certifications", text, aide=certification_lines(here.vue), shape=words)


_TITRE = Question("--titre", "titre", "Nom de l’audit", required=True)
_NATURE = Question("--nature", "nature", "Nature", required=True)
_AUDITEUR = Question("--auditeur", "auditeur", "Qui audite\u202f? (organisation ou fonction)")
_DEMANDE = Question("--demande", "demandes", "Première demande", shape=lambda text: [{"id": "Q1", "texte": text}])
_AVANT = Question(
    "--repondre-avant",
    "demandes",
    "Répondre avant le (AAAA-MM-JJ)",
    shape=lambda day: [{"id": "Q1", "texte": "Demande", "repondre_avant": day}],
)
_PERIMETRE = Question("--perimetre", "perimetre", "Ce qui est audité, en une phrase")
