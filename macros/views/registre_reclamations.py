"""The register of complaints, its tables on other pages, and the causes that come back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.french import count, join
from macros.views import libelles
from macros.views.fichiers import sheet
from macros.views.filtres import Filtre, among, found, useful
from macros.views.parts import Reference, Terme
from macros.views.plaintes import complaints_of, latest_first
from macros.views.reclamations import ETATS, LigneReclamation, complaint_row, is_late

if TYPE_CHECKING:
    from collections.abc import Iterable

    from macros.models.certification import Certification
    from macros.models.reclamation import Reclamation
    from macros.views.context import Vue

_SHOWN = 5
"""How many complaints the page of a certification shows before it leads to the register."""
_CAUSES = {cause.value: label for cause, label in libelles.CAUSE_RECLAMATION.items()}
_GRAVITES = {gravite.value: label.removeprefix("gravité ") for gravite, label in libelles.GRAVITE.items()}
_ORIGINES = {origine.value: label for origine, label in libelles.ORIGINE_RECLAMATION.items()}


@dataclass(frozen=True)
class TableauReclamations:
    """A table of complaints. `detaille`: each row opens on all that is known, and is the place links lead to."""

    legende: str
    lignes: tuple[LigneReclamation, ...]
    filtres: tuple[Filtre, ...] = ()
    detaille: bool = False
    vide: str = "Aucune réclamation."
    autres: Reference | None = None
    fichiers: tuple[Reference, ...] = ()


def build_registre_reclamations(vue: Vue) -> TableauReclamations:
    """Return every complaint: those to answer first, the oldest first, then the others, latest first; with their filters."""
    known = vue.registre.reclamations.values()
    rows = tuple(complaint_row(vue, reclamation) for reclamation in _to_answer_first(known))
    met = {numero for row in rows for numero in row.cles_certification}
    months = vue.registre.organisme.parametres.reclamation_periode_mois
    filters = useful(
        among("etat", "État", ETATS, (key for row in rows for key in row.cles_etat)),
        among("cause", "Cause", _CAUSES, (row.cle_cause for row in rows)),
        among("gravite", "Gravité", _GRAVITES, (row.cle_gravite for row in rows)),
        among("origine", "Origine", _ORIGINES, (row.cle_origine for row in rows)),
        found("certification", "Certification", [(c.numero, f"{c.numero}, {c.intitule}") for c in vue.in_order() if c.numero in met]),
        among("issue", "Issue", libelles.ISSUE_RECLAMATION, (row.cle_issue for row in rows)),
        among("periode", "Reçue", _periods(months), (row.cle_periode for row in rows)),
    )
    empty = "Aucune réclamation enregistrée. Notez la première avec «\u00a0portail nouveau reclamation\u00a0»."
    return TableauReclamations(_summary(vue, known), rows, filters, detaille=True, vide=empty, fichiers=sheet(vue, "reclamations"))


def _periods(months: int) -> dict[str, str]:
    return {"recente": f"depuis {months}\u00a0mois au plus", "ancienne": "auparavant"}


def _to_answer_first(known: Iterable[Reclamation]) -> list[Reclamation]:
    listed = latest_first(known)
    return [*reversed([r for r in listed if r.is_open()]), *(r for r in listed if not r.is_open())]


def _summary(vue: Vue, known: Iterable[Reclamation]) -> str:
    listed = list(known)
    waiting, late = sum(r.is_open() for r in listed), sum(is_late(vue, r) for r in listed)
    said = [f"{waiting} à répondre"] if waiting else []
    if late and vue.shows_constats():
        said.append(f"{late} en retard")
    return count(len(listed), "réclamation") + (f", dont {join(said)}" if said else "") + "."


def build_tableau_reclamations(vue: Vue, certification: str = "", etat: str = "", cause: str = "") -> TableauReclamations:
    """Return the complaints that pass every condition stated; a certification brings those of its former fiches."""
    chosen = complaints_of(vue, certification) if certification else tuple(vue.registre.reclamations.values())
    rows = tuple(complaint_row(vue, reclamation) for reclamation in _to_answer_first(chosen))
    kept = tuple(row for row in rows if (not etat or etat in row.cles_etat) and (not cause or cause == row.cle_cause))
    return TableauReclamations(f"{count(len(kept), 'réclamation')}.", kept, vide="Aucune réclamation ne répond à ces conditions.")


def build_reclamations(vue: Vue, certification: Certification) -> TableauReclamations:
    """Return the complaints on a certification, former fiches included: to answer first, then the latest; the rest is one link away."""
    known = complaints_of(vue, certification.numero)
    rows = tuple(complaint_row(vue, reclamation) for reclamation in _to_answer_first(known)[:_SHOWN])
    more = Reference("Toutes ses réclamations", f"reclamations/?certification={certification.numero}")
    return TableauReclamations(_summary(vue, known), rows, autres=more if len(known) > _SHOWN and vue.shows_constats() else None)


def build_parametres_reclamations(vue: Vue) -> tuple[Terme, ...]:
    """Return the delays and counts the organisation chose for complaints and audits."""
    limits = vue.registre.organisme.parametres
    return (
        Terme("Accusé de réception", f"{count(limits.reclamation_accuse_jours, 'jour')} après la réception"),
        Terme("Réponse à une réclamation", f"{count(limits.reclamation_delai_jours, 'jour')} après la réception"),
        Terme("Cause qui revient", f"{count(limits.reclamation_recurrence, 'réclamation')} en {limits.reclamation_periode_mois}\u00a0mois"),
        Terme("Demande d’audit proche", f"réponse attendue dans les {count(limits.bientot_jours, 'jour')}"),
    )
