"""Flattened texts: no word lost or invented, lists readable, nothing interpreted by Markdown."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from markdown_it import MarkdownIt

from macros.flattened import restore, words

MARKDOWN = MarkdownIt("commonmark", {"html": False})
EXTRACTS = sorted((Path(__file__).parents[2] / "shared" / "donnees").glob("*.xml"))
FLATTENED = st.lists(
    st.sampled_from(
        [
            " ",
            "  ",
            "    ",
            "\n",
            "\n\n",
            "\t",
            "- ",
            "* ",
            "• ",
            "-",
            "*",
            "_",
            "__",
            "#",
            ">",
            "+",
            "=",
            "`",
            "~~",
            "|",
            "\\",
            "[",
            "]",
            "(",
            ")",
            "<",
            "&",
            "&amp;",
            "é",
            "!",
            "A1C1.",
            "C1.1",
            "1.",
            "2)",
            "1.1",
            "12",
            "mot",
            "Mot",
            ":",
            ";",
            ".",
            ",",
            "http://a_b.fr",
            "<b>",
            "’",
            "\xa0",
            "{{",
            "---",
            "===",
            "\r\n",
            "\u2028",
            "\x00",
            "a)",
            "—",
            "–",
        ],
    ),
    max_size=40,
).map("".join)


def rendered_words(text: str) -> list[str]:
    """Return the words a reader sees once `text` is rendered."""
    page = re.sub(r"<[^<>]*>", " ", MARKDOWN.render(text))
    return words(html.unescape(page))


CASES = {
    "paragraphs": ("Une phrase.    Une autre.", "Une phrase.\n\nUne autre."),
    "bullets": ("Points :  * un  * deux", "Points :\n\n- un\n- deux"),
    "glyphs after one space": ("Métiers : ● Architecte ● Analyste", "Métiers :\n\n- Architecte\n- Analyste"),
    "dashes after punctuation": ("Le jury : - un président ; - deux pairs", "Le jury :\n\n- un président ;\n- deux pairs"),
    "competences": ("C1. Lire    C1.1 Relire    A1C1. Dire", "- C1. Lire\n- C1.1 Relire\n- A1C1. Dire"),
    "bullet and number": ("* C1. Lire  * C2. Écrire", "- C1. Lire\n- C2. Écrire"),
    "number without space": ("A1C2.Apprécier    A1C3.Agir", "- A1C2.Apprécier\n- A1C3.Agir"),
    "plain numbers stay literal": ("3. Trois    4. Quatre", "- 3\\. Trois\n- 4\\. Quatre"),
    "numbers in a sentence of competences": ("C1.1 Analyser le besoin. C1.2 Rédiger.", "- C1.1 Analyser le besoin.\n- C1.2 Rédiger."),
    "nested bullets": ("C1. Lire :  - un  - deux  C2. Dire", "- C1. Lire :\n  - un\n  - deux\n- C2. Dire"),
    "a lone number opens a part": ("A1. Vendre    Le vendeur vend.", "A1. Vendre\n\nLe vendeur vend."),
    "an accident inside a sentence": ("les   modalités  qu’il juge", "les modalités qu’il juge"),
    "a long run parts even lower-case items": ("régisseur    éclairagiste", "régisseur\n\néclairagiste"),
    "lost bullets": (
        "Le titulaire sait :    Lire un plan    Poser un mur    Finir un sol    Il est mobile.",
        "Le titulaire sait :\n\n- Lire un plan\n- Poser un mur\n- Finir un sol\n\nIl est mobile.",
    ),
    "strike-through of other dialects": ("a ~~b~~ ~c", "a \\~~b\\~~ ~c"),
    "punctuation never opens a block": ("conférences    ; puis", "conférences ; puis"),
    "a bullet apart from its text": ("-    Lire    -    Dire", "- Lire\n- Dire"),
    "line breaks": ("Une ligne\nsuite.\nAutre ligne\n\nFin", "Une ligne suite.\n\nAutre ligne\n\nFin"),
    "a count is not a number": ("2 membres    3 membres", "2 membres\n\n3 membres"),
    "a dash in a name": ("Le CELTA - Certificat - est là", "Le CELTA - Certificat - est là"),
    "a reference is not a number": ("Les compétences A4C1 à A4C7 et L. 6113-5", "Les compétences A4C1 à A4C7 et L. 6113-5"),
    "escapes": ("# titre *gras* <b> [x](y) a_b", "\\# titre \\*gras\\* \\<b> \\[x](y) a_b"),
    "nothing": ("  * ", ""),
}


@pytest.mark.parametrize(("flat", "expected"), CASES.values(), ids=CASES)
def test_known_shapes(flat: str, expected: str) -> None:
    """Each shape seen in the published texts has one readable form."""
    assert restore(flat) == expected


@settings(max_examples=500)
@given(st.one_of(FLATTENED, st.text()))
def test_same_words(flat: str) -> None:
    """Restoring neither loses nor invents a word."""
    assert words(restore(flat)) == words(flat)


@settings(max_examples=500)
@given(FLATTENED)
def test_markdown_shows_each_word(flat: str) -> None:
    """Markdown renders the restored text with the same words: no marker is swallowed, no tag or entity appears."""
    assert rendered_words(restore(flat)) == words(flat)


@given(FLATTENED)
def test_only_paragraphs_and_lists(flat: str) -> None:
    """Nothing but paragraphs and bullet lists comes out: no code, heading, rule, emphasis, link or numbered list."""
    tags = set(re.findall(r"<(\w+)", MARKDOWN.render(restore(flat))))
    assert tags <= {"p", "ul", "li"}


@pytest.mark.skipif(not EXTRACTS, reason="the real extracts are not on this machine")
@pytest.mark.parametrize("path", EXTRACTS, ids=lambda path: path.name)
def test_real_texts(path: Path) -> None:
    """Every text of the real extracts keeps its words, restored and rendered."""
    seen = {element.text for element in etree.parse(path).iter() if not len(element) and element.text}
    assert len(seen) > 100
    for text in seen:
        restored = restore(text)
        assert words(restored) == words(text)
        assert rendered_words(restored) == words(text)


@pytest.mark.parametrize("unit", [" ", "- ", "1.1 ", "mot  ", "A1.", "_", "* ", "\n", ": - x ", "A1C1.", "\t\n", "&a"])
def test_hostile_repetitions_lose_no_word(unit: str) -> None:
    """A text of 20,000 characters made of one fragment keeps its words (tests/bench/textes.py measures that time stays linear)."""
    text = unit * (20_000 // len(unit))
    assert words(restore(text)) == words(text)
