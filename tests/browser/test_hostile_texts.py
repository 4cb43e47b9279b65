"""Whatever a record holds is read on the page character by character, and puts no element nor attribute there."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.filling import Family
from tests.browser.hostile import numbered
from tests.browser.payloads import ALL, EVERYTHING, bare, some
from tests.browser.sites import html_files, parse, told

if TYPE_CHECKING:
    from pathlib import Path

MARKDOWN = {
    "{{ cycler.__init__.__globals__ }}": "{{ cycler.init.globals }}",
    "*gras** _et_ __souligné__ ~~barré~~": "gras* et souligné ~~barré~~",
    "1. un - deux --- ***": "un - deux --- ***",
    "- puce\n\n  ```\n  {% raw %}\n  ```": "puce ``` {% raw %} ```",
    "<div markdown=1>\n\n**gras**\n\n</div>": "<div markdown=1> gras </div>",
}
"""Long texts are Markdown: emphasis and list marks are not shown. Everything else is, character by character."""


MARKS = str.maketrans("", "", "*_-•")
"""Marks of lists and emphasis."""


def parsed(site: Path, path: str) -> Any:
    """Return a page, without the links to headings."""
    document = parse(site / path / "index.html")
    for link in document.xpath("//a[@class='headerlink']"):
        link.drop_tree()
    return document


def certification(site: Path, index: int, register: int = 0) -> Any:
    """Return the page of the certification of a payload, of the RNCP or of the RS."""
    return parsed(site, f"certifications/{numbered(index)[register]}")


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
    assert len(expected) < 11, "a script that differs from page to page was not put there by the theme"


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
    document = certification(hostile_site, index)
    texts = [bare(element.text_content()) for element in document.xpath("//*[@class='texte']")]
    payload = EVERYTHING[index]
    assert len(texts) >= 9
    # What an evolution replaced and what replaced it are compared word by word: every character but those marks.
    compared = [bare(element.text_content()).translate(MARKS) for element in document.xpath("//*[contains(@class, 'mots')]")]
    assert len(compared) >= 2
    assert all(bare(payload).translate(MARKS) in text for text in compared), told(compared)
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


def markdown(index: int) -> str:
    """Return how a long text that holds a payload is read."""
    return bare(MARKDOWN.get(EVERYTHING[index], EVERYTHING[index]))


@pytest.mark.parametrize("index", some(ALL))
def test_a_hostile_conseil_is_read_in_each_section_of_its_page(hostile_site: Path, index: int) -> None:
    """Title, tab, place, functions with names, agenda, documents, members, follow-up, exchanges, decisions, plan and notes: as they are."""
    family, expected = Family(index), bare(EVERYTHING[index])
    document = parsed(hostile_site, f"conseils/{family.conseil}")
    assert [bare(heading.text_content()) for heading in document.xpath("//h1")] == [expected]
    assert bare(document.findtext(".//title") or "").startswith(expected)
    assert bare(document.xpath("//nav[@class='ariane']")[0].text_content()).endswith(family.conseil)
    for place in (
        "//section[@class='ident']/p[@class='num']",
        "//section[@class='ident']/dl",
        "//ol[@class='points']/li/p[@class='tt']",
        "//ol[@class='points']/li/ul/li",
        "//ul[@class='pieces']",
        "//details[@class='liste']//tbody/tr/th",
        "//details[@class='liste']//tbody/tr/td[@data-l='Organisation']",
        "//td[@data-l='Avis du conseil']",
        "//tr[@id='d1']/th",
        "//table[contains(@class, 'actions')]//tbody/tr/th",
    ):
        found = [bare(part.text_content()) for part in document.xpath(place)]
        assert any(expected in text for text in found), (place, found[:3])
    names = f"{expected}({expected})"
    assert names in bare(document.xpath("//section[@class='ident']/dl")[0].text_content())
    texts = [bare(text.text_content()) for text in document.xpath("//*[@class='texte']")]
    assert len(texts) >= 2
    assert all(markdown(index) in text for text in texts), told(texts)


@pytest.mark.parametrize("index", some(ALL))
def test_hostile_records_are_read_in_the_registers(registers: dict[str, Any], index: int) -> None:
    """Rows of sessions, actions and evidence, and what is dated this month, show every character of each text, folded details included."""
    family, expected = Family(index), bare(EVERYTHING[index])
    rows = {
        "conseils": (f"//tr[.//a[contains(@href, '/{family.conseil}/')]]", 1),
        "prochains": (f"//ul[@class='prochains']/li[.//a[contains(@href, '/{family.coming}/')]]", 2),
        "late": (f"//tr[@id='{family.action.lower()}']", 6),
        "closed": (f"//tr[@id='{family.closed.lower()}']", 8),
        "preuves": (f"//tr[@id='{family.preuve.lower()}']", 5),
        "agenda": (f"//ul[@class='agenda']/li[contains(., '{family.derogation}')]", 1),
    }
    pages = {"prochains": "conseils", "late": "actions", "closed": "actions", "agenda": ""}
    for name, (place, times) in rows.items():
        found = registers[pages.get(name, name)].xpath(place)
        assert found, name
        text = bare(found[-1].text_content())
        assert text.count(expected) >= times, (name, text[:300])
        assert all(markdown(index) in bare(long.text_content()) for long in found[-1].xpath(".//*[@class='texte']")), name


@pytest.fixture(scope="module")
def registers(hostile_site: Path) -> dict[str, Any]:
    """The pages that list every hostile record, parsed once."""
    return {name: parse(hostile_site / name / "index.html") for name in ("", "conseils", "actions", "preuves", "constats")}


def test_a_hostile_exception_sets_its_constat_aside(registers: dict[str, Any]) -> None:
    """The exceptions of the hostile project are at work: each constat they cover is shown as such."""
    assert len(registers["constats"].xpath("//li[@data-niveau='deroge']")) >= len(EVERYTHING)
