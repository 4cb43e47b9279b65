"""Public macros of the journal: the latest changes, those of a collection, the page of all those of a certification."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from macros import messages
from macros.portal.fiches import find_certification
from macros.portal.macro import MacroError
from macros.rendering import assemble, heading, render
from macros.views import journal
from macros.views.aide import documented_models

if TYPE_CHECKING:
    from collections.abc import Callable

    from macros.views.context import Vue


def of_journal(vue: Vue) -> dict[str, Callable[..., str]]:
    """Return the macros of the journal."""
    return {
        "journal_recent": lambda: render("journal/tableau", vue=journal.build_journal_recent(vue)),
        "journal_collections": lambda: render("journal/collections", vue=journal.build_journal_collections(vue)),
        "journal_collection": partial(_collection, vue),
        "fiche_journal": partial(_certification, vue),
    }


def _collection(vue: Vue, nom: str) -> str:
    """Return the page of the journal of a collection; raise `MacroError` when there is no such collection."""
    if nom not in documented_models() and nom not in journal.collections():
        raise MacroError(messages.unknown_collection(nom, documented_models()))
    groups = journal.build_journal_collection(vue, nom)
    body = [render("journal/groupe", vue=group) for group in groups] or [render("journal/tableau", vue=journal.empty(vue))]
    return assemble([heading(1, f"Journal · {journal.collection_name(nom)}"), *body])


def _certification(vue: Vue, numero: str) -> str:
    """Return the page of the whole journal of a certification."""
    record = find_certification(vue, numero)
    view = journal.build_journal_complet(vue, record)
    return assemble([heading(1, f"Journal de la {numero}"), render("journal/tableau", vue=view)])
