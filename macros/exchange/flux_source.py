"""Open a feed that somebody saved as a file: its size, its encoding, XML or JSON; never an address."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

from macros import messages
from macros.problems import DataError, Problem

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES = 10_000_000
"""The feeds of official journals weigh less than one."""
MAX_ELEMENTS = 5_000
MAX_DEPTH = 100
"""A table in a list in a text, several times over."""

_ADDRESS = re.compile(r"(?:https?|ftp|feed):/", re.IGNORECASE)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, which begins alike
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_KNOWN = {"utf-8": "utf-8", "ascii": "ascii", "iso8859-1": "cp1252", "cp1252": "cp1252", "iso8859-15": "iso8859-15"}
"""What is read of what may be declared. Files that say ISO-8859-1 hold the apostrophes of Windows: browsers read them so too."""
_CUT = ("unexpected end of data", "truncated data")
"""What decoders say of a file that stops in the middle of a character."""
_PAGE = re.compile(r"(?:<\?xml[^>]*>\s*)?(?:<!doctype\s+html|<html)", re.IGNORECASE)


@dataclass(frozen=True)
class Source:
    """A feed as text, ready to be parsed: its file as the person named it, and how many line breaks stood before the text."""

    fichier: str
    texte: str
    avant: int = 0

    @property
    def is_json(self) -> bool:
        """Tell whether it is JSON rather than XML."""
        return self.texte.startswith(("{", "["))

    def refuse(self, code: str, message: str, ligne: int = 0, colonne: int = 0) -> NoReturn:
        """Raise `DataError` for what the text holds; lines and columns of the text count from 1, 0 for the whole file."""
        raise refusal(self.fichier, code, message, ligne + self.avant if ligne else 0, colonne)


def refusal(fichier: str, code: str, message: str, ligne: int = 0, colonne: int = 0) -> DataError:
    """Return the exception that carries one problem of one feed."""
    return DataError([Problem(fichier, ligne, colonne, code, message)])


def open_source(path: Path) -> Source:
    """Return a feed as text. Raise `DataError` for what cannot be one, `OSError` when the system refuses."""
    name = str(path)
    text = _decoded(_bytes(path), name)
    body = text.lstrip("\ufeff \t\r\n")
    if not body:
        raise refusal(name, "flux-vide", messages.feed_empty())
    if _PAGE.match(body):
        raise refusal(name, "flux-page-web", messages.feed_is_a_page())
    if not body.startswith(("<", "{", "[")):
        raise refusal(name, "flux-inconnu", messages.feed_of_another_kind())
    return Source(name, body, text[: len(text) - len(body)].count("\n"))


def _bytes(path: Path) -> bytes:
    name = str(path)
    if _ADDRESS.match(name):
        raise refusal(name, "flux-adresse", messages.feed_is_an_address())
    if path.is_dir():
        raise refusal(name, "flux-dossier", messages.feed_is_a_folder())
    if not path.exists():
        raise refusal(name, "flux-absent", messages.feed_missing())
    if not path.is_file():  # a pipe would wait for ever
        raise refusal(name, "flux-absent", messages.feed_not_a_file())
    with path.open("rb") as stream:
        raw = stream.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        raise refusal(name, "flux-trop-gros", messages.feed_too_large(MAX_BYTES))
    return raw


def _decoded(raw: bytes, name: str) -> str:
    """Return the text of a feed, by its byte order mark, else its first bytes, else what it declares, else UTF-8."""
    mark, encoding = next(((bom, known) for bom, known in _BOMS if raw.startswith(bom)), (b"", ""))
    told = encoding = encoding or _sniffed(raw)
    if not encoding:
        declared = _DECLARED.match(raw[:400])
        told = declared[1].decode("ascii") if declared else "UTF-8"
        encoding = _known(told, name)
    try:
        return raw[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        if not raw[len(mark) :].lstrip(b" \t\r\n\x00").startswith((b"<", b"{", b"[")):
            raise refusal(name, "flux-inconnu", messages.feed_of_another_kind()) from None
        before = raw[: len(mark) + error.start]
        line, column = before.count(b"\n") + 1, len(before) - (before.rfind(b"\n") + 1) + 1
        if error.reason in _CUT:
            raise refusal(name, "flux-tronque", messages.feed_truncated(), line, column) from None
        raise refusal(name, "flux-encodage", messages.feed_encoding(told.upper()), line, column) from None


def _sniffed(raw: bytes) -> str:
    """Return the encoding that the first two bytes betray: a character of one byte follows or precedes a zero."""
    first, second = (*raw[:2], 1, 1)[:2]
    if first and not second:
        return "utf-16-le"
    return "utf-16-be" if second and not first else ""


def _known(declared: str, name: str) -> str:
    try:
        known = _KNOWN.get(codecs.lookup(declared).name)
    except LookupError:
        known = None
    if known is None:
        raise refusal(name, "flux-encodage", messages.feed_encoding_unknown(declared), 1, 1)
    return known
