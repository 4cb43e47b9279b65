"""The search finds what records hold."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from tests.browser.sites import parse, told

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import BrowserContext

pytestmark = pytest.mark.browser


def test_words_of_neighbouring_cells_stay_apart_in_the_index(site: Path) -> None:
    """The index reads cells, terms and second lines as separate words: what ends one does not stick to what begins the next."""
    documents = json.loads((site / "search" / "search_index.json").read_text("utf-8"))["docs"]
    text = " ".join(re.sub(r"<[^>]+>", " ", document["text"]) for document in documents)
    glued = []
    for path in ("certifications", "certifications/RNCP99001", "aide/fiches/certifications"):
        page = parse(site / path / "index.html")
        for cell in page.xpath("//article//*[self::td or self::th or self::dd or self::dt or self::caption]"):
            after = cell.getnext()
            end, start = (
                re.findall(r"\w+$", cell.text_content().strip()),
                re.findall(r"^\w+", after.text_content().strip()) if after is not None else [],
            )
            if end and start and re.search(rf"\b{re.escape(end[0] + start[0])}\b", text):
                glued.append(end[0] + start[0])
    assert not glued, told(sorted(set(glued))[:20])


@pytest.mark.parametrize(
    ("query", "expected"), [("RNCP99002", "Conseiller"), ("atelier orientation", "Animer un atelier"), ("accessibilité", "accessibilité")]
)
def test_the_search_leads_to_a_certification(context: BrowserContext, address: str, query: str, expected: str) -> None:
    """A number, words of a title, one word: the first results lead to the page."""
    page = context.new_page()
    page.goto(address)
    page.locator(".md-search__input").click()
    page.locator(".md-search__input").press_sequentially(query)
    # Results are drawn again while a person types: wait for those of the whole query.
    link = page.locator(".md-search-result__item", has_text=expected).locator('a[href*="certifications/"]').first
    link.wait_for()
    page.wait_for_timeout(500)
    link.click()
    page.wait_for_url(re.compile(r"/certifications/"))
    page.locator(".md-content h1").wait_for()
