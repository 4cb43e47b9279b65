"""French typography in every built page of every edition: what a person reads, and what a screen reader says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import lxml.html
import pytest

from tests.browser.sites import told
from tests.output.reading import APART, attributes, blocks, pages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
FAULTS = {
    "an ordinary space before a high mark": re.compile(r"\S[ \t\r\n]+[:;!?»]"),
    "an ordinary space after «": re.compile(r"«[ \t\r\n]"),
    "no space before a high mark": re.compile(r"[\w»)][:;!?](?![\w/:.])|\w»"),
    "no space after «": re.compile(r"«\w"),
    "a straight apostrophe": re.compile(r"\w'\w"),
    "straight quotation marks": re.compile(r'"'),
    "three dots for …": re.compile(r"\.\.\."),
    "a first day of a month without 1er": re.compile(rf"\b1\s(?:{MONTHS})\b|\b1\s+er\b"),
    "an ordinal that is not written 1re, 2e": re.compile(r"\b1[èe]re?s?\b(?<!1er)(?<!1re)(?<!1res)(?<!1ers)|\d(?:[èe]me|i[èe]me)s?\b"),
    "a date for machines": re.compile(r"(?<![\w-])\d{4}-\d{2}-\d{2}(?![\w-])"),
}


def faults(text: str) -> Iterator[str]:
    """Yield each fault of a text, with what surrounds it."""
    whole = text.replace(APART, "")
    for fault, pattern in FAULTS.items():
        for found in pattern.finditer(whole):
            yield f"{fault}: …{whole[max(0, found.start() - 30) : found.end() + 20].strip()}…"


@pytest.mark.parametrize("audience", ["interne", "auditeur", "public"])
def test_every_page_keeps_to_french_typography(edition: Callable[[str], Path], audience: str) -> None:
    """No-break spaces, apostrophes, ellipses, first days and dates are as French prints them, titles and attributes included."""
    found = sorted({f"{name}: {fault}" for name, texts in pages(edition(audience)) for text in texts for fault in faults(text)})
    assert not found, told(found[:40])


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Qualiopi : audit", "an ordinary space before a high mark"),
        ("Vraiment\n  ?", "an ordinary space before a high mark"),
        ("«\u00a0oui »", "an ordinary space before a high mark"),
        ("« oui\u00a0»", "an ordinary space after «"),
        ("Vraiment?", "no space before a high mark"),
        ("«\u00a0oui\u00a0»: non", "no space before a high mark"),
        ("«\u00a0oui»", "no space before a high mark"),
        ("«oui\u00a0»", "no space after «"),
        ("l'été", "a straight apostrophe"),
        ('dire "oui"', "straight quotation marks"),
        ("etc...", "three dots for …"),
        ("le 1 janvier 2019", "a first day of a month without 1er"),
        ("le 1\u00a0janvier", "a first day of a month without 1er"),
        ("le 1 er janvier", "a first day of a month without 1er"),
        ("la 1ère fois", "an ordinal that is not written 1re, 2e"),
        ("la 2ème fois", "an ordinal that is not written 1re, 2e"),
        ("le 2026-11-20 au soir", "a date for machines"),
    ],
)
def test_each_fault_is_seen(text: str, fault: str) -> None:
    """Each rule can fail, alone."""
    assert {found.split(":", maxsplit=1)[0] for found in faults(text)} == {fault}


@pytest.mark.parametrize(
    "text",
    [
        "Qualiopi\u00a0: audit\u202f; vraiment\u202f? Oui\u202f!",
        "Dire «\u00a0oui\u00a0», puis «\u00a0non\u00a0».",
        "L’été, aujourd’hui, de 14:00 à 15:30, https://exemple.fr?x",
        "le 1er\u00a0janvier 2019, la 1re et la 2e fois, le 11\u00a0janvier, 1\u00a0mardi",
        "CP-2025-12-12-NUM, A-2026-001…",
        "\ufffc\u00a0: une clé",
    ],
)
def test_what_is_right_is_left_alone(text: str) -> None:
    """Times, addresses, identifiers and ordinals as French writes them are no faults."""
    assert list(faults(text)) == []


def test_a_page_is_read_whole_but_for_code() -> None:
    """Inline marks do not cut a sentence, blocks do; code is one sign; scripts and marks for links are not read; attributes are."""
    page = lxml.html.document_fromstring(
        "<html><head><title>Un : titre</title><meta name='description' content='Deux'><script>a : b</script><style>c : d</style></head>"
        "<body><h1>Trois<a class='headerlink' title='Lien'>#</a></h1><p>a <b>b</b> : <code>c : d</code> : e<br>f <span>g</span><time>h</time></p><pre>g : h</pre>"
        "<!-- i : j --><table><td data-l='Quatre'>k</td><td>l</td></table><img alt='Cinq'><button aria-label='Six'>m</button></body></html>"
    )
    assert blocks(page) == ("Un : titre", "Trois", "a b : \ufffc : e", f"f {APART}g{APART}{APART}h{APART}", "\ufffc", "k", "l", "m")
    assert set(attributes(page)) == {"Deux", "Lien", "Quatre", "Cinq", "Six"}
