"""Complaints and audits among the other records: what they are about, what answers them. Computed once, read by every page."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeVar

from macros.models.audit import Audit
from macros.models.reclamation import Reclamation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from macros.views.context import Vue

R = TypeVar("R", Reclamation, Audit)


def latest_first(records: Iterable[R]) -> list[R]:
    """Return complaints or audits as a register lists them."""
    return sorted(records, key=lambda record: (record.date, record.id), reverse=True)


def complaints_of(vue: Vue, numero: str) -> tuple[Reclamation, ...]:
    """Return the complaints on a certification and on its former fiches, latest first."""
    return _on(vue, numero, vue.once("reclamations_par_certification", lambda v: by_certification(v.registre.reclamations.values())))


def audits_of(vue: Vue, numero: str) -> tuple[Audit, ...]:
    """Return the audits that name a certification or its former fiches, latest first."""
    return _on(vue, numero, vue.once("audits_par_certification", lambda v: by_certification(v.registre.audits.values())))


def by_certification(records: Iterable[R]) -> Mapping[str, tuple[R, ...]]:
    """Return complaints or audits by each certification they name."""
    found: dict[str, list[R]] = defaultdict(list)
    for record in records:
        for numero in record.certifications:
            found[numero].append(record)
    return {numero: tuple(named) for numero, named in found.items()}


def _on(vue: Vue, numero: str, known: Mapping[str, tuple[R, ...]]) -> tuple[R, ...]:
    found = {record.id: record for one in vue.croisements.lineage(numero) for record in known.get(one, ())}
    return tuple(latest_first(found.values()))


def heirs(vue: Vue, numeros: Iterable[str]) -> tuple[str, ...]:
    """Return these certifications and those that descend from them: what a filter on certifications reads."""
    known = vue.once("fiches_issues", _heirs)
    return tuple(sorted({new for numero in numeros for new in known.get(numero, ())}))


def _heirs(vue: Vue) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for numero in vue.registre.certifications:
        for old in vue.croisements.lineage(numero):
            found[old].add(numero)
    return found


def actions_on(vue: Vue, record: Reclamation | Audit) -> tuple[str, ...]:
    """Return the actions that answer a complaint or an audit: those it names, then those that state it as their origin."""
    named = record.actions if isinstance(record, Reclamation) else [each for demande in record.demandes for each in demande.actions]
    born = sorted({use.source for use in vue.croisements.users(record.collection, record.id) if use.collection == "actions"})
    return tuple(dict.fromkeys((*named, *born)))
