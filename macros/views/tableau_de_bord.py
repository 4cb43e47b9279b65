"""The home page: figures that open their list, what is to be done, the certifications."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.french import count, format_date, join
from macros.models.constat import Niveau
from macros.views.certification import state_pill, to_renew
from macros.views.liste import deadline_keys
from macros.views.parts import LigneConstat, Pastille, constat_line, status, worst

if TYPE_CHECKING:
    from macros.views.context import Vue


@dataclass(frozen=True)
class Carte:
    """A figure that is a link to the list that makes it. `total` is shown after a slash when set."""

    nombre: int
    total: int | None
    libelle: str
    adresse: str
    pastille: Pastille | None


@dataclass(frozen=True)
class Resume:
    """The first screen: a sentence, then the figures."""

    chapo: str
    cartes: tuple[Carte, ...]


def build_resume(vue: Vue) -> Resume:
    """Return the situation at the reference date in a few figures."""
    number = count(len(vue.registre.certifications), "certification suivie", "certifications suivies")
    chapo = f"{vue.registre.organisme.denomination}. Situation au {format_date(vue.today)}\u00a0: {number}."
    cards = [_active(vue), _deadlines(vue), _extracts(vue)]
    if vue.shows_constats():
        cards.insert(2, _findings(vue))
    return Resume(chapo, tuple(cards))


def _active(vue: Vue) -> Carte:
    states = [state_pill(certification, vue.today).texte for certification in vue.in_order()]
    active = states.count("active")
    word = "certification active" if active < 2 else "certifications actives"  # noqa: PLR2004 - French plural
    return Carte(active, len(states), word, "certifications/?etat=active", None)


def _deadlines(vue: Vue) -> Carte:
    near = [c for c in vue.in_order() if "12_mois" in deadline_keys(vue.today, c.date_fin_enregistrement)]
    awaited = any(to_renew(vue, certification) for certification in near)
    word = "échéance d’enregistrement" if len(near) < 2 else "échéances d’enregistrement"  # noqa: PLR2004
    pill = Pastille("a_surveiller", "renouvellement à préparer") if awaited else None
    return Carte(len(near), None, f"{word} dans les 12 mois", "certifications/?echeance=12_mois", pill)


def _findings(vue: Vue) -> Carte:
    gaps = sum(constat.niveau is Niveau.ECART for constat in vue.constats)
    total = len(vue.constats)
    address = "#a-traiter"
    if not total:
        return Carte(0, None, "point à traiter", address, Pastille("sans_objet", "aucun constat"))
    words = [count(gaps, "écart")] if gaps else []
    watched = total - gaps
    if watched:
        words.append(f"{watched} à surveiller")
    word = "point à traiter" if total < 2 else "points à traiter"  # noqa: PLR2004
    return Carte(total, None, word, address, status(worst(vue.constats), join(words)))


def _extracts(vue: Vue) -> Carte:
    numbers = vue.registre.certifications
    known = [extrait for numero, extrait in vue.registre.extraits.items() if numero in numbers]
    latest = max((extrait.source.date for extrait in known), default=None)
    pill = Pastille("sans_objet", f"au {format_date(latest)}") if latest else None
    word = "fiche relevée à France compétences" if len(known) < 2 else "fiches relevées à France compétences"  # noqa: PLR2004
    return Carte(len(known), len(numbers), word, "certifications/", pill)


def build_a_traiter(vue: Vue) -> tuple[LigneConstat, ...]:
    """Return every constat of the portal, most urgent first."""
    return tuple(constat_line(vue, constat) for constat in vue.constats)
