"""What several documents say in the same words: the session, its seats, its agenda, its actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from macros.french import capital, count, format_date, format_short_date, format_weekday, join
from macros.models.conseil import Regime
from macros.models.seance import Presence
from macros.records.audience import Masque
from macros.views import libelles
from macros.views.actions import action_pill, in_order
from macros.views.conseil import name_of
from macros.views.conseils import examined
from macros.views.documents.feuille import Colonne, Element, Fait, Liste, Tableau
from macros.views.lieu import hours, place
from macros.views.seance import watch_title

if TYPE_CHECKING:
    from collections.abc import Iterable

    from macros.models.action import Action
    from macros.models.conseil import Conseil
    from macros.models.seance import Participant, Point, Role
    from macros.views.context import Vue


def session_facts(vue: Vue, conseil: Conseil) -> tuple[Fait, ...]:
    """Return when, where and on what a session is held: what opens every document."""
    facts = [Fait("Date", format_weekday(conseil.date))]
    if hours(conseil) or conseil.is_expected():
        facts.append(Fait("Horaire", hours(conseil) or "à préciser"))
    if place(conseil) or conseil.is_expected():
        facts.append(Fait("Lieu", place(conseil) or "à préciser"))
    about = examined(conseil)
    facts.append(Fait("Certification" if len(about) == 1 else "Certifications", "\n".join(certification_line(vue, one) for one in about)))
    if conseil.numero:
        facts.append(Fait("Numéro de séance", conseil.numero))
    if conseil.regime is not Regime.CERTIFICATEUR:
        facts.append(Fait("Régime", libelles.REGIME[conseil.regime.value]))
    return tuple(facts)


def leaders(vue: Vue, conseil: Conseil) -> tuple[Fait, ...]:
    """Return who pilots, presides, writes and advises, by function."""
    roles = (
        ("Pilote", conseil.pilote),
        ("Présidence", conseil.president),
        ("Secrétariat", conseil.secretaire),
        ("Accompagnement", conseil.consultant),
    )
    return tuple(Fait(label, role_line(vue, role)) for label, role in roles if role)


def role_line(vue: Vue, role: Role | Participant) -> str:
    """Return a function, its organisation when it is another, and its name where this audience has it."""
    told = role.fonction + name_of(vue, role.personne)
    return f"{told}, {role.organisation}" if role.organisation else told


def certification_line(vue: Vue, numero: str) -> str:
    """Return `RNCP12345, Intitulé`."""
    known = vue.registre.certifications.get(numero)
    return f"{numero}, {known.intitule}" if known else numero


def proof_line(vue: Vue, identifier: str) -> str:
    """Return `Titre (PR-2025-009)`; the kind only of a hidden document."""
    known = None if isinstance(identifier, Masque) else vue.registre.preuves.get(identifier)
    return f"{known.titre} ({identifier})" if known else str(identifier)


def belongs(vue: Vue, stated: Iterable[str], numero: str) -> bool:
    """Tell whether something about these certifications goes in the minutes of one, or of a fiche behind it; stating none means all."""
    about = tuple(stated)
    return not about or bool(vue.croisements.lineage(numero).intersection(about))


def of_proof(vue: Vue, identifier: str) -> tuple[str, ...]:
    """Return the certifications that a document supports; nothing of a hidden one."""
    proof = None if isinstance(identifier, Masque) else vue.registre.preuves.get(identifier)
    return proof.certifications if proof else ()


def by_college(participants: Iterable[Participant]) -> dict[str, list[Participant]]:
    """Return seats by college, in the order people wrote them."""
    found: dict[str, list[Participant]] = {}
    for participant in participants:
        found.setdefault(participant.college, []).append(participant)
    return found


def seats(vue: Vue, conseil: Conseil) -> Liste | None:
    """Return who is called, college by college."""
    called = by_college(conseil.participants)
    items = tuple(Element(capital(college), tuple(_seat(vue, each) for each in members)) for college, members in called.items())
    return Liste(items) if items else None


def _seat(vue: Vue, participant: Participant) -> str:
    guest = " (invité)" if participant.presence is Presence.INVITE else ""
    return role_line(vue, participant) + guest


def agenda(vue: Vue, conseil: Conseil) -> Liste | None:
    """Return the points of the agenda, numbered, with their parts, their documents and their actions."""
    items = tuple(_point(vue, point) for point in conseil.ordre_du_jour.points)
    return Liste(items, numerotee=True) if items else None


def _point(vue: Vue, point: Point) -> Element:
    sessions = [session_line(vue, identifier) for identifier in point.conseils]
    actions = [action_line(vue, identifier) for identifier in point.actions]
    papers = [proof_line(vue, identifier) for identifier in point.documents]
    note = f"{'Document' if len(papers) == 1 else 'Documents'} : {' ; '.join(papers)}." if papers else ""
    watch = [watch_title(vue, identifier) or str(identifier) for identifier in point.veille]
    return Element(point.titre, (*point.rubriques, *sessions, *watch, *actions), note)


def session_line(vue: Vue, identifier: str) -> str:
    """Return `PV de la séance du 16 janvier 2025 (CP-2025-01-NUM)`; the kind only of a hidden session."""
    known = None if isinstance(identifier, Masque) else vue.registre.conseils.get(identifier)
    return f"PV de la séance du {format_date(known.date)} ({identifier})" if known else str(identifier)


def action_line(vue: Vue, identifier: str) -> str:
    """Return `A-2026-014, intitulé`; the kind only of a hidden action."""
    known = None if isinstance(identifier, Masque) else vue.registre.actions.get(identifier)
    return f"{identifier}, {known.intitule}" if known else str(identifier)


def actions_table(vue: Vue, actions: Iterable[Action], legende: str) -> Tableau | None:
    """Return actions with who, when and where each stands; None when there is none."""
    rows = tuple(
        (
            action.id,
            action.intitule,
            action.responsable or "à désigner",
            format_short_date(action.echeance) if action.echeance else "à fixer",
            action_pill(vue, action).texte,
        )
        for action in in_order(vue, actions)
    )
    columns = (Colonne("Action", 14), Colonne("Ce qui est à faire", 36), Colonne("Responsable", 20), Colonne("Échéance", 15))
    return Tableau(legende, (*columns, Colonne("État", 15)), rows) if rows else None


def decided_table(actions: Iterable[Action]) -> Tableau | None:
    """Return actions as they were decided, with their first due date: minutes do not change with what comes after."""
    rows = tuple(
        (
            action.id,
            action.intitule,
            action.responsable or "à désigner",
            format_short_date(due) if (due := action.first_due()) else "à fixer",
        )
        for action in actions
    )
    columns = (Colonne("Action", 14), Colonne("Ce qui est à faire", 44), Colonne("Responsable", 25), Colonne("Échéance", 17))
    return Tableau("Actions nées de ces décisions.", columns, rows) if rows else None


def attached(conseil: Conseil) -> tuple[str, ...]:
    """Return the documents named by the points of the agenda, each once, in order; hidden ones too."""
    return tuple(dict.fromkeys(identifier for point in conseil.ordre_du_jour.points for identifier in point.documents))


def presence_summary(conseil: Conseil) -> str:
    """Return how many came, of how many who have a voice, and the quorum that the minutes state."""
    members = [each for each in conseil.participants if each.has_vote()]
    if not members:
        return ""
    here = sum(each.presence is Presence.PRESENT for each in members)
    for_another = sum(each.presence is Presence.REPRESENTE for each in members)
    said = [count(here, "présent")] + ([count(for_another, "représenté")] if for_another else [])
    unknown = sum(each.presence is None for each in members)
    if unknown == len(members):
        return ""
    quorum = libelles.QUORUM.get(conseil.quorum or "", "")
    rest = f", présence non notée pour {unknown}" if unknown else ""
    return f"{join(said)} sur {count(len(members), 'membre')}{rest}." + (f" {quorum}" if quorum else "")


def is_named(vue: Vue, conseil: Conseil) -> bool:
    """Tell whether the local file gives this audience the name of anyone at this session."""
    seats: list[Role | Participant] = [*conseil.participants]
    seats += [role for role in (conseil.pilote, conseil.president, conseil.secretaire, conseil.consultant) if role]
    return any(name_of(vue, one.personne) for one in seats)
