"""What checks on conseils share: which sessions they judge, on which day, and how a constat on one is stated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from macros.checks.finding import finding
from macros.models.conseil import Regime

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from macros.checks.histories import Histories
    from macros.models.conseil import Conseil
    from macros.models.constat import Constat, Niveau


def is_ours(conseil: Conseil) -> bool:
    """Tell whether the session follows the practice of a certificateur: that of a CFA or of a university is another matter."""
    return conseil.regime is Regime.CERTIFICATEUR


def took_place(conseil: Conseil, context: Histories) -> bool:
    """Tell whether a session under our rules was held, by today: one said held in the future is a mistake told once."""
    return is_ours(conseil) and conseil.is_held() and conseil.date <= context.today


def is_coming(conseil: Conseil, context: Histories) -> bool:
    """Tell whether a session under our rules is still to be held."""
    return is_ours(conseil) and conseil.is_coming(context.today)


def on_session(
    conseil: Conseil,
    code: str,
    niveau: Niveau,
    champ: str,
    message: str,
    remede: str,
    *,
    certifications: Collection[str] | None = None,
    echeance: date | None = None,
) -> Constat:
    """Return a constat on a session, judged by the requirements of its day and followed from that day, or from the deadline it gave."""
    return finding(
        conseil, code, niveau, champ, message, remede,
        certifications=certifications, echeance=echeance or conseil.date, juge_le=conseil.date,
    )  # fmt: skip
