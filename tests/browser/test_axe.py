"""Accessibility: nothing beyond what belongs to the theme and no override can change."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe

from tests.browser.sites import PAGES, told

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

BASELINE = Path(__file__).with_name("axe_baseline.yml")
STRUCTURE: dict[str, Any] = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]},
    "rules": {"color-contrast": {"enabled": False}, "link-in-text-block": {"enabled": False}},
    "resultTypes": ["violations"],
}
COLOURS: dict[str, Any] = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "resultTypes": ["violations"],
}
WIDTHS = (1280, 390)

RUN = """([options, looks]) => axe.run(looks ? LOOKS() : document, options).then(results => results.violations.flatMap(
    violation => violation.nodes.map(node => [violation.id, node.target.join(' '), node.failureSummary || ''])))"""
LOOKS = """function LOOKS() {
    const seen = new Map();
    for (const element of document.querySelectorAll('body, body *')) {
        const own = Array.from(element.childNodes).some(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
        if (!(own || element.matches('input, select, button')) || !element.checkVisibility({checkOpacity: true})) continue;
        const style = getComputedStyle(element);
        const look = [element.tagName, style.color, style.fontSize, style.fontWeight, style.textDecorationLine, style.position];
        for (let behind = element; behind; behind = behind.parentElement) {
            const {backgroundColor, backgroundImage, opacity} = getComputedStyle(behind);
            if (backgroundColor !== 'rgba(0, 0, 0, 0)') look.push(backgroundColor);
            if (backgroundImage !== 'none' || opacity !== '1') look.push(backgroundImage, opacity);
        }
        const around = element.parentElement && getComputedStyle(element.parentElement);
        if (element.tagName === 'A') look.push(around.color, around.fontWeight);
        const key = look.join(' ');
        if (!seen.has(key)) seen.set(key, element);
    }
    return Array.from(seen.values());
}"""
"""Colours are measured on one text of each look, the same ink on the same grounds: a page of hundreds of rows repeats few of them."""


@cache
def baseline() -> dict[tuple[str, str], str]:
    """Return the accepted findings, by rule and selector, each with its reason."""
    entries = yaml.safe_load(BASELINE.read_text("utf-8"))["constats"]
    return {(entry["regle"], entry["selecteur"]): entry["raison"] for entry in entries}


def findings(page: Page, address: str) -> set[tuple[str, str, str]]:
    """Return what axe finds on a page, folded parts open, at both widths, in light and in dark: rule, selector, and where with what it says."""
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    # Colours fade in when the palette changes: measure where they arrive.
    page.add_style_tag(content="*, *::before, *::after { transition: none !important; animation: none !important }")
    page.evaluate(f"{Axe().axe_script};\n{LOOKS};\nwindow.LOOKS = LOOKS")
    found = set()
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        # The dark scheme changes colours only.
        for scheme, options in (("default", STRUCTURE), ("default", COLOURS), ("slate", COLOURS)):
            page.evaluate("scheme => document.body.setAttribute('data-md-color-scheme', scheme)", scheme)
            for rule, target, said in page.evaluate(RUN, [options, options is COLOURS]):
                found.add((rule, re.sub(r"__nav_\d+", "__nav_N", target), f"{width} {scheme}: {' '.join(said.split())}"))
    return found


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_beyond_the_theme(page: Page, address: str, path: str) -> None:
    """WCAG 2.1 A and AA and best practices hold on the page, at 1280 and 390 pixels, in light and in dark."""
    new = sorted(finding for finding in findings(page, address + path) if finding[:2] not in baseline())
    assert not new, told(new)


def test_axe_finds_nothing_beyond_the_theme_on_the_page_of_errors(page: Page, error_address: str) -> None:
    """The page that lists data errors is as accessible as the others."""
    new = sorted(finding for finding in findings(page, error_address) if finding[:2] not in baseline())
    assert not new, told(new)


def test_every_accepted_finding_still_exists(page: Page, address: str) -> None:
    """The baseline holds no finding that the theme has since lost: remove such an entry."""
    seen = {finding[:2] for finding in findings(page, address)}
    assert set(baseline()) <= seen


def test_axe_sees_a_fault_when_there_is_one(page: Page, tmp_path: Path, serve_directory: Callable[[Path], str]) -> None:
    """A grey text on grey, one in a folded part, a link like its text and a picture without description are found: the instrument works."""
    (tmp_path / "index.html").write_text(
        "<!doctype html><html lang=fr><title>x</title><body><main><h1>x</h1>"
        "<p>Du texte avec <a href=# style='color:#111;text-decoration:none'>un lien</a> dedans.</p>"
        "<p>clair</p><p style='color:#aaa;background:#999'>gris</p><details><summary>plus</summary><p style='color:#ddd'>caché</p></details>"
        "<img src=x.png></main>",
        "utf-8",
    )
    found = findings(page, serve_directory(tmp_path))
    assert {"color-contrast", "link-in-text-block", "image-alt"} <= {finding[0] for finding in found}
    assert len({finding[1] for finding in found if finding[0] == "color-contrast"}) == 2
