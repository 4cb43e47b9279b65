"""`portail verifier --constats`: from which level a constat makes the verification fail, for those who want that in CI."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from macros.cli import app
from macros.cli.french import run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Portail = Callable[..., tuple[int, str, str]]

LATE = "intitule: Agir\nnature: formation\ndate: 2026-01-15\norigine: {autre: x}\nresponsable: direction\necheance: 2026-09-30\nstatut: en_cours\n"
FORGOTTEN = "intitule: Agir\nnature: formation\ndate: 2026-01-15\norigine: {autre: x}\nresponsable: direction\nstatut: en_cours\n"
ORGANISME = "format: 1\ndenomination: Institut\ndemonstration: oui\ndate_reference: 2026-11-20\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a project with nothing to say, with the current folder inside it."""
    (tmp_path / "data/actions").mkdir(parents=True)
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n", "utf-8")
    (tmp_path / "data/organisme.yml").write_text(ORGANISME, "utf-8")
    for variable in ("PORTAIL_AUDIENCE", "PORTAIL_DATE"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def verifier(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Portail:
    """Run `portail verifier …`; return exit code, output, errors."""

    def call(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["portail", "verifier", *arguments])
        code = run(app)
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def levels(verifier: Portail) -> set[str]:
    """Return the levels of the constats that the portal finds."""
    return {constat["niveau"] for constat in json.loads(verifier("--format", "json")[1])["constats"]}


def test_a_constat_stops_nothing_unless_asked(project: Path, verifier: Portail) -> None:
    """Without the option, an écart leaves the exit code at 0."""
    (project / "data/actions/A-2026-001.yml").write_text(LATE, "utf-8")
    assert levels(verifier) == {"ecart"}
    assert verifier()[0] == 0
    code, out, err = verifier("--constats", "ecart")
    assert code == 1
    assert "Aucune erreur. 1\u00a0écart." in out
    assert err == "Échec demandé par --constats ecart\u00a0: 1\u00a0constat de ce niveau ou plus grave.\n"


def test_the_lower_level_includes_the_higher(project: Path, verifier: Portail) -> None:
    """A point to watch fails at `a_surveiller` only; an écart at both."""
    (project / "data/actions/A-2026-001.yml").write_text(FORGOTTEN, "utf-8")
    assert levels(verifier) == {"a_surveiller"}
    assert verifier("--constats", "ecart")[0] == 0
    assert verifier("--constats", "a_surveiller")[0] == 1
    (project / "data/actions/A-2026-001.yml").write_text(LATE, "utf-8")
    assert verifier("--constats", "a_surveiller")[0] == 1


def test_a_clean_project_passes_whatever_is_asked(project: Path, verifier: Portail) -> None:
    """Nothing to say, nothing to fail on."""
    assert verifier("--constats", "a_surveiller") == (0, "Aucune erreur, rien à surveiller.\n", "")
    assert project.is_dir()


def test_programs_read_the_same_report(project: Path, verifier: Portail) -> None:
    """The option changes the exit code, not what is printed: the JSON stays JSON, and errors still fail."""
    (project / "data/actions/A-2026-001.yml").write_text(LATE, "utf-8")
    plain = verifier("--format", "json")
    asked = verifier("--format", "json", "--constats", "ecart")
    assert (plain[0], asked[0]) == (0, 1)
    assert plain[1] == asked[1]
    (project / "data/actions/A-2026-001.yml").write_text("x: y\n", "utf-8")
    assert verifier("--constats", "ecart")[0] == 1


@pytest.mark.parametrize("value", ["conforme", "ecarts", ""])
@pytest.mark.usefixtures("project")
def test_another_level_is_refused(value: str, verifier: Portail) -> None:
    """The two words are named."""
    code, _, err = verifier("--constats", value)
    assert code == 1
    assert "ecart ou a_surveiller" in err
