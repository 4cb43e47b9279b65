"""The agenda alone: what a member keeps at hand during the session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from macros.views.documents import communs
from macros.views.documents.feuille import Bloc, Fait, Phrase, Section, section, sections

if TYPE_CHECKING:
    from macros.models.conseil import Conseil
    from macros.views.context import Vue

TITRE = "Ordre du jour"


def introduction(vue: Vue, conseil: Conseil) -> tuple[Bloc, ...]:  # noqa: ARG001 - every document has the same signature
    """Return nothing: an agenda starts at once."""
    return ()


def faits(vue: Vue, conseil: Conseil) -> tuple[Fait, ...]:
    """Return when, where, on what, led by whom."""
    return (*communs.session_facts(vue, conseil), *communs.leaders(vue, conseil))


def parties(vue: Vue, conseil: Conseil) -> tuple[Section, ...]:
    """Return the points, in the order of the session."""
    agenda = communs.agenda(vue, conseil)
    return sections(section("Points", agenda or Phrase("Aucun point n’est encore inscrit.", "discret")))
