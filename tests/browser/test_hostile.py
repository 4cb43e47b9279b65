"""Whatever a record holds is shown as text: nothing runs, nothing is asked outside, nothing overflows."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.filling import Family
from tests.browser.hostile import numbered
from tests.browser.payloads import ALL, EVERYTHING, bare
from tests.browser.sites import html_files, overflow, parse, told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

MARKDOWN = {
    "{{ cycler.__init__.__globals__ }}": "{{ cycler.init.globals }}",
    "*gras** _et_ __souligné__ ~~barré~~": "gras* et souligné ~~barré~~",
    "1. un - deux --- ***": "un - deux --- ***",
    "- puce\n\n  ```\n  {% raw %}\n  ```": "puce ``` {% raw %} ```",
    "<div markdown=1>\n\n**gras**\n\n</div>": "<div markdown=1> gras </div>",
}
"""Long texts are Markdown: emphasis and list marks are not shown. Everything else is, character by character."""

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


def some(indexes: Iterator[int] | range) -> list[object]:
    """Return payload indexes as parameters, each named by its payload."""
    return [pytest.param(i, id=f"{i}-{bare(EVERYTHING[i])[:24]!a}") for i in indexes]


def parsed(site: Path, path: str) -> Any:
    """Return a page, without the links to headings."""
    document = parse(site / path / "index.html")
    for link in document.xpath("//a[@class='headerlink']"):
        link.drop_tree()
    return document


def certification(site: Path, index: int, register: int = 0) -> Any:
    """Return the page of the certification of a payload, of the RNCP or of the RS."""
    return parsed(site, f"certifications/{numbered(index)[register]}")


@pytest.fixture(scope="module")
def hostile_page(browser: Browser, hostile_site: Path, serve_directory: Callable[[Path], str]) -> Iterator[tuple[Page, str, list[str]]]:
    """A page, the address of the hostile site, and every request made outside of it."""
    base = f"{serve_directory(hostile_site)}/"
    outside: list[str] = []
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        context.on("request", lambda request: None if request.url.startswith((base, "data:", "blob:")) else outside.append(request.url))
        page = context.new_page()
        page.on("dialog", lambda dialog: dialog.dismiss())
        yield page, base, outside


def check_page(page: Page, address: str, outside: list[str]) -> None:
    """Look at one page at both widths, click everything, and see that nothing ran."""
    outside.clear()
    findings: list[str] = []
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        if page.url != address:
            page.goto(address)
        findings += overflow(page)
    assert page.evaluate(CLICK_EVERYTHING) > 10
    assert page.evaluate("window.__pwned") is None
    assert page.url.split("#")[0] == address
    assert not outside
    assert not findings, told(findings)


@pytest.mark.parametrize("index", some(ALL))
def test_nothing_runs_on_the_page_of_a_hostile_certification(hostile_page: tuple[Page, str, list[str]], index: int) -> None:
    """Opened, hovered and clicked everywhere, the page runs nothing, asks nothing outside and fits its window at 1280 and 390 pixels."""
    page, base, outside = hostile_page
    check_page(page, f"{base}certifications/{numbered(index)[0]}/", outside)


@pytest.mark.parametrize("index", some(ALL))
def test_nothing_runs_on_the_page_of_a_hostile_conseil(hostile_page: tuple[Page, str, list[str]], index: int) -> None:
    """The same for the page of a session that was held."""
    page, base, outside = hostile_page
    check_page(page, f"{base}conseils/{Family(index).conseil}/", outside)


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
        "manuel/organiser/",
        "manuel/composition/",
        "manuel/points/",
        "exigences/",
        "aide/lexique/",
        "a-propos/",
    ],
)
def test_nothing_runs_on_the_pages_that_list_hostile_records(hostile_page: tuple[Page, str, list[str]], path: str) -> None:
    """The lists that gather every hostile record run nothing, ask nothing outside and fit their window."""
    page, base, outside = hostile_page
    check_page(page, base + path, outside)


def test_no_hostile_element_or_attribute_is_in_any_page(hostile_site: Path) -> None:
    """No page has an event attribute, a `javascript:` or `data:` link, a picture, a frame or a script that the theme did not put there."""
    found = []
    expected: set[str] = set()
    for file in html_files(hostile_site):
        document = parse(file)
        name = file.relative_to(hostile_site).as_posix()
        for element in document.iter():
            if not isinstance(element.tag, str):
                found.append(f"{name}: {str(element)[:80]}")
                continue
            script = f"{element.get('src', '').rsplit('/', 1)[-1]}{bare(element.text or '')}" if element.tag == "script" else ""
            if script and element.get("id") != "__config":
                known = not script.startswith("window.__pwned")
                expected.add(script)
                found += [] if known else [f"{name}: {script}"]
            if element.tag in ("iframe", "object", "embed", "base") or (
                element.tag == "img" and not element.get("src", "").endswith("logo.svg")
            ):
                found.append(f"{name}: <{element.tag}>")
            for key, value in element.attrib.items():
                if key.startswith("on") or (
                    key in ("href", "src", "action") and re.match(r"\s*(javascript|data|vbscript):", value, re.IGNORECASE)
                ):
                    found.append(f"{name}: <{element.tag} {key}={value[:60]}>")
    assert not found, told(found[:20])
    assert len(expected) < 10, "a script that differs from page to page was not put there by the theme"


@pytest.mark.parametrize("register", [0, 1], ids=["RNCP", "RS"])
@pytest.mark.parametrize("index", some(ALL))
def test_a_hostile_title_is_read_in_heading_contents_and_breadcrumb(hostile_site: Path, index: int, register: int) -> None:
    """The one first-level heading is the text of the record; the contents give bloc titles as they are."""
    document = certification(hostile_site, index, register)
    expected = bare(EVERYTHING[index])
    assert [bare(heading.text_content()) for heading in document.xpath("//h1")] == [expected]
    assert bare(document.xpath("//nav[@class='ariane']")[0].text_content()).endswith(numbered(index)[register])
    if register == 0:
        contents = [bare(link.text_content()) for link in document.xpath("//nav[@aria-label='Table des matières']//a")]
        assert f"{expected}·{expected}" in contents


@pytest.mark.parametrize("index", some(ALL))
def test_a_hostile_title_is_read_in_the_tab(hostile_site: Path, index: int) -> None:
    """The title of the window is the text of the record followed by the name of the site."""
    title = certification(hostile_site, index).findtext(".//title") or ""
    assert bare(title).startswith(bare(EVERYTHING[index]))
    assert title.endswith("- Portail qualité")


@pytest.mark.parametrize(
    "index",
    some(ALL),
)
def test_a_hostile_long_text_is_read_as_it_was_written(hostile_site: Path, index: int) -> None:
    """Objectives, competences, juries, evaluation show every character, except the marks of lists and emphasis.

    A text that comes straight from the published fiche is no Markdown: it shows every character.
    """
    texts = [bare(element.text_content()) for element in certification(hostile_site, index).xpath("//*[@class='texte']")]
    payload = EVERYTHING[index]
    assert len(texts) >= 10
    published = [text for text in texts if text.startswith("Niveaudemaîtrise")]
    assert len(published) == 1
    assert any(bare(form) in published[0] for form in (payload, MARKDOWN.get(payload, payload)))
    typed = [text for text in texts if text not in published]
    assert all(bare(MARKDOWN.get(payload, payload)) in text for text in typed), told(typed)


@pytest.mark.parametrize("index", some(ALL))
def test_hostile_short_texts_are_read_in_tables(hostile_site: Path, index: int) -> None:
    """Codes, partners and the source show every character of a hostile text."""
    document = certification(hostile_site, index)
    expected = bare(EVERYTHING[index])
    for place in ("//dl[@class='codes']", "//details[@class='liste']//tbody", "//div[@class='source']/p", "//ol[@class='chrono']"):
        assert any(expected in bare(part.text_content()) for part in document.xpath(place)), place


def test_every_hostile_text_is_read_in_the_lexique_and_the_requirements(hostile_site: Path) -> None:
    """The glossary and the register of requirements show every character of each hostile term and title."""
    lexique, exigences = (parse(hostile_site / path / "index.html") for path in ("aide/lexique", "exigences"))
    terms = [bare(term.text_content()) for term in lexique.xpath("//dl[@class='lexique']//dt")]
    assert sorted(terms) == sorted(bare(payload) for payload in EVERYTHING)
    headings = {bare(heading.text_content()) for heading in exigences.xpath("//article//h2")}
    assert [payload for payload in EVERYTHING if not any(bare(payload) in heading for heading in headings)] == []


def test_the_search_index_holds_hostile_texts_as_text(hostile_site: Path) -> None:
    """In the index, a title is escaped and a text has only the few elements the search keeps."""
    documents = json.loads((hostile_site / "search" / "search_index.json").read_text("utf-8"))["docs"]
    titles = [document["title"] for document in documents if re.search(r"[<>]", document["title"])]
    assert not titles, told(titles)
    elements = {name.lower() for document in documents for name in re.findall(r"<\s*/?\s*([a-zA-Z!?][\w-]*)[^<>]*>", document["text"])}
    assert elements <= {"p", "ul", "ol", "li", "code", "pre", "b", "strong", "em"}
    attributes = [found for document in documents for found in re.findall(r"<\w+\s[^<>]*>", document["text"])]
    assert not attributes, told(attributes[:10])


@pytest.mark.parametrize("query", ["script", "pwned", "onerror", "cycler", "javascript"])
def test_the_search_shows_hostile_texts_as_text(hostile_page: tuple[Page, str, list[str]], query: str) -> None:
    """Results of the search show the payload and create no element from it."""
    page, base, outside = hostile_page
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{base}a-propos/")
    outside.clear()
    page.locator(".md-search__input").click()
    page.locator(".md-search__input").press_sequentially(query)
    page.locator(".md-search-result__item").first.wait_for()
    result = page.locator(".md-search-result")
    assert query in (result.text_content() or "").lower()
    assert result.locator("script, img, [onerror], [onload], [onclick], a[href^='javascript']").count() == 0
    page.evaluate(CLICK_EVERYTHING)
    assert page.evaluate("window.__pwned") is None
    assert not outside
