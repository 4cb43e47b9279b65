"""Where two versions of a record differ, cut along its keys and the elements of its lists, so that only what moved is read.

A record is a block mapping: a key at the start of a line opens a fragment
that lasts until the next one. In a list of blocks, each element is a fragment
of its own. Nothing is understood here but indentation and values that stand
plain on the line of their key; the rest is given whole to the reader.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_SHOWN = b"visibilite:"
_FLAT = b"\n- "
"""An element of a list that is not indented: which key it belongs to is said above it."""
_JOINED, _EMPTY_LINE = b"\0", b"\1"
"""Stand for a line break before an indented line, and before an empty one; no record holds them."""
_PLAIN = re.compile(r"[^\W_](?:[^\n#:]|:(?=[^\s]))*")
"""A value that needs no reader: no mark of YAML at its start, nothing that hides its end."""
_EMPTY = "null"
UNREAD = object()
"""The value of a fragment that needs the reader."""


class Fragment:
    """One key, or some elements of its list, on one side of a change: its lines, and its value once known. No key: the whole record."""

    __slots__ = ("items", "key", "text", "value")

    def __init__(self, key: str, text: str, value: Any, *, items: bool) -> None:
        """Keep the lines; `items`: they are elements of the list of `key`, without it."""
        self.key, self.text, self.value, self.items = key, text, value, items


Sides = tuple[Fragment | None, Fragment | None]


def changed_fragments(old: bytes, new: bytes) -> Iterator[Sides]:
    """Yield, for each key that two versions of a record do not write alike, what each has of it, in the order of the new one."""
    was, now = _blocks(old), _blocks(new)
    left, right = set(now), set(was)
    before, after = [block for block in was if block not in left], [block for block in now if block not in right]
    flat = _FLAT in old or _FLAT in new
    if not flat and all(block[:1].isalpha() for block in (*before, *after)):
        yield from _paired(_keys(before), _keys(after))
    elif all(_is_plain(block) for block in (*was, *now)):
        yield from _paired(_keys(was), _keys(now))
    else:
        yield tuple(Fragment("", raw.decode("utf-8", "replace"), UNREAD, items=False) for raw in (old, new))  # type: ignore[misc]


def visibility_of(raw: bytes) -> str:
    """Return the value of the key `visibilite` as it is typed; nothing without one."""
    start = 0 if raw.startswith(_SHOWN) else raw.find(b"\n" + _SHOWN) + 1
    if not raw.startswith(_SHOWN, start):
        return ""
    return raw[start + len(_SHOWN) :].split(b"\n", 1)[0].decode("utf-8", "replace").strip(" '\"\r")


def _blocks(raw: bytes) -> list[bytes]:
    """Return the lines of a text, each with the indented and the empty ones below it."""
    text = raw.replace(b"\r\n", b"\n").rstrip(b"\n")
    while b"\n\n" in text:
        text = text.replace(b"\n\n", _EMPTY_LINE + b"\n")
    return text.replace(b"\n ", _JOINED).split(b"\n")


def _text(block: bytes) -> str:
    return block.replace(_JOINED, b"\n ").replace(_EMPTY_LINE, b"\n").decode("utf-8", "replace")


def _is_plain(block: bytes) -> bool:
    """Tell whether a line is a key, or belongs to the one above: an element of a list that is not indented, a comment, nothing."""
    return block[:1].isalpha() or block[:2] == b"- " or block[:1] in (b"#", b"")


def _keys(blocks: list[bytes]) -> dict[str, str]:
    """Return each top-level key with its lines, the last line break apart."""
    found: dict[str, str] = {}
    name = ""
    for block in blocks:
        text = _text(block)
        if text[:1].isalpha():
            name = text.partition(":")[0].rstrip()
            found[name] = text
        elif name:
            found[name] += f"\n{text}"
    return found


def _paired(old: dict[str, str], new: dict[str, str]) -> Iterator[Sides]:
    for key, now in new.items():
        was = old.get(key)
        if was != now:
            yield _sides(key, was, now)
    for key, was in old.items():
        if key not in new:
            yield _fragment(key, was), None


def _sides(key: str, before: str | None, after: str) -> Sides:
    if before:
        (old_indent, old_items), (new_indent, new_items) = _items(before), _items(after)
        if old_items and new_items:
            olds, news = set(old_items), set(new_items)
            if len(olds) == len(old_items) and len(news) == len(new_items):
                return _of_items(key, old_indent, old_items, news), _of_items(key, new_indent, new_items, olds)
    return _fragment(key, before), _fragment(key, after)


def _of_items(key: str, indent: str, items: list[str], others: set[str]) -> Fragment | None:
    """Return the elements that the other side has not."""
    found = [item for item in items if item not in others]
    if not found:
        return None
    values = [_mapping(item, indent) for item in found]
    text = "".join(f"{indent}- {item}\n" for item in found)
    return Fragment(key, text, values if all(values) else UNREAD, items=True)


def _fragment(key: str, text: str | None) -> Fragment | None:
    if text is None:
        return None
    value = text[text.find(":") + 1 :].strip(" \n")
    if value != _EMPTY and _PLAIN.fullmatch(value):
        return Fragment(key, text, value, items=False)
    indent, items = _items(text)
    values = [_mapping(item, indent) for item in items]
    return Fragment(key, text, values if values and all(values) else UNREAD, items=False)


def _items(text: str) -> tuple[str, list[str]]:
    """Return the elements of a list written as blocks, without their dash, and what indents it; nothing for any other value."""
    end = text.find("\n")
    if end < 0 or text[end - 1] != ":":
        return "", []
    body = text[end + 1 :]
    from_dash = body.lstrip(" ")
    if not from_dash.startswith("- "):
        return "", []
    indent = body[: len(body) - len(from_dash)]
    return indent, text[end:].split(f"\n{indent}- ")[1:]


def _mapping(item: str, indent: str) -> dict[str, str] | None:
    """Return an element whose every line is a key and its plain value; None for any other, which the reader reads."""
    found: dict[str, str] = {}
    for line in item.split(f"\n{indent}  "):
        key, colon, value = line.partition(": ")
        value = value.strip(" ")
        if not colon or not key.isidentifier() or key in found or value == _EMPTY or not _PLAIN.fullmatch(value):
            return None
        found[key] = value
    return found


def batch(fragments: list[Fragment]) -> str:
    """Return one document that holds every fragment under a key of its own, `e0`, `e1`…, for a reader called once."""
    return "".join(f"e{rank}:\n {_indented(fragment.text)}\n" for rank, fragment in enumerate(fragments))


def _indented(text: str) -> str:
    return text.rstrip("\n").replace("\n", "\n ")
