"""Records whose every text holds something that would run, break a page or hide, made from the models themselves."""

from __future__ import annotations

import types
import typing
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from macros.models.base import Lien
from macros.models.certification import Certification
from macros.models.exigence import Exigence
from macros.models.extrait import Extrait
from macros.models.fiche import Voie
from macros.models.organisme import Lexique, Organisme
from tests.browser.sites import make_project, write_record

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic.fields import FieldInfo

PAYLOADS = (
    "<script>window.__pwned=1</script>",
    '"><img src=x onerror=window.__pwned=1>',
    "'><svg onload=window.__pwned=1>",
    "{{ 7*7 }}",
    "{{ cycler.__init__.__globals__ }}",
    "{% raw %}",
    "{% include 'mkdocs.yml' %}",
    "{# sans fin",
    "a | b || c |",
    "`code` et `",
    "``` html",
    "~~~",
    "javascript:window.__pwned=1",
    "[x](javascript:window.__pwned=1)",
    "[x](JaVaScRiPt:window.__pwned=1 'titre')",
    "[x](data:text/html,<script>window.__pwned=1</script>)",
    "![](http://image.invalid/x.png)",
    '![x](http://image.invalid/x.png "t")',
    "<http://lien.invalid/>",
    "[x]: javascript:window.__pwned=1",
    "renversé \u202etxet\u202c et \u200fmarque",
    "&lt;b&gt; &amp; &#60;i&#62;",
    "<!-- commentaire -->",
    "<!--",
    "]]> <![CDATA[",
    "racine:/certifications/",
    '"racine:/certifications/',
    "# titre",
    "{: onclick=window.__pwned=1 }",
    "texte {: .md-typeset #md-content onclick=window.__pwned=1 }",
    "</div></article></main></section>",
    "</title><script>window.__pwned=1</script>",
    "</textarea></style></script>",
    "*gras** _et_ __souligné__ ~~barré~~",
    "1. un - deux --- ***",
    "[TOC]",
    "[^1] *[sigle]: x",
    "C:\\dossier\\n",
    "% € & ' \" < > / = ` ^ $ @ ! ? ; : , .",
    "mot" + "x" * 10_000,
)
"""One line each: fields of one line hold them too."""

BLOCKS = (
    "``` html\n<script>window.__pwned=1</script>\n```",
    "~~~\n{{ 7*7 }}\n~~~",
    "texte\n\n    <script>window.__pwned=1</script>\n\nsuite",
    "- puce\n\n  ```\n  {% raw %}\n  ```",
    "# titre\n\nTitre\n=====\n\nAutre\n-----",
    "<div markdown=1>\n\n**gras**\n\n</div>",
    "| a | b |\n| --- | --- |\n| 1 | 2 |",
    "[x]\n\n[x]: javascript:window.__pwned=1",
    "!!! note\n    {{ 7*7 }}",
    "{% raw %}\n\n{% endraw %}{{ 7*7 }}",
)
"""Several lines: long texts only."""

RNCP_ONLY = ("niveau", "activites", "blocs")


def numbered(index: int) -> tuple[str, str]:
    """Return the RNCP and the RS number of the records that hold payload `index`."""
    return f"RNCP{90_000 + index}", f"RS{90_000 + index}"


def write_hostile(folder: Path) -> Path:
    """Write a project where each payload fills every text of a certification of each register, its extract, a requirement, a term."""
    project = make_project(folder)
    data = project / "data"
    for old in (*data.glob("certifications/*"), *data.glob("extraits/*")):
        old.unlink()
    everything = [*PAYLOADS, *BLOCKS]
    for index, payload in enumerate(everything):
        for numero in numbered(index):
            record = filled(Certification, payload, numero) | {"numero": numero}
            record |= {"repertoire": "RNCP", "type_enregistrement": "sur_demande"} if numero.startswith("RNCP") else {"repertoire": "RS"}
            allowed = {key: value for key, value in record.items() if numero.startswith("RNCP") or key not in RNCP_ONLY}
            write_record(data / f"certifications/{numero}.yml", allowed)
            write_record(data / f"extraits/{numero}.yml", filled(Extrait, payload, numero) | {"numero": numero})
        write_record(data / f"exigences/EX-H{index}.yml", filled(Exigence, payload, "EX-0000") | {"controle": None})
    terms = [term for payload in everything for term in filled(Lexique, payload, "")["termes"]]
    write_record(data / "lexique.yml", {"termes": terms})
    short = " ".join(payload for payload in PAYLOADS if len(payload) < 100)
    organisme = filled(Organisme, short, "00000") | {
        "demonstration": "oui",
        "date_reference": "2026-11-20",
        "domaines": [{"id": "domaine", "libelle": short}],
    }
    write_record(data / "organisme.yml", organisme)
    return project


def filled(model: type[BaseModel], payload: str, owner: str) -> dict[str, Any]:
    """Return a record of `model` with every optional key present and `payload` wherever any text is allowed."""
    return {
        name: _value(info, payload, owner) for name, info in model.model_fields.items() if name not in ("id", "visibilite", "format")
    } | ({"format": "1"} if "format" in model.model_fields else {})


_SHAPES = {
    r"^\d{14}$": "00000000000001",
    r"^CP-\d{4}-\d{2}-[A-Z0-9]+\.D\d+$": "CP-2025-12-NUM.D3",
    r"^PR-\d{4}-\d{3,}$": "PR-2026-031",
    r"^[a-z0-9]+(_[a-z0-9]+)*$": "domaine",
}


def _value(info: FieldInfo, payload: str, owner: str) -> Any:
    return _filled_as(info.annotation, list(info.metadata), payload, owner)


def _filled_as(kind: Any, metadata: list[Any], payload: str, owner: str) -> Any:
    """Return what fills a field of that type: text is the payload, the rest is the first thing allowed."""
    origin = typing.get_origin(kind)
    if origin is typing.Annotated:
        inner, *marks = typing.get_args(kind)
        return _filled_as(inner, [*metadata, *marks], payload, owner)
    if origin in (typing.Union, types.UnionType):
        return _filled_as(next(part for part in typing.get_args(kind) if part is not type(None)), metadata, payload, owner)
    if origin is tuple:
        return [_filled_as(typing.get_args(kind)[0], metadata, payload, owner)]
    if origin in (dict, typing.Literal):
        return {"BALISE": payload} if origin is dict else typing.get_args(kind)[0]
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return filled(kind, payload, owner)
    return _scalar(kind, metadata, payload, owner)


def _scalar(kind: Any, metadata: list[Any], payload: str, owner: str) -> str:
    flat = _flattened(metadata)
    if any(isinstance(mark, Lien) and mark.collection == "extraits" for mark in flat):
        return owner
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return Voie.VAE.value if kind is Voie else next(iter(kind)).value
    if kind is str:
        return _text(flat, payload, owner)
    return _number(flat) if kind is int else "2027-06-30"


def _text(flat: list[Any], payload: str, owner: str) -> str:
    """Return the payload as far as the shape of the field lets it in."""
    pattern = next((str(mark.pattern) for mark in flat if getattr(mark, "pattern", None)), "")
    if pattern.startswith("^https?://"):
        return "https://adresse.invalid/" + "".join(char for char in payload if not char.isspace() and char not in '<>"')
    if pattern:
        return _SHAPES.get(pattern) or f"RNCP8{owner[-4:]}"
    one_line = any(getattr(mark, "max_length", None) for mark in flat)
    return " ".join(payload.split()) if one_line else payload


def _number(flat: list[Any]) -> str:
    lowest = max((mark.ge for mark in flat if getattr(mark, "ge", None) is not None), default=0)
    return str(max(lowest, 1))


def _flattened(metadata: list[Any]) -> list[Any]:
    """Return marks with those nested in a `Field()` taken out."""
    return [inner for mark in metadata for inner in (mark, *getattr(mark, "metadata", ()))]
