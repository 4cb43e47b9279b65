"""What is due by a day: actions, answers, ends of registration, steps of a renewal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from macros.french import add_months, capital, count, format_date, join
from macros.views import libelles
from macros.views.actions import action_pill, origin
from macros.views.agenda_evenement import Evenement, fiches_of, named, paragraphs, permanent_uid, reminders
from macros.views.attentes import awaited
from macros.views.retroplanning import build_frise

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from macros.models.action import Action
    from macros.models.certification import Certification
    from macros.views.context import Vue
    from macros.views.retroplanning import Etape

_RAPPELS = (30, 0)
"""Days before a step of a renewal when a person is reminded of it."""
_PAST_MONTHS = 12
"""A calendar is for what comes: older dates of effect stand in the watch log."""
_ETAPES = ("collecte", "dossier", "depot", "alerte")
"""The steps of a renewal in order, by a name that outlives their delays and their wording."""


def actions_due(vue: Vue, certification: str = "") -> Iterator[Evenement]:
    """Yield the due date of each open action: of a certification and its former fiches or, without number, of all."""
    for action in vue.croisements.actions_of(certification) if certification else vue.registre.actions.values():
        if action.is_open() and action.echeance is not None:
            yield _action_event(vue, action, action.echeance)


def answers_due(vue: Vue, certification: str = "") -> Iterator[Evenement]:
    """Yield the last day to answer each complaint and request of an audit: on a certification and its former fiches, else on all."""
    line = vue.croisements.lineage(certification) if certification else frozenset()
    for each in vue.once("attentes", lambda v: tuple(awaited(v))):
        if not certification or not line.isdisjoint(each.certifications):
            uid = permanent_uid(vue, each.record.id, each.suffixe)
            about = named(each.certifications) or "Concerne tout l’organisme"
            told = paragraphs(vue, about, capital(each.pastille.texte), f"Référence\u00a0: {each.fiche.texte}")
            yield Evenement(uid, each.date, capital(each.texte), told, "Réponse")


def _action_event(vue: Vue, action: Action, day: date) -> Evenement:
    status, told = libelles.STATUT_ACTION[action.statut], action_pill(vue, action).texte
    born = origin(vue, action).texte
    return Evenement(
        uid=permanent_uid(vue, action.id, "echeance"),
        date=day,
        titre=f"Action à terminer\u00a0: {action.intitule}",
        description=paragraphs(
            vue,
            f"Responsable\u00a0: {action.responsable or 'à désigner'}",
            named(action.certifications) or "Concerne tout l’organisme",
            "Statut\u00a0: " + ", ".join(dict.fromkeys((status, told))),
            f"Priorité {action.priorite}" if action.priorite != "normale" else "",
            f"Critère de réussite\u00a0: {action.critere}" if action.critere else "",
            f"Échéance reportée {count(len(action.reports), 'fois', 'fois')}" if len(action.reports) > 1 else "",
            "Échéance reportée une fois" if len(action.reports) == 1 else "",
            f"Origine\u00a0: {born}" if born else "",
            f"Référence\u00a0: {action.id}",
        ),
        categorie="Action",
        revision=len(action.reports),
    )


def registrations(vue: Vue, certification: str = "") -> Iterator[Evenement]:
    """Yield the end of registration and the last day of delivery of each fiche."""
    for fiche in fiches_of(vue, certification):
        end, last = fiche.date_fin_enregistrement, fiche.date_limite_delivrance
        if end is not None:
            after = "Dernier jour de l’enregistrement\u00a0: aucune entrée n’est possible ensuite."
            yield _registration_event(vue, fiche, end, "fin-enregistrement", "Fin d’enregistrement", after)
        if last is not None:
            after = "Dernier jour pour délivrer la certification."
            yield _registration_event(vue, fiche, last, "limite-delivrance", "Limite de délivrance", after)


def _registration_event(vue: Vue, fiche: Certification, day: date, kind: str, title: str, meaning: str) -> Evenement:
    newer = tuple(dict.fromkeys(map(str, fiche.nouvelles_fiches)))
    return Evenement(
        uid=permanent_uid(vue, fiche.numero, kind),
        date=day,
        titre=f"{title}\u00a0: {fiche.numero}",
        description=paragraphs(vue, fiche.intitule, meaning, f"Fiche suivante\u00a0: {join(newer)}" if newer else ""),
        categorie="Enregistrement",
    )


def effects(vue: Vue, certification: str = "") -> Iterator[Evenement]:
    """Yield the dates of effect to come, or reached within a year: of what touches a certification or, without number, of everything."""
    since = add_months(vue.today, -_PAST_MONTHS)
    known = vue.croisements.watch_of(certification) if certification else vue.registre.veille.values()
    for veille in known:
        for rank, effect in enumerate(() if veille.is_over(vue.today) else veille.entrees_en_vigueur, 1):
            if effect.date <= since:
                continue
            doubt = "À confirmer sur Légifrance" if veille.is_doubtful() else ""
            told = paragraphs(vue, veille.titre, veille.reference or "", doubt, f"Référence\u00a0: {veille.id}")
            # By its rank and not by its day, which a text may put off: calendars then move the event.
            uid = permanent_uid(vue, veille.id, f"vigueur-{rank}")
            yield Evenement(uid, effect.date, f"Entrée en vigueur\u00a0: {effect.objet}", told, "Veille")


def renewals(vue: Vue, certification: str = "") -> Iterator[Evenement]:
    """Yield the steps of each renewal awaited, with reminders. A fiche that another one replaces, whoever states it, awaits none."""
    for fiche in fiches_of(vue, certification):
        steps = build_frise(vue, fiche)[:-1]  # the last one is the end of registration
        for kind, step in zip(_ETAPES, steps, strict=bool(steps)):
            yield _step_event(vue, fiche, kind, step)


def _step_event(vue: Vue, fiche: Certification, kind: str, step: Etape) -> Evenement:
    title = f"Renouvellement {fiche.numero} ({step.titre})\u00a0: {step.libelle}"
    end, plan = fiche.date_fin_enregistrement, fiche.renouvellement
    return Evenement(
        uid=permanent_uid(vue, fiche.numero, f"renouvellement-{kind}"),
        date=step.date,
        titre=title,
        description=paragraphs(
            vue,
            fiche.intitule,
            f"Fin d’enregistrement\u00a0: {format_date(end)}" if end else "",
            f"Dépôt visé\u00a0: {format_date(plan.depot_vise)}" if plan and plan.depot_vise else "",
            "Repère d’usage, dans les délais retenus par l’organisme.",
        ),
        categorie="Renouvellement",
        alarmes=reminders(vue, step.date, title, _RAPPELS),
    )
