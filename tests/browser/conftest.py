"""A real Chromium, and folders served on this machine, for every browser test."""

from __future__ import annotations

import fcntl
import os
import shutil
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from threading import Thread
from typing import TYPE_CHECKING, Any, BinaryIO

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.chromium import launch, require_driver
from tests.browser.hostile import write_hostile
from tests.browser.sites import build, make_project

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the session; each test opens its own context or page."""
    require_driver()
    with sync_playwright() as playwright:
        chromium = launch(playwright)
        yield chromium
        chromium.close()


NO_INDEX = b'{"config": {"lang": ["fr"], "separator": " ", "pipeline": [], "fields": {"title": {}}}, "docs": []}'


class _Handler(SimpleHTTPRequestHandler):
    """Serves the files of a folder without a line per request; without search, the theme has nothing to index on each page."""

    def __init__(self, *args: Any, search: bool, **keywords: Any) -> None:
        self.search = search
        super().__init__(*args, **keywords)

    def send_head(self) -> BytesIO | BinaryIO | None:
        """Answer like any server, but for the search index."""
        if self.search or not self.path.endswith("/search_index.json"):
            return super().send_head()
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        return BytesIO(NO_INDEX)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the standard library names it
        """Say nothing: the output belongs to pytest."""


@contextmanager
def _serving(folder: Path, *, search: bool) -> Iterator[str]:
    handler = partial(_Handler, directory=str(folder), search=search)
    # Port 0: the system gives a free one, and workers in parallel never meet.
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def serve_directory() -> Iterator[Callable[..., str]]:
    """Return a function that serves a folder until the session ends and gives its address, without a final slash.

    Without `search`, the search index is empty: the theme reads the whole of it on every page.
    """
    with ExitStack() as servers:
        addresses: dict[tuple[Path, bool], str] = {}

        def serve(folder: Path, *, search: bool = False) -> str:
            if (folder, search) not in addresses:
                addresses[folder, search] = servers.enter_context(_serving(folder, search=search))
            return addresses[folder, search]

        yield serve


@pytest.fixture(scope="session")
def address(site: Path, serve_directory: Callable[..., str]) -> str:
    """Where the demonstration is served, with a final slash; its search finds nothing."""
    return f"{serve_directory(site)}/"


@pytest.fixture(scope="session")
def searched(site: Path, serve_directory: Callable[..., str]) -> str:
    """Where the demonstration is served as it is, with its search."""
    return f"{serve_directory(site, search=True)}/"


@pytest.fixture(scope="session")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site whose every record holds hostile texts; building it strictly is already a claim."""
    # The workers of one run share the longest build of all: the first to ask makes it, the others wait.
    common = tmp_path_factory.getbasetemp().parent / f"hostile-{os.environ.get('PYTEST_XDIST_TESTRUNUID', os.getpid())}"
    common.mkdir(exist_ok=True)
    with (common / "verrou").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (common / "fait").exists():
            shutil.rmtree(common / "projet", ignore_errors=True)
            build(write_hostile(common / "projet"))
            (common / "fait").touch()
    return common / "projet" / "site"


@pytest.fixture(scope="session")
def error_address(tmp_path_factory: pytest.TempPathFactory, serve_directory: Callable[..., str]) -> str:
    """Where a copy of the page that replaces a site with errors is served, as the server would show it."""
    project = make_project(tmp_path_factory.mktemp("erreurs"))
    broken = project / "data" / "certifications" / "RS99001.yml"
    broken.write_text(broken.read_text("utf-8") + "cle_inconnue: x\ndate_decision: 31/12/2026\n", "utf-8")
    with (project / "data" / "organisme.yml").open("a", encoding="utf-8") as organisme:
        organisme.write("siteweb: x" + "y" * 300 + "\n")
    # A build stops at the first error by design; the hook below makes it behave as the server does.
    hook = project / "comme_le_serveur.py"
    hook.write_text("from macros.portal import engine\n\n\ndef on_startup(command, dirty):\n    engine.start('serve')\n", "utf-8")
    configuration = project / "mkdocs.yml"
    text = configuration.read_text("utf-8")
    configuration.write_text(text.replace("\nwatch:", "  - comme_le_serveur.py\n\nwatch:"), "utf-8")
    return f"{serve_directory(build(project))}/"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh browser profile of 1280 pixels, with short waits."""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as fresh:
        fresh.set_default_timeout(10_000)
        yield fresh


@dataclass
class Journal:
    """What a page asked for and said since the test began."""

    asked: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def listen(self, page: Page) -> None:
        """Note every request, every answer that is an error, and every warning or error of the console."""
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("response", lambda response: self.refused.append(response.url) if response.status >= HTTPStatus.BAD_REQUEST else None)
        page.on("console", lambda message: self.said.append(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.said.append(str(error)))

    def clear(self) -> None:
        """Forget what came before."""
        for notes in (self.asked, self.refused, self.said):
            notes.clear()

    def outside(self, address: str) -> list[str]:
        """Return the requests made to any other server."""
        return [url for url in self.asked if not url.startswith((address, "data:", "blob:", "about:"))]


@pytest.fixture(scope="session")
def only_page(browser: Browser) -> Iterator[tuple[Page, Journal]]:
    """One page for every test that only looks: what the theme needs is loaded and compiled once."""
    with browser.new_context() as shared:
        shared.set_default_timeout(10_000)
        page, journal = shared.new_page(), Journal()
        journal.listen(page)
        yield page, journal


@pytest.fixture
def page(only_page: tuple[Page, Journal]) -> Page:
    """That page, 1280 pixels wide, showing nothing."""
    page, journal = only_page
    page.goto("about:blank")
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 1280, "height": 900})
    journal.clear()
    return page


@pytest.fixture
def journal(only_page: tuple[Page, Journal]) -> Journal:
    """What that page asks for and says."""
    return only_page[1]
