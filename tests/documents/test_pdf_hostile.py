"""Whatever people type, a document is made, shows it as typed, and keeps inside its margins."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from macros.documents.pdf import pdf_bytes
from macros.documents.textes import FONTS, UNKNOWN, printable, unprintable
from macros.models.conseil import Conseil
from macros.records.parsing import parse_record
from macros.views.documents.feuille import Genre
from tests.browser.payloads import PAYLOADS
from tests.documents.facts import facts, sent
from tests.documents.hostile import FAMILY, LONG, STRINGS, drawn, letters, shown, world
from tests.documents.office import attachments_of, text_of
from tests.documents.reading import absent, bare, body, crossing, headings, outside, reader
from tests.documents.worlds import HELD, printed, seen, session, sheets

if TYPE_CHECKING:
    from macros.views.context import Vue

ENDLESS = ("long word", "long wide word", "long hyphens")
"""Words longer than a page, tried apart in fewer fields: everywhere, they make hundreds of pages."""


def named(known: dict[str, str]) -> list[object]:
    """Return texts as parameters."""
    return [pytest.param(text, id=name) for name, text in known.items() if name not in ENDLESS]


def every(vue: Vue) -> list[tuple[str, bytes]]:
    """Return the documents of the session that was held and of the one to come."""
    return [(f"{conseil}-{name}", pdf) for conseil in (FAMILY.conseil, FAMILY.coming) for name, pdf in printed(vue, conseil).items()]


@pytest.mark.parametrize("text", named(STRINGS))
def test_a_text_is_shown_as_typed(text: str) -> None:
    """In every document, each fact that holds the text shows it character by character; one that no font draws is a square."""
    vue = world(text, long="Court.")
    for identifier in (FAMILY.conseil, FAMILY.coming):
        conseil = vue.registre.conseils[identifier]
        for document, feuille in sheets(vue, identifier).items():
            pdf = pdf_bytes(feuille, vue.today)
            held = body(pdf, feuille)
            for fact in facts(document.genre, conseil, vue, document.certification):
                assert not absent(held, map(shown, fact)), (document.nom, fact)
            assert held.count(bare(shown(text))) >= 5, document.nom
            assert next(title for level, title in headings(pdf) if level == 1) == feuille.titre


@pytest.mark.parametrize("text", named(STRINGS))
def test_a_text_stays_in_its_place(text: str) -> None:
    """No word passes a margin, none is printed over another."""
    for name, pdf in every(world(text)):
        # Marks piled on a letter rise above it: that is what they are.
        assert [word for word in outside(pdf) if "\u0301" not in word.text] == [], name
        assert crossing(pdf) == [], name


@pytest.mark.parametrize("text", [pytest.param(text, id=str(rank)) for rank, text in enumerate(PAYLOADS) if len(text) < 1000])
def test_what_would_run_in_a_page_is_text_in_a_document(text: str) -> None:
    """The texts that attack the site are shown as typed; nothing of them becomes an action of the PDF."""
    vue = world(text)
    for document, feuille in sheets(vue, FAMILY.conseil).items():
        pdf = pdf_bytes(feuille, vue.today)
        # Marks that turn the direction of writing show nothing themselves.
        assert letters(shown(text)) in letters(body(pdf, feuille)) or "\u202e" in text, document.nom
        assert b"/URI" not in pdf
        assert b"/JavaScript" not in pdf


@pytest.mark.parametrize("text", [STRINGS[name] for name in ENDLESS], ids=ENDLESS)
def test_an_endless_word_is_broken(text: str) -> None:
    """A word longer than a line, then than a page, goes on below, whole, inside the side margins."""
    vue = seen(
        session(
            intitule=text[:1000],
            echanges=[{"theme": "bilan", "texte": text}],
            decisions=[{"id": "D1", "theme": "bilan", "nature": "formation", "texte": text}],
        )
    )
    for document, feuille in sheets(vue).items():
        pdf = pdf_bytes(feuille, vue.today)
        held = body(pdf, feuille)
        assert text[:1000] in held, document.nom
        # A cell that goes on over pages is cut by the rest of its row: letters are counted.
        copies = {Genre.PV: 2, Genre.RELEVE: 1}.get(document.genre, 0)
        assert held.count(text[0]) >= copies * text.count(text[0]), document.nom
        assert [word for word in outside(pdf) if not 58 < word.left < word.right < 540] == [], document.nom


@pytest.mark.parametrize("text", named(LONG))
def test_a_long_text_is_whole(text: str) -> None:
    """Sixty thousand characters, hundreds of paragraphs or of items, lists in lists: every letter is printed, inside the margins."""
    vue = seen(
        session(
            echanges=[{"theme": "bilan", "texte": text}], approbations=[{"conseil": "CP-2024-12-A", "avis": "refuse", "observations": text}]
        )
    )
    feuille = next(feuille for document, feuille in sheets(vue).items() if document.genre is Genre.PV)
    pdf = pdf_bytes(feuille, vue.today)
    held = letters(body(pdf, feuille))
    expected = letters(text) if "**" not in text else "grasetfinlien"
    assert expected in held
    assert outside(pdf) == []


@pytest.mark.parametrize("text", named(STRINGS))
def test_the_embedded_record_survives_its_texts(text: str) -> None:
    """Read back, the attached record is the session itself, control characters included."""
    vue = world(text)
    conseil = vue.registre.conseils[FAMILY.coming]
    for document, feuille in sheets(vue, FAMILY.coming).items():
        attached = attachments_of(pdf_bytes(feuille, vue.today))
        assert attached == {f"{document.nom}.yml": feuille.fiche.encode()}
        found = parse_record(f"data/conseils/{conseil.id}.yml", attached[f"{document.nom}.yml"])
        # The reader refuses control characters that YAML does not write; then the record could not have been read at all.
        assert found is None or found == sent(conseil, document.genre)
        assert isinstance(found, Conseil) or any(ord(char) < 32 or 127 <= ord(char) < 160 or ord(char) in (0xFFFE, 0xFFFF) for char in text)


@given(st.text(max_size=300))
@example("a\ufeffb\u3000c\u202ed")
@example("a" * 39 + " " + "b" * 41)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_makes_documents(text: str) -> None:
    """Any text that a record may hold, in a title, a decision, an exchange, a function and an agenda, makes every document."""
    text = "x" + text.replace("\n", " ") + "x"
    vue = seen(
        session(
            intitule=text,
            lieu=text,
            president={"fonction": text},
            echanges=[{"theme": "bilan", "texte": text}],
            decisions=[{"id": "D1", "theme": "bilan", "nature": "formation", "texte": text}],
            ordre_du_jour={"points": [{"theme": "bilan", "titre": text, "rubriques": [text]}]},
            participants=[{"fonction": text, "college": text, "organisation": text, "presence": "present"}],
        )
    )
    assert all(reader(pdf).pages for pdf in printed(vue).values())


@given(st.text(), st.booleans())
def test_a_printable_text_has_only_shapes(text: str, lines: bool) -> None:  # noqa: FBT001 - hypothesis gives it
    """What is printed has a shape in the fonts; letters and digits that have one are kept, in order; line breaks only when asked."""
    found = printable(text, lines=lines)
    assert {ord(char) for char in found} - drawn() <= {10} if lines else {ord(char) for char in found} <= drawn()
    assert [char for char in bare(found) if char.isalnum()] == [char for char in bare(shown(text)) if char.isalnum()]
    seen_apart = {char for char in unprintable(text) if not char.isspace()}
    assert seen_apart == {char for char in unicodedata.normalize("NFC", text) if shown(char) == UNKNOWN and char != UNKNOWN}


def test_coverage_is_that_of_the_fonts() -> None:
    """The list of characters the documents can draw is that of the fonts they embed: no missing shape, no lost letter."""
    lines = (FONTS / "couverture.txt").read_text("utf-8").split()
    ranges = [(int(line.partition("-")[0], 16), int(line.rpartition("-")[2], 16)) for line in lines]
    listed = {code for first, last in ranges for code in range(first, last + 1)}
    assert [style for style in ("Regular", "Italic", "Semibold") if not listed <= drawn(f"SourceSans3-{style}")] == []
    assert {code for code in drawn() - listed if chr(code).isprintable()} == set()
    for text in ("Évaluation, Œuvre, ça, où ? « Oui » : 50 € – n° 3 … ½ ≥ → ✓", "Łódź Ñandú Größe İstanbul Ђ Ω"):
        assert UNKNOWN not in printable(text)


def test_a_fingerprint_can_be_copied() -> None:
    """The long fingerprint of a record is printed without any invisible mark inside: what is copied is what was computed."""
    vue = seen(session())
    pdf = printed(vue)["pv-RNCP11"]
    text = "".join(text_of(pdf).split())
    assert vue.registre.fiches[HELD] in text
