"""Who is invited to a new session: the members of the sessions it follows, each seat once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.models.seance import Presence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from macros.models.conseil import Conseil
    from macros.models.seance import Participant


@dataclass(frozen=True)
class Taken:
    """What a new session takes from an earlier one: the seats that no other brought, and how many guests it does not."""

    conseil: Conseil
    seats: tuple[Participant, ...]
    guests: int


def invite_again(conseils: Iterable[Conseil]) -> list[Taken]:
    """Return the members of each session that those before it in `conseils` did not bring.

    Guests are invited anew. Two equal seats of one session are two seats;
    across sessions a seat is known by function, college and organisation,
    unless two different persons hold it.
    """
    taken: list[Taken] = []
    for conseil in conseils:
        others = [seat for earlier in taken for seat in earlier.seats]
        members = [seat for seat in conseil.participants if seat.presence is not Presence.INVITE]
        new = tuple(seat for seat in members if not _met(seat, others))
        taken.append(Taken(conseil, new, len(conseil.participants) - len(members)))
    return taken


def _met(seat: Participant, others: list[Participant]) -> bool:
    """Tell whether a seat is one of `others`, which is then used up."""
    for index, other in enumerate(others):
        if _place(seat) == _place(other) and len({seat.personne, other.personne} - {None}) < 2:  # noqa: PLR2004 - two persons
            del others[index]
            return True
    return False


def _place(seat: Participant) -> tuple[str, str, str]:
    return seat.fonction.casefold(), seat.college.casefold(), (seat.organisation or "").casefold()
