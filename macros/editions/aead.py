"""The only module that knows the cryptographic library: keys derived from a link, names and contents sealed with them."""

from __future__ import annotations

import base64
import hmac
import os
import re
import secrets
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE: Final = 12
TAG: Final = 16
OVERHEAD: Final = NONCE + TAG
_FRAGMENT = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True, repr=False)
class Keys:
    """What the key of a link opens; its parts never appear in a trace."""

    names: bytes
    contents: AESGCM
    index: AESGCM
    verification: str

    def opaque(self, text: str, size: int) -> str:
        """Return the name a host sees for a logical one: `size` bytes of its HMAC-SHA256, in hexadecimal."""
        return hmac.digest(self.names, text.encode(), "sha256")[:size].hex()


def new_fragment() -> str:
    """Return 256 random bits as base64url without padding: what stands after `#` in the link."""
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode().rstrip("=")


def derive(fragment: str, info: str) -> Keys | None:
    """Return the keys of a link, or None when the fragment is not made of 256 bits.

    HKDF-SHA256 without salt (the input is uniform); each use has its own
    `info`: `<info> noms`, `<info> contenus`, `<info> index`, `<info> verification`.
    """
    if not _FRAGMENT.fullmatch(fragment):
        return None
    master = base64.urlsafe_b64decode(fragment + "=")
    if base64.urlsafe_b64encode(master).decode().rstrip("=") != fragment:
        return None  # the last character carries two bits that must be zero: one link, one spelling

    def sub(use: str, length: int = 32) -> bytes:
        return HKDF(algorithm=SHA256(), length=length, salt=None, info=f"{info} {use}".encode()).derive(master)

    return Keys(sub("noms"), AESGCM(sub("contenus")), AESGCM(sub("index")), sub("verification", 16).hex())


def seal(key: AESGCM, content: bytes | bytearray, about: bytes) -> tuple[bytes, bytes]:
    """Encrypt `content`, authenticated with `about`: a fresh random nonce, then ciphertext and tag."""
    nonce = os.urandom(NONCE)
    return nonce, key.encrypt(nonce, content, about)


def unseal(key: AESGCM, sealed: bytes, about: bytes) -> bytes | None:
    """Return what was sealed about that very thing, or None when a single bit of either changed."""
    if len(sealed) < OVERHEAD:
        return None
    try:
        return key.decrypt(sealed[:NONCE], sealed[NONCE:], about)
    except InvalidTag:
        return None


def fingerprint(content: bytes | bytearray) -> str:
    """Return the SHA-256 of a content, in hexadecimal."""
    return sha256(content).hexdigest()
