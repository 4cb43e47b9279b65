"""Styles, lists and settings of our Word templates: what a person sees and changes in the styles pane of Word.

Built-in styles bear their English name, which Word shows in the language of
the person (`heading 1` is « Titre 1 »); ours bear the name people see.
"""

from __future__ import annotations

PETROLE, TERRE, GRIS, FILET, FOND, ENCRE = "17495A", "A4502F", "56605F", "D9D3C6", "F7F4ED", "1F2A2C"
TITLES = '<w:rFonts w:ascii="Cambria" w:hAnsi="Cambria" w:cs="Cambria"/>'


def spacing(before: int = 0, after: int = 0) -> str:
    """Return the space around a paragraph, in twentieths of a point."""
    return f'<w:spacing w:before="{before}" w:after="{after}"/>'


def letters(color: str = "", half_points: int = 0, *, bold: bool = False, italic: bool = False, fonts: str = "") -> str:
    """Return how letters look; sizes are in half points."""
    weight = ("<w:b/>" if bold else "") + ("<w:i/>" if italic else "")
    shade = f'<w:color w:val="{color}"/>' if color else ""
    size = f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>' if half_points else ""
    return fonts + weight + shade + size


def style(
    identifier: str, name: str, paragraph: str = "", run: str = "", *, based: str = "Normal", after: str = "", shown: bool = True
) -> str:
    """Return a paragraph style; `after` is the style of the paragraph typed next."""
    custom = "" if name[0].islower() or name.split(maxsplit=1)[0] in {"List", "Normal", "Subtitle"} else ' w:customStyle="1"'
    default = ' w:default="1"' if identifier == "Normal" else ""
    head = f'<w:name w:val="{name}"/>' + (f'<w:basedOn w:val="{based}"/>' if identifier != "Normal" else "")
    head += (f'<w:next w:val="{after}"/>' if after else "") + '<w:uiPriority w:val="1"/>' + ("<w:qFormat/>" if shown else "")
    body = (f"<w:pPr>{paragraph}</w:pPr>" if paragraph else "") + (f"<w:rPr>{run}</w:rPr>" if run else "")
    return f'<w:style w:type="paragraph"{default}{custom} w:styleId="{identifier}">{head}{body}</w:style>'


def border(side: str, color: str, eighths: int = 4, space: int = 0) -> str:
    """Return one side of a border, its thickness in eighths of a point."""
    return f'<w:{side} w:val="single" w:sz="{eighths}" w:space="{space}" w:color="{color}"/>'


def margins(top: int, side: int, bottom: int, right: int | None = None) -> str:
    """Return the space inside the cells of a table; the right is as the left unless it is said."""
    sides = (("top", top), ("left", side), ("bottom", bottom), ("right", side if right is None else right))
    return "<w:tblCellMar>" + "".join(f'<w:{name} w:w="{width}" w:type="dxa"/>' for name, width in sides) + "</w:tblCellMar>"


def shading(fill: str) -> str:
    """Return a background."""
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>'


def table_style(identifier: str, name: str, table: str, cells: str = "", first_row: str = "") -> str:
    """Return a table style; `first_row` is what its row of titles adds."""
    first = f'<w:tblStylePr w:type="firstRow">{first_row}</w:tblStylePr>' if first_row else ""
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{identifier}"><w:name w:val="{name}"/><w:basedOn w:val="TableNormal"/>'
        f'<w:uiPriority w:val="1"/><w:qFormat/><w:tblPr>{table}</w:tblPr>{f"<w:tcPr>{cells}</w:tcPr>" if cells else ""}{first}</w:style>'
    )


def bordered(*sides: str, color: str) -> str:
    """Return the borders of a table."""
    return "<w:tblBorders>" + "".join(border(side, color) for side in sides) + "</w:tblBorders>"


def numbered(rank: int) -> str:
    """Return the list a style belongs to."""
    return f'<w:numPr><w:numId w:val="{rank}"/></w:numPr>'


TITLE_ROW = f"<w:rPr><w:b/></w:rPr><w:tcPr>{shading(FOND)}</w:tcPr>"
EVERY_SIDE = ("top", "left", "bottom", "right", "insideH", "insideV")
ITEM = spacing(0, 20)
RIGHT_TAB = '<w:tabs><w:tab w:val="right" w:pos="9524"/></w:tabs>'

STYLES = "".join(
    (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri"/>',
        f'{letters(ENCRE, 21)}<w:lang w:val="fr-FR" w:eastAsia="fr-FR" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>',
        '<w:pPrDefault><w:pPr><w:spacing w:line="240" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>',
        style("Normal", "Normal", spacing(40, 60)),
        style("Heading1", "heading 1", f'<w:keepNext/><w:keepLines/>{spacing(160, 20)}<w:outlineLvl w:val="0"/>',
              letters(PETROLE, 44, bold=True, fonts=TITLES), after="Subtitle"),
        style("Subtitle", "Subtitle", spacing(0, 200), letters(GRIS, 26), after="Normal"),
        style("Heading2", "heading 2", f'<w:keepNext/><w:keepLines/>{spacing(240, 40)}<w:outlineLvl w:val="1"/>',
              letters(PETROLE, 28, bold=True, fonts=TITLES), after="Normal"),
        style("Heading3", "heading 3", f'<w:keepNext/><w:keepLines/>{spacing(140, 20)}<w:outlineLvl w:val="2"/>',
              letters(TERRE, 22, bold=True, fonts=TITLES), after="Normal"),
        style("ListBullet", "List Bullet", numbered(1) + ITEM),
        style("ListBullet2", "List Bullet 2", '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>' + ITEM),
        style("ListNumber", "List Number", numbered(2) + ITEM),
        style("ListContinue", "List Continue", ITEM + '<w:ind w:left="397"/>'),
        style("Note", "Note", "", letters(GRIS, 20)),
        style("Notedeliste", "Note de liste", spacing(0, 30) + '<w:ind w:left="397"/>', letters(GRIS, 18), based="Note"),
        style("Important", "Important", f'<w:keepLines/><w:pBdr>{border("left", TERRE, 18, 8)}</w:pBdr>{spacing(60, 160)}<w:ind w:left="200"/>',
              letters(bold=True)),
        style("Adroite", "À droite", '<w:keepLines/><w:jc w:val="right"/>'),
        style("Caption", "caption", f"<w:keepNext/>{spacing(100, 60)}", letters(GRIS, 19)),
        style("Titredecolonne", "Titre de colonne", '<w:keepNext/><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>', letters(half_points=19, bold=True)),
        style("Textedetableau", "Texte de tableau", '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>', letters(half_points=19)),
        style("Libelle", "Libellé", '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>', letters(GRIS, 19)),
        style("Texteencadre", "Texte encadré", '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'),
        style("Espace", "Espace", '<w:spacing w:before="0" w:after="0" w:line="140" w:lineRule="exact"/>', letters(half_points=8), shown=False),
        style("Header", "header", '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>', letters(GRIS, 8), shown=False),
        style("Logo", "Logo", '<w:spacing w:before="0" w:after="80" w:line="240" w:lineRule="auto"/>', letters(GRIS, 17)),
        style("Organisme", "Organisme", '<w:spacing w:before="0" w:after="60" w:line="240" w:lineRule="auto"/>', letters(PETROLE, 24, bold=True, fonts=TITLES)),
        style("Reference", "Référence", '<w:spacing w:before="0" w:after="60" w:line="240" w:lineRule="auto"/><w:jc w:val="right"/>', letters(GRIS, 18)),
        style("Footer", "footer", f'<w:pBdr>{border("top", FILET, 4, 4)}</w:pBdr>{RIGHT_TAB}<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>',
              letters(GRIS, 17)),
        style("Balise", "Balise", '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>', f"<w:noProof/>{letters(TERRE, 15)}", shown=False),
        style("Consigne", "Consigne", spacing(80, 20), f'<w:i/><w:noProof/>{letters("2F7D4F", 17)}', shown=False),
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/>',
        f'<w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>{margins(0, 100, 0)}</w:tblPr></w:style>',
        table_style("Encadre", "Encadré", margins(25, 160, 25), shading(FOND)),
        table_style("Faits", "Faits", margins(10, 0, 10, 140)),
        table_style("Entete", "En-tête de document", f'<w:tblBorders>{border("bottom", PETROLE, 8)}</w:tblBorders>' + margins(0, 0, 0, 140), '<w:vAlign w:val="bottom"/>'),
        table_style("Tableau", "Tableau", bordered("top", "bottom", "insideH", color=FILET) + margins(35, 90, 35), "", TITLE_ROW),
        table_style("Grille", "Grille", bordered(*EVERY_SIDE, color=GRIS) + margins(35, 90, 35), '<w:vAlign w:val="center"/>', TITLE_ROW),
        table_style("Signatures", "Signatures", bordered(*EVERY_SIDE, color=GRIS) + margins(70, 100, 70)),
    )
)  # fmt: skip


def level(rank: int, kind: str, text: str, owner: str) -> str:
    """Return one level of a list; `owner` is the style that is this level."""
    linked = f'<w:pStyle w:val="{owner}"/>' if owner else ""
    place = f'<w:pPr><w:ind w:left="{397 * (rank + 1)}" w:hanging="{284 if kind == "bullet" else 340}"/></w:pPr>'
    return (
        f'<w:lvl w:ilvl="{rank}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{linked}<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f"{place}<w:rPr>{letters(PETROLE)}</w:rPr></w:lvl>"
    )


def outline(rank: int, name: str, levels: str) -> str:
    """Return a list of nine levels."""
    return f'<w:abstractNum w:abstractNumId="{rank}"><w:multiLevelType w:val="multilevel"/><w:name w:val="{name}"/>{levels}</w:abstractNum>'


NUMBERING = "".join(
    (
        outline(1, "Puces", "".join(level(rank, "bullet", "–", {0: "ListBullet", 1: "ListBullet2"}.get(rank, "")) for rank in range(9))),
        outline(2, "Numeros", "".join(level(rank, "decimal", f"%{rank + 1}.", {0: "ListNumber"}.get(rank, "")) for rank in range(9))),
        *(f'<w:num w:numId="{rank}"><w:abstractNumId w:val="{rank}"/></w:num>' for rank in (1, 2)),
    )
)
COMPATIBILITY = "".join(
    f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" w:val="{value}"/>'
    for name, value in (
        ("compatibilityMode", 15),
        ("overrideTableStyleFontSizeAndJustification", 1),
        ("enableOpenTypeFeatures", 1),
        ("doNotFlipMirrorIndents", 1),
        ("differentiateMultirowTableHeaders", 1),
    )
)
SETTINGS = (
    '<w:zoom w:percent="100"/><w:defaultTabStop w:val="708"/><w:hyphenationZone w:val="425"/>'
    f'<w:characterSpacingControl w:val="doNotCompress"/><w:compat>{COMPATIBILITY}</w:compat>'
    '<w:themeFontLang w:val="fr-FR"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/>'
)
