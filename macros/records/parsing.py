"""One record out of its path and its bytes, wherever they come from: the disk, or an earlier state of the project."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from macros.models import COLLECTIONS, UNIQUES
from macros.records.reading import read_bytes
from macros.records.validation import validate

if TYPE_CHECKING:
    from macros.models.base import Record

_RECORD = re.compile(r"data/(?:(?P<collection>[a-z_]+)/(?:[^/]+/)*)?(?P<id>[^/]+)\.yml")


def record_named(fichier: str) -> tuple[type[Record], str] | None:
    """Return the model and the id that a path below the project names, or None when it is no record: `data/actions/A-2026-014.yml`."""
    found = _RECORD.fullmatch(fichier)
    if not found:
        return None
    for model in COLLECTIONS if found["collection"] else UNIQUES:
        belongs = model.collection == (found["collection"] or found["id"])
        if belongs and re.fullmatch(model.motif_id, found["id"], re.ASCII):
            return model, found["id"]
    return None


def parse_record(fichier: str, raw: bytes) -> Record | None:
    """Return the record that `raw` holds, None when it is not a valid one. Links are not checked."""
    named = record_named(fichier)
    return validate(read_bytes(raw, fichier), *named)[0] if named else None
