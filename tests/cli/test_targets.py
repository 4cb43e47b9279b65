"""Where `construire`, `pages` and `schema` may write: nothing a person keeps is ever emptied."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from macros.cli.targets import free_target, site_draft
from tests.editions.projet import projet

ROOT = Path(__file__).resolve().parents[2]
SITE = ("sitemap.xml", "404.html", "search/search_index.json")


def portail(*arguments: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the installed command in `folder`, without terminal."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith("PORTAIL_")}
    command = [str(Path(sys.executable).parent / "portail"), *arguments]
    return subprocess.run(
        command, cwd=folder, env=clean | environment, capture_output=True, encoding="utf-8", check=False, stdin=subprocess.DEVNULL
    )


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Give a copy of the demonstration, one folder below the temporary one."""
    target = tmp_path / "portail"
    for folder in ("data", "docs", "overrides"):
        shutil.copytree(ROOT / folder, target / folder)
    shutil.copyfile(ROOT / "mkdocs.yml", target / "mkdocs.yml")
    text = (target / "mkdocs.yml").read_text("utf-8").replace("  - macros/hooks.py", f"  - {ROOT}/macros/hooks.py")
    (target / "mkdocs.yml").write_text(text.replace("  - macros/templates\n", ""), "utf-8")
    return target


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file with its bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    "asked", [".", "..", "data", "data/neuf", "docs", "overrides", "macros", "outil/x", ".git", "../lien", "mkdocs.yml"]
)
def test_sources_are_never_a_target(asked: str, project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The project, a folder around it, a source folder, one inside it, a link to it, a file: refused in French."""
    (tmp_path / "lien").symlink_to(project / "data")
    with pytest.raises(typer.Exit):
        free_target(project, project / asked)
    assert "Choisissez un autre" in capsys.readouterr().err


@pytest.mark.parametrize("asked", ["site", "sortie/neuve", "../ailleurs", "donnees", ".schemas"])
def test_other_folders_are_free(asked: str, project: Path) -> None:
    """Any other folder, in the project or beside it, is a target."""
    assert free_target(project, project / asked) == (project / asked).resolve()


@pytest.mark.parametrize("verb", ["construire", "pages", "schema"])
def test_no_command_writes_in_sources(verb: str, project: Path, tmp_path: Path) -> None:
    """Each command asks first: `--vers data` and `--vers ..` leave every byte."""
    before = tree(tmp_path)
    for target in ("data", ".."):
        done = portail(verb, "--vers", target, folder=project)
        assert done.returncode == 1, target
        assert "Traceback" not in done.stderr
    assert tree(tmp_path) == before


def test_a_site_replaces_only_a_site(tmp_path: Path) -> None:
    """A folder with something else is refused and kept; a previous site is replaced, its hidden files apart."""
    project = projet(tmp_path / "portail").folder
    target = project / "publie"
    target.mkdir()
    (target / "rapport.txt").write_text("à moi", "utf-8")
    refused = portail("construire", "--vers", "publie", folder=project)
    assert refused.returncode == 1
    assert "contient autre chose qu’un site déjà construit" in refused.stderr
    assert tree(target) == {"rapport.txt": "à moi".encode()}
    (target / "rapport.txt").rename(target / ".git")
    for _ in range(2):
        done = portail("construire", "--vers", "publie", folder=project)
        assert done.returncode == 0, done.stdout + done.stderr
        assert all((target / name).is_file() for name in SITE)
        assert (target / ".git").read_text("utf-8") == "à moi"
    assert not list(project.glob(".publie*"))


def test_a_failed_build_keeps_the_previous_site(tmp_path: Path) -> None:
    """When the build stops, the previous site is whole and nothing stays beside it."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("avant", "utf-8")

    with pytest.raises(KeyboardInterrupt), site_draft(tmp_path / "site") as draft:
        _interrupted(draft)
    assert tree(tmp_path) == {"site/index.html": b"avant"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def _interrupted(draft: Path) -> None:
    draft.mkdir()
    raise KeyboardInterrupt


def test_pages_replace_only_what_they_wrote(project: Path) -> None:
    """A file added by a person is named and kept, nothing is written; what another engine built stays; then pages are replaced."""
    assert portail("pages", "--vers", "sortie", folder=project).returncode == 0
    (project / "sortie/site").mkdir()
    (project / "sortie/site/index.html").write_text("construit", "utf-8")
    added = project / "sortie/docs/ma-page.md"
    added.write_text("à moi", "utf-8")
    before = tree(project)
    refused = portail("pages", "--vers", "sortie", folder=project)
    assert refused.returncode == 1
    assert "(docs/ma-page.md)" in refused.stderr
    assert "à corriger" not in refused.stderr
    assert tree(project) == before
    added.unlink()
    assert portail("pages", "--vers", "sortie", folder=project).returncode == 0
    assert (project / "sortie/site/index.html").read_text("utf-8") == "construit"


def test_schemas_replace_only_schemas(project: Path) -> None:
    """A file of the same name that is something else is kept; schemas written before are written again."""
    (project / "export").mkdir()
    (project / "export/lexique.json").write_text("{}", "utf-8")
    refused = portail("schema", "--vers", "export", folder=project)
    assert refused.returncode == 1
    assert "lexique.json" in refused.stderr
    assert tree(project / "export") == {"lexique.json": b"{}"}
    (project / "export/lexique.json").unlink()
    for _ in range(2):
        assert portail("schema", "--vers", "export", folder=project).returncode == 0


@pytest.mark.parametrize(
    ("text", "verbs"),
    [
        ("site_name: x\nnav: [\n", ["pages", "construire"]),
        ("", ["pages"]),
        ("- a\n", ["pages"]),
        ("site_name: x\n", ["pages"]),
        ("theme: material\n", ["pages"]),
        ("site_name: !relative x\n", ["pages"]),
    ],
)
def test_a_broken_configuration_is_one_french_sentence(text: str, verbs: list[str], project: Path) -> None:
    """`pages` and `construire` name mkdocs.yml, without traceback, and write nothing; `pages` also needs a theme to extend."""
    (project / "mkdocs.yml").write_text(text, "utf-8")
    for verb in verbs:
        done = portail(verb, "--vers", "sortie", folder=project)
        assert done.returncode == 1
        assert done.stderr.startswith("mkdocs.yml n’est pas lisible")
        assert "Traceback" not in done.stderr
        assert not (project / "sortie").exists()


def test_a_busy_port_is_told_before_anything_starts(project: Path) -> None:
    """The message names `--port` and another number."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = portail("servir", "--port", str(port), folder=project)
    assert done.returncode == 1
    assert f"le port {port} n’est pas libre" in done.stderr
    assert "portail servir --port" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_an_output_of_another_encoding_is_no_obstacle(encoding: str, project: Path) -> None:
    """Report, refusal and help are said in UTF-8 whatever the stream was."""
    done = portail("verifier", folder=project, PYTHONIOENCODING=encoding)
    assert done.returncode == 0
    assert "à surveiller" in done.stdout
    assert "n’est pas un portail" in portail("verifier", folder=project.parent, PYTHONIOENCODING=encoding).stderr
    assert "qualité" in portail("--aide", folder=project, PYTHONIOENCODING=encoding).stdout
