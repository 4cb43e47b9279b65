"""Accessibility of the page of errors, and whether the instrument works; every other page has its test in test_every_page.py."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.axe import baseline, findings, new_findings
from tests.browser.sites import open_whole, told

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def test_axe_finds_nothing_beyond_the_theme_on_the_page_of_errors(page: Page, error_address: str) -> None:
    """The page that lists data errors is as accessible as the others."""
    open_whole(page, error_address)
    assert not (new := new_findings(page)), told(new)


def test_every_accepted_finding_still_exists(page: Page, address: str) -> None:
    """The baseline holds no finding that the theme has since lost: remove such an entry."""
    open_whole(page, address)
    assert set(baseline()) <= {finding[:2] for finding in findings(page)}


def test_axe_sees_a_fault_when_there_is_one(page: Page, tmp_path: Path, serve_directory: Callable[..., str]) -> None:
    """A grey text on grey, one in a folded part, a link like its text and a picture without description are found."""
    (tmp_path / "index.html").write_text(
        "<!doctype html><html lang=fr><title>x</title><body><main><h1>x</h1>"
        "<p>Du texte avec <a href=# style='color:#111;text-decoration:none'>un lien</a> dedans.</p>"
        "<p>clair</p><p style='color:#aaa;background:#999'>gris</p><details><summary>plus</summary><p style='color:#ddd'>caché</p></details>"
        "<img src=x.png></main>",
        "utf-8",
    )
    open_whole(page, serve_directory(tmp_path))
    found = findings(page)
    assert {"color-contrast", "link-in-text-block", "image-alt"} <= {finding[0] for finding in found}
    assert len({finding[1] for finding in found if finding[0] == "color-contrast"}) == 2
