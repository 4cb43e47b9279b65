"""Charts: bars by year, rates by year, bars by category. A template draws them; nothing is left to a script.

Coordinates are units of a box 420 wide, y downwards. Bars start at zero,
rates go from 0 to 100 %, a missing year is a gap. Labels that would touch
are left out of the drawing; the table beside it has them all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from macros.french import format_number
from macros.views.axes import (
    axis_labels,
    bar_at,
    cut,
    filled_years,
    height_of,
    percent,
    places_of,
    round_top,
    rows_of,
    spaced,
    span_of,
    tenth,
    told_years,
    unbroken,
    whole,
    year_labels,
)
from macros.views.trace import ADVANCE, DROITE, GAUCHE, HAUT, LARGEUR, PIED, TRACE, Barre, Etiquette, Graphique, Mesure, Repere

if TYPE_CHECKING:
    from collections.abc import Sequence

_BAR, _ROW = 14.0, 40.0


def bars_by_year(identifier: str, titre: str, unite: str, mesures: Sequence[Mesure]) -> Graphique | None:
    """Return whole numbers by year as bars; None when no year has one."""
    years = filled_years(mesures)
    if not any(each.valeur is not None for each in years):
        return None
    top = round_top(max(each.valeur or 0 for each in years))
    places = places_of(len(years))
    width = min(34.0, 0.7 * (LARGEUR - GAUCHE - DROITE) / len(years))
    bars = tuple(bar_at(x, width, each.valeur / top) for x, each in zip(places, years, strict=True) if each.valeur is not None)
    tops = [
        Etiquette(x, tenth(height_of(e.valeur / top) - 5), whole(e.valeur))
        for x, e in zip(places, years, strict=True)
        if e.valeur is not None
    ]
    labels = (*axis_labels(top, format_number), *spaced(tops), *year_labels(places, years))
    told = told_years(years, whole)
    return _chart(
        identifier, titre, f"{titre}, {span_of(years)}. {told}.", labels,
        bars=bars, tableau=(("Année", unite, ""), rows_of(years, whole)),
    )  # fmt: skip


def rates_by_year(identifier: str, titre: str, mesures: Sequence[Mesure]) -> Graphique | None:
    """Return rates in percent by year as a broken line, with the number each rests on; None when no year has one."""
    years = filled_years(mesures)
    if not any(each.valeur is not None for each in years):
        return None
    places = places_of(len(years))
    dots = [
        (x, tenth(height_of(each.valeur / 100)), each) if each.valeur is not None else None for x, each in zip(places, years, strict=True)
    ]
    tops = [Etiquette(dot[0], tenth(dot[1] - 8), percent(dot[2].valeur or 0)) for dot in dots if dot]
    labels = (*axis_labels(100, lambda value: f"{value}\u00a0%"), *spaced(tops), *year_labels(places, years))
    return _chart(
        identifier, titre, f"{titre}, {span_of(years)}. {told_years(years, percent)}.", labels,
        traces=tuple(unbroken(dots)), points=tuple((dot[0], dot[1]) for dot in dots if dot),
        tableau=(("Année", "Taux", "Effectif"), rows_of(years, percent)),
    )  # fmt: skip


def bars_by_category(identifier: str, titre: str, entete: tuple[str, str], mesures: Sequence[Mesure]) -> Graphique | None:
    """Return numbers by category as horizontal bars, each under its own label; None without any."""
    known = [each for each in mesures if each.valeur is not None]
    if not known:
        return None
    top = max(1, *(each.valeur or 0 for each in known))
    room = LARGEUR - DROITE - 4 - ADVANCE * max(len(format_number(round(each.valeur or 0))) for each in known) - 8
    rows, bars, labels = [], [], []
    for rank, each in enumerate(known):
        y, length = rank * _ROW, tenth(room * (each.valeur or 0) / top)
        told = format_number(round(each.valeur or 0))
        labels += [Etiquette(4, y + 14, cut(each.libelle), "start"), Etiquette(tenth(length + 12), y + 31, told, "start")]
        bars.append(Barre(4, y + 19, length, _BAR))
        rows.append((each.libelle, told, ""))
    sentence = f"{titre}. " + ", ".join(f"{label}\u00a0: {value}" for label, value, _ in rows) + "."
    reperes = (Repere(4, 0, 4, len(known) * _ROW),)
    return Graphique(
        identifier, titre, sentence, len(known) * _ROW, reperes, tuple(bars), (), (), tuple(labels), (*entete, ""), tuple(rows)
    )


def _chart(
    identifier: str,
    titre: str,
    description: str,
    etiquettes: tuple[Etiquette, ...],
    *,
    tableau: tuple[tuple[str, str, str], tuple[tuple[str, str, str], ...]],
    bars: tuple[Barre, ...] = (),
    traces: tuple[str, ...] = (),
    points: tuple[tuple[float, float], ...] = (),
) -> Graphique:
    """Return a chart over years, with its three grid lines."""
    grid = tuple(Repere(GAUCHE, height_of(part), LARGEUR - DROITE, height_of(part)) for part in (0, 0.5, 1))
    return Graphique(identifier, titre, description, HAUT + TRACE + PIED, grid, bars, traces, points, etiquettes, *tableau)
