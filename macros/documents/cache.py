"""What was made once is kept by what it was made from: the same content is never made twice."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

FOLDER = ".cache/documents"
"""Below the project; Git ignores it and `make clean` removes it."""
_MOST = 4000
_LIBRARIES = ("docxtpl", "icalendar", "jinja2", "lxml", "markdown-it-py", "python-docx", "typst", "xlsxwriter")
_DIGEST = hashlib.sha256().digest_size


def key_of(parts: Iterable[bytes]) -> str:
    """Return the name of what is made from `parts`: anything that changes what comes out must be among them."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


@lru_cache(maxsize=1)
def tools() -> bytes:
    """Return what decides the bytes of a file besides what it shows: our templates, the code that writes, the libraries."""
    house = Path(__file__).parents[1]
    folders = (house / "templates" / "documents", house / "templates" / "flux", house / "documents", house / "exchange")
    files = [house / "french.py", house / "rendering.py", *(path for folder in folders for path in sorted(folder.rglob("*")))]
    sources = (path.read_bytes() for path in files if path.is_file() and path.suffix != ".pyc")
    return key_of([*sources, *(f"{name} {version(name)}".encode() for name in _LIBRARIES)]).encode()


def kept(folder: Path, key: str, make: Callable[[], bytes]) -> bytes:
    """Return what `make` returns, from `folder` when it is there whole.

    A kept file begins with its own fingerprint: one that was cut or altered
    is made again. A folder that cannot be written changes nothing but time.
    """
    path = folder / key[:2] / key
    try:
        found = path.read_bytes()
    except OSError:
        found = b""
    if len(found) > _DIGEST and hashlib.sha256(found[_DIGEST:]).digest() == found[:_DIGEST]:
        return found[_DIGEST:]
    made = make()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(hashlib.sha256(made).digest() + made)
    except OSError:
        return made
    return made


def trim(folder: Path, most: int = _MOST) -> None:
    """Remove the oldest kept files when there are more than `most`."""
    files = [path for path in folder.glob("*/*") if path.is_file()]
    if len(files) <= most:
        return
    for path in sorted(files, key=lambda one: (one.stat().st_mtime_ns, one.name))[: len(files) - most]:
        path.unlink(missing_ok=True)
