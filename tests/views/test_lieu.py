"""When and where a session is held, in words: whatever the record says of it, and nothing more."""

from __future__ import annotations

import pytest

from macros.models.conseil import Conseil
from macros.views.lieu import hours, place


def session(**stated: str) -> Conseil:
    """Return a session that states this much."""
    return Conseil.model_validate(
        {"id": "CP-2026-12-NUM", "intitule": "Essai", "date": "2026-12-11", "certifications": ["RNCP12345"], "statut": "planifie", **stated}
    )


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        ({}, ""),
        ({"debut": "14:00", "fin": "16:30"}, "de 14 h 00 à 16 h 30"),
        ({"debut": "14:00"}, "à partir de 14 h 00"),
        ({"fin": "16:30"}, "jusqu’à 16 h 30"),
    ],
)
def test_hours(stated: dict[str, str], said: str) -> None:
    """An end alone is never taken for a beginning."""
    assert hours(session(**stated)).replace("\u00a0", " ") == said


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        ({}, ""),
        ({"lieu": "Lyon"}, "Lyon"),
        ({"modalite": "visio"}, "Visioconférence"),
        ({"modalite": "visio", "lieu": "salle 3"}, "Visioconférence, salle 3"),
        ({"modalite": "mixte"}, "En présence et en visioconférence"),
        ({"modalite": "mixte", "lieu": "Lyon"}, "Lyon et visioconférence"),
    ],
)
def test_place(stated: dict[str, str], said: str) -> None:
    """The room, the video conference, or both."""
    assert place(session(**stated)) == said
