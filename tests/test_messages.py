"""Every sentence told to a person: French, punctuated, with what to do, on one line, safe for any value."""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros import messages

FUNCTIONS = {
    name: function for name, function in vars(messages).items() if inspect.isfunction(function) and function.__module__ == messages.__name__
}
SENTENCES = {name: function for name, function in FUNCTIONS.items() if not name.startswith("_") and name not in {"quote", "nearest"}}
TOLD = {
    name
    for folder in ("records", "portal")
    for path in (Path(messages.__file__).parent / folder).rglob("*.py")
    for name in re.findall(r"\bmessages\.(\w+)", path.read_text("utf-8"))
} - {"at_least", "at_most", "error_count", "nearest"}
"""Sentences about records and pages; the others belong to commands, which also ask questions and report success."""

_SAMPLES: dict[str, Any] = {
    "str": "intitule",
    "int": 12,
    "object": "une valeur",
    "Iterable[str]": ["un", "deux"],
    "list[str]": ["un", "deux"],
    "bool": True,
}


def say(name: str, text: str = "intitule") -> str:
    """Return a sentence with sample values, `text` for each text."""
    samples = {**_SAMPLES, "str": text, "object": text}
    arguments = [samples.get(str(parameter.annotation), text) for parameter in inspect.signature(SENTENCES[name]).parameters.values()]
    return str(SENTENCES[name](*arguments))


@pytest.mark.parametrize("name", sorted(TOLD))
def test_a_sentence_is_french(name: str) -> None:
    """It ends by a full stop or a question mark or an example, on one line, with French spaces and quotes."""
    sentence = say(name)
    assert "\n" not in sentence
    assert re.search(r"[.?!»\"]$|[a-z/0-9-]$", sentence), sentence
    assert not re.search(r"(?<=\S) [;!?»]|« ", sentence), sentence
    assert not re.search(r"(?<=[^\W\d_]) :(?= )", sentence.replace('": ', "")), sentence
    assert "invalide" not in sentence.lower()


@pytest.mark.parametrize("name", sorted(TOLD))
def test_a_sentence_says_what_to_do(name: str) -> None:
    """No sentence stops at the fault: it asks for something, or gives the values or the form that are expected."""
    assert re.search(r"[a-zé]+ez\b|attendue?s?\b|possibles|connus", say(name)), say(name)


@given(st.text(max_size=300))
def test_quotes_stay_on_one_short_line(text: str) -> None:
    """Any value is quoted between guillemets, on one line, shortened when long."""
    quoted = messages.quote(text)
    assert quoted.startswith("«\u00a0")
    assert quoted.endswith("\u00a0»")
    assert len(quoted.splitlines()) == 1
    assert len(quoted) <= 64


@given(st.text(max_size=400), st.lists(st.text(max_size=20), max_size=6))
def test_the_nearest_is_a_candidate(word: str, candidates: list[str]) -> None:
    """The suggestion is one of the candidates or nothing, whatever the word."""
    found = messages.nearest(word, candidates)
    assert found is None or found in candidates


@pytest.mark.parametrize(
    ("word", "expected"),
    [("intitulle", "intitule"), ("INTITULE", "intitule"), ("date_fin_enregistrment", "date_fin_enregistrement"), ("zzz", None), ("", None)],
)
def test_the_nearest_is_what_was_meant(word: str, expected: str | None) -> None:
    """A slip of the finger finds its key, a word from nowhere finds none."""
    assert messages.nearest(word, ["intitule", "niveau", "date_fin_enregistrement"]) == expected


def test_the_nearest_does_not_depend_on_order() -> None:
    """Sets come in any order; the suggestion is always the same."""
    assert messages.nearest("RNCP1", ["RNCP12", "RNCP13"]) == messages.nearest("RNCP1", ["RNCP13", "RNCP12"])


@pytest.mark.parametrize(("value", "shown"), [('dit "non" : ici', r'"dit \"non\" : ici"'), ("c:\\dossier : ici", r'"c:\\dossier : ici"')])
def test_the_line_to_copy_can_be_copied(value: str, shown: str) -> None:
    """The quoted form offered for a spaced colon is YAML that gives the value back."""
    assert f"titre: {shown}" in messages.spaced_colon("titre", value)


def test_every_syntax_reason_is_told_apart() -> None:
    """Each English reason of the parser has its own sentence; an unknown one has a general sentence."""
    assert messages.syntax("something new").startswith("cette ligne n’est pas lisible")
    assert all(messages.syntax(f"while parsing, {english} here") == french for english, french in messages._SYNTAX.items())
