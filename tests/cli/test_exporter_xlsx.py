"""`portail exporter xlsx`: where it writes, what it refuses, and that nobody's work is replaced without a word."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from macros.cli import app, exporter_xlsx
from macros.cli.french import run
from macros.records.loading import load
from macros.views.classeur import REGISTRES

if TYPE_CHECKING:
    from collections.abc import Callable

    Portail = Callable[..., tuple[int, str, str]]

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration, without its pages."""
    root = tmp_path_factory.mktemp("projet") / "portail"
    shutil.copytree(ROOT / "data", root / "data")
    (root / "mkdocs.yml").write_text("site_name: essai\n", "utf-8")
    return root


@pytest.fixture
def project(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same project, with the current folder beside it: nothing but workbooks is written."""
    monkeypatch.chdir(source)
    for variable in ("PORTAIL_AUDIENCE", "PORTAIL_DATE"):
        monkeypatch.delenv(variable, raising=False)
    return tmp_path


@pytest.fixture
def portail(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Portail:
    """Run the command as a person does; `answers` are what a person types at the questions."""

    def call(*arguments: str, answers: list[str] | None = None) -> tuple[int, str, str]:
        left = iter(answers or [])
        monkeypatch.setattr(exporter_xlsx, "is_interactive", lambda: answers is not None)
        monkeypatch.setattr("macros.cli.asked.console.input", lambda *_words: next(left))
        monkeypatch.setattr("sys.argv", ["portail", "exporter", "xlsx", *arguments])
        code = run(app)
        said = capsys.readouterr()
        assert next(left, None) is None, "an answer was not asked for"
        return code, said.out, said.err

    return call


@pytest.mark.parametrize("collection", REGISTRES)
def test_a_register_is_written(collection: str, project: Path, portail: Portail) -> None:
    """The command says how many rows and where; the file opens on its data."""
    target = project / "exports" / f"{collection}.xlsx"
    code, out, err = portail(collection, "--vers", str(target))
    assert (code, err) == (0, "")
    book = load_workbook(target)
    assert out == f"{book.worksheets[0].max_row - 1}\u00a0lignes dans {target}.\n"
    assert book.sheetnames[0].lower().replace("é", "e") == collection
    assert not list(target.parent.glob(".*"))


def test_usual_names(project: Path, portail: Portail, monkeypatch: pytest.MonkeyPatch, source: Path) -> None:
    """Without --vers, the file stands in the folder that Git ignores, under a name of its own for each audience and for a template."""
    work = source / "travail"
    work.mkdir()
    assert "actions.xlsx" not in portail("actions", "--vers", str(work / "avant.xlsx"))[1]
    assert portail("actions")[1].endswith(f"lignes dans {Path('documents/actions.xlsx')}.\n")
    monkeypatch.chdir(work)
    for arguments in (["actions", "--audience", "auditeur"], ["preuves", "--audience", "public"], ["conseils", "--modele"]):
        code, out, _ = portail(*arguments)
        assert code == 0
        assert str(Path("../documents")) in out
    assert [path.name for path in work.iterdir()] == ["avant.xlsx"]
    assert sorted(path.name for path in (source / "documents").iterdir()) == [
        "actions-auditeur.xlsx",
        "actions.xlsx",
        "modele-conseils.xlsx",
        "preuves-public.xlsx",
    ]
    for pattern in (ROOT / ".gitignore", ROOT / "macros/templates/projet/gitignore"):
        assert "documents/" in pattern.read_text("utf-8").replace("/documents/", "documents/").split()
    shutil.rmtree(work)
    shutil.rmtree(source / "documents")
    assert project.is_dir()


def test_a_file_that_exists_is_not_replaced_without_a_word(project: Path, portail: Portail) -> None:
    """The same content is told as such; another one asks a person, refuses without terminal, and goes with --oui."""
    target = project / "plan.xlsx"
    target.write_bytes(b"le travail de quelqu'un")
    code, _, err = portail("actions", "--vers", str(target))
    assert code == 1
    assert "--oui" in err
    code, _, err = portail("actions", "--vers", str(target), answers=["non"])
    assert (code, err) == (1, "Rien n’a été écrit.\n")
    assert target.read_bytes() == b"le travail de quelqu'un"
    assert portail("actions", "--vers", str(target), answers=["oui"])[0] == 0
    content = target.read_bytes()
    assert content[:2] == b"PK"
    code, out, _ = portail("actions", "--vers", str(target))
    assert (code, out) == (0, f"{target} est déjà à jour.\n")
    assert portail("preuves", "--vers", str(target), "--oui")[0] == 0
    assert target.read_bytes() != content


def test_filters_are_those_of_the_register(project: Path, portail: Portail) -> None:
    """Several are all satisfied."""
    target = project / "plan.xlsx"
    assert portail("actions", "--vers", str(target), "--filtre", "statut=en_retard", "--filtre", "certification = RNCP99001")[0] == 0
    rows = list(load_workbook(target)["Actions"].iter_rows(min_row=2, values_only=True))
    assert rows
    assert all(str(row[2]).startswith("en retard") and "RNCP99001" in str(row[9]) for row in rows)


@pytest.mark.parametrize(
    "stated",
    [
        ["statut=ouverte&responsable=responsable_qualité"],
        ["?statut=ouverte&responsable=responsable_qualit%C3%A9"],
        ["responsable=Responsable+qualit%c3%a9&statut=ouverte&"],
        ["statut=ouverte&&nature=&texte=", "responsable=responsable%20qualité"],
    ],
)
def test_a_filter_is_what_the_address_of_a_page_says(stated: list[str], project: Path, portail: Portail) -> None:
    """Several conditions, percent-encoded as browsers write them, with or without the question mark; those left blank are none."""
    options = [word for text in stated for word in ("--filtre", text)]
    code, _, err = portail("actions", "--vers", str(project / "plan.xlsx"), *options)
    assert (code, err) == (0, "")
    found = {row[0] for row in load_workbook(project / "plan.xlsx")["Actions"].iter_rows(min_row=2, values_only=True)}
    actions = load(ROOT).registre.actions.values()  # type: ignore[union-attr]
    expected = {a.id for a in actions if a.is_open() and (a.responsable or "").casefold() == "responsable qualité"}
    assert found == expected
    assert expected


def test_wrong_filters_are_told_all_at_once(project: Path, portail: Portail) -> None:
    """A form, a key, a value that cannot be, the search of a page: one sentence each, in one option or several, nothing written."""
    wrong = ["retard", "statu=close", "statut=x", "texte=grille+de+jury", ""]
    apart = [word for text in wrong for word in ("--filtre", text)]
    for options in (apart, ["--filtre", "&".join(wrong), "--filtre", ""]):
        code, out, err = portail("actions", "--vers", str(project / "x.xlsx"), *options)
        assert (code, out) == (1, "")
        assert len(err.splitlines()) == 5
        assert "la recherche de texte («\u00a0grille de jury\u00a0»)" in err
        assert "Retirez texte=…" in err
    assert list(project.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["action"], "Vouliez-vous écrire «\u00a0actions\u00a0»"),
        (["actions", "--vers", "plan.csv"], "finit par .xlsx"),
        (["actions", "--vers", ""], "finit par .xlsx"),
        (["actions", "--vers", "data/actions.xlsx"], "fait partie du projet"),
        (["actions", "--vers", "data/preuves/2026/actions.xlsx"], "fait partie du projet"),
        (["actions", "--vers", "dossier.xlsx"], "est un dossier"),
        (["actions", "--avec-donnees"], "vont ensemble"),
        (["actions", "--modele", "--filtre", "statut=close"], "toujours complet"),
        (["actions", "--modele", "--audience", "public"], "toujours complet"),
        (["actions", "--audience", "tous"], "--audience"),
        ([], "REGISTRE"),
    ],
)
def test_refusals(arguments: list[str], said: str, source: Path, project: Path, portail: Portail) -> None:
    """Each is one French sentence, exit code 1, and nothing is written."""
    (source / "dossier.xlsx").mkdir(exist_ok=True)
    before = sorted(path for path in source.rglob("*.xlsx"))
    code, out, err = portail(*arguments)
    assert (code, out) == (1, "")
    assert said in err
    assert len(err.splitlines()) == 1
    assert sorted(path for path in source.rglob("*.xlsx")) == before
    assert list(project.iterdir()) == []


def test_a_template_is_empty_or_filled(project: Path, portail: Portail) -> None:
    """Empty, it has its titles; filled, it has a row for each record; what to do with it is said, as it is to be typed."""
    assert portail("actions", "--modele", "--vers", str(project / "vide.xlsx")) == (
        0,
        f"Modèle écrit dans {project}/vide.xlsx. Remplissez-le, puis «\u00a0portail importer-xlsx {project}/vide.xlsx\u00a0».\n",
        "",
    )
    code, out, _ = portail("actions", "--modele", "--avec-donnees", "--vers", str(project / "plein.xlsx"))
    number = len(list((ROOT / "data/actions").glob("*.yml")))
    said = f"Modèle écrit dans {project}/plein.xlsx, avec {number}\u00a0fiches. Complétez-le, puis «\u00a0portail importer-xlsx "
    assert (code, out) == (0, f"{said}{project}/plein.xlsx\u00a0».\n")
    assert f'importer-xlsx "{project}/le plan.xlsx"' in portail("actions", "--modele", "--vers", str(project / "le plan.xlsx"))[1]
    empty, filled = (load_workbook(project / name)["Actions"] for name in ("vide.xlsx", "plein.xlsx"))
    assert [cell.value for cell in empty[1]] == [cell.value for cell in filled[1]]
    assert (empty.max_row, filled.max_row) == (1, 1 + number)


def test_a_text_that_was_cut_is_told(project: Path, portail: Portail, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command names the cell; the record itself is whole."""
    root = tmp_path / "long"
    for name, text in {
        "mkdocs.yml": "site_name: essai\n",
        "data/organisme.yml": "format: 1\ndenomination: Institut\n",
        "data/actions/A-2026-001.yml": f"intitule: Longue\nnature: formation\ndate: 2026-01-01\ndescription: {'a' * 40_000}\n",
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    monkeypatch.chdir(root)
    code, out, _ = portail("actions", "--vers", str(project / "plan.xlsx"))
    assert code == 0
    assert "1\u00a0texte coupé (Actions!T2)" in out


def test_a_project_with_errors_is_told_first(project: Path, portail: Portail, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is exported from records that cannot be read."""
    root = tmp_path / "faux"
    (root / "data").mkdir(parents=True)
    (root / "mkdocs.yml").write_text("site_name: essai\n", "utf-8")
    monkeypatch.chdir(root)
    code, _, err = portail("actions", "--vers", str(project / "plan.xlsx"))
    assert code == 1
    assert "data/organisme.yml" in err
    assert not (project / "plan.xlsx").exists()
