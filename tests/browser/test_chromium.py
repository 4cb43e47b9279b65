"""The browser tests look through a real browser, on this machine only."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.browser


def test_a_served_page_is_run_by_a_real_browser(browser: Browser, serve_directory: Callable[[Path], str], tmp_path: Path) -> None:
    """Scripts run and accents survive: this is a browser and not a parser."""
    (tmp_path / "index.html").write_text(
        "<!doctype html><meta charset=utf-8><h1></h1><script>document.querySelector('h1').textContent = 'Élève n° ' + (6 * 7)</script>",
        encoding="utf-8",
    )
    with browser.new_page() as page:
        page.goto(serve_directory(tmp_path))
        assert page.text_content("h1") == "Élève n° 42"


def _ask(tmp_path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Ask for the browser from a process that finds nothing in its PATH nor among Playwright's own."""
    bare = {"PATH": str(tmp_path), "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path), "PYTHONIOENCODING": "utf-8"}
    kept = {name: value for name, value in os.environ.items() if name not in {*bare, "PORTAIL_CHROMIUM"}}
    return subprocess.run(
        [sys.executable, "-m", "tests.browser.chromium"],
        env=kept | bare | environment,
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


def test_a_wrong_portail_chromium_is_named(tmp_path: Path) -> None:
    """A mistyped path is told to the person instead of another browser being taken."""
    answer = _ask(tmp_path, PORTAIL_CHROMIUM="/absent/chromium")
    assert answer.returncode == 1
    assert "PORTAIL_CHROMIUM désigne « /absent/chromium »" in answer.stdout


def test_a_missing_browser_says_what_to_install(tmp_path: Path) -> None:
    """Without any browser, the message gives the commands for Debian and elsewhere."""
    answer = _ask(tmp_path)
    assert answer.returncode == 1
    assert "sudo apt-get install chromium" in answer.stdout
    assert "playwright install --with-deps chromium" in answer.stdout


def test_a_stub_that_only_says_what_to_install_is_no_browser(tmp_path: Path) -> None:
    """A `chromium` command that fails, as some systems ship, is not taken for a browser."""
    stub = tmp_path / "chromium"
    stub.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    stub.chmod(0o755)
    assert _ask(tmp_path).returncode == 1
