"""`portail nouveau`: one verb per collection written by hand, and the two shortest of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import typer

from macros import messages
from macros.cli.console import console, stop, told
from macros.cli.french import FrenchGroup
from macros.cli.nouveau_action import action
from macros.cli.nouveau_audit import audit
from macros.cli.nouveau_conseil import conseil
from macros.cli.nouveau_derogation import derogation
from macros.cli.nouveau_evaluation import evaluation
from macros.cli.nouveau_partenaire import partenaire
from macros.cli.nouveau_preuve import preuve
from macros.cli.nouveau_promotion import promotion
from macros.cli.nouveau_question import Oui, Question, Verb
from macros.cli.nouveau_reclamation import reclamation
from macros.cli.nouveau_saisie import Desk, desk
from macros.cli.nouveau_veille import veille
from macros.drafts.record import Draft
from macros.models.certification import Certification
from macros.models.exigence import Exigence

Numero = Annotated[str | None, typer.Argument(metavar="NUMÉRO", show_default=False, help="Numéro de la fiche, par exemple RNCP12345.")]
Intitule = Annotated[str | None, typer.Option("--intitule", metavar="TEXTE", help="Intitulé officiel.")]
Enregistrement = Annotated[str | None, typer.Option("--type", metavar="TYPE", help="sur_demande ou de_droit.")]
Niveau = Annotated[str | None, typer.Option("--niveau", metavar="NIVEAU", help="De 3 à 8, au RNCP seulement.")]
Domaine = Annotated[str | None, typer.Option("--domaine", metavar="DOMAINE", help="Identifiant d’un domaine de data/organisme.yml.")]
Fin = Annotated[str | None, typer.Option("--fin", metavar="AAAA-MM-JJ", help="Dernier jour de l’enregistrement.")]
Id = Annotated[str | None, typer.Argument(metavar="IDENTIFIANT", show_default=False, help="Par exemple EX-DUREE-MAXIMALE.")]
Titre = Annotated[str | None, typer.Option("--titre", metavar="TEXTE", help="Nom court.")]
Texte = Annotated[str | None, typer.Option("--texte", metavar="TEXTE", help="D’où elle vient : code, décret, doctrine, usage.")]
Article = Annotated[str | None, typer.Option("--article", metavar="ARTICLE", help="Article ou fiche, s’il y en a un.")]
Enonce = Annotated[str | None, typer.Option("--enonce", metavar="TEXTE", help="Ce qui est attendu, en phrases simples.")]
Force = Annotated[str | None, typer.Option("--force", metavar="FORCE", help="loi, reglement, doctrine ou usage.")]
Certitude = Annotated[
    str | None, typer.Option("--certitude", metavar="DEGRÉ", help="texte_vu, deux_sources, une_source ou a_confirmer (par défaut).")
]


def certification(
    numero: Numero = None,
    intitule: Intitule = None,
    type_enregistrement: Enregistrement = None,
    niveau: Niveau = None,
    domaine: Domaine = None,
    fin: Fin = None,
    oui: Oui = False,
) -> None:
    """Écrire la fiche d’une certification, au plus court.

    Mieux vaut l’importer de France compétences, si elle y est publiée :
    portail importer remplit presque toute la fiche.
    """
    with told():
        names = {"numero": "NUMÉRO", "type_enregistrement": "--type", "date_fin_enregistrement": "--fin"}
        here = desk(Certification, oui=oui, options=names)
        here.refuse_existing(number := here.ask(_NUMERO, numero))
        rncp = number.startswith("RNCP")
        if niveau and not rncp:
            stop(f"--niveau\u00a0: {messages.no_level_at_rs()}")
        asked: dict[str, Any] = {"numero": number, "repertoire": "RNCP" if rncp else "RS", "intitule": here.ask(_INTITULE, intitule)}
        asked["type_enregistrement"] = here.ask(_TYPE, type_enregistrement)
        asked["niveau"] = here.ask(_NIVEAU, niveau) if rncp else None
        asked["domaine"] = here.ask(_domaine(here), domaine)
        asked["date_fin_enregistrement"] = here.ask(_FIN, fin)
        draft = Draft(Certification, number, {key: value for key, value in asked.items() if value})
        here.write(draft)
        console.print(messages.after_new_certification(number, draft.fichier))


def exigence(
    identifiant: Id = None,
    titre: Titre = None,
    texte: Texte = None,
    article: Article = None,
    enonce: Enonce = None,
    force: Force = None,
    certitude: Certitude = None,
    oui: Oui = False,
) -> None:
    """Écrire une exigence ou un usage, avec sa force et sa source."""
    with told():
        here = desk(Exigence, oui=oui)
        name = here.identifier(identifiant, "IDENTIFIANT", "Identifiant (comme EX-DUREE-MAXIMALE)")
        here.refuse_existing(name)
        asked = {"titre": here.ask(_TITRE, titre), "texte": here.ask(_TEXTE, texte), "article": here.ask(_ARTICLE, article)}
        asked |= {"enonce": here.ask(_ENONCE, enonce), "force": here.ask(_FORCE, force), "certitude": here.ask(_CERTITUDE, certitude)}
        draft = Draft(Exigence, name, {key: value for key, value in asked.items() if value})
        here.write(draft)
        console.print(messages.after_new_exigence(draft.fichier))


def _domaine(here: Desk) -> Question:
    known = tuple(f"  {each.id}  {each.libelle}" for each in here.vue.registre.organisme.domaines)
    return Question("--domaine", "domaine", "Domaine", aide=known)


_NUMERO = Question("NUMÉRO", "numero", "Numéro de la fiche (RNCP… ou RS…)", required=True)
_INTITULE = Question("--intitule", "intitule", "Intitulé officiel", required=True)
_TYPE = Question("--type", "type_enregistrement", "Type d’enregistrement", required=True)
_NIVEAU = Question("--niveau", "niveau", "Niveau, de 3 à 8", shape=lambda text: int(text) if text.isdecimal() else text)
_FIN = Question("--fin", "date_fin_enregistrement", "Fin d’enregistrement (AAAA-MM-JJ)")
_TITRE = Question("--titre", "titre", "Nom court", required=True, exemple="Durée maximale d’enregistrement")
_TEXTE = Question("--texte", "texte", "Texte d’où elle vient (code, décret, doctrine, usage)", required=True)
_ARTICLE = Question("--article", "article", "Article ou fiche")
_ENONCE = Question("--enonce", "enonce", "Ce qui est attendu, en une phrase", required=True, exemple="Ce qui est attendu.")
_FORCE = Question("--force", "force", "Force", required=True)
_CERTITUDE = Question("--certitude", "certitude", "Degré de certitude", required=True, defaut="a_confirmer")

nouveau = typer.Typer(cls=FrenchGroup, no_args_is_help=True, rich_markup_mode=None)
NOUVEAU: dict[Callable[..., None], str] = {
    conseil: "Préparer un conseil de perfectionnement.",
    action: "Ouvrir une action.",
    preuve: "Ranger un document, ou une nouvelle version.",
    partenaire: "Enregistrer un partenaire et son habilitation.",
    promotion: "Enregistrer une promotion.",
    derogation: "Accepter un constat jusqu’à une date.",
    certification: "Écrire une certification, sans importer.",
    exigence: "Écrire une exigence ou un usage.",
    veille: "Écrire une entrée de veille.",
    reclamation: "Noter une réclamation.",
    audit: "Noter un audit, ses demandes et leurs délais.",
    evaluation: "Évaluer une exigence pour une certification.",
}
for verb, summary in NOUVEAU.items():
    nouveau.command(cls=Verb, short_help=summary)(verb)
