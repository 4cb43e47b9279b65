"""Two values of a field of a certification: do they say the same, and what to show when they do not."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cache
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, get_args

from pydantic import BaseModel, TypeAdapter, ValidationError

from macros.flattened import words
from macros.french import format_date
from macros.models.base import TexteRiche
from macros.models.certification import Certification, Codes
from macros.models.fiche import Bloc, Certificateur, Code, Correspondance, VoieAcces

if TYPE_CHECKING:
    from collections.abc import Sequence

ABSENT = "absent"
_TYPOGRAPHY = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " ", "\u202f": " ", "…": "..."})
_BEFORE, _AFTER = 3, 9
_SHOWN_ITEMS = 6


@dataclass(frozen=True)
class Difference:
    """A field on which the record (`ici`) and the extract (`fc`) disagree, both as short French text."""

    champ: str
    titre: str
    ici: str
    fc: str
    texte_long: bool


def parse(champ: str, value: object) -> Any:
    """Return the model value of plain data for field `champ`; its text when the model refuses it, None when absent."""
    try:
        return _adapter(champ).validate_python(value) if value is not None else None
    except ValidationError:
        return str(value)


def agree(champ: str, ici: object, fc: object) -> bool:
    """Tell whether two model values of `champ` say the same; what `fc` does not state agrees with anything.

    Long texts are compared by words, one-line texts whatever their quotes
    and spaces, lists whatever their order.
    """
    return _agree(ici, fc, long=is_long(Certification, champ))


def difference(champ: str, ici: object, fc: object) -> Difference:
    """Return what to show of two model values of `champ` that differ: whole when short, an extract or a summary otherwise."""
    titre = Certification.model_fields[champ].title or champ
    long = is_long(Certification, champ)
    if long and isinstance(ici, str) and isinstance(fc, str):
        return Difference(champ, titre, *_around(words(ici), words(fc)), texte_long=True)
    if isinstance(ici, Codes) and isinstance(fc, Codes):
        names = [name for name in Codes.model_fields if not _agree(getattr(ici, name), getattr(fc, name), long=False)]
        shown = [" ; ".join(_labelled(codes, name) for name in names) for codes in (ici, fc)]
        return Difference(champ, titre, shown[0], shown[1], texte_long=False)
    if isinstance(ici, tuple) and isinstance(fc, tuple):
        return Difference(champ, titre, _items(ici, fc), _items(fc, ici), texte_long=False)
    return Difference(champ, titre, show(ici), show(fc), texte_long=long)


@cache
def is_long(model: type[BaseModel], name: str) -> bool:
    """Tell whether a field holds a long Markdown text."""
    field = model.model_fields[name]
    pending = [*field.metadata, field.annotation]
    while pending:
        part = pending.pop()
        if isinstance(part, TexteRiche):
            return True
        pending.extend(get_args(part))
    return False


def identity(item: object) -> object:
    """Return what makes two elements of a list the same element: a code, a route, a normalised name."""
    if isinstance(item, Bloc | Code):
        return item.code
    if isinstance(item, VoieAcces):
        return item.voie
    if isinstance(item, Correspondance):
        return (item.fiche, tuple(sorted(item.blocs)), tuple(sorted(item.blocs_fiche)))
    return bare(item.nom if isinstance(item, Certificateur) else str(item))


def bare(text: str) -> str:
    """Return `text` without case, accents or punctuation, words separated by one space."""
    folded = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("æ", "ae"))
    return " ".join("".join(c if c.isalnum() else " " for c in folded if not unicodedata.combining(c)).split())


def show(value: object) -> str:
    """Return any value as short French text."""
    if value is None or value == ():
        return ABSENT
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, tuple):
        return _listed([_label(item) for item in value])
    if isinstance(value, Codes):
        return " ; ".join(_labelled(value, name) for name in Codes.model_fields if getattr(value, name))
    if isinstance(value, BaseModel):
        return ", ".join(show(item) for _, item in value if item is not None)
    text = value.value.replace("_", " ") if isinstance(value, Enum) else " ".join(str(value).split())
    return text if len(text) <= 100 else f"{text[:99].rstrip()}…"  # noqa: PLR2004 - a line of a table


@cache
def _adapter(champ: str) -> TypeAdapter[Any]:
    return TypeAdapter(Certification.model_fields[champ].rebuild_annotation())


def _agree(ici: object, fc: object, *, long: bool) -> bool:
    if fc in (None, (), ici):
        return True
    if isinstance(ici, str) and isinstance(fc, str) and not isinstance(fc, Enum):
        return words(ici) == words(fc) if long else _typed(ici) == _typed(fc)
    if isinstance(ici, Certificateur) and isinstance(fc, Certificateur):
        return not (ici.siret and fc.siret) or ici.siret == fc.siret
    if isinstance(ici, BaseModel) and isinstance(fc, BaseModel):
        return all(_agree(getattr(ici, name), value, long=is_long(type(fc), name)) for name, value in fc)
    if isinstance(ici, tuple) and isinstance(fc, tuple):
        here, there = ({identity(item): item for item in items} for items in (ici, fc))
        return here.keys() == there.keys() and all(_agree(here[key], item, long=False) for key, item in there.items())
    return False


def _typed(text: str) -> str:
    return " ".join(text.translate(_TYPOGRAPHY).split())


def _around(ici: list[str], fc: list[str]) -> tuple[str, str]:
    """Return both texts around their first different word."""
    at = next(index for index, (a, b) in enumerate(zip_longest(ici, fc)) if a != b) if ici != fc else 0
    start = max(0, at - _BEFORE)
    return _excerpt(ici, start, at + _AFTER), _excerpt(fc, start, at + _AFTER)


def _excerpt(text: list[str], start: int, end: int) -> str:
    return ("… " if start else "") + " ".join(text[start:end]) + (" …" if len(text) > end else "")


def _items(these: tuple[object, ...], others: tuple[object, ...]) -> str:
    """Name the elements which the other list lacks, then those which differ and how."""
    there = {identity(item): item for item in others}
    alone = [_label(item) for item in these if identity(item) not in there]
    changed = [
        f"{_label(item)} ({', '.join(_changed(item, there[identity(item)]))})"
        for item in these
        if identity(item) in there
        and not _agree(item, there[identity(item)], long=False)
        and not _agree(there[identity(item)], item, long=False)
    ]
    return _listed([*alone, *changed]) if alone or changed else f"rien de plus ({len(these)} en tout)" if these else ABSENT


def _changed(item: object, other: object) -> list[str]:
    """Name the parts of two elements that differ."""
    if not isinstance(item, BaseModel):
        return []
    names = ["siret"] if isinstance(item, Certificateur) else list(type(item).model_fields)
    differ = [n for n in names if not _agree(getattr(other, n), getattr(item, n), long=is_long(type(item), n))]
    titles = [type(item).model_fields[name].title or name for name in differ]
    return [title if title.isupper() else title.lower() for title in titles]


def _listed(labels: Sequence[str]) -> str:
    more = len(labels) - _SHOWN_ITEMS
    return ", ".join(labels[:_SHOWN_ITEMS]) + (f" et {more} de plus" if more > 0 else "")


def _labelled(codes: Codes, name: str) -> str:
    return f"{Codes.model_fields[name].title} {show(getattr(codes, name))}"


def _label(item: object) -> str:
    if isinstance(item, Bloc | Code):
        return item.code
    if isinstance(item, VoieAcces):
        return item.voie.value.upper()
    if isinstance(item, Correspondance):
        return item.fiche
    return item.nom if isinstance(item, Certificateur) else str(item)
