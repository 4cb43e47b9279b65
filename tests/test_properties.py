"""What holds of any project: the order of files tells nothing, and a record that goes is either not missed or named."""

from __future__ import annotations

import re
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from macros.checks import run_checks
from macros.models.base import Visibilite
from macros.records.loading import load
from macros.records.registre import Registre
from macros.records.relations import relations
from tests.cases.runner import AUDIENCES
from tests.cases.site import reference_date, rendered
from tests.cases.world import vue_for

if TYPE_CHECKING:
    from collections.abc import Iterable
    from random import Random

    from macros.models.constat import Constat
    from macros.problems import Problem

ROOT = Path(__file__).parents[1]
RECORDS = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "data").rglob("*.yml") if not path.name.endswith(".local.yml"))
FOLDERS = ("", "2025", "anciens/2019", "zzz", "A")
OTHER_KINDS = {"conseils": ("decisions", "enregistrements"), "extraits": ()}
"""What else a link may say it names, for the records of a collection; an extract gives way to its certification."""
_SUBFOLDER = re.compile(r"data/(\w+)/(?:[\w/]+/)?([^/]+\.yml)")


def demonstration(project: Path = ROOT) -> Registre:
    """Return the registre of the demonstration, or of a copy; fail with its problems when it has any."""
    found = load(project)
    assert found.registre is not None, "\n".join(map(str, found.problems))
    return found.registre


@pytest.fixture(scope="module")
def registre() -> Registre:
    """The demonstration, complete."""
    return demonstration()


@pytest.fixture(scope="module")
def pages(registre: Registre) -> dict[Visibilite, dict[str, str]]:
    """The text of every macro on the demonstration, for each audience."""
    return texts(registre)


def texts(registre: Registre, audiences: Iterable[Visibilite] = AUDIENCES) -> dict[Visibilite, dict[str, str]]:
    """Return the text of every macro on every record, for each audience."""
    return {audience: rendered(vue_for(registre, audience, reference_date(registre))) for audience in audiences}


def constats(registre: Registre) -> tuple[Constat, ...]:
    """Return the constats of a registre, files named without their subfolder."""
    found = run_checks(registre, reference_date(registre))
    return tuple(replace(constat, fichier=_SUBFOLDER.sub(r"data/\1/\2", constat.fichier)) for constat in found)


def shuffled(registre: Registre, random: Random) -> Registre:
    """Return the same registre, its collections and records met in another order."""
    records = {name: dict(random.sample(list(found.items()), len(found))) for name, found in registre.records.items()}
    documents = dict(random.sample(list(registre.documents.items()), len(registre.documents)))
    empreintes = dict(random.sample(list(registre.empreintes.items()), len(registre.empreintes)))
    order = dict(random.sample(list(records.items()), len(records)))
    return replace(registre, records=order, documents=documents, empreintes=empreintes)


@settings(max_examples=2)
@given(random=st.randoms(use_true_random=False))
def test_the_order_of_records_changes_no_page(registre: Registre, pages: dict[Visibilite, dict[str, str]], random: Random) -> None:
    """In whatever order records are met, constats and the text of every macro are the same, and in the same order."""
    other = shuffled(registre, random)
    assert constats(other) == constats(registre)
    assert texts(other) == pages


@settings(max_examples=8)
@given(random=st.randoms(use_true_random=False))
def test_subfolders_and_the_order_of_writing_change_nothing(registre: Registre, random: Random) -> None:
    """Wherever records are sorted below their collection, and in whatever order they were written, records and constats are the same."""
    with tempfile.TemporaryDirectory() as folder:
        for source in random.sample(RECORDS, len(RECORDS)):
            _, *collection, name = source.split("/")
            inside = [random.choice(FOLDERS)] if collection else []
            target = Path(folder, "data", *collection, *inside, name)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / source, target)
        _copy_documents(Path(folder))
        other = demonstration(Path(folder))
    assert other.records == {**registre.records, "personnes": {}}
    assert other.empreintes == registre.empreintes
    assert constats(other) == constats(registre)


def _copy_documents(project: Path) -> None:
    """Copy the documents filed with evidence, which are named by their path."""
    for path in (ROOT / "data" / "preuves").rglob("*"):
        if path.is_file() and path.suffix != ".yml":
            target = project / path.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)


def without(registre: Registre, fichier: str) -> tuple[str, Registre]:
    """Return the id of the record a file holds, and the registre without it."""
    key = next(key for key, document in registre.documents.items() if document.fichier == fichier)
    records = {name: {i: record for i, record in found.items() if (name, i) != key} for name, found in registre.records.items()}
    documents = {other: document for other, document in registre.documents.items() if other != key}
    return key[1], Registre(records, documents, registre.empreintes)


SAMPLE = [name for rank, name in enumerate(RECORDS) if name != "data/organisme.yml" and (rank % 6 == 0 or name.count("/") < 2)]
"""One record in six, every collection and every single file among them: each removal reads and checks the whole project again."""


@pytest.mark.parametrize("fichier", SAMPLE)
def test_a_record_that_goes_is_not_missed_or_is_named(registre: Registre, fichier: str) -> None:
    """Without any one record, either the checks run, or every problem stands on a link that names it or a part of it."""
    identifier, rest = without(registre, fichier)
    problems = list(relations(rest))
    gone = {identifier, *former_fiches(registre, identifier)}
    for problem in problems:
        written = written_at(problem)
        assert written.split(".")[0] in gone
        assert f"«\u00a0{written}\u00a0»" in problem.message
    kinds = {fichier.split("/")[1], *OTHER_KINDS.get(fichier.split("/")[1], ("enregistrements",))}
    pointing = [use for use in registre.links() if use.lien.collection in kinds and use.target.split(".")[0] == identifier]
    missed = {use.source for use in pointing if not use.lien.libre and use.source != identifier}
    assert {problem.enregistrement for problem in problems} >= missed
    if not problems:
        constats(rest)


def former_fiches(registre: Registre, identifier: str) -> tuple[str, ...]:
    """Return the fiches without record that are known through a certification only."""
    certification = registre.certifications.get(identifier)
    return (*certification.anciennes_fiches, *certification.nouvelles_fiches) if certification else ()


def written_at(problem: Problem) -> str:
    """Return the word that stands in the file where a problem says."""
    there = (ROOT / problem.fichier).read_text("utf-8").splitlines()[problem.ligne - 1][problem.colonne - 1 :]
    found = re.match(r"['\"]?([A-Za-z0-9_.-]+)", there)
    assert found, problem
    return found[1]


def test_pages_stand_without_any_one_record(registre: Registre) -> None:
    """In each collection, where a record may go, every macro is written without it, for the public and one of the others in turn."""
    tried = set()
    for fichier in RECORDS:
        identifier, rest = without(registre, fichier)
        collection = fichier.split("/")[1]
        if collection not in tried and fichier != "data/organisme.yml" and not list(relations(rest)):
            tried.add(collection)
            found = texts(rest, [Visibilite.PUBLIC, (Visibilite.INTERNE, Visibilite.AUDITEUR)[len(tried) % 2]])
            assert not any(f'id="{identifier}"' in text for text in found[Visibilite.PUBLIC].values())
    assert tried >= {"exigences", "lexique.yml"}


def test_files_that_go_from_the_disk_are_told_alike(registre: Registre, tmp_path: Path) -> None:
    """Read again from the disk without one record of each collection, without a document or without the organisation, the project tells the same."""
    shutil.copytree(ROOT / "data", tmp_path / "data", ignore=shutil.ignore_patterns("*.local.yml"))
    for fichier in {name.split("/")[1]: name for name in RECORDS if name.count("/") == 2}.values():
        removed = (tmp_path / fichier).rename(tmp_path / "removed")
        found = load(tmp_path)
        _, rest = without(registre, fichier)
        assert found.problems == tuple(sorted(relations(rest)))
        assert (found.registre is None) == bool(found.problems)
        removed.rename(tmp_path / fichier)
    for document in sorted(name for name, sha in registre.empreintes.items() if sha)[:1]:
        (tmp_path / "data" / "preuves" / document).unlink()
        assert demonstration(tmp_path).empreintes == {**registre.empreintes, document: None}
    (tmp_path / "data" / "organisme.yml").unlink()
    assert [problem.code for problem in load(tmp_path).problems] == ["organisme-manquant"]
