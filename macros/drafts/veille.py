"""New watch entries out of the elements of a feed: what is known of them already, what their records say, what is set aside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

from macros.drafts.record import Draft
from macros.flattened import escape
from macros.models.base import Certitude, OuiNon, Visibilite
from macros.models.derivation import plain
from macros.models.veille import Veille, VeilleEcartee
from macros.records.numbering import next_id
from macros.records.writing import dump_record, replace_top_level

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from macros.records.registre import Registre

ASIDE = "data/veille_ecartee.yml"


class Trouve(Protocol):
    """An element of a feed, whoever read it."""

    @property
    def rang(self) -> int:
        """Return its place in the file, from 1."""

    @property
    def id(self) -> str:
        """Return what names it for ever."""

    @property
    def titre(self) -> str:
        """Return its title, on one line."""

    @property
    def date(self) -> date | None:
        """Return the day it was published, None when nobody knows."""

    @property
    def lien(self) -> str:
        """Return its web address, or nothing."""

    @property
    def resume(self) -> str:
        """Return its text without markup, or nothing."""


class Memoire:
    """What was already made of elements of feeds: kept as a record, or set aside."""

    def __init__(self, registre: Registre) -> None:
        """Keep what records and the file of elements set aside tell."""
        entries = registre.veille.values()
        self._kept = {veille.flux: veille.id for veille in entries if veille.flux}
        self._pages = {_page(source.url): veille.id for veille in entries for source in veille.sources}
        aside = registre.veille_ecartee
        self._dropped = {element.flux: element.date for element in aside.elements} if aside else {}

    def kept(self, found: Trouve, *, by_page: bool = True) -> str:
        """Return the record that an element already is, by its identifier or by a source; nothing when there is none.

        Without `by_page`, its address tells nothing: others of its feed have the same.
        """
        page = self._pages.get(_page(found.lien), "") if by_page and found.lien else ""
        return self._kept.get(found.id) or page

    def dropped(self, found: Trouve) -> date | None:
        """Return the day on which an element was set aside, None when it was not."""
        return self._dropped.get(found.id)


def _page(address: str) -> str:
    """Return what two addresses of one page share: neither the scheme, nor the anchor, nor a final slash."""
    return address.partition("://")[2].partition("#")[0].rstrip("/")


def source(url: str, titre: str = "") -> dict[str, str]:
    """Return a source as plain data; without title, it is called by its site."""
    return {"titre": titre or urlsplit(url).netloc or url, "url": url}


def entries(kept: Iterable[tuple[Trouve, str]], feed: str, used: Iterable[str], today: date) -> list[Draft]:
    """Return a record for each element kept and its type, numbered from the oldest; `used` are the ids that exist or existed."""
    taken, drafts = set(used), []
    for found, kind in sorted(kept, key=lambda pair: (pair[0].date or today, -pair[0].rang)):
        identifier = next_id(Veille, today.year, taken)
        taken.add(identifier)
        drafts.append(Draft(Veille, identifier, _data(found, kind, feed, today)))
    return drafts


def _data(found: Trouve, kind: str, feed: str, today: date) -> dict[str, Any]:
    """Return what a record takes from an element. Its text is text: what Markdown would interpret is escaped.

    Nobody read it yet: it stays inside until somebody chooses to show it.
    """
    text = found.resume or found.titre
    return {
        "titre": found.titre,
        "type": kind,
        "date": found.date or today,
        "date_approchee": None if found.date else OuiNon.OUI.value,
        "visibilite": Visibilite.INTERNE.value,
        "relevee_le": today,
        "certitude": Certitude.UNE_SOURCE.value,
        "sources": [source(found.lien, feed)] if found.lien else None,
        "resume": "\n\n".join(escape(" ".join(part.split())) for part in text.split("\n\n")),
        "flux": found.id,
    }


def aside(registre: Registre, dropped: Sequence[Trouve], today: date) -> list[dict[str, Any]]:
    """Return the elements set aside, those of before first, as plain data."""
    before = registre.veille_ecartee
    known = list(plain(before.elements) or []) if before else []
    return [*known, *({"flux": found.id, "titre": found.titre, "date": today} for found in dropped)]


def aside_text(text: str | None, elements: list[dict[str, Any]]) -> str:
    """Return the file of elements set aside; of the one that exists, what people wrote around them stays."""
    keys = {"elements": elements}
    return dump_record(VeilleEcartee, keys) if text is None else replace_top_level(text, keys, VeilleEcartee)
