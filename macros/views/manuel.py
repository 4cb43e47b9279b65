"""The organisation's own situation in the chapters of the handbook: in a few lines, and what it keeps of persons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.french import count, format_date, format_delay
from macros.models.base import OuiNon, Visibilite
from macros.views import libelles
from macros.views.etats_veille import state_keys
from macros.views.parts import Pastille, Reference, Terme, page_address

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from macros.models.preuve import Preuve
    from macros.views.context import Vue


def build_situation_organisme(vue: Vue) -> tuple[Terme, ...]:
    """Return where the organisation stands: what it owns, what comes next, what it follows; only what this audience has."""
    known = vue.registre
    terms = [Terme("Certifications", Reference(count(len(known.certifications), "suivie", "suivies"), "certifications/"))]
    running = [c for c in vue.in_order() if not c.is_expired(vue.today)]
    ends = sorted((c.date_fin_enregistrement, c.numero) for c in running if c.date_fin_enregistrement)
    if ends:
        day, numero = ends[0]
        here = Reference(f"{numero}, {format_delay(vue.today, day)}", page_address("certifications", numero))
        terms.append(Terme("Prochaine fin d’enregistrement", here))
    if vue.audience is not Visibilite.PUBLIC:  # the registers are not pages of a public edition
        terms += _followed(vue)
    if known.veille:
        waiting = sum("a_analyser" in state_keys(vue, veille) for veille in known.veille.values())
        told = f"dont {waiting} à analyser" if waiting else ""
        terms.append(Terme("Entrées de veille", Reference(str(len(known.veille)), "veille/"), told))
    return tuple(terms)


def _followed(vue: Vue) -> Iterator[Terme]:
    """Yield the next session, the open actions, the evidence."""
    coming = sorted((c.date, c.id) for c in vue.registre.conseils.values() if c.is_coming(vue.today))
    if coming:
        yield Terme("Prochain conseil", Reference(format_date(coming[0][0]), page_address("conseils", coming[0][1])))
    to_do = [action for action in vue.registre.actions.values() if action.is_open()]
    if to_do:
        late = sum(action.is_late(vue.today) for action in to_do)
        yield Terme("Actions ouvertes", Reference(str(len(to_do)), "actions/?statut=ouverte"), f"dont {late} en retard" if late else "")
    if vue.registre.preuves:
        yield Terme("Preuves", Reference(str(len(vue.registre.preuves)), "preuves/"))


@dataclass(frozen=True)
class LigneDonnees:
    """One document that names persons: where it is, until when."""

    fiche: Reference
    titre: str
    type: str
    lieu: str
    effacer: date | None
    pastille: Pastille


@dataclass(frozen=True)
class DonneesPersonnelles:
    """The documents that name persons, those to erase first."""

    legende: str
    lignes: tuple[LigneDonnees, ...]


def build_donnees_personnelles(vue: Vue) -> DonneesPersonnelles:
    """Return the evidence that says it names persons or names them by its nature, in order of erasure."""
    naming = [preuve for preuve in vue.registre.preuves.values() if preuve.names_persons()]
    ordered = sorted(naming, key=lambda p: (p.conservation.effacer_apres is None, str(p.conservation.effacer_apres), p.id))
    inside = sum(_is_inside(preuve) for preuve in ordered)
    legend = f"{count(len(ordered), 'preuve nomme', 'preuves nomment')} des personnes"
    where = "" if vue.shows_constats() else " dans cette édition"
    told = f", dont {count(inside, 'déposée', 'déposées')} dans le dossier du portail." if inside else ", toutes gardées ailleurs."
    return DonneesPersonnelles(legend + where + told, tuple(_row(vue, preuve) for preuve in ordered))


def _is_inside(preuve: Preuve) -> bool:
    latest = preuve.latest()
    return latest is not None and latest.fichier is not None


def _row(vue: Vue, preuve: Preuve) -> LigneDonnees:
    latest = preuve.latest()
    place = (latest.emplacement or ("dans le dossier du portail" if latest.fichier else "")) if latest else ""
    return LigneDonnees(
        Reference(preuve.id, page_address("preuves", preuve.id)),
        preuve.titre,
        libelles.TYPE_PREUVE[preuve.type],
        place or "lieu non noté",
        preuve.conservation.effacer_apres,
        _pill(vue, preuve),
    )


def _pill(vue: Vue, preuve: Preuve) -> Pastille:
    """Return what is to be done with a document: nothing, move it out, erase it."""
    after = preuve.conservation.effacer_apres
    if after is not None and after < vue.today and preuve.holds_a_document():
        return Pastille("ecart" if vue.shows_constats() else "sans_objet", "date d’effacement passée")
    if _is_inside(preuve):
        return Pastille("a_surveiller" if vue.shows_constats() else "sans_objet", "dans le dossier du portail")
    declared = preuve.conservation.donnees_personnelles is OuiNon.OUI
    return Pastille("conforme", "gardée ailleurs") if declared else Pastille("planifie", "gardée ailleurs, à déclarer")
