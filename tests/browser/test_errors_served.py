"""While records hold errors, the served portal is one French page; it returns once they are mended."""

from __future__ import annotations

import socket
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from tests.browser.sites import MKDOCS, environment, make_project

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import BrowserContext

pytestmark = pytest.mark.browser

PATIENCE = 60
ROOT = Path(__file__).resolve().parents[2]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _text(address: str) -> str:
    try:
        with urllib.request.urlopen(address, timeout=20) as answer:  # noqa: S310 - our own server
            body: bytes = answer.read()
    except (urllib.error.URLError, TimeoutError, ConnectionError):
        return ""
    return body.decode()


def _await(condition: Callable[[], bool], server: subprocess.Popen[bytes]) -> None:
    limit = time.monotonic() + PATIENCE
    while not condition():
        assert server.poll() is None, "mkdocs serve stopped"
        assert time.monotonic() < limit, "the page never came"
        time.sleep(0.3)


@contextmanager
def _served(project: Path, journal: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Serve a project as a person does; give its address and its server."""
    address = f"http://127.0.0.1:{_free_port()}/"
    with journal.open("wb") as log:
        command = [str(MKDOCS), "serve", "--dev-addr", address.removeprefix("http://").rstrip("/")]
        server = subprocess.Popen(command, cwd=project, env=environment(), stdout=log, stderr=subprocess.STDOUT)
        try:
            yield address, server
        finally:
            server.terminate()
            server.wait(timeout=20)


def test_every_folder_a_person_edits_is_watched(tmp_path: Path) -> None:
    """A change in pages, theme or records is on the site without a restart; a mistake in a page shows the list, then leaves."""
    project = make_project(tmp_path)
    with _served(project, tmp_path / "journal") as (address, server):
        _await(lambda: "Animer un atelier" in _text(f"{address}certifications/RS99001/"), server)
        for path, before, after, page in (
            ("docs/aide/index.md", "# Aide", "# Aide changée", "aide/"),
            ("overrides/main.html", ">Tableau de bord<", ">Accueil changé<", "aide/"),
            ("data/certifications/RS99001.yml", "intitule: Animer", "intitule: Changer", "certifications/RS99001/"),
            ("data/conseils/CP-2025-12-NUM.yml", "intitule: Conseil", "intitule: Session", "conseils/CP-2025-12-NUM/"),
        ):
            file = project / path
            file.write_text(file.read_text("utf-8").replace(before, after, 1), "utf-8")
            word = after.split()[-1].strip("<>")
            _await(lambda page=page, word=word: word in _text(address + page), server)  # type: ignore[misc]
        page_file = project / "docs" / "aide" / "index.md"
        sound = page_file.read_text("utf-8")
        page_file.write_text(sound.replace("visibilite: public", "visibilite: publique"), "utf-8")
        _await(lambda: 'class="erreurs"' in _text(f"{address}certifications/"), server)
        assert "docs/aide/index.md" in _text(f"{address}certifications/")
        page_file.write_text(sound, "utf-8")
        _await(lambda: "Aide changée" in _text(f"{address}aide/"), server)


def test_the_templates_are_watched_too() -> None:
    """The repository watches its own templates; an organisation's project has none."""
    watched = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))["watch"]
    assert set(watched) == {"data", "overrides", "macros/templates"}


def test_errors_take_the_place_of_the_site_and_leave_it(context: BrowserContext, tmp_path: Path) -> None:
    """A broken record shows the French list at every address, in an open browser too; the site returns once the record is mended."""
    project = make_project(tmp_path)
    record = project / "data" / "certifications" / "RS99001.yml"
    sound = record.read_text("utf-8")
    with _served(project, tmp_path / "journal") as (address, server):
        _await(lambda: "Animer un atelier" in _text(f"{address}certifications/RS99001/"), server)
        page = context.new_page()
        page.goto(f"{address}certifications/RS99001/")
        assert page.locator("h1").inner_text().startswith("Animer un atelier")

        record.write_text(sound.replace("numero: RS99001", "numéro: RS99001\nnumero: RS99001\ndate_decision: 31/12/2026"), "utf-8")
        _await(lambda: 'class="erreurs"' in _text(f"{address}certifications/RS99001/"), server)
        for path in (
            "",
            "certifications/",
            "certifications/RS99001/",
            "certifications/RNCP99002/",
            "conseils/",
            "conseils/CP-2025-12-NUM/",
            "actions/",
            "preuves/",
            "constats/",
            "exigences/",
            "veille/",
            "cep/CEP-R1/",
            "aide/fiches/lexique/",
            "manuel/",
        ):
            text = _text(address + path)
            assert 'class="erreurs"' in text, path
            assert "data/certifications/RS99001.yml" in text, path
            assert "Animer un atelier" not in text, path
        # The browser reloads by itself.
        page.locator("section.erreurs").wait_for(timeout=PATIENCE * 1000)
        assert "erreur" in page.locator("h1").inner_text()
        assert "RS99001.yml" in page.locator("section.erreurs").inner_text()

        record.write_text(sound, "utf-8")
        _await(lambda: "Animer un atelier" in _text(f"{address}certifications/RS99001/"), server)
        page.locator("section.ident").wait_for(timeout=PATIENCE * 1000)
        assert page.locator("h1").inner_text().startswith("Animer un atelier")
        assert "erreurs" not in _text(address).split("<main", 1)[1]


def test_the_page_of_errors_is_laid_out(context: BrowserContext, error_address: str) -> None:
    """The page of errors counts them in its title, names file and line, and fits 390 pixels."""
    page = context.new_page()
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto(error_address)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator("section.erreurs table").count() >= 1
    assert page.locator("nav.md-tabs").count() in (0, 1)
