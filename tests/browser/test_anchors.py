"""A link to one record of a register leads to its row, opened, in sight, whatever the filters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.sites import told

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser

CONSEIL = "conseils/CP-2025-12-NUM/"


def in_sight(row: Locator) -> bool:
    """Tell whether the top of a row is in the window, below the header that stays there."""
    seen: bool = row.evaluate(
        """async row => {
            await document.fonts.ready;
            const header = document.querySelector('.md-header').getBoundingClientRect().bottom;
            const {top} = row.getBoundingClientRect();
            return row.checkVisibility() && top >= header - 1 && top < innerHeight - 20;
        }"""
    )
    return seen


def assert_reached(page: Page, anchor: str) -> None:
    """Check that the page shows the row of that anchor, its details open."""
    row = page.locator(f"[id='{anchor}']")
    expect(row).to_be_visible()
    page.wait_for_function(
        "id => { const r = document.getElementById(id).getBoundingClientRect(); return r.top >= 0 && r.top < innerHeight; }", arg=anchor
    )
    assert in_sight(row), anchor
    closed = row.locator("details:not([open])").count()
    assert closed == 0, anchor


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("register", ["actions", "preuves"])
def test_every_row_has_a_link_that_leads_to_it(page: Page, address: str, register: str, width: int) -> None:
    """The id at the head of a row names the row; followed from anywhere, it opens the details and shows the row under the header."""
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{address}{register}/")
    rows = page.locator("tbody tr[id]").evaluate_all(
        "all => all.map(row => [row.id, row.querySelector('th a').getAttribute('href').split('#')[1], row.querySelector('th a').textContent])"
    )
    assert len(rows) >= 30
    assert not (wrong := [row for row in rows if not row[0] == row[1] == row[2].lower()]), told(wrong)
    for anchor, _, _ in (rows[0], rows[len(rows) // 2], rows[-1]):
        page.goto("about:blank")
        page.goto(f"{address}{register}/#{anchor}")
        assert_reached(page, anchor)


def test_a_link_of_a_session_leads_to_the_row_of_its_action(page: Page, address: str) -> None:
    """From the decisions of a session to its action, opened, and back to the row of the decision it came from."""
    page.goto(address + CONSEIL)
    link = page.locator("tr[id='d3'] a[href*='actions/#']").first
    anchor = link.inner_text().lower()
    link.click()
    page.wait_for_url(f"**/actions/#{anchor}")
    assert_reached(page, anchor)
    row = page.locator(f"[id='{anchor}']")
    assert row.locator("details").count() == 1
    row.locator("td[data-l='Origine'] a").click()
    page.wait_for_url(f"**/{CONSEIL}#d3")
    assert_reached(page, "d3")


def test_each_decision_has_its_row_under_its_address(page: Page, address: str) -> None:
    """Each decision of a session is reached by `#d1`, `#d2`…, and stands out from the others."""
    page.goto(address + CONSEIL)
    names = page.locator("tr[id^='d']").evaluate_all("all => all.map(row => row.id)")
    assert names == [f"d{number}" for number in range(1, len(names) + 1)]
    assert len(names) >= 5
    for name in names:
        page.goto(f"{address}{CONSEIL}#{name}")
        assert_reached(page, name)
        grounds = page.locator("tr[id^='d'] > th").evaluate_all("all => all.map(cell => getComputedStyle(cell).backgroundColor)")
        assert grounds.count(grounds[int(name[1:]) - 1]) == 1


@pytest.mark.parametrize(("path", "hidden"), [("actions/", "statut=close"), ("preuves/", "etat=manquante")])
def test_a_filter_does_not_hide_the_row_that_the_address_names(page: Page, address: str, path: str, hidden: str) -> None:
    """The row is shown and counted beside those that the filter keeps, until a person changes a filter."""
    key, value = hidden.split("=")
    page.goto(f"{address}{path}?{hidden}")
    kept = page.locator("[data-filtrable] tbody tr:visible").count()
    anchor = page.locator("[data-filtrable] tbody tr:not(:visible)").first.get_attribute("id") or ""
    page.goto("about:blank")
    page.goto(f"{address}{path}?{hidden}#{anchor}")
    assert_reached(page, anchor)
    assert page.locator("[data-filtrable] tbody tr:visible").count() == kept + 1
    expect(page.locator(".compte")).to_contain_text(f"{kept + 1} ")
    assert page.locator(f"#filtre-{key}").input_value() == value
    page.locator("#filtre-texte").fill("zzz")
    assert page.locator("[data-filtrable] tbody tr:visible").count() == 0
    assert "#" not in page.url
    page.get_by_role("button", name="Tout afficher").click()
    expect(page).to_have_url(address + path)


def test_a_link_inside_the_register_moves_to_another_row(page: Page, address: str) -> None:
    """A due date above the register opens the row of its action, filters set or not; going back leads to the row before."""
    page.goto(f"{address}actions/?statut=close")
    links = page.locator(".echeancier a[href*='#a-']")
    first, second = links.first.inner_text().lower(), links.last.inner_text().lower()
    links.first.click()
    page.wait_for_url(f"**/actions/#{first}")
    assert_reached(page, first)
    links.last.click()
    page.wait_for_url(f"**/actions/#{second}")
    assert_reached(page, second)
    page.go_back()
    page.wait_for_url(f"**/actions/#{first}")
    assert_reached(page, first)


def test_a_link_to_a_requirement_shows_it(page: Page, address: str) -> None:
    """From a constat of a session to the requirement it applies."""
    page.goto(f"{address}constats/")
    link = page.locator("li.constat .r a[href*='exigences/#']").last
    anchor = (link.get_attribute("href") or "").split("#")[1]
    link.click()
    page.wait_for_url(re.compile(f"exigences/#{anchor}$"))
    assert_reached(page, anchor)


def test_without_script_the_address_of_a_row_still_leads_to_it(page: Page, address: str) -> None:
    """Without our script, the row is in sight and its details can be opened by hand."""
    page.route("**/filtres.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    try:
        page.goto(f"{address}actions/?statut=close#a-2026-001")
        row = page.locator("[id='a-2026-001']")
        assert in_sight(row)
        row.locator("summary").click()
        assert row.locator("details[open]").count() == 1
    finally:
        page.unroute("**/filtres.js")
