"""The journal of records: when each was saved, what changed in it, in words; of one record, of a certification, of everything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from macros.french import count, format_date
from macros.history.passe import Manque
from macros.views.libelles import NOMS_COLLECTIONS
from macros.views.lignes_journal import MODELS, LigneJournal, days, lines_of, net_line
from macros.views.parts import Reference, reference_to

if TYPE_CHECKING:
    from collections.abc import Iterable

    from macros.history.journal import Entry
    from macros.models.base import Record
    from macros.models.certification import Certification
    from macros.views.context import Vue

_RECENT, _MOST, _FIRST = 40, 300, 6
MANQUES = {
    Manque.NON_LU: "L’historique n’a pas été lu pour cette page.",
    Manque.SANS_HISTORIQUE: "Ce portail n’a pas d’historique\u00a0: il commence avec la première version enregistrée.",
    Manque.COUPE: "L’historique disponible ici est incomplet\u00a0: il a été copié sans ses versions anciennes.",
    Manque.ILLISIBLE: "L’historique ne peut pas être lu sur ce poste\u00a0: Git manque, ou refuse.",
}


@dataclass(frozen=True)
class VueJournal:
    """A journal, latest first, and why it is not whole when something is missing."""

    legende: str
    lignes: tuple[LigneJournal, ...]
    manque: tuple[str, ...]
    suite: Reference | None = None
    qui: bool = False
    vide: str = "Aucun changement enregistré."


@dataclass(frozen=True)
class GroupeJournal:
    """The journal of one record on the page of its collection."""

    titre: str
    ancre: str
    fiche: Reference
    lignes: tuple[LigneJournal, ...]
    qui: bool


@dataclass(frozen=True)
class LigneCollectionJournal:
    """A collection with saved changes: where its journal is, how many records and since when."""

    page: Reference
    nombre: str
    dernier: date


def build_journal(vue: Vue, record: Record) -> VueJournal | tuple[()]:
    """Return the journal of one record; nothing when nobody opened the history."""
    return _journal(vue, vue.passe.of(record.collection, record.id)) if is_told(vue) else ()


def build_journal_certification(vue: Vue, certification: Certification) -> VueJournal | tuple[()]:
    """Return the latest changes of a certification and of every record about it, with the way to all of them."""
    if not is_told(vue):
        return ()
    entries = entries_about(vue, certification)
    view = _journal(vue, entries, _FIRST)
    more = Reference("Tout le journal", journal_page(certification.numero)) if len(view.lignes) == _FIRST else None
    return VueJournal(view.legende, view.lignes, view.manque, more, view.qui)


def build_journal_complet(vue: Vue, certification: Certification) -> VueJournal:
    """Return the whole journal of a certification, up to a number of days that a page can bear."""
    return _journal(vue, entries_about(vue, certification), _MOST)


def build_journal_recent(vue: Vue) -> VueJournal:
    """Return the latest changes of the whole portal."""
    return _journal(vue, vue.passe.entries, _RECENT)


def build_journal_collection(vue: Vue, collection: str) -> tuple[GroupeJournal, ...]:
    """Return the journal of each record of a collection, in order of id."""
    known = sorted({entry.id for entry in vue.passe.entries if entry.collection == collection})
    return tuple(
        GroupeJournal(each, each.lower(), reference_to(vue, collection, each), lines, vue.shows_constats())
        for each in known
        if (lines := lines_of(vue, vue.passe.of(collection, each), _RECENT))
    )


def build_journal_collections(vue: Vue) -> tuple[LigneCollectionJournal, ...]:
    """Return the collections whose records have saved changes, in the order of the models."""
    found = []
    for name in collections_told(vue):
        entries = [entry for entry in vue.passe.entries if entry.collection == name]
        number = count(len({entry.id for entry in entries}), "fiche")
        found.append(
            LigneCollectionJournal(Reference(collection_name(name), f"journal/{name}/"), number, date.fromisoformat(entries[0].day))
        )
    return tuple(found)


def collection_name(collection: str) -> str:
    """Return a collection as people call it."""
    return NOMS_COLLECTIONS.get(collection, collection)


def collections() -> tuple[str, ...]:
    """Return the name of every collection a journal may tell of."""
    return tuple(MODELS)


def empty(vue: Vue) -> VueJournal:
    """Return a journal without entry, and why."""
    return _journal(vue, ())


def build_depuis_enregistrement(vue: Vue, certification: Certification) -> VueJournal | tuple[()]:
    """Return what each record about a certification was at its registration and is now, fields that came back as they were left out."""
    start = certification.date_decision or certification.date_publication
    if not is_told(vue) or start is None:
        return ()
    since = [entry for entry in entries_about(vue, certification) if date.fromisoformat(entry.day) > start]
    order = list(MODELS)
    records: dict[tuple[str, str], list[Entry]] = {}
    for entry in since:
        records.setdefault((entry.collection, entry.id), []).append(entry)
    ordered = sorted(records, key=lambda each: (order.index(each[0]), each[1]))
    lines = tuple(line for each in ordered if (line := net_line(vue, records[each])))
    first = min((entry.day for entry in vue.passe.entries), default="")
    notes = [MANQUES[vue.passe.manque]] if vue.passe.manque else []
    if first and date.fromisoformat(first) > start:
        notes.append(
            f"L’historique commence le {format_date(date.fromisoformat(first))}, après l’enregistrement\u00a0: il ne dit rien d’avant."
        )
    legend = f"{count(len(lines), 'fiche changée', 'fiches changées')} depuis le {format_date(start)}"
    more = Reference("Tout le journal", journal_page(certification.numero))
    return VueJournal(legend, lines[:_MOST], tuple(notes), more, vue.shows_constats())


def has_journal(vue: Vue, numero: str) -> bool:
    """Tell whether a certification has a journal of its own to show."""
    return bool(entries_about(vue, vue.registre.certifications[numero]))


def collections_told(vue: Vue) -> tuple[str, ...]:
    """Return the collections whose records have saved changes, in the order of the models."""
    present = {entry.collection for entry in vue.passe.entries}
    return tuple(name for name in MODELS if name in present)


def is_told(vue: Vue) -> bool:
    """Tell whether somebody opened the history for these pages."""
    return vue.passe.manque is not Manque.NON_LU


def journal_page(numero: str) -> str:
    """Return the address of the whole journal of a certification."""
    return f"certifications/{numero}/journal/"


def entries_about(vue: Vue, certification: Certification) -> tuple[Entry, ...]:
    """Return the changes of a certification, of its former fiches, and of every record that names one of them, latest first."""
    line = vue.croisements.lineage(certification.numero)
    about = {(use.collection, use.source) for numero in line for use in vue.croisements.users("certifications", numero)}
    about |= {(collection, numero) for numero in line for collection in ("certifications", "extraits")}
    about = {key for key in about if key[0] != "certifications" or key[1] in line}
    return vue.passe.about(about)


def _journal(vue: Vue, entries: Iterable[Entry], most: int = _RECENT) -> VueJournal:
    known = tuple(entries)
    lines = lines_of(vue, known, most)
    legend = f"{count(len(days(known)), 'changement')}, les plus récents d’abord" if lines else ""
    if len(lines) == most:
        legend = f"Les {len(lines)} changements les plus récents"
    return VueJournal(legend, lines, (MANQUES[vue.passe.manque],) if vue.passe.manque else (), qui=vue.shows_constats())
