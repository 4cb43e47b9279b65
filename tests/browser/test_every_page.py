"""Every page of the portal: it fits, it is accessible, it asks nothing of anyone but its own server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.axe import new_findings
from tests.browser.sites import VISITED, open_whole, overflow, paint, told

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Journal

pytestmark = pytest.mark.browser

WIDTHS = (1600, 1280, 768, 390, 320)


@pytest.mark.parametrize("path", VISITED)
def test_a_page_fits_is_accessible_and_asks_nothing_outside(page: Page, journal: Journal, address: str, path: str) -> None:
    """With its folded parts open, in light and in dark.

    From 320 to 1600 pixels nothing makes it scroll sideways; WCAG 2.1 A and AA and best practices hold at 1280 and 390 pixels;
    every request goes to the site and is answered; the console says nothing wrong.
    """
    open_whole(page, address + path)
    assert not (new := new_findings(page)), told(new)
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in ("default", "slate") if width in (1280, 390) else ("default",):
            paint(page, scheme)
            found += [f"{width} {scheme}: {finding}" for finding in overflow(page)]
    assert not found, told(found)
    assert not (outside := journal.outside(address)), told(outside)
    assert not journal.refused, told(journal.refused)
    assert not journal.said, told(journal.said)
