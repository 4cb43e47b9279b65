"""No action is changed by a journey through a spreadsheet, whatever its fields hold."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from macros.exchange.xlsx import COUPURE, workbook_bytes
from macros.exchange.xlsx_import import plan_import
from macros.exchange.xlsx_modele_classeur import build_modele
from macros.exchange.xlsx_reading import read_sheets
from macros.models.action import Action, StatutAction
from macros.models.base import FIRST_YEAR, LAST_YEAR, Visibilite
from macros.models.conseil import Nature
from macros.models.origine import Origine
from macros.records.fields import example_of
from macros.records.parsing import parse_record
from tests.cases.site import vue_of

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

    from macros.records.registre import Registre

ROOT = Path(__file__).resolve().parents[2]
DAYS = st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31))
SIGNS = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff", include_characters="\t\r\n\x85")
"""Every character that a record file may hold."""
RISKY = st.sampled_from(["=1+1", "+1", "-1", "@A1", "<r>a</r>", "_x0041_", "x005F_", "31/12/2026", "0123", "oui", "\u2028", "'", "a, b; c"])


def _is_said(text: str) -> bool:
    """Tell whether a text says something, and ends its lines as records do: spaces alone say nothing, and Windows' line ends become ours."""
    return bool(text.strip()) and "\r\n" not in text and not text.endswith(COUPURE)


LONG = st.one_of(RISKY, st.text(SIGNS, min_size=1, max_size=40)).filter(_is_said)
LINE = LONG.map(lambda text: text.replace("\n", " ").strip()).filter(_is_said)


def maybe(strategy: SearchStrategy[Any]) -> SearchStrategy[Any]:
    """Return values, or none."""
    return st.one_of(st.none(), strategy)


def part(**fields: SearchStrategy[Any]) -> SearchStrategy[dict[str, Any]]:
    """Return parts of a record, without the keys that hold nothing."""
    return st.fixed_dictionaries(fields).map(lambda data: {key: value for key, value in data.items() if value is not None})


@st.composite
def actions(draw: DrawFn, known: Registre) -> Action:
    """Return an action of which every field may be stated, that tells one story."""
    reports = draw(st.lists(part(ancienne=DAYS, nouvelle=DAYS, motif=LINE), max_size=3))
    statut = draw(st.sampled_from(StatutAction))
    over = statut in (StatutAction.CLOSE, StatutAction.ABANDONNEE)
    kind = draw(st.sampled_from([*Origine.model_fields, ""]))
    shapes = {name: example_of(info) for name, info in Origine.model_fields.items()}
    real = {"decision": sorted(known.known_ids("decisions")), "exigence": sorted(known.exigences)}
    real |= {"reclamation": sorted(known.reclamations), "audit": sorted(known.audits)}
    told = draw(st.sampled_from(real[kind]) if kind in real else LINE if kind == "autre" else st.just(shapes.get(kind, "")))
    data = {
        "intitule": draw(LINE),
        "nature": draw(st.sampled_from(Nature)).value,
        "description": draw(maybe(LONG)),
        "date": draw(DAYS),
        "origine": {kind: told} if kind else None,
        "certifications": draw(maybe(st.lists(st.sampled_from(sorted(known.certifications)), unique=True, max_size=3))),
        "responsable": draw(maybe(LINE)),
        "echeance": reports[-1]["nouvelle"] if reports else draw(maybe(DAYS)),
        "reports": reports,
        "statut": statut.value,
        "priorite": draw(maybe(st.sampled_from(get_args(Action.model_fields["priorite"].annotation)))),
        "critere": draw(maybe(LINE)),
        "avancement": draw(st.lists(part(date=DAYS, texte=LINE, pourcentage=maybe(st.integers(0, 100))), max_size=3)),
        "preuves": draw(maybe(st.lists(st.sampled_from(sorted(known.preuves)), unique=True, max_size=3))),
        "cloture": draw(maybe(part(date=DAYS, bilan=maybe(LINE)))) if over else None,
        "efficacite": draw(maybe(part(date=DAYS, avis=st.sampled_from(["efficace", "partielle", "inefficace"]), motif=maybe(LINE)))),
        "recurrence": draw(maybe(part(mois=st.integers(0, 10**20), evenement=maybe(LINE)))),
        "visibilite": draw(maybe(st.sampled_from(Visibilite))),
        "notes": draw(maybe(LONG)),
    }
    return Action.model_validate(
        {"id": f"A-{draw(st.integers(1000, 9999))}-{draw(st.integers(1, 99_999)):03}", **{k: v for k, v in data.items() if v is not None}}
    )


@pytest.fixture(scope="module")
def known() -> Registre:
    """The demonstration without its actions."""
    registre = vue_of(ROOT, Visibilite.INTERNE).registre
    return replace(registre, records={**registre.records, "actions": {}})


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_every_action_comes_back(known: Registre, data: st.DataObject) -> None:
    """Exported with its data then imported, each generated action is the same, and its file is read as the same."""
    sent = {action.id: action for action in data.draw(st.lists(actions(known), min_size=1, max_size=6), label="actions")}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "plan.xlsx")
        path.write_bytes(workbook_bytes(build_modele(Action, "Institut", date(2026, 11, 20), sent.values())))
        found = plan_import(read_sheets(path), known)
    assert [str(problem) for problem in found.problems] == []
    assert {new.id: parse_record(new.fichier, new.text.encode()) for new in found.nouvelles} == sent


def test_every_field_is_generated(known: Registre) -> None:
    """A field added to the model is added to the journey."""
    drawn: set[str] = set()

    @settings(max_examples=100, database=None)
    @given(actions(known))
    def fill(action: Action) -> None:
        drawn.update(action.model_fields_set)

    fill()
    assert drawn == set(Action.model_fields)
