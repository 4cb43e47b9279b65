"""The register of dossiers in the project: for which organisation, on what, until when; never what opens them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from macros.models.dossier import Dossier
from macros.records.atomic import write_atomic
from macros.records.numbering import next_id
from macros.records.reading import read_document
from macros.records.writing import dump_record

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path


def next_dossier(project: Path, root: Path, year: int, known: Iterable[str]) -> str:
    """Return the id of the next dossier of a year: never one that has a record, or a folder left by another copy of the project."""
    folders = [path.name for path in root.glob("*/DOS-*")] if root.is_dir() else []
    files = [path.stem for path in (project / "data/dossiers").glob("DOS-*.yml")]
    return next_id(Dossier, year, [*known, *folders, *files])


def record_dossier(project: Path, identifier: str, fiche: dict[str, Any]) -> str:
    """Write the record of a dossier; return its path."""
    write_atomic(project / path_of(identifier), dump_record(Dossier, fiche))
    return path_of(identifier)


def record_revocation(project: Path, identifier: str, jour: date, motif: str) -> str:
    """Add its revocation to the record of a dossier; return its path."""
    data = dict(read_document(project / path_of(identifier), project).data or {})
    told = {"date": jour.isoformat(), **({"motif": motif} if motif else {})}
    return record_dossier(project, identifier, {**data, "revocation": told})


def path_of(identifier: str) -> str:
    """Return where the record of a dossier stands in the project."""
    return f"data/dossiers/{identifier}.yml"
