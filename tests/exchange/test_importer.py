"""`portail importer` from a folder, as a person runs it."""

from __future__ import annotations

import errno
import os
import re
import sys
from datetime import date
from pathlib import Path

import pytest
import typer
from lxml import etree
from typer.testing import CliRunner

from macros.cli.importer import importer
from macros.models.certification import Certification
from macros.models.derivation import differences
from macros.models.extrait import Extrait
from macros.records.reading import read_document
from macros.records.validation import validate

DONNEES = Path(__file__).parent / "donnees"
RNCP = DONNEES / "export-fiches-rncp-v4-1-2026-08-16.xml"
RS = DONNEES / "export_fiches_RS.xml"
REELLES = sorted((Path(__file__).parents[3] / "shared" / "donnees").glob("*.xml"))

APP = typer.Typer()
APP.command()(importer)


@pytest.fixture
def projet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty project, made the current folder."""
    (tmp_path / "data").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str | Path, code: int = 0, answer: str | None = None) -> str:
    """Run the command; return what it prints."""
    result = CliRunner().invoke(APP, [str(argument) for argument in arguments], input=answer)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == code, result.output
    return result.output


def files(projet: Path) -> dict[str, bytes]:
    """Return every file of `data/` with its bytes and check that nothing temporary is left."""
    found = {path.relative_to(projet).as_posix(): path.read_bytes() for path in (projet / "data").rglob("*") if path.is_file()}
    assert not [name for name in found if name.endswith(".tmp")]
    return found


def record(projet: Path, numero: str) -> Certification:
    """Return the certification written, read as the portal reads it."""
    found, problems = validate(read_document(projet / f"data/certifications/{numero}.yml", projet), Certification, numero)
    assert problems == []
    assert isinstance(found, Certification)
    return found


def extract(projet: Path, numero: str) -> Extrait:
    """Return the extract written, read as the portal reads it."""
    found, problems = validate(read_document(projet / f"data/extraits/{numero}.yml", projet), Extrait, numero)
    assert problems == []
    assert isinstance(found, Extrait)
    return found


def test_first_import(projet: Path) -> None:
    """Both files are written, agree with each other, and are told."""
    output = run(RNCP, RS, "--fiche", "rncp 99101", "--fiche", "RS99101")
    assert sorted(files(projet)) == [
        f"data/{kind}/{numero}.yml" for kind in ("certifications", "extraits") for numero in ("RNCP99101", "RS99101")
    ]
    for numero in ("RNCP99101", "RS99101"):
        assert differences(record(projet, numero), extract(projet, numero)) == []
    assert "RNCP99101 Responsable d’atelier & de réparation : cycles\u00a0: nouvelle certification" in output
    assert "3\u00a0fiches lues, 2\u00a0trouvées" in output
    assert "Balise inconnue NOUVEAUTE_2027" in output


def test_again_is_a_no_op(projet: Path) -> None:
    """The same import again writes nothing, even after a person edited the record."""
    run(RNCP, "--fiche", "RNCP99101")
    path = projet / "data/certifications/RNCP99101.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("Former des", "Former les") + "# note\n", encoding="utf-8")
    before = files(projet)
    stamps = {name: (projet / name).stat().st_mtime_ns for name in before}
    assert "tout est déjà à jour" in run(RNCP, "--fiche", "RNCP99101")
    assert files(projet) == before
    assert {name: (projet / name).stat().st_mtime_ns for name in before} == stamps


def test_update_keeps_what_people_wrote(projet: Path) -> None:
    """Only the lines of what changed move, in a sub-folder too; what people wrote is kept and told."""
    run(RNCP, "--fiche", "RNCP99101")
    folder = projet / "data/certifications/cycles"
    folder.mkdir()
    path = folder / "RNCP99101.yml"
    (projet / "data/certifications/RNCP99101.yml").rename(path)
    human = path.read_text(encoding="utf-8").replace("intitule: '", "# notre titre\nintitule: 'Notre ")
    path.write_text(human + "notes: À nous\n", encoding="utf-8")
    before = path.read_text(encoding="utf-8")
    xml = RNCP.read_text(encoding="utf-8").replace("Publiée", "Supprimée").replace("Responsable d’atelier", "Chef d’atelier")
    new = projet / "export-2026-10-01.xml"
    new.write_text(xml, encoding="utf-8")
    output = run(new, "--fiche", "RNCP99101")
    changed = before.replace("etat_fiche: Publiée", "etat_fiche: Supprimée").replace("date: 2026-08-16", "date: 2026-10-01")
    assert path.read_text(encoding="utf-8") == changed
    assert not (projet / "data/certifications/RNCP99101.yml").exists()
    assert "État de la fiche\u00a0: Publiée → Supprimée" in output
    assert re.search(r"gardé, car modifié ici\u00a0— Intitulé\u00a0: Notre .* → Chef d’atelier", output)
    assert extract(projet, "RNCP99101").source.date == date(2026, 10, 1)


@pytest.mark.parametrize(
    ("answer", "code", "written"), [("n\n", 1, False), ("", 1, False), ("x\nnon\n", 1, False), ("OUI\n", 0, True), ("\n", 0, True)]
)
def test_asks_at_a_terminal(projet: Path, monkeypatch: pytest.MonkeyPatch, answer: str, code: int, written: bool) -> None:  # noqa: FBT001 - a case
    """A person at a terminal is asked and may decline; `--oui` does not ask."""
    monkeypatch.setattr(sys.modules[importer.__module__], "is_interactive", lambda: True)
    run(RNCP, "--fiche", "RNCP99101", code=code, answer=answer)
    assert bool(files(projet)) is written
    assert "Écrire" not in run(RNCP, "--fiche", "RNCP99102", "--oui")


MISTAKES = {
    "no selection": ([RNCP], "selection-absente"),
    "number": ([RNCP, "--fiche", "12345"], "numero-forme"),
    "siret": ([RNCP, "--siret", "123"], "siret-forme"),
    "name": ([RNCP, "--certificateur", " - "], "certificateur-forme"),
    "date": ([RNCP, "--fiche", "RNCP99101", "--date", "16/08/2026"], "date-forme"),
    "impossible date": ([RNCP, "--fiche", "RNCP99101", "--date", "2026-02-30"], "date-forme"),
    "absent file": (["rien.xml", "--fiche", "RNCP99101"], "fichier-absent"),
    "not found": ([RNCP, "--fiche", "RNCP99101", "--fiche", "RNCP99199"], "fiche-introuvable"),
}


@pytest.mark.parametrize(("arguments", "code"), MISTAKES.values(), ids=MISTAKES)
def test_mistakes_write_nothing(projet: Path, arguments: list[str | Path], code: str) -> None:
    """Each mistake is told with its code, exit 1, nothing written."""
    output = run(*arguments, code=1)
    assert f"[{code}]" in output
    assert "à corriger" not in output, "a command line is no file to correct"
    assert files(projet) == {}


def test_truncated_after_the_wanted_fiche_writes_nothing(projet: Path) -> None:
    """A download cut after the wanted fiche is still refused."""
    path = projet / "export.xml"
    path.write_bytes(RNCP.read_bytes()[:-200])
    assert "[extrait-tronque]" in run(path, "--fiche", "RNCP99101", code=1)
    assert files(projet) == {}


def test_outside_a_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another folder is refused in French."""
    monkeypatch.chdir(tmp_path)
    assert "dossier" in run(RNCP, "--fiche", "RNCP99101", code=1)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("number", "code"), [(errno.ENOSPC, "disque-plein"), (errno.EACCES, "fichier-interdit"), (errno.EIO, "fichier-systeme")]
)
def test_refusals_of_the_disk(projet: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str) -> None:
    """A full disk, a forbidden folder or a failing disk leaves `data/` as it was."""
    run(RNCP, "--fiche", "RNCP99101")
    before = files(projet)

    def refuse(_descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    assert f"[{code}]" in run(RNCP, "--fiche", "RNCP99102", code=1)
    assert files(projet) == before


def test_unreadable_record_is_not_touched(projet: Path) -> None:
    """A record with a YAML mistake stops the import at its line."""
    folder = projet / "data/certifications"
    folder.mkdir()
    (folder / "RNCP99101.yml").write_text("intitule: a : b\n", encoding="utf-8")
    before = files(projet)
    assert "data/certifications/RNCP99101.yml:1:" in run(RNCP, "--fiche", "RNCP99101", code=1)
    assert files(projet) == before


def test_damaged_extract_is_made_again(projet: Path) -> None:
    """A machine-owned file that no longer reads is told and written anew; the record keeps its keys."""
    run(RNCP, "--fiche", "RNCP99101")
    good = files(projet)
    (projet / "data/extraits/RNCP99101.yml").write_text("numero: [", encoding="utf-8")
    assert "n’est plus lisible" in run(RNCP, "--fiche", "RNCP99101")
    assert files(projet) == good
    (projet / "data/extraits/RNCP99101.yml").unlink()
    xml = RNCP.read_text(encoding="utf-8").replace("Responsable d’atelier", "Chef d’atelier")
    (projet / "export-2026-10-01.xml").write_text(xml, encoding="utf-8")
    output = run("export-2026-10-01.xml", "--fiche", "RNCP99101")
    assert "gardé, origine inconnue (l’ancien extrait manque ou ne se lit pas)\u00a0— Intitulé" in output
    assert "modifié ici" not in output


def test_a_guessed_day_is_told_and_replaces_nothing(projet: Path) -> None:
    """An export whose name says no day, with another content, changes nothing until a person states its day."""
    run(RNCP, "--fiche", "RNCP99101")
    before = files(projet)
    new = projet / "export.xml"
    new.write_text(RNCP.read_text(encoding="utf-8").replace("Publiée", "Supprimée"), encoding="utf-8")
    output = run(new, "--fiche", "RNCP99101")
    assert "date devinée" in output
    assert "Relancez avec --date AAAA-MM-JJ" in output
    assert "Rien n’a été écrit." in output
    assert files(projet) == before
    assert "Publiée → Supprimée" in run(new, "--fiche", "RNCP99101", "--date", "2026-10-01")


def test_a_comment_inside_an_updated_value_stays(projet: Path) -> None:
    """What a person noted inside a list that FC changed is still in the file."""
    run(RNCP, "--fiche", "RNCP99101")
    path = projet / "data/certifications/RNCP99101.yml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("  formacodes:\n", "  # vu avec le service\n  formacodes:\n"), encoding="utf-8"
    )
    new = projet / "export-2026-10-01.xml"
    new.write_text(RNCP.read_text(encoding="utf-8").replace("23625", "23626"), encoding="utf-8")
    run(new, "--fiche", "RNCP99101")
    text = path.read_text(encoding="utf-8")
    assert "23626" in text
    assert "# vu avec le service\ncodes:" in text


def test_a_type_that_is_not_published_is_told(projet: Path) -> None:
    """The record is written with a supposed type, and the person is asked to check it."""
    lines = RNCP.read_text(encoding="utf-8").splitlines()
    silent = [line for line in lines if not re.search("TYPE_ENREGISTREMENT|DATE_DECISION|DUREE_ENREGISTREMENT", line)]
    new = projet / "export-2026-10-01.xml"
    new.write_text("\n".join(silent), encoding="utf-8")
    output = run(new, "--fiche", "RNCP99102")
    assert "à vérifier\u00a0: type d’enregistrement non publié" in output
    assert record(projet, "RNCP99102").type_enregistrement == "sur_demande"
    assert "à vérifier" not in run(RNCP, "--fiche", "RNCP99101")


@pytest.mark.skipif(not REELLES, reason="the real extracts are not on this machine")
def test_the_eleven_real_fiches(projet: Path) -> None:
    """The eleven real fiches become valid records that agree with their extracts; importing again changes nothing."""
    numeros = sorted(
        {
            n
            for path in REELLES
            for n in re.findall(r"<FICHE>\s*<ID_FICHE>\d+</ID_FICHE>\s*<NUMERO_FICHE>(\w+)<", path.read_text(encoding="utf-8"))
        }
    )
    assert len(numeros) == 11
    arguments = [*REELLES, *(part for numero in numeros for part in ("--fiche", numero)), "--date", "2026-08-16"]
    output = run(*arguments)
    assert "11\u00a0fiches lues, 11\u00a0trouvées" in output
    assert "inconnue" not in output
    assert "inattendue" not in output
    for numero in numeros:
        certification, extrait = record(projet, numero), extract(projet, numero)
        assert differences(certification, extrait) == []
        assert certification.is_on_request() is (certification.date_decision is not None)
    before = files(projet)
    assert "tout est déjà à jour" in run(*arguments)
    assert files(projet) == before
    assert len(extract(projet, "RNCP37873").partenaires) > 400


@pytest.mark.skipif(not REELLES, reason="the real extracts are not on this machine")
@pytest.mark.parametrize("path", REELLES, ids=lambda path: path.name)
def test_nothing_of_a_real_fiche_is_lost(projet: Path, path: Path) -> None:
    """Every text of a real fiche stands in its extract, coded values and dates as the portal writes them."""
    coded = {"Oui": "oui", "Non": "non", "Enregistrement de droit": "de_droit", "Enregistrement sur demande": "sur_demande"}
    coded |= {"HABILITATION_FORMER": "former", "HABILITATION_ORGANISER": "organiser", "HABILITATION_ORGA_FORM": "former_et_organiser"}
    for fiche in etree.parse(path).iter("FICHE"):
        numero = fiche.findtext("NUMERO_FICHE") or ""
        run(path, "--fiche", numero)
        written = " ".join((projet / f"data/extraits/{numero}.yml").read_text(encoding="utf-8").replace("''", "'").split())
        for leaf in fiche.iter():
            text = " ".join((leaf.text or "").split())
            day = re.sub(r"^(..)/(..)/(....)$", r"\3-\2-\1", text)
            level = re.sub(r"^(?:NIV|Niveau )", "", text)
            assert any(form in written for form in (text, day, level, coded.get(text, text))), leaf.tag
