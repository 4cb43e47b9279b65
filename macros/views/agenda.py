"""The calendar of the portal: everything that has a day; and the invitation to one session."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from macros.french import add_days
from macros.models.conseil import StatutConseil
from macros.views.agenda_echeances import actions_due, answers_due, effects, registrations, renewals
from macros.views.agenda_evenement import Agenda, Alarme, EtatEvenement, Evenement, reminders, situation
from macros.views.agenda_seances import invitations_due, minutes_due, session_event, sessions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from macros.models.conseil import Conseil
    from macros.views.context import Vue

__all__ = ["Agenda", "Alarme", "EtatEvenement", "Evenement", "build_agenda", "build_invitation"]

SOURCES: tuple[Callable[[Vue, str], Iterator[Evenement]], ...] = (
    sessions,
    invitations_due,
    minutes_due,
    actions_due,
    answers_due,
    registrations,
    renewals,
    effects,
)
"""Everything that has a day: each source takes the certification asked for, empty for all. A new one is one more line."""


def build_agenda(vue: Vue, certification: str = "") -> Agenda:
    """Return everything dated that the audience may see, soonest first; of a certification and its former fiches when stated."""
    found = [event for source in SOURCES for event in source(vue, certification)]
    owner = vue.registre.organisme.denomination
    name = f"Calendrier qualité {certification}, {owner}" if certification else f"Calendrier qualité, {owner}"
    return Agenda(
        nom=f"Démonstration\u00a0: {name}" if vue.is_demonstration else name,
        description=situation(vue),
        reference=vue.today,
        evenements=tuple(sorted(found, key=lambda event: (event.date, event.debut is not None, event.debut or 0, event.uid))),
    )


def build_invitation(vue: Vue, conseil: Conseil) -> Agenda:
    """Return one session for a member to add to a calendar, with a reminder the day before; a cancelled one takes itself out.

    It is the very event of the calendars, by its identifier: whoever follows one has it once.
    """
    event = session_event(vue, conseil, calling=True)
    if conseil.statut is not StatutConseil.ANNULE:
        event = replace(event, alarmes=_the_day_before(vue, event))
    return Agenda("", "", vue.today, (event,))


def _the_day_before(vue: Vue, event: Evenement) -> tuple[Alarme, ...]:
    """Return a reminder at the same hour, or at nine when the hour is unknown; none once that day is past."""
    if event.debut is None:
        return reminders(vue, event.date, event.titre, (1,))
    return (Alarme(timedelta(days=-1), event.titre),) if add_days(event.date, -1) >= vue.today else ()
