"""What a certificateur grants a partner for one certification: mentions of the act, controls, and what became of it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Literal, Self

from pydantic import Field, model_validator

from macros.models.base import Incoherence, Jour, LienAction, LienCertification, LienPreuve, Modele, Texte, refuse
from macros.models.fiche import RoleHabilitation

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date


class ItemHabilitation(StrEnum):
    """The seven items of R. 6113-16-2, in its order; which text asks for each is a requirement record."""

    OBJET = "objet"
    CERTIFICATIONS_ET_BLOCS = "certifications_et_blocs"
    DUREE = "duree"
    CONTREPARTIE = "contrepartie"
    SOUS_TRAITANCE = "sous_traitance"
    MOYENS = "moyens"
    ECOLE_ET_CFA = "ecole_et_cfa"


ITEMS = {
    ItemHabilitation.OBJET: "son objet",
    ItemHabilitation.CERTIFICATIONS_ET_BLOCS: "les certifications et les blocs visés",
    ItemHabilitation.DUREE: "sa durée de validité",
    ItemHabilitation.CONTREPARTIE: "la contrepartie, notamment financière",
    ItemHabilitation.SOUS_TRAITANCE: "les conditions de sous-traitance",
    ItemHabilitation.MOYENS: "les moyens techniques, pédagogiques et d’encadrement",
    ItemHabilitation.ECOLE_ET_CFA: "le cas d’une école et d’un CFA",
}
"""Each item in words, as a sentence goes on with it."""


class Mention(Modele):
    """One item of the act: whether it applies, whether the act has it, and where."""

    item: ItemHabilitation = Field(
        title="Item",
        description="objet, certifications_et_blocs, duree, contrepartie, sous_traitance, moyens ou ecole_et_cfa.",
        examples=["objet"],
    )
    statut: Literal["presente", "absente", "sans_objet"] = Field(
        title="Statut", description="presente, absente, ou sans_objet quand l’item ne s’applique pas.", examples=["presente"]
    )
    reference: Texte | None = Field(
        default=None, title="Référence", description="Où la lire dans l’acte.", examples=["article 3 de la convention"]
    )
    motif: Texte | None = Field(default=None, title="Motif", description="Pourquoi l’item ne s’applique pas.")


class ControleHabilitation(Modele):
    """A control of the partner by the certificateur."""

    date: Jour = Field(title="Date", description="Jour du contrôle.", examples=["2026-03-12"])
    mode: Literal["sur_place", "sur_pieces", "a_distance"] = Field(title="Mode", description="sur_place, sur_pieces ou a_distance.")
    objet: Texte = Field(title="Objet", description="Ce qui a été contrôlé.", examples=["organisation des épreuves"])
    conclusion: Literal["conforme", "a_surveiller", "ecart"] = Field(title="Conclusion", description="conforme, a_surveiller ou ecart.")
    constat: Texte | None = Field(default=None, title="Constat", description="Ce qui a été observé.")
    preuves: tuple[LienPreuve, ...] = Field(default=(), title="Preuves", description="Compte rendu et pièces.")
    actions: tuple[LienAction, ...] = Field(default=(), title="Actions", description="Actions demandées ensuite.")


class NatureChangement(StrEnum):
    """What happens to an habilitation after it is delivered."""

    DELIVRANCE = "delivrance"
    RENOUVELLEMENT = "renouvellement"
    MODIFICATION = "modification"
    SUSPENSION = "suspension"
    REPRISE = "reprise"
    ABROGATION = "abrogation"
    RESILIATION = "resiliation"

    def ends(self) -> bool:
        """Tell whether nothing of the habilitation is left afterwards."""
        return self in (NatureChangement.ABROGATION, NatureChangement.RESILIATION)


class Changement(Modele):
    """One change of an habilitation, and the day France compétences was told."""

    date: Jour = Field(title="Date", description="Jour où le changement prend effet.", examples=["2026-02-01"])
    nature: NatureChangement = Field(
        title="Nature",
        description="delivrance, renouvellement, modification, suspension, reprise, abrogation ou resiliation.",
        examples=["suspension"],
    )
    motif: Texte | None = Field(default=None, title="Motif", description="Pourquoi.")
    notifie_le: Jour | None = Field(
        default=None, title="Notifié le", description="Jour où la liste a été mise à jour auprès de France compétences."
    )
    preuve: LienPreuve | None = Field(default=None, title="Preuve", description="Acte, courrier ou accusé de réception.")


class EtatHabilitation(StrEnum):
    """Where an habilitation stands on a day: computed, never typed."""

    A_VENIR = "a_venir"
    ACTIVE = "active"
    SUSPENDUE = "suspendue"
    ECHUE = "echue"
    ABROGEE = "abrogee"
    RESILIEE = "resiliee"


class Habilitation(Modele):
    """What a partner may do for one certification: role, act, validity, the items of the act, controls, changes."""

    certification: LienCertification = Field(title="Certification", description="Certification visée.", examples=["RNCP12345"])
    role: RoleHabilitation = Field(title="Rôle", description="former, organiser ou former_et_organiser.", examples=["former_et_organiser"])
    forme: Literal["convention", "contrat", "decision", "autre"] | None = Field(
        default=None, title="Forme", description="Forme de l’acte : convention, contrat, decision ou autre."
    )
    delivree_le: Jour | None = Field(
        default=None, title="Délivrée le", description="Jour de délivrance ; les règles du contenu en dépendent.", examples=["2025-10-15"]
    )
    debut: Jour | None = Field(default=None, title="Début", description="Premier jour de validité, s’il n’est pas celui de la délivrance.")
    fin: Jour | None = Field(default=None, title="Fin", description="Dernier jour de validité.", examples=["2028-10-14"])
    blocs: tuple[Texte, ...] = Field(
        default=(), title="Blocs", description="Codes des blocs visés ; sans cette clé, la certification entière."
    )
    acte: LienPreuve | None = Field(default=None, title="Acte", description="Preuve qui porte l’acte.")
    mentions: tuple[Mention, ...] = Field(default=(), title="Mentions", description="Les sept items de l’acte, un par un.")
    controles: tuple[ControleHabilitation, ...] = Field(default=(), title="Contrôles", description="Contrôles du partenaire.")
    changements: tuple[Changement, ...] = Field(
        default=(), title="Changements", description="Délivrance, renouvellements, suspensions, fin, du plus ancien au plus récent."
    )

    @model_validator(mode="after")
    def _tells_one_story(self) -> Self:
        refuse(self._incoherences())
        return self

    def _incoherences(self) -> Iterator[Incoherence]:
        """Yield an item told twice, changes out of order, a validity that ends before it starts."""
        seen: set[str] = set()
        for rank, mention in enumerate(self.mentions):
            if mention.item in seen:
                yield "deux_fois", {"valeur": mention.item.value, "champ": f"mentions.{rank}.item"}
            seen.add(mention.item)
        days = [changement.date for changement in self.changements]
        if days != sorted(days):
            yield "ordre_changements", {"champ": "changements"}
        start = self.start()
        if start and self.fin and self.fin < start:
            yield "fin_avant_debut", {"valeur": start.isoformat(), "champ": "fin"}

    def depends_on(self) -> tuple[tuple[str, str], ...]:
        """Follow its certification."""
        return (("certifications", self.certification),)

    def start(self) -> date | None:
        """Return the first day of validity."""
        return self.debut or self.delivree_le

    def mention(self, item: ItemHabilitation) -> Mention | None:
        """Return what is said of one item, or None."""
        return next((mention for mention in self.mentions if mention.item is item), None)

    def state(self, today: date) -> EtatHabilitation:
        """Return where it stands on `today`, from its changes then from its validity; suspended wins over nothing but expiry."""
        past = [changement.nature for changement in self.changements if changement.date <= today]
        last_end = next((nature for nature in reversed(past) if nature.ends() or nature in _REVIVES), None)
        if last_end is not None and last_end.ends():
            return EtatHabilitation.ABROGEE if last_end is NatureChangement.ABROGATION else EtatHabilitation.RESILIEE
        if self.fin is not None and self.fin < today:
            return EtatHabilitation.ECHUE
        start = self.start()
        if start is not None and start > today:
            return EtatHabilitation.A_VENIR
        pauses = [nature for nature in past if nature is NatureChangement.SUSPENSION or nature in _RESUMES]
        return EtatHabilitation.SUSPENDUE if pauses and pauses[-1] is NatureChangement.SUSPENSION else EtatHabilitation.ACTIVE

    def is_running(self, today: date) -> bool:
        """Tell whether it still binds on `today`: active, or only suspended."""
        return self.state(today) in (EtatHabilitation.ACTIVE, EtatHabilitation.SUSPENDUE)


_REVIVES = (NatureChangement.DELIVRANCE, NatureChangement.RENOUVELLEMENT)
_RESUMES = (NatureChangement.REPRISE, NatureChangement.RENOUVELLEMENT)
