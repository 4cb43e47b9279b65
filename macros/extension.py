"""Door for Python-Markdown: finished sections cross it untouched; prose gets French spaces, acronyms their long form once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from macros.abbreviations import mark_first_uses
from macros.french import capital, typography
from macros.rendering import SET_ASIDE

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from markdown import Markdown

_BEFORE_HTML_BLOCKS = 29
_AFTER_INLINE_BEFORE_TOC = 15
_AFTER_TOC = 4
_AFTER_ALL = -1
_CAPTION = re.compile(r"Tableau\s*:\s*")
_BOX = "☐ "
_SECTION = re.compile("(.*?)".join(SET_ASIDE), re.DOTALL)
_LITERAL = frozenset({"code", "pre", "kbd", "samp", "script", "style"})


class _FinishedSections(Preprocessor):
    """Puts aside the sections that macros made: parsing them again as HTML would cost half of a build."""

    def run(self, lines: list[str]) -> list[str]:
        """Replace each marked section by a placeholder that the last step of Markdown turns back."""
        text = "\n".join(lines)
        if SET_ASIDE[0] not in text:
            return lines
        return _SECTION.sub(lambda found: f"\n\n{self.md.htmlStash.store(found[1])}\n\n", text).split("\n")


class _FrenchSpaces(Treeprocessor):
    """Walks the tree of a page and leaves code alone."""

    def run(self, root: Element) -> None:
        """Put no-break spaces in every text of the tree."""
        if root.text:
            root.text = typography(root.text)
        for child in root:
            if child.tag not in _LITERAL:
                self.run(child)
            if child.tail:
                # A mark may follow the element: the first space of the tail counts too.
                child.tail = typography(f".{child.tail}")[1:]


class _TitlesOfContents(Treeprocessor):
    """Gives titles back the no-break spaces that the table of contents folds into ordinary ones."""

    def run(self, root: Element) -> None:  # noqa: ARG002 - signature of Python-Markdown
        """Walk the titles, at any level."""
        pending = list(getattr(self.md, "toc_tokens", ()))
        while pending:
            title = pending.pop()
            title["name"] = typography(title["name"])
            pending += title["children"]


class _Tables(Treeprocessor):
    """Gives tables typed in Markdown what readers of tables need: scoped headers, and a caption from the line “Tableau : …” before."""

    def run(self, root: Element) -> None:
        """Walk every table of the tree."""
        for parent in root.iter():
            previous: Element | None = None
            for child in list(parent):
                if child.tag == "table":
                    _scope_headers(child)
                    if previous is not None and previous.tag == "p" and (found := _CAPTION.match(previous.text or "")):
                        previous.tag, previous.text, previous.tail = "caption", capital((previous.text or "")[found.end() :]), None
                        parent.remove(previous)
                        child.insert(0, previous)
                previous = child


class _Checklists(Treeprocessor):
    """Turns “☐ ” at the start of a list item into a class: the box is drawn, not read aloud nor doubled by a bullet."""

    def run(self, root: Element) -> None:
        """Walk every item of the tree."""
        for item in root.iter("li"):
            holder = item[0] if len(item) and item[0].tag == "p" and not (item.text or "").strip() else item
            if (holder.text or "").startswith(_BOX):
                holder.text = (holder.text or "")[len(_BOX) :]
                item.set("class", "a-cocher")


class _FirstUses(Postprocessor):
    """Marks acronyms in the whole page, once sections put aside are back; titles and the table of contents are already read."""

    def run(self, text: str) -> str:
        """Give the long form of each known acronym at its first use."""
        return mark_first_uses(text)


def _scope_headers(table: Element) -> None:
    """Say what each header heads; the first cell of a row names the row, and the others carry their header for narrow screens."""
    labels = [typography("".join(header.itertext())) for header in table.iterfind("thead/tr/th")]
    for header in table.iter("th"):
        header.set("scope", "col")
    for row in table.iterfind("tbody/tr"):
        row[0].tag = "th"
        row[0].set("scope", "row")
        for cell, label in zip(row[1:], labels[1:], strict=False):  # Python-Markdown gives both the same length
            cell.set("data-l", label)


class PortailExtension(Extension):
    """The extension named in `mkdocs.yml`."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - name of Python-Markdown
        """Put sections aside first; set spaces once inline marks are resolved, before the table of contents reads headings."""
        md.preprocessors.register(_FinishedSections(md), "finished_sections", _BEFORE_HTML_BLOCKS)
        md.treeprocessors.register(_Tables(md), "french_tables", _AFTER_INLINE_BEFORE_TOC + 1)
        md.treeprocessors.register(_Checklists(md), "checklists", _AFTER_INLINE_BEFORE_TOC + 2)
        md.treeprocessors.register(_FrenchSpaces(md), "french_spaces", _AFTER_INLINE_BEFORE_TOC)
        md.treeprocessors.register(_TitlesOfContents(md), "titles_of_contents", _AFTER_TOC)
        md.postprocessors.register(_FirstUses(md), "first_uses", _AFTER_ALL)


def makeExtension(**options: Any) -> PortailExtension:  # noqa: N802 - name of Python-Markdown
    """Return the extension (contract of Python-Markdown)."""
    return PortailExtension(**options)
