"""When and where a session is held, in the words of every document, message and calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from macros.french import format_time

if TYPE_CHECKING:
    from macros.models.conseil import Conseil


def place(conseil: Conseil) -> str:
    """Return where the session is held: the room, the video conference, or both; nothing when the record does not say."""
    distant = {"visio": "Visioconférence", "mixte": "visioconférence" if conseil.lieu else "En présence et en visioconférence"}
    parts = [conseil.lieu or "", distant.get(conseil.modalite, "")]
    if conseil.modalite == "visio":
        parts.reverse()
    return (" et " if conseil.modalite == "mixte" else ", ").join(filter(None, parts))


def hours(conseil: Conseil) -> str:
    """Return `de 14 h 00 à 16 h 30`, or what is known of it; nothing when the record does not say."""
    if conseil.debut and conseil.fin:
        return f"de {format_time(conseil.debut)} à {format_time(conseil.fin)}"
    if conseil.debut:
        return f"à partir de {format_time(conseil.debut)}"
    return f"jusqu’à {format_time(conseil.fin)}" if conseil.fin else ""
