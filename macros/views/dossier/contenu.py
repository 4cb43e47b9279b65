"""What a dossier carries: the evidence its traces rest on, and its records as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from macros.records.audience import Masque
from macros.views.donnees import plain
from macros.views.dossier.ouverts import sessions
from macros.views.dossier.trace import build_trace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from macros.models.preuve import Preuve
    from macros.views.context import Vue
    from macros.views.dossier.pieces import PieceTrace
    from macros.views.dossier.trace import Trace


def traces_of(vue: Vue, numeros: Sequence[str]) -> tuple[Trace, ...]:
    """Return the trace of each certification asked, in the order of the register."""
    return tuple(build_trace(vue, each) for each in vue.in_order() if each.numero in set(numeros))


def evidence_of(vue: Vue, traces: Iterable[Trace]) -> tuple[Preuve, ...]:
    """Return the evidence that traces show, what says it supports their certifications, and what their councils join, in order of id."""
    known = vue.registre.preuves
    found: set[str] = set()
    for trace in traces:
        found.update(each.fiche.texte for each in _shown(trace))
        found.update(each.id for each in vue.croisements.preuves_of(trace.numero))
        found.update(each for conseil in sessions(vue, (trace.numero,)) for each in conseil.annexes if not isinstance(each, Masque))
    return tuple(known[each] for each in sorted(found) if each in known)


def _shown(trace: Trace) -> Iterator[PieceTrace]:
    for exigence in trace.exigences:
        yield from exigence.preuves
    for seance in trace.seances:
        for minutes in seance.pv:
            yield from minutes.preuves
        for decision in seance.decisions:
            for action in decision.actions:
                yield from action.preuves


def data_of(vue: Vue, traces: Sequence[Trace]) -> dict[str, Any]:
    """Return the records behind some traces, as typed, by collection and id."""
    registre, numeros = vue.registre, tuple(trace.numero for trace in traces)
    conseils = sessions(vue, numeros)
    actions = {action.id for numero in numeros for action in vue.croisements.actions_of(numero)}
    actions |= {a.fiche.texte for t in traces for s in t.seances for d in s.decisions for a in d.actions}
    kept: dict[str, Iterable[str]] = {
        "certifications": numeros,
        "exigences": {each.fiche.texte for trace in traces for each in trace.exigences},
        "evaluations": (each.id for each in registre.evaluations.values() if each.certification in numeros),
        "conseils": (each.id for each in conseils),
        "actions": actions,
        "preuves": (each.id for each in evidence_of(vue, traces)),
    }
    return {name: {each: plain(registre.records[name][each]) for each in sorted(found)} for name, found in kept.items()}
