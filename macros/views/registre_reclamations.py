"""The register of complaints, its tables on other pages, and the causes that come back."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.french import count, join
from macros.views import libelles
from macros.views.fichiers import sheet
from macros.views.filtres import Filtre, among, found, useful
from macros.views.parts import Pastille, Reference, Terme, reference_to, references_to
from macros.views.plaintes import actions_on, complaints_of, heirs, latest_first
from macros.views.reclamations import ETATS, LigneReclamation, complaint_row, is_late, is_recent

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


@dataclass(frozen=True)
class LigneCause:
    """One cause over the period: how many, which ended how, on what, and the actions that answer it."""

    cause: str
    liste: Reference
    ouvertes: int
    fondees: int
    certifications: str
    actions: tuple[Reference, ...]
    pastille: Pastille | None


@dataclass(frozen=True)
class LigneComptee:
    """One certification over the period: how many complaints, of which causes."""

    certification: Reference
    intitule: str
    liste: Reference
    causes: str


@dataclass(frozen=True)
class BilanReclamations:
    """Complaints of the period, by cause and by certification."""

    legende: str
    causes: tuple[LigneCause, ...]
    certifications: tuple[LigneComptee, ...]


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


def recent(vue: Vue) -> list[Reclamation]:
    """Return the complaints of the period, latest first."""
    return [each for each in latest_first(vue.registre.reclamations.values()) if is_recent(vue, each)]


def build_bilan_reclamations(vue: Vue) -> BilanReclamations:
    """Return the complaints of the period counted by cause, most frequent first, then by certification."""
    known, months = recent(vue), vue.registre.organisme.parametres.reclamation_periode_mois
    causes = Counter(each.cause.value for each in known)
    numbers = Counter(numero for each in known for numero in heirs(vue, each.certifications))
    ranked = sorted(causes, key=lambda cause: (-causes[cause], _CAUSES[cause]))
    legend = f"{count(len(known), 'réclamation reçue', 'réclamations reçues')} depuis {months}\u00a0mois."
    return BilanReclamations(
        legend,
        tuple(_cause(vue, cause, [each for each in known if each.cause.value == cause]) for cause in ranked),
        tuple(_certification(vue, numero, known) for numero in sorted(numbers, key=lambda numero: (-numbers[numero], numero))),
    )


def _cause(vue: Vue, cause: str, alike: list[Reclamation]) -> LigneCause:
    named = Counter(numero for each in alike for numero in heirs(vue, each.certifications))
    told = [f"{numero}\u00a0: {number}" for numero, number in sorted(named.items(), key=lambda pair: (-pair[1], pair[0]))]
    everywhere = sum(not each.certifications for each in alike)
    told += [f"tout l’organisme\u00a0: {everywhere}"] if everywhere else []
    actions = dict.fromkeys(action for each in alike for action in actions_on(vue, each))
    return LigneCause(
        cause=_CAUSES[cause],
        liste=Reference(str(len(alike)), f"reclamations/?cause={cause}&periode=recente#registre"),
        ouvertes=sum(each.is_open() for each in alike),
        fondees=sum(each.cloture is not None and each.cloture.issue in ("fondee", "partiellement_fondee") for each in alike),
        certifications=", ".join(told),
        actions=references_to(vue, "actions", actions),
        pastille=_recurrence(vue, alike),
    )


def _recurrence(vue: Vue, alike: list[Reclamation]) -> Pastille | None:
    found = [c for each in alike for c in vue.constats_on("reclamations", each.id) if c.code == "reclamation-recurrente" and c.is_to_do()]
    if found:
        return Pastille(found[0].niveau.value, "revient sans action")
    return Pastille("planifie", "revient") if len(alike) >= vue.registre.organisme.parametres.reclamation_recurrence else None


def _certification(vue: Vue, numero: str, known: list[Reclamation]) -> LigneComptee:
    alike = [each for each in known if numero in heirs(vue, each.certifications)]
    causes = Counter(each.cause.value for each in alike)
    told = [f"{_CAUSES[cause]}\u00a0: {causes[cause]}" for cause in sorted(causes, key=lambda c: (-causes[c], _CAUSES[c]))]
    title = vue.registre.certifications[numero].intitule
    listed = Reference(str(len(alike)), f"reclamations/?certification={numero}&periode=recente#registre")
    return LigneComptee(reference_to(vue, "certifications", numero), title, listed, ", ".join(told))


def build_parametres_reclamations(vue: Vue) -> tuple[Terme, ...]:
    """Return the delays and counts the organisation chose for complaints and audits."""
    limits = vue.registre.organisme.parametres
    return (
        Terme("Accusé de réception", f"{count(limits.reclamation_accuse_jours, 'jour')} après la réception"),
        Terme("Réponse à une réclamation", f"{count(limits.reclamation_delai_jours, 'jour')} après la réception"),
        Terme("Cause qui revient", f"{count(limits.reclamation_recurrence, 'réclamation')} en {limits.reclamation_periode_mois}\u00a0mois"),
        Terme("Demande d’audit proche", f"réponse attendue dans les {count(limits.bientot_jours, 'jour')}"),
    )
