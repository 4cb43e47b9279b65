"""Public macros of a dossier: its entry page, and the trace of each certification."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from macros.french import format_date
from macros.portal.fiches import find_certification
from macros.rendering import assemble, heading, render
from macros.views.decisions import reads_assessments
from macros.views.dossier.entree import build_entree
from macros.views.dossier.trace import build_trace

if TYPE_CHECKING:
    from collections.abc import Callable

    from macros.views.context import Vue

_NO_COUNCIL = "Aucun conseil tenu sur cette certification."


def of_dossier(vue: Vue) -> dict[str, Callable[..., str]]:
    """Return the macros of a dossier; both are for those who read assessments."""
    return {"entree_dossier": partial(page_entree, vue), "trace_certification": partial(page_trace, vue)}


def page_entree(vue: Vue) -> str:
    """Return the entry page of a dossier on every certification of an edition."""
    if not reads_assessments(vue):
        return render("_shared/reserve", vue=None)
    view = build_entree(vue, list(vue.registre.certifications))
    return assemble(
        [
            heading(1, view.titre),
            render("tableau_de_bord/resume", vue=view),
            heading(2, "Les certifications et leurs traces", "certifications"),
            render("dossier/certifications", vue=view),
            heading(2, "Conseils tenus et procès-verbaux", "conseils"),
            render("dossier/conseils", vue=view),
            heading(2, "Retards et points ouverts", "ouverts"),
            render("dossier/ouverts", vue=view),
            heading(2, "Comment vérifier", "verifier"),
            render("dossier/verifier", vue=view),
            heading(2, "Qui a évalué, et quand", "evaluations"),
            render("dossier/evaluateurs", vue=view),
            heading(2, "Ce que ce dossier ne prouve pas", "limites"),
            render("dossier/limites", vue=view),
        ]
    )


def page_trace(vue: Vue, numero: str) -> str:
    """Return the trace of a certification, a heading a council."""
    record = find_certification(vue, numero)
    title = heading(1, f"Trace de la {numero}, {record.intitule}")
    if not reads_assessments(vue):
        return assemble([title, render("_shared/reserve", vue=None)])
    view = build_trace(vue, record)
    parts = [title, heading(2, "Exigences et preuves", "exigences"), render("dossier/exigences", vue=view)]
    parts.append(heading(2, "Conseils, décisions, actions", "conseils"))
    for seance in view.seances:
        parts += [heading(3, f"Conseil du {format_date(seance.jour)}", seance.id.lower()), render("dossier/seance", vue=seance)]
    return assemble(parts if view.seances else [*parts, render("dossier/sans_conseil", vue=_NO_COUNCIL)])
