"""The attendance sheet: boxes to sign by college; at a distance, connection times and a form of attestation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from macros.french import count, format_date
from macros.models.seance import Presence
from macros.views.documents import communs
from macros.views.documents.feuille import Bloc, Colonne, Fait, Formulaire, Phrase, Section, Signatures, Tableau, section, sections

if TYPE_CHECKING:
    from macros.models.conseil import Conseil
    from macros.models.seance import Participant
    from macros.views.context import Vue

TITRE = "Feuille d’émargement"
_ON_THE_SPOT = (Colonne("Fonction", 34), Colonne("Organisation", 26), Colonne("Nom", 20), Colonne("Signature", 20))
_AT_A_DISTANCE = (
    Colonne("Fonction", 30),
    Colonne("Organisation", 23),
    Colonne("Nom", 20),
    Colonne("Connexion", 12),
    Colonne("Déconnexion", 15),
)
_BOTH = (
    Colonne("Fonction", 28),
    Colonne("Organisation", 22),
    Colonne("Nom", 18),
    Colonne("Signature", 16),
    Colonne("ou connexion, de … à …", 16),
)
_EXTRA_ROWS, _ROWS_WITHOUT_LIST = 3, 12


def introduction(vue: Vue, conseil: Conseil) -> tuple[Bloc, ...]:  # noqa: ARG001 - every document has the same signature
    """Return how the sheet is used; once filled it holds names, so it stays outside the portal."""
    told = {
        "presence": "Chaque personne présente écrit son nom et signe en face de sa fonction.",
        "visio": "Le secrétariat note les heures de connexion ; chacun peut aussi remplir l’attestation en fin de feuille.",
        "mixte": "Les personnes sur place signent ; pour les autres, le secrétariat note les heures de connexion.",
    }[conseil.modalite]
    kept = "Cette feuille porte des noms : une fois remplie, elle se garde hors du portail, qui n’en retient que l’empreinte et le lieu."
    return (Phrase(told), Phrase(kept, "discret"))


def faits(vue: Vue, conseil: Conseil) -> tuple[Fait, ...]:
    """Return when, where, on what."""
    return communs.session_facts(vue, conseil)


def parties(vue: Vue, conseil: Conseil) -> tuple[Section, ...]:
    """Return one table a college, room for others, the visa of the session; at a distance, a form of attestation."""
    members = [each for each in conseil.participants if each.presence is not Presence.INVITE]
    guests = [each for each in conseil.participants if each.presence is Presence.INVITE]
    colleges = [
        _table(vue, conseil, f"Collège : {name} ({count(len(seats), 'membre')})", seats)
        for name, seats in communs.by_college(members).items()
    ]
    if guests:
        colleges.append(_table(vue, conseil, f"Invités ({count(len(guests), 'personne')})", guests))
    colleges.append(_empty_table(conseil))
    found = (section("Présences", *colleges), section("Visa", _visa(vue, conseil)))
    return sections(*found, _attestation(vue, conseil) if conseil.modalite != "presence" else None)


def _columns(conseil: Conseil) -> tuple[Colonne, ...]:
    return {"presence": _ON_THE_SPOT, "visio": _AT_A_DISTANCE, "mixte": _BOTH}[conseil.modalite]


def _table(vue: Vue, conseil: Conseil, legende: str, seats: list[Participant]) -> Tableau:
    columns = _columns(conseil)
    rows = tuple((each.fonction, each.organisation or "", _name(vue, each)) for each in seats)
    return Tableau(legende, columns, tuple(_padded(row, len(columns)) for row in rows), aere=True)


def _name(vue: Vue, participant: Participant) -> str:
    found = vue.registre.parts.get("personnes", {}).get(participant.personne or "")
    return getattr(found[1], "nom", "") if found else ""


def _empty_table(conseil: Conseil) -> Tableau:
    columns, others = _columns(conseil), bool(conseil.participants)
    legend, rows = ("Autres personnes présentes", _EXTRA_ROWS) if others else ("Personnes présentes", _ROWS_WITHOUT_LIST)
    return Tableau(legend, columns, tuple(_padded((), len(columns)) for _ in range(rows)), aere=True)


def _padded(row: tuple[str, ...], length: int) -> tuple[str, ...]:
    return row + ("",) * (length - len(row))


def _visa(vue: Vue, conseil: Conseil) -> Bloc:
    told = {
        "presence": "La présidence et le secrétariat de séance visent la feuille à la fin de la réunion.",
        "visio": "La présidence et le secrétariat de séance attestent les connexions notées, d’après le relevé de l’outil.",
        "mixte": "La présidence et le secrétariat de séance visent la feuille et attestent les connexions notées.",
    }[conseil.modalite]
    roles = (("Présidence", conseil.president), ("Secrétariat", conseil.secretaire))
    boxes = tuple(f"{label} : {communs.role_line(vue, role)}" if role else label for label, role in roles)
    return Signatures(told, boxes)


def _attestation(vue: Vue, conseil: Conseil) -> Section | None:
    """Return the form that a member at a distance fills and sends back."""
    text = (
        f"Je soussigné(e) atteste avoir participé à distance, le {format_date(conseil.date)}, à la séance "
        f"« {conseil.intitule} » ({conseil.id}), organisée par {vue.registre.organisme.denomination}, "
        "au titre de la fonction indiquée ci-dessous."
    )
    fields = ("Nom et prénom", "Fonction et organisation", "Collège", "Connexion, de … à …", "Fait à, le", "Signature")
    return section("Attestation de participation à distance", Phrase(text), Formulaire(fields), page=True)
