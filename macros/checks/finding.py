"""How a check states a constat on one certification."""

from __future__ import annotations

from typing import TYPE_CHECKING

from macros.models.constat import Constat

if TYPE_CHECKING:
    from datetime import date

    from macros.models.certification import Certification
    from macros.models.constat import Niveau


def finding(  # noqa: PLR0913 - a constat states that much
    certification: Certification,
    code: str,
    niveau: Niveau,
    champ: str,
    message: str,
    remede: str,
    *,
    echeance: date | None = None,
    juge_le: date | None = None,
    a_venir: bool = False,
) -> Constat:
    """Return a constat on field `champ`; `run_checks` adds the check, the requirement and the place in the file."""
    return Constat(
        code, "", niveau, message, remede, "certifications", certification.id, certification.numero, champ,
        echeance=echeance, juge_le=juge_le, a_venir=a_venir,
    )  # fmt: skip
