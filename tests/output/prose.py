"""What a hand-written Markdown page says: its prose, without front matter, code, markup nor calls of macros."""

from __future__ import annotations

import re

_FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_FENCED = re.compile(r"^(?P<fence>```+|~~~+).*?^(?P=fence)\s*$", re.DOTALL | re.MULTILINE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_SVG = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_SVG_TEXT = re.compile(r"<(?:title|desc|text|tspan)\b[^>]*>([^<]+)")
_CODE = re.compile(r"`[^`\n]+`")
_MACRO = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_ATTRIBUTES = re.compile(r"\{:[^}]*\}")
_TARGET = re.compile(r"\]\([^)]*\)|^\[[^\]]+\]:.*$", re.MULTILINE)
_TAG = re.compile(r"</?[a-zA-Z][^>]*>")
_RULE = re.compile(r"^\|?[\s|:-]+\|?$", re.MULTILINE)
_WORD = re.compile(r"\S*\w\S*")


def without_code(markdown: str) -> str:
    """Return the text of a page without its front matter, blocks of code and comments; calls of macros stay."""
    return _COMMENT.sub("", _FENCED.sub("", _FRONT.sub("", markdown)))


def macros_called(markdown: str) -> list[str]:
    """Return the names of the macros that a page calls, in order."""
    return [name for call in _MACRO.findall(without_code(markdown)) for name in re.findall(r"\{\{\s*(\w+)\s*\(", call)]


def prose(markdown: str, code: str = "") -> str:
    """Return what a page says, blocks still apart; `code` stands for each piece of code inside a sentence.

    A picture drawn in the page keeps its texts.
    """
    text = _MACRO.sub("", without_code(markdown))
    text = _SVG.sub(lambda svg: "\n\n".join(_SVG_TEXT.findall(svg[0])), text)
    text = _ATTRIBUTES.sub("", _CODE.sub(code, text))
    text = _RULE.sub("", _TAG.sub("", _TARGET.sub("]", text)))
    return re.sub(r"[*_#]+|!?\[|\]", lambda mark: "" if mark[0] != "_" else "_", text)


def count_words(markdown: str) -> int:
    """Return the number of words of a page, as an editor counts them: what spaces separate, punctuation alone apart."""
    return len(_WORD.findall(prose(markdown)))
