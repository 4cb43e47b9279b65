"""What a person keeps and drops of a feed: by numbers, or one element after the other at a terminal."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from macros import messages
from macros.cli.console import console, stop
from macros.cli.nouveau_question import Question, prompt, words
from macros.french import format_date
from macros.models.veille import TypeVeille

if TYPE_CHECKING:
    from macros.cli.nouveau_saisie import Desk
    from macros.drafts.veille import Memoire
    from macros.exchange.flux_element import Element, FluxLu

ALL, REST = "tous", "reste"
TYPE = Question("--type", "type", "Type", required=True, defaut=TypeVeille.REGLEMENTAIRE.value)
_RANGE = re.compile(r"(\d{1,9})(?:-(\d{1,9}))?", re.ASCII)
_SHOWN = 400
"""Characters of a summary that help to choose."""


@dataclass(frozen=True)
class Tri:
    """The elements of a feed, and what was made of them before: the record of those kept, the day of those set aside (in words)."""

    flux: FluxLu
    gardes: dict[int, str] = field(default_factory=dict)
    ecartes: dict[int, str] = field(default_factory=dict)

    @property
    def proposes(self) -> list[Element]:
        """Return the elements that nobody sorted yet."""
        return [element for element in self.flux.elements if element.rang not in self.gardes and element.rang not in self.ecartes]


@dataclass(frozen=True)
class Choix:
    """What is kept, each with its type, and what is dropped."""

    gardes: tuple[tuple[Element, str], ...] = ()
    ecartes: tuple[Element, ...] = ()


def sort_out(flux: FluxLu, memory: Memoire) -> Tri:
    """Return what is left to sort in a feed. An address that several elements share is that of none."""
    shared = Counter(element.lien for element in flux.elements)
    kept = {each.rang: known for each in flux.elements if (known := memory.kept(each, by_page=shared[each.lien] == 1))}
    dropped = {element.rang: format_date(day) for element in flux.elements if (day := memory.dropped(element))}
    return Tri(flux, kept, dropped)


def stated(tri: Tri, garder: str, ecarter: str, kind: str) -> Choix:
    """Return what two lists of numbers ask for; what was sorted before is told and left as it is. Exit with 1 for a number of no element."""
    kept = {element.rang for element in tri.proposes} if garder.strip().lower() == ALL else _ranks(tri, "--garder", garder)
    dropped = {element.rang for element in tri.proposes} if ecarter.strip().lower() in (ALL, REST) else _ranks(tri, "--ecarter", ecarter)
    if ecarter.strip().lower() == REST:
        dropped -= kept
    for rank in sorted(kept & dropped):
        stop(messages.kept_and_dropped(rank))
    for rank in sorted(kept | dropped):
        if rank in tri.gardes:
            console.print(messages.already_kept(rank, tri.gardes[rank]))
        elif rank in tri.ecartes:
            console.print(messages.already_dropped(rank, tri.ecartes[rank]))
    return Choix(
        tuple((element, kind) for element in tri.proposes if element.rang in kept),
        tuple(element for element in tri.proposes if element.rang in dropped),
    )


def _ranks(tri: Tri, option: str, text: str) -> set[int]:
    """Return the numbers of `1,3-5`; exit with 1 for what is not one, or for one that no element has."""
    known = {element.rang for element in tri.flux.elements}
    found: set[int] = set()
    for word in words(text):
        read = _RANGE.fullmatch(word)
        first, last = (int(read[1]), int(read[2] or read[1])) if read else (1, 0)
        if first > last:
            stop(messages.wrong_ranks(option, word))
        within = {rank for rank in known if first <= rank <= last}
        for end in (first, last):
            if end not in within:
                stop(messages.unknown_rank(option, end, max(known, default=0)))
        found |= within
    return found


def asked(here: Desk, tri: Tri, kind: str | None) -> Choix:
    """Ask about each element that nobody sorted yet, until the last or until the person stops; `kind` is the type when it was stated."""
    kept: list[tuple[Element, str]] = []
    dropped: list[Element] = []
    for element in tri.proposes:
        _show(element)
        answer = _answer()
        if answer == "a":
            break
        if answer == "g":
            kept.append((element, kind or here.ask(TYPE, None)))
        elif answer == "e":
            dropped.append(element)
    return Choix(tuple(kept), tuple(dropped))


def _show(element: Element) -> None:
    console.print(f"\n{line(element)}")
    text = " ".join(element.resume.split())
    for detail in (element.lien, text[:_SHOWN] + ("…" if len(text) > _SHOWN else "")):
        if detail:
            console.print(f"   {detail}")


def line(element: Element) -> str:
    """Return an element on one line of a list: its number, its day, its title."""
    day = format_date(element.date) if element.date else messages.undated()
    return f"{element.rang:>3}. {element.titre} ({day})"


def _answer() -> str:
    names = {"g": "g", "garder": "g", "e": "e", "écarter": "e", "ecarter": "e", "p": "p", "plus tard": "p", "a": "a", "arrêter": "a"}
    while True:
        answer = prompt(messages.keep_or_drop(), defaut="p").lower()
        if answer in names:
            return names[answer]
        console.print(f"  {messages.keep_or_drop_answers()}")
