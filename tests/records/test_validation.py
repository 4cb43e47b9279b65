"""Validation: pydantic decides, the person reads French at the right place, and a right record is what was written."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from macros.models import COLLECTIONS, UNIQUES
from macros.models.base import OuiNon, Record
from macros.models.certification import Certification
from macros.models.conseil import Conseil
from macros.models.exigence import Exigence
from macros.models.organisme import Organisme
from macros.records.fields import choices_of, example_of, keys_of
from macros.records.reading import read_bytes
from macros.records.validation import validate, without_empty

if TYPE_CHECKING:
    from macros.problems import Problem

MODELS = (*COLLECTIONS, *UNIQUES)
CERTIFICATION = "numero: RNCP1\nintitule: Essai\nrepertoire: RNCP\ntype_enregistrement: de_droit\n"
PLAIN = st.recursive(
    st.one_of(st.none(), st.text(max_size=12), st.sampled_from(["oui", "12", "2026-02-30", "2026-01-31", "RNCP1", "-1", "NO", "12:30"])),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(["code", "nom", "date", "voie", "zzz"]), inner, max_size=3)
    ),
    max_leaves=6,
)


def judge(text: str, model: type[Record] = Certification, identifier: str = "RNCP1") -> tuple[Any, list[Problem]]:
    """Return the record that a text makes and its problems."""
    return validate(read_bytes(text.encode(), "f.yml"), model, identifier)


def test_a_right_record_is_what_was_written() -> None:
    """Texts become days, numbers and choices; the id comes from the file name."""
    record, problems = judge(CERTIFICATION + "niveau: 6\nactif: oui\ndate_decision: 2024-02-29\nnotes: |\n  Deux\n  lignes\n")
    assert problems == []
    assert (record.id, record.niveau, record.actif, record.date_decision, record.notes) == (
        "RNCP1",
        6,
        OuiNon.OUI,
        date(2024, 2, 29),
        "Deux\nlignes\n",
    )


def test_a_key_without_value_is_absent() -> None:
    """`cle:` alone takes the default at every depth; a list element without value is still a mistake."""
    record, problems = judge(CERTIFICATION + "niveau:\ncodes:\n  rome:\n  abrege:\n    code: T\n    libelle:\nblocs:\n")
    assert problems == []
    assert (record.niveau, record.codes.rome, record.codes.abrege.libelle, record.blocs) == (None, (), None, ())
    assert without_empty({"a": None, "b": [{"c": None}], "d": {"e": None}}) == {"b": [{}], "d": {}}
    assert [p.code for p in judge(CERTIFICATION + "anciennes_fiches:\n  - RNCP2\n  -\n")[1]] == ["texte"]


def test_what_looks_like_yaml_magic_is_judged_by_the_model() -> None:
    """`NO` is no answer, `12:30` no number, `2026-02-30` no day, `0123` no SIRET: each is told as it was written."""
    _, problems = judge(CERTIFICATION + "actif: NO\nduree_enregistrement: 12:30\ndate_decision: 2026-02-30\n")
    assert [(p.ligne, p.code, p.champ) for p in problems] == [
        (7, "date", "date_decision"),
        (6, "nombre", "duree_enregistrement"),
        (5, "valeur-inconnue", "actif"),
    ]
    assert all(f"«\u00a0{written}\u00a0»" in p.message for p, written in zip(problems, ("2026-02-30", "12:30", "NO"), strict=True))
    _, (problem,) = judge("format: 1\ndenomination: A\nsiret: 0123\n", Organisme, "organisme")
    assert "«\u00a00123\u00a0»" in problem.message


def test_a_time_needs_no_quotes() -> None:
    """YAML reads `14:00` as 840 in some places; here every scalar stays text, quoted or not."""
    text = "intitule: I\ndate: 2025-12-12\nstatut: tenu\ncertifications: [RNCP1]\ndebut: 09:05\nfin: '14:00'\n"
    record, problems = judge(text, Conseil, "CP-2025-12-NUM")
    assert problems == []
    assert (record.debut, record.fin, record.duration()) == ("09:05", "14:00", 295)


@pytest.mark.parametrize(("typed", "meant"), [("14h", "14:00"), ("14H30", "14:30"), ("9h05", "09:05"), ("9 h 05", "09:05"), ("14.30", "14:30"), ("9:5", "14:00"), ("midi", "14:00"), ("24:00", "14:00"), ("1400", "14:00"), ("12:60", "14:00"), ("\u0661\u0662:00", "14:00")])  # fmt: skip
def test_a_time_written_otherwise_is_told_how_to_write_it(typed: str, meant: str) -> None:
    """The hour that was meant is proposed; an example, when no hour was."""
    _, problems = judge(f'debut: "{typed}"\n', Conseil, "CP-2025-12-NUM")
    (problem,) = (problem for problem in problems if problem.champ == "debut")
    assert problem.message.endswith(f'"{meant}".')


def test_every_problem_of_a_record_is_told_at_once() -> None:
    """Ten mistakes give ten problems, each at its own line with its field and its record."""
    lines = [
        "numero: 12",
        "intitule:",
        "repertoire: RNCQ",
        "niveau: 9",
        "actif: vrai",
        "date_decision: hier",
        "zzz: 1",
        "voies:",
        "  - voie: x",
        "    ouverte: oui",
        "referentiel: ftp://a",
    ]
    _, problems = judge("\n".join(lines) + "\n")
    assert {(p.ligne, p.champ) for p in problems} == {
        (1, "numero"), (2, "intitule"), (3, "repertoire"), (4, "niveau"), (5, "actif"), (6, "date_decision"), (7, "zzz"), (9, "voies.0.voie"), (11, "referentiel"), (1, "type_enregistrement"),
    }  # fmt: skip
    assert {p.enregistrement for p in problems} == {"RNCP1"}


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from([*keys_of(Certification), *keys_of(Exigence), "zzz"]), PLAIN, max_size=6), st.sampled_from(MODELS))
def test_no_plain_data_makes_validation_fail(data: dict[str, Any], model: type[Record]) -> None:
    """Whatever readable YAML a file holds, there is a record or there are problems; no English is shown."""
    document = read_bytes(yaml.safe_dump(data, allow_unicode=True, default_style='"').encode(), "f.yml")
    record, problems = validate(document, model, model.exemple_id)
    assert (record is None) == bool(problems)
    for problem in problems:
        assert problem.ligne >= 1
        assert not re.search(r"\b(Input|should|valid|Field|expected|Value error)\b", problem.message)


def test_the_english_kind_of_an_error_is_never_shown() -> None:
    """The last resort of the translation is not reached by values that a person could type by mistake."""
    texts = [
        f"{key}: {value}\n" for key in keys_of(Certification) for value in ("x", "[x]", "{x: y}", "12", "''", '"\\n"', "2026-01-01", "-1")
    ]
    codes = {problem.code for text in texts for problem in judge(text)[1]}
    assert "valeur-refusee" not in codes
    assert codes >= {"cle-manquante", "valeur-inconnue", "date", "nombre", "liste", "cles", "texte", "forme", "valeur-vide"}


def test_an_element_of_a_list_is_told_its_keys() -> None:
    """A text where an element with keys is expected is told which keys."""
    _, (problem,) = judge(CERTIFICATION + "blocs:\n  - BC01\n")
    assert "code, competences, evaluation et intitule" in problem.message


def test_free_keys_are_asked_for_in_a_whole_sentence() -> None:
    """Where any key is permitted, the sentence does not announce a list that is empty."""
    extrait = next(model for model in COLLECTIONS if model.collection == "extraits")
    problem = next(p for p in judge("autres: x\n", extrait)[1] if p.champ == "autres")
    assert "ici\u00a0: ." not in problem.message


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.collection)
def test_every_example_of_a_model_is_accepted(model: type[Record]) -> None:
    """What help and messages give as an example passes the field it is given for."""
    example = {name: example_of(model.model_fields[name]) for name in keys_of(model)}
    refused = []
    for name, value in example.items():
        if not value:
            continue
        text = f"{name}: {value}\n" if not str(model.model_fields[name].annotation).startswith("tuple") else f"{name}:\n  - {value}\n"
        refused += [f"{name}: {value}: {p.message}" for p in judge(text, model, model.exemple_id)[1] if p.champ.split(".")[0] == name]
    assert refused == []


def test_choices_are_found_inside_annotations() -> None:
    """Enumerations and literals give their values, optional or in a list."""
    assert choices_of(Certification.model_fields["enregistrement_court"].annotation) == ["metier_emergent", "promotion_unique"]
    assert choices_of(Exigence.model_fields["repertoires"].annotation) == ["RNCP", "RS"]
    assert choices_of(Certification.model_fields["intitule"].annotation) == []
