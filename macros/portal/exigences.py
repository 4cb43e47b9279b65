"""Public macros of requirements: their register, the matrix, the page of what binds one certification."""

from __future__ import annotations

from typing import TYPE_CHECKING

from macros.portal.arguments import check_choice
from macros.portal.fiches import find_certification
from macros.rendering import assemble, heading, render
from macros.views import exigences, exigences_certification, matrice
from macros.views.decisions import reads_assessments

if TYPE_CHECKING:
    from collections.abc import Callable

    from macros.views.context import Vue


def of_requirements(vue: Vue) -> dict[str, Callable[..., str]]:
    """Return the macros of requirements; what rests on assessments and evidence is for those who read them."""

    def matrice_exigences(domaine: str = "") -> str:
        check_choice(domaine, [each.id for each in vue.registre.organisme.domaines])
        if not reads_assessments(vue):
            return render("_shared/reserve", vue=None)
        return render("exigences/matrice", vue=matrice.build_matrice_exigences(vue, domaine))

    return {
        "registre_exigences": lambda: render("exigences/registre", vue=exigences.build_registre_exigences(vue)),
        "matrice_exigences": matrice_exigences,
        "situation_exigences": lambda: _situation(vue),
        "fiche_exigences": lambda numero: _page(vue, numero),
    }


def _situation(vue: Vue) -> str:
    if not reads_assessments(vue):
        return render("_shared/reserve", vue=None)
    view = matrice.build_situation_exigences(vue)
    return render("manuel/parametres", vue=view) if view else ""


def _page(vue: Vue, numero: str) -> str:
    """Return the page of the requirements of a certification."""
    record = find_certification(vue, numero)
    view = exigences_certification.build_exigences_certification(vue, record) if reads_assessments(vue) else None
    body = render("exigences/certification", vue=view) if view else render("_shared/reserve", vue=None)
    return assemble([heading(1, f"Exigences de la {numero}"), body])
