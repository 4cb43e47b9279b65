"""The reader: any bytes give data with their places, or problems told in French; never an exception, never a crash."""

from __future__ import annotations

import codecs
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from macros.records.reading import MAX_BYTES, MAX_DEPTH, read_bytes, read_document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from macros.records.document import Document

ROOT = Path(__file__).parents[2]
LEVELS = 100_000
STYLES = {
    "flow-sequences": "a: " + "[" * LEVELS,
    "closed-flow-sequences": "a: " + "[" * LEVELS + "]" * LEVELS,
    "flow-mappings": "{a: " * LEVELS,
    "flow-mixed": "a: " + "[{a: " * LEVELS,
    "block-sequences": "a:\n " + "- " * LEVELS + "x\n",
    "explicit-keys": "? " * LEVELS,
    "explicit-keys-below-a-key": "a:\n " + "? " * LEVELS,
    "quotes": '"' * LEVELS,
    "colons": "a: " + ": " * LEVELS,
    "anchors": "a: " + "&a " * LEVELS,
    "tags": "a: " + "!a " * LEVELS,
    "sequence-then-keys": "a:\n " + "- a: " * LEVELS,
}
SIGNS = [*"abé:-?#&*!|>'\"%@`[]{},\n\r\t \\~<=", ": ", " #", "- ", "? ", "\n  ", "---\n", "...\n", "%YAML 1.1\n", "\\x07", "\\ud800"]
SIGNS += ["\x85", "\u2028", "\ufeff", "\x00", "😀", "null"]
YAML_SIGNS = st.lists(st.sampled_from(SIGNS), max_size=40).map("".join)


def read(text: str) -> Document:
    """Read a text as one record file."""
    return read_bytes(text.encode(), "f.yml")


def told(document: Document) -> list[tuple[int, int, str]]:
    """Return line, column and code of each problem."""
    return [(problem.ligne, problem.colonne, problem.code) for problem in document.problems]


def is_told_or_read(document: Document) -> bool:
    """Tell whether there are either data or problems, each with a place and a French sentence."""
    placed = all(
        problem.ligne >= 1 and problem.colonne >= 1 and problem.message and problem.fichier == "f.yml" for problem in document.problems
    )
    return placed and (document.data is None) == bool(document.problems)


@settings(max_examples=400, deadline=None)
@given(st.binary(max_size=200))
@example(b"\xff\xfe")
@example(b"\xef\xbb\xbf")
@example(b"\x00")
def test_any_bytes_are_read_or_told(raw: bytes) -> None:
    """Whatever the bytes, the reader returns; each problem has a line and a column."""
    assert is_told_or_read(read_bytes(raw, "f.yml"))


@settings(max_examples=600, deadline=None)
@given(st.one_of(YAML_SIGNS, st.text(max_size=60)))
@example("a: b\rc: d # e\r")
@example("a: b\x85c: d # e\n")
def test_any_text_is_read_or_told(text: str) -> None:
    """Whatever the text, made of YAML signs or not, the reader returns."""
    assert is_told_or_read(read_bytes(text.encode("utf-8", "surrogatepass"), "f.yml"))


@settings(max_examples=400, deadline=None)
@given(YAML_SIGNS.filter(lambda text: not set(text) & set("\r\x85\u2028")))
def test_any_text_of_ordinary_lines_is_read_or_told(text: str) -> None:
    """The same where every line ends by a line feed."""
    assert is_told_or_read(read(text))


@pytest.mark.parametrize("line_break", ["\x85", "\u2028", "\u2029"])
def test_a_cut_value_is_told_after_a_rare_line_break(line_break: str) -> None:
    """A line break copied from a word processor does not hide a value cut by ` #`."""
    codes = {problem.code for problem in read(f"a: b{line_break}c: d # e\n").problems}
    assert codes & {"valeur-coupee", "caractere-interdit"}


def test_every_scalar_stays_text() -> None:
    """No magic type: what looks like a boolean, an octal, an hour or a day is the text that was written."""
    text = "a: NO\nb: 0123\nc: 12:30\nd: 2026-02-30\ne: 1e3\nf: yes\ng: 3,5\nh: 0x1F\ni: .inf\n"
    assert read(text).data == {
        "a": "NO",
        "b": "0123",
        "c": "12:30",
        "d": "2026-02-30",
        "e": "1e3",
        "f": "yes",
        "g": "3,5",
        "h": "0x1F",
        "i": ".inf",
    }


def test_a_key_without_value_is_none() -> None:
    """`cle:`, `cle: ~` and `cle: null` say nothing; between quotes they are texts."""
    assert read("a:\nb: ~\nc: null\nd: ''\ne: \"~\"\nf: 'null'\n").data == {"a": None, "b": None, "c": None, "d": "", "e": "~", "f": "null"}


@pytest.mark.parametrize(
    ("before", "ending"), [(b"", b"\n"), (codecs.BOM_UTF8, b"\n"), (b"", b"\r\n"), (codecs.BOM_UTF8, b"\r\n"), (b"", b"\r")]
)
def test_marks_and_line_endings_change_nothing(before: bytes, ending: bytes) -> None:
    """A byte order mark and the line endings of Windows or of an old Mac give the same data at the same places."""
    document = read_bytes(before + ending.join([b"a: b", b"c:", b"  - d: e", "    é: f".encode(), b""]), "f.yml")
    assert document.data == {"a": "b", "c": [{"d": "e", "é": "f"}]}
    assert document.marks.find(("a",)) == (1, 4)
    assert document.marks.find(("c", 0, "é")) == (4, 8)
    assert document.marks.find(("c", 0, "é"), key=True) == (4, 5)


def test_a_missing_place_is_that_of_the_nearest_ancestor() -> None:
    """An absent field is shown where its record or its part begins."""
    marks = read("a:\n  b: c\n").marks
    assert marks.find(("a", "z")) == (2, 3)
    assert marks.find(("z", "y")) == (1, 1)


def places_in(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield the path of every key and every text of plain data, with what stands there in the file."""
    if isinstance(value, str):
        yield path, value.split("\n")[0]
    for step, part in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from places_in(part, (*path, step))


def test_every_key_and_every_text_has_its_place() -> None:
    """In the miniature project, each key and each text stands exactly where its mark says, at any depth."""
    seen = 0
    for path in sorted((ROOT / "tests/miniature/data").rglob("*.yml")):
        document = read_document(path, ROOT)
        lines = path.read_text("utf-8").splitlines()
        for place, text in places_in(document.data):
            line, column = document.marks.find(place)
            there = lines[line - 1][column - 1 :].lstrip("'\"")
            assert there.startswith(("|", ">", text[:10])), (path, place)
            if isinstance(place[-1], str):
                line, column = document.marks.find(place, key=True)
                assert lines[line - 1][column - 1 :].startswith(f"{place[-1]}:"), (path, place)
            seen += 1
    assert seen > 400


@pytest.mark.parametrize(
    "text",
    ["a: # un commentaire\n  - b\n", "a: 'b' # c\n", 'a: "b" # c\n', "a: |\n  b # c\n", "a: | # c\n  b\n", "a: b#c\n", "a: b\n# c\n", "a:\n  # c\n  - b\n", "a: http://b/#c\n"],
)  # fmt: skip
def test_a_comment_that_cuts_nothing_is_permitted(text: str) -> None:
    """Comments on their own line, after a key, after a quoted value, or `#` inside a text are no mistake."""
    assert read(text).problems == ()


@pytest.mark.parametrize(
    ("text", "place"),
    [("a:\n  - b # c\n", (2, 5)), ("a: [b, c # d\n  ]\n", (1, 8)), ("a: b\t# c\n", (1, 4)), ("a: b  # c\n", (1, 4)), ("a: b\n  c # d\n", (1, 4)), ("a: b # c", (1, 4))],
)  # fmt: skip
def test_a_cut_value_is_told_wherever_it_stands(text: str, place: tuple[int, int]) -> None:
    """A value cut by ` #` is told in a list, between brackets, after a tab, over two lines, at the end of the file."""
    assert told(read(text)) == [(*place, "valeur-coupee")]


@pytest.mark.parametrize("depth", [MAX_DEPTH - 1, MAX_DEPTH])
def test_fifty_levels_are_read(depth: int) -> None:
    """The limit itself is permitted, in both styles."""
    assert read("a: " + "[" * (depth - 1) + "]" * (depth - 1)).problems == ()
    assert read("".join(f"{'  ' * level}k:\n" for level in range(depth))).problems == ()


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: " + "[" * 50 + "]" * 50, (1, 53)),
        ("{a: " * 51 + "}" * 51, (1, 201)),
        ("".join(f"{'  ' * level}k:\n" for level in range(51)) + "  " * 51 + "x: y\n", (51, 101)),
        ("a:\n" + "- " * 51 + "x\n", (2, 99)),
    ],
    ids=["flow", "flow-mappings", "block-mappings", "block-sequences"],
)
def test_more_than_fifty_levels_are_refused(text: str, place: tuple[int, int]) -> None:
    """One level more than the limit is refused at its place, in every style."""
    assert told(read(text)) == [(*place, "trop-profond")]


@pytest.mark.parametrize("style", STYLES)
def test_a_hundred_thousand_levels_are_refused_at_once(style: str) -> None:
    """Nesting made to break a parser is refused where it passes the limit, without reading on."""
    document = read(STYLES[style])
    assert document.data is None
    assert len(document.problems) == 1


def test_deep_nesting_kills_no_process() -> None:
    """All styles of nesting, 100,000 levels each, pass in one process held to 200 MB more than it needs and to a small stack."""
    script = """
import resource, sys
from tests.records.test_reading import STYLES, read
used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
pages = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (pages + 200_000_000, pages + 200_000_000))
resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
print(sum(read(text).data is None for text in STYLES.values()))
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, str(len(STYLES))), done.stderr


def test_an_alias_bomb_costs_nothing() -> None:
    """A billion laughs is refused at its first anchor, not expanded."""
    bomb = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 60))
    assert told(read(bomb)) == [(1, 5, "renvoi")]


def test_a_large_file_is_refused_without_being_read(tmp_path: Path) -> None:
    """Twenty megabytes are refused from their size alone; five, the limit, are read."""
    large = tmp_path / "large.yml"
    with large.open("wb") as stream:
        stream.truncate(20_000_000)
    assert told(read_document(large, tmp_path)) == [(1, 1, "fichier-trop-gros")]
    large.write_bytes(b"a: |\n  " + b"x" * (MAX_BYTES - 7))
    assert read_document(large, tmp_path).problems == ()


@pytest.mark.parametrize(
    ("text", "place"),
    [("a: b\x07c\n", (1, 5)), ("a: b\nc: d\x00\n", (2, 5)), ('a: "b\\x07"\n', (1, 4)), ('a: "b\\0"\n', (1, 4)), ("é: b\x7f\n", (1, 5)), ("a: b\ufffe\n", (1, 5))],
)  # fmt: skip
def test_invisible_characters_are_refused(text: str, place: tuple[int, int]) -> None:
    """A control character is refused where it stands, written as it is or escaped between double quotes."""
    assert told(read(text)) == [(*place, "caractere-interdit")]


@pytest.mark.parametrize(
    ("text", "line"), [('a: "b\nc: d\n', 1), ("a: 'b\nc: d\n", 1), ("a: [b\nc: d\n", 2), ("a: {b: c\n", 2), ("a: [b\n", 2)]
)
def test_what_is_not_closed_is_told(text: str, line: int) -> None:
    """A quote, a bracket or a brace never closed is named as such; a quote, at the line that opens it."""
    (problem,) = read(text).problems
    assert (problem.ligne, problem.code) == (line, "guillemet" if text[3] in "'\"" else "syntaxe")
    assert any(word in problem.message for word in ("guillemet", "crochets", "accolade"))


def test_non_utf8_is_told_at_its_character() -> None:
    """The first byte that is not UTF-8 is told at its line and column."""
    assert told(read_bytes(b"a: b\nc: d\xe9\n", "f.yml")) == [(2, 5, "encodage")]


@pytest.mark.parametrize("raw", ["a: b\né: à".encode() + b"\xe9\n", codecs.BOM_UTF8 + b"a: b\nc: d\xe9\n"], ids=["accents", "mark"])
def test_non_utf8_is_told_in_characters(raw: bytes) -> None:
    """Columns count characters, as everywhere else, and a byte order mark counts for nothing."""
    assert told(read_bytes(raw, "f.yml")) == [(2, 5, "encodage")]


@pytest.mark.parametrize("name", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_other_unicode_encodings_are_told(name: str) -> None:
    """UTF-16 and UTF-32, with or without a mark, are refused in one sentence."""
    (problem,) = read_bytes("a: b\n".encode(name), "f.yml").problems
    assert problem.code in {"encodage", "caractere-interdit"}


def test_no_english_of_the_parser_is_shown() -> None:
    """Whatever the syntax error, the sentence is ours and says what to do."""
    for text in (
        "a: b\n  c: d\n",
        "a: - b\n",
        "a: | b\n",
        'a: "\\q"\n',
        "a: @b\n",
        "%YAML 9.9\n---\na: b\n",
        "a: !x!y b\n",
        "a\n b: c\n",
        "- a\nb: c\n",
        "a: ?\nb: ? c\n",
        "}\n",
    ):
        (problem,) = read(text).problems
        assert problem.code == "syntaxe"
        assert not {"expected", "found", "mapping", "block", "scanning", "token"} & set(problem.message.split())
