"""The search finds what records hold."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import TimeoutError as NotYet

from tests.browser.sites import parse, told

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser


GLUED = (
    "",
    "certifications",
    "certifications/RNCP99001",
    "conseils",
    "conseils/CP-2025-12-NUM",
    "actions",
    "preuves",
    "constats",
    "manuel/composition",
    "manuel/organiser",
    "aide/fiches/certifications",
)
"""Pages of every kind of table and list."""


def test_words_of_neighbouring_cells_stay_apart_in_the_index(site: Path) -> None:
    """The index reads cells, terms and second lines as separate words: what ends one does not stick to what begins the next."""
    documents = json.loads((site / "search" / "search_index.json").read_text("utf-8"))["docs"]
    words = {word for document in documents for word in re.findall(r"\w+", re.sub(r"<[^>]+>", " ", document["text"]))}
    glued = set()
    for path in GLUED:
        page = parse(site / path / "index.html")
        for cell in page.xpath("//article//*[self::td or self::th or self::dd or self::dt or self::caption or self::option]"):
            after = cell.getnext()
            end = re.findall(r"\w+$", cell.text_content().strip())
            start = re.findall(r"^\w+", after.text_content().strip()) if after is not None else []
            both = "".join([*end, *start])
            # Two numbers side by side may be a third one elsewhere.
            if end and start and not both.isdigit() and both in words:
                glued.add(both)
    assert not glued, told(sorted(glued)[:20])


def test_the_filters_are_not_in_the_index(site: Path) -> None:
    """The options of a filter are no text of a page: searching one of them does not lead to the list."""
    documents = json.loads((site / "search" / "search_index.json").read_text("utf-8"))["docs"]
    assert not [
        document["location"] for document in documents if re.search(r"Rechercher|Tout afficher|dans 30 jours au plus", document["text"])
    ]


@pytest.fixture(scope="module")
def search(browser: Browser, searched: str) -> Iterator[Page]:
    """The home page with its search, opened once: reading the index takes time."""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.goto(searched)
        yield page


@pytest.mark.parametrize(
    ("query", "expected", "place"),
    [
        ("RNCP99002", "Conseiller", "certifications/"),
        ("atelier orientation", "Animer un atelier", "certifications/"),
        ("accessibilité", "accessibilité", "certifications/"),
        ("hébergement mesure", "Conseil de perfectionnement Numérique 2025", "conseils/CP-2025-12-NUM/"),
        ("A-2025-014", "A-2025-014", "actions/"),
        ("PR-2025-013", "Conseil de perfectionnement Numérique 2025", "conseils/CP-2025-12-NUM/"),
    ],
)
def test_the_search_leads_to_a_record(search: Page, query: str, expected: str, place: str) -> None:
    """A number, words of a title or of a decision, one word: the first results lead to the page."""
    box = search.locator(".md-search__input")
    results = search.locator(".md-search-result__item", has_text=expected).locator(f'a[href*="{place}"]')
    # The theme searches at each key: one is enough to ask for the whole query, unless it is still drawing the results of the one before.
    for _ in range(3):
        box.fill("")
        box.click()
        box.fill(query)
        search.keyboard.press("End")
        with suppress(NotYet):
            results.first.wait_for(timeout=10_000)
            break
    assert results.first.is_visible()


def test_a_result_opens_its_page(context: BrowserContext, searched: str) -> None:
    """Typed letter by letter, a number finds the certification; a click opens its page, where the words are marked."""
    page = context.new_page()
    page.goto(searched)
    page.locator(".md-search__input").click()
    page.locator(".md-search__input").press_sequentially("RNCP99002")
    # Results are drawn again while a person types: wait for those of the whole query.
    link = page.locator(".md-search-result__item", has_text="Conseiller").locator('a[href*="certifications/"]').first
    link.wait_for()
    page.wait_for_timeout(500)
    link.click()
    page.wait_for_url(re.compile("/certifications/"))
    page.locator(".md-content h1").wait_for()
