"""The way from a record shown in a register to its journal."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from macros.french import count, format_date
from macros.views.parts import Reference

if TYPE_CHECKING:
    from macros.models.base import Record
    from macros.views.context import Vue


def journal_reference(vue: Vue, record: Record) -> Reference | None:
    """Return the way to the journal of a record, when it has one."""
    days = sorted({entry.day for entry in vue.passe.of(record.collection, record.id)})
    if not days:
        return None
    last = format_date(date.fromisoformat(days[-1]))
    changed = f"changée {count(len(days), 'jour')}, la dernière fois le {last}" if len(days) > 1 else f"inchangée depuis le {last}"
    return Reference(f"Journal\u00a0: fiche {changed}", f"journal/{record.collection}/#{record.id.lower()}")
