"""The HTML is valid: parsed without error, ids unique, headings in order, tables and dates complete."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import html5lib
import pytest

from tests.browser.sites import PAGES, html_files, parse, told

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

AUDIENCES = ("interne", "auditeur", "public")
MAIN = "//main"


def document(site: Path, path: str) -> Any:
    """Return a parsed page."""
    file = site / path if path.endswith(".html") else site / path / "index.html"
    return parse(file)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_page_is_parsed_without_error(edition: Callable[[str], Path], audience: str) -> None:
    """The HTML5 algorithm finds no error in any page of any edition, the theme's part included."""
    site = edition(audience)
    found = []
    for file in html_files(site):
        parser = html5lib.HTMLParser()
        parser.parse(file.read_text("utf-8"))
        found += [f"{file.relative_to(site)}:{position[0]}: {code} {facts}" for position, code, facts in parser.errors]
    assert not found, told(found[:20])


def test_hostile_records_leave_the_html_valid(hostile_site: Path) -> None:
    """Whatever records hold, the pages are parsed without error."""
    found = []
    for file in html_files(hostile_site):
        parser = html5lib.HTMLParser()
        parser.parse(file.read_text("utf-8"))
        found += [f"{file.relative_to(hostile_site)}:{position[0]}: {code} {facts}" for position, code, facts in parser.errors]
    assert not found, told(found[:20])


@pytest.mark.parametrize("path", PAGES)
def test_ids_are_unique(site: Path, path: str) -> None:
    """No id is given twice on a page."""
    ids = Counter(document(site, path).xpath("//@id"))
    assert not [name for name, times in ids.items() if times > 1]


def test_ids_are_unique_whatever_records_hold(hostile_site: Path) -> None:
    """Hostile titles give no id twice, nor an id of the theme."""
    found = []
    for file in html_files(hostile_site):
        ids = Counter(parse(file).xpath("//@id"))
        found += [f"{file.relative_to(hostile_site)}: {name}" for name, times in ids.items() if times > 1]
    assert not found, told(found[:20])


@pytest.mark.parametrize("path", PAGES)
def test_headings_go_down_one_level_at_a_time(site: Path, path: str) -> None:
    """A page has one first-level heading, which comes first, and no level is skipped."""
    levels = [
        int(heading.tag[1])
        for heading in document(site, path).xpath(f"{MAIN}//*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5 or self::h6]")
    ]
    assert levels[:1] == [1]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels)), levels


def width(row: Any) -> int:
    """Return how many columns the cells of a row take."""
    return sum(int(cell.get("colspan", 1)) for cell in row)


@pytest.mark.parametrize("path", PAGES)
def test_tables_have_a_caption_and_scoped_headers(site: Path, path: str) -> None:
    """Every table says what it holds, every header says what it heads, and every row starts with its header."""
    found = []
    for table in document(site, path).xpath(f"{MAIN}//table"):
        name = (table.text_content() or "").strip()[:40]
        if not "".join(table.xpath("caption//text()")).strip():
            found.append(f"no caption: {name}")
        found += [f"header without scope: {header.text_content()}" for header in table.xpath(".//th[not(@scope)]")]
        found += [f"empty header in {name}" for header in table.xpath(".//th") if not header.text_content().strip()]
        found += [
            f"row without header in {name}" for row in table.xpath("tbody/tr") if not row.xpath("th[@scope='row' or @scope='rowgroup']")
        ]
        columns = [width(row) for row in table.xpath("thead/tr[1]")]
        found += [f"row of another width in {name}" for row in table.xpath("tbody/tr") if columns != [width(row)]]
    assert not found, told(found)


@pytest.mark.parametrize("path", PAGES)
def test_every_time_holds_its_date(site: Path, path: str) -> None:
    """Every `time` has a date that machines read, of the year people read."""
    for element in document(site, path).xpath("//time"):
        day = date.fromisoformat(element.get("datetime", ""))
        assert str(day.year) in element.text_content()


DATED = ("Échéance", "Relevé FC", "Date", "Diffusé", "Garder jusqu’au")
"""Columns whose values are days."""


@pytest.mark.parametrize(
    "path", [path for path in PAGES if path.startswith(("certifications", "conseils", "actions", "preuves")) or not path]
)
def test_every_date_read_is_a_time(site: Path, path: str) -> None:
    """A day that is a value of its own is marked up as such: cells and terms hold no bare date; sentences and links may."""
    months = "janv|févr|mars|avr|mai|juin|juil|août|sept|oct|nov|déc"
    page = document(site, path)
    for element in page.xpath("//time | //article//*[@class='ident']//dd/a"):
        element.drop_tree()
    columns = " or ".join(f"@data-l='{label}'" for label in DATED)
    cells = [cell.text_content() for cell in page.xpath(f"{MAIN}//td[{columns}]")]
    if path.startswith("certifications") or not path:
        cells += [term.text_content() for term in page.xpath(f"{MAIN}//*[@class='ident']//dl//dd")]
    assert not [cell for cell in cells if re.search(rf"\d\s({months})\S*\s\d{{4}}", cell) and "effacer" not in cell]


@pytest.mark.parametrize("path", PAGES)
def test_form_controls_and_pictures_are_named(site: Path, path: str) -> None:
    """In our part of the page, each control has its label, each picture its description, each link its text."""
    page = document(site, path)
    labelled = set(page.xpath(f"{MAIN}//label/@for"))
    assert not [c.get("id") for c in page.xpath(f"{MAIN}//form//*[self::select or self::input]") if c.get("id") not in labelled]
    assert not page.xpath(f"{MAIN}//img[not(@alt)]")
    assert not [link.get("href") for link in page.xpath("//article//a") if not link.text_content().strip()]


def test_the_language_and_a_title_are_on_every_page(site: Path) -> None:
    """Every page says it is French and has a title of its own."""
    titles = Counter(document(site, path).findtext(".//title") for path in PAGES if path != "404.html")
    assert not [title for title, times in titles.items() if times > 1]
    assert {document(site, path).get("lang") for path in PAGES} == {"fr"}


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_left_empty(site: Path, path: str) -> None:
    """No list, cell, paragraph or pill of ours is empty: what is missing is said."""
    kinds = "self::ul or self::ol or self::dl or self::li or self::dd or self::dt or self::td or self::th or self::summary or self::p"
    empty = [
        f"<{element.tag} class={element.get('class')}> line {element.sourceline}"
        for element in document(site, path).xpath(f"//article//*[{kinds} or @class='p' or @class='sous' or @class='doux']")
        if not element.text_content().strip() and element.get("class") != "compte"
    ]
    assert not empty, told(empty)


@pytest.mark.parametrize("path", PAGES)
def test_labels_of_landmarks_tell_them_apart(site: Path, path: str) -> None:
    """In our part of a page, sections, regions and navigations are named, and no two alike."""
    places = document(site, path).xpath("//article//*[self::section or self::nav or @role='region']")
    names = [place.get("aria-label") or place.get("aria-labelledby") for place in places]
    assert all(names)
    assert len(set(names)) == len(names)
