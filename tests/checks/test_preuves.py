"""What the cases do not show of evidence: where a document is, what still needs it, when it is gone."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.checks.worlds import CONSEIL, EXIGENCE, found, modele, world

if TYPE_CHECKING:
    from pathlib import Path

    from macros.models.constat import Constat

LATER = date(2027, 2, 1)
PROOF = "data/preuves/PR-2024-002.yml"
FILE = "data/preuves/referentiel.txt"
HASH = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
ERASED = "\n  donnees_personnelles: oui\n  effacer_apres: {}"


def revision(**fields: str) -> str:
    """Return one version of a document of November 2024, with the fields given."""
    return "\n  - numero: 1\n    date: 2024-11-20" + "".join(f"\n    {key}: {value}" for key, value in fields.items())


def on_proof(root: Path, changes: dict[str, str], more: dict[str, str] | None = None, today: date = LATER) -> list[Constat]:
    """Return the constats on one proof, amended; its file is there."""
    files = {EXIGENCE: modele("exigence"), PROOF: modele("referentiel", **changes), FILE: "hello", **(more or {})}
    return [c for c in found(root, files, today) if c.collection == "preuves"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"relue_le": "2026-01-01"}, []),
        ({"relue_le": "2026-01-01", "revisions": revision(fichier="perdu.txt")}, ["fichier-absent"]),
        ({"relue_le": "2026-01-01", "revisions": revision(fichier="referentiel.txt")}, ["empreinte-absente"]),
        ({"relue_le": "2026-01-01", "revisions": revision(emplacement="Coffre")}, ["empreinte-absente"]),
        ({"relue_le": "2026-01-01", "revisions": revision(emplacement="Coffre", sha256=HASH)}, []),
        ({"relue_le": "2026-01-01", "revisions": revision()}, ["preuve-sans-document"]),
        ({"relue_le": "2026-01-01", "revisions": ""}, ["preuve-sans-document"]),
        ({"revisions": revision(emplacement="Coffre", sha256=HASH)}, ["preuve-ancienne"]),
        ({"revisions": ""}, ["preuve-ancienne", "preuve-sans-document"]),
        ({"type": "pv_jury"}, ["donnees-dans-le-depot"]),
        ({"type": "pv_cp"}, []),
    ],
)
def test_a_document_is_somewhere_and_known(tmp_path: Path, changes: dict[str, str], expected: list[str]) -> None:
    """Each way of keeping a document has its own question, asked once."""
    assert [c.code for c in on_proof(tmp_path, changes)] == expected


@pytest.mark.parametrize(
    ("day", "places", "expected"),
    [
        ("2027-01-31", {"emplacement": "Coffre", "sha256": HASH}, ["donnees-a-effacer"]),
        ("2027-02-01", {"emplacement": "Coffre", "sha256": HASH}, []),
        ("2027-01-31", {"sha256": HASH}, []),
        ("2027-02-01", {"sha256": HASH}, ["preuve-sans-document"]),
        ("2027-01-31", {"fichier": "referentiel.txt", "sha256": HASH}, ["donnees-a-effacer", "donnees-dans-le-depot"]),
    ],
)
def test_a_document_is_gone_when_its_place_is(tmp_path: Path, day: str, places: dict[str, str], expected: list[str]) -> None:
    """Past the day set, a record keeps date and fingerprint without place; before, the place is missing."""
    changes = {"relue_le": "2026-01-01", "conservation": ERASED.format(day), "revisions": revision(**places)}
    assert [c.code for c in on_proof(tmp_path, changes)] == expected


def test_what_was_never_filed_is_not_to_be_erased(tmp_path: Path) -> None:
    """A proof without any document has nothing to erase."""
    changes = {"relue_le": "2026-01-01", "conservation": ERASED.format("2027-01-31"), "revisions": ""}
    assert [c.code for c in on_proof(tmp_path, changes)] == ["preuve-sans-document"]


def test_a_document_that_only_a_session_cites_does_not_grow_old(tmp_path: Path) -> None:
    """What a past conseil looked at is history: nothing rests on it any more."""
    files = world() | {CONSEIL: modele("conseil_tenu", annexes="\n  - PR-2024-002")}
    assert [c.code for c in on_proof(tmp_path, {"exigences": ""}, files) if c.enregistrement == "PR-2024-002"] == []


@pytest.mark.parametrize(("changes", "told"), [({"date": "2023-01-01"}, "20 novembre 2024"), ({"date": "2024-12-01"}, "1er décembre 2024")])
def test_the_age_is_that_of_the_last_change(tmp_path: Path, changes: dict[str, str], told: str) -> None:
    """The age counts from the document, its last version or its last reading, whichever is last."""
    (constat,) = on_proof(tmp_path, changes)
    assert told.replace(" ", "\u00a0") in constat.message


@pytest.mark.parametrize("second", [revision(emplacement="Coffre", sha256=HASH), revision(fichier="copie.txt")])
def test_the_same_document_is_known_by_its_fingerprint(tmp_path: Path, second: str) -> None:
    """Stated or computed, in the repository or not, the same fingerprint is the same document; the first proof stays."""
    other = modele("referentiel", revisions=second, relue_le="2026-01-01")
    more = {PROOF.replace("002", "003"): other, "data/preuves/copie.txt": "hello"}
    twins = [c.enregistrement for c in on_proof(tmp_path, {"relue_le": "2026-01-01"}, more) if c.code == "preuve-en-double"]
    assert twins == ["PR-2024-003"]
