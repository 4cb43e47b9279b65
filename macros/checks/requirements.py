"""What a constat answers to: the requirement that cites its check, and the day from which things are followed."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from macros.checks.context import CheckContext
    from macros.models.base import Record
    from macros.models.constat import Constat, Controle
    from macros.models.exigence import Exigence

    Citing = Mapping[Controle, tuple[Exigence, ...]]


def citing_requirements(context: CheckContext) -> Citing:
    """Return, for each check, the requirements that cite it, by id."""
    found: dict[Controle, tuple[Exigence, ...]] = defaultdict(tuple)
    for _, exigence in sorted(context.registre.exigences.items()):
        if exigence.controle is not None:
            found[exigence.controle] += (exigence,)
    return dict(found)


def answer(constat: Constat, name: Controle, citing: Sequence[Exigence], record: Record, context: CheckContext) -> Constat | None:
    """Give a constat the requirement that cites its check, and its place; None when it binds nobody or was not followed yet."""
    binding = next((exigence for exigence in citing if _binds(exigence, constat, context)), None)
    if (citing and binding is None) or _is_before_follow_up(constat, context):
        return None
    path = (int(step) if step.isdigit() else step for step in constat.champ.split("."))
    fichier, line, _ = context.registre.place(record, *path)
    return constat.answering(name, binding, fichier, line)


def _binds(exigence: Exigence, constat: Constat, context: CheckContext) -> bool:
    """Tell whether a requirement binds one of the certifications of a constat, on the day it is judged; the organisation, when it is in force."""
    judged, known = constat.juge_le or context.today, context.registre.certifications
    about = [known[numero] for numero in constat.certifications if numero in known]
    if not about:
        return exigence.is_in_force(judged)
    return any(exigence.binds(each.repertoire, each.type_enregistrement, judged) for each in about)


def _is_before_follow_up(constat: Constat, context: CheckContext) -> bool:
    """Tell whether a constat is about a deadline that passed before anyone followed it here (`suivi_depuis`)."""
    if constat.echeance is None or constat.a_venir:
        return False
    return constat.echeance < min(context.followed_since(constat.certifications), context.today)
