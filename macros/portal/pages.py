"""Pages and files that exist: what is generated from records, and which hand-written pages an audience may see."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from macros import messages
from macros.models.base import Visibilite
from macros.problems import DataError, Problem
from macros.records.reading import read_bytes
from macros.views.aide import documented_models

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from macros.portal.state import Portail

ERROR_STUB = "---\nhide: [navigation, toc]\n---\n\n{{ page_erreurs() }}\n"
_LINK_TARGET = re.compile(
    r"""\]\(\s*<?(?P<markdown>[^)\s>]+)"""
    r"""|^\s*\[[^\]]+\]:\s*<?(?P<reference>[^\s>]+)"""
    r"""|(?:src|href)\s*=\s*["']?(?P<html>[^"'\s>]+)""",
    re.MULTILINE,
)
PAGE_PAR_DEFAUT = Visibilite.INTERNE
"""A hand-written page without `visibilite` stays inside the organisation."""


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
    found = [Fichier(f"certifications/{numero}.md", _stub("fiche_certification", numero)) for numero in portail.vue.registre.certifications]
    found += [Fichier(f"aide/fiches/{name}.md", _stub("aide_collection", name, "navigation, toc")) for name in documented_models()]
    return tuple(sorted(found, key=lambda fichier: fichier.chemin))


def _stub(macro: str, identifier: str, hidden: str = "navigation") -> str:
    return f'---\nhide: [{hidden}]\n---\n\n{{{{ {macro}("{identifier}") }}}}\n'


def _addresses_in_error(project: Path) -> set[str]:
    """Return every address a reader may be looking at, from file names only: records cannot be trusted."""
    pages = {path.relative_to(project / "docs").as_posix() for path in (project / "docs").rglob("*.md")}
    pages |= {f"certifications/{path.stem}.md" for path in (project / "data" / "certifications").rglob("*.yml")}
    return pages | {"index.md"} | {f"aide/fiches/{name}.md" for name in documented_models()}


def hidden_sources(project: Path, audience: Visibilite, sources: Iterable[str]) -> set[str]:
    """Return the hand-written files of `docs/` that `audience` may not see.

    `sources` are paths below `docs/`. A page is as visible as its front
    matter says, `interne` by default. A file outside `assets/` (a picture, a
    PDF) is visible when a visible page names it. Raises `DataError` for an
    unreadable front matter.
    """
    known = sorted(sources)
    pages = [source for source in known if source.endswith(".md")]
    problems: list[Problem] = []
    hidden = {page for page in pages if not audience.includes(_page_visibility(project, page, problems))}
    if problems:
        raise DataError(problems)
    if audience is Visibilite.INTERNE:
        return hidden
    named = {target for page in pages if page not in hidden for target in _targets(project, page)}
    files = {source for source in known if not source.endswith(".md") and not source.startswith("assets/")}
    return hidden | (files - named)


def _targets(project: Path, page: str) -> Iterator[str]:
    """Yield each file of `docs/` that a page links to or shows: in Markdown, from its folder; in HTML, from its address."""
    text = (project / "docs" / page).read_text("utf-8")
    folder = posixpath.dirname(page)
    for found in _LINK_TARGET.finditer(text):
        target = unquote(found["markdown"] or found["reference"] or found["html"]).split("#")[0].split("?")[0]
        for start in (folder, page.removesuffix(".md").removesuffix("index")):
            yield posixpath.normpath(posixpath.join(start, target)) if not target.startswith("/") else posixpath.normpath(target[1:])


def _page_visibility(project: Path, page: str, problems: list[Problem]) -> Visibilite:
    raw = (project / "docs" / page).read_bytes()
    front = _front_matter(raw)
    if front is None:
        return PAGE_PAR_DEFAUT
    document = read_bytes(front, f"docs/{page}")
    value = (document.data or {}).get("visibilite") or PAGE_PAR_DEFAUT.value
    if document.problems or value not in list(Visibilite):
        problems.extend(document.problems or (Problem(f"docs/{page}", 1, 1, "visibilite", messages.page_visibility(value)),))
        return PAGE_PAR_DEFAUT
    return Visibilite(value)


def _front_matter(raw: bytes) -> bytes | None:
    """Return the YAML between the first two `---` lines, with its line numbers kept; None when there is none."""
    lines = raw.removeprefix(b"\xef\xbb\xbf").splitlines()
    if not lines or lines[0].rstrip() != b"---":
        return None
    end = next((index for index, line in enumerate(lines[1:], 1) if line.rstrip() in (b"---", b"...")), None)
    body = lines[1:end] if end else []
    written = any(line.strip() and not line.lstrip().startswith(b"#") for line in body)
    return b"\n" + b"\n".join(body) if written else None


def prune_navigation(nav: list[Any] | None, hidden: set[str]) -> list[Any] | None:
    """Return a MkDocs navigation without hidden pages nor sections left empty."""
    return None if nav is None else list(_prune(nav, hidden))


def _prune(items: list[Any], hidden: set[str]) -> Iterator[Any]:
    for item in items:
        title, target = next(iter(item.items())) if isinstance(item, dict) else (None, item)
        if isinstance(target, list):
            kept = list(_prune(target, hidden))
            if kept:
                yield {title: kept}
        elif target not in hidden:
            yield item


def sources_of(project: Path) -> list[str]:
    """Return every file below `docs/`, as paths relative to it."""
    root = project / "docs"
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())
