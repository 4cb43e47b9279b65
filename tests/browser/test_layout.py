"""Pages fit every window, are readable in both schemes, and print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.sites import CERTIFICATIONS, PAGES, overflow, told

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser

WIDTHS = (1600, 1280, 768, 390, 320)

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


def paint(page: Page, scheme: str) -> None:
    """Show a page in a colour scheme, at once."""
    page.add_style_tag(content="*, *::before, *::after { transition: none !important; animation: none !important }")
    page.evaluate("scheme => document.body.setAttribute('data-md-color-scheme', scheme)", scheme)


@pytest.mark.parametrize("path", PAGES)
def test_no_page_is_wider_than_its_window(context: BrowserContext, address: str, path: str) -> None:
    """From 320 to 1600 pixels, folded parts open, light and dark, nothing makes the page scroll sideways."""
    page = context.new_page()
    page.goto(address + path)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    found = []
    for scheme in ("default", "slate"):
        paint(page, scheme)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            found += [f"{width} {scheme}: {finding}" for finding in overflow(page)]
    assert not found, told(found)


@pytest.mark.parametrize("scheme", ["default", "slate"])
def test_status_pills_are_readable(context: BrowserContext, address: str, scheme: str) -> None:
    """Each status has a contrast of at least 4.5 between its word and its ground, and an icon as clear as its word."""
    page = context.new_page()
    page.goto(f"{address}certifications/RNCP99001/")
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


@pytest.mark.parametrize("path", ["", "certifications/", "certifications/RNCP99001/", "exigences/", "manuel/certifications/"])
def test_a_printed_page_has_its_content_only(context: BrowserContext, address: str, path: str) -> None:
    """On paper: no header, navigation, filters nor buttons; the title, the tables, and what is folded on screen; ink on the page."""
    page = context.new_page()
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
    assert len(page.screenshot(full_page=True)) > 20_000
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)", "rgb(251, 250, 247)"), "no dark ground on paper"


def test_what_is_folded_on_screen_is_printed(context: BrowserContext, address: str) -> None:
    """Partners folded on screen are on the paper: they open as soon as the page is printed."""
    page = context.new_page()
    page.goto(f"{address}certifications/RNCP99001/")
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = false)")
    page.emulate_media(media="print")
    page.wait_for_function("Array.from(document.querySelectorAll('details.liste tbody tr')).at(-1).getBoundingClientRect().height > 5")


def test_what_is_folded_on_screen_is_printed_without_script(browser: Browser, address: str, site: Path) -> None:
    """Without JavaScript too, folded partners are on the paper."""
    text = (site / "certifications" / "RNCP99001" / "index.html").read_text("utf-8")
    folded = text.replace('<details class="liste" open>', '<details class="liste">')
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.route("**/RNCP99001/", lambda route: route.fulfill(body=folded, content_type="text/html; charset=utf-8"))
        page.goto(f"{address}certifications/RNCP99001/")
        assert page.locator("details.liste:not([open])").count() == 1
        seen = "e => e.checkVisibility()"
        assert not page.locator("details.liste tbody tr").last.evaluate(seen)
        page.emulate_media(media="print")
        assert page.locator("details.liste tbody tr").last.evaluate(seen)


def test_a_page_read_in_the_dark_prints_on_white(context: BrowserContext, address: str) -> None:
    """Printing from the dark scheme puts dark ink on a light ground."""
    page = context.new_page()
    page.goto(f"{address}certifications/RNCP99001/")
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


def test_links_to_outside_print_their_address(context: BrowserContext, address: str) -> None:
    """The official address of the fiche can be read on paper."""
    page = context.new_page()
    page.goto(f"{address}certifications/RNCP99001/")
    page.emulate_media(media="print")
    after = page.locator("a.externe").first.evaluate("e => getComputedStyle(e, '::after').content")
    assert "francecompetences.fr" in after


@pytest.mark.parametrize("number", CERTIFICATIONS)
def test_the_first_screen_says_what_it_is_and_how_it_stands(context: BrowserContext, address: str, number: str) -> None:
    """Without scrolling a 1280 × 900 window: title, number, state and end of registration."""
    page = context.new_page()
    page.goto(f"{address}certifications/{number}/")
    for locator in (page.locator("h1"), page.locator(".ident .num"), page.locator(".etats .p").first, page.locator(".ident dl").first):
        box = locator.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 900
    assert number in page.locator(".ident .num").inner_text()
