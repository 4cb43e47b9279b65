"""Complaints and audits: delays in words, causes counted, requests by their last day, nothing of them outside the organisation."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from macros.models.base import Visibilite
from macros.portal.catalogue import macros_of
from macros.views.agenda import build_agenda
from macros.views.bilan_reclamations import build_bilan_reclamations
from macros.views.plaintes import complaints_of
from macros.views.reclamations import delay_words
from macros.views.registre_audits import build_registre_audits
from macros.views.registre_reclamations import build_registre_reclamations, build_tableau_reclamations
from macros.views.tableau_de_bord import build_ce_mois_ci, build_resume
from tests.cases.runner import ORGANISME, registre_of
from tests.cases.site import rendered
from tests.cases.world import vue_for

if TYPE_CHECKING:
    from pathlib import Path

    from macros.views.context import Vue

TODAY = date(2026, 11, 20)
PUBLIC, AUDITEUR, INTERNE = Visibilite.PUBLIC, Visibilite.AUDITEUR, Visibilite.INTERNE
PLAIN = "date: 2026-11-01\ncertifications: [RNCP1]\norigine: candidat\nobjet: Objet reconnaissable\ncause: jury\ngravite: moyenne\n"
CLOSED = "cloture: {{date: {day}, issue: fondee, texte: Réponse.}}\n"
AUDIT = "titre: Audit reconnaissable\nnature: interne\ndate: 2026-11-02\ncertifications: [RNCP1]\n"
ACTION = "intitule: Agir\nnature: formation\ndate: 2026-11-03\norigine: {reclamation: RECL-2026-001}\necheance: 2027-01-01\n"


def fiche(numero: str, more: str = "") -> str:
    """Return the smallest certification on request."""
    return f"numero: {numero}\nintitule: Essai\nrepertoire: RNCP\ntype_enregistrement: sur_demande\n{more}"


def vue_on(root: Path, audience: Visibilite = INTERNE, **records: str) -> Vue:
    """Return what an audience sees of a certification, its former fiche, and records named as `RECL_2026_001`."""
    folders = {"RECL": "reclamations", "AUD": "audits", "A": "actions"}
    files: dict[str, Any] = {
        "data/organisme.yml": ORGANISME,
        "data/certifications/RNCP1.yml": fiche("RNCP1", "anciennes_fiches: [RNCP9]\n"),
        "data/certifications/RNCP9.yml": fiche("RNCP9"),
    }
    files |= {f"data/{folders[name.split('_')[0]]}/{name.replace('_', '-')}.yml": text for name, text in records.items()}
    return vue_for(registre_of(root, files), audience, TODAY)


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (CLOSED.format(day="2026-11-20"), "répondue en 19 jours (repère : 30)"),
        (CLOSED.format(day="2026-11-01"), "répondue le jour même (repère : 30)"),
        (CLOSED.format(day="2026-11-02").replace("fondee", "retiree"), "retirée en 1 jour (repère : 30)"),
        ("", "réponse attendue le 1er déc. 2026 au plus tard, dans 11 jours"),
    ],
)
def test_a_delay_is_told_in_words(more: str, told: str, tmp_path: Path) -> None:
    """From reception to the answer: 1 to 20 November is 19 days; 1 November and 30 days is 1 December."""
    vue = vue_on(tmp_path, RECL_2026_001=PLAIN + more)
    assert delay_words(vue, vue.registre.reclamations["RECL-2026-001"]).replace("\u00a0", " ") == told


def test_who_waits_comes_first(tmp_path: Path) -> None:
    """Complaints to answer stand first, the oldest first; then the others, the latest first."""
    vue = vue_on(
        tmp_path,
        RECL_2026_001=PLAIN.replace("2026-11-01", "2026-01-05") + CLOSED.format(day="2026-01-06"),
        RECL_2026_002=PLAIN.replace("2026-11-01", "2026-02-05") + CLOSED.format(day="2026-02-06"),
        RECL_2026_003=PLAIN.replace("2026-11-01", "2026-03-05"),
        RECL_2026_004=PLAIN,
    )
    table = build_registre_reclamations(vue)
    assert [row.id[-1] for row in table.lignes] == ["3", "4", "2", "1"]
    assert table.legende.replace("\u00a0", " ") == "4 réclamations, dont 2 à répondre et 1 en retard."
    assert [row.id[-1] for row in build_tableau_reclamations(vue, etat="en_retard").lignes] == ["3"]


def test_causes_are_counted_over_the_period(tmp_path: Path) -> None:
    """Twelve months back from 20 November 2026: the 21st of November 2025 counts, the 20th does not; a former fiche counts for the next."""
    vue = vue_on(
        tmp_path,
        RECL_2025_001=PLAIN.replace("2026-11-01", "2025-11-20"),
        RECL_2025_002=PLAIN.replace("2026-11-01", "2025-11-21").replace("[RNCP1]", "[RNCP9]"),
        RECL_2026_001=PLAIN,
        RECL_2026_002=PLAIN.replace("jury", "information").replace("certifications: [RNCP1]\n", ""),
    )
    found = build_bilan_reclamations(vue)
    assert [(row.cause, row.liste.texte, row.certifications.replace("\u00a0", " ")) for row in found.causes] == [
        ("jury", "2", "RNCP1 : 2, RNCP9 : 1"),
        ("information", "1", "tout l’organisme : 1"),
    ]
    assert [(row.certification.texte, row.liste.texte) for row in found.certifications] == [("RNCP1", "2"), ("RNCP9", "1")]
    assert [each.id for each in complaints_of(vue, "RNCP1")] == ["RECL-2026-001", "RECL-2025-002", "RECL-2025-001"]


def test_an_action_answers_by_its_origin(tmp_path: Path) -> None:
    """An action that states a complaint as its origin is told on the complaint, which need not name it; and the other way round."""
    vue = vue_on(tmp_path, RECL_2026_001=PLAIN, A_2026_001=ACTION)
    (row,) = build_registre_reclamations(vue).lignes
    assert [(each.texte, each.adresse) for each in row.actions] == [("A-2026-001", "actions/#a-2026-001")]
    assert "reclamations/#recl-2026-001" in macros_of(vue)["registre_actions"]()


REQUESTS = """demandes:
  - {id: Q1, texte: En retard, repondre_avant: 2026-11-16}
  - {id: Q2, texte: Aujourd’hui, repondre_avant: 2026-11-20}
  - {id: Q3, texte: Répondue, repondre_avant: 2026-11-16, reponse: {date: 2026-11-12, texte: Dit.}}
  - {id: Q4, texte: Sans délai}
"""


def test_requests_say_by_when(tmp_path: Path) -> None:
    """A request is late from the day after its last one; an answer is told by its distance to that day."""
    (block,) = build_registre_audits(vue_on(tmp_path, AUD_2026_01=AUDIT + REQUESTS)).lignes
    told = [(row.id, row.pastille.texte.replace("\u00a0", " "), row.delai.replace("\u00a0", " ")) for row in block.demandes]
    assert told == [
        ("Q1", "en retard de 4 jours", "il y a 4 jours"),
        ("Q2", "à répondre", "aujourd’hui"),
        ("Q3", "répondue", "répondue 4 jours avant"),
        ("Q4", "à répondre", ""),
    ]
    assert block.cles_etat == ("en_retard", "a_repondre", "en_cours")


def test_what_is_awaited_is_on_the_home_page_and_in_calendars(tmp_path: Path) -> None:
    """Open complaints and requests are counted, those of the month are listed, all with a day are in the calendar."""
    vue = vue_on(tmp_path, RECL_2026_001=PLAIN, AUD_2026_01=AUDIT + REQUESTS)
    cards = {card.adresse: (card.nombre, card.pastille.texte if card.pastille else "") for card in build_resume(vue).cartes}
    assert cards["reclamations/?etat=ouverte#registre"] == (1, "dans les délais")
    assert cards["audits/?etat=a_repondre"] == (1, "1 en retard")
    assert [(event.date.isoformat(), event.fiche.texte, event.fiche.adresse) for event in build_ce_mois_ci(vue)] == [
        ("2026-11-20", "AUD-2026-01.Q2", "audits/#aud-2026-01-q2"),
        ("2026-12-01", "RECL-2026-001", "reclamations/#recl-2026-001"),
    ]
    events = [event.uid.split("@")[0] for event in build_agenda(vue, "RNCP1").evenements]
    assert events == ["AUD-2026-01.reponse-q1", "AUD-2026-01.reponse-q2", "RECL-2026-001.reponse"]


@pytest.mark.parametrize("audience", [PUBLIC, AUDITEUR])
def test_nothing_of_them_leaves_the_organisation(audience: Visibilite, tmp_path: Path) -> None:
    """With complaints and audits in the project, macros of other audiences say what they say without any."""
    many = {"RECL_2026_001": PLAIN, "RECL_2026_002": PLAIN, "RECL_2026_003": PLAIN, "AUD_2026_01": AUDIT + REQUESTS}
    with_them = rendered(vue_on(tmp_path / "avec", audience, **many))
    assert with_them == rendered(vue_on(tmp_path / "sans", audience))
    assert not re.search("reconnaissable|RECL-|AUD-2026-01", "".join(text for name, text in with_them.items() if "aide" not in name))


def test_a_complaint_opened_to_auditors_is_named_without_link(tmp_path: Path) -> None:
    """The page stays inside: a record opened to auditors is told in tables, without link, delay set by us nor judgement."""
    opened = PLAIN.replace("2026-11-01", "2026-09-01") + "visibilite: auditeur\n"
    vue = vue_on(tmp_path, AUDITEUR, RECL_2026_001=opened, RECL_2026_002=PLAIN)
    text = macros_of(vue)["registre_reclamations"]()
    assert "Objet reconnaissable" in text
    assert "reclamations/#" not in text
    assert not re.search("retard|repère|attendue", text)
    assert macros_of(vue)["bilan_reclamations"]() == ""
    assert macros_of(vue)["tableau_reclamations"](etat="en_retard") == ""
