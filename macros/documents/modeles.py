"""The Word templates, and the values they receive: the fields of a sheet, as plain text.

Some values carry marks, characters that no text may hold, which
`macros.documents.word` turns into Word once the template is filled: the width
of a column, the list an item belongs to and how deep, bold and italic.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import fields
from itertools import count
from typing import TYPE_CHECKING, Any

from macros.french import typography
from macros.rendering import TEMPLATES, markdown_tokens
from macros.views.documents import feuille as sheet
from macros.views.documents.feuille import Colonne, Feuille, Liste, Redaction
from macros.views.telechargements import WORD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MODELES = {genre: TEMPLATES / "documents" / f"{genre.value}.docx" for genre in WORD}
"""Our templates. `tests/tooling/word_templates.py` makes them; an organisation restyles a copy."""

END, GRAS, ITALIQUE, NOTHING = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3"
PART, LISTE, NIVEAU = "\ufdd4", "\ufdd5", "\ufdd6"
"""Marks: noncharacters, which XML allows and texts lose. `GRAS` and `ITALIQUE` switch; the last three open a number that `END` closes."""
NUMBER = re.compile(f"([{PART}{LISTE}{NIVEAU}])(\\d+){END}")
MARKS = re.compile(f"[{PART}{LISTE}{NIVEAU}]\\d+{END}|[\ufdd0-\ufdef]")

SORTES = ("phrase", "redaction", "intertitre", "liste", "faits", "tableau", "signatures", "formulaire")
TONS = ("fort", "discret", "droite")
LIGNES = ("paragraphe", "puce", "numero", "suite")
"""Words that templates compare with: `bloc.sorte is tableau`, `bloc.ton is fort`, `ligne.sorte is puce`. No quote to type."""
_KINDS = (
    *(sheet.Phrase, sheet.Redaction, sheet.Intertitre, sheet.Element, sheet.Liste, sheet.Fait, sheet.Faits, sheet.Colonne),
    *(sheet.Tableau, sheet.Signatures, sheet.Formulaire, sheet.Section),
)
CHAMPS = {field.name for kind in _KINDS for field in fields(kind)} | {"sorte", "lignes"}
NOMS = ("titre", "sous_titre", "reference", "organisme", "date_reference", "mention", "empreinte", "nom")
DEHORS = {"logo", "faits", "introduction", "sections", *NOMS}
RESERVES = {"self", "super", "caller", "varargs", "kwargs"}
BOUCLE = {"index", "index0", "revindex", "revindex0", "first", "last", "length"}
FILTRES = ("capitalize", "default", "first", "join", "last", "length", "lower", "trim", "upper")
"""`CHAMPS`: what may follow a full stop in a tag, and `BOUCLE` after `loop`. `DEHORS`: the names a template starts from.
`RESERVES`: those that jinja2 adds, and that no template needs."""

DEEPEST = 9
"""Levels of a list in Word; deeper items stand there."""
_SPACES = re.compile("[\t\x0b\x0c\x85\u2028\u2029]|\r(?!\n)")
_JOINERS = "\u200c\u200d"
"""Invisible, yet emoji and some scripts need them."""
_DOCXTPL = re.compile(r"(?<=[{%}])_(?=[{%}])")
"""docxtpl reads `{_{` as an escaped brace."""


def plain(text: str, *, lines: bool = False) -> str:
    """Return a text as Word shows it: French spaces, nothing that XML forbids nor that hides; line breaks kept only if `lines`."""
    spaced = _SPACES.sub(" ", unicodedata.normalize("NFC", text))
    kept = "".join(char for char in spaced if char.isascii() or _shown(char))
    clean = "".join(char for char in kept if (char >= " " and char != "\x7f") or char == "\n")
    return _DOCXTPL.sub(f"_{NOTHING}", typography(clean if lines else clean.replace("\n", " ")))


def _shown(char: str) -> bool:
    kind = unicodedata.category(char)
    return (kind not in {"Cc", "Cf", "Cs"} or char in _JOINERS) and not (0xFDD0 <= ord(char) <= 0xFDEF or ord(char) & 0xFFFE == 0xFFFE)  # noqa: PLR2004 - Unicode


def context_of(feuille: Feuille) -> dict[str, Any]:
    """Return what a template receives, but the logo: fields by their names, blocks with their `sorte`."""
    lists = count(1)
    return {
        **{name: plain(getattr(feuille, name)) for name in NOMS},
        "faits": _value(feuille.faits, lists),
        "introduction": _value(feuille.introduction, lists),
        "sections": [_value(each, lists) | {"titre": plain(each.titre)} for each in feuille.sections],
    }


def _value(value: Any, lists: Iterator[int]) -> Any:
    """Return dataclasses as dictionaries, tuples as lists, texts plain."""
    if isinstance(value, str):
        return plain(value, lines=True)
    if isinstance(value, tuple):
        return [_value(each, lists) for each in value]
    if isinstance(value, Redaction):
        return {"sorte": value.sorte, "lignes": list(_written(value.texte, lists))}
    if not hasattr(value, "__dataclass_fields__"):
        return value
    found = {name: _value(each, lists) for name, each in vars(value).items()} | {"sorte": getattr(value, "sorte", "")}
    if isinstance(value, Colonne):
        found["part"] = f"{PART}{value.part}{END}"
    if isinstance(value, Liste) and value.numerotee:
        mark = f"{LISTE}{next(lists)}{END}"
        found["elements"] = [each | {"texte": mark + each["texte"]} for each in found["elements"]]
    return found


def _written(text: str, lists: Iterator[int]) -> Iterator[dict[str, str]]:
    """Yield the paragraphs of a long text: `paragraphe`, or in a list `puce`, `numero`, and `suite` for what follows in the same item."""
    within: list[tuple[str, str]] = []
    fresh = False
    for token in markdown_tokens(text):
        if token.type.endswith("_list_open"):
            ordered = token.type.startswith("ordered")
            within.append(("numero", f"{LISTE}{next(lists)}{END}") if ordered else ("puce", ""))
        elif token.type.endswith("_list_close"):
            within.pop()
        elif token.type == "list_item_open":
            fresh = True
        elif token.type == "inline":
            sorte, mark = (within[-1] if fresh else ("suite", "")) if within else ("paragraphe", "")
            fresh = False
            yield {
                "sorte": sorte,
                "texte": (mark + f"{NIVEAU}{min(len(within), DEEPEST)}{END}" if within else "") + _passages(token.children or []),
            }


def _passages(tokens: Iterable[Any]) -> str:
    """Return a paragraph with its marks; a link is followed by its address, as on paper."""
    found, address = "", ""
    for token in tokens:
        kind, _, end = token.type.rpartition("_")
        if kind in {"strong", "em"}:
            found += GRAS if kind == "strong" else ITALIQUE
        elif kind == "link" and end == "open":
            address = str(token.attrs["href"])
        elif kind == "link":
            found += plain(f" ({address})")
        else:
            found += " " if token.type.endswith("break") else plain(token.content)
    return found
