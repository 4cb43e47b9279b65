"""The real fiches of France compétences, when they are at hand, make a portal of their own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from tests.browser.sites import ROOT, environment, html_files, overflow, parse, told

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext

DATA = ROOT.parent / "shared" / "donnees"
PORTAIL = Path(sys.executable).with_name("portail")

pytestmark = [pytest.mark.browser, pytest.mark.skipif(not DATA.is_dir(), reason="the extracts of France compétences are not here")]


def _portail(*arguments: object, cwd: Path) -> str:
    done = subprocess.run(
        [PORTAIL, *map(str, arguments)],
        cwd=cwd,
        env=environment(PORTAIL_DATE="2026-11-20"),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=180,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    return done.stdout


@pytest.fixture(scope="module")
def numbers() -> list[str]:
    """Every fiche of the extracts."""
    found = {str(number.text) for file in DATA.glob("*.xml") for number in etree.parse(file).findall(".//FICHE/NUMERO_FICHE")}
    return sorted(found)


@pytest.fixture(scope="module")
def real_site(tmp_path_factory: pytest.TempPathFactory, numbers: list[str]) -> Path:
    """A fresh project made by `portail initialiser`, every fiche imported by `portail importer`, built strictly."""
    folder = tmp_path_factory.mktemp("reel")
    _portail("initialiser", "mien", "--denomination", "Certif’ & Fils <SA>", cwd=folder)
    project = folder / "mien"
    fiches = [argument for number in numbers for argument in ("--fiche", number)]
    _portail("importer", *sorted(DATA.glob("*.xml")), *fiches, "--oui", cwd=project)
    _portail("verifier", cwd=project)
    _portail("construire", cwd=project)
    return project / "site"


def test_the_eleven_fiches_are_there(real_site: Path, numbers: list[str]) -> None:
    """Each of the eleven published fiches has its page and its line."""
    assert len(numbers) == 11
    listed = (real_site / "certifications" / "index.html").read_text("utf-8")
    for number in numbers:
        assert (real_site / "certifications" / number / "index.html").is_file()
        assert f">{number}</a>" in listed


def test_real_fiches_fit_a_telephone_and_a_desk(
    real_site: Path, numbers: list[str], context: BrowserContext, serve_directory: Callable[[Path], str]
) -> None:
    """Real texts, long lists and addresses fit 390 and 1280 pixels, folded parts open; the pages say nothing wrong to the console."""
    base = serve_directory(real_site)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    found = []
    for path in ("", "certifications/", "exigences/", *(f"certifications/{number}/" for number in numbers)):
        page.goto(f"{base}/{path}")
        page.add_style_tag(content="*, *::before, *::after { transition: none !important }")
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            found += [f"{path} {width}: {finding}" for finding in overflow(page)]
    assert not found, told(found)
    assert not said, told(said)


def test_the_name_of_an_organisation_is_text_everywhere(real_site: Path) -> None:
    """An organisation's name with `&` and `<` is read as it is in the title and header of every page."""
    for file in html_files(real_site):
        document = parse(file)
        assert (document.findtext(".//title") or "").endswith("Certif’ & Fils <SA>")
        header = document.xpath("//header//span[@class='md-ellipsis']")[0].text_content().strip()
        assert header.endswith("Certif’ & Fils <SA>")
