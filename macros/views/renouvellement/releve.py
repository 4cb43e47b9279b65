"""What every section of a review is: a sentence, then a table whose rows are dated. The page and the document draw the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from macros.french import format_date, format_short_date

if TYPE_CHECKING:
    from macros.models.certification import Certification
    from macros.views.context import Vue
    from macros.views.parts import Pastille, Reference

SINCE = "enregistrement"
"""What the filter calls everything since the current registration."""


@dataclass(frozen=True)
class Periode:
    """The days a review is about, ends included; an absent end is open."""

    du: date | None = None
    au: date | None = None

    def holds(self, day: date | None) -> bool:
        """Tell whether a day is in the period; what has no date always is."""
        return day is None or ((self.du is None or self.du <= day) and (self.au is None or day <= self.au))

    def in_words(self) -> str:
        """Return the period as a reader says it; nothing when it is open on both sides."""
        if self.du and self.au:
            return f"du {format_date(self.du)} au {format_date(self.au)}"
        if self.du:
            return f"depuis le {format_date(self.du)}"
        return f"jusqu’au {format_date(self.au)}" if self.au else ""


@dataclass(frozen=True)
class Cellule:
    """One value of a row: a text, links, links each with its status, statuses, a quiet second line. `manque`: drawn as missing."""

    texte: str = ""
    liens: tuple[Reference, ...] = ()
    suites: tuple[tuple[Reference, Pastille], ...] = ()
    pastilles: tuple[Pastille, ...] = ()
    sous: str = ""
    manque: bool = False


@dataclass(frozen=True)
class Colonne:
    """A column: its title, its part of the width in a document, whether it holds figures."""

    titre: str
    part: int
    nombre: bool = False


@dataclass(frozen=True)
class Ligne:
    """One dated row; the first cell names it. `periodes` are the values of the filter it answers to, `*` for all."""

    cellules: tuple[Cellule, ...]
    jour: date | None = None
    periodes: tuple[str, ...] = ("*",)


@dataclass(frozen=True)
class Releve:
    """One section: what it says in a sentence, then its rows, or that there is none."""

    resume: str
    legende: str
    colonnes: tuple[Colonne, ...]
    lignes: tuple[Ligne, ...]
    vide: str


@dataclass(frozen=True)
class Revue:
    """The frame of a review: the certification, its lineage, the day it was registered, the period read."""

    vue: Vue
    certification: Certification
    lignee: frozenset[str]
    periode: Periode

    @property
    def debut(self) -> date | None:
        """Return the day of the current registration, or of its publication."""
        return self.certification.date_decision or self.certification.date_publication

    def ligne(self, day: date | None, *cellules: Cellule) -> Ligne:
        """Return a dated row, with the periods it belongs to."""
        if day is None:
            return Ligne(cellules)
        since = (SINCE,) if self.debut is not None and self.debut <= day else ()
        return Ligne(cellules, day, (str(day.year), *since))

    def releve(self, resume: str, legende: str, colonnes: tuple[Colonne, ...], lignes: list[Ligne], vide: str) -> Releve:
        """Return a section with the rows of the period, latest first."""
        kept = [ligne for ligne in lignes if self.periode.holds(ligne.jour)]
        ordered = sorted(kept, key=lambda ligne: ligne.jour or date.max, reverse=True)
        return Releve(resume if ordered else "", legende, colonnes, tuple(ordered), vide)


def review_of(vue: Vue, certification: Certification, periode: Periode | None = None) -> Revue:
    """Return the frame of a review, on every day unless a period is given."""
    return Revue(vue, certification, vue.croisements.lineage(certification.numero), periode or Periode())


def day_cell(day: date) -> Cellule:
    """Return a date as a cell."""
    return Cellule(format_short_date(day))
