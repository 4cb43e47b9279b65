"""Whole pages: of a record, of the help of a collection, of the errors that keep the site from being built."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, TypeVar

from macros import messages
from macros.models.base import Record
from macros.portal.macro import MacroError
from macros.portal.sections import SECTIONS_CERTIFICATION, SECTIONS_CONSEIL, SECTIONS_RECOMMANDATION, page_of
from macros.rendering import assemble, heading, render
from macros.views import aide, tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from macros.models.cep import Recommandation
    from macros.models.certification import Certification
    from macros.models.conseil import Conseil
    from macros.models.partenaire import Partenaire
    from macros.problems import Problem
    from macros.views.context import Vue

R = TypeVar("R", bound=Record)


def _find(vue: Vue, collection: str, identifier: str, known: Mapping[str, R]) -> R:
    """Return a record the audience has; raise `MacroError` naming the nearest id, or saying that this edition has it not."""
    found = known.get(identifier)
    if found is None and not vue.shows_constats():
        raise MacroError(messages.not_in_this_edition(identifier, vue.audience.value))
    if found is None:
        raise MacroError(messages.unknown_link(identifier, collection, known))
    return found


def find_certification(vue: Vue, numero: str) -> Certification:
    """Return a certification the audience has; raise `MacroError` naming the nearest number."""
    return _find(vue, "certifications", numero, vue.registre.certifications)


def find_conseil(vue: Vue, conseil: str) -> Conseil:
    """Return a session the audience has; raise `MacroError` naming the nearest id."""
    return _find(vue, "conseils", conseil, vue.registre.conseils)


def find_recommandation(vue: Vue, identifier: str) -> Recommandation:
    """Return a recommendation the audience has; raise `MacroError` naming the nearest id."""
    return _find(vue, "cep", identifier, vue.registre.cep)


def find_partenaire(vue: Vue, siret: str) -> Partenaire:
    """Return a partner the audience has; raise `MacroError` naming the nearest SIRET."""
    return _find(vue, "partenaires", siret, vue.registre.partenaires)


def page_certification(vue: Vue, numero: str) -> str:
    """Return the whole page of a certification."""
    record = find_certification(vue, numero)
    return page_of(vue, record, record.intitule, SECTIONS_CERTIFICATION)


def page_tables(vue: Vue, numero: str) -> str:
    """Return the page of the training tables of a certification."""
    record = find_certification(vue, numero)
    view = tables.build_page_tables(vue, record)
    title = heading(1, f"Tables de formation · {record.numero}")
    if not view.tables and not vue.shows_constats():
        return assemble([title, render("_shared/reserve", vue=None)])
    parts = [title, render("tables/entete", vue=view)]
    for table in view.tables:
        parts += [heading(2, table.titre, table.ancre), render("tables/table", vue=table)]
    return assemble([*parts, heading(2, "Codes et compétences", "codes"), render("tables/legende", vue=view.legende)])


def page_conseil(vue: Vue, conseil: str) -> str:
    """Return the whole page of a session."""
    record = find_conseil(vue, conseil)
    return page_of(vue, record, record.intitule, SECTIONS_CONSEIL)


def page_recommandation(vue: Vue, identifier: str) -> str:
    """Return the whole page of a recommendation."""
    record = find_recommandation(vue, identifier)
    return page_of(vue, record, record.titre, SECTIONS_RECOMMANDATION)


def page_aide_collection(vue: Vue, nom: str) -> str:
    """Return the help of one collection; raise `MacroError` when there is no such collection."""
    known = aide.documented_models()
    if nom not in known:
        raise MacroError(messages.unknown_collection(nom, known))
    return assemble([heading(1, f"Remplir {known[nom].singulier}"), render("aide/collection", vue=aide.build_aide_collection(vue, nom))])


def page_erreurs(problems: Iterable[Problem]) -> str:
    """Return the one page that replaces the site while records cannot be read."""
    ordered = sorted(problems)
    files = [(name, tuple(group)) for name, group in groupby(ordered, key=lambda problem: problem.fichier)]
    title = messages.error_count(len(ordered), len(files))
    return assemble([heading(1, title), render("erreurs/page", vue=files)])
