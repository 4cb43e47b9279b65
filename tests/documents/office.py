"""The programs people open our files with: poppler for PDF, LibreOffice for the rest. Absent, a test is skipped; in CI it fails."""

from __future__ import annotations

import fcntl
import html
import os
import re
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

POPPLER = ("pdftotext", "pdftoppm", "pdfinfo", "pdfdetach")
OFFICE = ("soffice", "libreoffice")
_PARTS = {"Writer": "libsw*lo.so", "Calc": "libsc*lo.so"}
"""Each application of LibreOffice is a library beside its program; a system may have one without the other."""
SHORT, LONG = 60, 180
"""Seconds before a program is said to hang; the first start of LibreOffice makes a profile."""

MISSING = """\
Les essais de documents ont besoin de programmes absents : {}. Installez-les :
  Debian, Ubuntu : sudo apt-get install poppler-utils libreoffice-writer-nogui libreoffice-calc-nogui
ou indiquez le LibreOffice que vous avez : PORTAIL_LIBREOFFICE=/chemin/vers/soffice make test"""


class OfficeError(Exception):
    """A program refused a file of ours; the message is what it said."""


def missing() -> list[str]:
    """Return the programs that tests need and this machine lacks."""
    absent = [name for name in POPPLER if not shutil.which(name)]
    office = _office()
    if office is None:
        return [*absent, "LibreOffice"]
    folder = Path(office).resolve().parent
    known = any(folder.glob("lib*lo.so"))
    return absent + [f"LibreOffice {name}" for name, shape in _PARTS.items() if known and not any(folder.glob(shape))]


def _office() -> str | None:
    asked = os.environ.get("PORTAIL_LIBREOFFICE")
    return next((path for name in ([asked] if asked else OFFICE) if (path := shutil.which(name))), None)


def require(*names: str) -> None:
    """Skip the test that calls this when one of those programs is absent; fail it in CI, where none may be."""
    absent = [name for name in missing() if name.split()[0] in {each.split()[0] for each in names}]
    if not absent:
        return
    if os.environ.get("CI") == "true":
        pytest.fail(MISSING.format(", ".join(absent)))
    pytest.skip(MISSING.format(", ".join(absent)))


def _run(name: str, *arguments: str, given: bytes = b"") -> bytes:
    """Return what a program of poppler prints. Raises `OfficeError` when it fails or says anything else."""
    require(name)
    done = subprocess.run([name, *arguments], input=given, capture_output=True, check=False, timeout=SHORT)
    said = done.stderr.decode("utf-8", "replace")
    # This poppler (22.12) takes the truth value of /Suspects for another type when it is false; the key is the one PDF asks for.
    said = said.replace("Syntax Error: Suspects object is wrong type (boolean)\n", "")
    if done.returncode or said:
        raise OfficeError(f"{name} {' '.join(arguments)} → {done.returncode}\n{said}")  # noqa: EM102, TRY003 - for a developer
    return done.stdout


def pages_of(pdf: bytes, *options: str) -> list[str]:
    """Return the text of each page, in the order it was written; `options` are those of pdftotext, instead of `-raw`."""
    text = _run("pdftotext", *(options or ("-raw",)), "-enc", "UTF-8", "-", "-", given=pdf).decode("utf-8")
    return text.split("\f")[:-1]


def text_of(pdf: bytes, *options: str) -> str:
    """Return the text of all pages."""
    return "\n".join(pages_of(pdf, *options))


def info_of(pdf: bytes) -> dict[str, str]:
    """Return what pdfinfo tells of a PDF, by its label."""
    with _file(pdf) as path:
        told = _run("pdfinfo", "-enc", "UTF-8", str(path)).decode("utf-8")
    return {label: value.strip() for label, _, value in (line.partition(":") for line in told.splitlines())}


def attachments_of(pdf: bytes) -> dict[str, bytes]:
    """Return the files attached to a PDF, by name."""
    with _file(pdf) as path, tempfile.TemporaryDirectory() as folder:
        _run("pdfdetach", "-saveall", "-o", folder, str(path))
        return {found.name: found.read_bytes() for found in sorted(Path(folder).iterdir())}


def images_of(pdf: bytes, dots: int = 50) -> list[bytes]:
    """Return each page as a PNG image, `dots` to the inch."""
    with tempfile.TemporaryDirectory() as folder:
        _run("pdftoppm", "-png", "-r", str(dots), "-", f"{folder}/page", given=pdf)
        return [found.read_bytes() for found in sorted(Path(folder).iterdir())]


@dataclass(frozen=True)
class Word:
    """A word on a page, numbered from 1, with its box in points from the top left."""

    page: int
    left: float
    top: float
    right: float
    bottom: float
    text: str


_WORD = re.compile(r'<page |<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>')


def words_of(pdf: bytes) -> list[Word]:
    """Return every word with its place."""
    told = _run("pdftotext", "-bbox", "-enc", "UTF-8", "-", "-", given=pdf).decode("utf-8", "replace")
    words, page = [], 0
    for found in _WORD.finditer(told):
        if found[1] is None:
            page += 1
        else:
            left, top, right, bottom = (float(found[rank]) for rank in range(1, 5))
            words.append(Word(page, left, top, right, bottom, html.unescape(found[5])))
    return words


@contextmanager
def _file(content: bytes, suffix: str = ".pdf") -> Iterator[Path]:
    """Give a file of that content, for programs that read no pipe."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"document{suffix}"
        path.write_bytes(content)
        yield path


@lru_cache(maxsize=1)
def _profile() -> tempfile.TemporaryDirectory[str]:
    """Return a LibreOffice profile of this process, made once: nobody's own is read, nor changed."""
    return tempfile.TemporaryDirectory(prefix="portail-libreoffice-", ignore_cleanup_errors=True)


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Wait for the other workers of this run: LibreOffice takes a core and 200 MB."""
    with (Path(tempfile.gettempdir()) / f"portail-libreoffice-{os.getuid()}.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def to_pdf(content: bytes, suffix: str) -> bytes:
    """Return a document (`suffix` tells its format, as `.docx`) as LibreOffice prints it. Raises `OfficeError` when it cannot open it."""
    require("LibreOffice")
    with _file(content, suffix) as path, _one_at_a_time():
        command = [_office() or "", f"-env:UserInstallation={Path(_profile().name).as_uri()}", "--headless", "--norestore"]
        command += ["--convert-to", "pdf", "--outdir", str(path.parent), str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=LONG)
        made = path.with_suffix(".pdf")
        if done.returncode or not made.is_file():
            raise OfficeError(f"soffice → {done.returncode}\n{done.stdout}{done.stderr}")  # noqa: EM102, TRY003 - for a developer
        return made.read_bytes()


def main() -> int:
    """Print what is missing and how to install it (exit 1), or nothing."""
    absent = missing()
    if absent:
        sys.stdout.write(MISSING.format(", ".join(absent)) + "\n")
    return 1 if absent else 0


if __name__ == "__main__":
    sys.exit(main())
