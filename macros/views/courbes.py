"""The charts of promotions: certified people by year, and each rate by year with the number it rests on."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from macros.views.graphique import bars_by_year, rates_by_year
from macros.views.trace import Graphique, Mesure

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from macros.models.enquete import Rapport
    from macros.models.fiche import Statistique
    from macros.models.promotion import Promotion


def charts_of(identifier: str, known: Iterable[Promotion], published: Mapping[int, Statistique]) -> tuple[Graphique, ...]:
    """Return the charts of one certification: certified each year, then each rate; a published figure fills a year nobody counted here."""
    listed = list(known)
    counted: dict[tuple[str, int], int | None] = {("", year): s.certifies for year, s in published.items()}
    for promotion in listed:  # two fiches of one lineage may share a year: both count, and what is published gives way
        counted.pop(("", promotion.annee), None)
        counted[promotion.certification, promotion.annee] = promotion.certifies
    charts = [
        certified_by_year(f"certifies-{identifier}", "Certifiés par année", counted),
        _rates(f"reussite-{identifier}", "Taux de réussite", {p.annee: p.success() for p in listed}, {}),
        _rates(
            f"insertion-{identifier}", "En emploi à 6\u00a0mois",
            {p.annee: e.overall() if (e := p.survey(6)) else None for p in listed},
            {year: s.insertion_globale_6_mois for year, s in published.items()},
        ),
        _rates(
            f"metier-{identifier}", "Dans le métier à 2\u00a0ans",
            {p.annee: e.in_occupation() if (e := p.survey(24)) else None for p in listed},
            {year: s.insertion_metier_2_ans for year, s in published.items()},
        ),
    ]  # fmt: skip
    return tuple(chart for chart in charts if chart)


def certified_by_year(identifier: str, titre: str, told: Mapping[tuple[str, int], int | None]) -> Graphique | None:
    """Return the number certified each year; `told` gives it by certification and year, None where nobody knows."""
    totals: dict[int, int] = defaultdict(int)
    for (_, year), number in told.items():
        if number is not None:
            totals[year] += number
    return bars_by_year(identifier, titre, "Certifiés", [Mesure(str(year), value) for year, value in sorted(totals.items())])


def _rates(identifier: str, titre: str, computed: Mapping[int, Rapport | None], public: Mapping[int, int | None]) -> Graphique | None:
    values = {year: Mesure(str(year), value) for year, value in public.items() if value is not None}
    values |= {y: Mesure(str(y), r.pourcentage, r.denominateur) for y, r in computed.items() if r is not None}
    return rates_by_year(identifier, titre, [values[year] for year in sorted(values)])
