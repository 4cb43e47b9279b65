"""A built edition as one ZIP that is read from a folder, without server nor network; and the same, encrypted for e-mail."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import tempfile
import zipfile
from datetime import date
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any

import pyzipper

from macros import messages
from macros.editions.adresses import index_script, page_offline

if TYPE_CHECKING:
    from collections.abc import Iterator

TEMPLATES = Path(__file__).parents[1] / "templates" / "hors_ligne"
MANIFEST, README, INNER = "MANIFESTE.sha256", "LISEZ-MOI.txt", "dossier.zip"
SHIM = "assets/hors-ligne.js"
EPOCH = date(1980, 1, 1)
"""The first day that a ZIP can hold."""

_INDEX, _LUNR = "search/search_index.json", "assets/javascripts/lunr/min/lunr."
_DROPPED = {MANIFEST, README, "404.html", "sitemap.xml", "sitemap.xml.gz"}
"""What only a server shows, and the manifest of what the pages were before."""
_PACKED = {".pdf", ".png", ".jpg", ".jpeg", ".webp", ".zip", ".docx", ".xlsx", ".odt", ".ods", ".woff", ".woff2", ".gz", ".7z"}
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that are taken for one another: 31 letters and figures."""


class OfflineError(ValueError):
    """A folder that makes no offline edition; the message is French, for the person who asked."""


class _Script(Template):
    """A template of a script: `$` belongs to it."""

    delimiter = "@"


def new_passphrase() -> str:
    """Return six groups of four letters, which can be dictated: 118 bits of chance."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(6))


def make_offline(source: Path, target_zip: Path, password: str = "", *, day: date = EPOCH) -> str:
    """Write the ZIP of a built edition; with a password, a ZIP that only shows `dossier.zip`, encrypted (AES, 256 bits).

    Return the SHA-256 of the clear ZIP: same pages, same `day`, same bytes. `target_zip` is replaced whole or left as it was.
    Raises `OfflineError` when `source` is no built edition or holds a symbolic link.
    """
    target_zip.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target_zip.parent, prefix=".hors-ligne-") as folder:
        clear, sealed = Path(folder) / INNER, Path(folder) / "chiffre.zip"
        _pack(source, clear, day)
        with clear.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        if password:
            _seal(clear, sealed, password, day)
        (sealed if password else clear).replace(target_zip)
    return digest


def _pack(source: Path, target: Path, day: date) -> None:
    sums: dict[str, str] = {}
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in _contents(source):
            sums[name] = hashlib.sha256(content).hexdigest()
            archive.writestr(_entry(zipfile.ZipInfo, name, day), content)
        manifest = "".join(f"{sums[name]}  {name}\n" for name in sorted(sums))
        archive.writestr(_entry(zipfile.ZipInfo, MANIFEST, day), manifest)


def _entry(kind: Any, name: str, day: date) -> Any:
    """Return the entry of a file in a ZIP, of the class of its library: a day instead of the clock, the same rights everywhere."""
    day = max(day, EPOCH)
    entry = kind(name, (day.year, day.month, day.day, 0, 0, 0))
    entry.create_system, entry.external_attr = 3, 0o100644 << 16
    entry.compress_type = zipfile.ZIP_STORED if Path(name).suffix.lower() in _PACKED else zipfile.ZIP_DEFLATED
    return entry


def _seal(clear: Path, target: Path, password: str, day: date) -> None:
    """Put the clear ZIP whole inside the encrypted one, which shows every name it holds: here, always the same."""
    with pyzipper.AESZipFile(target, "w") as archive:
        archive.writestr(_entry(archive.zipinfo_cls, README, day), _readme("LISEZ-MOI-chiffre.txt"))
        archive.setpassword(password.encode())
        archive.setencryption(pyzipper.WZ_AES, nbits=256)
        with clear.open("rb") as stream, archive.open(_entry(archive.zipinfo_cls, INNER, day), "w", force_zip64=True) as inside:
            while piece := stream.read(1 << 20):
                inside.write(piece)


def _contents(source: Path) -> Iterator[tuple[str, bytes]]:
    """Yield each file of the offline edition, by name, one in memory at a time."""
    files = _files(source)
    if "index.html" not in files:
        raise OfflineError(messages.no_edition(str(source)))
    searched = _INDEX in files
    yield README, _readme(README)
    for name in sorted(files):
        content = (source / name).read_bytes()
        if name == _INDEX:
            yield SHIM, _shim(source, files, content.decode())
            yield "search/search_index.js", index_script(content.decode(), files).encode()
        elif name.endswith(".html"):
            yield name, page_offline(content.decode(), name, files, SHIM if searched else "").encode()
        else:
            yield name, content


def _files(source: Path) -> frozenset[str]:
    found = set()
    for folder, folders, names in os.walk(source):
        for name in (*folders, *names):
            if (Path(folder) / name).is_symlink():
                raise OfflineError(messages.link_in_edition(str(Path(folder) / name)))
        folders[:] = [name for name in folders if not name.startswith(".")]
        found |= {(Path(folder) / name).relative_to(source).as_posix() for name in names if not name.startswith(".")}
    return frozenset(name for name in found if name not in _DROPPED and not name.endswith((".js.map", ".css.map")))


def _shim(source: Path, files: frozenset[str], index: str) -> bytes:
    """Return the script that starts the search of the theme from its own text, the languages of the index included."""
    languages = [language for language in json.loads(index)["config"]["lang"] if language != "en"]
    parts = ["stemmer.support", *languages, *(["multi"] if len(languages) > 1 else [])]
    names = [f"{_LUNR}{part}.min.js" for part in parts if f"{_LUNR}{part}.min.js" in files]
    workers = sorted(name for name in files if name.startswith("assets/javascripts/workers/search.") and name.endswith(".js"))
    known = ",\n".join(f"{json.dumps(Path(name).name)}: function () {{\n{(source / name).read_text('utf-8')}\n}}" for name in names)
    asked = "for (var i = 0; i < arguments.length; i += 1) parts[arguments[i].split('/').pop()].call(self);"
    whole = f"var parts = {{\n{known}\n}};\nself.importScripts = function () {{ {asked} }};\n"
    whole += "\n".join((source / name).read_text("utf-8") for name in workers)
    return _Script((TEMPLATES / "recherche.js").read_text("utf-8")).substitute(source=json.dumps(whole)).encode()


def _readme(name: str) -> bytes:
    """Return a text as every editor shows it, those of Windows included."""
    return (TEMPLATES / name).read_text("utf-8").replace("\n", "\r\n").encode("utf-8-sig")
