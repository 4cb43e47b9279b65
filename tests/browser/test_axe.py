"""Accessibility: nothing beyond what belongs to the theme and no override can change."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe

from tests.browser.sites import PAGES, told

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext

pytestmark = pytest.mark.browser

BASELINE = Path(__file__).with_name("axe_baseline.yml")
OPTIONS: dict[str, Any] = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]},
    "resultTypes": ["violations"],
}
COLOURS: dict[str, Any] = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "resultTypes": ["violations"],
}
WIDTHS = (1280, 390)
SCHEMES = (("default", OPTIONS), ("slate", COLOURS))
"""The dark scheme changes colours only: the other rules would say the same twice."""


@cache
def baseline() -> dict[tuple[str, str], str]:
    """Return the accepted findings, by rule and selector, each with its reason."""
    entries = yaml.safe_load(BASELINE.read_text("utf-8"))["constats"]
    return {(entry["regle"], entry["selecteur"]): entry["raison"] for entry in entries}


def findings(context: BrowserContext, address: str) -> set[tuple[str, str, str]]:
    """Return what axe finds on a page at both widths, in light and in dark: rule, selector, and where with what it says."""
    page = context.new_page()
    page.goto(address)
    # Colours fade in when the palette changes: measure where they arrive.
    page.add_style_tag(content="*, *::before, *::after { transition: none !important; animation: none !important }")
    found = set()
    for scheme, options in SCHEMES:
        page.evaluate("scheme => document.body.setAttribute('data-md-color-scheme', scheme)", scheme)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            for violation in Axe().run(page, options=options).response["violations"]:
                for node in violation["nodes"]:
                    said = (node.get("failureSummary") or "").replace("\n", " ")
                    found.add((violation["id"], " ".join(map(str, node["target"])), f"{width} {scheme}: {said}"))
    page.close()
    return found


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_beyond_the_theme(context: BrowserContext, address: str, path: str) -> None:
    """WCAG 2.1 A and AA and best practices hold on the page, at 1280 and 390 pixels, in light and in dark."""
    new = sorted(finding for finding in findings(context, address + path) if finding[:2] not in baseline())
    assert not new, told(new)


def test_axe_finds_nothing_beyond_the_theme_on_the_page_of_errors(context: BrowserContext, error_address: str) -> None:
    """The page that lists data errors is as accessible as the others."""
    new = sorted(finding for finding in findings(context, error_address) if finding[:2] not in baseline())
    assert not new, told(new)


def test_every_accepted_finding_still_exists(context: BrowserContext, address: str) -> None:
    """The baseline holds no finding that the theme has since lost: remove such an entry."""
    seen = {finding[:2] for finding in findings(context, address)}
    assert set(baseline()) <= seen


def test_axe_sees_a_fault_when_there_is_one(context: BrowserContext, tmp_path: Path, serve_directory: Callable[[Path], str]) -> None:
    """A grey text on grey and a picture without description are found: the instrument works."""
    (tmp_path / "index.html").write_text(
        "<!doctype html><html lang=fr><title>x</title><body><main><h1>x</h1>"
        "<p style='color:#aaa;background:#999'>gris</p><img src=x.png></main>",
        "utf-8",
    )
    rules = {finding[0] for finding in findings(context, serve_directory(tmp_path))}
    assert {"color-contrast", "image-alt"} <= rules
