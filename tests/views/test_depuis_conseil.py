"""Since the last session of each certification: evolutions, conventions and promotions named, complaints counted by cause."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from macros.drafts.conseil import Session, prepare
from macros.models.base import Visibilite
from macros.models.seance import Theme
from macros.views.documents import convocation
from macros.views.nouveautes import news_since
from tests.cases.runner import AUDIENCES, ORGANISME, registre_of
from tests.cases.world import vue_for

if TYPE_CHECKING:
    from pathlib import Path

    from macros.views.context import Vue

TODAY, LAST = date(2026, 11, 20), date(2026, 6, 10)
INTERNE = Visibilite.INTERNE
COMPLAINT = "certifications: [RNCP1]\norigine: candidat\nobjet: Objet reconnaissable\ncause: jury\ngravite: faible\n"
PARTNER = """nom: Centre des Tilleuls
habilitations:
  - certification: RNCP1
    role: former
    delivree_le: 2026-06-11
    changements:
      - {date: 2026-06-11, nature: delivrance}
      - {date: 2026-09-01, nature: suspension, motif: Motif reconnaissable}
      - {date: 2026-12-01, nature: reprise}
  - {certification: RNCP1, role: organiser, delivree_le: 2026-07-02}
  - {certification: RNCP1, role: former, delivree_le: 2026-06-10}
"""
EVOLUTIONS = """evolutions:
  - {date: 2026-06-10, version: "1.0", nature: autre, motif: Avant.}
  - {date: 2026-06-11, version: "1.1", nature: competences, blocs: [RNCP1BC01], motif: Demande du jury.}
  - {date: 2026-11-21, version: "1.2", nature: autre, motif: Demain.}
"""
FILES: dict[str, Any] = {
    "data/organisme.yml": ORGANISME,
    "data/certifications/RNCP1.yml": "numero: RNCP1\nintitule: Essai\nrepertoire: RNCP\ntype_enregistrement: sur_demande\n" + EVOLUTIONS,
    "data/conseils/CP-2026-06-NUM.yml": f"intitule: Conseil\ndate: {LAST}\nstatut: tenu\ncertifications: [RNCP1]\n",
    "data/conseils/CP-2026-12-NUM.yml": "intitule: Conseil\ndate: 2026-12-10\nstatut: planifie\ncertifications: [RNCP1]\n",
    "data/partenaires/12345678900012.yml": PARTNER,
    "data/promotions/RNCP1-2024.yml": "certification: RNCP1\nannee: 2024\narretee_le: 2026-06-10\n",
    "data/promotions/RNCP1-2025.yml": "certification: RNCP1\nannee: 2025\narretee_le: 2026-06-11\n",
    "data/reclamations/RECL-2026-001.yml": f"date: 2026-06-10\n{COMPLAINT}cloture: {{date: 2026-06-20, issue: non_fondee, texte: x}}\n",
    "data/reclamations/RECL-2026-002.yml": f"date: 2026-06-11\n{COMPLAINT}",
    "data/reclamations/RECL-2026-003.yml": f"date: 2026-11-20\n{COMPLAINT.replace('jury', 'resultats')}",
}


def vue_on(root: Path, audience: Visibilite = INTERNE) -> Vue:
    """Return what an audience sees of a certification with a session and something new of each kind."""
    return vue_for(registre_of(root, FILES), audience, TODAY)


def told(vue: Vue) -> dict[str, list[str]]:
    """Return the lines told since the last session, by title."""
    return {each.titre: [line.replace("\u00a0", " ") for line in each.lignes] for each in news_since(vue, {"RNCP1": LAST})}


def test_each_thing_is_named_after_the_very_day_of_the_session(tmp_path: Path) -> None:
    """The day of the session belongs to it; a delivery told twice is one; what is still to come is not told."""
    found = told(vue_on(tmp_path))
    assert found["Évolutions du référentiel"] == ["RNCP1, version 1.1 du 11 juin 2026, compétences (RNCP1BC01) : Demande du jury."]
    assert found["Conventions changées"] == [
        "Centre des Tilleuls, RNCP1 : habilitation délivrée le 11 juin 2026",
        "Centre des Tilleuls, RNCP1 : habilitation délivrée le 2 juillet 2026",
        "Centre des Tilleuls, RNCP1 : habilitation suspendue le 1er septembre 2026",
    ]
    assert found["Promotions arrêtées"] == ["RNCP1, promotion 2025, arrêtée le 11 juin 2026"]
    assert found["Réclamations"] == ["2 réclamations reçues : jury 1, résultats 1", "1 réclamation close : jury 1"]


def test_a_certification_that_never_met_is_told_nothing(tmp_path: Path) -> None:
    """Without session, there is no day to count from."""
    assert news_since(vue_on(tmp_path), {}) == ()


def test_a_new_session_opens_its_points_on_what_is_new(tmp_path: Path) -> None:
    """Conventions for the point on them, promotions for the review, evolutions for coherence; complaints have their heading there already."""
    ready = prepare(Session(date(2027, 1, 15), ("RNCP1",)), vue_on(tmp_path))
    points = {point["theme"]: point.get("rubriques", []) for point in ready.draft.data["ordre_du_jour"]["points"]}
    assert points["conventions"] == ["Conventions changées depuis le dernier conseil"]
    assert points["coherence"] == ["Évolutions du référentiel depuis le dernier conseil"]
    assert points["bilan"][-1] == "Promotions arrêtées depuis le dernier conseil"
    assert sum("clamations" in line for line in points["bilan"]) == 1
    assert [each.theme for each in ready.news] == [Theme.COHERENCE, Theme.CONVENTIONS, Theme.BILAN, Theme.BILAN]


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_convocation_counts_complaints_and_only_inside(audience: Visibilite, tmp_path: Path) -> None:
    """Members read how many by cause, in internal documents; never what was said, nor why a partner was suspended."""
    vue = vue_on(tmp_path, audience)
    conseil = vue_on(tmp_path / "interne").registre.conseils["CP-2026-12-NUM"]
    text = repr(convocation.parties(vue, conseil)).replace("\\xa0", " ")
    assert ("2 réclamations reçues : jury 1, résultats 1" in text) == (audience is INTERNE)
    assert "reconnaissable" not in text
    assert "RECL-" not in text
    assert ("Centre des Tilleuls, RNCP1 : habilitation suspendue" in text) == (audience is not Visibilite.PUBLIC)
