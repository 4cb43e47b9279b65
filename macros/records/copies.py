"""Documents of evidence that leave with the site: which may, and the neutral name each leaves under."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from macros.models.base import Visibilite

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from macros.models.preuve import Preuve, Revision
    from macros.records.registre import Registre

T = TypeVar("T")

_SUFFIX = re.compile(r"\.([a-z0-9]{1,8})$")
_READ_AS_TEXT = frozenset(
    {"md", "markdown", "mdown", "mkdn", "mkd", "html", "htm", "xhtml", "xht", "shtml", "svg", "xml", "js", "mjs", "css"}
)
"""Kinds that a site would show as a page of its own, or run: a document is evidence, never a part of the site."""


def copy_name(preuve: str, numero: int, fichier: str) -> str:
    """Return the neutral name of a version, below the folder of copies: `PR-2026-031/r1.pdf`; the name of a copy stays as it is."""
    found = _SUFFIX.search(fichier.rpartition("/")[2].lower())
    kind = found[1] if found else ""
    suffix = f".{'txt' if kind in _READ_AS_TEXT else kind}" if kind else ""
    return f"{preuve}/r{numero}{suffix}"


def copy_names(preuve: Preuve) -> Iterator[tuple[str, str]]:
    """Yield each document that a proof names below `data/preuves/`, with the neutral name of its copy."""
    for revision in preuve.revisions:
        if revision.fichier:
            yield revision.fichier, copy_name(preuve.id, revision.numero, revision.fichier)


def known_as(preuves: Iterable[Preuve], audience: Visibilite) -> dict[str, str]:
    """Return where each document that this evidence names is filed, by the name its readers know: outside `interne`, that of its copy."""
    names = [pair for preuve in preuves for pair in copy_names(preuve)]
    return {name: name for name, _ in names} if audience is Visibilite.INTERNE else {copy: name for name, copy in names}


def told(found: Mapping[str, T], names: Mapping[str, str]) -> dict[str, T]:
    """Return what is known of documents by the names their readers know, those they do not know left out."""
    return {known: found[name] for known, name in names.items() if name in found}


def renamed(preuve: Preuve) -> Preuve:
    """Return a proof that tells its documents by their neutral names: a name typed by a person may name a person."""

    def neutral(revision: Revision) -> Revision:
        if not revision.fichier:
            return revision
        return revision.model_copy(update={"fichier": copy_name(preuve.id, revision.numero, revision.fichier)})

    return preuve.model_copy(update={"revisions": tuple(map(neutral, preuve.revisions))})


def is_whole(registre: Registre, revision: Revision) -> bool:
    """Tell whether the document of a version is there, and is the one whose fingerprint was noted, if any was."""
    actual = registre.empreintes.get(revision.fichier or "")
    return actual is not None and revision.sha256 in (None, actual)


def is_kept_back(preuve: Preuve, audience: Visibilite) -> bool:
    """Tell whether the documents of a proof stay with the organisation: outside `interne`, those that name persons."""
    return audience is not Visibilite.INTERNE and preuve.names_persons()


def leaves(registre: Registre, preuve: Preuve, revision: Revision, audience: Visibilite) -> bool:
    """Tell whether the document of a version is copied to the site of `audience`, which sees the proof."""
    return is_whole(registre, revision) and not is_kept_back(preuve, audience)
