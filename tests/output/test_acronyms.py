"""Every acronym a reader meets is in the lexique, and the first use on each page gives its long form."""

from __future__ import annotations

from typing import TYPE_CHECKING

import lxml.html
import pytest

from macros.models.base import Visibilite
from macros.portal.pages import long_forms
from macros.portal.state import open_portal
from tests.browser.sites import ROOT, html_files, parse, read_record, told
from tests.cases.site import reference_date
from tests.output.acronyms import candidates, unexplained, unmarked, words_of_records
from tests.output.reading import pages

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

EDITIONS = ["interne", "auditeur", "public"]
NAMES = {
    "BMG": "the name of a firm, which expands it nowhere",
    "CPformation": "the name of a site, source of an article",
    "Certi-CPF": "the name of a site, source of an article",
}
"""Words that look like acronyms and need no explanation, each with its reason."""


@pytest.fixture(scope="module")
def known() -> dict[str, str]:
    """The long forms of the lexique of the demonstration, as pages give them."""
    return long_forms(open_portal(ROOT, Visibilite.PUBLIC, reference_date))


@pytest.fixture(scope="module")
def published() -> set[str]:
    """The words of the extracts: France compétences publishes the names of organisations in capitals, and they are shown as they are."""
    return words_of_records(read_record(path) for path in sorted((ROOT / "data" / "extraits").rglob("*.yml")))


@pytest.mark.parametrize("audience", EDITIONS)
def test_every_acronym_of_the_pages_is_in_the_lexique(
    edition: Callable[[str], Path], known: dict[str, str], published: set[str], audience: str
) -> None:
    """Identifiers, code, names and what France compétences publishes apart, a word of two capitals is a term of the lexique."""
    found: dict[str, list[str]] = {}
    for name, texts in pages(edition(audience)):
        for word in unexplained(texts, known) - published - set(NAMES):
            found.setdefault(word, []).append(name)
    assert not found, told(f"{word}: {', '.join(names[:3])}" for word, names in sorted(found.items()))


@pytest.mark.parametrize("audience", EDITIONS)
def test_the_first_use_of_an_acronym_on_a_page_gives_its_long_form(
    edition: Callable[[str], Path], known: dict[str, str], audience: str
) -> None:
    """In running text: headings, code, choices and buttons have none."""
    site = edition(audience)
    found = []
    for file in html_files(site):
        for article in parse(file).xpath("//article[not(ancestor::article)]"):
            found += [f"{file.relative_to(site)}: {missing}" for missing in unmarked(article, known)]
    assert not found, told(found[:40])
    assert parse(site / "aide" / "lexique" / "index.html").xpath("//article//abbr[text()='VAE']/@title") == [known["VAE"]]


def test_names_that_need_no_explanation_are_still_met(edition: Callable[[str], Path]) -> None:
    """An exception that no page needs any more is dropped."""
    met = {word for _, texts in pages(edition("interne")) for text in texts for word in candidates(text)}
    assert set(NAMES) <= met


def test_every_form_given_in_the_lexique_is_a_text() -> None:
    """The term itself is no long form."""
    lexique = read_record(ROOT / "data" / "lexique.yml")["termes"]
    assert [entry["terme"] for entry in lexique if entry.get("sigle") == "oui" and entry["developpe"] == entry["terme"]] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le RNCP, l’AFNOR et la VAE.", ["RNCP", "AFNOR", "VAE"]),
        ("Cnefop et Apec, Formacode", ["Cnefop"]),
        ("RNCP99001, RS1234, BC01, C2.3, D3", []),
        ("A-2026-014, CP-2025-12-NUM, EX-DUREE-MAXIMALE, PR-2026-006-r2, TSSD2500795D, CEP-R5", []),
        ("chapitre IV, XIX", []),
        ("AAAA-MM-JJ", []),
        ("SHA-256 et UTF-16", ["SHA-256"]),
        ("data/preuves/PDF.pdf, a@FC, x.CP", []),
        ("CERTIF PRO puis PRO", ["CERTIF PRO", "PRO"]),
        ("RNCP/RS", ["RNCP"]),
    ],
)
def test_what_is_an_acronym(text: str, expected: list[str]) -> None:
    """Two capitals in a row, or a known one; identifiers, addresses, roman numerals and models of dates are none."""
    assert list(candidates(text, {"Cnefop", "SHA-256", "CERTIF PRO"})) == expected


def test_an_acronym_that_the_lexique_lacks_is_seen() -> None:
    """The check can fail."""
    assert unexplained(["Le CNFPT et la VAE"], {"VAE"}) == {"CNFPT"}


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>un <abbr title='long'>CP</abbr>, un CP</p>", []),
        ("<h2>CP</h2><p><code>CP</code> <abbr title='long'>CP</abbr></p>", []),
        ("<p>un CP, un <abbr title='long'>CP</abbr></p>", ["CP: …un CP, un…"]),
        ("<p><abbr title='autre'>CP</abbr></p>", ["CP: …CP…"]),
        ("<p>un CP</p>", ["CP: …un CP…"]),
        ("<p>CP-2025-12-NUM</p>", []),
    ],
)
def test_a_first_use_without_its_long_form_is_seen(html: str, expected: list[str]) -> None:
    """Absent, wrong or late, the `abbr` is missed; headings, code and identifiers ask for none."""
    assert unmarked(lxml.html.fragment_fromstring(html, create_parent=True), {"CP": "long"}) == expected
