"""A dossier: restricted to its certifications, in each form, opened by what is told once, taken back and purged."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from datetime import date
from typing import TYPE_CHECKING

import pypdf
import pytest

from macros.editions.coffre_reading import open_site
from macros.editions.manifeste import verify
from tests.editions.projet import portail, projet, tree

if TYPE_CHECKING:
    from pathlib import Path

    from tests.history.depot import Depot

PIECE = b"%PDF-1.4 une convention gardee au coffre\n"
OTHER = "numero: RNCP54321\nintitule: Autre metier AUTRECERTIF\nrepertoire: RNCP\ntype_enregistrement: sur_demande\n"
PREUVE = "type: convention\ntitre: {titre}\ndate: 2026-01-15\ncertifications: [{numero}]\nrevisions:\n  - numero: 1\n    date: 2026-01-15\n    emplacement: Coffre\n    sha256: {sha}\n"
FILES: dict[str, str | None] = {
    "data/certifications/RNCP54321.yml": OTHER,
    "data/preuves/PR-2026-001.yml": PREUVE.format(titre="Convention", numero="RNCP12345", sha=hashlib.sha256(PIECE).hexdigest()),
    "data/preuves/PR-2026-002.yml": PREUVE.format(titre="Convention AUTRECERTIF", numero="RNCP54321", sha="b" * 64),
    "data/actions/A-2026-001.yml": "intitule: Relire AUTRECERTIF\nnature: formation\ndate: 2026-01-15\ncertifications: [RNCP54321]\n",
    "data/actions/A-2026-002.yml": "intitule: Relire la grille\nnature: formation\ndate: 2026-01-15\ncertifications: [RNCP12345]\nnotes: SECRETINTERNE\n",
}
ASKED = ("dossier", "RNCP12345", "--expire", "2026-12-31", "--objet", "Contrôle sur pièces", "--pour", "France compétences")


@pytest.fixture(scope="module")
def remis(tmp_path_factory: pytest.TempPathFactory) -> tuple[Depot, str]:
    """A project that handed out one dossier in every form, with a document found outside, and what the command said."""
    folder = tmp_path_factory.mktemp("dossier")
    made = projet(folder / "projet", FILES)
    (folder / "coffre" / "2026").mkdir(parents=True)
    (folder / "coffre" / "2026" / "Dupont convention.pdf").write_bytes(PIECE)
    (folder / "coffre" / "autre.pdf").write_bytes(b"rien")
    done = portail(
        made.folder, *ASKED, "--pieces", str(folder / "coffre"), "--nginx", str(folder / "nginx"), "--adresse", "https://exemple.fr"
    )
    assert done.returncode == 0, done.stderr
    return made, done.stdout


def place(made: Depot, kind: str) -> Path:
    """Return where a form of the dossier is."""
    return made.folder / "publication-dossiers" / kind / "DOS-2026-001"


def test_it_tells_of_its_certifications_only(remis: tuple[Depot, str]) -> None:
    """Nothing of another certification, nothing internal, no name of a file: in no page, index, calendar or data of the site."""
    site = tree(place(remis[0], "en-ligne"))
    assert verify(place(remis[0], "en-ligne")).est_entier
    assert {name for name in site if "RNCP54321" in name or "PR-2026-002" in name} == set()
    for name, content in site.items():
        assert not re.search(rb"AUTRECERTIF|RNCP54321|SECRETINTERNE|Dupont|A-2026-001", content), name
    assert b"RNCP12345" in site["index.html"]
    assert b"Relire la grille" in site["actions/index.html"] if "actions/index.html" in site else True
    facts = json.loads(site["edition.json"])
    assert (facts["nom"], facts["expire"], facts["certifications"]) == ("DOS-2026-001", "2026-12-31", ["RNCP12345"])


def test_a_document_kept_elsewhere_is_found_by_its_hash(remis: tuple[Depot, str]) -> None:
    """It is in the dossier under a neutral name; the record of the project still says that it is kept elsewhere."""
    assert (place(remis[0], "en-ligne") / "preuves/PR-2026-001/r1.pdf").read_bytes() == PIECE
    assert "emplacement: Coffre" in (remis[0].folder / "data/preuves/PR-2026-001.yml").read_text("utf-8")
    assert "pieces: 1" in (remis[0].folder / "data/dossiers/DOS-2026-001.yml").read_text("utf-8")


def test_every_form_is_there_and_stands_alone(remis: tuple[Depot, str]) -> None:
    """A ZIP with its manifest, a PDF that carries the document, an encrypted ZIP, a link whose files tell nothing."""
    made, said = remis
    folder = place(made, "remises")
    with zipfile.ZipFile(folder / "DOS-2026-001.zip") as archive:
        assert {"index.html", "LISEZ-MOI.txt", "MANIFESTE.sha256", "preuves/PR-2026-001/r1.pdf"} <= set(archive.namelist())
    attached = pypdf.PdfReader(folder / "DOS-2026-001.pdf").attachments
    assert any(PIECE in contents for contents in attached.values())
    with zipfile.ZipFile(folder / "DOS-2026-001-chiffre.zip") as sealed:
        assert set(sealed.namelist()) == {"LISEZ-MOI.txt", "dossier.zip"}
    key = re.search(r"https://exemple\.fr/#(\S{43})", said)
    assert key
    opened = open_site(folder / "lien", key[1], date(2026, 11, 20))
    assert list(opened.refused()) == []
    assert "RNCP12345" not in "\n".join(tree(folder / "lien"))


def test_what_opens_it_is_told_once(remis: tuple[Depot, str]) -> None:
    """Neither the key of the link nor the phrase of the ZIP is in any file of the project or of the dossier."""
    made, said = remis
    key, phrase = re.search(r"#(\S{43})", said), re.search(r"((?:[a-z0-9]{4}-){5}[a-z0-9]{4})", said)
    assert key
    assert phrase
    for name, content in tree(made.folder).items():
        assert key[1].encode() not in content, name
        assert phrase[1].encode() not in content, name


def test_the_register_says_for_whom_and_until_when(remis: tuple[Depot, str]) -> None:
    """The record is valid, and stays inside the organisation."""
    made, _ = remis
    assert portail(made.folder, "verifier").returncode == 0
    text = (made.folder / "data/dossiers/DOS-2026-001.yml").read_text("utf-8")
    assert "pour: France compétences" in text
    assert not any(b"DOS-2026" in path for path in map(str.encode, tree(place(made, "en-ligne"))))


REFUSALS = {
    "sans certification": (["dossier", "--expire", "2026-12-31"], "quelles certifications"),
    "inconnue": (["dossier", "RNCP99999", "--expire", "2026-12-31"], "RNCP99999"),
    "sans échéance": (["dossier", "RNCP12345"], "jusqu’à quand"),
    "échéance passée": (["dossier", "RNCP12345", "--expire", "2020-01-01"], "déjà passé"),
    "révocation inconnue": (["dossier", "--revoquer", "DOS-2026-009"], "DOS-2026-009"),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_what_is_refused_changes_nothing(remis: tuple[Depot, str], case: str) -> None:
    """Each refusal is one French sentence, and nothing is written."""
    arguments, said = REFUSALS[case]
    before = tree(remis[0].folder)
    done = portail(remis[0].folder, *arguments)
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert tree(remis[0].folder) == before


def test_revoked_then_purged(tmp_path: Path) -> None:
    """A revoked dossier leaves no file; an expired one goes at the next publication; ids are never used twice."""
    made = projet(tmp_path / "projet", FILES)
    small = ("--forme", "zip")
    assert portail(made.folder, *ASKED, *small).returncode == 0
    made.save({}, "registre")
    done = portail(made.folder, "dossier", "--revoquer", "DOS-2026-001", "--motif", "Contrôle terminé")
    assert done.returncode == 0, done.stderr
    assert not place(made, "remises").exists()
    assert "motif: Contrôle terminé" in (made.folder / "data/dossiers/DOS-2026-001.yml").read_text("utf-8")
    assert "déjà révoqué" in portail(made.folder, "dossier", "--revoquer", "DOS-2026-001").stderr
    made.save({}, "révoqué")
    again = portail(made.folder, "dossier", "RNCP12345", "--expire", "2026-11-21", *small)
    assert "DOS-2026-002" in again.stdout, again.stderr
    made.save(
        {"data/organisme.yml": (made.folder / "data/organisme.yml").read_text("utf-8").replace("2026-11-20", "2026-12-20")}, "plus tard"
    )
    published = portail(made.folder, "publier", "2026.1", "--titre", "Revue")
    assert "DOS-2026-002 expiré" in published.stdout, published.stderr
    assert not (made.folder / "publication-dossiers/remises/DOS-2026-002").exists()
