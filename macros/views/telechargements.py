"""What can be downloaded for a session: its documents, the invitation, the message that goes with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.models.base import Visibilite
from macros.models.conseil import EtatPV, StatutConseil
from macros.views.courriel import Courriel, build_courriel
from macros.views.documents import Document, documents_of
from macros.views.documents.feuille import Genre
from macros.views.parts import Reference

if TYPE_CHECKING:
    from macros.models.conseil import Conseil
    from macros.views.context import Vue

WORD = (Genre.CONVOCATION, Genre.PV)
"""Documents that exist in Word too, for those who finish them by hand."""


def invitation_path(conseil: Conseil) -> str:
    """Return the address of the invitation to a session."""
    return f"conseils/{conseil.id}/{conseil.id}-invitation.ics"


def document_path(conseil: Conseil, document: Document, suffix: str) -> str:
    """Return the address of a document of a session; `suffix` is `pdf` or `docx`."""
    return f"conseils/{conseil.id}/{document.nom}.{suffix}"


def shown_documents(vue: Vue, conseil: Conseil) -> tuple[Document, ...]:
    """Return the documents an edition offers: a sheet to sign and minutes that do not exist yet are for those who hold the session."""
    return tuple(d for d in documents_of(conseil) if vue.shows_constats() or _is_settled(conseil, d))


def _is_settled(conseil: Conseil, document: Document) -> bool:
    if document.genre is Genre.PV:
        minutes = conseil.minutes_of(document.certification)
        return minutes is not None and minutes.etat is not EtatPV.PROJET
    return document.genre is not Genre.EMARGEMENT


def in_word(vue: Vue, document: Document) -> bool:
    """Tell whether an edition offers a document in Word: a text to finish is for those who write it."""
    return vue.audience is Visibilite.INTERNE and document.genre in WORD


def invites(vue: Vue, conseil: Conseil) -> bool:
    """Tell whether an edition offers the invitation to a session: to come, or cancelled and still in calendars."""
    return vue.audience is Visibilite.INTERNE and (conseil.is_coming(vue.today) or is_called_off(vue, conseil))


def is_called_off(vue: Vue, conseil: Conseil) -> bool:
    """Tell whether a session was cancelled before its day came."""
    return conseil.statut is StatutConseil.ANNULE and conseil.date >= vue.today


@dataclass(frozen=True)
class DocumentsConseil:
    """The documents of a session, ready to download, and the message that goes with them."""

    documents: tuple[tuple[Reference, ...], ...]
    invitation: tuple[Reference, ...]
    courriel: Courriel | None
    annonce: str


def build_documents(vue: Vue, conseil: Conseil) -> DocumentsConseil:
    """Return what can be downloaded for a session, and the text of the message while it is to come."""
    found = tuple(_links(vue, conseil, document) for document in shown_documents(vue, conseil))
    inviting = invites(vue, conseil)
    word = "Annulation pour les agendas (.ics)" if is_called_off(vue, conseil) else "Invitation pour les agendas (.ics)"
    return DocumentsConseil(
        documents=found,
        invitation=(Reference(word, invitation_path(conseil)),) if inviting else (),
        courriel=build_courriel(vue, conseil) if inviting else None,
        annonce="annulation" if is_called_off(vue, conseil) else "convocation",
    )


def _links(vue: Vue, conseil: Conseil, document: Document) -> tuple[Reference, ...]:
    links = [Reference(f"{document.libelle} (PDF)", document_path(conseil, document, "pdf"))]
    if in_word(vue, document):
        links.append(Reference(f"{document.libelle} (Word)", document_path(conseil, document, "docx")))
    return tuple(links)
