"""Status pills are readable, pages print, grids scroll in their frame, rows become cards."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.sites import CERTIFICATIONS, CONSEILS, REGISTERS, open_whole, paint, told

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

RECORDS = ("certifications/RNCP99001/", "conseils/CP-2025-12-NUM/")
"""A page of each kind of record, with something in every section."""
WHOLE = "article :is(.carte, .t tbody tr, .ident, .constat, .bloc, .chrono > li, .pieces > li, .agenda > li)"
CONTRAST = """() => {
    const canvas = Object.assign(document.createElement('canvas'), {width: 1, height: 1});
    const drawing = canvas.getContext('2d', {willReadFrequently: true});
    const over = (colours) => {
        drawing.clearRect(0, 0, 1, 1);
        for (const colour of colours) { drawing.fillStyle = colour; drawing.fillRect(0, 0, 1, 1); }
        return Array.from(drawing.getImageData(0, 0, 1, 1).data).slice(0, 3);
    };
    const light = rgb => {
        const [r, g, b] = rgb.map(c => { c /= 255; return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const backgrounds = element => {
        const found = [];
        for (let e = element; e; e = e.parentElement) found.unshift(getComputedStyle(e).backgroundColor);
        return ['white', ...found];
    };
    return Array.from(document.querySelectorAll(SELECTOR)).filter(e => e.getClientRects().length).map(e => {
        const behind = backgrounds(e);
        const [a, b] = [light(over(behind)), light(over([...behind, getComputedStyle(e).color]))];
        return [e.className + ' ' + e.textContent.trim().slice(0, 30), (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)];
    });
}"""

TONES = ("conforme", "a_surveiller", "ecart", "sans_objet", "force", "usage", "planifie", "en_cours", "en_retard", "close")


@pytest.mark.parametrize("scheme", ["default", "slate"])
def test_status_pills_are_readable(page: Page, address: str, scheme: str) -> None:
    """Each status has a contrast of at least 4.5 between its word and its ground, and an icon as clear as its word."""
    open_whole(page, f"{address}certifications/RNCP99001/")
    page.evaluate(
        """tones => document.querySelector('article').insertAdjacentHTML('beforeend',
            '<p>' + tones.map(t => `<span class="p p-${t}">${t}</span>`).join(' ') + '</p>')""",
        list(TONES),
    )
    paint(page, scheme)
    measured: list[Any] = page.evaluate(CONTRAST.replace("SELECTOR", "'.p, .doux, .sous, .manque, .frise li, .frise b, .carte .l'"))
    assert len(measured) > len(TONES)
    weak = [(name, round(ratio, 2)) for name, ratio in measured if ratio < 4.5]
    assert not weak, told(weak)
    icons = page.locator(".p").evaluate_all(
        "all => all.map(e => [getComputedStyle(e, '::before').maskImage, getComputedStyle(e, '::before').width])"
    )
    assert all(image.startswith("url(") and float(width.removesuffix("px")) >= 8 for image, width in icons)


CUT = """() => Array.from(document.querySelectorAll('.t .fiche .p')).filter(pill => pill.checkVisibility()
    && pill.getBoundingClientRect().right > pill.closest('.t').getBoundingClientRect().right + 1).map(pill => pill.textContent)"""


@pytest.mark.parametrize("path", ["", *REGISTERS, *dict.fromkeys((*RECORDS, "conseils/CP-2025-01-NUM/"))])
def test_no_pill_is_cut(page: Page, address: str, path: str) -> None:
    """A status in a table stays inside the frame of the table, wide or narrow; grids of years scroll."""
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(address + path)
        assert page.evaluate(CUT) == [], width


@pytest.mark.parametrize(
    "path",
    [
        "",
        *REGISTERS,
        *RECORDS,
        "cep/",
        "cep/CEP-R1/",
        "manuel/certifications/",
        "manuel/points/",
        "manuel/composition/",
        "manuel/organiser/",
    ],
)
def test_a_printed_page_has_its_content_only(page: Page, address: str, path: str) -> None:
    """On paper: no header, navigation, filters nor buttons; the title, the tables, and what is folded on screen; ink on the page."""
    page.goto(address + path)
    page.emulate_media(media="print")
    chrome = ".md-header, .md-tabs, .md-sidebar, .md-footer, .md-search, .md-top, form.filtres, .compte, .ariane, .headerlink, .md-skip"
    seen = page.locator(chrome).evaluate_all(
        "all => all.filter(e => e.checkVisibility({checkOpacity: true}) && e.getBoundingClientRect().height > 1 && e.getBoundingClientRect().bottom > 0).map(e => e.className)"
    )
    assert not seen
    assert page.locator("article h1").is_visible()
    for table in page.locator("article table").all():
        assert table.is_visible()
        box = table.bounding_box()
        assert box is not None
        assert box["height"] > 20
    assert len(page.screenshot()) > 10_000
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)", "rgb(251, 250, 247)"), "no dark ground on paper"


HIDDEN = """() => Array.from(document.querySelectorAll('article details > :not(summary)'))
    .filter(part => !part.checkVisibility() || part.getBoundingClientRect().height < 5).map(part => part.textContent.trim().slice(0, 40))"""


@pytest.mark.parametrize("path", [*RECORDS, "actions/", "preuves/", "veille/", "exigences/"])
def test_what_is_folded_on_screen_is_printed(page: Page, address: str, path: str) -> None:
    """Partners, participants, details of actions and versions of evidence are on the paper, folded on screen or not."""
    page.goto(address + path)
    parts = page.evaluate("document.querySelectorAll('article details > :not(summary)').length")
    page.evaluate("document.querySelectorAll('article details').forEach(details => details.open = false)")
    assert len(page.evaluate(HIDDEN)) == parts > 0
    page.emulate_media(media="print")
    page.wait_for_function(f"({HIDDEN})().length === 0")


@pytest.mark.parametrize("path", RECORDS)
def test_what_is_folded_on_screen_is_printed_without_script(browser: Browser, address: str, site: Path, path: str) -> None:
    """Without JavaScript too."""
    folded = re.sub(r"(<details[^>]*?) open(?=[ >])", r"\1", (site / path / "index.html").read_text("utf-8"))
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.route(f"**/{path}", lambda route: route.fulfill(body=folded, content_type="text/html; charset=utf-8"))
        page.goto(address + path)
        inside = page.locator("article details > :not(summary)")
        seen = "all => all.filter(part => part.checkVisibility()).length"
        assert inside.count() > 0
        assert inside.evaluate_all(seen) == 0
        page.emulate_media(media="print")
        assert inside.evaluate_all(seen) == inside.count()


@pytest.mark.parametrize("path", ["", "conseils/", "conseils/CP-2025-12-NUM/", "certifications/RNCP99001/", "actions/", "constats/"])
def test_cards_and_rows_are_not_cut_by_the_end_of_a_sheet(page: Page, address: str, path: str) -> None:
    """On paper a card, a row, a document, a constat stand whole on one sheet."""
    page.goto(address + path)
    page.emulate_media(media="print")
    cut = page.locator(WHOLE).evaluate_all(
        "all => all.filter(e => getComputedStyle(e).breakInside !== 'avoid').map(e => e.className || e.tagName)"
    )
    assert page.locator(WHOLE).count() > 0
    assert not cut


def test_a_page_read_in_the_dark_prints_on_white(page: Page, address: str) -> None:
    """Printing from the dark scheme puts dark ink on a light ground."""
    open_whole(page, f"{address}certifications/RNCP99001/")
    paint(page, "slate")
    page.emulate_media(media="print")
    weak = [
        (name, round(ratio, 2))
        for name, ratio in page.evaluate(CONTRAST.replace("SELECTOR", "'article p, article td, article th, article li, .p'"))
        if ratio < 4.5
    ]
    assert not weak, told(weak[:20])
    red, green, blue = page.evaluate(
        """() => { const c = document.createElement('canvas').getContext('2d'); c.fillStyle = 'white'; c.fillRect(0, 0, 1, 1);
            for (const e of [document.documentElement, document.body]) { c.fillStyle = getComputedStyle(e).backgroundColor; c.fillRect(0, 0, 1, 1); }
            return Array.from(c.getImageData(0, 0, 1, 1).data).slice(0, 3); }"""
    )
    assert min(red, green, blue) > 200


def test_links_to_outside_print_their_address(page: Page, address: str) -> None:
    """The official address of the fiche can be read on paper."""
    page.goto(f"{address}certifications/RNCP99001/")
    page.emulate_media(media="print")
    after = page.locator("a.externe").first.evaluate("e => getComputedStyle(e, '::after').content")
    assert "francecompetences.fr" in after


@pytest.mark.parametrize(
    "path", [*(f"certifications/{numero}/" for numero in CERTIFICATIONS), *(f"conseils/{conseil}/" for conseil in CONSEILS)]
)
def test_the_first_screen_says_what_it_is_and_how_it_stands(page: Page, address: str, path: str) -> None:
    """Without scrolling a 1280 × 900 window: title, number, state, and the first facts."""
    page.goto(address + path)
    for locator in (page.locator("h1"), page.locator(".ident .num"), page.locator(".etats .p").first, page.locator(".ident dl").first):
        box = locator.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 900
    assert path.split("/")[1] in page.locator(".ident .num").inner_text()


@pytest.mark.parametrize("path", ["conseils/", "manuel/points/"])
@pytest.mark.parametrize("width", [1280, 390])
def test_a_wide_grid_scrolls_inside_its_frame(page: Page, address: str, path: str, width: int) -> None:
    """The keyboard reaches the frame and moves what it holds; its first column stays in sight, and the page does not move."""
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address + path)
    frame = page.locator(".grille")
    assert frame.get_attribute("role") == "region"
    assert frame.get_attribute("aria-label")
    moves = frame.evaluate("e => e.scrollWidth > e.clientWidth + 1")
    assert moves or width > 1000, "the grid is meant to be wider than a telephone"
    frame.locator("xpath=preceding::a[@href][1]").focus()
    for _ in range(3):
        page.keyboard.press("Tab")
        if frame.evaluate("e => e === document.activeElement"):
            break
    assert frame.evaluate("e => e === document.activeElement && getComputedStyle(e).outlineStyle !== 'none'")
    if moves:
        page.keyboard.press("ArrowRight")
        page.wait_for_function("document.querySelector('.grille').scrollLeft > 0")
        head, box = frame.locator("tbody th").first.bounding_box(), frame.bounding_box()
        assert head is not None
        assert box is not None
        assert abs(head["x"] - box["x"]) <= 2
    assert page.evaluate("document.documentElement.scrollLeft") == 0


@pytest.mark.parametrize(
    "path",
    [
        *REGISTERS[:5],
        *RECORDS,
        "cep/",
        "cep/CEP-R1/",
        "manuel/processus/",
        "manuel/composition/",
        "manuel/organiser/",
        "aide/fiches/conseils/",
        "",
    ],
)
def test_rows_are_cards_of_labelled_values_on_a_telephone(page: Page, address: str, path: str) -> None:
    """At 390 pixels each value of a row stands under the one before, after its label; the column heads are read by machines only."""
    page.set_viewport_size({"width": 390, "height": 900})
    open_whole(page, address + path)
    assert page.locator("article .t:not(.grille) table").count() > 0
    wrong = page.locator("article .t:not(.grille) tbody tr:visible").evaluate_all(
        """rows => rows.flatMap(row => {
            const cells = Array.from(row.cells), boxes = cells.map(cell => cell.getBoundingClientRect());
            const label = cell => getComputedStyle(cell, '::before').content.slice(1);
            return [
                ...cells.slice(1).filter(cell => !cell.dataset.l || !label(cell).startsWith(cell.dataset.l)).map(cell => 'no label: ' + cell.textContent),
                ...boxes.slice(1).flatMap((box, n) => box.top >= boxes[n].bottom - 1 ? [] : ['beside: ' + cells[n + 1].textContent]),
            ];
        })"""
    )
    assert not wrong, told(wrong[:10])
    heads = page.locator("article .t:not(.grille) thead").evaluate_all(
        "all => all.map(e => [getComputedStyle(e).display, getComputedStyle(e).visibility, e.getBoundingClientRect().width])"
    )
    assert all(display != "none" and visibility == "visible" and width <= 2 for display, visibility, width in heads)
