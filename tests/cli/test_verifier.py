"""`portail verifier`: exit codes, the three formats, and the place it is run from."""

from __future__ import annotations

import errno
import json
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from macros.cli import app
from macros.cli.french import run

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a copy of the demonstration, with the current folder inside it."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    shutil.copyfile(ROOT / "mkdocs.yml", tmp_path / "mkdocs.yml")
    monkeypatch.chdir(tmp_path / "data")
    monkeypatch.delenv("PORTAIL_AUDIENCE", raising=False)
    monkeypatch.delenv("PORTAIL_DATE", raising=False)
    return tmp_path


@pytest.fixture
def portail(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run the command as a person does; return exit code, output, errors."""

    def call(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["portail", *arguments])
        code = run(app)
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


@pytest.mark.usefixtures("project")
def test_a_valid_project_lists_its_constats_and_exits_with_0(portail: Callable[..., tuple[int, str, str]]) -> None:
    """The demonstration has no error; the last line counts the gaps and the points listed above it, and neither notes nor exceptions."""
    code, out, _ = portail("verifier")
    assert code == 0
    listed = [line.split(" · ")[0] for line in out.splitlines() if not line.startswith(" ")]
    gaps, points = listed.count("écart"), listed.count("à surveiller")
    assert min(gaps, points, listed.count("dérogé"), listed.count("conforme")) > 0
    assert f"Aucune erreur. {gaps}\u00a0écarts et {points}\u00a0points à surveiller." in out
    assert "usage · " in out
    assert "data/certifications/RNCP99001.yml:" in out


def test_errors_are_listed_all_at_once_and_exit_with_1(project: Path, portail: Callable[..., tuple[int, str, str]]) -> None:
    """Two broken files, three errors, each with file, line and column; no constat is invented from half-read data."""
    record = project / "data/certifications/RNCP99001.yml"
    record.write_text(record.read_text("utf-8").replace("repertoire: RNCP", "repertoire: RNPC\nrepertoires: x"), "utf-8")
    (project / "data/certifications/RS99001.yml").write_text("intitule: Qualiopi : audit\n", "utf-8")
    code, out, _ = portail("verifier")
    assert code == 1
    assert "data/certifications/RS99001.yml:1:" in out
    assert "[valeur-inconnue]" in out
    assert "[cle-inconnue]" in out
    assert "3\u00a0erreurs à corriger dans 2\u00a0fichiers." in out
    assert "à surveiller" not in out


@pytest.mark.usefixtures("project")
def test_json_has_the_documented_keys(portail: Callable[..., tuple[int, str, str]]) -> None:
    """A program reads erreurs and constats, each with exactly the public keys."""
    code, out, _ = portail("verifier", "--format", "json")
    report = json.loads(out)
    assert code == 0
    assert report["erreurs"] == []
    assert {tuple(constat) for constat in report["constats"]} == {
        ("code", "niveau", "force", "reference", "message", "remede", "fichier", "ligne", "enregistrement", "certifications", "derogation")
    }


def test_json_tells_errors_with_the_documented_keys(project: Path, portail: Callable[..., tuple[int, str, str]]) -> None:
    """An error has code, message, fichier, ligne, colonne, enregistrement, champ, and the exit code is 1."""
    (project / "data/certifications/RS99001.yml").write_text("numero: RS99001\ntitre: x\n", "utf-8")
    code, out, _ = portail("verifier", "--format", "json")
    errors = json.loads(out)["erreurs"]
    assert code == 1
    assert {tuple(error) for error in errors} == {("code", "message", "fichier", "ligne", "colonne", "enregistrement", "champ")}
    unknown = next(error for error in errors if error["code"] == "cle-inconnue")
    assert (unknown["fichier"], unknown["ligne"], unknown["champ"]) == ("data/certifications/RS99001.yml", 2, "titre")


def test_github_format_annotates_the_line(project: Path, portail: Callable[..., tuple[int, str, str]]) -> None:
    """A forge shows the error beside the line; a percent sign or a line break cannot end the annotation."""
    (project / "data/certifications/RS99001.yml").write_text('numero: RS99001\n"50% x": x\n', "utf-8")
    code, out, _ = portail("verifier", "--format", "github")
    assert code == 1
    assert "::error file=data/certifications/RS99001.yml,line=2,col=1,title=cle-inconnue::" in out
    assert "50%25 x" in out


def test_outside_a_project_the_message_says_where_to_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, portail: Callable[..., tuple[int, str, str]]
) -> None:
    """A person in the wrong folder reads what is missing and what to type."""
    monkeypatch.chdir(tmp_path)
    code, _, err = portail("verifier")
    assert code == 1
    assert "n’est pas un portail" in err
    assert "portail initialiser" in err


@pytest.mark.parametrize(
    ("variable", "value", "expected"),
    [("PORTAIL_AUDIENCE", "tous", "public, auditeur ou interne"), ("PORTAIL_DATE", "31/12/2026", "AAAA-MM-JJ")],
)
@pytest.mark.usefixtures("project")
def test_a_wrong_environment_is_told_in_french(
    variable: str, value: str, expected: str, monkeypatch: pytest.MonkeyPatch, portail: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    """A wrong audience or date names the variable and what it may hold."""
    monkeypatch.setenv(variable, value)
    code, _, err = portail("pages", "--vers", str(tmp_path / "pages"))
    assert code == 1
    assert variable in err
    assert expected in err


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["verifer"], "Vouliez-vous écrire «\u00a0verifier\u00a0»"),
        (["verifier", "--formt", "json"], "Vouliez-vous écrire «\u00a0--format\u00a0»"),
        (["verifier", "--format", "xml"], "n’est pas acceptée"),
        (["verifier", "de", "trop"], "mot en trop"),
        (["importer"], "il manque EXTRAIT"),
        (["servir", "--port", "80000"], "un nombre de 1 à 65535"),
        (["servir", "--port", "abc"], "un nombre de 1 à 65535"),
        (["construire", "--audience", "tous"], "public, auditeur ou interne"),
        (["verifier", "--format", "xml"], "texte, json ou github"),
    ],
)
def test_usage_errors_are_french(arguments: list[str], expected: str, portail: Callable[..., tuple[int, str, str]]) -> None:
    """No English sentence of the library reaches a person, and the exit code is 1."""
    code, out, err = portail(*arguments)
    assert code == 1
    assert expected in err
    assert "à corriger" not in err
    assert not any(word in out + err for word in ("Usage:", "Error", "Invalid", "Missing", "Try "))


@pytest.mark.parametrize("arguments", [["--aide"], ["verifier", "--aide"], ["importer", "--help"], ["initialiser", "--aide"], []])
def test_help_is_french(arguments: list[str], portail: Callable[..., tuple[int, str, str]]) -> None:
    """The help of every command has French headings only."""
    _, out, err = portail(*arguments)
    said = out + err
    assert "Utilisation" in said
    assert not any(word in said for word in ("Usage:", "Show this", "Options:", "Arguments:", "Commands:", "required", "default:"))
    assert not any(word in said for word in ("{", "<path>", "<list", "<int", "...", "x<="))


def test_the_version_is_told(portail: Callable[..., tuple[int, str, str]]) -> None:
    """`portail --version` prints the name and the number, and needs no project."""
    assert portail("--version") == (0, "portail 0.1.0\n", "")


@pytest.mark.usefixtures("project")
def test_a_fault_of_the_tool_is_one_sentence(monkeypatch: pytest.MonkeyPatch, portail: Callable[..., tuple[int, str, str]]) -> None:
    """No traceback reaches a person, unless PORTAIL_DEBUG asks for it; the sentence says the kind of error and what to do."""

    def fail(*_arguments: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("macros.portal.engine.portail", fail)
    code, out, err = portail("verifier")
    assert (code, out) == (1, "")
    assert "Erreur inattendue de l’outil (ZeroDivisionError). Signalez-la" in err
    assert "Traceback" not in err
    monkeypatch.setenv("PORTAIL_DEBUG", "1")
    code, _, err = portail("verifier")
    assert code == 1
    assert "Traceback" in err


@pytest.mark.usefixtures("project")
def test_an_interruption_is_no_traceback(monkeypatch: pytest.MonkeyPatch, portail: Callable[..., tuple[int, str, str]]) -> None:
    """Ctrl+C ends with one word, without claiming what was or was not modified."""

    def interrupt(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("macros.portal.engine.portail", interrupt)
    assert portail("verifier") == (130, "", "Interrompu.\n")


def test_a_refusal_of_the_disk_leaves_no_folder(
    project: Path, monkeypatch: pytest.MonkeyPatch, portail: Callable[..., tuple[int, str, str]]
) -> None:
    """`schema` on a full disk says so, without claiming more, and removes the folder it made."""

    def refuse(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", refuse)
    code, _, err = portail("schema", "--vers", "neuf/schemas")
    assert code == 1
    assert "disque est plein" in err
    assert "Rien n’a été modifié" not in err
    assert not (project / "neuf").exists()
