"""Two texts compared word by word lose nothing, invent nothing, and stay readable."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from macros.models.mots import Fragment, Sort, kept_share, side, word_changes

WORDS = st.lists(
    st.sampled_from(["le", "bloc", "épreuve", "l’écrit", ",", "\n", "- C1.1", "sous-titre", "<b>", "\u00a0:", "é", "🙂"]), max_size=40
)
TEXTS = st.one_of(st.text(max_size=200), WORDS.map(" ".join))


def joined(fragments: tuple[Fragment, ...]) -> str:
    """Return the text of fragments."""
    return "".join(fragment.texte for fragment in fragments)


@given(TEXTS, TEXTS)
@settings(max_examples=300, deadline=None)
def test_both_texts_are_whole(avant: str, apres: str) -> None:
    """Kept and deleted make the old text, kept and inserted the new one; no fragment is empty, no two neighbours are alike."""
    found = word_changes(avant, apres)
    old, new = side(found, Sort.AJOUTE), side(found, Sort.SUPPRIME)
    assert (joined(old), joined(new)) == (avant, apres)
    for view in (found, old, new):
        assert all(fragment.texte for fragment in view)
        assert all(a.sort is not b.sort for a, b in pairwise(view))
    assert 0 <= kept_share(found) <= 1


@given(TEXTS)
def test_a_text_is_like_itself(text: str) -> None:
    """The same text twice is kept whole."""
    found = word_changes(text, text)
    assert found == ((Fragment(Sort.GARDE, text),) if text else ())
    assert kept_share(found) == 1


def test_a_change_is_told_by_word() -> None:
    """A word is deleted or inserted whole; what did not move is kept, even between two changes."""
    found = word_changes("aux choix de contenus et d’architecture", "aux choix de contenus, d’architecture et d’hébergement")
    assert [(f.sort.value, f.texte) for f in found] == [
        ("garde", "aux choix de contenus"),
        ("supprime", " et"),
        ("ajoute", ","),
        ("garde", " d’architecture"),
        ("ajoute", " et d’hébergement"),
    ]


def test_a_short_word_alone_between_two_changes_is_not_kept() -> None:
    """`rouge et vert` become `bleu et noir` is one change, not two around `et`."""
    found = word_changes("il est rouge et vert aujourd’hui", "il est bleu et noir aujourd’hui")
    assert [f.texte for f in found] == ["il est ", "rouge et vert", "bleu et noir", " aujourd’hui"]


def test_what_texts_share_is_counted_in_letters() -> None:
    """`abcd ef` against `abcd gh`: 4 letters kept twice of 4 + 4 + 2 + 2 = 12, that is 8 / 12."""
    assert kept_share(word_changes("abcd ef", "abcd gh")) == 8 / 12


def test_the_longest_texts_are_compared_whole() -> None:
    """Twelve thousand characters on each side, few different words, are compared without being cut."""
    avant = "module épreuve compétence " * 460
    apres = "épreuve compétence module " * 460
    found = word_changes(avant, apres)
    assert len(avant) > 11_900
    assert (joined(side(found, Sort.AJOUTE)), joined(side(found, Sort.SUPPRIME))) == (avant, apres)
