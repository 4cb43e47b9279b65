"""Where the site is published, as `mkdocs.yml` says it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_SITE_URL = re.compile(r"""^site_url:[ \t]*["']?(https?://[^\s"'<>]+)""", re.MULTILINE)


def site_address(project: Path) -> str:
    """Return the address of the published site, with a final slash, or nothing when nobody stated it.

    Read without any site engine, since files are made without one: a key at
    the start of a line. A value that only an engine can compute counts as none.
    """
    try:
        text = (project / "mkdocs.yml").read_text("utf-8", errors="replace")
    except OSError:
        return ""
    found = _SITE_URL.search(text)
    return f"{found[1].rstrip('/')}/" if found else ""
