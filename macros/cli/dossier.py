"""`portail dossier`: what an auditor receives, restricted to some certifications, in three forms; or its revocation."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from macros import messages
from macros.cli.asked import stated_day
from macros.cli.console import console, portail_or_stop, project, stop, told
from macros.cli.targets import DOSSIERS, free_target
from macros.editions.hors_ligne import OfflineError
from macros.editions.liens import Etat, ServerError, ensure_secret, sign_link
from macros.editions.registre_dossiers import next_dossier, path_of, record_dossier, record_revocation
from macros.editions.remise import EN_LIGNE, REMISES, Demande, Remis, make_dossier, purge, remove
from macros.editions.serveur import Serveur, write_server, write_states
from macros.models.base import Visibilite
from macros.portal import engine
from macros.views.context import Remise

if TYPE_CHECKING:
    from datetime import date

    from macros.views.context import Vue


class Forme(StrEnum):
    """A form of a dossier."""

    ZIP = "zip"
    PDF = "pdf"
    ZIP_CHIFFRE = "zip_chiffre"
    SERVEUR = "serveur"
    LIEN = "lien"


Numeros = Annotated[list[str], typer.Argument(metavar="NUMÉRO…", help="Certifications du dossier.", show_default=False)]
Expire = Annotated[str | None, typer.Option("--expire", metavar="AAAA-MM-JJ", help="Dernier jour où il s’ouvre.", show_default=False)]
Objet = Annotated[str, typer.Option("--objet", metavar="TEXTE", help="Raison de la remise.", show_default=False)]
Pour = Annotated[
    str, typer.Option("--pour", metavar="ORGANISATION", help="Organisation qui le reçoit, jamais une personne.", show_default=False)
]
Pieces = Annotated[str | None, typer.Option("--pieces", metavar="DOSSIER", help="Y chercher, par empreinte, les preuves gardées ailleurs.")]
Vers = Annotated[str, typer.Option("--vers", metavar="DOSSIER", help="Dossier des remises.")]
Jour = Annotated[str | None, typer.Option("--date", metavar="AAAA-MM-JJ", help="Date de référence de la situation montrée.")]
Formes = Annotated[list[Forme] | None, typer.Option("--forme", metavar="FORME", help="zip, pdf, zip_chiffre, serveur ou lien ; répétable.")]
Nginx = Annotated[
    str | None, typer.Option("--nginx", metavar="DOSSIER", help="Y écrire la configuration du serveur, hors de ce qu’il sert.")
]
Adresse = Annotated[
    str, typer.Option("--adresse", metavar="URL", help="Adresse du serveur, ou de l’hébergement du lien.", show_default=False)
]
Revoquer = Annotated[str | None, typer.Option("--revoquer", metavar="DOS-…", help="Révoquer un dossier : ses fichiers sont effacés d’ici.")]
Motif = Annotated[str, typer.Option("--motif", metavar="TEXTE", help="Pourquoi il est révoqué.", show_default=False)]


def dossier(  # noqa: PLR0913, PLR0917 - one option each
    numeros: Numeros = [],  # noqa: B006 - typer reads it, nobody changes it
    expire: Expire = None,
    objet: Objet = "",
    pour: Pour = "",
    pieces: Pieces = None,
    vers: Vers = DOSSIERS,
    date: Jour = None,
    forme: Formes = None,
    nginx: Nginx = None,
    adresse: Adresse = "",
    revoquer: Revoquer = None,
    motif: Motif = "",
) -> None:
    """Remettre à un auditeur un dossier figé, limité à quelques certifications.

    Un site hors ligne (zip), un seul document (pdf), le site chiffré pour un courriel (zip_chiffre),
    des pages qu’un serveur ouvre par un lien signé (serveur), des fichiers
    chiffrés pour tout hébergement (lien). La clé n’est dite qu’une fois, ici\u00a0:
    le registre des dossiers ne la garde pas. Rien n’est envoyé.
    """
    with told():
        vue = _vue()
        root = free_target(project(), project() / vers if vers == DOSSIERS else Path(vers))
        for gone in purge(root, vue.registre.dossiers.values(), vue.today):
            console.print(messages.dossier_purged(gone))
        if revoquer:
            _revoke(vue, root, revoquer, motif, nginx)
            return
        until = _check(vue, numeros, stated_day(expire))
        identifier = next_dossier(project(), root, vue.today.year, vue.registre.dossiers)
        found = Path(pieces).absolute() if pieces else None
        remise = Remise(identifier, tuple(numeros), until, pour.strip(), objet.strip())
        asked = Demande(remise, stated_day(date), _forms(forme, nginx), found)
        made = _made(root, asked)
        written = record_dossier(project(), asked.id, made.fiche)
        console.print(messages.dossier_made(asked.id, f"{vers}/{REMISES}/{asked.id}", written))
        _tell_keys(asked, made, adresse)
        if nginx:
            _serve(vue, root, Path(nginx), asked, adresse)


def _made(root: Path, asked: Demande) -> Remis:
    try:
        return make_dossier(project(), root, asked, engine.clock, lambda: console.print(messages.publishing_elsewhere()))
    except OfflineError as error:
        stop(str(error))


def _vue() -> Vue:
    vue = portail_or_stop(Visibilite.INTERNE).vue
    return vue or stop(messages.nothing_saved())


def _check(vue: Vue, numeros: list[str], until: date | None) -> date:
    """Return the last day; exit with 1 when nothing is asked for, when a certification is unknown, when the last day is missing or past."""
    if not numeros:
        stop(messages.which_certifications())
    for numero in numeros:
        if numero not in vue.registre.certifications:
            stop(messages.unknown_link(numero, "certifications", vue.registre.certifications))
    if until is None:
        stop(messages.which_expiry())
    if until < vue.today:
        stop(messages.expiry_past(until.isoformat()))
    return until


def _forms(asked: list[Forme] | None, nginx: str | None) -> tuple[str, ...]:
    usual = [Forme.ZIP, Forme.PDF, Forme.ZIP_CHIFFRE, Forme.LIEN, *([Forme.SERVEUR] if nginx else [])]
    return tuple(dict.fromkeys(each.value for each in asked or usual))


def _tell_keys(asked: Demande, made: Remis, adresse: str) -> None:
    """Say once what opens the dossier."""
    if made.phrase:
        console.print(messages.dossier_phrase(f"{asked.id}-chiffre.zip", made.phrase))
    if made.cle:
        base = adresse.rstrip("/") or "https://VOTRE-HÉBERGEMENT"
        console.print(messages.dossier_link(f"{base}/#{made.cle}"))


def _serve(vue: Vue, root: Path, target: Path, asked: Demande, adresse: str) -> None:
    """Write the configuration of the server, and say the signed link of the new dossier."""
    states = _states(vue) | {asked.id: Etat.OUVERT}
    secret = target / "secret.conf"
    try:
        write_server(Serveur("_", (root / EN_LIGNE).resolve(), secret.resolve(), (target / "journaux").resolve()), target.resolve(), states)
        link = sign_link(ensure_secret(secret), asked.id, _end_of(asked.remise.expire))
    except ServerError as error:
        stop(str(error))
    console.print(messages.dossier_server(str(target), f"{adresse.rstrip('/')}{link}"))


def _states(vue: Vue) -> dict[str, Etat]:
    """Return which dossiers of the register a server opens."""
    return {each.id: Etat.OUVERT if each.revocation is None else Etat.REVOQUE for each in vue.registre.dossiers.values()}


def _end_of(day: date) -> int:
    """Return the first second, in Unix time, after the last day, wherever the reader is."""
    return int((datetime.combine(day, time(), UTC) + timedelta(days=1, hours=12)).timestamp())


def _revoke(vue: Vue, root: Path, identifier: str, motif: str, nginx: str | None) -> None:
    found = vue.registre.dossiers.get(identifier)
    if found is None:
        stop(messages.unknown_link(identifier, "dossiers", vue.registre.dossiers))
    if found.revocation is not None:
        stop(messages.already_revoked(identifier))
    when = engine.today()
    record_revocation(project(), identifier, when, motif.strip())
    remove(root, identifier)
    if nginx:
        write_states(Path(nginx).resolve(), _states(vue) | {identifier: Etat.REVOQUE})
    console.print(messages.dossier_revoked(identifier, path_of(identifier), server=bool(nginx)))
