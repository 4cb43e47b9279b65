"""Public macros of complaints and audits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from macros.models.reclamation import CauseReclamation
from macros.portal.arguments import check_certification, check_choice, shown
from macros.rendering import render
from macros.views import bilan_reclamations, registre_audits, registre_reclamations
from macros.views.reclamations import ETATS, JUGEMENTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from macros.views.context import Vue


def of_complaints(vue: Vue) -> dict[str, Callable[..., str]]:
    """Return the macros of complaints and audits; counts are for those who see constats, since others may see a part only."""

    def tableau_reclamations(certification: str = "", etat: str = "", cause: str = "") -> str:
        check_certification(vue, certification)
        check_choice(etat, ETATS)
        check_choice(cause, list(CauseReclamation))
        if etat in JUGEMENTS and not vue.shows_constats():
            return ""
        view = registre_reclamations.build_tableau_reclamations(vue, certification, etat, cause)
        return shown(vue, "reclamations", "reclamations/tableau", view)

    return {
        "registre_reclamations": lambda: shown(
            vue, "reclamations", "reclamations/tableau", registre_reclamations.build_registre_reclamations(vue)
        ),
        "bilan_reclamations": lambda: _bilan(vue),
        "tableau_reclamations": tableau_reclamations,
        "registre_audits": lambda: shown(vue, "audits", "audits/registre", registre_audits.build_registre_audits(vue)),
        "parametres_reclamations": lambda: render("manuel/parametres", vue=registre_reclamations.build_parametres_reclamations(vue)),
    }


def _bilan(vue: Vue) -> str:
    return render("reclamations/bilan", vue=bilan_reclamations.build_bilan_reclamations(vue)) if vue.shows_constats() else ""
