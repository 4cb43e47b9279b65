"""How a check states a constat on one record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from macros.models.constat import Constat

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from macros.models.base import Record
    from macros.models.constat import Niveau


def finding(  # noqa: PLR0913 - a constat states that much
    record: Record,
    code: str,
    niveau: Niveau,
    champ: str,
    message: str,
    remede: str,
    *,
    certifications: Collection[str] | None = None,
    echeance: date | None = None,
    juge_le: date | None = None,
    a_venir: bool = False,
) -> Constat:
    """Return a constat on field `champ` (`pv.1.etat`); `run_checks` adds the check, the requirement and the place in the file.

    It is about the certifications of the record, unless others are given.
    """
    return Constat(
        code, "", niveau, message, remede, record.collection, record.id, champ,
        certifications=certifications_of(record) if certifications is None else tuple(certifications),
        echeance=echeance, juge_le=juge_le, a_venir=a_venir,
    )  # fmt: skip


def certifications_of(record: Record) -> tuple[str, ...]:
    """Return the certifications a record is about; a certification is about itself."""
    if record.collection == "certifications":
        return (record.id,)
    return tuple(getattr(record, "certifications", ()))
