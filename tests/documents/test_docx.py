"""DOCX: a Word document says what its sheet says, holds nothing else, and a template that cannot be filled is told why."""

from __future__ import annotations

import io
import random
import re
import subprocess
import sys
import unicodedata
import zipfile
from contextlib import suppress
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import TemplateError

from macros.documents.docx import MODELES, UnreadableModeleError, _Sandbox, docx_bytes
from macros.documents.textes import written
from macros.french import format_date, format_short_date
from macros.models.base import Visibilite
from macros.models.conseil import Conseil, StatutConseil
from macros.records.registre import Registre
from macros.views.documents import build_feuille, documents_of
from macros.views.documents.feuille import (
    Bloc,
    Colonne,
    Element,
    Fait,
    Faits,
    Feuille,
    Formulaire,
    Genre,
    Intertitre,
    Liste,
    Phrase,
    Redaction,
    Section,
    Signatures,
    Tableau,
)
from tests.cases.runner import AUDIENCES
from tests.cases.world import make_world, vue_for
from tests.documents import hostile
from tests.documents.worlds import PNG
from tests.tooling.word_templates import template

if TYPE_CHECKING:
    from collections.abc import Iterator

    from macros.views.context import Vue
    from tests.documents.conftest import Printed

DAY = date(2026, 11, 20)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SEEN = {"CP-2026-12-NUM-convocation", "CP-2025-12-NUM-pv-RNCP99001", "CP-2025-12-NUM-pv-RS99002"}


def specimen(text: str = "Un texte", genre: Genre = Genre.PV, redaction: str = "") -> Feuille:
    """Return a sheet with every kind of block, `text` in every field."""
    blocs: tuple[Bloc, ...] = (
        *(Phrase(text, ton) for ton in ("", "discret", "fort", "droite")),
        Redaction(
            redaction
            or "Un *début*, un **milieu** et\nune fin.\n\n1. un\n\n   suite\n   - dessous\n\n     encore dessous\n2. deux\n\nAprès.\n\n1. encore"
        ),
        Intertitre(text),
        Liste((Element(text, (text, text), text), Element(text))),
        Liste((Element(text, (text,), text), Element(text)), numerotee=True),
        Liste((Element(text),), numerotee=True),
        Faits((Fait(text, f"{text}\n{text}"),)),
        Tableau(text, (Colonne(text, 1), Colonne(text, 3)), ((text, text), (text, ""))),
        Tableau(text, (Colonne(text, 1),), ((text,),), aere=True),
        Signatures(text, (text, text)),
        Formulaire((text, text)),
    )
    told = dict.fromkeys(("titre", "sous_titre", "reference", "organisme", "date_reference", "mention"), text)
    sections = (Section(text, blocs), Section(text, (Phrase(text),), page=True))
    return Feuille(genre, "essai", faits=(Fait(text, text),), sections=sections, introduction=blocs[:2], empreinte="a" * 64, **told)


def part(content: bytes, name: str) -> str:
    """Return one part of a Word file."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode("utf-8")


def parts(content: bytes) -> dict[str, bytes]:
    """Return every part of a Word file."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def body(content: bytes) -> ET.Element:
    """Return the text of a Word file as elements."""
    return ET.fromstring(part(content, "word/document.xml"))  # noqa: S314 - written by this very test


def paragraphs(content: bytes) -> list[str]:
    """Return the text of each paragraph that has one, in the order of the file."""
    return [text for p in body(content).iter(f"{W}p") if (text := said(p))]


def said(element: ET.Element) -> str:
    """Return the text of a paragraph, a line break as such."""
    return "".join({f"{W}t": each.text or "", f"{W}br": "\n", f"{W}tab": "\t"}.get(each.tag, "") for each in element.iter())


def expected(feuille: Feuille) -> Iterator[str]:
    """Yield what the paragraphs of a document must say, in order: the order of the PDF."""
    first = [text for bloc in feuille.introduction for text in lines(bloc)]
    boxed = [text for fait in feuille.faits for text in (fait.libelle, fait.valeur)]
    yield from (feuille.titre, feuille.sous_titre, *((*first, *boxed) if feuille.genre is Genre.CONVOCATION else (*boxed, *first)))
    for section in feuille.sections:
        yield section.titre
        for bloc in section.blocs:
            yield from lines(bloc)


def lines(bloc: Bloc) -> Iterator[str]:
    """Yield what the paragraphs of one block must say."""
    match bloc:
        case Phrase(texte) | Intertitre(texte):
            yield texte
        case Redaction(texte):
            yield from long_text(written(texte))
        case Liste(elements):
            for element in elements:
                yield from (element.texte, *element.details, element.note)
        case Faits(faits):
            yield from (text for fait in faits for text in (fait.libelle, fait.valeur))
        case Tableau(legende, colonnes, lignes):
            yield from (legende, *(colonne.titre for colonne in colonnes), *(cell for row in lignes for cell in row))
        case Signatures(texte, fonctions):
            yield from (texte, *fonctions)
        case Formulaire(champs):
            yield from champs


def long_text(blocks: list[dict[str, Any]]) -> Iterator[str]:
    """Yield the paragraphs of a long text as the PDF prints them."""
    for block in blocks:
        if block["sorte"] == "paragraphe":
            yield "".join(passage["texte"] for passage in block["passages"])
        else:
            for element in block["elements"]:
                yield from long_text(element)


def visible(text: str) -> str:
    """Return the characters of a text that have a shape, spaces left out, apostrophes curled."""
    kept = (char for char in unicodedata.normalize("NFC", text) if not char.isspace())
    shaped = "".join(char for char in kept if unicodedata.category(char) not in {"Cc", "Cf", "Cs"} and not is_noncharacter(char))
    return shaped.replace("'", "’")


def is_noncharacter(char: str) -> bool:
    """Tell whether Unicode says that no text holds this character."""
    return 0xFDD0 <= ord(char) <= 0xFDEF or ord(char) & 0xFFFF >= 0xFFFE


@pytest.fixture(scope="session")
def made(documents: list[Printed]) -> list[tuple[Printed, bytes]]:
    """Every convocation and every set of minutes of the demonstration, as Word documents."""
    return [(each, docx_bytes(each.feuille, DAY)) for each in documents if each.document.genre in MODELES]


def test_a_document_says_what_its_sheet_says(made: list[tuple[Printed, bytes]]) -> None:
    """Every paragraph of every document is one text of its sheet, in the order of the PDF: nothing missing, nothing more."""
    assert {each.document.nom for each, _ in made} >= SEEN
    for each, content in made:
        told = [visible(text) for text in expected(each.feuille) if visible(text)]
        assert [visible(text) for text in paragraphs(content)] == told, each.name


def test_the_reader_sees_french_spaces(made: list[tuple[Printed, bytes]]) -> None:
    """No ordinary space stands where French wants a no-break one."""
    for each, content in made:
        assert re.findall(r"\S [:;!?»]|« ", "\n".join(paragraphs(content))) == [], each.name


def test_head_and_foot(made: list[tuple[Printed, bytes]]) -> None:
    """Organisation and reference stand at the head of the first page; reference, reference date, mention, page numbers at the foot of all."""
    for each, content in made:
        feuille = each.feuille
        feet = [part(content, f"word/footer{rank}.xml") for rank in (1, 2)]
        for foot in feet:
            root = ET.fromstring(foot)  # noqa: S314 - our own file
            first = f"{feuille.reference} · situation au {feuille.date_reference}\tpage 1/1"
            assert [visible(said(p)) for p in root.iter(f"{W}p")] == [visible(text) for text in (first, feuille.mention) if text]
            assert re.findall(r"<w:instrText[^>]*> (\w+) <", foot) == ["PAGE", "NUMPAGES"]
        head = ET.fromstring(part(content, "word/header2.xml"))  # noqa: S314 - our own file
        assert visible(said(head)) == visible(f"{feuille.organisme}{feuille.reference}")
        section = next(body(content).iter(f"{W}sectPr"))
        assert section.find(f"{W}titlePg") is not None


@pytest.mark.parametrize("genre", MODELES)
def test_every_kind_of_block(genre: Genre) -> None:
    """A block of each kind is printed once, where it stands, and `page` starts a page."""
    feuille = specimen(genre=genre)
    content = docx_bytes(feuille, DAY)
    assert [visible(text) for text in paragraphs(content)] == [visible(text) for text in expected(feuille) if text]
    breaks = [said(p) for p in body(content).iter(f"{W}p") if p.find(f"{W}pPr/{W}pageBreakBefore") is not None]
    assert breaks == ["Un texte"]


def test_styles_carry_the_meaning() -> None:
    """Each kind of text has its own style, which a person can change in one place."""
    styles = [p.style.name for p in Document(io.BytesIO(docx_bytes(specimen(), DAY))).paragraphs if p.style and p.text]
    assert styles[:3] == ["Heading 1", "Subtitle", "Normal"]
    assert styles[4:10] == ["Heading 2", "Normal", "Note", "Important", "À droite", "Normal"]
    assert {"Heading 3", "List Bullet", "List Bullet 2", "List Number", "List Continue", "Note de liste", "Caption"} <= set(styles)


def test_headings_are_headings(made: list[tuple[Printed, bytes]]) -> None:
    """The titles of a document, read by python-docx, are those of the sheet, with their level."""
    for each, content in made:
        document = Document(io.BytesIO(content))
        found = [(p.style.name, visible(p.text)) for p in document.paragraphs if p.style and (p.style.name or "").startswith("Heading")]
        wanted = [("Heading 1", each.feuille.titre)]
        for section in each.feuille.sections:
            wanted += [("Heading 2", section.titre), *(("Heading 3", b.texte) for b in section.blocs if isinstance(b, Intertitre))]
        assert found == [(level, visible(text)) for level, text in wanted], each.name
        assert [lang.get(f"{W}val") for lang in document.styles.element.iter(f"{W}lang")] == ["fr-FR"]


def test_tables_repeat_their_titles_and_keep_their_widths() -> None:
    """A table says its column titles on every page, splits no row, and its columns are as wide as the sheet asks."""
    content = body(docx_bytes(specimen(), DAY))
    tables = [table for table in content.iter(f"{W}tbl") if table.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None]
    assert len(tables) == 2
    for table in content.iter(f"{W}tbl"):
        rows = table.findall(f"{W}tr")
        columns = [int(column.get(f"{W}w", "")) for column in table.iter(f"{W}gridCol")]
        assert abs(sum(columns) - 9524) < 4
        for row in rows:
            assert row.find(f"{W}trPr/{W}cantSplit") is not None
            assert [int(cell.get(f"{W}w", "")) for cell in row.iter(f"{W}tcW")] == columns
    assert [int(column.get(f"{W}w", "")) for column in tables[0].iter(f"{W}gridCol")] == [2381, 7142]


def test_numbered_lists_start_again() -> None:
    """Each numbered list starts at 1, one list has one number, an inner item stands deeper."""
    content = docx_bytes(specimen(), DAY)
    numbered = [p for p in body(content).iter(f"{W}p") if p.find(f"{W}pPr/{W}numPr") is not None]
    found = [(said(p), *(int(p.find(f"{W}pPr/{W}numPr/{W}{tag}").get(f"{W}val")) for tag in ("ilvl", "numId"))) for p in numbered]  # type: ignore[union-attr, arg-type]
    assert [(text, level) for text, level, _ in found] == [
        ("un", 0), ("dessous", 1), ("deux", 0), ("encore", 0), ("Un texte", 0), ("Un texte", 0), ("Un texte", 0),
    ]  # fmt: skip
    below = next(p for p in body(content).iter(f"{W}p") if said(p) == "encore dessous")
    assert [indent.get(f"{W}left") for indent in below.iter(f"{W}ind")] == ["794"]
    one, _, two, again, first, second, alone = (number for _, _, number in found)
    assert one == two
    assert first == second
    assert len({one, again, first, alone}) == 4
    restarted = re.findall(
        r'<w:num w:numId="(\d+)"><w:abstractNumId w:val="2"/><w:lvlOverride[^>]*><w:startOverride w:val="1"/>',
        part(content, "word/numbering.xml"),
    )
    assert {int(number) for number in restarted} == {one, again, first, alone}


def test_bold_and_italic_are_kept() -> None:
    """Emphasis of a long text becomes bold and italic, and nothing else does."""
    runs = [r for p in Document(io.BytesIO(docx_bytes(specimen(), DAY))).paragraphs if p.text.startswith("Un début") for r in p.runs]
    assert [(run.text, bool(run.bold), bool(run.italic)) for run in runs if run.text] == [
        ("Un ", False, False), ("début", False, True), (", un ", False, False), ("milieu", True, False), (" et une fin.", False, False),
    ]  # fmt: skip


HOSTILE = {
    **hostile.STRINGS,
    "jinja": "{{7*7}} {% for x in y %} {{r x}} {{p x }} {%p if %} {# non #} {_{ }_} {_% %_} {_{_{ {{ titre }}",
    "word": "<w:p><w:r/></w:p> </w:t></w:r> ]]> & &amp; \" ' <!-- --> <?xml?>",
    "wide characters": "🎉 会议记录 \U0001fae0 \U00020000",
    "docxtpl": "a\x07b\x0cc\td {{ '\\n' }}",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_are_only_texts(name: str) -> None:
    """Whatever it holds, a text is printed as it is in every block, and the file stays one that Word opens."""
    for genre in MODELES:
        feuille = specimen(HOSTILE[name], genre, redaction="Un texte.")
        content = docx_bytes(feuille, DAY)
        assert [visible(text) for text in paragraphs(content)] == [visible(text) for text in expected(feuille) if visible(text)]
        assert_sound(content)


@pytest.mark.parametrize("name", [*HOSTILE, *(name for name in hostile.LONG if name != "deep list")])
def test_hostile_long_texts_are_only_texts(name: str) -> None:
    """The same of a long text: every letter is there, in order."""
    text = (HOSTILE | hostile.LONG)[name]
    content = docx_bytes(specimen(redaction=text), DAY)
    shown = "".join(paragraphs(content))
    wanted = re.sub(r"[\W\d_]", "", visible(text))
    assert wanted in re.sub(r"[\W\d_]", "", visible(shown))
    assert_sound(content)


def test_a_deep_list_stays_a_list() -> None:
    """Deeper than the nine levels of Word, items stand at the ninth; all that the PDF prints is there."""
    text = hostile.LONG["deep list"]
    content = docx_bytes(specimen(redaction=text), DAY)
    assert paragraphs(content).count("niveau") == len(list(long_text(written(text))))
    assert {int(level) for level in re.findall(r'<w:ilvl w:val="(\d+)"', part(content, "word/document.xml"))} == set(range(9))
    assert_sound(content)


@given(st.text(max_size=200))
@settings(max_examples=60)
def test_any_text_comes_back(text: str) -> None:
    """Any text at all gives a file that opens and holds it."""
    feuille = Feuille(
        Genre.CONVOCATION, "essai", text, text, text, text, text, (), (Section("Fin", (Phrase(text), Redaction(text))),), mention=text
    )
    content = docx_bytes(feuille, DAY)
    assert_sound(content)
    assert visible("".join(paragraphs(content))).startswith(visible(text) * 2 + "Fin" + visible(text))


ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore numPr pBdr shd tabs spacing ind contextualSpacing jc outlineLvl rPr",
    "rPr": "rStyle rFonts b bCs i iCs noProof color sz szCs lang",
    "tblPr": "tblStyle tblW jc tblInd tblBorders shd tblLayout tblCellMar tblLook",
    "tcPr": "tcW gridSpan tcBorders shd noWrap tcMar vAlign",
    "trPr": "cantSplit trHeight tblHeader",
    "style": "name basedOn next uiPriority semiHidden unhideWhenUsed qFormat pPr rPr tblPr trPr tcPr tblStylePr",
    "lvl": "start numFmt pStyle lvlText lvlJc pPr rPr",
    "numPr": "ilvl numId",
    "tbl": "tblPr tblGrid tr",
    "tc": "tcPr p",
    "numbering": "abstractNum num",
    "settings": "zoom defaultTabStop hyphenationZone characterSpacingControl compat themeFontLang decimalSymbol listSeparator",
    "sectPr": "headerReference footerReference pgSz pgMar cols titlePg",
}
"""Word calls a file corrupt when these come in another order (ISO/IEC 29500, part 1, sequences of the schema)."""


def assert_sound(content: bytes) -> None:
    """Check what Word insists on: each part is XML in the order of the schema, each cell ends by a paragraph, python-docx opens it."""
    for name, text in parts(content).items():
        if not name.endswith((".xml", ".rels")):
            continue
        for element in ET.fromstring(text).iter():  # noqa: S314 - written by this very test
            kind = element.tag.removeprefix(W)
            if kind in ORDER:
                known, children = ORDER[kind].split(), [child.tag.removeprefix(W) for child in element]
                assert set(children) <= set(known), (name, kind, children)
                assert children == sorted(children, key=known.index), (name, kind, children)
            assert kind != "tc" or element[-1].tag == f"{W}p", name
            assert kind != "r" or not any(child.tag == f"{W}r" for child in element.iter() if child is not element), name
        assert not re.search("[\ufdd0-\ufdef]", text.decode("utf-8", "replace")), name  # our marks; U+FDF0, an Arabic letter, is text
    Document(io.BytesIO(content))


@pytest.mark.parametrize("genre", MODELES)
def test_files_are_sound(genre: Genre) -> None:
    """Our templates and what they give are files Word opens, without stray styles."""
    for content in (MODELES[genre].read_bytes(), docx_bytes(specimen(genre=genre), DAY), docx_bytes(empty(genre), DAY)):
        assert_sound(content)
        named = set(re.findall(r'w:styleId="([^"]+)"', part(content, "word/styles.xml")))
        used = {style for text in parts(content).values() for style in re.findall(r'<w:(?:p|r|tbl)Style w:val="([^"]+)"', text.decode())}
        assert used <= named


def empty(genre: Genre) -> Feuille:
    """Return a sheet of which almost nothing is written."""
    sections = (
        Section("Vide", ()),
        Section("Tableau", (Tableau("Rien", (Colonne("A", 1),), ()), Faits(()), Liste(()), Signatures("", ()), Formulaire(()))),
    )
    return Feuille(genre, "vide", "Titre", "", "", "", "", (), sections)


def test_an_empty_sheet_leaves_no_empty_table() -> None:
    """A table without row is not written: Word would refuse it."""
    for table in body(docx_bytes(empty(Genre.PV), DAY)).iter(f"{W}tbl"):
        assert table.findall(f"{W}tr/{W}tc/{W}p")


@pytest.mark.parametrize("genre", MODELES)
def test_our_templates_are_what_the_script_makes(genre: Genre) -> None:
    """The files kept are those that `python -m tests.tooling.word_templates` writes."""
    assert MODELES[genre].read_bytes() == template(letter=genre is Genre.CONVOCATION)


def test_same_sheet_same_bytes() -> None:
    """Made twice, or by another process with another order of hashes, a document is the same to the last byte."""
    script = (
        "import hashlib; from tests.documents.test_docx import *; "
        "print(*(hashlib.sha256(docx_bytes(specimen(genre=g), DAY, None, PNG)).hexdigest() for g in MODELES))"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", script],
            check=True,
            capture_output=True,
            text=True,
            cwd=Path(__file__).parents[2],
            env={"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(told) == 1
    assert docx_bytes(specimen(), DAY, None, PNG) == docx_bytes(specimen(), DAY, None, PNG)
    assert docx_bytes(specimen(), DAY) != docx_bytes(specimen(), date(2026, 11, 21))


def test_a_document_says_who_made_it_without_naming_anyone(made: list[tuple[Printed, bytes]]) -> None:
    """Title, organisation as author, reference and fingerprint, the reference date; no program, no company, no time of the machine."""
    for each, content in made:
        properties = Document(io.BytesIO(content)).core_properties
        assert properties.title.startswith(each.feuille.titre)
        assert {properties.author, properties.last_modified_by} == {each.feuille.organisme}
        assert properties.created == properties.modified
        assert f"{properties.created:%Y-%m-%d %H:%M}" == "2026-11-20 00:00"
        assert properties.revision == 1
        assert properties.keywords == each.feuille.reference + (f"; empreinte-{each.feuille.empreinte}" if each.feuille.empreinte else "")
        assert [name for name in parts(content) if name.startswith("docProps")] == ["docProps/core.xml"]
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"w:rsid" not in b"".join(parts(content).values())


@pytest.mark.parametrize("audience", AUDIENCES)
def test_nothing_hidden_is_in_a_file(audience: Visibilite) -> None:
    """Whatever the state of the sessions, no hidden value, id or day is in any part of any document; much of the rest is."""
    world, shown = make_world(), set[str]()
    for status in (StatutConseil.TENU, StatutConseil.PLANIFIE):
        records = {collection: dict(each) for collection, each in world.registre.records.items()}
        for identifier, record in records["conseils"].items():
            assert isinstance(record, Conseil)
            records["conseils"][identifier] = record.model_copy(update={"statut": status})
        vue = vue_for(Registre(records), audience, DAY)
        told = "\n".join(_everything(vue))
        assert [value for value in world.forbidden(audience) if _is_told(value, told)] == []
        shown |= {value for value in world.everything() if _is_told(value, told)}
    assert len(shown) >= {Visibilite.PUBLIC: 20, Visibilite.AUDITEUR: 60, Visibilite.INTERNE: 100}[audience]


def _everything(vue: Vue) -> Iterator[str]:
    for conseil in vue.registre.conseils.values():
        for document in documents_of(conseil):
            if document.genre in MODELES:
                yield from (text.decode() for text in parts(docx_bytes(build_feuille(vue, conseil, document), DAY)).values())


def _is_told(value: str, text: str) -> bool:
    found = re.fullmatch(r"datetime\.date\((\d+), (\d+), (\d+)\)", value)
    if found is None:
        return value in text
    day = date(int(found[1]), int(found[2]), int(found[3]))
    forms = (format_date(day), format_short_date(day), day.isoformat())
    return any(form in text and re.search(rf"(?<!\d){re.escape(form)}", text) for form in forms)  # “2 juil. 1905” is not in “12 juil. 1905”


@lru_cache
def _template() -> dict[str, bytes]:
    return parts(MODELES[Genre.PV].read_bytes())


def own(*changes: tuple[str, str], within: str = "word/document.xml", **added: str) -> bytes:
    """Return our template as an organisation may have changed it: each text once replaced, parts added."""
    files = {**_template(), **{name.replace("__", "/"): text.encode() for name, text in added.items()}}
    for before, after in changes:
        assert before in files[within].decode(), before
        files[within] = files[within].decode().replace(before, after, 1).encode()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return packed.getvalue()


def refused(content: bytes, feuille: Feuille | None = None) -> str:
    """Return what is told of a template that cannot be filled."""
    with pytest.raises(UnreadableModeleError) as caught:
        docx_bytes(feuille or specimen(), DAY, content)
    told = str(caught.value)
    assert told.endswith(".")
    assert re.search(r"\S [:;!?»]|« |\n|Traceback|Error|jinja|None", told) is None, told
    return told.replace("\u00a0", " ").replace("\u202f", " ")


def test_an_organisation_uses_its_own_template() -> None:
    """Another wording, order and style come out; the texts are the same."""
    changed = own(("{{ titre }}", "Notre {{ titre }} du {{ date_reference }}"), ('w:val="Heading1"', 'w:val="Note"'))
    content = docx_bytes(specimen("Bilan"), DAY, changed)
    assert paragraphs(content)[0] == "Notre Bilan du Bilan"
    assert 'w:val="Heading1"' not in part(content, "word/document.xml")
    assert_sound(content)


def test_a_template_saved_by_word_is_read() -> None:
    """Word cuts a tag in several runs and localises style ids: neither stops the filling."""
    cut = '{{ ti</w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:rPr><w:b/></w:rPr><w:t>tre }}'
    changed = own(("{{ titre }}", cut), ("ListNumber", "Listenumros"))
    content = docx_bytes(specimen("Bilan"), DAY, changed)
    assert paragraphs(content)[0] == "Bilan"


WRONG = {
    "unknown name": ([("{{ titre }}", "{{ titer }}")], "le nom « titer » n’existe pas : le plus proche est « titre »"),
    "unknown field": ([("{{ section.titre }}", "{{ section.titer }}")], "le nom « titer » n’existe pas : le plus proche est « titre »"),
    "unknown kind": ([("is tableau", "is tablau")], "le nom « tablau » n’existe pas : le plus proche est « tableau »"),
    "field of another": ([('{{ section.titre }}</w:t></w:r></w:p><w:p><w:pPr><w:pStyle w:val="Balise"/></w:pPr><w:r><w:t xml:space="preserve">{%p else', '{{ section.libelle }}</w:t></w:r></w:p><w:p><w:pPr><w:pStyle w:val="Balise"/></w:pPr><w:r><w:t xml:space="preserve">{%p else')], "le nom « libelle » n’a rien à donner là où il est écrit"),
    "loop not closed": ([("{%p endfor %}</w:t></w:r></w:p><w:sectPr", "</w:t></w:r></w:p><w:sectPr")], "« {% for section in sections %} » n’est fermé nulle part : ajoutez « endfor »"),
    "loop not opened": ([("{%p for section in sections %}", "")], "« {% endfor %} » n’a pas de « for » ouvert au-dessus"),
    "crossed ends": ([("{%p for section in sections %}", "{%p if sections %}")], "« {% endfor %} » n’a pas de « for » ouvert"),
    "unknown tag": ([("{%p for section in", "{%p pour section in")], "« {% pour section in sections %} » n’est pas prévu"),
    "expression": ([("{{ titre }}", "{{ titre | }}")], "« {{ titre | }} » ne se lit pas"),
    "half a tag": ([("{{ titre }}", "{{ titre }")], "ne se lit pas : vérifiez ses accolades"),
    "bad loop": ([("for section in sections", "for section de sections")], "« {% for section de sections %} » ne se lit pas"),
    "not a list": ([("for section in sections", "for section in titre")], "le nom « page » n’a rien à donner"),
    "crossed levels": (
        [("{{ sous_titre }}", "{{ sous_titre }}{% if not faits %}</w:t></w:r></w:p><w:p><w:r><w:t>{%p endif %}")],
        "ouvrez et fermez au même niveau",
    ),
    "endless": ([("{{ bloc.legende }}", "{{ imprimer(blocs) }}")], "une macro s’appelle elle-même"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_in_a_template_is_told(name: str) -> None:
    """Each mistake is named by its tag or its name, with what to do."""
    changes, told = WRONG[name]
    assert told in refused(own(*changes))


def test_all_that_is_wrong_is_told_at_once() -> None:
    """Mistakes of the body and of the header come together."""
    told = refused(own(("{{ titre }}", "{{ titer }}"), ("{{ sous_titre }}", "{{ soutitre }}")))
    assert "titer" in told
    assert "soutitre" in told
    assert "le plus proche est « organisme »" in refused(own(("{{ organisme }}", "{{ organism }}"), within="word/header2.xml"))
    both = refused(
        own(("{{ titre }}", "{{ titer }}"), ("{%p endfor %}</w:t></w:r></w:p><w:sectPr", "{%p fin %}</w:t></w:r></w:p><w:sectPr"))
    )
    assert "« {% fin %} » n’est pas prévu" in both
    assert "« {% for section in sections %} » n’est fermé nulle part" in both


def test_a_mistake_is_told_whatever_the_document() -> None:
    """A wrong name where this document has nothing to print is told too."""
    changed = own(("{{ champ }}", "{{ chant }}"))
    assert "« chant »" in refused(changed, empty(Genre.PV))


@pytest.mark.parametrize(
    "tag",
    [
        "{{ logo.tpl.save('x') }}",
        "{{ logo.tpl }}",
        "{{ titre.__class__.__mro__ }}",
        "{{ titre['__class__'] }}",
        "{{ sections.append(1) }}",
        "{{ titre|safe }}",
        "{{ titre|attr('upper') }}",
        "{{ titre.format(1) }}",
        "{{ 'a' * 999999999 }}",
        "{{ titre ~ titre }}",
        "{{ range(99999) }}",
        "{{ cycler.__init__ }}",
        "{{ self }}",
        "{{ varargs }}",
        "{% include 'x' %}",
        "{% import 'x' as y %}",
        "{% extends 'x' %}",
        "{% set titre = 1 %}",
        "{% autoescape false %}{{ titre }}{% endautoescape %}",
        "{% raw %}{{ titre }}{% endraw %}",
        "{% block x %}{% endblock %}",
        "{% filter upper %}x{% endfilter %}",
    ],
)
def test_a_template_reaches_nothing_but_texts(tag: str) -> None:
    """A template has loops, conditions and fields: no attribute, no function, no raw text, no computation, no other file."""
    refused(own(("{{ titre }}", tag)), specimen("<w:br/>"))


@pytest.mark.parametrize(
    "tag", ["{{ range(3) }}", "{{ cycler }}", "{{ x|safe }}", "{{ x|attr('upper') }}", "{{ x.upper() }}", "{{ [].append(x) }}"]
)
def test_the_sandbox_holds_alone(tag: str) -> None:
    """What the check of tags would let through, the language itself refuses."""
    with pytest.raises(TemplateError):
        _Sandbox().from_string(tag).render(x="<w:br/>")


def test_texts_are_escaped_and_bracketed_fields_are_read() -> None:
    """The sandbox prints a text with its `<` escaped, and reads `bloc['texte']` as `bloc.texte`."""
    assert _Sandbox().from_string("{{ bloc['texte'] }}{{ bloc.texte }}").render(bloc={"texte": "<"}) == "&lt;&lt;"


NOT_WORD = {
    "nothing": b"",
    "text": b"pas un document",
    "old Word": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "other archive": b"PK\x05\x06" + bytes(18),
    "cut": MODELES[Genre.PV].read_bytes()[:4000],
    "with macros": own((".document.main+xml", ".document.macroEnabled.main+xml"), within="[Content_Types].xml"),
    "without text": own(("word/document.xml", "word/autre.xml"), within="_rels/.rels"),
    "broken XML": own(("</w:body>", "")),
}


@pytest.mark.parametrize("name", NOT_WORD)
def test_what_is_no_word_document_is_told(name: str) -> None:
    """A file of another kind, cut or with macros, is named as such."""
    assert refused(NOT_WORD[name]).startswith("ce fichier n’est pas un document Word .docx")


def test_a_damaged_file_never_breaks_the_program() -> None:
    """Whatever bytes a disk or a mail changed, the template is filled or refused in French."""
    whole, draw = own(), random.Random(4)  # noqa: S311 - the same damage each time
    for _ in range(150):
        damaged = bytearray(whole)
        for _ in range(draw.choice((1, 5, 50))):
            damaged[draw.randrange(len(damaged))] = draw.randrange(256)
        with suppress(UnreadableModeleError):
            docx_bytes(specimen(), DAY, bytes(damaged))


RELS = "word/_rels/document.xml.rels"
LINK = '<Relationship Id="rId90" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}" TargetMode="{}"/></Relationships>'


def test_what_would_tell_on_people_is_refused() -> None:
    """Tracked changes, comments and files fetched elsewhere stay in no document that is handed out."""
    tracked = own(("{{ titre }}", '</w:t></w:r><w:ins w:id="1" w:author="x"><w:r><w:t>{{ titre }}</w:t></w:r></w:ins><w:r><w:t>'))
    assert "modifications suivies" in refused(tracked)
    outside = own(("</Relationships>", LINK.format("image", "https://exemple.invalid/pixel.png", "External")), within=RELS)
    assert "« https://exemple.invalid/pixel.png »" in refused(outside)
    files = {
        "word__comments.xml": f'<w:comments xmlns:w="{W[1:-1]}"><w:comment w:id="0" w:author="x"><w:p/></w:comment></w:comments>',
        RELS.replace("/", "__"): _template()[RELS]
        .decode()
        .replace("</Relationships>", LINK.format("comments", "comments.xml", "Internal")),
    }
    assert "commentaires" in refused(own(**files))


def test_a_heavy_template_is_refused() -> None:
    """A part that would take minutes to read is refused before it is unpacked."""
    assert "trop lourd" in refused(own(("{{ titre }}", "{{ titre }}" + " " * 3_000_000)))
    assert "trop lourd" in refused(own(word__media__image1="x" * 20_000_000))


def test_what_a_template_drags_along_is_left_out() -> None:
    """Who made the template, with what, from which file: nothing of it is in the documents."""
    relations = _template()["_rels/.rels"].decode()
    for kind, target in (
        ("extended-properties", "docProps/app.xml"),
        ("custom-properties", "docProps/custom.xml"),
        ("metadata/thumbnail", "docProps/x.xml"),
    ):
        relations = relations.replace("</Relationships>", LINK.format(kind, target, "Internal").replace("rId90", f"rId{len(kind)}"))
    files = {"_rels__.rels": relations}
    files |= {f"docProps__{name}.xml": "<x>SECRET</x>" for name in ("app", "custom", "x")}
    files["docProps__core.xml"] = (
        _template()["docProps/core.xml"]
        .decode()
        .replace("<dc:title>", "<dc:creator>SECRET</dc:creator><dc:subject>{{ inconnu }}</dc:subject><dc:title>")
    )
    files["word___rels__settings.xml.rels"] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + LINK.format("attachedTemplate", "file:///C:/SECRET.dotx", "External")
    )
    changed = own(
        ("<w:defaultTabStop", '<w:attachedTemplate r:id="rId90"/><w:rsids><w:rsidRoot w:val="00SECRET"/></w:rsids><w:defaultTabStop'),
        within="word/settings.xml",
        **files,
    )
    content = docx_bytes(specimen(), DAY, changed)
    assert [name for name, text in parts(content).items() if b"SECRET" in text] == []
    assert sorted(parts(content)) == sorted(parts(docx_bytes(specimen(), DAY)))


def test_the_logo_is_shown_and_described() -> None:
    """A PNG logo stands in the head of the first page, 13 mm high, said aloud for those who do not see it."""
    content = docx_bytes(specimen('Institut "A & B"'), DAY, None, PNG)
    assert parts(content)["word/media/image1.png"] == PNG
    head = ET.fromstring(part(content, "word/header2.xml"))  # noqa: S314 - our own file
    extent = next(each for each in head.iter() if each.tag.endswith("}extent"))
    assert abs(int(extent.get("cy", "")) - 468_000) < 2
    described = next(each for each in head.iter() if each.tag.endswith("}docPr"))
    assert described.get("descr") == 'Logo\u00a0: Institut "A & B"'
    assert_sound(content)


@pytest.mark.parametrize(
    "logo", [b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\x89PNG\r\n\x1a\nnon", b"\xff\xd8\xff\xe0", b"GIF89a", b""]
)
def test_a_logo_that_word_cannot_show_is_left_out(logo: bytes) -> None:
    """The document is then the same as without logo."""
    assert docx_bytes(specimen(), DAY, None, logo) == docx_bytes(specimen(), DAY)
