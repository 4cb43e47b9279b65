"""Evidence in a trace: what it is, its whole fingerprint, and where its document is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.records.audience import Masque
from macros.records.copies import is_kept_back
from macros.views.parts import Pastille, Reference, page_address
from macros.views.pieces import versions
from macros.views.preuves import state_pill

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from macros.models.preuve import Preuve, Revision
    from macros.views.context import Vue
    from macros.views.pieces import Version

_ON_REQUEST = "nomme des personnes\u00a0: montré sur demande"


@dataclass(frozen=True)
class PieceTrace:
    """One proof: `ouvrir` leads to its copy; `lieu` says where its document is, or why it is not copied; `empreinte` is whole."""

    fiche: Reference
    titre: str
    jour: date
    pastille: Pastille
    empreinte: str
    ouvrir: tuple[Reference, ...]
    lieu: str


def piece(vue: Vue, preuve: Preuve) -> PieceTrace:
    """Return one proof, in its current version."""
    latest, told = preuve.latest(), versions(vue, preuve)
    return PieceTrace(
        fiche=Reference(preuve.id, page_address("preuves", preuve.id)),
        titre=preuve.titre,
        jour=preuve.date,
        pastille=state_pill(vue, preuve),
        empreinte=fingerprint(vue, latest) if latest else "",
        ouvrir=told[0].ouvrir if told else (),
        lieu=_place(vue, preuve, told[0]) if told else "document absent",
    )


def pieces(vue: Vue, identifiers: Iterable[str | None]) -> tuple[PieceTrace, ...]:
    """Return the proofs this audience has among those named, each once, in the order given."""
    named = dict.fromkeys(each for each in identifiers if each and not isinstance(each, Masque))
    known = vue.registre.preuves
    return tuple(piece(vue, known[each]) for each in named if each in known)


def fingerprint(vue: Vue, revision: Revision) -> str:
    """Return the fingerprint noted for a version, else that of its document when it is filed here."""
    return revision.sha256 or vue.registre.empreintes.get(revision.fichier or "") or ""


def _place(vue: Vue, preuve: Preuve, version: Version) -> str:
    """Return where the document of a version is, when no link opens it."""
    if not version.emplacement:
        return version.mention
    kept = f"gardé hors du portail\u00a0: {version.emplacement}"
    return f"{kept}\u202f; {_ON_REQUEST}" if is_kept_back(preuve, vue.audience) else f"{kept}\u202f; montré sur demande"
