"""From the folder `data/` to a registre: every file read, every problem told at once."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros import messages
from macros.models import COLLECTIONS, UNIQUES
from macros.problems import Problem
from macros.records.evidence import fingerprints, seals, sizes
from macros.records.reading import read_file
from macros.records.registre import Registre
from macros.records.relations import relations
from macros.records.validation import validate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from macros.models.base import Record
    from macros.records.document import Document

_MODELS = {model.collection: model for model in COLLECTIONS}
_UNIQUES = {model.collection + (".local" if model.local else ""): model for model in UNIQUES}
_NOTES = frozenset({"README.MD", "LISEZMOI.MD", "LISEZMOI.TXT", "README.TXT", "THUMBS.DB", "DESKTOP.INI"})


@dataclass(frozen=True)
class Loaded:
    """What a project holds: a registre when there is no problem, problems otherwise."""

    registre: Registre | None
    problems: tuple[Problem, ...]


def load(project: Path) -> Loaded:
    """Read every record below `project/data`. Relations are checked once all records are valid."""
    problems: list[Problem] = []
    records: dict[str, dict[str, Record]] = {model.collection: {} for model in (*COLLECTIONS, *UNIQUES)}
    documents: dict[tuple[str, str], Document] = {}
    for path, fichier, model, identifier in _files(project, problems):
        document = read_file(path, fichier)
        record, found = validate(document, model, identifier)
        problems.extend(found)
        earlier = documents.get((model.collection, identifier))
        if earlier is not None:
            problems.append(
                Problem(document.fichier, 1, 1, "identifiant-double", messages.duplicate_id(identifier, earlier.fichier), identifier)
            )
            continue
        documents[model.collection, identifier] = document
        if record is not None:
            records[model.collection][identifier] = record
    if ("organisme", "organisme") not in documents:
        problems.append(Problem("data/organisme.yml", 1, 1, "organisme-manquant", messages.missing_organisme()))
    if problems:
        return Loaded(None, tuple(sorted(set(problems))))
    filed = fingerprints(project, records)
    registre = Registre(records, documents, filed, seals(project, records), tailles=sizes(project, filed))
    problems = sorted(relations(registre))
    return Loaded(None if problems else registre, tuple(problems))


def load_readable(project: Path) -> tuple[Registre | None, tuple[str, ...]]:
    """Return the records that this version of the tool can read, links unchecked, and the files it cannot; None without organisation.

    For states that were right when they were saved: models have grown since.
    """
    records: dict[str, dict[str, Record]] = {model.collection: {} for model in (*COLLECTIONS, *UNIQUES)}
    unread: list[str] = []
    for path, fichier, model, identifier in _files(project, []):
        record, _ = validate(read_file(path, fichier), model, identifier)
        if record is None:
            unread.append(fichier)
        else:
            records[model.collection][identifier] = record
    if not records["organisme"]:
        return None, tuple(unread)
    return Registre(records, {}, fingerprints(project, records), seals(project, records)), tuple(unread)


def _files(project: Path, problems: list[Problem]) -> Iterator[tuple[str, str, type[Record], str]]:
    """Yield path, path in messages, model and id of each record file; report what has no place in `data/`."""
    root = project / "data"
    for entry in sorted(os.scandir(root), key=lambda e: e.name) if root.is_dir() else ():
        if _is_ignored(entry.name):
            continue
        if entry.is_dir():
            if entry.name in _MODELS:
                yield from _collection_files(project, root / entry.name, _MODELS[entry.name], problems)
            else:
                problems.append(_misplaced(f"data/{entry.name}", messages.unknown_collection(entry.name, _MODELS)))
            continue
        stem = entry.name.removesuffix(".yml")
        if entry.name.endswith(".yml") and stem in _UNIQUES:
            yield entry.path, f"data/{entry.name}", _UNIQUES[stem], _UNIQUES[stem].collection
        elif not entry.name.endswith(".yml"):
            problems.append(_misplaced(f"data/{entry.name}", messages.wrong_extension(entry.name)))
        else:
            problems.append(_misplaced(f"data/{entry.name}", _where_to_put(stem)))


def _collection_files(
    project: Path, folder: Path, model: type[Record], problems: list[Problem]
) -> Iterator[tuple[str, str, type[Record], str]]:
    pattern = re.compile(model.motif_id, re.ASCII)
    for directory, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        within = folder.__class__(directory).relative_to(project).as_posix()
        for name in sorted(names):
            if _is_ignored(name):
                continue
            relative = f"{within}/{name}"
            if not name.endswith(".yml"):
                if not model.avec_fichiers or pattern.fullmatch(name.rpartition(".")[0]):
                    problems.append(_misplaced(relative, messages.wrong_extension(name)))
            elif not pattern.fullmatch(stem := name.removesuffix(".yml")):
                problems.append(
                    Problem(relative, 1, 1, "nom-de-fichier", messages.wrong_file_name(model.collection, stem, _example_for(stem, model)))
                )
            else:
                yield os.path.join(directory, name), relative, model, stem  # noqa: PTH118 - a text costs less than a Path


def _example_for(stem: str, model: type[Record]) -> str:
    """Return the name that was probably meant: `RS1234` for `rs 1234 (copie)`, else the example of the collection."""
    numbers = re.search(r"(RNCP|RS)[\s_-]*(\d{1,6})", stem, re.IGNORECASE | re.ASCII)
    meant = f"{numbers[1].upper()}{numbers[2]}" if numbers else ""
    return meant if re.fullmatch(model.motif_id, meant, re.ASCII) else model.exemple_id


def _is_ignored(name: str) -> bool:
    """Tell whether a file is nobody's record: hidden, a backup of an editor, a note to readers of the folder."""
    return name.startswith((".", "_", "~$")) or name.endswith(("~", ".bak", ".swp", ".tmp", ".orig")) or name.upper() in _NOTES


def _where_to_put(stem: str) -> str:
    """Return what to do with a record left at the root of `data/`."""
    fitting = next((model.collection for model in COLLECTIONS if re.fullmatch(model.motif_id, stem, re.ASCII)), None)
    if fitting is not None:
        return messages.record_at_root(stem, fitting)
    return messages.unknown_collection(stem, (*_MODELS, *_UNIQUES))


def _misplaced(relative: str, message: str) -> Problem:
    return Problem(relative, 1, 1, "fichier-deplace", message)
