"""`portail exporter atom`: which feed, for whom, written where, and what it refuses to replace."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from macros.exchange.atom import feed_bytes
from macros.views.flux import build_flux
from tests.cases.runner import write_project
from tests.cases.site import vue_of
from tests.cases.world import AUDITEUR, INTERNE

FILES = {
    "mkdocs.yml": "site_name: Essai\nsite_url: https://qualite.example/\n",
    "docs/index.md": "# Essai\n",
    "data/organisme.yml": "format: 1\ndenomination: Essai\ndemonstration: oui\ndate_reference: 2026-11-20\n",
    "data/certifications/RNCP10001.yml": "numero: RNCP10001\nintitule: Essai\nrepertoire: RNCP\ntype_enregistrement: de_droit\n",
    "data/veille/V-2026-001.yml": "titre: Tous\ntype: metier\ndate: 2026-02-02\ncertitude: une_source\nresume: Résumé.\nanalyse:\n"
    "  date: 2026-03-03\n  fonction: chargé de veille\n  impact: aucun\n  texte: Rien.\n",
    "data/veille/V-2026-002.yml": "titre: Autre registre\ntype: metier\ndate: 2026-02-03\ncertitude: une_source\nresume: Résumé.\n"
    "portee: {repertoires: [RS]}\n",
    "data/veille/V-2026-003.yml": "titre: Interne\ntype: metier\ndate: 2026-02-04\ncertitude: une_source\nresume: Résumé.\nvisibilite: interne\n",
}


@pytest.fixture
def projet(tmp_path: Path) -> Path:
    """Give a small project."""
    return write_project(tmp_path / "portail", FILES)


def portail(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the installed command in `folder`, without terminal."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith("PORTAIL_")}
    command = [str(Path(sys.executable).parent / "portail"), "exporter", "atom", *arguments]
    return subprocess.run(command, cwd=folder, env=clean, capture_output=True, encoding="utf-8", check=False, stdin=subprocess.DEVNULL)


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file with its bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_the_whole_log(projet: Path) -> None:
    """Without option: every entry, for inside, where Git looks at nothing; its bytes are those that the site offers."""
    done = portail(folder=projet)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "3\u00a0entrées écrites dans documents/veille.atom.\n"
    assert (projet / "documents/veille.atom").read_bytes() == feed_bytes(
        build_flux(vue_of(projet, INTERNE), "", "https://qualite.example/")
    )


def test_one_certification_for_another_audience(projet: Path) -> None:
    """Options narrow it, and name the file: that of one audience never replaces that of another."""
    done = portail("--certification", "RNCP10001", "--audience", "auditeur", folder=projet)
    assert (done.returncode, done.stdout) == (0, "1\u00a0entrée écrite dans documents/veille-RNCP10001-auditeur.atom.\n")
    written = (projet / "documents/veille-RNCP10001-auditeur.atom").read_bytes()
    assert written == feed_bytes(build_flux(vue_of(projet, AUDITEUR), "RNCP10001", "https://qualite.example/"))


def test_a_feed_of_ours_is_replaced(projet: Path) -> None:
    """The same command twice writes the same bytes; a record that changed since gives others."""
    assert portail("--vers", "sortie/veille.atom", folder=projet).returncode == 0
    before = tree(projet)
    assert portail("--vers", "sortie/veille.atom", folder=projet).returncode == 0
    assert tree(projet) == before
    (projet / "data/veille/V-2026-002.yml").unlink()
    assert portail("--vers", "sortie/veille.atom", folder=projet).returncode == 0
    assert (projet / "sortie/veille.atom").read_bytes() != before["sortie/veille.atom"]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--vers", "veille.xml"], "«\u00a0veille.xml\u00a0» n’est pas un nom de flux. Donnez un nom qui finit par .atom, par exemple veille.atom."),
        (["--vers", "dossier.atom"], "«\u00a0dossier.atom\u00a0» est un dossier"),
        (["--vers", "autre.atom"], "«\u00a0autre.atom\u00a0» existe déjà et n’est pas un flux écrit par le portail."),
        (["--vers", "data/veille.atom"], "data"),
        (["--certification", "RNCP10002"], "Vouliez-vous écrire «\u00a0RNCP10001\u00a0»"),
        (["--audience", "tous"], "--audience"),
    ],
)  # fmt: skip
def test_a_refusal_writes_nothing(arguments: list[str], expected: str, projet: Path) -> None:
    """One French sentence, exit code 1, every byte stays."""
    (projet / "dossier.atom").mkdir()
    (projet / "autre.atom").write_text('<?xml version="1.0"?><feed/>', "utf-8")
    before = tree(projet)
    done = portail(*arguments, folder=projet)
    assert (done.returncode, done.stdout) == (1, "")
    assert expected in done.stderr
    assert "Traceback" not in done.stderr
    assert tree(projet) == before
