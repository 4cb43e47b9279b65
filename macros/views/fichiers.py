"""Addresses of the files beside the pages, and the links to those of registers, calendars and feeds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from macros.views.parts import Reference

if TYPE_CHECKING:
    from macros.views.context import Vue


def sheet_path(collection: str) -> str:
    """Return the address of the workbook of a register, from the root of the site."""
    return f"telechargements/{collection}.xlsx"


def tables_path(numero: str) -> str:
    """Return the address of the workbook of the training tables of a certification."""
    return f"certifications/{numero}/{numero}-tables.xlsx"


def calendar_path(numero: str = "") -> str:
    """Return the address of the calendar of everything, or of one certification."""
    return f"certifications/{numero}/{numero}.ics" if numero else "telechargements/calendrier.ics"


def feed_path(numero: str = "") -> str:
    """Return the address of the feed of the whole watch log, or of what touches one certification."""
    return f"certifications/{numero}/{numero}.atom" if numero else "telechargements/veille.atom"


def sheet(vue: Vue, collection: str, nom: str = "") -> tuple[Reference, ...]:
    """Return the link to the workbook of a register, which may bear a name of its own, when its collection has something to hold."""
    known = vue.registre.records.get(collection)
    return (Reference("Tableur (.xlsx)", sheet_path(nom or collection)),) if known else ()


def calendar(numero: str = "") -> Reference:
    """Return the link to a calendar."""
    return Reference("Calendrier (.ics)", calendar_path(numero))


def feed(numero: str = "") -> Reference:
    """Return the link to a feed of the watch log."""
    return Reference("Flux de veille (.atom)", feed_path(numero))
