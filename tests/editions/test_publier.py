"""Publishing: what is put in place, what is refused without touching anything, what withdrawing leaves."""

from __future__ import annotations

import json
import os
import shutil
from typing import TYPE_CHECKING

import pytest

from macros.editions import depot
from macros.editions.manifeste import MANIFESTE, verify
from tests.editions.projet import portail, projet, publish, tree
from tests.history.depot import Depot

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def publie(tmp_path_factory: pytest.TempPathFactory) -> Depot:
    """A project that published two editions, the older one second."""
    made = projet(tmp_path_factory.mktemp("publie") / "projet")
    for nom, day in (("2026.10", "2026-10-01"), ("2026.9", "2026-09-01")):
        done = publish(made.folder, nom, "--date", day)
        assert done.returncode == 0, done.stderr
    return made


def root(made: Depot) -> Path:
    """Return the publication of a project."""
    return made.folder / "publication"


def test_an_edition_says_what_it_is(publie: Depot) -> None:
    """Facts, counts, versions of tools, saved version; a manifest; the newest first in the selector, whatever the order of publication."""
    facts = json.loads((root(publie) / "2026.10" / "edition.json").read_text("utf-8"))
    assert facts["nom"], facts["date_reference"] == ("2026.10", "2026-10-01")
    assert facts["commit"] == publie.git("rev-parse", "HEAD")
    assert facts["audience"] == "auditeur"
    assert facts["enregistrements"]["certifications"] == 1
    assert facts["outils"]["mkdocs-material"]
    assert verify(root(publie) / "2026.10").est_entier
    versions = json.loads((root(publie) / "versions.json").read_text("utf-8"))
    assert [(row["version"], row["aliases"]) for row in versions] == [("2026.10", ["courante"]), ("2026.9", [])]


def test_the_current_edition_has_an_address_that_stays(publie: Depot) -> None:
    """Every page of `courante/` leads to the same page of the current edition, by a relative address; the root leads to it."""
    pages = {path.relative_to(root(publie) / "2026.10").as_posix() for path in (root(publie) / "2026.10").rglob("*.html")}
    leading = {path.relative_to(root(publie) / "courante").as_posix() for path in (root(publie) / "courante").rglob("*.html")}
    assert pages == leading
    deep = (root(publie) / "courante" / "certifications" / "RNCP12345" / "index.html").read_text("utf-8")
    assert "url=../../../2026.10/certifications/RNCP12345/" in deep
    assert "url=courante/" in (root(publie) / "index.html").read_text("utf-8")


def test_nothing_that_git_ignores_gets_in(publie: Depot) -> None:
    """A public page that Git ignores would be in a site built from the folder; it is nowhere in an edition."""
    assert (publie.folder / "docs/brouillon.md").is_file()
    assert not any(b"BROUILLON" in content or "brouillon" in name for name, content in tree(root(publie)).items())


def test_the_project_records_it(publie: Depot) -> None:
    """The record of the edition is valid, and says the fingerprint of its manifest."""
    assert portail(publie.folder, "verifier").returncode == 0
    assert "empreinte:" in (publie.folder / "data/editions/2026.10.yml").read_text("utf-8")


REFUSALS = {
    "sans titre": (["publier", "2026.3"], "titre"),
    "nom": (["publier", "Édition 3", "--titre", "x"], "ne peut pas nommer"),
    "chemin": (["publier", "../3", "--titre", "x"], "ne peut pas nommer"),
    "existante": (["publier", "2026.9", "--titre", "x"], "existe déjà"),
    "autre public": (["publier", "2026.3", "--titre", "x", "--audience", "public"], "publication du public"),
    "date": (["publier", "2026.3", "--titre", "x", "--date", "2026-02-30"], "pas une date"),
    "dans data": (["publier", "2026.3", "--titre", "x", "--vers", "data/x"], "data"),
    "retrait sans motif": (["publier", "2026.9", "--retirer", "--oui"], "motif"),
    "retrait non confirmé": (["publier", "2026.9", "--retirer", "--motif", "x"], "Rien n’a été retiré"),
    "retrait inconnu": (["publier", "2026.3", "--retirer", "--motif", "x", "--oui"], "2026.10 et 2026.9"),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_what_is_refused_changes_nothing(publie: Depot, case: str) -> None:
    """Each refusal is a French sentence, exit code 1, and leaves project and publication as they were."""
    before = tree(publie.folder)
    arguments, said = REFUSALS[case]
    done = portail(publie.folder, *arguments)
    assert done.returncode == 1
    assert said in (done.stdout + done.stderr).replace("\u00a0", " ")
    assert "Traceback" not in done.stderr
    assert tree(publie.folder) == before


BROKEN: dict[str, tuple[dict[str, str | None], str]] = {
    "non enregistré": ({"docs/index.md": "# Autre\n"}, "docs/index.md"),
    "erreur de fiche": ({"data/certifications/RNCP12345.yml": "numero: RNCP1\n"}, "RNCP12345"),
    "lien cassé": ({"docs/index.md": "---\nvisibilite: public\n---\n\n# A\n\n[x](absent.md)\n"}, "absent.md"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_state_that_cannot_be_published(tmp_path: Path, case: str) -> None:
    """Unsaved work, errors of records, broken links: refused, named, and no folder is left behind."""
    made = projet(tmp_path / "projet")
    files, said = BROKEN[case]
    if case == "non enregistré":
        made.write(files)
    else:
        made.save(files)
    done = publish(made.folder)
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    left = [path.name for path in root(made).iterdir() if path.is_dir()] if root(made).is_dir() else []
    assert left == []


def test_without_a_whole_history(tmp_path: Path) -> None:
    """A copy cut short, or without history, publishes with `--sans-historique` only, and says that it has no version."""
    made = projet(tmp_path / "projet")
    made.save({"docs/autre.md": "---\nvisibilite: public\n---\n\n# Autre\n"})
    made.git("clone", "-q", "--depth", "1", f"file://{made.folder}", str(tmp_path / "copie"))
    assert "incomplet" in publish(tmp_path / "copie").stderr
    shutil.rmtree(tmp_path / "copie" / ".git")
    (tmp_path / "copie" / "data" / "personnes.local.yml").write_text(
        (made.folder / "data" / "personnes.local.yml").read_text("utf-8"), "utf-8"
    )
    assert "--sans-historique" in publish(tmp_path / "copie").stderr
    done = publish(tmp_path / "copie", "2026.1", "--sans-historique")
    assert done.returncode == 0, done.stderr
    found = tmp_path / "copie" / "publication" / "2026.1"
    assert json.loads((found / "edition.json").read_text("utf-8"))["commit"] is None
    taken = depot.take_folder(tmp_path / "copie", tmp_path / "pris")
    assert (taken / "docs" / "autre.md").is_file()
    assert list(taken.rglob("*.local.yml")) == []


def test_the_same_bytes_from_two_copies_and_a_project_below_its_repository(tmp_path: Path) -> None:
    """Two copies, in other folders, zones, languages, hash seeds and rights: the same bytes in every file."""
    made = projet(tmp_path / "un" / "ici")
    made.git("clone", "-q", str(made.folder), str(tmp_path / "ailleurs" / "un autre dossier"))
    first = publish(made.folder, "2026.1", "--date", "2026-11-01", TZ="Pacific/Auckland", LC_ALL="C", PYTHONHASHSEED="1")
    mask = os.umask(0o077)
    try:
        second = publish(
            tmp_path / "ailleurs" / "un autre dossier", "2026.1", "--date", "2026-11-01", TZ="America/Los_Angeles", PYTHONHASHSEED="7"
        )
    finally:
        os.umask(mask)
    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    one, other = tree(made.folder / "publication" / "2026.1"), tree(tmp_path / "ailleurs" / "un autre dossier" / "publication" / "2026.1")
    assert [name for name in {*one, *other} if one.get(name) != other.get(name)] == []


def test_every_byte_counts(publie: Depot, tmp_path: Path) -> None:
    """One byte flipped in any file of an edition is found, and that file alone is named."""
    edition = tmp_path / "edition"
    shutil.copytree(root(publie) / "2026.9", edition)
    for path in sorted(path for path in edition.rglob("*") if path.is_file() and path.name != MANIFESTE):
        whole = path.read_bytes()
        middle = len(whole) // 2
        path.write_bytes(whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :] if whole else b"x")
        assert verify(edition).alteres == (path.relative_to(edition).as_posix(),)
        path.write_bytes(whole)
    assert verify(edition).est_entier


def test_a_withdrawn_edition_leaves_a_notice(publie: Depot, tmp_path: Path) -> None:
    """A dated notice with its reason; the files are gone, the previous edition is current, the name is refused for ever."""
    made = Depot(tmp_path / "projet")
    shutil.copytree(publie.folder, made.folder)
    done = portail(
        made.folder, "publier", "2026.10", "--retirer", "--motif", "Une pièce nommait <quelqu’un>", "--oui", "--date", "2026-11-15"
    )
    assert done.returncode == 0, done.stderr
    left = tree(root(made) / "2026.10")
    assert set(left) == {"index.html", "edition.json", MANIFESTE}
    page = left["index.html"].decode()
    assert "15\u00a0novembre\u00a02026" in page
    assert "&lt;quelqu’un&gt;" in page
    assert [row["version"] for row in json.loads((root(made) / "versions.json").read_text("utf-8"))] == ["2026.9"]
    assert "2026.9/" in (root(made) / "courante" / "index.html").read_text("utf-8")
    assert "retrait:" in (made.folder / "data/editions/2026.10.yml").read_text("utf-8")
    assert "existe déjà" in publish(made.folder, "2026.10").stderr
    assert portail(made.folder, "verifier-edition", "publication/2026.10").returncode == 0


def test_an_edition_is_compared_by_its_name_or_its_folder(publie: Depot, tmp_path: Path) -> None:
    """What the edition gave as data is read back whole: nothing differs from itself, a change made since is told, for its audience."""
    same = portail(publie.folder, "comparer", "2026.9", "publication/2026.10")
    assert same.returncode == 0, same.stderr
    assert "Rien n’a changé." in same.stdout
    assert "de côté" not in same.stdout
    assert "«\u00a0auditeur\u00a0»" in same.stderr
    made = Depot(tmp_path / "projet")
    shutil.copytree(publie.folder, made.folder)
    made.write(
        {"data/actions/A-2026-001.yml": "intitule: Relire\nnature: formation\ndate: 2026-01-15\necheance: 2026-12-31\nnotes: INTERNE\n"}
    )
    for asked in ("2026.9", "HEAD"):
        done = portail(made.folder, "comparer", asked, "--format", "json")
        told = [row["fiche"]["texte"] for section in json.loads(done.stdout)["sections"] for row in section["lignes"]]
        assert told == ["A-2026-001"], done.stdout
    unknown = portail(made.folder, "comparer", "2031.1")
    assert unknown.returncode == 1
    assert "ni une édition" in unknown.stderr
