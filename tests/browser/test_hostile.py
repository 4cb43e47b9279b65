"""Whatever a record holds is shown as text: opened and clicked everywhere, nothing runs, nothing is asked outside, nothing overflows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import Journal
from tests.browser.filling import Family
from tests.browser.hostile import numbered
from tests.browser.payloads import ACTIVE, PAYLOADS, some
from tests.browser.sites import overflow, told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

CLICK_EVERYTHING = """() => {
    document.addEventListener('click', event => {
        const link = event.target.closest && event.target.closest('a[href]');
        if (link && /^https?:/.test(link.protocol)) event.preventDefault();
    });
    let count = 0;
    for (const element of document.querySelectorAll('a, button, summary, label, input, select, [role=button], [tabindex]')) {
        // The search has its own test: opening it on every page would read the whole index each time.
        if (element.closest('.md-search, [for=__search], #__search')) continue;
        element.dispatchEvent(new MouseEvent('mouseover', {bubbles: true}));
        if (element.focus) element.focus();
        element.click();
        count += 1;
    }
    return count;
}"""


@pytest.fixture(scope="module")
def base(hostile_site: Path, serve_directory: Callable[..., str]) -> str:
    """Where the hostile site is served."""
    return f"{serve_directory(hostile_site)}/"


def check_page(page: Page, journal: Journal, base: str, path: str) -> None:
    """Look at one page at both widths, folded parts open, click everything, and see that nothing ran."""
    page.goto(base + path)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    findings: list[str] = []
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        findings += overflow(page)
    assert page.evaluate(CLICK_EVERYTHING) > 10
    assert page.evaluate("window.__pwned") is None
    assert page.url.split("#")[0] == base + path
    assert not journal.outside(base)
    assert not findings, told(findings)


@pytest.mark.parametrize("index", some(ACTIVE[::2]))
def test_nothing_runs_on_the_page_of_a_hostile_certification(page: Page, journal: Journal, base: str, index: int) -> None:
    """Opened, hovered and clicked everywhere, the page runs nothing, asks nothing outside and fits its window at 1280 and 390 pixels."""
    check_page(page, journal, base, f"certifications/{numbered(index)[0]}/")


@pytest.mark.parametrize("index", some(ACTIVE[1::3]))  # pages that list them hold every payload
def test_nothing_runs_on_the_page_of_a_hostile_conseil(page: Page, journal: Journal, base: str, index: int) -> None:
    """The same for the page of a session that was held."""
    check_page(page, journal, base, f"conseils/{Family(index).conseil}/")


@pytest.mark.parametrize(
    "path",
    [
        "",
        "certifications/",
        "certifications/RS90000/",
        "certifications/RS90039/",
        "conseils/",
        "conseils/CP-2026-12-H0/",
        "conseils/CP-2026-12-H39/",
        "actions/",
        "preuves/",
        "constats/",
        "manuel/conseil/",
        "manuel/organiser/",
        "manuel/composition/",
        "manuel/points/",
        "exigences/",
        "veille/",
        "cep/",
        "cep/CEP-R1/",
        "aide/lexique/",
        "a-propos/",
    ],
)
def test_nothing_runs_on_the_pages_that_list_hostile_records(page: Page, journal: Journal, base: str, path: str) -> None:
    """The lists that gather every hostile record run nothing, ask nothing outside and fit their window."""
    check_page(page, journal, base, path)


def light_index(site: Path) -> str:
    """Return the search index of the hostile site where the word of ten thousand letters stands on two pages only: each takes seconds to read."""
    index = json.loads((site / "search" / "search_index.json").read_text("utf-8"))
    long, kept = max(PAYLOADS, key=len), ("certifications/RNCP90039/", "conseils/CP-2025-12-H39/")
    index["docs"] = [one for one in index["docs"] if one["location"].startswith(kept) or long not in one["title"] + one["text"]]
    return json.dumps(index)


@pytest.fixture(scope="module")
def search(browser: Browser, hostile_site: Path, serve_directory: Callable[..., str]) -> Iterator[tuple[Page, Journal, str]]:
    """A page of the hostile site with its search, opened once."""
    address = f"{serve_directory(hostile_site, search=True)}/"
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        context.route("**/search_index.json", lambda route: route.fulfill(body=light_index(hostile_site), content_type="application/json"))
        page, journal = context.new_page(), Journal()
        journal.listen(page)
        page.goto(f"{address}a-propos/")
        yield page, journal, address


@pytest.mark.parametrize("query", ["script", "pwned", "onerror", "cycler", "javascript"])
def test_the_search_shows_hostile_texts_as_text(search: tuple[Page, Journal, str], query: str) -> None:
    """Results of the search show the payload and create no element from it."""
    page, journal, address = search
    page.locator(".md-search__input").fill("")
    page.locator(".md-search__input").click()
    page.locator(".md-search__input").press_sequentially(query)
    page.locator(".md-search-result__item mark", has_text=query).first.wait_for()
    result = page.locator(".md-search-result")
    assert query in (result.text_content() or "").lower()
    assert result.locator("script, img, [onerror], [onload], [onclick], a[href^='javascript']").count() == 0
    page.evaluate(CLICK_EVERYTHING)
    assert page.evaluate("window.__pwned") is None
    assert not journal.outside(address)
