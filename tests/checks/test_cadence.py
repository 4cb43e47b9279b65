"""When the next conseil is expected, certification by certification."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.checks.worlds import CERTIFICATION, CONSEIL, PLANNED, SECONDE, found, modele, world

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
        ({"date_decision": ""}, "2026-07-01", ["enregistrement-sans-date"]),
        ({"date_decision": "", "actif": "non"}, "2026-07-01", []),
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
        ({"anciennes_fiches": OLDER, "date_decision": ""}, "2026-07-01", ["enregistrement-sans-date"]),
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


BOTH = "\n  - RNCP1\n  - RNCP2"
MINUTED = "\n  - certification: RNCP2\n    etat: projet"


def pooled_codes(root: Path, day: str, today: str, more: dict[str, str] | None = None) -> list[tuple[str, str]]:
    """Return codes and remedies on the pace of RNCP1, whose only session, pooled on `day`, has minutes for RNCP2 alone."""
    files = world() | {
        CONSEIL: modele("conseil_tenu", date=day, certifications=BOTH, pv=MINUTED),
        SECONDE: modele("certification", numero="RNCP2"),
        **(more or {}),
    }
    return [(c.code, c.remede) for c in found(root, files, date.fromisoformat(today)) if c.enregistrement == "RNCP1" and c.controle in PACE]


@pytest.mark.parametrize(
    ("day", "today", "expected"),
    [
        ("2026-06-30", "2026-07-30", []),
        ("2026-06-30", "2026-07-31", [("premier-conseil-en-retard", "Rédigez le procès-verbal de RNCP1")]),
        ("2026-05-01", "2026-06-01", [("premier-conseil-a-planifier", "Rédigez le procès-verbal de RNCP1")]),
        ("2025-07-31", "2026-07-31", [("premier-conseil-en-retard", "Rédigez le procès-verbal de RNCP1")]),
        ("2025-07-31", "2026-08-01", [("premier-conseil-en-retard", "Planifiez une séance")]),
    ],
)
def test_a_session_without_minutes_answers_while_they_may_be_written(
    tmp_path: Path, day: str, today: str, expected: list[tuple[str, str]]
) -> None:
    """Within the delay nothing is said; after it, write the minutes, as long as the session would still be recent enough."""
    told = pooled_codes(tmp_path, day, today)
    assert [code for code, _ in told] == [code for code, _ in expected]
    assert [remedy.startswith(start) for (_, remedy), (_, start) in zip(told, expected, strict=True)] == [True] * len(expected)


def test_a_planned_conseil_does_not_hide_the_minutes_that_are_missing(tmp_path: Path) -> None:
    """With a session planned after the day expected, writing the minutes is the remedy all the same."""
    told = pooled_codes(tmp_path, "2026-06-01", "2026-07-02", {PLANNED: modele("conseil_prevu")})
    assert [(code, remedy.startswith("Rédigez")) for code, remedy in told] == [("conseil-planifie-tard", True)]


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ({"date_decision": "2026-07-01"}, 0),
        ({"date_decision": "2026-07-02"}, 1),
        ({"date_decision": "2026-07-02", "date_publication": "2026-06-01"}, 1),
        ({"date_decision": "", "date_publication": "2026-07-01"}, 0),
        ({"date_decision": ""}, 0),
        ({"anciennes_fiches": ""}, 1),
        ({"anciennes_fiches": "\n  - RNCP2"}, 1),
    ],
)
@pytest.mark.parametrize("told", ["new", "old"])
def test_a_replaced_fiche_waits_until_the_other_begins(tmp_path: Path, second: dict[str, str], expected: int, told: str) -> None:
    """Whichever fiche states it, the former one is asked for conseils until the day the new one is registered, if that day is known."""
    new = {"numero": "RNCP2", "anciennes_fiches": "\n  - RNCP1"} | second
    stated = "\n  - RNCP2" if told == "old" and "anciennes_fiches" not in second else ""
    files = world() | {
        CERTIFICATION: modele("certification", nouvelles_fiches=stated),
        SECONDE: modele("certification", **(new | {"anciennes_fiches": ""} if stated else new)),
    }
    del files[CONSEIL]
    late = [c.enregistrement for c in found(tmp_path, files, date(2026, 7, 1)) if c.code == "premier-conseil-en-retard"]
    assert late.count("RNCP1") == expected


@pytest.mark.parametrize("minutes", ["RNCP1", "RNCP2"])
def test_a_pooled_conseil_counts_where_it_is_minuted(tmp_path: Path, minutes: str) -> None:
    """Without its minutes a certification waits for another session, and is told which one does not count."""
    conseil = modele("conseil_tenu", certifications=BOTH, pv=f"\n  - certification: {minutes}\n    etat: projet")
    files = world() | {CONSEIL: conseil, SECONDE: modele("certification", numero="RNCP2")}
    late = [c for c in found(tmp_path, files, date(2026, 7, 1)) if c.code == "premier-conseil-en-retard"]
    assert [c.enregistrement for c in late] == ["RNCP2" if minutes == "RNCP1" else "RNCP1"]
    assert "(CP-2025-12-NUM) ne compte pas" in late[0].message
