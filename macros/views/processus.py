"""What the portal measures of a quality policy, and shows of each process: figures that open their list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.french import count
from macros.models.action import StatutAction
from macros.models.conseil import Nature
from macros.models.constat import Controle
from macros.views.conseils import is_minuted, missing_minutes
from macros.views.etats_veille import state_keys
from macros.views.parts import Reference
from macros.views.preuves import is_sound
from macros.views.registre_veille import waiting_watch

if TYPE_CHECKING:
    from collections.abc import Callable

    from macros.views.context import Vue


@dataclass(frozen=True)
class Repere:
    """One commitment, what is measured of it, the list behind the figure."""

    engagement: str
    mesure: str
    liste: Reference


@dataclass(frozen=True)
class ReperesQualite:
    """Every measure, under a caption that says of which records."""

    legende: str
    lignes: tuple[Repere, ...]


def _ratio(part: int, whole: int, word: str, plural: str) -> str:
    return f"{part} sur {count(whole, word, plural)}" if whole else "rien à compter pour l’instant"


def build_reperes_qualite(vue: Vue) -> ReperesQualite:
    """Return one measure a commitment of the policy proposed in the handbook; those on constats for whoever sees constats."""
    actions, conseils = list(vue.registre.actions.values()), list(vue.registre.conseils.values())
    minuted = [conseil for conseil in conseils if is_minuted(conseil)]
    running = [action for action in actions if action.is_open()]
    closed = [action for action in actions if action.statut is StatutAction.CLOSE]
    proofs = list(vue.registre.preuves.values())
    complete = _ratio(
        sum(not missing_minutes(c) for c in minuted),
        len(minuted),
        "séance a tous ses procès-verbaux",
        "séances ont tous leurs procès-verbaux",
    )
    in_time = _ratio(
        sum(not a.is_late(vue.today) for a in running),
        len(running),
        "action ouverte est dans les délais",
        "actions ouvertes sont dans les délais",
    )
    shown = _ratio(sum(bool(a.preuves) for a in closed), len(closed), "action close a une preuve", "actions closes ont une preuve")
    whole = sum(is_sound(vue, p) for p in proofs)
    sound = _ratio(whole, len(proofs), "preuve a son empreinte", "preuves ont leur empreinte")
    kept = (
        Repere("Relire chaque certification", complete, Reference("Conseils", "conseils/")),
        Repere("Tenir ce que l’on décide", f"{in_time}\u202f; {shown}", Reference("Actions", "actions/")),
        Repere("Prouver ce que l’on affirme", sound, Reference("Preuves", f"preuves/{'?etat=integre' if whole else ''}")),
    )
    if vue.shows_constats():
        return ReperesQualite("Chaque engagement, et ce que le portail en mesure aujourd’hui.", (*kept, _watch(vue), *_seen_inside(vue)))
    return ReperesQualite("Chaque engagement, et ce que le portail en mesure sur les fiches de cette édition.", kept)


def _watch(vue: Vue) -> Repere:
    """Return what the watch log itself shows to treat: one list, one count."""
    waiting = len(waiting_watch(vue))
    told = f"{count(waiting, 'entrée', 'entrées')} de veille à reprendre" if waiting else "rien à reprendre"
    return Repere("Connaître les règles à temps", told, Reference("Veille", "veille/#a-traiter" if waiting else "veille/"))


_INSIDE: tuple[tuple[str, str, tuple[Controle, ...], str], ...] = (
    ("Informer honnêtement", "certification", (Controle.CEP_R5, Controle.DIFFERENCE_FC), "constats/?sur=certifications"),
    ("Préparer la suite", "certification", (Controle.RETROPLANNING,), "constats/?sur=certifications"),
    ("Protéger les personnes", "preuve", (Controle.DONNEES_PREUVE,), "constats/?sur=preuves"),
)  # fmt: skip
"""Commitment, what is counted, the checks that look at it, the list of what they found."""


def _seen_inside(vue: Vue) -> list[Repere]:
    found = []
    for engagement, word, controls, address in _INSIDE:
        names = {control.value for control in controls}
        waiting = len({constat.enregistrement for constat in vue.a_traiter if constat.controle in names})
        shown = Reference("Constats", address if waiting else "constats/")
        found.append(Repere(engagement, f"{count(waiting, word)} à reprendre" if waiting else "rien à reprendre", shown))
    return found


@dataclass(frozen=True)
class Processus:
    """One process: who works on it according to open actions, what the portal shows of it."""

    nom: str
    fonctions: tuple[str, ...]
    faits: tuple[Reference, ...]


def build_carte_processus(vue: Vue) -> tuple[Processus, ...]:
    """Return the processes of a certificateur, each with what the records tell of it."""
    return tuple(Processus(name, _functions(vue, natures), facts(vue)) for name, natures, facts in _PROCESSUS)


def _functions(vue: Vue, natures: tuple[Nature, ...]) -> tuple[str, ...]:
    """Return the functions responsible for open actions of these natures."""
    actions = vue.registre.actions.values()
    return tuple(sorted({a.responsable for a in actions if a.is_open() and a.nature in natures and a.responsable}))


def _piloter(vue: Vue) -> tuple[Reference, ...]:
    if not vue.shows_constats():
        return (Reference("tableau de bord", ""),)
    return (Reference(f"{count(len(vue.a_traiter), 'point')} à traiter", "constats/?niveau=a_traiter" if vue.a_traiter else "constats/"),)


def _concevoir(vue: Vue) -> tuple[Reference, ...]:
    known = vue.registre.certifications.values()
    changes = sum(len(certification.evolutions) for certification in known)
    return (Reference(f"{count(len(known), 'certification')}, {count(changes, 'évolution')} de référentiel", "certifications/"),)


def _habiliter(vue: Vue) -> tuple[Reference, ...]:
    partners = sum(len(extrait.partenaires) for extrait in vue.registre.extraits.values())
    return (Reference(count(partners, "habilitation publiée", "habilitations publiées"), "certifications/"),)


def _delivrer(vue: Vue) -> tuple[Reference, ...]:
    years = sum(len(extrait.statistiques) for extrait in vue.registre.extraits.values())
    return (Reference(count(years, "promotion publiée", "promotions publiées"), "certifications/"),)


def _ameliorer(vue: Vue) -> tuple[Reference, ...]:
    held = sum(conseil.is_held() for conseil in vue.registre.conseils.values())
    running = sum(action.is_open() for action in vue.registre.actions.values())
    facts = [Reference(count(held, "conseil tenu", "conseils tenus"), "conseils/?statut=tenu" if held else "conseils/")]
    facts.append(Reference(count(running, "action ouverte", "actions ouvertes"), "actions/?statut=ouverte" if running else "actions/"))
    return tuple(facts)


def _veiller(vue: Vue) -> tuple[Reference, ...]:
    known = vue.registre.veille.values()
    waiting = sum("a_analyser" in state_keys(vue, veille) for veille in known)
    facts = [Reference(count(len(known), "entrée", "entrées"), "veille/")]
    return (*facts, Reference(f"{waiting} à analyser", "veille/?etat=a_analyser")) if waiting else tuple(facts)


def _prouver(vue: Vue) -> tuple[Reference, ...]:
    return (Reference(count(len(vue.registre.preuves), "preuve"), "preuves/"),)


_PROCESSUS: tuple[tuple[str, tuple[Nature, ...], Callable[[Vue], tuple[Reference, ...]]], ...] = (
    ("Piloter", (Nature.ORGANISATION,), _piloter),
    ("Concevoir", (Nature.REFERENTIEL, Nature.FORMATION), _concevoir),
    ("Habiliter", (Nature.PARTENARIAT,), _habiliter),
    ("Évaluer et délivrer", (Nature.EVALUATION,), _delivrer),
    ("Améliorer", (), _ameliorer),
    ("Veiller", (), _veiller),
    ("Prouver", (), _prouver),
)
"""Each process, the natures of actions that belong to it, what is shown of it."""
