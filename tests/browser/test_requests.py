"""The portal asks nothing of anyone but its own server."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.browser.sites import PAGES, html_files, told

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import BrowserContext, Route

pytestmark = pytest.mark.browser


def test_no_page_asks_anything_outside(context: BrowserContext, address: str) -> None:
    """Reading every page, searching and changing the palette sends requests to the site's own server only, and every one is answered."""
    own = urlsplit(address).netloc
    outside: list[str] = []
    missing: list[str] = []

    def look(route: Route) -> None:
        if urlsplit(route.request.url).netloc == own:
            route.continue_()
        else:
            outside.append(f"{route.request.frame.url}: {route.request.url}")
            route.abort()

    context.route("**/*", look)
    context.on("response", lambda response: missing.append(response.url) if response.status >= 400 else None)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{page.url}: {message.text}") if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(f"{page.url}: {error}"))
    for path in PAGES:
        page.goto(address + path)
    page.goto(address)
    page.locator(".md-search__input").click()
    page.locator(".md-search__input").press_sequentially("accessibilité")
    page.locator(".md-search-result__item").first.wait_for()
    page.keyboard.press("Escape")
    before = page.locator("body").get_attribute("data-md-color-scheme")
    page.locator("label[title='Passer au thème sombre']").click()
    assert page.locator("body").get_attribute("data-md-color-scheme") != before
    page.wait_for_load_state("networkidle")
    assert not outside, told(outside)
    assert not missing, told(missing)
    assert not said, told(said)


def test_the_list_of_pages_is_complete(site: Path) -> None:
    """Every built page is in the list that these tests walk through."""
    built = {file.relative_to(site).as_posix().removesuffix("index.html") for file in html_files(site)}
    assert built == set(PAGES)
