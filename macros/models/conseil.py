"""A conseil de perfectionnement: one session, prepared, held and minuted."""

from __future__ import annotations

import hashlib
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from macros.french import add_months
from macros.models.base import (
    Entier,
    Heure,
    Incoherence,
    Interieur,
    Jour,
    LienAction,
    LienCertification,
    LienPreuve,
    Modele,
    Record,
    Reserve,
    Texte,
    TexteLong,
    Visibilite,
    refuse,
)
from macros.models.seance import Approbation, Convocation, Emargement, OrdreDuJour, Participant, Role, Theme

if TYPE_CHECKING:
    from collections.abc import Iterator


class Nature(StrEnum):
    """What a decision or an action touches."""

    REFERENTIEL = "referentiel"
    EVALUATION = "evaluation"
    FORMATION = "formation"
    PARTENARIAT = "partenariat"
    COMMUNICATION = "communication"
    ORGANISATION = "organisation"


class EtatPV(StrEnum):
    """How far the minutes of one certification went."""

    PROJET = "projet"
    DIFFUSE = "diffuse"
    APPROUVE = "approuve"
    SIGNE = "signe"


class StatutConseil(StrEnum):
    """Where a session stands."""

    PLANIFIE = "planifie"
    CONVOQUE = "convoque"
    TENU = "tenu"
    ANNULE = "annule"


class Regime(StrEnum):
    """Whose conseil this is: the rules of a CFA or of a university are others."""

    CERTIFICATEUR = "certificateur"
    CFA = "cfa"
    UNIVERSITE = "universite"


_AFTERWARDS: dict[str, Any] = {
    **dict.fromkeys(("visibilite", "pv", "notes", "revision", "convocation"), True),
    "ordre_du_jour": {"date", "preuve"},
    "emargement": {"preuve"},
}
"""What of a session is written after its minutes, or beside them."""


class _SelonCertifications(Modele):
    """A part of a session that concerns some of its certifications; it goes in their minutes and no other."""

    certifications: tuple[LienCertification, ...] = Field(
        default=(), title="Certifications", description="Certifications concernées ; sans cette clé, toutes celles du conseil."
    )

    def depends_on(self) -> tuple[tuple[str, str], ...]:
        """Follow the certifications it names."""
        return tuple(("certifications", numero) for numero in self.certifications)

    def concerns(self, numero: str) -> bool:
        """Tell whether this part belongs in the minutes of one certification of the session."""
        return not self.certifications or numero in self.certifications


class SuiviAction(Modele):
    """What was said of an earlier action."""

    action: LienAction = Field(title="Action", description="Action examinée.")
    avis: Literal["close", "poursuivie", "reportee", "abandonnee"] = Field(
        title="Avis", description="close, poursuivie, reportee ou abandonnee.", examples=["poursuivie"]
    )
    observation: Texte | None = Field(default=None, title="Observation", description="Ce qui a été constaté.")

    def depends_on(self) -> tuple[tuple[str, str], ...]:
        """Follow the action."""
        return (("actions", self.action),)


class Echange(_SelonCertifications):
    """What was exchanged on one theme."""

    theme: Theme = Field(title="Thème", description="Point de l’ordre du jour dont relève l’échange.", examples=["marche"])
    texte: TexteLong = Field(title="Texte", description="Ce qui a été présenté et dit, sans nom de personne.")


class Votes(Modele):
    """The count of a vote."""

    pour: Entier = Field(title="Pour", description="Voix pour.")
    contre: Entier = Field(default=0, title="Contre", description="Voix contre.")
    abstentions: Entier = Field(default=0, title="Abstentions", description="Abstentions.")


class Decision(_SelonCertifications):
    """A decision or an opinion, which actions and evolutions cite as `CP-2025-12-NUM.D3`."""

    id: Annotated[str, Field(pattern=r"^D\d+$", json_schema_extra={"exemple": "D3"})] = Field(
        title="Identifiant", description="Numéro dans le conseil ; se cite ailleurs CP-2025-12-NUM.D3.", examples=["D3"]
    )
    theme: Theme = Field(title="Thème", description="Point de l’ordre du jour dont elle relève.", examples=["coherence"])
    nature: Nature = Field(
        title="Nature",
        description="referentiel, evaluation, formation, partenariat, communication ou organisation.",
        examples=["evaluation"],
    )
    texte: Texte = Field(
        title="Texte", description="Ce qui est décidé, en une phrase.", examples=["Réviser la grille d’évaluation du bloc 3."]
    )
    votes: Votes | None = Field(default=None, title="Votes", description="Décompte, s’il y a eu vote.")


class PV(Modele):
    """The minutes of one certification: a document, or this record itself when no proof is named."""

    certification: LienCertification = Field(title="Certification", description="Certification dont c’est le procès-verbal.")
    etat: EtatPV = Field(title="État", description="projet, diffuse, approuve ou signe.", examples=["diffuse"])
    diffuse_le: Jour | None = Field(default=None, title="Diffusé le", description="Jour de la diffusion aux membres.")
    approuve_le: Jour | None = Field(default=None, title="Approuvé le", description="Jour de l’approbation.")
    signe_le: Jour | None = Field(default=None, title="Signé le", description="Jour de la signature.")
    preuve: LienPreuve | None = Field(
        default=None, title="Preuve", description="Document qui fait foi ; sans cette clé, la fiche du conseil est la source."
    )
    empreinte: Annotated[str, Field(pattern=r"^[0-9a-f]{16}([0-9a-f]{48})?$")] | None = Field(
        default=None,
        title="Empreinte",
        description="Empreinte imprimée au pied du PV diffusé, pour savoir si la fiche a changé depuis ; "
        "inutile quand le PDF du portail est rangé comme preuve.",
        examples=["3f5a09c2b7d4e618"],
    )

    def depends_on(self) -> tuple[tuple[str, str], ...]:
        """Follow the certification."""
        return (("certifications", self.certification),)

    def is_settled(self) -> bool:
        """Tell whether the members approved it."""
        return self.etat in (EtatPV.APPROUVE, EtatPV.SIGNE)


class Conseil(Record):
    """A conseil de perfectionnement: yearly improvement board of one certification or of several, with one set of minutes for each."""

    collection: ClassVar[str] = "conseils"
    singulier: ClassVar[str] = "un conseil de perfectionnement"
    motif_id: ClassVar[str] = r"CP-\d{4}-\d{2}-[A-Z0-9]+(-[A-Z0-9]+)*"
    exemple_id: ClassVar[str] = "CP-2025-12-NUM"
    visibilite_par_defaut: ClassVar[Visibilite] = Visibilite.AUDITEUR
    interieurs: ClassVar[tuple[Interieur, ...]] = (
        Interieur("decisions", "decisions", compose=True, non_diffuse="une décision non diffusée"),
    )
    non_diffuse: ClassVar[str] = "un conseil non diffusé"

    intitule: Texte = Field(
        title="Intitulé", description="Nom du conseil, tel qu’il s’affiche.", examples=["Conseil de perfectionnement Numérique 2025"]
    )
    numero: Texte | None = Field(
        default=None, title="Numéro", description="Numéro de séance donné par l’organisme, s’il en tient un.", examples=["2025-2"]
    )
    date: Jour = Field(title="Date", description="Jour de la séance, tenue ou prévue.", examples=["2025-12-12"])
    debut: Heure | None = Field(default=None, title="Début", description="Heure de début.", examples=['"14:00"'])
    fin: Heure | None = Field(default=None, title="Fin", description="Heure de fin.", examples=['"16:10"'])
    modalite: Literal["presence", "visio", "mixte"] = Field(
        default="presence", title="Modalité", description="presence, visio ou mixte.", examples=["visio"]
    )
    lieu: Texte | None = Field(
        default=None, title="Lieu", description="Salle ou ville ; inutile en visio.", examples=["Lyon, salle du conseil"]
    )
    regime: Regime = Field(
        default=Regime.CERTIFICATEUR,
        title="Régime",
        description="certificateur, ou cfa, universite : leurs conseils suivent d’autres règles et ne comptent pas ici.",
        examples=["certificateur"],
    )
    certifications: Annotated[tuple[LienCertification, ...], Field(min_length=1)] = Field(
        title="Certifications", description="Certifications examinées, une au moins ; chacune aura son PV.", examples=["RNCP12345"]
    )
    statut: StatutConseil = Field(title="Statut", description="planifie, convoque, tenu ou annule.", examples=["planifie"])
    motif_annulation: Texte | None = Field(default=None, title="Motif d’annulation", description="Pourquoi la séance n’a pas eu lieu.")
    revision: Entier = Field(
        default=0,
        title="Révision",
        description="À augmenter de un, après l’envoi, à chaque changement de date, d’heure ou de lieu, et à l’annulation.",
    )
    pilote: Role | None = Field(default=None, title="Pilote", description="Qui pilote la séance : le certificateur.")
    president: Role | None = Field(default=None, title="Président", description="Qui préside.")
    secretaire: Role | None = Field(default=None, title="Secrétaire", description="Qui tient le procès-verbal.")
    consultant: Role | None = Field(default=None, title="Consultant", description="Qui accompagne sans piloter, s’il y a lieu.")
    convocation: Convocation = Field(default=Convocation(), title="Convocation", description="Envoi de la convocation.")
    ordre_du_jour: OrdreDuJour = Field(default=OrdreDuJour(), title="Ordre du jour", description="Points prévus et envoi aux membres.")
    participants: tuple[Participant, ...] = Field(
        default=(), title="Participants", description="Membres convoqués et invités, par fonction."
    )
    quorum: Literal["atteint", "non_atteint", "sans_objet"] | None = Field(
        default=None, title="Quorum", description="Ce que le PV constate : atteint, non_atteint ou sans_objet.", examples=["atteint"]
    )
    emargement: Emargement | None = Field(default=None, title="Émargement", description="Ce qui atteste les présences.")
    approbations: tuple[Approbation, ...] = Field(default=(), title="Approbations", description="PV précédents soumis à l’approbation.")
    suivi: tuple[SuiviAction, ...] = Field(default=(), title="Suivi des actions", description="Actions des conseils précédents examinées.")
    echanges: tuple[Echange, ...] = Field(default=(), title="Échanges", description="Ce qui a été dit, thème par thème.")
    decisions: tuple[Decision, ...] = Field(default=(), title="Décisions", description="Décisions et avis, numérotés D1, D2…")
    pv: tuple[PV, ...] = Field(default=(), title="Procès-verbaux", description="Un procès-verbal par certification.")
    prochaine_date: Jour | None = Field(default=None, title="Prochaine date", description="Date annoncée du conseil suivant.")
    annexes: tuple[LienPreuve, ...] = Field(default=(), title="Annexes", description="Autres pièces jointes au procès-verbal.")
    notes: Annotated[TexteLong | None, Reserve(Visibilite.INTERNE)] = Field(
        default=None, title="Notes internes", description="Notes de travail ; ne quittent jamais un site interne."
    )

    @model_validator(mode="after")
    def _tells_one_story(self) -> Self:
        refuse(self._incoherences())
        return self

    def _incoherences(self) -> Iterator[Incoherence]:
        """Yield an end before the beginning, equal decision numbers, two minutes for one certification, parts on another certification."""
        if self.debut and self.fin and self.fin <= self.debut:
            yield "ordre_heures", {"debut": self.debut, "champ": "fin"}
        for champ, key in (("certifications", ""), ("decisions", "id"), ("pv", "certification")):
            values = [getattr(part, key) if key else part for part in getattr(self, champ)]
            for index, value in enumerate(values):
                if value in values[:index]:
                    yield "deux_fois", {"valeur": value, "champ": f"{champ}.{index}.{key}".rstrip(".")}
        for champ, numero in self._named():
            if numero not in self.certifications:
                yield "hors_conseil", {"valeur": numero, "champ": champ}

    def _named(self) -> Iterator[tuple[str, str]]:
        """Yield each certification that a part of the session names, with the place of its number."""
        groups: tuple[tuple[str, tuple[_SelonCertifications, ...]], ...] = (("echanges", self.echanges), ("decisions", self.decisions))
        for champ, parts in groups:
            for index, part in enumerate(parts):
                for rank, numero in enumerate(part.certifications):
                    yield f"{champ}.{index}.certifications.{rank}", numero
        for index, pv in enumerate(self.pv):
            yield f"pv.{index}.certification", pv.certification

    def depends_on(self) -> tuple[tuple[str, str], ...]:
        """Follow its certifications: a session on hidden certifications only is hidden."""
        return tuple(("certifications", numero) for numero in self.certifications)

    def is_held(self) -> bool:
        """Tell whether the session took place."""
        return self.statut is StatutConseil.TENU

    def is_expected(self) -> bool:
        """Tell whether the session is neither held nor cancelled yet, whatever the day."""
        return self.statut in (StatutConseil.PLANIFIE, StatutConseil.CONVOQUE)

    def is_announced(self) -> bool:
        """Tell whether its members were called already."""
        return self.statut is StatutConseil.CONVOQUE or self.convocation.date is not None

    def is_coming(self, today: Jour) -> bool:
        """Tell whether the session is still to be held, on `today` or later."""
        return self.is_expected() and self.date >= today

    def minutes_of(self, numero: str) -> PV | None:
        """Return the minutes of one certification, or None when they are missing."""
        return next((pv for pv in self.pv if pv.certification == numero), None)

    def fingerprint(self) -> str:
        """Return the SHA-256 of what the minutes tell, 64 characters: the same whatever the order of the keys in the file.

        What is only filed or noted afterwards (state of the minutes, proofs,
        sending, working notes) does not change it.
        """
        told = self.model_dump_json(exclude=_AFTERWARDS, exclude_defaults=True)
        return hashlib.sha256(told.encode()).hexdigest()

    def counts_for(self, numero: str) -> bool:
        """Tell whether the session counts for a certification: held, under our rules, and, when pooled, with its minutes."""
        examined = self.is_held() and self.regime is Regime.CERTIFICATEUR and numero in self.certifications
        return examined and (len(self.certifications) == 1 or self.minutes_of(numero) is not None)

    def duration(self) -> int | None:
        """Return the length of the session in minutes, when both times are known."""
        if not (self.debut and self.fin):
            return None
        (start_h, start_m), (end_h, end_m) = (map(int, time.split(":")) for time in (self.debut, self.fin))
        return (end_h - start_h) * 60 + end_m - start_m

    def covered_themes(self, numero: str) -> set[Theme]:
        """Return the themes an exchange or a decision touched, for one certification."""
        told = {echange.theme for echange in self.echanges if echange.concerns(numero)}
        return told | {decision.theme for decision in self.decisions if decision.concerns(numero)}

    def kept_until(self, years: int, ends: tuple[Jour, ...] = ()) -> Jour:
        """Return until when its documents are kept at least: `years` after the session, and the end of the registrations covered."""
        return max(add_months(self.date, 12 * years), *ends, self.date)
