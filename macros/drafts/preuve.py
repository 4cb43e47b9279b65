"""A new piece of evidence, or a new version of one: where its document goes, what its record says, which session cites it."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from macros.models.derivation import plain
from macros.models.preuve import TypePreuve

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from macros.models.conseil import Conseil
    from macros.models.preuve import Preuve
    from macros.records.registre import Registre

_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")
_RECORDS = (".yml", ".yaml")


class Piece(StrEnum):
    """What a document is to a session."""

    CONVOCATION = "convocation"
    ORDRE_DU_JOUR = "ordre_du_jour"
    EMARGEMENT = "emargement"
    PV = "pv"

    def type_preuve(self) -> TypePreuve:
        """Return the type of the evidence."""
        return TypePreuve.PV_CP if self is Piece.PV else TypePreuve(self.value)

    def is_sent(self) -> bool:
        """Tell whether its day is that of a sending, before the session."""
        return self in (Piece.CONVOCATION, Piece.ORDRE_DU_JOUR)


def document_name(identifier: str, numero: int, suffix: str) -> str:
    """Return where a version is filed below `data/preuves/`: `2026/PR-2026-031-r1.pdf`. A document in YAML must not pass for a record."""
    ending = suffix.lower() if _SUFFIX.fullmatch(suffix.lower()) else ""
    return f"{identifier.split('-')[1]}/{identifier}-r{numero}{ending}{'.txt' if ending in _RECORDS else ''}"


def revision(numero: int, day: date | str, place: Mapping[str, str], sha256: str | None, observation: str | None) -> dict[str, Any]:
    """Return one version as plain data; `place` is its `fichier` or its `emplacement`."""
    return {"numero": numero, "date": day, **place, "sha256": sha256, "observation": observation}


def next_version(preuve: Preuve) -> int:
    """Return the number of the version to come."""
    latest = preuve.latest()
    return latest.numero + 1 if latest else 1


def with_version(preuve: Preuve, new: Mapping[str, Any]) -> dict[str, Any]:
    """Return the keys of an evidence record to replace when a version is added."""
    return {"revisions": [*(plain(preuve.revisions) or []), dict(new)]}


def same_document(registre: Registre, sha256: str) -> list[str]:
    """Return the evidence that already has a document of this fingerprint, in any version."""
    return sorted(
        identifier
        for identifier, preuve in registre.preuves.items()
        if any(sha256 in (version.sha256, registre.empreintes.get(version.fichier or "")) for version in preuve.revisions)
    )


def cited_by(conseil: Conseil, piece: Piece, numero: str) -> str | None:
    """Return the evidence that a session already cites in this part, or None."""
    if piece is Piece.PV:
        minutes = conseil.minutes_of(numero)
        return minutes.preuve if minutes else None
    part = getattr(conseil, piece.value)
    return part.preuve if part else None


def day_stated(conseil: Conseil, piece: Piece) -> date | None:
    """Return the day of a document as its session tells it: of the sending when it is noted, of the session for what is made there."""
    if piece is Piece.CONVOCATION:
        return conseil.convocation.date
    return conseil.ordre_du_jour.date if piece is Piece.ORDRE_DU_JOUR else conseil.date


def citation(conseil: Conseil, piece: Piece, numero: str, identifier: str, day: str) -> dict[str, Any]:
    """Return the keys of a session to replace so that it cites evidence `identifier`; what it already says stays.

    A convocation or an agenda not yet dated takes the day of the document,
    and a planned session that was convened says so.
    """
    if piece is Piece.PV:
        minutes = plain(conseil.pv) or []
        if all(pv["certification"] != numero for pv in minutes):
            minutes.append({"certification": numero, "etat": "projet"})
        return {"pv": [{**pv, "preuve": identifier} if pv["certification"] == numero else pv for pv in minutes]}
    if piece is Piece.EMARGEMENT:
        mode = "connexion" if conseil.modalite == "visio" else "signature"
        return {"emargement": {"mode": mode, **(plain(conseil.emargement) or {}), "preuve": identifier}}
    stated = {"date": day, **(plain(getattr(conseil, piece.value)) or {}), "preuve": identifier}
    ordered = {key: stated[key] for key in ("date", "moyen", "preuve", "points") if key in stated}
    convened = piece is Piece.CONVOCATION and conseil.statut.value == "planifie"
    return {**({"statut": "convoque"} if convened else {}), piece.value: ordered}
