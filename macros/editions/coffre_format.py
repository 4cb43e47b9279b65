"""The format of a site that only its link opens, version 1: what is written, and with which key.

    index.html lecture.js sw.js coffre.css _headers   the reader, the same for every dossier but for what the first says
    lire/index.html                 brings back to the landing page a browser that has no reader yet
    index.coffre                    the encrypted index
    o/<32 hexadecimal digits>       one encrypted file each
    secours.zip                     the encrypted ZIP for browsers that cannot, when there is one

Key: 256 random bits, written in base64url (43 characters) after the `#` of the
link and nowhere else. HKDF-SHA256 without salt gives four values, with
`info` = `portail-coffre/1 <dossier> ` + `noms`, `contenus`, `index` (32 bytes
each) or `verification` (16 bytes, in clear in `index.html`: it tells a wrong
key from an altered index, and says nothing of the key).

A sealed file: nonce (12 random bytes), AES-256-GCM ciphertext, tag (16 bytes).
Plaintext: the content, then zeros up to a size of few possible values (Padmé:
at most 12 % more). Authenticated data: `portail-coffre/1`, the dossier and the
logical path, separated by a zero byte. Name: the first 16 bytes of
HMAC-SHA256(`noms`, path).

The index is sealed alike with the key `index` and an empty path: JSON, then
spaces. `fichiers` maps each logical path to its opaque name, length, SHA-256,
media type and, for pages, the hashes of their inline scripts and styles;
`dossiers` maps each folder to the token that stands for it in addresses.
In a browser the site stands below `lire/`, its pages linked by tokens (16
digits a folder, the opaque name for a file), so that no address which might
reach the host holds a name; real names are understood too, and redirected.
A file the index does not know cannot be read; one it knows cannot be missing,
shortened, altered or exchanged without being noticed.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Final

VERSION: Final = 1
NAME: Final = f"portail-coffre/{VERSION}"
INDEX: Final = "index.coffre"
OBJECTS: Final = "o"
FALLBACK: Final = "secours.zip"
SMALLEST: Final = 1024
NAME_SIZE, TOKEN_SIZE = 16, 8


@dataclass(frozen=True)
class Entry:
    """One file: its opaque name, its length in bytes, its SHA-256, its media type, and the inline code it may run."""

    nom: str
    taille: int
    sha256: str
    type: str
    scripts: list[str] = field(default_factory=list)
    styles: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Index:
    """What the encrypted index says."""

    dossier: str
    titre: str
    expire: date
    contact: str
    fichiers: dict[str, Entry]
    dossiers: dict[str, str]

    def dump(self) -> bytes:
        """Return the plaintext of the index, spaces included."""
        text = json.dumps(asdict(self) | {"format": VERSION, "expire": self.expire.isoformat()}, ensure_ascii=False, separators=(",", ":"))
        content = text.encode()
        return content.ljust(padded(len(content)), b" ")

    @classmethod
    def load(cls, content: bytes) -> Index:
        """Read a plaintext that was authenticated; another version raises `ValueError`."""
        raw: dict[str, Any] = json.loads(content)
        if raw.pop("format") != VERSION:
            message = "another version of the format"
            raise ValueError(message)
        entries = {path: Entry(**entry) for path, entry in raw.pop("fichiers").items()}
        return cls(expire=date.fromisoformat(raw.pop("expire")), fichiers=entries, **raw)


def about(dossier: str, path: str) -> bytes:
    """Return the authenticated data of a logical path; the index has an empty one."""
    return f"{NAME}\0{dossier}\0{path}".encode()


def info(dossier: str) -> str:
    """Return what binds derived keys to the format and the dossier."""
    return f"{NAME} {dossier}"


def padded(length: int) -> int:
    """Return the size a content of `length` bytes is padded to (Padmé), 1024 bytes at least: sizes tell little."""
    if length <= SMALLEST:
        return SMALLEST
    exponent = length.bit_length() - 1
    mask = (1 << (exponent - exponent.bit_length())) - 1
    return (length + mask) & ~mask
