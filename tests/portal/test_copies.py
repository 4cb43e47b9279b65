"""Copies of evidence on the site: where, for whom, which bytes, how they are offered and served."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any

import pytest

from macros.portal.catalogue import macros_of
from macros.portal.disk import write_pages
from macros.portal.media import content_type
from macros.portal.on_demand import on_demand
from macros.portal.produits import make_all, produits
from macros.portal.state import Portail, open_portal
from macros.problems import DataError
from tests.browser.sites import ROOT, make_project, write_record
from tests.cases.site import reference_date
from tests.cases.world import AUDITEUR, INTERNE, PUBLIC

if TYPE_CHECKING:
    from pathlib import Path
    from wsgiref.types import StartResponse

    from macros.models.base import Visibilite

NAME = "2026/Liste remise par Mme Canari.PDF"
PERSONS = "2026/Dossier de Mme Canari.txt"
PAGE = "2026/canari.md"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Give a small project with three documents whose file names are to stay inside."""
    folder = tmp_path / "projet"
    for name, content in ((NAME, b"%PDF-1.7 contenu"), (PERSONS, b"noms"), (PAGE, b"{{ 1/0 }}")):
        path = folder / "data/preuves" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    write_record(
        folder / "data/organisme.yml", {"format": "1", "denomination": "Essai", "demonstration": "oui", "date_reference": "2026-11-20"}
    )
    _proof(folder, "PR-2026-001", NAME, visibilite="public", titre="Public")
    _proof(folder, "PR-2026-002", PERSONS, conservation={"donnees_personnelles": "oui"}, titre="Personnes")
    _proof(folder, "PR-2026-003", PAGE, titre="Page")
    _proof(folder, "PR-2026-004", PAGE, visibilite="interne", titre="Interne")
    return folder


def _proof(project: Path, identifier: str, name: str, **stated: Any) -> None:
    sha256 = hashlib.sha256((project / "data/preuves" / name).read_bytes()).hexdigest()
    revision = {"numero": "1", "date": "2026-01-05", "fichier": name, "sha256": sha256}
    write_record(project / f"data/preuves/{identifier}.yml", {"type": "autre", "date": "2026-01-05", "revisions": [revision]} | stated)


def opened(project: Path, audience: Visibilite) -> Portail:
    """Return the state of a project for an audience."""
    return open_portal(project, audience, reference_date)


@pytest.mark.parametrize(
    ("audience", "expected"),
    [
        (INTERNE, {"PR-2026-001/r1.pdf", "PR-2026-002/r1.txt", "PR-2026-003/r1.txt", "PR-2026-004/r1.txt"}),
        (AUDITEUR, {"PR-2026-001/r1.pdf", "PR-2026-003/r1.txt"}),
        (PUBLIC, {"PR-2026-001/r1.pdf"}),
    ],
)
def test_documents_are_copied_with_their_proof(project: Path, audience: Visibilite, expected: set[str]) -> None:
    """Each visible document that may leave is copied, byte for byte, and its file name is nowhere outside the organisation."""
    state = opened(project, audience)
    made = dict(make_all(state))
    copies = {path.removeprefix("preuves/"): content for path, content in made.items() if path.startswith("preuves/")}
    assert set(copies) == expected
    assert copies["PR-2026-001/r1.pdf"] == b"%PDF-1.7 contenu"
    said = "\n".join([*made, *(content.decode("utf-8", "replace") for path, content in made.items() if not path.endswith(".xlsx"))])
    assert state.vue is not None
    shown = macros_of(state.vue)["registre_preuves"]()
    assert ("Canari" in said + shown) == (audience is INTERNE)
    assert set(re.findall(r'href="racine:/preuves/(PR-[^"]*/[^"]*)"', shown)) == expected
    assert "Ouvrir (PDF, 16 octets)" in shown.replace("\u00a0", " ")
    assert ("montré sur demande" in shown) == (audience is AUDITEUR)


def test_an_altered_document_is_told_and_not_copied(project: Path) -> None:
    """Other bytes than those noted are no evidence: the register says so, in each edition."""
    (project / "data/preuves" / NAME).write_bytes(b"autre")
    for audience in (INTERNE, AUDITEUR, PUBLIC):
        state = opened(project, audience)
        assert state.vue is not None
        assert "preuves/PR-2026-001/r1.pdf" not in {produit.chemin for produit in produits(state)}
        assert "empreinte différente, document non copié" in macros_of(state.vue)["registre_preuves"]()


@pytest.mark.parametrize("change", ["altered", "removed"])
def test_a_document_that_changes_meanwhile_stops_the_build(project: Path, change: str) -> None:
    """Bytes are checked when they are read: nothing else than what the register says can be copied."""
    state = opened(project, AUDITEUR)
    path = project / "data/preuves" / NAME
    path.write_bytes(b"autre") if change == "altered" else path.unlink()
    with pytest.raises(DataError) as caught:
        list(make_all(state))
    assert [problem.code for problem in caught.value.problems] == ["fichier-illisible"]


def test_pages_on_disk_hold_the_copies_and_no_new_page(project: Path, tmp_path: Path) -> None:
    """For another engine too, a document written in Markdown is a text beside the pages: no engine runs it."""
    for name in ("docs", "overrides"):
        (project / name).mkdir()
    (project / "docs/index.md").write_text("# Essai\n", "utf-8")
    (project / "mkdocs.yml").write_text((ROOT / "mkdocs.yml").read_text("utf-8"), "utf-8")
    write_pages(opened(project, AUDITEUR), tmp_path / "pages")
    there = {path.relative_to(tmp_path / "pages/docs/preuves").as_posix() for path in (tmp_path / "pages/docs/preuves").rglob("*.*")}
    assert there == {"PR-2026-001/r1.pdf", "PR-2026-003/r1.txt"}


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("preuves/PR-2026-001/r1.pdf", "application/pdf"),
        ("preuves/PR-2026-001/r12.csv", "text/csv; charset=utf-8"),
        ("preuves/PR-2026-001/r1", "application/octet-stream"),
        ("preuves/PR-2026-001/r1.exe", "application/octet-stream"),
        ("preuves/index.html", ""),
        ("preuves/", ""),
        ("conseils/x.csv", ""),
        ("telechargements/preuves.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ],
)
def test_a_server_says_what_a_copy_is(path: str, kind: str) -> None:
    """A usual document has its kind, any other is bytes; what no product is called is left to the server below."""
    assert content_type(path) == kind


def test_a_server_gives_a_copy_when_asked(project: Path) -> None:
    """Under `serve`, a copy has its bytes, and no browser guesses another kind; that of a hidden proof is not there."""
    state = opened(project, AUDITEUR)

    def below(_environ: dict[str, Any], start: StartResponse) -> list[bytes]:
        start("404 Not Found", [])
        return [b"autre"]

    application = on_demand(below, lambda: state, "/")

    def asked(path: str) -> tuple[str, dict[str, str], bytes]:
        found: list[tuple[str, dict[str, str]]] = []

        def start(status: str, headers: list[tuple[str, str]], _error: object = None) -> Any:
            found.append((status, dict(headers)))

        body = b"".join(application({"PATH_INFO": path}, start))
        return (*found[0], body)

    status, headers, body = asked("/preuves/PR-2026-001/r1.pdf")
    assert (status, headers["Content-Type"], body) == ("200 OK", "application/pdf", b"%PDF-1.7 contenu")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert asked("/preuves/PR-2026-004/r1.txt")[2] == asked("/preuves/PR-2026-002/r1.txt")[2] == b"autre"


def test_the_demonstration_offers_its_documents(tmp_path: Path) -> None:
    """Each document filed with its fingerprint can be opened from the register, by auditors as by the organisation."""
    state = opened(make_project(tmp_path / "projet"), AUDITEUR)
    assert state.vue is not None
    copies = [produit.chemin for produit in produits(state) if produit.chemin.startswith("preuves/")]
    shown = macros_of(state.vue)["registre_preuves"]()
    assert len(copies) > 10
    assert [path for path in copies if f'href="racine:/{path}"' not in shown] == []
