"""Constats in lists: the most urgent on the home page, all of them with filters, or those a page asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.french import count, join
from macros.models.constat import Niveau
from macros.views.filtres import Filtre, among, found, useful
from macros.views.parts import LIBELLES_NIVEAU, LigneConstat, constat_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from macros.models.constat import Constat
    from macros.views.context import Vue

_MOST_URGENT = 8
_FAMILIES = {
    "certifications": "certifications",
    "conseils": "conseils",
    "actions": "actions",
    "preuves": "preuves",
    "promotions": "promotions",
    "partenaires": "partenaires",
    "reclamations": "réclamations",
    "audits": "audits",
    "veille": "veille",
    "exigences": "exigences",
    "evaluations": "évaluations",
    "positionnements": "positionnements",
    "derogations": "dérogations",
}
_LEVELS = {"a_traiter": "à traiter", **{niveau.value: LIBELLES_NIVEAU[niveau] for niveau in reversed(Niveau)}}
"""What the filter on levels takes: one of them gathers what asks for something."""


@dataclass(frozen=True)
class LigneListeConstats:
    """One constat in the list, and the keys its filters read."""

    constat: LigneConstat
    cles_niveau: tuple[str, ...]
    cles_certification: tuple[str, ...]
    cle_collection: str


@dataclass(frozen=True)
class ListeConstats:
    """Constats, most urgent first. `autres`: how many more the whole list holds."""

    resume: str
    lignes: tuple[LigneListeConstats, ...]
    filtres: tuple[Filtre, ...] = ()
    autres: int = 0


def summary(constats: Iterable[Constat]) -> str:
    """Return `3 écarts et 6 points à surveiller`, nothing when there is neither."""
    listed = list(constats)
    gaps = sum(constat.niveau is Niveau.ECART for constat in listed)
    watched = sum(constat.niveau is Niveau.A_SURVEILLER for constat in listed)
    words = [count(gaps, "écart")] if gaps else []
    if watched:
        words.append(f"{count(watched, 'point')} à surveiller")
    return join(words)


def build_a_traiter(vue: Vue) -> ListeConstats:
    """Return the most urgent constats of the portal, and how many others there are."""
    rows = tuple(_row(vue, constat) for constat in vue.a_traiter[:_MOST_URGENT])
    return ListeConstats(summary(vue.a_traiter), rows, autres=max(0, len(vue.a_traiter) - _MOST_URGENT))


def build_liste_constats(vue: Vue) -> ListeConstats:
    """Return every constat with the filters that separate them: what is to do first, then notes and exceptions."""
    rows = tuple(_row(vue, constat) for constat in vue.constats)
    filters = useful(
        among("niveau", "Niveau", _LEVELS, (key for row in rows for key in row.cles_niveau)),
        among("sur", "Porte sur", _FAMILIES, (row.cle_collection for row in rows)),
        found("certification", "Certification", ((numero, numero) for row in rows for numero in row.cles_certification)),
    )
    return ListeConstats(summary(vue.a_traiter), rows, filters)


def build_constats(vue: Vue, certification: str = "", niveau: str = "", controle: str = "") -> ListeConstats:
    """Return the constats that pass every condition stated."""
    chosen = vue.constats_of(certification) if certification else vue.constats
    kept = [c for c in chosen if (not niveau or c.niveau.value == niveau) and (not controle or c.controle == controle)]
    return ListeConstats(summary(kept), tuple(_row(vue, constat) for constat in kept))


def _row(vue: Vue, constat: Constat) -> LigneListeConstats:
    return LigneListeConstats(constat_line(vue, constat), _levels(constat), constat.certifications, constat.collection)


def _levels(constat: Constat) -> tuple[str, ...]:
    return (constat.niveau.value, "a_traiter") if constat.is_to_do() else (constat.niveau.value,)
