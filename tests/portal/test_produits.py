"""Files beside the pages: which exist for whom, made once and only when asked for."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import zipfile
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader

from macros.documents import pdf
from macros.documents.cache import FOLDER, kept, key_of, trim
from macros.models.base import Visibilite
from macros.portal.media import TYPES
from macros.portal.on_demand import on_demand
from macros.portal.produits import make_all, produits
from macros.portal.state import Portail, open_portal
from macros.problems import DataError
from macros.views import agenda_evenement, flux
from macros.views.classeurs import feuille as classeur_feuille
from macros.views.documents import feuille
from macros.views.pieces import is_copy
from tests.cases.runner import AUDIENCES
from tests.cases.site import MINIATURE, reference_date, rendered

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path
    from wsgiref.types import StartResponse

    from macros.views.documents.feuille import Feuille

LINK = re.compile(r'href="racine:/([^"#?]+\.(?:pdf|docx|xlsx|ics|atom|json)|preuves/PR-[^"#?/]+/r[^"#?/]+)"')
SIGNATURES = {
    ".pdf": b"%PDF-",
    ".docx": b"PK\x03\x04",
    ".xlsx": b"PK\x03\x04",
    ".ics": b"BEGIN:VCALENDAR\r\n",
    ".atom": b"<?xml ",
    ".json": b"{",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Give a copy of the miniature project, where files may be kept."""
    folder = tmp_path / "projet"
    shutil.copytree(MINIATURE, folder)
    return folder


def opened(project: Path, audience: Visibilite) -> Portail:
    """Return the state of a project for an audience."""
    return open_portal(project, audience, reference_date)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_links_and_files_agree(project: Path, audience: Visibilite) -> None:
    """Every file a page offers exists, and every file that exists is offered by a page."""
    state = opened(project, audience)
    assert state.vue is not None
    offered = {path for text in rendered(state.vue).values() for path in LINK.findall(text)}
    existing = {produit.chemin: produit for produit in produits(state)}
    listed = {
        row["fichier"]
        for path in offered
        if path.endswith("/index.json")
        for row in json.loads(existing[path].make()).get("enregistrements", [])
    }
    assert offered | listed == set(existing)
    assert offered, "an edition offers at least its calendar"


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_file_is_what_its_name_says(project: Path, audience: Visibilite) -> None:
    """Each file can be made, begins as its kind does, and is the same bytes when made again elsewhere."""
    made = dict(make_all(opened(project, audience)))
    ours = {path: content for path, content in made.items() if not is_copy(path)}
    assert all(content.startswith(SIGNATURES["." + path.rpartition(".")[2]]) for path, content in ours.items())
    shutil.rmtree(project / FOLDER)
    assert dict(make_all(opened(project, audience))) == made


def test_an_auditor_gets_what_proves_and_no_draft(project: Path) -> None:
    """Word files, invitations, sheets to sign and minutes that nobody sent stay with those who hold the session."""
    auditor = {produit.chemin for produit in produits(opened(project, Visibilite.AUDITEUR))}
    internal = {produit.chemin for produit in produits(opened(project, Visibilite.INTERNE))}
    assert auditor < internal
    kept_back = internal - auditor
    assert {path.rpartition(".")[2] for path in kept_back} >= {"docx", "ics", "pdf"}
    assert not any(word in path for path in auditor for word in ("emargement", "invitation", ".docx"))
    state = opened(project, Visibilite.AUDITEUR)
    assert state.vue is not None
    for conseil in state.vue.registre.conseils.values():
        for numero in conseil.certifications:
            minutes = conseil.minutes_of(numero)
            there = f"conseils/{conseil.id}/{conseil.id}-pv-{numero}.pdf" in auditor
            assert there == (conseil.is_held() and minutes is not None and minutes.etat.value != "projet")


def test_a_public_edition_has_files_about_public_sessions_only(project: Path) -> None:
    """What is auditeur by default gives no file to the public: calendars of registrations, and the one session stated public."""
    public = {produit.chemin for produit in produits(opened(project, Visibilite.PUBLIC))}
    about = {path.split("/")[1] for path in public if path.startswith("conseils/CP-")}
    assert about == {"CP-2026-12-NUM"}


def test_nothing_is_made_twice(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second pass takes every document from what was kept; a change of the record makes its own again, and only those."""
    calls: list[str] = []
    real = pdf.pdf_bytes

    def counted(feuille: Feuille, day: date, logo: bytes | None = None) -> bytes:
        calls.append(feuille.nom)
        return real(feuille, day, logo)

    monkeypatch.setattr(pdf, "pdf_bytes", counted)
    first = dict(make_all(opened(project, Visibilite.INTERNE)))
    assert calls
    calls.clear()
    assert dict(make_all(opened(project, Visibilite.INTERNE))) == first
    assert calls == []
    record = project / "data/conseils/CP-2026-12-NUM.yml"
    record.write_text(record.read_text("utf-8") + "numero: 2026-9\n", "utf-8")
    changed = dict(make_all(opened(project, Visibilite.INTERNE)))
    assert calls
    assert all(name.startswith("CP-2026-12-NUM") for name in calls)
    assert {path for path in first if first[path] != changed[path] and path.endswith(".pdf")} == {
        f"conseils/CP-2026-12-NUM/{n}.pdf" for n in calls
    }


def test_what_is_kept_is_checked(tmp_path: Path) -> None:
    """A kept file that was altered, cut or emptied is made again; a folder that cannot be written only costs time."""
    key = key_of([b"contenu"])
    assert kept(tmp_path, key, lambda: b"fait") == b"fait"
    assert kept(tmp_path, key, lambda: pytest.fail("made twice")) == b"fait"
    file = next(path for path in tmp_path.rglob("*") if path.is_file())
    for damage in (b"", b"x" * 10, file.read_bytes()[:-1], file.read_bytes()[:-1] + b"!"):
        file.write_bytes(damage)
        assert kept(tmp_path, key, lambda: b"refait") == b"refait"
        assert kept(tmp_path, key, lambda: pytest.fail("made twice")) == b"refait"
    blocked = tmp_path / "fichier"
    blocked.write_text("ici, pas de dossier", "utf-8")
    assert kept(blocked, key, lambda: b"fait") == b"fait"


def test_parts_of_a_key_do_not_run_together() -> None:
    """Two lists of parts that join into the same bytes are two keys."""
    assert key_of([b"ab", b"c"]) != key_of([b"a", b"bc"])
    assert key_of([b"abc"]) != key_of([b"abc", b""])


def test_only_so_much_is_kept(tmp_path: Path) -> None:
    """The oldest kept files leave when there are too many."""
    for number in range(5):
        key = key_of([bytes([number])])
        kept(tmp_path, key, lambda: b"fait")
        path = tmp_path / key[:2] / key
        os.utime(path, ns=(number * 10**9, number * 10**9))
    trim(tmp_path, most=2)
    left = {path.name for path in tmp_path.rglob("*") if path.is_file()}
    assert left == {key_of([bytes([3])]), key_of([bytes([4])])}


def test_a_server_makes_a_file_when_asked(project: Path) -> None:
    """The layer over a server answers for products below its address, for this edition only, and leaves the rest."""
    state = opened(project, Visibilite.AUDITEUR)

    def below(_environ: dict[str, Any], start: StartResponse) -> list[bytes]:
        start("404 Not Found", [])
        return [b"autre"]

    application = on_demand(below, lambda: state, "/portail/")

    def asked(path: str) -> tuple[str, dict[str, str], bytes]:
        found: list[tuple[str, dict[str, str]]] = []

        def start(status: str, headers: list[tuple[str, str]], _error: object = None) -> Any:
            found.append((status, dict(headers)))

        body = b"".join(application({"PATH_INFO": path}, start))
        return (*found[0], body)

    status, headers, body = asked("/portail/telechargements/calendrier.ics")
    assert (status, headers["Content-Type"], body[:15]) == ("200 OK", TYPES[".ics"], b"BEGIN:VCALENDAR")
    assert int(headers["Content-Length"]) == len(body)
    status, headers, body = asked("/portail/certifications/RNCP99001/RNCP99001.atom")
    assert (status, headers["Content-Type"], body[:6]) == ("200 OK", "application/atom+xml; charset=utf-8", b"<?xml ")
    draft = "/portail/conseils/CP-2026-12-NUM/CP-2026-12-NUM-emargement.pdf"
    for path in (
        draft,
        "/telechargements/calendrier.ics",
        "/portail/conseils/../conseils/calendrier.ics",
        "/portail/absent.pdf",
        "/portail/",
    ):
        assert asked(path)[2] == b"autre", path


def inside(path: str, content: bytes) -> str:
    """Return every text a file holds: attachments and properties of a PDF, parts of an Office file, lines of a calendar."""
    if path.endswith(".pdf"):
        reader = PdfReader(io.BytesIO(content))
        attached = [part.decode() for parts in reader.attachments.values() for part in parts]
        return "\n".join([*attached, *(page.extract_text() for page in reader.pages), str(reader.metadata)])
    if path.endswith((".docx", ".xlsx")):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    return content.decode().replace("\r\n ", "")


def test_what_was_made_for_one_audience_is_not_given_to_another(project: Path) -> None:
    """Editions made one after the other in the same folder keep what is reserved where it belongs, attachments included."""
    note = "NOTE-DE-SEANCE"
    for name in ("CP-2024-12-NUM", "CP-2026-12-NUM"):
        record = project / f"data/conseils/{name}.yml"
        text = record.read_text("utf-8")
        record.write_text(text.replace("notes: |\n", f"notes: |\n  {note}\n") if "notes: |" in text else f"{text}notes: {note}\n", "utf-8")
    for audience in (Visibilite.INTERNE, Visibilite.AUDITEUR, Visibilite.PUBLIC, Visibilite.AUDITEUR):
        made = {path: inside(path, content) for path, content in make_all(opened(project, audience))}
        holding = {path for path, text in made.items() if note in text}
        if audience is not Visibilite.INTERNE:
            assert holding == set()
            assert not [path for path, text in made.items() if re.search(r"\bP-0\d\b", text)]
        assert not [path for path in holding if not path.endswith((".xlsx", ".json"))], "a document that is sent embeds no working note"


def test_nothing_shown_is_left_out_of_a_key() -> None:
    """A key is made of what a sheet, a calendar or a feed shows: no field of theirs hides from it."""
    modules = (feuille, classeur_feuille, agenda_evenement, flux)
    known = [one for module in modules for one in vars(module).values() if is_dataclass(one)]
    assert len(known) > 10
    assert [(one, each.name) for one in known for each in fields(one) if not each.repr] == []


def test_a_template_that_cannot_be_filled_stops_a_build_in_french(project: Path) -> None:
    """Both faulty templates are named at once; what else there is was made; a server answers with the sentence."""
    (project / "modeles").mkdir()
    for name in ("convocation", "pv"):
        (project / f"modeles/{name}.docx").write_bytes(b"pas un document Word")
    state = opened(project, Visibilite.INTERNE)
    with pytest.raises(DataError) as caught:
        list(make_all(state))
    assert {problem.fichier for problem in caught.value.problems} == {"modeles/convocation.docx", "modeles/pv.docx"}
    assert list(make_all(opened(project, Visibilite.AUDITEUR))), "an edition without Word documents does not need them"
    told: list[str] = []

    def start(status: str, _headers: list[tuple[str, str]], _error: object = None) -> Any:
        told.append(status)

    application = on_demand(lambda _environ, _start: [b""], lambda: state, "/")
    body = b"".join(application({"PATH_INFO": "/conseils/CP-2026-12-NUM/CP-2026-12-NUM-convocation.docx"}, start))
    assert told[0].startswith("500")
    assert "modeles/convocation.docx" in body.decode()
