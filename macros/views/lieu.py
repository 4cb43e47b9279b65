"""Where a session is held, in the words of every document and calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from macros.models.conseil import Conseil


def place(conseil: Conseil) -> str:
    """Return where the session is held: the room, the video conference, or both; nothing when the record does not say."""
    distant = {"visio": "Visioconférence", "mixte": "visioconférence" if conseil.lieu else "En présence et en visioconférence"}
    parts = [conseil.lieu or "", distant.get(conseil.modalite, "")]
    if conseil.modalite == "visio":
        parts.reverse()
    return (" et " if conseil.modalite == "mixte" else ", ").join(filter(None, parts))
