"""The only YAML reader: text in, plain values and their positions out, every mistake told at its place.

YAML's implicit types are traps for French data (`NO`, `0123`, `12:30`), so
every scalar stays text. The document is built from parser events in one
iterative pass: depth is known before anything recurses, and aliases,
anchors and tags are refused where they stand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml
from yaml import CBaseLoader
from yaml.events import AliasEvent, DocumentStartEvent, MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent, SequenceStartEvent, StreamEndEvent

from macros import messages
from macros.problems import Problem

if TYPE_CHECKING:
    from pathlib import Path

MAX_DEPTH = 50
MAX_BYTES = 5_000_000

Mark = tuple[int, int]
"""Line and column, both from 1."""


@dataclass(slots=True)
class Marks:
    """Where a value and its parts stand: a tree parallel to the data."""

    at: Mark
    keys: dict[str, Mark] = field(default_factory=dict)
    children: dict[str | int, Marks] = field(default_factory=dict)

    def find(self, path: tuple[str | int, ...], *, key: bool = False) -> Mark:
        """Return the place of the value at `path` (of its key when `key`), or of its nearest existing ancestor."""
        node: Marks = self
        for index, step in enumerate(path):
            if key and index == len(path) - 1 and step in node.keys:
                return node.keys[str(step)]
            if step not in node.children:
                return node.at
            node = node.children[step]
        return node.at


@dataclass(frozen=True)
class Document:
    """What one file holds: data of `dict`, `list`, `str` and None, or problems and no data."""

    fichier: str
    data: dict[str, Any] | None
    marks: Marks
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True)
class _Refusal(Exception):  # noqa: N818 - a control-flow value inside this module, not an error for callers
    code: str
    message: str
    at: Mark


def read_document(path: Path, project: Path) -> Document:
    """Read one record file. Never raises for what the file holds.

    `project` is the root that messages are relative to. A key written without
    value is read as None. Files above 5 MB or 50 levels are refused.
    """
    fichier = path.relative_to(project).as_posix()
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            return _failed(fichier, "fichier-trop-gros", messages.too_large(size, MAX_BYTES))
        raw = path.read_bytes()
    except OSError as error:
        return _failed(fichier, "fichier-illisible", messages.unreadable_file(_reason(error)))
    return read_bytes(raw, fichier)


def read_bytes(raw: bytes, fichier: str) -> Document:
    """Read the bytes of one record as `read_document` does."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - (raw.rfind(b"\n", 0, error.start) + 1) + 1
        return _failed(fichier, "encodage", messages.unreadable_encoding(error.start + 1), (line, column))
    forbidden = _FORBIDDEN.search(text)
    if forbidden:
        return _failed(fichier, "caractere-interdit", messages.control_character(ord(forbidden[0])), _place(text, forbidden.start()))
    try:
        builder = _Builder(fichier, text)
        data, marks = builder.build()
    except _Refusal as refusal:
        return _failed(fichier, refusal.code, refusal.message, refusal.at)
    except yaml.MarkedYAMLError as error:
        return _syntax_failure(fichier, text, error)
    except yaml.YAMLError:
        return _failed(fichier, "syntaxe", messages.syntax(""))
    problems = tuple(builder.problems)
    return Document(fichier, None if problems else data, marks, problems)


_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_COMMENT_AFTER = re.compile(r"[ \t]+(#.*)$")
_KEY = re.compile(r"^\s*(?:- )*\s*([^\s:#'\"\[\]{}][^:#]*?)\s*:\s(.*)$")


def _reason(error: OSError) -> str:
    reasons = {FileNotFoundError: "il n’existe pas", PermissionError: "l’accès est refusé", IsADirectoryError: "c’est un dossier"}
    return reasons.get(type(error), "le système de fichiers l’a refusé")


def _failed(fichier: str, code: str, message: str, at: Mark = (1, 1)) -> Document:
    return Document(fichier, None, Marks(at), (Problem(fichier, *at, code, message),))


def _place(text: str, index: int) -> Mark:
    return text.count("\n", 0, index) + 1, index - (text.rfind("\n", 0, index) + 1) + 1


def _syntax_failure(fichier: str, text: str, error: yaml.MarkedYAMLError) -> Document:
    """Tell a syntax error in French, naming the spaced colon and the tab when they are the cause."""
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    lines = text.splitlines() or [""]
    source = lines[min(line, len(lines)) - 1]
    reason = f"{error.problem or ''} {error.context or ''}"
    found = _KEY.match(source)
    if "mapping values are not allowed" in reason and found and re.search(r":(\s|$)", found[2]):
        return _failed(fichier, "deux-points", messages.spaced_colon(found[1], found[2].strip()), (line, column))
    if re.match(r" *\t", source):
        return _failed(fichier, "tabulation", messages.tab_indentation(), (line, source.index("\t") + 1))
    return _failed(fichier, "syntaxe", messages.syntax(reason), (line, column))


class _Builder:
    """Turns parser events into plain data and marks, iteratively."""

    def __init__(self, fichier: str, text: str) -> None:
        self.fichier = fichier
        self.lines = text.split("\n")
        self.parser = CBaseLoader(text)
        self.hash = " #" in text or "\t#" in text
        self.problems: list[Problem] = []

    def build(self) -> tuple[dict[str, Any], Marks]:
        """Return the root mapping and its marks; raise `_Refusal` or `yaml.YAMLError`."""
        root: Any = None
        marks = Marks((1, 1))
        documents = 0
        next_event = self.parser.get_event
        while type(event := next_event()) is not StreamEndEvent:
            if type(event) is DocumentStartEvent:
                documents += 1
                if documents > 1:
                    raise _Refusal("plusieurs-fiches", messages.several_documents(), _mark(event))
                root, marks = self._collection(next_event())
        if documents == 0 or root is None:
            raise _Refusal("fichier-vide", messages.empty_file(), (1, 1))
        if type(root) is not dict:
            raise _Refusal("racine", messages.not_a_mapping(), marks.at)
        return root, marks

    def _collection(self, event: Any) -> tuple[Any, Marks]:
        """Build the document that `event` opens; a scalar root is returned as it is."""
        self._refuse(event)
        if type(event) is ScalarEvent:
            return self._scalar(event, ""), Marks(_mark(event))
        data: Any = {} if type(event) is MappingStartEvent else []
        marks = Marks(_mark(event))
        root = (data, marks)
        parents: list[tuple[Any, Marks, str]] = []
        key: str | None = None
        next_event = self.parser.get_event
        while True:
            event = next_event()
            kind = type(event)
            if kind is MappingEndEvent or kind is SequenceEndEvent:
                if not parents:
                    return root
                data, marks, _ = parents.pop()
                key = None
                continue
            self._refuse(event)
            mapping = type(data) is dict
            if mapping and key is None:
                key = self._key(event, data, marks)
                continue
            step: str | int = key if mapping and key is not None else len(data)
            if kind is ScalarEvent:
                value: Any = self._scalar(event, str(step))
                child = Marks(_mark(event))
            else:
                value = {} if kind is MappingStartEvent else []
                child = Marks(_mark(event))
            if mapping:
                data[step] = value
            else:
                data.append(value)
            marks.children[step] = child
            key = None
            if kind is not ScalarEvent:
                parents.append((data, marks, ""))
                if len(parents) >= MAX_DEPTH:
                    raise _Refusal("trop-profond", messages.too_deep(MAX_DEPTH), child.at)
                data, marks = value, child

    def _key(self, event: Any, data: dict[str, Any], marks: Marks) -> str:
        if type(event) is not ScalarEvent:
            raise _Refusal("cle-complexe", messages.complex_key(), _mark(event))
        key: str = event.value
        if key in marks.keys:
            line, column = _mark(event)
            self.problems.append(Problem(self.fichier, line, column, "cle-double", messages.duplicate_key(key, marks.keys[key][0]), champ=key))
        marks.keys[key] = _mark(event)
        return key

    def _scalar(self, event: ScalarEvent, key: str) -> str | None:
        """Return the text of a scalar, None for a key left without value."""
        value: str = event.value
        if event.style is None or event.style == "":
            if self.hash and value:
                self._check_hash(event, key)
            return None if value in ("", "~", "null") else value
        if event.style == '"' and (found := _FORBIDDEN.search(value)):
            raise _Refusal("caractere-interdit", messages.control_character(ord(found[0])), _mark(event))
        return value

    def _check_hash(self, event: ScalarEvent, key: str) -> None:
        """Report a plain value whose end YAML takes for a comment."""
        end = event.end_mark
        found = _COMMENT_AFTER.match(self.lines[end.line][end.column :].rstrip("\r"))
        if found:
            line, column = _mark(event)
            message = messages.cut_by_hash(key, event.value, found[1])
            self.problems.append(Problem(self.fichier, line, column, "valeur-coupee", message, champ=key))

    @staticmethod
    def _refuse(event: Any) -> None:
        """Refuse aliases, anchors and tags where they stand."""
        if type(event) is AliasEvent:
            raise _Refusal("renvoi", messages.alias_refused(f"*{event.anchor}"), _mark(event))
        if event.anchor is not None:
            raise _Refusal("renvoi", messages.alias_refused(f"&{event.anchor}"), _mark(event))
        if event.tag is not None:
            raise _Refusal("etiquette", messages.tag_refused(event.tag), _mark(event))


def _mark(event: Any) -> Mark:
    return event.start_mark.line + 1, event.start_mark.column + 1
