"""Who is told where a renewal stands, and what the page says once it is filed or given up."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from macros.checks import compare_extracts, run_checks
from macros.models.base import Visibilite
from macros.records.audience import filter_constats, filter_registre
from macros.views.certification import build_constats, build_identite
from macros.views.complements import build_complements, build_notes, build_renouvellement
from macros.views.context import Vue
from macros.views.extrait import build_source
from macros.views.parts import Pastille
from macros.views.tableau_de_bord import build_resume
from tests.cases.runner import AUDIENCES, registre_of

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2026, 12, 30)
LATE = """numero: RNCP1
intitule: Essai
repertoire: RNCP
type_enregistrement: sur_demande
date_decision: 2024-06-30
duree_enregistrement: 3
date_fin_enregistrement: 2027-06-30
actif: oui
"""
PLAN = "renouvellement:\n  scenario: {scenario}\n  depose_le: {day}\n"
PROOF = "type: etude_marche\ntitre: Note\ndate: 2026-10-01\n"
EXTRAIT = 'numero: RNCP1\nintitule: Essai\nsource:\n  fichier: a.xml\n  version_flux: "4.1"\n  date: 2026-12-01\n'


def vue_on(root: Path, audience: Visibilite, more: str = "", today: date = TODAY, extrait: str = "") -> Vue:
    """Return what `audience` sees of one late certification."""
    files = {"data/certifications/RNCP1.yml": LATE + more, "data/extraits/RNCP1.yml": extrait, "data/preuves/PR-2026-031.yml": PROOF}
    registre = registre_of(root, files)
    visible = filter_registre(registre, audience)
    return Vue(visible, filter_constats(run_checks(registre, today), visible, audience), today, audience)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_only_who_sees_constats_sees_where_a_renewal_stands(tmp_path: Path, audience: Visibilite) -> None:
    """Elsewhere there is no frise, the delay is neutral and the home card says nothing of a renewal."""
    vue = vue_on(tmp_path, audience)
    interne = audience is Visibilite.INTERNE
    identite = build_identite(vue, vue.registre.certifications["RNCP1"])
    assert bool(identite.frise) is interne
    assert identite.pastilles[1] == Pastille("a_surveiller" if interne else "sans_objet", "échéance dans 6\u00a0mois")
    card = next(carte for carte in build_resume(vue).cartes if "échéance" in carte.libelle)
    assert card.pastille == (Pastille("a_surveiller", "dossier à préparer") if interne else None)


@pytest.mark.parametrize(
    ("scenario", "day", "said"),
    [
        ("perimetre_constant", "2026-11-30", "demande déposée le 30\u00a0novembre\u00a02026"),
        ("sans_suite", "", "la certification ne sera pas redéposée"),
    ],
)
def test_a_settled_renewal_has_no_position(tmp_path: Path, scenario: str, day: str, said: str) -> None:
    """Filed or given up: the page says so, and nothing else speaks of a renewal to prepare."""
    plan = PLAN.format(scenario=scenario, day=day)
    vue = vue_on(tmp_path, Visibilite.INTERNE, plan if day else plan.replace("  depose_le: \n", ""))
    certification = vue.registre.certifications["RNCP1"]
    identite = build_identite(vue, certification)
    assert identite.frise == ()
    assert identite.pastilles[1].ton == "sans_objet"
    assert [terme.valeur for terme in identite.termes if terme.libelle == "Nouveau dossier"] == [said]
    assert "dossier à préparer" not in str(build_resume(vue))
    assert not certification.awaits_renewal(TODAY)


def test_no_constat_is_not_praised(tmp_path: Path) -> None:
    """Without a constat the pill is neutral and says only that."""
    vue = vue_on(tmp_path, Visibilite.INTERNE)
    quiet = Vue(vue.registre, (), TODAY, Visibilite.INTERNE)
    assert build_identite(quiet, vue.registre.certifications["RNCP1"]).pastilles[-1] == Pastille("sans_objet", "aucun constat")
    assert next(c for c in build_resume(quiet).cartes if c.adresse == "constats/").pastille == Pastille("sans_objet", "aucun constat")
    assert "conforme" not in str(build_identite(quiet, vue.registre.certifications["RNCP1"]).pastilles)


def test_a_constat_without_requirement_says_what_is_lacking(tmp_path: Path) -> None:
    """Where no requirement is recorded, a reader sees neither a law nor a usage."""
    vue = vue_on(tmp_path, Visibilite.INTERNE)
    lines = build_constats(vue, vue.registre.certifications["RNCP1"])
    assert {(line.force, line.reference) for line in lines} == {("référence à compléter", None)}


def test_an_extract_older_than_the_end_shows_no_difference_on_actif(tmp_path: Path) -> None:
    """The table of differences keeps silent where the check does."""
    base = vue_on(tmp_path, Visibilite.INTERNE, extrait=EXTRAIT + "actif: non\n")
    compared = compare_extracts(base.registre)
    shown = {}
    for today in (date(2027, 6, 30), date(2027, 7, 1)):
        vue = Vue(base.registre, (), today, Visibilite.INTERNE, compared)
        shown[today.month] = [d.champ for d in build_source(vue, base.registre.certifications["RNCP1"]).differences]
    assert "actif" in shown[6]
    assert "actif" not in shown[7]


def test_the_page_can_be_the_whole_fiche(tmp_path: Path) -> None:
    """Notes, the next application with its evidence, and what only the extract says have their views; empty when nothing is written."""
    more = (
        "renouvellement:\n  scenario: perimetre_constant\n  depot_vise: 2026-11-30\n  pieces:\n"
        "    - piece: Note d’opportunité\n      preuves:\n        - PR-2026-031\n    - piece: Bulletin n° 3\nnotes: À relire.\n"
    )
    extrait = EXTRAIT + "niveau_maitrise_competences: Avancé\nvalidation_partielle: oui\npublications:\n  - nature: decret_creation\n"
    vue = vue_on(tmp_path / "a", Visibilite.INTERNE, more, extrait=extrait)
    record = vue.registre.certifications["RNCP1"]
    plan = build_renouvellement(vue, record)
    assert plan.resume == "2\u00a0pièces, dont 1 avec au moins une preuve."
    assert [[r.texte for r in piece.preuves] for piece in plan.pieces] == [["PR-2026-031"], []]
    found = build_complements(vue, record)
    assert found.textes == (("Niveau de maîtrise des compétences", "Avancé"),)
    assert [(t.libelle, t.valeur) for t in found.termes] == [("Validation partielle", "possible")]
    assert [(p.nature, p.titre) for p in found.publications] == [("texte de création", "")]
    assert build_notes(vue, record).textes == (("", "À relire."),)

    hidden = vue_on(tmp_path / "b", Visibilite.PUBLIC, more)
    record = hidden.registre.certifications["RNCP1"]
    for view in (build_renouvellement(hidden, record), build_complements(hidden, record), build_notes(hidden, record)):
        assert not any(value for value in vars(view).values())
