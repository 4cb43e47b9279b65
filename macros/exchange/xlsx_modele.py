"""The workbook a person fills to bring records in: sheets and columns are those of the model, and so is what they say."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, Any, get_args, get_origin

from macros.models.base import Heure, TexteRiche
from macros.models.origine import Origine
from macros.models.seance import Theme
from macros.records.fields import choices_of, example_of, inner_model, keys_of
from macros.views import libelles
from macros.views.actions import LIBELLES_ORIGINE
from macros.views.classeurs.feuille import Genre

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic import BaseModel
    from pydantic.fields import FieldInfo

    from macros.models.base import Record

IDENTIFIANT, REPERE, RATTACHEMENT = "Identifiant", "Repère", "Identifiant ou repère"
"""Titles of the columns that tell rows apart: the id of a record, a word chosen for a new one, and either, beside a part of it."""
_TIME = get_args(Heure)[1]
_COUNTED = re.compile(r"[A-Z]+-\\d\{4\}-\\d\{\d,\}")
"""The pattern of ids counted by the year, which the tool can choose."""
_WORDS: tuple[Mapping[Any, str], ...] = (
    libelles.NATURE,
    libelles.STATUT_CONSEIL,
    libelles.ETAT_PV,
    libelles.STATUT_ACTION,
    libelles.PRESENCE,
    libelles.TYPE_PREUVE,
    libelles.AVIS_SUIVI,
    libelles.AVIS_EFFICACITE,
    libelles.AVIS_APPROBATION,
    libelles.MODALITE,
    libelles.REGIME,
    libelles.EMARGEMENT,
    {theme: theme.libelle for theme in Theme},
)
"""Words of the values that readers see otherwise than they are written."""
_LAST = ("visibilite", "notes")
"""Keys that come last: few people need them."""


class Place(Enum):
    """What a column fills: a value; or, where one key of several is written, which key, and its value."""

    VALEUR = "valeur"
    CLE = "cle"
    CONTENU = "contenu"


@dataclass(frozen=True)
class Champ:
    """One column: where its value goes in the record (`chemin`), and what may be typed.

    `mots` are the words shown for the values permitted, by value. `plusieurs`
    texts stand in one cell; `phrases` says that they may hold commas.
    """

    chemin: tuple[str, ...]
    titre: str
    genre: Genre
    requis: bool = False
    mots: Mapping[str, str] = field(default_factory=dict, hash=False)
    plusieurs: bool = False
    phrases: bool = False
    aide: str = ""
    exemple: str = ""
    place: Place = Place.VALEUR


@dataclass(frozen=True)
class Table:
    """One sheet: the records themselves (`chemin` empty), or the parts of one list of theirs."""

    nom: str
    chemin: tuple[str, ...]
    champs: tuple[Champ, ...]


def is_counted(model: type[Record]) -> bool:
    """Tell whether the tool may choose the ids of a collection: they are counted by the year."""
    return _COUNTED.fullmatch(model.motif_id) is not None


@lru_cache
def tables_of(model: type[Record]) -> tuple[Table, ...]:
    """Return the sheets of a template: the records, then each list of parts that they hold."""
    keys = [*(key for key in keys_of(model) if key not in _LAST), *(key for key in _LAST if key in keys_of(model))]
    main = tuple(champ for key in keys for champ in _columns(model.model_fields[key], (key,), ""))
    parts = tuple(_parts(model, ()))
    return (Table(model.collection.capitalize(), (), main), *parts)


def _parts(model: type[BaseModel], before: tuple[str, ...]) -> Iterator[Table]:
    """Yield one table for each list of models, at any depth."""
    for key, info in model.model_fields.items():
        inner = inner_model(info.annotation)
        if inner is not None and _is_list(info.annotation):
            columns = tuple(champ for name in keys_of(inner) for champ in _columns(inner.model_fields[name], (name,), ""))
            yield Table(str(info.title), (*before, key), columns)
        elif inner is not None:
            yield from _parts(inner, (*before, key))


def _columns(info: FieldInfo, chemin: tuple[str, ...], parent: str, *, requis: bool = True) -> Iterator[Champ]:
    """Yield the columns of one key: one, or those of the model inside; a list of models has its own sheet."""
    inner = inner_model(info.annotation)
    title = f"{parent}\u00a0: {str(info.title).lower()}" if parent else str(info.title)
    needed = requis and info.is_required()
    if inner is None:
        yield _column(info, chemin, title, requis=needed)
    elif inner is Origine:
        kinds = {name: LIBELLES_ORIGINE[name] for name in keys_of(Origine)}
        yield Champ(chemin, f"Type d’{title.lower()}", Genre.TEXTE, mots=kinds, place=Place.CLE)
        yield Champ(
            chemin, title, Genre.TEXTE, aide=_said(Origine), exemple=example_of(Origine.model_fields["decision"]), place=Place.CONTENU
        )
    elif not _is_list(info.annotation):
        for name in keys_of(inner):
            yield from _columns(inner.model_fields[name], (*chemin, name), title, requis=needed)


def _column(info: FieldInfo, chemin: tuple[str, ...], title: str, *, requis: bool) -> Champ:
    marks, several = tuple(_marks((*info.metadata, info.annotation))), _is_list(info.annotation)
    kind = Genre.TEXTE
    if date in marks:
        kind = Genre.DATE
    elif _TIME in marks:
        kind = Genre.HEURE
    elif int in marks:
        kind = Genre.NOMBRE
    elif any(isinstance(mark, TexteRiche) for mark in marks):
        kind = Genre.LONG
    choices = choices_of(info.annotation)
    free = several and not any(getattr(mark, "pattern", None) for mark in marks)
    words = _words(choices) if choices else {}
    shown = example_of(info).strip('"')
    return Champ(chemin, title, kind, requis, words, several, free, str(info.description), words.get(shown, shown))


def _words(choices: list[str]) -> dict[str, str]:
    """Return the word of each value: what readers see, or the value itself without its underscores."""
    known = next((words for words in _WORDS if set(map(str, words)) == set(choices)), {})
    return {value: known.get(value, value.replace("_", " ")) for value in choices}


def _said(model: type[BaseModel]) -> str:
    """Return what each key of a model takes, in one text."""
    return "\n".join(f"{LIBELLES_ORIGINE[name]}\u00a0: {example_of(info) or info.description}" for name, info in model.model_fields.items())


def _is_list(annotation: Any) -> bool:
    return get_origin(annotation) is tuple or any(_is_list(part) for part in get_args(annotation))


def _marks(parts: tuple[Any, ...]) -> Iterator[Any]:
    """Yield every type and every mark inside an annotation; those that pydantic folded in a field too."""
    for part in parts:
        yield part
        yield from _marks((*get_args(part), *getattr(part, "__metadata__", ()), *getattr(part, "metadata", ())))
