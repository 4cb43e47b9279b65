"""Pages that exist: what is generated from records, and the navigation of what an audience may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from macros.french import format_date, typography
from macros.portal.sources import is_page, sources_of
from macros.portal.state import FIRST_PAGE
from macros.views.aide import documented_models
from macros.views.decisions import has_requirements_page
from macros.views.dossier.trace import has_trace
from macros.views.journal import collections_told, has_journal
from macros.views.partenaires import has_partners_page
from macros.views.renouvellement.acces import has_review
from macros.views.tables import has_tables

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from pathlib import Path

    from macros.portal.state import Portail
    from macros.views.context import Vue

ERROR_STUB = "---\nhide: [navigation, toc]\n---\n\n{{ page_erreurs() }}\n"


PAGES = {
    "certifications": "fiche_certification",
    "conseils": "fiche_conseil",
    "partenaires": "fiche_partenaire",
    "cep": "fiche_recommandation",
}
"""Collections whose records have a page each, and the macro that makes it."""


@dataclass(frozen=True)
class SousPage:
    """A second page of some records of a collection: the end of its address, the macro that makes it, which records have one."""

    collection: str
    nom: str
    macro: str
    existe: Callable[[Vue, str], bool]
    cherchee: bool = True
    """Whether the search of the site looks into it."""


SOUS_PAGES = (
    SousPage("certifications", "renouvellement", "revue_renouvellement", has_review),
    SousPage("certifications", "partenaires", "fiche_partenaires", has_partners_page),
    SousPage("certifications", "exigences", "fiche_exigences", has_requirements_page),
    SousPage("certifications", "trace", "trace_certification", has_trace, cherchee=False),
    SousPage("certifications", "tables", "fiche_tables", has_tables),
    SousPage("certifications", "journal", "fiche_journal", has_journal, cherchee=False),
)
"""Pages below that of a record, for what would make it too long."""


@dataclass(frozen=True)
class Fichier:
    """A generated file: its path below the documentation folder, POSIX style, and its content."""

    chemin: str
    contenu: str


def fichiers(portail: Portail) -> tuple[Fichier, ...]:
    """Return every generated page for the audience of `portail`, in path order.

    A page holds an id and one macro call, never the text of a record: the
    engine renders page bodies as templates. While data has errors, every
    address shows the page of errors.
    """
    if portail.vue is None:
        return tuple(Fichier(path, ERROR_STUB) for path in sorted(_addresses_in_error(portail.project)))
    records = portail.vue.registre.records
    found = [Fichier(f"{name}/{identifier}.md", _stub(macro, identifier)) for name, macro in PAGES.items() for identifier in records[name]]
    found += [
        Fichier(f"{page.collection}/{identifier}/{page.nom}.md", _stub(page.macro, identifier, cherchee=page.cherchee))
        for page in SOUS_PAGES
        for identifier in records[page.collection]
        if page.existe(portail.vue, identifier)
    ]
    if portail.vue.remise:
        found.append(Fichier(FIRST_PAGE, "---\nhide: [navigation, toc]\n---\n\n{{ entree_dossier() }}\n"))
    found += [Fichier(f"journal/{name}.md", _stub("journal_collection", name, cherchee=False)) for name in collections_told(portail.vue)]
    found += [Fichier(f"aide/fiches/{name}.md", _stub("aide_collection", name, "navigation, toc")) for name in documented_models()]
    return tuple(sorted(found, key=lambda fichier: fichier.chemin))


def _stub(macro: str, identifier: str, hidden: str = "navigation", *, cherchee: bool = True) -> str:
    search = "" if cherchee else "search:\n  exclude: true\n"
    return f'---\nhide: [{hidden}]\n{search}---\n\n{{{{ {macro}("{identifier}") }}}}\n'


def _addresses_in_error(project: Path) -> set[str]:
    """Return every address a reader may be looking at, from file names only: records cannot be trusted."""
    pages = {source for source in sources_of(project) if is_page(source)}
    pages |= {f"{name}/{path.stem}.md" for name in PAGES for path in (project / "data" / name).rglob("*.yml")}
    below = ((page, path) for page in SOUS_PAGES for path in (project / "data" / page.collection).rglob("*.yml"))
    pages |= {f"{page.collection}/{path.stem}/{page.nom}.md" for page, path in below}
    return pages | {"index.md"} | {f"aide/fiches/{name}.md" for name in documented_models()}


def prune_navigation(nav: list[Any] | None, hidden: Collection[str]) -> list[Any] | None:
    """Return a MkDocs navigation without hidden pages nor sections left empty."""
    return None if nav is None else list(_prune(nav, hidden))


def _prune(items: list[Any], hidden: Collection[str]) -> Iterator[Any]:
    for item in items:
        title, target = next(iter(item.items())) if isinstance(item, dict) else (None, item)
        if isinstance(target, list):
            kept = list(_prune(target, hidden))
            if kept:
                yield {title: kept}
        elif target not in hidden:
            yield item


def extra_of(vue: Vue, extra: dict[str, Any], edition: dict[str, str]) -> dict[str, Any]:
    """Return what the theme shows on every page, added to what the configuration states; of an edition, which one, and its selector."""
    shown = {**extra, "portail": site_facts(vue, extra.get("portail") or {}, edition)}
    return shown | ({"version": {"provider": "mike", "default": "courante"}} if edition else {})


def site_facts(vue: Vue, stated: dict[str, Any], edition: dict[str, str] | None = None) -> dict[str, Any]:
    """Return what the theme shows on every page, added to what the configuration states; of an edition, its name and its title."""
    return {
        **stated,
        "organisme": vue.registre.organisme.denomination,
        "demonstration": vue.is_demonstration,
        "audience": vue.audience.value,
        "edition": edition or {},
        "dossier": _remise(vue),
        "date_reference": format_date(vue.today),
    }


def _remise(vue: Vue) -> dict[str, str]:
    """Return what every page of a dossier says of it."""
    made = vue.remise
    return {"id": made.dossier, "pour": made.pour, "expire": format_date(made.expire)} if made else {}


def long_forms(portail: Portail) -> dict[str, str]:
    """Return the acronyms that the audience of `portail` reads in the lexique, each with its long form; none while data has errors."""
    lexique = portail.vue.registre.lexique if portail.vue else None
    return {name: typography(long) for name, long in lexique.acronyms().items()} if lexique else {}
