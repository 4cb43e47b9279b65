"""The search asks nothing of anyone but its own server; the list of pages that these tests walk through is complete."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import Journal
from tests.browser.sites import PAGES, html_files, told

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import BrowserContext

pytestmark = pytest.mark.browser


def test_searching_and_changing_colours_ask_nothing_outside(context: BrowserContext, searched: str) -> None:
    """Searching and changing the palette send requests to the site's own server only, and every one is answered."""
    page, journal = context.new_page(), Journal()
    journal.listen(page)
    page.goto(searched)
    page.locator(".md-search__input").click()
    page.locator(".md-search__input").press_sequentially("accessibilité")
    page.locator(".md-search-result__item").first.wait_for()
    page.keyboard.press("Escape")
    before = page.locator("body").get_attribute("data-md-color-scheme")
    page.locator("label[title='Passer au thème sombre']").click()
    assert page.locator("body").get_attribute("data-md-color-scheme") != before
    page.wait_for_load_state("networkidle")
    assert any(url.endswith("search_index.json") for url in journal.asked)
    assert not (outside := journal.outside(searched)), told(outside)
    assert not journal.refused, told(journal.refused)
    assert not journal.said, told(journal.said)


def test_the_list_of_pages_is_complete(site: Path) -> None:
    """Every built page is in the list that these tests walk through."""
    built = {file.relative_to(site).as_posix().removesuffix("index.html") for file in html_files(site)}
    assert built == set(PAGES)
