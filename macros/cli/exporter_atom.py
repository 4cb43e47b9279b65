"""`portail exporter atom`: the watch log in a file that feed readers follow."""

from __future__ import annotations

from typing import Annotated

import typer

from macros.cli.console import console, project, told
from macros.cli.exported import Certification, Genre, known_certification, put_down, vue_for
from macros.cli.site import Public
from macros.exchange.atom import feed_bytes, is_ours
from macros.french import count
from macros.portal.adresse import site_address
from macros.views.flux import build_flux

Vers = Annotated[
    str | None, typer.Option("--vers", metavar="FICHIER.atom", help="Fichier à écrire ; par défaut, dans documents/ du projet.")
]
_GENRE = Genre("flux", "veille.atom", is_ours)


def atom(certification: Certification = None, audience: Public = None, vers: Vers = None) -> None:
    """Écrire un flux de la veille, que suivent les lecteurs de flux et les messageries.

    Le site construit en offre déjà un pour toute la veille et un par
    certification. Un flux déjà écrit par cette commande est remplacé, aucun
    autre fichier.
    """
    with told():
        vue = vue_for(audience)
        numero = known_certification(vue, certification)
        flux = build_flux(vue, numero, site_address(project()))
        asked = put_down(vue, _GENRE, ("veille", numero), vers, feed_bytes(flux))
        console.print(f"{count(len(flux.entrees), 'entrée écrite', 'entrées écrites')} dans {asked}.")
