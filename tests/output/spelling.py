"""Hunspell and its French dictionary, over everything the project writes for readers. Absent, the test is skipped; in CI it fails."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.cases.runner import cases
from tests.output.prose import prose
from tests.output.reading import pages

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

ROOT = Path(__file__).parents[2]
OWN = Path(__file__).with_name("mots.txt")
"""Words that are right and that the dictionary does not know: one a line, sorted."""
DICTIONARY = "fr_FR"
SHORT = 60
MISSING = """\
L’essai d’orthographe a besoin de hunspell et de son dictionnaire français, absents ou incomplets. Installez-les :
  Debian, Ubuntu : sudo apt-get install hunspell hunspell-fr-classical"""

_UNKNOWN = "\ufffc"
"""Stands for what a sentence does not hold yet: a value, a piece of code."""
_NO_WORDS = re.compile(
    r"https?://\S+|mailto:\S+|\bwww\.\S+|\S*[@\\]\S*|&#?\w+;"  # addresses, entities
    r"|(?:[\w.-]+/)+[\w.#-]*|[\w-]*\.[a-z]{2,5}\b(?!’)"  # paths, names of files, extensions
    r"|\b[A-Z]{1,4}(?:-[A-Z0-9]+)+\b|\bHH:MM\b"  # identifiers of records, how a date or a time is typed
    r"|«\s?(?:portail|make|cd|mkdocs) [^»]*»|«\s?\w+: [^»]*»|\w+=\S+|<[!?]\w+"  # what is typed in a terminal, in a file
    r"|\(clés?\b[^)]*\)|\bclés? [a-z_.]+|\bportail verifier\b"  # a key that a remedy names, a command
)
_WORD = re.compile(r"(?<![\w\ufffc-])[^\W\d_]+(?:[’-][^\W\d_]+)*(?![\w\ufffc])(?!-[\w\ufffc])")
"""A word of letters only: what holds a digit or an underscore is an identifier, what touches a value may be cut."""
_ELISION = re.compile(r"(?:[ldnsmtcj]|qu|jusqu|lorsqu|puisqu|quoiqu)’", re.IGNORECASE)
_VALUE = re.compile(r"[a-z0-9_.:/-]*")
"""A value of a record that is no text: a choice, a date, a file."""


class SpellingError(Exception):
    """Hunspell could not read what it was given; the message is what it said."""


def missing() -> bool:
    """Tell whether this machine lacks hunspell or its French dictionary."""
    return shutil.which("hunspell") is None or _hunspell("").returncode != 0


def require() -> None:
    """Skip the test that calls this without hunspell; fail it in CI."""
    if missing():
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(MISSING)


def _hunspell(text: str) -> subprocess.CompletedProcess[str]:
    # No dictionary of the person's own: the answer is the same everywhere.
    command = ["hunspell", "-d", DICTIONARY, "-p", os.devnull, "-i", "UTF-8", "-l"]
    environment = {"PATH": os.environ["PATH"], "HOME": os.devnull, "LC_ALL": "C.UTF-8"}
    return subprocess.run(command, input=text, env=environment, capture_output=True, encoding="utf-8", check=False, timeout=SHORT)


def unknown(words: Collection[str]) -> set[str]:
    """Return the words that the dictionary does not know, typographic apostrophes included. Raises `SpellingError`."""
    require()
    done = _hunspell("\n".join(sorted(words)))
    if done.returncode:
        raise SpellingError(done.stderr)
    refused = set(done.stdout.split("\n")) - {""}
    # Hunspell may name a part of a compound: the whole is then refused.
    return {word for word in words if word in refused or not refused.isdisjoint(re.split("[’-]", word))}


def words_of(text: str) -> Iterator[str]:
    """Yield the words of a text, without the article or the pronoun elided before."""
    for word in _WORD.findall(_NO_WORDS.sub(_UNKNOWN, text.replace("'", "’").replace("\u2011", "-"))):
        whole = word
        while elided := _ELISION.match(whole):
            whole = whole[elided.end() :]
        if len(whole) > 1:
            yield whole


def texts(site: Path) -> Iterator[tuple[str, str]]:
    """Yield everything the project writes for readers, after where: a built site, pages, records, sentences, templates."""
    for name, found in pages(site):
        yield from ((f"site/{name}", text) for text in found)
    for path in sorted((ROOT / "docs").rglob("*.md")):
        source = path.read_text("utf-8")
        yield _name(path), prose(source, _UNKNOWN)
        yield from ((_name(path), text) for text in re.findall(r"^(?:title|description): (.*)$", source, re.MULTILINE))
    for path in sorted((ROOT / "data").rglob("*.yml")):
        record = yaml.load(path.read_text("utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506 - text only, no object
        yield from ((_name(path), text) for text in values_of(record))
    yield from ((_name(path), text) for path in [ROOT / "macros" / "messages.py"] for text in sentences_of(path.read_text("utf-8")))
    for path in sorted((ROOT / "macros" / "templates").rglob("*.j2")):
        yield _name(path), re.sub(r"\{[{%#].*?[}%#]\}|<code>.*?</code>|<[^>]*>", _UNKNOWN, path.read_text("utf-8"), flags=re.DOTALL)


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def values_of(value: Any) -> Iterator[str]:
    """Yield the texts of a record, at any depth; choices, dates, addresses and files apart."""
    if isinstance(value, dict):
        for each in value.values():
            yield from values_of(each)
    elif isinstance(value, list):
        for each in value:
            yield from values_of(each)
    elif not _VALUE.fullmatch(str(value)):
        yield prose(str(value), _UNKNOWN)


def sentences_of(source: str) -> Iterator[str]:
    """Yield the sentences of a Python module; docstrings, keys and names apart, a value in a sentence standing as such."""
    inside: set[int] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.JoinedStr):
            inside |= {id(part) for part in node.values}
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else _UNKNOWN for part in node.values)
        elif isinstance(node, ast.Expr):
            inside.add(id(node.value))
        elif isinstance(node, ast.Dict):
            inside |= {id(key) for key in node.keys}
        elif isinstance(node, ast.Constant) and " " in str(node.value) and id(node) not in inside:
            yield str(node.value)


def misspelt(found: Iterable[tuple[str, str]], right: Collection[str]) -> dict[str, str]:
    """Return each word that is neither in the dictionary nor in `right`, and where it stands first; a capital at its start is free.

    What people type in records, without accents, is right where the help lists it, and nowhere else.
    """
    lists = typed()
    places: dict[str, str] = {}
    for where, text in found:
        known = lists if where.startswith(_LISTS) else _codes()
        for word in words_of(text):
            if word not in places and word not in known and word not in right and word[:1].lower() + word[1:] not in right:
                places[word] = where
    return {word: places[word] for word in sorted(unknown(places))}


_LISTS = ("site/aide/fiches/", "site/aide/macros/", "macros/messages.py")
"""Where keys and choices are named as they are typed."""


@cache
def _codes() -> frozenset[str]:
    """Return the codes of constats and problems, of several words."""
    return frozenset(case.code for folder in ("constats", "erreurs") for case in cases(folder) if "-" in case.code)


@cache
def typed() -> frozenset[str]:
    """Return what people type in records and macros: the keys of models, and the choices that models and views know."""
    found = set(_codes())
    for path in sorted(path for room in ("models", "views", "records") for path in (ROOT / "macros" / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                found.add(node.target.id)
            elif isinstance(node, ast.Constant) and re.fullmatch(r"[a-z][a-z0-9-]+", str(node.value)):
                found.add(str(node.value))
    return frozenset(found)


def main() -> int:
    """Print what is missing and how to install it (exit 1), or nothing."""
    if missing():
        sys.stdout.write(MISSING + "\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
