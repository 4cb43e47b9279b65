"""The content security policy of built pages: own files only, and the inline scripts that these very pages hold, by hash."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

from macros.editions.inline import inline_scripts

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

OWN = (
    "default-src 'self'",
    # The icons of the theme are images inside its style sheet.
    "img-src 'self' data:",
    "style-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
)
PDF = "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
"""For PDF files: nothing may frame them, and the browser's own reader stays free to show them."""


def source_hash(text: str) -> str:
    """Return the `'sha256-…'` source that names an inline script or style."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def page_policy(folders: Iterable[Path]) -> str:
    """Return the policy for every page below some folders; it names each inline script they hold now, no other runs.

    Same pages, same policy: the hashes are sorted.
    """
    pages = (page for folder in folders for page in folder.rglob("*.html") if page.is_file())
    hashes = {digest for page in pages for digest in inline_scripts(page.read_bytes())}
    return "; ".join((*OWN, " ".join(("script-src 'self'", *(f"'sha256-{digest}'" for digest in sorted(hashes))))))


def error_policy(style: str) -> str:
    """Return the policy of a page that holds one style and asks for nothing."""
    return f"default-src 'none'; style-src {source_hash(style)}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
