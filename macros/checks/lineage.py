"""What certifications inherit: the conseils and the actions of the fiches they descend from."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, cast

from macros.models.conseil import Regime

if TYPE_CHECKING:
    from collections.abc import Mapping

    from macros.models.action import Action
    from macros.models.conseil import Conseil, Decision
    from macros.records.registre import Registre


def lineages(registre: Registre) -> dict[str, tuple[str, ...]]:
    """Return, for each certification, its number then those of the fiches it descends from, whoever states it; cycles end the walk."""
    parents: dict[str, list[str]] = defaultdict(list)
    for numero, certification in registre.certifications.items():
        parents[numero] += certification.anciennes_fiches
        for new in certification.nouvelles_fiches:
            parents[new].append(numero)
    found = {}
    for numero in registre.certifications:
        line = {numero: None}
        queue = [numero]
        while queue:
            for parent in parents.get(queue.pop(), ()):
                if parent not in line:
                    line[parent] = None
                    queue.append(parent)
        found[numero] = tuple(line)
    return found


def sessions(registre: Registre, lines: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[Conseil, ...]]:
    """Return, for each certification, the conseils under our rules of all its lineage, oldest first."""
    named: dict[str, list[Conseil]] = defaultdict(list)
    for conseil in registre.conseils.values():
        if conseil.regime is Regime.CERTIFICATEUR:
            for numero in dict.fromkeys(conseil.certifications):
                named[numero].append(conseil)
    found = {}
    for numero, line in lines.items():
        together = {conseil.id: conseil for each in line for conseil in named.get(each, ())}
        found[numero] = tuple(sorted(together.values(), key=lambda conseil: (conseil.date, conseil.id)))
    return found


def decided(registre: Registre, actions_from: Mapping[str, tuple[Action, ...]]) -> dict[str, tuple[tuple[Conseil, Action], ...]]:
    """Return, for each certification, the actions decided by conseils held under our rules, with the conseil.

    An action that names no certification is about those of its decision, else about those of the conseil.
    """
    found: dict[str, list[tuple[Conseil, Action]]] = defaultdict(list)
    for identifier, (record, part) in registre.parts.get("decisions", {}).items():
        conseil, decision = cast("Conseil", record), cast("Decision", part)
        if not conseil.is_held() or conseil.regime is not Regime.CERTIFICATEUR:
            continue
        for action in actions_from.get(identifier, ()):
            for numero in dict.fromkeys(action.certifications or decision.certifications or conseil.certifications):
                found[numero].append((conseil, action))
    return {numero: tuple(pairs) for numero, pairs in found.items()}
