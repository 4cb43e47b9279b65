"""Documents of evidence as readers open them: where the copy is, how it is offered, or why it is not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from macros.french import format_size
from macros.records.copies import copy_name, is_kept_back, is_whole, leaves
from macros.views.parts import Reference

if TYPE_CHECKING:
    from datetime import date

    from macros.models.preuve import Preuve, Revision
    from macros.views.context import Vue

_FOLDER = "preuves"
_COPY = re.compile(r"preuves/PR-[0-9]{4}-[0-9]+/r[0-9]+(\.[a-z0-9]+)?")
_KINDS = {
    ".pdf": "PDF",
    **dict.fromkeys((".txt", ".odt", ".rtf"), "texte"),
    **dict.fromkeys((".csv", ".xlsx", ".xls", ".ods"), "tableur"),
    **dict.fromkeys((".doc", ".docx"), "Word"),
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".webp"), "image"),
    **dict.fromkeys((".ppt", ".pptx", ".odp"), "diaporama"),
    ".zip": "archive",
    "": "fichier",
}
"""What people call usual kinds of documents; the others are told by their letters."""


@dataclass(frozen=True)
class Version:
    """One version of a document: `ouvrir` leads to its copy, `mention` says why there is none, `chemin` where the organisation filed it."""

    numero: int
    date: date
    fichier: str | None
    emplacement: str | None
    sha256: str | None
    observation: str | None
    chemin: str
    ouvrir: tuple[Reference, ...]
    mention: str


def is_copy(chemin: str) -> bool:
    """Tell whether an address, from the root of the site, is that of a copy."""
    return _COPY.fullmatch(chemin) is not None


def copy_path(vue: Vue, preuve: Preuve, revision: Revision) -> str:
    """Return the address of the copy of a version, from the root of the site; nothing when it is not copied for this audience."""
    if not (revision.fichier and leaves(vue.registre, preuve, revision, vue.audience)):
        return ""
    return f"{_FOLDER}/{copy_name(preuve.id, revision.numero, revision.fichier)}"


def opened(vue: Vue, preuve: Preuve | None, revision: Revision | None = None) -> tuple[Reference, ...]:
    """Return the link to the copy of a version, the current one unless stated, with its kind and its size."""
    version = revision or (preuve.latest() if preuve else None)
    path = copy_path(vue, preuve, version) if preuve and version else ""
    if not (path and version):
        return ()
    suffix = PurePosixPath(path).suffix
    kind = _KINDS.get(suffix, suffix)
    return (Reference(f"Ouvrir ({kind}, {format_size(vue.registre.tailles.get(version.fichier or '', 0))})", path),)


def versions(vue: Vue, preuve: Preuve) -> tuple[Version, ...]:
    """Return every version of a document, latest first."""
    return tuple(_version(vue, preuve, revision) for revision in reversed(preuve.revisions))


def _version(vue: Vue, preuve: Preuve, revision: Revision) -> Version:
    return Version(
        revision.numero,
        revision.date,
        revision.fichier,
        revision.emplacement,
        revision.sha256,
        revision.observation,
        chemin=f"data/preuves/{revision.fichier}" if revision.fichier and vue.shows_constats() else "",
        ouvrir=opened(vue, preuve, revision),
        mention=_why_not(vue, preuve, revision),
    )


def _why_not(vue: Vue, preuve: Preuve, revision: Revision) -> str:
    """Return why a document of the repository cannot be opened here; nothing when it can, or when it is kept elsewhere."""
    if not revision.fichier:
        return ""
    if vue.registre.empreintes.get(revision.fichier) is None:
        return "document absent"
    if not is_whole(vue.registre, revision):
        return "empreinte différente, document non copié"
    return "nomme des personnes\u00a0: montré sur demande" if is_kept_back(preuve, vue.audience) else ""
