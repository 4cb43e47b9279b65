"""The organisation's own situation, shown inside the handbook: dates to prepare, colleges, points, thresholds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.french import MOIS, add_days, count, format_duration, join
from macros.models.conseil import Regime
from macros.models.seance import Theme
from macros.records.seuils import seuil
from macros.views.conseils import covered, examined
from macros.views.parts import Pastille, Reference, Terme, page_address
from macros.views.seance import expected_colleges

if TYPE_CHECKING:
    from datetime import date

    from macros.models.conseil import Conseil
    from macros.views.context import Vue

_STEPS: tuple[tuple[int | str, str, str], ...] = (
    (-60, "Fixer la date", "Choisir le jour, vérifier les certifications à examiner et les disponibilités de chaque collège."),
    (-45, "Réunir les données", "Résultats, enquêtes, réclamations, conventions, veille\u00a0: ce qui a changé depuis la séance."),
    (-30, "Préparer l’ordre du jour", "Les cinq points, le plan d’actions, les documents de chaque point, les actions à suivre."),
    ("convocation", "Convoquer", "Envoyer la convocation, l’ordre du jour et les documents aux membres."),
    (-7, "Relancer", "Compter les présences, confirmer les représentants, préparer l’émargement ou le relevé de connexion."),
    (0, "Tenir la séance", "Faire émarger, suivre l’ordre du jour, noter décisions, responsables et délais."),
    (7, "Ouvrir les actions", "Une fiche par action, avec sa décision d’origine, son responsable et son échéance."),
    (15, "Rédiger", "Un procès-verbal par certification, avec les décisions numérotées."),
    ("pv", "Diffuser les procès-verbaux", "Un par certification, envoyé aux membres\u00a0; l’approbation vient à la séance suivante."),
)  # fmt: skip
"""Days from the session, or the delay of the organisation that gives them; what to do; how."""


@dataclass(frozen=True)
class EtapePreparation:
    """One step: how many days from the session, its day when a session is planned, whether it is past."""

    repere: str
    date: date | None
    titre: str
    texte: str
    etat: str


@dataclass(frozen=True)
class Preparation:
    """The dated checklist of one session; without a session, of any."""

    conseil: Reference | None
    etapes: tuple[EtapePreparation, ...]


def build_preparation(vue: Vue, conseil: Conseil | None) -> Preparation:
    """Return the checklist of a session, of the next one when none is given, undated when none is planned."""
    coming = sorted((c for c in vue.registre.conseils.values() if c.is_coming(vue.today)), key=lambda c: (c.date, c.id))
    chosen = conseil or next(iter(coming), None)
    link = Reference(chosen.intitule, page_address("conseils", chosen.id)) if chosen else None
    return Preparation(link, tuple(_step(vue, chosen, days, title, text) for days, title, text in _dated_steps(vue, chosen)))


def _dated_steps(vue: Vue, conseil: Conseil | None) -> list[tuple[int, str, str]]:
    before, after = _delays(vue, conseil)
    known = {"convocation": -before, "pv": after}
    return sorted(((days if isinstance(days, int) else known[days], title, text) for days, title, text in _STEPS), key=lambda step: step[0])


def _delays(vue: Vue, conseil: Conseil | None = None) -> tuple[int, int]:
    """Return the days before a session when its members are called, and after it when its minutes are sent."""
    numbers = conseil.certifications if conseil else ()
    return seuil(vue.registre, "delai_convocation_jours", numbers), seuil(vue.registre, "delai_pv_jours", numbers)


def _step(vue: Vue, conseil: Conseil | None, days: int, title: str, text: str) -> EtapePreparation:
    mark = f"J\u2212{-days}" if days < 0 else f"J+{days}" if days else "Jour J"
    day = add_days(conseil.date, days) if conseil else None
    return EtapePreparation(mark, day, title, text, "fait" if day and day < vue.today else "a_venir")


@dataclass(frozen=True)
class LigneCollege:
    """One expected college, and how many of its members the last session of each domaine had."""

    college: str
    minimum: int
    presences: tuple[Pastille, ...]


@dataclass(frozen=True)
class Composition:
    """Expected colleges set against the last session held on each certification."""

    conseils: tuple[Reference, ...]
    lignes: tuple[LigneCollege, ...]


def build_composition(vue: Vue) -> Composition:
    """Return the colleges the organisation expects, and who sat at its last sessions."""
    sessions = _latest(vue)
    expected = {attendu.college: attendu.minimum for attendu in vue.registre.organisme.colleges_attendus([])}
    by_session = [(conseil, expected_colleges(vue, conseil)) for conseil in sessions]
    for _, own in by_session:
        expected |= {college: least for college, least in own.items() if college not in expected}
    rows = tuple(
        LigneCollege(name, least, tuple(_sat(vue, conseil, name, own.get(name, 0)) for conseil, own in by_session))
        for name, least in expected.items()
    )
    return Composition(tuple(Reference(c.id, page_address("conseils", c.id), detail=c.intitule) for c in sessions), rows)


def _latest(vue: Vue) -> list[Conseil]:
    """Return the last session held on each certification, each once, latest first."""
    found: dict[str, Conseil] = {}
    for certification in vue.in_order():
        held = [c for c in vue.croisements.conseils_of(certification.numero) if c.is_held() and c.regime is Regime.CERTIFICATEUR]
        if held:
            found[held[-1].id] = held[-1]
    return sorted(found.values(), key=lambda c: (c.date, c.id), reverse=True)


def _sat(vue: Vue, conseil: Conseil, college: str, least: int) -> Pastille:
    """Return how many members of a college sat; `least` is 0 when the domaine of that session does not expect it."""
    seats = sum(p.took_part() and p.college.strip().casefold() == college.casefold() for p in conseil.participants)
    if not (seats or least):
        return Pastille("sans_objet", "non attendu")
    short = "a_surveiller" if vue.shows_constats() else "sans_objet"
    return Pastille("conforme" if seats >= least else short, count(seats, "présent") if seats else "aucun")


@dataclass(frozen=True)
class LignePoints:
    """One session, theme by theme."""

    conseil: Reference
    certifications: str
    themes: tuple[Pastille, ...]


@dataclass(frozen=True)
class Points:
    """The themes every session is expected to cover, and what the last sessions did."""

    themes: tuple[str, ...]
    lignes: tuple[LignePoints, ...]


def build_points(vue: Vue) -> Points:
    """Return which of the five points and the action plan the last session of each certification covered."""
    themes = Theme.attendus()
    missing = Pastille("a_surveiller" if vue.shows_constats() else "sans_objet", "non abordé")
    rows = tuple(
        LignePoints(
            Reference(conseil.id, page_address("conseils", conseil.id)),
            join(examined(conseil)),
            tuple(Pastille("conforme", "abordé") if theme in covered(vue, conseil) else missing for theme in themes),
        )
        for conseil in _latest(vue)
    )
    return Points(tuple(theme.libelle for theme in themes), rows)


def build_parametres(vue: Vue) -> tuple[Terme, ...]:
    """Return the delays and thresholds the organisation chose for its sessions."""
    limits = vue.registre.organisme.parametres
    before, after = _delays(vue)
    length = f"de {format_duration(limits.duree_cp_min_minutes)} à {format_duration(limits.duree_cp_max_minutes)}"
    return (
        Terme("Cadence", f"un conseil tous les {limits.cadence_cp_mois}\u00a0mois"),
        Terme("Premier conseil", f"au plus tard {limits.premier_cp_mois}\u00a0mois après un enregistrement initial"),
        Terme("Saison habituelle", join([MOIS[month - 1] for month in limits.saison_cp])),
        Terme("Convocation", f"{count(before, 'jour')} avant la séance"),
        Terme("Diffusion des procès-verbaux", f"{count(after, 'jour')} après la séance"),
        Terme("Durée usuelle", length),
        Terme("Conservation", f"{count(limits.conservation_annees, 'an')} au moins"),
    )
