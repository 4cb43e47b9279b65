"""`portail initialiser`: what a person may answer, and what is refused before anything is written."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import typer

from macros.cli import app
from macros.cli.french import run
from macros.cli.initialiser import initialiser

if TYPE_CHECKING:
    from collections.abc import Callable

EXTRAITS = Path(__file__).resolve().parents[1] / "exchange" / "donnees"
RNCP = str(EXTRAITS / "export-fiches-rncp-v4-1-2026-08-16.xml")
RS = str(EXTRAITS / "export_fiches_RS.xml")


@pytest.fixture
def creer(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Callable[..., tuple[int, str, str]]:
    """Run `portail initialiser a …` in an empty folder; `answers` are what a person types. The tool is not packed."""
    module = sys.modules[initialiser.__module__]
    real = sys.modules["macros.exchange.projet"]
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(real, "_wheel", lambda: ("portail_qualite-0.1.0-py3-none-any.whl", b"outil"))

    def call(*arguments: str, answers: list[str] | None = None) -> tuple[int, str, str]:
        left = iter(answers or [])
        monkeypatch.setattr(module, "is_interactive", lambda: answers is not None)
        monkeypatch.setattr(typer, "prompt", lambda *_words, **_options: next(left))
        monkeypatch.setattr("sys.argv", ["portail", "initialiser", "a", *arguments])
        code = run(app)
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--denomination", "   "], "--denomination"),
        (["--denomination", "X\nY"], "--denomination"),
        (["--denomination", "X", "--siret", "123"], "12345678900012"),
        (["--denomination", "X", "--site", "exemple.fr"], "https://www.exemple.fr"),
        (["--denomination", "X", "--extrait", "absent.xml", "--fiche", "RNCP99101"], "[fichier-absent]"),
        (["--denomination", "X", "--extrait", RNCP, "--fiche", "RNCP99199"], "[fiche-introuvable]"),
        (["--denomination", "X", "--extrait", RNCP, "--fiche", "RNCP99101", "--date", "demain"], "[date-forme]"),
        (["--denomination", "X", "--extrait", RNCP, "--certificateur", "Personne de ce nom"], "[certificateur-introuvable]"),
    ],
)
def test_a_failure_leaves_no_project(
    arguments: list[str], expected: str, creer: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    """A wrong fact, an extract that cannot be read, a fiche that is not in it: told, and no folder appears."""
    code, _, err = creer(*arguments)
    assert code == 1
    assert expected in err
    assert "à corriger" not in err
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_leaves_no_project(creer: Callable[..., tuple[int, str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Folders made on the way are removed, and nothing is claimed that is not known."""

    def refuse(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", refuse)
    code, _, err = creer("--denomination", "X")
    assert code == 1
    assert "disque est plein" in err
    assert "Rien n’a été modifié" not in err
    assert list(tmp_path.iterdir()) == []


def test_a_siret_may_have_spaces(creer: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    """It is written as fourteen digits."""
    assert creer("--denomination", "X", "--siret", "123 456 789 00012")[0] == 0
    assert "siret: '12345678900012'" in (tmp_path / "a/data/organisme.yml").read_text("utf-8")


def test_fiches_by_name_with_a_stated_day(creer: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    """`--certificateur` chooses the fiches and `--date` dates the extract, in the same writing as the project."""
    code, out, err = creer("--denomination", "X", "--extrait", RS, "--certificateur", "ateliers de l’étoile", "--date", "2026-08-16")
    assert code == 0, err
    assert "date: 2026-08-16" in (tmp_path / "a/data/extraits/RS99101.yml").read_text("utf-8")
    assert (tmp_path / "a/data/certifications/RS99101.yml").is_file()
    assert "RS99101" in out


def test_a_person_is_asked_for_an_extract_too(creer: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    """Name, SIRET, address, extract: with the last, the fiches of the name just given are imported; each is optional but the name."""
    assert creer(answers=["Ateliers de l’Étoile", "", "", RNCP])[0] == 0
    assert (tmp_path / "a/data/certifications/RNCP99101.yml").is_file()


def test_a_person_may_leave_everything_but_the_name(creer: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    """Without extract, the project has no certification."""
    assert creer(answers=["Ateliers", "", "", ""])[0] == 0
    assert list((tmp_path / "a/data/certifications").glob("*.yml")) == []
