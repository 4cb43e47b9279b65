"""A training table of sixty rows and forty columns: readable on a screen, on a telephone and on paper."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from tests.browser.sites import build, make_project, overflow, read_record, write_record

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

MODULES, BLOCS, EACH = 60, 8, 5
"""Sixty modules, eight blocs of five competences: forty columns."""


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site whose first certification has one table of 60 modules and 40 competences, each module preparing five of them."""
    project = make_project(tmp_path_factory.mktemp("tables"))
    path = project / "data/certifications/RNCP99001.yml"
    record = read_record(path)
    title = "Conduire une démarche assez longue pour tenir sur deux lignes"
    codes = [f"C{bloc}.{rank}" for bloc in range(1, BLOCS + 1) for rank in range(1, EACH + 1)]
    record["blocs"] = [
        {
            "code": f"RNCP99001BC{bloc:02}",
            "intitule": title,
            "competences": "".join(f"- C{bloc}.{rank} {title} {rank}\n" for rank in range(1, EACH + 1)),
        }
        for bloc in range(1, BLOCS + 1)
    ]
    modules = [
        {"code": f"M{n}", "intitule": title, "heures": "14", "couvre": [codes[(n * 7 + step) % len(codes)] for step in range(EACH)]}
        for n in range(1, MODULES + 1)
    ]
    epreuves = [{"code": f"E{n}", "intitule": title, "couvre": [f"BC{n:02}"]} for n in range(1, BLOCS + 1)]
    record["tables_formation"] = [{"formation": "Parcours entier", "date": "2026-09-01", "modules": modules, "epreuves": epreuves}]
    write_record(path, record)
    return build(project)


@pytest.fixture
def opened(large: Path, serve_directory: Callable[..., str], page: Page) -> Page:
    """The page of that table."""
    page.goto(f"{serve_directory(large)}/certifications/RNCP99001/tables/")
    return page


def test_its_page_is_light(large: Path) -> None:
    """The page, theme included, weighs less than 300 kB."""
    assert (large / "certifications/RNCP99001/tables/index.html").stat().st_size < 300_000


@pytest.mark.parametrize("width", [1280, 390])
def test_it_scrolls_in_its_frame(opened: Page, width: int) -> None:
    """The page does not scroll sideways; the matrix does, its header and its first column stay in sight."""
    opened.set_viewport_size({"width": width, "height": 900})
    assert overflow(opened) == []
    places = opened.eval_on_selector(
        ".matrice",
        """frame => {
            frame.scrollTo(400, 500);
            const at = element => [element.getBoundingClientRect().left, element.getBoundingClientRect().top].map(Math.round);
            const [left, top] = at(frame);
            const row = at(frame.querySelectorAll('tbody th[scope=row]')[20]), head = at(frame.querySelector('thead'));
            return {scrolled: [frame.scrollLeft, frame.scrollTop], column: row[0] - left, header: head[1] - top};
        }""",
    )
    assert min(places["scrolled"]) > 0
    assert 0 <= places["column"] <= 2
    assert 0 <= places["header"] <= 2


def test_each_cell_says_what_it_is(opened: Page) -> None:
    """Headers are scoped, columns tell their full text, and no cell is a mark without words."""
    shape = opened.eval_on_selector(
        ".croisee",
        """table => ({
            headers: Array.from(table.querySelectorAll('th')).every(th => th.scope),
            columns: Array.from(table.querySelectorAll('thead abbr')).filter(a => a.title.length > 20).length,
            words: Array.from(new Set(Array.from(table.querySelectorAll('td[class]')).map(td => td.textContent.trim()))).sort(),
        })""",
    )
    assert shape == {"headers": True, "columns": BLOCS * EACH, "words": ["préparée", "préparée et évaluée", "évaluée"]}


def test_nothing_is_cut_on_paper(opened: Page) -> None:
    """On A4 landscape pages the whole matrix is there: every page repeats the codes, every module and every column is printed."""
    opened.emulate_media(media="print")
    opened.set_viewport_size({"width": 1054, "height": 700})  # 297 mm less two margins of 9 mm, at 96 dots an inch
    wide = "e => Array.from(e.querySelectorAll('th, td')).filter(c => c.scrollWidth > c.clientWidth + 1).map(c => c.textContent.trim())"
    assert opened.eval_on_selector(".matrice", "e => e.scrollWidth <= e.clientWidth")
    assert opened.eval_on_selector(".croisee", wide) == []
    pages = PdfReader(BytesIO(opened.pdf(prefer_css_page_size=True))).pages
    assert {(round(float(p.mediabox.width)), round(float(p.mediabox.height))) for p in pages} == {(842, 595)}
    texts = ["".join(p.extract_text().split()) for p in pages]
    matrix = [text for text in texts if "Conduireunedémarche" in text and "C1.1C1.2" in text and "C8.4C8.5" in text]
    assert len(matrix) > 1
    assert [n for n in range(1, MODULES + 1) if not any(f"M{n}Conduire" in text for text in texts)] == []
