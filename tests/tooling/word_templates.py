"""Makes our two Word templates, `macros/templates/documents/{convocation,pv}.docx`: same code, same bytes.

An organisation restyles a copy of one in Word (styles, fonts, colours,
header, footer, order of the tags) and puts it in its project; nothing of
this module is needed for that. To change ours, change this module and run
`python -m tests.tooling.word_templates`; to keep templates restyled by hand
instead, drop the test that compares them with what is made here.

Order matters to Word inside `pPr`, `rPr`, `tblPr`, `tcPr`, `style`, `lvl`:
`tests/documents/test_docx.py` checks it.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from tests.tooling.word_styles import NUMBERING, SETTINGS, STYLES

FOLDER = Path(__file__).parents[2] / "macros/templates/documents"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
NAMESPACES = f'xmlns:w="{W}" xmlns:r="{R}"'
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
WIDTH = 9524
"""Twentieths of a point between the margins of the page."""
PARTS = {"styles": "styles", "numbering": "numbering", "settings": "settings"} | {
    f"{kind}{rank}": kind for kind in ("header", "footer") for rank in (1, 2)
}


def paragraph(text: str, style: str = "", extra: str = "") -> str:
    """Return a paragraph; a tab in `text` is a tab."""
    name = f'<w:pStyle w:val="{style}"/>' if style else ""
    properties = f"<w:pPr>{name}{extra}</w:pPr>" if name or extra else ""
    runs = "<w:r><w:tab/></w:r>".join(f'<w:r><w:t xml:space="preserve">{part}</w:t></w:r>' for part in text.split("\t"))
    return f"<w:p>{properties}{runs if text else ''}</w:p>"


def note(text: str) -> str:
    """Return an instruction to the person who restyles: it is not printed."""
    return paragraph("{#p " + text + " #}", "Consigne")


def tag(text: str) -> str:
    """Return a line that only steers: it leaves nothing in the document."""
    return paragraph("{%p " + text + " %}", "Balise")


def cell(content: str, width: int, properties: str = "") -> str:
    """Return a cell `width` wide."""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{properties}</w:tcPr>{content}</w:tc>'


def row(*cells: str, head: bool = False, height: int = 0) -> str:
    """Return a row that no page break splits; `head`: said again on each page."""
    tall = f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>' if height else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{tall}{'<w:tblHeader/>' if head else ''}</w:trPr>{''.join(cells)}</w:tr>"


def steering(text: str, *widths: int) -> str:
    """Return a row that only steers."""
    first, *others = widths
    return row(cell(paragraph("{%tr " + text + " %}", "Balise"), first), *(cell(paragraph("", "Balise"), width) for width in others))


def table(style: str, widths: tuple[int, ...], *rows: str, look: str = "") -> str:
    """Return a table as wide as the text, and the short line that keeps it apart from what follows."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="{look or "0000"}" w:firstRow="{int(look == "0020")}" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"'
        f' w:noHBand="0" w:noVBand="0"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>{paragraph("", "Espace")}'
    )


def facts(style: str, named: str) -> str:
    """Return labelled values, one a row."""
    widths = (1985, WIDTH - 1985)
    return table(
        style,
        widths,
        steering(f"for fait in {named}", *widths),
        row(cell(paragraph("{{ fait.libelle }}", "Libelle"), widths[0]), cell(paragraph("{{ fait.valeur }}", "Texteencadre"), widths[1])),
        steering("endfor", *widths),
    )


def grid(style: str, height: int = 0) -> str:
    """Return a table whose columns are those of the record."""
    widths = (3174, 3175, 3175)

    def looped(loop: str, inside: str, cell_style: str) -> tuple[str, ...]:
        kept = paragraph(inside, cell_style)
        ends = [paragraph("{%tc " + text + " %}", "Balise") for text in (f"for {loop}", "endfor")]
        return cell(ends[0], widths[0]), cell(kept, widths[1]), cell(ends[1], widths[2])

    return table(
        style,
        widths,
        row(*looped("colonne in bloc.colonnes", "{{ colonne.part }}{{ colonne.titre }}", "Titredecolonne"), head=True),
        steering("for ligne in bloc.lignes", *widths),
        row(*looped("cellule in ligne", "{{ cellule }}", "Textedetableau"), height=height),
        steering("endfor", *widths),
        look="0020",
    )


def signatures() -> str:
    """Return boxes to sign in, side by side."""
    widths = (3174, 3175, 3175)
    ends = [paragraph("{%tc " + text + " %}", "Balise") for text in ("for fonction in bloc.fonctions", "endfor")]
    box = paragraph("{{ fonction }}", "Textedetableau")
    return table("Signatures", widths, row(cell(ends[0], widths[0]), cell(box, widths[1]), cell(ends[1], widths[2]), height=1560))


def form() -> str:
    """Return lines to fill by hand."""
    widths = (2722, WIDTH - 2722)
    line = '<w:tcBorders><w:bottom w:val="single" w:sz="4" w:space="0" w:color="56605F"/></w:tcBorders>'
    low = '<w:vAlign w:val="bottom"/>'
    return table(
        "Faits",
        widths,
        steering("for champ in bloc.champs", *widths),
        row(cell(paragraph("{{ champ }}", "Textedetableau"), widths[0], low), cell(paragraph(""), widths[1], line + low), height=680),
        steering("endfor", *widths),
    )


def blocks() -> str:
    """Return how each kind of block is printed, once for the whole template."""
    text = "{{ bloc.texte }}"
    line = "{{ ligne.texte }}"
    item = "{{ element.texte }}"
    return "".join(
        (
            tag("macro imprimer(blocs)"),
            tag("for bloc in blocs"),
            note("Une phrase : à ne pas manquer, discrète, à droite, ou ordinaire."),
            *(tag("if bloc.sorte is phrase"), tag("if bloc.ton is fort"), paragraph(text, "Important")),
            *(tag("elif bloc.ton is discret"), paragraph(text, "Note")),
            *(tag("elif bloc.ton is droite"), paragraph(text, "Adroite")),
            *(tag("else"), paragraph(text), tag("endif")),
            note("Un texte long : paragraphes et listes."),
            *(tag("elif bloc.sorte is redaction"), tag("for ligne in bloc.lignes")),
            *(tag("if ligne.sorte is puce"), paragraph(line, "ListBullet")),
            *(tag("elif ligne.sorte is numero"), paragraph(line, "ListNumber")),
            *(tag("elif ligne.sorte is suite"), paragraph(line, "ListContinue")),
            *(tag("else"), paragraph(line), tag("endif"), tag("endfor")),
            *(tag("elif bloc.sorte is intertitre"), paragraph(text, "Heading3")),
            note("Une liste : chaque élément, ses détails, sa note."),
            *(tag("elif bloc.sorte is liste"), tag("for element in bloc.elements")),
            *(tag("if bloc.numerotee"), paragraph(item, "ListNumber")),
            *(tag("else"), paragraph(item, "ListBullet"), tag("endif")),
            *(tag("for detail in element.details"), paragraph("{{ detail }}", "ListBullet2"), tag("endfor")),
            *(tag("if element.note"), paragraph("{{ element.note }}", "Notedeliste"), tag("endif"), tag("endfor")),
            note("Des faits : un libellé, une valeur."),
            *(tag("elif bloc.sorte is faits"), facts("Faits", "bloc.faits")),
            note("Un tableau. La balise colonne.part donne sa largeur à la colonne ; sans elle, les colonnes sont égales."),
            *(tag("elif bloc.sorte is tableau"), paragraph("{{ bloc.legende }}", "Caption")),
            *(tag("if bloc.aere"), grid("Grille", height=624), tag("else"), grid("Tableau"), tag("endif")),
            note("Des cadres à signer, sous la phrase signée."),
            *(tag("elif bloc.sorte is signatures"), paragraph(text, "", "<w:keepNext/>"), signatures()),
            note("Des lignes à remplir à la main."),
            *(tag("elif bloc.sorte is formulaire"), form()),
            *(tag("endif"), tag("endfor"), tag("endmacro")),
        )
    )


GUIDE = (
    "Modèle à restyler dans Word : styles, polices, couleurs, en-tête, pied de page. Les mots entre doubles accolades sont remplacés ; "
    "les lignes qui commencent par une accolade et un signe pour cent disparaissent, comme celle-ci. Gardez-les entiers."
)


def body(*, letter: bool) -> str:
    """Return the body: a letter speaks first and says when and where next; minutes do the reverse."""
    boxed = tag("if faits") + facts("Encadre", "faits") + tag("endif")
    spoken = paragraph("{{p imprimer(introduction) }}", "Balise")
    return "".join(
        (
            note(GUIDE),
            note("Comment chaque sorte de bloc s’imprime."),
            blocks(),
            note("Le document commence ici."),
            paragraph("{{ titre }}", "Heading1"),
            paragraph("{{ sous_titre }}", "Subtitle"),
            *((spoken, paragraph("", "Espace"), boxed) if letter else (boxed, spoken)),
            tag("for section in sections"),
            *(tag("if section.page"), paragraph("{{ section.titre }}", "Heading2", '<w:pageBreakBefore/><w:spacing w:before="0"/>')),
            *(tag("else"), paragraph("{{ section.titre }}", "Heading2"), tag("endif")),
            paragraph("{{p imprimer(section.blocs) }}", "Balise"),
            tag("endfor"),
        )
    )


def number(instruction: str) -> str:
    """Return a field that the word processor computes."""
    kinds = ('<w:fldChar w:fldCharType="begin"/>', f'<w:instrText xml:space="preserve"> {instruction} </w:instrText>')
    ends = ('<w:fldChar w:fldCharType="separate"/>', "<w:t>1</w:t>", '<w:fldChar w:fldCharType="end"/>')
    return "".join(f"<w:r>{kind}</w:r>" for kind in (*kinds, *ends))


def footer() -> str:
    """Return the foot of each page: reference, reference date, page number, then the mention."""
    first = paragraph("{{ reference }} · situation au {{ date_reference }}\tpage ", "Footer")
    first = first.removesuffix("</w:p>") + number("PAGE") + "<w:r><w:t>/</w:t></w:r>" + number("NUMPAGES") + "</w:p>"
    return first + tag("if mention") + paragraph("{{ mention }}", "Footer") + tag("endif")


def header() -> str:
    """Return the head of the first page: logo, organisation, reference."""
    widths = (6500, WIDTH - 6500)
    flush = '<w:tcMar><w:right w:w="0" w:type="dxa"/></w:tcMar>'
    cells = cell(paragraph("{{ organisme }}", "Organisme"), widths[0]), cell(paragraph("{{ reference }}", "Reference"), widths[1], flush)
    return tag("if logo") + paragraph("{{ logo }}", "Logo") + tag("endif") + table("Entete", widths, row(*cells))


SECTION = (
    '<w:sectPr><w:headerReference w:type="default" r:id="rId4"/><w:headerReference w:type="first" r:id="rId5"/>'
    '<w:footerReference w:type="default" r:id="rId6"/><w:footerReference w:type="first" r:id="rId7"/>'
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1021" w:right="1191" w:bottom="1361" w:left="1191" w:header="680" w:footer="567" w:gutter="0"/>'
    '<w:cols w:space="708"/><w:titlePg/></w:sectPr>'
)


def parts(*, letter: bool) -> dict[str, str]:
    """Return every part of a template by its path, in the order of the archive."""
    types = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{WORD}.{kind}+xml"/>' for name, kind in PARTS.items())
    links = "".join(
        f'<Relationship Id="rId{rank}" Type="{R}/{kind}" Target="{name}.xml"/>' for rank, (name, kind) in enumerate(PARTS.items(), 1)
    )
    title = "Modèle de convocation" if letter else "Modèle de procès-verbal"
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{WORD}.document.main+xml"/>{types}'
        '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>',
        "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{title}</dc:title><dc:language>fr-FR</dc:language></cp:coreProperties>",
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{body(letter=letter)}{SECTION}</w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>',
        "word/styles.xml": f"<w:styles {NAMESPACES}>{STYLES}</w:styles>",
        "word/numbering.xml": f"<w:numbering {NAMESPACES}>{NUMBERING}</w:numbering>",
        "word/settings.xml": f"<w:settings {NAMESPACES}>{SETTINGS}</w:settings>",
        "word/header1.xml": f"<w:hdr {NAMESPACES}>{paragraph('', 'Header')}</w:hdr>",
        "word/header2.xml": f"<w:hdr {NAMESPACES}>{header()}</w:hdr>",
        "word/footer1.xml": f"<w:ftr {NAMESPACES}>{footer()}</w:ftr>",
        "word/footer2.xml": f"<w:ftr {NAMESPACES}>{footer()}</w:ftr>",
    }


def template(*, letter: bool) -> bytes:
    """Return the bytes of a template: the convocation is a letter, the minutes are not."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in parts(letter=letter).items():
            archive.writestr(zipfile.ZipInfo(path), DECLARATION + text, zipfile.ZIP_DEFLATED)
    return made.getvalue()


if __name__ == "__main__":
    for name in ("convocation", "pv"):
        (FOLDER / f"{name}.docx").write_bytes(template(letter=name == "convocation"))
