"""What each file beside the pages is, by the end of its name."""

from __future__ import annotations

from pathlib import PurePosixPath

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


def type_of_copy(name: str) -> str:
    """Return what the copy of a document of evidence is."""
    suffix = PurePosixPath(name).suffix
    return TYPES.get(suffix) or _OF_COPIES.get(suffix, "application/octet-stream")
