"""`portail importer-veille` and `portail nouveau veille`: what is proposed, what is written, what is remembered, what is refused."""

from __future__ import annotations

import io
import json
import os
import re
import select
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import typer
import yaml

from macros.cli import app, nouveau_saisie
from macros.cli.french import run
from macros.cli.nouveau_question import prompt
from macros.models.base import Visibilite
from macros.records.loading import load
from macros.rendering import markdown

if TYPE_CHECKING:
    from collections.abc import Callable

    from macros.models.veille import Veille
    from macros.records.registre import Registre

    Portail = Callable[..., tuple[int, str, str]]

INTERRUPTED = "Ctrl+C"
ROOT = Path(__file__).resolve().parents[2]
FILES = {
    "mkdocs.yml": "site_name: essai\n",
    "data/organisme.yml": "format: 1\ndenomination: Essai\ndemonstration: oui\ndate_reference: 2026-11-20\n",
    "data/certifications/RNCP10001.yml": "numero: RNCP10001\nintitule: Essai\nrepertoire: RNCP\ntype_enregistrement: de_droit\n",
    "data/veille/V-2026-004.yml": """\
# Écrite à la main.
titre: Déjà là
type: metier
date: 2026-02-02
certitude: une_source
resume: Résumé.
sources:
  - titre: Journal
    url: http://exemple.example/deja-lu/
""",
}
FEED = """\
<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>Journal officiel</title><link>https://exemple.example/</link>
<item><title>Décret : un &lt;b&gt;texte&lt;/b&gt;</title><link>https://exemple.example/1</link><guid>https://exemple.example/1</guid>
  <pubDate>Fri, 13 Nov 2026 09:00:00 +0100</pubDate><description>&lt;p&gt;Un * résumé [x](y).&lt;/p&gt;&lt;p&gt;1. Deux&lt;/p&gt;</description></item>
<item><title>Déjà lu ailleurs</title><link>https://exemple.example/deja-lu</link></item>
<item><title>Sans date</title><link>https://exemple.example/3</link></item>
<item><title>Ancien</title><link>https://exemple.example/4</link><pubDate>Mon, 01 Jun 2026 09:00:00 GMT</pubDate></item>
<item><title>Sans lien</title><guid isPermaLink="false">5</guid><pubDate>Tue, 02 Jun 2026 09:00:00 GMT</pubDate></item>
</channel></rss>
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a small project with a feed in it, and the current folder inside."""
    root = tmp_path / "portail"
    for name, text in (FILES | {"flux.xml": FEED}).items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    monkeypatch.chdir(root)
    for variable in ("PORTAIL_AUDIENCE", "PORTAIL_DATE"):
        monkeypatch.delenv(variable, raising=False)
    return root


@pytest.fixture
def portail(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Portail:
    """Run the command as a person does; `answers` are what a person types at the questions."""

    def call(*arguments: str, answers: list[str] | None = None) -> tuple[int, str, str]:
        left = iter(answers or [])
        monkeypatch.setattr(nouveau_saisie, "is_interactive", lambda: answers is not None)

        def prompt(*_words: object, default: str = "", **_options: object) -> str:
            answer = next(left)
            if answer == INTERRUPTED:
                raise typer.Abort
            return answer or default

        monkeypatch.setattr(typer, "prompt", prompt)
        monkeypatch.setattr("sys.argv", ["portail", *arguments])
        code = run(app)
        said = capsys.readouterr()
        assert next(left, None) is None, "an answer was not asked for"
        return code, said.out.replace("\u00a0", " ").replace("\u202f", " "), said.err.replace("\u00a0", " ").replace("\u202f", " ")

    return call


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file with its bytes, Git's own apart."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file() and ".git" not in path.parts
    }


def loaded(project: Path) -> Registre:
    """Return the records of a project, which has no error."""
    found = load(project)
    assert found.registre is not None, found.problems
    return found.registre


def new(project: Path) -> dict[str, Veille]:
    """Return the entries that were not there before."""
    return {identifier: veille for identifier, veille in loaded(project).veille.items() if identifier != "V-2026-004"}


def assert_linted(project: Path) -> None:
    """Fail unless every file of `data/veille` passes the linter of the project."""
    linter = [str(Path(sys.executable).parent / "yamllint"), "--strict", "-c", str(ROOT / ".yamllint"), "data/veille"]
    done = subprocess.run(linter, cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


# What is proposed


def test_without_choice_it_lists_and_writes_nothing(project: Path, portail: Portail) -> None:
    """What the feed holds, numbered as in the file, what is known already, and how to choose."""
    before = tree(project)
    code, out, err = portail("importer-veille", "flux.xml")
    assert (code, err) == (0, "")
    assert out == (
        "« Journal officiel » : 5 éléments, dont 1 déjà gardé.\n"
        "À trier : 4 éléments.\n"
        "  1. Décret : un texte (13 novembre 2026)\n"
        "  3. Sans date (sans date)\n"
        "  4. Ancien (1er juin 2026)\n"
        "  5. Sans lien (2 juin 2026)\n"
        "Choisissez par leurs numéros, par exemple : portail importer-veille flux.xml --garder 1,3-5 --ecarter reste. "
        "Ceux que vous ne nommez pas seront proposés de nouveau. Rien n’a été écrit.\n"
    )
    assert tree(project) == before


def test_oui_asks_nothing_at_a_terminal(project: Path, portail: Portail) -> None:
    """`--oui` lists as without terminal."""
    before = tree(project)
    code, out, _ = portail("importer-veille", "flux.xml", "--oui", answers=[])
    assert code == 0
    assert "--garder 1,3-5" in out
    assert tree(project) == before


def test_a_name_with_spaces_is_quoted_in_the_advice(project: Path, portail: Portail) -> None:
    """What is shown can be typed."""
    (project / "mon flux.xml").write_text(FEED, "utf-8")
    assert 'portail importer-veille "mon flux.xml" --garder' in portail("importer-veille", "mon flux.xml")[1]


# What is written


def test_what_is_kept_becomes_a_record(project: Path, portail: Portail) -> None:
    """Everything the element says, the day it was noticed, one source, no analysis; its text is text, not Markdown."""
    code, out, err = portail("importer-veille", "flux.xml", "--garder", "1", "--type", "technique")
    assert (code, err) == (0, "")
    (veille,) = new(project).values()
    assert (veille.id, veille.titre, veille.type.value) == ("V-2026-005", "Décret : un texte", "technique")
    assert (veille.date, veille.relevee_le) == (date(2026, 11, 13), date(2026, 11, 20))
    assert veille.visibilite is Visibilite.INTERNE  # nobody read it yet
    assert veille.is_dated()
    assert "reste interne" in out
    assert (veille.certitude.value, veille.analyse, veille.flux) == ("une_source", None, "https://exemple.example/1")
    assert [(source.titre, source.url) for source in veille.sources] == [("Journal officiel", "https://exemple.example/1")]
    assert markdown(veille.resume) == "<p>Un * résumé [x](y).</p>\n<p>1. Deux</p>\n"
    assert "écrit : data/veille/V-2026-005.yml" in out
    assert "V-2026-005 Décret : un texte\n" in out
    assert "clé analyse" in out
    assert_linted(project)


def test_several_are_numbered_from_the_oldest(project: Path, portail: Portail) -> None:
    """Ranges, lists and every type of element: without link, without day, without text; the type is reglementaire."""
    code, out, _ = portail("importer-veille", "flux.xml", "--garder", "4-5, 3;1")
    assert code == 0
    assert [(veille.id, veille.titre) for veille in new(project).values()] == [
        ("V-2026-005", "Ancien"),
        ("V-2026-006", "Sans lien"),
        ("V-2026-007", "Décret : un texte"),
        ("V-2026-008", "Sans date"),
    ]
    assert {veille.type.value for veille in new(project).values()} == {"reglementaire"}
    undated = new(project)["V-2026-008"]
    assert (undated.date, undated.resume) == (date(2026, 11, 20), "Sans date")
    assert not undated.is_dated()
    assert "V-2026-008 Sans date (le flux ne donne pas sa date ; 20 novembre 2026 a été écrit, le jour du relevé)" in out
    assert new(project)["V-2026-006"].sources == ()
    assert new(project)["V-2026-006"].flux == "https://exemple.example/ 5"
    assert_linted(project)


def test_a_number_known_to_history_is_not_given_again(project: Path, portail: Portail) -> None:
    """An entry saved once and removed since keeps its number."""
    (project / "data/veille/V-2026-009.yml").write_text(FILES["data/veille/V-2026-004.yml"].replace("deja-lu", "x"), "utf-8")
    for command in (["init", "-q"], ["add", "."], ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "x"]):
        subprocess.run(["git", *command], cwd=project, check=True)  # noqa: S607 - the Git of this machine
    (project / "data/veille/V-2026-009.yml").unlink()
    assert portail("importer-veille", "flux.xml", "--garder", "1")[0] == 0
    assert list(new(project)) == ["V-2026-010"]


def test_all_and_the_rest(project: Path, portail: Portail) -> None:
    """`tous` is everything that is proposed, `reste` everything that is not kept."""
    assert portail("importer-veille", "flux.xml", "--garder", "tous")[0] == 0
    assert len(new(project)) == 4
    assert not (project / "data/veille_ecartee.yml").exists()


def test_what_is_dropped_is_remembered(project: Path, portail: Portail) -> None:
    """Its identifier, its title and the day are written; a second run proposes neither what was kept nor what was dropped."""
    code, out, _ = portail("importer-veille", "flux.xml", "--garder", "1", "--ecarter", "reste")
    assert code == 0
    assert "1 élément gardé, 3 éléments écartés, qui ne seront plus proposés." in out
    aside = loaded(project).veille_ecartee
    assert aside is not None
    assert [(each.flux, each.titre, each.date.isoformat()) for each in aside.elements] == [
        ("https://exemple.example/3", "Sans date", "2026-11-20"),
        ("https://exemple.example/4", "Ancien", "2026-11-20"),
        ("https://exemple.example/ 5", "Sans lien", "2026-11-20"),
    ]
    before = tree(project)
    code, out, err = portail("importer-veille", "flux.xml")
    assert (code, out, err) == (
        0, "« Journal officiel » : 5 éléments, dont 2 déjà gardés et 3 déjà écartés.\nRien de nouveau à trier.\n", "",
    )  # fmt: skip
    code, out, _ = portail("importer-veille", "flux.xml", answers=[])
    assert (code, out.splitlines()[-1]) == (0, "Rien n’a été écrit.")
    assert tree(project) == before


def test_the_same_command_twice_changes_nothing(project: Path, portail: Portail) -> None:
    """What was sorted before is told, and every byte stays."""
    arguments = ("importer-veille", "flux.xml", "--garder", "1,4", "--ecarter", "3")
    assert portail(*arguments)[0] == 0
    before = tree(project)
    code, out, err = portail(*arguments)
    assert (code, err) == (0, "")
    assert "Le numéro 1 est déjà gardé : V-2026-006." in out
    assert "Le numéro 3 a été écarté le 20 novembre 2026. Pour le reprendre, effacez-le de data/veille_ecartee.yml." in out
    assert "Le numéro 4 est déjà gardé : V-2026-005." in out
    assert out.endswith("Rien n’a été écrit.\n")
    assert tree(project) == before
    assert portail("importer-veille", "flux.xml", "--garder", "tous", "--ecarter", "reste")[0] == 0
    assert len(new(project)) == 3


def test_what_people_wrote_stays(project: Path, portail: Portail) -> None:
    """Comments and earlier lines of the file of dropped elements, and every byte of existing records."""
    kept = "# Relu en juin.\nelements:\n  - flux: tag:ancien\n    titre: Ancien flux\n    date: 2026-01-01\n"
    (project / "data/veille_ecartee.yml").write_text(kept, "utf-8")
    record = (project / "data/veille/V-2026-004.yml").read_bytes()
    assert portail("importer-veille", "flux.xml", "--garder", "1", "--ecarter", "4")[0] == 0
    text = (project / "data/veille_ecartee.yml").read_text("utf-8")
    assert text.startswith("# Relu en juin.\nelements:\n  - flux: tag:ancien\n    titre: Ancien flux\n    date: 2026-01-01\n")
    assert yaml.safe_load(text)["elements"][1]["flux"] == "https://exemple.example/4"
    assert (project / "data/veille/V-2026-004.yml").read_bytes() == record


def test_line_ends_of_windows_stay(project: Path, portail: Portail) -> None:
    """A file written on another system keeps its line ends."""
    path = project / "data/veille_ecartee.yml"
    path.write_bytes(b"# Relu.\r\nelements:\r\n  - flux: tag:ancien\r\n    titre: Ancien\r\n    date: 2026-01-01\r\n")
    assert portail("importer-veille", "flux.xml", "--ecarter", "4")[0] == 0
    assert path.read_bytes().count(b"\r\n") == path.read_bytes().count(b"\n") == 8


def test_a_line_taken_out_is_proposed_again(project: Path, portail: Portail) -> None:
    """Whoever changed their mind removes the line."""
    assert portail("importer-veille", "flux.xml", "--ecarter", "tous")[0] == 0
    (project / "data/veille_ecartee.yml").unlink()
    assert "À trier : 4 éléments." in portail("importer-veille", "flux.xml")[1]


def test_an_address_shared_by_all_names_none(project: Path, portail: Portail) -> None:
    """Where every element leads to the same page, keeping one does not hide the others."""
    items = "".join(f"<item><title>{n}</title><guid>x:{n}</guid><link>https://exemple.example/</link></item>" for n in (1, 2, 3))
    (project / "flux.xml").write_text(f'<rss version="2.0"><channel><title>T</title>{items}</channel></rss>', "utf-8")
    assert portail("importer-veille", "flux.xml", "--garder", "1")[0] == 0
    assert "3 éléments, dont 1 déjà gardé." in portail("importer-veille", "flux.xml")[1]


@pytest.mark.parametrize(
    "title",
    ["« a: b » # c {{ d }} 'f' \"g\" \\ & * ! % @ `", "- [x]: {y}", "12:30", "oui", "0123", "~", "2026-01-01", "a" * 5_000, "é\u2028x", "\u202etitre"],
)  # fmt: skip
def test_hostile_titles_are_only_texts(title: str, project: Path, portail: Portail) -> None:
    """What YAML or Markdown would interpret comes back as it was read; a long title is cut."""
    content = {"version": "https://jsonfeed.org/version/1.1", "title": title, "items": [{"id": "1", "title": title, "content_text": title, "url": "https://a.example/"}]}  # fmt: skip
    (project / "flux.json").write_text(json.dumps(content), "utf-8")
    assert portail("importer-veille", "flux.json", "--garder", "1")[0] == 0
    (veille,) = new(project).values()
    clean = " ".join(title.replace("\u2028", "\n").replace("\u202e", "").split())
    assert veille.titre == clean or (veille.titre.endswith("…") and clean.startswith(veille.titre[:-1]))
    assert re.sub("<[^>]*>", "", markdown(veille.resume)).strip() != ""
    assert "<a" not in markdown(veille.resume)
    assert_linted(project)


# What is refused


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--garder", "9"], "--garder : aucun élément de la liste n’a le numéro 9. Les numéros vont de 1 à 5"),
        (["--ecarter", "0"], "--ecarter : aucun élément de la liste n’a le numéro 0."),
        (["--garder", "1-999999999"], "n’a le numéro 999999999"),
        (["--garder", "3-1"], "--garder : « 3-1 » ne se lit pas."),
        (["--garder", "un"], "--garder : « un » ne se lit pas. Écrivez des numéros de la liste, par exemple 1,3-5, ou tous."),
        (["--garder", "reste"], "--garder : « reste » ne se lit pas."),
        (["--ecarter", "-1"], "--ecarter : « -1 » ne se lit pas."),
        (["--ecarter", "x"], "ou tous ou reste."),
        (["--garder", "1,3", "--ecarter", "3"], "Le numéro 3 est à la fois dans --garder et dans --ecarter."),
        (["--garder", "1", "--type", "juridique"], "--type : "),
        (["--garder"], "cette commande n’est pas complète"),
        (["--gardr", "1"], "--garder"),
    ],
)
def test_a_wrong_choice_writes_nothing(arguments: list[str], expected: str, project: Path, portail: Portail) -> None:
    """One French sentence, exit code 1, every byte stays."""
    before = tree(project)
    code, _, err = portail("importer-veille", "flux.xml", *arguments)
    assert code == 1
    assert expected in err
    assert "Traceback" not in err
    assert tree(project) == before


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("vide.xml", b"", "flux-vide"),
        ("page.html", b"<!DOCTYPE html><html></html>", "flux-page-web"),
        ("bombe.xml", b'<!DOCTYPE r [<!ENTITY a "a">]><rss>&a;</rss>', "flux-dtd"),
        ("casse.xml", FEED.encode()[:300], "flux-tronque"),
        ("mal.xml", b"<rss><a></b></rss>", "flux-mal-forme"),
        ("image.png", b"\x89PNG\r\n", "flux-inconnu"),
        ("absent.xml", None, "flux-absent"),
        ("https://exemple.example/flux.xml", None, "flux-adresse"),
        ("data", None, "flux-dossier"),
    ],
)
def test_a_wrong_file_writes_nothing(name: str, content: bytes | None, code: str, project: Path, portail: Portail) -> None:
    """Whatever is given, even with choices: the file, the reason, the code; exit code 1, no traceback, every byte stays."""
    if content is not None:
        (project / name).write_bytes(content)
    before = tree(project)
    returned, out, err = portail("importer-veille", name, "--garder", "tous", "--ecarter", "reste")
    assert (returned, out) == (1, "")
    assert err.startswith(name.replace("//", "/"))
    assert err.rstrip().endswith(f"[{code}]")
    assert len(err.strip().splitlines()) == 1
    assert tree(project) == before


def test_a_feed_of_nothing_has_nothing_to_sort(project: Path, portail: Portail) -> None:
    """An empty feed is told, and a number in it is refused."""
    (project / "flux.xml").write_text("<rss><channel/></rss>", "utf-8")
    assert portail("importer-veille", "flux.xml")[:2] == (0, "Flux sans titre : 0 élément.\nRien de nouveau à trier.\n")
    assert "ne contient aucun élément" in portail("importer-veille", "flux.xml", "--garder", "1")[2]


def test_errors_of_the_project_come_first(project: Path, portail: Portail) -> None:
    """Nothing can be compared with records that cannot be read: they are listed, and nothing is written."""
    (project / "data/veille/V-2026-004.yml").write_text("titre: x\n", "utf-8")
    before = tree(project)
    code, _, err = portail("importer-veille", "flux.xml", "--garder", "tous")
    assert code == 1
    assert "data/veille/V-2026-004.yml:1:1: " in err
    assert tree(project) == before


def test_all_or_nothing(project: Path, portail: Portail) -> None:
    """A disk that refuses one file keeps none."""
    (project / "data/veille_ecartee.yml").mkdir()
    code, _, err = portail("importer-veille", "flux.xml", "--garder", "1", "--ecarter", "reste")
    assert code == 1
    assert "Traceback" not in err
    assert not new_files(project)


def new_files(project: Path) -> list[str]:
    """Return the records that were written."""
    return [path.name for path in (project / "data/veille").iterdir() if path.name != "V-2026-004.yml"]


# At a terminal


def test_a_person_sorts_one_after_the_other(project: Path, portail: Portail) -> None:
    """Keep with a type, drop, later; a mistake is told and the question comes back."""
    code, out, _ = portail("importer-veille", "flux.xml", answers=["oui", "g", "juridique", "technique", "e", "p", "garder", ""])
    assert code == 0
    assert "  Répondez g (garder), e (écarter), p (plus tard) ou a (arrêter).\n" in out
    assert "   https://exemple.example/1\n   Un * résumé [x](y). 1. Deux\n" in out
    assert {veille.titre: veille.type.value for veille in new(project).values()} == {
        "Décret : un texte": "technique",
        "Sans lien": "reglementaire",
    }
    aside = loaded(project).veille_ecartee
    assert aside is not None
    assert [each.titre for each in aside.elements] == ["Sans date"]
    assert "À trier : 1 élément." in portail("importer-veille", "flux.xml", "--oui")[1]


def test_stopping_keeps_what_was_chosen(project: Path, portail: Portail) -> None:
    """`a` asks nothing more; Enter alone means later; a stated type is not asked."""
    assert portail("importer-veille", "flux.xml", "--type", "metier", answers=["", "g", "a"])[0] == 0
    assert [(veille.titre, veille.type.value) for veille in new(project).values()] == [("Sans date", "metier")]


def test_numbers_ask_nothing_at_a_terminal(project: Path, portail: Portail) -> None:
    """Whoever gave numbers is not asked."""
    assert portail("importer-veille", "flux.xml", "--garder", "1", answers=[])[0] == 0
    assert len(new(project)) == 1


def test_an_interruption_writes_nothing(project: Path, portail: Portail) -> None:
    """Ctrl+C in the middle leaves every byte as it was, whatever was chosen before."""
    before = tree(project)
    code, _, err = portail("importer-veille", "flux.xml", answers=["g", "metier", "e", INTERRUPTED])
    assert code == 130
    assert "Traceback" not in err
    assert tree(project) == before


def test_a_person_at_a_real_terminal(project: Path) -> None:
    """Through a pseudo-terminal: questions in French, answers typed, records and memory written."""
    pty = pytest.importorskip("pty")
    master, slave = pty.openpty()
    clean = {key: value for key, value in os.environ.items() if key != "CI"}
    command = [str(Path(sys.executable).parent / "portail"), "importer-veille", "flux.xml"]
    with subprocess.Popen(command, cwd=project, stdin=slave, stdout=slave, stderr=slave, env=clean | {"TERM": "dumb"}) as process:
        os.close(slave)
        for question, answer in (("(g/e/p/a)", "g"), ("Type", "metier"), ("(g/e/p/a)", "e"), ("(g/e/p/a)", "a")):
            until(master, question)
            os.write(master, f"{answer}\n".encode())
        said = until(master, "portail enregistrer")
        process.wait(timeout=30)
    assert process.returncode == 0
    assert "V-2026-005.yml" in said
    assert [(veille.titre, veille.type.value) for veille in new(project).values()] == [("Décret : un texte", "metier")]
    aside = loaded(project).veille_ecartee
    assert aside is not None
    assert [each.titre for each in aside.elements] == ["Sans date"]


def until(terminal: int, expected: str) -> str:
    """Return what a terminal shows until `expected`, thirty seconds at most for each part."""
    said = b""
    while expected.encode() not in said:
        assert select.select([terminal], [], [], 30)[0], said.decode()
        said += os.read(terminal, 4096)
    return said.decode(errors="replace")


# `portail nouveau veille`


def test_an_entry_is_written_from_options(project: Path, portail: Portail) -> None:
    """Every option fills its key; one source makes it so sure."""
    given = [
        "--titre",
        "Arrêté : x",
        "--type",
        "reglementaire",
        "--date",
        "2026-10-01",
        "--source",
        "https://a.example/x",
        "--resume",
        "Ce qui change.",
    ]
    given += ["--force", "reglement", "--reference", "Arrêté du 1er octobre", "--certification", "RNCP10001"]
    code, out, err = portail("nouveau", "veille", *given)
    assert (code, err) == (0, "")
    assert "V-2026-005 Arrêté : x" in out
    assert "clé analyse" in out
    veille = new(project)["V-2026-005"]
    assert (veille.titre, veille.type.value, veille.date, veille.relevee_le) == (
        "Arrêté : x",
        "reglementaire",
        date(2026, 10, 1),
        date(2026, 11, 20),
    )
    assert [(source.titre, source.url) for source in veille.sources] == [("a.example", "https://a.example/x")]
    assert (veille.resume, veille.reference, veille.certitude.value) == ("Ce qui change.", "Arrêté du 1er octobre", "une_source")
    assert veille.force is not None
    assert veille.portee.certifications == ("RNCP10001",)
    assert veille.analyse is None
    assert_linted(project)


def test_without_source_it_is_to_be_confirmed(project: Path, portail: Portail) -> None:
    """What nobody can read again is doubtful; the day is that of today."""
    assert portail("nouveau", "veille", "--titre", "x", "--resume", "y")[0] == 0
    veille = new(project)["V-2026-005"]
    assert (veille.certitude.value, veille.date, veille.type.value, veille.force) == (
        "a_confirmer",
        date(2026, 11, 20),
        "reglementaire",
        None,
    )


def test_enter_alone_is_told_to_be_no_answer(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A question that cannot be passed says so each time, instead of coming back without a word."""
    monkeypatch.setattr("sys.stdin", io.StringIO("\n\nRésumé\n"))
    assert prompt("Ce qui change") == "Résumé"
    assert capsys.readouterr().out.count("Cette réponse est nécessaire.") == 2


def test_an_entry_is_written_from_answers(project: Path, portail: Portail) -> None:
    """At a terminal: title, type, day, source, summary, force, reference, certainty, certifications; a mistake comes back."""
    answers = ["Titre", "metier", "", "exemple", "https://a.example/x", "Résumé.", "", "", "", "RNCP1", "RNCP10001"]
    assert portail("nouveau", "veille", answers=answers)[0] == 0
    veille = new(project)["V-2026-005"]
    assert (veille.titre, veille.type.value, veille.certitude.value) == ("Titre", "metier", "une_source")
    assert veille.portee.certifications == ("RNCP10001",)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], "Il manque l’option --titre"),
        (["--titre", "x"], "Il manque l’option --resume"),
        (["--titre", "x", "--resume", "y", "--type", "juridique"], "--type : "),
        (["--titre", "x", "--resume", "y", "--date", "31/12/2026"], "2026-12-31"),
        (["--titre", "x", "--resume", "y", "--source", "exemple.example"], "--source : "),
        (["--titre", "x", "--resume", "y", "--source", "javascript:alert(1)"], "--source : "),
        (["--titre", "x", "--resume", "y", "--force", "obligation"], "--force : "),
        (["--titre", "x", "--resume", "y", "--certitude", "sûr"], "--certitude : "),
        (["--titre", "x", "--resume", "y", "--certification", "RNCP10002"], "Vouliez-vous écrire « RNCP10001 »"),
        (["--titre", "a\nb", "--resume", "y"], "--titre : "),
    ],
)
def test_a_wrong_entry_writes_nothing(arguments: list[str], expected: str, project: Path, portail: Portail) -> None:
    """One French sentence that names the option, exit code 1, every byte stays."""
    before = tree(project)
    code, _, err = portail("nouveau", "veille", *arguments)
    assert code == 1
    assert expected in err
    assert len(err.strip().splitlines()) == 1
    assert tree(project) == before
