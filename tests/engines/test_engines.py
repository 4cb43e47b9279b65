"""The portal is the same with every engine that reads our sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.engines.compare import EngineError, build_mkdocs, build_properdocs, build_zensical, compare, install_zensical, read_site

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The site of the demonstration, by MkDocs."""
    site = tmp_path_factory.mktemp("mkdocs") / "site"
    build_mkdocs(site)
    return read_site(site)


def test_properdocs_builds_the_same_site(reference: dict[str, str], tmp_path: Path) -> None:
    """ProperDocs gives the same files and the same texts, but for differences listed with their reason."""
    build_properdocs(tmp_path / "site")
    found = compare("properdocs", reference, read_site(tmp_path / "site"))
    assert not [difference for difference in found if difference.reason() is None]


def test_zensical_builds_the_same_site(reference: dict[str, str], tmp_path: Path) -> None:
    """Zensical gives the same pages from files on disk. It does not block: still young, it is followed, not promised."""
    try:
        site = build_zensical(tmp_path, install_zensical(tmp_path))
    except EngineError as error:
        pytest.skip(f"Zensical n’a pas construit le site : {error}")
    found = [difference for difference in compare("zensical", reference, read_site(site)) if difference.reason() is None]
    if found:
        pytest.skip(f"Zensical diffère : {found[0].file}, {found[0].what}")


def test_a_missing_page_and_a_changed_text_are_seen() -> None:
    """The comparison can fail: a page less, a page more, another word."""
    found = list(compare("properdocs", {"a.html": "un deux trois", "b.html": ""}, {"a.html": "un dix trois", "c.html": ""}))
    assert [(difference.file, difference.what) for difference in found] == [
        ("a.html", "« un deux trois » devient « un dix trois »"),
        ("b.html", "absent"),
        ("c.html", "en plus"),
    ]
    assert all(difference.reason() is None for difference in found)
