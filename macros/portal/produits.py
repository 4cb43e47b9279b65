"""Files beside the pages: documents, calendars, workbooks, feeds. Each is made when it is asked for, never before."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING, TypeVar

from macros.documents.cache import FOLDER, kept, key_of, tools, trim
from macros.documents.press import Press
from macros.exchange.atom import feed_bytes
from macros.exchange.ics import calendar_bytes
from macros.exchange.json_api import json_files
from macros.exchange.xlsx import workbook_bytes
from macros.portal.adresse import site_address
from macros.portal.copies import copies
from macros.problems import DataError, Problem
from macros.views.agenda import build_agenda, build_invitation
from macros.views.classeur import REGISTRES, build_classeur, has_something
from macros.views.classeur_tables import build_classeur_certification
from macros.views.documents.renouvellement import build_revue, since_registration
from macros.views.fichiers import calendar_path, feed_path, sheet_path, tables_path
from macros.views.flux import build_entrees, build_flux
from macros.views.renouvellement.acces import is_reviewed, review_document
from macros.views.telechargements import document_path, in_word, invitation_path, invites, shown_documents

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from macros.models.certification import Certification
    from macros.portal.state import Portail
    from macros.views.agenda import Agenda
    from macros.views.context import Vue
    from macros.views.flux import EntreeFlux, Flux

T = TypeVar("T")


@dataclass(frozen=True)
class Produit:
    """A file beside the pages: its path from the root of the site, POSIX style, and what makes its bytes."""

    chemin: str
    make: Callable[[], bytes]


def produits(portail: Portail) -> tuple[Produit, ...]:
    """Return every file that the audience of `portail` may download, in path order; nothing is made yet."""
    if portail.vue is None:
        return ()
    kinds = (_json, _documents, _reviews, _calendars, _workbooks, _feeds, _copies)
    found = [produit for kind in kinds for produit in kind(portail, portail.vue)]
    return tuple(sorted(found, key=lambda produit: produit.chemin))


def make_all(portail: Portail) -> Iterator[tuple[str, bytes]]:
    """Yield the path and the bytes of every file; then forget the oldest that were kept.

    Raises `DataError` at the end, with every Word template that cannot be filled.
    """
    problems: list[Problem] = []
    for produit in produits(portail):
        try:
            yield produit.chemin, produit.make()
        except DataError as error:
            problems += [problem for problem in error.problems if problem not in problems]
    trim(portail.project / FOLDER)
    if problems:
        raise DataError(problems)


def _json(portail: Portail, vue: Vue) -> Iterator[Produit]:  # noqa: ARG001 - every kind has the same signature
    for chemin, make in json_files(vue):
        yield Produit(chemin, make)


def _documents(portail: Portail, vue: Vue) -> Iterator[Produit]:
    press = Press(portail.project, vue)
    for conseil in vue.registre.conseils.values():
        for document in shown_documents(vue, conseil):
            yield Produit(document_path(conseil, document, "pdf"), partial(press.pdf, conseil, document))
            if in_word(vue, document):
                yield Produit(document_path(conseil, document, "docx"), partial(press.docx, conseil, document))


def _reviews(portail: Portail, vue: Vue) -> Iterator[Produit]:
    press = Press(portail.project, vue)

    def printed(certification: Certification) -> bytes:
        return press.printed(build_revue(vue, certification, since_registration(certification)))

    for certification in vue.registre.certifications.values():
        if is_reviewed(vue, certification):
            yield Produit(review_document(certification.numero), partial(printed, certification))


def _calendars(portail: Portail, vue: Vue) -> Iterator[Produit]:
    def calendar(build: Callable[[], Agenda]) -> Callable[[], bytes]:
        return partial(_written, portail, build, calendar_bytes)

    yield Produit(calendar_path(), calendar(partial(build_agenda, vue)))
    for numero in vue.registre.certifications:
        yield Produit(calendar_path(numero), calendar(partial(build_agenda, vue, numero)))
    for conseil in vue.registre.conseils.values():
        if invites(vue, conseil):
            yield Produit(invitation_path(conseil), calendar(partial(build_invitation, vue, conseil)))


def _workbooks(portail: Portail, vue: Vue) -> Iterator[Produit]:
    for collection in REGISTRES:
        if has_something(vue, collection):
            yield Produit(sheet_path(collection), partial(_written, portail, partial(build_classeur, vue, collection), workbook_bytes))
    for numero, certification in vue.registre.certifications.items():
        if certification.tables_formation:
            build = partial(build_classeur_certification, vue, certification)
            yield Produit(tables_path(numero), partial(_written, portail, build, workbook_bytes))


def _feeds(portail: Portail, vue: Vue) -> Iterator[Produit]:
    site = site_address(portail.project)
    touched = [numero for numero in vue.registre.certifications if vue.croisements.watch_of(numero)]
    entries = cache(partial(build_entrees, vue))
    for numero in (*([""] if vue.registre.veille else []), *touched):
        yield Produit(feed_path(numero), partial(_written, portail, partial(_feed, vue, numero, site, entries), feed_bytes))


def _feed(vue: Vue, numero: str, site: str, entries: Callable[[], dict[str, EntreeFlux]]) -> Flux:
    """Return a feed made of entries that all feeds share, built when the first of them is asked for."""
    return build_flux(vue, numero, site, entries())


def _copies(portail: Portail, vue: Vue) -> Iterator[Produit]:
    for chemin, make in copies(portail, vue):
        yield Produit(chemin, make)


def _written(portail: Portail, build: Callable[[], T], write: Callable[[T], bytes]) -> bytes:
    """Return a view as a file, written again only when what it shows changed, or what writes it."""
    view = build()
    key = key_of((repr(view).encode(), write.__module__.encode(), tools()))
    return kept(portail.project / FOLDER, key, partial(write, view))
