"""Help made from the models themselves: the keys of each collection, the glossary, the macros."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

from macros.models import COLLECTIONS, UNIQUES
from macros.models.base import Lien, Record, Reserve, TexteRiche
from macros.records.fields import choices_of, example_line, inner_model, keys_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel
    from pydantic.fields import FieldInfo

    from macros.models.organisme import Sigle
    from macros.views.context import Vue


@dataclass(frozen=True)
class LigneChamp:
    """One key that may be written, in plain French."""

    cle: str
    titre: str
    description: str
    forme: str
    requis: bool
    exemple: str
    valeurs: tuple[str, ...]
    visibilite: str


@dataclass(frozen=True)
class GroupeChamps:
    """The keys of a record (`cle` empty), or of a part of it."""

    cle: str
    champs: tuple[LigneChamp, ...]


@dataclass(frozen=True)
class AideCollection:
    """How to fill one collection."""

    nom: str
    chemin: str
    exemple: str
    visibilite: str
    machine: bool
    groupes: tuple[GroupeChamps, ...]


@dataclass(frozen=True)
class LigneCollection:
    """One collection in the index of the help."""

    nom: str
    adresse: str
    chemin: str
    visibilite: str
    champs: int
    machine: bool


@dataclass(frozen=True)
class ArgumentMacro:
    """One argument of a macro: its name and what to write."""

    nom: str
    sens: str
    facultatif: bool


@dataclass(frozen=True)
class LigneMacro:
    """One macro in the help: what to type, what appears, its arguments."""

    exemple: str
    sens: str
    arguments: tuple[ArgumentMacro, ...]


def documented_models() -> dict[str, type[Record]]:
    """Return every model a person may read help about, by public name."""
    return {model.collection: model for model in (*UNIQUES, *COLLECTIONS)}


def build_aide_collections(vue: Vue) -> tuple[LigneCollection, ...]:  # noqa: ARG001 - every section has the same signature
    """Return the index of collections, in the order people fill them."""
    return tuple(
        LigneCollection(name, f"aide/fiches/{name}/", path_of(model), model.visibilite_par_defaut.value, len(keys_of(model)), model.machine)
        for name, model in documented_models().items()
    )


def build_aide_collection(vue: Vue, collection: str) -> AideCollection:  # noqa: ARG001
    """Return the keys of one collection, parts included. `collection` is its public name."""
    model = documented_models()[collection]
    return AideCollection(
        collection, path_of(model), f"{model.exemple_id}.yml", model.visibilite_par_defaut.value, model.machine, tuple(_groups(model, ""))
    )


def path_of(model: type[Record]) -> str:
    """Return where the files of a model are written, as people read it."""
    if model in UNIQUES:
        return f"data/{model.collection}{'.local' if model.local else ''}.yml"
    return f"data/{model.collection}/{model.exemple_id}.yml"


def _groups(model: type[BaseModel], prefix: str) -> Iterator[GroupeChamps]:
    names = keys_of(model) if issubclass(model, Record) else list(model.model_fields)
    yield GroupeChamps(prefix, tuple(_field_row(name, model.model_fields[name]) for name in names))
    for name in names:
        inner = inner_model(model.model_fields[name].annotation)
        if inner is not None:
            yield from _groups(inner, f"{prefix}.{name}" if prefix else name)


def _field_row(name: str, info: FieldInfo) -> LigneChamp:
    reserve = next((mark for mark in info.metadata if isinstance(mark, Reserve)), None)
    return LigneChamp(
        cle=name,
        titre=info.title or name,
        description=info.description or "",
        forme=shape_of(info),
        requis=info.is_required(),
        exemple=example_line(info),
        valeurs=tuple(choices_of(info.annotation)),
        visibilite=reserve.visibilite.value if reserve else "",
    )


_SHAPES = (("date", "date AAAA-MM-JJ"), ("int", "nombre entier"))


def shape_of(info: FieldInfo) -> str:
    """Return the form of a value as a person understands it: text, date, list."""
    marks = [*info.metadata, *_metadata(info.annotation)]
    is_list = re.match(r"tuple|typing\.Tuple", str(info.annotation)) is not None
    lien = next((mark for mark in marks if isinstance(mark, Lien)), None)
    if lien:
        shape = "numéro de fiche" if lien.libre and lien.collection == "certifications" else f"identifiant ({lien.collection})"
    elif inner_model(info.annotation):
        shape = "clés décalées"
    elif choices_of(info.annotation):
        shape = "choix"
    elif any(isinstance(mark, TexteRiche) for mark in marks):
        shape = "texte long"
    else:
        names = str(info.annotation)
        shape = next((french for english, french in _SHAPES if re.search(rf"\b{english}\b", names)), "texte")
    return f"liste\u00a0: {shape}" if is_list else shape


def _metadata(annotation: Any) -> Iterator[object]:
    for part in get_args(annotation):
        yield from getattr(part, "__metadata__", ())
        yield from _metadata(part)


def build_lexique(vue: Vue) -> tuple[Sigle, ...]:
    """Return the terms of `lexique.yml`, in alphabetical order."""
    lexique = vue.registre.lexique
    return tuple(sorted(lexique.termes, key=lambda sigle: sigle.terme.casefold())) if lexique else ()
