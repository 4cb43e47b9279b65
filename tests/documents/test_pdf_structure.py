"""What the PDFs declare and hold beside their text: standards, tags, fonts, the record they embed."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree

from macros.documents.pdf import pdf_bytes
from macros.models.conseil import Conseil
from macros.records.parsing import parse_record
from macros.views.documents.feuille import Genre, Liste, Tableau
from tests.documents.facts import about, sent
from tests.documents.office import attachments_of, images_of, info_of
from tests.documents.reading import headings, objects, reader, root_of, structure
from tests.documents.worlds import PNG, seen, session, sheets

if TYPE_CHECKING:
    from tests.documents.conftest import Printed

XMP = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
}
META = {"Title", "Subject", "Keywords", "Author", "Creator", "CreationDate", "ModDate"}


def declared(pdf: bytes) -> dict[str, str]:
    """Return what the XMP packet of a PDF declares."""
    packet = etree.fromstring(root_of(pdf)["/Metadata"].get_data())
    paths = {
        "a": "string(//pdfaid:part)",
        "level": "string(//pdfaid:conformance)",
        "ua": "string(//pdfuaid:part)",
        "title": "string(//dc:title//rdf:li)",
        "lang": "string(//dc:language//rdf:li)",
        "author": "string(//dc:creator//rdf:li)",
        "keywords": "string(//pdf:Keywords)",
    }
    return {name: str(packet.xpath(path, namespaces=XMP)) for name, path in paths.items()}


def test_documents_declare_their_standards(documents: list[Printed]) -> None:
    """Each is said to be PDF/A-3a and PDF/UA-1, in French, titled, dated of the reference day; viewers show the title."""
    for each in documents:
        told, root = declared(each.pdf), root_of(each.pdf)
        assert (told["a"], told["level"], told["ua"], told["lang"], root["/Lang"]) == ("3", "A", "1", "fr-FR", "fr-FR"), each.name
        assert root["/MarkInfo"]["/Marked"] == True, each.name  # noqa: E712 - a PDF object
        assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True, each.name  # noqa: E712 - a PDF object
        assert told["title"] == f"{each.feuille.titre} – {each.feuille.sous_titre}", each.name
        assert told["author"] == each.feuille.organisme
        assert reader(each.pdf).metadata["/CreationDate"] == f"D:{each.vue.today:%Y%m%d}000000Z", each.name  # type: ignore[index]


def test_documents_say_nothing_more_of_themselves(documents: list[Printed]) -> None:
    """The metadata are those we state; only minutes carry the fingerprint of their record."""
    for each in documents:
        metadata: Any = reader(each.pdf).metadata or {}
        assert {str(name).strip("/") for name in metadata} == META, each.name
        assert ("empreinte-" in declared(each.pdf)["keywords"]) == (each.document.genre is Genre.PV), each.name
        assert not [number for number in objects(each.pdf) if isinstance(number, dict) and {"/JS", "/AA", "/OpenAction"} & number.keys()], (
            each.name
        )


def test_poppler_opens_every_document_without_a_word(documents: list[Printed]) -> None:
    """Poppler reads and draws each page of A4 without a warning, and finds it tagged."""
    for each in documents:
        told = info_of(each.pdf)
        assert (told["Tagged"], told["Page size"], told["JavaScript"], told["Form"]) == (
            "yes",
            "595.276 x 841.89 pts (A4)",
            "no",
            "none",
        ), each.name
        assert told["Pages"] == str(len(reader(each.pdf).pages)), each.name
    drawn = [each for each in documents if each.vue.shows_constats()]
    assert all(len(images_of(each.pdf, 20)) == len(reader(each.pdf).pages) for each in drawn)


def test_every_font_is_embedded(documents: list[Printed]) -> None:
    """A document looks alike everywhere: its fonts are those of the portal, inside it, with what turns shapes back to text."""
    for each in documents:
        fonts = [one for one in objects(each.pdf) if isinstance(one, dict) and one.get("/Type") == "/Font"]
        families = [one for one in objects(each.pdf) if isinstance(one, dict) and one.get("/Type") == "/FontDescriptor"]
        assert families, each.name
        assert all({"/FontFile2", "/FontFile3"} & one.keys() for one in families), each.name
        assert {str(one["/FontName"]).partition("+")[2] for one in families} <= {
            "SourceSans3Regular",
            "SourceSans3Semibold",
            "SourceSans3Italic",
            "SourceSerif4Semibold",
            "PortailSymboles",
        }, each.name
        assert all("/ToUnicode" in one for one in fonts if one["/Subtype"] == "/Type0"), each.name


def test_headings_skip_no_level(documents: list[Printed]) -> None:
    """One title, sections below it, subtitles below those."""
    for each in documents:
        levels = [level for level, _ in headings(each.pdf)]
        tagged = [int(kind[1]) for kind, _, _ in structure(each.pdf) if re.fullmatch("H[1-6]", kind)]
        assert levels == tagged, each.name
        assert levels.count(1) == 1, each.name
        assert all(after <= before + 1 for before, after in pairwise(levels)), each.name


def test_tables_and_lists_are_tagged(documents: list[Printed]) -> None:
    """Each table of a sheet is a table with as many column headings as columns, and its college above them on a sheet to sign; each list is a list of as many items."""
    for each in documents:
        blocks = [bloc for section in each.feuille.sections for bloc in section.blocs]
        tables = [bloc for bloc in blocks if isinstance(bloc, Tableau)]
        tags = list(structure(each.pdf))
        kinds = [kind for kind, _, _ in tags]
        assert kinds.count("Table") == len(tables), each.name
        assert kinds.count("TH") == sum(len(table.colonnes) + table.aere for table in tables), each.name
        assert kinds.count("TR") == sum(len(table.lignes) + 1 + table.aere for table in tables), each.name
        assert all("Scope" in str(tag["/A"]) for kind, tag, _ in tags if kind == "TH"), each.name
        assert kinds.count("LI") >= sum(len(bloc.elements) for bloc in blocks if isinstance(bloc, Liste)), each.name
        assert all("L" in above for kind, _, above in tags if kind == "LI"), each.name


@pytest.mark.parametrize(
    "logo",
    [PNG, b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>', None],
    ids=["png", "svg", "none"],
)
def test_a_logo_says_what_it_is(logo: bytes | None) -> None:
    """The one picture is a figure with its words; without logo there is no figure."""
    vue = seen(session())
    for document, feuille in sheets(vue).items():
        figures = [tag for kind, tag, _ in structure(pdf_bytes(feuille, vue.today, logo)) if kind == "Figure"]
        alts = [str(tag["/Alt"]) for tag in figures]
        assert [alt.startswith("Logo") and alt.endswith("Organisme d’essai") for alt in alts] == ([True] if logo else []), document.nom


def test_each_document_embeds_its_record(documents: list[Printed]) -> None:
    """One file is attached, named after the document, said to be its source, and described."""
    for each in documents:
        assert list(attachments_of(each.pdf)) == [f"{each.document.nom}.yml"], each.name
        (held,) = root_of(each.pdf)["/AF"]
        told = held.get_object()
        assert (told["/AFRelationship"], told["/UF"]) == ("/Source", f"{each.document.nom}.yml"), each.name
        assert each.conseil.id in told["/Desc"], each.name
        assert told["/EF"]["/F"]["/Subtype"] == "/application/yaml", each.name


def test_the_embedded_record_is_the_filtered_one(documents: list[Printed]) -> None:
    """Read back by the portal, it is the session as this audience sees it and as it may leave; minutes leave out what concerns other certifications."""
    compared = 0
    for each in documents:
        (raw,) = attachments_of(each.pdf).values()
        expected = sent(restricted(each) if each.document.certification else each.conseil, each.document.genre)
        if "non diffusé" in raw.decode():
            continue
        found = parse_record(f"data/conseils/{each.conseil.id}.yml", raw)
        assert isinstance(found, Conseil), each.name
        assert compared_part(found) == compared_part(expected), each.name
        compared += 1
    assert compared > 100


def compared_part(conseil: Conseil) -> Conseil:
    """Return a session without the pieces and votes that tests of minutes look at apart."""
    points = tuple(point.model_copy(update={"documents": ()}) for point in conseil.ordre_du_jour.points)
    agenda = conseil.ordre_du_jour.model_copy(update={"points": points})
    return conseil.model_copy(update={"annexes": (), "approbations": (), "ordre_du_jour": agenda})


def restricted(each: Printed) -> Conseil:
    """Return the session that minutes embed, computed apart."""
    numero, registre, conseil = each.document.certification, each.vue.registre, each.conseil
    kept: dict[str, Any] = {
        name: tuple(part for part in getattr(conseil, name) if part.concerns(numero)) for name in ("echanges", "decisions")
    }
    kept["pv"] = tuple(part for part in conseil.pv if part.certification == numero)
    followed = ((part, registre.actions.get(part.action)) for part in conseil.suivi)
    kept["suivi"] = tuple(part for part, action in followed if action is None or about(registre, action.certifications, numero))
    return conseil.model_copy(update=kept)


def test_working_notes_leave_with_no_document(documents: list[Printed]) -> None:
    """A document is made to be sent: the notes of the organisation are not in the record it embeds, even when it is made inside."""
    assert [each.name for each in documents if b"\nnotes:" in b"".join(attachments_of(each.pdf).values())] == []
