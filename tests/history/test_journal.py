"""The journal: every saved change of every record, told once, cheaply, and to those who may read it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from macros.history.compared import NON_DIFFUSE, TEXTE, FieldChange
from macros.history.fragments import UNREAD, Fragment, changed_fragments
from macros.history.journal import Journal, read_journal
from macros.history.log import head_of
from macros.history.passe import Manque
from macros.models.base import Visibilite
from macros.models.preuve import TypePreuve
from macros.models.referentiel import NatureEvolution
from macros.models.seance import Theme
from macros.portal.engine import PAST
from macros.portal.passe import KEPT, journal_of
from macros.portal.state import open_portal
from macros.records.reading import read_bytes
from macros.views.journal import build_journal_certification, build_journal_recent
from macros.views.valeurs import _choice
from tests.cases.site import reference_date
from tests.history.depot import depot

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from macros.history.passe import Passe
    from macros.views.context import Vue

ACTION = "intitule: Revoir la grille\nnature: evaluation\ndate: 2026-01-15\necheance: {echeance}\nstatut: {statut}\ncertifications: [RNCP12345]\n"
CHEMIN = "data/actions/A-2026-001.yml"


def action(echeance: str = "2026-06-30", statut: str = "planifiee", plus: str = "") -> str:
    """Return an action record."""
    return ACTION.format(echeance=echeance, statut=statut) + plus


def read(raw: bytes) -> Mapping[str, Any] | None:
    """Return the plain values of a text."""
    return read_bytes(raw, "").data


def journal(folder: Path, known: Journal | None = None) -> Journal:
    """Return the journal of a project."""
    return read_journal(folder, head_of(folder), read, known)


def past(folder: Path, audience: Visibilite) -> Passe:
    """Return what an audience reads of the past of a project."""
    return vue(folder, audience).passe


def vue(folder: Path, audience: Visibilite) -> Vue:
    """Return the pages' data of a project with its history."""
    state = open_portal(folder, audience, reference_date, PAST)
    assert state.vue is not None, state.problems
    return state.vue


def test_each_change_is_told_with_its_day_and_its_values(tmp_path: Path) -> None:
    """A due date moved, a state changed, then a note added: three entries, latest first, each with what was before and after."""
    project = depot(tmp_path, {CHEMIN: action()})
    project.save({CHEMIN: action("2026-09-30", "en_cours")})
    project.save({CHEMIN: action("2026-09-30", "en_cours", "avancement:\n  - date: 2026-11-03\n    texte: Moitié faite\n")})
    told = [(e.day, e.verb, e.changes) for e in journal(tmp_path).entries if e.id == "A-2026-001"]
    assert told == [
        (
            "2026-11-03",
            "modification",
            (FieldChange(("avancement",), None, [{"date": "2026-11-03", "texte": "Moitié faite"}]),),
        ),
        (
            "2026-11-02",
            "modification",
            (FieldChange(("echeance",), "2026-06-30", "2026-09-30"), FieldChange(("statut",), "planifiee", "en_cours")),
        ),
        ("2026-11-01", "ajout", ()),
    ]


def test_a_page_says_it_in_french(tmp_path: Path) -> None:
    """« échéance : 30 juin → 30 septembre 2026 », as the issue of a person who looks for it."""
    project = depot(tmp_path, {CHEMIN: action()})
    project.save({CHEMIN: action("2026-09-30")})
    view = build_journal_recent(vue(tmp_path, Visibilite.INTERNE))
    first = view.lignes[0]
    assert (first.changements[0].libelle, first.changements[0].avant, first.changements[0].apres) == (
        "échéance",
        "30\u00a0juin",
        "30\u00a0septembre\u00a02026",
    )
    assert first.auteur == "Camille Auteur"


def test_a_certification_tells_its_records_together(tmp_path: Path) -> None:
    """The journal of a certification holds the changes of what names it, not those of others."""
    project = depot(tmp_path, {CHEMIN: action()})
    other = action().replace("RNCP12345", "RS1234")
    project.save(
        {
            "data/actions/A-2026-002.yml": other,
            "data/certifications/RS1234.yml": "numero: RS1234\nintitule: Autre\nrepertoire: RS\ntype_enregistrement: sur_demande\n",
        }
    )
    found = vue(tmp_path, Visibilite.AUDITEUR)
    view = build_journal_certification(found, found.registre.certifications["RNCP12345"])
    assert view
    assert {fiche.texte for line in view.lignes for fiche in line.fiches} == {"RNCP12345", "A-2026-001"}


def test_renames_are_followed(tmp_path: Path) -> None:
    """A record put in another folder has no entry for it; one that took another number keeps its past under the new one."""
    project = depot(tmp_path, {CHEMIN: action()})
    project.save({CHEMIN: action("2026-09-30")})
    project.save({CHEMIN: None, "data/actions/2026/A-2026-001.yml": action("2026-09-30")})
    project.save({"data/actions/2026/A-2026-001.yml": None, "data/actions/A-2026-009.yml": action("2026-10-31")})
    told = [(e.id, e.verb, e.former, len(e.changes)) for e in journal(tmp_path).entries if e.collection == "actions"]
    assert told == [
        ("A-2026-009", "modification", "A-2026-001", 1),
        ("A-2026-009", "modification", "", 1),
        ("A-2026-009", "ajout", "", 0),
    ]


def test_what_is_kept_gives_the_same_journal(tmp_path: Path) -> None:
    """Read at once, or from what was kept of an earlier state, or of another branch: the same entries."""
    project = depot(tmp_path, {CHEMIN: action()})
    earlier = journal(tmp_path)
    project.save({CHEMIN: action("2026-09-30")})
    project.git("checkout", "-q", "-b", "autre")
    aside = journal(tmp_path, earlier)
    project.git("checkout", "-q", "main")
    project.save({CHEMIN: None, "data/actions/A-2026-009.yml": action("2026-10-31")})
    whole = journal(tmp_path)
    assert journal(tmp_path, earlier) == whole
    assert journal(tmp_path, aside) == whole
    project.git("checkout", "-q", "autre")
    assert journal(tmp_path, whole) == aside


def test_a_kept_journal_is_read_back_and_a_wrong_one_is_not_believed(tmp_path: Path) -> None:
    """The file of the cache gives the same journal; altered, it is made again."""
    depot(tmp_path, {CHEMIN: action()})
    first = journal_of(tmp_path)
    kept = tmp_path / KEPT
    assert journal_of(tmp_path) == first
    kept.write_text(kept.read_text("utf-8").replace("A-2026-001", "A-2026-999"), "utf-8")
    assert journal_of(tmp_path) == first
    kept.write_text("", "utf-8")
    assert journal_of(tmp_path) == first


def test_without_history_the_page_says_so(tmp_path: Path) -> None:
    """No repository: the build goes on, and the page says that there is no history."""
    project = depot(tmp_path / "projet")
    (project.folder / ".git").rename(tmp_path / "ailleurs")
    found = vue(project.folder, Visibilite.INTERNE)
    assert found.passe.manque is Manque.SANS_HISTORIQUE
    assert build_journal_recent(found).manque


def test_in_a_shallow_clone_the_page_says_so(tmp_path: Path) -> None:
    """A copy without its old versions tells what it has, and that something is missing."""
    project = depot(tmp_path / "projet", {CHEMIN: action()})
    project.save({CHEMIN: action("2026-09-30")})
    project.git("clone", "-q", "--depth", "1", f"file://{project.folder}", str(tmp_path / "copie"))
    found = vue(tmp_path / "copie", Visibilite.INTERNE)
    assert found.passe.manque is Manque.COUPE
    assert "incomplet" in build_journal_recent(found).manque[0]


def test_outside_neither_author_nor_former_text(tmp_path: Path) -> None:
    """An auditor reads dates, states, numbers and links; a name typed in a text, in a date, in a state, in a key, is nowhere."""
    name = "SecretDupont"
    project = depot(tmp_path, {CHEMIN: action()})
    project.save({CHEMIN: action(plus=f"description: Demandé par {name}\nresponsable: {name}\npriorite: basse\n")}, f"par {name}")
    project.save({CHEMIN: action(name, name, f"{name}: oui\ncritere: {name}\n")})
    project.save({CHEMIN: action("2026-09-30", plus="responsable: responsable des épreuves\n")})
    told = past(tmp_path, Visibilite.AUDITEUR).entries
    changes = {change.path: (change.before, change.after) for entry in told if entry.day == "2026-11-02" for change in entry.changes}
    assert changes == {("description",): (None, TEXTE), ("responsable",): (None, TEXTE), ("priorite",): (None, "basse")}
    assert name not in json.dumps(told)
    assert "Camille" not in json.dumps(told)
    assert name in json.dumps(past(tmp_path, Visibilite.INTERNE).entries)


def test_what_was_internal_stays_so(tmp_path: Path) -> None:
    """Changes made while a record was internal are not told outside, nor links to what is hidden, nor what followed hidden records."""
    hidden = "numero: RS1234\nintitule: Cachée\nrepertoire: RS\ntype_enregistrement: sur_demande\nvisibilite: interne\n"
    closed = "visibilite: interne\n"
    project = depot(
        tmp_path, {CHEMIN: action(plus=closed), "data/certifications/RS1234.yml": hidden, "data/preuves/PR-2026-001.yml": PREUVE + closed}
    )
    project.save({CHEMIN: action("2026-07-01", plus=closed)})
    project.save({CHEMIN: action("2026-08-01")})
    project.save({CHEMIN: action("2026-09-01", plus="preuves: [PR-2026-001]\n")})
    told = [e for e in past(tmp_path, Visibilite.AUDITEUR).entries if e.collection == "actions"]
    assert [(e.day, [c.after for c in e.changes]) for e in told] == [("2026-11-04", ["2026-09-01", [NON_DIFFUSE]])]
    project.save({CHEMIN: action("2026-10-01").replace("RNCP12345", "RS1234")})
    project.save({CHEMIN: action("2026-11-01")})
    assert [e for e in past(tmp_path, Visibilite.AUDITEUR).entries if e.collection == "actions"] == []


PREUVE = "type: autre\ntitre: Note\ndate: 2026-01-15\n"


@pytest.mark.parametrize("audience", [Visibilite.AUDITEUR, Visibilite.PUBLIC])
def test_local_files_and_removed_records_are_not_told_outside(tmp_path: Path, audience: Visibilite) -> None:
    """A list of persons saved by mistake, a record removed since: nothing of them outside."""
    project = depot(tmp_path, {CHEMIN: action(), "data/personnes.local.yml": "personnes: []\n"})
    project.save({CHEMIN: None, "data/personnes.local.yml": None})
    assert {entry.collection for entry in past(tmp_path, audience).entries} <= {"certifications", "organisme"}
    assert "personnes" not in {entry.collection for entry in past(tmp_path, Visibilite.INTERNE).entries}


PLAIN = st.one_of(
    st.dates().map(str),
    st.sampled_from(
        ["oui", "12", "null", "~", "a: b", "# x", "l’été", "'", '"', "- a", "x:y", "[a]", "un # deux", " bord ", "ligne\nautre\n", "", "0"]
    ),
)
ITEM = st.dictionaries(st.sampled_from(["id", "date", "texte", "numero"]), PLAIN, min_size=1, max_size=3)
VALUE = st.one_of(PLAIN, st.lists(PLAIN, max_size=3), ITEM, st.lists(ITEM, max_size=4))
RECORD = st.dictionaries(st.sampled_from(["titre", "notes", "decisions", "pv", "visibilite", "statut"]), VALUE, min_size=1, max_size=5)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(old=RECORD, new=RECORD, style=st.sampled_from([{}, {"default_flow_style": None}, {"indent": 4}, {"width": 20}]))
def test_cutting_tells_what_reading_both_would(old: dict[str, Any], new: dict[str, Any], style: dict[str, Any]) -> None:
    """Whatever records hold and however they are laid, cutting them at their keys finds the changes that reading them whole finds."""
    before, after = (yaml.safe_dump(each, allow_unicode=True, sort_keys=False, **style).encode() for each in (old, new))
    whole = [(key, (read(before) or {}).get(key), (read(after) or {}).get(key)) for key in {*old, *new}]
    cut = [row for was, now in changed_fragments(before, after) for row in _rows(was, now)]
    assert _told(cut) == _told(whole)


def _rows(was: Fragment | None, now: Fragment | None) -> list[tuple[str, Any, Any]]:
    one = now or was
    assert one is not None
    before, after = (_value(part) if part else ([] if one.items else None) for part in (was, now))
    if one.key:
        return [(one.key, before, after)]
    return [(key, (before or {}).get(key), (after or {}).get(key)) for key in {*(before or {}), *(after or {})}]


def _value(part: Fragment) -> Any:
    if part.value is not UNREAD:
        return part.value
    found = read((f"e:\n{part.text}" if part.items else part.text).encode())
    return found.get("e" if part.items else part.key) if found and part.key else found


def _told(rows: list[tuple[str, Any, Any]]) -> list[Any]:
    """Return the keys that changed; of two lists, only what one has and the other has not."""
    found = []
    for key, before, after in rows:
        if isinstance(before, list) and isinstance(after, list):
            kept = [each for each in before if each not in after], [each for each in after if each not in before]
        else:
            kept = before, after
        if kept[0] != kept[1]:
            found.append(repr((key, *kept)))
    return sorted(found)


def test_records_that_came_together_stand_on_one_line(tmp_path: Path) -> None:
    """Fifteen records of one save are one line, which names twelve and counts the others."""
    depot(tmp_path, {f"data/actions/A-2026-{n:03}.yml": action() for n in range(1, 16)})
    view = build_journal_recent(vue(tmp_path, Visibilite.INTERNE))
    line = next(each for each in view.lignes if each.genre == "action")
    assert (line.titre, len(line.fiches), line.reste) == ("15\u00a0fiches", 12, "et 3\u00a0autres fiches")


@pytest.mark.parametrize(
    ("kind", "value", "word"),
    [
        (TypePreuve, "autre", "autre document"),
        (NatureEvolution, "autre", "autre"),
        (Theme, "coherence", Theme.COHERENCE.libelle),
        (None, "metier_emergent", "métier émergent"),
        (TypePreuve, "mot_oublie", "mot oublie"),
    ],
)
def test_a_value_has_the_word_of_its_own_enumeration(kind: type | None, value: str, word: str) -> None:
    """The same value may say two things; one that is no longer permitted is told as it was typed."""
    assert _choice(kind, value) == word
