"""What a session of a conseil is made of: who sits, what was sent, what attests it, what the agenda holds."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from macros.models.base import (
    Entier,
    Jour,
    LienAction,
    LienConseil,
    LienPersonne,
    LienPreuve,
    LienVeille,
    Modele,
    Reserve,
    Texte,
    TexteLong,
    Visibilite,
)


class Theme(StrEnum):
    """The five points every conseil covers, then the action plan; and what any session also holds. Source: usage (article on the CP)."""

    REGLEMENTATION = "reglementation"
    COHERENCE = "coherence"
    CONVENTIONS = "conventions"
    MARCHE = "marche"
    BILAN = "bilan"
    PLAN_ACTIONS = "plan_actions"
    PV_PRECEDENT = "pv_precedent"
    SUIVI_ACTIONS = "suivi_actions"
    AUTRE = "autre"

    @classmethod
    def attendus(cls) -> tuple[Theme, ...]:
        """Return the five points and the action plan, in order."""
        return tuple(cls)[:6]

    @property
    def libelle(self) -> str:
        """Return the theme in words, as an agenda writes it."""
        return _LIBELLES_THEME[self]


_LIBELLES_THEME = {
    Theme.REGLEMENTATION: "Évolutions réglementaires et bonnes pratiques",
    Theme.COHERENCE: "Cohérence entre formation et certification",
    Theme.CONVENTIONS: "Conformité des conventions de partenariat",
    Theme.MARCHE: "Marché, techniques et besoins en compétences",
    Theme.BILAN: "Bilan qualitatif et quantitatif",
    Theme.PLAN_ACTIONS: "Plan d’actions",
    Theme.PV_PRECEDENT: "Approbation du procès-verbal précédent",
    Theme.SUIVI_ACTIONS: "Suivi des actions précédentes",
    Theme.AUTRE: "Autre point",
}


class Presence(StrEnum):
    """How a member took part."""

    PRESENT = "present"
    REPRESENTE = "represente"
    EXCUSE = "excuse"
    ABSENT = "absent"
    INVITE = "invite"


class Role(Modele):
    """Someone by function: who pilots, presides, writes, advises."""

    fonction: Texte = Field(title="Fonction", description="Fonction tenue, jamais un nom.", examples=["direction"])
    organisation: Texte | None = Field(
        default=None, title="Organisation", description="Organisation de rattachement ; absente pour le certificateur lui-même."
    )
    personne: Annotated[LienPersonne | None, Reserve(Visibilite.INTERNE)] = Field(
        default=None, title="Personne", description="Numéro de la personne dans data/personnes.local.yml, s’il existe."
    )


class Convocation(Modele):
    """The invitation to the session."""

    date: Jour | None = Field(default=None, title="Date", description="Jour de l’envoi.")
    moyen: Texte | None = Field(default=None, title="Moyen", description="Courriel, courrier, espace partagé…", examples=["courriel"])
    preuve: LienPreuve | None = Field(default=None, title="Preuve", description="Preuve de l’envoi.")


class Point(Modele):
    """One item of the agenda."""

    theme: Theme = Field(
        title="Thème",
        description="Un des cinq points (reglementation, coherence, conventions, marche, bilan), plan_actions, pv_precedent, suivi_actions ou autre.",
        examples=["bilan"],
    )
    titre: Texte = Field(title="Titre", description="Libellé du point à l’ordre du jour.", examples=["Bilan de l’année"])
    rubriques: tuple[Texte, ...] = Field(
        default=(), title="Rubriques", description="Sous-points à examiner.", examples=["Outils et supports d’évaluation"]
    )
    documents: tuple[LienPreuve, ...] = Field(default=(), title="Documents", description="Preuves à apporter ou à joindre.")
    actions: tuple[LienAction, ...] = Field(default=(), title="Actions", description="Actions à suivre à ce point.")
    conseils: tuple[LienConseil, ...] = Field(default=(), title="Conseils", description="Conseils dont les PV sont soumis à l’approbation.")
    veille: tuple[LienVeille, ...] = Field(default=(), title="Veille", description="Entrées de veille à aborder à ce point.")


class OrdreDuJour(Modele):
    """The agenda, and when it was sent."""

    date: Jour | None = Field(default=None, title="Date", description="Jour de l’envoi de l’ordre du jour.")
    preuve: LienPreuve | None = Field(default=None, title="Preuve", description="Preuve de l’ordre du jour envoyé.")
    points: tuple[Point, ...] = Field(default=(), title="Points", description="Points dans l’ordre de la séance.")


class Participant(Modele):
    """A seat of the conseil: a function and its college, never a name."""

    fonction: Texte = Field(
        title="Fonction", description="Fonction au titre de laquelle la personne siège.", examples=["président de jury"]
    )
    college: Texte = Field(title="Collège", description="Collège représenté, tel qu’écrit dans le règlement intérieur.", examples=["jury"])
    organisation: Texte | None = Field(default=None, title="Organisation", description="Organisation d’appartenance.")
    personne: Annotated[LienPersonne | None, Reserve(Visibilite.INTERNE)] = Field(
        default=None, title="Personne", description="Numéro de la personne dans data/personnes.local.yml, s’il existe."
    )
    presence: Presence | None = Field(
        default=None, title="Présence", description="present, represente, excuse, absent ou invite ; à remplir après la séance."
    )

    def took_part(self) -> bool:
        """Tell whether the seat was held: present or represented, on the spot or at a distance."""
        return self.presence in (Presence.PRESENT, Presence.REPRESENTE)

    def has_vote(self) -> bool:
        """Tell whether the seat counts towards a quorum: guests do not."""
        return self.presence is not Presence.INVITE


class Emargement(Modele):
    """What attests who was there. The signed sheet itself stays outside the repository."""

    mode: Literal["signature", "connexion", "attestation"] = Field(
        title="Mode", description="signature (feuille), connexion (relevé de la visioconférence) ou attestation.", examples=["signature"]
    )
    signatures: Entier | None = Field(default=None, title="Signatures", description="Nombre de signatures ou de connexions relevées.")
    preuve: LienPreuve | None = Field(default=None, title="Preuve", description="Preuve qui décrit la feuille, son lieu et son empreinte.")


class Approbation(Modele):
    """The vote on the minutes of an earlier session."""

    conseil: LienConseil = Field(title="Conseil", description="Conseil dont le PV est soumis à l’approbation.")
    avis: Literal["approuve", "approuve_avec_reserves", "refuse"] = Field(
        title="Avis", description="approuve, approuve_avec_reserves ou refuse.", examples=["approuve"]
    )
    observations: TexteLong | None = Field(default=None, title="Observations", description="Réserves et corrections demandées.")
