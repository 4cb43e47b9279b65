"""Filters of the list of certifications, in a real browser: mouse, keyboard, address, no script."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.sites import CERTIFICATIONS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser


@pytest.fixture
def liste(context: BrowserContext, address: str) -> Page:
    """The list of certifications, freshly opened."""
    page = context.new_page()
    page.goto(f"{address}certifications/")
    return page


def shown(page: Page) -> list[str]:
    """Return the numbers a person sees."""
    rows = page.locator("table tbody tr")
    return [rows.nth(i).locator("th a").inner_text() for i in range(rows.count()) if rows.nth(i).is_visible()]


def count_told(page: Page) -> int:
    """Return the number the page announces; none found is zero."""
    found = re.match(r"\d+", page.locator(".compte").inner_text())
    return int(found[0]) if found else 0


@pytest.mark.parametrize("key", ["repertoire", "domaine", "etat", "echeance"])
def test_each_option_of_each_filter_separates(liste: Page, key: str) -> None:
    """Choosing any option keeps rows of that key only, announces how many, and writes the address; every row is under some option."""
    select = liste.locator(f"#filtre-{key}")
    values = [value for value in select.locator("option").evaluate_all("options => options.map(o => o.value)") if value]
    assert values
    seen: set[str] = set()
    for value in values:
        select.select_option(value)
        rows = shown(liste)
        assert rows, "an option that keeps nothing is not offered"
        assert all(value in (liste.locator("tbody tr", has_text=number).get_attribute(f"data-{key}") or "").split() for number in rows)
        assert count_told(liste) == len(rows)
        assert f"{key}={value}" in liste.url
        seen |= set(rows)
    if key != "domaine":
        assert seen == set(CERTIFICATIONS)


def test_the_search_ignores_accents_case_and_order(liste: Page) -> None:
    """Words are found without their accents, in any case and order, in titles and domains."""
    field = liste.get_by_label("Rechercher", exact=True).and_(liste.locator("#filtre-texte"))
    for text, expected in (
        ("NUMERIQUE responsable", ["RNCP99001", "RS99002"]),
        ("evolution  conseiller", ["RNCP99002"]),
        ("atelier d’orientation", ["RS99001"]),
    ):
        field.fill(text)
        assert shown(liste) == expected
        assert count_told(liste) == len(expected)


def test_an_apostrophe_typed_on_a_keyboard_finds_the_typographic_one(liste: Page) -> None:
    """People type ' and titles hold ’."""
    liste.locator("#filtre-texte").fill("d'orientation")
    assert shown(liste) == ["RS99001"]


def test_nothing_found_is_said(liste: Page) -> None:
    """An empty result says so and what to do; the reset brings everything back."""
    liste.locator("#filtre-texte").fill("zzz")
    assert shown(liste) == []
    expect(liste.locator(".compte")).to_contain_text("Aucune certification")
    liste.get_by_role("button", name="Tout afficher").click()
    expect(liste.locator(".compte")).to_contain_text("5 certifications affichées sur 5")
    assert shown(liste) == list(CERTIFICATIONS)
    assert liste.url.endswith("/certifications/")
    assert liste.locator("#filtre-texte").input_value() == ""


def test_the_result_is_announced(liste: Page) -> None:
    """The count is a polite live region, there before it changes."""
    status = liste.get_by_role("status")
    assert status.get_attribute("aria-live") == "polite"
    liste.locator("#filtre-repertoire").select_option("RS")
    expect(status).to_contain_text("2 certifications affichées sur 5")
    liste.locator("#filtre-domaine").select_option("numerique")
    expect(status).to_contain_text("1 certification affichée sur 5")


def test_the_address_is_kept_and_can_be_sent(liste: Page, browser: Browser) -> None:
    """Reloading keeps the list; the same address opens the same list in another browser."""
    liste.locator("#filtre-repertoire").select_option("RNCP")
    liste.locator("#filtre-texte").fill("énergie é&=# bâtiment")
    liste.locator("#filtre-texte").fill("bâtiments")
    expected = shown(liste)
    assert expected == ["RNCP99003"]
    liste.reload()
    assert shown(liste) == expected
    assert liste.locator("#filtre-texte").input_value() == "bâtiments"
    with browser.new_page() as other:
        other.goto(liste.url)
        assert shown(other) == expected
        assert count_told(other) == 1


def test_an_address_with_unknown_values_shows_the_whole_list(liste: Page, address: str) -> None:
    """A value that no option has, or a hostile one, filters nothing and runs nothing."""
    for query in ("?repertoire=XYZ", "?etat=%22%3E%3Cscript%3Ewindow.__pwned=1%3C/script%3E", "?inconnu=1", "?texte="):
        liste.goto(f"{address}certifications/{query}")
        assert shown(liste) == list(CERTIFICATIONS)
        assert liste.evaluate("window.__pwned") is None


def test_back_and_forward_keep_the_filters(liste: Page, address: str) -> None:
    """Opening a certification and coming back shows the filtered list; going forward opens the certification again."""
    liste.locator("#filtre-repertoire").select_option("RS")
    liste.locator("tbody a", has_text="RS99002").click()
    expect(liste).to_have_url(f"{address}certifications/RS99002/")
    liste.go_back()
    expect(liste.locator("#filtre-repertoire")).to_have_value("RS")
    assert shown(liste) == ["RS99001", "RS99002"]
    liste.go_forward()
    expect(liste).to_have_url(f"{address}certifications/RS99002/")


def test_the_keyboard_is_enough(liste: Page) -> None:
    """Tab goes from one control to the next in reading order, arrows choose, typing searches, Enter neither submits nor reloads."""
    liste.locator("#filtre-repertoire").focus()
    liste.keyboard.press("ArrowDown")
    assert liste.locator("#filtre-repertoire").input_value() == "RNCP"
    assert len(shown(liste)) == 3
    order = []
    for _ in range(5):
        liste.keyboard.press("Tab")
        order.append(liste.evaluate("document.activeElement.id || document.activeElement.type"))
    assert order == ["filtre-domaine", "filtre-etat", "filtre-echeance", "filtre-texte", "reset"]
    liste.keyboard.press("Shift+Tab")
    liste.keyboard.type("conseiller")
    assert shown(liste) == ["RNCP99002"]
    liste.evaluate("window.same = true")
    liste.keyboard.press("Enter")
    assert liste.evaluate("window.same") is True
    liste.keyboard.press("Tab")
    outline = liste.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none", "the control that has the keyboard is seen"
    liste.keyboard.press("Space")
    expect(liste.locator(".compte")).to_contain_text("5 certifications affichées")
    assert len(shown(liste)) == 5


def test_keys_typed_in_the_filters_stay_there(liste: Page) -> None:
    """The theme's shortcuts (f, s, / open its search) do not take letters typed in our search."""
    liste.locator("#filtre-texte").focus()
    liste.keyboard.type("fs/")
    assert liste.locator("#filtre-texte").input_value() == "fs/"
    assert not liste.locator("#__search").is_checked()


@pytest.mark.parametrize("path", ["", "certifications/"])
def test_without_script_the_whole_list_is_there(browser: Browser, address: str, path: str) -> None:
    """Without JavaScript every certification is listed and no filter is seen."""
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{address}{path}?repertoire=RS")
        assert page.locator("tbody tr:visible").count() == len(CERTIFICATIONS)
        assert page.locator("form.filtres:visible").count() == 0
        assert page.locator(".compte:visible").count() in (0, 1)
        assert not page.locator(".compte").all_inner_texts() or page.locator(".compte").inner_text() == ""


def test_each_figure_of_the_home_page_counts_the_list_it_opens(context: BrowserContext, address: str) -> None:
    """The number on a card is the number of rows, or of constats, behind it."""
    page = context.new_page()
    page.goto(address)
    cards = [(card.get_attribute("href") or "", card.locator(".n").inner_text()) for card in page.locator("a.carte").all()]
    assert any("echeance=12_mois" in link for link, _ in cards)
    for link, figure in cards:
        number = int(re.split(r"\s*/", figure)[0])
        page.goto(f"{address}{link}")
        assert number == (len(shown(page)) if "certifications/" in link else page.locator("li.constat").count()), link
