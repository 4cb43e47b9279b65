"""A new session of a conseil, made from those before it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from macros import messages
from macros.drafts.agenda import agenda
from macros.drafts.earlier import Earlier, Minutes, earlier_sessions, minutes_to_approve, news_to_tell, to_follow, watch_to_tell
from macros.drafts.members import Taken, invite_again
from macros.drafts.record import Draft
from macros.french import add_days
from macros.models.base import Visibilite
from macros.models.conseil import Conseil
from macros.models.derivation import plain
from macros.records.seuils import seuil

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from macros.models.action import Action
    from macros.models.veille import Veille
    from macros.views.context import Vue
    from macros.views.nouveautes import Nouveautes

SUFFIX = r"[A-Z0-9]+(-[A-Z0-9]+)*"
"""What may end the id of a session: `NUM`, `ACC-2`."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)", re.ASCII)
ROLES = ("pilote", "president", "secretaire", "consultant")


@dataclass(frozen=True)
class Session:
    """What a person wants: the day, the certifications, and whatever they state of the rest (plain data, keys of the model)."""

    date: date
    certifications: tuple[str, ...]
    domaine: str = ""
    suffixe: str = ""
    stated: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Preparation:
    """A session ready to be written, and what it is made from.

    `taken`: the sessions whose members come back, the first of which also
    lends roles, place and modality. `actions`, `minutes`, `watch` and
    `news`: what the agenda points at. `convocation`: the last day to send it.
    """

    draft: Draft
    earlier: Earlier
    taken: tuple[Taken, ...]
    actions: tuple[Action, ...]
    minutes: tuple[Minutes, ...]
    watch: tuple[Veille, ...]
    news: tuple[Nouveautes, ...]
    convocation: date


def prepare(session: Session, vue: Vue) -> Preparation:
    """Return the record of `session`, drafted from the last one held on each of its certifications, former fiches included."""
    earlier = earlier_sessions(session.certifications, session.date, vue)
    taken = tuple(invite_again(earlier.taken()))
    actions, minutes = to_follow(session.certifications, vue), minutes_to_approve(earlier, vue)
    watch, news = watch_to_tell(earlier, vue), news_to_tell(earlier, vue)
    data: dict[str, Any] = {
        "intitule": _title(session, earlier, vue),
        "date": session.date,
        "certifications": list(session.certifications),
        "statut": "planifie",
        **_taken_over(taken),
        **dict(session.stated),
        "ordre_du_jour": {"points": agenda(minutes, actions, watch, news)},
    }
    if data.get("modalite") == "visio":
        data.pop("lieu", None)
    identifier = f"CP-{session.date:%Y-%m}-{session.suffixe or _suffix(session, earlier, vue)}"
    draft = Draft(Conseil, identifier, data, messages.conseil_help([] if "participants" in data else _colleges(session, vue)))
    delay = seuil(vue.registre, "delai_convocation_jours", session.certifications)
    return Preparation(draft, earlier, taken, actions, minutes, watch, news, add_days(session.date, -delay))


def of_domaine(domaine: str, vue: Vue) -> tuple[str, ...]:
    """Return the certifications of a domaine that are still followed, RNCP first, then by number."""
    return tuple(c.numero for c in vue.in_order() if c.domaine == domaine and not c.is_closed(vue.today))


def _suffix(session: Session, earlier: Earlier, vue: Vue) -> str:
    """Return the end of the id: that of the sessions it carries on, else letters of the domaine, else the number of the certification."""
    ends = {conseil.id.split("-", maxsplit=3)[3] for conseil in _carried_on(session, earlier, vue)}
    if len(ends) == 1:
        return ends.pop()
    domaine = _domaine(session, vue)
    letters = "".join(part[:3] for part in domaine.split("_")[:1]).upper()
    return letters or (session.certifications[0] if len(session.certifications) == 1 else "COMMUN")


def _title(session: Session, earlier: Earlier, vue: Vue) -> str:
    """Return the name of a session: that of those it carries on, else of its domaine, else of its only certification."""
    year = str(session.date.year)
    before = {(c.intitule, str(c.date.year)) for c in _carried_on(session, earlier, vue)}
    names = {title.replace(old, year) for title, old in before if _YEAR.findall(title) == [old]}
    if len(names) == 1:
        return names.pop()
    domaine, known = vue.registre.organisme.domaine(_domaine(session, vue)), vue.registre.certifications
    if domaine is not None:
        return messages.conseil_title(domaine.libelle, year)
    own = [known[numero].intitule if numero in known else numero for numero in session.certifications]
    return messages.conseil_title(own[0] if len(own) == 1 else "", year)


def _carried_on(session: Session, earlier: Earlier, vue: Vue) -> list[Conseil]:
    """Return the sessions whose name still fits: none of another domaine, and all certifications met in one or share the domaine."""
    taken = earlier.taken()
    before = _domaines((numero for conseil in taken for numero in conseil.certifications), vue)
    now = _domaines(session.certifications, vue)
    everyone = None not in earlier.sources.values()
    return taken if (before <= now if everyone else before == now and None not in now) else []


def _domaine(session: Session, vue: Vue) -> str:
    """Return the domaine of a session: the one asked for, else the one its certifications share."""
    shared = _domaines(session.certifications, vue)
    return session.domaine or (shared.pop() or "" if len(shared) == 1 else "")


def _domaines(certifications: Iterable[str], vue: Vue) -> set[str | None]:
    """Return the domaines of the certifications that have a record, None for one without domaine."""
    known = vue.registre.certifications
    return {known[numero].domaine for numero in certifications if numero in known}


def _taken_over(taken: tuple[Taken, ...]) -> dict[str, Any]:
    """Return who sits, in which part, where and how: as last time, without presences; what was kept internal stays so."""
    if not taken:
        return {}
    lead = taken[0].conseil
    found = {"modalite": lead.modalite, "lieu": lead.lieu, **{role: getattr(lead, role) for role in ROLES}}
    seats = [{key: value for key, value in plain(seat).items() if key != "presence"} for each in taken for seat in each.seats]
    hidden = any(each.conseil.visibilite is Visibilite.INTERNE for each in taken)
    return {
        **({"visibilite": Visibilite.INTERNE.value} if hidden else {}),
        **{key: plain(value) for key, value in found.items() if value is not None},
        **({"participants": seats} if seats else {}),
    }


def _colleges(session: Session, vue: Vue) -> list[str]:
    """Return the colleges expected on the domaines of a session."""
    domaines = [session.domaine] if session.domaine else sorted(_domaines(session.certifications, vue), key=str)
    return [attendu.college for attendu in vue.registre.organisme.colleges_attendus(domaines)]
