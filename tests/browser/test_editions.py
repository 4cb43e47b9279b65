"""A publication in a real browser: the selector of editions, the notice of a newer one, the current edition, what changed between two."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.editions.projet import portail, projet, publish

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.history.depot import Depot

OLD, NEW = "2026.1", "2026.2"
NOTICE = "Une édition plus récente existe"
COMPARER = "---\nvisibilite: public\n---\n\n# D’une édition à l’autre\n\n{{ comparaison_editions() }}\n"
FIN = "date_fin_enregistrement: {}\n"
CERTIFICATION = "numero: RNCP12345\nintitule: Gérer\nrepertoire: RNCP\ntype_enregistrement: sur_demande\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Depot:
    """A project with two editions, a change between them, the first one recorded before the second was made."""
    found = projet(
        tmp_path_factory.mktemp("editions") / "projet",
        {"docs/editions/comparer.md": COMPARER, "data/certifications/RNCP12345.yml": CERTIFICATION + FIN.format("2027-06-30")},
    )
    assert publish(found.folder, OLD, "--date", "2026-06-30").returncode == 0
    found.save({"data/certifications/RNCP12345.yml": CERTIFICATION + FIN.format("2029-06-30")})
    done = publish(found.folder, NEW, "--date", "2026-11-20")
    assert done.returncode == 0, done.stderr
    return found


@pytest.fixture
def address(made: Depot, serve_directory: Callable[..., str]) -> str:
    """The address of the publication."""
    return serve_directory(made.folder / "publication")


@pytest.fixture
def page(browser: Browser) -> Page:
    """A page of a new visitor."""
    found = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    found.set_default_timeout(10_000)
    return found


def test_the_selector_keeps_the_reader_on_the_same_page(address: str, page: Page) -> None:
    """Both editions are offered, and choosing the other one leads to the same page of it."""
    page.goto(f"{address}/{OLD}/certifications/RNCP12345/")
    page.wait_for_selector(".md-version")
    page.focus(".md-version__current")
    assert [text.strip() for text in page.locator(".md-version__link").all_inner_texts()] == [
        f"{NEW} · Revue {NEW}",
        f"{OLD} · Revue {OLD}",
    ]
    page.locator(".md-version__link").first.click()
    page.wait_for_url(f"{address}/{NEW}/certifications/RNCP12345/")


def test_an_older_edition_says_so(address: str, page: Page) -> None:
    """The notice of a newer edition stands on the older one, on every page, and not on the newest."""
    for path in ("", "certifications/RNCP12345/"):
        page.goto(f"{address}/{OLD}/{path}")
        page.wait_for_selector(f"text={NOTICE}")
        assert page.get_by_text(NOTICE).is_visible()
    page.goto(f"{address}/{NEW}/")
    page.wait_for_selector(".md-version")
    assert not page.get_by_text(NOTICE).is_visible()


def test_every_page_says_which_edition_it_is(made: Depot) -> None:
    """Name, title and day of the edition, and the way to the current one, stand on every page."""
    pages = sorted((made.folder / "publication" / OLD).rglob("*.html"))
    assert len(pages) > 5
    for path in pages:
        text = path.read_text("utf-8")
        assert f"Édition {OLD}, situation au 30\u00a0juin\u00a02026&nbsp;: Revue {OLD}" in text, path
        assert "courante/" in text


def test_the_current_edition_is_reached_at_one_address(address: str, page: Page) -> None:
    """From the root, and from any page of `courante/`, a reader lands on the newest edition, on the same page."""
    page.goto(f"{address}/courante/certifications/RNCP12345/")
    page.wait_for_url(f"{address}/{NEW}/certifications/RNCP12345/")
    page.goto(f"{address}/")
    page.wait_for_url(f"{address}/{NEW}/")


def test_what_changed_since_the_last_edition(address: str, page: Page) -> None:
    """The newer edition says what changed since the one recorded in its version."""
    page.goto(f"{address}/{NEW}/editions/comparer/")
    section = page.locator("section.comparaison").first
    assert "1\u00a0certification changée" in section.inner_text()
    assert "30\u00a0juin\u00a02027 → 30\u00a0juin\u00a02029" in section.inner_text()


def test_an_internal_site_is_marked(tmp_path: Path) -> None:
    """Every page of an internal edition says that it must not leave."""
    found = projet(tmp_path / "projet")
    done = portail(found.folder, "publier", "2026.1", "--titre", "Revue", "--audience", "interne")
    assert done.returncode == 0, done.stderr
    pages = sorted((found.folder / "publication" / "2026.1").rglob("*.html"))
    assert [path for path in pages if "Interne, ne pas diffuser" not in path.read_text("utf-8")] == []
