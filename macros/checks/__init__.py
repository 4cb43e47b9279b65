"""Rules: generators of constats. The docstring of each is the rule; requirements (force, reference, dates) are records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from macros.checks.context import CheckContext
from macros.checks.enregistrement import check_dates_coherentes, check_duree_enregistrement, check_retroplanning
from macros.checks.fiche import check_cep_r5, check_difference_fc, check_extrait_ancien
from macros.models.base import Force
from macros.models.derivation import differences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from macros.models.certification import Certification
    from macros.models.comparison import Difference
    from macros.models.constat import Constat
    from macros.models.exigence import Exigence
    from macros.records.registre import Registre

    Compared = Mapping[str, tuple[Difference, ...]]

CERTIFICATION_CHECKS: dict[str, Callable[[Certification, CheckContext], Iterator[Constat]]] = {
    "duree_enregistrement": check_duree_enregistrement,
    "dates_coherentes": check_dates_coherentes,
    "retroplanning": check_retroplanning,
    "difference_fc": check_difference_fc,
    "extrait_ancien": check_extrait_ancien,
    "cep_r5": check_cep_r5,
}
"""Each check by its public name, which requirement records cite in `controle`."""


def compare_extracts(registre: Registre) -> Compared:
    """Return, for each certification that has an extract, where it departs from it. Costly: done once, then shared."""
    extraits = registre.extraits
    return {n: tuple(differences(c, extraits[n])) for n, c in registre.certifications.items() if n in extraits}


def run_checks(registre: Registre, today: date, compared: Compared | None = None) -> tuple[Constat, ...]:
    """Return every constat of a complete registre, most urgent first, with requirement, file and line.

    `compared` is the result of `compare_extracts`, made here when absent.
    """
    context = CheckContext(registre, today, compare_extracts(registre) if compared is None else compared)
    found = [
        constat
        for certification in registre.certifications.values()
        for name, check in CERTIFICATION_CHECKS.items()
        for constat in _with_requirement(check(certification, context), name, certification, context)
    ]
    return tuple(sorted(found, key=_order))


def _order(constat: Constat) -> tuple[object, ...]:
    return -constat.niveau.severity(), constat.echeance is None, str(constat.echeance), constat.enregistrement, constat.code


def _with_requirement(constats: Iterator[Constat], name: str, certification: Certification, context: CheckContext) -> Iterator[Constat]:
    """Attach to each constat the requirement that cites its check; drop it when that requirement does not bind this certification."""
    citing = [exigence for exigence in context.registre.exigences.values() if exigence.controle == name]
    binding = next((e for e in citing if e.binds(certification.repertoire, certification.type_enregistrement, context.today)), None)
    if citing and binding is None:
        return
    for constat in constats:
        fichier, line, _ = context.registre.place(certification, constat.champ)
        yield _cite(constat, binding).at(fichier, line)


def _cite(constat: Constat, exigence: Exigence | None) -> Constat:
    if exigence is None:
        return constat.with_requirement("", Force.USAGE.value, "")
    return constat.with_requirement(exigence.id, exigence.force.value, exigence.reference())
