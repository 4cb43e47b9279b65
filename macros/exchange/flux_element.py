"""One element of a feed, whatever format it came in: what it is, from what the file says of it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.exchange.flux_textes import cut, day_of, from_html, one_line, tidy, web_address

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

LONGEST_SUMMARY = 1_500
LONGEST_TITLE = 300
_LONGEST_ID = 400
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s]+")


@dataclass(frozen=True)
class Texte:
    """A text as a file holds it, in HTML or plain."""

    valeur: str = ""
    html: bool = False

    def plain(self) -> str:
        """Return what it says, without markup."""
        return from_html(self.valeur) if self.html else tidy(self.valeur)


@dataclass(frozen=True)
class Brut:
    """What a file says of one element, as it is written; texts and dates come in order of preference."""

    id: str = ""
    titre: Texte = Texte()
    lien: str = ""
    textes: tuple[Texte, ...] = ()
    dates: tuple[str, ...] = ()


@dataclass(frozen=True)
class Entete:
    """What a file says of the feed itself: how it is called, and the addresses from which its links may be resolved."""

    titre: str = ""
    id: str = ""
    adresses: tuple[str, ...] = ()

    def key(self) -> str:
        """Return what tells this feed from others."""
        return next((one for one in (self.id, *self.adresses, self.titre) if one), "")


@dataclass(frozen=True)
class Element:
    """One element. `rang` counts from 1 in the file; `id` names it for ever; `date` is None when the feed gives none that can be read."""

    rang: int
    id: str
    titre: str
    date: date | None
    lien: str
    resume: str


@dataclass(frozen=True)
class FluxLu:
    """A feed that was read: its elements in the order of the file, each once; how many said nothing, how many came twice."""

    titre: str
    elements: tuple[Element, ...]
    vides: int = 0
    repetes: int = 0


def assemble(entete: Entete, bruts: Iterable[Brut]) -> FluxLu:
    """Return a feed from what its file says. An element without title, link nor text is left out, as is one that came before."""
    found: dict[str, Element] = {}
    empty = repeated = 0
    for rank, brut in enumerate(bruts, 1):
        element = _element(rank, brut, entete)
        if element is None:
            empty += 1
        elif element.id in found:
            repeated += 1
        else:
            found[element.id] = element
    return FluxLu(cut(entete.titre, LONGEST_TITLE), tuple(found.values()), empty, repeated)


def _element(rank: int, brut: Brut, entete: Entete) -> Element | None:
    title = " ".join(brut.titre.plain().split())
    text = next((said for texte in brut.textes if (said := texte.plain())), "")
    link = web_address(brut.lien, *entete.adresses)
    if not (title or text or link):
        return None
    day = next((known for stated in brut.dates if (known := day_of(stated))), None)
    shown = title or " ".join(text.split()) or link
    return Element(rank, _identifier(brut, entete, link, shown, day), cut(shown, LONGEST_TITLE), day, link, cut(text, LONGEST_SUMMARY))


def _identifier(brut: Brut, entete: Entete, link: str, title: str, day: date | None) -> str:
    """Return what names an element: its own id, its link or, without either, a fingerprint of its title and its day.

    An id that is no URI (`42`) is unique in its feed only: the feed goes before it.
    """
    stated = one_line(brut.id)
    if stated and not _URI.fullmatch(stated):
        stated = f"{one_line(entete.key())} {stated}".strip()
    named = stated or link
    if named and len(named) <= _LONGEST_ID:
        return named
    told = named or f"{title}\n{day}"
    return f"sha256:{hashlib.sha256(told.encode()).hexdigest()}"
