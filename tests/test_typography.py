"""French spaces in pages written by hand."""

from __future__ import annotations

import pytest
from markdown import Markdown


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Qualiopi : audit", "<p>Qualiopi\u00a0: audit</p>"),
        ("Vraiment ? *Oui !*", "<p>Vraiment\u202f? <em>Oui\u202f!</em></p>"),
        ("Dire « oui » ; puis non", "<p>Dire «\u00a0oui\u00a0»\u202f; puis non</p>"),
        ("Écrire `a : b` : ici", "<p>Écrire <code>a : b</code>\u00a0: ici</p>"),
        ("Voir http://exemple.fr : ici", "<p>Voir http://exemple.fr\u00a0: ici</p>"),
    ],
)
def test_prose_gets_french_spaces_and_code_none(typed: str, shown: str) -> None:
    """No-break spaces go before high punctuation and inside quotes; code is left as typed."""
    assert Markdown(extensions=["macros.typography"]).convert(typed) == shown


def test_headings_and_lists_get_them_too() -> None:
    """Every element of a page is walked, not only paragraphs."""
    html = Markdown(extensions=["toc", "tables", "macros.typography"]).convert("# Quoi : ceci\n\n- a : b\n\n| c : d |\n|---|\n| e ! |")
    assert "Quoi\u00a0: ceci" in html
    assert "<li>a\u00a0: b</li>" in html
    assert "c\u00a0: d" in html
    assert "e\u202f!" in html
