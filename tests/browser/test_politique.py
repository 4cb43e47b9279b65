"""Pages of the real portal under its strict policy, in Chromium, as nginx serves them."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from dataclasses import replace
from http.client import HTTPSConnection
from typing import TYPE_CHECKING

import pytest

from macros.editions.csp import page_policy, source_hash
from macros.editions.liens import Etat, ensure_secret, sign_link
from macros.editions.serveur import Serveur, write_server
from tests.browser.conftest import Journal
from tests.editions.nginx import free_port, require, running

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

FUTURE = 4_000_000_000
PAGES = ("", "certifications/", "certifications/RNCP99001/", "conseils/", "indicateurs/", "exigences/matrice/", "manuel/", "aide/macros/")


@pytest.fixture(scope="module")
def served(edition: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The address of the demonstration served as a dossier, and the link that opens it."""
    require()
    folder = tmp_path_factory.mktemp("politique")
    shutil.copytree(edition("auditeur"), folder / "dossiers" / "AUD-1")
    (folder / "journaux").mkdir()
    port = free_port()
    serveur = Serveur("_", folder / "dossiers", folder / "secret.conf", folder / "journaux", ecoute=f"127.0.0.1:{port}")
    configuration = write_server(serveur, folder / "serveur", {"AUD-1": Etat.OUVERT})
    with running(folder / "nginx", configuration, port) as nginx:
        yield f"{nginx.address}/dossiers/AUD-1/", nginx.address + sign_link(ensure_secret(serveur.secret), "AUD-1", FUTURE)


@pytest.fixture
def visit(browser: Browser) -> Iterator[tuple[Page, Journal]]:
    """A page of a new visitor, and what it asks for and says."""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        context.set_default_timeout(10_000)
        page, journal = context.new_page(), Journal()
        journal.listen(page)
        yield page, journal


@pytest.mark.browser
def test_pages_work_under_the_policy(served: tuple[str, str], visit: tuple[Page, Journal]) -> None:
    """From the link alone: pages, search, filters and colours work, and the console stays silent."""
    (address, link), (page, journal) = served, visit
    page.goto(link)
    assert page.url == address
    for name in PAGES:
        page.goto(address + name)
        page.wait_for_load_state("networkidle")
    page.goto(f"{address}certifications/")
    rows = page.locator("[data-filtrable] > tbody > tr:visible, ul[data-filtrable] > li:visible")
    before = rows.count()
    page.locator("form[data-filtres] input[type=search]").first.fill("RNCP99001")
    page.wait_for_function("location.search !== ''")
    assert 0 < rows.count() < before
    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator("label[for=__palette_1]:visible, label[for=__palette_0]:visible").first.click()
    page.wait_for_function("colour => getComputedStyle(document.body).backgroundColor !== colour", arg=colour)
    page.locator(".md-search__input").fill("certification")
    page.wait_for_selector(".md-search-result__item a")
    page.locator(".md-search-result__item a").first.click()
    page.wait_for_load_state("networkidle")
    assert journal.said == []
    assert journal.refused == []
    assert journal.outside(address.split("/dossiers")[0]) == []


@pytest.mark.browser
def test_a_visitor_without_the_link_sees_why(served: tuple[str, str], visit: tuple[Page, Journal]) -> None:
    """The page of refusal keeps its style under its own policy."""
    (address, _), (page, journal) = served, visit
    page.goto(address)
    assert page.locator("h1").inner_text() == "Accès refusé"
    assert page.evaluate("parseInt(getComputedStyle(document.querySelector('main')).maxWidth)") > 0
    assert [line for line in journal.said if "403" not in line] == []


@pytest.mark.browser
def test_an_injected_script_does_not_run(served: tuple[str, str], visit: tuple[Page, Journal]) -> None:
    """A script that was in no page when the policy was written is refused."""
    (_, link), (page, journal) = served, visit
    page.goto(link)
    page.evaluate("() => { const s = document.createElement('script'); s.textContent = 'window.entre = 1'; document.head.append(s); }")
    assert page.evaluate("window.entre") is None
    assert any("Content Security Policy" in line for line in journal.said)


def test_https_closes_the_cookie(tmp_path: Path) -> None:
    """Over TLS the cookie is Secure and the browser is told to come back by https only."""
    require()
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    subprocess.run([*made, "-keyout", tmp_path / "cle.pem", "-out", tmp_path / "certificat.pem"], check=True, capture_output=True)
    for name in ("dossiers/AUD-1", "journaux"):
        (tmp_path / name).mkdir(parents=True)
    port = free_port()
    serveur = Serveur("localhost", tmp_path / "dossiers", tmp_path / "secret.conf", tmp_path / "journaux", ecoute=f"127.0.0.1:{port}")
    serveur = replace(serveur, https=True, certificat=tmp_path / "certificat.pem", cle=tmp_path / "cle.pem")
    with running(tmp_path / "nginx", write_server(serveur, tmp_path / "serveur", {"AUD-1": Etat.OUVERT}), port):
        trust = ssl.create_default_context(cafile=str(tmp_path / "certificat.pem"))
        connection = HTTPSConnection("localhost", port, context=trust, timeout=10)
        connection.request("GET", sign_link(ensure_secret(serveur.secret), "AUD-1", FUTURE))
        answer = connection.getresponse()
        assert answer.status == 303
        assert (answer.headers["Set-Cookie"] or "").endswith("; HttpOnly; SameSite=Lax; Secure")
        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
        connection.close()


def test_hashes_are_those_of_scripts_that_run(tmp_path: Path) -> None:
    """Data and scripts with a source are left out; line ends are those a browser hashes; same pages, same policy."""
    page = (
        '<script src="a.js"></script><script type="application/json">{}</script><script>a\r\n&amp;b</script><script type=module>c</script>'
    )
    assert source_hash("alert('Hello, world.');") == "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"
    (tmp_path / "a.html").write_text(page, "utf-8")
    assert page_policy([tmp_path]).endswith("script-src 'self' " + " ".join(sorted(map(source_hash, ("a\n&amp;b", "c")))))
    assert page_policy([tmp_path]) == page_policy([tmp_path, tmp_path])
    assert "unsafe" not in page_policy([tmp_path])
