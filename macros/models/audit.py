"""An audit: who looked at what, what was asked and before when, what was answered, what came of it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from macros.models.base import (
    Incoherence,
    Interieur,
    Jour,
    LienAction,
    LienCertification,
    LienExigence,
    LienPreuve,
    Modele,
    Record,
    Reserve,
    Texte,
    TexteLong,
    Visibilite,
    refuse,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date


class NatureAudit(StrEnum):
    """Who audits, and why."""

    INTERNE = "interne"
    FRANCE_COMPETENCES = "france_competences"
    QUALIOPI = "qualiopi"
    AUTRE = "autre"


class Reponse(Modele):
    """What was answered to a request."""

    date: Jour = Field(title="Date", description="Jour de la réponse.")
    texte: Texte = Field(title="Texte", description="Ce qui a été répondu.")
    preuves: tuple[LienPreuve, ...] = Field(default=(), title="Preuves", description="Documents transmis ou montrés.")


class DemandeAudit(Modele):
    """Something an audit asks: a document, an explanation, a correction."""

    id: Annotated[str, Field(pattern=r"^Q\d+$", json_schema_extra={"exemple": "Q1"})] = Field(
        title="Identifiant", description="Q1, Q2… dans l’ordre de l’audit.", examples=["Q1"]
    )
    texte: Texte = Field(title="Texte", description="Ce qui est demandé.", examples=["Transmettre les conventions des partenaires actifs"])
    gravite: Literal["question", "remarque", "mineure", "majeure"] = Field(
        default="question", title="Gravité", description="question, remarque, mineure ou majeure."
    )
    certifications: tuple[LienCertification, ...] = Field(
        default=(), title="Certifications", description="Certifications visées ; sans cette clé, tout le périmètre."
    )
    exigences: tuple[LienExigence, ...] = Field(default=(), title="Exigences", description="Exigences sur lesquelles elle porte.")
    recue_le: Jour | None = Field(default=None, title="Reçue le", description="Jour de la demande, s’il n’est pas celui de l’audit.")
    repondre_avant: Jour | None = Field(
        default=None, title="Répondre avant", description="Dernier jour pour répondre, ce jour compris.", examples=["2026-12-04"]
    )
    reponse: Reponse | None = Field(default=None, title="Réponse", description="Ce qui a été répondu.")
    actions: tuple[LienAction, ...] = Field(default=(), title="Actions", description="Actions ouvertes à la suite.")
    suites: Texte | None = Field(default=None, title="Suites", description="Ce que l’auditeur en a conclu.")

    def depends_on(self) -> tuple[tuple[str, str], ...]:
        """Follow its certifications, when it names some."""
        return tuple(("certifications", numero) for numero in self.certifications)

    def is_open(self) -> bool:
        """Tell whether nobody answered yet."""
        return self.reponse is None

    def is_late(self, today: date) -> bool:
        """Tell whether its last day passed without an answer."""
        return self.is_open() and self.repondre_avant is not None and self.repondre_avant < today


class Conclusion(Modele):
    """How an audit ended."""

    date: Jour = Field(title="Date", description="Jour de la conclusion.")
    avis: Literal["conforme", "a_surveiller", "ecart"] = Field(title="Avis", description="conforme, a_surveiller ou ecart.")
    texte: Texte = Field(title="Texte", description="Ce que dit le rapport, en une ou deux phrases.")


class Audit(Record):
    """An audit or a control: of ourselves, by France compétences, for Qualiopi, by somebody else."""

    collection: ClassVar[str] = "audits"
    singulier: ClassVar[str] = "un audit"
    motif_id: ClassVar[str] = r"AUD-\d{4}-\d{2,}"
    exemple_id: ClassVar[str] = "AUD-2026-01"
    visibilite_par_defaut: ClassVar[Visibilite] = Visibilite.INTERNE
    non_diffuse: ClassVar[str] = "un audit non diffusé"
    interieurs: ClassVar[tuple[Interieur, ...]] = (
        Interieur("demandes", "demandes", compose=True, non_diffuse="une demande d’audit non diffusée"),
    )

    titre: Texte = Field(title="Titre", description="Nom de l’audit.", examples=["Audit interne des habilitations"])
    nature: NatureAudit = Field(title="Nature", description="interne, france_competences, qualiopi ou autre.", examples=["interne"])
    date: Jour = Field(title="Date", description="Premier jour.", examples=["2026-09-14"])
    fin: Jour | None = Field(default=None, title="Fin", description="Dernier jour, s’il en a plusieurs.")
    auditeur: Texte | None = Field(
        default=None, title="Auditeur", description="Organisation ou fonction, jamais une personne.", examples=["responsable qualité"]
    )
    certifications: tuple[LienCertification, ...] = Field(
        default=(), title="Certifications", description="Périmètre ; sans cette clé, tout l’organisme."
    )
    perimetre: Texte | None = Field(default=None, title="Périmètre", description="Ce qui est audité, en une phrase.")
    exigences: tuple[LienExigence, ...] = Field(default=(), title="Exigences", description="Exigences auditées.")
    demandes: tuple[DemandeAudit, ...] = Field(default=(), title="Demandes", description="Questions, remarques et écarts, un par un.")
    conclusion: Conclusion | None = Field(default=None, title="Conclusion", description="Issue de l’audit.")
    preuves: tuple[LienPreuve, ...] = Field(default=(), title="Preuves", description="Rapport et pièces.")
    notes: Annotated[TexteLong | None, Reserve(Visibilite.INTERNE)] = Field(
        default=None, title="Notes internes", description="Notes de travail ; ne quittent jamais un site interne."
    )

    @model_validator(mode="after")
    def _tells_one_story(self) -> Self:
        refuse(self._incoherences())
        return self

    def _incoherences(self) -> Iterator[Incoherence]:
        """Yield a request numbered twice, and what would end before it starts."""
        seen: set[str] = set()
        for rank, demande in enumerate(self.demandes):
            if demande.id in seen:
                yield "deux_fois", {"valeur": demande.id, "champ": f"demandes.{rank}.id"}
            seen.add(demande.id)
        if self.fin is not None and self.fin < self.date:
            yield "fin_avant_debut", {"valeur": self.date.isoformat(), "champ": "fin"}

    def depends_on(self) -> tuple[tuple[str, str], ...]:
        """Follow its certifications: an audit of hidden certifications only is hidden."""
        return tuple(("certifications", numero) for numero in self.certifications)

    def open_requests(self) -> tuple[DemandeAudit, ...]:
        """Return the requests that nobody answered yet, in order."""
        return tuple(demande for demande in self.demandes if demande.is_open())
