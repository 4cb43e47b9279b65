"""Door for Python-Markdown: French spaces in pages written by hand, where nobody types a no-break space."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from macros.french import typography

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from markdown import Markdown

_AFTER_INLINE_BEFORE_TOC = 15
_LITERAL = frozenset({"code", "pre", "kbd", "samp", "script", "style"})


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


class FrenchTypography(Extension):
    """The extension named in `mkdocs.yml`."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - name of Python-Markdown
        """Run once inline marks are resolved, before the table of contents reads the headings."""
        md.treeprocessors.register(_FrenchSpaces(md), "french_spaces", _AFTER_INLINE_BEFORE_TOC)


def makeExtension(**options: Any) -> FrenchTypography:  # noqa: N802 - name of Python-Markdown
    """Return the extension (contract of Python-Markdown)."""
    return FrenchTypography(**options)
