"""The tags of a Word template: which there are, what each says, how they open and close."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from macros import messages

if TYPE_CHECKING:
    from collections.abc import Iterable

_TAG = re.compile(r"{%-?(.*?)-?%}|{{(.*?)}}", re.DOTALL)
_XML = re.compile(r"<[^>]*>")
_OPENS = ("for", "if", "macro")
_ENDS = {f"end{name}": name for name in _OPENS}
_INSIDE = {"else": ("for", "if"), "elif": ("if",)}


def tags_of(source: str) -> list[str]:
    """Return the tags of a part of a template, in order, without the XML that Word put inside; instructions left out."""
    uncommented = re.sub(r"{#.*?#}", "", source, flags=re.DOTALL)
    return [_XML.sub("", found[0]) for found in _TAG.finditer(uncommented)]


def pairing(tags: Iterable[str]) -> list[str]:
    """Return what is wrong, in French, in how tags open and close."""
    wrong: list[str] = []
    still: list[tuple[str, str]] = []
    for tag in tags:
        word = keyword(tag)
        if word in _OPENS:
            still.append((word, tag))
        elif word in _ENDS:
            if still and still[-1][0] == _ENDS[word]:
                still.pop()
            else:
                wrong.append(messages.word_tag_closes_nothing(tag, _ENDS[word]))
        elif word in _INSIDE and not (still and still[-1][0] in _INSIDE[word]):
            wrong.append(messages.word_tag_closes_nothing(tag, "if"))
        elif word and word not in _INSIDE:
            wrong.append(messages.word_tag_unknown(tag))
    return wrong + [messages.word_tag_unclosed(tag, f"end{word}") for word, tag in still]


def keyword(tag: str) -> str:
    """Return the first word of a tag that steers; nothing for a tag that prints."""
    found = re.match(r"{%-?\s*(\w*)", tag)
    return found[1] or "%" if found else ""


def alone(tag: str) -> str:
    """Return a tag that steers, made whole: it can then be read without its neighbours. Nothing for one that only continues or ends."""
    word = keyword(tag)
    if word == "elif":
        return tag.replace("elif", "if", 1) + "{% endif %}"
    return tag + (f"{{% end{word} %}}" if word in _OPENS else "") if word in {"", *_OPENS} else ""
