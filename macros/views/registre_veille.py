"""The watch log: the whole list with its filters, tables on other pages, dates of effect on a timeline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.french import count, format_delay, join
from macros.models.base import Certitude, Force
from macros.models.constat import Niveau
from macros.views import libelles
from macros.views.etats_veille import ETATS, date_doubt, state_keys, state_pills
from macros.views.fichiers import feed
from macros.views.filtres import Filtre, among, found, useful
from macros.views.parts import LIBELLES_CERTITUDE, LIBELLES_FORCE, Pastille, Reference, Terme, page_address
from macros.views.veille import LigneVeille, veille_row

if TYPE_CHECKING:
    from collections.abc import Iterable

    from macros.models.base import Jour
    from macros.models.certification import Certification
    from macros.models.veille import Veille
    from macros.views.context import Vue

_FORCES = {**{force.value: LIBELLES_FORCE[force] for force in Force}, "aucune": "information"}
_CERTITUDES = {certitude.value: LIBELLES_CERTITUDE[certitude] for certitude in Certitude}
_BINDING = frozenset({Force.LOI, Force.REGLEMENT})
_PRESSING = frozenset({"a_analyser", "bientot", "sans_suite", "verification_ancienne"})
"""States that ask for somebody."""
_SHOWN = 5
"""How many entries the page of a certification shows before it leads to the list."""


@dataclass(frozen=True)
class RegistreVeille:
    """Every entry, latest first, with the filters that separate them."""

    legende: str
    lignes: tuple[LigneVeille, ...]
    filtres: tuple[Filtre, ...]
    fichiers: tuple[Reference, ...]


@dataclass(frozen=True)
class LigneBreve:
    """One entry in a table of another page."""

    fiche: Reference
    titre: str
    type: str
    date: Jour
    doute: str
    effet: Jour | None
    delai: str
    pastilles: tuple[Pastille, ...]


@dataclass(frozen=True)
class TableauVeille:
    """A table of entries; `autres`: the list of those it does not show."""

    legende: str
    lignes: tuple[LigneBreve, ...]
    vide: str = "Aucune entrée de veille ne répond à ces conditions."
    autres: Reference | None = None
    fichiers: tuple[Reference, ...] = ()


def latest_first(entries: Iterable[Veille]) -> list[Veille]:
    """Return entries as a log lists them."""
    return sorted(entries, key=lambda veille: (veille.date, veille.id), reverse=True)


def build_registre_veille(vue: Vue) -> RegistreVeille:
    """Return the whole watch log."""
    rows = tuple(veille_row(vue, veille) for veille in latest_first(vue.registre.veille.values()))
    met = {numero for row in rows for numero in row.cles_certification}
    numbers = [(c.numero, f"{c.numero}, {c.intitule}") for c in vue.in_order() if not met.isdisjoint((c.numero, "*"))]
    filters = useful(
        among("etat", "État", ETATS, (key for row in rows for key in row.cles_etat)),
        among("type", "Type", {kind.value: label for kind, label in libelles.TYPE_VEILLE.items()}, (row.cle_type for row in rows)),
        found("certification", "Certification", numbers),
        among("force", "Force", _FORCES, (row.cle_force for row in rows)),
        among("certitude", "Certitude", _CERTITUDES, (key for row in rows for key in row.cles_certitude)),
    )
    return RegistreVeille(_summary(rows), rows, filters, (feed(),) if rows else ())


def _summary(rows: tuple[LigneVeille, ...]) -> str:
    waiting = sum("a_analyser" in row.cles_etat for row in rows)
    near = sum("bientot" in row.cles_etat for row in rows)
    parts = [f"{waiting} à analyser"] if waiting else []
    if near:
        parts.append(f"{count(near, 'entre', 'entrent')} en vigueur bientôt")
    return count(len(rows), "entrée", "entrées") + (f", dont {join(parts)}" if parts else "") + "."


def build_tableau_veille(vue: Vue, certification: str = "", etat: str = "", kind: str = "") -> TableauVeille:
    """Return the entries that pass every condition stated, latest first."""
    chosen = vue.croisements.watch_of(certification) if certification else latest_first(vue.registre.veille.values())
    kept = [v for v in chosen if (not etat or etat in state_keys(vue, v)) and (not kind or v.type.value == kind)]
    return TableauVeille(f"{count(len(kept), 'entrée', 'entrées')} de veille.", tuple(_brief(vue, veille) for veille in kept))


def waiting_watch(vue: Vue) -> list[Veille]:
    """Return the entries that ask for somebody, the most pressing first."""
    return sorted((v for v in vue.registre.veille.values() if _PRESSING.intersection(state_keys(vue, v))), key=lambda v: _rank(vue, v))


def build_veille_a_traiter(vue: Vue) -> TableauVeille:
    """Return what waits for somebody: to analyse, about to apply, in force without answer, to read again."""
    waiting = waiting_watch(vue)
    legend = f"{count(len(waiting), 'entrée', 'entrées')} à reprendre, les plus pressantes d’abord."
    return TableauVeille(
        legend, tuple(_brief(vue, veille) for veille in waiting), vide="Rien à reprendre\u00a0: tout est analysé, et relu."
    )


def build_veille(vue: Vue, certification: Certification) -> TableauVeille:
    """Return what touches a certification now: to treat, to come, binding, or new since it was registered; the rest is one link away."""
    entries = vue.croisements.watch_of(certification.numero)
    if not entries:
        return TableauVeille("", ())
    start = certification.date_decision or certification.date_publication
    ranks, briefs = vue.once("rangs_veille", _ranks), vue.once("lignes_veille", _briefs)
    kept = sorted((v for v in entries if _matters(vue, v, start)), key=lambda v: ranks[v.id])[:_SHOWN]
    shown = f"{len(kept)} des {len(entries)} entrées" if len(kept) < len(entries) else count(len(entries), "entrée", "entrées")
    legend = f"{shown} de veille qui {'la concerne' if len(entries) == 1 else 'la concernent, les plus pressantes d’abord'}."
    link = Reference("Toute la veille qui la concerne", f"veille/?certification={certification.numero}")
    rows = tuple(briefs[veille.id] for veille in kept)
    return TableauVeille(legend, rows, autres=link if len(kept) < len(entries) else None, fichiers=(feed(certification.numero),))


def _ranks(vue: Vue) -> dict[str, tuple[int, int, str]]:
    return {identifier: _rank(vue, veille) for identifier, veille in vue.registre.veille.items()}


def _briefs(vue: Vue) -> dict[str, LigneBreve]:
    return {identifier: _brief(vue, veille) for identifier, veille in vue.registre.veille.items()}


def _states(vue: Vue) -> dict[str, tuple[str, ...]]:
    return {identifier: state_keys(vue, veille) for identifier, veille in vue.registre.veille.items()}


def _matters(vue: Vue, veille: Veille, start: Jour | None) -> bool:
    keys = vue.once("etats_veille", _states)[veille.id]
    days = (veille.date, *(effect.date for effect in veille.entrees_en_vigueur))
    waits = keys[:1] not in ((), ("en_vigueur",))
    return "terminee" not in keys and (waits or veille.force in _BINDING or start is None or max(days) >= start)


def _rank(vue: Vue, veille: Veille) -> tuple[int, int, str]:
    """Return a rank: what is late, what applies soon, what is to read and read again, what comes later, what binds, the latest."""
    keys = state_keys(vue, veille)
    found = {constat.code: constat for constat in vue.constats_on("veille", veille.id) if constat.is_to_do()}
    coming, latest = veille.next_effect(vue.today), -veille.date.toordinal()
    noticed, soonest = veille.noticed_on().toordinal(), coming.date.toordinal() if coming else 0
    unanswered = found.get("veille-en-vigueur-sans-suite")
    ranks = (
        (unanswered is not None and unanswered.niveau is Niveau.ECART, noticed),
        (unanswered is not None, noticed),
        ("veille-a-analyser" in found, noticed),
        ("bientot" in keys, soonest),
        ("a_analyser" in keys and veille.force in _BINDING, noticed),
        ("a_analyser" in keys, noticed),
        ("verification_ancienne" in keys, noticed),
        ("a_venir" in keys, soonest),
        ("en_vigueur" in keys and veille.force in _BINDING, latest),
        (True, latest),
    )
    place = next(place for place, (holds, _) in enumerate(ranks) if holds)
    return place, ranks[place][1], veille.id


def _brief(vue: Vue, veille: Veille) -> LigneBreve:
    effect = veille.next_effect(vue.today) or veille.last_effect(vue.today)
    return LigneBreve(
        fiche=Reference(veille.id, page_address("veille", veille.id)),
        titre=veille.titre,
        type=libelles.TYPE_VEILLE[veille.type],
        date=veille.date,
        doute=date_doubt(veille),
        effet=effect.date if effect else None,
        delai=format_delay(vue.today, effect.date) if effect else "",
        pastilles=state_pills(vue, veille),
    )


def build_parametres_veille(vue: Vue) -> tuple[Terme, ...]:
    """Return the delays the organisation chose for its watch."""
    limits = vue.registre.organisme.parametres
    return (
        Terme("Analyse", f"{count(limits.veille_delai_analyse_jours, 'jour')} après le relevé"),
        Terme("Bientôt en vigueur", f"dans les {count(limits.bientot_jours, 'jour')} qui viennent"),
        Terme("Relecture des sources", f"tous les {limits.age_verification_mois}\u00a0mois"),
    )
