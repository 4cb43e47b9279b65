"""Filters of every list, in a real browser: mouse, keyboard, address, no script."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.sites import CERTIFICATIONS, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.browser

FILTERS = {
    "certifications/": ("repertoire", "domaine", "etat", "echeance"),
    "conseils/": ("annee", "certification", "statut", "pv"),
    "actions/": ("statut", "echeance", "certification", "responsable", "nature", "origine"),
    "preuves/": ("etat", "type", "certification", "annee"),
    "constats/": ("niveau", "sur", "certification"),
}
"""Every list, and the keys of its filters in the order of the page."""
PARTIAL = {"domaine", "certification", "pv", "echeance", "responsable"}
"""Keys that a record may not have: some rows are under no option."""
NOTHING = "Aucun résultat. Changez un filtre ou affichez tout."
ROWS = "table[data-filtrable] > tbody > tr, ul[data-filtrable] > li"

every_list = pytest.mark.parametrize("path", FILTERS)


@pytest.fixture
def liste(page: Page, address: str) -> Page:
    """The list of certifications, freshly opened."""
    page.goto(f"{address}certifications/")
    return page


def shown(page: Page) -> list[int]:
    """Return the places, in the whole list, of the rows a person sees."""
    seen: list[int] = page.locator(ROWS).evaluate_all("all => all.flatMap((row, n) => row.checkVisibility() ? [n] : [])")
    return seen


def numbers(page: Page) -> list[str]:
    """Return the first link of each row a person sees."""
    return [page.locator(ROWS).nth(n).locator("a").first.inner_text() for n in shown(page)]


def count_told(page: Page) -> int:
    """Return the number the page announces; none found is zero."""
    found = re.match(r"\d+", page.locator(".compte").inner_text())
    return int(found[0]) if found else 0


def options(page: Page, key: str) -> list[str]:
    """Return the values that a filter offers."""
    values: list[str] = page.locator(f"#filtre-{key} option").evaluate_all("all => all.map(o => o.value)")
    return [value for value in values if value]


def keys(rows: Locator, key: str) -> list[list[str]]:
    """Return the keys of each row for a filter."""
    return [str(value or "").split() for value in rows.evaluate_all("(all, key) => all.map(row => row.getAttribute('data-' + key))", key)]


@every_list
def test_each_option_of_each_filter_separates(page: Page, address: str, path: str) -> None:
    """Choosing any option keeps the rows of that key, announces how many, and writes the address; every row is under some option."""
    page.goto(address + path)
    rows = page.locator(ROWS)
    assert page.locator("form select").evaluate_all("all => all.map(select => select.name)") == list(FILTERS[path])
    for key in FILTERS[path]:
        known, values = keys(rows, key), options(page, key)
        assert values
        for value in values:
            page.locator(f"#filtre-{key}").select_option(value)
            expected = [n for n, words in enumerate(known) if value in words]
            assert shown(page) == expected, (key, value)
            assert expected, "an option that keeps nothing is not offered"
            assert count_told(page) == len(expected)
            assert page.evaluate("key => new URLSearchParams(location.search).get(key)", key) == value
        page.locator(f"#filtre-{key}").select_option("")
        assert key in PARTIAL or set(values) == {word for words in known for word in words}
        assert key in PARTIAL or all(known)
    assert page.url == address + path


@every_list
def test_filters_and_words_narrow_one_another(page: Page, address: str, path: str) -> None:
    """Two filters and a search keep the rows that pass all three, whatever the order they were set in."""
    page.goto(address + path)
    rows, (first, *_, last) = page.locator(ROWS), FILTERS[path]
    texts = [text.lower() for text in rows.all_text_contents()]
    both = zip(keys(rows, first), keys(rows, last), strict=True)
    one, two = next((a[0], b[0]) for a, b in both if a and b)
    word = "certif"
    expected = [
        n for n, (a, b) in enumerate(zip(keys(rows, first), keys(rows, last), strict=True)) if one in a and two in b and word in texts[n]
    ]
    page.locator("#filtre-texte").fill(word.upper())
    page.locator(f"#filtre-{last}").select_option(two)
    page.locator(f"#filtre-{first}").select_option(one)
    assert shown(page) == expected
    assert count_told(page) == len(expected)


def test_the_search_ignores_accents_case_and_order(liste: Page) -> None:
    """Words are found without their accents, in any case and order, in titles and domains."""
    field = liste.get_by_label("Rechercher", exact=True).and_(liste.locator("#filtre-texte"))
    for text, expected in (
        ("NUMERIQUE responsable", ["RNCP99001", "RS99002"]),
        ("evolution  conseiller", ["RNCP99002"]),
        ("atelier d’orientation", ["RS99001"]),
    ):
        field.fill(text)
        assert numbers(liste) == expected
        assert count_told(liste) == len(expected)


def test_an_apostrophe_typed_on_a_keyboard_finds_the_typographic_one(liste: Page) -> None:
    """People type ' and titles hold ’."""
    liste.locator("#filtre-texte").fill("d'orientation")
    assert numbers(liste) == ["RS99001"]


def test_the_search_reads_folded_details(page: Page, address: str) -> None:
    """A word of the closure of an action, which its row hides until it is opened, finds the action."""
    page.goto(f"{address}actions/")
    inside = page.locator("tbody tr details dd").last.evaluate("e => [e.textContent, e.closest('tr').id]")
    word = max(re.findall(r"\w+", inside[0]), key=len)
    page.locator("#filtre-texte").fill(word)
    assert inside[1] in page.locator(ROWS).evaluate_all("all => all.filter(row => row.checkVisibility()).map(row => row.id)")


@every_list
def test_nothing_found_is_said(page: Page, address: str, path: str) -> None:
    """An empty result says so and what to do; the reset brings everything back, and the plain address."""
    page.goto(address + path)
    whole = shown(page)
    page.locator("#filtre-texte").fill("zzz")
    assert shown(page) == []
    expect(page.locator(".compte")).to_have_text(NOTHING)
    page.get_by_role("button", name="Tout afficher").click()
    expect(page.locator(".compte")).to_contain_text(f"sur {len(whole)}")
    assert shown(page) == whole
    assert page.url == address + path
    assert page.locator("#filtre-texte").input_value() == ""


@every_list
def test_the_result_is_announced(page: Page, address: str, path: str) -> None:
    """The count is a polite live region, there before it changes, in figures and in French."""
    page.goto(address + path)
    status, word = page.get_by_role("status"), path.rstrip("s/")
    assert status.get_attribute("aria-live") == "polite"
    total = len(shown(page))
    assert status.inner_text() == f"{total} {word}s sur {total}"
    for value in options(page, FILTERS[path][0]):
        page.locator(f"#filtre-{FILTERS[path][0]}").select_option(value)
        number = len(shown(page))
        expect(status).to_have_text(f"{number} {word}{'s' if number > 1 else ''} sur {total}")


@pytest.fixture(scope="module")
def elsewhere(browser: Browser) -> Iterator[Page]:
    """A page of another profile, which knows nothing of what was chosen."""
    with browser.new_page() as other:
        yield other


@every_list
def test_the_address_is_kept_and_can_be_sent(page: Page, elsewhere: Page, address: str, path: str) -> None:
    """Reloading keeps the list; the same address opens the same list in another browser."""
    page.goto(address + path)
    key = FILTERS[path][-1]
    value = options(page, key)[0]
    page.locator(f"#filtre-{key}").select_option(value)
    page.locator("#filtre-texte").fill("énergie é&=# bâtiment")
    page.locator("#filtre-texte").fill("é")
    expected = shown(page)
    assert expected
    page.reload()
    assert shown(page) == expected
    assert page.locator("#filtre-texte").input_value() == "é"
    assert page.locator(f"#filtre-{key}").input_value() == value
    elsewhere.goto(page.url)
    assert shown(elsewhere) == expected
    assert count_told(elsewhere) == len(expected)


@pytest.mark.parametrize("path", ["actions/", "constats/"])
def test_an_address_with_unknown_values_shows_the_whole_list(page: Page, address: str, path: str) -> None:
    """A value that no option has, a hostile one, or a stray mark filters nothing and runs nothing."""
    page.goto(address + path)
    whole, key = shown(page), FILTERS[path][0]
    for query in (f"?{key}=XYZ", f"?{key}=%22%3E%3Cscript%3Ewindow.__pwned=1%3C/script%3E", "?inconnu=1", "?texte=", "#%", "#inconnu"):
        page.goto("about:blank")
        page.goto(address + path + query)
        assert shown(page) == whole
        assert count_told(page) == len(whole)
        assert page.evaluate("window.__pwned") is None


def test_back_and_forward_keep_the_filters(liste: Page, address: str) -> None:
    """Opening a certification and coming back shows the filtered list; going forward opens the certification again."""
    liste.locator("#filtre-repertoire").select_option("RS")
    liste.locator("tbody a", has_text="RS99002").click()
    expect(liste).to_have_url(f"{address}certifications/RS99002/")
    liste.go_back()
    expect(liste.locator("#filtre-repertoire")).to_have_value("RS")
    assert numbers(liste) == ["RS99001", "RS99002"]
    liste.go_forward()
    expect(liste).to_have_url(f"{address}certifications/RS99002/")


@every_list
def test_the_keyboard_is_enough(page: Page, address: str, path: str) -> None:
    """Tab goes from one control to the next in reading order, arrows choose, typing searches, Enter neither submits nor reloads."""
    page.goto(address + path)
    first, *others = FILTERS[path]
    whole = shown(page)
    page.locator(f"#filtre-{first}").focus()
    page.keyboard.press("ArrowDown")
    assert page.locator(f"#filtre-{first}").input_value() == options(page, first)[0]
    assert 0 < len(shown(page)) < len(whole)
    order = []
    for _ in range(len(others) + 2):
        page.keyboard.press("Tab")
        order.append(page.evaluate("document.activeElement.id || document.activeElement.type"))
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none", "the control that has the keyboard is seen"
    assert order == [*(f"filtre-{key}" for key in others), "filtre-texte", "reset"]
    page.keyboard.press("Shift+Tab")
    page.keyboard.type("zzz")
    assert shown(page) == []
    page.evaluate("window.same = true")
    page.keyboard.press("Enter")
    assert page.evaluate("window.same") is True
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator(".compte")).to_contain_text(f"{len(whole)} ")
    assert shown(page) == whole


def test_keys_typed_in_the_filters_stay_there(liste: Page) -> None:
    """The theme's shortcuts (f, s, / open its search) do not take letters typed in our search."""
    liste.locator("#filtre-texte").focus()
    liste.keyboard.type("fs/")
    assert liste.locator("#filtre-texte").input_value() == "fs/"
    assert not liste.locator("#__search").is_checked()


@pytest.mark.parametrize("path", ["", *FILTERS])
def test_without_script_the_whole_list_is_there(browser: Browser, address: str, path: str) -> None:
    """Without JavaScript every record is listed and no filter is seen, whatever the address asks."""
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{address}{path}?{FILTERS.get(path, ('x',))[0]}=RS&texte=zzz")
        rows = page.locator(ROWS if path else "tbody tr")
        assert rows.count() >= len(CERTIFICATIONS)
        assert rows.evaluate_all("all => all.filter(row => !row.checkVisibility()).length") == 0
        assert page.locator("form.filtres:visible").count() == 0
        assert page.locator(".compte").all_inner_texts() in ([], [""])


def figures(page: Page) -> list[tuple[str, int]]:
    """Return every figure of the home page that is a link, with its address: cards, open actions and constats of each certification."""
    cards = page.locator("a.carte").evaluate_all("all => all.map(a => [a.getAttribute('href'), a.querySelector('.n').textContent])")
    cells = page.locator("tbody td a[href*='?']").evaluate_all("all => all.map(a => [a.getAttribute('href'), a.textContent])")
    found = []
    for link, text in [*cards, *cells]:
        read = [int(number) for number in re.findall(r"\d+", text.replace("\u202f", ""))]
        # “38 / 45” without a filter counts within the whole list; “2 écarts et 3 points” counts both.
        total = read[-1] if "/" in text and "?" not in link else read[0] if "/" in text else sum(read)
        found.append((link.removeprefix("./"), total))
    return found


def miscounted(page: Page, address: str, found: list[tuple[str, int]]) -> list[str]:
    """Return the figures that are not the number of rows, of sessions or of constats behind their link."""
    wrong = []
    for link, figure in found:
        page.goto(address + link)
        behind = page.locator("ul.prochains > li").count() if link.endswith("#a-venir") else len(shown(page))
        wrong += [f"{link}: {figure} on the home page, {behind} behind it"] if figure != behind else []
    return wrong


def test_each_figure_of_the_home_page_counts_the_list_it_opens(page: Page, address: str) -> None:
    """The number on a card or in a cell is the number of rows or of sessions behind it."""
    page.goto(address)
    found = [(link, figure) for link, figure in figures(page) if "constats/" not in link]
    links = " ".join(link for link, _ in found)
    assert all(part in links for part in ("echeance=12_mois", "conseils/#a-venir", "conseils/?pv=", "actions/?statut=", "preuves/")), links
    assert len(found) >= 5 + len(CERTIFICATIONS)
    assert not (wrong := miscounted(page, address, found)), told(wrong)


def test_each_count_of_constats_counts_the_list_it_opens(page: Page, address: str) -> None:
    """The number of points to deal with, of the portal and of each certification, is the number of constats behind it."""
    page.goto(address)
    found = [(link, figure) for link, figure in figures(page) if "constats/" in link]
    assert len(found) == 1 + len(CERTIFICATIONS)
    assert not (wrong := miscounted(page, address, found)), told(wrong)
