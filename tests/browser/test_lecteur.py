"""A sealed dossier in a real Chromium: what its reader opens, keeps and refuses, and what its host never learns."""

from __future__ import annotations

import re
import shutil
from datetime import date
from typing import TYPE_CHECKING, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from macros.editions.coffre_format import INDEX
from macros.editions.coffre_reading import open_site
from tests.browser.conftest import Journal
from tests.editions.host import Host, hosting
from tests.editions.sites import TITRE, WORDS, Sealed, pdf, seal_site

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser

TODAY = date(2026, 11, 20)
OBJECT = re.compile(r"GET /d1/o/[0-9a-f]{32} HTTP")


@pytest.fixture
def sealed(tmp_path: Path) -> Sealed:
    """The small site, sealed for one test, which may spoil it."""
    return seal_site(tmp_path)


@pytest.fixture
def host(sealed: Sealed) -> Iterator[Host]:
    """Its host; whatever the test does, neither the key, nor a title, nor a name, nor a path of the dossier reaches it."""
    with hosting(sealed.folder.parent) as serving:
        yield serving
        asked = "\n".join(serving.log)
        assert asked
        forbidden = [sealed.key, *WORDS, "conseils", "pieces", "search_index", "images"]
        assert [line for line in asked.splitlines() if any(word.lower() in line.lower() for word in forbidden)] == []
        # The host's own 404 page, after a reload that goes past the reader, says where it stands: tokens.
        said = re.findall(r"Referer: \S+?(/d1/\S*)", asked)
        # The reader itself, which a browser may ask for again from where it stands, says nothing.
        assert [one for one in said if one != "/d1/sw.js" and not re.fullmatch(r"/d1/lire/(?:[0-9a-f]{16}/)+", one)] == []


@pytest.fixture
def link(sealed: Sealed, host: Host) -> str:
    """The link that is sent."""
    return f"{host.address}/d1/#{sealed.key}"


@pytest.fixture
def said(context: BrowserContext) -> Iterator[list[str]]:
    """What the pages complained of in the console."""
    journal = Journal()
    context.on("page", journal.listen)
    yield journal.said
    context.remove_listener("page", journal.listen)


def object_of(sealed: Sealed, path: str) -> Path:
    """Return the encrypted file of a logical path."""
    return sealed.folder / "o" / open_site(sealed.folder, sealed.key, TODAY).index.fichiers[path].nom


def opened(context: BrowserContext, link: str) -> Page:
    """Follow the link in a new tab, until the dossier shows."""
    page = context.new_page()
    page.goto(link)
    page.wait_for_url("**/lire/")
    expect(page.locator("h1")).to_have_text("Accueil obsidienne")
    return page


def refused(page: Page, title: str, *words: str) -> None:
    """Expect the page of a refusal: what happened, what to do, no content of the dossier."""
    expect(page.locator("h1:visible")).to_have_text(title)
    for word in words:
        expect(page.locator("main")).to_contain_text(word)
    assert page.locator("html[data-dans]").count() == 0


def test_the_link_opens_whole_pages(context: BrowserContext, link: str, sealed: Sealed, said: list[str]) -> None:
    """Styles, images, scripts inside and outside the page, all run; the address keeps neither key nor name."""
    page = opened(context, link)
    assert page.evaluate("[document.documentElement.dataset.dans, document.documentElement.dataset.dehors]") == ["oui", "oui"]
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(4, 5, 6)"
    assert page.evaluate("getComputedStyle(document.querySelector('p')).color") == "rgb(1, 2, 3)"
    assert page.evaluate("document.images[0].naturalWidth") == 10
    page.click("#suite")
    expect(page.locator("h1")).to_have_text("Suite obsidienne")
    assert re.fullmatch(r".*/d1/lire/[0-9a-f]{16}/[0-9a-f]{16}/", page.url)
    assert sealed.key not in page.url
    assert said == []


def test_reload_back_and_forward(context: BrowserContext, link: str) -> None:
    """The buttons of a browser keep working, and back from the first page does not fall on a dead one."""
    page = opened(context, link)
    page.click("#suite")
    page.reload()
    expect(page.locator("h1")).to_have_text("Suite obsidienne")
    page.go_back()
    expect(page.locator("h1")).to_have_text("Accueil obsidienne")
    page.go_forward()
    expect(page.locator("h1")).to_have_text("Suite obsidienne")
    assert page.evaluate("document.documentElement.dataset.dehors") == "oui"


def test_two_tabs_and_a_stopped_worker(context: BrowserContext, link: str) -> None:
    """A second tab needs no key, and a worker the browser stopped finds the stored keys again, in both."""
    first = opened(context, link)
    second = context.new_page()
    second.goto(first.url)
    devtools = context.new_cdp_session(first)
    devtools.send("ServiceWorker.enable")
    devtools.send("ServiceWorker.stopAllWorkers")
    for page in (first, second):
        page.click("#suite")
        expect(page.locator("h1")).to_have_text("Suite obsidienne")
        devtools.send("ServiceWorker.stopAllWorkers")
        page.reload()
        assert page.evaluate("document.images[0].naturalWidth") == 10


def test_a_pdf_is_saved(context: BrowserContext, link: str, tmp_path: Path) -> None:
    """A link with `download` saves a PDF under its own name, and a PDF answers requests for a part of it."""
    page = opened(context, link)
    with page.expect_download() as saving:
        page.click("#enregistrer")
    assert saving.value.suggested_filename == "pv-malachite.pdf"
    saving.value.save_as(tmp_path / "pv.pdf")
    assert (tmp_path / "pv.pdf").read_bytes() == pdf()
    with page.expect_download() as saving:
        page.click("#accents")
    assert saving.value.suggested_filename == "Feuille d’émargement & n°1 #malachite.pdf"
    asked = """async ([range]) => { const r = await fetch('pieces/pv-malachite.pdf', {headers: {Range: range}});
        return [r.status, r.headers.get('Content-Range'), r.headers.get('Content-Type'), await r.text()] }"""
    size = len(pdf())
    assert page.evaluate(asked, ["bytes=0-7"]) == [206, f"bytes 0-7/{size}", "application/pdf", "%PDF-1.4"]
    assert page.evaluate(asked, ["bytes=-6"]) == [206, f"bytes {size - 6}-{size - 1}/{size}", "application/pdf", "%%EOF\n"]
    assert page.evaluate(asked, [f"bytes={size}-"])[:2] == [416, f"bytes */{size}"]


def test_a_starting_worker_is_alone_to_answer(context: BrowserContext, link: str, host: Host) -> None:
    """An address typed with its names, while the worker is stopped, still does not reach the host beside it."""
    page = opened(context, link)
    devtools = context.new_cdp_session(page)
    devtools.send("ServiceWorker.enable")
    for _ in range(3):
        devtools.send("ServiceWorker.stopAllWorkers")
        page.goto(f"{host.address}/d1/lire/conseils/obsidienne/")
        expect(page.locator("h1")).to_have_text("Suite obsidienne")
        assert "obsidienne" not in page.url


def test_a_forced_reload_tells_tokens_only(context: BrowserContext, link: str, host: Host) -> None:
    """Ctrl+Shift+R goes past the reader: the host receives tokens; an ordinary reload, or the way back to the entry, mends it."""
    page = opened(context, link)
    devtools = context.new_cdp_session(page)
    page.click("#suite")
    expect(page.locator("h1")).to_have_text("Suite obsidienne")
    with page.expect_navigation() as forced:
        devtools.send("Page.reload", {"ignoreCache": True})
    assert forced.value.status == 404
    assert re.search(r"GET /d1/lire/[0-9a-f]{16}/[0-9a-f]{16}/ HTTP", "\n".join(host.log))
    page.reload()
    expect(page.locator("h1")).to_have_text("Suite obsidienne")
    page.click("#accueil")
    expect(page.locator("h1")).to_have_text("Accueil obsidienne")
    context.new_cdp_session(page).send("Page.reload", {"ignoreCache": True})
    expect(page.locator("h1:visible")).to_have_text(TITRE)
    page.click("text=Lire le dossier")
    expect(page.locator("h1")).to_have_text("Accueil obsidienne")


@pytest.mark.parametrize("where", ["#pv", "#onglet"])
def test_a_pdf_opens(context: BrowserContext, link: str, where: str) -> None:
    """A PDF opens in the tab or in a new one, in the viewer of the browser, under its own name when saved from there."""
    page = opened(context, link)
    with context.expect_event("response", lambda answer: answer.headers.get("content-type") == "application/pdf") as answered:
        page.click(where)
    answer = answered.value
    assert answer.from_service_worker
    assert answer.headers["content-disposition"] == "inline; filename*=UTF-8''pv-malachite.pdf"
    if where == "#pv":
        page.go_back()
        expect(page.locator("h1")).to_have_text("Accueil obsidienne")


def test_pages_reach_nothing_else(context: BrowserContext, link: str, host: Host) -> None:
    """A page of the dossier can ask neither another host nor the rest of its own."""
    page = opened(context, link)
    before = len(host.log)
    blocked = "async url => { try { await fetch(url); return 'asked' } catch { return 'blocked' } }"
    for url in ("https://example.com/", "/quartz", "../index.coffre", "../quartz"):
        assert page.evaluate(blocked, url) == "blocked"
    assert (
        page.evaluate(
            "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.injected = 1'})), window.injected"
        )
        is None
    )
    assert (
        page.evaluate(
            "new Promise(r => { const i = new Image(); i.onerror = () => r('blocked'); i.onload = () => r('asked'); i.src = '/quartz.png' })"
        )
        == "blocked"
    )
    assert page.evaluate("fetch('inconnue-quartz').then(r => r.status)") == 404
    assert len(host.log) == before


def test_the_key_is_not_kept_as_text(context: BrowserContext, link: str, sealed: Sealed) -> None:
    """What the browser stores of the key cannot be taken out of it."""
    page = opened(context, link)
    stored = """() => new Promise(done => { const asked = indexedDB.open('coffre /d1/'); asked.onsuccess = () => {
        const got = asked.result.transaction('cles').objectStore('cles').get('cles');
        got.onsuccess = () => done([got.result.index.extractable, got.result.contenus.extractable, JSON.stringify(got.result)]) } })"""
    index, contents, text = page.evaluate(stored)
    assert not index
    assert not contents
    assert sealed.key not in text
    assert page.evaluate("JSON.stringify([localStorage, sessionStorage, document.cookie])") == '[{},{},""]'


def test_a_lost_key_is_asked_for(context: BrowserContext, link: str, host: Host, sealed: Sealed) -> None:
    """Without its end, the link leads to a form, which takes the whole link, or the key folded over two lines."""
    page = context.new_page()
    page.goto(f"{host.address}/d1/")
    expect(page.locator("h1:visible")).to_have_text("La clé du dossier est nécessaire")
    assert TITRE not in page.content()
    page.fill("#cle", "pas une clé")
    page.keyboard.press("Enter")
    expect(page.locator("h1:visible").first).to_have_text("Cette clé n’ouvre pas ce dossier")
    page.fill("#cle", f"<{link}>.")
    page.keyboard.press("Enter")
    page.wait_for_url("**/lire/")
    page.goto(f"{host.address}/d1/")
    expect(page.locator("h1:visible")).to_have_text(TITRE)
    page.click("#fermer")
    expect(page.locator("h1:visible")).to_have_text("La clé du dossier est nécessaire")
    page.fill("#cle", f"{sealed.key[:20]} {sealed.key[20:]}")
    page.keyboard.press("Enter")
    page.wait_for_url("**/lire/")


def test_a_closed_dossier_asks_for_its_key(context: BrowserContext, link: str, host: Host) -> None:
    """A tab left open after the dossier was closed in another shows nothing more."""
    first = opened(context, link)
    second = context.new_page()
    second.goto(f"{host.address}/d1/")
    second.click("#fermer")
    expect(second.locator("#cle")).to_be_visible()
    first.click("#suite")
    refused(first, "La clé du dossier est nécessaire", "Ouvrez à nouveau le lien reçu")


def test_a_wrong_key_opens_nothing(context: BrowserContext, host: Host, sealed: Sealed) -> None:
    """A key of the right length is refused, its trace leaves the address bar, and the right one may follow in the same tab."""
    wrong = sealed.key[:5][::-1] + sealed.key[5:]
    page = context.new_page()
    page.goto(f"{host.address}/d1/#{wrong}")
    expect(page.locator("h1:visible").first).to_have_text("Cette clé n’ouvre pas ce dossier")
    assert page.url == f"{host.address}/d1/"
    page.goto(f"{host.address}/d1/#{sealed.key}")
    page.wait_for_url("**/lire/")


def cut(file: Path) -> None:
    """Keep the first half of a file."""
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def flip(file: Path) -> None:
    """Change one bit in the middle of a file."""
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


SUITE = "conseils/obsidienne/index.html"
REFUSALS: dict[str, Callable[[Path], None]] = {
    "Un fichier du dossier a été altéré": flip,
    "Un fichier du dossier est tronqué": cut,
    "Un fichier du dossier manque": lambda file: file.unlink(),
}


@pytest.mark.parametrize("title", REFUSALS)
@pytest.mark.parametrize("path", [SUITE, "cornaline.js", "pieces/pv-malachite.pdf", "images/cornaline.svg"])
def test_a_spoiled_file_has_its_page(context: BrowserContext, link: str, sealed: Sealed, title: str, path: str) -> None:
    """A page, a PDF, but also a script or an image of a page, are refused by a page that names them, until they are as published."""
    file = object_of(sealed, path)
    good = file.read_bytes()
    REFUSALS[title](file)
    page = context.new_page()
    page.goto(link)
    if path in {SUITE, "pieces/pv-malachite.pdf"}:
        page.click("#suite" if path == SUITE else "#pv")
    refused(page, title, path, "l’organisme")
    file.write_bytes(good)
    page.goto(link)
    page.wait_for_url("**/lire/")
    expect(page.locator("h1")).to_have_text("Accueil obsidienne")


def test_exchanged_files_have_their_page(context: BrowserContext, link: str, sealed: Sealed) -> None:
    """One file in the place of another is told as such."""
    one, other = object_of(sealed, SUITE), object_of(sealed, "index.html")
    shutil.copyfile(other, one)
    page = opened(context, link)
    page.click("#suite")
    refused(page, "Un fichier du dossier a été échangé avec un autre", SUITE)


@pytest.mark.parametrize(
    ("spoil", "title"),
    [
        (flip, "L’index du dossier a été altéré"),
        (cut, "L’index du dossier a été altéré"),
        (lambda file: file.unlink(), "Ce dossier a été retiré"),
    ],
)
def test_a_spoiled_index_has_its_page(
    context: BrowserContext, link: str, sealed: Sealed, spoil: Callable[[Path], None], title: str
) -> None:
    """An altered index opens nothing, a missing one says the dossier was withdrawn, also to whom is reading it."""
    page = opened(context, link)
    spoil(sealed.folder / INDEX)
    devtools = context.new_cdp_session(page)
    devtools.send("ServiceWorker.enable")
    devtools.send("ServiceWorker.stopAllWorkers")
    page.click("#suite")
    refused(page, title)
    late = context.new_page()
    late.goto(link)
    refused(late, title)


def test_an_unknown_page_says_so(context: BrowserContext, link: str) -> None:
    """An address that leads nowhere stays between the page and the reader."""
    page = opened(context, link)
    page.click("#ailleurs")
    refused(page, "Page introuvable")
    page.click("a.bouton")
    expect(page.locator("h1")).to_have_text("Accueil obsidienne")


def test_an_expired_dossier_does_not_open(context: BrowserContext, host: Host, sealed: Sealed) -> None:
    """After its last day the right key opens nothing, and is not kept."""
    late = seal_site(sealed.folder.parents[1] / "ancien", date(2020, 1, 1))
    shutil.rmtree(sealed.folder)
    shutil.copytree(late.folder, sealed.folder)
    page = context.new_page()
    page.goto(f"{host.address}/d1/#{late.key}")
    refused(page, "Ce dossier n’est plus consultable", "demandez un nouveau lien")
    page.goto(f"{host.address}/d1/")
    expect(page.locator("#cle")).to_be_visible()
    assert page.evaluate("retrouver(BASE).then(found => found === undefined)")


def test_an_expired_dossier_closes(context: BrowserContext, link: str) -> None:
    """A tab that is reading on the last day is told on the next, and the key is forgotten."""
    page = opened(context, link)
    worker = context.service_workers[0]
    worker.evaluate("Date.prototype.getFullYear = () => 2100")
    page.click("#suite")
    refused(page, "Ce dossier n’est plus consultable")
    page.click("main a:not(.bouton)")
    expect(page.locator("h1:visible")).to_have_text("La clé du dossier est nécessaire")


def test_no_worker_offers_the_archive(browser: Browser, link: str) -> None:
    """Where the browser has no service worker, the page says so and offers the encrypted ZIP."""
    with browser.new_context(service_workers="block") as blocked:
        blocked.add_init_script("delete Navigator.prototype.serviceWorker")
        page = blocked.new_page()
        page.goto(link)
        refused(page, "Ce navigateur ne peut pas ouvrir le dossier", "ne permet pas de déchiffrer")
        with page.expect_download() as saving:
            page.click("a[href='secours.zip']")
        assert saving.value.suggested_filename == "secours.zip"


def test_a_refused_worker_offers_the_archive(browser: Browser, link: str) -> None:
    """A browser that has workers but will not start ours leads to the same page."""
    with browser.new_context() as fresh:
        fresh.add_init_script(
            "if (navigator.serviceWorker) navigator.serviceWorker.register = () => Promise.reject(new DOMException('no', 'SecurityError'))"
        )
        page = fresh.new_page()
        page.goto(link)
        refused(page, "Ce navigateur ne peut pas ouvrir le dossier")
        expect(page.locator("a[href='secours.zip']")).to_be_visible()


def test_no_script_offers_the_archive(browser: Browser, link: str) -> None:
    """Without JavaScript the same page shows, and the risks."""
    with browser.new_context(java_script_enabled=False) as still:
        page = still.new_page()
        page.goto(link)
        refused(page, "Ce navigateur ne peut pas ouvrir le dossier", "JavaScript")
        expect(page.locator("footer")).to_contain_text("Qui a le lien peut tout lire")


def test_a_folder_offers_the_archive(context: BrowserContext, sealed: Sealed) -> None:
    """Opened from a disk, the landing page says why it cannot, and offers the archive where there is one only."""
    page = context.new_page()
    page.goto(f"{(sealed.folder / 'index.html').as_uri()}#{sealed.key}")
    refused(page, "Ce navigateur ne peut pas ouvrir le dossier")
    expect(page.locator("a[href='secours.zip']")).to_be_visible()


def test_an_unsafe_address_offers_the_archive(browser: Browser, link: str) -> None:
    """Over http, away from this machine, the page explains itself and offers the archive."""
    with browser.new_context() as fresh:
        fresh.add_init_script("Object.defineProperty(window, 'isSecureContext', {value: false})")
        page = fresh.new_page()
        page.goto(link)
        refused(page, "Ce navigateur ne peut pas ouvrir le dossier", "https")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everyone_can_use_the_landing_page(context: BrowserContext, link: str, host: Host, scheme: Literal["light", "dark"]) -> None:
    """The form, a refusal and an opened dossier have no axe finding, in either colour scheme, and fit a narrow window."""
    page = context.new_page()
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 390, "height": 800})

    def clean() -> None:
        found = Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    page.goto(f"{host.address}/d1/")
    expect(page.locator("#cle")).to_be_visible()
    clean()
    page.fill("#cle", "x")
    page.keyboard.press("Enter")
    expect(page.locator("#titre-refus")).to_be_focused()
    clean()
    page.goto(link)
    page.wait_for_url("**/lire/")
    page.goto(f"{host.address}/d1/")
    expect(page.locator("h1:visible")).to_have_text(TITRE)
    clean()
    page.goto(f"{host.address}/d1/lire/absente/")
    expect(page.locator("h1:visible")).to_have_text("Page introuvable")
    assert [key for key in page.evaluate("[document.title, document.documentElement.lang]") if not key] == []


def test_the_host_sees_opaque_names_only(context: BrowserContext, link: str, host: Host) -> None:
    """Of a whole visit the host receives the reader's own files, the index, and opaque names, without a referrer."""
    page = opened(context, link)
    page.click("#suite")
    page.click("#accueil")
    asked = {line.split("\n", 1)[0] for line in host.log}
    own = {f"GET /d1/{name} HTTP/1.1" for name in ("", "index.coffre", "sw.js", "lecture.js", "coffre.css")}
    assert {line for line in asked if not OBJECT.match(line)} <= own
    assert any(OBJECT.match(line) for line in asked)
