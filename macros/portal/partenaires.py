"""Public macros of partners: their register, their pages, the list of those of one certification."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from macros.portal.arguments import shown
from macros.portal.fiches import find_certification, find_partenaire
from macros.portal.sections import SECTIONS_PARTENAIRE, page_of, section_of
from macros.rendering import assemble, heading, render
from macros.views import partenaires, registre_partenaires

if TYPE_CHECKING:
    from collections.abc import Callable

    from macros.portal.sections import Section
    from macros.views.context import Vue


def of_partners(vue: Vue) -> dict[str, Callable[..., str]]:
    """Return the macros of partners."""
    found: dict[str, Callable[..., str]] = {
        "registre_partenaires": lambda: shown(
            vue, "partenaires", "partenaires/registre", registre_partenaires.build_registre_partenaires(vue)
        ),
        "resume_partenaires": lambda: (
            shown(vue, "partenaires", "partenaires/resume", registre_partenaires.build_registre_partenaires(vue))
            or render("_shared/reserve")
        ),
        "fiche_partenaire": partial(_page, vue),
        "fiche_partenaires": partial(_list, vue),
    }
    return found | {each.macro: partial(_section, vue, each) for each in SECTIONS_PARTENAIRE}


def _page(vue: Vue, partenaire: str) -> str:
    record = find_partenaire(vue, partenaire)
    return page_of(vue, record, record.nom, SECTIONS_PARTENAIRE)


def _list(vue: Vue, numero: str) -> str:
    record = find_certification(vue, numero)
    title = heading(1, f"Partenaires de {record.numero}, {record.intitule}")
    return assemble([title, render("certification/partenaires", vue=partenaires.build_liste_partenaires(vue, record))])


def _section(vue: Vue, section: Section, partenaire: str) -> str:
    return section_of(vue, section, find_partenaire(vue, partenaire))
