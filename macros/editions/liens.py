"""Signed links to dossiers: their identifiers, the key that signs, the links, and which dossiers are open."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import secrets
from enum import StrEnum
from typing import TYPE_CHECKING

from macros import messages

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,39}", re.ASCII)
_SECRET = re.compile(r'^map "" \$portail_secret \{ default "([0-9a-f]{64})"; \}$', re.MULTILINE)


class Etat(StrEnum):
    """What the server does with the links of a dossier; one it does not know stays closed."""

    OUVERT = "ouvert"
    REVOQUE = "revoque"


class ServerError(ValueError):
    """A value that no server can be made of; the message is French, for the person who gave it."""


def check_dossier(identifiant: str) -> str:
    """Return an identifier of a dossier. Raises `ServerError` when it makes no address."""
    if not _ID.fullmatch(identifiant):
        raise ServerError(messages.dossier_id(identifiant))
    return identifiant


def sign_link(secret: str, dossier: str, expires: int) -> str:
    """Return the link that opens a dossier until `expires` (Unix seconds), from the root of the site.

    The secret comes last and spaces part the rest: nothing can be added to a signed text, nor moved inside it.
    """
    digest = hashlib.md5(f"{expires} {check_dossier(dossier)} {secret}".encode(), usedforsecurity=False).digest()
    signature = base64.urlsafe_b64encode(digest).decode().rstrip("=")
    return f"/dossiers/{dossier}/entrer?s={signature}&e={expires}"


def ensure_secret(path: Path) -> str:
    """Return the signing key kept in a file, made at its first use and readable by its owner only. Raises `ServerError`."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(f'map "" $portail_secret {{ default "{secrets.token_hex(32)}"; }}\n')
    found = _SECRET.search(path.read_text("utf-8"))
    if not found:
        raise ServerError(messages.no_secret(str(path)))
    return found[1]


def states_text(states: Mapping[str, Etat]) -> str:
    """Return the states of dossiers, as nginx includes them. Raises `ServerError` for two identifiers that it takes for one."""
    seen: set[str] = set()
    for dossier in states:
        # nginx compares without case.
        if check_dossier(dossier).lower() in seen:
            raise ServerError(messages.dossiers_alike(dossier))
        seen.add(dossier.lower())
    return "".join(f"{dossier} {state.value};\n" for dossier, state in sorted(states.items()))
