"""How charts over years are laid out: one place a year, labels that never touch, values said in words."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from macros.french import format_number
from macros.views.trace import ADVANCE, DROITE, GAUCHE, HAUT, LARGEUR, TRACE, Barre, Etiquette, Mesure

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_MOST_YEARS = 20


def filled_years(mesures: Sequence[Mesure]) -> list[Mesure]:
    """Return one value a year from the first to the last, absent years included, the latest ones only of a long history."""
    known = {int(each.libelle): each for each in mesures}
    if not known:
        return []
    first = max(min(known), max(known) - _MOST_YEARS + 1)
    return [known.get(year, Mesure(str(year), None)) for year in range(first, max(known) + 1)]


def round_top(largest: float) -> int:
    """Return a round even number at least as large, so that half of it is whole."""
    for step in (10, 20, 50, 100, 200, 500):
        if largest <= step:
            return step
    power: int = 10 ** (len(str(ceil(largest))) - 1)
    return 2 * power * ceil(largest / (2 * power))


def tenth(value: float) -> float:
    """Return a coordinate to a tenth of a unit: same figures, same bytes."""
    return round(value, 1)


def height_of(part: float) -> float:
    """Return the height of a part of the scale, 0 at the base and 1 at the top."""
    return tenth(HAUT + TRACE * (1 - part))


def places_of(number: int) -> list[float]:
    """Return the middle of each year, evenly spread."""
    step = (LARGEUR - GAUCHE - DROITE) / number
    return [tenth(GAUCHE + step * (rank + 0.5)) for rank in range(number)]


def bar_at(x: float, width: float, part: float) -> Barre:
    """Return a bar that stands on the base."""
    return Barre(tenth(x - width / 2), height_of(part), tenth(width), tenth(TRACE * part))


def axis_labels(top: int, told: Callable[[int], str]) -> tuple[Etiquette, ...]:
    """Return what the three lines of the grid are worth."""
    return tuple(Etiquette(GAUCHE - 5, height_of(part) + 4, told(round(top * part)), "end") for part in (0, 0.5, 1))


def year_labels(places: list[float], years: list[Mesure]) -> tuple[Etiquette, ...]:
    """Return the years below the axis, and below each the number it rests on."""
    base = HAUT + TRACE
    names = [Etiquette(x, base + 17, each.libelle) for x, each in zip(places, years, strict=True)]
    numbers = [Etiquette(x, base + 34, f"n={each.effectif}") for x, each in zip(places, years, strict=True) if each.effectif is not None]
    return (*spaced(names), *spaced(numbers))


def spaced(labels: list[Etiquette]) -> tuple[Etiquette, ...]:
    """Return the labels of one line, read from the last, without those that would touch a later one, the axis or the edge."""
    kept: list[Etiquette] = []
    for label in reversed(labels):
        left, _, right, _ = label.box()
        if left >= GAUCHE - 4 and right <= LARGEUR and (not kept or right + ADVANCE / 2 <= kept[-1].box()[0]):
            kept.append(label)
    return tuple(reversed(kept))


def unbroken(dots: Sequence[tuple[float, float, Mesure] | None]) -> list[str]:
    """Return the points of each unbroken run of years; a missing year breaks the line."""
    runs: list[list[str]] = [[]]
    for dot in dots:
        if dot is None:
            runs.append([])
        else:
            runs[-1].append(f"{dot[0]},{dot[1]}")
    return [" ".join(run) for run in runs if len(run) > 1]


def whole(value: float) -> str:
    """Return a number as it is read."""
    return format_number(round(value))


def percent(value: float) -> str:
    """Return a rate as it is read."""
    return f"{round(value)}\u00a0%"


def span_of(years: list[Mesure]) -> str:
    """Return the years covered, in words."""
    return f"de {years[0].libelle} à {years[-1].libelle}" if len(years) > 1 else f"en {years[0].libelle}"


def told_years(years: list[Mesure], told: Callable[[float], str]) -> str:
    """Return every value in one sentence, absent ones too: the description of a chart."""
    said = [f"{each.libelle}\u00a0: {'non renseigné' if each.valeur is None else told(each.valeur)}" for each in years]
    return "\u202f; ".join(said)


def rows_of(years: list[Mesure], told: Callable[[float], str]) -> tuple[tuple[str, str, str], ...]:
    """Return the rows of the table, latest first; an absent value is an empty text, drawn as missing."""

    def row(each: Mesure) -> tuple[str, str, str]:
        number = "" if each.effectif is None else format_number(each.effectif)
        return each.libelle, "" if each.valeur is None else told(each.valeur), number

    return tuple(row(each) for each in reversed(years))


def cut(text: str) -> str:
    """Return a label that fits the width of the box; the table has it whole."""
    most = int((LARGEUR - 8) / ADVANCE)
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
