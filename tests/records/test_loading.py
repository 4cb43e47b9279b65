"""From a folder to a registre: every case file gives exactly its problems; a right project gives records with their places."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from macros.models import COLLECTIONS, UNIQUES
from macros.records.loading import load
from macros.records.registre import link_paths
from tests.cases.runner import Case, params, problems_of, registre_of, write_project
from tests.cases.site import MINIATURE

if TYPE_CHECKING:
    from pathlib import Path

CERTIFICATION = "numero: RNCP1\nintitule: Essai\nrepertoire: RNCP\ntype_enregistrement: de_droit\n"


@pytest.mark.parametrize("case", params("erreurs"))
def test_every_mistake_is_told_at_its_place(case: Case, tmp_path: Path) -> None:
    """The problems of a case are exactly those expected: code, file, line, column, and the words that help."""
    found = problems_of(case, tmp_path)
    expected = case.data["attendu"]
    assert [(p.code, p.fichier, str(p.ligne), str(p.colonne)) for p in found] == [
        (e["code"], e["fichier"], e["ligne"], e["colonne"]) for e in expected
    ], "\n".join(map(str, found))
    assert [e["contient"] for p, e in zip(found, expected, strict=True) if e["contient"] not in p.message] == []


def test_a_right_project_gives_every_record() -> None:
    """The miniature project has no problem; each record knows its file, each field its line."""
    loaded = load(MINIATURE)
    assert loaded.problems == ()
    assert loaded.registre is not None
    files = {path.relative_to(MINIATURE).as_posix() for path in (MINIATURE / "data").rglob("*.yml")}
    assert {loaded.registre.place(record)[0] for record in loaded.registre} == files
    certification = loaded.registre.certifications["RNCP99001"]
    fichier, line, _ = loaded.registre.place(certification, "intitule")
    assert (MINIATURE / fichier).read_text("utf-8").splitlines()[line - 1] == f"intitule: {certification.intitule}"


def test_subfolders_and_hidden_files_are_permitted(tmp_path: Path) -> None:
    """Records may be sorted in subfolders; hidden files, `_` files, local files and evidence are not records."""
    ignored = (
        "data/.cache",
        "data/_brouillon.yml",
        "data/personnes.local.yml",
        "data/preuves/pv.pdf",
        "data/certifications/.RNCP1.yml.swp",
        "data/LISEZMOI.md",
    )
    registre = registre_of(tmp_path, {"data/certifications/rncp/2026/RNCP1.yml": CERTIFICATION, **dict.fromkeys(ignored, "x")})
    assert list(registre.certifications) == ["RNCP1"]


def test_relations_wait_for_valid_records(tmp_path: Path) -> None:
    """While a record cannot be read, links to it are not called unknown: no cascades."""
    files = {
        "data/certifications/RNCP1.yml": CERTIFICATION + "source_fc:\n  extrait: RNCP1\n  date: 2026-01-01\n",
        "data/extraits/RNCP1.yml": "numero: [\n",
    }
    assert {problem.code for problem in load(write_project(tmp_path, files)).problems} == {"syntaxe"}


def test_old_fiches_need_no_record(tmp_path: Path) -> None:
    """Former and new numbers may be of fiches that have no record here."""
    registre = registre_of(tmp_path, {"data/certifications/RNCP1.yml": CERTIFICATION + "anciennes_fiches:\n  - RNCP7\n"})
    assert {(use.source, use.target) for use in registre.links()} == {("RNCP1", "RNCP7")}


def test_each_link_field_is_found_once() -> None:
    """A link written once is one link, one back-link and, when unknown, one problem."""
    paths = [(model.collection, path) for model in (*COLLECTIONS, *UNIQUES) for path, _ in link_paths(model)]
    assert len(paths) == len(set(paths))


def test_problems_are_sorted_by_file_and_line(tmp_path: Path) -> None:
    """Problems come in the order people open files."""
    files = {f"data/certifications/RNCP{n}.yml": "intitule: A : b\n" for n in (3, 1, 2)}
    found = load(write_project(tmp_path, files)).problems
    assert list(found) == sorted(found)
    assert len(found) == len(files)


def test_an_empty_folder_asks_for_the_organisation(tmp_path: Path) -> None:
    """No `data/` at all is told as a missing organisation, not as a crash."""
    assert [problem.code for problem in load(tmp_path).problems] == ["organisme-manquant"]


def test_links_are_known_from_both_sides() -> None:
    """A record pointed at knows who points at it, from which field; a number without record is a link too."""
    loaded = load(MINIATURE)
    assert loaded.registre is not None
    uses = list(loaded.registre.links())
    back = loaded.registre.back_links()
    assert uses
    assert sum(map(len, back.values())) == len(uses)
    for use in uses:
        assert use in back[use.lien.collection, use.target]
        value: object = loaded.registre.records[use.collection][use.source]
        for step in use.path:
            value = value[step] if isinstance(value, tuple) and isinstance(step, int) else getattr(value, str(step))
        assert value == use.target
