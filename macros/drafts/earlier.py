"""What earlier sessions leave to a new one: the sessions it follows, the minutes it approves, the actions it goes over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from macros.checks.context import CheckContext
from macros.models.conseil import PV, Conseil, Regime
from macros.views.depuis import watch_to_discuss
from macros.views.nouveautes import news_since

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from macros.models.action import Action
    from macros.models.veille import Veille
    from macros.views.context import Vue
    from macros.views.nouveautes import Nouveautes


class Minutes(NamedTuple):
    """The minutes of one certification, and their session."""

    conseil: Conseil
    pv: PV


@dataclass(frozen=True)
class Earlier:
    """The sessions around a new one, by certification; those of former fiches count.

    `held`: those held before its day, oldest first. `sources`: the one whose
    members are invited again: the last held or, when none was, the last planned
    or cancelled. `planned`: those still to come, of any certification.
    """

    held: Mapping[str, tuple[Conseil, ...]]
    sources: Mapping[str, Conseil | None]
    planned: tuple[Conseil, ...]

    def previous(self) -> list[tuple[Conseil, tuple[str, ...]]]:
        """Return the last session held on each certification, with those it is the last of, latest first."""
        last = {conseils[-1].id: conseils[-1] for conseils in self.held.values() if conseils}
        return [
            (conseil, tuple(numero for numero, conseils in self.held.items() if conseils and conseils[-1].id == conseil.id))
            for conseil in sorted(last.values(), key=_by_day, reverse=True)
        ]

    def never_met(self) -> tuple[str, ...]:
        """Return the certifications that no session examined yet."""
        return tuple(numero for numero, conseils in self.held.items() if not conseils)

    def taken(self) -> list[Conseil]:
        """Return the sessions a new one is made from, each once: held ones first, then latest first."""
        found = {conseil.id: conseil for conseil in self.sources.values() if conseil is not None}
        return sorted(found.values(), key=lambda conseil: (conseil.is_held(), *_by_day(conseil)), reverse=True)


def earlier_sessions(certifications: Iterable[str], day: date, vue: Vue) -> Earlier:
    """Return the sessions around one of `day`, under our rules: those of a CFA or of a university are another matter."""
    known = {numero: tuple(c for c in vue.croisements.conseils_of(numero) if c.regime is Regime.CERTIFICATEUR) for numero in certifications}
    held = {numero: tuple(c for c in conseils if c.is_held() and c.date < day) for numero, conseils in known.items()}
    sources = {numero: next(reversed(held[numero] or known[numero]), None) for numero in known}
    coming = {c.id: c for conseils in known.values() for c in conseils if c.is_coming(vue.today)}
    return Earlier(held, sources, tuple(sorted(coming.values(), key=_by_day)))


def minutes_to_approve(earlier: Earlier, vue: Vue) -> tuple[Minutes, ...]:
    """Return the minutes of its certifications that nobody approved yet, oldest first.

    Those whose turn to be approved came before the organisation followed its sessions are left alone.
    """
    context = CheckContext(vue.registre, vue.today)
    found: dict[tuple[str, str], Minutes] = {}
    for numero, held in earlier.held.items():
        line, since = vue.croisements.lineage(numero), context.followed_since((numero,))
        for conseil, following in zip(held, (*held[1:], None), strict=False):
            if following is None or following.date >= since:
                found |= {(conseil.id, pv.certification): Minutes(conseil, pv) for pv in conseil.pv if pv.certification in line}
    left = (each for key, each in found.items() if key not in context.approved and not each.pv.is_settled())
    return tuple(sorted(left, key=lambda each: (*_by_day(each.conseil), each.pv.certification)))


def to_follow(certifications: Iterable[str], vue: Vue) -> tuple[Action, ...]:
    """Return the open actions on these certifications and their former fiches, by due date."""
    return tuple(
        sorted(vue.croisements.to_follow(certifications), key=lambda action: (action.echeance is None, str(action.echeance), action.id))
    )


def watch_to_tell(earlier: Earlier, vue: Vue) -> tuple[Veille, ...]:
    """Return the watch entries that no session heard of yet: new since the last one held on a certification they touch, or unanswered."""
    found = {
        veille.id: veille
        for numero, held in earlier.held.items()
        for veille in watch_to_discuss(vue, (numero,), held[-1].date if held else None)
    }
    return tuple(sorted(found.values(), key=lambda veille: (veille.noticed_on(), veille.id), reverse=True))


def news_to_tell(earlier: Earlier, vue: Vue) -> tuple[Nouveautes, ...]:
    """Return what is new on each certification since the last session held on it."""
    return news_since(vue, {numero: held[-1].date for numero, held in earlier.held.items() if held})


def _by_day(conseil: Conseil) -> tuple[date, str]:
    return conseil.date, conseil.id
