"""Navigation lists sections, never records: pages weigh the same whatever the number of certifications."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.sites import CERTIFICATIONS, CONSEILS, build, make_project, parse, read_record, with_history, write_record

if TYPE_CHECKING:
    from pathlib import Path


def test_the_page_of_a_certification_lists_no_other_in_its_navigation(site: Path) -> None:
    """Tabs, drawer, contents and footer of a certification name none of the others."""
    for number in CERTIFICATIONS:
        document = parse(site / "certifications" / number / "index.html")
        around = " ".join(
            f"{element.text_content()} {' '.join(element.xpath('.//@href'))}"
            for element in document.xpath("//nav | //header | //footer | //div[contains(@class, 'md-sidebar')]")
        )
        assert not [other for other in CERTIFICATIONS if other != number and other in around]


def test_the_navigation_shows_where_one_is(site: Path) -> None:
    """A certification, outside the navigation, has a breadcrumb to the list and the home page."""
    document = parse(site / "certifications" / "RS99001" / "index.html")
    links = document.xpath("//nav[@class='ariane']//a/@href")
    assert links == ["../../", "../../certifications/"]
    assert document.xpath("//nav[@class='ariane']//li[@aria-current='page']/text()") == ["RS99001"]


def test_the_page_of_a_session_lists_no_other_in_its_navigation(site: Path) -> None:
    """Tabs, drawer, contents and footer of a session name none of the others; its own breadcrumb leads to the list."""
    for conseil in CONSEILS:
        document = parse(site / "conseils" / conseil / "index.html")
        places = document.xpath("//nav[not(@class='voisins')] | //header | //footer | //div[contains(@class, 'md-sidebar')]")
        addresses = [address for place in places for address in place.xpath(".//@href")]
        assert not [other for other in CONSEILS if other != conseil and any(other in address for address in addresses)]
        assert document.xpath("//nav[@class='ariane']//a/@href") == ["../../", "../../conseils/"]
        assert document.xpath("//nav[@class='ariane']//li[@aria-current='page']/text()") == [conseil]


@pytest.mark.parametrize("path", ["certifications/RS99001", "conseils/CP-2025-12-NUM", "aide", "manuel/certifications"])
def test_a_page_weighs_the_same_with_60_certifications_and_sessions(
    site: Path, tmp_path_factory: pytest.TempPathFactory, path: str
) -> None:
    """From 5 to 60 certifications and 55 more sessions, pages that list none grow by less than 1 %."""
    grown = tmp_path_factory.getbasetemp() / "soixante-certifications"
    if not grown.exists():
        project = with_history(make_project(grown))
        model = read_record(project / "data" / "certifications" / "RS99001.yml")
        model.pop("source_fc")
        for index in range(55):
            numero = f"RS98{index:03}"
            write_record(project / "data" / "certifications" / f"{numero}.yml", model | {"numero": numero})
            session = {"intitule": f"Conseil {index}", "date": "2026-03-10", "statut": "tenu", "certifications": [numero]}
            write_record(project / "data" / "conseils" / f"CP-2026-03-P{index}.yml", session)
        build(project)
    before, after = ((folder / path / "index.html").stat().st_size for folder in (site, grown / "site"))
    assert abs(after - before) <= before / 100
