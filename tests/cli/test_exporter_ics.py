"""`portail exporter ics`: which calendar, for whom, written where, and what it refuses to replace."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from macros.exchange.ics import calendar_bytes
from macros.views.agenda import build_agenda, build_invitation
from tests.cases.runner import write_project
from tests.cases.site import vue_of
from tests.cases.world import AUDITEUR, INTERNE
from tests.exchange.strict_ics import read_strictly

FILES = {
    "mkdocs.yml": "site_name: Essai\n",
    "docs/index.md": "# Essai\n",
    "data/organisme.yml": "format: 1\ndenomination: Essai\ndemonstration: oui\ndate_reference: 2026-11-20\n",
    "data/certifications/RNCP10001.yml": "numero: RNCP10001\nintitule: Essai\nrepertoire: RNCP\ntype_enregistrement: de_droit\ndate_fin_enregistrement: 2027-06-30\n",
    "data/certifications/RS1002.yml": "numero: RS1002\nintitule: Essai\nrepertoire: RS\ntype_enregistrement: de_droit\ndate_fin_enregistrement: 2028-06-30\nvisibilite: interne\n",
    "data/conseils/CP-2026-12-NUM.yml": 'intitule: Conseil 2026\ndate: 2026-12-11\ndebut: "14:00"\ncertifications: [RNCP10001]\nstatut: planifie\n',
}  # fmt: skip


@pytest.fixture
def projet(tmp_path: Path) -> Path:
    """Give a small project."""
    return write_project(tmp_path / "portail", FILES)


def portail(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the installed command in `folder`, without terminal."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith("PORTAIL_")}
    command = [str(Path(sys.executable).parent / "portail"), "exporter", "ics", *arguments]
    return subprocess.run(command, cwd=folder, env=clean, capture_output=True, encoding="utf-8", check=False, stdin=subprocess.DEVNULL)


def refused(*arguments: str, folder: Path) -> str:
    """Run a command that must refuse: exit code 1, one message without traceback, and nothing written; return the message."""
    before = tree(folder)
    done = portail(*arguments, folder=folder)
    assert (done.returncode, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr
    assert tree(folder) == before
    return done.stderr.replace("\u00a0", " ").replace("\u202f", " ")


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file with its bytes, what Python and the tool keep aside apart."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_the_whole_calendar(projet: Path) -> None:
    """Without option: everything, for inside, where Git looks at nothing; the bytes are those of the agenda, and it says how many events."""
    done = portail(folder=projet)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.replace("\u00a0", " ").startswith("4 événements écrits dans documents/agenda.ics.")
    written = (projet / "documents/agenda.ics").read_bytes()
    assert written == calendar_bytes(build_agenda(vue_of(projet, INTERNE)))
    assert len(read_strictly(written).of_kind("VEVENT")) == 4


def test_from_a_folder_of_the_project(projet: Path) -> None:
    """Wherever one stands in the project, the file goes to the same place, told as seen from there."""
    done = portail(folder=projet / "docs")
    assert "dans ../documents/agenda.ics." in done.stdout
    assert [path.name for path in (projet / "documents").iterdir()] == ["agenda.ics"]
    assert not (projet / "docs/documents").exists()


def test_one_certification(projet: Path) -> None:
    """`--certification` narrows it, and names the file."""
    assert portail("--certification", "RS1002", folder=projet).returncode == 0
    (event,) = read_strictly((projet / "documents/agenda-RS1002.ics").read_bytes()).of_kind("VEVENT")
    assert event.properties["UID"].startswith("RS1002.fin-enregistrement")


def test_an_invitation(projet: Path) -> None:
    """`--conseil` writes the invitation to one session."""
    assert portail("--conseil", "CP-2026-12-NUM", folder=projet).returncode == 0
    vue = vue_of(projet, INTERNE)
    expected = calendar_bytes(build_invitation(vue, vue.registre.conseils["CP-2026-12-NUM"]))
    assert (projet / "documents/invitation-CP-2026-12-NUM.ics").read_bytes() == expected


def test_another_audience(projet: Path) -> None:
    """`--audience` filters, and the file of one audience never replaces that of another."""
    assert portail("--audience", "auditeur", folder=projet).returncode == 0
    written = (projet / "documents/agenda-auditeur.ics").read_bytes()
    assert written == calendar_bytes(build_agenda(vue_of(projet, AUDITEUR)))
    assert b"RS1002" not in written


def test_a_named_file_in_a_new_folder(projet: Path) -> None:
    """`--vers` takes any place that is not kept, makes its folder, and replaces a calendar of ours only."""
    target = projet / "sortie/deep/Mon agenda.ICS"
    for _ in range(2):
        assert portail("--vers", "sortie/deep/Mon agenda.ICS", folder=projet).returncode == 0
    assert [path.name for path in target.parent.iterdir()] == ["Mon agenda.ICS"]
    assert portail("--vers", "../dehors.ics", folder=projet).returncode == 0
    assert (projet.parent / "dehors.ics").is_file()


@pytest.mark.parametrize("content", [b"", b"Notes\n", b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Autre//FR\r\nEND:VCALENDAR\r\n"])
def test_what_we_did_not_write_is_never_replaced(content: bytes, projet: Path) -> None:
    """An empty file, notes, somebody's calendar: kept to the byte."""
    (projet / "documents").mkdir()
    (projet / "documents/agenda.ics").write_bytes(content)
    assert "« documents/agenda.ics » existe déjà et n’est pas un calendrier écrit par le portail." in refused(folder=projet)


@pytest.mark.parametrize(
    ("vers", "said"),
    [
        ("data/agenda.ics", "« data » fait partie du projet"),
        ("docs/assets/agenda.ics", "« docs/assets » fait partie du projet"),
        (".git/agenda.ics", "« .git » fait partie du projet"),
        ("agenda.txt", "« agenda.txt » n’est pas un nom de calendrier"),
        ("mkdocs.yml", "« mkdocs.yml » n’est pas un nom de calendrier"),
        ("", "n’est pas un nom de calendrier"),
        (".ics", "« .ics » n’est pas un nom de calendrier"),
        ("mkdocs.yml/agenda.ics", "« mkdocs.yml » est un fichier"),
    ],
)
def test_sources_are_never_a_target(vers: str, said: str, projet: Path) -> None:
    """Folders that people keep, other kinds of files: refused in French, and nothing changes."""
    assert said in refused("--vers", vers, folder=projet)


def test_a_folder_is_no_target(projet: Path) -> None:
    """A folder that bears the name of a calendar is said to be one."""
    (projet / "documents/agenda.ics").mkdir(parents=True)
    assert "« documents/agenda.ics » est un dossier" in refused(folder=projet)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--certification", "RNCP1001"), "Vouliez-vous écrire « RNCP10001 » ?"),
        (("--conseil", "CP-2026-12-NUMM"), "Vouliez-vous écrire « CP-2026-12-NUM » ?"),
        (("--conseil", ""), "n’existe pas dans conseils"),
        (("--certification", ""), "n’existe pas dans certifications"),
        (("--certification", "RS1002", "--audience", "public"), "n’est pas diffusé au public « public »"),
        (("--certification", "RNCP10001", "--conseil", "CP-2026-12-NUM"), "--certification et --conseil ne vont pas ensemble"),
    ],
)
def test_what_does_not_exist_is_told(arguments: tuple[str, ...], said: str, projet: Path) -> None:
    """An unknown id gets the nearest one; a hidden one is not told from an unknown one; two questions are one too many."""
    assert said in refused(*arguments, folder=projet)


def test_a_hidden_certification_is_never_proposed(projet: Path) -> None:
    """What an edition does not have is not suggested either."""
    assert "RS1002 »\u00a0?" not in refused("--certification", "RS1003", "--audience", "public", folder=projet)
    assert "RS1002" not in refused("--certification", "RS1003", "--audience", "public", folder=projet)


def test_a_faulty_project_writes_nothing(projet: Path) -> None:
    """Errors of records are listed as everywhere, and no calendar is made."""
    (projet / "data/conseils/CP-2026-12-NUM.yml").write_text("intitule: Seul\n", "utf-8")
    assert "data/conseils/CP-2026-12-NUM.yml" in refused(folder=projet)
