"""A conseil page says whether its record changed since its minutes: by a noted fingerprint, or by that of the filed PDF."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from macros.documents.press import Press
from macros.models.base import Visibilite
from macros.views.documents import SHORT, documents_of
from macros.views.documents.feuille import Genre
from macros.views.suites import build_pv
from tests.cases.runner import AUDIENCES
from tests.cases.site import MINIATURE, vue_of

if TYPE_CHECKING:
    from pathlib import Path

ROOT = MINIATURE.parents[1]
ID, NUMERO = "CP-2024-12-NUM", "RNCP99001"
FILED = "data/preuves/2025/PR-2025-050-r1.pdf"
PROOF = f"""\
type: pv_cp
titre: PV de décembre 2024
date: 2024-12-20
visibilite: public
revisions:
  - numero: 1
    date: 2024-12-20
    fichier: {FILED.removeprefix("data/preuves/")}
"""
UNCHANGED, CHANGED = "fiche inchangée", "fiche modifiée depuis"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Give a copy of the miniature project."""
    folder = tmp_path / "projet"
    shutil.copytree(MINIATURE, folder)
    return folder


def state(project: Path, audience: Visibilite = Visibilite.INTERNE) -> str:
    """Return what the page says of the record of the session and of its minutes; nothing when it says nothing."""
    vue = vue_of(project, audience)
    line = next(line for line in build_pv(vue, vue.registre.conseils[ID]) if line.certification.texte == NUMERO)
    return line.depuis.texte if line.depuis else ""


def edit(project: Path, before: str, after: str) -> None:
    """Change the record of the session, which must hold `before`."""
    record = project / f"data/conseils/{ID}.yml"
    text = record.read_text("utf-8")
    assert before in text
    record.write_text(text.replace(before, after, 1), "utf-8")


def note(project: Path, length: int) -> None:
    """Note in the record the fingerprint that its minutes print."""
    printed = vue_of(project, Visibilite.INTERNE).registre.fiches[ID][:length]
    edit(project, "    etat: approuve\n", f'    etat: approuve\n    empreinte: "{printed}"\n')


def test_nothing_is_said_without_a_fingerprint(project: Path) -> None:
    """Minutes whose fingerprint nobody knows are neither praised nor suspected."""
    assert state(project) == ""


@pytest.mark.parametrize("length", [SHORT, 64])
def test_a_noted_fingerprint_tells(project: Path, length: int) -> None:
    """The short one, copied from the foot of a page, and the long one do the same."""
    note(project, length)
    assert state(project) == UNCHANGED
    edit(project, "prochaine_date: 2025-12-11", "prochaine_date: 2025-12-12")
    assert state(project) == CHANGED


def test_a_filed_pdf_tells_by_itself(project: Path) -> None:
    """The PDF that the portal made, filed as the proof of the minutes, is enough; each audience is told the same."""
    vue = vue_of(project, Visibilite.INTERNE)
    conseil = vue.registre.conseils[ID]
    minutes = next(document for document in documents_of(conseil) if document.genre is Genre.PV)
    (project / FILED).parent.mkdir(parents=True, exist_ok=True)
    (project / FILED).write_bytes(Press(project, vue).pdf(conseil, minutes))
    (project / "data/preuves/PR-2025-050.yml").write_text(PROOF, "utf-8")
    edit(project, "    etat: approuve\n", "    etat: approuve\n    preuve: PR-2025-050\n")
    edit(project, "notes: |\n", "visibilite: public\nnotes: |\n  Une note de plus.\n")
    assert {state(project, audience) for audience in AUDIENCES} == {UNCHANGED}
    edit(project, "Salle du conseil", "Salle neuve")
    assert {state(project, audience) for audience in AUDIENCES} == {CHANGED}


def test_the_demonstration_shows_both() -> None:
    """The demonstration has minutes whose record stayed as it was, and minutes whose record changed since."""
    vue = vue_of(ROOT, Visibilite.INTERNE)
    said = {line.depuis.texte for conseil in vue.registre.conseils.values() for line in build_pv(vue, conseil) if line.depuis}
    assert said == {UNCHANGED, CHANGED}


def test_a_pdf_of_another_hand_says_nothing(project: Path) -> None:
    """A filed PDF that the portal did not make has no fingerprint to compare."""
    (project / FILED).parent.mkdir(parents=True, exist_ok=True)
    (project / FILED).write_bytes(b"%PDF-1.7\n<pdf:Keywords>empreinte-abc</pdf:Keywords>\n%%EOF")
    (project / "data/preuves/PR-2025-050.yml").write_text(PROOF, "utf-8")
    edit(project, "    etat: approuve\n", "    etat: approuve\n    preuve: PR-2025-050\n")
    assert state(project) == ""
