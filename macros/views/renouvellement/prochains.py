"""The applications to come, nearest end first, each with its review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from macros.french import count, format_delay, format_short_date
from macros.views.complements import LIBELLES_SCENARIO
from macros.views.parts import Reference, page_address
from macros.views.renouvellement.acces import is_reviewed, review_path
from macros.views.renouvellement.releve import Cellule, Colonne, Ligne, Releve

if TYPE_CHECKING:
    from macros.models.certification import Certification
    from macros.views.context import Vue


def build_prochains_renouvellements(vue: Vue) -> Releve:
    """Return the certifications that have a review and still run, nearest end first, with the plan of each."""
    known = [c for c in vue.in_order() if is_reviewed(vue, c) and c.date_fin_enregistrement and not c.is_expired(vue.today)]
    known.sort(key=lambda c: (c.date_fin_enregistrement, c.numero))
    columns = (Colonne("Certification", 34), Colonne("Fin d’enregistrement", 22), Colonne("Scénario", 22), Colonne("Dépôt visé", 22))
    legend = f"{count(len(known), 'certification')} à redéposer un jour, la plus proche de sa fin d’abord."
    return Releve("", legend, columns, tuple(_row(vue, each) for each in known), "Aucune certification à redéposer.")


def _row(vue: Vue, certification: Certification) -> Ligne:
    plan, end, numero = certification.renouvellement, certification.date_fin_enregistrement, certification.numero
    missing = Cellule("non renseigné", manque=True)
    links = (Reference(numero, page_address("certifications", numero)), Reference("revue", review_path(numero)))
    return Ligne(
        (
            Cellule(liens=links, sous=certification.intitule),
            Cellule(format_short_date(end), sous=format_delay(vue.today, end)) if end else missing,
            Cellule(LIBELLES_SCENARIO[plan.scenario]) if plan else missing,
            Cellule(format_short_date(plan.depot_vise)) if plan and plan.depot_vise else missing,
        )
    )
