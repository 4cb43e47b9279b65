"""The record of an edition in the project: what was published, so that later editions name it and compare themselves with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from macros.models.edition import Edition
from macros.records.atomic import write_atomic
from macros.records.reading import read_document
from macros.records.writing import dump_record

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


def record_edition(project: Path, facts: dict[str, Any], digest: str) -> str:
    """Write the record of an edition just published; return its path. One that exists says what was published before: it stays."""
    fichier = _path(facts["nom"])
    data = {
        "titre": facts["titre"],
        "audience": facts["audience"],
        "date": facts["date_reference"],
        "commit": facts["commit"],
        "empreinte": digest,
    }
    if not (project / fichier).exists():
        _write(project, facts["nom"], {key: value for key, value in data.items() if value is not None})
    return fichier


def record_withdrawal(project: Path, nom: str, jour: date, motif: str) -> str:
    """Add its withdrawal to the record of an edition; return its path, nothing when the project has no such record."""
    path = project / _path(nom)
    if not path.is_file():
        return ""
    data = read_document(path, project).data
    if not data or "retrait" in data:
        return ""
    _write(project, nom, {**data, "retrait": {"date": jour.isoformat(), "motif": motif}})
    return _path(nom)


def _path(nom: str) -> str:
    return f"data/editions/{nom}.yml"


def _write(project: Path, nom: str, data: dict[str, Any]) -> None:
    write_atomic(project / _path(nom), dump_record(Edition, data))
