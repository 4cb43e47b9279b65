"""The offline edition: opened from a folder by a real Chromium, verified, repeatable, and sealed for e-mail."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import zipfile
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
import pyzipper

from macros.editions.adresses import index_script, page_offline, to_file
from macros.editions.hors_ligne import OfflineError, make_offline, new_passphrase
from tests.browser.conftest import Journal
from tests.browser.conftest import context as context  # noqa: PLC0414
from tests.browser.sites import parse

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import BrowserContext

FILES = frozenset({"index.html", "a/index.html", "a/b/index.html", "a/b/pièce.pdf", "x.css", "seul/x.pdf"})
PHRASE = "abcd-efgh-jkmn"


@pytest.fixture(scope="module")
def archive(edition: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration, as an auditor receives it."""
    target = tmp_path_factory.mktemp("hors-ligne") / "dossier.zip"
    make_offline(edition("auditeur"), target)
    return target


@pytest.fixture(scope="module")
def folder(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """That ZIP, extracted where paths have spaces and accents."""
    target = tmp_path_factory.mktemp("extrait") / "Dossier à lire"
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(target)
    return target


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A site of two pages."""
    (tmp_path / "site" / "a").mkdir(parents=True)
    (tmp_path / "site" / "index.html").write_text('<a href="a/">A</a>', "utf-8")
    (tmp_path / "site" / "a" / "index.html").write_text('<a href="..">Accueil</a>', "utf-8")
    (tmp_path / "site" / "MANIFESTE.sha256").write_text("ancien", "utf-8")
    (tmp_path / "site" / ".cache").write_text("caché", "utf-8")
    return tmp_path / "site"


@pytest.mark.parametrize(
    ("address", "page", "expected"),
    [
        ("a/", "index.html", "a/index.html"),
        ("a", "index.html", "a/index.html"),
        (".", "index.html", "index.html"),
        ("./", "a/index.html", "index.html"),
        ("..", "a/index.html", "../index.html"),
        ("../..#x", "a/b/index.html", "../../index.html#x"),
        ("b/?q=1#x", "a/index.html", "b/index.html?q=1#x"),
        ("b/pi%C3%A8ce.pdf", "a/index.html", "b/pi%C3%A8ce.pdf"),
        ("/a/b/", "a/index.html", "b/index.html"),
        ("/x.css", "a/b/index.html", "../../x.css"),
        ("/", "a/b/index.html", "../../index.html"),
        ("#x", "a/index.html", "#x"),
        ("?q=1", "a/index.html", "?q=1"),
        ("", "a/index.html", ""),
        ("absent/", "index.html", "absent/"),
        ("seul/", "index.html", "seul/"),
        ("https://exemple.fr/a/", "index.html", "https://exemple.fr/a/"),
        ("//exemple.fr/a/", "index.html", "//exemple.fr/a/"),
        ("mailto:a@exemple.fr", "index.html", "mailto:a@exemple.fr"),
        ("data:,a/", "index.html", "data:,a/"),
        ("http://[", "index.html", "http://["),
    ],
)
def test_an_address_names_a_file(address: str, page: str, expected: str) -> None:
    """A folder becomes its page; queries, anchors, other sites and what does not exist stay."""
    assert to_file(address, page, FILES) == expected


def test_only_addresses_change() -> None:
    """Texts, scripts, comments and other attributes stay; quotes and entities are read and written as HTML."""
    page = """<a title="href=a/ > b" href='a/?x=1&amp;y="2"'>href="a/"</a><a href=a/>x</a><!-- <a href="a/"> --><script src="a/">'<a href="a/">'</script>"""
    assert page_offline(page, "index.html", FILES, "") == (
        """<a title="href=a/ > b" href="a/index.html?x=1&amp;y=&quot;2&quot;">href="a/"</a><a href="a/index.html">x</a>"""
        """<!-- <a href="a/"> --><script src="a/index.html">'<a href="a/">'</script>"""
    )


def test_the_selector_of_versions_asks_for_nothing() -> None:
    """Without a server there is no list of versions: the theme is told so."""
    page = '<script id="__config" type="application/json">{"base": ".", "version": {"provider": "mike"}}</script>'
    assert '"version": null' in page_offline(page, "index.html", FILES, "")


def test_results_of_a_search_name_files() -> None:
    """The index is a script, whose places are files."""
    text = index_script('{"config": {}, "docs": [{"location": ""}, {"location": "a/#x"}, {"location": "a/b/"}]}', FILES)
    assert text.startswith("var __index = {")
    for place in ("index.html", "a/index.html#x", "a/b/index.html"):
        assert f'"location":"{place}"' in text


@pytest.mark.browser
def test_it_opens_from_a_folder(folder: Path, context: BrowserContext) -> None:
    """From file://: links, search, filters and colours work; nothing is asked elsewhere, nothing fails, the console is silent."""
    page, journal, failed = context.new_page(), Journal(), []
    journal.listen(page)
    page.on("requestfailed", lambda request: failed.append((request.failure, request.url)))
    page.goto((folder / "index.html").as_uri())
    page.locator(".md-tabs__link", has_text="Certifications").click()
    page.wait_for_url("**/certifications/index.html")
    rows = page.locator("[data-filtrable] > tbody > tr:visible, ul[data-filtrable] > li:visible")
    before = rows.count()
    page.locator("form[data-filtres] input[type=search]").first.fill("RNCP99001")
    page.wait_for_function("location.search !== ''")
    assert 0 < rows.count() < before
    page.reload()
    assert 0 < rows.count() < before
    rows.first.locator("a").first.click()
    page.wait_for_url("**/RNCP99001/index.html*")
    page.locator(".md-search__input").click()
    page.keyboard.type("conseils de perfectionnement")
    page.wait_for_selector(".md-search-result__item a")
    page.locator(".md-search-result__item a").first.click()
    page.wait_for_url("**/index.html?h=*")
    page.wait_for_load_state("load")
    page.go_back()
    page.wait_for_url("**/RNCP99001/index.html*")
    page.wait_for_load_state("load")
    page.locator(".md-logo:visible").first.click()
    page.wait_for_url((folder / "index.html").as_uri())
    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator("label[for=__palette_1]:visible, label[for=__palette_0]:visible").first.click()
    page.wait_for_function("colour => getComputedStyle(document.body).backgroundColor !== colour", arg=colour)
    page.wait_for_load_state("load")
    assert journal.said == []
    # What a click interrupts was no failure.
    assert [each for each in failed if each[0] != "net::ERR_ABORTED"] == []
    assert journal.outside("file:///") == []


def test_every_link_leads_to_a_file(folder: Path) -> None:
    """No page links to a folder, nor to a file that is not there."""
    wrong = []
    for page in folder.rglob("*.html"):
        root = parse(page)
        for _, attribute, address, _ in root.iterlinks():
            plain = address.split("#")[0].split("?")[0]
            here = plain and "://" not in plain and not plain.startswith(("data:", "mailto:", "tel:", "webcal:"))
            if here and not (page.parent / unquote(plain)).is_file():
                wrong.append((page.relative_to(folder).as_posix(), attribute, address))
    assert wrong == []


def test_the_manifest_is_that_of_the_extracted_files(folder: Path) -> None:
    """`sha256sum -c` accepts every file, and each file is listed once."""
    done = subprocess.run(
        [shutil.which("sha256sum") or "", "-c", "--strict", "--quiet", "MANIFESTE.sha256"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    listed = [line.split("  ", 1)[1] for line in (folder / "MANIFESTE.sha256").read_text("utf-8").splitlines()]
    assert listed == sorted(
        file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file() and file.name != "MANIFESTE.sha256"
    )


def test_it_holds_what_a_folder_can_show(folder: Path) -> None:
    """A French text says how to open and verify; what needs a server is left out, and no page loads a foreign script."""
    told = (folder / "LISEZ-MOI.txt").read_bytes().decode("utf-8-sig")
    assert "index.html" in told
    assert "sha256sum -c MANIFESTE.sha256" in told
    assert not any((folder / name).exists() for name in ("404.html", "sitemap.xml", "search/search_index.json"))
    assert not list(folder.rglob("*.map"))


def test_same_pages_same_bytes(small: Path, tmp_path: Path) -> None:
    """The ZIP depends on the pages and the day only: neither on the clock, nor on when files were made, nor on where they are."""
    first = make_offline(small, tmp_path / "1.zip")
    shutil.copytree(small, tmp_path / "ailleurs")
    (tmp_path / "ailleurs" / "index.html").chmod(0o600)
    assert make_offline(tmp_path / "ailleurs", tmp_path / "2.zip") == first
    assert (tmp_path / "1.zip").read_bytes() == (tmp_path / "2.zip").read_bytes()
    assert hashlib.sha256((tmp_path / "1.zip").read_bytes()).hexdigest() == first
    assert make_offline(small, tmp_path / "3.zip", day=date(2026, 11, 20)) != first
    with zipfile.ZipFile(tmp_path / "3.zip") as opened:
        assert {entry.date_time for entry in opened.infolist()} == {(2026, 11, 20, 0, 0, 0)}
        assert opened.namelist() == ["LISEZ-MOI.txt", "a/index.html", "index.html", "MANIFESTE.sha256"]
        assert opened.read("a/index.html") == b'<a href="../index.html">Accueil</a>'


def test_the_sealed_zip_opens_with_its_phrase_only(small: Path, tmp_path: Path) -> None:
    """It shows two names that tell nothing; the right phrase gives the clear ZIP back, a wrong or missing one gives nothing."""
    clear = make_offline(small, tmp_path / "clair.zip")
    assert make_offline(small, tmp_path / "scelle.zip", PHRASE) == clear
    with pyzipper.AESZipFile(tmp_path / "scelle.zip") as opened:
        assert opened.namelist() == ["LISEZ-MOI.txt", "dossier.zip"]
        assert "7-Zip" in opened.read("LISEZ-MOI.txt").decode("utf-8-sig")
        for wrong in (None, b"", b"abcd-efgh-jkmo", PHRASE.upper().encode()):
            with pytest.raises(RuntimeError):
                opened.read("dossier.zip", wrong)
        assert hashlib.sha256(opened.read("dossier.zip", PHRASE.encode())).hexdigest() == clear
    assert b"Accueil" not in (tmp_path / "scelle.zip").read_bytes()
    altered = bytearray((tmp_path / "scelle.zip").read_bytes())
    altered[altered.index(b"dossier.zip") + 200] ^= 1
    (tmp_path / "altere.zip").write_bytes(altered)
    with pyzipper.AESZipFile(tmp_path / "altere.zip") as opened, pytest.raises(pyzipper.BadZipFile):
        opened.read("dossier.zip", PHRASE.encode())


@pytest.mark.skipif(shutil.which("7z") is None, reason="7z n’est pas installé (Debian, Ubuntu : sudo apt-get install p7zip-full)")
def test_another_program_opens_it(small: Path, tmp_path: Path) -> None:
    """7-Zip sees AES-256, opens it with the phrase and refuses another."""
    make_offline(small, tmp_path / "scelle.zip", PHRASE)

    def run(verb: str, phrase: str) -> subprocess.CompletedProcess[str]:
        command = ["7z", verb, "-slt", f"-p{phrase}", str(tmp_path / "scelle.zip")]
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)

    assert run("t", PHRASE).returncode == 0
    assert run("t", "autre").returncode != 0
    assert "AES-256" in run("l", PHRASE).stdout


def test_phrases_differ_and_can_be_dictated() -> None:
    """Six groups of four, without letters taken for one another."""
    made = {new_passphrase() for _ in range(50)}
    assert len(made) == 50
    assert all(len(phrase) == 29 and not set("ilo01") & set(phrase) for phrase in made)


def test_what_makes_no_edition_is_refused(small: Path, tmp_path: Path) -> None:
    """A folder without home page or with a symbolic link; what was there before stays, and nothing is left beside it."""
    (tmp_path / "sortie").mkdir()
    target = tmp_path / "sortie" / "dossier.zip"
    target.write_bytes(b"avant")
    (small / "a" / "lien").symlink_to("/etc/hostname")
    with pytest.raises(OfflineError, match="lien symbolique"):
        make_offline(small, target)
    with pytest.raises(OfflineError, match="site construit"):
        make_offline(tmp_path / "nulle-part", target)
    assert target.read_bytes() == b"avant"
    assert [path.name for path in (tmp_path / "sortie").iterdir()] == ["dossier.zip"]
