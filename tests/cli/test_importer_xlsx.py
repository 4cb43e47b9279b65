"""`portail importer-xlsx`: all or nothing, told cell by cell, from the template that the tool writes."""

from __future__ import annotations

import os
import shutil
import subprocess
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from macros.cli import app
from macros.cli.french import run
from macros.records.loading import load

if TYPE_CHECKING:
    from collections.abc import Callable

    Portail = Callable[..., tuple[int, str, str]]

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a copy of the demonstration with the current folder inside it."""
    root = tmp_path / "portail"
    shutil.copytree(ROOT / "data", root / "data")
    (root / "mkdocs.yml").write_text("site_name: essai\n", "utf-8")
    monkeypatch.chdir(root)
    for variable in ("PORTAIL_AUDIENCE", "PORTAIL_DATE"):
        monkeypatch.delenv(variable, raising=False)
    return root


@pytest.fixture
def portail(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Portail:
    """Run the command as a person does; `answers` are what a person types at the questions."""

    def call(*arguments: str, answers: list[str] | None = None) -> tuple[int, str, str]:
        left = iter(answers or [])
        for name in ("exporter_xlsx", "importer_xlsx"):  # the verb hides the module of its name
            monkeypatch.setattr(import_module(f"macros.cli.{name}"), "is_interactive", lambda: answers is not None)
        monkeypatch.setattr("macros.cli.asked.console.input", lambda *_words: next(left))
        monkeypatch.setattr("sys.argv", ["portail", *arguments])
        code = run(app)
        said = capsys.readouterr()
        assert next(left, None) is None, "an answer was not asked for"
        return code, said.out, said.err

    return call


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file with its bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def template(portail: Portail, path: Path, *rows: dict[str, Any]) -> str:
    """Write a template of actions filled with rows, by the letters of their columns; return its name."""
    assert portail("exporter", "xlsx", "actions", "--modele", "--vers", str(path))[0] == 0
    book = load_workbook(path)
    for number, row in enumerate(rows, 2):
        for letter, value in row.items():
            book["Actions"][f"{letter}{number}"] = value
    book.save(path)
    return str(path)


GOOD = {"C": "Relire la grille", "D": "évaluation", "F": "02/03/2026"}


def test_new_actions_are_written(project: Path, portail: Portail, tmp_path: Path) -> None:
    """The plan is told, the files are written, what comes next is said; the project then has them."""
    name = template(portail, tmp_path / "plan.xlsx", GOOD, {**GOOD, "C": "Former les jurys", "A": "A-2026-090"})
    code, out, err = portail("importer-xlsx", name)
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "2\u00a0fiches nouvelles.",
        "  A-2026-091  Relire la grille (ligne 2)",
        "  A-2026-090  Former les jurys (ligne 3)",
        "  écrit\u00a0: data/actions/A-2026-091.yml",
        "  écrit\u00a0: data/actions/A-2026-090.yml",
        "Ensuite\u00a0: «\u00a0portail verifier\u00a0» dit ce qui manque, puis «\u00a0portail enregistrer\u00a0» garde cette version.",
    ]
    assert (project / "data/actions/A-2026-091.yml").read_text("utf-8") == (
        "# yaml-language-server: $schema=../../.schemas/actions.json\nintitule: Relire la grille\nnature: evaluation\ndate: 2026-03-02\n"
    )
    found = load(project).registre
    assert found is not None
    assert found.actions["A-2026-090"].intitule == "Former les jurys"


def test_importing_twice_writes_once(project: Path, portail: Portail, tmp_path: Path) -> None:
    """The same file again finds its rows there, with their numbers or without."""
    name = template(portail, tmp_path / "plan.xlsx", GOOD)
    assert portail("importer-xlsx", name)[0] == 0
    before = tree(project)
    code, out, _ = portail("importer-xlsx", name)
    assert (code, out) == (0, "Rien à écrire\u00a0: 1\u00a0fiche est déjà au portail, identique.\n")
    assert tree(project) == before


def test_every_mistake_is_told_and_nothing_is_written(project: Path, portail: Portail, tmp_path: Path) -> None:
    """Each on its line, in the order of the sheet; a good row beside them is not written either."""
    name = template(
        portail, tmp_path / "plan.xlsx", GOOD, {**GOOD, "C": "B", "F": "31/02/2026"}, {"J": "direction"}, {**GOOD, "C": "D", "I": "RNCP1"}
    )
    before = tree(project)
    code, out, err = portail("importer-xlsx", name, "--oui")
    assert (code, out) == (1, "")
    assert [line.split(": ", maxsplit=1)[0] for line in err.splitlines()[:-1]] == [
        f"Actions!{cell}" for cell in ("F3", "C4", "D4", "F4", "I5")
    ]
    assert (
        err.splitlines()[-1]
        == "5\u00a0erreurs à corriger dans 1\u00a0feuille. Corrigez le classeur et relancez la commande\u00a0: rien n’a été écrit."
    )
    assert tree(project) == before


@pytest.mark.parametrize(
    ("rows", "left", "total"),
    [
        (100, "", "200\u00a0erreurs à corriger"),
        (101, "et 2\u00a0autres.", "202\u00a0erreurs à corriger"),
        (3_000, "et au moins 800\u00a0autres.", "Au moins 1\u202f000\u00a0erreurs à corriger"),
    ],
)
def test_a_flood_of_mistakes_stays_readable(rows: int, left: str, total: str, project: Path, portail: Portail, tmp_path: Path) -> None:
    """The first two hundred are told, in order, then how many are left; nothing is written."""
    name = template(portail, tmp_path / "plan.xlsx", *({**GOOD, "D": "x", "F": "demain"} for _ in range(rows)))
    before = tree(project)
    code, out, err = portail("importer-xlsx", name, "--oui")
    assert (code, out) == (1, "")
    told = err.splitlines()
    assert [line.split(": ")[0] for line in told[:200]] == [f"Actions!{letter}{row}" for row in range(2, 102) for letter in "DF"]
    assert told[200:-1] == ([left] if left else [])
    assert told[-1].startswith(f"{total} dans 1\u00a0feuille.")
    assert tree(project) == before


def test_a_person_may_decline(project: Path, portail: Portail, tmp_path: Path) -> None:
    """At a terminal the question comes after the plan; --oui does not ask."""
    name = template(portail, tmp_path / "plan.xlsx", GOOD)
    before = tree(project)
    code, out, err = portail("importer-xlsx", name, answers=["n"])
    assert (code, err) == (1, "Rien n’a été écrit.\n")
    assert "Relire la grille" in out
    assert tree(project) == before
    assert portail("importer-xlsx", name, "--oui", answers=[])[0] == 0
    assert tree(project) != before


def test_a_disk_that_refuses_leaves_everything_as_it_was(
    project: Path, portail: Portail, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second file cannot be written: the first is not there either."""
    name = template(portail, tmp_path / "plan.xlsx", GOOD, {**GOOD, "C": "B"})
    before = tree(project)
    real = os.fsync
    calls = iter([None, OSError(28, "plein")])

    def full(descriptor: int) -> None:
        refusal = next(calls, None)
        if refusal:
            raise refusal
        real(descriptor)

    monkeypatch.setattr("macros.records.atomic.os.fsync", full)
    code, _, err = portail("importer-xlsx", name)
    assert (code, err) == (1, "Le disque est plein.\n")
    assert tree(project) == before


def test_a_number_of_the_history_is_not_given_again(project: Path, portail: Portail, tmp_path: Path) -> None:
    """A record removed since keeps its number."""
    gone = project / "data/actions/A-2026-070.yml"
    gone.write_text("intitule: Partie\nnature: formation\ndate: 2026-01-01\n", "utf-8")
    clean = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "x"]):
        command = ["git", "-c", "user.name=X", "-c", "user.email=x@exemple.fr", *arguments]
        subprocess.run(command, cwd=project, env=clean, check=True, capture_output=True)
    gone.unlink()
    assert portail("importer-xlsx", template(portail, tmp_path / "plan.xlsx", GOOD))[0] == 0
    assert (project / "data/actions/A-2026-071.yml").is_file()


def test_the_whole_plan_comes_back_into_a_project_that_lost_it(project: Path, portail: Portail, tmp_path: Path) -> None:
    """Sessions name actions that are no longer there: the import brings them, and the project is whole again."""
    assert portail("exporter", "xlsx", "actions", "--modele", "--avec-donnees", "--vers", str(tmp_path / "plein.xlsx"))[0] == 0
    before = load(project).registre
    shutil.rmtree(project / "data/actions")
    assert load(project).registre is None
    code, _, err = portail("importer-xlsx", str(tmp_path / "plein.xlsx"))
    assert (code, err) == (0, "")
    after = load(project).registre
    assert before is not None
    assert after is not None
    assert after.actions == before.actions


def test_what_the_import_does_not_mend_stops_it(project: Path, portail: Portail, tmp_path: Path) -> None:
    """A project that names records which the workbook does not bring, or that has another error: told, nothing written."""
    name = template(portail, tmp_path / "plan.xlsx", GOOD)
    (project / "data/actions/A-2025-001.yml").unlink()
    before = tree(project)
    code, _, err = portail("importer-xlsx", name)
    assert code == 1
    assert "A-2025-001" in err
    assert tree(project) == before
    (project / "data/actions/A-2025-001.yml").write_text("intitule: [\n", "utf-8")
    code, _, err = portail("importer-xlsx", name)
    assert code == 1
    assert "data/actions/A-2025-001.yml" in err


def test_own_sheets_are_told_and_left_aside(project: Path, portail: Portail, tmp_path: Path) -> None:
    """A sheet of somebody's own does not stop the import."""
    name = template(portail, tmp_path / "plan.xlsx", GOOD)
    book = load_workbook(name)
    book.create_sheet("Brouillon")["A1"] = "à moi"
    book.save(name)
    code, out, _ = portail("importer-xlsx", name)
    assert code == 0
    assert out.startswith("La feuille «\u00a0Brouillon\u00a0» n’est pas du modèle")
    assert project.is_dir()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "n’existe pas"),
        (b"Intitule;Nature\n", "[classeur-illisible]"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(99), "[classeur-ancien]"),
    ],
)
def test_a_file_that_is_no_workbook(content: bytes | None, said: str, project: Path, portail: Portail, tmp_path: Path) -> None:
    """One French sentence, exit code 1, no traceback."""
    path = tmp_path / "plan.xlsx"
    if content is not None:
        path.write_bytes(content)
    before = tree(project)
    code, out, err = portail("importer-xlsx", str(path))
    assert (code, out) == (1, "")
    assert said in err
    assert len(err.splitlines()) == 1
    assert tree(project) == before


def test_a_folder_is_no_workbook(project: Path, portail: Portail) -> None:
    """It is told as the system does."""
    code, _, err = portail("importer-xlsx", str(project / "data"))
    assert code == 1
    assert len(err.splitlines()) == 1
