"""What a server says each file beside the pages is."""

from __future__ import annotations

from pathlib import PurePosixPath

from macros.views.pieces import is_copy

TYPES = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".ics": "text/calendar; charset=utf-8",
    ".atom": "application/atom+xml; charset=utf-8",
    ".json": "application/json",
}
"""Files that the portal makes."""
_OF_COPIES = {
    ".csv": "text/csv; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".zip": "application/zip",
}
"""Usual documents of evidence that it does not make; any other is bytes, which no browser interprets."""


def content_type(chemin: str) -> str:
    """Return what the file at `chemin` is, from the root of the site; nothing when no product has such a path."""
    suffix = PurePosixPath(chemin).suffix
    if is_copy(chemin):
        return TYPES.get(suffix) or _OF_COPIES.get(suffix, "application/octet-stream")
    return TYPES.get(suffix, "")
