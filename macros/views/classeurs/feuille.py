"""What a workbook is made of, whatever writes it: sheets, columns of a kind, rows of plain typed values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time
from enum import Enum

Valeur = str | int | date | time | None
"""What a cell holds: a text, a whole number, a day, a time of day, or nothing."""
LISEZ_MOI = "Lisez-moi"
"""The last sheet of every workbook: what it is, in words."""


class Genre(Enum):
    """What a column holds; `LONG` texts are read on several lines, a `POURCENTAGE` goes from 0 to 100."""

    TEXTE = "texte"
    LONG = "texte long"
    DATE = "date"
    HEURE = "heure"
    NOMBRE = "nombre"
    POURCENTAGE = "pourcentage"


@dataclass(frozen=True)
class Colonne:
    """One column: title, width in characters, the words its cells may hold (`mots`) when they are known, what to type there (`aide`)."""

    titre: str
    largeur: int = 14
    genre: Genre = Genre.TEXTE
    mots: tuple[str, ...] = ()
    aide: str = ""


@dataclass(frozen=True)
class Feuille:
    """One sheet. `libres` rows after the last one are ready to be filled; without `tableau` it is read, not sorted."""

    nom: str
    colonnes: tuple[Colonne, ...]
    lignes: tuple[tuple[Valeur, ...], ...]
    libres: int = 0
    tableau: bool = True


@dataclass(frozen=True)
class Classeur:
    """A workbook: its title, whose it is, the day it tells of, its sheets."""

    titre: str
    organisme: str
    date: date
    feuilles: tuple[Feuille, ...] = field(default=())
