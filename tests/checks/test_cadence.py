"""When the next conseil is expected, certification by certification."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.checks.worlds import CERTIFICATION, CONSEIL, SECONDE, found, modele, world

if TYPE_CHECKING:
    from pathlib import Path

PACE = ("cadence_cp", "premier_cp")
OLDER = "\n  - RNCP9"


def codes(root: Path, certification: dict[str, str], today: date, conseil: dict[str, str] | None = None, organisme: str = "") -> list[str]:
    """Return what is said of the pace of one certification, with its conseil of December 2025 unless another or none (`{}`) is given."""
    files = world() | {CERTIFICATION: modele("certification", **certification)}
    if conseil == {}:
        del files[CONSEIL]
    elif conseil:
        files[CONSEIL] = modele("conseil_tenu", **conseil)
    return [c.code for c in found(root, files, today, organisme) if c.controle in PACE]


@pytest.mark.parametrize(
    ("certification", "day", "expected"),
    [
        ({}, "2026-03-31", []),
        ({}, "2026-06-30", ["premier-conseil-a-planifier"]),
        ({}, "2026-07-01", ["premier-conseil-en-retard"]),
        ({"date_decision": "", "date_publication": "2024-06-30"}, "2026-07-01", ["premier-conseil-en-retard"]),
        ({"date_decision": ""}, "2026-07-01", []),
        ({"actif": "non"}, "2026-07-01", []),
        ({"date_fin_enregistrement": "2026-06-30"}, "2026-07-01", []),
        ({"nouvelles_fiches": OLDER}, "2026-07-01", []),
        ({"type_enregistrement": "de_droit", "date_fin_enregistrement": "2026-09-30"}, "2026-07-01", ["premier-conseil-en-retard"]),
        ({"date_fin_enregistrement": "2026-06-30"}, "2025-12-01", ["premier-conseil-en-retard"]),
        ({"date_fin_enregistrement": "2026-06-30"}, "2025-11-30", ["premier-conseil-a-planifier"]),
        ({"date_fin_enregistrement": ""}, "2026-07-01", ["premier-conseil-en-retard"]),
        ({"premier_cp": "\n  mois: 30\n  motif: Essai."}, "2026-07-01", []),
        ({"cadence_cp": "\n  mois: 6\n  motif: Essai."}, "2025-07-01", []),
        ({"anciennes_fiches": OLDER}, "2025-06-30", ["conseil-a-planifier"]),
        ({"anciennes_fiches": OLDER}, "2025-07-01", ["conseil-en-retard"]),
        ({"anciennes_fiches": OLDER}, "2026-07-01", ["conseil-en-retard"]),
        ({"anciennes_fiches": OLDER, "premier_cp": "\n  mois: 30\n  motif: Essai."}, "2025-07-01", ["conseil-en-retard"]),
        ({"anciennes_fiches": OLDER, "date_decision": ""}, "2026-07-01", []),
        ({"anciennes_fiches": OLDER, "actif": "non"}, "2026-07-01", []),
    ],
)
def test_before_any_conseil(tmp_path: Path, certification: dict[str, str], day: str, expected: list[str]) -> None:
    """An initial registration may wait 24 months, not past the filing of the next application; a renewed one keeps the yearly pace."""
    assert codes(tmp_path, certification, date.fromisoformat(day), {}) == expected


@pytest.mark.parametrize(
    ("certification", "conseil", "day", "expected"),
    [
        ({}, {}, "2026-10-01", []),
        ({}, {}, "2026-12-31", ["conseil-a-planifier"]),
        ({}, {}, "2027-01-01", ["conseil-en-retard"]),
        ({}, {"date": "2025-12-01"}, "2026-12-31", ["conseil-a-planifier"]),
        ({"premier_cp": "\n  mois: 6\n  motif: Essai."}, {}, "2026-07-01", []),
        ({"cadence_cp": "\n  mois: 24\n  motif: Essai."}, {}, "2027-01-01", []),
        ({"date_decision": ""}, {}, "2027-01-01", ["conseil-en-retard"]),
        ({"date_limite_delivrance": "2026-12-31"}, {}, "2027-01-01", []),
        ({}, {"regime": "universite"}, "2026-07-01", ["premier-conseil-en-retard"]),
        ({}, {"statut": "annule"}, "2026-07-01", ["premier-conseil-en-retard"]),
        ({}, {"statut": "planifie"}, "2026-07-01", ["premier-conseil-en-retard"]),
    ],
)
def test_after_a_conseil(tmp_path: Path, certification: dict[str, str], conseil: dict[str, str], day: str, expected: list[str]) -> None:
    """The next one is expected by the end of the same month a year later, or at the pace chosen with a reason."""
    assert codes(tmp_path, certification, date.fromisoformat(day), conseil or None) == expected


@pytest.mark.parametrize(
    ("since", "day", "expected"),
    [
        ("2026-12-31", "2027-01-01", ["conseil-en-retard"]),
        ("2027-01-01", "2027-01-01", []),
        ("2027-01-01", "2028-01-31", ["conseil-a-planifier"]),
        ("2027-01-01", "2028-02-01", ["conseil-en-retard"]),
    ],
)
def test_nothing_is_late_before_it_is_followed(tmp_path: Path, since: str, day: str, expected: list[str]) -> None:
    """What was due before the first day of follow-up is due one pace after it."""
    assert codes(tmp_path, {}, date.fromisoformat(day), organisme=f"suivi_depuis: {since}\n") == expected


@pytest.mark.parametrize("minutes", ["RNCP1", "RNCP2"])
def test_a_pooled_conseil_counts_where_it_is_minuted(tmp_path: Path, minutes: str) -> None:
    """Without its minutes a certification waits for another session, and is told which one does not count."""
    both = "\n  - RNCP1\n  - RNCP2"
    conseil = modele("conseil_tenu", certifications=both, pv=f"\n  - certification: {minutes}\n    etat: projet")
    files = world() | {CONSEIL: conseil, SECONDE: modele("certification", numero="RNCP2")}
    late = [c for c in found(tmp_path, files, date(2026, 7, 1)) if c.code == "premier-conseil-en-retard"]
    assert [c.enregistrement for c in late] == ["RNCP2" if minutes == "RNCP1" else "RNCP1"]
    assert "(CP-2025-12-NUM) ne compte pas" in late[0].message
