"""Texts that would run, break a page or hide something, were they read as anything but text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable

PAYLOADS = (
    "<script>window.__pwned=1</script>",
    '"><img src=x onerror=window.__pwned=1>',
    "'><svg onload=window.__pwned=1>",
    "{{ 7*7 }}",
    "{{ cycler.__init__.__globals__ }}",
    "{% raw %}",
    "{% include 'mkdocs.yml' %}",
    "{# sans fin",
    "a | b || c |",
    "`code` et `",
    "``` html",
    "~~~",
    "javascript:window.__pwned=1",
    "[x](javascript:window.__pwned=1)",
    "[x](JaVaScRiPt:window.__pwned=1 'titre')",
    "[x](data:text/html,<script>window.__pwned=1</script>)",
    "![](http://image.invalid/x.png)",
    '![x](http://image.invalid/x.png "t")',
    "<http://lien.invalid/>",
    "[x]: javascript:window.__pwned=1",
    "renversé \u202etxet\u202c et \u200fmarque",
    "&lt;b&gt; &amp; &#60;i&#62;",
    "<!-- commentaire -->",
    "<!--",
    "]]> <![CDATA[",
    "racine:/certifications/",
    '"racine:/certifications/',
    "# titre",
    "{: onclick=window.__pwned=1 }",
    "texte {: .md-typeset #md-content onclick=window.__pwned=1 }",
    "</div></article></main></section>",
    "</title><script>window.__pwned=1</script>",
    "</textarea></style></script>",
    "*gras** _et_ __souligné__ ~~barré~~",
    "1. un - deux --- ***",
    "[TOC]",
    "[^1] *[sigle]: x",
    "C:\\dossier\\n",
    "% € & ' \" < > / = ` ^ $ @ ! ? ; : , .",
    "mot" + "x" * 10_000,
)
"""One line each: fields of one line hold them too."""

BLOCKS = (
    "``` html\n<script>window.__pwned=1</script>\n```",
    "~~~\n{{ 7*7 }}\n~~~",
    "texte\n\n    <script>window.__pwned=1</script>\n\nsuite",
    "- puce\n\n  ```\n  {% raw %}\n  ```",
    "# titre\n\nTitre\n=====\n\nAutre\n-----",
    "<div markdown=1>\n\n**gras**\n\n</div>",
    "| a | b |\n| --- | --- |\n| 1 | 2 |",
    "[x]\n\n[x]: javascript:window.__pwned=1",
    "!!! note\n    {{ 7*7 }}",
    "{% raw %}\n\n{% endraw %}{{ 7*7 }}",
)
"""Several lines: long texts only."""

EVERYTHING = (*PAYLOADS, *BLOCKS)
ALL = range(len(EVERYTHING))
ACTIVE = [index for index in ALL if any(mark in EVERYTHING[index] for mark in ("pwned", "invalid", "{{", "{%", "</", "x" * 100))]
"""Those that would run, ask something outside, or break the page most."""


def bare(text: str) -> str:
    """Return a text without any space: typography changes spaces, never characters."""
    return re.sub(r"\s", "", text)


def some(indexes: Iterable[int]) -> list[object]:
    """Return payload indexes as parameters of a test, each named by its payload."""
    return [pytest.param(index, id=f"{index}-{bare(EVERYTHING[index])[:24]!a}") for index in indexes]
