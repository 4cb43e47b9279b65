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
    assert Markdown(extensions=["macros.extension"]).convert(typed) == shown


def test_headings_and_lists_get_them_too() -> None:
    """Every element of a page is walked, not only paragraphs."""
    html = Markdown(extensions=["toc", "tables", "macros.extension"]).convert("# Quoi : ceci\n\n- a : b\n\n| c : d |\n|---|\n| e ! |")
    assert "Quoi\u00a0: ceci" in html
    assert "<li>a\u00a0: b</li>" in html
    assert "c\u00a0: d" in html
    assert "e\u202f!" in html


def test_typed_tables_get_a_caption_and_scoped_headers() -> None:
    """The line “Tableau : …” before a table becomes its caption; headers say what they head; other paragraphs stay."""
    text = "Avant.\n\nTableau : les forces.\n\n| A | B |\n|---|---|\n| c | d |\n\n- x\n\nTableau : pas un tableau."
    html = Markdown(extensions=["tables", "macros.extension"]).convert(text)
    assert "<table><caption>Les forces.</caption>" in html.replace("\n", "")
    assert html.count('<th scope="col">') == 2
    assert '<th scope="row">c</th>' in html
    assert "<p>Avant.</p>" in html
    assert "<p>Tableau\u00a0: pas un tableau.</p>" in html


def test_finished_sections_cross_untouched() -> None:
    """What macros made is neither parsed nor changed, whatever surrounds it."""
    section = '<div class="x"><p>a : b *c* [d](e)</p></div>'
    html = Markdown(extensions=["macros.extension"]).convert(f"# T\n\n<!--section-->{section}<!--/section-->\n\nfin")
    assert section in html
    assert "<!--" not in html
    assert "<p>fin</p>" in html


def test_a_checklist_is_a_class_not_a_character() -> None:
    """An item that starts with “☐ ” loses it and gets a drawn box, in tight and loose lists; the sign elsewhere stays."""
    tight = Markdown(extensions=["macros.extension"]).convert("- ☐ Relire\n- Signer ☐ ici")
    assert tight == '<ul>\n<li class="a-cocher">Relire</li>\n<li>Signer ☐ ici</li>\n</ul>'
    loose = Markdown(extensions=["macros.extension"]).convert("- ☐ Relire\n\n- ☐ Signer")
    assert loose.count('<li class="a-cocher">') == 2
    assert "☐" not in loose
