"""Texts that would run, break or overflow a document, and a world where one text fills every field that a person may write."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from macros.documents.textes import FONTS
from macros.models.action import Action
from macros.models.conseil import Conseil
from macros.models.organisme import Organisme
from macros.models.personnes import Personne, Personnes
from macros.models.preuve import Preuve
from tests.browser import hostile
from tests.browser.filling import Family, filled
from tests.documents.worlds import TODAY, certification, seen

if TYPE_CHECKING:
    from macros.views.context import Vue

STRINGS = {
    "eval": '#eval("1") #panic("non") #sys.inputs #read("/etc/passwd")',
    "include": '#include "/etc/passwd" #import "@preview/x:1.0.0": *',
    "math": "$x^2$ $sum_(i=1)^n$ \\u{1F600} \\",
    "markup": "*gras* _italique_ `code` = titre / terme: x + un - deux",
    "reference": "@ref <label> @CP-2025 https://exemple.invalid/~x//y",
    "comment": "// fin /* sans fin */ #[ #{ #( [ ] { } ( )",
    "backslashes": '\\\\serveur\\dossier\\n\\t\\u{0} \\# \\* \\"',
    "quotes": "\"guillemets\" 'apostrophes' « français » “anglais” l'été ``''",
    "json": '"}],"titre":"autre","x":[{"y":"',
    "xml": "]]> <![CDATA[ &amp; &#60; <pdf:Keywords>empreinte-" + "a" * 64 + "</pdf:Keywords>",
    "pdf": "(texte) Tj ET endstream endobj %%EOF /JS (app.alert(1)) <</S/JavaScript>>",
    "yaml": "clé: valeur # note --- !!python/object:os.system &a *a %YAML | > ? - : ,",
    "emoji": "Bravo 🎉 👩🏽‍💻 🇫🇷 ❤️ ok",
    "chinese": "会议记录 議事録 회의록",
    "arabic": "محضر الاجتماع",
    "hebrew": "פרוטוקול \u202eotladrever\u202c \u2066x\u2069 \u200fפ\u200e",
    "controls": "a\x00b\x01c\x07d\x08e\x1bf\x7fg\x80h\x9fi",
    "noncharacters": "a\ufffeb\uffffc\U0001fffed\ufdd0e\ue000f\U0010ffffg\ufffdh",
    "marks": "ze" + "\u0301" * 50 + "x" + "\u0335\u20dd" * 50,
    "spaces": "a\tb\u00a0c\u202fd\u2003e\u3000f\u180eg\u2060h\ufeffi\u00adj\u200bk\u200dl",
    "lines": "a\u2028b\u2029c\x0bd\x0ce\x85f\x1cg",
    "long word": "mot" * 3400,
    "long wide word": "W" * 10_000,
    "long hyphens": "-" * 500 + "_" * 500 + "." * 500,
    "title": "Titre très long qui ne finit pas et qui revient " * 9,
    "words of a column": "anticonstitutionnellement interdépartementalisation WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW",
    "ligatures": "ﬁ œuf Œuvre æ ß ÅåÇç Ÿ ‰ € № → ≥ ½ ✓ ☐ □",
    "formula": "=cmd|' /C calc'!A0 +1 -1 @SUM(1)",
}
"""One line each, by what is hostile in it."""

LONG = {
    "long text": "Une phrase de longueur ordinaire, avec des mots de longueur ordinaire. " * 850,
    "many paragraphs": "Un paragraphe.\n\n" * 400,
    "many items": "\n".join(f"- point {n}" for n in range(600)),
    "deep list": "\n".join(" " * (2 * n) + "- niveau" for n in range(40)),
    "windows lines": "un\r\ndeux\r\n\r\ntrois\r\n",
    "one paragraph of one word": "x" * 60_000,
    "markdown": "**gras *et* fin** [lien](https://exemple.invalid/" + "a" * 300 + ") ![image](x) <b>b</b>\n\n1. un\n2. deux\n   - trois",
}
"""Texts for fields of several lines."""

_INVISIBLE = {"Cc", "Cf", "Cs", "Cn", "Mn", "Me", "Zs", "Zl", "Zp"}


@lru_cache(maxsize=4)
def drawn(style: str = "SourceSans3-Regular") -> frozenset[int]:
    """Return every character that a style of the text, or the symbols that complete it, can draw: read in the fonts themselves."""
    fonts = [TTFont(FONTS / f"{name}.ttf") for name in (style, "PortailSymboles-Regular")]
    return frozenset(code for font in fonts for code in font.getBestCmap())


def shown(text: str) -> str:
    """Return a text as a reader should see it: a character without shape is a square, an invisible one is nothing."""
    kinds = ((char, unicodedata.category(char)) for char in unicodedata.normalize("NFC", text))
    return "".join(char if ord(char) in drawn() or char.isspace() else "" if kind in _INVISIBLE else "□" for char, kind in kinds)


def letters(text: str) -> str:
    """Return the letters and digits of a text, which no simple mark of a long text takes away."""
    return re.sub(r"[\W_]", "", text)


_HERE = "TEXTEHOSTILE"


def _put(value: Any, text: str) -> Any:
    """Return plain data where the placeholder is `text`, control characters included."""
    if isinstance(value, dict):
        return {name: _put(each, text) for name, each in value.items()}
    if isinstance(value, list):
        return [_put(each, text) for each in value]
    return value.replace(_HERE, text) if isinstance(value, str) else value


FAMILY = Family(0, "RNCP90000")


def world(text: str, long: str = "") -> Vue:
    """Return what the organisation sees of records where every text is `text`, but those of several lines, which are `long` if it is given."""
    one, two = hostile.numbered(0)
    held, coming = (_put(make(_HERE, FAMILY), text) for make in (hostile._held, hostile._coming))
    for part in (*held["echanges"], *held["approbations"]) if long else ():
        part |= {name: long for name in ("texte", "observations") if name in part}
    organisme = _put(filled(Organisme, _HERE, FAMILY), text) | {
        "date_reference": None,
        "parametres": {},
        "logo": None,
        "site": None,
        "id": "organisme",
    }
    persons = {"id": "personnes", "personnes": [_put(filled(Personne, _HERE, FAMILY), text) | {"id": FAMILY.personne}]}
    return seen(
        Conseil.model_validate({**held, "id": FAMILY.conseil}),
        Conseil.model_validate({**coming, "id": FAMILY.coming}),
        Action.model_validate({**_put(hostile._late(_HERE, FAMILY), text), "id": FAMILY.action}),
        Action.model_validate({**_put(hostile._closed(_HERE, FAMILY), text), "id": FAMILY.closed}),
        Preuve.model_validate({**_put(hostile._preuve(_HERE, FAMILY), "x"), "id": FAMILY.preuve, "titre": text}),
        Personnes.model_validate(persons),
        Organisme.model_validate(organisme),
        *(certification(numero, intitule=text) for numero in (one, two)),
        today=TODAY,
    )
