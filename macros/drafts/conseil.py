"""A new session of a conseil, made from the one before it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from macros import messages
from macros.drafts.agenda import agenda
from macros.drafts.record import Draft
from macros.models.conseil import Conseil
from macros.models.derivation import plain
from macros.models.seance import Presence

if TYPE_CHECKING:
    from datetime import date

    from macros.checks.context import CheckContext
    from macros.models.action import Action

SUFFIX = r"[A-Z0-9]+(-[A-Z0-9]+)*"
"""What may end the id of a session: `NUM`, `ACC-2`."""
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

    `previous` is the last session held; `source` the one whose members and
    place are taken over: the same, or one planned or cancelled when none was held.
    """

    draft: Draft
    previous: Conseil | None
    source: Conseil | None
    planned: tuple[Conseil, ...]
    actions: tuple[Action, ...]
    invites: int
    convocation: date


def prepare(session: Session, context: CheckContext) -> Preparation:
    """Return the record of `session`, drafted from the last one held on its certifications or on the fiches they descend from."""
    known = {conseil.id: conseil for numero in session.certifications for conseil in context.sessions_of(numero)}
    sessions = sorted(known.values(), key=lambda conseil: (conseil.date, conseil.id))
    held = [conseil for conseil in sessions if conseil.is_held() and conseil.date < session.date]
    previous = held[-1] if held else None
    source = previous or (sessions[-1] if sessions else None)
    actions = open_actions(session.certifications, context)
    data: dict[str, Any] = {
        "intitule": _title(session, source, context),
        "date": session.date,
        "certifications": list(session.certifications),
        "statut": "planifie",
        **_taken_over(source),
        **dict(session.stated),
        "ordre_du_jour": {"points": agenda(previous, actions, context.today)},
    }
    if data.get("modalite") == "visio":
        data.pop("lieu", None)
    draft = Draft(Conseil, _identifier(session, source, context), data, _help(data, session, context))
    guests = sum(participant.presence is Presence.INVITE for participant in source.participants) if source else 0
    planned = tuple(conseil for conseil in sessions if conseil.is_coming(context.today))
    days = timedelta(context.seuil("delai_convocation_jours", session.certifications))
    return Preparation(draft, previous, source, planned, actions, guests, session.date - days)


def of_domaine(domaine: str, context: CheckContext) -> tuple[str, ...]:
    """Return the certifications of a domaine that are still followed, RNCP first, then by number."""
    known = [c for c in context.registre.certifications.values() if c.domaine == domaine and not c.is_closed(context.today)]
    return tuple(c.numero for c in sorted(known, key=lambda c: (c.repertoire.value, len(c.numero), c.numero)))


def open_actions(certifications: tuple[str, ...], context: CheckContext) -> tuple[Action, ...]:
    """Return the open actions on these certifications, the fiches they descend from or the whole organisation, by due date."""
    concerned = {older for numero in certifications for older in context.lineages.get(numero, (numero,))}
    found = [
        action
        for action in context.registre.actions.values()
        if action.is_open() and (not action.certifications or concerned.intersection(action.certifications))
    ]
    return tuple(sorted(found, key=lambda action: (action.echeance is None, str(action.echeance), action.id)))


def _identifier(session: Session, source: Conseil | None, context: CheckContext) -> str:
    return f"CP-{session.date:%Y-%m}-{session.suffixe or _suffix(session, source, context)}"


def _suffix(session: Session, source: Conseil | None, context: CheckContext) -> str:
    """Return the end of the id: that of an earlier session, else three letters of the domaine, else the number of the certification."""
    if source is not None:
        return source.id.split("-", maxsplit=3)[3]
    domaine = _domaine(session, context)
    letters = "".join(part[:3] for part in domaine.split("_")[:1]).upper()
    return letters or (session.certifications[0] if len(session.certifications) == 1 else "COMMUN")


def _domaine(session: Session, context: CheckContext) -> str:
    """Return the domaine of a session: the one asked for, else the one its certifications share."""
    known = context.registre.certifications
    shared = {known[numero].domaine if numero in known else None for numero in session.certifications}
    return session.domaine or (shared.pop() or "" if len(shared) == 1 else "")


def _title(session: Session, source: Conseil | None, context: CheckContext) -> str:
    year = str(session.date.year)
    if source is not None and str(source.date.year) in source.intitule:
        return source.intitule.replace(str(source.date.year), year)
    domaine, known = context.registre.organisme.domaine(_domaine(session, context)), context.registre.certifications
    if domaine is not None:
        return messages.conseil_title(domaine.libelle, year)
    names = [known[numero].intitule if numero in known else numero for numero in session.certifications]
    return messages.conseil_title(names[0] if len(names) == 1 else ", ".join(session.certifications), year)


def _taken_over(source: Conseil | None) -> dict[str, Any]:
    """Return who sits, in which part, where and how: as last time, without presences; guests are invited anew."""
    if source is None:
        return {}
    seats = [seat for seat in source.participants if seat.presence is not Presence.INVITE]
    taken = {"modalite": source.modalite, "lieu": source.lieu, **{role: getattr(source, role) for role in ROLES}}
    seated = [{key: value for key, value in plain(seat).items() if key != "presence"} for seat in seats]
    return {**{key: plain(value) for key, value in taken.items() if value is not None}, **({"participants": seated} if seated else {})}


def _help(data: dict[str, Any], session: Session, context: CheckContext) -> tuple[str, ...]:
    """Return the lines that end the file: who is expected when nobody is listed yet, then what each stage fills."""
    rules = context.registre.organisme.reglement_interieur.colleges
    domaine = context.registre.organisme.domaine(_domaine(session, context))
    usual = (domaine.colleges if domaine else ()) or [attendu.college for attendu in rules] or context.parametres.colleges_usuels
    return messages.conseil_help(list(usual) if "participants" not in data else [])
