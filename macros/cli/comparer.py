"""`portail comparer`: what differs between two editions, two versions of the history, two folders."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from macros import messages
from macros.cli.console import console, errors, project, stop, told
from macros.cli.exported import Certification, Genre, put_file
from macros.cli.site import Public
from macros.exchange.comparaison import html_of, json_of, text_of
from macros.models.base import Visibilite
from macros.portal import engine
from macros.portal.etats import Etat, EtatIntrouvableError, open_state
from macros.views.comparaison import build_comparaison
from macros.views.comparaison.etat import MAINTENANT

if TYPE_CHECKING:
    from macros.views.comparaison.etat import EtatsCompares


class Format(StrEnum):
    """How a comparison is given."""

    TEXTE = "texte"
    HTML = "html"
    JSON = "json"


Avant = Annotated[
    str, typer.Argument(metavar="AVANT", help="Une édition (2026.1), son dossier, une version de l’historique, un autre projet.")
]
Apres = Annotated[str, typer.Argument(metavar="APRÈS", help="La même chose ; sans lui, les fiches de maintenant.")]
Forme = Annotated[Format, typer.Option("--format", metavar="FORMAT", help="texte, html ou json.")]
Vers = Annotated[str | None, typer.Option("--vers", metavar="FICHIER", help="Fichier à écrire au lieu de l’écran ; toujours pour html.")]


def comparer(
    avant: Avant,
    apres: Apres = ".",
    certification: Certification = None,
    forme: Forme = Format.TEXTE,
    audience: Public = None,
    vers: Vers = None,
) -> None:
    """Dire ce qui a changé d’un état à l’autre, le plus important d’abord.

    Conseils tenus, décisions, actions, exigences, preuves, texte du
    référentiel mot à mot. Une édition ne dit que ce que son public voit\u00a0;
    la comparaison se fait alors pour ce public.
    """
    with told():
        sides = [_open(each) for each in (avant, apres)]
        public = _public(sides, audience)
        numero = _known(sides, certification)
        compared = build_comparaison(sides[0].vue(public), sides[1].vue(public), numero)
        _give(compared, forme, vers)


def _open(asked: str) -> Etat:
    root = project()
    try:
        return open_state(root, str(root) if asked == "." else asked, engine.clock).named(asked, MAINTENANT)
    except EtatIntrouvableError as error:
        stop(str(error))


def _public(sides: list[Etat], asked: Visibilite | None) -> Visibilite:
    """Return the audience both sides can be told to, the narrowest, saying it when an edition narrows what was asked."""
    wanted = asked or Visibilite.INTERNE
    narrowest = min((side.audience for side in sides), key=list(Visibilite).index)
    if narrowest.includes(wanted):
        return wanted
    name = next(side.nom for side in sides if side.audience is narrowest)
    errors.print(messages.narrower_audience(name, narrowest.value))
    return narrowest


def _known(sides: list[Etat], numero: str | None) -> str:
    known = {each for side in sides for each in side.registre.certifications}
    if numero is not None and numero not in known:
        stop(messages.unknown_link(numero, "certifications", sorted(known)))
    return numero or ""


def _give(compared: EtatsCompares, forme: Format, vers: str | None) -> None:
    if forme is Format.TEXTE and vers is None:
        console.print(text_of(compared), end="")
        return
    if forme is Format.JSON and vers is None:
        console.print(json_of(compared).decode(), end="")
        return
    content = {Format.TEXTE: lambda c: text_of(c).encode(), Format.HTML: html_of, Format.JSON: json_of}[forme](compared)
    suffix = {Format.TEXTE: ".txt", Format.HTML: ".html", Format.JSON: ".json"}[forme]
    genre = Genre("comparaison", f"comparaison{suffix}", _is_ours)
    console.print(f"Comparaison écrite dans {put_file(genre, 'comparaison' + suffix, vers, content)}.")


def _is_ours(raw: bytes) -> bool:
    """Tell whether a file was written by this command: it starts as each of its forms does."""
    return raw.startswith((b"De ", b"<!doctype html>", b'{\n "format"'))
