"""What checks read beside records: thresholds, days of follow-up, lineages."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from macros.checks.context import CheckContext
from macros.checks.days import end_of_month
from macros.french import add_days
from macros.records.registre import Registre
from tests.cases.runner import ORGANISME, registre_of
from tests.checks.worlds import CERTIFICATION, CONSEIL, EXIGENCE, PLANNED, PREUVE, SECONDE, TODAY, modele

if TYPE_CHECKING:
    from pathlib import Path


def own(**values: int) -> str:
    """Return thresholds that a certification states for itself."""
    lines = [f"\n  - parametre: {name}\n    valeur: {value}\n    motif: Essai." for name, value in values.items()]
    return "".join(lines)


def context(root: Path, organisme: str, first: str = "", second: str = "", more: dict[str, str] | None = None) -> CheckContext:
    """Return what checks read of two certifications, each with its own thresholds."""
    files = {
        "data/organisme.yml": ORGANISME + organisme,
        CERTIFICATION: modele("certification", parametres_propres=first),
        SECONDE: modele("certification", numero="RNCP2", parametres_propres=second),
        **(more or {}),
    }
    return CheckContext(registre_of(root, files), TODAY)


RULES = "parametres:\n  delai_pv_jours: 40\n  conservation_annees: 6\nreglement_interieur:\n  delai_pv_jours: 20\n"


@pytest.mark.parametrize(
    ("nom", "certifications", "expected"),
    [
        ("delai_pv_jours", (), 20),
        ("delai_pv_jours", ("RNCP2",), 20),
        ("delai_pv_jours", ("RNCP1",), 50),
        ("delai_pv_jours", ("RNCP1", "RNCP2"), 20),
        ("delai_convocation_jours", ("RNCP1", "RNCP2"), 30),
        ("conservation_annees", ("RNCP1",), 10),
        ("conservation_annees", ("RNCP2",), 6),
        ("conservation_annees", ("RNCP1", "RNCP2"), 10),
        ("duree_cp_min_minutes", ("RNCP1", "RNCP2"), 30),
        ("duree_cp_max_minutes", ("RNCP1", "RNCP2"), 300),
        ("reports_maximum", ("RNCP1", "RNCP2"), 1),
        ("efficacite_mois", ("RNCP9",), 6),
        ("delai_pv_jours", ("RNCP1", "RNCP9"), 20),
    ],
)
def test_a_threshold_is_the_most_demanding(tmp_path: Path, nom: str, certifications: tuple[str, ...], expected: int) -> None:
    """The rules of the organisation win over its parameters, and what a certification states over both; never a shorter keeping."""
    first = own(delai_pv_jours=50, delai_convocation_jours=30, conservation_annees=10, duree_cp_min_minutes=30, reports_maximum=4)
    second = own(conservation_annees=5, duree_cp_max_minutes=300, reports_maximum=1)
    assert context(tmp_path, RULES, first, second).seuil(nom, certifications) == expected


def test_a_rule_of_zero_is_a_rule(tmp_path: Path) -> None:
    """A delay of no day in the rules is not an absent rule."""
    assert context(tmp_path, "reglement_interieur:\n  delai_convocation_jours: 0\n").seuil("delai_convocation_jours") == 0


def test_lineages_follow_what_either_fiche_states(tmp_path: Path) -> None:
    """A fiche descends from those it names and from those that name it, known here or not; a circle ends the walk."""
    files = {
        CERTIFICATION: modele("certification", anciennes_fiches="\n  - RNCP7", nouvelles_fiches="\n  - RNCP2"),
        SECONDE: modele("certification", numero="RNCP2", nouvelles_fiches="\n  - RNCP1"),
    }
    found = CheckContext(registre_of(tmp_path, files), TODAY)
    assert {numero: set(line) for numero, line in found.lineages.items()} == {
        "RNCP1": {"RNCP1", "RNCP2", "RNCP7"},
        "RNCP2": {"RNCP1", "RNCP2", "RNCP7"},
    }
    assert found.heirs["RNCP7"] == {"RNCP1", "RNCP2", "RNCP7"}
    assert found.lineages["RNCP1"][0] == "RNCP1"


def test_a_long_line_of_fiches_is_known_from_either_end(tmp_path: Path) -> None:
    """A fiche descends from all those before it, in whatever order their files were read."""
    files = {
        f"data/certifications/RNCP{n}.yml": modele("certification", numero=f"RNCP{n}", anciennes_fiches=f"\n  - RNCP{n - 1}")
        for n in range(2, 12)
    }
    registre = registre_of(tmp_path, files)
    turned = Registre({**registre.records, "certifications": dict(reversed(list(registre.certifications.items())))})
    for each in (registre, turned):
        lines = CheckContext(each, TODAY).lineages
        assert {numero: set(line) for numero, line in lines.items()} == {
            f"RNCP{n}": {f"RNCP{m}" for m in range(1, n + 1)} for n in range(2, 12)
        }


@pytest.mark.parametrize(
    ("after", "kept"),
    [
        ({}, set()),
        ({"certifications": "\n  - RNCP2"}, {"RNCP1"}),
        ({"date": "2025-12-12"}, {"RNCP1", "RNCP2"}),
        ({"regime": "cfa"}, {"RNCP1", "RNCP2"}),
        ({"statut": "annule"}, {"RNCP1", "RNCP2"}),
        ({"approbations": "\n  - conseil: CP-2025-12-NUM\n    avis: refuse"}, {"RNCP1", "RNCP2"}),
        ({"approbations": "\n  - conseil: CP-2025-12-NUM\n    avis: approuve_avec_reserves"}, set()),
    ],
)
def test_minutes_are_approved_by_a_later_session_on_the_same_fiche(tmp_path: Path, after: dict[str, str], kept: set[str]) -> None:
    """An approval is that of a later session held under our rules, for the certifications it examines; a refusal is none."""
    both, vote = "\n  - RNCP1\n  - RNCP2", "\n  - conseil: CP-2025-12-NUM\n    avis: approuve"
    held = {"date": "2026-01-30", "certifications": both, "approbations": vote, "pv": ""} | after
    more = {
        CONSEIL: modele("conseil_tenu", certifications=both),
        PLANNED: modele("conseil_tenu", **held),
        PREUVE: modele("emargement"),
        EXIGENCE: modele("exigence"),
    }
    approved = context(tmp_path, "", more=more).approved
    assert approved == {("CP-2025-12-NUM", numero) for numero in {"RNCP1", "RNCP2"} - kept}


@pytest.mark.parametrize(
    ("day", "days", "expected"),
    [
        (date(2025, 12, 12), 30, date(2026, 1, 11)),
        (date(2025, 12, 12), -15, date(2025, 11, 27)),
        (date(9999, 12, 31), 1, date.max),
        (date(1, 1, 1), -1, date.min),
        (date(2025, 1, 1), 10**12, date.max),
    ],
)
def test_days_never_pass_the_ends_of_the_calendar(day: date, days: int, expected: date) -> None:
    """A delay leads to a day, whatever was typed."""
    assert add_days(day, days) == expected


@pytest.mark.parametrize(("day", "last"), [(date(2024, 2, 1), date(2024, 2, 29)), (date(9999, 12, 1), date.max)])
def test_the_month_counts(day: date, last: date) -> None:
    """The last day of a month, leap years included."""
    assert end_of_month(day) == last
