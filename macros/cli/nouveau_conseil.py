"""`portail nouveau conseil`: the record of a session to come, made from the last one, and what to do next."""

from __future__ import annotations

import re
from datetime import date as day_type
from typing import Annotated

import typer

from macros import messages
from macros.cli.console import console, stop, told
from macros.cli.nouveau_question import Certifications, Oui, Question, words
from macros.cli.nouveau_saisie import Desk, certification_lines, desk, tell
from macros.drafts.agenda import follow_up_line, watch_line
from macros.drafts.conseil import ROLES, SUFFIX, Preparation, Session, of_domaine, prepare
from macros.drafts.members import Taken
from macros.french import count, format_date, join
from macros.models.conseil import Conseil
from macros.views.depuis import changes_since

Date = Annotated[str | None, typer.Option("--date", metavar="AAAA-MM-JJ", help="Jour de la séance.")]
Domaine = Annotated[
    str | None, typer.Option("--domaine", metavar="DOMAINE", help="Toutes les certifications suivies de ce domaine d’organisme.yml.")
]
Suffixe = Annotated[
    str | None,
    typer.Option("--suffixe", metavar="MOT", help="Fin de l’identifiant, par exemple NUM ; celle du dernier conseil par défaut."),
]
Intitule = Annotated[str | None, typer.Option("--intitule", metavar="TEXTE", help="Nom du conseil.")]
Modalite = Annotated[
    str | None, typer.Option("--modalite", metavar="MODALITÉ", help="presence, visio ou mixte ; comme la dernière fois par défaut.")
]
Debut = Annotated[str | None, typer.Option("--debut", metavar="HH:MM", help="Heure de début.")]
Lieu = Annotated[str | None, typer.Option("--lieu", metavar="LIEU", help="Salle ou ville ; comme la dernière fois par défaut.")]


def conseil(  # noqa: PLR0913 - the options of a command
    *,
    date: Date = None,
    certification: Certifications = None,
    domaine: Domaine = None,
    suffixe: Suffixe = None,
    intitule: Intitule = None,
    modalite: Modalite = None,
    debut: Debut = None,
    lieu: Lieu = None,
    oui: Oui = False,
) -> None:
    """Préparer un conseil de perfectionnement.

    Reprend les participants de la dernière séance de chaque certification,
    pose l’ordre du jour (les cinq points et le plan d’actions), y inscrit les
    procès-verbaux à approuver et les actions à suivre.
    """
    with told():
        if domaine and certification:
            stop(messages.one_of("--certification", "--domaine"))
        here = desk(Conseil, oui=oui, options={"certifications": "--certification"})
        numbers = _certifications(here, certification, domaine)
        day = day_type.fromisoformat(here.ask(_DATE, date))
        stated = _stated(here, {"intitule": intitule, "modalite": modalite, "debut": debut, "lieu": lieu})
        session = Session(day, numbers, domaine or "", _suffix(suffixe), stated)
        ready = prepare(session, here.vue)
        _confirm(here, ready, oui=oui)
        here.write(ready.draft)
        _tell(here, ready, session)


def _suffix(stated: str | None) -> str:
    if stated and not re.fullmatch(SUFFIX, stated, re.ASCII):
        stop(f"--suffixe\u00a0: {messages.wrong_pattern(stated, 'NUM')}")
    return stated or ""


def _stated(here: Desk, options: dict[str, str | None]) -> tuple[tuple[str, str], ...]:
    """Return what a person states of the session itself; only the hour is asked, the rest is as last time."""
    asked = {key: here.ask(Question(f"--{key}", key, ""), value) for key, value in options.items() if value is not None}
    if "debut" not in asked and here.interactive:
        asked["debut"] = here.ask(_DEBUT, None)
    return tuple((key, value) for key, value in asked.items() if value)


def _certifications(here: Desk, stated: list[str] | None, domaine: str | None) -> tuple[str, ...]:
    """Return the certifications of the session: named, or all those of a domaine; exit with 1 when there is none."""
    domaines = here.vue.registre.organisme.domaines
    if domaine is not None:
        names = {each.id for each in domaines}
        if domaine not in names:
            stop(f"--domaine\u00a0: {messages.unknown_link(domaine, 'domaines', names)}")
        found = of_domaine(domaine, here.vue)
        return found or stop(messages.empty_domaine(domaine))
    if not stated and not here.interactive:
        stop(messages.certification_or_domaine([each.id for each in domaines]))
    groups = {each.id: of_domaine(each.id, here.vue) for each in domaines}
    lines = [f"  {name}  (domaine) {', '.join(found)}" for name, found in groups.items() if found]
    text = "Certifications examinées (numéros séparés par des virgules, ou un domaine)" if lines else "Certifications examinées"

    def shape(answer: str) -> list[str]:
        return list(dict.fromkeys(numero for word in words(answer) for numero in groups.get(word) or (word,)))

    question = Question(
        "--certification", "certifications", text, required=True, aide=(*certification_lines(here.vue), *lines), shape=shape
    )
    return tuple(here.ask(question, stated or None))


def _confirm(here: Desk, ready: Preparation, *, oui: bool) -> None:
    """Exit with 1 when the id cannot be, or when a session is already planned and nobody wants another."""
    here.refuse_existing(ready.draft.id, "--suffixe")
    if ready.earlier.planned:
        said = messages.already_planned([(each.id, format_date(each.date)) for each in ready.earlier.planned])
        here.accepts(f"{said} {messages.another_one()}", f"{said} {messages.say_oui()}", oui=oui)


def _tell(here: Desk, ready: Preparation, session: Session) -> None:
    """Say what the record holds, what happened since the last sessions, and what to do before when."""
    console.print(messages.planned_session(ready.draft.data["intitule"], format_date(session.date)))
    never = ready.earlier.never_met()
    if never:
        some = [] if len(never) == len(session.certifications) else list(never)
        console.print(messages.first_session(some, listed="participants" in ready.draft.data))
    for rank, each in enumerate(ready.taken):
        copied = _copied(ready, session) if rank == 0 else [_seats(each)]
        if copied:
            console.print(messages.taken_from(each.conseil.id, format_date(each.conseil.date), copied, each.guests))
    before = ready.earlier.previous()
    for conseil, numbers in before:
        changed = join(changes_since(conseil, numbers, here.vue))
        console.print(messages.since_last(changed, "" if len(before) == len(ready.taken) == 1 else conseil.id))
    _tell_agenda(here, ready)
    if session.date < here.vue.today:
        tell([messages.past_session()])
    else:
        console.print(messages.send_before(format_date(ready.convocation), late=ready.convocation < here.vue.today))
    console.print(messages.after_new_conseil(ready.draft.fichier, ready.draft.id))


def _tell_agenda(here: Desk, ready: Preparation) -> None:
    """List what the agenda only points at: minutes to approve, watch entries, what else is new, actions with their lateness of today."""
    if ready.minutes:
        console.print(messages.to_approve(len(ready.minutes)))
    for conseil, pv in ready.minutes:
        console.print(f"  {messages.minutes_line(pv.certification, conseil.id, format_date(conseil.date))}")
    if ready.watch:
        console.print(messages.watch_to_tell(len(ready.watch)))
    for veille in ready.watch:
        console.print(f"  {watch_line(veille)}")
    for each in ready.news:
        console.print(messages.news_to_tell(each.rubrique, each.theme.libelle))
        for line in each.lignes:
            console.print(f"  {line}")
    console.print(messages.to_follow(len(ready.actions)))
    for action in ready.actions:
        console.print(f"  {follow_up_line(action, here.vue.today)}")


def _copied(ready: Preparation, session: Session) -> list[str]:
    """Return what the record takes from the first session it is made from, in words."""
    stated, data, lead = dict(session.stated), ready.draft.data, ready.taken[0]
    parts = {
        _seats(lead): lead.seats,
        "les rôles": any(role in data for role in ROLES),
        "le lieu": "lieu" in data and "lieu" not in stated,
        "la modalité": "modalite" in data and "modalite" not in stated,
        "la visibilité interne": "visibilite" in data,
    }
    return [part for part, taken in parts.items() if taken]


def _seats(taken: Taken) -> str:
    return count(len(taken.seats), "participant") if taken.seats else "aucun participant de plus"


_DATE = Question("--date", "date", "Jour de la séance (AAAA-MM-JJ)", required=True, exemple="2026-12-11")
_DEBUT = Question("--debut", "debut", "Heure de début (HH:MM)")
