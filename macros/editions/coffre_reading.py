"""Read a sealed dossier without a browser: the reference for the reader, and the check after publication."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from macros.editions import aead
from macros.editions.coffre_format import INDEX, OBJECTS, Entry, Index, about, info, padded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

Refus = Literal["cle", "retire", "index", "expire", "manquant", "tronque", "echange", "altere"]
"""Why a dossier or a file is refused; the reader has one page for each."""


class CoffreError(Exception):
    """A dossier, or one of its files, that must not be shown."""

    def __init__(self, refus: Refus, path: str = "") -> None:
        """Keep why, and the logical path of the file, empty for the dossier itself."""
        super().__init__(refus, path)
        self.refus: Refus = refus
        self.path = path


@dataclass(frozen=True)
class Lecteur:
    """An opened dossier."""

    folder: Path
    keys: aead.Keys
    index: Index

    def read(self, path: str) -> bytes:
        """Return the content of a logical path; raise `CoffreError` when what the host has is not it."""
        entry = self.index.fichiers[path]
        try:
            sealed = (self.folder / OBJECTS / entry.nom).read_bytes()
        except FileNotFoundError:
            raise CoffreError("manquant", path) from None
        plain = aead.unseal(self.keys.contents, sealed, about(self.index.dossier, path))
        if plain is None or aead.fingerprint(plain[: entry.taille]) != entry.sha256:
            raise CoffreError(self._reason(sealed, entry), path)
        return plain[: entry.taille]

    def _reason(self, sealed: bytes, entry: Entry) -> Refus:
        """Say what happened to a file that does not open: another one in its place, a shorter one, or other bytes."""
        for path, other in self.index.fichiers.items():
            same = len(sealed) == padded(other.taille) + aead.OVERHEAD
            if same and aead.unseal(self.keys.contents, sealed, about(self.index.dossier, path)) is not None:
                return "echange"
        return "tronque" if len(sealed) < padded(entry.taille) + aead.OVERHEAD else "altere"

    def refused(self) -> Iterator[CoffreError]:
        """Yield each file of the dossier that the host no longer has as it was written."""
        for path in self.index.fichiers:
            try:
                self.read(path)
            except CoffreError as error:
                yield error


def open_site(folder: Path, fragment: str, today: date) -> Lecteur:
    """Open a sealed dossier with the key of its link; raise `CoffreError` as the reader would refuse it."""
    landing = (folder / "index.html").read_text("utf-8")
    dossier, verification = (re.findall(rf'data-{name}="([^"]*)"', landing)[0] for name in ("dossier", "verification"))
    keys = aead.derive(fragment, info(dossier))
    if keys is None or keys.verification != verification:
        raise CoffreError("cle")
    try:
        sealed = (folder / INDEX).read_bytes()
    except FileNotFoundError:
        raise CoffreError("retire") from None
    plain = aead.unseal(keys.index, sealed, about(dossier, ""))
    if plain is None:
        raise CoffreError("index")
    index = Index.load(plain)
    if index.expire < today:
        raise CoffreError("expire")
    return Lecteur(folder, keys, index)
