"""JSON Feed, versions 1 and 1.1 (jsonfeed.org): the only module that knows how it is written."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from macros import messages
from macros.exchange.flux_element import Brut, Entete, Texte
from macros.exchange.flux_source import MAX_DEPTH, MAX_ELEMENTS
from macros.exchange.flux_textes import one_line

if TYPE_CHECKING:
    from macros.exchange.flux_source import Source

_VERSIONS = ("https://jsonfeed.org/version/1", "https://jsonfeed.org/version/1.1")
Said = Annotated[str | None, Field(default=None)]


class _TwiceError(Exception):
    """A key written twice in one object."""


class _Item(BaseModel):
    model_config = ConfigDict(strict=True)

    id: Said
    url: Said
    external_url: Said
    title: Said
    content_html: Said
    content_text: Said
    summary: Said
    date_published: Said
    date_modified: Said


class _Feed(BaseModel):
    model_config = ConfigDict(strict=True)

    version: str
    title: Said
    home_page_url: Said
    feed_url: Said
    items: list[_Item]


def parse(source: Source) -> tuple[Entete, list[Brut]]:
    """Return what a JSON Feed says. Raise `DataError` for JSON that is malformed, ambiguous, endless or something else."""
    data = _loaded(source)
    if not isinstance(data, dict) or data.get("version") not in _VERSIONS:
        source.refuse("flux-inconnu", messages.json_of_another_kind())
    if isinstance(data.get("items"), list) and len(data["items"]) > MAX_ELEMENTS:
        source.refuse("flux-trop-long", messages.feed_too_long(MAX_ELEMENTS))
    if _depth(data) > MAX_DEPTH:
        source.refuse("flux-trop-profond", messages.feed_too_deep(MAX_DEPTH))
    try:
        feed = _Feed.model_validate(data)
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)[0]
        source.refuse("flux-valeur", messages.json_value(_path(found["loc"]), found["type"]))
    addresses = tuple(one_line(said) for said in (feed.home_page_url, feed.feed_url) if said)
    return Entete(one_line(feed.title or ""), one_line(feed.feed_url or ""), addresses), [_brut(item) for item in feed.items]


def _loaded(source: Source) -> Any:
    try:
        # Numbers stay as they were written: an id may be one, and none is computed with.
        return json.loads(source.texte, object_pairs_hook=_object, parse_int=str, parse_float=str, parse_constant=str)
    except json.JSONDecodeError as error:
        if error.pos >= len(source.texte.rstrip()) or error.msg.startswith("Unterminated string"):
            source.refuse("flux-tronque", messages.feed_truncated(), error.lineno, error.colno)
        source.refuse("flux-mal-forme", messages.json_malformed(error.msg), error.lineno, error.colno)
    except RecursionError:
        source.refuse("flux-trop-profond", messages.feed_too_deep(MAX_DEPTH))
    except _TwiceError as error:
        source.refuse("flux-cle-double", messages.json_twice(str(error)))


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _TwiceError(one_line(key)[:60])
        found[key] = value
    return found


def _depth(data: Any) -> int:
    """Return how deep lists and objects are nested."""
    deepest, level = 0, [data]
    while level := [each for each in level if isinstance(each, dict | list)]:
        deepest += 1
        level = [each for one in level for each in (one.values() if isinstance(one, dict) else one)]
    return deepest


def _path(place: tuple[int | str, ...]) -> str:
    """Return where a value stands as people say it: `items[3].title`, elements counted from 1."""
    return "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in place).lstrip(".")


def _brut(item: _Item) -> Brut:
    texts = (Texte(item.summary or ""), Texte(item.content_text or ""), Texte(item.content_html or "", html=True))
    dates = tuple(day for day in (item.date_published, item.date_modified) if day)
    return Brut(item.id or "", Texte(item.title or ""), item.url or item.external_url or "", texts, dates)
