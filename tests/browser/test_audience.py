"""What an audience may not see is in no file of its edition, whatever the format."""

from __future__ import annotations

import gzip
import re
from typing import TYPE_CHECKING

import pytest

from tests.browser.sites import build, make_project, read_record, told, write_record

if TYPE_CHECKING:
    from pathlib import Path

HIDDEN_PAGE = "CanariPageInterne"
AUDITOR_PAGE = "CanariPageAuditeur"

RESERVED = {
    "auditeur": {
        "notes": "CanariNotes",
        "constat": "CanariConstat",
        "page": HIDDEN_PAGE,
        "picture": "canari-image",
        "file": "RS99777",
        "title": "CanariIntitule",
    },
    "public": {
        "evolution": "CanariEvolution",
        "piece": "CanariPiece",
        "table": "CanariTable",
        "cadence": "CanariCadence",
        "auditor": AUDITOR_PAGE,
    },
}
"""What each audience must not receive; the public receives nothing of what auditors do not receive."""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration with a canary in every reserved place."""
    folder = make_project(tmp_path_factory.mktemp("canaris"))
    record = folder / "data" / "certifications" / "RNCP99001.yml"
    facts = read_record(record)
    facts |= {
        "notes": "Travail en cours : CanariNotes.",
        "anciennes_fiches": [*facts.get("anciennes_fiches", []), "RS99777"],
        "cadence_cp": {"mois": "18", "motif": "CanariCadence"},
        "renouvellement": {"scenario": "perimetre_constant", "pieces": [{"piece": "CanariPiece"}]},
        "evolutions": [{"date": "2025-01-01", "version": "9", "nature": "autre", "motif": "CanariEvolution"}],
        "tables_formation": [{"formation": "CanariTable", "modules": [{"code": "CanariTable", "intitule": "CanariTable"}]}],
    }
    write_record(record, facts)
    hidden = read_record(folder / "data" / "certifications" / "RS99002.yml") | {
        "numero": "RS99777",
        "intitule": "CanariIntitule",
        "visibilite": "interne",
    }
    hidden |= {"source_fc": {"extrait": "RS99777", "date": "2026-08-16"}}
    write_record(folder / "data" / "certifications" / "RS99777.yml", hidden)
    extract = read_record(folder / "data" / "extraits" / "RS99002.yml") | {"numero": "RS99777", "intitule": "CanariIntitule"}
    write_record(folder / "data" / "extraits" / "RS99777.yml", extract)
    # A constat quotes the file of its record and, for a difference, the field: the canary is a certification only constats would name.
    exigence = folder / "data" / "exigences" / "EX-CANARI.yml"
    model = read_record(folder / "data" / "exigences" / "EX-EXTRAIT-RECENT.yml")
    write_record(exigence, model | {"titre": "CanariConstat", "visibilite": "interne", "controle": None})
    pages = folder / "docs" / "interne"
    pages.mkdir()
    (pages / "canari-page.md").write_text(f"# {HIDDEN_PAGE}\n\n![image](canari-image.svg)\n", "utf-8")
    (pages / "canari-image.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><title>canari-image</title></svg>\n', "utf-8")
    (pages / "reserve.md").write_text(f"---\nvisibilite: auditeur\n---\n\n# {AUDITOR_PAGE}\n", "utf-8")
    return folder


def _traces(site: Path, canaries: dict[str, str]) -> list[str]:
    """Return every file whose name or bytes hold a canary, compressed files included."""
    found = []
    for file in sorted(site.rglob("*")):
        name = file.relative_to(site).as_posix()
        content = file.read_bytes() if file.is_file() else b""
        if file.suffix == ".gz":
            content = gzip.decompress(content)
        found += [
            f"{name}: {why}"
            for why, canary in canaries.items()
            if canary.lower().encode() in content.lower() or canary.lower() in name.lower()
        ]
    return found


@pytest.mark.parametrize("audience", ["public", "auditeur"])
def test_nothing_reserved_is_in_any_file_of_an_edition(project: Path, tmp_path: Path, audience: str) -> None:
    """Notes, renewal, constats, internal records, pages and pictures are in no byte and no file name of an edition for others."""
    site = build(project, tmp_path / "site", PORTAIL_AUDIENCE=audience)
    reserved = RESERVED["auditeur"] | (RESERVED["public"] if audience == "public" else {})
    assert not (found := _traces(site, reserved)), told(found)
    text = "".join(file.read_text("utf-8") for file in site.rglob("*.html"))
    assert 'class="constat ' not in text
    assert not re.findall(r"data/[a-z]+/[A-Z0-9-]+\.yml, ligne", text)


def test_the_canaries_sing_inside(project: Path, tmp_path: Path) -> None:
    """The same project built for the organisation shows its reserved parts: the canaries were worth looking for."""
    site = build(project, tmp_path / "site", PORTAIL_AUDIENCE="interne")
    found = {finding.rsplit(": ", 1)[1] for finding in _traces(site, RESERVED["auditeur"] | RESERVED["public"])}
    assert {"page", "picture", "file", "title", "constat", "evolution", "auditor"} <= found


def test_auditors_see_what_is_theirs(project: Path, tmp_path: Path) -> None:
    """Evolutions and pages for auditors are in their edition."""
    site = build(project, tmp_path / "site", PORTAIL_AUDIENCE="auditeur")
    found = {finding.rsplit(": ", 1)[1] for finding in _traces(site, RESERVED["public"])}
    assert {"evolution", "auditor"} <= found


@pytest.mark.parametrize("audience", ["public", "auditeur"])
def test_help_says_nothing_of_this_project_s_reserved_records(project: Path, tmp_path: Path, audience: str) -> None:
    """The number of certifications shown is the number of visible ones."""
    site = build(project, tmp_path / "site", PORTAIL_AUDIENCE=audience)
    home = (site / "index.html").read_text("utf-8")
    assert "6 certifications" not in home.replace("\u00a0", " ")
    assert "5 certifications" in home.replace("\u00a0", " ")
