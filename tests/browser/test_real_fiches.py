"""The real fiches of France compétences, when they are at hand, make a portal of their own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from tests.browser.sites import REGISTERS, ROOT, environment, html_files, open_whole, overflow, parse, told

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.browser.conftest import Journal

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
    real_site: Path, numbers: list[str], page: Page, journal: Journal, serve_directory: Callable[..., str]
) -> None:
    """Real texts, long lists and addresses fit 390 and 1280 pixels, folded parts open; the pages say nothing wrong to the console."""
    base = serve_directory(real_site)
    found = []
    for path in (
        "",
        *REGISTERS,
        "cep/",
        "cep/CEP-R5/",
        "manuel/processus/",
        "manuel/organiser/",
        "manuel/composition/",
        "manuel/points/",
        *(f"certifications/{number}/" for number in numbers),
    ):
        open_whole(page, f"{base}/{path}")
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            found += [f"{path} {width}: {finding}" for finding in overflow(page)]
    assert not found, told(found)
    assert not journal.said, told(journal.said)


def test_the_name_of_an_organisation_is_text_everywhere(real_site: Path) -> None:
    """An organisation's name with `&` and `<` is read as it is in the title and header of every page."""
    for file in html_files(real_site):
        document = parse(file)
        assert (document.findtext(".//title") or "").endswith("Certif’ & Fils <SA>")
        header = document.xpath("//header//span[@class='md-ellipsis']")[0].text_content().strip()
        assert header.endswith("Certif’ & Fils <SA>")


@pytest.mark.parametrize("path", ["conseils", "actions", "preuves"])
def test_a_new_project_says_what_to_do_where_it_has_nothing(real_site: Path, path: str) -> None:
    """Without session, action nor evidence, each register says so and names the command that makes the first."""
    empty = parse(real_site / path / "index.html").xpath("//article//p[@class='vide']")
    assert empty
    assert any("portail nouveau" in sentence.text_content() for sentence in empty)
