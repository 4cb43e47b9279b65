"""Everything the project writes for readers is spelt as the French dictionary says, or as the project’s own list does."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from _pytest.outcomes import Failed, Skipped

from macros.models.base import Visibilite
from macros.portal.pages import long_forms
from macros.portal.state import open_portal
from tests.browser.sites import read_record, told
from tests.cases.site import reference_date
from tests.output.acronyms import words_of_records
from tests.output.spelling import OWN, ROOT, SpellingError, missing, misspelt, require, sentences_of, texts, unknown, values_of, words_of

if TYPE_CHECKING:
    from pathlib import Path

TOOLS = ("sh", "dirname", "id", "mktemp", "rm", "cat")
"""What the script needs; no package manager among them, so that nothing can be installed."""


@pytest.fixture(scope="module")
def own() -> list[str]:
    """The project’s own words."""
    return OWN.read_text("utf-8").splitlines()


@pytest.fixture(scope="module")
def elsewhere() -> set[str]:
    """Words that other files answer for: the acronyms of the lexique, the names that France compétences publishes in capitals."""
    acronyms = long_forms(open_portal(ROOT, Visibilite.PUBLIC, reference_date))
    extracts = words_of_records(read_record(path) for path in sorted((ROOT / "data" / "extraits").rglob("*.yml")))
    return {word for name in acronyms for word in name.split()} | {word for word in extracts if word.isupper()}


@pytest.fixture(scope="module")
def everything(site: Path) -> list[tuple[str, str]]:
    """All texts, after where each stands."""
    return list(texts(site))


def test_every_word_is_spelt_as_a_dictionary_says(everything: list[tuple[str, str]], own: list[str], elsewhere: set[str]) -> None:
    """Pages, hand-written sources, records, messages, templates. A right word that no dictionary knows goes to mots.txt, sorted."""
    require()
    found = misspelt(everything, {*own, *elsewhere})
    assert not found, told(f"{word}: {where}" for word, where in found.items())


def test_every_word_of_the_list_is_used_once_and_in_order(everything: list[tuple[str, str]], own: list[str]) -> None:
    """A word that nobody writes any more leaves the list."""
    assert own == sorted(set(own), key=lambda word: (word.casefold(), word))
    used = {word for _, text in everything for word in words_of(text)}
    used |= {word[:1].lower() + word[1:] for word in used}
    assert set(own) - used == set()


WRONG = [
    "orthografe",
    "réunnion",
    "Certificasion",
    "l’éxigence",
    "jusqu’à demein",
    "qu'il fallat",
    "rétro-planing",
    "bien-fondéé",
]


@pytest.mark.parametrize("text", WRONG)
def test_a_misspelt_word_is_found(text: str) -> None:
    """Whatever its case, its elided article, its apostrophe, its hyphen."""
    require()
    assert len(misspelt([("ici", f"Voici {text}.")], set())) == 1


@pytest.mark.parametrize(
    "text", ["aujourd’hui", "l’œuvre", "est-ce", "a-t-il", "faut-il", "quelqu’un", "c’est-à-dire", "d’abord", "Écart", "À"]
)
def test_a_right_word_is_let_through(text: str) -> None:
    """Typographic apostrophes, hyphens of verbs, ligatures and accented capitals are French."""
    assert misspelt([("ici", f"Voici {text}.")], set()) == {}


def test_the_list_of_the_project_frees_a_word() -> None:
    """As it is written there, and with a capital at the start of a sentence; not in another way."""
    found = [("a", "multiquoi Multiquoi"), ("b", "MULTIQUOI")]
    assert misspelt(found, {"multiquoi"}) == {"MULTIQUOI": "b"}


def test_what_is_typed_is_right_where_the_help_lists_it_only() -> None:
    """A key without accents is a mistake in a sentence of the handbook."""
    assert misspelt([("site/aide/fiches/actions/index.html", "Une clé\u00a0: reclamation, echeance.")], set()) == {}
    assert set(misspelt([("docs/manuel/actions.md", "Une reclamation, une echeance.")], set())) == {"reclamation", "echeance"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L’été, qu’il n’y eut d'abord.", ["été", "il", "eut", "abord"]),
        ("RNCP99001, A-2026-014, EX-CP-PV, TSSD2500795D, C2.3", []),
        ("https://exemple.fr/Abcd, www.exemple.fr, a.b@exemple.fr, data/preuves/Abc.pdf, fiche.yml, .xlsx", []),
        ("statut_en_cours, cle=valeur, « cle: valeur », « portail nouveau xyz », (clé echeance, ou reports)", []),
        ("cle", ["cle"]),
        ("enregistré\ufffc et \ufffc-le", ["et"]),
        ("Voir\u202f: «\u00a0non\u00a0»", ["Voir", "non"]),
        ("vice-président·e", ["vice-président"]),
        ("AAAA-MM-JJ, HH:MM", []),
    ],
)
def test_what_is_a_word(text: str, expected: list[str]) -> None:
    """Letters only, without what is elided before; identifiers, addresses, commands and words cut by a value apart."""
    assert list(words_of(text)) == expected


def test_the_texts_of_a_record_and_of_a_module_are_read() -> None:
    """At any depth; choices, dates, addresses, docstrings, names and keys apart."""
    record = {"statut": "en_cours", "date": "2026-11-20", "liste": [{"texte": "Un *texte*.", "fichier": "a.pdf"}], "titre": "Titre"}
    assert list(values_of(record)) == ["Un texte.", "Titre"]
    module = 'def f(n):\n    """Une docstring."""\n    names = {"a key of": "Une phrase."}\n    return f"Voici {n} choses." if n == "en_cours" else "Rien du tout."'
    assert set(sentences_of(module)) == {"Voici \ufffc choses.", "Une phrase.", "Rien du tout."}


def test_every_kind_of_source_is_read(everything: list[tuple[str, str]]) -> None:
    """Pages, their sources, records, messages, templates."""
    rooms = {"/".join(where.split("/")[:2]) for where, _ in everything}
    assert rooms >= {"site/index.html", "docs/manuel", "data/veille", "data/lexique.yml", "macros/messages.py", "macros/templates"}


def script(ci: str) -> subprocess.CompletedProcess[str]:
    """Run `.ci/orthographe.sh` without a terminal."""
    values = {"PATH": os.environ["PATH"], "CI": ci, "HOME": os.environ.get("HOME", "/")}
    command = ["/bin/sh", ".ci/orthographe.sh"]
    return subprocess.run(command, cwd=ROOT, env=values, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=60)


@pytest.fixture
def bare_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A PATH where the system is, and no hunspell."""
    for name in TOOLS:
        (tmp_path / name).symlink_to(shutil.which(name) or "")
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


@pytest.mark.usefixtures("bare_path")
@pytest.mark.parametrize(("ci", "outcome", "code"), [("true", Failed, 1), ("", Skipped, 0)])
def test_absence_is_a_failure_in_ci_and_a_skip_elsewhere(
    monkeypatch: pytest.MonkeyPatch, ci: str, outcome: type[BaseException], code: int
) -> None:
    """A test without hunspell fails in CI; elsewhere it is skipped; both say what to install, and so does the script."""
    monkeypatch.setenv("CI", ci)
    with pytest.raises(outcome, match="apt-get install hunspell"):
        unknown(["mot"])
    done = script(ci)
    assert done.returncode == code
    assert "apt-get install hunspell" in done.stderr


def test_a_dictionary_that_is_absent_is_missing(tmp_path: Path, bare_path: Path) -> None:
    """Hunspell alone reads no French."""
    program = bare_path / "hunspell"
    program.write_text("#!/bin/sh\nexit 1\n", "utf-8")
    program.chmod(0o755)
    assert missing()
    program.write_text("#!/bin/sh\ncat >/dev/null\n", "utf-8")
    assert not missing()
    program.write_text(f"#!/bin/sh\ncat >{tmp_path}/given\n[ -s {tmp_path}/given ] || exit 0\necho illisible >&2\nexit 1\n", "utf-8")
    with pytest.raises(SpellingError, match="illisible"):
        unknown(["mot"])


def test_make_calls_the_script_before_the_tests() -> None:
    """`make test` makes sure of hunspell before pytest starts; with it, the script says nothing."""
    lines = (ROOT / "Makefile").read_text("utf-8").splitlines()
    assert lines.index("\t@sh .ci/orthographe.sh") < next(i for i, line in enumerate(lines) if "-m pytest" in line)
    require()
    done = script("")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
