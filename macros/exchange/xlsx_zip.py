"""Whether a file is a workbook that is safe to open: its envelope is looked at before anything reads what it holds."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING
from zlib import error as ZlibError  # noqa: N812 - an exception

from macros import messages

if TYPE_CHECKING:
    from pathlib import Path

MAX_FILE = 30_000_000
MAX_INSIDE = 300_000_000
MAX_PARTS = 2_000
"""A workbook of 10,000 actions weighs 2 MB, and 30 MB once unpacked."""
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What begins a file of the old format, and an encrypted one of the new."""
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_CHUNK = 1 << 20
_TAIL = 16


def refusal(path: Path) -> tuple[str, str] | None:
    """Return the code and the French sentence of what forbids to open a file as a workbook, or None. Raise `OSError`."""
    size = path.stat().st_size
    if size > MAX_FILE:
        return "classeur-trop-gros", messages.workbook_too_large(MAX_FILE)
    with path.open("rb") as stream:
        if stream.read(len(_OLD)) == _OLD:
            encrypted = _ENCRYPTED in stream.read()
            return ("classeur-protege", messages.workbook_encrypted()) if encrypted else ("classeur-ancien", messages.workbook_old())
    try:
        with zipfile.ZipFile(path) as archive:
            return _inside(archive)
    except (zipfile.BadZipFile, ZlibError, EOFError, NotImplementedError, RuntimeError, ValueError):
        return "classeur-illisible", messages.workbook_unreadable()


def _inside(archive: zipfile.ZipFile) -> tuple[str, str] | None:
    names = {info.filename for info in archive.infolist()}
    if "xl/workbook.xml" not in names and "[Content_Types].xml" not in names:
        return "classeur-illisible", messages.workbook_unreadable()
    if len(names) > MAX_PARTS or sum(info.file_size for info in archive.infolist()) > MAX_INSIDE:
        return "classeur-trop-gros", messages.workbook_too_large(MAX_FILE)
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        return "classeur-macros", messages.workbook_with_macros()
    for info in archive.infolist():
        if info.filename.lower().endswith((".xml", ".rels", ".vml")) and _is_unsafe(archive, info):
            return "classeur-entites", messages.workbook_with_entities()
    return None


def _is_unsafe(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bool:
    """Tell whether a part declares a document type or entities, or is in UTF-16, which would hide them: no spreadsheet does."""
    with archive.open(info) as stream:
        before = b""
        while chunk := stream.read(_CHUNK):
            if not before and b"\x00" in chunk[:4]:
                return True
            text = before + chunk
            if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
                return True
            before = text[-_TAIL:]
    return False
