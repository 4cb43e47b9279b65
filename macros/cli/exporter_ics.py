"""`portail exporter ics`: what has a day, in a file that calendars read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from macros import messages
from macros.cli.console import console, stop, told
from macros.cli.exported import Certification, Genre, known_certification, put_down, vue_for
from macros.cli.site import Public
from macros.exchange.ics import calendar_bytes, is_ours
from macros.french import count
from macros.views.agenda import build_agenda, build_invitation

if TYPE_CHECKING:
    from macros.views.agenda import Agenda
    from macros.views.context import Vue

Conseil = Annotated[
    str | None, typer.Option("--conseil", metavar="CONSEIL", help="L’invitation à une séance, à joindre à la convocation : CP-2025-12-NUM.")
]
Vers = Annotated[
    str | None, typer.Option("--vers", metavar="FICHIER.ics", help="Fichier à écrire ; par défaut, dans documents/ du projet.")
]
_GENRE = Genre("calendrier", "agenda.ics", is_ours)


def ics(certification: Certification = None, conseil: Conseil = None, audience: Public = None, vers: Vers = None) -> None:
    """Écrire un calendrier : séances, convocations, procès-verbaux, actions, enregistrements, renouvellements.

    Outlook, Google Agenda, Apple Calendrier et Thunderbird le lisent. Un
    calendrier déjà écrit par cette commande est remplacé, aucun autre fichier.
    """
    with told():
        if certification is not None and conseil is not None:
            stop(messages.one_of("--certification", "--conseil"))
        vue = vue_for(audience)
        if conseil is not None:
            agenda, parts = _invitation(vue, conseil), ("invitation", conseil)
        else:
            numero = known_certification(vue, certification)
            agenda, parts = build_agenda(vue, numero), ("agenda", numero)
        asked = put_down(vue, _GENRE, parts, vers, calendar_bytes(agenda))
        number = count(len(agenda.evenements), "événement écrit", "événements écrits")
        console.print(f"{number} dans {asked}. Importez ce fichier dans votre agenda, ou joignez-le à un message.")


def _invitation(vue: Vue, identifier: str) -> Agenda:
    """Return the invitation to a session; exit with 1 for a session that this edition has not."""
    found = vue.registre.conseils.get(identifier)
    if found is None:
        stop(messages.unknown_in_export(identifier, "conseils", vue.registre.conseils, vue.audience.value))
    return build_invitation(vue, found)
