"""`portail initialiser`, `pages` and `schema`: what they write, and what they never replace."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from check_jsonschema import main as check_jsonschema

from macros.checks import run_checks
from macros.french import add_days
from macros.models.constat import Niveau
from macros.records.loading import load

ROOT = Path(__file__).resolve().parents[2]
EXTRAITS = ROOT / "tests" / "exchange" / "donnees"
BIN = Path(sys.executable).parent


def portail(*arguments: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the installed command in `folder`, without terminal."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith("PORTAIL_")}
    return subprocess.run(
        [str(BIN / "portail"), *arguments],
        cwd=folder,
        env=clean | environment,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a project made by `initialiser`, its first fiche imported at once."""
    folder = tmp_path_factory.mktemp("organisme")
    extract = min(EXTRAITS.glob("*.xml"))
    done = portail(
        "initialiser",
        "nôtre portail",
        "--denomination",
        "École « d’à côté » : essai #1",
        "--extrait",
        str(extract),
        "--fiche",
        _first_number(extract),
        folder=folder,
    )
    assert done.returncode == 0, done.stderr
    return folder / "nôtre portail"


def _first_number(extract: Path) -> str:
    text = extract.read_text("utf-8")
    return text.split("<NUMERO_FICHE>", 1)[1].split("<", 1)[0]


def test_an_own_project_verifies_and_builds_strictly(own: Path) -> None:
    """An accented folder, a name with a colon and a hash, one imported fiche: no error, and a site with its page."""
    assert portail("verifier", folder=own).returncode == 0
    built = portail("construire", folder=own)
    assert built.returncode == 0, built.stdout + built.stderr
    pages = list((own / "site" / "certifications").glob("*/index.html"))
    assert len(pages) == 1
    assert "École" in (own / "site" / "index.html").read_text("utf-8")


def test_an_own_project_has_no_demonstration(own: Path) -> None:
    """Neither fictional records nor the strip that marks them."""
    imported = _first_number(min(EXTRAITS.glob("*.xml")))
    assert [path.stem for path in (own / "data" / "certifications").glob("*.yml")] == [imported]
    assert [path.stem for path in (own / "data" / "extraits").glob("*.yml")] == [imported]
    assert "demonstration" not in (own / "data" / "organisme.yml").read_text("utf-8")
    portail("construire", folder=own)
    assert "sont fictifs" not in (own / "site" / "index.html").read_text("utf-8")


def test_an_own_project_starts_with_the_watch_to_analyse(own: Path) -> None:
    """The national entries come along, noticed that day, without anything the demonstration made of them; nothing is late on the first day."""
    registre = load(own).registre
    assert registre is not None
    entries = registre.veille.values()
    assert len(entries) >= 18
    assert not [v.id for v in entries if v.analyse or v.decision or v.actions or v.conseils or v.notes or v.portee.certifications]
    assert not [v.id for v in entries if "fictive" in v.resume or "démonstration" in v.resume or "imagin" in v.resume]
    (noticed,) = {v.relevee_le for v in entries}
    assert noticed is not None
    assert sorted(registre.cep) == ["CEP-R1", "CEP-R2", "CEP-R3", "CEP-R4", "CEP-R5"]
    assert registre.rapport_cep is not None
    assert registre.positionnements == {}
    assert {c.code for c in run_checks(registre, noticed) if c.collection == "veille"} == set()
    late = [c for c in run_checks(registre, add_days(noticed, 31)) if c.collection == "veille"]
    (stock,) = [c for c in late if c.code == "veille-ancienne-a-analyser"]
    known = [v for v in entries if not v.is_over(noticed) and v.was_old(registre.organisme.parametres.veille_delai_analyse_jours)]
    assert stock.message.startswith(f"{len(known)} entrées")
    assert {c.niveau for c in late} == {Niveau.A_SURVEILLER}
    assert len(late) <= 1 + len(entries) - len(known)


def test_the_tool_is_pinned_by_its_hash(own: Path) -> None:
    """The lock names the wheel of the project with its real SHA-256, and the wheel carries templates and pages."""
    wheel = next((own / "outil").glob("*.whl"))
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    lock = (own / "requirements.txt").read_text("utf-8")
    assert f"./outil/{wheel.name} \\\n    --hash=sha256:{digest}" in lock
    assert "mkdocs==" in lock
    listing = subprocess.run([sys.executable, "-m", "zipfile", "-l", str(wheel)], capture_output=True, text=True, check=True).stdout
    assert "macros/templates/certification/identite.html.j2" in listing
    assert "macros/_projet/docs/index.md" in listing
    assert "macros/_projet/data/veille/V-2025-004.yml" in listing


def test_nothing_existing_is_replaced(tmp_path: Path) -> None:
    """A folder that already holds one of the files is refused whole: the file stays, nothing is added."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "mkdocs.yml").write_text("à moi\n", "utf-8")
    done = portail("initialiser", "a", "--denomination", "X", folder=tmp_path)
    assert done.returncode == 1
    assert "contient déjà 1" in done.stderr
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["mkdocs.yml"]
    assert (tmp_path / "a" / "mkdocs.yml").read_text("utf-8") == "à moi\n"


def test_files_of_another_kind_are_left_alone(tmp_path: Path) -> None:
    """A folder that holds only other files (a Git clone) receives the portal beside them."""
    (tmp_path / "a" / ".git").mkdir(parents=True)
    (tmp_path / "a" / "notes.txt").write_text("à moi\n", "utf-8")
    assert portail("initialiser", "a", "--denomination", "X", folder=tmp_path).returncode == 0
    assert (tmp_path / "a" / "notes.txt").read_text("utf-8") == "à moi\n"


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ([], "--denomination"),
        (["--denomination", "X", "--siret", "123"], "--siret"),
        (["--denomination", "X", "--site", "exemple.fr"], "--site"),
        (["--denomination", "X", "--extrait", "absent.xml"], "Dites quoi importer"),
    ],
)
def test_wrong_facts_are_refused_before_anything_is_written(options: list[str], expected: str, tmp_path: Path) -> None:
    """Without terminal a missing name is asked for by its option; a wrong SIRET or address is refused; no folder appears."""
    done = portail("initialiser", "a", *options, folder=tmp_path)
    assert done.returncode == 1
    assert expected in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "a").exists()


def test_schemas_are_valid_and_accept_the_demonstration(tmp_path: Path) -> None:
    """Each schema satisfies its dialect and accepts every record the portal ships."""
    _copy_project(tmp_path)
    assert portail("schema", folder=tmp_path).returncode == 0
    schemas = sorted((tmp_path / ".schemas").glob("*.json"))
    assert {path.stem for path in schemas} >= {"organisme", "certifications", "extraits", "exigences", "lexique"}
    _accepts(["--check-metaschema", *map(str, schemas)])
    for schema in schemas:
        files = sorted((tmp_path / "data" / schema.stem).glob("*.yml")) or list((tmp_path / "data").glob(f"{schema.stem}.yml"))
        assert files or schema.stem in ("personnes", "veille_ecartee", "editions", "dossiers"), (
            "names, what was set aside and handed out are not shipped"
        )
        if files:
            _accepts(["--schemafile", str(schema), *map(str, files)])


def test_a_schema_refuses_what_the_reader_refuses(tmp_path: Path) -> None:
    """An unknown key and a wrong choice are underlined in the editor too; a key left empty is not."""
    _copy_project(tmp_path)
    portail("schema", folder=tmp_path)
    schema = json.loads((tmp_path / ".schemas" / "certifications.json").read_text("utf-8"))
    assert schema["additionalProperties"] is False
    assert "id" not in schema["properties"]
    for line, accepted in (("domaine:", True), ("domainne: x", False), ("actif: peut-être", False), ("date_decision: 31/12/2026", False)):
        record = tmp_path / "essai.yml"
        record.write_text(f"numero: RS1\nintitule: x\nrepertoire: RS\ntype_enregistrement: de_droit\n{line}\n", "utf-8")
        _accepts(["--schemafile", str(tmp_path / ".schemas" / "certifications.json"), str(record)], accepted=accepted)


def _accepts(arguments: list[str], *, accepted: bool = True) -> None:
    with pytest.raises(SystemExit) as ended:
        check_jsonschema(arguments)
    assert (ended.value.code == 0) is accepted, arguments


def _copy_project(target: Path) -> None:
    for folder in ("data", "docs", "overrides"):
        shutil.copytree(ROOT / folder, target / folder)
    configuration = (ROOT / "mkdocs.yml").read_text("utf-8")
    assert "- macros/hooks.py\n" in configuration
    (target / "mkdocs.yml").write_text(configuration.replace("- macros/", f"- {ROOT}/macros/"), "utf-8")


def test_pages_on_disk_hold_no_text_of_a_record(tmp_path: Path) -> None:
    """Generated pages are an id and one macro call; the configuration carries the facts of the theme and where records are."""
    _copy_project(tmp_path)
    assert portail("pages", "--vers", "sortie", folder=tmp_path).returncode == 0
    stub = (tmp_path / "sortie/docs/certifications/RNCP99001.md").read_text("utf-8")
    assert stub.endswith('---\n\n{{ fiche_certification("RNCP99001") }}\n')
    assert "Responsable" not in stub
    config = json.loads((tmp_path / "sortie/mkdocs.yml").read_text("utf-8"))
    assert "hooks" not in config
    assert config["extra"]["portail"]["demonstration"] is True
    assert (tmp_path / "sortie" / config["extra"]["portail"]["projet"] / "data").is_dir()


def test_pages_never_replace_a_folder_of_someone_else(tmp_path: Path) -> None:
    """A folder with other files is refused and kept; one written by the command is replaced, stale pages included."""
    _copy_project(tmp_path)
    (tmp_path / "sortie").mkdir()
    (tmp_path / "sortie" / "a.txt").write_text("à moi", "utf-8")
    refused = portail("pages", "--vers", "sortie", folder=tmp_path)
    assert refused.returncode == 1
    assert "contient déjà autre chose" in refused.stderr
    (tmp_path / "sortie" / "a.txt").unlink()
    assert portail("pages", "--vers", "sortie", folder=tmp_path).returncode == 0
    page = tmp_path / "sortie/docs/conseils/CP-2026-12-NUM.md"
    assert page.is_file()
    (tmp_path / "data/conseils/CP-2026-12-NUM.yml").unlink()
    assert portail("pages", "--vers", "sortie", folder=tmp_path).returncode == 0
    assert not page.exists()


def test_a_hand_written_page_of_the_same_address_wins(tmp_path: Path) -> None:
    """A person may replace the page of a certification by their own."""
    _copy_project(tmp_path)
    (tmp_path / "docs/certifications/RS99001.md").write_text("---\nvisibilite: public\n---\n\n# À la main\n", "utf-8")
    portail("pages", "--vers", "sortie", folder=tmp_path)
    assert "# À la main" in (tmp_path / "sortie/docs/certifications/RS99001.md").read_text("utf-8")
    built = portail("construire", folder=tmp_path)
    assert built.returncode == 0, built.stderr
    assert "À la main" in (tmp_path / "site/certifications/RS99001/index.html").read_text("utf-8")


def test_the_same_records_and_day_give_the_same_site(tmp_path: Path) -> None:
    """Two builds, other hash seeds and other file times: every file of the site has the same bytes, sitemap included."""
    _copy_project(tmp_path / "projet")
    for seed, name in (("1", "a"), ("2", "b")):
        for record in (tmp_path / "projet").rglob("*.yml"):
            os.utime(record, (1_700_000_000 + int(seed), 1_700_000_000))
        assert portail("construire", "--vers", str(tmp_path / name), folder=tmp_path / "projet", PYTHONHASHSEED=seed).returncode == 0
    first, second = (
        {path.relative_to(tmp_path / name): path.read_bytes() for path in (tmp_path / name).rglob("*") if path.is_file()} for name in "ab"
    )
    assert len(first) > 50
    assert first == second
