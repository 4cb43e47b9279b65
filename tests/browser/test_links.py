"""Every link of every edition leads somewhere."""

from __future__ import annotations

import posixpath
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest

from tests.browser.sites import CERTIFICATIONS, html_files, parse, told

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

AUDIENCES = ("interne", "auditeur", "public")


@cache
def _targets(file: Path) -> frozenset[str]:
    document = parse(file)
    return frozenset([*document.xpath("//@id"), *document.xpath("//a/@name")])


def _broken(site: Path, file: Path, address: str) -> str:
    """Say why an address of a page leads nowhere; empty when it leads somewhere."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return "" if parts.scheme in ("http", "https", "mailto", "data") else "strange scheme"
    here = file.parent.relative_to(site).as_posix()
    # The page of errors 404 is served anywhere: its addresses start at the root.
    if parts.path.startswith("/") and file.name != "404.html":
        return "address from the root of the server"
    path = parts.path.removeprefix("/") if parts.path.startswith("/") else posixpath.normpath(posixpath.join(here, parts.path))
    target = site / unquote(path) if parts.path else file
    if target.is_dir() and not parts.path.endswith(("/", ".")):
        return "a folder without its final slash"
    target = target / "index.html" if target.is_dir() else target
    if not target.resolve().is_relative_to(site.resolve()) or not target.is_file():
        return "no such file in the site"
    fragment = unquote(parts.fragment)
    return "no such anchor" if fragment not in ("", "__skip") and fragment not in _targets(target) else ""


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_internal_address_leads_to_a_file_and_an_anchor(edition: Callable[[str], Path], audience: str) -> None:
    """Links, pictures, scripts and styles of every page exist, anchors included, and no placeholder of an address remains."""
    site = edition(audience)
    found = []
    for file in html_files(site):
        text = file.read_text("utf-8")
        name = file.relative_to(site).as_posix()
        if "racine:" in text:
            found.append(f"{name}: racine:")
        document = parse(file)
        for address in [*document.xpath("//@href"), *document.xpath("//@src"), *document.xpath("//@action")]:
            why = _broken(site, file, address)
            if why:
                found.append(f"{name}: {address}: {why}")
    assert not found, told(found[:30])


@pytest.mark.parametrize("audience", AUDIENCES)
def test_addresses_in_search_and_sitemap_exist(edition: Callable[[str], Path], audience: str) -> None:
    """The search index and the data beside the pages hold no placeholder either."""
    site = edition(audience)
    found = [
        file.relative_to(site).as_posix()
        for file in site.rglob("*")
        if file.suffix in (".json", ".xml", ".js", ".css") and "racine:" in file.read_text("utf-8")
    ]
    assert not found


def test_a_number_is_a_link_to_its_list(site: Path) -> None:
    """Each figure of the home page opens the list that makes it."""
    home = parse(site / "index.html")
    cards = home.xpath("//ul[@class='cartes']/li/a/@href")
    assert len(cards) == len(home.xpath("//ul[@class='cartes']//span[@class='n']")) >= 4
    assert "./certifications/?echeance=12_mois" in cards
    assert "#a-traiter" in cards


def test_a_number_of_certification_is_a_link_to_its_page(site: Path) -> None:
    """On every list, the number of a certification of this portal opens its page."""
    for path in ("index.html", "certifications/index.html"):
        document = parse(site / path)
        links = {link.text_content(): link.get("href") for link in document.xpath("//table//th[@scope='row']/a")}
        assert set(links) == set(CERTIFICATIONS)
        assert all(address.endswith(f"{number}/") for number, address in links.items())


def test_a_constat_is_a_link_to_its_requirement(site: Path) -> None:
    """Each constat of the home page opens the requirement it applies, and the page of its certification."""
    home = parse(site / "index.html")
    constats = home.xpath("//li[contains(@class, 'constat')]")
    assert constats
    for constat in constats:
        addresses = constat.xpath(".//a/@href")
        assert any("exigences/#ex-" in address for address in addresses)
        assert any("certifications/R" in address for address in addresses)
