"""The only YAML reader: text in, plain values and their positions out, every mistake told at its place.

YAML's implicit types are traps for French data (`NO`, `0123`, `12:30`), so
every scalar stays text. The document is built from parser events in one
iterative pass: depth is known before anything recurses, and aliases,
anchors and tags are refused where they stand.
"""

from __future__ import annotations

import codecs
import os
import re
from array import array
from sys import intern
from typing import TYPE_CHECKING, Any

import yaml
from yaml import CBaseLoader
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)

from macros import messages
from macros.problems import Problem
from macros.records.document import SHIFT, Document, Mark, Marks, Refusal
from macros.records.syntax import explain, lost_end

if TYPE_CHECKING:
    from pathlib import Path

MAX_DEPTH = 50
MAX_BYTES = 5_000_000


def read_document(path: Path, project: Path) -> Document:
    """Read one record file. Never raises for what the file holds.

    `project` is the root that messages are relative to. A key written without
    value is read as None. Files above 5 MB or 50 levels are refused.
    """
    return read_file(str(path), path.relative_to(project).as_posix())


def read_file(path: str, fichier: str) -> Document:
    """Read one record file as `read_document` does; `fichier` is its path in messages."""
    try:
        size = os.stat(path).st_size  # noqa: PTH116 - a text costs less than a Path, and there are tens of thousands
        if size > MAX_BYTES:
            return _failed(fichier, "fichier-trop-gros", messages.too_large(size, MAX_BYTES))
        with open(path, "rb") as stream:  # noqa: PTH123 - the same
            raw = stream.read()
    except OSError as error:
        return _failed(fichier, "fichier-illisible", messages.unreadable_file(_reason(error)))
    return read_bytes(raw, fichier)


def read_bytes(raw: bytes, fichier: str) -> Document:
    """Read the bytes of one record as `read_document` does."""
    body = raw.removeprefix(codecs.BOM_UTF8)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        before = body[: error.start].decode("utf-8")
        return _failed(fichier, "encodage", messages.unreadable_encoding(error.start + 1), _place(before, len(before)))
    forbidden = _FORBIDDEN.search(text)
    if forbidden:
        return _failed(fichier, "caractere-interdit", messages.control_character(ord(forbidden[0])), _place(text, forbidden.start()))
    try:
        builder = _Builder(fichier, text)
        data, marks = builder.build()
    except Refusal as refusal:
        return _failed(fichier, refusal.code, refusal.message, refusal.at)
    except yaml.MarkedYAMLError as error:
        return _syntax_failure(fichier, text, error)
    except yaml.YAMLError:
        return _failed(fichier, "syntaxe", messages.syntax(""))
    problems = tuple(builder.problems)
    return Document(fichier, None if problems else data, marks, problems, has_empty=builder.has_empty)


_LINE_BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
"""Lines as YAML counts them."""
_EMPTY = frozenset({"", "~", "null"})
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def _reason(error: OSError) -> str:
    reasons = {FileNotFoundError: "il n’existe pas", PermissionError: "l’accès est refusé", IsADirectoryError: "c’est un dossier"}
    return reasons.get(type(error), "le système de fichiers l’a refusé")


def _failed(fichier: str, code: str, message: str, at: Mark = (1, 1)) -> Document:
    return Document(fichier, None, Marks(at), (Problem(fichier, *at, code, message),))


def _place(text: str, index: int) -> Mark:
    return text.count("\n", 0, index) + 1, index - (text.rfind("\n", 0, index) + 1) + 1


def _syntax_failure(fichier: str, text: str, error: yaml.MarkedYAMLError) -> Document:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    code, message, at = explain(text, f"{error.problem or ''} {error.context or ''}", line, column)
    return _failed(fichier, code, message, at)


class _Builder:
    """Turns parser events into plain data and marks, iteratively."""

    def __init__(self, fichier: str, text: str) -> None:
        self.fichier = fichier
        self.parser = CBaseLoader(text)
        # Lines are only looked at where a comment may hide the end of a value.
        self.lines = _LINE_BREAK.split(text) if " #" in text or "\t#" in text else []
        self.problems: list[Problem] = []
        self.places = array("Q")
        self.has_empty = False

    def build(self) -> tuple[dict[str, Any], Marks]:
        """Return the root mapping and its marks; raise `Refusal` or `yaml.YAMLError`."""
        root: Any = None
        at = (1, 1)
        documents = 0
        next_event = self.parser.get_event
        while type(event := next_event()) is not StreamEndEvent:
            if type(event) is DocumentStartEvent:
                documents += 1
                if documents > 1:
                    raise Refusal("plusieurs-fiches", messages.several_documents(), _mark(event))
                first = next_event()
                at = _mark(first)
                root = self._text(first, "") if type(first) is ScalarEvent else self._collection(first)
        if documents == 0 or root is None:
            raise Refusal("fichier-vide", messages.empty_file(), (1, 1))
        if type(root) is not dict:
            raise Refusal("racine", messages.not_a_mapping(), at)
        return root, Marks(at, root, self.places)

    def _collection(self, event: Any) -> Any:
        """Build the list or mapping that `event` opens; `lines` are those of the keys of the mapping being filled, None in a list."""
        data, lines = self._opened(event)
        parents, key = [(data, lines)], None
        next_event, put_place = self.parser.get_event, self.places.append
        while parents:
            event = next_event()
            kind = type(event)
            if kind is MappingEndEvent or kind is SequenceEndEvent:
                root, _ = parents.pop()
                data, lines = parents[-1] if parents else (root, None)
                continue
            mark = event.start_mark
            put_place(mark.line << SHIFT | mark.column)
            if lines is not None and key is None:
                key = self._key(event, lines, mark)
                continue
            child, inside = (self._text(event, key or len(data)), None) if kind is ScalarEvent else self._opened(event)
            if key is None:
                data.append(child)
            else:
                data[key], key = child, None
            if kind is not ScalarEvent:
                parents.append((child, inside))
                data, lines = child, inside
                if len(parents) > MAX_DEPTH:
                    raise Refusal("trop-profond", messages.too_deep(MAX_DEPTH), _mark(event))
        return data

    def _opened(self, event: Any) -> tuple[Any, dict[str, int] | None]:
        """Return an empty collection that the next events fill, and where the lines of its keys go when it has keys."""
        self._refuse(event)
        return ({}, {}) if type(event) is MappingStartEvent else ([], None)

    def _key(self, event: Any, lines: dict[str, int], mark: Any) -> str:
        """Return a key; tell one written twice in the same mapping."""
        if type(event) is not ScalarEvent or event.anchor is not None or event.tag is not None or event.style == '"':
            self._refuse(event)
            self._refuse_complex(event)
        key = intern(event.value)
        if key in lines:
            message = messages.duplicate_key(key, lines[key])
            self.problems.append(Problem(self.fichier, mark.line + 1, mark.column + 1, "cle-double", message, champ=key))
        lines[key] = mark.line + 1
        return key

    def _text(self, event: Any, key: str | int) -> str | None:
        """Return the text of a scalar, None for a key left without value."""
        style = event.style
        if event.anchor is not None or event.tag is not None or style == '"':
            self._refuse(event)
        value: str = event.value
        if style:  # between quotes, or a block: said as it is
            return value
        if self.lines and value:
            self._check_hash(event, str(key))
        if value in _EMPTY:
            self.has_empty = True
            return None
        return value

    def _check_hash(self, event: Any, key: str) -> None:
        """Report a plain value whose end YAML takes for a comment."""
        lost = lost_end(self.lines[event.end_mark.line][event.end_mark.column :])
        if lost:
            line, column = _mark(event)
            self.problems.append(
                Problem(self.fichier, line, column, "valeur-coupee", messages.cut_by_hash(key, event.value, lost), champ=key)
            )

    @staticmethod
    def _refuse_complex(event: Any) -> None:
        if type(event) is not ScalarEvent:
            raise Refusal("cle-complexe", messages.complex_key(), _mark(event))

    @staticmethod
    def _refuse(event: Any) -> None:
        """Refuse aliases, anchors, tags, and control characters written as escapes, where they stand."""
        if type(event) is AliasEvent:
            raise Refusal("renvoi", messages.alias_refused(f"*{event.anchor}"), _mark(event))
        if event.anchor is not None:
            raise Refusal("renvoi", messages.alias_refused(f"&{event.anchor}"), _mark(event))
        if event.tag is not None:
            raise Refusal("etiquette", messages.tag_refused(event.tag), _mark(event))
        if type(event) is ScalarEvent and event.style == '"' and (found := _FORBIDDEN.search(event.value)):
            raise Refusal("caractere-interdit", messages.control_character(ord(found[0])), _mark(event))


def _mark(event: Any) -> Mark:
    return event.start_mark.line + 1, event.start_mark.column + 1
