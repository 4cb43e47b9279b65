"""What a server says each file beside the pages is."""

from __future__ import annotations

from pathlib import PurePosixPath

from macros.views.medias import TYPES, type_of_copy
from macros.views.pieces import is_copy

__all__ = ["TYPES", "content_type"]


def content_type(chemin: str) -> str:
    """Return what the file at `chemin` is, from the root of the site; nothing when no product has such a path."""
    return type_of_copy(chemin) if is_copy(chemin) else TYPES.get(PurePosixPath(chemin).suffix, "")
