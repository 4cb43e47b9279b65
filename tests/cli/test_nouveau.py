"""`portail nouveau`: what it writes, what it asks, what it refuses before anything is written."""

from __future__ import annotations

import hashlib
import os
import select
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import typer
import yaml
from pydantic import TypeAdapter, ValidationError

from macros.cli import app, nouveau_document, nouveau_saisie
from macros.cli.french import run
from macros.cli.nouveau import NOUVEAU, nouveau
from macros.models import COLLECTIONS
from macros.models.action import Action
from macros.models.base import FIRST_YEAR, LAST_YEAR, Annee, Visibilite
from macros.models.conseil import StatutConseil
from macros.models.seance import Theme
from macros.portal import engine
from macros.records.audience import filter_registre
from macros.records.loading import load
from macros.records.numbering import next_id
from macros.views.prochains import build_prochains_conseils

if TYPE_CHECKING:
    from collections.abc import Callable

    from macros.records.registre import Registre

    Portail = Callable[..., tuple[int, str, str]]

ROOT = Path(__file__).resolve().parents[2]
CERTIFICATION = """\
numero: {numero}
intitule: Responsable de projets {numero}
repertoire: RNCP
type_enregistrement: sur_demande
date_fin_enregistrement: 2027-06-30
domaine: numerique
"""
FILES = {
    "mkdocs.yml": "site_name: essai\n",
    "data/organisme.yml": """\
format: 1
denomination: Institut d’essai
demonstration: oui
date_reference: 2026-11-20
fonctions: [responsable qualité, responsable des épreuves]
domaines:
  - id: numerique
    libelle: Numérique
  - id: vide
    libelle: Domaine sans certification
""",
    "data/certifications/RNCP12345.yml": CERTIFICATION.format(numero="RNCP12345") + "anciennes_fiches: [RNCP12300]\n",
    "data/certifications/RNCP12346.yml": CERTIFICATION.format(numero="RNCP12346")
    + "parametres_propres:\n  - parametre: delai_convocation_jours\n    valeur: 21\n    motif: Membres à l’étranger.\n",
    "data/certifications/RS1234.yml": "numero: RS1234\nintitule: Évaluer\nrepertoire: RS\ntype_enregistrement: sur_demande\n",
    "data/conseils/CP-2025-12-NUM.yml": """\
# Ce commentaire reste.
intitule: Conseil de perfectionnement Numérique 2025
date: 2025-12-12
lieu: Lyon, salle du conseil
certifications: [RNCP12345, RNCP12346]
statut: tenu
pilote: {fonction: direction}
consultant:
  fonction: consultante
  organisation: Cabinet
participants:
  # et celui-ci aussi
  - fonction: direction
    college: certificateur
    presence: present
  - fonction: président de jury
    college: jury
    personne: P-07
    presence: excuse
  - fonction: expert
    college: partenaires
    presence: invite
decisions:
  - id: D1
    theme: bilan
    nature: evaluation
    texte: Réviser la grille du bloc 3.
    certifications: [RNCP12345]
pv:
  - certification: RNCP12345
    etat: diffuse
  - certification: RNCP12346
    etat: approuve
""",
    "data/conseils/CP-2021-01-VIEUX.yml": "intitule: Conseil 2021\ndate: 2021-01-15\ncertifications: [RNCP12300]\nstatut: tenu\n",
    "data/actions/A-2026-001.yml": """\
intitule: Réviser la grille du bloc 3
nature: evaluation
date: 2025-12-12
origine: {decision: CP-2025-12-NUM.D1}
certifications: [RNCP12345]
responsable: responsable des épreuves
echeance: 2026-09-30
statut: en_cours
""",
    "data/actions/A-2026-004.yml": "intitule: Déjà faite\nnature: formation\ndate: 2026-01-15\nstatut: close\ncloture: {date: 2026-05-05}\n",
}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a small project with the current folder inside it."""
    root = tmp_path / "portail"
    for name, text in FILES.items():
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
        monkeypatch.setattr(typer, "prompt", lambda *_words, default="", **_options: next(left) or default)
        monkeypatch.setattr("macros.cli.asked.console.input", lambda *_words: next(left))
        monkeypatch.setattr("sys.argv", ["portail", *arguments])
        code = run(app)
        said = capsys.readouterr()
        assert next(left, None) is None, "an answer was not asked for"
        return code, said.out, said.err

    return call


@pytest.fixture
def document(tmp_path: Path) -> Path:
    """Give a document to file."""
    path = tmp_path / "Convocation du conseil.PDF"
    path.write_bytes(b"%PDF convocation")
    return path


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


def plain(project: Path, fichier: str) -> dict[str, object]:
    """Return a record as an all-text loader reads it, once its form passed the linter of the project."""
    text = (project / fichier).read_text("utf-8")
    assert text.startswith("# yaml-language-server: $schema=../../.schemas/")
    linter = [str(Path(sys.executable).parent / "yamllint"), "--strict", "-c", str(ROOT / ".yamllint"), fichier]
    done = subprocess.run(linter, cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    data = yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506 - text only, no object
    assert isinstance(data, dict)
    return data


def test_every_collection_written_by_hand_has_a_verb() -> None:
    """A person makes each kind of record with `portail nouveau`; extracts are imported, the five recommendations on the CEP are shipped."""
    without = {"cep", "positionnements"}
    made = {verb.__name__ if verb.__name__ == "veille" else f"{verb.__name__}s" for verb in NOUVEAU}
    assert made | without == {model.collection for model in COLLECTIONS if not model.machine}
    assert not made & without


@pytest.mark.parametrize("arguments", [[], ["--aide"], *([verb.__name__, "--aide"] for verb in NOUVEAU)], ids=" ".join)
def test_help_is_french(arguments: list[str], portail: Portail) -> None:
    """The help of the group and of each verb has French headings and words only."""
    code, out, err = portail("nouveau", *arguments)
    assert code == (0 if arguments else 1)
    assert "Utilisation" in out + err
    assert not any(
        word in out + err for word in ("Usage:", "Show this", "Options:", "Commands:", "required", "default:", "[OPTIONS] COMMAND ")
    )


def test_help_of_all_verbs_lists_the_new_ones(portail: Portail) -> None:
    """`portail --aide` names `nouveau` and `enregistrer` just after `verifier`, each with a sentence."""
    _, out, _ = portail("--aide")
    verbs = [line.split()[0] for line in out.splitlines() if line.startswith("  ") and "  " in line.strip()]
    assert verbs.index("verifier") + 1 == verbs.index("nouveau") == verbs.index("enregistrer") - 1


# Numbers


@pytest.mark.parametrize(
    ("used", "expected"),
    [
        ([], "A-2026-001"),
        (["A-2026-001", "A-2026-007"], "A-2026-008"),
        (["A-2025-040", "A-2027-090"], "A-2026-001"),
        (["A-2026-999"], "A-2026-1000"),
        (["A-2026-1000", "A-2026-099"], "A-2026-1001"),
        (["A-2026-x", "A-2026-", "A-2026-\u0661"], "A-2026-001"),
    ],
)
def test_a_number_follows_the_largest_of_the_year(used: list[str], expected: str) -> None:
    """Holes are never filled, other years do not count, what is no number neither."""
    assert next_id(Action, 2026, used) == expected


def git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Git as someone, whatever the machine says."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    command = ["git", "-c", "user.name=X", "-c", "user.email=x@exemple.fr", "-c", "init.defaultBranch=main", *arguments]
    return subprocess.run(command, cwd=folder, env=clean, capture_output=True, text=True, check=False)


def saved(folder: Path, message: str = "x") -> None:
    """Save everything of `folder` with Git itself."""
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-qm", message]):
        done = git(folder, *arguments)
        assert done.returncode == 0, done.stderr


def test_a_number_that_the_history_knows_is_not_used_again(project: Path, portail: Portail) -> None:
    """A record removed since, on this branch or another, keeps its number for ever."""
    gone = project / "data/actions/A-2026-009.yml"
    gone.write_text((project / "data/actions/A-2026-001.yml").read_text("utf-8"), "utf-8")
    saved(project)
    git(project, "checkout", "-qb", "autre")
    shutil.copyfile(gone, project / "data/actions/A-2026-012.yml")
    saved(project)
    git(project, "checkout", "-q", "main")
    gone.unlink()
    saved(project)
    assert portail("nouveau", "action", "--intitule", "Écrire", "--nature", "formation")[0] == 0
    assert (project / "data/actions/A-2026-013.yml").is_file()


@pytest.mark.parametrize("kind", ["action", "preuve"])
def test_two_branches_that_make_the_same_number_conflict(kind: str, project: Path, portail: Portail, document: Path) -> None:
    """Joining them stops on that file, which then shows both versions: neither replaces the other."""
    shutil.copyfile(ROOT / "macros/templates/projet/gitattributes", project / ".gitattributes")
    saved(project)
    name = "data/actions/A-2026-005.yml" if kind == "action" else "data/preuves/PR-2026-001.yml"
    versions = []
    for text in ("une", "deux"):
        git(project, "checkout", "-q", "-b", "essai")
        document.write_text(text, "utf-8")
        given = {"action": ["--intitule", text, "--nature", "formation"], "preuve": [str(document), "--titre", text, "--type", "autre"]}
        assert portail("nouveau", kind, *given[kind])[0] == 0
        saved(project, text)
        versions.append(git(project, "rev-parse", "HEAD").stdout.strip())
        git(project, "checkout", "-q", "main")
        git(project, "branch", "-D", "essai")  # as on another machine, which does not know this branch
    git(project, "checkout", "-q", "-b", "deux", versions[1])
    joined = git(project, "merge", versions[0])
    assert joined.returncode == 1
    assert f"CONFLICT (add/add): Merge conflict in {name}" in joined.stdout
    text = (project / name).read_text("utf-8")
    assert "<<<<<<<" in text
    assert "une" in text
    assert "deux" in text


def test_a_number_needs_no_history(project: Path, portail: Portail, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without Git on the machine, the number follows the largest of the files."""
    monkeypatch.setattr("macros.history.git.shutil.which", lambda _name: None)
    assert portail("nouveau", "action", "--intitule", "Écrire", "--nature", "formation")[0] == 0
    assert (project / "data/actions/A-2026-005.yml").is_file()


# Actions


def test_an_action_takes_nature_certifications_and_day_from_its_decision(project: Path, portail: Portail) -> None:
    """The record is valid, states who and when, ends with help, and another action on the same decision is told."""
    code, out, _ = portail(
        "nouveau", "action", "--intitule", "Former : les jurys # tous", "--decision", "CP-2025-12-NUM.D1",
        "--responsable", "responsable qualité", "--echeance", "2027-03-31", "--critere", "Deux jurys formés",
    )  # fmt: skip
    assert code == 0
    data = plain(project, "data/actions/A-2026-005.yml")
    assert data == {
        "intitule": "Former : les jurys # tous",
        "nature": "evaluation",
        "date": "2025-12-12",
        "origine": {"decision": "CP-2025-12-NUM.D1"},
        "certifications": ["RNCP12345"],
        "responsable": "responsable qualité",
        "echeance": "2027-03-31",
        "statut": "planifiee",
        "critere": "Deux jurys formés",
    }
    assert loaded(project).actions["A-2026-005"].is_open()
    assert "écrit\u00a0: data/actions/A-2026-005.yml" in out
    assert "A-2026-001 vient déjà de la décision CP-2025-12-NUM.D1" in out
    assert "portail enregistrer" in out
    assert "# cloture:" in (project / "data/actions/A-2026-005.yml").read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("CP-2025-12-NUM.D1", "decision"),
        ("RECL-2026-007", "reclamation"),
        ("V-2026-012", "veille"),
        ("CEP-R5", "recommandation"),
        ("AUD-2026-01", "audit"),
        ("Remarque d’un jury", "autre"),
    ],
)
def test_an_origin_is_known_by_its_shape(text: str, key: str, project: Path, portail: Portail) -> None:
    """`--origine` takes an id of any kind, or a few words."""
    for name in ("veille/V-2026-012", "cep/CEP-R5", "reclamations/RECL-2026-007", "audits/AUD-2026-01"):
        (project / f"data/{name}.yml").parent.mkdir(exist_ok=True)
    watch = "titre: x\ntype: metier\ndate: 2026-02-02\ncertitude: une_source\nresume: x\n"
    (project / "data/veille/V-2026-012.yml").write_text(watch, "utf-8")
    complaint = "date: 2026-02-02\norigine: candidat\nobjet: x\ncause: information\ngravite: faible\n"
    (project / "data/reclamations/RECL-2026-007.yml").write_text(complaint, "utf-8")
    (project / "data/audits/AUD-2026-01.yml").write_text("titre: x\nnature: interne\ndate: 2026-02-02\n", "utf-8")
    shutil.copy(ROOT / "data/cep/CEP-R5.yml", project / "data/cep/CEP-R5.yml")
    assert portail("nouveau", "action", "--intitule", "Agir", "--nature", "formation", "--origine", text)[0] == 0
    assert plain(project, "data/actions/A-2026-005.yml")["origine"] == {key: text}


def test_what_is_not_known_yet_is_told(project: Path, portail: Portail) -> None:
    """An action may be born without responsible function nor due date; a person's name in their place is pointed at."""
    _, out, _ = portail("nouveau", "action", "--intitule", "Agir", "--nature", "formation")
    assert "à compléter dès que possible\u00a0: origine, responsable, échéance et critère" in out
    said = ["--responsable", "responsable des epreuves", "--echeance", "2026-01-01"]
    _, out, _ = portail("nouveau", "action", "--intitule", "Agir", "--nature", "formation", *said)
    assert "Vouliez-vous écrire «\u00a0responsable des épreuves\u00a0»" in out
    assert "déjà passée" in out
    assert loaded(project).actions["A-2026-006"].is_late(loaded(project).organisme.date_reference)  # type: ignore[arg-type]


def test_questions_come_back_until_the_answer_is_right(project: Path, portail: Portail) -> None:
    """At a terminal: nine questions at most, a mistake is told and asked again, Enter passes what may wait."""
    answers = [
        "Réviser",
        "CP-2025-12-NUM.D9",
        "Idée du jury",
        "formatio",
        "formation",
        "",
        "31/12/2026",
        "2026-12-31",
        "",
        "RNCP1, RNCP12346",
        "RNCP12346",
    ]
    code, out, _ = portail("nouveau", "action", answers=answers)
    assert code == 0
    assert "Vouliez-vous écrire «\u00a0CP-2025-12-NUM.D1\u00a0»" in out
    assert "Vouliez-vous écrire «\u00a0formation\u00a0»" in out
    assert "Écrivez par exemple 2026-12-31" in out
    assert "RNCP12345  Responsable de projets RNCP12345" in out
    data = plain(project, "data/actions/A-2026-005.yml")
    assert (data["echeance"], data["certifications"], data["nature"]) == ("2026-12-31", ["RNCP12346"], "formation")


# Conseils


def test_a_conseil_starts_from_the_last_one(project: Path, portail: Portail) -> None:
    """Members without presence nor guests, roles, place, agenda in order, four headings under the review, open actions, the day to convene."""
    code, out, _ = portail("nouveau", "conseil", "--date", "2026-12-11", "--domaine", "numerique", "--debut", "14:00")
    assert code == 0
    plain(project, "data/conseils/CP-2026-12-NUM.yml")
    conseil = loaded(project).conseils["CP-2026-12-NUM"]
    assert conseil.intitule == "Conseil de perfectionnement Numérique 2026"
    assert conseil.statut is StatutConseil.PLANIFIE
    assert (conseil.certifications, conseil.debut, conseil.lieu) == (("RNCP12345", "RNCP12346"), "14:00", "Lyon, salle du conseil")
    assert [(seat.fonction, seat.personne, seat.presence) for seat in conseil.participants] == [
        ("direction", None, None),
        ("président de jury", "P-07", None),
    ]
    assert conseil.pilote is not None
    assert conseil.consultant is not None
    assert conseil.consultant.organisation == "Cabinet"
    points = conseil.ordre_du_jour.points
    assert [point.theme for point in points] == [Theme.PV_PRECEDENT, Theme.SUIVI_ACTIONS, *Theme.attendus()]
    assert (points[0].titre, points[0].conseils) == ("Approbation du procès-verbal précédent", ("CP-2025-12-NUM",))
    assert [text.split("\u00a0")[0] for text in points[6].rubriques] == ["Outils", "Processus", "Réclamations", "Résultats"]
    line = "A-2026-001 Réviser la grille du bloc 3, échéance 30\u00a0septembre\u00a02026, en retard"
    assert points[1].actions == ("A-2026-001",)
    assert (points[0].rubriques, points[1].rubriques) == ((), ())
    assert f"1\u00a0action ouverte à suivre en séance, à l’ordre du jour\u00a0:\n  {line}\n" in out
    assert (
        "1\u00a0procès-verbal à approuver en séance, à l’ordre du jour\u00a0:\n  PV de RNCP12345, séance du 12\u00a0décembre\u00a02025 (CP-2025-12-NUM)\n"
        in out
    )
    assert "2\u00a0participants" in out
    assert "1\u00a0invité de cette séance n’est pas repris" in out
    assert "Depuis cette séance\u00a0: 1\u00a0nouvelle action et 1\u00a0action en retard." in out, (
        "what concerns the whole organisation is not told"
    )
    assert "au plus tard le 20\u00a0novembre\u00a02026" in out, "the longer delay of one of its certifications holds"


def test_a_first_conseil_lists_the_colleges(project: Path, portail: Portail) -> None:
    """Without session before, the end of the file names the colleges expected; no minutes nor actions are on the agenda."""
    code, out, _ = portail(
        "nouveau", "conseil", "--date", "2026-12-11", "--certification", "RS1234", "--modalite", "visio", "--lieu", "Lyon"
    )
    assert code == 0
    conseil = loaded(project).conseils["CP-2026-12-RS1234"]
    assert [point.theme for point in conseil.ordre_du_jour.points] == list(Theme.attendus())
    assert conseil.lieu is None
    assert "Aucun conseil tenu avant celui-ci pour ces certifications. Inscrivez les participants" in out
    assert "Aucune action ouverte à suivre." in out
    assert "#   - référent handicap" in (project / "data/conseils/CP-2026-12-RS1234.yml").read_text("utf-8")


def test_a_conseil_follows_former_fiches(project: Path, portail: Portail) -> None:
    """A session held on the fiche that a certification replaces is the one before."""
    (project / "data/conseils/CP-2025-12-NUM.yml").unlink()
    for action in (project / "data/actions").glob("*.yml"):
        action.unlink()
    _, out, _ = portail("nouveau", "conseil", "--date", "2026-12-11", "--certification", "RNCP12345")
    assert "Repris de CP-2021-01-VIEUX" in out
    assert "CP-2026-12-VIEUX" in loaded(project).conseils


def test_a_cancelled_session_still_lends_its_members(project: Path, portail: Portail) -> None:
    """When none was held, who was invited to the cancelled one is invited again, and no minutes are on the agenda."""
    record = project / "data/conseils/CP-2025-12-NUM.yml"
    text = record.read_text("utf-8").replace("statut: tenu", "statut: annule")
    record.write_text(text.replace("RNCP12345, RNCP12346]", "RNCP12346]").replace("[RNCP12345]", "[RNCP12346]"), "utf-8")
    record.write_text(record.read_text("utf-8").replace("  - certification: RNCP12345\n    etat: diffuse\n", ""), "utf-8")
    code, out, err = portail("nouveau", "conseil", "--date", "2026-12-11", "--certification", "RNCP12346")
    assert code == 0, err
    assert "Aucun conseil tenu avant celui-ci" in out
    assert "Repris de CP-2025-12-NUM" in out
    assert "Depuis cette séance" not in out
    conseil = loaded(project).conseils["CP-2026-12-NUM"]
    assert len(conseil.participants) == 2
    assert [point.theme for point in conseil.ordre_du_jour.points] == list(Theme.attendus())


def test_a_domaine_may_answer_for_its_certifications(project: Path, portail: Portail) -> None:
    """At a terminal the domaines are listed beside the certifications; what is closed is not offered."""
    replaced = project / "data/certifications/RNCP12346.yml"
    replaced.write_text(replaced.read_text("utf-8") + "nouvelles_fiches: [RNCP12399]\n", "utf-8")
    code, out, _ = portail("nouveau", "conseil", answers=["numerique", "2026-12-11", "9h", "09:00"])
    assert code == 0
    assert "  numerique  (domaine) RNCP12345\n" in out
    assert "RNCP12346  Responsable" not in out
    conseil = loaded(project).conseils["CP-2026-12-NUM"]
    assert (conseil.certifications, conseil.debut) == (("RNCP12345",), "09:00")


def test_a_second_conseil_is_confirmed(project: Path, portail: Portail) -> None:
    """When one is planned already: refused without terminal, asked at a terminal, accepted with --oui."""
    given = ["nouveau", "conseil", "--certification", "RNCP12345", "--suffixe", "NUM"]
    assert portail(*given, "--date", "2026-12-11")[0] == 0
    before = tree(project)
    code, _, err = portail(*given, "--date", "2027-01-15")
    assert code == 1
    assert "Un conseil est déjà prévu pour ces certifications\u00a0: CP-2026-12-NUM, le 11\u00a0décembre\u00a02026." in err
    assert "--oui" in err
    assert portail(*given, "--date", "2027-01-15", "--debut", "09:00", answers=["n"])[0] == 1
    assert tree(project) == before
    assert portail(*given, "--date", "2027-01-15", "--debut", "09:00", answers=["o"])[0] == 0
    assert portail(*given, "--date", "2027-02-15", "--oui")[0] == 0


def test_a_conseil_without_session_to_come_may_be_past(project: Path, portail: Portail) -> None:
    """A day gone by is written, and said."""
    code, out, _ = portail("nouveau", "conseil", "--date", "2026-11-02", "--certification", "RNCP12346")
    assert code == 0
    assert "cette date est passée" in out
    assert "CP-2026-11-NUM" in loaded(project).conseils


def test_a_convocation_already_due_is_told(project: Path, portail: Portail) -> None:
    """Ten days before, the fifteen days of the organisation are gone."""
    _, out, _ = portail("nouveau", "conseil", "--date", "2026-11-30", "--certification", "RNCP12345")
    assert "était à envoyer au plus tard le 15\u00a0novembre\u00a02026" in out
    assert project.is_dir()


INTERNAL = """\
intitule: Régler le différend avec un partenaire
nature: partenariat
date: 2026-02-01
certifications: [RNCP12346]
echeance: 2026-06-30
statut: en_cours
visibilite: interne
"""


@pytest.mark.parametrize("audience", [Visibilite.AUDITEUR, Visibilite.PUBLIC])
def test_an_agenda_copies_no_text_of_another_record(audience: Visibilite, project: Path, portail: Portail) -> None:
    """What an audience may not see is masked on the agenda: neither title, lateness nor other certification stands there as text."""
    (project / "data/actions/A-2026-002.yml").write_text(INTERNAL, "utf-8")
    hidden = project / "data/certifications/RNCP12345.yml"
    hidden.write_text(hidden.read_text("utf-8") + "visibilite: interne\n", "utf-8")
    code, out, _ = portail("nouveau", "conseil", "--date", "2026-12-11", "--certification", "RNCP12346")
    assert code == 0
    assert "A-2026-002 Régler le différend avec un partenaire, échéance 30\u00a0juin\u00a02026, en retard" in out
    text = (project / "data/conseils/CP-2026-12-NUM.yml").read_text("utf-8")
    assert not any(word in text for word in ("différend", "retard", "RNCP12345", "12\u00a0décembre"))
    seen = filter_registre(loaded(project), audience).conseils
    assert ("CP-2026-12-NUM" in seen) is (audience is Visibilite.AUDITEUR)
    for conseil in seen.values():
        actions = [action for point in conseil.ordre_du_jour.points for action in point.actions]
        assert "A-2026-002" not in actions
        assert actions == (["une action non diffusée"] if conseil.id == "CP-2026-12-NUM" else [])


def test_a_session_kept_internal_does_not_come_out_by_the_next_one(project: Path, portail: Portail, document: Path) -> None:
    """Members copied from an internal session, and the proof named after it, stay internal; a wider visibility is not carried over."""
    record = project / "data/conseils/CP-2025-12-NUM.yml"
    for stated in ("interne", "public"):
        record.write_text(FILES["data/conseils/CP-2025-12-NUM.yml"] + f"visibilite: {stated}\n", "utf-8")
        code, out, _ = portail(
            "nouveau", "conseil", "--date", "2026-12-11", "--certification", "RNCP12346", "--suffixe", stated.upper(), "--oui"
        )
        assert code == 0
        narrower = stated == "interne"
        made = loaded(project).conseils[f"CP-2026-12-{stated.upper()}"]
        assert made.visibilite is (Visibilite.INTERNE if narrower else None)
        assert ("la visibilité interne" in out) is narrower
        given = ["nouveau", "preuve", str(document), "--conseil", made.id, "--role", "convocation", "--date", "2026-11-20"]
        assert portail(*given)[0] == 0
    proofs = loaded(project).preuves
    assert [proof.visibilite for proof in proofs.values()] == [Visibilite.INTERNE, None]


ACC = """\
intitule: Conseil de perfectionnement Évaluation {year}
date: {date}
certifications: [RS1234]
statut: tenu
modalite: visio
pilote: {{fonction: responsable de certification}}
participants:
  - fonction: Direction
    college: certificateur
  - fonction: président de jury
    college: jury
    personne: P-09
  - fonction: expert
    college: partenaires
  - fonction: candidat
    college: candidats
  - fonction: candidat
    college: candidats
pv:
  - {{certification: RS1234, etat: {etat}}}
"""


def evaluated(project: Path, identifier: str, date: str, etat: str, more: str = "") -> None:
    """Add a session held on RS1234."""
    text = ACC.format(year=date[:4], date=date, etat=etat) + more
    (project / f"data/conseils/{identifier}.yml").write_text(text, "utf-8")


def test_each_certification_brings_its_last_session(project: Path, portail: Portail) -> None:
    """Members of both sessions, each once, roles and place of the latest; the minutes of each; a name that is of neither."""
    evaluated(project, "CP-2026-05-EVA", "2026-05-12", "diffuse")
    earlier = project / "data/conseils/CP-2025-12-NUM.yml"
    three = "  - {fonction: candidat, college: candidats}\n" * 3
    earlier.write_text(earlier.read_text("utf-8").replace("  - fonction: expert\n", f"{three}  - fonction: expert\n"), "utf-8")
    code, out, err = portail(
        "nouveau", "conseil", "--date", "2026-12-11", "--certification", "RNCP12345", "--certification", "RS1234", "--certification", "RNCP12346"
    )  # fmt: skip
    assert code == 0, err
    conseil = loaded(project).conseils["CP-2026-12-COMMUN"]
    assert conseil.intitule == "Conseil de perfectionnement commun 2026"
    assert (conseil.modalite, conseil.lieu) == ("visio", None)
    assert conseil.pilote is not None
    assert conseil.pilote.fonction == "responsable de certification"
    assert [(seat.fonction, seat.personne) for seat in conseil.participants] == [
        ("Direction", None),
        ("président de jury", "P-09"),
        ("expert", None),
        ("candidat", None),
        ("candidat", None),
        ("président de jury", "P-07"),
        ("candidat", None),
    ], "equal seats of one session are as many seats"
    point = conseil.ordre_du_jour.points[0]
    assert (point.titre, point.conseils) == ("Approbation des procès-verbaux précédents", ("CP-2025-12-NUM", "CP-2026-05-EVA"))
    assert "Repris de CP-2026-05-EVA (12\u00a0mai\u00a02026)\u00a0: 5\u00a0participants, les rôles et la modalité.\n" in out
    assert "Repris de CP-2025-12-NUM (12\u00a0décembre\u00a02025)\u00a0: 2\u00a0participants. 1\u00a0invité" in out
    assert "Depuis CP-2025-12-NUM\u00a0: 1\u00a0nouvelle action et 1\u00a0action en retard.\n" in out
    assert "Depuis CP-2026-05-EVA\u00a0: rien de nouveau dans les fiches.\n" in out


def test_a_name_is_borrowed_where_it_fits(project: Path, portail: Portail) -> None:
    """A certification that never met does not take the name of a session of another domaine; one of the same domaine does."""
    code, out, _ = portail("nouveau", "conseil", "--date", "2026-12-11", "--certification", "RNCP12345", "--certification", "RS1234")
    assert code == 0
    assert "Aucun conseil tenu avant celui-ci pour RS1234. Vérifiez que chaque collège est représenté.\n" in out
    assert loaded(project).conseils["CP-2026-12-COMMUN"].intitule == "Conseil de perfectionnement commun 2026"
    record = project / "data/certifications/RS1234.yml"
    record.write_text(record.read_text("utf-8") + "domaine: numerique\n", "utf-8")
    given = ["nouveau", "conseil", "--date", "2027-12-11", "--certification", "RNCP12345", "--certification", "RS1234", "--oui"]
    assert portail(*given)[0] == 0
    assert loaded(project).conseils["CP-2027-12-NUM"].intitule == "Conseil de perfectionnement Numérique 2027"
    held = project / "data/conseils/CP-2025-12-NUM.yml"
    held.write_text(held.read_text("utf-8").replace("Numérique 2025", "Numérique 2025-2026"), "utf-8")
    assert portail("nouveau", "conseil", "--date", "2028-12-11", "--certification", "RNCP12345", "--oui")[0] == 0
    assert loaded(project).conseils["CP-2028-12-NUM"].intitule == "Conseil de perfectionnement Numérique 2028", "two years are not one"


@pytest.mark.parametrize(
    ("first", "second", "more", "expected"),
    [
        ("diffuse", "diffuse", "", ["CP-2025-05-EVA", "CP-2026-05-EVA"]),
        ("projet", "signe", "", ["CP-2025-05-EVA"]),
        ("approuve", "approuve", "", []),
        ("diffuse", "projet", "approbations: [{conseil: CP-2025-05-EVA, avis: approuve}]\n", ["CP-2026-05-EVA"]),
        ("diffuse", "diffuse", "approbations: [{conseil: CP-2025-05-EVA, avis: refuse}]\n", ["CP-2025-05-EVA", "CP-2026-05-EVA"]),
    ],
)
def test_minutes_wait_until_they_are_approved(
    first: str, second: str, more: str, expected: list[str], project: Path, portail: Portail
) -> None:
    """Those of every session count, not of the last one only, until they are settled or a later session approved them."""
    evaluated(project, "CP-2025-05-EVA", "2025-05-12", first)
    evaluated(project, "CP-2026-05-EVA", "2026-05-12", second, more)
    assert portail("nouveau", "conseil", "--date", "2026-12-11", "--certification", "RS1234")[0] == 0
    points = loaded(project).conseils["CP-2026-12-EVA"].ordre_du_jour.points
    assert [each for point in points if point.theme is Theme.PV_PRECEDENT for each in point.conseils] == expected


def test_minutes_of_before_the_portal_are_left_alone(project: Path, portail: Portail) -> None:
    """Where the session that was to approve them is older than the follow-up of the organisation, nobody is asked again."""
    evaluated(project, "CP-2024-05-EVA", "2024-05-12", "diffuse")
    evaluated(project, "CP-2025-05-EVA", "2025-05-12", "diffuse")
    evaluated(project, "CP-2026-05-EVA", "2026-05-12", "diffuse")
    organisme = project / "data/organisme.yml"
    organisme.write_text(organisme.read_text("utf-8") + "suivi_depuis: 2026-01-01\n", "utf-8")
    assert portail("nouveau", "conseil", "--date", "2026-12-11", "--certification", "RS1234")[0] == 0
    assert loaded(project).conseils["CP-2026-12-EVA"].ordre_du_jour.points[0].conseils == ("CP-2025-05-EVA", "CP-2026-05-EVA")


def test_minutes_and_actions_of_former_fiches_follow(project: Path, portail: Portail) -> None:
    """What was minuted and opened under the number before is on the agenda of the certification that replaces it."""
    old = project / "data/conseils/CP-2021-01-VIEUX.yml"
    old.write_text(old.read_text("utf-8") + "pv: [{certification: RNCP12300, etat: diffuse}]\n", "utf-8")
    action = FILES["data/actions/A-2026-001.yml"].replace("[RNCP12345]", "[RNCP12300]")
    (project / "data/actions/A-2026-002.yml").write_text(action, "utf-8")
    assert portail("nouveau", "conseil", "--date", "2026-12-11", "--certification", "RNCP12345")[0] == 0
    minutes, follow, *_ = loaded(project).conseils["CP-2026-12-NUM"].ordre_du_jour.points
    assert minutes.conseils == ("CP-2021-01-VIEUX", "CP-2025-12-NUM")
    assert follow.actions == ("A-2026-001", "A-2026-002")


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        (["RNCP12345"], "1\u00a0action ouverte à suivre"),
        (["RNCP12345", "RNCP12346"], "2\u00a0actions ouvertes à suivre"),
        (["RS1234"], "ucune action ouverte à suivre"),
    ],
)
def test_the_terminal_and_the_page_count_the_same_actions(numbers: list[str], expected: str, project: Path, portail: Portail) -> None:
    """Open actions of the certifications through their lineage; those of the whole organisation are left out of both."""
    (project / "data/actions/A-2026-002.yml").write_text(INTERNAL, "utf-8")
    text = "intitule: x\nnature: formation\ndate: 2026-01-15\n"
    (project / "data/actions/A-2026-003.yml").write_text(text, "utf-8")
    (project / "data/actions/A-2026-006.yml").write_text(text + "certifications: [RNCP12345]\nstatut: close\n", "utf-8")
    given = [part for numero in numbers for part in ("--certification", numero)]
    code, out, _ = portail("nouveau", "conseil", "--date", "2026-12-11", "--suffixe", "NUM", *given)
    assert code == 0
    assert expected in out
    vue = engine.portail(project, Visibilite.INTERNE).vue
    assert vue is not None
    (coming,) = build_prochains_conseils(vue)
    assert expected in coming.a_suivre
    actions = [each for point in vue.registre.conseils["CP-2026-12-NUM"].ordre_du_jour.points for each in point.actions]
    assert out.count("\n  A-2026-") == len(actions)


# Evidence


def test_a_proof_is_filed_with_its_hash(project: Path, portail: Portail, document: Path) -> None:
    """The copy keeps every byte under a name of its own, and the record holds the fingerprint that checks recompute."""
    code, out, _ = portail(
        "nouveau", "preuve", str(document), "--type", "referentiel", "--titre", "Référentiel", "--certification", "RNCP12345"
    )
    assert code == 0
    data = plain(project, "data/preuves/PR-2026-001.yml")
    digest = hashlib.sha256(document.read_bytes()).hexdigest()
    assert data["revisions"] == [{"numero": "1", "date": "2026-11-20", "fichier": "2026/PR-2026-001-r1.pdf", "sha256": digest}]
    assert (project / "data/preuves/2026/PR-2026-001-r1.pdf").read_bytes() == document.read_bytes()
    assert loaded(project).empreintes == {"2026/PR-2026-001-r1.pdf": digest}
    assert document.is_file()
    assert "écrit\u00a0: data/preuves/2026/PR-2026-001-r1.pdf" in out


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("plan", "2026/PR-2026-001-r1"),
        ("plan.yml", "2026/PR-2026-001-r1.yml.txt"),
        ("plan.YAML", "2026/PR-2026-001-r1.yaml.txt"),
        ("plan.tar.GZ", "2026/PR-2026-001-r1.gz"),
        ("plan.é", "2026/PR-2026-001-r1"),
        ("plan. pdf", "2026/PR-2026-001-r1"),
    ],
)
def test_a_document_never_passes_for_a_record(name: str, expected: str, project: Path, portail: Portail, tmp_path: Path) -> None:
    """Whatever its extension, the project stays valid and the path is plain ASCII."""
    (tmp_path / name).write_text("intitule: x\n", "utf-8")
    assert portail("nouveau", "preuve", str(tmp_path / name), "--type", "autre", "--titre", "Plan")[0] == 0
    assert list(loaded(project).empreintes) == [expected]


def test_signed_documents_stay_outside(project: Path, portail: Portail, document: Path) -> None:
    """A sheet is known by its place and its hash; a copy must be asked for, and what it means is said."""
    given = ["nouveau", "preuve", str(document), "--type", "emargement", "--titre", "Feuille"]
    before = tree(project)
    code, _, err = portail(*given)
    assert code == 1
    assert "--emplacement" in err
    assert "--dans-le-depot" in err
    assert tree(project) == before
    assert portail(*given, "--emplacement", "Coffre")[0] == 0
    version = loaded(project).preuves["PR-2026-001"].latest()
    assert version is not None
    assert (version.emplacement, version.fichier) == ("Coffre", None)
    assert version.sha256 == hashlib.sha256(document.read_bytes()).hexdigest()
    code, out, _ = portail(*given, "--dans-le-depot")
    assert code == 0
    assert "ne pourra plus être effacé" in out
    assert (project / "data/preuves/2026/PR-2026-002-r1.pdf").is_file()


def test_a_place_is_asked_at_a_terminal(project: Path, portail: Portail, document: Path) -> None:
    """A person reads why a signed document stays outside, then says where it is."""
    answers = ["pv_jury", "PV du jury de mai", "", "", "Serveur des jurys"]
    code, out, _ = portail("nouveau", "preuve", str(document), answers=answers)
    assert code == 0
    assert "reste hors du portail" in out
    version = loaded(project).preuves["PR-2026-001"].latest()
    assert version is not None
    assert version.emplacement == "Serveur des jurys"


def test_a_document_on_paper_has_a_place_and_no_hash(project: Path, portail: Portail) -> None:
    """Without file, --emplacement is enough."""
    assert portail("nouveau", "preuve", "--type", "convention", "--titre", "Convention", "--emplacement", "Armoire 3")[0] == 0
    version = loaded(project).preuves["PR-2026-001"].latest()
    assert version is not None
    assert (version.emplacement, version.sha256) == ("Armoire 3", None)


def test_a_document_already_in_place_is_not_copied(project: Path, portail: Portail) -> None:
    """A file that a person put below data/preuves/ is recorded where it is."""
    (project / "data/preuves/2024").mkdir(parents=True)
    (project / "data/preuves/2024/etude.pdf").write_bytes(b"x")
    assert portail("nouveau", "preuve", "data/preuves/2024/etude.pdf", "--type", "etude_marche", "--titre", "Étude")[0] == 0
    assert list(loaded(project).empreintes) == ["2024/etude.pdf"]
    assert [path.name for path in (project / "data/preuves").rglob("*.pdf")] == ["etude.pdf"]


def test_the_same_document_twice_is_told(project: Path, portail: Portail, document: Path) -> None:
    """Without terminal it is filed with a remark; at a terminal a person may stop there."""
    given = ["nouveau", "preuve", str(document), "--type", "autre", "--titre", "Note"]
    portail(*given)
    _, out, _ = portail(*given)
    assert "déjà rangé sous PR-2026-001 (même empreinte)" in out
    before = tree(project)
    assert portail(*given, "--date", "2026-01-01", answers=["", "n"])[0] == 1
    assert tree(project) == before


def test_a_version_is_added_without_losing_a_comment(project: Path, portail: Portail, document: Path) -> None:
    """The second version follows the first, its copy beside the other; the rest of the file stays byte for byte."""
    portail("nouveau", "preuve", str(document), "--type", "referentiel", "--titre", "Référentiel")
    record = project / "data/preuves/PR-2026-001.yml"
    record.write_text(record.read_text("utf-8").replace("titre: Référentiel", "# Le bon.\ntitre: Référentiel"), "utf-8")
    document.write_bytes(b"%PDF seconde version")
    code, out, _ = portail("nouveau", "preuve", "--preuve", "PR-2026-001", str(document), "--observation", "Bloc 3", "--date", "2026-11-01")
    assert code == 0
    assert "modifié\u00a0: data/preuves/PR-2026-001.yml" in out
    assert "# Le bon.\ntitre: Référentiel\n" in record.read_text("utf-8")
    proof = loaded(project).preuves["PR-2026-001"]
    assert [(version.numero, version.fichier, version.observation) for version in proof.revisions] == [
        (1, "2026/PR-2026-001-r1.pdf", None),
        (2, "2026/PR-2026-001-r2.pdf", "Bloc 3"),
    ]
    before = tree(project)
    code, _, err = portail("nouveau", "preuve", "--preuve", "PR-2026-001", str(document))
    assert code == 1
    assert "déjà la version 2 de PR-2026-001" in err
    assert tree(project) == before


@pytest.mark.parametrize(
    ("role", "options", "expected"),
    [
        ("convocation", ["--date", "2025-11-21"], {"convocation": {"date": "2025-11-21", "preuve": "PR-2026-001"}}),
        ("ordre_du_jour", ["--date", "2025-11-24"], {"ordre_du_jour": {"date": "2025-11-24", "preuve": "PR-2026-001"}}),
        ("emargement", ["--emplacement", "Coffre"], {"emargement": {"mode": "signature", "preuve": "PR-2026-001"}}),
        (
            "pv",
            ["--emplacement", "Coffre", "--certification", "RNCP12346"],
            {
                "pv": [
                    {"certification": "RNCP12345", "etat": "diffuse"},
                    {"certification": "RNCP12346", "etat": "approuve", "preuve": "PR-2026-001"},
                ]
            },
        ),
    ],
)
def test_a_session_cites_its_proof(
    role: str, options: list[str], expected: dict[str, object], project: Path, portail: Portail, document: Path
) -> None:
    """Type, title, day and certifications come from the session, which names the proof; its comments stay."""
    given = ["nouveau", "preuve", str(document), "--conseil", "CP-2025-12-NUM", "--role", role, *options]
    code, out, err = portail(*given)
    assert code == 0, err
    assert "CP-2025-12-NUM cite maintenant PR-2026-001" in out
    text = (project / "data/conseils/CP-2025-12-NUM.yml").read_text("utf-8")
    found = yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506 - text only, no object
    assert {key: found[key] for key in expected} == expected
    assert text.startswith("# Ce commentaire reste.\n")
    assert "# et celui-ci aussi" in text
    proof = loaded(project).preuves["PR-2026-001"]
    assert "Conseil de perfectionnement Numérique 2025" in proof.titre
    assert proof.certifications == (("RNCP12346",) if role == "pv" else ("RNCP12345", "RNCP12346"))
    before = tree(project)
    code, _, err = portail(*given)
    assert code == 1
    assert "--preuve PR-2026-001" in err
    assert tree(project) == before


def test_a_convocation_moves_a_planned_session(project: Path, portail: Portail, document: Path) -> None:
    """Filing the convocation of a planned session makes it convened, on the day of the document."""
    portail("nouveau", "conseil", "--date", "2026-12-11", "--certification", "RNCP12345")
    assert (
        portail("nouveau", "preuve", str(document), "--conseil", "CP-2026-12-NUM", "--role", "convocation", "--date", "2026-11-18")[0] == 0
    )
    conseil = loaded(project).conseils["CP-2026-12-NUM"]
    assert conseil.statut is StatutConseil.CONVOQUE
    assert str(conseil.convocation.date) == "2026-11-18"
    assert "\n  date: 2026-11-18\n" in (project / "data/conseils/CP-2026-12-NUM.yml").read_text("utf-8")


@pytest.mark.parametrize("role", ["convocation", "ordre_du_jour"])
def test_a_day_of_sending_is_never_made_up(role: str, project: Path, portail: Portail, document: Path) -> None:
    """Of a past session: the day it tells, else --date, else a question; without any of them, refused with what to add."""
    given = ["nouveau", "preuve", str(document), "--conseil", "CP-2025-12-NUM", "--role", role]
    record, before = project / "data/conseils/CP-2025-12-NUM.yml", tree(project)
    code, out, err = portail(*given)
    assert (code, out) == (1, "")
    assert "--date AAAA-MM-JJ" in err
    assert tree(project) == before
    assert portail(*given, answers=["", "2025-11-21"])[0] == 0
    assert f"{role}:\n  date: 2025-11-21\n  preuve: PR-2026-001\n" in record.read_text("utf-8")
    record.write_text(FILES["data/conseils/CP-2025-12-NUM.yml"] + f"{role}: {{date: 2025-11-22}}\n", "utf-8")
    code, out, _ = portail(*given)
    assert code == 0
    assert "à vérifier\u00a0: ce document" in out
    assert "aujourd’hui" not in out
    assert str(loaded(project).preuves["PR-2026-002"].date) == "2025-11-22"
    record.write_text(FILES["data/conseils/CP-2025-12-NUM.yml"] + f"{role}: {{date: 2025-11-22}}\n", "utf-8")
    code, out, _ = portail(*given, "--date", "2025-11-23")
    assert "la fiche CP-2025-12-NUM garde son jour d’envoi, le 22\u00a0novembre\u00a02025" in out
    assert str(loaded(project).preuves["PR-2026-003"].date) == "2025-11-23"
    assert "2025-11-22" in record.read_text("utf-8")


def test_a_cancelled_session_is_not_to_come(project: Path, portail: Portail, document: Path) -> None:
    """Today is no day of sending for a session that will not be held, whatever its date."""
    portail("nouveau", "conseil", "--date", "2026-12-11", "--certification", "RNCP12345")
    record = project / "data/conseils/CP-2026-12-NUM.yml"
    record.write_text(record.read_text("utf-8").replace("statut: planifie", "statut: annule"), "utf-8")
    code, _, err = portail("nouveau", "preuve", str(document), "--conseil", "CP-2026-12-NUM", "--role", "convocation")
    assert code == 1
    assert "n’est plus à venir" in err


def test_a_day_taken_for_granted_is_told(project: Path, portail: Portail, document: Path) -> None:
    """Today is right for a session to come and for a document without session; it is said, and where to correct it."""
    portail("nouveau", "conseil", "--date", "2026-12-11", "--certification", "RNCP12345")
    _, out, _ = portail("nouveau", "preuve", str(document), "--conseil", "CP-2026-12-NUM", "--role", "convocation")
    assert "à vérifier\u00a0: jour d’envoi noté\u00a0: 20\u00a0novembre\u00a02026, aujourd’hui." in out
    assert str(loaded(project).conseils["CP-2026-12-NUM"].convocation.date) == "2026-11-20"
    document.write_bytes(b"autre")
    _, out, _ = portail("nouveau", "preuve", str(document), "--type", "autre", "--titre", "Note")
    assert "à vérifier\u00a0: date notée\u00a0: 20\u00a0novembre\u00a02026, aujourd’hui." in out
    document.write_bytes(b"encore")
    _, out, _ = portail("nouveau", "preuve", str(document), "--type", "autre", "--titre", "Note", "--date", "2026-11-19")
    assert "aujourd’hui" not in out


def test_a_full_disk_leaves_nothing(project: Path, portail: Portail, document: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Record, document and session are written together or not at all."""
    before = tree(project)

    def refuse(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    code, _, err = portail("nouveau", "preuve", str(document), "--conseil", "CP-2025-12-NUM", "--role", "emargement", "--dans-le-depot")
    assert code == 1
    assert "disque est plein" in err
    assert tree(project) == before


def test_an_unreadable_document_is_told(project: Path, portail: Portail, document: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A document that the system refuses to open: one French sentence with its name."""

    def refuse(path: Path) -> str:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(nouveau_document, "fingerprint", refuse)
    code, _, err = portail("nouveau", "preuve", str(document), "--type", "autre", "--titre", "x")
    assert code == 1
    assert "l’accès est refusé" in err
    assert len(err.splitlines()) == 1
    assert not (project / "data/preuves").exists()


def test_a_huge_document_stays_outside(project: Path, portail: Portail, document: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Above the limit a copy is refused with the remedy; its place and its hash are still accepted."""
    monkeypatch.setattr(nouveau_document, "LARGEST", 5)
    given = ["nouveau", "preuve", str(document), "--type", "enquete", "--titre", "Enquête"]
    code, _, err = portail(*given)
    assert code == 1
    assert "--emplacement" in err
    assert not (project / "data/preuves").exists()
    assert portail(*given, "--emplacement", "Serveur")[0] == 0


# Exceptions, certifications, requirements


def test_an_exception_sets_one_constat_aside(project: Path, portail: Portail) -> None:
    """The codes of the record are listed at a terminal; once written, the constat asks for nothing any more."""
    answers = ["RNCP12345", "extrait-absent", "Fiche pas encore publiée", "direction", "2027-01-31"]
    code, out, _ = portail("nouveau", "derogation", answers=answers)
    assert code == 0
    assert "  extrait-absent (à surveiller)" in out
    assert "accepté jusqu’au 31\u00a0janvier\u00a02027" in out
    data = plain(project, "data/derogations/DER-2026-001.yml")
    assert data == {
        "constat": "extrait-absent",
        "enregistrement": "RNCP12345",
        "motif": "Fiche pas encore publiée",
        "fonction": "direction",
        "date": "2026-11-20",
        "jusqu_au": "2027-01-31",
    }
    given = [
        "--enregistrement",
        "RNCP12345",
        "--constat",
        "extrait-absent",
        "--motif",
        "x",
        "--fonction",
        "direction",
        "--jusqu-au",
        "2027-01-31",
    ]
    code, _, err = portail("nouveau", "derogation", *given)
    assert code == 1
    assert "n’appelle déjà plus rien" in err


def test_a_certification_by_hand_is_minimal(project: Path, portail: Portail) -> None:
    """Four keys are enough, and importing is said to be better."""
    code, out, _ = portail("nouveau", "certification", "RNCP777", "--intitule", "Chef de chantier", "--type", "de_droit", "--niveau", "6")
    assert code == 0
    assert "portail importer EXPORT.zip --fiche RNCP777" in out
    assert plain(project, "data/certifications/RNCP777.yml") == {
        "numero": "RNCP777",
        "intitule": "Chef de chantier",
        "repertoire": "RNCP",
        "niveau": "6",
        "type_enregistrement": "de_droit",
    }
    assert loaded(project).certifications["RNCP777"].niveau == 6


def test_a_certification_of_the_rs_is_asked_no_level(project: Path, portail: Portail) -> None:
    """Number, title, type, domaine, end: no question on what the RS does not have."""
    answers = ["RS 12", "RS12", "Animer", "sur_demande", "numerik", "numerique", ""]
    assert portail("nouveau", "certification", answers=answers)[0] == 0
    assert loaded(project).certifications["RS12"].domaine == "numerique"


def test_a_requirement_is_doubtful_by_default(project: Path, portail: Portail) -> None:
    """A rule written by hand is to be confirmed until someone says what was read."""
    given = ["--titre", "Tenir un conseil", "--texte", "Usage", "--enonce", "Un conseil se tient chaque année.", "--force", "usage"]
    assert portail("nouveau", "exigence", "EX-ESSAI-CONSEIL", *given)[0] == 0
    assert plain(project, "data/exigences/EX-ESSAI-CONSEIL.yml")["certitude"] == "a_confirmer"
    assert loaded(project).exigences["EX-ESSAI-CONSEIL"].force.value == "usage"


# Refusals


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ("action", ["Il manque l’option --intitule"]),
        ("action --intitule x", ["Il manque l’option --nature"]),
        ("action --intitule x --nature formatio", ["--nature\u00a0: ", "Vouliez-vous écrire «\u00a0formation\u00a0»"]),
        ("action --intitule x --nature formation --echeance 31/12/2026", ["--echeance\u00a0: ", "2026-12-31"]),
        ("action --intitule x --nature formation --date 2026-02-30", ["--date\u00a0: ", "n’existe pas"]),
        ("action --intitule x --nature formation --certification RNCP1234", ["--certification\u00a0: ", "Vouliez-vous écrire «\u00a0RNCP1234"]),
        ("action --intitule x --nature formation --origine EX-ABSENTE", ["--origine\u00a0: ", "n’existe pas dans exigences"]),
        ("action --intitule x --decision CP-2025-12-NUM.D7", ["--decision\u00a0: ", "CP-2025-12-NUM.D1"]),
        ("action --intitule x --decision CP-2025-12-NUM.D1 --origine y", ["--decision et --origine ne vont pas ensemble"]),
        ("action --intitule", ["cette commande n’est pas complète"]),
        ("action --intitul x", ["Vouliez-vous écrire «\u00a0--intitule\u00a0»"]),
        ("conseil", ["--certification RNCP12345", "--domaine numerique"]),
        ("conseil --certification RNCP12345", ["Il manque l’option --date"]),
        *(
            (f"conseil --certification RNCP12345 --date {day}", [f"--date\u00a0: «\u00a0{day}\u00a0» est hors du calendrier", "de 1950 à 2100"])
            for day in ("0001-01-01", "1949-12-31", "2101-01-01", "9999-12-31")
        ),
        ("action --intitule x --nature formation --echeance 0001-01-01", ["--echeance\u00a0: ", "de 1950 à 2100"]),
        ("conseil --certification RNCP12345 --date demain", ["--date\u00a0: «\u00a0demain\u00a0» n’est pas une date"]),
        ("conseil --certification RNCP12345 --date 2026-12-11 --debut 9h", ["--debut\u00a0: "]),
        ("conseil --certification RNCP12345 --date 2026-12-11 --modalite zoom", ["--modalite\u00a0: ", "presence, visio ou mixte"]),
        ("conseil --certification RNCP12345 --date 2026-12-11 --suffixe num", ["--suffixe\u00a0: ", "NUM"]),
        ("conseil --certification RNCP12347 --date 2026-12-11", ["Vouliez-vous écrire «\u00a0RNCP12346\u00a0»"]),
        ("conseil --domaine numerik --date 2026-12-11", ["--domaine\u00a0: ", "«\u00a0numerique\u00a0»"]),
        ("conseil --domaine vide --date 2026-12-11", ["n’a aucune certification à suivre"]),
        ("conseil --domaine numerique --certification RS1234 --date 2026-12-11", ["ne vont pas ensemble"]),
        ("conseil --certification RNCP12345 --date 2025-12-20 --oui", ["«\u00a0CP-2025-12-NUM\u00a0» existe déjà", "--suffixe"]),
        ("preuve", ["Il manque l’option --type"]),
        ("preuve absent.pdf --type autre --titre x", ["«\u00a0absent.pdf\u00a0» n’existe pas"]),
        ("preuve data --type autre --titre x", ["«\u00a0data\u00a0» est un dossier"]),
        ("preuve vide.pdf --type autre --titre x", ["«\u00a0vide.pdf\u00a0» est vide"]),
        ("preuve --type autre --titre x", ["Donnez le fichier à ranger", "--emplacement"]),
        ("preuve mkdocs.yml --type photo --titre x", ["--type\u00a0: ", "autre"]),
        ("preuve mkdocs.yml --type autre --titre x --exigence y", ["option inconnue"]),
        ("preuve mkdocs.yml --type autre --titre x --emplacement y --dans-le-depot", ["ne vont pas ensemble"]),
        ("preuve mkdocs.yml --conseil CP-2025-12-NUM", ["--conseil et --role vont ensemble"]),
        ("preuve mkdocs.yml --role pv", ["--conseil et --role vont ensemble"]),
        ("preuve mkdocs.yml --role photo", ["convocation, ordre_du_jour, emargement ou pv"]),
        ("preuve mkdocs.yml --role pv --conseil CP-2025-12-NUN", ["Vouliez-vous écrire «\u00a0CP-2025-12-NUM\u00a0»"]),
        ("preuve mkdocs.yml --role pv --conseil CP-2025-12-NUM", ["RNCP12345 ou RNCP12346"]),
        ("preuve mkdocs.yml --role pv --conseil CP-2025-12-NUM --certification RS1234", ["RNCP12345 ou RNCP12346"]),
        ("preuve mkdocs.yml --preuve PR-2026-009", ["--preuve\u00a0: «\u00a0PR-2026-009\u00a0» n’existe pas dans preuves"]),
        ("preuve mkdocs.yml --preuve PR-2026-009 --titre x", ["Avec --preuve, --titre ne sert à rien"]),
        ("derogation", ["Il manque l’option --enregistrement"]),
        ("derogation --enregistrement RNCP1 --constat x", ["--enregistrement\u00a0: "]),
        ("derogation --enregistrement RNCP12345 --constat extrait-absen", ["Vouliez-vous écrire «\u00a0extrait-absent\u00a0»"]),
        ("derogation --enregistrement RNCP12345 --constat extrait-absent", ["Il manque l’option --motif"]),
        (
            "derogation --enregistrement RNCP12345 --constat extrait-absent --motif x --fonction y --jusqu-au 2026-11-19",
            ["--jusqu-au\u00a0: «\u00a02026-11-19\u00a0» est déjà passé"],
        ),
        ("certification", ["Il manque NUMÉRO", "RNCP12345"]),
        ("certification RNCP12345", ["«\u00a0RNCP12345\u00a0» existe déjà"]),
        ("certification rncp9", ["NUMÉRO\u00a0: "]),
        ("certification RNCP9 --intitule x", ["Il manque l’option --type"]),
        ("certification RS9 --niveau 6", ["--niveau\u00a0: une certification du RS n’a pas de niveau"]),
        ("certification RNCP9 --intitule x --type sur_demande --niveau 9", ["--niveau\u00a0: ", "8 au plus"]),
        ("certification RNCP9 --intitule x --type sur_demande --domaine y", ["--domaine\u00a0: "]),
        ("certification RNCP9 --intitule x --type sur_demande --fin 2027", ["--fin\u00a0: "]),
        ("exigence", ["Il manque IDENTIFIANT"]),
        ("exigence ex-essai", ["IDENTIFIANT\u00a0: "]),
        ("exigence EX-ESSAI --titre x --texte y --enonce z --force obligation", ["--force\u00a0: ", "loi, reglement, doctrine ou usage"]),
        ("consei", ["commande inconnue", "Vouliez-vous écrire «\u00a0conseil\u00a0»"]),
    ],
)  # fmt: skip
def test_a_refusal_names_the_option_and_writes_nothing(arguments: str, expected: list[str], project: Path, portail: Portail) -> None:
    """Without terminal, what is missing or wrong is one French sentence, exit code 1, and every byte stays."""
    (project / "vide.pdf").touch()
    before = tree(project)
    code, _, err = portail("nouveau", *arguments.split())
    assert code == 1
    for text in expected:
        assert text in err
    assert "Traceback" not in err
    assert len(err.strip().splitlines()) == 1
    assert tree(project) == before


@pytest.mark.parametrize(
    ("verb", "option", "metavar"),
    [
        (verb.__name__, parameter.opts[0], parameter.metavar)
        for verb in NOUVEAU
        for parameter in typer.main.get_command(nouveau).commands[verb.__name__].params  # type: ignore[attr-defined]
        if parameter.opts[0].startswith("--") and parameter.metavar and parameter.opts[0] != "--role"
    ],
)
def test_an_option_without_value_says_what_it_needs(verb: str, option: str, metavar: str, project: Path, portail: Portail) -> None:
    """Given empty, an option is neither absent nor a line to remove from a file."""
    before = tree(project)
    for empty in ("", "  "):
        code, out, err = portail("nouveau", verb, option, empty)
        assert (code, out) == (1, "")
        assert err.startswith(f"L’option {option} n’a pas de valeur. Écrivez {option} {metavar}. ")
        assert len(err.splitlines()) == 1
    assert tree(project) == before


def test_an_empty_argument_says_what_it_needs(project: Path, portail: Portail) -> None:
    """The number of a certification too."""
    code, _, err = portail("nouveau", "certification", "")
    assert code == 1
    assert err == "NUMÉRO est vide. Donnez ce qu’il faut\u00a0: numéro de la fiche, par exemple RNCP12345.\n"
    assert project.is_dir()


def test_a_needed_answer_is_asked_again(project: Path, portail: Portail) -> None:
    """Spaces are no answer."""
    code, out, _ = portail("nouveau", "action", answers=["   ", "Former", "", "formation", "", "", "", ""])
    assert code == 0
    assert "  Cette réponse est nécessaire.\n" in out
    assert loaded(project).actions["A-2026-005"].intitule == "Former"


def test_years_are_those_of_the_records() -> None:
    """The first and the last year that a record may name are accepted, the ones around are not."""
    accepts = TypeAdapter(Annee).validate_python
    assert (accepts(FIRST_YEAR), accepts(LAST_YEAR)) == (FIRST_YEAR, LAST_YEAR)
    for year in (FIRST_YEAR - 1, LAST_YEAR + 1):
        with pytest.raises(ValidationError):
            accepts(year)


@pytest.mark.parametrize("day", ["1950-01-01", "2100-12-31"])
def test_the_ends_of_the_calendar_hold(day: str, project: Path, portail: Portail) -> None:
    """The first and the last day accepted make a session, whatever is counted from them."""
    limits = project / "data/organisme.yml"
    limits.write_text(limits.read_text("utf-8") + "parametres: {delai_convocation_jours: 999999}\n", "utf-8")
    code, _, err = portail("nouveau", "conseil", "--certification", "RNCP12345", "--date", day)
    assert code == 0, err


def test_a_fifo_is_no_document(project: Path, portail: Portail) -> None:
    """Nothing waits for ever on what is not a file."""
    os.mkfifo(project / "tuyau")
    code, _, err = portail("nouveau", "preuve", "tuyau", "--type", "autre", "--titre", "x")
    assert code == 1
    assert "n’est pas un fichier ordinaire" in err


def test_oui_never_asks(project: Path, portail: Portail) -> None:
    """At a terminal too, --oui refuses what is missing instead of asking."""
    code, _, err = portail("nouveau", "action", "--oui", answers=[])
    assert code == 1
    assert "--intitule" in err
    assert project.is_dir()


def test_errors_of_the_project_come_first(project: Path, portail: Portail) -> None:
    """Nothing can be checked against records that cannot be read: they are listed, and nothing is written."""
    (project / "data/actions/A-2026-001.yml").write_text("intitule: x\n", "utf-8")
    before = tree(project)
    code, _, err = portail("nouveau", "action", "--intitule", "x", "--nature", "formation")
    assert code == 1
    assert "data/actions/A-2026-001.yml:1:1: " in err
    assert tree(project) == before


def test_a_file_in_the_way_is_never_replaced(project: Path, portail: Portail) -> None:
    """A record in a sub-folder keeps its id, and a document that no record names keeps its bytes."""
    (project / "data/certifications/anciennes").mkdir()
    (project / "data/certifications/RS1234.yml").rename(project / "data/certifications/anciennes/RS1234.yml")
    code, _, err = portail("nouveau", "certification", "RS1234", "--intitule", "x", "--type", "sur_demande")
    assert code == 1
    assert "data/certifications/anciennes/RS1234.yml" in err
    (project / "data/preuves/2026").mkdir(parents=True)
    (project / "data/preuves/2026/PR-2026-001-r1.yml.txt").write_text("à moi", "utf-8")
    code, _, err = portail("nouveau", "preuve", "mkdocs.yml", "--type", "autre", "--titre", "x")
    assert code == 1
    assert "data/preuves/2026/PR-2026-001-r1.yml.txt existe déjà" in err
    assert (project / "data/preuves/2026/PR-2026-001-r1.yml.txt").read_text("utf-8") == "à moi"


def test_hostile_texts_are_only_texts(project: Path, portail: Portail) -> None:
    """Quotes, braces, tags, controls of YAML: read back unchanged; a line break or a control character is refused."""
    text = "« a: b » # c {{ d }} <script>e</script> 'f' \"g\" \\ & * ! % @ `"
    assert portail("nouveau", "action", "--intitule", text, "--nature", "formation", "--origine", "- [x]: {y}")[0] == 0
    action = loaded(project).actions["A-2026-005"]
    assert action.intitule == text
    assert action.origine.autre == "- [x]: {y}"
    for wrong in ("deux\nlignes", "cloche\a"):
        code, _, err = portail("nouveau", "action", "--intitule", wrong, "--nature", "formation")
        assert code == 1
        assert "--intitule" in err or "caractère invisible" in err


def test_a_person_at_a_real_terminal(project: Path) -> None:
    """Through a pseudo-terminal: questions in French, answers typed, one record written."""
    pty = pytest.importorskip("pty")
    master, slave = pty.openpty()
    clean = {key: value for key, value in os.environ.items() if key != "CI"}
    command = [str(Path(sys.executable).parent / "portail"), "nouveau", "derogation"]
    with subprocess.Popen(command, cwd=project, stdin=slave, stdout=slave, stderr=slave, env=clean | {"TERM": "dumb"}) as process:
        os.close(slave)
        said = ""
        for question, answer in (
            ("Identifiant de la fiche", "RS1234"),
            ("Code du constat", "extrait-absent"),
            ("Pourquoi accepter", "Attente"),
            ("Fonction qui", "direction"),
            ("Dernier jour", "2027-01-31"),
        ):
            said = _until(master, question)
            os.write(master, f"{answer}\n".encode())
        said = _until(master, "portail enregistrer")
        process.wait(timeout=30)
    assert process.returncode == 0
    assert "DER-2026-001.yml" in said
    assert loaded(project).derogations["DER-2026-001"].motif == "Attente"


def _until(terminal: int, expected: str) -> str:
    """Return what a terminal shows until `expected`, thirty seconds at most for each part."""
    said = b""
    while expected.encode() not in said:
        assert select.select([terminal], [], [], 30)[0], said.decode()
        said += os.read(terminal, 4096)
    return said.decode(errors="replace")


# Réclamations, audits


def test_a_complaint_says_by_when_to_answer(project: Path, portail: Portail) -> None:
    """Received today unless said otherwise; the last day to answer is told; an unknown cause is refused with the list."""
    said = ["--objet", "Convocation tardive", "--origine", "candidat", "--cause", "organisation_epreuves", "--gravite", "moyenne"]
    code, out, _ = portail("nouveau", "reclamation", *said, "--date", "2026-03-02", "--certification", "RNCP12345")
    assert code == 0
    assert "Réponse à donner au plus tard le 1er\u00a0avril\u00a02026" in out
    (name,) = [path.name for path in (project / "data/reclamations").glob("*.yml")]
    data = plain(project, f"data/reclamations/{name}")
    assert (data["date"], data["cause"], data["certifications"]) == ("2026-03-02", "organisation_epreuves", ["RNCP12345"])
    code, _, err = portail("nouveau", "reclamation", *said[:5], "organisation", *said[6:])
    assert code == 1
    assert "organisation_epreuves" in err


def test_an_audit_numbers_its_requests(project: Path, portail: Portail) -> None:
    """Each request is one entry, with the last day they share; a last day without request has nothing to be about."""
    said = ["--titre", "Contrôle sur pièces", "--nature", "france_competences", "--repondre-avant", "2026-12-04"]
    code, out, _ = portail("nouveau", "audit", *said, "--demande", "Transmettre les actes", "--demande", "Expliquer, en détail")
    assert code == 0
    assert "AUD-2026-01 Contrôle sur pièces" in out
    data = plain(project, "data/audits/AUD-2026-01.yml")
    assert data["demandes"] == [
        {"id": "Q1", "texte": "Transmettre les actes", "repondre_avant": "2026-12-04"},
        {"id": "Q2", "texte": "Expliquer, en détail", "repondre_avant": "2026-12-04"},
    ]
    code, _, err = portail("nouveau", "audit", *said)
    assert code == 1
    assert "--demande" in err


EVALUATION = ["nouveau", "evaluation", "--exigence", "EX-VAE", "--statut", "conforme", "--fonction", "direction", "--motif", "Jurys relus."]
EX_VAE = (
    "titre: VAE\ntexte: Code\nenonce: La VAE.\nforce: reglement\ncertitude: a_confirmer\nrepertoires: [RNCP]\nverifiee_le: 2026-11-01\n"
)


def test_an_assessment_is_written(project: Path, portail: Portail) -> None:
    """It bears the day, and a good status without proof is pointed at; with a proof, nothing is."""
    (project / "data/exigences").mkdir(exist_ok=True)
    (project / "data/exigences/EX-VAE.yml").write_text(EX_VAE, "utf-8")
    code, out, err = portail(*EVALUATION, "--certification", "RNCP12345", "--reexamen", "2027-11-20")
    assert (code, err) == (0, "")
    assert "à vérifier\u00a0: ce statut conforme ne cite aucune preuve" in out
    found = loaded(project).evaluations["EV-2026-001"]
    assert (found.exigence, found.certification, found.statut, str(found.date)) == ("EX-VAE", "RNCP12345", "conforme", "2026-11-20")
    assert str(found.reexamen) == "2027-11-20"


def test_an_assessment_of_what_does_not_bind_is_told(project: Path, portail: Portail) -> None:
    """It is written, since somebody may know better, and said not to count."""
    (project / "data/exigences").mkdir(exist_ok=True)
    (project / "data/exigences/EX-VAE.yml").write_text(EX_VAE, "utf-8")
    code, out, _ = portail(*EVALUATION, "--certification", "RS1234")
    assert code == 0
    assert "EX-VAE est sans objet pour RS1234 au 20\u00a0novembre\u00a02026 (ne concerne que l’autre répertoire)" in out


def test_a_former_fiche_may_be_assessed(project: Path, portail: Portail) -> None:
    """A number of a lineage without record is refused or written, never a programming error."""
    (project / "data/exigences").mkdir(exist_ok=True)
    (project / "data/exigences/EX-VAE.yml").write_text(EX_VAE, "utf-8")
    _, _, err = portail(*EVALUATION, "--certification", "RNCP12300")
    assert "Traceback" not in err
