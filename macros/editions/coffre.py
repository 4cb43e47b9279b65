"""A built site made unreadable but through its link, for any static host; `coffre_format` says what is written.

The host sees how many files there are, about how long they are, which are
asked for and when; it sees neither the key, nor titles, nor names, nor paths.
In clear on the landing page: the identifier of the dossier, its expiry, the
contact if one is given, the encrypted ZIP if there is one.

Headers to set where the host allows it, besides those the pages declare
themselves: `Content-Security-Policy: frame-ancestors 'none'`,
`Referrer-Policy: no-referrer`, `X-Robots-Tag: noindex`,
`X-Content-Type-Options: nosniff`. They also stand in `_headers`, which several
hosts read.

Residual risks: whoever has the link has all; a browser keeps the addresses it
opened; the expiry is a courtesy of the reader, only removal protects, and
ciphertext already copied stays readable with its link; the host serves the
reader itself, and one that alters it could take the key; a reload that
bypasses the cache (Ctrl+Shift+R) bypasses the reader too: the host then
receives the opaque address of the page, with the words of a search or a filter
when it has some, and answers 404; an ordinary reload mends it.
"""

from __future__ import annotations

import os
import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from html import escape
from pathlib import Path
from string import Template
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from macros.editions import aead
from macros.editions.coffre_format import (
    FALLBACK,
    INDEX,
    NAME_SIZE,
    OBJECTS,
    TOKEN_SIZE,
    Entry,
    Index,
    about,
    info,
    padded,
)
from macros.editions.inline import inline_scripts, inline_styles, media_type
from macros.french import format_date

if TYPE_CHECKING:
    from datetime import date

READER = Path(__file__).with_name("lecteur")
SHARED = ("textes.js", "commun.js")
PROGRAMS = ("lecture.js", "sw.js")
_IDENTIFIER = re.compile(r"[A-Za-z0-9-]{1,64}", re.ASCII)
_WORKERS = 2


@dataclass(frozen=True)
class Coffre:
    """A dossier to seal: its identifier (in clear), its title (not), the last day it opens, whom to ask (in clear), its encrypted ZIP."""

    dossier: str
    titre: str
    expire: date
    contact: str = ""
    secours: Path | None = None


def encrypt_site(source: Path, target: Path, facts: Coffre) -> str:
    """Seal every file below `source` into the new folder `target`; return the key, to stand after `#` in the link.

    `target` appears whole or not at all. Raise `FileExistsError` when it is
    there already, `ValueError` for an identifier that is not 1 to 64 letters,
    digits and hyphens or a source without `index.html`, `OSError` when the
    disk refuses.
    """
    if not _IDENTIFIER.fullmatch(facts.dossier):
        message = f"not an identifier: {facts.dossier!r}"
        raise ValueError(message)
    if not (source / "index.html").is_file():
        message = f"not a site: {source}"
        raise ValueError(message)
    if target.exists():
        raise FileExistsError(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(mkdtemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent))
    try:
        fragment = _write(source, staging, facts)
        staging.chmod(0o755)
        staging.rename(target)
    except BaseException:
        shutil.rmtree(staging, ignore_errors=True)
        raise
    return fragment


def _write(source: Path, staging: Path, facts: Coffre) -> str:
    fragment = aead.new_fragment()
    keys = aead.derive(fragment, info(facts.dossier))
    assert keys is not None  # noqa: S101 - just made
    (staging / OBJECTS).mkdir()
    paths = sorted(path.relative_to(source).as_posix() for path in source.rglob("*") if path.is_file())
    with ThreadPoolExecutor(_WORKERS) as pool:
        entries = dict(zip(paths, pool.map(lambda path: _seal(source, staging, path, keys, facts.dossier), paths), strict=True))
    folders = sorted({parent.as_posix() for path in paths for parent in Path(path).parents} - {"."})
    tokens = {folder: keys.opaque(f"{folder}/", TOKEN_SIZE) for folder in folders}
    index = Index(facts.dossier, facts.titre, facts.expire, facts.contact, entries, tokens)
    (staging / INDEX).write_bytes(b"".join(aead.seal(keys.index, index.dump(), about(facts.dossier, ""))))
    if facts.secours:
        shutil.copyfile(facts.secours, staging / FALLBACK)
    _write_reader(staging, facts, keys.verification)
    return fragment


def _seal(source: Path, staging: Path, path: str, keys: aead.Keys, dossier: str) -> Entry:
    content = (source / path).read_bytes()
    kind = media_type(path)
    page = kind.startswith(("text/html", "image/svg"))
    entry = Entry(
        nom=keys.opaque(path, NAME_SIZE),
        taille=len(content),
        sha256=aead.fingerprint(content),
        type=kind,
        scripts=inline_scripts(content) if page else [],
        styles=inline_styles(content) if page else [],
    )
    nonce, sealed = aead.seal(keys.contents, content.ljust(padded(len(content)), b"\0"), about(dossier, path))
    descriptor = os.open(staging / OBJECTS / entry.nom, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
    with os.fdopen(descriptor, "wb", buffering=0) as stream:
        stream.write(nonce)
        rest = memoryview(sealed)
        while rest:
            rest = rest[stream.write(rest) :]
    return entry


def _write_reader(staging: Path, facts: Coffre, verification: str) -> None:
    """Put the reader down: its programs whole, in one file each, and the landing page with what may be said in clear."""
    for program in PROGRAMS:
        parts = (READER / name for name in (*SHARED, program))
        (staging / program).write_bytes(b"\n".join(part.read_bytes() for part in parts))
    for name in ("coffre.css", "_headers"):
        shutil.copyfile(READER / name, staging / name)
    (staging / "lire").mkdir()
    shutil.copyfile(READER / "retour.html", staging / "lire" / "index.html")
    page = Template((READER / "accueil.html").read_text("utf-8")).substitute(
        dossier=facts.dossier,
        expire=facts.expire.isoformat(),
        jusquau=escape(format_date(facts.expire)),
        verification=verification,
        contact=escape(facts.contact),
        sans_contact="" if facts.contact else " hidden",
        sans_secours="" if facts.secours else " hidden",
        avec_secours=" hidden" if facts.secours else "",
    )
    (staging / "index.html").write_text(page, "utf-8")
