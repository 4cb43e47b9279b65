"""An improvement action: what is to be done, by whom, before when, and what came of it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from macros.models.base import (
    Entier,
    Incoherence,
    Jour,
    LienCertification,
    LienPreuve,
    Modele,
    Record,
    Reserve,
    Taux,
    Texte,
    TexteLong,
    Visibilite,
    refuse,
)
from macros.models.conseil import Nature
from macros.models.origine import Origine

if TYPE_CHECKING:
    from collections.abc import Iterator


class StatutAction(StrEnum):
    """Where an action stands; being late is computed, never typed."""

    PLANIFIEE = "planifiee"
    EN_COURS = "en_cours"
    CLOSE = "close"
    ABANDONNEE = "abandonnee"


class Report(Modele):
    """One change of the due date, and why."""

    ancienne: Jour = Field(title="Ancienne échéance", description="Échéance abandonnée.")
    nouvelle: Jour = Field(title="Nouvelle échéance", description="Échéance retenue.")
    motif: Texte = Field(title="Motif", description="Raison du report.")


class Avancement(Modele):
    """A dated note on progress."""

    date: Jour = Field(title="Date", description="Jour de la note.")
    texte: Texte = Field(title="Texte", description="Ce qui est fait, ce qui reste.")
    pourcentage: Taux | None = Field(default=None, title="Pourcentage", description="Part faite, de 0 à 100.")


class Cloture(Modele):
    """The end of an action."""

    date: Jour = Field(title="Date", description="Jour de la clôture.")
    bilan: Texte | None = Field(default=None, title="Bilan", description="Ce qui a été obtenu.")


class Efficacite(Modele):
    """Whether a closed action had the effect wanted, judged some months later."""

    date: Jour = Field(title="Date", description="Jour de l’avis.")
    avis: Literal["efficace", "partielle", "inefficace"] = Field(
        title="Avis", description="efficace, partielle ou inefficace.", examples=["efficace"]
    )
    motif: Texte | None = Field(default=None, title="Motif", description="Sur quoi l’avis se fonde.")


class Recurrence(Modele):
    """An action that comes back: every so many months, or at each event."""

    mois: Entier | None = Field(default=None, title="Mois", description="Nombre de mois entre deux échéances.", examples=["3"])
    evenement: Texte | None = Field(
        default=None, title="Événement", description="Événement qui la déclenche.", examples=["changement de dirigeant"]
    )


class Action(Record):
    """An improvement action: decided by a conseil or born elsewhere, with a responsible function, a due date and an outcome."""

    collection: ClassVar[str] = "actions"
    singulier: ClassVar[str] = "une action"
    motif_id: ClassVar[str] = r"A-\d{4}-\d{3,}"
    exemple_id: ClassVar[str] = "A-2026-014"
    visibilite_par_defaut: ClassVar[Visibilite] = Visibilite.AUDITEUR
    non_diffuse: ClassVar[str] = "une action non diffusée"

    intitule: Texte = Field(
        title="Intitulé", description="Ce qu’il faut faire, verbe d’abord.", examples=["Réviser la grille d’évaluation du bloc 3"]
    )
    nature: Nature = Field(
        title="Nature",
        description="referentiel, evaluation, formation, partenariat, communication ou organisation.",
        examples=["evaluation"],
    )
    description: TexteLong | None = Field(default=None, title="Description", description="Détail, s’il en faut.")
    date: Jour = Field(title="Date", description="Jour où l’action est ouverte.", examples=["2026-01-15"])
    origine: Origine = Field(
        default=Origine(),
        title="Origine",
        description="Une seule clé : decision, exigence, reclamation, veille, recommandation, audit ou autre.",
    )
    certifications: tuple[LienCertification, ...] = Field(
        default=(),
        title="Certifications",
        description="Certifications concernées ; sans cette clé, tout l’organisme.",
        examples=["RNCP12345"],
    )
    responsable: Texte | None = Field(
        default=None, title="Responsable", description="Fonction responsable.", examples=["responsable des épreuves"]
    )
    echeance: Jour | None = Field(
        default=None, title="Échéance", description="Date limite en cours, reports compris.", examples=["2026-09-30"]
    )
    reports: tuple[Report, ...] = Field(default=(), title="Reports", description="Reports d’échéance, du plus ancien au plus récent.")
    statut: StatutAction = Field(
        default=StatutAction.PLANIFIEE,
        title="Statut",
        description="planifiee, en_cours, close ou abandonnee ; le retard se calcule.",
        examples=["en_cours"],
    )
    priorite: Literal["haute", "normale", "basse"] = Field(
        default="normale", title="Priorité", description="haute, normale ou basse.", examples=["normale"]
    )
    critere: Texte | None = Field(default=None, title="Critère", description="À quoi l’on verra que l’action a réussi.")
    avancement: tuple[Avancement, ...] = Field(
        default=(), title="Avancement", description="Notes datées, de la plus ancienne à la plus récente."
    )
    preuves: tuple[LienPreuve, ...] = Field(default=(), title="Preuves", description="Preuves de réalisation.")
    cloture: Cloture | None = Field(default=None, title="Clôture", description="Fin de l’action, avec son bilan.")
    efficacite: Efficacite | None = Field(default=None, title="Efficacité", description="Avis donné quelques mois après la clôture.")
    recurrence: Recurrence | None = Field(default=None, title="Récurrence", description="Retour périodique ou à chaque événement.")
    notes: Annotated[TexteLong | None, Reserve(Visibilite.INTERNE)] = Field(
        default=None, title="Notes internes", description="Notes de travail ; ne quittent jamais un site interne."
    )

    @model_validator(mode="after")
    def _tells_one_story(self) -> Self:
        refuse(self._incoherences())
        return self

    def _incoherences(self) -> Iterator[Incoherence]:
        """Yield a closure on an action said open, and a postponement that leads to another date than the current one."""
        if self.cloture and self.is_open():
            yield "cloture_ouverte", {"valeur": self.statut.value, "champ": "cloture"}
        if self.reports and self.reports[-1].nouvelle != self.echeance:
            yield "dernier_report", {"valeur": self.reports[-1].nouvelle.isoformat(), "champ": "echeance"}

    def depends_on(self) -> tuple[tuple[str, str], ...]:
        """Follow its certifications: an action on hidden certifications only is hidden."""
        return tuple(("certifications", numero) for numero in self.certifications)

    def first_due(self) -> Jour | None:
        """Return the due date as it was first decided, before any postponement."""
        return self.reports[0].ancienne if self.reports else self.echeance

    def is_open(self) -> bool:
        """Tell whether something is still to be done."""
        return self.statut in (StatutAction.PLANIFIEE, StatutAction.EN_COURS)

    def is_late(self, today: Jour) -> bool:
        """Tell whether the due date is past and the action still open; its last day is still in time."""
        return self.is_open() and self.echeance is not None and self.echeance < today

    def was_open(self, day: Jour) -> bool:
        """Tell whether the action was opened before `day` and neither closed nor given up by then; one that ended without a date was not open."""
        return self.date < day and (self.is_open() or (self.cloture is not None and self.cloture.date > day))
