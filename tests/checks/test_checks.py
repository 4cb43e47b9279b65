"""Each constat fires where its rule is broken and stays silent where it is kept."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
import yaml

from macros.checks import CHECKS, run_checks
from macros.french import typography
from macros.models.constat import Controle
from tests.cases.runner import Case, constats_of, params, registre_of

CATALOGUE = Path(__file__).parents[2] / "data/exigences"
ON_REQUEST = "numero: RNCP1\nintitule: Essai\nrepertoire: RNCP\ntype_enregistrement: sur_demande\nduree_enregistrement: 6\n"
EXIGENCE = "titre: Durée\ntexte: Code du travail\narticle: L. 6113-5\nenonce: Cinq ans au plus.\nforce: loi\ncertitude: texte_vu\ncontrole: duree_enregistrement\n"


def plain(text: str) -> str:
    """Return a text with ordinary spaces, as cases are typed."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize("case", params("constats"))
def test_a_constat_fires(case: Case, tmp_path: Path) -> None:
    """Where the rule is broken, the constat is there once, with its level, its words, its file and line."""
    (constat,) = [c for c in constats_of(case, "declenche", tmp_path) if c.code == case.code]
    expected = case.data["declenche"]["attendu"]
    assert (constat.niveau.value, constat.fichier, str(constat.ligne)) == (expected["niveau"], expected["fichier"], expected["ligne"])
    assert plain(expected["contient"]) in plain(constat.message)
    if "certifications" in expected:
        assert " ".join(constat.certifications) == expected["certifications"]
    if "echeance" in expected:
        assert str(constat.echeance) == expected["echeance"]
    assert constat.remede.endswith(".")
    assert constat.controle in CHECKS


@pytest.mark.parametrize("case", params("constats"))
def test_a_constat_is_written_as_french_is(case: Case, tmp_path: Path) -> None:
    """Message and remedy are sentences, with no-break spaces where French wants them; what is good practice is never an obligation."""
    for constat in constats_of(case, "declenche", tmp_path):
        for text in (constat.message, constat.remede):
            assert text == typography(text)
            assert text[0].isupper() or text[0].isdigit()
            assert text.endswith(".")
            assert not re.search(r"  |\bNone\b|\d{4}-\d\d-\d\d|\b(doit|doivent|devez|obligat)", text), text


def test_each_check_answers_to_one_requirement_of_the_catalogue() -> None:
    """Each check is cited by one record of the catalogue that comes with the portal, which calls no practice an obligation."""
    records = {path.stem: yaml.load(path.read_text("utf-8"), Loader=yaml.CBaseLoader) for path in CATALOGUE.glob("*.yml")}  # noqa: S506 - text only
    assert sorted(record["controle"] for record in records.values() if "controle" in record) == sorted(Controle)
    for name, record in records.items():
        if record["force"] == "usage":
            assert not re.search(r"\b(doit|doivent|devez|obligatoire)", record["enonce"]), name
        assert record["verifiee_le"], name
        assert record["sources"], name
        assert record["preuves_attendues"], name


def test_every_check_that_a_requirement_may_cite_exists() -> None:
    """The names offered for `controle` are those of the checks, all of them."""
    assert list(CHECKS) == list(Controle)


@pytest.mark.parametrize("case", params("constats"))
def test_a_constat_is_silent(case: Case, tmp_path: Path) -> None:
    """Where the rule is kept, often one day or one unit away, the constat is absent."""
    assert [c.message for c in constats_of(case, "silencieux", tmp_path) if c.code == case.code] == []


def constat(tmp_path: Path, exigence: str, today: date = date(2026, 11, 20)) -> list[tuple[str, str, str]]:
    """Return requirement, force and reference of the constats on a duration that is too long."""
    registre = registre_of(tmp_path, {"data/certifications/RNCP1.yml": ON_REQUEST, "data/exigences/EX-DUREE.yml": exigence})
    return [(c.exigence, c.force, c.reference) for c in run_checks(registre, today) if c.code == "duree-excessive"]


def test_a_constat_cites_its_requirement(tmp_path: Path) -> None:
    """Force and reference come from the requirement that names the check."""
    assert constat(tmp_path, EXIGENCE) == [("EX-DUREE", "loi", "Code du travail, L. 6113-5")]


def test_without_requirement_a_constat_has_no_force(tmp_path: Path) -> None:
    """A rule that no requirement cites is shown neither as an obligation nor as a usage."""
    assert constat(tmp_path, EXIGENCE.replace("duree_enregistrement", "cep_r5")) == [("", "", "")]


@pytest.mark.parametrize("code", ["duree-inconnue", "enregistrement-echu"])
def test_what_is_missing_does_not_break_the_law(tmp_path: Path, code: str) -> None:
    """A duration left out, or an end that came, is told under the requirement on the records, never under the law on durations."""
    ended = ON_REQUEST.replace("duree_enregistrement: 6\n", "date_fin_enregistrement: 2026-01-31\n")
    usage = EXIGENCE.replace("force: loi", "force: usage").replace("duree_enregistrement", "dates_coherentes")
    files = {"data/certifications/RNCP1.yml": ended, "data/exigences/EX-DUREE.yml": EXIGENCE, "data/exigences/EX-DATES.yml": usage}
    found = [c for c in run_checks(registre_of(tmp_path, files), date(2026, 11, 20)) if c.code == code]
    assert [(c.exigence, c.force) for c in found] == [("EX-DATES", "usage")]


@pytest.mark.parametrize(
    ("limit", "first", "last"),
    [("du: 2026-11-20\n", "2026-11-20", "2030-01-01"), ("au: 2026-11-20\n", "2000-01-01", "2026-11-20")],
)
def test_a_requirement_binds_between_its_dates(tmp_path: Path, limit: str, first: str, last: str) -> None:
    """First and last day of a requirement are included; outside, its constat is dropped."""
    for number, day in enumerate((first, last)):
        assert len(constat(tmp_path / str(number), EXIGENCE + limit, date.fromisoformat(day))) == 1
    outside = date(2026, 11, 19) if limit.startswith("du") else date(2026, 11, 21)
    assert constat(tmp_path / "outside", EXIGENCE + limit, outside) == []


@pytest.mark.parametrize("limit", ["repertoires:\n  - RS\n", "types_enregistrement:\n  - de_droit\n"])
def test_a_requirement_binds_only_its_addressees(tmp_path: Path, limit: str) -> None:
    """A requirement for the RS, or for registrations de droit, says nothing of another certification."""
    assert constat(tmp_path, EXIGENCE + limit) == []


def test_constats_come_most_urgent_first(tmp_path: Path) -> None:
    """Gaps before points to watch, then the nearest deadline, then the number."""
    start = "intitule: Essai\nrepertoire: RNCP\ntype_enregistrement: sur_demande\n"
    files = {
        "data/certifications/RNCP1.yml": f"numero: RNCP1\n{start}duree_enregistrement: 5\ndate_fin_enregistrement: 2027-10-31\n",
        "data/certifications/RNCP2.yml": f"numero: RNCP2\n{start}duree_enregistrement: 5\ndate_fin_enregistrement: 2027-08-31\n",
        "data/certifications/RNCP3.yml": f"numero: RNCP3\n{start}duree_enregistrement: 6\ndate_fin_enregistrement: 2031-01-31\n",
    }
    found = run_checks(registre_of(tmp_path, files), date(2026, 11, 20))
    shown = [
        (c.enregistrement, c.niveau.value) for c in found if c.code in ("duree-excessive", "collecte-a-commencer", "dossier-a-terminer")
    ]
    assert shown == [("RNCP3", "ecart"), ("RNCP2", "a_surveiller"), ("RNCP1", "a_surveiller")]
    assert found[0].code == "duree-excessive"
    assert [c.echeance is None for c in found[1:]] == sorted(c.echeance is None for c in found[1:])


@pytest.mark.parametrize("line", ["duree_enregistrement: 20240", "date_fin_enregistrement: 0001-01-01"])
def test_an_absurd_figure_stops_no_check(tmp_path: Path, line: str) -> None:
    """A mistyped year or duration is a constat or an error, never a crash."""
    text = ON_REQUEST.replace("duree_enregistrement: 6\n", "") + "date_decision: 2024-06-30\n"
    text += line + "\n" + ("" if "date_fin" in line else "date_fin_enregistrement: 2027-06-30\n")
    run_checks(registre_of(tmp_path, {"data/certifications/RNCP1.yml": text}), date(1, 1, 1) if "0001" in line else date(2026, 11, 20))


def test_what_an_extract_does_not_state_is_no_difference(tmp_path: Path) -> None:
    """An extract that does not tell how the certification was registered does not contradict the record."""
    extrait = 'numero: RNCP1\nintitule: Essai\nsource:\n  fichier: a.xml\n  version_flux: "4.1"\n  date: 2026-11-01\n'
    registre = registre_of(tmp_path, {"data/certifications/RNCP1.yml": ON_REQUEST, "data/extraits/RNCP1.yml": extrait})
    assert [c.message for c in run_checks(registre, date(2026, 11, 20)) if c.code == "difference-fc"] == []
