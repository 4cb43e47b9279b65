"""The workbook of conseils: one row a session, then each decision, then the minutes of each certification."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from macros.models.base import Visibilite
from macros.models.seance import Presence, Theme
from macros.views import libelles
from macros.views.actions import action_pill
from macros.views.classeurs.actions import NOTES, lines
from macros.views.classeurs.feuille import Colonne, Feuille, Genre, Valeur
from macros.views.classeurs.tri import Critere
from macros.views.conseils import ETATS_PV, LigneConseil, build_liste_conseils, covered, examined, is_minuted, minutes_state
from macros.views.parts import references_to
from macros.views.seance import build_participants, scope
from macros.views.suites import LignePV, build_pv

if TYPE_CHECKING:
    from macros.models.conseil import Conseil, Decision
    from macros.models.seance import Role
    from macros.views.context import Vue

_THEMES = tuple(theme.libelle for theme in Theme)
_QUORUM = {"atteint": "atteint", "non_atteint": "non atteint", "sans_objet": "sans objet"}
CRITERES: dict[str, Critere[LigneConseil]] = {
    "annee": Critere(lambda row: (row.annee,)),
    "certification": Critere(lambda row: (ref.texte for ref in row.certifications if ref.adresse)),
    "statut": Critere(lambda row: (row.cle_statut,), {statut.value: label for statut, label in libelles.STATUT_CONSEIL.items()}),
    "pv": Critere(lambda row: (row.cle_pv,), ETATS_PV),
}
_COLONNES = (
    Colonne("Identifiant", 18),
    Colonne("Intitulé", 40, Genre.LONG),
    Colonne("Numéro", 10),
    Colonne("Date", 12, Genre.DATE),
    Colonne("Début", 8, Genre.HEURE),
    Colonne("Fin", 8, Genre.HEURE),
    Colonne("Durée (min)", 9, Genre.NOMBRE),
    Colonne("Modalité", 16, mots=tuple(libelles.MODALITE.values())),
    Colonne("Lieu", 24),
    Colonne("Statut", 11, mots=tuple(libelles.STATUT_CONSEIL.values())),
    Colonne("Situation", 13),
    Colonne("Régime", 22, mots=tuple(libelles.REGIME.values())),
    Colonne("Certifications", 14),
    Colonne("Pilote", 22),
    Colonne("Président", 22),
    Colonne("Secrétaire", 22),
    Colonne("Accompagnement", 22),
    Colonne("Convocation envoyée le", 13, Genre.DATE),
    Colonne("Ordre du jour envoyé le", 13, Genre.DATE),
    Colonne("Points à l’ordre du jour", 10, Genre.NOMBRE),
    Colonne("Membres convoqués", 11, Genre.NOMBRE),
    Colonne("Présents", 9, Genre.NOMBRE),
    Colonne("Représentés", 11, Genre.NOMBRE),
    Colonne("Excusés", 9, Genre.NOMBRE),
    Colonne("Absents", 9, Genre.NOMBRE),
    Colonne("Invités", 9, Genre.NOMBRE),
    Colonne("Collèges", 24),
    Colonne("Quorum", 12, mots=tuple(_QUORUM.values())),
    Colonne("Émargement", 20, mots=tuple(libelles.EMARGEMENT.values())),
    Colonne("Signatures ou connexions", 12, Genre.NOMBRE),
    Colonne("Thèmes couverts", 9, Genre.NOMBRE),
    Colonne("Thèmes non couverts", 34, Genre.LONG),
    Colonne("Décisions", 10, Genre.NOMBRE),
    Colonne("Actions nées du conseil", 10, Genre.NOMBRE),
    Colonne("Actions encore ouvertes", 10, Genre.NOMBRE),
    Colonne("Procès-verbaux", 14, mots=tuple(ETATS_PV.values())),
    Colonne("PV par certification", 30, Genre.LONG),
    Colonne("Prochaine date annoncée", 13, Genre.DATE),
    Colonne("Motif d’annulation", 30, Genre.LONG),
)
_DECISIONS = (
    Colonne("Référence", 20),
    Colonne("Conseil", 18),
    Colonne("Date", 12, Genre.DATE),
    Colonne("Thème", 30, mots=_THEMES),
    Colonne("Nature", 15, mots=tuple(libelles.NATURE.values())),
    Colonne("Décision", 60, Genre.LONG),
    Colonne("Certifications", 14),
    Colonne("Pour", 8, Genre.NOMBRE),
    Colonne("Contre", 8, Genre.NOMBRE),
    Colonne("Abstentions", 11, Genre.NOMBRE),
    Colonne("Actions", 34, Genre.LONG),
)
_MINUTES = (
    Colonne("Conseil", 18),
    Colonne("Date", 12, Genre.DATE),
    Colonne("Certification", 14),
    Colonne("État", 26),
    Colonne("Diffusé le", 12, Genre.DATE),
    Colonne("Approuvé le", 12, Genre.DATE),
    Colonne("Signé le", 12, Genre.DATE),
    Colonne("Approbation", 26),
    Colonne("Source", 18),
    Colonne("Contenu", 26),
    Colonne("Fiche depuis ce PV", 24),
)


def rows(vue: Vue) -> tuple[LigneConseil, ...]:
    """Return every session in words, latest first, as the register lists them."""
    return build_liste_conseils(vue).lignes


def sheets(vue: Vue, lignes: tuple[LigneConseil, ...]) -> tuple[Feuille, ...]:
    """Return the table of these sessions, then their decisions and their minutes, one a row."""
    columns = (*_COLONNES, NOTES) if vue.audience is Visibilite.INTERNE else _COLONNES
    conseils = [(row, vue.registre.conseils[row.id]) for row in lignes]
    minutes = {conseil.id: build_pv(vue, conseil) for _, conseil in conseils}
    return (
        Feuille("Conseils", columns, tuple(_cells(vue, row, c, minutes[c.id])[: len(columns)] for row, c in conseils)),
        Feuille("Décisions", _DECISIONS, tuple(_decision(vue, c, decision) for _, c in conseils for decision in c.decisions)),
        Feuille("Procès-verbaux", _MINUTES, tuple(_minutes(c, pv) for _, c in conseils for pv in minutes[c.id])),
    )


def _cells(vue: Vue, row: LigneConseil, conseil: Conseil, minutes: tuple[LignePV, ...]) -> tuple[Valeur, ...]:
    agenda, sheet = conseil.ordre_du_jour, conseil.emargement
    return (
        *(conseil.id, conseil.intitule, conseil.numero, conseil.date, _time(conseil.debut), _time(conseil.fin), conseil.duration()),
        *(libelles.MODALITE[conseil.modalite], conseil.lieu, libelles.STATUT_CONSEIL[conseil.statut], row.pastille.texte),
        *(libelles.REGIME[conseil.regime.value], lines(row.certifications)),
        *map(_role, (conseil.pilote, conseil.president, conseil.secretaire, conseil.consultant)),
        *(conseil.convocation.date, agenda.date, len(agenda.points)),
        *_seats(vue, conseil),
        *(_QUORUM.get(conseil.quorum or ""), libelles.EMARGEMENT[sheet.mode] if sheet else None, sheet.signatures if sheet else None),
        *_themes(vue, conseil),
        *_outcome(vue, conseil),
        *(ETATS_PV.get(minutes_state(vue, conseil)), "\n".join(f"{pv.certification.texte}\u00a0: {pv.pastille.texte}" for pv in minutes)),
        *(conseil.prochaine_date, conseil.motif_annulation, (conseil.notes or "").strip()),
    )


def _time(text: str | None) -> time | None:
    return time.fromisoformat(text) if text else None


def _role(role: Role | None) -> str:
    """Return a function and its organisation; names stay in internal documents."""
    return ", ".join(part for part in (role.fonction, role.organisation) if part) if role else ""


def _seats(vue: Vue, conseil: Conseil) -> tuple[Valeur, ...]:
    """Return how many were called, how many took part and how, then the colleges."""
    known = [participant.presence for participant in conseil.participants]
    colleges = "\n".join(pill.texte for pill in build_participants(vue, conseil).colleges)
    return (sum(participant.has_vote() for participant in conseil.participants), *(known.count(kind) for kind in Presence), colleges)


def _themes(vue: Vue, conseil: Conseil) -> tuple[Valeur, ...]:
    """Return how many of the five points and the action plan were covered, and which were not; nothing where none is expected."""
    if not is_minuted(conseil) or not examined(conseil):
        return (None, None)
    found = covered(vue, conseil)
    return (len(found), "\n".join(theme.libelle for theme in Theme.attendus() if theme not in found))


def _outcome(vue: Vue, conseil: Conseil) -> tuple[Valeur, ...]:
    actions = vue.croisements.actions_of_conseil(conseil)
    return (len(conseil.decisions), len(actions), sum(action.is_open() for action in actions))


def _decision(vue: Vue, conseil: Conseil, decision: Decision) -> tuple[Valeur, ...]:
    name, votes = f"{conseil.id}.{decision.id}", decision.votes
    about = scope(vue, conseil, decision) or references_to(vue, "certifications", examined(conseil))
    followed = "\n".join(f"{action.id}\u00a0: {action_pill(vue, action).texte}" for action in vue.croisements.actions_from(name))
    return (
        *(name, conseil.id, conseil.date, decision.theme.libelle, libelles.NATURE[decision.nature], decision.texte, lines(about)),
        *((votes.pour, votes.contre, votes.abstentions) if votes else (None, None, None)),
        followed,
    )


def _minutes(conseil: Conseil, pv: LignePV) -> tuple[Valeur, ...]:
    stated = conseil.minutes_of(pv.certification.texte)
    days = (stated.diffuse_le, stated.approuve_le, stated.signe_le) if stated else (None, None, None)
    source, since = pv.source.texte if pv.source else None, pv.depuis.texte if pv.depuis else None
    return (conseil.id, conseil.date, pv.certification.texte, pv.pastille.texte, *days, pv.approbation, source, pv.contenu, since)
