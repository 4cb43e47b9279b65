"""The first use of each acronym on a page gives its long form, and nothing else of the page changes."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from textwrap import dedent
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from macros import abbreviations
from macros.abbreviations import Acronyms
from macros.models.organisme import Lexique, Sigle
from macros.portal import engine
from tests.browser.sites import ROOT, environment, parse
from tests.cases.runner import write_project

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

KNOWN = Acronyms(
    {"CP": "conseil de perfectionnement", "CPF": "compte personnel", "Cnefop": "Conseil", "SHA-256": "empreinte", "R&D": "recherche"}
)
CP = '<abbr title="conseil de perfectionnement">CP</abbr>'


@pytest.fixture(autouse=True)
def nothing_known() -> Iterator[None]:
    """The conversion of pages knows what the last project said: leave nothing to other tests."""
    abbreviations.know({})
    yield
    abbreviations.know({})


def test_the_first_use_gives_the_long_form_and_the_others_stay() -> None:
    """One `abbr` an acronym and a page; what merely begins alike is another acronym."""
    assert (
        KNOWN.mark("<p>Un CP, le CPF, un CP.</p><p>CP</p>")
        == f'<p>Un {CP}, le <abbr title="compte personnel">CPF</abbr>, un CP.</p><p>CP</p>'
    )
    assert KNOWN.mark("CP") == CP
    assert KNOWN.mark("<p>rien</p>") == "<p>rien</p>"
    assert KNOWN.mark("") == ""


@pytest.mark.parametrize(
    "text", ["(CP)", "d’un CP", "«\u00a0CP\u00a0»", "CP\u00a0: oui", "<b>CP</b>", "l’<a href='x'>CP</a>", "CP&nbsp;!", "&nbsp;CP", "CP/CPF"]
)
def test_an_acronym_is_known_whatever_stands_around(text: str) -> None:
    """Brackets, apostrophes, marks, entities and inline elements end a word."""
    assert KNOWN.mark(f"<p>{text}</p>").count(CP) == 1


@pytest.mark.parametrize(
    "text",
    [
        "CP-2025-12-NUM",
        "ACP",
        "CPS",
        "CP1",
        "1CP",
        "CP_x",
        "x_CP",
        "x-CP",
        "x/CP",
        "x.CP",
        "#CP",
        "@CP",
        "éCP",
        "CPé",
        "cp",
        "Cp",
        "A\u2011CP",
    ],
)
def test_a_part_of_a_word_is_none(text: str) -> None:
    """An identifier, an address, a file name or another word is left as it is."""
    assert KNOWN.mark(f"<p>{text}</p>") == f"<p>{text}</p>"


SHELTERS = (
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "code",
    "pre",
    "kbd",
    "samp",
    "script",
    "style",
    "svg",
    "option",
    "select",
    "textarea",
    "title",
    "summary",
    "button",
    "nav",
)


@pytest.mark.parametrize("name", SHELTERS)
def test_what_is_not_running_text_is_passed_over(name: str) -> None:
    """The first use after it is marked; an element inside, or one whose name begins alike, changes nothing."""
    inner = "kbd" if name == "code" else "code"
    sheltered = f'<{name} class="x">CP <b>CP</b> <{inner}>x</{inner}> CP</{name}>'
    assert KNOWN.mark(f"{sheltered}<p>CP</p>") == f"{sheltered}<p>{CP}</p>"
    assert KNOWN.mark(f"<p>CP</p>{sheltered}") == f"<p>{CP}</p>{sheltered}"
    assert KNOWN.mark(f"<{name}-x>CP</{name}-x>") == f"<{name}-x>{CP}</{name}-x>"
    assert KNOWN.mark(f"<{name}>CP") == f"<{name}>CP"


@pytest.mark.parametrize(
    "tag",
    [
        '<a title="un CP">',
        "<a title='un CP'>",
        '<a title="a > CP">',
        '<a title="l\'été > CP">',
        '<img alt="CP, a > CP">',
        "<!-- CP -->",
        "<!-- <b> CP -->",
        "<a CP>",
    ],
)
def test_a_tag_is_no_text(tag: str) -> None:
    """Attributes and comments are left as they are, `>` inside or not."""
    assert KNOWN.mark(f"<p>{tag}CP</p>") == f"<p>{tag}{CP}</p>"


def test_a_status_pill_stays_whole() -> None:
    """A pill lays out its icon and its text: an element inside would part its words; the sentence after it is marked instead."""
    pill = '<span class="p p-conforme">1 CP à tenir</span>'
    assert KNOWN.mark(f"<p>{pill} puis un CP</p>") == f"<p>{pill} puis un {CP}</p>"
    assert KNOWN.mark('<span class="pas">CP</span>') == f'<span class="pas">{CP}</span>'


def test_an_abbr_typed_by_hand_counts_as_the_first_use() -> None:
    """Its own long form is the one of the page."""
    typed = '<p><abbr title="conseil paritaire">CP</abbr> puis CP, CPF</p>'
    assert KNOWN.mark(typed) == typed.replace("CPF", '<abbr title="compte personnel">CPF</abbr>')


def test_the_long_form_is_escaped() -> None:
    """Whatever the lexique holds stays inside the attribute, and an acronym is found as HTML writes it."""
    marked = Acronyms({"CP": '"><script>alert(1)</script>', "R&D": "l'une & l'autre"}).mark("<p>CP, R&amp;D</p>")
    assert "<script" not in marked
    assert parse_abbr(marked) == {"CP": '"><script>alert(1)</script>', "R&D": "l'une & l'autre"}


def parse_abbr(html: str) -> dict[str, str]:
    """Return the long form of each `abbr`, as a browser reads it."""
    import lxml.html  # noqa: PLC0415 - only here

    return {
        str(abbr.text_content()): abbr.get("title", "") for abbr in lxml.html.fragment_fromstring(html, create_parent=True).iter("abbr")
    }


PIECES = st.sampled_from(
    [
        "CP",
        "CPF",
        "SHA-256",
        " ",
        "é",
        ">",
        "<p>",
        "</p>",
        "<h2>",
        "</h2>",
        "<code>",
        "</code>",
        '<a title="CP">',
        "</a>",
        "<!--",
        "-->",
        "-",
        '"',
        "<",
    ]
)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_only_marks_are_added(html: str) -> None:
    """Without its marks, a page is as it was, whatever it holds; each acronym has at most one."""
    marked = KNOWN.mark(html)
    assert re.sub(r'<abbr title="[^"]*">([^<]*)</abbr>', r"\1", marked) == html
    assert all(marked.count(f">{name}</abbr>") <= 1 for name in KNOWN.long_forms)


@pytest.mark.parametrize(
    ("terme", "sigle", "expected"),
    [
        ("CP", None, True),
        ("SHA-256", None, True),
        ("CléA", None, True),
        ("Cnefop", None, False),
        ("Cnefop", "oui", True),
        ("Action", None, False),
        ("Plan A B", None, False),
        ("CERTIF PRO", None, False),
        ("CERTIF PRO", "oui", True),
        ("<B>A</B>", None, False),
        ("VitaMine", "non", False),
    ],
)
def test_the_lexique_says_what_is_an_acronym(terme: str, sigle: str | None, expected: bool) -> None:  # noqa: FBT001 - an example
    """One word of two capitals is one; the key `sigle` says otherwise."""
    stated = Sigle.model_validate({"terme": terme, "developpe": "x", "sigle": sigle})
    assert stated.is_acronym() is expected
    assert Lexique.model_validate({"id": "lexique", "termes": [stated]}).acronyms() == ({terme: "x"} if expected else {})


def convert(text: str) -> tuple[str, Any]:
    """Return a page converted with the extensions of the portal, and the titles of its table of contents."""
    converter = Markdown(extensions=["toc", "tables", "attr_list", "macros.extension"])
    return converter.convert(text), converter.toc_tokens  # type: ignore[attr-defined]


def test_pages_are_marked_once_sections_are_back_and_titles_are_read() -> None:
    """A section made by a macro is marked like prose; headings, titles of the table of contents and code are not."""
    abbreviations.know({"CP": "conseil"})
    html, titles = convert("# Le CP : quoi ?\n\n## CP\n\n`CP`\n\n<!--section--><p>Un CP</p><!--/section-->\n\nle CP")
    assert '<p>Un <abbr title="conseil">CP</abbr></p>' in html
    assert html.count("<abbr") == 1
    assert html.index("<abbr") > html.index("</h2>")
    assert (titles[0]["name"], titles[0]["children"][0]["name"]) == ("Le CP\u00a0: quoi\u202f?", "CP")


LEXIQUE = "termes:\n  - terme: CP\n    developpe: {}\n"


def seen(project: Path) -> str:
    """Return the long form that a page of a project would give, once the engine has asked for its macros."""
    macros: dict[str, Callable[..., str]] = {}
    engine.define(SimpleNamespace(project_dir=str(project), conf={}, macro=lambda function, name: macros.update({name: function})))
    assert macros
    return convert("le CP")[0]


def test_each_project_has_its_own_long_forms(tmp_path: Path) -> None:
    """They follow the lexique as it changes, and the project of the moment; French spaces and apostrophes included."""
    one = write_project(tmp_path / "un", {"data/lexique.yml": LEXIQUE.format('"l\'un : tous"')})
    two = write_project(tmp_path / "deux", {"data/lexique.yml": LEXIQUE.format("le second")})
    none = write_project(tmp_path / "trois", {})
    assert seen(one) == '<p>le <abbr title="l’un\u00a0: tous">CP</abbr></p>'
    assert seen(two) == '<p>le <abbr title="le second">CP</abbr></p>'
    assert seen(none) == "<p>le CP</p>"
    assert 'title="l’un' in seen(one)
    (one / "data/lexique.yml").write_text(LEXIQUE.format("une autre, plus longue"), "utf-8")
    assert seen(one) == '<p>le <abbr title="une autre, plus longue">CP</abbr></p>'
    (one / "data/lexique.yml").write_text(LEXIQUE.format("une autre") + "    sigle: non\n", "utf-8")
    assert seen(one) == "<p>le CP</p>"


def test_an_acronym_hidden_from_an_audience_is_not_explained_to_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lexique kept inside the organisation gives no long form to a public site."""
    project = write_project(tmp_path, {"data/lexique.yml": f"visibilite: interne\n{LEXIQUE.format('le secret')}"})
    assert "le secret" in seen(project)
    monkeypatch.setenv("PORTAIL_AUDIENCE", "public")
    assert "le secret" not in seen(project)


BUILDS = """
import sys
from pathlib import Path
from mkdocs.commands.build import build
from mkdocs.config import load_config

def make(project):
    build(load_config(str(project / "mkdocs.yml"), site_dir=str(project / "site")))

one, two = map(Path, sys.argv[1:])
make(one)
make(two)
(one / "site").rename(one / "avant")
lexique = one / "data" / "lexique.yml"
lexique.write_text(lexique.read_text("utf-8").replace("premier", "premier changé"), "utf-8")
make(one)
"""


def test_builds_of_one_process_do_not_mix(tmp_path: Path) -> None:
    """Two projects, then the first again once its lexique changed, as a server does: each page has its own long form.

    Titles of pages and of the search index hold no mark, and the text of the index reads as the page does.
    """
    sites = {}
    for name in ("premier", "second"):
        hooks = f"hooks: [{json.dumps(str(ROOT / 'macros' / 'hooks.py'))}]"
        configuration = dedent(f"""\
            site_name: CP
            theme: {{name: material, font: false, language: fr, custom_dir: {json.dumps(str(ROOT / "overrides"))}}}
            plugins: [search, {{macros: {{modules: [macros], on_undefined: strict, on_error_fail: true}}}}]
            markdown_extensions: [macros.extension, toc]
            {hooks}
            """)
        page = "# Le CP : quoi ?\n\nVoir le CP, puis un (CP).\n\n## CP\n\nfin\n"
        files = {"mkdocs.yml": configuration, "docs/cp.md": page, "docs/index.md": "# A\n", "data/lexique.yml": LEXIQUE.format(name)}
        sites[name] = write_project(tmp_path / name, files)
    done = subprocess.run([sys.executable, "-c", BUILDS, *sites.values()], env=environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    folders = {"premier": sites["premier"] / "avant", "second": sites["second"] / "site", "premier changé": sites["premier"] / "site"}
    for long, folder in folders.items():
        document = parse(folder / "cp" / "index.html")
        assert document.xpath("//abbr/@title") == [long]
        assert document.xpath("//abbr/ancestor::p/text()") == ["Voir le ", ", puis un (CP)."]
        assert document.xpath("//title/text()") == ["Le CP\u00a0: quoi\u202f? - CP"]
        index = json.loads((folder / "search" / "search_index.json").read_text("utf-8"))["docs"]
        assert [entry["title"] for entry in index if entry["location"].startswith("cp/")] == ["Le CP\u00a0: quoi\u202f?", "CP"]
        assert any("Voir le CP, puis un (CP)." in entry["text"] for entry in index)
