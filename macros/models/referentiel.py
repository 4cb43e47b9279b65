"""What a certification says of its référentiel over time: training tables, evolutions, renewal file."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from macros.models.base import Cle, Entier, Jour, Lien, LienDecision, LienPreuve, Modele, Texte, TexteLong
from macros.models.origine import Origine

if TYPE_CHECKING:
    from datetime import date


class ModuleFormation(Modele):
    """A module of a training course and what it prepares for."""

    code: Texte = Field(title="Code", description="Repère court du module.", examples=["M1"])
    intitule: Texte = Field(title="Intitulé", description="Nom du module.")
    heures: Entier | None = Field(default=None, title="Heures", description="Durée en heures.")
    couvre: tuple[Texte, ...] = Field(
        default=(),
        title="Couvre",
        description="Codes des compétences ou des blocs préparés ; le code d’un bloc vaut pour toutes ses compétences.",
        examples=["C1.1"],
    )


class Epreuve(Modele):
    """A test of the certification and what it evaluates."""

    code: Texte = Field(title="Code", description="Repère court de l’épreuve.", examples=["E1"])
    intitule: Texte = Field(title="Intitulé", description="Nom de l’épreuve.")
    couvre: tuple[Texte, ...] = Field(
        default=(),
        title="Couvre",
        description="Codes des compétences ou des blocs évalués ; le code d’un bloc vaut pour toutes ses compétences.",
        examples=["RNCP12345BC01"],
    )


class TableFormation(Modele):
    """A training course, own or a partner's, set against the certification: modules ↔ blocs or compétences ↔ épreuves."""

    formation: Texte = Field(title="Formation", description="Nom de la formation.", examples=["Parcours en douze mois"])
    organisme: Annotated[Texte, Lien("partenaires", libre=True)] | None = Field(
        default=None,
        title="Organisme",
        description="SIRET du partenaire, lié à sa fiche s’il en a une, ou son nom ; absent si la formation est celle du certificateur.",
        examples=["12345678900012"],
    )
    date: Jour | None = Field(default=None, title="Date", description="Date de la table.", examples=["2025-11-28"])
    version: Texte | None = Field(
        default=None,
        title="Version",
        description="Version du référentiel avec laquelle la table est établie, telle qu’écrite dans ses évolutions.",
        examples=["2.1"],
    )
    relue_le: Jour | None = Field(
        default=None, title="Relue le", description="Jour où la table a été relue sans changement, après une évolution du référentiel."
    )
    blocs: tuple[Texte, ...] = Field(
        default=(),
        title="Blocs",
        description="Codes des blocs ou des compétences que la formation prépare ; absents si elle prépare toute la certification.",
        examples=["RNCP12345BC01"],
    )
    modules: tuple[ModuleFormation, ...] = Field(default=(), title="Modules", description="Modules de la formation.")
    epreuves: tuple[Epreuve, ...] = Field(default=(), title="Épreuves", description="Épreuves de la certification.")
    preuves: tuple[LienPreuve, ...] = Field(
        default=(), title="Preuves", description="Documents d’où vient la table : programme, table signée du partenaire."
    )

    def hours(self) -> int:
        """Return the hours of the modules that state them."""
        return sum(module.heures or 0 for module in self.modules)

    def last_read(self) -> Jour | None:
        """Return the last day when somebody looked at the table."""
        return max((day for day in (self.date, self.relue_le) if day is not None), default=None)


class NatureEvolution(StrEnum):
    """What a change of the référentiel touches."""

    ACTIVITES = "activites"
    COMPETENCES = "competences"
    EVALUATION = "evaluation"
    BLOCS = "blocs"
    VOIES = "voies"
    AUTRE = "autre"


class Evolution(Modele):
    """One dated change of the référentiel: what, why, and which decision made it."""

    date: Jour = Field(title="Date", description="Date d’effet de l’évolution.")
    version: Texte = Field(title="Version", description="Version du référentiel après l’évolution.", examples=["2.1"])
    nature: NatureEvolution = Field(title="Nature", description="Partie du référentiel qui change.")
    blocs: tuple[Texte, ...] = Field(default=(), title="Blocs", description="Codes des blocs ou des compétences touchés.")
    avant: TexteLong | None = Field(default=None, title="Avant", description="Texte remplacé.")
    apres: TexteLong | None = Field(default=None, title="Après", description="Texte nouveau.")
    motif: Texte = Field(title="Motif", description="Raison de l’évolution.")
    origine: Origine | None = Field(
        default=None,
        title="Origine",
        description="D’où vient le besoin : une veille, une réclamation, un audit… ; decision dit qui a adopté l’évolution.",
    )
    decision: LienDecision | None = Field(
        default=None, title="Décision", description="Décision du conseil qui adopte l’évolution.", examples=["CP-2025-12-NUM.D3"]
    )

    def version_parts(self) -> tuple[int, ...] | None:
        """Return the numbers of a version, `(2, 1)` for `2.1`; None when it is not made of numbers."""
        parts = self.version.removeprefix("v").removeprefix("V").split(".")
        return tuple(map(int, parts)) if all(part.isascii() and part.isdigit() for part in parts) else None


class PieceRenouvellement(Modele):
    """A document of the renewal file and the evidence that makes it."""

    piece: Texte = Field(title="Pièce", description="Nom de la pièce attendue.", examples=["Note d’opportunité"])
    usuelle: Cle | None = Field(
        default=None,
        title="Pièce usuelle",
        description="Identifiant de la pièce usuelle que celle-ci constitue, si son nom diffère.",
        examples=["note_opportunite"],
    )
    preuves: tuple[LienPreuve, ...] = Field(default=(), title="Preuves", description="Preuves qui constituent la pièce.")


class Renouvellement(Modele):
    """The next application: constant perimeter, substantial change or none at all, aimed date, documents."""

    scenario: Literal["perimetre_constant", "changement_substantiel", "sans_suite"] = Field(
        title="Scénario",
        description="perimetre_constant, changement_substantiel, ou sans_suite : la certification ne sera pas redéposée.",
    )
    depot_vise: Jour | None = Field(default=None, title="Dépôt visé", description="Date à laquelle l’organisme veut déposer.")
    depose_le: Jour | None = Field(default=None, title="Déposé le", description="Date du dépôt effectif, une fois fait.")
    pieces: tuple[PieceRenouvellement, ...] = Field(default=(), title="Pièces", description="Pièces du dossier et leurs preuves.")

    def is_filed(self, today: date) -> bool:
        """Tell whether the application was filed on or before `today`."""
        return self.depose_le is not None and self.depose_le <= today

    def is_abandoned(self) -> bool:
        """Tell whether the organisation decided not to file again."""
        return self.scenario == "sans_suite"
