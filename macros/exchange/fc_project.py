"""The project on the disk, as an import sees it: the records already there, the files to put down."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from macros.exchange import fc_problems
from macros.exchange.import_plan import Statut
from macros.messages import quote
from macros.models.certification import Certification
from macros.models.derivation import plain
from macros.models.extrait import Extrait
from macros.problems import DataError, Problem
from macros.records.reading import read_document
from macros.records.validation import validate, without_empty
from macros.records.writing import dump_record, replace_top_level, write_all

if TYPE_CHECKING:
    from collections.abc import Iterable

    from macros.exchange.import_plan import FichePlan
    from macros.models.base import Record


@dataclass
class Existing:
    """What a project already holds of the wanted fiches."""

    extraits: dict[str, Extrait] = field(default_factory=dict)
    certifications: dict[str, dict[str, Any]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def read_existing(project: Path, numeros: Iterable[str]) -> Existing:
    """Return the records and extracts of `numeros`. Raise `DataError` when a record is not readable YAML.

    An extract is machine-owned: one that no longer reads is told, then
    written anew as if it were absent.
    """
    existing = Existing()
    problems: list[Problem] = []
    for numero in numeros:
        path = record_path(project, Certification, numero)
        if path.exists():
            document = read_document(path, project)
            problems.extend(document.problems)
            existing.certifications[numero] = without_empty(document.data or {})
        path = record_path(project, Extrait, numero)
        if path.exists():
            record, refusals = validate(read_document(path, project), Extrait, numero)
            if record is not None:
                existing.extraits[numero] = cast("Extrait", record)
            else:
                reason = refusals[0].message if refusals else ""
                existing.notes.append(f"{quote(path.relative_to(project).as_posix())} n’est plus lisible et sera refait\u00a0: {reason}")
    if problems:
        raise DataError(problems)
    return existing


def record_path(project: Path, model: type[Record], numero: str) -> Path:
    """Return the file of a record, in its sub-folder when it has one."""
    folder = project / "data" / model.collection
    return min(folder.rglob(f"{numero}.yml"), default=folder / f"{numero}.yml")


def render_files(project: Path, plans: Iterable[FichePlan]) -> dict[Path, str | bytes]:
    """Return the text of every file to write."""
    files: dict[Path, str | bytes] = {}
    for plan in plans:
        if plan.ecrire_extrait:
            files[record_path(project, Extrait, plan.numero)] = dump_record(Extrait, _extrait_data(plan.extrait))
        if plan.champs:
            path = record_path(project, Certification, plan.numero)
            if plan.statut is Statut.NOUVELLE:
                files[path] = dump_record(Certification, plan.champs)
            else:
                files[path] = replace_top_level(path.read_bytes().decode(), plan.champs, Certification)
    return files


def write_files(files: dict[Path, str | bytes]) -> None:
    """Put down all files or none. A refusal of the disk becomes a `DataError`."""
    try:
        write_all(files)
    except OSError as error:
        raise fc_problems.system_refusal(error, Path(error.filename or next(iter(files))), writing=True) from error


def _extrait_data(extrait: Extrait) -> dict[str, Any]:
    data = cast("dict[str, Any]", plain(extrait))
    return {key: value for key, value in data.items() if key != "id"}
