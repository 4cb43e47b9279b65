"""Two states compared: what happened in between, the most important first; nothing told that an audience may not read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from macros.exchange.comparaison import html_of, json_of, text_of
from macros.models.base import Visibilite
from macros.portal.etats import EtatIntrouvableError, open_state, without_masks
from macros.views.comparaison import build_comparaison
from tests.cases.site import reference_date
from tests.history.depot import depot

if TYPE_CHECKING:
    from pathlib import Path

    from macros.views.comparaison.etat import EtatsCompares
    from tests.history.depot import Depot

CERTIFICATION = (
    "numero: RNCP12345\nintitule: Gérer\nrepertoire: RNCP\ntype_enregistrement: sur_demande\n"
    "date_fin_enregistrement: {fin}\ncompetences: |\n  - C1 Analyser le besoin\n  - C2 {verbe} une réponse\n"
)
CONSEIL = "intitule: Conseil de juin\ndate: 2026-06-12\ncertifications: [RNCP12345]\nstatut: {statut}\n"
DECISIONS = "decisions:\n  - id: D1\n    theme: coherence\n    nature: referentiel\n    texte: Réviser le bloc 1\n"
ACTION = "intitule: Action {n}\nnature: formation\ndate: 2026-01-15\necheance: {echeance}\nstatut: {statut}\n{plus}"
PREUVE = "type: autre\ntitre: Note {titre}\ndate: 2026-01-15\ncertifications: [RNCP12345]\nrevisions:\n  - numero: 1\n    date: 2026-01-15\n    emplacement: Coffre\n    sha256: {sha}\n"
CLOSE = "cloture: {date: 2026-06-01, bilan: Fait}\n"
BEFORE: dict[str, str | None] = {
    "data/certifications/RNCP12345.yml": CERTIFICATION.format(fin="2027-06-30", verbe="Préparer"),
    "data/conseils/CP-2026-06-NUM.yml": CONSEIL.format(statut="convoque"),
    "data/actions/A-2026-001.yml": ACTION.format(n=1, echeance="2026-09-30", statut="en_cours", plus=""),
    "data/actions/A-2026-002.yml": ACTION.format(n=2, echeance="2026-12-31", statut="en_cours", plus=""),
    "data/actions/A-2026-003.yml": ACTION.format(n=3, echeance="2026-12-31", statut="en_cours", plus=""),
    "data/preuves/PR-2026-001.yml": PREUVE.format(titre="A", sha="a" * 64),
}
AFTER: dict[str, str | None] = {
    "data/certifications/RNCP12345.yml": CERTIFICATION.format(fin="2029-06-30", verbe="Concevoir"),
    "data/conseils/CP-2026-06-NUM.yml": CONSEIL.format(statut="tenu") + DECISIONS,
    "data/actions/A-2026-002.yml": ACTION.format(n=2, echeance="2026-12-31", statut="close", plus=CLOSE),
    "data/actions/A-2026-003.yml": None,
    "data/actions/A-2026-004.yml": ACTION.format(n=4, echeance="2027-01-31", statut="planifiee", plus=""),
    "data/preuves/PR-2026-001.yml": PREUVE.format(titre="A", sha="b" * 64),
    "data/preuves/PR-2026-002.yml": PREUVE.format(titre="B", sha="c" * 64),
}


@pytest.fixture
def project(tmp_path: Path) -> Depot:
    """A project of two versions, the first one before its reference date."""
    made = depot(tmp_path / "projet", BEFORE)
    text = (made.folder / "data/organisme.yml").read_text("utf-8")
    early = text.replace("2026-11-20", "2026-06-01")
    made.save({"data/organisme.yml": early})
    made.git("tag", "avant")
    made.save({**AFTER, "data/organisme.yml": text})
    return made


def compared(
    project: Depot, audience: Visibilite = Visibilite.INTERNE, numero: str = "", *, avant: str = "avant", apres: str = "HEAD"
) -> EtatsCompares:
    """Return what differs between two versions of a project."""
    sides = [open_state(project.folder, each, reference_date).vue(audience) for each in (avant, apres)]
    return build_comparaison(sides[0], sides[1], numero)


def rows(found: EtatsCompares) -> dict[str, list[tuple[str, str, str]]]:
    """Return each section as `(record, pill, text)`."""
    return {s.ancre: [(r.fiche.texte, r.pastille.texte, r.texte.replace("\u00a0", " ")) for r in s.lignes] for s in found.sections}


def test_everything_that_happened_is_told_in_order(project: Depot) -> None:
    """Registration, session, decision, actions late, opened, closed, removed, text, evidence: each told once."""
    found = compared(project)
    assert rows(found)["certifications"] == [("RNCP12345", "changement", "fin d’enregistrement : 30 juin 2027 → 30 juin 2029")]
    assert rows(found)["conseils"] == [("CP-2026-06-NUM", "tenu", "Conseil de juin, le 12 juin 2026, 1 décision")]
    assert rows(found)["decisions"] == [("CP-2026-06-NUM.D1", "référentiel", "Réviser le bloc 1")]
    assert rows(found)["actions"] == [
        ("A-2026-001", "en retard", "Action 1, attendue le 30 septembre 2026"),
        ("A-2026-004", "ouverte", "Action 4, échéance le 31 janvier 2027"),
        ("A-2026-002", "close", "Action 2, le 1er juin 2026"),
        ("A-2026-003", "retrait", "Action 3"),
    ]
    assert rows(found)["preuves"] == [
        ("PR-2026-002", "ajout", "Note B, autre document du 15 janvier 2026"),
        ("PR-2026-001", "empreinte changée", "Note A, révision 1, sans nouvelle version"),
    ]
    assert [s.ancre for s in found.sections] == ["certifications", "conseils", "decisions", "actions", "referentiel", "preuves"]
    assert found.resume.startswith(
        "1\u00a0certification changée, 1\u00a0conseil tenu, 1\u00a0décision prise, actions\u00a0: 1 en retard, 1 ouverte et 1 close"
    )


def test_the_same_state_has_no_difference(project: Depot) -> None:
    """A version compared with itself says that nothing changed."""
    assert compared(project, avant="HEAD").resume == "Rien n’a changé."


def test_outside_no_former_text_nor_removed_record(project: Depot) -> None:
    """To an auditor, the new text is shown with what is new in it, the former one only counted; what is gone is not named."""
    found = compared(project, Visibilite.AUDITEUR)
    everything = text_of(found) + html_of(found).decode() + json_of(found).decode()
    assert "Concevoir" in everything
    assert "Préparer" not in everything
    assert "A-2026-003" not in everything
    assert "1\u00a0supprimé" in everything
    assert "Préparer" in text_of(compared(project))


def test_one_certification(project: Depot) -> None:
    """On one certification, what is about the whole organisation or another one is left out."""
    found = compared(project, numero="RNCP12345")
    assert "actions" not in rows(found)
    assert "conseils" in rows(found)


def test_the_three_forms_tell_the_same(project: Depot) -> None:
    """Text, page and data hold every difference."""
    found = compared(project)
    data = json.loads(json_of(found))
    assert [s["ancre"] for s in data["sections"]] == [s.ancre for s in found.sections]
    assert data["avant"]["date"] == "2026-06-01"
    for section in found.sections:
        for row in section.lignes:
            assert row.fiche.texte in text_of(found)
            assert row.fiche.texte in html_of(found).decode()


def test_a_version_that_the_tool_no_longer_reads_whole(project: Depot) -> None:
    """Records that the models refuse are left aside and named; the others are compared."""
    project.save({"data/actions/A-2026-009.yml": "intitule: Ancien\ncle_oubliee: oui\n"})
    found = compared(project)
    assert "A-2026-009" in found.apres.notes[0]


@pytest.mark.parametrize("asked", ["inconnu", "--upload-pack=x", "", "HEAD~99"])
def test_a_name_that_leads_nowhere(project: Depot, asked: str) -> None:
    """What is no folder, no edition, no version is refused with examples."""
    with pytest.raises(EtatIntrouvableError, match="ni un dossier, ni une édition"):
        open_state(project.folder, asked, reference_date)


def test_masks_are_taken_out() -> None:
    """Links hidden in the JSON of an edition leave no trace in what is read back."""
    data: Any = {"a": {"masque": "une preuve"}, "b": ["x", {"masque": "y"}], "c": {"d": 1}}
    assert without_masks(data) == {"b": ["x"], "c": {"d": 1}}
