"""Sessions to come: when to call their members, what they will have to look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.french import add_days, count, format_date
from macros.records.seuils import seuil
from macros.views.conseils import LigneConseil, conseil_row
from macros.views.parts import Pastille

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from macros.models.conseil import Conseil
    from macros.views.context import Vue


@dataclass(frozen=True)
class ProchainConseil:
    """A session to come, and what it still asks."""

    ligne: LigneConseil
    convocation: Pastille
    a_suivre: str


def build_prochains_conseils(vue: Vue, certification: str = "") -> tuple[ProchainConseil, ...]:
    """Return the sessions to come, nearest first; of one certification when stated."""
    known: Iterable[Conseil] = vue.croisements.conseils_of(certification) if certification else vue.registre.conseils.values()
    coming = sorted((conseil for conseil in known if conseil.is_coming(vue.today)), key=lambda c: (c.date, c.id))
    return tuple(ProchainConseil(conseil_row(vue, c), convocation_pill(vue, c), _to_follow(vue, c)) for c in coming)


def invitation_day(vue: Vue, conseil: Conseil) -> date:
    """Return the last day to send a convocation in time."""
    return add_days(conseil.date, -seuil(vue.registre, "delai_convocation_jours", conseil.certifications))


def convocation_pill(vue: Vue, conseil: Conseil) -> Pastille:
    """Return whether a coming session was announced to its members."""
    sent, limit = conseil.convocation.date, invitation_day(vue, conseil)
    if sent is not None:
        return Pastille("conforme", f"convocation envoyée le {format_date(sent)}")
    urgent = limit <= vue.today and vue.shows_constats()
    return Pastille("a_surveiller" if urgent else "planifie", f"convocation à envoyer au plus tard le {format_date(limit)}")


def _to_follow(vue: Vue, conseil: Conseil) -> str:
    """Return how many open actions the session will have to look at."""
    followed = vue.croisements.to_follow(conseil.certifications)
    return f"{count(len(followed), 'action ouverte', 'actions ouvertes')} à suivre" if followed else "aucune action ouverte à suivre"
