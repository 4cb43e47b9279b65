"""What a calendar is made of: dated events, each with one identifier for ever."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from macros.french import add_days, format_date, join

if TYPE_CHECKING:
    from collections.abc import Iterable

    from macros.models.certification import Certification
    from macros.models.conseil import Conseil
    from macros.views.context import Vue

_MORNING = timedelta(hours=9)


class EtatEvenement(StrEnum):
    """How sure a meeting is."""

    PROVISOIRE = "provisoire"
    CONFIRME = "confirme"
    ANNULE = "annule"


@dataclass(frozen=True)
class Alarme:
    """A reminder. `delai` counts from the start of the event (negative: before); a whole day starts at midnight."""

    delai: timedelta
    texte: str


@dataclass(frozen=True)
class Evenement:
    """One dated thing. Without `debut` it is a whole day; without `fin`, its end is unknown.

    `uid` never changes, whatever else does; `revision` counts its changes;
    `occupe` tells whether it takes the time of those who come.
    """

    uid: str
    date: date
    titre: str
    description: str
    categorie: str
    debut: time | None = None
    fin: time | None = None
    lieu: str = ""
    etat: EtatEvenement | None = None
    revision: int = 0
    occupe: bool = False
    alarmes: tuple[Alarme, ...] = ()


@dataclass(frozen=True)
class Agenda:
    """Events, soonest first, as known on `reference`. Without `nom` they are to be added to a person's own calendar, not followed."""

    nom: str
    description: str
    reference: date
    evenements: tuple[Evenement, ...]


def permanent_uid(vue: Vue, identifier: str, kind: str) -> str:
    """Return what names an event for ever: the record, what of it, whose record: `A-2026-014.echeance.123456789@portail-qualite`.

    Neither the day, nor the title, nor the audience enters it. The SIREN tells
    apart the records of two organisations in one person's calendar.
    """
    siret = vue.registre.organisme.siret
    return ".".join((identifier, kind, *((siret[:9],) if siret else ()))) + "@portail-qualite"


def paragraphs(vue: Vue, *parts: str) -> str:
    """Return a description: one line per part that says something; the last one tells a demonstration from real life."""
    fictional = "Démonstration\u00a0: données fictives." if vue.is_demonstration else ""
    return "\n".join(part for part in (*parts, fictional) if part)


def reminders(vue: Vue, day: date, text: str, days_before: Iterable[int]) -> tuple[Alarme, ...]:
    """Return a reminder at nine in the morning, so many days before a day; none for a day already gone: calendars would ring at once."""
    return tuple(Alarme(_MORNING - timedelta(days=days), text) for days in days_before if add_days(day, -days) >= vue.today)


def named(certifications: Iterable[str]) -> str:
    """Return `Certifications : RNCP12345 et RS1234`; what stands for hidden ones is said once."""
    numbers = tuple(dict.fromkeys(map(str, certifications)))
    return f"Certification{'s' if len(numbers) > 1 else ''}\u00a0: {join(numbers)}" if numbers else ""


def situation(vue: Vue) -> str:
    """Return on which day and for whom a calendar was made."""
    return f"Situation au {format_date(vue.today)}, édition «\u00a0{vue.audience.value}\u00a0»."


def sessions_of(vue: Vue, certification: str) -> tuple[Conseil, ...]:
    """Return the sessions of a certification and of its former fiches; all of them without number."""
    return vue.croisements.conseils_of(certification) if certification else tuple(vue.registre.conseils.values())


def fiches_of(vue: Vue, certification: str) -> tuple[Certification, ...]:
    """Return a certification and its former fiches, as far as they have records here; all of them without number."""
    if not certification:
        return vue.in_order()
    known = vue.registre.certifications
    return tuple(known[numero] for numero in sorted(vue.croisements.lineage(certification)) if numero in known)
