"""Texts as documents print them: French spaces, characters that have a shape, simple Markdown as paragraphs and lists."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from macros.french import typography
from macros.rendering import TEMPLATES, markdown_tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

FONTS = TEMPLATES / "documents" / "polices"
UNKNOWN = "\u25a1"
"""Stands for a character that no font of the documents can draw: seen, never a failure."""
_SOFT_HYPHEN = 0xAD
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Cn", "Mn", "Me", "Zl", "Zp"})
_LONG_WORD = re.compile(r"(?<!\S)(?![0-9a-f]{64}\b)\S{26,}")
_ADDRESS = re.compile(r"\(?https?://")
_BREAK_EVERY, _LINE = 10, 80


def printable(text: str, *, lines: bool = False) -> str:
    """Return a text whose every character can be printed; line breaks become spaces unless `lines`.

    Invisible characters are left out; a visible one without shape becomes
    `UNKNOWN`. A very long word may break anywhere, save what people copy: a
    fingerprint, an address that holds on a line.
    """
    composed = unicodedata.normalize("NFC", text)
    spaced = composed if lines else " ".join(composed.split("\n"))
    shaped = "".join(char if char == "\n" or ord(char) in _shapes() else _instead(char) for char in spaced)
    return _LONG_WORD.sub(_breakable, typography(shaped))


def unprintable(text: str) -> set[str]:
    """Return the visible characters of a text that documents cannot draw."""
    composed = unicodedata.normalize("NFC", text)
    return {char for char in composed if ord(char) not in _shapes() and _instead(char) == UNKNOWN}


def _instead(char: str) -> str:
    kind = unicodedata.category(char)
    if kind == "Zs" or char in "\t\r\x0b\x0c\x85\u2028\u2029":
        return " "
    return "" if kind in _INVISIBLE else UNKNOWN


def _breakable(found: re.Match[str]) -> str:
    word = found[0]
    if _ADDRESS.match(word) and len(word) <= _LINE:
        return word
    return "\u200b".join(word[start : start + _BREAK_EVERY] for start in range(0, len(word), _BREAK_EVERY))


@lru_cache(maxsize=1)
def _shapes() -> frozenset[int]:
    """Return every character that the fonts of the documents can draw; marks that turn or join words draw nothing."""
    lines = (FONTS / "couverture.txt").read_text("utf-8").split()
    ranges = [tuple(int(end, 16) for end in line.split("-")) for line in lines]
    drawn = (code for first, last in ranges for code in range(first, last + 1))
    return frozenset(code for code in drawn if code == _SOFT_HYPHEN or unicodedata.category(chr(code)) != "Cf")


def written(text: str) -> list[dict[str, Any]]:
    """Return a long text as blocks.

    A block is `{"sorte": "paragraphe", "passages": […]}` or `{"sorte":
    "liste", "numerotee": bool, "elements": [[block…]…]}`; a passage is
    `{"texte": str, "gras": bool, "italique": bool}`. A link is followed by
    its address, since paper cannot be clicked.
    """
    return _blocks(iter(markdown_tokens(text)))


def _blocks(tokens: Iterator[Any]) -> list[dict[str, Any]]:
    """Return the blocks up to the end of the list, or of the item, that `tokens` is inside."""
    found: list[dict[str, Any]] = []
    for token in tokens:
        if token.type.endswith("_list_open"):
            found.append({"sorte": "liste", "numerotee": token.type.startswith("ordered"), "elements": _items(tokens)})
        elif token.type == "inline":
            found.append({"sorte": "paragraphe", "passages": _passages(token.children)})
        elif token.type == "list_item_close":
            break
    return found


def _items(tokens: Iterator[Any]) -> list[list[dict[str, Any]]]:
    items = []
    for token in tokens:
        if token.type.endswith("_list_close"):
            break
        items.append(_blocks(tokens))
    return items


def _passages(tokens: list[Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    depth = {"strong": 0, "em": 0}
    address = ""
    for token in tokens:
        kind, _, end = token.type.rpartition("_")
        if kind in depth:
            depth[kind] += 1 if end == "open" else -1
        elif kind == "link" and end == "open":
            address = token.attrs["href"]
        elif kind == "link":
            found.append(_passage(f" ({address})", depth))
        else:
            found.append(_passage(" " if token.type.endswith("break") else token.content, depth))
    return found


def _passage(text: str, depth: dict[str, int]) -> dict[str, Any]:
    return {"texte": printable(text), "gras": depth["strong"] > 0, "italique": depth["em"] > 0}
