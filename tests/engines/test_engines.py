"""The portal is the same with every engine that reads our sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.sites import parse, told
from tests.engines.compare import EngineError, build_mkdocs, build_properdocs, build_zensical, compare, install_zensical, read_site
from tests.output.checker import faults

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The site of the demonstration, by MkDocs."""
    site = tmp_path_factory.mktemp("mkdocs") / "site"
    build_mkdocs(site)
    return read_site(site)


@pytest.fixture(scope="module")
def properdocs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, by ProperDocs."""
    site = tmp_path_factory.mktemp("properdocs") / "site"
    build_properdocs(site)
    return site


@pytest.fixture(scope="module")
def zensical(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, by Zensical; skips where it cannot be installed or does not build: still young, it is followed, not promised."""
    folder = tmp_path_factory.mktemp("zensical")
    try:
        return build_zensical(folder, install_zensical(folder))
    except EngineError as error:
        pytest.skip(f"Zensical n’a pas construit le site : {error}")


def test_properdocs_builds_the_same_site(reference: dict[str, str], properdocs: Path) -> None:
    """ProperDocs gives the same files and the same texts, but for differences listed with their reason."""
    found = compare("properdocs", reference, read_site(properdocs))
    assert not [difference for difference in found if difference.reason() is None]


def test_zensical_builds_the_same_site(reference: dict[str, str], zensical: Path) -> None:
    """Zensical gives the same pages from files on disk. A difference does not block."""
    found = [difference for difference in compare("zensical", reference, read_site(zensical)) if difference.reason() is None]
    if found:
        pytest.skip(f"Zensical diffère : {found[0].file}, {found[0].what}")


@pytest.mark.parametrize("engine", ["properdocs", "zensical"])
def test_every_address_of_another_engine_leads_somewhere(request: pytest.FixtureRequest, engine: str) -> None:
    """Links, anchors and assets resolve on the output: Zensical does not see a broken link that a macro made."""
    found = faults(request.getfixturevalue(engine))
    assert not found, told(found[:30])


@pytest.mark.parametrize("engine", ["properdocs", "zensical"])
def test_another_engine_gives_first_acronyms_their_long_form(request: pytest.FixtureRequest, engine: str) -> None:
    """The lexique reaches the conversion of pages with each engine."""
    page = parse(request.getfixturevalue(engine) / "aide" / "lexique" / "index.html")
    assert "répertoire spécifique" in page.xpath("//abbr[text()='RS']/@title")


def test_a_missing_page_and_a_changed_text_are_seen() -> None:
    """The comparison can fail: a page less, a page more, another word."""
    found = list(compare("properdocs", {"a.html": "un deux trois", "b.html": ""}, {"a.html": "un dix trois", "c.html": ""}))
    assert [(difference.file, difference.what) for difference in found] == [
        ("a.html", "« un deux trois » devient « un dix trois »"),
        ("b.html", "absent"),
        ("c.html", "en plus"),
    ]
    assert all(difference.reason() is None for difference in found)
