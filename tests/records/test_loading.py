"""From a folder to a registre: every case file gives exactly its problems; a right project gives records with their places."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from macros.models import COLLECTIONS, UNIQUES
from macros.records.links import link_paths
from macros.records.loading import load
from tests.cases.runner import Case, params, problems_of, registre_of, write_project
from tests.cases.site import MINIATURE

if TYPE_CHECKING:
    from pathlib import Path

CERTIFICATION = "numero: RNCP1\nintitule: Essai\nrepertoire: RNCP\ntype_enregistrement: de_droit\n"
CONSEIL = "intitule: I\ndate: 2025-12-12\nstatut: tenu\ncertifications: [RNCP1]\n"


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
    """Records may be sorted in subfolders; hidden files, `_` files and backups are not records."""
    ignored = ("data/.cache", "data/_brouillon.yml", "data/certifications/.RNCP1.yml.swp", "data/LISEZMOI.md")
    registre = registre_of(tmp_path, {"data/certifications/rncp/2026/RNCP1.yml": CERTIFICATION, **dict.fromkeys(ignored, "x")})
    assert list(registre.certifications) == ["RNCP1"]


def test_documents_beside_evidence_records_are_not_records(tmp_path: Path) -> None:
    """`data/preuves/` holds records and documents of any kind, in subfolders too; other collections hold records only."""
    documents = ("pv.pdf", "2026/PR-2026-031-r1.pdf", "2026/enquête.xlsx", "PR-2026-031", "photo.JPG", "2026/notes.yml.pdf")
    files = {
        "data/preuves/2026/PR-2026-031.yml": "type: autre\ntitre: Essai\ndate: 2026-01-01\n",
        **{f"data/preuves/{name}": "x" for name in documents},
    }
    assert list(registre_of(tmp_path / "a", files).preuves) == ["PR-2026-031"]
    found = load(write_project(tmp_path / "b", {"data/actions/2026/pv.pdf": "x"})).problems
    assert [(problem.code, problem.fichier) for problem in found] == [("fichier-deplace", "data/actions/2026/pv.pdf")]


def test_persons_are_read_from_their_local_file(tmp_path: Path) -> None:
    """Names come from `personnes.local.yml`, which another machine need not have: a number without name is no mistake."""
    files = {
        "data/certifications/RNCP1.yml": CERTIFICATION,
        "data/conseils/CP-2025-12-NUM.yml": CONSEIL + "pilote:\n  fonction: direction\n  personne: P-07\n",
    }
    assert registre_of(tmp_path / "without", files).personnes is None
    local = {"data/personnes.local.yml": "personnes:\n  - id: P-01\n    nom: Essai\n"}
    personnes = registre_of(tmp_path / "with", files | local).personnes
    assert personnes is not None
    assert [(person.id, person.nom) for person in personnes.personnes] == [("P-01", "Essai")]


def test_a_conseil_its_decisions_actions_and_evidence_know_one_another(tmp_path: Path) -> None:
    """Links go from conseils to certifications and evidence, from actions to decisions, from dérogations to anything; each is known from both sides."""
    derogation = (
        "constat: pv-manquant\nenregistrement: CP-2025-12-NUM\nmotif: M\nfonction: direction\ndate: 2026-01-01\njusqu_au: 2026-12-31\n"
    )
    decision = "decisions:\n  - id: D3\n    theme: bilan\n    nature: evaluation\n    texte: T\n"
    files = {
        "data/certifications/RNCP1.yml": CERTIFICATION,
        "data/conseils/CP-2025-12-NUM.yml": CONSEIL
        + decision
        + "annexes: [PR-2026-031]\nsuivi:\n  - action: A-2026-014\n    avis: close\n",
        "data/actions/A-2026-014.yml": "intitule: I\nnature: evaluation\ndate: 2026-01-01\norigine:\n  decision: CP-2025-12-NUM.D3\npreuves: [PR-2026-031]\n",
        "data/preuves/PR-2026-031.yml": "type: autre\ntitre: T\ndate: 2026-01-01\ncertifications: [RNCP1]\n",
        "data/derogations/DER-2026-001.yml": derogation,
    }
    registre = registre_of(tmp_path, files)
    back = {target: {(use.source, ".".join(map(str, use.path))) for use in uses} for target, uses in registre.back_links().items()}
    assert back == {
        ("certifications", "RNCP1"): {("CP-2025-12-NUM", "certifications.0"), ("PR-2026-031", "certifications.0")},
        ("decisions", "CP-2025-12-NUM.D3"): {("A-2026-014", "origine.decision")},
        ("preuves", "PR-2026-031"): {("CP-2025-12-NUM", "annexes.0"), ("A-2026-014", "preuves.0")},
        ("actions", "A-2026-014"): {("CP-2025-12-NUM", "suivi.0.action")},
        ("enregistrements", "CP-2025-12-NUM"): {("DER-2026-001", "enregistrement")},
    }
    record, part = registre.parts["decisions"]["CP-2025-12-NUM.D3"]
    assert (record.id, part) == ("CP-2025-12-NUM", registre.conseils["CP-2025-12-NUM"].decisions[0])
    assert registre.place(record, "decisions", 0, "texte") == ("data/conseils/CP-2025-12-NUM.yml", 9, 5)


def test_a_dangling_link_is_told_once_where_it_is_written(tmp_path: Path) -> None:
    """Two records that name the same missing one are two problems, each at its own line."""
    files = {
        f"data/actions/A-2026-00{n}.yml": f"intitule: I\nnature: evaluation\ndate: 2026-01-01\npreuves: [PR-2026-00{n}, PR-2026-009]\n"
        for n in (1, 2)
    }
    found = load(write_project(tmp_path, files)).problems
    assert [(problem.fichier, problem.ligne, problem.colonne, problem.champ) for problem in found] == [
        (f"data/actions/A-2026-00{n}.yml", 4, column, f"preuves.{index}") for n in (1, 2) for index, column in enumerate((11, 24))
    ]
    assert all(
        name in problem.message for problem, name in zip(found, ("PR-2026-001", "PR-2026-009", "PR-2026-002", "PR-2026-009"), strict=True)
    )


def test_among_many_ids_one_that_begins_alike_is_proposed(tmp_path: Path) -> None:
    """A folder left behind makes as many dangling links as records: each is told with the id that was meant, looked for among few."""
    decisions = "decisions:\n" + "".join(
        f"  - id: D{n}\n    theme: bilan\n    nature: evaluation\n    texte: T\n" for n in range(1000, 2000)
    )
    action = "intitule: I\nnature: evaluation\ndate: 2026-01-01\norigine:\n  decision: CP-2025-12-NUN.D"
    files = {
        "data/certifications/RNCP1.yml": CERTIFICATION,
        "data/conseils/CP-2025-12-NUM.yml": CONSEIL + decisions,
        **{f"data/actions/A-2026-{n}.yml": f"{action}{n}\n" for n in range(1000, 1100)},
    }
    found = load(write_project(tmp_path, files)).problems
    assert len(found) == 100
    assert all("Vouliez-vous écrire «\u00a0CP-2025-12-NUM.D" in problem.message for problem in found)


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
