"""Every link of every edition leads somewhere."""

from __future__ import annotations

import posixpath
import re
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.browser.sites import CERTIFICATIONS, CONSEILS, build, html_files, make_project, parse, told
from tests.output.checker import faults

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

AUDIENCES = ("interne", "auditeur", "public")
PUBLISHED = "https://qualite.exemple.fr/portail/"


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_internal_address_leads_to_a_file_and_an_anchor(edition: Callable[[str], Path], audience: str) -> None:
    """Links, pictures, scripts, styles, feeds and the search index name what exists, anchors included; no placeholder of an address remains."""
    found = faults(edition(audience))
    assert not found, told(found[:30])


def test_a_published_site_names_its_own_pages(tmp_path: Path) -> None:
    """With a public address, the site map, the canonical addresses and the feeds hold whole addresses, and each exists."""
    project = make_project(tmp_path)
    configuration = project / "mkdocs.yml"
    configuration.write_text(f"site_url: {PUBLISHED}\n{configuration.read_text('utf-8')}", "utf-8")
    site = build(project, PORTAIL_AUDIENCE="public")
    assert PUBLISHED in (site / "sitemap.xml").read_text("utf-8")
    found = faults(site, PUBLISHED)
    assert not found, told(found[:30])


def _asks_in_vain(site: Path, file: Path, address: str) -> list[str]:
    """Return what an address asks of the filters of a list that no filter offers."""
    parts = urlsplit(address)
    page = file if not parts.path else site / posixpath.normpath(posixpath.join(file.parent.relative_to(site).as_posix(), parts.path))
    offered = _filters(page / "index.html" if page.is_dir() else page)
    return [f"{key}={value}" for key, value in parse_qsl(parts.query) if value not in offered.get(key, ())]


@cache
def _filters(file: Path) -> dict[str, list[str]]:
    """Return what each filter of a page offers, by its key."""
    return {select.get("name"): select.xpath("option/@value") for select in parse(file).xpath("//form//select")}


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_link_to_a_filtered_list_asks_for_what_its_filters_offer(edition: Callable[[str], Path], audience: str) -> None:
    """Every link with a filter names a filter of the list it opens, and an option of that filter: no figure opens the whole list."""
    site = edition(audience)
    links = [
        (file, address)
        for file in html_files(site)
        for address in parse(file).xpath("//article//a/@href")
        if "?" in address and not urlsplit(address).netloc
    ]
    assert links
    found = [f"{file.relative_to(site)}: {address}: {vain}" for file, address in links if (vain := _asks_in_vain(site, file, address))]
    assert not found, told(found)


def test_a_number_is_a_link_to_its_list(site: Path) -> None:
    """Each card of the home page is a link, each opens a list of its own."""
    home = parse(site / "index.html")
    cards = home.xpath("//ul[@class='cartes']/li/a/@href")
    assert len(cards) == len(home.xpath("//ul[@class='cartes']//span[@class='n']")) >= 5
    assert len(set(cards)) == len(cards)
    lists = {address.removeprefix("./").split("/")[0] for address in cards}
    assert lists == {"certifications", "conseils", "actions", "preuves", "veille", "reclamations", "audits", "constats"}


def test_a_number_of_certification_is_a_link_to_its_page(site: Path) -> None:
    """On every list, the number of a certification of this portal opens its page."""
    for path in ("index.html", "certifications/index.html"):
        document = parse(site / path)
        links = {link.text_content(): link.get("href") for link in document.xpath("//table//th[@scope='row']/a")}
        assert set(links) == set(CERTIFICATIONS)
        assert all(address.endswith(f"{number}/") for number, address in links.items())


@pytest.mark.parametrize("path", ["", "constats/"])
def test_a_constat_is_a_link_to_its_requirement_and_its_record(site: Path, path: str) -> None:
    """Each constat opens the requirement it applies, and its record, but for an exception, which has no page of its own."""
    constats = parse(site / path / "index.html").xpath("//ul[@class='constats']/li")
    assert constats
    for constat in constats:
        requirement = constat.xpath("p[@class='r']//a/@href")
        assert len(requirement) == 1
        assert "exigences/#ex-" in requirement[0]
        record, *_ = constat.xpath("p[1]//*[self::a or @class='sans-page']")
        name = record.text_content()
        places = {f"{page}/{name}/" for page in ("certifications", "conseils", "cep", "partenaires")}
        places |= {
            f"{page}/#{name.lower()}" for page in ("actions", "preuves", "veille", "exigences", "indicateurs", "reclamations", "audits")
        }
        places.add(f"certifications/{name.removeprefix('POS-')}/#references-cep")
        address = record.get("href", "")
        assert name.startswith("DER-") if record.tag == "span" else any(address.endswith(place) for place in places), name


def test_the_home_page_shows_the_most_urgent_and_leads_to_the_others(site: Path) -> None:
    """At most eight constats stand on the home page, the first of the whole list in its order; the link to the others says how many."""
    home, whole = (parse(site / path / "index.html") for path in ("", "constats"))
    shown, listed = (page.xpath("//ul[@class='constats']/li/p[1]") for page in (home, whole))
    assert 0 < len(shown) <= 8 < len(listed)
    texts = [[line.text_content() for line in lines] for lines in (shown, listed)]
    assert texts[0] == texts[1][: len(shown)]
    more = home.xpath("//ul[@class='constats']/following-sibling::p[.//a[contains(@href, 'constats/')]]")[0].text_content()
    to_do = [constat for constat in whole.xpath("//ul[@class='constats']/li") if "a_traiter" in constat.get("data-niveau").split()]
    assert re.findall(r"\d+", more) == [str(len(to_do) - len(shown))]


def test_the_table_of_the_home_page_leads_to_sessions(site: Path) -> None:
    """Beside each certification, its last and its next session are links to their page, or are said to be missing."""
    rows = parse(site / "index.html").xpath("//table//tbody/tr")
    assert len(rows) == len(CERTIFICATIONS)
    for row in rows:
        for label in ("Dernier conseil", "Prochain"):
            cell = row.xpath(f"td[@data-l='{label}']")[0]
            addresses = cell.xpath(".//a/@href")
            assert len(addresses) == 1 or cell.xpath("span[@class='doux']")
            assert all("conseils/CP-" in address for address in addresses)
    assert {bool(row.xpath("td[@data-l='Prochain']//a")) for row in rows} == {True, False}


def test_an_action_born_of_a_decision_is_linked_both_ways(site: Path) -> None:
    """From the register to the row of the decision; on the page of the session, that row names the action."""
    rows = parse(site / "actions" / "index.html").xpath("//tr[td[@data-l='Origine']//a[contains(@href, '#d')]]")
    assert len(rows) >= 10
    for row in rows:
        page, anchor = row.xpath("td[@data-l='Origine']//a/@href")[0].split("#")
        decision = parse(site / "actions" / page / "index.html").xpath(f"//tr[@id='{anchor}']")[0]
        assert any(address.endswith(f"actions/#{row.get('id')}") for address in decision.xpath(".//a/@href"))


def test_a_session_and_its_neighbours_are_linked_both_ways(site: Path) -> None:
    """The session after leads back to the session before, wherever each has one."""
    steps = {}
    for conseil in CONSEILS:
        items = parse(site / "conseils" / conseil / "index.html").xpath("//nav[@class='voisins']//li")
        for item in items:
            way = item.xpath("span/text()")[0]
            steps[conseil, way] = item.xpath("a/@href")[0].rstrip("/").rsplit("/", 1)[1]
    assert len(steps) >= len(CONSEILS) // 2
    forward = {(a, b) for (a, way), b in steps.items() if way == "Conseil suivant"}
    back = {(b, a) for (a, way), b in steps.items() if way == "Conseil précédent"}
    assert forward & back
    assert all(a[3:10] <= b[3:10] for a, b in forward | back)
