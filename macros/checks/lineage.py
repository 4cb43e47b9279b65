"""Which fiche follows which, whoever states it: those a certification descends from, those that descend from it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from macros.models.certification import Certification
    from macros.records.registre import Registre


def lineages(registre: Registre) -> dict[str, tuple[str, ...]]:
    """Return, for each certification, its number then those of the fiches it descends from; a circle ends the walk."""
    former: dict[str, list[str]] = defaultdict(list)
    for old, new in _steps(registre):
        former[new].append(old)
    found: dict[str, tuple[str, ...]] = {}
    for numero in registre.certifications:
        line = {numero: None}
        queue = [numero]
        while queue:
            for old in former.get(queue.pop(), ()):
                if old in found:
                    line |= dict.fromkeys(found[old])
                elif old not in line:
                    line[old] = None
                    queue.append(old)
        found[numero] = tuple(line)
    return found


def heirs(lines: Mapping[str, tuple[str, ...]]) -> dict[str, frozenset[str]]:
    """Return, for each number of those lineages, itself and the certifications that descend from it."""
    found: dict[str, set[str]] = defaultdict(set)
    for numero, line in lines.items():
        for old in line:
            found[old].add(numero)
    return {numero: frozenset({numero, *names}) for numero, names in found.items()}


def successors(registre: Registre) -> dict[str, tuple[str, ...]]:
    """Return, for each number that another fiche replaces, the numbers that come just after it."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for old, new in _steps(registre):
        if old != new:
            found[old][new] = None
    return {numero: tuple(names) for numero, names in found.items()}


def registered_on(certification: Certification) -> date | None:
    """Return the day from which a certification is registered: that of the decision, else of the publication; None when nobody knows."""
    return certification.date_decision or certification.date_publication


def _steps(registre: Registre) -> Iterator[tuple[str, str]]:
    """Yield each step from a fiche to the one that replaces it, as either of them states it."""
    for numero, certification in registre.certifications.items():
        for old in certification.anciennes_fiches:
            yield old, numero
        for new in certification.nouvelles_fiches:
            yield numero, new
