"""What happened in a session: who sat, the agenda, what was said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.french import count
from macros.models.conseil import Regime
from macros.models.seance import Presence, Theme
from macros.records.audience import Masque
from macros.views import libelles
from macros.views.actions import action_pill
from macros.views.conseil import name_of
from macros.views.parts import Pastille, Reference, reference_to, references_to

if TYPE_CHECKING:
    from macros.models.conseil import Conseil, Decision, Echange
    from macros.models.seance import Participant, Point
    from macros.views.context import Vue

_PRESENCE = {
    Presence.PRESENT: "conforme",
    Presence.REPRESENTE: "conforme",
    Presence.EXCUSE: "sans_objet",
    Presence.ABSENT: "sans_objet",
    Presence.INVITE: "sans_objet",
}


@dataclass(frozen=True)
class LigneParticipant:
    """One seat, by function."""

    fonction: str
    college: str
    organisation: str
    presence: Pastille | None


@dataclass(frozen=True)
class Participants:
    """Who was called, who came, and whether every college spoke."""

    resume: str
    colleges: tuple[Pastille, ...]
    lignes: tuple[LigneParticipant, ...]


def build_participants(vue: Vue, conseil: Conseil) -> Participants:
    """Return the seats of a session; a college that is expected and empty is drawn."""
    members = [p for p in conseil.participants if p.has_vote()]
    guests = len(conseil.participants) - len(members)
    came = sum(p.took_part() for p in members)
    called = count(len(members), "membre convoqué", "membres convoqués")
    summary = f"{count(came, 'présent ou représenté', 'présents ou représentés')} sur {called}" if conseil.is_held() else called
    summary += f", {count(guests, 'invité')}." if guests else "."
    if conseil.quorum:
        summary += {"atteint": " Quorum atteint.", "non_atteint": " Quorum non atteint.", "sans_objet": ""}[conseil.quorum]
    seats = tuple(_seat(vue, participant) for participant in conseil.participants)
    return Participants(summary if seats else "", _colleges(vue, conseil), seats)


def _seat(vue: Vue, participant: Participant) -> LigneParticipant:
    presence = participant.presence
    return LigneParticipant(
        fonction=participant.fonction + name_of(vue, participant.personne),
        college=participant.college,
        organisation=participant.organisation or "",
        presence=Pastille(_PRESENCE[presence], libelles.PRESENCE[presence]) if presence else None,
    )


def _colleges(vue: Vue, conseil: Conseil) -> tuple[Pastille, ...]:
    """Return one pill a college: how many took part, or were called when the session is to come; then expected ones without anyone."""
    if not conseil.participants or conseil.regime is not Regime.CERTIFICATEUR:
        return ()
    seats: dict[str, int] = {}
    for participant in conseil.participants:
        if participant.has_vote():
            there = participant.took_part() or not conseil.is_held()
            seats[participant.college] = seats.get(participant.college, 0) + there
    tone = "a_surveiller" if vue.shows_constats() else "sans_objet"
    word = "absent" if conseil.is_held() else "non convoqué"
    present = {name: f"{name} · {number}" if number > 1 else name for name, number in seats.items() if number}
    met = {name.casefold() for name in present}
    empty = [name for name in dict.fromkeys((*seats, *expected_colleges(vue, conseil))) if name.casefold() not in met]
    return (*(Pastille("conforme", text) for text in present.values()), *(Pastille(tone, f"{name}, {word}") for name in empty))


def expected_colleges(vue: Vue, conseil: Conseil) -> dict[str, int]:
    """Return the colleges expected at a session, with how many members of each."""
    known = vue.registre.certifications
    domaines = [known[numero].domaine for numero in conseil.certifications if numero in known]
    return {attendu.college: attendu.minimum for attendu in vue.registre.organisme.colleges_attendus(domaines)}


@dataclass(frozen=True)
class LignePoint:
    """One item of the agenda."""

    titre: str
    theme: str
    rubriques: tuple[str, ...]
    documents: tuple[Reference, ...]
    conseils: tuple[Reference, ...]
    actions: tuple[PointAction, ...]
    veille: tuple[Reference, ...]


@dataclass(frozen=True)
class PointAction:
    """One action to go over, and where it stands today."""

    action: Reference
    intitule: str
    pastille: Pastille | None


def build_ordre_du_jour(vue: Vue, conseil: Conseil) -> tuple[LignePoint, ...]:
    """Return the agenda, in the order of the session."""
    return tuple(_point(vue, point) for point in conseil.ordre_du_jour.points)


def _point(vue: Vue, point: Point) -> LignePoint:
    theme = point.theme.libelle if point.theme is not Theme.AUTRE and point.theme.libelle.casefold() != point.titre.casefold() else ""
    return LignePoint(
        point.titre,
        theme,
        point.rubriques,
        references_to(vue, "preuves", point.documents),
        references_to(vue, "conseils", point.conseils),
        tuple(_action(vue, identifier) for identifier in point.actions),
        tuple(reference_to(vue, "veille", identifier, watch_title(vue, identifier)) for identifier in point.veille),
    )


def watch_title(vue: Vue, identifier: str) -> str:
    """Return `V-2026-012, titre`; nothing for an entry that the audience has not."""
    known = None if isinstance(identifier, Masque) else vue.registre.veille.get(identifier)
    return f"{identifier}, {known.titre}" if known else ""


def _action(vue: Vue, identifier: str) -> PointAction:
    action = vue.registre.actions.get(identifier)
    link = reference_to(vue, "actions", identifier)
    return PointAction(link, action.intitule if action else "", action_pill(vue, action) if action else None)


@dataclass(frozen=True)
class TexteEchange:
    """What was said, and for which certifications when not for all."""

    certifications: tuple[Reference, ...]
    texte: str


@dataclass(frozen=True)
class Echanges:
    """Everything said on one theme."""

    titre: str
    textes: tuple[TexteEchange, ...]


def build_echanges(vue: Vue, conseil: Conseil, numero: str = "") -> tuple[Echanges, ...]:
    """Return the exchanges by theme, in the order of themes; those of one certification when stated."""
    by_theme: dict[Theme, list[Echange]] = {}
    for echange in conseil.echanges:
        if not numero or echange.concerns(numero):
            by_theme.setdefault(echange.theme, []).append(echange)
    opening = (Theme.PV_PRECEDENT, Theme.SUIVI_ACTIONS)
    ordered = sorted(by_theme, key=lambda theme: (theme not in opening, list(Theme).index(theme)))
    return tuple(Echanges(theme.libelle, tuple(_said(vue, conseil, echange) for echange in by_theme[theme])) for theme in ordered)


def _said(vue: Vue, conseil: Conseil, part: Echange) -> TexteEchange:
    return TexteEchange(scope(vue, conseil, part), part.texte)


def scope(vue: Vue, conseil: Conseil, part: Echange | Decision) -> tuple[Reference, ...]:
    """Return the certifications a part concerns, nothing when it concerns them all."""
    everyone = not part.certifications or set(part.certifications) == set(conseil.certifications)
    return () if everyone else references_to(vue, "certifications", part.certifications)
