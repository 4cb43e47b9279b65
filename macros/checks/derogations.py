"""Justified exceptions: what they set aside, and whether they are still of use."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from macros.checks.finding import finding
from macros.french import format_date, format_delay
from macros.models.constat import Niveau

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from macros.checks.context import CheckContext
    from macros.models.constat import Constat
    from macros.models.derogation import Derogation


def check_derogation(derogation: Derogation, context: CheckContext) -> Iterator[Constat]:
    """An exception sets something aside, and ends on its last day."""
    about = () if derogation.certification is None else (derogation.certification,)
    found = [c for c in context.constats_by_record.get((derogation.constat, derogation.enregistrement), ()) if _covers(derogation, c)]
    named = f"le constat {derogation.constat} sur {derogation.enregistrement}"
    if derogation.jusqu_au < context.today:
        yield finding(
            derogation, "derogation-echue", Niveau.A_SURVEILLER, "jusqu_au",
            f"Cette dérogation a pris fin le {format_date(derogation.jusqu_au)}, {format_delay(context.today, derogation.jusqu_au)}\u00a0: "
            + (f"{named} est de nouveau à traiter." if found else f"{named} n’existe plus."),
            "Traitez le constat, ou décidez d’une nouvelle dérogation." if found else "Retirez la dérogation\u00a0: l’historique la garde.",
            certifications=about,
        )  # fmt: skip
    elif derogation.is_running(context.today) and not found:
        yield finding(
            derogation, "derogation-inutile", Niveau.A_SURVEILLER, "constat", f"Cette dérogation n’écarte rien\u00a0: {named} n’existe pas ou plus.",
            "Vérifiez le code et la fiche, ou retirez la dérogation\u00a0: l’historique la garde.", certifications=about,
        )  # fmt: skip


def set_aside(constats: Iterable[Constat], context: CheckContext) -> Iterator[Constat]:
    """Yield constats, those that a running exception covers turned to `deroge`; a constat on several certifications may be split."""
    running: dict[tuple[str, str], list[Derogation]] = defaultdict(list)
    for derogation in context.registre.derogations.values():
        if derogation.is_running(context.today):
            running[derogation.constat, derogation.enregistrement].append(derogation)
    for constat in constats:
        exceptions = running.get((constat.code, constat.enregistrement), ()) if constat.is_to_do() else ()
        yield from _split(constat, exceptions)


def _covers(derogation: Derogation, constat: Constat) -> bool:
    return derogation.certification is None or derogation.certification in constat.certifications


def _split(constat: Constat, exceptions: Sequence[Derogation]) -> Iterator[Constat]:
    """Yield the part of a constat that each exception covers, then what is left of it."""
    for derogation in exceptions:
        if not _covers(derogation, constat):
            continue
        sentence = f"Dérogation {derogation.id}, jusqu’au {format_date(derogation.jusqu_au)}."
        covered = constat.certifications if derogation.certification is None else (derogation.certification,)
        yield replace(constat, certifications=covered).set_aside(derogation.id, sentence)
        left = tuple(numero for numero in constat.certifications if numero not in covered)
        if not left:
            return
        constat = replace(constat, certifications=left)
    yield constat
