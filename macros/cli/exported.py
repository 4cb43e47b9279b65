"""What every `portail exporter` of a file that others follow shares: for whom, under which name, on what it may be written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from macros import messages
from macros.cli.console import portail_or_stop, project, stop
from macros.cli.targets import free_file, usual_file
from macros.models.base import Visibilite
from macros.problems import DataError
from macros.records.writing import write_atomic

if TYPE_CHECKING:
    from collections.abc import Callable

    from macros.views.context import Vue

Certification = Annotated[
    str | None, typer.Option("--certification", metavar="NUMÉRO", help="Une certification et ses anciennes fiches, par exemple RNCP12345.")
]


@dataclass(frozen=True)
class Genre:
    """A kind of file: how people call it, an example of a name, and what recognises one that the portal wrote."""

    nom: str
    exemple: str
    is_ours: Callable[[bytes], bool]

    @property
    def suffix(self) -> str:
        """Return how its names end: `.ics`."""
        return Path(self.exemple).suffix


def vue_for(audience: Visibilite | None) -> Vue:
    """Return what an audience may see of the project of the current folder. Raise `DataError`."""
    state = portail_or_stop(audience)
    if state.vue is None:
        raise DataError(state.problems)
    return state.vue


def known_certification(vue: Vue, numero: str | None) -> str:
    """Return the certification asked for, empty for all; exit with 1 for one that this edition has not."""
    if numero is not None and numero not in vue.registre.certifications:
        stop(messages.unknown_in_export(numero, "certifications", vue.registre.certifications, vue.audience.value))
    return numero or ""


def put_down(vue: Vue, genre: Genre, parts: tuple[str, ...], vers: str | None, content: bytes) -> Path:
    """Write a file where asked or at its usual place, a name of its own for each audience; return it as a person would type it.

    `agenda-RNCP12345-auditeur.ics`, in `documents/` of the project. Exit with
    1 for a name that is no such file's, a folder, a file that is not ours.
    """
    edition = "" if vue.audience is Visibilite.INTERNE else vue.audience.value
    name = "-".join(part for part in (*parts, edition) if part) + genre.suffix
    return put_file(genre, name, vers, content)


def put_file(genre: Genre, name: str, vers: str | None, content: bytes) -> Path:
    """Write a file where asked, or under its usual name in `documents/` of the project; return it as a person would type it."""
    asked = usual_file(project(), name) if vers is None else Path(vers)
    write_atomic(_target(asked, genre), content)
    return asked


def _target(asked: Path, genre: Genre) -> Path:
    if asked.suffix.lower() != genre.suffix:
        stop(messages.export_name(asked.name, genre.nom, genre.exemple))
    if asked.is_dir():
        stop(messages.export_is_a_folder(str(asked)))
    target = free_file(project(), asked)
    if target.exists() and not genre.is_ours(target.read_bytes()):
        stop(messages.not_our_export(str(asked), genre.nom))
    return target
