"""What the pages say of the CEP recommendations: readings typed, readings decided, and what does not apply, quietly."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from macros.portal.catalogue import macros_of
from macros.views.cep import build_rapport_cep, build_regimes_cep
from macros.views.positions import Genre, build_matrice_cep, build_references, build_situation, observed_facts, position
from macros.views.recommandation import build_identite, build_suites, build_voisins
from tests.cases.runner import AUDIENCES, MODELES, ORGANISME, registre_of
from tests.cases.world import AUDITEUR, INTERNE, PUBLIC, vue_for

if TYPE_CHECKING:
    from pathlib import Path

    from macros.models.base import Visibilite
    from macros.views.context import Vue

TODAY = date(2026, 11, 20)
RECOMMANDATION = (MODELES / "recommandation.yml").read_text("utf-8")
READING = "    motif: Parce que.\n    date: 2026-01-15\n    fonction: direction\n"
LISTED = "competences: |\n  - Lire\n  - Écrire\n  - Compter\n"
STATISTICS = "statistiques:\n  - {annee: 2023, certifies: 12, insertion_globale_6_mois: 80}\n  - {annee: 2022, certifies: 9}\n"


def fiche(numero: str, more: str = "") -> str:
    """Return the smallest certification on request."""
    register = "RNCP" if numero.startswith("RNCP") else "RS"
    return f"numero: {numero}\nintitule: Essai {numero}\nrepertoire: {register}\ntype_enregistrement: sur_demande\ndate_decision: 2024-01-15\n{more}"


def vue_on(root: Path, audience: Visibilite = INTERNE, **changed: str) -> Vue:
    """Return what an audience sees of three certifications, two of guidance, one of which is read; `changed` replaces or adds files."""
    files: dict[str, Any] = {
        "data/organisme.yml": ORGANISME,
        "data/certifications/RNCP1.yml": fiche("RNCP1", LISTED),
        "data/certifications/RS1.yml": fiche("RS1", f"accompagnement: oui\n{LISTED}"),
        "data/certifications/RS2.yml": fiche("RS2", "accompagnement: oui\n"),
        "data/cep/CEP-R1.yml": RECOMMANDATION,
        "data/cep/CEP-R3.yml": RECOMMANDATION.replace("Un référentiel", "Pas de profession"),
        "data/cep/CEP-R5.yml": f"{RECOMMANDATION}controle: cep_r5\n",
        "data/positionnements/POS-RS1.yml": f"certification: RS1\nlectures:\n  - recommandation: CEP-R1\n    statut: ecart\n{READING}",
        "data/actions/A-2026-001.yml": "intitule: Agir\nnature: referentiel\ndate: 2026-02-01\norigine: {recommandation: CEP-R1}\n",
    }
    files |= {f"data/{name.replace('__', '/').replace('_', '-') if '__' in name else name}.yml": text for name, text in changed.items()}
    return vue_for(registre_of(root, files), audience, TODAY)


def read(vue: Vue, numero: str, recommandation: str) -> tuple[str, str | None]:
    """Return how a position came to be, and its word."""
    found = position(vue, vue.registre.certifications[numero], vue.registre.cep[recommandation])
    return found.genre.value, found.pastille.texte if found.pastille else None


def test_each_position_is_typed_decided_missing_or_without_object(tmp_path: Path) -> None:
    """A reading says its status; no reading, to be written; not of guidance, without object; the fifth is what the check found."""
    vue = vue_on(tmp_path)
    assert read(vue, "RS1", "CEP-R1") == ("ecrite", "écart")
    assert read(vue, "RS1", "CEP-R3") == ("a_ecrire", "à situer")
    assert read(vue, "RNCP1", "CEP-R1") == ("sans_objet", "sans objet")
    assert read(vue, "RNCP1", "CEP-R5") == ("decidee", "à surveiller")
    assert read(vue, "RS2", "CEP-R5") == ("decidee", "à surveiller")


def test_the_fifth_follows_its_check(tmp_path: Path) -> None:
    """Observed outcomes and listed competences: conforme; a dérogation: dérogé; a fiche replaced: without object."""
    extract = f"numero: RNCP1\nintitule: Essai\nsource: {{fichier: f.xml, version_flux: '4.1', date: 2026-08-16}}\n{STATISTICS}"
    vue = vue_on(tmp_path / "a", extraits__RNCP1=extract)
    assert read(vue, "RNCP1", "CEP-R5") == ("decidee", "conforme")
    assert observed_facts(vue, vue.registre.certifications["RNCP1"]) == (
        "3\u00a0compétences énoncées une à une\u202f; débouchés observés pour 2023."
    )
    exception = (
        "constat: debouches-non-constates\nenregistrement: RNCP1\nmotif: M\nfonction: direction\ndate: 2026-01-01\njusqu_au: 2027-01-01\n"
    )
    assert read(vue_on(tmp_path / "b", derogations__DER_2026_001=exception), "RNCP1", "CEP-R5") == ("decidee", "dérogé")
    replaced = fiche("RNCP1", f"{LISTED}nouvelles_fiches: [RNCP2]\n")
    assert read(vue_on(tmp_path / "c", certifications__RNCP1=replaced), "RNCP1", "CEP-R5") == ("sans_objet", "sans objet")
    successor = fiche("RNCP2", "anciennes_fiches: [RNCP1]\n")
    assert read(vue_on(tmp_path / "d", certifications__RNCP2=successor), "RNCP1", "CEP-R5") == ("sans_objet", "sans objet")


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_certification_shows_its_references(audience: Visibilite, tmp_path: Path) -> None:
    """Its page shows what is read, and what is to be read to those who can write it; what does not apply is one quiet sentence."""
    vue = vue_on(tmp_path, audience)
    shown = {
        numero: [line.recommandation.texte for line in build_references(vue, certification).lignes]
        for numero, certification in vue.registre.certifications.items()
    }
    assert shown == {
        "RNCP1": ["CEP-R5"],
        "RS1": {INTERNE: ["CEP-R1", "CEP-R3", "CEP-R5"], AUDITEUR: ["CEP-R1", "CEP-R5"], PUBLIC: ["CEP-R5"]}[audience],
        "RS2": ["CEP-R1", "CEP-R3", "CEP-R5"] if audience is INTERNE else ["CEP-R5"],
    }
    mention = build_references(vue, vue.registre.certifications["RNCP1"]).mention
    assert mention == "CEP-R1 et CEP-R3\u00a0: sans objet. Cette certification ne porte pas sur l’accompagnement."
    assert build_references(vue, vue.registre.certifications["RS1"]).mention == ""


@pytest.mark.parametrize("audience", [PUBLIC, AUDITEUR])
def test_a_judgement_of_the_portal_stays_inside(audience: Visibilite, tmp_path: Path) -> None:
    """Others read the facts that the fifth looks at, never the status of the check."""
    vue = vue_on(tmp_path, audience)
    found = position(vue, vue.registre.certifications["RNCP1"], vue.registre.cep["CEP-R5"])
    assert (found.pastille, found.motif, found.preuves) == (None, observed_facts(vue, vue.registre.certifications["RNCP1"]), ())
    assert "à surveiller" not in macros_of(vue)["matrice_cep"]()


def test_the_matrix_has_guidance_first(tmp_path: Path) -> None:
    """Every certification against every recommendation, in the same order of columns."""
    matrix = build_matrice_cep(vue_on(tmp_path))
    assert [line.certification.texte for line in matrix.lignes] == ["RS1", "RS2", "RNCP1"]
    assert [column.texte for column in matrix.recommandations] == ["CEP-R1", "CEP-R3", "CEP-R5"]
    assert all([p and p.recommandation.texte for p in line.positions] == ["CEP-R1", "CEP-R3", "CEP-R5"] for line in matrix.lignes)


def test_the_public_has_no_matrix(tmp_path: Path) -> None:
    """Without any position to show, there is no table of holes, and no heading over nothing either."""
    told = macros_of(vue_on(tmp_path / "p", PUBLIC))["matrice_cep"]()
    assert "ne publie pas cette partie" in told
    assert "<table" not in told
    assert "écart" in macros_of(vue_on(tmp_path / "a", AUDITEUR))["matrice_cep"]()


def test_the_matrix_judges_nobody_for_what_is_not_written(tmp_path: Path) -> None:
    """What nobody wrote is “to place” for those who can write it, and nothing for the others, as on the other pages."""
    for audience, expected in ((INTERNE, True), (AUDITEUR, False)):
        vue = vue_on(tmp_path / audience, audience)
        assert ("à situer" in macros_of(vue)["matrice_cep"]()) is expected
        lines = {line.certification.texte: line.positions for line in build_matrice_cep(vue).lignes}
        assert (lines["RS2"][0] is not None) is expected


def test_competences_detailed_by_bloc_are_not_added(tmp_path: Path) -> None:
    """Blocs detail the list of the record: both numbers are told, never their sum."""
    blocs = "blocs:\n  - code: B1\n    intitule: Un\n    competences: |\n      - Lire\n      - Lire vite\n      - Écrire\n      - Compter\n"
    for listed, expected in (
        (LISTED, "3\u00a0compétences énoncées une à une\u202f;"),
        (blocs, "4\u00a0compétences énoncées une à une\u202f;"),
        (LISTED + blocs, "3\u00a0compétences énoncées, 4\u00a0détaillées par bloc\u202f;"),
    ):
        vue = vue_on(tmp_path / str(len(listed)), certifications__RNCP1=fiche("RNCP1", listed))
        assert observed_facts(vue, vue.registre.certifications["RNCP1"]).startswith(expected)


def test_a_recommendation_shows_where_we_stand(tmp_path: Path) -> None:
    """Its page lists the certifications it concerns, the actions born of it, its neighbours."""
    vue = vue_on(tmp_path)
    first, third, fifth = (vue.registre.cep[f"CEP-R{n}"] for n in (1, 3, 5))
    assert [(line.certification.texte, line.genre) for line in build_situation(vue, first)] == [
        ("RS1", Genre.ECRITE),
        ("RS2", Genre.A_ECRIRE),
    ]
    assert [line.certification.texte for line in build_situation(vue, fifth)] == ["RNCP1", "RS1", "RS2"]
    assert [line.id for line in build_suites(vue, first).lignes] == ["A-2026-001"]
    assert build_suites(vue, third).lignes == ()
    sides = build_voisins(vue, third)
    assert (sides.precedent and sides.precedent.detail, sides.suivant and sides.suivant.detail) == ("CEP-R1", "CEP-R5")
    assert build_voisins(vue, first).precedent is None
    assert build_voisins(vue, fifth).suivant is None


REPORT = """titre: Rapport
institution: I
adoption: 2016-12-13
successeur: S
succession_le: 2019-01-01
statut: Historique.
adresse_origine: http://absente.example/rapport
questions: [Q1, Q2]
enjeux: [{titre: E, texte: T}]
regimes:
  - {texte: Second, date: 2019-03-29, deploye_le: 2020-01-01, niveaux: 2, description: D, certitude: deux_sources}
  - {texte: Premier, date: 2014-07-16, niveaux: 3, description: D, certitude: deux_sources}
certitude: deux_sources
verifiee_le: 2026-11-01
sources:
  - {titre: Article, url: https://vivante.example}
  - {titre: Origine, url: http://absente.example/rapport}
"""


def test_the_dead_address_is_kept_and_leads_nowhere(tmp_path: Path) -> None:
    """The address of publication stays readable; no link opens it, in the report nor in a recommendation."""
    cited = f"{RECOMMANDATION}sources:\n  - {{titre: Origine, url: http://absente.example/rapport}}\n  - {{titre: Article, url: https://vivante.example}}\n"
    vue = vue_on(tmp_path, rapport_cep=REPORT, cep__CEP_R1=cited)
    report = build_rapport_cep(vue)
    assert report is not None
    assert report.adresse == "http://absente.example/rapport"
    assert [source.adresse for source in report.sources] == ["https://vivante.example"]
    assert [source.adresse for source in build_identite(vue, vue.registre.cep["CEP-R1"]).sources] == ["https://vivante.example"]
    text = macros_of(vue)["rapport_cep"]()
    assert "http://absente.example/rapport" in text
    assert 'href="http://absente' not in text


def test_regimes_are_told_in_order(tmp_path: Path) -> None:
    """Oldest first, whatever the file says; levels in words."""
    assert [(regime.texte, regime.niveaux) for regime in build_regimes_cep(vue_on(tmp_path, rapport_cep=REPORT))] == [
        ("Premier", "3\u00a0niveaux"),
        ("Second", "2\u00a0niveaux"),
    ]


def test_a_project_without_the_report_says_so(tmp_path: Path) -> None:
    """No record, no page broken: each section has its empty sentence or nothing."""
    vue = vue_for(registre_of(tmp_path, {"data/certifications/RNCP1.yml": fiche("RNCP1")}), INTERNE, TODAY)
    macros = macros_of(vue)
    assert "data/rapport_cep.yml" in macros["rapport_cep"]()
    assert "data/cep/" in macros["matrice_cep"]()
    assert macros["references_certification"]("RNCP1") == ""
