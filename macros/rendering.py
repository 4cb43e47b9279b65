"""The only module that knows Jinja and Markdown: views become HTML, every value escaped.

A section is raw HTML on unindented lines, without blank line, backtick or
brace, so that neither Markdown nor a template engine finds anything in it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown_it import MarkdownIt
from markupsafe import Markup

from macros.french import format_date, format_number, format_short_date, typography

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

TEMPLATES = Path(__file__).parent / "templates"

ROOT = "racine:/"
"""Addresses of pages start here; the theme replaces it by the path to the root of the site (see overrides/main.html)."""

_PLAIN = " ’,·–—\u00a0\u202f"
"""Characters of a heading that mean nothing to Markdown; any other that is no letter is written as an entity."""

_SAFE_LINK = re.compile(r"(https?://|mailto:)[^\s]", re.IGNORECASE)


def render(template: str, **values: object) -> str:
    """Return a section as sealed HTML. `template` is a path below `templates/` without `.html.j2`."""
    return seal(environment().get_template(f"{template}.html.j2").render(**values))


def seal(html: str) -> str:
    """Return HTML that Markdown and template engines pass through untouched, with French spaces."""
    lines = (line.strip() for line in html.splitlines())
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


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return the one Jinja environment: autoescape always, an undefined name is an error."""
    env = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    env.filters.update(date=_date, date_courte=_short_date, nombre=format_number, md=markdown, adresse=address)
    return env


def address(path: str) -> str:
    """Return the address of a page from the root of the site; anchors of the same page and outside addresses stay."""
    return path if path.startswith(("#", "http://", "https://")) else f"{ROOT}{path}"


def _date(day: date) -> Markup:
    return Markup('<time datetime="{}">{}</time>').format(day.isoformat(), format_date(day))


def _short_date(day: date) -> Markup:
    return Markup('<time datetime="{}">{}</time>').format(day.isoformat(), format_short_date(day))


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    """Return the renderer of long texts: paragraphs, lists, emphasis, web links. No HTML, no image, no heading."""
    parser = MarkdownIt("zero").enable(["list", "emphasis", "link", "escape", "entity", "newline"])
    parser.validateLink = lambda url: _SAFE_LINK.match(url) is not None  # type: ignore[method-assign]
    return parser


@lru_cache(maxsize=8192)
def markdown(text: str) -> Markup:
    """Return a record's long text as safe HTML: what is not simple Markdown is shown as text."""
    return Markup(_markdown().render(text))  # noqa: S704 - built with HTML off; every text node is escaped by the renderer
