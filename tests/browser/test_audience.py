"""What an audience may not see is in no file of its edition, whatever the format."""

from __future__ import annotations

import gzip
import json
import re
from typing import TYPE_CHECKING

import pytest

from tests.browser.canaries import AUDITEUR, INTERNE, write_canaries
from tests.browser.sites import build, html_files, parse, told

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

RESERVED = {"auditeur": INTERNE, "public": INTERNE | AUDITEUR}
"""What each audience must not receive."""
FOLDERS = {
    "public": {"conseils", "actions", "preuves", "constats", "reclamations", "audits"},
    "auditeur": {"constats", "reclamations", "audits"},
}
"""Sections of the site that do not exist for an audience."""


@pytest.fixture(scope="module")
def sung(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return a function that builds the project with canaries once for an audience and gives the folder of its site."""
    project = write_canaries(tmp_path_factory.mktemp("canaris"))
    sites: dict[str, Path] = {}

    def built(audience: str) -> Path:
        if audience not in sites:
            sites[audience] = build(project, tmp_path_factory.mktemp("site") / audience, PORTAIL_AUDIENCE=audience)
        return sites[audience]

    return built


def _traces(site: Path, canaries: dict[str, str]) -> list[str]:
    """Return every file whose name or bytes hold a canary, compressed files included."""
    found = []
    for file in sorted(site.rglob("*")):
        name = file.relative_to(site).as_posix()
        content = file.read_bytes() if file.is_file() else b""
        if file.suffix == ".gz":
            content = gzip.decompress(content)
        text = content.lower() + b"\n" + name.lower().encode()
        found += [f"{name}: {why}" for why, canary in canaries.items() if canary.lower().encode() in text]
    return found


def _names(findings: list[str]) -> set[str]:
    return {finding.rsplit(": ", 1)[1] for finding in findings}


@pytest.mark.parametrize("audience", ["public", "auditeur"])
def test_nothing_reserved_is_in_any_file_of_an_edition(sung: Callable[[str], Path], audience: str) -> None:
    """Notes, names, internal records and what tells of them are in no byte and no file name of an edition for others."""
    site = sung(audience)
    assert not (found := _traces(site, RESERVED[audience])), told(found)
    text = "".join(file.read_text("utf-8") for file in html_files(site))
    assert 'class="constat ' not in text
    assert 'class="constats"' not in text
    assert not re.findall(r"data/[a-z]+/[A-Z0-9-]+\.yml, ligne", text)
    assert "Notes internes" not in re.sub(r"aide/fiches.*", "", "".join(_articles(site)))


def _articles(site: Path) -> list[str]:
    """Return the text of every page but those of the help, which explains the keys of notes."""
    pages = [file for file in html_files(site) if "aide" not in file.relative_to(site).parts]
    return ["".join(part.text_content() for part in parse(file).xpath("//article")) for file in pages]


def test_no_canary_is_part_of_another() -> None:
    """Each canary is found by its own letters only."""
    words = [word.casefold() for word in (INTERNE | AUDITEUR).values()]
    assert not [(one, other) for one in words for other in words if one != other and one in other]


def test_the_canaries_sing_inside(sung: Callable[[str], Path]) -> None:
    """The same project built for the organisation shows its reserved parts: the canaries were worth looking for."""
    silent = {"table", "cadence", "address of a person", "number of a person", "what a hidden proof holds"}
    silent |= {"identifier in a feed", "what was set aside of a feed"}
    assert set(INTERNE | AUDITEUR) - _names(_traces(sung("interne"), INTERNE | AUDITEUR)) <= silent


def test_auditors_see_what_is_theirs(sung: Callable[[str], Path]) -> None:
    """Sessions, actions, evidence, evolutions and pages for auditors are in their edition."""
    silent = {"table", "cadence"}
    assert set(AUDITEUR) - _names(_traces(sung("auditeur"), AUDITEUR)) <= silent


@pytest.mark.parametrize("audience", ["public", "auditeur"])
def test_sections_without_a_reader_do_not_exist(sung: Callable[[str], Path], audience: str) -> None:
    """No page, navigation, link, title, search result nor address of the site map leads to a section that the audience has not."""
    site = sung(audience)
    assert not [name for name in FOLDERS[audience] if (site / name).exists()]
    shape = re.compile(rf"(^|/)({'|'.join(sorted(FOLDERS[audience]))})/")
    links = [
        f"{file.relative_to(site)}: {address}"
        for file in html_files(site)
        for address in parse(file).xpath("//a/@href")
        if shape.search(address)
        and "api/v1/" not in address
        and not re.search(r"(manuel|fiches)/", address)
        and "/manuel/" not in f"/{file.relative_to(site)}"
    ]
    assert not links, told(links)
    titles = {title.casefold() for title in parse(site / "index.html").xpath("//nav//a/text()[normalize-space()]")}
    assert not [name for name in FOLDERS[audience] if name in {title.strip() for title in titles}]
    documents = json.loads((site / "search" / "search_index.json").read_text("utf-8"))["docs"]
    assert not [document["location"] for document in documents if shape.match(document["location"])]
    sitemap = (site / "sitemap.xml").read_text("utf-8")
    assert not re.search(rf"[^/]/({'|'.join(FOLDERS[audience])})/", re.sub(r"/(manuel|aide/fiches)/\w+/", "", sitemap))


def test_auditors_have_their_sections_in_the_navigation(sung: Callable[[str], Path]) -> None:
    """Conseils, actions and evidence are tabs of an edition for auditors, and their pages exist."""
    site = sung("auditeur")
    titles = {title.strip() for title in parse(site / "index.html").xpath("//nav//a/text()[normalize-space()]")}
    assert {"Conseils", "Actions", "Preuves"} <= titles
    assert all((site / name / "index.html").is_file() for name in ("conseils", "actions", "preuves"))


@pytest.mark.parametrize("audience", ["public", "auditeur"])
def test_a_hidden_record_is_not_counted(sung: Callable[[str], Path], audience: str) -> None:
    """The number of certifications shown is the number of visible ones; what links to a hidden record says its kind only."""
    site = sung(audience)
    home = (site / "index.html").read_text("utf-8").replace("\u00a0", " ")
    assert "6 certifications" not in home
    assert "5 certifications" in home
    if audience == "auditeur":
        session = parse(site / "conseils" / "CP-2025-12-NUM" / "index.html").xpath("//article")[0].text_content()
        assert "une certification non diffusée" in session
        row = parse(site / "actions" / "index.html").xpath("//tr[@id='a-2026-800']")[0].text_content()
        assert "une décision non diffusée" in row
