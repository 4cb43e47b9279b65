"""Complaints of the period, counted by cause and by certification: what comes back."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.french import capital, count
from macros.views import libelles
from macros.views.graphique import bars_by_category
from macros.views.parts import Pastille, Reference, reference_to, references_to
from macros.views.plaintes import actions_on, heirs, latest_first
from macros.views.reclamations import is_recent
from macros.views.trace import Graphique, Mesure

if TYPE_CHECKING:
    from macros.models.reclamation import Reclamation
    from macros.views.context import Vue

_CAUSES = {cause.value: label for cause, label in libelles.CAUSE_RECLAMATION.items()}


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
    graphique: Graphique | None
    causes: tuple[LigneCause, ...]
    certifications: tuple[LigneComptee, ...]


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
        _chart([(cause, causes[cause]) for cause in ranked], months),
        tuple(_cause(vue, cause, [each for each in known if each.cause.value == cause]) for cause in ranked),
        tuple(_certification(vue, numero, known) for numero in sorted(numbers, key=lambda numero: (-numbers[numero], numero))),
    )


def _chart(counted: list[tuple[str, int]], months: int) -> Graphique | None:
    """Return the causes as bars."""
    bars = [Mesure(capital(_CAUSES[cause]), number) for cause, number in counted]
    return bars_by_category("graphique-reclamations", f"Réclamations par cause, depuis {months}\u00a0mois", ("Cause", "Réclamations"), bars)


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
