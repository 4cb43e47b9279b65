"""Flattened France compétences texts become readable Markdown again: paragraphs and lists, no word lost or invented.

The published texts lost their line breaks: each became a run of two to six
spaces, bullets became `* ` or `- `, numbers stay in the text (`1.1`, `C1.`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from itertools import groupby

_WORD = re.compile(r"[^\W_]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_LINE_BREAK = re.compile(r"\r\n?|[\x85\u2028\u2029]")
_RUN = re.compile(r"([ \t\n]*\n[ \t\n]*|[ \t]{2,})")
_GLYPHS = "•●▪◦‣■□➢➤▶✓✔\uf0b7\uf0a7\uf0d8\uf0fc"
_CODE = r"(?:[A-Z]{1,4}\.?\d{1,3}(?:[.\-]?[A-Z]{1,3}\.?\d{1,3}){0,4}(?:\.\d{1,3}){0,4})"
_NUMBER = r"(?:\d{1,3}(?:\.\d{1,3}){0,4})"

_INLINE_BREAK = re.compile(
    rf"[ \t]+(?=[{_GLYPHS}])"  # a bullet glyph, even after one space
    rf"|(?<=[:;])[ \t]+(?=[*–-][ \t])"  # “: - first ; - second”
    rf"|(?<=[\w)][.;:])[ \t]+(?=(?:{_CODE}[.)]|{_CODE}[ \t]?:|[A-Z]{{1,3}}\d{{1,2}}\.\d{{1,2}}|{_NUMBER}\.\d{{1,3}}[.)]?)[ \t]+[A-ZÀ-Ý])",
)
_BULLET = re.compile(rf"(?:[{_GLYPHS}]|[*–—-](?=[ \t]|$)|-(?=[^\W\d_]))[ \t]*")
_NUMBERED = re.compile(
    rf"{_CODE}(?:[.)]|[ \t]*[:–-](?=[ \t])|(?=[ \t]))"
    rf"|{_NUMBER}(?:[.)](?!\d)|[ \t]*[:–-](?=[ \t]))|\d{{1,3}}(?:\.\d{{1,3}}){{1,4}}(?=[ \t])"
    r"|[a-z]\)",
)
_CONTINUES = re.compile(r"[,;.:!?()\]»]")

_STOP = re.compile(r"[.:!?…][\"»)\u00a0]*$")

_STRONG_RUN = 4
_LIST_FROM = 3
_ANYWHERE = re.compile(r"[\\`*\[<]|&(?=#?\w{1,40};)|~(?=~)|(?<![^\W_])_|_(?![^\W_])")
_AT_START = re.compile(r"[#>+=~|:-]")
_ORDERED = re.compile(r"(\d{1,9})([.)])(?=\s|$)")


class _Kind(Enum):
    PARAGRAPH = "paragraph"
    NUMBERED = "numbered"
    BULLET = "bullet"


@dataclass
class _Block:
    kind: _Kind
    parts: list[str]


def words(text: str) -> list[str]:
    """Return the runs of letters and digits of `text`, in order.

    `_` counts as punctuation, since Markdown may need it escaped. What two
    texts say is the same when their words are: markup and typography apart.
    """
    return _WORD.findall(text)


def restore(text: str) -> str:
    """Return flattened `text` as CommonMark paragraphs and `- ` lists with the same words in the same order.

    Line breaks already there are kept as breaks. A number (`1.1`, `C1.`)
    starts its own list item and stays literal. Characters that Markdown would
    interpret are escaped, so that each word renders as written. Linear time;
    an empty text gives an empty text.
    """
    return _layout(_as_lists(_blocks(_segments(text))))


def _segments(text: str) -> list[tuple[bool, str]]:
    """Cut at runs of spaces, line breaks and inline bullets: (is the break strong, segment)."""
    clean = _LINE_BREAK.sub("\n", _CONTROL.sub(" ", text))
    segments: list[tuple[bool, str]] = []
    strong = True
    for index, piece in enumerate(_RUN.split(clean)):
        if index % 2:
            strong = piece.count("\n") > 1 or ("\n" not in piece and len(piece) >= _STRONG_RUN)
            continue
        for part in _INLINE_BREAK.split(piece):
            stripped = part.strip(" \t")
            if stripped:
                segments.append((strong, stripped))
                strong = True
    return segments


def _blocks(segments: list[tuple[bool, str]]) -> list[_Block]:
    """Give each segment its kind, or join it to the block it continues."""
    blocks: list[_Block] = []
    pending = False
    for strong, segment in segments:
        bullet = _BULLET.match(segment)
        content = segment[bullet.end() :] if bullet else segment
        if bullet and not content:
            pending = True
        elif blocks and not bullet and not pending and _is_continuation(strong=strong, text=segment):
            blocks[-1].parts.append(segment)
        else:
            kind = _Kind.BULLET if bullet or pending else _Kind.NUMBERED if _NUMBERED.match(segment) else _Kind.PARAGRAPH
            blocks.append(_Block(kind, [content]))
            pending = False
    return blocks


def _as_lists(blocks: list[_Block]) -> list[_Block]:
    """Make a list of three lines or more that follow each other without a final stop: their bullets were lost too."""
    listed: list[_Block] = []
    for is_line, group in groupby(blocks, lambda block: block.kind is _Kind.PARAGRAPH and not _STOP.search(block.parts[-1])):
        run = list(group)
        if is_line and len(run) >= _LIST_FROM:
            run = [_Block(_Kind.BULLET, block.parts) for block in run]
        listed.extend(run)
    return listed


def _is_continuation(*, strong: bool, text: str) -> bool:
    """Tell whether a break was an accident inside a sentence: punctuation follows, or a lower-case letter after a short run."""
    return bool(_CONTINUES.match(text)) or (not strong and text[0].islower() and not _NUMBERED.match(text))


def _layout(blocks: list[_Block]) -> str:
    """Write the blocks: lists are tight, bullets below a bare number are nested, paragraphs stand apart."""
    lines: list[str] = []
    previous: _Kind | None = None
    nested = False
    following = [block.kind for block in blocks[1:]] + [_Kind.PARAGRAPH]
    for block, next_kind in zip(blocks, following, strict=False):  # an empty text has no block
        kind = block.kind
        if kind is _Kind.NUMBERED and next_kind is _Kind.PARAGRAPH and previous is not _Kind.NUMBERED and not nested:
            kind = _Kind.PARAGRAPH  # a number that stands alone is a heading of what follows, not a list
        nested = kind is _Kind.BULLET and (nested or previous is _Kind.NUMBERED)
        if previous and _Kind.PARAGRAPH in (previous, kind):
            lines.append("")
        marker = "" if kind is _Kind.PARAGRAPH else "  - " if nested else "- "
        lines.append(marker + escape(" ".join(block.parts)))
        previous = kind
    return "\n".join(lines)


def escape(text: str) -> str:
    """Escape what CommonMark would interpret, wherever it may stand or at the start of a block."""
    escaped = _ANYWHERE.sub(r"\\\g<0>", text)
    escaped = _ORDERED.sub(r"\1\\\2", escaped, count=1) if _ORDERED.match(escaped) else escaped
    return f"\\{escaped}" if _AT_START.match(escaped) else escaped
