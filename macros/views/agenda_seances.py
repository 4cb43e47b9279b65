"""The sessions of conseils in a calendar: when they meet, when to call their members, when their minutes are due."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from macros.french import count, format_date, format_time
from macros.models.conseil import EtatPV, Regime, StatutConseil
from macros.records.seuils import pv_due
from macros.views import libelles
from macros.views.agenda_evenement import EtatEvenement, Evenement, named, paragraphs, permanent_uid, sessions_of
from macros.views.conseils import examined, is_minuted, status_pill
from macros.views.lieu import place
from macros.views.prochains import invitation_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from macros.models.conseil import Conseil
    from macros.models.seance import Role
    from macros.views.context import Vue

_ETATS = {
    StatutConseil.PLANIFIE: EtatEvenement.PROVISOIRE,
    StatutConseil.CONVOQUE: EtatEvenement.CONFIRME,
    StatutConseil.TENU: EtatEvenement.CONFIRME,
    StatutConseil.ANNULE: EtatEvenement.ANNULE,
}


def sessions(vue: Vue, certification: str = "") -> Iterator[Evenement]:
    """Yield every session, whatever its status: one that was cancelled leaves the calendars that had it."""
    for conseil in sessions_of(vue, certification):
        yield session_event(vue, conseil)


def session_event(vue: Vue, conseil: Conseil, *, calling: bool = False) -> Evenement:
    """Return one session: its hours, its place, its agenda. Many calendars draw a cancelled event as any other: its title says it.

    `calling` its members settles the day, whatever the record still says: it
    becomes `convoque` once the convocation is sent.
    """
    cancelled = conseil.statut is StatutConseil.ANNULE
    return Evenement(
        uid=permanent_uid(vue, conseil.id, "seance"),
        date=conseil.date,
        debut=time.fromisoformat(conseil.debut) if conseil.debut else None,
        fin=time.fromisoformat(conseil.fin) if conseil.debut and conseil.fin else None,
        titre=f"Annulé\u00a0: {conseil.intitule}" if cancelled else conseil.intitule,
        lieu=place(conseil),
        description=_told(vue, conseil, calling=calling),
        categorie="Conseil de perfectionnement",
        etat=EtatEvenement.CONFIRME if calling and not cancelled else _ETATS[conseil.statut],
        revision=conseil.revision,
        occupe=conseil.debut is not None and not cancelled,
    )


def agenda_lines(conseil: Conseil) -> tuple[str, ...]:
    """Return the items of the agenda, numbered in the order of the session."""
    return tuple(f"{rank}. {point.titre}" for rank, point in enumerate(conseil.ordre_du_jour.points, 1))


def office(role: Role) -> str:
    """Return a function and, for someone from elsewhere, the organisation: never a name."""
    return ", ".join(filter(None, (role.fonction, role.organisation)))


def _told(vue: Vue, conseil: Conseil, *, calling: bool) -> str:
    cancelled = conseil.statut is StatutConseil.ANNULE
    items = () if cancelled else agenda_lines(conseil)
    number = f", séance {conseil.numero}" if conseil.numero else ""
    return paragraphs(
        vue,
        _status(vue, conseil) if cancelled or not calling else "",
        f"Motif de l’annulation\u00a0: {conseil.motif_annulation}" if conseil.motif_annulation else "",
        _unknown_hours(conseil),
        libelles.REGIME[conseil.regime.value] if conseil.regime is not Regime.CERTIFICATEUR else "",
        named(conseil.certifications),
        "\n".join(("Ordre du jour\u00a0:", *items)) if items else "",
        f"Pilote\u00a0: {office(conseil.pilote)}" if conseil.pilote else "",
        f"Référence\u00a0: {conseil.id}{number}",
    )


def _status(vue: Vue, conseil: Conseil) -> str:
    known, told = libelles.STATUT_CONSEIL[conseil.statut], status_pill(vue, conseil).texte
    return f"Statut\u00a0: {known}" if told == known else f"Statut\u00a0: {known}, {told} (la date est passée)"


def _unknown_hours(conseil: Conseil) -> str:
    if conseil.debut:
        return "" if conseil.fin else "Heure de fin non précisée"
    return "Horaire non précisé" + (f", fin à {format_time(conseil.fin)}" if conseil.fin else "")


def invitations_due(vue: Vue, certification: str = "") -> Iterator[Evenement]:
    """Yield the last day to call the members of each coming session that was not announced yet, for those who hold it."""
    for conseil in sessions_of(vue, certification) if vue.shows_constats() else ():
        if conseil.is_coming(vue.today) and conseil.convocation.date is None:
            day = invitation_day(vue, conseil)
            delay = count((conseil.date - day).days, "jour")
            yield Evenement(
                uid=permanent_uid(vue, conseil.id, "convocation"),
                date=day,
                titre=f"Convocation à envoyer\u00a0: {conseil.intitule}",
                description=paragraphs(
                    vue,
                    f"Dernier jour dans le délai retenu par l’organisme\u00a0: {delay} avant la séance du {format_date(conseil.date)}.",
                    named(conseil.certifications),
                    f"Référence\u00a0: {conseil.id}",
                ),
                categorie="Convocation",
                revision=conseil.revision,
            )


def minutes_due(vue: Vue, certification: str = "") -> Iterator[Evenement]:
    """Yield the last day to send the minutes of each certification, as long as they are missing or a draft, for those who write them."""
    if not vue.shows_constats():
        return
    family = vue.croisements.lineage(certification) if certification else None
    for conseil in filter(is_minuted, sessions_of(vue, certification)):
        for numero in examined(conseil):
            minutes = conseil.minutes_of(numero)
            if (family is None or numero in family) and (minutes is None or minutes.etat is EtatPV.PROJET):
                yield _minutes_event(vue, conseil, numero)


def _minutes_event(vue: Vue, conseil: Conseil, numero: str) -> Evenement:
    day, held = pv_due(vue.registre, conseil, numero), format_date(conseil.date)
    delay = count((day - conseil.date).days, "jour")
    state = "à l’état de projet" if conseil.minutes_of(numero) else "à rédiger"
    return Evenement(
        uid=permanent_uid(vue, conseil.id, f"pv-{numero}"),
        date=day,
        titre=f"PV à diffuser\u00a0: {numero}, séance du {held}",
        description=paragraphs(
            vue,
            conseil.intitule,
            f"Dernier jour dans le délai retenu par l’organisme\u00a0: {delay} après la séance du {held}.",
            f"Procès-verbal\u00a0: {state}",
            f"Référence\u00a0: {conseil.id}",
        ),
        categorie="Procès-verbal",
        revision=conseil.revision,
    )
