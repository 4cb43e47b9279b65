"""Long texts, headings and sections: text stays text, and the fast path says what the parser says."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from macros.rendering import _markdown, heading, markdown, ordinary, set_aside, with_times

PIECES = st.lists(
    st.sampled_from(
        [
            "- ",
            "mot",
            "C1.2 ",
            " ",
            "\n",
            "\n\n",
            "  ",
            "é",
            "1. ",
            "* ",
            "*a*",
            "_b_",
            "[c](http://d)",
            "<e>",
            "&amp;",
            "\\",
            "\t",
            "#",
            "> ",
            "=",
            "---",
            '"',
            "'",
            ":",
            "!",
            "`",
        ]
    ),
    max_size=14,
).map("".join)


@given(PIECES | st.text(max_size=60))
@example("- a\n\n- b")
@example("- a\nb")
@example("a\n- b")
@example("- a\n\nb\n\n- c")
@example("a  \nb")
@settings(max_examples=2000, deadline=None)
def test_the_fast_path_is_the_parser(text: str) -> None:
    """Whenever the fast path answers, it answers what the Markdown parser would."""
    fast = ordinary(text)
    assert fast is None or fast == _markdown().render(text)


def test_the_fast_path_serves_real_texts() -> None:
    """Paragraphs and flat lists, what fiches are made of, take it."""
    assert ordinary("Un texte : simple, avec l’apostrophe (et plus).\n\n- un point ;\n- un autre point.\n\nFin.") is not None


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<script>x</script>", "&lt;script&gt;x&lt;/script&gt;"),
        ("&lt;b&gt;", "&amp;lt;b&amp;gt;"),
        ("![x](http://a.fr/b.png)", "![x](http://a.fr/b.png)"),
        ("[x](javascript:alert(1))", "[x](javascript:alert(1))"),
        ("[x](data:text/html,1)", "[x](data:text/html,1)"),
        ("[x](../../y)", "[x](../../y)"),
        ("[](http://a.fr)", "[](http://a.fr)"),
        ("# titre", "# titre"),
        ("[site](https://a.fr)", '<a href="https://a.fr">site</a>'),
        ("**gras** et *italique*", "<strong>gras</strong> et <em>italique</em>"),
    ],
)
def test_only_simple_markdown_is_interpreted(text: str, shown: str) -> None:
    """Lists, emphasis and web links; HTML, pictures, headings and other addresses are shown as typed."""
    html = str(markdown(text))
    assert shown in html
    assert "<img" not in html


def test_a_heading_is_only_text() -> None:
    """No mark of a title reaches Markdown or a template engine."""
    line = heading(2, "{{ 7*7 }} # <b> `x` [a](b) {: onclick=x } __y__", "ancre")
    assert line.startswith("## ")
    assert line.endswith(" {: #ancre }")
    body = line.removesuffix(" {: #ancre }").removeprefix("## ")
    assert not set("{}<>`[]*_()=") & set(body)


def test_a_section_with_anchors_is_left_to_the_engine() -> None:
    """The engine checks links to anchors; a section without any is put aside."""
    assert set_aside('## T\n\n<div>x</div>\n\n<p id="y">z</p>') == '## T\n\n<!--section--><div>x</div><!--/section-->\n\n<p id="y">z</p>'


def test_dates_in_a_sentence_are_times() -> None:
    """Long and short French dates are marked, the rest is escaped; a day that no calendar has stays text."""
    told = 'du <time datetime="2026-05-01">1er\u00a0mai\u00a02026</time> au <time datetime="2027-02-03">3 févr. 2027</time> &amp; &lt;b&gt;'
    assert with_times("du 1er\u00a0mai\u00a02026 au 3 févr. 2027 & <b>") == told
    assert with_times("31 février 2026") == "31 février 2026"
