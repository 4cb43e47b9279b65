"""An exception sets aside what it names, nothing else, and only while it runs."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from macros.models.constat import Niveau
from tests.checks.worlds import CONSEIL, DEROGATION, SECONDE, TODAY, exception, found, modele, pooled, world

if TYPE_CHECKING:
    from pathlib import Path

    from macros.models.constat import Constat

SECOND = "data/derogations/DER-2026-002.yml"


def of(constats: tuple[Constat, ...], code: str) -> list[tuple[str, tuple[str, ...], str]]:
    """Return level, certifications and exception of the constats of one code."""
    return [(c.niveau.value, c.certifications, c.derogation) for c in constats if c.code == code]


def test_an_exception_sets_a_constat_aside_and_says_so(tmp_path: Path) -> None:
    """The constat stays, at the level `deroge`, with the exception in its message; it asks for nothing any more."""
    (constat,) = [c for c in found(tmp_path, pooled() | {DEROGATION: exception("pv-manquant")}) if c.code == "pv-manquant"]
    assert (constat.niveau, constat.derogation, constat.is_to_do()) == (Niveau.DEROGE, "DER-2026-001", False)
    assert constat.message.endswith(" Dérogation DER-2026-001, jusqu’au 31\u00a0décembre\u00a02026.")
    assert constat.as_json()["derogation"] == "DER-2026-001"


@pytest.mark.parametrize(
    ("day", "level"),
    [(date(2026, 1, 31), "deroge"), (date(2026, 12, 31), "deroge"), (date(2027, 1, 1), "ecart")],
)
def test_its_last_day_counts(tmp_path: Path, day: date, level: str) -> None:
    """An exception holds on its last day and no longer on the next."""
    files = pooled() | {DEROGATION: exception("pv-manquant")}
    assert of(found(tmp_path, files, day), "pv-manquant") == [
        (level, ("RNCP2",), "DER-2026-001" if level == "deroge" else ""),
    ]


def test_it_does_not_hold_before_its_first_day(tmp_path: Path) -> None:
    """An exception decided for later sets nothing aside today, and is not said useless."""
    files = pooled() | {DEROGATION: exception("pv-manquant").replace("date: 2026-01-01", "date: 2026-02-02")}
    constats = found(tmp_path, files)
    assert of(constats, "pv-manquant") == [("ecart", ("RNCP2",), "")]
    assert of(constats, "derogation-inutile") == []


@pytest.mark.parametrize("change", ["RNCP1", "code", "record"])
def test_it_sets_aside_what_it_names_only(tmp_path: Path, change: str) -> None:
    """Another certification, another code or another record is another constat, and the exception is then of no use."""
    text = exception("pv-manquant", more="certification: RNCP2\n")
    other = {
        "RNCP1": text.replace("RNCP2", "RNCP1"),
        "code": text.replace("pv-manquant", "pv-a-rediger"),
        "record": text.replace("CP-2025-12-NUM", "RNCP2"),
    }[change]
    constats = found(tmp_path, pooled() | {DEROGATION: other})
    assert of(constats, "pv-manquant") == [("ecart", ("RNCP2",), "")]
    assert [level for level, _, _ in of(constats, "derogation-inutile")] == ["a_surveiller"]


def test_a_constat_on_several_certifications_is_split(tmp_path: Path) -> None:
    """An exception for one certification leaves the constat to the others; a second one takes the rest."""
    files = pooled() | {CONSEIL: pooled()[CONSEIL].replace("convocation:\n  date: 2025-11-20\n", "")}
    one = exception("convocation-absente", more="certification: RNCP1\n")
    constats = found(tmp_path / "one", files | {DEROGATION: one})
    assert of(constats, "convocation-absente") == [("ecart", ("RNCP2",), ""), ("deroge", ("RNCP1",), "DER-2026-001")]
    both = files | {DEROGATION: one, SECOND: one.replace("RNCP1", "RNCP2")}
    assert of(found(tmp_path / "both", both), "convocation-absente") == [
        ("deroge", ("RNCP1",), "DER-2026-001"),
        ("deroge", ("RNCP2",), "DER-2026-002"),
    ]


def test_an_exception_cannot_be_set_aside(tmp_path: Path) -> None:
    """Nothing silences the constat that says that an exception is over or of no use."""
    files = world() | {DEROGATION: exception("pv-manquant"), SECOND: exception("derogation-inutile", "DER-2026-001")}
    constats = found(tmp_path, files)
    assert [(c.enregistrement, c.niveau.value) for c in constats if c.code == "derogation-inutile"] == [
        ("DER-2026-001", "a_surveiller"),
        ("DER-2026-002", "a_surveiller"),
    ]


def test_a_note_needs_no_exception(tmp_path: Path) -> None:
    """What asks for nothing cannot be set aside: the exception is of no use."""
    files = world() | {CONSEIL: modele("conseil_tenu", date="2025-11-25"), DEROGATION: exception("hors-saison")}
    constats = found(tmp_path, files)
    assert of(constats, "hors-saison") == [("conforme", ("RNCP1",), "")]
    assert len(of(constats, "derogation-inutile")) == 1


def test_an_exception_past_its_day_says_what_became_of_it(tmp_path: Path) -> None:
    """Once over, it says whether the constat is back or gone."""
    over = exception("pv-manquant").replace("jusqu_au: 2026-12-31", "jusqu_au: 2026-01-31")
    back = [c.message for c in found(tmp_path / "back", pooled() | {DEROGATION: over}, TODAY) if c.code == "derogation-echue"]
    gone = [c.message for c in found(tmp_path / "gone", world() | {DEROGATION: over}, TODAY) if c.code == "derogation-echue"]
    assert ["est de nouveau à traiter" in message for message in back] == [True]
    assert ["n’existe plus" in message for message in gone] == [True]


@pytest.mark.parametrize(("files", "remedy"), [(pooled(), "Traitez le constat"), (world(), "Retirez la dérogation")])
def test_an_exception_past_its_day_is_about_its_certification(tmp_path: Path, files: dict[str, str], remedy: str) -> None:
    """What to do depends on whether the constat is back; the certification named is the one concerned."""
    over = exception("pv-manquant", more="certification: RNCP2\n").replace("jusqu_au: 2026-12-31", "jusqu_au: 2026-01-31")
    files = files | {SECONDE: modele("certification", numero="RNCP2"), DEROGATION: over}
    (constat,) = [c for c in found(tmp_path, files) if c.code == "derogation-echue"]
    assert (constat.certifications, constat.remede.startswith(remedy)) == (("RNCP2",), True)
