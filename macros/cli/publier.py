"""`portail publier`: a frozen edition for one audience, in a folder that any web server can show; or its withdrawal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from macros import messages
from macros.cli.asked import accepts, stated_day
from macros.cli.console import console, is_interactive, portail_or_stop, project, stop, told
from macros.cli.targets import DOSSIERS, free_target
from macros.editions.fiche import record_edition, record_withdrawal
from macros.editions.manifeste import manifest_digest
from macros.editions.publier import Demande, publish, withdraw
from macros.editions.remise import purge
from macros.models.base import Visibilite
from macros.portal import engine

if TYPE_CHECKING:
    from datetime import date

Nom = Annotated[str, typer.Argument(metavar="NOM", help="Nom de l’édition, par exemple 2026.1.")]
Titre = Annotated[str, typer.Option("--titre", metavar="TITRE", help="Titre que voient les lecteurs.", show_default=False)]
Public = Annotated[Visibilite, typer.Option("--audience", metavar="AUDIENCE", help="Pour qui : interne, auditeur ou public.")]
Jour = Annotated[str | None, typer.Option("--date", metavar="AAAA-MM-JJ", help="Date de référence de la situation montrée.")]
Vers = Annotated[str, typer.Option("--vers", metavar="DOSSIER", help="Dossier des éditions d’un même public.")]
Sans = Annotated[bool, typer.Option("--sans-historique", help="Publier les fichiers du dossier, sans version enregistrée.")]
Signer = Annotated[str | None, typer.Option("--signer", metavar="CLÉ", help="Clé SSH privée qui signe le manifeste.")]
Retirer = Annotated[bool, typer.Option("--retirer", help="Retirer l’édition : un avis la remplace, ses fichiers sont effacés.")]
Motif = Annotated[str, typer.Option("--motif", metavar="MOTIF", help="Pourquoi l’édition est retirée.", show_default=False)]
Oui = Annotated[bool, typer.Option("--oui", help="Ne pose aucune question.")]


def publier(  # noqa: PLR0913, PLR0917 - one option each
    nom: Nom,
    titre: Titre = "",
    audience: Public = Visibilite.AUDITEUR,
    date: Jour = None,
    vers: Vers = "publication",
    sans_historique: Sans = False,
    signer: Signer = None,
    retirer: Retirer = False,
    motif: Motif = "",
    oui: Oui = False,
) -> None:
    """Publier une édition figée du portail, avec son manifeste.

    Elle est faite de la dernière version enregistrée, construite à part, puis
    mise en place d’un coup. Une édition publiée ne change plus jamais\u00a0; on
    peut la retirer, pas la refaire. Rien n’est envoyé hors de ce poste.
    """
    with told():
        day = stated_day(date)
        root = free_target(project(), _folder(vers))
        if retirer:
            _withdraw(root, nom, day, motif, oui=oui)
            return
        if not titre.strip():
            stop(messages.missing_title())
        demande = Demande(nom, titre.strip(), audience, day, sans_historique, Path(signer).absolute() if signer else None)
        _purge_dossiers()
        result = publish(project(), root, demande, _wait)
        digest = manifest_digest(root / nom)
        console.print(messages.edition_published(nom, f"{vers}/{nom}", result.fichiers, digest))
        console.print(messages.edition_recorded(record_edition(project(), result.faits, digest)))


def _folder(vers: str) -> Path:
    """Return the folder of editions: the usual one stands in the project, wherever the command is run."""
    return project() / vers if vers == "publication" else Path(vers)


def _purge_dossiers() -> None:
    """Remove the files of dossiers that may no longer be opened."""
    root = project() / DOSSIERS
    vue = portail_or_stop(Visibilite.INTERNE).vue if root.is_dir() else None
    for gone in purge(root, vue.registre.dossiers.values(), vue.today) if vue else ():
        console.print(messages.dossier_purged(gone))


def _wait() -> None:
    console.print(messages.publishing_elsewhere())


def _withdraw(root: Path, nom: str, day: date | None, motif: str, *, oui: bool) -> None:
    if not motif.strip():
        stop(messages.withdrawal_needs_reason())
    if not oui and not (is_interactive() and accepts(messages.confirm_withdrawal(nom), default=False)):
        stop(messages.not_withdrawn())
    when = day or engine.today()
    withdraw(root, nom, when, motif.strip(), _wait)
    console.print(messages.withdrawn(nom))
    written = record_withdrawal(project(), nom, when, motif.strip())
    if written:
        console.print(messages.edition_recorded(written))
