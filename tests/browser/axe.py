"""Accessibility as axe measures it, but for what belongs to the theme and no override can change."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from axe_playwright_python.sync_playwright import Axe

from tests.browser.sites import paint

if TYPE_CHECKING:
    from playwright.sync_api import Page

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

STRUCTURE_RUN = "options => axe.run(document, options).then(FINDINGS)"
COLOURS_RUN = """([options, known]) => {
    const looks = LOOKS(new Set(known));
    return (looks.size ? axe.run(Array.from(looks.values()), options) : Promise.resolve({violations: []}))
        .then(results => [FINDINGS(results), Array.from(looks.keys())]);
}"""
TOOLS = """
window.FINDINGS = results => results.violations.flatMap(
    violation => violation.nodes.map(node => [violation.id, node.target.join(' '), node.failureSummary || '']));
window.LOOKS = known => {
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
        if (!known.has(key) && !seen.has(key)) seen.set(key, element);
    }
    return seen;
};
"""
"""Colours are measured on one text of each look, the same ink on the same grounds: hundreds of rows and pages repeat few of them."""

_SOUND: set[str] = set()
"""Looks that axe already found readable in this session."""


@cache
def baseline() -> dict[tuple[str, str], str]:
    """Return the accepted findings, by rule and selector, each with its reason."""
    entries = yaml.safe_load(BASELINE.read_text("utf-8"))["constats"]
    return {(entry["regle"], entry["selecteur"]): entry["raison"] for entry in entries}


def new_findings(page: Page) -> list[tuple[str, str, str]]:
    """Return what axe finds on an open page and the theme does not explain."""
    return sorted(finding for finding in findings(page) if finding[:2] not in baseline())


def findings(page: Page) -> set[tuple[str, str, str]]:
    """Return what axe finds on an open page, at both widths, in light and in dark: rule, selector, and where with what it says."""
    page.evaluate(f"{Axe().axe_script}{TOOLS}; null")
    found: set[tuple[str, str, str]] = set()
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        paint(page, "default")
        found |= _told(page.evaluate(STRUCTURE_RUN, STRUCTURE), f"{width} default")
        # The dark scheme changes colours only.
        for scheme in ("default", "slate"):
            paint(page, scheme)
            faults, looks = page.evaluate(COLOURS_RUN, [COLOURS, sorted(_SOUND)])
            found |= _told(faults, f"{width} {scheme}")
            _SOUND.update([] if faults else looks)
    return found


def _told(faults: list[tuple[str, str, str]], place: str) -> set[tuple[str, str, str]]:
    """Return faults with their place, without the number that the theme gives to each section of the navigation."""
    return {(rule, re.sub(r"__nav_\d+", "__nav_N", target), f"{place}: {' '.join(said.split())}") for rule, target, said in faults}
