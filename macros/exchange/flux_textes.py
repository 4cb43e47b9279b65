"""What a feed says, as plain values: text without markup, days as they were written, web addresses."""

from __future__ import annotations

import html
import re
from datetime import date
from email.utils import parsedate
from urllib.parse import urljoin, urlsplit

from lxml import etree

from macros.models.base import FIRST_YEAR, LAST_YEAR

LONGEST_ADDRESS = 2_000
_LINE_BREAK = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff]")
"""Controls of terminals, of the direction of writing, and characters of no width: a title says what it shows."""
_SPACES = re.compile(r"[ \t\u00a0]+")
_PARAGRAPH = re.compile(r"\n\s*\n")
_DROPPED = frozenset({"script", "style", "template", "noscript", "iframe", "object", "svg", "math", "head", "textarea", "select"})
_APART = frozenset(
    {"address", "article", "aside", "blockquote", "br", "caption", "center", "dd", "details", "div", "dl", "dt", "fieldset", "figcaption"}
    | {"figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section"}
    | {"summary", "table", "tr", "ul"}
)
_ISO = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?!\d)")
_FORBIDDEN = re.compile(r'[\x00-\x20"<>\\^`{|}]')


def tidy(text: str) -> str:
    """Return a plain text without invisible characters: paragraphs are kept, lines and runs of spaces joined."""
    clean = _INVISIBLE.sub("", _SURROGATE.sub("\ufffd", _LINE_BREAK.sub("\n", text)))
    paragraphs = (" ".join(_SPACES.sub(" ", part).split()) for part in _PARAGRAPH.split(clean))
    return "\n\n".join(part for part in paragraphs if part)


def one_line(text: str) -> str:
    """Return the same on one line."""
    return " ".join(tidy(text).split())


def from_html(markup: str) -> str:
    """Return the text of a piece of HTML as `tidy` does: blocks are paragraphs, scripts and styles are dropped."""
    clean = _SURROGATE.sub("\ufffd", _INVISIBLE.sub("", markup))
    if "<" not in clean:
        return tidy(html.unescape(clean))
    parser = etree.HTMLParser(remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = etree.fromstring(clean, parser)
    except etree.LxmlError:
        root = None
    return "" if root is None else tidy("".join(_pieces(root)))


def _pieces(root: etree._Element) -> list[str]:
    """Return the texts below an element in order, with what separates them."""
    found: list[str] = []
    dropped = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        name = str(element.tag)
        dropped += (name in _DROPPED) * (1 if event == "start" else -1)
        apart = "\n\n" if name in _APART else " " if name in {"td", "th"} else ""
        said = element.text if event == "start" else element.tail
        found.append(apart)
        if said and not dropped:
            found.append(re.sub(r"\s+", " ", said))
    return found


def cut(text: str, most: int) -> str:
    """Return a text of `most` characters at most, cut between two words and followed by an ellipsis."""
    if len(text) <= most:
        return text
    kept = text[:most]
    whole = kept.rstrip() if text[most].isspace() else kept.rpartition(" ")[0] or kept
    return whole.rstrip(" ,;:.\n") + "…"


def day_of(text: str) -> date | None:
    """Return the day that a date of a feed names where it was written: RFC 822 or ISO 8601, whatever hour and time zone follow."""
    stated = text.strip()[:80]
    iso = _ISO.match(stated)
    try:
        numbers = [int(part) for part in iso.groups()] if iso else list(parsedate(stated) or ())[:3]
        day = date(*numbers) if numbers else None
    except (ValueError, TypeError, IndexError, OverflowError):  # the reader of e-mail dates lets a few escape
        return None
    return day if day and FIRST_YEAR <= day.year <= LAST_YEAR else None  # any other is a mistake of the feed


def web_address(text: str, *bases: str) -> str:
    """Return an absolute web address, resolved from the first base that allows it; nothing for any other scheme, nor for none."""
    stated = one_line(text)
    if not stated:
        return ""
    for base in ("", *bases):
        try:
            whole = urljoin(one_line(base), stated)
            parts = urlsplit(whole)
        except ValueError:
            continue
        if parts.scheme in ("http", "https") and parts.hostname:
            address = _FORBIDDEN.sub(lambda found: f"%{ord(found[0]):02X}", whole)
            address = parts.scheme + address[len(parts.scheme) :]
            return address if len(address) <= LONGEST_ADDRESS else ""
        if parts.scheme:
            return ""
    return ""
