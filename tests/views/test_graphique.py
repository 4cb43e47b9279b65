"""Charts as geometry: bars stand on zero, a missing year is a gap, labels never touch, nothing leaves the box."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from macros.views.graphique import bars_by_category, bars_by_year, rates_by_year
from macros.views.trace import HAUT, TRACE, Graphique, Mesure

BASE = HAUT + TRACE
YEARS = st.dictionaries(st.integers(1990, 2060), st.one_of(st.none(), st.integers(0, 99_999)), max_size=40)


def touching(chart: Graphique) -> list[tuple[str, str]]:
    """Return the pairs of labels whose places overlap."""
    pairs = combinations(chart.etiquettes, 2)

    def meet(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
        return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]

    return [(a.texte, b.texte) for a, b in pairs if meet(a.box(), b.box())]


def outside(chart: Graphique) -> list[str]:
    """Return the labels that leave the box of a chart."""
    boxes = ((label.texte, label.box()) for label in chart.etiquettes)
    return [
        text for text, (left, top, right, bottom) in boxes if left < 0 or right > chart.largeur or top < -4 or bottom > chart.hauteur + 4
    ]


@settings(max_examples=150)
@given(YEARS)
def test_bars_keep_to_their_place(values: dict[int, int | None]) -> None:
    """Whatever the years and the numbers: labels never touch, bars stand on the base and are as high as their value."""
    chart = bars_by_year("x", "T", "u", [Mesure(str(year), value) for year, value in values.items()])
    if chart is None:
        latest = [value for year, value in values.items() if year > max(values) - 20] if values else []
        assert all(value is None for value in latest)
        return
    assert touching(chart) == []
    assert outside(chart) == []
    assert all(abs(bar.y + bar.hauteur - BASE) < 0.2 for bar in chart.barres)
    shown = sorted((int(year), values.get(int(year))) for year, _, _ in chart.lignes)
    known = [value for _, value in shown if value is not None]
    assert len(chart.barres) == len(known)
    heights = [bar.hauteur for bar in chart.barres]
    assert all((a <= b) == (ha <= hb + 0.1) or abs(ha - hb) < 0.2 for (a, ha), (b, hb) in combinations(zip(known, heights, strict=True), 2))


@settings(max_examples=150)
@given(st.dictionaries(st.integers(1990, 2060), st.tuples(st.floats(0, 100), st.integers(1, 99_999)), min_size=1, max_size=40))
def test_rates_keep_to_their_place(values: dict[int, tuple[float, int]]) -> None:
    """Labels never touch; a year without rate breaks the line; the number each rate rests on is in the table."""
    chart = rates_by_year("x", "T", [Mesure(str(year), value, number) for year, (value, number) in values.items()])
    assert chart is not None
    assert touching(chart) == []
    assert outside(chart) == []
    years = [int(year) for year, _, _ in chart.lignes]
    assert years == list(range(max(years), min(years) - 1, -1))
    linked = sum(len(trace.split(" ")) - 1 for trace in chart.traces)
    assert linked == sum(year in values and year + 1 in values for year in years)
    assert {int(y) for y, _, number in chart.lignes if number} == {year for year in values if year >= min(years)}


@settings(max_examples=100)
@given(st.lists(st.tuples(st.text(min_size=1, max_size=90), st.integers(0, 10**6)), min_size=1, max_size=15))
def test_categories_keep_to_their_place(values: list[tuple[str, int]]) -> None:
    """A long label is cut in the drawing and whole in the table; each bar starts at zero."""
    chart = bars_by_category("x", "T", ("Cause", "Nombre"), [Mesure(label, value) for label, value in values])
    assert chart is not None
    assert touching(chart) == []
    assert outside(chart) == []
    assert {bar.x for bar in chart.barres} == {4}
    assert [label for label, _, _ in chart.lignes] == [label for label, _ in values]


def test_the_arithmetic_of_a_bar() -> None:
    """45 on a scale of 100 over 130 units is 58.5 units high; its base is the axis."""
    chart = bars_by_year("x", "Certifiés", "Certifiés", [Mesure("2023", 45), Mesure("2025", 90)])
    assert chart is not None
    assert [(bar.hauteur, bar.y) for bar in chart.barres] == [(58.5, BASE - 58.5), (117.0, BASE - 117.0)]
    assert chart.lignes == (("2025", "90", ""), ("2024", "", ""), ("2023", "45", ""))
    assert chart.description == "Certifiés, de 2023 à 2025. 2023\u00a0: 45\u202f; 2024\u00a0: non renseigné\u202f; 2025\u00a0: 90."


@pytest.mark.parametrize("build", [lambda m: bars_by_year("x", "T", "u", m), lambda m: rates_by_year("x", "T", m)])
def test_nothing_known_draws_nothing(build: object) -> None:
    """Neither an empty list nor years without value make a chart: absent is not zero."""
    assert build([]) is None  # type: ignore[operator]
    assert build([Mesure("2024", None)]) is None  # type: ignore[operator]


def test_zero_is_a_value() -> None:
    """A year with nobody certified has a bar without height and its 0."""
    chart = bars_by_year("x", "T", "u", [Mesure("2024", 0)])
    assert chart is not None
    assert [bar.hauteur for bar in chart.barres] == [0]
    assert chart.lignes == (("2024", "0", ""),)
