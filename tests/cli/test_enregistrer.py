"""`portail enregistrer`: what is saved and said, and every refusal, which leaves files and history as they were."""

from __future__ import annotations

import ast
import hashlib
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from macros import messages
from macros.cli import app
from macros.cli.enregistrer import enregistrer
from macros.cli.french import run
from macros.history import repository
from macros.history.changes import Change, summarize
from macros.records.parsing import parse_record, record_named

if TYPE_CHECKING:
    from collections.abc import Callable

    Portail = Callable[..., tuple[int, str, str]]

ROOT = Path(__file__).resolve().parents[2]
VEILLE = "titre: Texte\ntype: metier\ndate: 2026-02-02\ncertitude: une_source\nresume: Résumé.\n"
ANALYSE = "analyse: {date: 2026-02-03, fonction: chargé de veille, impact: aucun, texte: Rien.}\n"
ACTION = "intitule: {id}\nnature: formation\ndate: 2026-01-15\necheance: 2026-09-30\nstatut: {statut}\n"
CONSEIL = "intitule: Conseil\ndate: 2026-12-11\ncertifications: [RNCP12345]\nstatut: {statut}\n"
FILES = {
    "mkdocs.yml": "site_name: essai\n",
    "docs/index.md": "# Accueil\n",
    "data/organisme.yml": "format: 1\ndenomination: Institut d’essai\ndemonstration: oui\ndate_reference: 2026-11-20\n",
    "data/certifications/RNCP12345.yml": "numero: RNCP12345\nintitule: Gérer\nrepertoire: RNCP\ntype_enregistrement: sur_demande\n",
    "data/conseils/CP-2026-12-NUM.yml": CONSEIL.format(statut="planifie"),
    **{f"data/actions/A-2026-00{n}.yml": ACTION.format(id=n, statut="en_cours") for n in range(1, 6)},
}
WORDS_OF_GIT = re.compile(r"\b(commit|branche?|staging|HEAD|index|merge|push|fusion|dépôt|repository|fatal|error|hint)\b", re.IGNORECASE)


@pytest.fixture(autouse=True)
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a machine where nobody set a name for Git, and no project around."""
    home = tmp_path / "maison"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(home / "reglages"))
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    for variable in ("PORTAIL_AUDIENCE", "PORTAIL_DATE", "CI"):
        monkeypatch.delenv(variable, raising=False)
    return home


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a small project without history, with the current folder inside it."""
    root = tmp_path / "mon portail"
    for name, text in FILES.items():
        write(root, name, text)
    shutil.copyfile(ROOT / "macros/templates/projet/gitignore", root / ".gitignore")
    shutil.copyfile(ROOT / "macros/templates/projet/gitattributes", root / ".gitattributes")
    monkeypatch.chdir(root / "data")
    return root


@pytest.fixture
def kept(project: Path) -> Path:
    """Give the same project, its first version saved."""
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "Première version"]):
        git(project, *arguments)
    return project


@pytest.fixture
def portail(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Portail:
    """Run the command as a person does; `answer` is what a person types at its one question."""

    def call(*arguments: str, answer: str | None = None) -> tuple[int, str, str]:
        monkeypatch.setattr(enregistrer_module, "is_interactive", lambda: answer is not None)
        monkeypatch.setattr("macros.cli.asked.console.input", lambda *_words: answer)
        monkeypatch.setattr("sys.argv", ["portail", "enregistrer", *arguments])
        code = run(app)
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


enregistrer_module = sys.modules[enregistrer.__module__]


def write(root: Path, name: str, content: str | bytes) -> Path:
    """Write one file of a project."""
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def git(folder: Path, *arguments: str, fails: bool = False) -> str:
    """Run Git as someone; return what it prints."""
    command = ["git", "-c", "user.name=Une personne", "-c", "user.email=x@exemple.fr", "-c", "init.defaultBranch=main", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode != 0) is fails, done.stdout + done.stderr
    return done.stdout


def state(folder: Path) -> tuple[str, str, dict[str, bytes]]:
    """Return the history, what is prepared for it, and every file: all that a refusal leaves as it was."""
    files = {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file() and ".git" not in path.parts}
    return git(folder, "rev-parse", "--verify", "HEAD"), git(folder, "diff", "--cached", "--raw", "-z"), files


def latest(folder: Path, form: str = "%B") -> str:
    """Return what the last version says of itself."""
    return git(folder, "log", "-1", f"--format={form}").strip()


# What is saved and said


def test_what_happened_is_said_in_plain_words(kept: Path, portail: Portail) -> None:
    """Two actions closed, one opened, one set of minutes, one session held, two proofs: counted, in order, without a word of Git."""
    for number in (1, 2):
        write(kept, f"data/actions/A-2026-00{number}.yml", ACTION.format(id=number, statut="close") + "cloture: {date: 2026-11-01}\n")
    write(kept, "data/actions/A-2026-006.yml", ACTION.format(id=6, statut="planifiee"))
    held = CONSEIL.format(statut="tenu") + "pv:\n  - {certification: RNCP12345, etat: projet}\ndecisions:\n"
    write(kept, "data/conseils/CP-2026-12-NUM.yml", held + "  - {id: D1, theme: bilan, nature: formation, texte: Former.}\n")
    for number in (1, 2):
        write(kept, f"data/preuves/2026/p{number}.pdf", f"%PDF {number}")
        proof = f"type: autre\ntitre: Note\ndate: 2026-11-01\nrevisions: [{{numero: 1, date: 2026-11-01, fichier: 2026/p{number}.pdf}}]\n"
        write(kept, f"data/preuves/PR-2026-00{number}.yml", proof)
    write(kept, "docs/notes.md", "# Notes\n")
    code, out, err = portail()
    assert (code, err) == (0, "")
    expected = "1 conseil tenu, 1 PV ajouté, 1 décision ajoutée, 2 actions closes, 1 action ouverte, 2 preuves ajoutées, 1 page ajoutée"
    assert out.splitlines()[0].replace("\u00a0", " ") == f"Enregistré : {expected}."
    assert not WORDS_OF_GIT.search(out)
    assert latest(kept) == expected
    assert git(kept, "status", "--porcelain") == ""
    assert git(kept, "show", "HEAD:data/preuves/2026/p1.pdf") == "%PDF 1"


def test_a_message_comes_first_and_the_summary_stays(kept: Path, portail: Portail) -> None:
    """What a person wants to remember is the title; what changed is below, whatever signs the message holds."""
    (kept / "data/actions/A-2026-005.yml").unlink()
    assert portail("#1 « Conseil » : l'envoi -- est fait")[0] == 0
    assert latest(kept) == "#1 « Conseil » : l'envoi -- est fait\n\n1 action supprimée"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"data/actions/A-2026-001.yml": ACTION.format(id="autre", statut="en_cours")}, "1 action modifiée"),
        ({"data/actions/A-2026-001.yml": ACTION.format(id=1, statut="abandonnee")}, "1 action abandonnée"),
        (
            {
                "data/actions/A-2026-001.yml": ACTION.format(id=1, statut="en_cours").replace("2026-09-30", "2026-12-31")
                + "reports: [{ancienne: 2026-09-30, nouvelle: 2026-12-31, motif: x}]\n"
            },
            "1 action reportée",
        ),
        ({"data/actions/A-2026-001.yml": "# vu\n" + ACTION.format(id=1, statut="en_cours")}, "1 action modifiée"),
        ({"data/conseils/CP-2026-12-NUM.yml": CONSEIL.format(statut="convoque")}, "1 conseil convoqué"),
        ({"data/conseils/CP-2026-12-NUM.yml": CONSEIL.format(statut="annule")}, "1 conseil annulé"),
        ({"data/conseils/CP-2026-12-NUM.yml": CONSEIL.format(statut="planifie") + "lieu: Lyon\n"}, "1 conseil modifié"),
        ({"data/conseils/CP-2027-12-NUM.yml": CONSEIL.format(statut="planifie")}, "1 conseil planifié"),
        ({"data/organisme.yml": FILES["data/organisme.yml"] + "fonctions: [direction]\n"}, "fiche de l’organisme"),
        ({"data/certifications/RNCP12345.yml": None, "data/conseils/CP-2026-12-NUM.yml": None}, "1 conseil supprimé, 1 certification supprimée"),
        ({"docs/index.md": "# Bonjour\n", "docs/logo.svg": "<svg/>", "mkdocs.yml": "site_name: x\n"}, "1 page modifiée, 2 autres fichiers du portail"),
        ({"data/preuves/seul.pdf": "x"}, "1 document ajouté sans fiche"),
        ({"data/exigences/EX-A.yml": "titre: A\ntexte: Usage\nenonce: B.\nforce: usage\ncertitude: a_confirmer\n"}, "1 exigence ajoutée"),
        ({"data/actions/2026/A-2026-001.yml": ACTION.format(id=1, statut="close"), "data/actions/A-2026-001.yml": None}, "1 action close"),
    ],
)  # fmt: skip
def test_each_thing_that_happens_has_its_words(changes: dict[str, str | None], expected: str, kept: Path, portail: Portail) -> None:
    """A record is compared with what it was, by its id: moved to a sub-folder, it is the same one."""
    for name, text in changes.items():
        write(kept, name, text) if text is not None else (kept / name).unlink()
    code, out, err = portail()
    assert code == 0, err
    assert out.splitlines()[0].replace("\u00a0", " ") == f"Enregistré : {expected}."
    assert git(kept, "status", "--porcelain") == ""


def test_the_turns_of_minutes_and_proofs() -> None:
    """Minutes diffused, approved, signed; a proof with one more version; an action open again: each has its own words."""
    before = CONSEIL.format(statut="tenu") + "pv: [{certification: RNCP12345, etat: projet}]\n"
    proof = "type: autre\ntitre: x\ndate: 2026-01-01\nrevisions:\n  - {numero: 1, date: 2026-01-01, emplacement: x}\n"
    pairs = {
        "pv-diffuse": ("data/conseils/CP-2026-12-A.yml", before, before.replace("projet", "diffuse")),
        "pv-signe": ("data/conseils/CP-2026-12-A.yml", before, before.replace("projet", "signe")),
        "preuves-version": ("data/preuves/PR-2026-001.yml", proof, proof + "  - {numero: 2, date: 2026-02-01, emplacement: y}\n"),
        "actions-rouverte": ("data/actions/A-2026-001.yml", ACTION.format(id=1, statut="close"), ACTION.format(id=1, statut="en_cours")),
        "actions-modification": ("data/actions/A-2026-001.yml", "ancienne: forme\n", ACTION.format(id=1, statut="close")),
        "promotions-ajout": ("data/promotions/RNCP12345-2024.yml", "", ""),
        "veille-ajout": ("data/veille/V-2026-001.yml", "", VEILLE + ANALYSE),
        "veille-analysee": ("data/veille/V-2026-001.yml", VEILLE, VEILLE + ANALYSE),
        "veille-modification": ("data/veille/V-2026-001.yml", VEILLE + ANALYSE, VEILLE + ANALYSE + "fin: 2026-12-31\n"),
    }
    for expected, (path, old, new) in pairs.items():
        collection = path.split("/")[1]
        records = (parse_record(path, old.encode()), parse_record(path, new.encode()))
        change = Change(path, bool(old), exists=True, collection=collection, before=records[0], after=records[1])
        assert summarize([change]) == {expected: 1}


def test_every_thing_that_may_happen_can_be_said() -> None:
    """The words of `messages` cover every collection of records; a collection without words is an “autre fiche”."""
    assert messages.saved({"dossiers-ajout": 2}) == "2\u00a0autres fiches ajoutées"
    assert messages.saved({"dossiers-modification": 1, "autres-modification": 1}) == "2\u00a0autres fiches modifiées"
    assert messages.saved({"lexique-modification": 1, "organisme-ajout": 1}) == "fiche de l’organisme, lexique"
    assert messages.saved({"veille_ecartee-ajout": 1, "rapport_cep-modification": 1}) == "rapport sur le CEP, veille écartée"
    assert (
        messages.saved({"veille-ajout": 1, "veille-analysee": 2}) == "1\u00a0entrée de veille ajoutée, 2\u00a0entrées de veille analysées"
    )
    for collection in ("veille", "cep", "positionnements", "promotions", "partenaires", "reclamations", "audits", "evaluations"):
        assert not any("autre" in messages.saved({f"{collection}-{verb}": 2}) for verb in ("ajout", "modification", "suppression"))
    assert messages.saved({}) == ""


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("data/actions/A-2026-001.yml", "actions"),
        ("data/actions/2026/janvier/A-2026-001.yml", "actions"),
        ("data/organisme.yml", "organisme"),
        ("data/actions/brouillon.yml", None),
        ("data/preuves/2026/PR-2026-001-r1.pdf", None),
        ("data/inconnue/A-2026-001.yml", None),
        ("docs/actions/A-2026-001.yml", None),
        ("data/A-2026-001.yml", None),
    ],
)
def test_a_path_names_its_record(path: str, expected: str | None) -> None:
    """Only the files that the loader would read as records are compared as records."""
    named = record_named(path)
    assert (named[0].collection if named else None) == expected


PROOF = (
    "type: autre\ntitre: Note\ndate: 2026-11-01\nrevisions: [{{numero: 1, date: 2026-11-01, fichier: 2026/{name}.pdf, sha256: {sha256}}}]\n"
)


@pytest.fixture
def proved(kept: Path) -> Path:
    """Give the same project with two proofs and their documents, saved."""
    for number in (1, 2):
        write(kept, f"data/preuves/2026/p{number}.pdf", f"%PDF {number}")
        sha256 = hashlib.sha256(f"%PDF {number}".encode()).hexdigest()
        write(kept, f"data/preuves/PR-2026-00{number}.yml", PROOF.format(name=f"p{number}", sha256=sha256))
    git(kept, "add", "-A")
    git(kept, "commit", "-qm", "Preuves")
    return kept


def test_a_document_taken_away_from_its_record_is_told(proved: Path, portail: Portail) -> None:
    """Saved all the same, but the sentence “1 document retiré” is not all: the record that still cites it is named; the next save says no more."""
    (proved / "data/preuves/2026/p1.pdf").unlink()
    code, out, err = portail()
    assert (code, err) == (0, "")
    first, second, *others = out.replace("\u00a0", " ").splitlines()
    assert first == "Enregistré : 1 document retiré."
    assert second.startswith("À vérifier : PR-2026-001. Le fichier data/preuves/2026/p1.pdf n’existe pas. Déposez le document")
    assert not any("PR-2026-002" in line for line in others)
    write(proved, "docs/index.md", "# Bonjour\n")
    assert "PR-2026-001" not in portail()[1]
    write(proved, "data/preuves/PR-2026-001.yml", PROOF.format(name="p1", sha256="0" * 64).replace("Note", "Autre note"))
    assert "À vérifier\u00a0: PR-2026-001. " in portail()[1], "touched again, told again"


def test_a_document_replaced_under_its_record_is_told(proved: Path, portail: Portail) -> None:
    """Other bytes than those whose fingerprint is noted: saved, and said."""
    write(proved, "data/preuves/2026/p2.pdf", "%PDF autre")
    code, out, _ = portail()
    assert code == 0
    assert out.startswith(
        "Enregistré\u00a0: 1\u00a0document remplacé.\nÀ vérifier\u00a0: PR-2026-002. Le fichier data/preuves/2026/p2.pdf n’est plus celui"
    )
    assert not WORDS_OF_GIT.search(out)


def test_a_long_list_is_cut(kept: Path, portail: Portail) -> None:
    """Seven documents missing at once: five are told, the rest is counted."""
    for number in range(1, 8):
        write(kept, f"data/preuves/PR-2026-00{number}.yml", PROOF.format(name=f"p{number}", sha256="0" * 64))
    code, out, _ = portail()
    assert code == 0
    assert out.count("À vérifier\u00a0: PR-2026-00") == 5
    assert "Et 2\u00a0autres constats de ce genre\u00a0: «\u00a0portail verifier\u00a0» les donne tous.\n" in out


@pytest.mark.parametrize("how", ["both", "derogation"])
def test_a_document_taken_away_on_purpose_is_not_told(how: str, proved: Path, portail: Portail) -> None:
    """Neither when its record goes with it, nor when an exception accepts it."""
    (proved / "data/preuves/2026/p1.pdf").unlink()
    if how == "both":
        (proved / "data/preuves/PR-2026-001.yml").unlink()
    else:
        accepted = (
            "constat: fichier-absent\nenregistrement: PR-2026-001\nmotif: x\nfonction: direction\ndate: 2026-11-01\njusqu_au: 2027-01-01\n"
        )
        write(proved, "data/derogations/DER-2026-001.yml", accepted)
    code, out, _ = portail()
    assert code == 0
    assert "À vérifier" not in out


def test_nothing_new_is_no_error(kept: Path, portail: Portail) -> None:
    """A second save says that everything is saved, exit code 0, and makes no version."""
    before = state(kept)
    assert portail() == (0, "Rien à enregistrer\u00a0: tout l’est déjà.\n", "")
    assert state(kept) == before


def test_names_of_people_are_never_saved(kept: Path, portail: Portail) -> None:
    """Neither with the ignore rule nor when someone removed it; a list already followed is pointed at, and its changes stay out."""
    people = write(kept, "data/personnes.local.yml", "personnes: [{id: P-07, nom: Zoé Jeton}]\n")
    write(kept, ".gitignore", "# vide\n")
    assert portail()[0] == 0
    assert "local.yml" not in git(kept, "ls-files")
    git(kept, "add", "-f", str(people))
    git(kept, "commit", "-qm", "erreur")
    people.write_text("personnes: [{id: P-07, nom: Zoé Autre}]\n", "utf-8")
    write(kept, "docs/index.md", "# Bonjour\n")
    code, out, _ = portail()
    assert code == 0
    assert "Attention\u00a0: data/personnes.local.yml contient des noms" in out
    assert "Zoé Autre" not in git(kept, "log", "-p", "--all")


def test_a_setting_of_the_machine_hides_no_evidence(kept: Path, portail: Portail, machine: Path) -> None:
    """When the machine tells Git to leave PDF files out, a document that a record names is saved all the same; others are not."""
    write(machine, "ignore", "*.pdf\nA-*.yml\n")
    write(machine, "reglages", f"[core]\n\texcludesFile = {machine / 'ignore'}\n")
    write(kept, "data/preuves/2026/cite.pdf", "%PDF")
    write(kept, "data/preuves/2026/brouillon.pdf", "%PDF")
    write(
        kept,
        "data/preuves/PR-2026-001.yml",
        "type: autre\ntitre: x\ndate: 2026-01-01\nrevisions: [{numero: 1, date: 2026-01-01, fichier: 2026/cite.pdf}]\n",
    )
    write(kept, "data/actions/A-2026-009.yml", ACTION.format(id=9, statut="en_cours"))
    code, out, _ = portail()
    assert code == 0
    assert "1\u00a0action ouverte, 1\u00a0preuve ajoutée." in out
    assert {"data/preuves/2026/cite.pdf", "data/actions/A-2026-009.yml"} <= set(git(kept, "ls-files").splitlines())
    assert "brouillon.pdf" not in git(kept, "ls-files")


def test_files_of_another_kind_are_left_aside(kept: Path, portail: Portail) -> None:
    """What is not of the portal is named and not saved; what someone prepared for another save stays prepared, and only that."""
    write(kept, "brouillon.docx", "x")
    write(kept, "scripts/a.py", "x = 1\n")
    git(kept, "add", "scripts/a.py")
    write(kept, "docs/index.md", "# Bonjour\n")
    code, out, _ = portail()
    assert code == 0
    assert "2\u00a0fichiers laissés de côté, car ils sont hors de data/, docs/ et overrides/\u00a0: brouillon.docx, scripts/a.py." in out
    assert git(kept, "show", "--name-only", "--format=", "HEAD").split() == ["docs/index.md"]
    assert git(kept, "status", "--porcelain", "-uall") == "A  scripts/a.py\n?? brouillon.docx\n"


def test_a_file_half_prepared_is_saved_as_it_is_now(kept: Path, portail: Portail) -> None:
    """The disk counts: a version prepared earlier, a file removed by Git, one added then removed."""
    write(kept, "docs/index.md", "# Un\n")
    git(kept, "add", "docs/index.md")
    write(kept, "docs/index.md", "# Deux\n")
    git(kept, "rm", "-q", "data/actions/A-2026-001.yml")
    write(kept, "docs/passage.md", "# Passage\n")
    git(kept, "add", "docs/passage.md")
    (kept / "docs/passage.md").unlink()
    code, out, err = portail()
    assert code == 0, err
    assert "1\u00a0action supprimée, 1\u00a0page modifiée" in out
    assert git(kept, "show", "HEAD:docs/index.md") == "# Deux\n"
    assert git(kept, "status", "--porcelain") == ""


def test_odd_names_are_saved(kept: Path, portail: Portail) -> None:
    """Spaces, accents, quotes, brackets, a leading dash: names are names, never patterns nor options."""
    names = ["docs/é à 'ç'.md", "docs/-rf.md", "docs/[a-z]*.md", 'docs/"x".md', "docs/:(top)x.md"]
    for name in names:
        write(kept, name, "# x\n")
    code, out, err = portail()
    assert code == 0, err
    assert "5\u00a0pages ajoutées" in out
    assert sorted(git(kept, "-c", "core.quotePath=off", "ls-files", "-z", "docs").split("\0")[:-1]) == sorted([*names, "docs/index.md"])


# Where the history is, and under which name


def test_a_machine_without_name_saves_under_the_organisation(kept: Path, portail: Portail, machine: Path) -> None:
    """The name is that of the organisation, the address leads nowhere, it is said, and no setting is written."""
    write(kept, "docs/index.md", "# Bonjour\n")
    code, out, _ = portail()
    assert code == 0
    assert "au nom de «\u00a0Institut d’essai\u00a0»" in out
    assert (
        latest(kept, "%an <%ae> %cn <%ce>") == "Institut d’essai <portail@organisme.invalid> Institut d’essai <portail@organisme.invalid>"
    )
    assert list(machine.iterdir()) == []
    assert "user" not in (kept / ".git/config").read_text("utf-8")
    write(machine, "reglages", "[user]\n\tname = Zoé\n\temail = zoe@exemple.fr\n")
    write(kept, "docs/index.md", "# Bonsoir\n")
    _, out, _ = portail()
    assert latest(kept, "%an <%ae>") == "Zoé <zoe@exemple.fr>"
    assert "au nom de" not in out


@pytest.mark.parametrize("name", ["...", "<>", "\u2028"])
def test_a_name_that_is_no_name(name: str) -> None:
    """An organisation whose name Git could not write leaves the name of the tool."""
    assert messages.neutral_name(name) == "Portail qualité"


def test_a_project_without_history_is_offered_one(project: Path, portail: Portail) -> None:
    """Refused without terminal, with what to type; refused when a person says no; begun with a yes or --oui, whole."""
    code, _, err = portail()
    assert code == 1
    assert "portail enregistrer --oui" in err
    assert portail(answer="n")[0] == 1
    assert not (project / ".git").exists()
    code, out, _ = portail(answer="o")
    assert code == 0
    assert "1\u00a0conseil planifié, 5\u00a0actions ouvertes, 1\u00a0certification ajoutée, fiche de l’organisme" in out
    assert git(project, "status", "--porcelain") == ""
    assert git(project, "symbolic-ref", "--short", "HEAD") == "main\n"
    shutil.rmtree(project / ".git")
    assert portail("--oui")[0] == 0


def test_a_first_save_that_fails_leaves_no_history(project: Path, portail: Portail, monkeypatch: pytest.MonkeyPatch) -> None:
    """Interrupted in the middle, the folder is as it was."""

    def interrupt(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(repository.History, "_commit", interrupt)
    code, out, err = portail("--oui")
    assert (code, out, err) == (130, "", "Interrompu.\n")
    assert not (project / ".git").exists()


def test_a_damaged_history_is_not_begun_again(project: Path, portail: Portail) -> None:
    """A folder .git that is no history stays as it is, and who to ask is said."""
    write(project, ".git/a-moi", "x")
    code, _, err = portail("--oui")
    assert code == 1
    assert "abîmé" in err
    assert (project / ".git/a-moi").read_text("utf-8") == "x"


def test_a_project_inside_a_larger_history(project: Path, portail: Portail) -> None:
    """A history around that follows the project receives its changes only; one that does not is not ours."""
    around = project.parent
    write(around, "autre/notes.txt", "x")
    git(around, "init", "-q")
    git(around, "add", "autre")
    git(around, "commit", "-qm", "x")
    assert "n’a pas encore d’historique" in portail()[2]
    git(around, "add", project.name)
    git(around, "commit", "-qm", "y")
    write(around, "autre/notes.txt", "y")
    write(project, "data/actions/A-2026-001.yml", ACTION.format(id=1, statut="close"))
    code, out, err = portail()
    assert code == 0, err
    assert "Enregistré\u00a0: 1\u00a0action close." in out
    assert (
        git(around, "-c", "core.quotePath=off", "show", "--name-only", "--format=", "HEAD") == "mon portail/data/actions/A-2026-001.yml\n"
    )
    assert git(around, "status", "--porcelain").startswith(" M autre/notes.txt\n")


def test_variables_of_another_repository_do_not_lead_astray(
    kept: Path, portail: Portail, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Run from a hook of another project, the command saves this one."""
    other = tmp_path / "autre"
    write(other, "x.txt", "x")
    git(other, "init", "-q")
    for variable, value in {
        "GIT_DIR": str(other / ".git"),
        "GIT_WORK_TREE": str(other),
        "GIT_INDEX_FILE": str(other / ".git/index"),
    }.items():
        monkeypatch.setenv(variable, value)
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Intrus")
    write(kept, "docs/index.md", "# Bonjour\n")
    assert portail()[0] == 0
    for variable in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_AUTHOR_NAME"):
        monkeypatch.delenv(variable)
    assert latest(kept, "%an") == "Institut d’essai"
    assert git(kept, "show", "--name-only", "--format=", "HEAD") == "docs/index.md\n"


# Refusals


def refused(kept: Path, portail: Portail, *expected: str) -> str:
    """Check that nothing is saved and nothing changes; return what is said."""
    before = state(kept)
    code, out, err = portail()
    assert code == 1
    assert "Rien n’a été enregistré" in err
    assert "Traceback" not in err
    for text in expected:
        assert text in err
    assert out == ""
    assert state(kept) == before
    return err


def test_errors_are_listed_and_nothing_is_saved(kept: Path, portail: Portail) -> None:
    """Each error with its file and line, as `verifier` lists them."""
    write(kept, "data/actions/A-2026-001.yml", ACTION.format(id=1, statut="finie"))
    write(kept, "data/actions/A-2026-002.yml", "intitule: x\n")
    refused(kept, portail, "data/actions/A-2026-001.yml:5:9: ", "[cle-manquante]", "à corriger dans 2\u00a0fichiers.")


def test_two_versions_of_a_record_are_explained(kept: Path, portail: Portail) -> None:
    """Two people changed the same record: the file is named, what the lines mean and what to do is said; then the join is to be ended."""
    git(kept, "checkout", "-qb", "autre")
    write(kept, "data/actions/A-2026-001.yml", ACTION.format(id="Une", statut="en_cours"))
    git(kept, "commit", "-qam", "x")
    git(kept, "checkout", "-q", "main")
    write(kept, "data/actions/A-2026-001.yml", ACTION.format(id="Deux", statut="en_cours"))
    git(kept, "commit", "-qam", "y")
    git(kept, "merge", "autre", fails=True)
    said = refused(kept, portail, "Deux personnes ont modifié en même temps ce fichier\u00a0:\n  data/actions/A-2026-001.yml\n", "<<<<<<<")
    assert "[syntaxe]" not in said
    assert not WORDS_OF_GIT.search(said)
    write(kept, "data/actions/A-2026-001.yml", ACTION.format(id="Trois", statut="en_cours"))
    refused(kept, portail, "n’est pas terminée")
    git(kept, "merge", "--abort")
    write(kept, "docs/index.md", "# Bonjour\n")
    assert portail()[0] == 0


@pytest.mark.parametrize("name", ["data/actions/A-2026-001.yml", "docs/index.md"])
def test_marks_left_in_a_file_are_found(name: str, kept: Path, portail: Portail) -> None:
    """The lines that separate two versions are told as such, in a page as in a record, even when no join is under way."""
    write(kept, name, f"<<<<<<< HEAD\n{FILES.get(name, '')}=======\nautre: x\n>>>>>>> autre\n")
    assert name in refused(kept, portail, "Deux personnes")


def test_a_document_changed_twice_is_named(kept: Path, portail: Portail) -> None:
    """A document holds no lines to compare: it is named while the join waits."""
    write(kept, "data/preuves/a.pdf", "0")
    git(kept, "add", "-A")
    git(kept, "commit", "-qm", "0")
    git(kept, "checkout", "-qb", "autre")
    write(kept, "data/preuves/a.pdf", "1")
    git(kept, "commit", "-qam", "1")
    git(kept, "checkout", "-q", "main")
    write(kept, "data/preuves/a.pdf", "2")
    git(kept, "commit", "-qam", "2")
    git(kept, "merge", "autre", fails=True)
    refused(kept, portail, "data/preuves/a.pdf")


def test_an_old_version_shown_is_no_place_to_save(kept: Path, portail: Portail) -> None:
    """On a past version, what would be saved would be lost."""
    git(kept, "checkout", "-q", "--detach")
    write(kept, "docs/index.md", "# Bonjour\n")
    assert not WORDS_OF_GIT.search(refused(kept, portail, "version passée"))


@pytest.mark.parametrize("hook", ["pre-commit", "commit-msg"])
def test_a_control_that_refuses_is_quoted(hook: str, kept: Path, portail: Portail) -> None:
    """What a hook answers is shown, and what it was given to look at is taken back."""
    path = write(kept, f".git/hooks/{hook}", "#!/bin/sh\necho 'La grille manque.' >&2\nexit 1\n")
    path.chmod(0o755)
    write(kept, "docs/nouvelle.md", "# x\n")
    write(kept, "docs/index.md", "# Bonjour\n")
    write(kept, "ailleurs.txt", "x")
    git(kept, "add", "ailleurs.txt")
    assert "\n  La grille manque.\n" in refused(kept, portail, "Un contrôle installé dans ce dossier refuse")
    path.unlink()
    assert portail()[0] == 0


def test_another_program_at_work_is_waited_for(kept: Path, portail: Portail) -> None:
    """The lock of another program is left alone."""
    lock = write(kept, ".git/index.lock", "")
    write(kept, "docs/index.md", "# Bonjour\n")
    code, _, err = portail()
    assert code == 1
    assert "Un autre programme enregistre en ce moment" in err
    assert lock.exists()
    lock.unlink()
    assert portail()[0] == 0


def test_git_missing_says_who_to_ask(kept: Path, portail: Portail, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the program, its name and what to ask; nothing else is tried."""
    monkeypatch.setattr("macros.history.git.shutil.which", lambda _name: None)
    code, out, err = portail()
    assert (code, out) == (1, "")
    assert "Git, qui n’est pas installé sur ce poste. Demandez à la personne qui a installé le portail" in err
    assert kept.is_dir()


def test_a_folder_of_someone_else_is_told(kept: Path, portail: Portail, monkeypatch: pytest.MonkeyPatch) -> None:
    """Git refuses a repository that belongs to another user of the machine: one plain sentence."""

    def refuse(*_arguments: object, **_options: object) -> subprocess.CompletedProcess[bytes]:
        return subprocess.CompletedProcess([], 128, b"", b"fatal: detected dubious ownership in repository at '/x'\n")

    monkeypatch.setattr(repository, "run", refuse)
    code, _, err = portail()
    assert code == 1
    assert "appartient à un autre utilisateur" in err
    assert kept.is_dir()


def test_an_interruption_puts_the_preparation_back(kept: Path, portail: Portail, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl+C while saving: no version is made and nothing stays prepared."""
    write(kept, "docs/nouvelle.md", "# x\n")
    before = state(kept)

    def interrupt(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(repository.History, "_commit", interrupt)
    assert portail()[0] == 130
    assert state(kept) == before


def test_nothing_is_ever_sent(kept: Path, portail: Portail, tmp_path: Path) -> None:
    """A project with an address to send to: the save stays on this machine."""
    git(tmp_path, "init", "-q", "--bare", "distant")
    git(kept, "remote", "add", "origin", str(tmp_path / "distant"))
    write(kept, "docs/index.md", "# Bonjour\n")
    assert portail()[0] == 0
    assert git(tmp_path / "distant", "for-each-ref") == ""


# Laws


def test_one_module_runs_git() -> None:
    """Git is started in one place, without a shell, and never told to talk to another machine."""
    found = {}
    for path in sorted((ROOT / "macros").rglob("*.py")):
        texts = [node.value for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Constant)]
        if "git" in texts:
            found[path.relative_to(ROOT).as_posix()] = texts
        if "history" in path.parts:
            assert not {"push", "fetch", "pull", "clone", "remote"}.intersection(map(str, texts))
            assert "shell=True" not in path.read_text("utf-8")
    assert list(found) == ["macros/history/git.py"]


def test_the_own_project_saves_what_it_is_made_of() -> None:
    """Every file that `initialiser` writes is saved, apart from what is made again by a command."""
    from macros.exchange.projet import _PROJECT_TEXTS  # noqa: PLC0415 - a private table, looked at once

    written = {
        *_PROJECT_TEXTS,
        "mkdocs.yml",
        "requirements.txt",
        "data/organisme.yml",
        "outil/pages.py",
        "docs/index.md",
        "overrides/main.html",
    }
    assert {name for name in written if not enregistrer_module._belongs(name)} == set()


def test_evidence_records_are_joined_as_text(project: Path) -> None:
    """In an own project and here: a document keeps its bytes, the record beside it may show two versions."""
    git(project, "init", "-q")
    for attributes in (ROOT / ".gitattributes", project / ".gitattributes"):
        shutil.copyfile(attributes, project / "copie")
        shutil.copyfile(project / "copie", project / ".gitattributes")
        shown = git(project, "check-attr", "text", "diff", "merge", "--", "data/preuves/PR-2026-001.yml", "data/preuves/2026/a.txt")
        values = re.findall(r": (\w+)\n", shown)
        assert values == ["set", "set", "set", "unset", "unset", "unset"]
