"""Pages of a built site, rewritten to open from a folder: no address may count on a server that shows `index.html` for a folder."""

from __future__ import annotations

import html
import json
import posixpath
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit, urlunsplit

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Set as AbstractSet

_SKIPPED = r"<!--.*?-->|<script\b[^>]*>.*?</script\s*>|<style\b[^>]*>.*?</style\s*>"
_TAG = re.compile(rf"""({_SKIPPED})|<[a-zA-Z](?:"[^"]*"|'[^']*'|[^>"'])*>""", re.DOTALL)
_ADDRESS = re.compile(r"""(\s(?:href|src|action|data)\s*=\s*)(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_SCRIPT = re.compile(r"<script\b[^>]*>", re.IGNORECASE)
_CONFIG = re.compile(r'(<script id="?__config"? type="?application/json"?>)(.*?)(</script>)', re.DOTALL)
_BUNDLE = re.compile(r"""<script src=["']?([^"'> ]*?)assets/javascripts/bundle\.[^>]*></script>""")


def to_file(address: str, page: str, files: AbstractSet[str]) -> str:
    """Return an address of a page so that it names a file; both are below the same root, `files` holds what exists there.

    Addresses of other sites, of this very page and of what does not exist are returned as they came.
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    if parts.scheme or parts.netloc or not parts.path:
        return address
    folder = posixpath.dirname(page)
    path = unquote(parts.path)
    target = posixpath.normpath(posixpath.join(folder, path) if not path.startswith("/") else path.lstrip("/") or ".")
    inside = "" if target == "." else f"{target}/"
    if target in files and not path.endswith("/"):
        new = parts.path if not path.startswith("/") else posixpath.relpath(target, folder or ".")
    elif f"{inside}index.html" not in files:
        return address
    elif path.startswith("/"):
        new = posixpath.relpath(f"{inside}index.html", folder or ".")
    else:
        new = "index.html" if parts.path in {".", "./"} else f"{parts.path.rstrip('/')}/index.html"
    return urlunsplit(("", "", new, parts.query, parts.fragment))


def page_offline(text: str, page: str, files: AbstractSet[str], shim: str) -> str:
    """Return a page whose addresses name files, and whose search can start from a folder; `shim` is the script that allows it."""

    def address(found: re.Match[str]) -> str:
        value = html.unescape(next(part for part in found.groups()[1:] if part is not None))
        return f'{found[1]}"{html.escape(to_file(value, page, files))}"'

    def tag(found: re.Match[str]) -> str:
        return _around(found[0], address) if found[1] else _ADDRESS.sub(address, found[0])

    text = _CONFIG.sub(lambda found: found[1] + _settings(found[2]) + found[3], _TAG.sub(tag, text))
    return text if not shim else _BUNDLE.sub(lambda found: f'<script src="{found[1]}{shim}"></script>{found[0]}', text)


def _around(skipped: str, address: Callable[[re.Match[str]], str]) -> str:
    """Rewrite the opening tag of a script, never its text."""
    return _SCRIPT.sub(lambda found: _ADDRESS.sub(address, found[0]), skipped, count=1) if skipped[:7].lower() == "<script" else skipped


def _settings(text: str) -> str:
    """Return the settings of the theme without the list of versions, which it would ask a server for."""
    settings: dict[str, Any] = json.loads(text)
    if settings.get("version") is None:
        return text
    # In a script, `</` would end it.
    return json.dumps({**settings, "version": None}).replace("</", "<\\/")


def index_script(text: str, files: AbstractSet[str]) -> str:
    """Return the search index as the script that the theme loads from a folder."""
    index: dict[str, Any] = json.loads(text)
    docs = [{**doc, "location": to_file(doc["location"] or ".", "index.html", files)} for doc in index["docs"]]
    return f"var __index = {json.dumps({**index, 'docs': docs}, separators=(',', ':'))};\n"
