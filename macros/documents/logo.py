"""The logo of the organisation: an image below `docs/`, named by `organisme.yml`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from macros.models.organisme import Organisme

SUFFIXES = (".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif")
LARGEST = 1_000_000
"""Bytes of a logo: every document holds it whole."""


def read_logo(project: Path, organisme: Organisme) -> bytes | None:
    """Return the image that `organisme.logo` names; None when there is none, or none that documents can hold."""
    if not organisme.logo or not organisme.logo.lower().endswith(SUFFIXES):
        return None
    folder = os.path.realpath(project / "docs")
    path = Path(os.path.realpath(f"{folder}/{organisme.logo}"))
    try:
        return path.read_bytes() if path.is_relative_to(folder) and path.stat().st_size <= LARGEST else None
    except OSError:
        return None
