"""`portail exporter ics`: what has a day, in a file that calendars read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from macros import messages
from macros.cli.console import console, portail_or_stop, project, stop, told
from macros.cli.site import Public
from macros.cli.targets import free_file, usual_file
from macros.exchange.ics import calendar_bytes, is_ours
from macros.french import count
from macros.models.base import Visibilite
from macros.problems import DataError
from macros.records.writing import write_atomic
from macros.views.agenda import build_agenda, build_invitation

if TYPE_CHECKING:
    from macros.views.agenda import Agenda
    from macros.views.context import Vue

Certification = Annotated[
    str | None, typer.Option("--certification", metavar="NUMÉRO", help="Une certification et ses anciennes fiches, par exemple RNCP12345.")
]
Conseil = Annotated[
    str | None, typer.Option("--conseil", metavar="CONSEIL", help="L’invitation à une séance, à joindre à la convocation : CP-2025-12-NUM.")
]
Vers = Annotated[
    str | None, typer.Option("--vers", metavar="FICHIER.ics", help="Fichier à écrire ; par défaut, dans documents/ du projet.")
]


def ics(certification: Certification = None, conseil: Conseil = None, audience: Public = None, vers: Vers = None) -> None:
    """Écrire un calendrier : séances, convocations, procès-verbaux, actions, enregistrements, renouvellements.

    Outlook, Google Agenda, Apple Calendrier et Thunderbird le lisent. Un
    calendrier déjà écrit par cette commande est remplacé, aucun autre fichier.
    """
    with told():
        if certification is not None and conseil is not None:
            stop(messages.one_of("--certification", "--conseil"))
        vue = _vue(audience)
        agenda, name = _invitation(vue, conseil) if conseil is not None else _agenda(vue, certification)
        asked = usual_file(project(), name) if vers is None else Path(vers)
        write_atomic(_target(asked), calendar_bytes(agenda))
        number = count(len(agenda.evenements), "événement écrit", "événements écrits")
        console.print(f"{number} dans {asked}. Importez ce fichier dans votre agenda, ou joignez-le à un message.")


def _vue(audience: Visibilite | None) -> Vue:
    state = portail_or_stop(audience)
    if state.vue is None:
        raise DataError(state.problems)
    return state.vue


def _agenda(vue: Vue, certification: str | None) -> tuple[Agenda, str]:
    """Return a calendar and its usual name; exit with 1 for a certification that this edition has not."""
    if certification is not None and certification not in vue.registre.certifications:
        stop(messages.unknown_in_calendar(certification, "certifications", vue.registre.certifications, vue.audience.value))
    return build_agenda(vue, certification or ""), _usual_name(vue, "agenda", certification or "")


def _invitation(vue: Vue, identifier: str) -> tuple[Agenda, str]:
    """Return the invitation to a session and its usual name; exit with 1 for a session that this edition has not."""
    found = vue.registre.conseils.get(identifier)
    if found is None:
        stop(messages.unknown_in_calendar(identifier, "conseils", vue.registre.conseils, vue.audience.value))
    return build_invitation(vue, found), _usual_name(vue, "invitation", identifier)


def _usual_name(vue: Vue, *parts: str) -> str:
    """Return a name of its own for each calendar and each audience: `agenda-RNCP12345-auditeur.ics`."""
    edition = "" if vue.audience is Visibilite.INTERNE else vue.audience.value
    return "-".join(part for part in (*parts, edition) if part) + ".ics"


def _target(asked: Path) -> Path:
    """Return where to write; exit with 1 for a name that is no calendar's, a folder of sources, a file that is not ours."""
    if asked.suffix.lower() != ".ics":
        stop(messages.calendar_name(asked.name))
    if asked.is_dir():
        stop(messages.calendar_is_a_folder(str(asked)))
    target = free_file(project(), asked)
    if target.exists() and not is_ours(target.read_bytes()):
        stop(messages.not_our_calendar(str(asked)))
    return target
