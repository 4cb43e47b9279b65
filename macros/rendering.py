"""The only module that knows Jinja and Markdown: views become HTML, every value escaped.

A section is raw HTML on unindented lines, without blank line, backtick or
brace, so that neither Markdown nor a template engine finds anything in it.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown_it import MarkdownIt
from markupsafe import Markup, escape

from macros.french import MOIS, MOIS_COURTS, capital, format_date, format_number, format_short_date, typography

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

TEMPLATES = Path(__file__).parent / "templates"

ROOT = "racine:/"
"""Addresses of pages start here; the theme replaces it by the path to the root of the site (see overrides/main.html)."""

_PLAIN = " ’,·–—\u00a0\u202f"
"""Characters of a heading that mean nothing to Markdown; any other that is no letter is written as an entity."""

_UNUSED_MARKS = re.compile(r"(?<=!)\[|(?<!\\)\[(?=\]\()")
"""What would make a picture, or a link without text."""

_BETWEEN_CELLS = re.compile(
    r"(</(?:th|td|dt|dd|li|p|div|caption)>|</a>(?=<span class=\"sous)|</code>(?=<span)|</(?:time|span)>(?=<span class=\"sous))<"
)
"""Search indexes join what nothing separates: “RNCP99001active”."""

SET_ASIDE = ("<!--section-->", "<!--/section-->")
"""Around a finished section, for the Markdown extension. The text of a record cannot hold them: it is escaped."""

_SAFE_LINK = re.compile(r"(https?://|mailto:)[^\s]", re.IGNORECASE)


def render(template: str, **values: object) -> str:
    """Return a section as sealed HTML. `template` is a path below `templates/` without `.html.j2`."""
    return seal(environment().get_template(f"{template}.html.j2").render(**values))


def render_page(template: str, **values: object) -> str:
    """Return a whole HTML page that stands outside the site: it needs nothing else, and no engine reads it."""
    made = environment().get_template(f"{template}.html.j2").render(**values)
    return typography("\n".join(line for line in made.splitlines() if line.strip())) + "\n"


def seal(html: str) -> str:
    """Return HTML that Markdown and template engines pass through untouched, with French spaces."""
    lines = (line.strip() for line in _BETWEEN_CELLS.sub(r"\1\n<", html).splitlines())
    text = "\n".join(line for line in lines if line)
    text = text.replace("`", "&#96;").replace("~~", "&#126;&#126;").replace("{", "&#123;").replace("}", "&#125;")
    return typography(text)


def heading(level: int, text: str, anchor: str = "") -> str:
    """Return a Markdown heading in which `text` is only text, whatever it holds."""
    plain = typography(" ".join(text.split()))
    escaped = "".join(char if char.isalnum() or char in _PLAIN else f"&#{ord(char)};" for char in plain)
    mark = f" {{: #{anchor} }}" if anchor else ""
    return f"{'#' * level} {escaped}{mark}"


def assemble(parts: Sequence[str]) -> str:
    """Join headings and sections into the text of a page; blank lines separate Markdown from HTML."""
    return "\n\n".join(part for part in parts if part)


def set_aside(text: str) -> str:
    """Mark the finished sections of a page, so that Markdown need not parse them again.

    A section that holds anchors is left to the engine, which checks links to them.
    """
    start, end = SET_ASIDE
    return "\n\n".join(f"{start}{part}{end}" if part.startswith("<") and ' id="' not in part else part for part in text.split("\n\n"))


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return the one Jinja environment: autoescape always, an undefined name is an error."""
    env = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    env.filters.update(date=_date, date_courte=_short_date, nombre=format_number, md=markdown)
    env.filters.update(dates=with_times)
    env.filters.update(adresse=address, mot=one_word, capitale=capital, lignes=kept_lines)
    return env


def address(path: str) -> str:
    """Return the address of a page from the root of the site; anchors of the same page and outside addresses stay."""
    return path if path.startswith(("#", "http://", "https://")) else f"{ROOT}{path}"


def one_word(text: str) -> str:
    """Return a text as one word, as filters name it."""
    return "_".join(text.split())


def kept_lines(text: str) -> Markup:
    """Return a text whose line breaks survive the joining of sections: for what is shown as it will be copied."""
    return Markup("&#10;").join(text.split("\n"))


def _date(day: date) -> Markup:
    return Markup('<time datetime="{}">{}</time>').format(day.isoformat(), format_date(day))


def _short_date(day: date) -> Markup:
    return Markup('<time datetime="{}">{}</time>').format(day.isoformat(), format_short_date(day))


_DAYS = re.compile(rf"\b(\d{{1,2}}|1er)[ \u00a0]({'|'.join(map(re.escape, (*MOIS, *MOIS_COURTS)))})[ \u00a0](\d{{4}})")


def with_times(text: str) -> Markup:
    """Return a text whose French dates are marked as times: for cells that say several in a sentence."""
    parts, end = [], 0
    for found in _DAYS.finditer(text):
        months = MOIS if found[2] in MOIS else MOIS_COURTS
        try:
            day = date(int(found[3]), months.index(found[2]) + 1, int(found[1].removesuffix("er")))
        except ValueError:  # a person wrote a day that no calendar has
            continue
        parts += [escape(text[end : found.start()]), Markup('<time datetime="{}">{}</time>').format(day.isoformat(), found[0])]
        end = found.end()
    return Markup("").join([*parts, escape(text[end:])])


_DEEPEST = 60
"""Levels of Markdown, two a list: the parser drops what is deeper; no text of people goes there."""


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    """Return the renderer of long texts: paragraphs, lists, emphasis, web links. No HTML, no image, no heading."""
    parser = MarkdownIt("zero", {"maxNesting": _DEEPEST}).enable(["list", "emphasis", "link", "escape", "newline"])
    parser.validateLink = lambda url: _SAFE_LINK.match(url) is not None  # type: ignore[method-assign]
    return parser


_ORDINARY = re.compile(r"(?:- )?[^\W\d_][^\n\r\0*_\[\]\\&<>\"!]*")
"""A line in which Markdown has nothing to interpret, alone or as a list item."""


def ordinary(text: str) -> str | None:
    """Return what the parser returns for paragraphs and flat lists, nearly all real texts, many times faster; None for any other text."""
    parts = []
    after_list = False
    for block in text.strip("\n").split("\n\n"):
        lines = block.split("\n")
        is_list = lines[0].startswith("- ")
        if is_list and after_list:  # one loose list, not two
            return None
        if any(line.startswith("- ") != is_list or line != line.rstrip() or not _ORDINARY.fullmatch(line) for line in lines):
            return None
        items = "</li>\n<li>".join(line[2:] for line in lines)
        parts.append(f"<ul>\n<li>{items}</li>\n</ul>\n" if is_list else f"<p>{block}</p>\n")
        after_list = is_list
    return "".join(parts)


def markdown_tokens(text: str) -> list[Token]:
    """Return what the parser of long texts finds in one, for what is not HTML; every text in it is plain."""
    return _markdown().parse(_UNUSED_MARKS.sub(r"\\\g<0>", text))


@lru_cache(maxsize=8192)
def markdown(text: str) -> Markup:
    """Return a record's long text as safe HTML: what is not simple Markdown is shown as text."""
    return Markup(ordinary(text) or _markdown().render(_UNUSED_MARKS.sub(r"\\\g<0>", text)))  # noqa: S704 - built with HTML off; every text node is escaped by the renderer
