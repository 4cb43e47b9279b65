"""What the cases do not show of actions: which statuses, which days, whose they are."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.checks.worlds import ACTION, CONSEIL, PLANNED, PREUVE, SECONDE, found, modele, pooled, world

if TYPE_CHECKING:
    from pathlib import Path

    from macros.models.constat import Constat

LATER = date(2026, 11, 20)
REPORTS = "".join(f"\n  - ancienne: 2026-0{n}-01\n    nouvelle: 2026-0{n + 1}-01\n    motif: Essai." for n in range(1, 4))
DECISION = "\n  - id: D1\n    theme: bilan\n    nature: evaluation\n    texte: Réviser."
FROM = "\n  decision: CP-2025-12-NUM.D1"


def on_action(root: Path, changes: dict[str, str], organisme: str = "") -> list[Constat]:
    """Return the constats on one action, amended."""
    files = world() | {ACTION: modele("action", **changes)}
    return [c for c in found(root, files, LATER, organisme) if c.collection == "actions"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"statut": "planifiee", "echeance": "2026-11-19"}, ["action-en-retard"]),
        ({"echeance": "", "recurrence": "\n  mois: 3"}, ["action-sans-echeance"]),
        ({"echeance": "", "recurrence": "\n  evenement: contrôle"}, []),
        ({"echeance": "2026-04-01", "reports": REPORTS}, ["action-en-retard", "action-trop-reportee"]),
        ({"echeance": "2026-04-01", "reports": REPORTS, "statut": "abandonnee"}, []),
        ({"statut": "abandonnee", "cloture": "\n  date: 2026-01-01", "origine": "", "responsable": "", "echeance": ""}, []),
        ({"statut": "close", "responsable": "", "echeance": ""}, ["action-close-sans-date", "action-close-sans-preuve"]),
        ({"statut": "close", "cloture": "\n  date: 2026-05-20"}, ["action-close-sans-preuve"]),
        ({"statut": "close", "cloture": "\n  date: 2026-05-19"}, ["action-close-sans-preuve", "efficacite-a-evaluer"]),
    ],
)
def test_each_status_has_its_questions(tmp_path: Path, changes: dict[str, str], expected: list[str]) -> None:
    """An open action is asked who and when; a closed one what shows it; one given up nothing."""
    assert sorted(c.code for c in on_action(tmp_path, changes)) == sorted(expected)


@pytest.mark.parametrize(
    ("changes", "since", "expected"),
    [
        ({"statut": "close"}, "2026-12-31", ["action-close-sans-date", "action-close-sans-preuve"]),
        ({"statut": "close", "echeance": ""}, "2025-12-12", ["action-close-sans-date", "action-close-sans-preuve"]),
        ({"statut": "close", "echeance": ""}, "2025-12-13", []),
        (
            {"statut": "close", "origine": "", "cloture": "\n  date: 2026-10-01"},
            "2025-12-12",
            ["action-close-sans-preuve", "action-sans-origine"],
        ),
        ({"statut": "close", "origine": "", "cloture": "\n  date: 2026-10-01"}, "2025-12-13", ["action-close-sans-preuve"]),
        ({"origine": ""}, "2025-12-13", ["action-sans-origine"]),
    ],
)
def test_what_is_over_before_the_follow_up_is_left_alone(tmp_path: Path, changes: dict[str, str], since: str, expected: list[str]) -> None:
    """A closed action is followed from its closure, its due date or its first day; an open one is always followed."""
    organisme = f"suivi_depuis: {since}\n"
    assert sorted(c.code for c in on_action(tmp_path, changes, organisme)) == expected


@pytest.mark.parametrize(("since", "kept"), [("2025-12-12", 1), ("2025-12-13", 0)])
def test_a_decision_of_a_cancelled_conseil_is_followed_as_its_action(tmp_path: Path, since: str, kept: int) -> None:
    """A closed action born of a cancelled conseil is left alone when it began before the follow-up."""
    files = world() | {
        CONSEIL: modele("conseil_tenu", statut="annule", decisions=DECISION),
        ACTION: modele("action", origine=FROM, statut="close"),
    }
    constats = found(tmp_path, files, LATER, f"suivi_depuis: {since}\n")
    assert [c.code for c in constats].count("action-de-conseil-annule") == kept


@pytest.mark.parametrize("other", [{"statut": "annule"}, {"statut": "planifie"}, {"regime": "cfa"}, {"date": "2026-01-30"}])
def test_only_what_an_earlier_conseil_decided_is_followed(tmp_path: Path, other: dict[str, str]) -> None:
    """What a cancelled session, one of another regime or one of the same day noted is not to be gone over."""
    files = world() | {
        CONSEIL: modele("conseil_tenu", **({"decisions": DECISION} | other)),
        PLANNED: modele("conseil_tenu", date="2026-01-30"),
        ACTION: modele("action", origine=FROM),
    }
    assert [c.enregistrement for c in found(tmp_path, files) if c.code == "actions-non-suivies"] == []


@pytest.mark.parametrize(
    ("decision", "action", "expected"),
    [("", "", {"RNCP1", "RNCP2"}), ("RNCP1", "", {"RNCP1"}), ("RNCP1", "RNCP2", {"RNCP2"}), ("", "RNCP2", {"RNCP2"})],
)
def test_an_action_is_followed_for_its_certifications(tmp_path: Path, decision: str, action: str, expected: set[str]) -> None:
    """Without certification of its own, an action is about those of its decision, else about those of the conseil."""
    told = DECISION + (f"\n    certifications:\n      - {decision}" if decision else "")
    pooled_before = pooled()[CONSEIL] + f"decisions:{told}\n"
    files = pooled() | {CONSEIL: pooled_before, SECONDE: modele("certification", numero="RNCP2")}
    files[ACTION] = modele("action", origine=FROM, certifications=f"\n  - {action}" if action else "")
    for numero in ("RNCP1", "RNCP2"):
        after = modele(
            "conseil_tenu", date="2026-01-30", certifications=f"\n  - {numero}", pv=f"\n  - certification: {numero}\n    etat: projet"
        )
        files[PLANNED.replace("NUM", numero)] = after
    files[PREUVE] = modele("emargement")
    late = {c.certifications for c in found(tmp_path, files) if c.code == "actions-non-suivies"}
    assert late == {(numero,) for numero in expected}


@pytest.mark.parametrize(("statut", "day", "kept"), [("tenu", "2026-01-30", 0), ("planifie", "2026-01-30", 1), ("tenu", "2026-02-02", 1)])
def test_only_a_held_conseil_approves(tmp_path: Path, statut: str, day: str, kept: int) -> None:
    """An approval written in a session that was not held, or not yet, approves nothing."""
    files = world() | {
        CONSEIL: modele("conseil_tenu", pv="\n  - certification: RNCP1\n    etat: diffuse"),
        PLANNED: modele("conseil_tenu", date=day, statut=statut, approbations="\n  - conseil: CP-2025-12-NUM\n    avis: approuve"),
        PLANNED.replace("2026-12", "2026-01"): modele("conseil_tenu", date="2026-01-29"),
    }
    assert [c.code for c in found(tmp_path, files)].count("pv-non-approuve") == kept
