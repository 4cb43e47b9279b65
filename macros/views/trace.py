"""What a chart is made of: plain geometry, for a template to draw."""

from __future__ import annotations

from dataclasses import dataclass

LARGEUR = 420.0
ADVANCE, LINE = 7.8, 16.0
"""Upper bounds, in units, of the width of a character and of the height of a line, at the size the style sheet gives."""
GAUCHE, DROITE, HAUT, TRACE, PIED = 61.0, 12.0, 22.0, 130.0, 40.0
"""Margins of a chart over years, the height of its plot, and of what stands below it."""


@dataclass(frozen=True)
class Mesure:
    """One value: its label (a year, a category), the value (None: absent, which is not zero), the number it rests on."""

    libelle: str
    valeur: float | None
    effectif: int | None = None


@dataclass(frozen=True)
class Etiquette:
    """A text; `ancre` is start, middle or end. It takes `ADVANCE` units a character and `LINE` units of height, `y` its base line."""

    x: float
    y: float
    texte: str
    ancre: str = "middle"

    def box(self) -> tuple[float, float, float, float]:
        """Return left, top, right, bottom of the place it takes at most."""
        width = ADVANCE * len(self.texte)
        left = {"start": self.x, "middle": self.x - width / 2, "end": self.x - width}[self.ancre]
        return left, self.y - LINE + 4, left + width, self.y + 4


@dataclass(frozen=True)
class Barre:
    """A bar: a rectangle whose base is zero."""

    x: float
    y: float
    largeur: float
    hauteur: float


@dataclass(frozen=True)
class Repere:
    """A line of the grid across the plot."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True)
class Graphique:
    """A chart ready to draw, its name and its description, and the table of what it shows."""

    id: str
    titre: str
    description: str
    hauteur: float
    reperes: tuple[Repere, ...]
    barres: tuple[Barre, ...]
    traces: tuple[str, ...]
    points: tuple[tuple[float, float], ...]
    etiquettes: tuple[Etiquette, ...]
    entete: tuple[str, str, str]
    lignes: tuple[tuple[str, str, str], ...]
    largeur: float = LARGEUR
