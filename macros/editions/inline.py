"""Which inline code a built page may run, as the hashes a content security policy understands; the media type of a file."""

from __future__ import annotations

import base64
import re
from hashlib import sha256
from html import unescape
from mimetypes import MimeTypes
from typing import TYPE_CHECKING, Final

from macros.views.medias import TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable

# Quoted values first: a `>` inside one does not end the tag.
_ATTRIBUTES = rb"((?:[^>\"']|\"[^\"]*\"|'[^']*')*)"
_SCRIPT = re.compile(rb"<script\b" + _ATTRIBUTES + rb">(.*?)</script", re.IGNORECASE | re.DOTALL)
_STYLE = re.compile(rb"<style\b" + _ATTRIBUTES + rb">(.*?)</style", re.IGNORECASE | re.DOTALL)
_STYLED = re.compile(rb"\sstyle=(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_NOT_RUN = re.compile(rb"\bsrc\s*=|type\s*=\s*[\"']?application/(?:ld\+)?json", re.IGNORECASE)

# The system's own table would make the same site differ from one machine to another.
_TYPES: Final = MimeTypes(filenames=())
_OF_SITES: Final = {
    ".gz": "application/gzip",
    ".js": "text/javascript",
    ".map": "application/json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
    ".yml": "text/plain",
}
"""Files of a site that neither the portal nor people make; theirs are told in `medias`."""
_TEXTUAL: Final = ("application/json", "application/xml", "application/atom+xml", "image/svg+xml")


def inline_scripts(page: bytes) -> list[str]:
    """Return the SHA-256, in base64, of each script written inside a page, each once, in order."""
    return _hashes(body for attributes, body in _SCRIPT.findall(page) if body and not _NOT_RUN.search(attributes))


def inline_styles(page: bytes) -> list[str]:
    """Return the same of each style sheet and each `style` attribute written inside a page."""
    return _hashes([body for _, body in _STYLE.findall(page)] + [_decoded(double or single) for double, single in _STYLED.findall(page)])


def _decoded(attribute: bytes) -> bytes:
    return unescape(attribute.decode("utf-8", "replace")).encode() if b"&" in attribute else attribute


def _hashes(texts: Iterable[bytes]) -> list[str]:
    # A browser reads every line ending as one character.
    plain = dict.fromkeys(text.replace(b"\r\n", b"\n").replace(b"\r", b"\n") for text in texts)
    return [base64.b64encode(sha256(text).digest()).decode() for text in plain]


def media_type(name: str) -> str:
    """Return the media type of a file by the end of its name, with its encoding when it is text."""
    suffix = f".{name.rpartition('.')[2].lower()}" if "." in name else ""
    found = (
        _OF_SITES.get(suffix) or TYPES.get(suffix, "").partition(";")[0] or _TYPES.guess_type(f"x{suffix}")[0] or "application/octet-stream"
    )
    return f"{found}; charset=utf-8" if found.startswith("text/") or found in _TEXTUAL else found
