"""The only module that knows docxtpl: sheets become Word documents, from our templates or from those of the organisation.

A text of a record is a value, never read as a template. A template of the
organisation is a file that people exchange: checked as a whole, filled in a
sandbox that offers the fields of the sheet and nothing else; what it carries
beside its text does not pass. Same sheet, same bytes: dates are the reference
date. Word shows no SVG alone: the logo is printed when it is PNG or JPEG.
"""

from __future__ import annotations

import io
import re
from functools import partial
from operator import eq
from typing import TYPE_CHECKING, Any

from docx.image.image import Image
from docx.opc.oxml import serialize_part_xml
from docx.oxml import parse_xml
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError, meta, nodes
from jinja2.runtime import LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment

from macros import messages
from macros.documents.balises import alone, pairing, tags_of
from macros.documents.modeles import BOUCLE, CHAMPS, DEHORS, FILTRES, LIGNES, MODELES, RESERVES, SORTES, TONS, context_of, plain
from macros.documents.paquet import archived, is_heavy, leave_out, refusals, sign
from macros.documents.word import finish

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from macros.views.documents.feuille import Feuille

__all__ = ["MODELES", "UnreadableModeleError", "docx_bytes"]

HEIGHT, WIDEST = Mm(13), Mm(80)
"""How tall a logo is printed, and how wide at most."""
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
_NODES = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Getitem, nodes.Const, nodes.For, nodes.If),
    *(nodes.CondExpr, nodes.Test, nodes.Filter, nodes.Not, nodes.And, nodes.Or, nodes.Compare, nodes.Operand, nodes.Macro, nodes.Call),
)
"""What a tag may be made of: loops, conditions, fields. Nothing that computes, loads, assigns, or marks a text as safe."""


class UnreadableModeleError(Exception):
    """A template of the organisation cannot be filled; the text says why, in French, all faults at once."""


class _Sandbox(ImmutableSandboxedEnvironment):
    """A template language without functions, and in which a value has its fields but no attribute nor method."""

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined)
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in FILTRES}
        self.tests = {word: partial(eq, word) for word in (*SORTES, *TONS, *LIGNES)}  # type: ignore[misc] # jinja2 says function, meaning callable

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ARG002 - the signature of jinja2
        return isinstance(obj, LoopContext) and attr in BOUCLE

    def is_safe_callable(self, obj: Any) -> bool:
        return isinstance(obj, Macro)


class _Modele(DocxTemplate):  # type: ignore[misc] # docxtpl ships no types
    """A template being filled, which tells what Word could not open instead of mending it silently."""

    def fix_tables(self, xml: str) -> Any:
        """Return the body; raises `SyntaxError` when its XML is not well formed."""
        parse_xml(xml)
        return super().fix_tables(xml)

    def map_tree(self, tree: Any) -> None:
        """Put the body in its place, made of elements that know the order Word wants."""
        super().map_tree(parse_xml(serialize_part_xml(tree)))

    def render_properties(self, context: dict[str, Any], jinja_env: Any = None) -> None:
        """Leave the properties alone: they are ours, not templates."""

    def sources(self) -> Iterator[str]:
        """Yield each part that is filled, as docxtpl reads it."""
        self.render_init()
        yield self.patch_xml(self.get_xml())
        for uri in (self.HEADER_URI, self.FOOTER_URI):
            for _, part in self.get_headers_footers(uri):
                yield self.patch_xml(self.get_part_xml(part))


class _Logo(InlineImage):  # type: ignore[misc] # docxtpl ships no types
    """A logo with its description, for those who do not see it."""

    described = ""

    def _insert_image(self) -> str:
        self.image_descriptor.seek(0)
        said = self.described.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
        return str(super()._insert_image()).replace("<wp:docPr ", f'<wp:docPr descr="{said}" ', 1)


def docx_bytes(feuille: Feuille, day: date, modele: bytes | None = None, logo: bytes | None = None) -> bytes:
    """Return the Word document of a sheet, dated `day`.

    `modele` is the organisation's own template, None for ours; `logo` an
    image, left out when it is neither PNG nor JPEG. Raises
    `UnreadableModeleError`.
    """
    template = _opened(MODELES[feuille.genre].read_bytes() if modele is None else modele)
    environment = _Sandbox()
    _check(template, environment)
    _fill(template, context_of(feuille) | {"logo": _logo(template, logo, f"Logo : {feuille.organisme}")}, environment)
    finish(template.docx.part.package)
    leave_out(template.docx.part.package)
    sign(template.docx.core_properties, feuille, day)
    return archived(template.save)


def _refuse(faults: list[str]) -> None:
    if faults:
        raise UnreadableModeleError(messages.word_faults(faults))


def _opened(content: bytes) -> _Modele:
    """Return a template that Word could open and that carries nothing it should not."""
    template = _Modele(io.BytesIO(content))
    try:
        faults = [messages.word_too_heavy()] if is_heavy(content) else refusals(template.get_docx().part.package)
    except Exception:  # noqa: BLE001 - a file people exchange may break a parser anywhere
        faults = [messages.word_not_a_document()]
    _refuse(faults)
    return template


def _check(template: _Modele, environment: _Sandbox) -> None:
    """Refuse a template with every tag that could not be filled, whatever the document."""
    faults = []
    for source in template.sources():
        tags = tags_of(source)
        here = [*pairing(tags), *(fault for tag in tags if (whole := alone(tag)) for fault in _faults(tag, whole, environment))]
        faults += here or _unknown(source, environment)
    _refuse(faults)


def _faults(tag: str, whole: str, environment: _Sandbox) -> Iterator[str]:
    """Yield what is wrong in one tag."""
    try:
        found = list(environment.parse(whole).find_all(nodes.Node))
    except TemplateSyntaxError:
        yield messages.word_tag_unreadable(tag)
        return
    for node in found:
        if isinstance(node, nodes.Getattr) and node.attr not in CHAMPS | BOUCLE:
            yield messages.word_name_unknown(node.attr, CHAMPS)
        elif isinstance(node, nodes.Test) and node.name not in environment.tests:
            yield messages.word_name_unknown(node.name, environment.tests)
        elif not isinstance(node, _NODES) or (isinstance(node, nodes.Filter) and node.name not in FILTRES):
            yield messages.word_tag_unknown(tag)


def _unknown(source: str, environment: _Sandbox) -> list[str]:
    """Return the names that nothing gives, once every tag is readable."""
    try:
        tree = environment.parse(source)
        names = meta.find_undeclared_variables(tree) - DEHORS | {each.name for each in tree.find_all(nodes.Name)} & RESERVES
    except TemplateSyntaxError as error:
        return [messages.word_tag_unreadable(re.sub(r"<[^>]*>", " ", source.splitlines()[error.lineno - 1]))]
    return [messages.word_name_unknown(name, DEHORS) for name in sorted(names)]


def _fill(template: _Modele, context: dict[str, Any], environment: _Sandbox) -> None:
    """Fill a template, or refuse it with what stopped it: something only this document shows."""
    try:
        template.render(context, environment)
    except UndefinedError as error:
        named = re.search(r"'(\w+)'(?: is undefined)?$", str(error))
        _refuse([messages.word_name_misplaced(named[1] if named else str(error))])
    except (SyntaxError, RecursionError) as error:  # lxml says SyntaxError of XML that is not well formed
        _refuse([messages.word_crossed() if isinstance(error, SyntaxError) else messages.word_endless()])
    except (TemplateError, TypeError, ValueError) as error:
        _refuse([messages.word_tag_unreadable(str(error))])


def _logo(template: _Modele, content: bytes | None, described: str) -> Any:
    """Return the logo as templates print it, nothing when Word could not show it."""
    if not content or not content.startswith(_IMAGES):
        return ""
    try:
        size = Image.from_blob(content)
        ratio = size.px_width / size.px_height
        height = min(HEIGHT, int(WIDEST / ratio))
    except Exception:  # noqa: BLE001 - the same of an image: documents are then made without it
        return ""
    made = _Logo(template, io.BytesIO(content), height=height, width=int(height * ratio))
    made.described = plain(described)
    return made
