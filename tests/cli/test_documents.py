"""`portail documents`: what it writes, what it says, what it never replaces."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MINIATURE = ROOT / "tests" / "miniature"
PORTAIL = Path(sys.executable).parent / "portail"
NAMES = """\
personnes:
  - id: P-01
    nom: Camille Exemple
"""
BEFORE = {"convocation", "ordre-du-jour", "emargement"}


def portail(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the installed command in `folder`, without terminal."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith("PORTAIL_")}
    return subprocess.run(
        [str(PORTAIL), *arguments], cwd=folder, env=clean, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Give a copy of the miniature project, without names."""
    folder = tmp_path / "projet"
    shutil.copytree(MINIATURE, folder)
    return folder


def names(folder: Path) -> set[str]:
    """Return the visible files of a folder."""
    return {path.name for path in folder.iterdir() if not path.name.startswith(".")}


def test_three_documents_before_all_after(project: Path) -> None:
    """A session to come gives three documents, a session held all of them, one PV a certification; the command lists them."""
    done = portail("documents", "CP-2026-12-NUM", folder=project)
    assert (done.returncode, done.stderr) == (0, "")
    sent = {f"CP-2026-12-NUM-{each}.pdf" for each in BEFORE} | {"CP-2026-12-NUM-courriel.txt", "CP-2026-12-NUM-invitation.ics"}
    assert names(project / "documents/CP-2026-12-NUM") == sent
    assert (project / "documents/CP-2026-12-NUM/CP-2026-12-NUM-courriel.txt").read_text("utf-8").startswith("Objet\u00a0: Convocation")
    done = portail("documents", "CP-2025-12-NUM", folder=project)
    assert done.returncode == 0
    held = {f"CP-2025-12-NUM-{each}.pdf" for each in BEFORE | {"pv-RNCP99001", "pv-RS99001", "releve"}}
    assert names(project / "documents/CP-2025-12-NUM") == held
    assert all(name in done.stdout for name in held)
    assert "6\u00a0documents écrits dans documents/CP-2025-12-NUM/" in done.stdout
    assert "empreinte" in done.stdout


def test_word_has_what_people_finish_by_hand(project: Path) -> None:
    """In Word: the convocation and the minutes."""
    assert portail("documents", "CP-2025-12-NUM", "--format", "docx", "--vers", "envoi", folder=project).returncode == 0
    assert names(project / "envoi") == {f"CP-2025-12-NUM-{each}.docx" for each in ("convocation", "pv-RNCP99001", "pv-RS99001")}


def test_again_is_the_same(project: Path) -> None:
    """A second run replaces the files by the same bytes; a change of the record is taken in."""
    folder = project / "documents/CP-2026-12-NUM"
    portail("documents", "CP-2026-12-NUM", folder=project)
    first = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert portail("documents", "CP-2026-12-NUM", folder=project).returncode == 0
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == first
    record = project / "data/conseils/CP-2026-12-NUM.yml"
    record.write_text(record.read_text("utf-8") + "numero: 2026-9\n", "utf-8")
    assert portail("documents", "CP-2026-12-NUM", folder=project).returncode == 0
    assert (folder / "CP-2026-12-NUM-convocation.pdf").read_bytes() != first["CP-2026-12-NUM-convocation.pdf"]


def test_the_work_of_a_person_is_not_replaced(project: Path) -> None:
    """A document that someone changed, or a file of the same name that is not ours, stops everything; nothing is written."""
    folder = project / "documents/CP-2026-12-NUM"
    portail("documents", "CP-2026-12-NUM", "--format", "docx", folder=project)
    finished = folder / "CP-2026-12-NUM-convocation.docx"
    finished.write_bytes(finished.read_bytes() + b"relu")
    (folder / "CP-2026-12-NUM-emargement.pdf").write_bytes(b"%PDF- un scan")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    word, pdf = (portail("documents", "CP-2026-12-NUM", "--format", each, folder=project) for each in ("docx", "pdf"))
    assert (word.returncode, pdf.returncode) == (1, 1)
    assert "Rien n’est écrit" in word.stderr
    assert finished.name in word.stderr
    assert "CP-2026-12-NUM-emargement.pdf" in pdf.stderr
    assert "--vers" in pdf.stderr
    assert "convocation" not in pdf.stderr
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_damaged_list_of_ours_protects_everything(project: Path) -> None:
    """Without a readable list of what was written, a file that differs is taken for someone's work."""
    folder = project / "documents/CP-2026-12-NUM"
    portail("documents", "CP-2026-12-NUM", folder=project)
    mark = folder / ".portail-documents"
    assert json.loads(mark.read_text("utf-8"))["CP-2026-12-NUM-convocation.pdf"] == _sha256(folder / "CP-2026-12-NUM-convocation.pdf")
    for damage in ("{", "[]", ""):
        mark.write_text(damage, "utf-8")
        assert portail("documents", "CP-2026-12-NUM", folder=project).returncode == 0, "the same bytes are no loss"
        mark.write_text(damage, "utf-8")
        (folder / "CP-2026-12-NUM-convocation.pdf").write_bytes(b"autre")
        assert portail("documents", "CP-2026-12-NUM", folder=project).returncode == 1
        (folder / "CP-2026-12-NUM-convocation.pdf").unlink()


def test_a_wrong_request_is_told_in_french(project: Path) -> None:
    """No session, an unknown one, a cancelled one, a wrong format, a folder of the project: one sentence, exit code 1, nothing written."""
    asked: tuple[tuple[list[str], str], ...] = (
        ([], "portail documents CP-2026-12-NUM"),
        (["CP-2025-12-NUN"], "CP-2025-12-NUM"),
        (["CP-2025-12-NUM", "--format", "odt"], "docx"),
        (["CP-2025-12-NUM", "--vers", "data"], "data"),
        (["CP-2025-12-NUM", "--vers", "docs/assets"], "docs/assets"),
        (["CP-2025-12-NUM", "--audience", "tous"], "auditeur"),
    )
    for arguments, word in asked:
        done = portail("documents", *arguments, folder=project)
        assert done.returncode != 0, arguments
        assert word in done.stderr, (arguments, done.stderr)
        assert "Traceback" not in done.stderr
    cancelled = project / "data/conseils/CP-2026-12-NUM.yml"
    cancelled.write_text(cancelled.read_text("utf-8").replace("statut: planifie", "statut: annule\nmotif_annulation: Report"), "utf-8")
    done = portail("documents", "CP-2026-12-NUM", "--format", "docx", folder=project)
    assert (done.returncode, "annulé" in done.stderr) == (1, True)
    assert not (project / "documents").exists()


def test_a_cancelled_session_is_announced(project: Path) -> None:
    """Cancelled before its day: the text that says so and the file that takes it out of calendars; after its day, nothing."""
    record = project / "data/conseils/CP-2026-12-NUM.yml"
    record.write_text(record.read_text("utf-8").replace("statut: planifie", "statut: annule\nmotif_annulation: Report"), "utf-8")
    assert portail("documents", "CP-2026-12-NUM", folder=project).returncode == 0
    folder = project / "documents/CP-2026-12-NUM"
    assert names(folder) == {"CP-2026-12-NUM-courriel.txt", "CP-2026-12-NUM-invitation.ics"}
    assert "Annulation" in (folder / "CP-2026-12-NUM-courriel.txt").read_text("utf-8")
    assert b"STATUS:CANCELLED" in (folder / "CP-2026-12-NUM-invitation.ics").read_bytes()
    record.write_text(record.read_text("utf-8").replace("date: 2026-12-10", "date: 2026-10-10"), "utf-8")
    assert portail("documents", "CP-2026-12-NUM", "--vers", "apres", folder=project).returncode == 1


def test_names_only_for_those_inside(project: Path) -> None:
    """Names come from the local file, in interne documents, which the command says; another audience has functions."""
    (project / "data/personnes.local.yml").write_text(NAMES, "utf-8")
    inside = portail("documents", "CP-2025-12-NUM", "--vers", "dedans", folder=project)
    outside = portail("documents", "CP-2025-12-NUM", "--vers", "dehors", "--audience", "auditeur", folder=project)
    assert (inside.returncode, outside.returncode) == (0, 0)
    assert "portent les noms" in inside.stdout
    assert "noms" not in outside.stdout


def test_what_a_document_cannot_hold_is_told(project: Path) -> None:
    """A logo that is no image, a character without shape: said, and the document is made."""
    (project / "docs/assets/logo.svg").write_text("pas une image", "utf-8")
    organisme = project / "data/organisme.yml"
    organisme.write_text(organisme.read_text("utf-8") + "logo: assets/logo.svg\n", "utf-8")
    record = project / "data/conseils/CP-2026-12-NUM.yml"
    record.write_text(record.read_text("utf-8").replace("titre: Bilan", "titre: Bilan 中 🙂"), "utf-8")
    done = portail("documents", "CP-2026-12-NUM", folder=project)
    assert done.returncode == 0
    assert "logo" in done.stderr
    assert "中" in done.stderr
    assert "🙂" in done.stderr


def test_own_word_templates(project: Path) -> None:
    """`--modeles` copies the templates once; one that cannot be filled is named, with what is wrong, and nothing is written."""
    assert portail("documents", "--modeles", folder=project).returncode == 0
    assert names(project / "modeles") == {"convocation.docx", "pv.docx"}
    again = portail("documents", "--modeles", folder=project)
    assert (again.returncode, "convocation.docx" in again.stderr) == (1, True)
    assert portail("documents", "CP-2025-12-NUM", "--format", "docx", folder=project).returncode == 0
    (project / "modeles/pv.docx").write_bytes(b"pas un docx")
    shutil.rmtree(project / "documents")
    done = portail("documents", "CP-2025-12-NUM", "--format", "docx", folder=project)
    assert (done.returncode, "modeles/pv.docx" in done.stderr, "Traceback" in done.stderr) == (1, True, False)
    assert not (project / "documents").exists()


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_review_of_a_certification(project: Path) -> None:
    """`--renouvellement` writes the review, its data and the list of evidence; a period is read; what cannot be is told."""
    done = portail("documents", "--renouvellement", "RNCP99001", folder=project)
    assert (done.returncode, done.stderr) == (0, "")
    made = {"RNCP99001-renouvellement.pdf", "RNCP99001-renouvellement.json", "RNCP99001-preuves.xlsx"}
    assert names(project / "documents/RNCP99001") == made
    assert all(name in done.stdout for name in made)
    done = portail("documents", "--renouvellement", "RNCP99001", "--depuis", "2025-01-01", "--jusqu-au", "2025-12-31", folder=project)
    assert done.returncode == 0
    data = json.loads((project / "documents/RNCP99001/RNCP99001-renouvellement.json").read_text("utf-8"))
    assert data["periode"] == {"du": "2025-01-01", "au": "2025-12-31"}
    for wrong, said in (
        (("--renouvellement", "RNCP99009"), "n’existe pas dans certifications"),
        (("--renouvellement", "RNCP99001", "--audience", "public"), "n’a pas de revue"),
        (("--renouvellement", "RNCP99001", "--depuis", "01/01/2025"), "2024-06-30"),
        (("--renouvellement", "RNCP99001", "--depuis", "2026-01-01", "--jusqu-au", "2025-01-01"), "antérieure"),
        (("--renouvellement", "RNCP99001", "CP-2025-12-NUM"), "sans CONSEIL"),
        (("--depuis", "2025-01-01"), "--renouvellement"),
    ):
        done = portail("documents", *wrong, folder=project)
        assert done.returncode == 1, wrong
        assert said in done.stderr + done.stdout, wrong
        assert "Traceback" not in done.stderr
