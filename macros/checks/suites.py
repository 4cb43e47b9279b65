"""What complaints and audits lead to: the actions that answer them, the causes that come back."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from macros.french import add_months
from macros.models.action import StatutAction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date

    from macros.models.reclamation import Reclamation
    from macros.records.registre import Registre

    Repeated = tuple[tuple[str, ...], tuple[Reclamation, ...]]
    """The certifications of a group, none for the whole organisation, and its complaints, oldest first."""


def born(registre: Registre) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """Return the actions that state each complaint or audit as their origin, by key of `origine` and id."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for identifier, action in sorted(registre.actions.items()):
        for key in ("reclamation", "audit"):
            if (source := getattr(action.origine, key)) is not None:
                found[key, source].append(identifier)
    return {key: tuple(identifiers) for key, identifiers in found.items()}


def live(registre: Registre, identifiers: Iterable[str]) -> tuple[str, ...]:
    """Return those of these actions that were not given up, each once."""
    known = registre.actions
    return tuple(i for i in dict.fromkeys(identifiers) if i in known and known[i].statut is not StatutAction.ABANDONNEE)


def recurrences(
    registre: Registre, today: date, heirs: Mapping[str, frozenset[str]], acted: Callable[[Reclamation], object]
) -> dict[str, list[Repeated]]:
    """Return, by its latest complaint, each group of complaints of one cause that reached the number set without any action."""
    limits = registre.organisme.parametres
    start = add_months(today, -limits.reclamation_periode_mois)
    recent = [r for r in registre.reclamations.values() if start < r.date <= today and not (r.cloture and r.cloture.issue == "retiree")]
    found: dict[str, list[Repeated]] = defaultdict(list)
    for group in _by_cause(recent):
        lines = [line for line in _lines(group, heirs) if len(line[1]) >= limits.reclamation_recurrence]
        for numeros, alike in lines or ([((), group)] if len(group) >= limits.reclamation_recurrence else []):
            if not any(acted(each) for each in alike):
                found[alike[-1].id].append((numeros, alike))
    return found


def _by_cause(recent: Iterable[Reclamation]) -> Iterator[tuple[Reclamation, ...]]:
    found: dict[str, list[Reclamation]] = defaultdict(list)
    for each in sorted(recent, key=lambda r: (r.date, r.id)):
        found[each.cause.value].append(each)
    for cause in sorted(found):
        yield tuple(found[cause])


def _lines(group: Iterable[Reclamation], heirs: Mapping[str, frozenset[str]]) -> list[Repeated]:
    """Return the complaints of one cause by certification, former fiches counted with those that follow them; certifications with the same ones together."""
    found: dict[str, list[Reclamation]] = defaultdict(list)
    for each in group:
        for numero in sorted({new for old in each.certifications for new in heirs.get(old, (old,))}):
            found[numero].append(each)
    grouped: dict[tuple[Reclamation, ...], list[str]] = defaultdict(list)
    for numero, alike in sorted(found.items()):
        grouped[tuple(alike)].append(numero)
    return [(tuple(numeros), alike) for alike, numeros in grouped.items()]
