"""How each certification stands on each requirement: every way a status is decided, and what each audience is told of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from macros.models.base import Visibilite
from macros.portal.catalogue import macros_of
from macros.records.portee_exigence import Raison
from macros.views.appuis import supported
from macros.views.classeurs.ecarts import rows, sheets
from macros.views.decisions import decision_pill, decisions
from macros.views.exigences_certification import build_exigences_certification
from macros.views.exigences_resume import build_exigences
from macros.views.matrice import COLONNES, build_matrice_exigences
from macros.views.parts import reference_to
from tests.cases.runner import ORGANISME, registre_of
from tests.cases.site import vue_of
from tests.cases.world import AUDITEUR, INTERNE, PUBLIC, vue_for
from tests.exchange.test_xlsx import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from macros.records.decisions import Decision
    from macros.views.context import Vue

TODAY = date(2026, 11, 20)
EXIGENCE = "titre: Essai\ntexte: Code du travail\narticle: R. 1\nenonce: Un essai.\nforce: reglement\ncertitude: texte_vu\nverifiee_le: 2026-11-01\n"
HASH = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"


def fiche(numero: str = "RNCP1", more: str = "", kind: str = "sur_demande", duree: int = 5) -> str:
    """Return a certification whose registration ends in June 2029."""
    dates = (
        f"date_decision: 2024-06-30\nduree_enregistrement: {duree}\ndate_fin_enregistrement: 2029-06-30\n" if kind == "sur_demande" else ""
    )
    repertoire = "RNCP" if numero.startswith("RNCP") else "RS"
    return f"numero: {numero}\nintitule: Essai {numero}\nrepertoire: {repertoire}\ntype_enregistrement: {kind}\n{dates}{more}"


def evaluation(statut: str = "conforme", more: str = "", day: str = "2026-03-01", numero: str = "RNCP1", exigence: str = "EX-A") -> str:
    """Return an assessment."""
    return (
        f"exigence: {exigence}\ncertification: {numero}\nstatut: {statut}\ndate: {day}\nfonction: direction\nmotif: Motif propre.\n{more}"
    )


def preuve(more: str = "", kind: str = "referentiel", day: str = "2026-01-15", relue: str = "relue_le: 2026-02-01\n") -> str:
    """Return a proof kept elsewhere, with its fingerprint, read again, that names the requirement."""
    kept = f"revisions: [{{numero: 1, date: {day}, emplacement: Coffre, sha256: {HASH}}}]\n"
    return f"type: {kind}\ntitre: Document\ndate: {day}\n{kept}exigences: [EX-A]\n{relue}{more}"


def vue_on(root: Path, audience: Visibilite = INTERNE, today: date = TODAY, **files: str) -> Vue:
    """Return what an audience sees of one certification and one requirement; `files` adds or replaces records (`preuves__PR_2026_001`)."""
    named: dict[str, Any] = {"data/organisme.yml": ORGANISME, "data/certifications/RNCP1.yml": fiche(), "data/exigences/EX-A.yml": EXIGENCE}
    named |= {f"data/{name.replace('__', '/').replace('_', '-')}.yml": text for name, text in files.items()}
    return vue_for(registre_of(root, named), audience, today)


def on(vue: Vue, exigence: str = "EX-A", numero: str = "RNCP1") -> Decision:
    """Return one decision."""
    return decisions(vue).on(numero)[exigence]


def read(vue: Vue, exigence: str = "EX-A", numero: str = "RNCP1") -> tuple[str, str, str]:
    """Return how it was decided, its level, its word."""
    found = on(vue, exigence, numero)
    pill = decision_pill(found)
    return found.mode.value, found.niveau.value if found.niveau else "", pill.texte if pill else ""


def test_nothing_tells(tmp_path: Path) -> None:
    """Without check, assessment nor evidence, a requirement that binds is not assessed, and to do."""
    vue = vue_on(tmp_path)
    assert read(vue) == ("aucun", "", "")
    assert on(vue).is_to_do()
    assert build_exigences_certification(vue, vue.registre.certifications["RNCP1"]).lignes[0].sans_statut == "non évaluée"


@pytest.mark.parametrize(
    ("more", "numero", "kind", "reason"),
    [
        ("types_enregistrement: [sur_demande]\n", "RNCP1", "de_droit", Raison.TYPE),
        ("repertoires: [RNCP]\n", "RS1", "sur_demande", Raison.REPERTOIRE),
        ("du: 2026-11-21\n", "RNCP1", "sur_demande", Raison.PAS_ENCORE),
        ("au: 2026-11-19\n", "RNCP1", "sur_demande", Raison.PLUS),
        ("du: 2026-11-20\nau: 2026-11-20\n", "RNCP1", "sur_demande", None),
    ],
)
def test_what_does_not_bind_is_without_object(tmp_path: Path, more: str, numero: str, kind: str, reason: Raison | None) -> None:
    """De droit, the other register, not yet, no longer: without object, whatever somebody assessed; its first and last day bind."""
    files: dict[str, Any] = {f"certifications__{numero}": fiche(numero, kind=kind), "exigences__EX_A": EXIGENCE + more}
    vue = vue_on(tmp_path, evaluations__EV_2026_001=evaluation("ecart", numero=numero), **files)
    assert on(vue, numero=numero).raison is reason
    assert read(vue, numero=numero)[:2] == (("regle", "sans_objet") if reason else ("evaluation", "ecart"))


FORMER = EXIGENCE + "appreciee: depot\nau: 2025-09-30\n"
LATER = EXIGENCE + "appreciee: depot\ndu: 2025-10-01\nsuccede_a: EX-OLD\n"


@pytest.mark.parametrize(
    ("plan", "binding", "day"),
    [
        ("depose_le: 2025-09-30", "EX-OLD", "2025-09-30"),
        ("depose_le: 2025-10-01", "EX-NEW", "2025-10-01"),
        ("depot_vise: 2027-03-01", "EX-NEW", "2027-03-01"),
        ("depot_vise: 2025-09-01", "EX-NEW", "2026-11-20"),
        ("", "EX-NEW", "2028-11-30"),
    ],
)
def test_a_criterion_is_judged_on_the_day_of_the_application(tmp_path: Path, plan: str, binding: str, day: str) -> None:
    """Filed, aimed at (never before today), else that of the retroplanning: one version binds, never both."""
    more = f"renouvellement: {{scenario: perimetre_constant, {plan}}}\n" if plan else ""
    vue = vue_on(tmp_path, certifications__RNCP1=fiche(more=more), exigences__EX_OLD=FORMER, exigences__EX_NEW=LATER)
    found = {name: on(vue, name) for name in ("EX-OLD", "EX-NEW")}
    assert [name for name, decision in found.items() if decision.raison is None] == [binding]
    assert {str(decision.jour) for decision in found.values()} == {day}


def test_before_its_date_the_former_version_binds(tmp_path: Path) -> None:
    """On 20 June 2025, an application aimed at that month answers to the former version; the later one is still to come."""
    files: dict[str, Any] = {
        "certifications__RNCP1": fiche(more="renouvellement: {scenario: perimetre_constant, depot_vise: 2025-06-25}\n")
    }
    vue = vue_on(tmp_path, today=date(2025, 6, 20), exigences__EX_OLD=FORMER, exigences__EX_NEW=LATER, **files)
    assert (on(vue, "EX-OLD").raison, on(vue, "EX-NEW").raison) == (None, Raison.PAS_ENCORE)


def test_two_versions_never_bind_together(tmp_path: Path) -> None:
    """Even when nobody wrote the last day of the earlier one."""
    vue = vue_on(tmp_path, exigences__EX_A=EXIGENCE, exigences__EX_B=EXIGENCE + "du: 2026-01-01\nsuccede_a: EX-A\n")
    assert (on(vue, "EX-A").raison, on(vue, "EX-B").raison) == (Raison.REMPLACEE, None)


def test_a_fiche_that_will_not_be_filed_again_or_is_replaced(tmp_path: Path) -> None:
    """No criterion without application; nothing at all once another fiche replaces it, whoever states it."""
    abandoned = fiche(more="renouvellement: {scenario: sans_suite}\n")
    vue = vue_on(tmp_path, certifications__RNCP1=abandoned, exigences__EX_B=EXIGENCE + "appreciee: depot\n")
    assert (on(vue, "EX-A").raison, on(vue, "EX-B").raison) == (None, Raison.SANS_DEMANDE)
    vue = vue_on(tmp_path / "b", certifications__RNCP2=fiche("RNCP2", "anciennes_fiches: [RNCP1]\n"))
    assert on(vue).raison is Raison.CLOSE
    assert [column.texte for column in build_matrice_exigences(vue).certifications] == ["RNCP2"]


CHECKED = EXIGENCE + "controle: duree_enregistrement\n"


@pytest.mark.parametrize(
    ("duree", "statut", "expected"),
    [
        (5, "", ("controle", "conforme", "conforme")),
        (6, "", ("controle", "ecart", "écart")),
        (6, "conforme", ("controle", "ecart", "écart")),
        (6, "sans_objet", ("controle", "ecart", "écart")),
        (5, "a_surveiller", ("evaluation", "a_surveiller", "à surveiller")),
        (5, "sans_objet", ("evaluation", "sans_objet", "sans objet")),
    ],
)
def test_a_check_decides_and_an_assessment_completes_it(tmp_path: Path, duree: int, statut: str, expected: tuple[str, str, str]) -> None:
    """Its worst constat, conforme without any; what is written may make it worse, never set a constat aside, and is shown beside."""
    written: dict[str, Any] = {"evaluations__EV_2026_001": evaluation(statut)} if statut else {}
    vue = vue_on(tmp_path, exigences__EX_A=CHECKED, certifications__RNCP1=fiche(duree=duree), **written)
    assert read(vue) == expected
    row = build_exigences_certification(vue, vue.registre.certifications["RNCP1"]).lignes[0]
    assert (row.evaluation is not None, bool(row.constats)) == (bool(statut), duree == 6)


def test_an_exception_sets_aside(tmp_path: Path) -> None:
    """What a running exception covers is dérogé; an assessment that is worse still counts."""
    exception = (
        "constat: duree-trop-longue\nenregistrement: RNCP1\nmotif: Décidé.\nfonction: direction\ndate: 2026-01-01\njusqu_au: 2027-01-01\n"
    )
    probe = vue_on(tmp_path, exigences__EX_A=CHECKED, certifications__RNCP1=fiche(duree=6))
    code = next(constat.code for constat in probe.constats if constat.controle == "duree_enregistrement")
    files: dict[str, Any] = {"exigences__EX_A": CHECKED, "certifications__RNCP1": fiche(duree=6)}
    files["derogations__DER_2026_001"] = exception.replace("duree-trop-longue", code)
    assert read(vue_on(tmp_path / "b", **files))[:2] == ("controle", "deroge")
    assert read(vue_on(tmp_path / "c", evaluations__EV_2026_001=evaluation("ecart"), **files))[:2] == ("evaluation", "ecart")


@pytest.mark.parametrize(
    ("statut", "reexamen", "expected"),
    [
        ("conforme", "2026-11-20", ("evaluation", "conforme", "conforme")),
        ("conforme", "2026-11-19", ("evaluation", "a_surveiller", "à réexaminer")),
        ("sans_objet", "2026-11-19", ("evaluation", "a_surveiller", "à réexaminer")),
        ("ecart", "2026-11-19", ("evaluation", "ecart", "écart")),
    ],
)
def test_an_assessment_ages(tmp_path: Path, statut: str, reexamen: str, expected: tuple[str, str, str]) -> None:
    """A good one whose day of review is past is to watch; that day still counts; an écart stays one."""
    assert read(vue_on(tmp_path, evaluations__EV_2026_001=evaluation(statut, f"reexamen: {reexamen}\n"))) == expected


def test_the_latest_assessment_counts(tmp_path: Path) -> None:
    """Earlier ones stay, as history, at their own anchor; the same day, the higher number."""
    vue = vue_on(
        tmp_path,
        evaluations__EV_2026_001=evaluation("ecart"),
        evaluations__EV_2026_002=evaluation("conforme"),
        evaluations__EV_2025_001=evaluation("a_surveiller", day="2025-03-01"),
    )
    assert read(vue)[1] == "conforme"
    row = build_exigences_certification(vue, vue.registre.certifications["RNCP1"]).lignes[0]
    assert row.evaluation is not None
    assert [row.evaluation.ancre, *(each.ancre for each in row.precedentes)] == ["ev-2026-002", "ev-2026-001", "ev-2025-001"]
    assert reference_to(vue, "evaluations", "EV-2025-001").adresse == "certifications/RNCP1/exigences/#ev-2025-001"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (preuve(), "étayée"),
        (preuve("certifications: [RNCP1]\n"), "étayée"),
        (preuve(relue=""), "à surveiller"),
        (preuve(day="2023-01-15", relue="relue_le: 2023-02-01\n"), "à surveiller"),
        (preuve().replace(f", sha256: {HASH}", ""), "à surveiller"),
        (preuve(relue="relue_le: 2026-01-14\n"), "à surveiller"),
        (preuve("certifications: [RNCP2]\n"), ""),
    ],
)
def test_evidence_decides_without_anything_else(tmp_path: Path, text: str, word: str) -> None:
    """There, with its fingerprint, read and recent: étayée; otherwise to watch; evidence of another certification says nothing."""
    vue = vue_on(tmp_path, preuves__PR_2026_001=text, certifications__RNCP2=fiche("RNCP2"))
    assert read(vue)[2] == word


def test_evidence_of_a_former_fiche_counts(tmp_path: Path) -> None:
    """What was shown under the former fiche, record or not, supports those that follow."""
    files: dict[str, Any] = {
        "certifications__RNCP1": fiche(more="anciennes_fiches: [RNCP0]\n"),
        "preuves__PR_2026_001": preuve("certifications: [RNCP0]\n"),
    }
    assert read(vue_on(tmp_path, **files)) == ("preuves", "conforme", "étayée")


def test_from_a_proof_to_what_it_supports(tmp_path: Path) -> None:
    """A proof names the requirements and the assessments it supports, each a link to its place."""
    vue = vue_on(tmp_path, preuves__PR_2026_001=preuve(), evaluations__EV_2026_001=evaluation(more="preuves: [PR-2026-001]\n"))
    told = [(term.libelle, term.valeur[0].texte, term.valeur[0].adresse) for term in supported(vue, vue.registre.preuves["PR-2026-001"])]  # type: ignore[index,union-attr]
    assert told == [
        ("Exigences", "EX-A", "exigences/#ex-a"),
        ("Évaluations", "EX-A pour RNCP1", "certifications/RNCP1/exigences/#ev-2026-001"),
    ]


def test_no_constat_leaks_to_an_auditor(tmp_path: Path) -> None:
    """Whatever checks found, an auditor reads the same pages: requirement, evidence, date, who assessed; no status that nobody wrote."""
    files: dict[str, Any] = {
        "exigences__EX_A": CHECKED,
        "exigences__EX_B": EXIGENCE,
        "preuves__PR_2026_001": preuve(),
        "evaluations__EV_2026_001": evaluation("conforme", "reexamen: 2026-01-01\n", exigence="EX-B"),
    }
    pages = []
    for name, audience_day in (("sound", 5), ("gap", 6)):
        vue = vue_on(tmp_path / name, AUDITEUR, certifications__RNCP1=fiche(duree=audience_day), **files)
        assert read(vue)[1:] == ("", "")
        assert read(vue, "EX-B")[1:] == ("conforme", "conforme")
        macros = macros_of(vue)
        pages.append(macros["fiche_exigences"]("RNCP1") + macros["matrice_exigences"]() + macros["exigences_certification"]("RNCP1"))
    assert pages[0] == pages[1]
    assert "écart" not in pages[0].replace("ecarts.xlsx", "")
    assert "non évaluée" not in pages[0]
    assert all(word in pages[0] for word in ("EX-B", "Motif propre.", "direction", "PR-2026-001", "1\u00a0preuve"))


def test_an_auditor_does_not_learn_where_a_check_looks(tmp_path: Path) -> None:
    """A requirement that a check follows and one that nothing follows look alike."""
    rows_of = []
    for name, text in (("checked", CHECKED), ("not", EXIGENCE)):
        vue = vue_on(tmp_path / name, AUDITEUR, exigences__EX_A=text)
        rows_of.append(build_exigences_certification(vue, vue.registre.certifications["RNCP1"]).lignes)
    assert rows_of[0] == rows_of[1]


def test_the_public_reads_no_assessment(tmp_path: Path) -> None:
    """Neither section nor matrix, nor workbook."""
    vue = vue_on(tmp_path, PUBLIC, evaluations__EV_2026_001=evaluation())
    macros = macros_of(vue)
    assert macros["exigences_certification"]("RNCP1") == ""
    assert "Motif propre" not in macros["fiche_exigences"]("RNCP1") + macros["matrice_exigences"]()
    assert rows(vue) == ()


def test_a_matrix_shows_a_few_certifications(tmp_path: Path) -> None:
    """Those where most is to do, in their usual order, and says so; a domaine may be asked for."""
    files: dict[str, Any] = {f"certifications__RNCP{n}": fiche(f"RNCP{n}") for n in range(2, COLONNES + 3)}
    worst = f"RNCP{COLONNES + 2}"
    vue = vue_on(tmp_path, evaluations__EV_2026_001=evaluation("ecart", numero=worst), **files)
    matrix = build_matrice_exigences(vue)
    assert len(matrix.certifications) == COLONNES
    assert matrix.certifications[-1].texte == worst
    assert f"sur {COLONNES + 2} certifications suivies" in matrix.legende
    assert matrix.lignes[0].cellules[-1].adresse == f"certifications/{worst}/exigences/#ex-a"
    assert build_matrice_exigences(vue, "numerique").lignes == ()


def test_what_a_check_found_about_the_organisation_stands_apart(tmp_path: Path) -> None:
    """It is told in a column of its own, once, and to those who see constats only."""
    files: dict[str, Any] = {"exigences__EX_A": EXIGENCE.replace("verifiee_le: 2026-11-01\n", "") + "controle: verification_exigence\n"}
    matrix = build_matrice_exigences(vue_on(tmp_path, **files))
    assert matrix.avec_organisme
    assert (matrix.lignes[0].organisme is not None, matrix.lignes[0].cellules[0].pastille is not None) == (True, True)
    assert not build_matrice_exigences(vue_on(tmp_path / "a", AUDITEUR, **files)).avec_organisme


def test_the_workbook_of_gaps(tmp_path: Path) -> None:
    """A row a requirement and a certification: status, how, proofs, remedy, file; first what is to do."""
    vue = vue_on(tmp_path, exigences__EX_A=CHECKED, exigences__EX_B=EXIGENCE, certifications__RNCP1=fiche(duree=6))
    gaps, whole = sheets(vue, rows(vue))
    titles = [column.titre for column in gaps.colonnes]
    found = dict(zip(titles, gaps.lignes[0], strict=True))
    assert (found["Exigence"], found["Situation"], found["Décidée par"]) == ("EX-A", "écart", "contrôle du portail")
    assert found["Fichier"] == "data/certifications/RNCP1.yml"
    assert str(found["Que faire"]).endswith(".")
    assert (len(gaps.lignes), len(whole.lignes)) == (2, 2)


def test_the_summary_leads_to_every_requirement(tmp_path: Path) -> None:
    """What is to do first, each at its anchor, and the page of all of them."""
    vue = vue_on(tmp_path, exigences__EX_A=CHECKED, certifications__RNCP1=fiche(duree=6))
    summary = build_exigences(vue, vue.registre.certifications["RNCP1"])
    assert [row.fiche.adresse for row in summary.lignes] == ["certifications/RNCP1/exigences/#ex-a"]
    assert "1\u00a0exigence ou usage\u00a0: 1 écart." in summary.legende


def test_the_demonstration_has_an_answer_everywhere_and_light_pages() -> None:
    """Every requirement that binds is decided, with a few écarts; neither the matrix nor a page of requirements passes 300 kB."""
    vue = vue_of(ROOT, Visibilite.INTERNE)
    found = [each for numero in vue.registre.certifications for each in decisions(vue).of(numero)]
    assert [f"{each.exigence.id} {each.certification}" for each in found if each.niveau is None] == []
    assert 3 <= sum(each.mode.value == "evaluation" and each.niveau is not None and each.niveau.value == "ecart" for each in found) <= 12
    macros = macros_of(vue)
    heavy = [macros["matrice_exigences"](), *(macros["fiche_exigences"](numero) for numero in vue.registre.certifications)]
    assert max(len(page.encode()) for page in heavy) < 260_000
    per_column = len(heavy[0].encode()) / len(vue.registre.certifications)
    assert per_column * COLONNES < 260_000
