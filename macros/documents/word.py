"""What turns the marks of a filled template into Word: lists that start at 1, columns as wide as they should, bold and italic.

Works on the elements that `macros.documents.docx` hands over, which know the
order Word wants inside each.
"""

from __future__ import annotations

import re
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from macros.documents.modeles import GRAS, ITALIQUE, LISTE, NIVEAU, NUMBER, PART

if TYPE_CHECKING:
    from collections.abc import Iterator

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_TEXTS = (f"{W}document", f"{W}hdr", f"{W}ftr")


def finish(package: Any) -> None:
    """Turn the marks of a filled template into Word, and mend what filling left empty."""
    roots = [root for part in package.iter_parts() if (root := getattr(part, "element", None)) is not None]
    lists = _Lists(*(next((root for root in roots if root.tag == f"{W}{name}"), None) for name in ("styles", "numbering")))
    for root in roots:
        if root.tag in _TEXTS:
            for paragraph in list(root.iter(f"{W}p")):
                lists.place(paragraph)
                _emphasise(paragraph)
            for table in list(root.iter(f"{W}tbl")):
                _widen(table)
                _mend(table)


def _text(element: Any) -> str:
    return "".join(each.text or "" for each in element.iter(f"{W}t"))


def _number(text: str, kind: str) -> int:
    return next((int(number) for mark, number in NUMBER.findall(text) if mark == kind), 0)


class _Lists:
    """The lists of a document: each numbered list starts again at 1, an item stands as deep as its mark says."""

    def __init__(self, styles: Any, numbering: Any) -> None:
        """Read the list each style belongs to: a style without its own has that of the style it is based on."""
        self._styles = {style.get(f"{W}styleId"): style for style in styles.iter(f"{W}style")} if styles is not None else {}
        self._numbering = numbering
        self._started: dict[tuple[int, int], int] = {}

    def place(self, paragraph: Any) -> None:
        """Give a marked paragraph its list and its depth."""
        text = _text(paragraph)
        rank, level = _number(text, LISTE), _number(text, NIVEAU) or 1
        if not rank and level == 1:
            return
        properties = paragraph.get_or_add_pPr()
        style = properties.style or "Normal"
        listed = self._found(style, "numId")
        if listed is not None and self._numbering is not None:
            numbers = properties.get_or_add_numPr()
            numbers.get_or_add_ilvl().val = level - 1
            numbers.get_or_add_numId().val = (
                self._restarted(rank, int(listed.get(f"{W}val")), level - 1) if rank else int(listed.get(f"{W}val"))
            )
        elif (indent := self._found(style, "ind")) is not None:
            properties.ind_left = int(indent.get(f"{W}left", "0")) * level * 635

    def _found(self, name: str, tag: str) -> Any:
        """Return what a style, or the one it is based on, says of lists or indents."""
        seen = set()
        while name in self._styles and name not in seen:
            seen.add(name)
            found = next(self._styles[name].iter(f"{W}{tag}"), None)
            if found is not None:
                return found
            based = self._styles[name].find(f"{W}basedOn")
            name = based.get(f"{W}val") if based is not None else ""
        return None

    def _restarted(self, rank: int, listed: int, level: int) -> int:
        """Return the number of a list like `listed` that starts at 1, the same for every item of one list."""
        if (rank, listed) not in self._started:
            model = next(each for each in self._numbering.num_lst if each.numId == listed)
            made = self._numbering.add_num(model.abstractNumId.val)
            made.add_lvlOverride(ilvl=level).add_startOverride(1)
            self._started[rank, listed] = made.numId
        return self._started[rank, listed]


def _emphasise(paragraph: Any) -> None:
    """Split the runs of a paragraph where a text turns bold or italic."""
    bold = italic = False
    for run in list(paragraph.iter(f"{W}r")):
        if not (bold or italic or GRAS in _text(run) or ITALIQUE in _text(run)):
            continue
        for child in [each for each in run if each.tag != f"{W}rPr"]:
            for mark, piece in _pieces(child):
                bold, italic = bold ^ (mark == GRAS), italic ^ (mark == ITALIQUE)
                _split(run, piece, bold=bold, italic=italic)
        run.getparent().remove(run)


def _pieces(child: Any) -> Iterator[tuple[str, Any]]:
    """Yield the parts of a text between marks, each after the mark it follows; anything but a text as it is."""
    if child.tag != f"{W}t":
        yield "", child
        return
    mark = ""
    for part in re.split(f"([{GRAS}{ITALIQUE}])", child.text or ""):
        if part in {GRAS, ITALIQUE}:
            mark = part
        else:
            piece = deepcopy(child)
            piece.text = part
            piece.set(XML_SPACE, "preserve")
            yield mark, piece
            mark = ""


def _split(run: Any, piece: Any, *, bold: bool, italic: bool) -> None:
    """Put one part of a run before it, with its look."""
    made = run.makeelement(run.tag)
    if run.rPr is not None:
        made.append(deepcopy(run.rPr))
    made.append(piece)
    run.addprevious(made)
    if bold:
        made.get_or_add_rPr().get_or_add_b()
    if italic:
        made.get_or_add_rPr().get_or_add_i()


def _widen(table: Any) -> None:
    """Give each cell the width of its column: the part its title asks for, or what docxtpl made of the columns."""
    columns = table.tblGrid.gridCol_lst
    total = sum(int(column.w or 0) for column in columns)
    first: list[Any] = next((row.tc_lst for row in table.tr_lst if len(row.tc_lst) == len(columns)), [])
    parts = [_number(_text(cell), PART) for cell in first]
    if all(parts) and parts:
        for column, part in zip(columns, parts, strict=True):
            column.w = total * part // sum(parts)
    for row in table.tr_lst:
        if len(row.tc_lst) == len(columns):
            for cell, column in zip(row.tc_lst, columns, strict=True):
                cell.width = column.w


def _mend(table: Any) -> None:
    """Give a paragraph to each cell that lost its own; take away rows and tables left empty: Word opens neither."""
    for row in list(table.tr_lst):
        for cell in row.tc_lst:
            if cell[-1].tag != f"{W}p":
                cell.add_p()
        if not row.tc_lst:
            table.remove(row)
    if not table.tr_lst:
        table.getparent().remove(table)
