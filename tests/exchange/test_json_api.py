"""The JSON of the records: valid against the schema delivered, filtered, linked both ways, the same bytes each time."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from macros.exchange.json_api import json_files
from macros.models import COLLECTIONS, UNIQUES
from macros.models.base import Visibilite
from macros.views.donnees import index_path, models_told, record_path, schema_path
from tests.cases.runner import AUDIENCES
from tests.cases.site import vue_of
from tests.cases.world import World, make_world, vue_for

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def world() -> World:
    """A project where every value is distinct, and who may see each."""
    return make_world()


def files(world: World, audience: Visibilite) -> dict[str, str]:
    """Return the text of each file of the world for an audience."""
    return {path: make().decode() for path, make in json_files(vue_for(world.registre, audience, TODAY))}


@pytest.mark.parametrize("audience", AUDIENCES)
def test_nothing_hidden_is_in_any_file(audience: Visibilite, world: World) -> None:
    """No value, id nor day that an audience must not see is in a file or its name; nearly all the rest is."""
    made = files(world, audience)
    whole = "\n".join((*made, *made.values()))
    forbidden = {_day(value) for value in world.forbidden(audience)}
    assert sorted(value for value in forbidden if value in whole and re.search(rf"(?<![\w-]){re.escape(value)}(?![\w-])", whole)) == []
    allowed = {_day(value) for value in world.everything()} - forbidden
    assert len([value for value in allowed if value in whole]) > 0.9 * len(allowed)


def _day(value: str) -> str:
    found = re.fullmatch(r"datetime\.date\((\d+), (\d+), (\d+)\)", value)
    return date(*map(int, found.groups())).isoformat() if found else value


@pytest.mark.parametrize("audience", AUDIENCES)
def test_names_are_never_told(audience: Visibilite, world: World) -> None:
    """Neither persons nor what somebody set aside have a file, whoever reads."""
    made = files(world, audience)
    assert not [path for path in made if "personnes" in path or "veille_ecartee" in path]
    names = {value for values in world.canaries.values["personnes", "personnes"].values() for value in values if value.startswith("CANARI")}
    assert not [name for name in names if any(name in text for text in made.values())]


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("project", ["demonstration", "world"])
def test_every_file_is_as_its_schema_says(audience: Visibilite, project: str, world: World) -> None:
    """Each record of the demonstration, and of a world where half of the links are masked, answers the schema of its collection."""
    vue = vue_of(ROOT, audience) if project == "demonstration" else vue_for(world.registre, audience, TODAY)
    made = {path: json.loads(make()) for path, make in json_files(vue)}
    checked = 0
    for model in models_told():
        if schema_path(model.collection) not in made:
            continue
        schema = made[schema_path(model.collection)]
        Draft202012Validator.check_schema(schema)
        validator = Draft202012Validator(schema)
        for row in made[index_path(model.collection)]["enregistrements"]:
            errors = [
                f"{row['id']} {'.'.join(map(str, error.path))}: {error.message[:200]}"
                for error in validator.iter_errors(made[row["fichier"]])
            ]
            assert errors == []
            checked += 1
    assert checked > 15


def test_links_go_both_ways() -> None:
    """Whatever a record points at says so, when it has a file; the index counts what it lists."""
    made = {path: json.loads(make()) for path, make in json_files(vue_of(ROOT, Visibilite.INTERNE))}
    pairs = 0
    for path, record in made.items():
        for link in record.get("liens", []):
            target = made.get(record_path(link["collection"], link["id"]))
            if target is not None:
                assert {"collection": record["collection"], "id": record["id"], "champ": link["champ"]} in target["cites_par"], path
                pairs += 1
    assert pairs > 300
    for row in made[index_path()]["collections"]:
        assert row["nombre"] == len(made[row["index"]]["enregistrements"])
    assert {row["nom"] for row in made[index_path()]["collections"]} <= {model.collection for model in (*COLLECTIONS, *UNIQUES)}


def test_same_records_same_bytes() -> None:
    """Two readings give the same files; the only day told is the reference date."""
    first, second = (list(json_files(vue_of(ROOT, Visibilite.PUBLIC))) for _ in range(2))
    assert [(path, make()) for path, make in first] == [(path, make()) for path, make in second]


def test_absent_is_absent(world: World) -> None:
    """A key that a record does not state is not told, and a masked link tells its kind only."""
    made = {path: json.loads(make()) for path, make in json_files(vue_for(world.registre, Visibilite.PUBLIC, TODAY))}
    masks = [text for text in map(json.dumps, made.values()) if '"masque"' in text]
    assert masks
    assert all("null" not in json.dumps(record["donnees"]) for record in made.values() if "donnees" in record)
