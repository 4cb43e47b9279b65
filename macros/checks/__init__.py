"""Rules: generators of constats. The docstring of each is the rule; requirements (force, reference, dates) are records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from macros.checks.context import CheckContext
from macros.checks.echeances import check_retroplanning
from macros.checks.enregistrement import check_dates_coherentes, check_duree_courte, check_duree_enregistrement
from macros.checks.fiche import check_cep_r5, check_difference_fc, check_extrait_ancien
from macros.models.constat import Controle
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

CERTIFICATION_CHECKS: dict[Controle, Callable[[Certification, CheckContext], Iterator[Constat]]] = {
    Controle.DUREE_ENREGISTREMENT: check_duree_enregistrement,
    Controle.DUREE_COURTE: check_duree_courte,
    Controle.DATES_COHERENTES: check_dates_coherentes,
    Controle.RETROPLANNING: check_retroplanning,
    Controle.DIFFERENCE_FC: check_difference_fc,
    Controle.EXTRAIT_ANCIEN: check_extrait_ancien,
    Controle.CEP_R5: check_cep_r5,
}
"""Each check by its public name; a test demands one per `Controle`."""


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


def _with_requirement(
    constats: Iterator[Constat], name: Controle, certification: Certification, context: CheckContext
) -> Iterator[Constat]:
    """Attach to each constat the requirement that cites its check; drop it when none of those that do binds this certification.

    A requirement binds on the day the constat is judged, the reference date
    unless the check says otherwise.
    """
    citing = [exigence for exigence in context.registre.exigences.values() if exigence.controle is name]
    for constat in constats:
        judged, kind = constat.juge_le or context.today, certification.type_enregistrement
        binding = next((e for e in citing if e.binds(certification.repertoire, kind, judged)), None)
        if (citing and binding is None) or _is_before_follow_up(constat, certification, context):
            continue
        fichier, line, _ = context.registre.place(certification, constat.champ)
        yield _cite(constat, name, binding).at(fichier, line)


def _is_before_follow_up(constat: Constat, certification: Certification, context: CheckContext) -> bool:
    """Tell whether a constat is about a deadline that passed before anyone followed it here (`suivi_depuis`)."""
    since = certification.suivi_depuis or context.registre.organisme.suivi_depuis
    if since is None or constat.echeance is None or constat.a_venir:
        return False
    return constat.echeance < min(since, context.today)


def _cite(constat: Constat, name: Controle, exigence: Exigence | None) -> Constat:
    """Give a constat its requirement; without one, nothing is said of its force."""
    if exigence is None:
        return constat.under(name, "", "", "")
    return constat.under(name, exigence.id, exigence.force.value, exigence.reference())
