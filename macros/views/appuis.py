"""What a proof supports: the requirements it names, the records that cite it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from macros.views import libelles
from macros.views.parts import Reference, Terme, reference_to, references_to

if TYPE_CHECKING:
    from macros.models.preuve import Preuve
    from macros.views.context import Vue


def users(vue: Vue, preuve: Preuve) -> tuple[Reference, ...]:
    """Return the records that rely on a proof, then the requirements it supports, each once."""
    links = [reference_to(vue, use.collection, use.source) for use in vue.croisements.users("preuves", preuve.id)]
    return tuple(dict.fromkeys((*links, *references_to(vue, "exigences", preuve.exigences))))


def supported(vue: Vue, preuve: Preuve) -> tuple[Terme, ...]:
    """Return what a proof supports, kind by kind: the requirements it names, then the records that cite it."""
    found: dict[str, list[Reference]] = {"exigences": list(references_to(vue, "exigences", preuve.exigences))}
    for use in vue.croisements.users("preuves", preuve.id):
        found.setdefault(use.collection, []).append(_citing(vue, use.collection, use.source))
    ordered = [name for name in libelles.APPUIS if found.get(name)]
    return tuple(Terme(libelles.APPUIS[name], tuple(dict.fromkeys(found[name]))) for name in ordered)


def _citing(vue: Vue, collection: str, source: str) -> Reference:
    """Return a link to a record that cites a proof; an assessment says of what it is one."""
    evaluation = vue.registre.evaluations.get(source) if collection == "evaluations" else None
    told = f"{evaluation.exigence} pour {evaluation.certification}" if evaluation else ""
    return reference_to(vue, collection, source, told)
