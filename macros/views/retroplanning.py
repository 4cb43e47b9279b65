"""The renewal schedule of a certification, drawn as a frise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.french import format_date, format_delay
from macros.views.parts import Terme

if TYPE_CHECKING:
    from datetime import date

    from macros.models.certification import Certification
    from macros.views.context import Vue


@dataclass(frozen=True)
class Etape:
    """One step of the schedule. `etat`: fait (past), ici (the step we are in), a_venir."""

    titre: str
    date: date
    libelle: str
    etat: str
    mention: str


def build_frise(vue: Vue, certification: Certification) -> tuple[Etape, ...]:
    """Return the steps of the renewal, or nothing where none is awaited, or to those who see no constat: it is one, drawn."""
    end = certification.date_fin_enregistrement
    if end is None or not vue.shows_constats() or not certification.awaits_renewal(vue.today):
        return ()
    if vue.neighbours[1].get(certification.numero):  # a later fiche says that it follows this one
        return ()
    delays = vue.registre.organisme.parametres.retroplanning
    steps = [
        (delays.collecte_mois, "collecte des preuves"),
        (delays.dossier_pret_mois, "dossier prêt"),
        (delays.depot_mois, "dépôt de la demande"),
        (delays.alerte_mois, "dernier délai conseillé"),
    ]
    dated = [(f"M-{months}", day, label) for months, label in steps if (day := certification.renewal_step(months))]
    dated.append(("Échéance", end, "fin d’enregistrement"))
    current = max((index for index, (_, day, _) in enumerate(dated) if day <= vue.today), default=-1)
    return tuple(
        Etape(
            title,
            day,
            label,
            _state(index, current),
            "nous y sommes" if index == current else format_delay(vue.today, day) if index > current else "",
        )
        for index, (title, day, label) in enumerate(dated)
    )


def _state(index: int, current: int) -> str:
    if index == current:
        return "ici"
    return "fait" if index < current else "a_venir"


def application_terms(vue: Vue, certification: Certification) -> list[Terme]:
    """Return what was settled of the next application, to those who may see it: filed, or none to come."""
    plan = certification.renouvellement
    if plan is None or certification.nouvelles_fiches:
        return []
    if plan.is_filed(vue.today) and plan.depose_le:
        return [Terme("Nouveau dossier", f"demande déposée le {format_date(plan.depose_le)}")]
    return [Terme("Nouveau dossier", "la certification ne sera pas redéposée")] if plan.is_abandoned() else []
