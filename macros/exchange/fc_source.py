"""Open an extract: plain XML or a zip, bounded while it is read, with its date."""

from __future__ import annotations

import re
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import IO, TYPE_CHECKING

from macros.exchange import fc_problems

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

MAX_BYTES = 4_000_000_000
"""Eight times the full export of 2026."""
MAX_RATIO = 200
"""Deflate exceeds this only on one short pattern repeated for ever; real exports stay near 10."""
RATIO_FROM = 50_000_000
MAX_FICHE = 8_000_000
"""The largest real fiche, 439 partners, weighs 0.2 MB."""

_HEAD = 65_536
_TAIL = 256
_DATE = re.compile(r"(?<!\d)(20\d\d)[-_]?(0[1-9]|1[0-2])[-_]?([0-2]\d|3[01])(?!\d)")
_OF_MEMBER, _OF_FILE = "date du fichier dans l’archive", "date de modification du fichier"
_NO_DAY = date(1980, 1, 1)
_GUESSES = (_OF_MEMBER, _OF_FILE)
_ZIP_ERRORS = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, NotImplementedError)


@dataclass(frozen=True)
class Source:
    """One XML stream to read: its file as the person named it, its member in a zip, the day it was published."""

    path: Path
    membre: str | None
    taille: int
    date: date
    date_lue: str
    """Where the day comes from: `nom du fichier`, `option --date`, else one of the two guesses of `devinee`."""

    @property
    def devinee(self) -> bool:
        """Tell whether the day is a guess: neither the name nor the person states it."""
        return self.date_lue in _GUESSES

    @property
    def fichier(self) -> str:
        """Return the name to write in a record and in messages."""
        return f"{self.path.name}/{self.membre}" if self.membre else self.path.name


class Bounded:
    """A binary stream that counts what is read and refuses to go on beyond measure."""

    def __init__(self, raw: IO[bytes], source: Source, packed: int | None, advance: Callable[[int], None]) -> None:
        """Wrap `raw`; `packed` is the size of the archive it comes from; `advance` is told each number of bytes."""
        self._raw, self._source, self._packed, self._advance = raw, source, packed, advance
        self.total = 0
        self.since_fiche = 0
        self._tail = b""

    def is_cut(self, end: bytes) -> bool:
        """Tell whether the whole stream was read and does not finish with `end`."""
        return not self.read(1) and not self._tail.replace(b"\x00", b"").rstrip().endswith(end)

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes. Raise `DataError` beyond the absolute size, the ratio, or the size of one fiche."""
        try:
            data = self._raw.read(size)
        except _ZIP_ERRORS as error:
            raise fc_problems.zip_corrupt(self._source.path.as_posix()) from error
        self.total += len(data)
        self.since_fiche += len(data)
        self._tail = (self._tail + data)[-_TAIL:]
        self._check()
        self._advance(len(data))
        return data

    def _check(self) -> None:
        name = self._source.path.as_posix()
        if self._packed is not None and self.total > MAX_BYTES:
            raise fc_problems.zip_bomb(name, f"plus de {MAX_BYTES // 1_000_000_000}\u00a0Go")
        if self._packed is not None and self.total > RATIO_FROM and self.total > MAX_RATIO * self._packed:
            raise fc_problems.zip_bomb(name, f"plus de {MAX_RATIO} fois sa taille")
        if self.since_fiche > MAX_FICHE:
            raise fc_problems.oversized(name, MAX_FICHE)


def list_sources(path: Path, fallback: date | None) -> list[Source]:
    """Return the XML streams of one file given by a person: itself, or each XML member of a zip.

    The day is the one in the name of the file or of the member, else
    `fallback` (option --date), else, as a guess, the day that the archive
    gives to its member, or the modification day of the file.
    Raise `DataError` for what cannot be an extract.
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(4)
        stat = path.stat()
    except OSError as error:
        raise fc_problems.system_refusal(error, path) from error
    if not head:
        raise fc_problems.empty(path.as_posix())
    modified = datetime.fromtimestamp(stat.st_mtime, tz=UTC).date()
    if not head.startswith(b"PK"):
        return [Source(path, None, stat.st_size, *_day(path.name, fallback, (modified, _OF_FILE)))]
    sources = []
    for info in _members(path):
        packed = _packed_day(info)
        guess = (packed, _OF_MEMBER) if packed else (modified, _OF_FILE)
        sources.append(Source(path, info.filename, info.file_size, *_day(f"{info.filename} {path.name}", fallback, guess)))
    return sources


@contextmanager
def open_source(source: Source, advance: Callable[[int], None]) -> Iterator[Bounded]:
    """Open one stream for reading, bounded. File-system and zip errors become `DataError`."""
    try:
        if source.membre is None:
            with source.path.open("rb") as raw:
                yield Bounded(raw, source, None, advance)
        else:
            with zipfile.ZipFile(source.path) as archive, archive.open(source.membre) as member:
                yield Bounded(member, source, source.path.stat().st_size, advance)
    except OSError as error:
        raise fc_problems.system_refusal(error, source.path) from error
    except _ZIP_ERRORS as error:
        raise fc_problems.zip_corrupt(source.path.as_posix()) from error


def refuse_by_head(source: Source) -> None:
    """Raise `DataError` for a web page, a DTD or a foreign file, which its first bytes betray and the parser would call malformed."""
    name = source.path.as_posix()
    with open_source(source, lambda _size: None) as stream:
        head = stream.read(_HEAD)
    text = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if not text:
        raise fc_problems.empty(name)
    if re.match(rb"(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*(<!doctype\s+html|<html)", text, re.DOTALL):
        raise fc_problems.html_page(name)
    if not text.startswith(b"<"):
        raise fc_problems.not_xml(name)
    if b"<!doctype" in text:
        raise fc_problems.dtd(name)


def _members(path: Path) -> list[zipfile.ZipInfo]:
    """Return the XML members of a zip."""
    name = path.as_posix()
    try:
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
    except OSError as error:
        raise fc_problems.system_refusal(error, path) from error
    except _ZIP_ERRORS as error:
        raise fc_problems.zip_corrupt(name) from error
    found = [info for info in infos if info.filename.lower().endswith(".xml") and not info.filename.startswith("__MACOSX/")]
    if not found:
        raise fc_problems.zip_without_xml(name, [info.filename for info in infos])
    for info in found:
        if info.flag_bits & 1:
            raise fc_problems.zip_encrypted(name, info.filename)
    return found


def _packed_day(info: zipfile.ZipInfo) -> date | None:
    """Return the day a zip gives to a member; None when it gives none (the first day it can write) or an impossible one."""
    try:
        day = date(*info.date_time[:3])
    except ValueError:
        return None
    return day if day > _NO_DAY else None


def _day(names: str, fallback: date | None, guess: tuple[date, str]) -> tuple[date, str]:
    for match in _DATE.finditer(names):
        try:
            return date(int(match[1]), int(match[2]), int(match[3])), "nom du fichier"
        except ValueError:
            continue
    return (fallback, "option --date") if fallback else guess
