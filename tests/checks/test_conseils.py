"""What the cases do not show: a conseil in order, requirements of records other than certifications, what views ask."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from macros.checks import run_checks
from macros.models.base import Visibilite
from macros.records.registre import Registre
from macros.views.context import Vue
from tests.cases.runner import registre_of
from tests.checks.worlds import (
    ACTION,
    CERTIFICATION,
    CONSEIL,
    DEROGATION,
    EXIGENCE,
    PLANNED,
    PREUVE,
    SECONDE,
    TODAY,
    exception,
    found,
    modele,
    planned,
    pooled,
    world,
)

if TYPE_CHECKING:
    from pathlib import Path

    from macros.models.constat import Constat

USAGE = "titre: Essai\ntexte: Usage\nenonce: Un essai.\nforce: usage\ncertitude: une_source\ncontrole: {}\n"


def to_do(constats: tuple[Constat, ...]) -> list[str]:
    """Return the codes of what asks for something."""
    return [constat.code for constat in constats if constat.is_to_do()]


def test_a_complete_conseil_asks_for_nothing(tmp_path: Path) -> None:
    """A session prepared, held and minuted, its proof, an open action in time: no constat at all."""
    assert [constat.message for constat in found(tmp_path, world())] == []


def test_a_cancelled_conseil_asks_for_nothing(tmp_path: Path) -> None:
    """Nothing is expected of a session that did not take place, however empty its record."""
    empty = "intitule: Essai\ndate: 2025-12-12\ncertifications:\n  - RNCP1\nstatut: annule\n"
    assert [c.code for c in found(tmp_path, world() | {CONSEIL: empty}) if c.collection == "conseils"] == []


@pytest.mark.parametrize("regime", ["cfa", "universite"])
@pytest.mark.parametrize("statut", ["planifie", "convoque", "tenu"])
@pytest.mark.parametrize("day", ["2025-12-12", "2026-02-05"])
def test_another_regime_gives_one_constat_and_no_other(tmp_path: Path, regime: str, statut: str, day: str) -> None:
    """The conseil of a CFA or of a university is not judged: it is said once, and asks for nothing."""
    other = f"intitule: Essai\ndate: {day}\ncertifications:\n  - RNCP1\nstatut: {statut}\nregime: {regime}\n"
    constats = [c for c in found(tmp_path, world() | {CONSEIL: other}) if c.collection == "conseils"]
    assert [(c.code, c.niveau.value) for c in constats] == [("regime-autre", "sans_objet")]


def test_an_early_conseil_is_never_a_fault(tmp_path: Path) -> None:
    """The first conseil may wait; nothing says that it came too soon."""
    assert (
        to_do(
            found(
                tmp_path,
                world() | {CERTIFICATION: modele("certification", date_decision="2025-12-01", date_fin_enregistrement="2030-12-01")},
            )
        )
        == []
    )


def test_an_empty_held_conseil_is_told_everything_once(tmp_path: Path) -> None:
    """Each missing part is one constat, with no repetition."""
    bare = "intitule: Essai\ndate: 2025-12-12\ncertifications:\n  - RNCP1\nstatut: tenu\n"
    codes = [c.code for c in found(tmp_path, world() | {CONSEIL: bare}) if c.collection == "conseils"]
    assert sorted(codes) == [
        "college-absent", "convocation-absente", "horaires-absents", "ordre-du-jour-absent", "pilote-absent",
        "points-non-abordes", "presence-non-attestee", "pv-manquant",
    ]  # fmt: skip


def test_a_session_on_one_certification_counts_without_minutes(tmp_path: Path) -> None:
    """Missing minutes take a certification out of a pooled session only, and only then is it said."""
    alone = [c.message for c in found(tmp_path, world() | {CONSEIL: modele("conseil_tenu", pv="")}) if c.code == "pv-manquant"]
    assert ["Sans lui" in message for message in alone] == [False]


def test_a_session_said_held_in_the_future_is_told_once(tmp_path: Path) -> None:
    """A mistake of date gives one constat, not one for each thing that cannot exist yet."""
    bare = "intitule: Essai\ndate: 2026-12-12\ncertifications:\n  - RNCP1\nstatut: tenu\n"
    assert [c.code for c in found(tmp_path, world() | {CONSEIL: bare}) if c.collection == "conseils"] == ["seance-future"]


@pytest.mark.parametrize("limit", ["", "repertoires:\n  - RNCP\n", "repertoires:\n  - RS\n", "du: 2025-12-12\n", "du: 2025-12-13\n"])
def test_a_requirement_binds_through_any_certification_on_the_day_of_the_session(tmp_path: Path, limit: str) -> None:
    """One certification bound is enough, on the day of the session; when none is, the constat is dropped."""
    conseil = modele("conseil_tenu", certifications="\n  - RNCP1\n  - RS1", convocation="")
    seconde = modele("certification", numero="RS1", repertoire="RS")
    files = world() | {
        SECONDE.replace("RNCP2", "RS1"): seconde,
        CONSEIL: conseil,
        "data/exigences/EX-CONVOQUER.yml": USAGE.format("convocation_cp") + limit,
    }
    cited = [(c.exigence, c.force) for c in found(tmp_path, files) if c.code == "convocation-absente"]
    assert cited == ([] if limit == "du: 2025-12-13\n" else [("EX-CONVOQUER", "usage")])


@pytest.mark.parametrize(("day", "kept"), [("2026-12-11", 1), ("2026-12-12", 0)])
@pytest.mark.parametrize(
    ("controle", "code"),
    [
        ("convocation_cp", "convocation-a-envoyer"), ("convocation_cp", "ordre-du-jour-incomplet"), ("duree_cp", "duree-inhabituelle"),
        ("colleges_cp", "college-non-convoque"), ("pilotage_cp", "pilote-absent"),
    ],
)  # fmt: skip
def test_a_session_to_come_answers_to_what_binds_on_its_day(tmp_path: Path, controle: str, code: str, day: str, kept: int) -> None:
    """A requirement that begins after the session does not bind it, even when the session is still to come."""
    seats = "\n  - fonction: présidente\n    college: jury"
    files = planned(ordre_du_jour="", pilote="", participants=seats, debut='"14:00"', fin='"14:10"')
    files |= {"data/exigences/EX-PREPARER.yml": USAGE.format(controle) + f"du: {day}\n"}
    assert [c.code for c in found(tmp_path, files, date(2026, 12, 1))].count(code) == kept


def test_a_planned_conseil_in_order_asks_for_nothing(tmp_path: Path) -> None:
    """Before its invitations are due, a session with its agenda and its pilot asks for nothing, whatever its season."""
    files = planned(date="2026-06-11") | {
        CERTIFICATION: modele("certification", date_decision="2025-06-30", date_fin_enregistrement="2030-06-30")
    }
    assert [c.code for c in found(tmp_path, files)] == []


@pytest.mark.parametrize(
    ("times", "expected"),
    [(("14:00", "15:00"), 0), (("14:00", "14:59"), 1), (("14:00", "18:00"), 0), (("14:00", "18:01"), 1), (("", ""), 0)],
)
@pytest.mark.parametrize("held", [True, False])
def test_the_bounds_of_the_duration_are_usual(tmp_path: Path, times: tuple[str, str], expected: int, *, held: bool) -> None:
    """One hour and four hours are usual, to the minute, for a session held or planned."""
    start, end = (f'"{time}"' if time else "" for time in times)
    conseil = {CONSEIL: modele("conseil_tenu", debut=start, fin=end)} if held else planned(debut=start, fin=end)
    assert [c.code for c in found(tmp_path, world() | conseil)].count("duree-inhabituelle") == expected


CONSULTANT = {"fonction": "consultante", "organisation": "Cabinet Exemple"}


def role(**fields: str) -> str:
    """Return someone by function, as a record writes it."""
    return "".join(f"\n  {key}: {value}" for key, value in fields.items())


@pytest.mark.parametrize(
    ("pilot", "consultant", "expected"),
    [
        ({"fonction": "Consultante "}, CONSULTANT, 1),
        ({"fonction": "consultante", "organisation": "Organisme d’essai"}, CONSULTANT, 0),
        ({"fonction": "direction"}, CONSULTANT, 0),
        ({"fonction": "consultante"}, {"fonction": "consultante"}, 1),
        ({"fonction": "consultante"}, {"fonction": "consultante", "organisation": "organisme d’Essai"}, 0),
        ({"fonction": "direction", "personne": "P-01"}, CONSULTANT | {"personne": "P-01"}, 1),
        ({"fonction": "consultante", "personne": "P-02"}, CONSULTANT | {"personne": "P-01"}, 0),
        ({"fonction": "consultante", "personne": "P-02"}, CONSULTANT, 1),
    ],
)
def test_a_consultant_who_pilots_is_known(tmp_path: Path, pilot: dict[str, str], consultant: dict[str, str], expected: int) -> None:
    """The same person, or the same function when nobody says who, pilots and advises: unless both are of the organisation."""
    files = world() | {CONSEIL: modele("conseil_tenu", pilote=role(**pilot), consultant=role(**consultant))}
    assert [c.code for c in found(tmp_path, files)].count("pilotage-externe") == expected


SEATS = "\n  - fonction: directrice\n    college: certificateur\n  - fonction: présidente\n    college: jury"


@pytest.mark.parametrize(
    ("conseil", "quorum"),
    [
        (modele("conseil_tenu", participants=SEATS), 0),
        (modele("conseil_tenu", participants=SEATS + "\n    presence: absent"), 1),
        (modele("conseil_tenu", participants=SEATS + "\n    presence: invite"), 0),
        (modele("conseil_tenu", participants=SEATS + "\n    presence: absent", statut="planifie"), 0),
        (modele("conseil_tenu", participants=""), 0),
    ],
)
def test_a_quorum_is_counted_on_noted_presences(tmp_path: Path, conseil: str, quorum: int) -> None:
    """Without any presence noted, or before the session, nothing is counted; guests are no members."""
    constats = found(tmp_path, world() | {CONSEIL: conseil}, organisme="reglement_interieur:\n  quorum: moitie\n")
    assert [c.code for c in constats].count("quorum-non-atteint") == quorum


def test_seats_are_looked_at_before_and_after_a_session_only(tmp_path: Path) -> None:
    """A planned session whose day is past is to be confirmed first; its seats are looked at then."""
    constats = found(tmp_path, planned(date="2026-01-30", participants=SEATS))
    assert {c.code for c in constats if c.collection == "conseils"} == {"seance-a-confirmer"}


@pytest.mark.parametrize(("season", "expected"), [("[]", []), ("[6]", ["conforme"]), ("[12]", [])])
def test_the_season_is_a_note_or_nothing(tmp_path: Path, season: str, expected: list[str]) -> None:
    """An organisation without season gives no note."""
    constats = found(tmp_path, world(), organisme=f"parametres:\n  saison_cp: {season}\n")
    assert [c.niveau.value for c in constats if c.code == "hors-saison"] == expected


@pytest.mark.parametrize(("number", "told"), [(1, "A-2025-001."), (5, "A-2025-004 et A-2025-005."), (6, "A-2025-005 et 1\u00a0autre.")])
def test_five_actions_are_named(tmp_path: Path, number: int, told: str) -> None:
    """Up to five actions that were not followed are named; the others are counted."""
    decision = "\n  - id: D1\n    theme: bilan\n    nature: evaluation\n    texte: Réviser."
    files = world() | {CONSEIL: modele("conseil_tenu", decisions=decision), PLANNED: modele("conseil_tenu", date="2026-01-30")}
    files |= {ACTION.replace("001", f"00{n}"): modele("action", origine="\n  decision: CP-2025-12-NUM.D1") for n in range(1, number + 1)}
    (message,) = [c.message for c in found(tmp_path, files) if c.code == "actions-non-suivies"]
    assert message.endswith(told)


@pytest.mark.parametrize(("limit", "kept"), [("repertoires:\n  - RS\n", 1), ("au: 2026-01-31\n", 0)])
def test_what_concerns_the_whole_organisation_answers_to_what_is_in_force(tmp_path: Path, limit: str, kept: int) -> None:
    """An action without certification is bound by any requirement in force, whoever it addresses."""
    files = world() | {ACTION: modele("action", responsable=""), "data/exigences/EX-AGIR.yml": USAGE.format("responsable_action") + limit}
    assert len([c for c in found(tmp_path, files) if c.code == "action-sans-responsable"]) == kept


def test_the_first_requirement_by_id_is_cited(tmp_path: Path) -> None:
    """Two requirements that cite a check: the order of files decides nothing."""
    files = world() | {ACTION: modele("action", responsable="")}
    files |= {f"data/exigences/EX-{name}.yml": USAGE.format("responsable_action") for name in ("B", "A")}
    assert [c.exigence for c in found(tmp_path, files) if c.code == "action-sans-responsable"] == ["EX-A"]


def test_constats_do_not_depend_on_the_order_of_files(tmp_path: Path) -> None:
    """The same records in the reverse order give the same constats in the same order."""
    files = pooled() | {ACTION: modele("action", echeance="2026-01-01"), DEROGATION: exception("pv-manquant")}
    files |= {PREUVE.replace("001", f"00{n}"): modele("emargement") for n in (2, 3)}
    registre = registre_of(tmp_path, files)
    turned = {name: dict(reversed(list(records.items()))) for name, records in reversed(list(registre.records.items()))}
    again = Registre(turned, registre.documents, registre.empreintes)
    assert run_checks(again, TODAY) == run_checks(registre, TODAY)


def test_a_view_separates_what_is_to_do(tmp_path: Path) -> None:
    """Constats are found by certification, by record, and those that ask for something apart."""
    registre = registre_of(tmp_path, pooled() | {DEROGATION: exception("pv-manquant"), ACTION: modele("action", responsable="")})
    vue = Vue(registre, run_checks(registre, TODAY), TODAY, Visibilite.INTERNE)
    assert "pv-manquant" in {c.code for c in vue.constats_of("RNCP2")} - {c.code for c in vue.constats_of("RNCP1")}
    assert {c.code for c in vue.constats_on("actions", "A-2025-001")} == {"action-sans-responsable"}
    assert "pv-manquant" in {c.code for c in vue.constats}
    assert "pv-manquant" not in {c.code for c in vue.a_traiter}
    assert {c.niveau.value for c in vue.a_traiter} <= {"a_surveiller", "ecart"}


@pytest.mark.parametrize("today", [date(1, 1, 1), date(9999, 12, 31), TODAY])
@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_absurd_days_stop_no_check(tmp_path: Path, today: date, day: str) -> None:
    """A mistyped year or delay is a constat or an error, never a crash."""
    files = world() | {
        CERTIFICATION: modele("certification", date_decision=day, premier_cp="\n  mois: 999999\n  motif: Essai."),
        CONSEIL: modele("conseil_tenu", date=day),
        ACTION: modele("action", echeance=day, date=day),
        PREUVE: modele("emargement", date=day, conservation=f"\n  jusqu_au: {day}"),
        EXIGENCE: modele("exigence"),
    }
    found(tmp_path, files, today, f"suivi_depuis: {day}\nparametres:\n  delai_pv_jours: 99999999999\n  cadence_cp_mois: 999999\n")
