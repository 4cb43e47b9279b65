"""Pages and files written by hand in `docs/`: which ones an audience may see."""

from __future__ import annotations

import codecs
import posixpath
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from macros import messages
from macros.models.base import Visibilite
from macros.problems import DataError, Problem
from macros.records.reading import read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_LINK_TARGET = re.compile(
    r"""\]\(\s*<?(?P<markdown>[^)\s>]+)"""
    r"""|^\s*\[[^\]]+\]:\s*<?(?P<reference>[^\s>]+)"""
    r"""|(?:src|href)\s*=\s*["']?(?P<html>[^"'\s>]+)""",
    re.MULTILINE,
)
_NOT_SHOWN = re.compile(r"<!--.*?-->|^(?:```|~~~).*?^(?:```|~~~)\s*$|`[^`\n]*`", re.DOTALL | re.MULTILINE)
_PAGES = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")
_DRESSING = (".css", ".js", ".woff2", ".woff", ".svg", ".ico", ".png", ".jpg", ".jpeg", ".webp", ".gif", ".txt")
"""What `docs/assets/` may hold for every page; anything else there is visible only when a visible page names it."""
PAGE_PAR_DEFAUT = Visibilite.INTERNE
"""A hand-written page without `visibilite` stays inside the organisation."""


def hidden_sources(project: Path, audience: Visibilite, sources: Iterable[str]) -> set[str]:
    """Return the hand-written files of `docs/` that `audience` may not see.

    `sources` are paths below `docs/`. A page is as visible as its front
    matter says, `interne` by default. A file outside `assets/` (a picture, a
    PDF) is visible when a visible page names it. Raises `DataError` for an
    unreadable front matter.
    """
    known = sorted(sources)
    pages = [source for source in known if is_page(source)]
    problems: list[Problem] = []
    texts = {page: _read(project, page, problems) for page in pages}
    hidden = {page for page in pages if not audience.includes(_page_visibility(page, texts[page], problems))}
    if problems:
        raise DataError(problems)
    if audience is Visibilite.INTERNE:
        return hidden
    named = {target for page in pages if page not in hidden for target in _targets(page, texts[page])}
    files = {source for source in known if not is_page(source) and not _is_dressing(source)}
    return hidden | (files - named)


def is_page(source: str) -> bool:
    """Tell whether the engine takes a file for a page."""
    return source.lower().endswith(_PAGES)


def _is_dressing(source: str) -> bool:
    """Tell whether a file is part of how every page looks."""
    return source.startswith("assets/") and source.lower().endswith(_DRESSING)


def _read(project: Path, page: str, problems: list[Problem]) -> str:
    raw = (project / "docs" / page).read_bytes().removeprefix(codecs.BOM_UTF8)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        problems.append(Problem(f"docs/{page}", line, 1, "encodage", messages.unreadable_encoding(error.start + 1)))
        return ""


def _targets(page: str, text: str) -> Iterator[str]:
    """Yield each file of `docs/` that a page links to or shows: in Markdown, from its folder; in HTML, from its address.

    A name inside a comment or a piece of code shows nothing.
    """
    folder = posixpath.dirname(page)
    for found in _LINK_TARGET.finditer(_NOT_SHOWN.sub("", text)):
        target = unquote(found["markdown"] or found["reference"] or found["html"]).split("#")[0].split("?")[0]
        for start in (folder, posixpath.splitext(page)[0].removesuffix("index")):
            yield posixpath.normpath(posixpath.join(start, target)) if not target.startswith("/") else posixpath.normpath(target[1:])


def _page_visibility(page: str, text: str, problems: list[Problem]) -> Visibilite:
    front = _front_matter(text.encode())
    if front is None:
        return PAGE_PAR_DEFAUT
    document = read_bytes(front, f"docs/{page}")
    data = document.data or {}
    value = data.get("visibilite") or PAGE_PAR_DEFAUT.value
    mistyped = next((key for key in data if key != "visibilite" and messages.nearest(key, ["visibilite"])), None)
    if mistyped is not None:
        line, column = document.marks.find((mistyped,), key=True)
        problems.append(
            Problem(f"docs/{page}", line, column, "cle-inconnue", messages.unknown_key(mistyped, ["visibilite"]), champ=mistyped)
        )
        return PAGE_PAR_DEFAUT
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


def sources_of(project: Path) -> list[str]:
    """Return every file below `docs/`, as paths relative to it."""
    root = project / "docs"
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())
