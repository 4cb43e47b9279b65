"""The content security policy of built pages: own files only, and the inline scripts that these very pages hold, by hash."""

from __future__ import annotations

import base64
import hashlib
from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_RUN = {"", "module", "text/javascript", "application/javascript"}
"""Types of a script that runs; any other type is data, which no policy looks at."""

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


class _Inline(HTMLParser):
    """Collects the text of inline scripts that run."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[str] = []
        self._open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a script without source."""
        values = dict(attrs)
        self._open = tag == "script" and "src" not in values and (values.get("type") or "").strip().lower() in _RUN
        if self._open:
            self.found.append("")

    def handle_data(self, data: str) -> None:
        """Add to the open script."""
        if self._open:
            self.found[-1] += data

    def handle_endtag(self, tag: str) -> None:
        """Close it."""
        self._open = self._open and tag != "script"


def inline_scripts(page: str) -> list[str]:
    """Return the inline scripts of a page, as the browser hashes them: line ends are always those of Unix."""
    reader = _Inline()
    reader.feed(page.replace("\r\n", "\n").replace("\r", "\n"))
    reader.close()
    return reader.found


def source_hash(text: str) -> str:
    """Return the `'sha256-…'` source that names an inline script or style."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def page_policy(folders: Iterable[Path]) -> str:
    """Return the policy for every page below some folders; it names each inline script they hold now, no other runs.

    Same pages, same policy: the hashes are sorted.
    """
    hashes = {
        source_hash(script)
        for folder in folders
        for page in folder.rglob("*.html")
        if page.is_file()
        for script in inline_scripts(page.read_text("utf-8"))
    }
    return "; ".join((*OWN, " ".join(("script-src 'self'", *sorted(hashes)))))


def error_policy(style: str) -> str:
    """Return the policy of a page that holds one style and asks for nothing."""
    return f"default-src 'none'; style-src {source_hash(style)}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
