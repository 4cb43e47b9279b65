"""The renewal review: what it reads, over which period, for whom, and what it says is left."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from macros.models.base import Visibilite
from macros.records.audience import filter_registre
from macros.views.context import Vue
from macros.views.documents.renouvellement import build_revue, since_registration, told
from macros.views.parts import Pastille, Reference
from macros.views.renouvellement import choix, dossier, faits, resultats
from macros.views.renouvellement.acces import is_reviewed
from macros.views.renouvellement.releve import Cellule, Periode, Releve, review_of
from tests.cases.runner import registre_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

TODAY = date(2026, 11, 20)
NEW = """numero: RNCP2
intitule: Nouvelle fiche
repertoire: RNCP
type_enregistrement: sur_demande
date_decision: 2024-06-30
date_fin_enregistrement: 2027-06-30
actif: oui
anciennes_fiches: [RNCP1]
evolutions:
  - date: 2025-03-01
    version: "2.1"
    nature: evaluation
    motif: Grille revue.
    decision: CP-2025-01-NUM.D1
renouvellement:
  scenario: perimetre_constant
  depot_vise: 2026-11-30
  pieces:
    - piece: Une note
      usuelle: note_opportunite
      preuves: [PR-2026-001]
    - piece: Correspondances
"""
OLD = "numero: RNCP1\nintitule: Ancienne fiche\nrepertoire: RNCP\ntype_enregistrement: sur_demande\nnouvelles_fiches: [RNCP2]\n"
FILES = {
    "data/certifications/RNCP1.yml": OLD,
    "data/certifications/RNCP2.yml": NEW,
    "data/conseils/CP-2023-01-NUM.yml": """intitule: Conseil 2023
date: 2023-01-12
certifications: [RNCP1]
statut: tenu
decisions:
  - id: D1
    theme: marche
    nature: referentiel
    texte: Ancienne décision
""",
    "data/conseils/CP-2025-01-NUM.yml": """intitule: Conseil 2025
date: 2025-01-16
certifications: [RNCP2]
statut: tenu
decisions:
  - id: D1
    theme: coherence
    nature: evaluation
    texte: Revoir la grille
  - id: D2
    theme: bilan
    nature: organisation
    texte: Appeler les certifiés
""",
    "data/actions/A-2025-001.yml": """intitule: Revoir la grille
nature: evaluation
date: 2025-01-20
origine: {decision: CP-2025-01-NUM.D1}
certifications: [RNCP2]
echeance: 2025-06-30
statut: close
cloture: {date: 2025-06-30}
efficacite: {date: 2026-01-10, avis: efficace}
""",
    "data/actions/A-2022-001.yml": "intitule: Vieille action\nnature: formation\ndate: 2022-02-02\ncertifications: [RNCP1]\nstatut: close\ncloture: {date: 2022-05-01}\n",
    "data/preuves/PR-2026-001.yml": "type: etude_marche\ntitre: Note\ndate: 2026-01-05\ncertifications: [RNCP2]\n",
    "data/promotions/RNCP1-2023.yml": "certification: RNCP1\nannee: 2023\npresentes: 20\ncertifies: 15\n",
    "data/promotions/RNCP2-2025.yml": """certification: RNCP2
annee: 2025
presentes: 40
certifies: 30
enquetes:
  - horizon_mois: 6
    sortants: 30
    repondants: 24
    neutralises: 4
    en_emploi: 18
""",
    "data/partenaires/12345678900012.yml": """nom: Centre
habilitations:
  - certification: RNCP2
    role: former
    delivree_le: 2024-09-01
    fin: 2026-11-20
    changements:
      - {date: 2025-05-01, nature: suspension}
      - {date: 2025-06-01, nature: reprise}
""",
    "data/reclamations/RECL-2025-001.yml": """date: 2025-02-03
certifications: [RNCP2]
origine: candidat
objet: Une salle trop petite
cause: organisation_epreuves
gravite: faible
cloture: {date: 2025-02-13, issue: fondee}
""",
}


def vue_on(root: Path, audience: Visibilite = Visibilite.INTERNE, more: Mapping[str, str] | None = None) -> Vue:
    """Return what `audience` sees of a certification, its former fiche and what was done on both."""
    return Vue(filter_registre(registre_of(root, {**FILES, **(more or {})}), audience), (), TODAY, audience)


def names(releve: Releve) -> list[str]:
    """Return the first cell of each row, as text."""
    return [told(row.cellules[0]).split("\n")[0] for row in releve.lignes]


def test_every_section_follows_the_lineage_latest_first(tmp_path: Path) -> None:
    """What was done under the former fiche is part of the history of its successor."""
    vue = vue_on(tmp_path)
    fiche = vue.registre.certifications["RNCP2"]
    assert names(faits.build_conseils(vue, fiche)) == ["Conseil 2025", "Conseil 2023"]
    assert names(faits.build_decisions(vue, fiche)) == ["CP-2025-01-NUM.D1", "CP-2025-01-NUM.D2", "CP-2023-01-NUM.D1"]
    assert names(faits.build_actions(vue, fiche)) == ["A-2025-001", "A-2022-001"]
    assert names(resultats.build_promotions(vue, fiche)) == ["2025", "2023"]
    assert names(resultats.build_partenaires(vue, fiche)) == ["Centre"]
    assert names(resultats.build_reclamations(vue, fiche)) == ["RECL-2025-001"]


def test_a_period_keeps_what_it_holds_ends_included(tmp_path: Path) -> None:
    """Since the registration, nothing of the former fiche is left; an end is a day of the period."""
    vue = vue_on(tmp_path)
    fiche = vue.registre.certifications["RNCP2"]
    since = review_of(vue, fiche, since_registration(fiche))
    assert since.periode == Periode(date(2024, 6, 30))
    assert names(faits.decisions(since)) == ["CP-2025-01-NUM.D1", "CP-2025-01-NUM.D2"]
    for last, kept in ((date(2025, 1, 16), 2), (date(2025, 1, 15), 0)):
        assert len(faits.decisions(review_of(vue, fiche, Periode(date(2024, 6, 30), last))).lignes) == kept
    assert [row.periodes for row in faits.build_decisions(vue, fiche).lignes] == [("2025", "enregistrement")] * 2 + [("2023",)]
    assert choix.build_identite(vue, fiche).periodes == (
        ("enregistrement", "Depuis l’enregistrement du 30\u00a0juin\u00a02024"),
        ("2026", "Année 2026"),
        ("2025", "Année 2025"),
        ("2023", "Année 2023"),
        ("2022", "Année 2022"),
    )


def test_what_became_of_a_decision_is_its_actions_and_its_changes(tmp_path: Path) -> None:
    """A decision without any is drawn as missing."""
    vue = vue_on(tmp_path)
    rows = faits.build_decisions(vue, vue.registre.certifications["RNCP2"])
    first, second, third = (row.cellules[-1] for row in rows.lignes)
    assert told(first) == "référentiel version 2.1, A-2025-001 (close)"
    assert second.manque
    assert third.manque
    assert rows.resume == "2\u00a0décisions sans suite enregistrée."


def test_figures_are_those_of_the_arithmetic(tmp_path: Path) -> None:
    """30 certified of 40 presented is 75 %; 18 in employment of 24 − 4 active respondents is 90 %; 15 of 20 is 75 %; closed on its day is in time."""
    vue = vue_on(tmp_path)
    fiche = vue.registre.certifications["RNCP2"]
    latest, former = resultats.build_promotions(vue, fiche).lignes
    assert [told(cell) for cell in latest.cellules] == [
        "2025\nRNCP2",
        "40",
        "30",
        "75\u00a0%\n30 sur 40",
        "90\u00a0%\n18 sur 20",
        "non calculé",
    ]
    assert told(former.cellules[3]) == "75\u00a0%\n15 sur 20"
    assert former.cellules[4].manque
    assert faits.build_actions(vue, fiche).resume == (
        "2 des 2\u00a0actions closes, dont 1 à l’échéance fixée\u202f; 1\u00a0efficacité jugée, dont 1\u00a0action efficace."
    )
    (complaint,) = resultats.build_reclamations(vue, fiche).lignes
    assert told(complaint.cellules[2]) == "10\u00a0jours"


def test_published_years_stand_beside_recorded_ones(tmp_path: Path) -> None:
    """A year that only France compétences tells says so; one that is recorded is not told twice."""
    extrait = 'numero: RNCP2\nintitule: x\nsource: {fichier: a.xml, version_flux: "4.1", date: 2026-01-01}\nstatistiques:\n'
    extrait += "  - {annee: 2024, certifies: 12, insertion_globale_6_mois: 0}\n  - {annee: 2025, certifies: 29}\n"
    vue = vue_on(tmp_path, more={"data/extraits/RNCP2.yml": extrait})
    rows = resultats.build_promotions(vue, vue.registre.certifications["RNCP2"]).lignes
    assert [told(row.cellules[0]) for row in rows] == ["2025\nRNCP2", "2024\npubliée par France compétences", "2023\nRNCP1"]
    assert told(rows[1].cellules[4]) == "0\u00a0%\npublié"
    assert rows[1].cellules[5].manque


def test_documents_expected_are_those_nobody_planned(tmp_path: Path) -> None:
    """A usual document is met by its key or by its name; one of the RS only is not asked at the RNCP."""
    vue = vue_on(tmp_path)
    rows = dossier.build_pieces(vue, vue.registre.certifications["RNCP2"])
    absent = [told(row.cellules[0]) for row in rows.lignes if told(row.cellules[1]) == "non prévue au dossier"]
    assert not [name for name in absent if "Note" in name or "Correspondances" in name or "valeur d’usage" in name]
    assert len(absent) == 6
    assert rows.resume == "2\u00a0pièces prévues, dont 1 avec au moins une preuve\u202f; 6\u00a0pièces usuelles sans ligne au dossier."


@pytest.mark.parametrize(
    ("end", "month", "note"),
    [
        ("2027-06-30", "mai\u00a02027", ""),
        ("2027-09-15", "juillet\u00a02027", "pas de commission en août"),
        ("2027-08-31", "juillet\u00a02027", ""),
    ],
)
def test_no_commission_sits_in_august(tmp_path: Path, end: str, month: str, note: str) -> None:
    """The last commission before an end in September sits in July; the month is a parameter."""
    vue = vue_on(tmp_path, more={"data/certifications/RNCP2.yml": NEW.replace("2027-06-30", end)})
    rows = dossier.build_retroplanning(vue, vue.registre.certifications["RNCP2"]).lignes
    (last,) = [row for row in rows if row.cellules[0].texte.startswith("Dernière commission")]
    assert told(last.cellules[1]) == f"au plus tard en {month}"
    assert last.cellules[0].sous == note
    assert told(rows[0].cellules[0]).startswith("Collecte")


def test_what_is_left_is_told_to_those_who_can_settle_it(tmp_path: Path) -> None:
    """Counts lead to their section; an auditor reads facts without being told which way they point."""
    vue = vue_on(tmp_path)
    left = choix.build_a_decider(vue, vue.registre.certifications["RNCP2"]).reste
    assert left == (
        Reference("7\u00a0pièces sans preuve", "#pieces"),
        Reference("1\u00a0décision sans suite", "#decisions"),
        Reference("1\u00a0action close sans avis d’efficacité", "#actions"),
    )
    shown = vue_on(tmp_path / "auditeur", Visibilite.AUDITEUR)
    found = choix.build_a_decider(shown, shown.registre.certifications["RNCP2"])
    assert found.reste == ()
    assert [question.indice for question in found.questions] == [None] * 4
    assert dossier.build_retroplanning(shown, shown.registre.certifications["RNCP2"]).lignes == ()


@pytest.mark.parametrize(
    ("change", "audience", "expected"),
    [
        (("", ""), Visibilite.INTERNE, True),
        (("", ""), Visibilite.AUDITEUR, True),
        (("", ""), Visibilite.PUBLIC, False),
        (("sur_demande", "de_droit"), Visibilite.INTERNE, False),
        (("actif: oui", "actif: oui\nnouvelles_fiches: [RNCP3]"), Visibilite.INTERNE, False),
    ],
)
def test_who_has_a_review(tmp_path: Path, change: tuple[str, str], audience: Visibilite, *, expected: bool) -> None:
    """A certification on request that nothing replaces, for those who see more than the public; its former fiche has none."""
    vue = vue_on(tmp_path, audience, {"data/certifications/RNCP2.yml": NEW.replace(*change) if change[0] else NEW})
    assert is_reviewed(vue, vue.registre.certifications["RNCP2"]) is expected
    assert not is_reviewed(vue, vue.registre.certifications["RNCP1"])


def test_the_document_tells_the_period_and_embeds_its_data(tmp_path: Path) -> None:
    """The JSON holds each section row by row, and the whole fingerprint of each piece of evidence."""
    proof = (
        FILES["data/preuves/PR-2026-001.yml"]
        + f"revisions:\n  - {{numero: 1, date: 2026-01-05, emplacement: Coffre, sha256: {'a' * 64}}}\n"
    )
    vue = vue_on(tmp_path, more={"data/preuves/PR-2026-001.yml": proof})
    fiche = vue.registre.certifications["RNCP2"]
    sheet = build_revue(vue, fiche, Periode(date(2024, 6, 30), date(2026, 6, 30)))
    assert sheet.faits[0].valeur == "du 30\u00a0juin\u00a02024 au 30\u00a0juin\u00a02026"
    data = json.loads(sheet.fiche)
    assert [row["Décision"].split("\n")[0] for row in data["sections"]["Décisions et leurs suites"]] == [
        "CP-2025-01-NUM.D1",
        "CP-2025-01-NUM.D2",
    ]
    (kept,) = data["preuves"]
    assert kept == {"id": "PR-2026-001", "titre": "Note", "date": "2026-01-05", "version": 1, "sha256": "a" * 64, "emplacement": "Coffre"}
    assert "Réclamations" in data["sections"]


def test_complaints_stay_in_the_house(tmp_path: Path) -> None:
    """An auditor's review has no word of complaints: neither a section nor a count."""
    vue = vue_on(tmp_path, Visibilite.AUDITEUR)
    sheet = build_revue(vue, vue.registre.certifications["RNCP2"], Periode())
    assert "clamation" not in repr(sheet)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (Cellule("texte", sous="dessous"), "texte\ndessous"),
        (Cellule(liens=(Reference("A"), Reference("B"))), "A, B"),
        (Cellule("t", suites=((Reference("A"), Pastille("conforme", "close")),)), "t, A (close)"),
        (Cellule(pastilles=(Pastille("conforme", "tenu"), Pastille("conforme", "1 PV"))), "tenu, 1 PV"),
    ],
)
def test_a_cell_is_told_in_plain_text(cell: Cellule, expected: str) -> None:
    """A status follows the link it is about."""
    assert told(cell) == expected
