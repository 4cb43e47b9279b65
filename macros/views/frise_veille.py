"""What enters into force, on a timeline around the reference date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.french import add_months, count, format_delay
from macros.views.parts import Reference, page_address

if TYPE_CHECKING:
    from macros.models.base import Jour
    from macros.views.context import Vue

_RECENT_MONTHS = 24


@dataclass(frozen=True)
class EtapeVeille:
    """One day on the timeline, and all that begins to apply on it. `genre`: a_venir or passe."""

    genre: str
    date: Jour
    delai: str
    effets: tuple[tuple[str, Reference], ...]


@dataclass(frozen=True)
class FriseVeille:
    """What enters into force: to come, soonest first; reached lately, latest first; before that, folded."""

    a_venir: tuple[EtapeVeille, ...]
    recentes: tuple[EtapeVeille, ...]
    anciennes: tuple[EtapeVeille, ...]
    repli: str


def build_frise_veille(vue: Vue) -> FriseVeille:
    """Return every date of effect of the entries that still apply, around the reference date."""
    by_day: dict[Jour, list[tuple[str, Reference]]] = {}
    for identifier, veille in sorted(vue.registre.veille.items()):
        for effect in () if veille.is_over(vue.today) else veille.entrees_en_vigueur:
            by_day.setdefault(effect.date, []).append((effect.objet, Reference(veille.titre, page_address("veille", identifier))))
    steps = [
        EtapeVeille("a_venir" if day > vue.today else "passe", day, format_delay(vue.today, day), tuple(effects))
        for day, effects in sorted(by_day.items())
    ]
    limit = add_months(vue.today, -_RECENT_MONTHS)
    reached = [step for step in reversed(steps) if step.date <= vue.today]
    older = tuple(step for step in reached if step.date <= limit)
    return FriseVeille(
        tuple(step for step in steps if step.genre == "a_venir"),
        tuple(step for step in reached if step.date > limit),
        older,
        f"Avant cela, {count(len(older), 'autre date', 'autres dates')}" if older else "",
    )
