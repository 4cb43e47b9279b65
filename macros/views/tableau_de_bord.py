"""The home page: figures that open their list, what is dated this month, the certifications."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from macros.french import count, format_date, format_short_date
from macros.views.actions import action_pill
from macros.views.attentes import awaited
from macros.views.cartes import Carte, cards_of_answers
from macros.views.certification import state_pill, to_renew
from macros.views.conseils import gap, minutes_state, missing_minutes, status_pill
from macros.views.constats import summary
from macros.views.etats_veille import state_keys
from macros.views.liste import deadline_keys
from macros.views.parts import Pastille, Reference, page_address, status, worst
from macros.views.preuves import is_sound
from macros.views.prochains import convocation_pill, invitation_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from macros.views.context import Vue

_MONTH_DAYS = 31


@dataclass(frozen=True)
class Resume:
    """The first screen: a sentence, then the figures."""

    chapo: str
    cartes: tuple[Carte, ...]


def build_resume(vue: Vue) -> Resume:
    """Return the situation at the reference date in a few figures; those of an edition without conseils are about registrations only."""
    number = count(len(vue.registre.certifications), "certification suivie", "certifications suivies")
    chapo = f"{vue.registre.organisme.denomination}. Situation au {format_date(vue.today)}\u00a0: {number}."
    cards = [_deadlines(vue)]
    if vue.registre.conseils or vue.shows_constats():
        cards += [_next_sessions(vue), _minutes(vue), _late(vue), _evidence(vue)]
        if vue.shows_constats():
            cards.append(_watch(vue))
        cards += cards_of_answers(vue)
    else:
        cards = [_active(vue), *cards, _extracts(vue)]
    if vue.shows_constats():
        cards.append(_findings(vue))
    return Resume(chapo, tuple(cards))


def _next_sessions(vue: Vue) -> Carte:
    coming = sorted(conseil.date for conseil in vue.registre.conseils.values() if conseil.is_coming(vue.today))
    pill = Pastille("planifie", f"prochain le {format_short_date(coming[0])}") if coming else Pastille("sans_objet", "aucun planifié")
    return Carte(len(coming), None, "conseil à venir" if len(coming) < 2 else "conseils à venir", "conseils/#a-venir", pill)  # noqa: PLR2004


def _minutes(vue: Vue) -> Carte:
    states = [(conseil, minutes_state(vue, conseil)) for conseil in vue.registre.conseils.values()]
    held = [conseil for conseil, state in states if state not in ("", "attendus")]
    missing = sum(len(missing_minutes(conseil)) for conseil, state in states if state == "manquants")
    word = "procès-verbal manquant" if missing < 2 else "procès-verbaux manquants"  # noqa: PLR2004 - French plural
    pill = Pastille(gap(vue), "à établir") if missing else Pastille("conforme", "tous établis") if held else None
    return Carte(missing, None, word, "conseils/?pv=manquants" if missing else "conseils/", pill)


def _late(vue: Vue) -> Carte:
    running = [action for action in vue.registre.actions.values() if action.is_open()]
    late = sum(action.is_late(vue.today) for action in running)
    word = "action ouverte en retard" if late < 2 else "actions ouvertes en retard"  # noqa: PLR2004 - French plural
    pill = Pastille("ecart", "en retard") if late else Pastille("conforme", "aucun retard") if running else None
    return Carte(late, len(running), word, "actions/?statut=en_retard" if late else "actions/?statut=ouverte", pill)


def _evidence(vue: Vue) -> Carte:
    states = [is_sound(vue, preuve) for preuve in vue.registre.preuves.values()]
    sure = sum(states)
    wrong = len(states) - sure
    pill = Pastille(gap(vue), f"{wrong} à reprendre") if wrong else Pastille("conforme", "intègres") if states else None
    return Carte(sure, len(states), "preuves avec leur empreinte", "preuves/?etat=integre", pill)


def _watch(vue: Vue) -> Carte:
    known = [state_keys(vue, veille) for veille in vue.registre.veille.values()]
    waiting, near = sum("a_analyser" in keys for keys in known), sum("bientot" in keys for keys in known)
    word = "entrée de veille à analyser" if waiting < 2 else "entrées de veille à analyser"  # noqa: PLR2004
    soon = Pastille("planifie", f"{near} en vigueur bientôt") if near else None
    pill = soon or (Pastille("a_surveiller", "à faire") if waiting else Pastille("conforme", "tout est lu") if known else None)
    return Carte(waiting, None, word, "veille/?etat=a_analyser" if waiting else "veille/", pill)


def _active(vue: Vue) -> Carte:
    states = [state_pill(certification, vue.today).texte for certification in vue.in_order()]
    active = states.count("active")
    word = "certification active" if active < 2 else "certifications actives"  # noqa: PLR2004 - French plural
    return Carte(active, len(states), word, "certifications/?etat=active", None)


def _deadlines(vue: Vue) -> Carte:
    near = [c for c in vue.in_order() if "12_mois" in deadline_keys(vue.today, c.date_fin_enregistrement)]
    awaited = any(to_renew(vue, certification) for certification in near)
    word = "échéance d’enregistrement" if len(near) < 2 else "échéances d’enregistrement"  # noqa: PLR2004
    pill = Pastille("a_surveiller", "dossier à préparer") if awaited else None
    return Carte(len(near), None, f"{word} dans les 12 mois", "certifications/?echeance=12_mois", pill)


def _findings(vue: Vue) -> Carte:
    total = len(vue.a_traiter)
    if not total:
        return Carte(0, None, "point à traiter", "constats/", Pastille("sans_objet", "aucun constat"))
    word = "point à traiter" if total < 2 else "points à traiter"  # noqa: PLR2004
    return Carte(total, None, word, "constats/?niveau=a_traiter", status(worst(vue.a_traiter), summary(vue.a_traiter)))


def _extracts(vue: Vue) -> Carte:
    numbers = vue.registre.certifications
    known = [extrait for numero, extrait in vue.registre.extraits.items() if numero in numbers]
    latest = max((extrait.source.date for extrait in known), default=None)
    pill = Pastille("sans_objet", f"au {format_date(latest)}") if latest else None
    word = "fiche relevée à France compétences" if len(known) < 2 else "fiches relevées à France compétences"  # noqa: PLR2004
    return Carte(len(known), len(numbers), word, "certifications/", pill)


@dataclass(frozen=True)
class EvenementDate:
    """One dated thing of the month to come."""

    date: date
    fiche: Reference
    texte: str
    pastille: Pastille


def build_ce_mois_ci(vue: Vue) -> tuple[EvenementDate, ...]:
    """Return what is dated within a month, nearest first: sessions, convocations, actions, answers, rules, ends of exceptions."""
    limit = vue.today + timedelta(days=_MONTH_DAYS)
    known = (*_sessions(vue), *_actions(vue), *_answers(vue), *_effects(vue), *_exceptions(vue))
    found = [event for event in known if vue.today <= event.date <= limit]
    return tuple(sorted(found, key=lambda event: (event.date, event.fiche.texte)))


def _sessions(vue: Vue) -> Iterator[EvenementDate]:
    for conseil in vue.registre.conseils.values():
        if conseil.is_coming(vue.today):
            link = Reference(conseil.intitule, page_address("conseils", conseil.id))
            yield EvenementDate(conseil.date, link, "séance", status_pill(vue, conseil))
            if conseil.convocation.date is None:
                yield EvenementDate(invitation_day(vue, conseil), link, "dernier jour pour convoquer", convocation_pill(vue, conseil))


def _actions(vue: Vue) -> Iterator[EvenementDate]:
    for action in vue.registre.actions.values():
        if action.is_open() and action.echeance is not None:
            who = f"{action.intitule}, {action.responsable}" if action.responsable else action.intitule
            yield EvenementDate(action.echeance, Reference(action.id, page_address("actions", action.id)), who, action_pill(vue, action))


def _answers(vue: Vue) -> Iterator[EvenementDate]:
    for each in awaited(vue):
        yield EvenementDate(each.date, each.fiche, each.texte, each.pastille)


def _effects(vue: Vue) -> Iterator[EvenementDate]:
    for veille in vue.registre.veille.values():
        for effect in () if veille.is_over(vue.today) else veille.entrees_en_vigueur:
            link = Reference(veille.id, page_address("veille", veille.id))
            yield EvenementDate(effect.date, link, f"entrée en vigueur\u00a0: {effect.objet}", Pastille("planifie", "veille"))


def _exceptions(vue: Vue) -> Iterator[EvenementDate]:
    for derogation in vue.registre.derogations.values():
        yield EvenementDate(
            derogation.jusqu_au,
            Reference(derogation.id),
            f"fin de la dérogation\u00a0: {derogation.motif}",
            Pastille("deroge", "dérogation"),
        )
