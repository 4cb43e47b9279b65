"""What each document of a session must tell, read in the records and not in the views: written apart from the code under test."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from macros.models.seance import Presence, Theme
from macros.views.documents.feuille import Genre
from tests.documents.reading import plain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from macros.models.conseil import Conseil, Decision, Votes
    from macros.models.seance import Participant, Role
    from macros.records.registre import Registre
    from macros.views.context import Vue

DAYS = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
MONTHS = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"]
SHORT = ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."]
PRESENCES = {"present": "Présents", "represente": "Représentés", "excuse": "Excusés", "absent": "Absents", "invite": "Invités"}
ORDER = (
    "Participants",
    "Approbation des procès-verbaux précédents",
    "Suivi des actions précédentes",
    "Bilan quantitatif et qualitatif",
    "Marché et veille",
    "Référentiels et blocs touchés",
    "Partenaires et conventions",
    "Cohérence entre formation et certification",
    "Autres points",
    "Relevé de décisions et d’avis",
    "Plan d’actions",
    "Prochain conseil",
    "Annexes",
    "Signatures",
)
"""Sections of complete minutes, in the order of use; “autres points”, of which use says nothing, close what was said."""
SECTION = {
    Theme.PV_PRECEDENT: ORDER[1],
    Theme.SUIVI_ACTIONS: ORDER[2],
    Theme.BILAN: ORDER[3],
    Theme.MARCHE: ORDER[4],
    Theme.REGLEMENTATION: ORDER[4],
    Theme.CONVENTIONS: ORDER[6],
    Theme.COHERENCE: ORDER[7],
    Theme.AUTRE: ORDER[8],
    Theme.PLAN_ACTIONS: ORDER[10],
}
"""Where what was said of a theme stands."""


def day_of(day: date, months: list[str] = MONTHS) -> str:
    """Return `1er décembre 2025`."""
    return f"{'1er' if day.day == 1 else day.day} {months[day.month - 1]} {day.year}"


def facts(genre: Genre, conseil: Conseil, vue: Vue, numero: str) -> Iterator[list[str]]:
    """Yield lists of texts that a document holds, each list in that order."""
    registre = vue.registre
    yield [registre.organisme.denomination, conseil.intitule]
    yield [conseil.id]
    yield [f"{DAYS[conseil.date.weekday()]} {day_of(conseil.date)}"]
    yield ["isioconférence"] if conseil.modalite == "visio" else [conseil.lieu or ("Lieu à préciser" if conseil.is_expected() else "")]
    yield [_time(hour) for hour in (conseil.debut, conseil.fin) if hour]
    yield [conseil.numero or ""]
    for name in [numero] if numero else [each for each in conseil.certifications if each in registre.certifications]:
        known = registre.certifications.get(name)
        yield [name, known.intitule if known else ""]
    if genre is not Genre.EMARGEMENT:
        for role in (conseil.pilote, conseil.president, conseil.secretaire, conseil.consultant):
            yield _role(role)
    tells = {Genre.CONVOCATION: _called, Genre.ORDRE_DU_JOUR: _agenda, Genre.EMARGEMENT: _sheet, Genre.RELEVE: _decided}
    yield from tells[genre](conseil, registre) if genre in tells else minutes(conseil, registre, numero, vue.today)


def minutes(conseil: Conseil, registre: Registre, numero: str, today: date) -> Iterator[list[str]]:
    """Yield what the minutes of one certification tell."""
    for presence in Presence:
        seats = [each for each in conseil.participants if each.presence is presence]
        if seats:
            yield ["Participants", PRESENCES[presence]]
        for seat in seats:
            yield [PRESENCES[presence], seat.college[1:], *_role(seat)]
    yield from _said(conseil, registre, numero)
    yield from _outcome(conseil, registre, numero, today)


def _said(conseil: Conseil, registre: Registre, numero: str) -> Iterator[list[str]]:
    """Yield what was said at the session about one certification."""
    for vote in conseil.approbations:
        if vote.conseil in registre.conseils and not about(registre, registre.conseils[vote.conseil].certifications, numero):
            continue
        yield [ORDER[1], day_of(registre.conseils[vote.conseil].date) if vote.conseil in registre.conseils else "", str(vote.conseil)]
        yield plain(vote.observations or "")
    for suivi in conseil.suivi:
        action = registre.actions.get(suivi.action)
        if action and about(registre, action.certifications, numero):
            yield [ORDER[2], action.id, action.intitule, suivi.avis[:5], suivi.observation or ""]
    for each in conseil.echanges:
        if each.concerns(numero):
            yield [SECTION[each.theme], *plain(each.texte)]


def _outcome(conseil: Conseil, registre: Registre, numero: str, today: date) -> Iterator[list[str]]:
    """Yield what came of the session for one certification."""
    decided = [each for each in conseil.decisions if each.concerns(numero)]
    for decision in decided:
        yield [ORDER[9], decision.id, decision.texte, *_votes(decision.votes)]
    minuted = conseil.minutes_of(numero)
    known = (minuted.diffuse_le if minuted else None) or today
    for action in registre.actions.values():
        born = _born(conseil, decided, str(action.origine.decision)) and action.date <= known
        if born and about(registre, action.certifications, numero):
            due = action.reports[0].ancienne if action.reports else action.echeance
            yield [ORDER[10], action.id, action.intitule, action.responsable or "à désigner", day_of(due, SHORT) if due else "à fixer"]
    if conseil.prochaine_date:
        yield [ORDER[11], day_of(conseil.prochaine_date)]
    named = (registre.preuves[each] for each in conseil.annexes if each in registre.preuves)
    yield from ([ORDER[12], piece.titre, piece.id] for piece in named if about(registre, piece.certifications, numero))
    yield [ORDER[13], "Présidence", *_role(conseil.president), "Secrétariat", *_role(conseil.secretaire)]
    yield ["Établi d’après la fiche", conseil.id, registre.fiches[conseil.id]]


def _called(conseil: Conseil, registre: Registre) -> Iterator[list[str]]:
    yield from _agenda(conseil, registre)
    for seat in conseil.participants:
        yield ["membres convoqués", seat.college[1:], *_role(seat)]
    if conseil.is_expected():
        for action in registre.actions.values():
            if action.is_open() and set(action.certifications) & set(conseil.certifications):
                yield ["actions à suivre", action.id, action.intitule]


def _agenda(conseil: Conseil, registre: Registre) -> Iterator[list[str]]:
    yield [point.titre for point in conseil.ordre_du_jour.points]
    for point in conseil.ordre_du_jour.points:
        yield [point.titre, *point.rubriques, *point.actions]
        yield from ([point.titre, registre.preuves[each].titre, each] for each in point.documents if each in registre.preuves)


def _sheet(conseil: Conseil, registre: Registre) -> Iterator[list[str]]:  # noqa: ARG001 - each document has the same signature
    members = [seat for seat in conseil.participants if seat.presence is not Presence.INVITE]
    for college in dict.fromkeys(seat.college for seat in members):
        yield [f"Collège : {college}", *(text for seat in members if seat.college == college for text in _role(seat))]
    yield [text for seat in conseil.participants if seat.presence is Presence.INVITE for text in ("Invités", *_role(seat))]


def _decided(conseil: Conseil, registre: Registre) -> Iterator[list[str]]:
    for decision in conseil.decisions:
        yield [decision.id, decision.texte, *_votes(decision.votes)]
    for action in registre.actions.values():
        if _born(conseil, conseil.decisions, str(action.origine.decision)):
            due = day_of(action.echeance, SHORT) if action.echeance else "à fixer"
            yield ["Plan d’actions", action.id, action.intitule, action.responsable or "à désigner", due]
            yield ["À quoi l’on verra", action.id, action.critere] if action.critere else []


def sent(conseil: Conseil, genre: Genre) -> Conseil:
    """Return the record that a document embeds: nothing reserved to the organisation, and beforehand nothing of what came after."""
    before = genre in (Genre.CONVOCATION, Genre.ORDRE_DU_JOUR, Genre.EMARGEMENT)
    roles = {name: getattr(conseil, name) for name in ("pilote", "president", "secretaire", "consultant")}
    stated: dict[str, Any] = {name: role.model_copy(update={"personne": None}) if role else None for name, role in roles.items()}
    hidden = [
        {"personne": None} | ({"presence": None} if before and each.presence is not Presence.INVITE else {})
        for each in conseil.participants
    ]
    stated["participants"] = tuple(each.model_copy(update=more) for each, more in zip(conseil.participants, hidden, strict=True))
    lists = dict.fromkeys(("approbations", "suivi", "echanges", "decisions", "pv", "annexes"), ())
    after = {**lists, **dict.fromkeys(("quorum", "emargement", "prochaine_date"))}
    return conseil.model_copy(update={**stated, **(after if before else {}), "notes": None})


def about(registre: Registre, certifications: tuple[str, ...], numero: str) -> bool:
    """Tell whether something about some certifications is about one of them, a fiche it came from, one that came from it, or all."""
    links: dict[str, set[str]] = {}
    for each in registre.certifications.values():
        for old, new in [*((old, each.numero) for old in each.anciennes_fiches), *((each.numero, new) for new in each.nouvelles_fiches)]:
            links.setdefault(old, set()).add(new)
            links.setdefault(new, set()).add(old)
    family, found = {numero}, [numero]
    while found:
        near = links.get(found.pop(), set()) - family
        family |= near
        found += near
    return not certifications or bool(family.intersection(certifications))


def _born(conseil: Conseil, decisions: tuple[Decision, ...] | list[Decision], origin: str) -> bool:
    return origin in {f"{conseil.id}.{decision.id}" for decision in decisions}


def _votes(votes: Votes | None) -> list[str]:
    if votes is None:
        return ["sans vote"]
    counted = ((votes.pour, "pour"), (votes.contre, "contre"), (votes.abstentions, "abstention"))
    return [f"{number} {word}" for number, word in counted if number]


def _role(role: Role | Participant | None) -> list[str]:
    return [role.fonction, role.organisation or ""] if role else []


def _time(hour: str) -> str:
    hours, minutes_ = hour.split(":")
    return f"{int(hours)} h {minutes_}"
