"""The demonstration as an auditor sees it, sealed: the theme works whole in Chromium, and its host learns nothing of it."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from macros.editions.coffre import Coffre, encrypt_site
from macros.editions.coffre_reading import open_site
from tests.browser.conftest import Journal
from tests.editions.host import Host, hosting
from tests.editions.sites import EXPIRE, Sealed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def sealed(edition: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> Sealed:
    """The edition of auditors, sealed."""
    site, folder = edition("auditeur"), tmp_path_factory.mktemp("portail") / "d1"
    return Sealed(site, folder, encrypt_site(site, folder, Coffre("D-2026-002", "Audit de surveillance", EXPIRE)))


@pytest.fixture(scope="module")
def host(sealed: Sealed) -> Iterator[Host]:
    """Its host."""
    with hosting(sealed.folder.parent) as serving:
        yield serving


@pytest.fixture(scope="module")
def visit(browser: Browser, sealed: Sealed, host: Host) -> Iterator[tuple[Page, Journal]]:
    """One tab where the dossier was opened by its link, and what its pages ask for and complain of."""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        context.set_default_timeout(15_000)
        page, journal = context.new_page(), Journal()
        journal.listen(page)
        page.goto(f"{host.address}/d1/#{sealed.key}")
        page.wait_for_url("**/lire/")
        yield page, journal


def test_every_file_is_read_back(sealed: Sealed) -> None:
    """The whole edition comes out as it went in."""
    reader = open_site(sealed.folder, sealed.key, EXPIRE)
    assert {path: reader.read(path) for path in reader.index.fichiers} == {
        path.relative_to(sealed.clear).as_posix(): path.read_bytes() for path in sealed.clear.rglob("*") if path.is_file()
    }


def test_no_file_changes_unnoticed(sealed: Sealed, tmp_path: Path) -> None:
    """One bit changed in each file of the edition, then each file in the place of the next: every one of them is refused."""
    folder = shutil.copytree(sealed.folder, tmp_path / "copie")
    reader = open_site(folder, sealed.key, EXPIRE)
    files = sorted((folder / "o").iterdir())
    good = [file.read_bytes() for file in files]
    for rank, (file, content) in enumerate(zip(files, good, strict=True)):
        place = rank * 7919 % len(content)
        file.write_bytes(content[:place] + bytes([content[place] ^ (1 << rank % 8)]) + content[place + 1 :])
    assert {(error.path, error.refus) for error in reader.refused()} == {(path, "altere") for path in reader.index.fichiers}
    for file, content in zip(files, [*good[1:], good[0]], strict=True):
        file.write_bytes(content)
    assert {(error.path, error.refus) for error in reader.refused()} == {(path, "echange") for path in reader.index.fichiers}


@pytest.mark.parametrize("path", ["", "certifications/", "certifications/RNCP99001/", "exigences/matrice/", "conseils/", "preuves/"])
def test_pages_run_whole(visit: tuple[Page, Journal], host: Host, sealed: Sealed, path: str) -> None:
    """Styles, fonts and scripts of the theme run under the policy of the reader, without a word in the console."""
    page, journal = visit
    journal.clear()
    page.goto(f"{host.address}/d1/lire/{path}")
    title = re.search(r"<title>(.*?)</title>", (sealed.clear / path / "index.html").read_text("utf-8"), re.DOTALL)
    assert title
    expect(page).to_have_title(re.sub(r"\s+", " ", title[1].replace("&#39;", "'")).strip())
    expect(page.locator("html.js")).to_have_count(1)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.fonts.ready.then(f => [...f].filter(x => x.status === 'error').length)") == 0
    assert journal.outside(host.address) == []
    assert journal.said == []
    assert re.fullmatch(r".*/d1/lire/(?:[0-9a-f]{16}/)*", page.url)


def test_links_hold_tokens(visit: tuple[Page, Journal], host: Host) -> None:
    """No link of a page holds a name of the dossier."""
    page, _ = visit
    page.goto(f"{host.address}/d1/lire/certifications/")
    found = page.evaluate("[...document.querySelectorAll('a[href]')].map(a => a.href).filter(h => h.startsWith(location.origin))")
    assert len(found) > 20
    assert [one for one in found if not re.fullmatch(r".*/d1/lire/(?:[0-9a-f]{16}/)*(?:[0-9a-f]{32})?(?:[?#].*)?", one)] == []


def test_the_search_finds_and_opens(visit: tuple[Page, Journal], host: Host) -> None:
    """The search of the theme runs in its own worker, finds a page and opens it."""
    page, journal = visit
    page.goto(f"{host.address}/d1/lire/")
    journal.clear()
    page.keyboard.press("f")
    page.keyboard.type("RNCP99001")
    first = page.locator(".md-search-result__link").first
    expect(first).to_be_visible()
    first.click()
    page.wait_for_url(re.compile(r"/lire/[0-9a-f]{16}/"))
    expect(page.locator("article h1")).to_be_visible()
    assert "RNCP99001" in page.locator("article").inner_text()
    assert journal.said == []


def test_the_host_learned_nothing(visit: tuple[Page, Journal], host: Host, sealed: Sealed) -> None:
    """After all these pages: the reader, the index and opaque names were asked, and nothing else was said."""
    visit[0].goto(f"{host.address}/d1/lire/certifications/RNCP99001/")
    lines = [entry.split("\n", 1)[0] for entry in host.log]
    own = r"index\.coffre|(?:sw|lecture)\.js|coffre\.css|o/[0-9a-f]{32}|"
    assert [line for line in lines if not re.fullmatch(rf"GET /d1/(?:{own}) HTTP/1\.1", line)] == []
    whole = "\n".join(host.log)
    assert [word for word in (sealed.key, "RNCP", "lire", "certifications", "search") if word in whole] == []
