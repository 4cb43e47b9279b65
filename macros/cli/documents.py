"""`portail documents`: what is sent, printed and signed for a session."""

from __future__ import annotations

import hashlib
import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from macros import messages
from macros.cli.console import console, errors, portail_or_stop, project, stop, told
from macros.cli.documents_renouvellement import review_files
from macros.cli.site import Public
from macros.cli.targets import free_target
from macros.documents.docx import MODELES
from macros.documents.press import OWN_MODELS, Press, undrawn
from macros.exchange.ics import calendar_bytes
from macros.french import count
from macros.problems import DataError
from macros.records.writing import write_all
from macros.views.agenda import build_invitation
from macros.views.courriel import build_courriel
from macros.views.documents import documents_of
from macros.views.documents.communs import is_named
from macros.views.telechargements import is_called_off

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from macros.models.base import Visibilite
    from macros.models.conseil import Conseil
    from macros.views.context import Vue

MARK = ".portail-documents"
"""In a folder of documents: what this command wrote there, with its fingerprint. Anything else is someone's work."""


class Format(StrEnum):
    """The formats of a document."""

    PDF = "pdf"
    DOCX = "docx"


Identifiant = Annotated[
    str | None, typer.Argument(metavar="CONSEIL", show_default=False, help="Identifiant du conseil, par exemple CP-2025-12-NUM.")
]
Vers = Annotated[
    str | None, typer.Option("--vers", metavar="DOSSIER", help="Dossier où écrire ; par défaut, documents/CONSEIL/ dans le projet.")
]
Choix = Annotated[Format, typer.Option("--format", metavar="FORMAT", help="pdf, ou docx pour la convocation et les procès-verbaux.")]
Modeles = Annotated[
    bool, typer.Option("--modeles", help="Copier les modèles Word dans modeles/, pour y mettre votre charte ; sans CONSEIL.")
]
Revue = Annotated[
    str | None, typer.Option("--renouvellement", metavar="NUMÉRO", help="La revue de renouvellement d’une certification, sans CONSEIL.")
]
Depuis = Annotated[
    str | None,
    typer.Option("--depuis", metavar="AAAA-MM-JJ", help="Avec --renouvellement : premier jour relu ; l’enregistrement par défaut."),
]
Jusque = Annotated[str | None, typer.Option("--jusqu-au", metavar="AAAA-MM-JJ", help="Avec --renouvellement : dernier jour relu.")]


def documents(
    conseil: Identifiant = None,
    vers: Vers = None,
    forme: Choix = Format.PDF,
    audience: Public = None,
    modeles: Modeles = False,
    renouvellement: Revue = None,
    depuis: Depuis = None,
    jusqu_au: Jusque = None,
) -> None:
    """Écrire les documents d’un conseil : convocation, ordre du jour, émargement ; après la séance, PV et relevé aussi.

    Avant la séance s’y ajoutent le texte du courriel et l’invitation pour les
    agendas ; pour un conseil annulé, ce sont ceux qui l’annoncent. Un document déjà écrit est remplacé tant que personne ne l’a modifié. Les
    noms viennent de data/personnes.local.yml, s’il existe ; pour un document
    sans nom, ajoutez --audience auditeur.
    """
    with told():
        if modeles and conseil:
            stop(messages.models_without_session(conseil))
        if (renouvellement and conseil) or (not renouvellement and (depuis or jusqu_au)):
            stop(messages.review_alone())
        if modeles:
            _copy_models(project())
            return
        state = portail_or_stop(audience)
        if state.vue is None:
            raise DataError(state.problems)
        press = Press(project(), state.vue)
        if renouvellement:
            _put(vers, renouvellement, review_files(state.vue, press, renouvellement, depuis, jusqu_au))
            return
        found = _find(state.vue, conseil)
        made = _made(press, found, forme) | (_message(state.vue, found) if forme is Format.PDF else {})
        if not made:
            stop(messages.no_document(found.id))
        _put(vers, found.id, made)
        _tell(state.vue, found, state.audience)


def _put(vers: str | None, name: str, made: Mapping[str, bytes]) -> None:
    """Write the files in the folder asked for, or in the usual one, and list them."""
    asked = Path(vers) if vers else project() / "documents" / name
    _write(free_target(project(), asked), asked, made)
    shown = asked.relative_to(project()) if asked.is_relative_to(project()) else asked
    console.print(f"{count(len(made), 'document écrit', 'documents écrits')} dans {shown}/\u00a0:")
    for each in made:
        console.print(f"  {each}")


def _find(vue: Vue, identifier: str | None) -> Conseil:
    """Return the session asked for; exit with 1 when there is none, or when it has no document."""
    known = vue.registre.conseils
    if identifier is None:
        stop(messages.which_session(sorted(known, reverse=True)))
    found = known.get(identifier)
    if found is None:
        stop(messages.unknown_link(identifier, "conseils", known))
    return found


def _made(press: Press, conseil: Conseil, forme: Format) -> dict[str, bytes]:
    """Return the files of a session by name; tell, without stopping, what they could not hold."""
    wanted = [d for d in documents_of(conseil) if forme is Format.PDF or d.genre in MODELES]
    if press.logo_fails:
        errors.print(messages.unusable_logo())
    if forme is Format.PDF:
        strange = sorted(set().union(*(undrawn(press.sheet(conseil, each)) for each in wanted)))
        if strange:
            errors.print(messages.undrawn_characters(strange))
    make = press.pdf if forme is Format.PDF else press.docx
    return {f"{each.nom}.{forme.value}": make(conseil, each) for each in wanted}


def _message(vue: Vue, conseil: Conseil) -> dict[str, bytes]:
    """Return what goes with the documents of a session to come, or announces that it is cancelled: a text to copy, a file for calendars."""
    if not (conseil.is_coming(vue.today) or is_called_off(vue, conseil)):
        return {}
    mail = build_courriel(vue, conseil)
    text = f"Objet\u00a0: {mail.objet}\n\n{mail.texte}"
    return {f"{conseil.id}-courriel.txt": text.encode(), f"{conseil.id}-invitation.ics": calendar_bytes(build_invitation(vue, conseil))}


def _write(target: Path, asked: Path, made: Mapping[str, bytes]) -> None:
    """Write the files and the list of them, all or none; exit with 1 when that would replace what someone changed."""
    before = _ours(target / MARK)
    changed = [name for name in made if (target / name).exists() and _sha256((target / name).read_bytes()) != before.get(name)]
    same = [name for name in changed if (target / name).read_bytes() == made[name]]
    if set(changed) - set(same):
        stop(messages.changed_documents([name for name in changed if name not in same], str(asked)))
    listed = before | {name: _sha256(content) for name, content in made.items()}
    mark = json.dumps(listed, indent=0, sort_keys=True) + "\n"
    write_all({target / MARK: mark, **{target / name: content for name, content in made.items()}})


def _ours(mark: Path) -> dict[str, str]:
    try:
        found = json.loads(mark.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _tell(vue: Vue, conseil: Conseil, audience: Visibilite) -> None:
    for line in _notices(vue, conseil):
        console.print(line)
    if is_named(vue, conseil):
        console.print(messages.documents_with_names(audience.value))


def _notices(vue: Vue, conseil: Conseil) -> Iterator[str]:
    """Yield what the person should know before sending: minutes drawn from a record, their fingerprint."""
    if is_called_off(vue, conseil) and conseil.is_announced() and not conseil.revision:
        yield messages.cancelled_without_revision(conseil.id)
    fingerprint = vue.registre.fiches.get(conseil.id)
    if fingerprint:
        yield messages.fingerprint_of_minutes(fingerprint[:16])


def _copy_models(folder: Path) -> None:
    """Copy our Word templates where the organisation keeps its own; exit with 1 rather than replace one."""
    targets = {folder / OWN_MODELS / path.name: path.read_bytes() for path in MODELES.values()}
    there = [path.name for path in targets if path.exists()]
    if there:
        stop(messages.models_exist(OWN_MODELS, there))
    write_all(targets)
    console.print(messages.models_copied(OWN_MODELS, [path.name for path in targets]))
