"""A watch entry: what changes outside, from when, for whom, and what the organisation makes of it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from macros.models.base import (
    Certitude,
    Cle,
    Force,
    Jour,
    Lien,
    LienAction,
    LienCertification,
    LienConseil,
    LienDecision,
    LienExigence,
    LienVeille,
    Modele,
    OuiNon,
    Record,
    Repertoire,
    Reserve,
    Texte,
    TexteLong,
    Visibilite,
)
from macros.models.certification import TypeEnregistrement
from macros.models.exigence import SourceTexte

if TYPE_CHECKING:
    from collections.abc import Collection

    from macros.models.certification import Certification


class TypeVeille(StrEnum):
    """What is watched: texts, the occupation, techniques, the sector."""

    REGLEMENTAIRE = "reglementaire"
    METIER = "metier"
    TECHNIQUE = "technique"
    SECTORIELLE = "sectorielle"


class Impact(StrEnum):
    """What an analysis concludes."""

    AUCUN = "aucun"
    A_SUIVRE = "a_suivre"
    A_TRAITER = "a_traiter"


class EntreeEnVigueur(Modele):
    """One date of effect: a text may have several."""

    date: Jour = Field(title="Date", description="Premier jour d’application.", examples=["2025-10-01"])
    objet: Texte = Field(title="Objet", description="Ce qui s’applique à partir de ce jour.", examples=["nouveaux critères"])


class Portee(Modele):
    """Whom an entry is about. Each key written narrows it; without any, every certification."""

    certifications: tuple[LienCertification, ...] = Field(
        default=(), title="Certifications", description="Seulement ces certifications.", examples=["RNCP12345"]
    )
    domaines: tuple[Annotated[Cle, Lien("domaines")], ...] = Field(
        default=(), title="Domaines", description="Seulement les certifications de ces domaines d’organisme.yml."
    )
    repertoires: tuple[Repertoire, ...] = Field(
        default=(), title="Répertoires", description="Seulement les certifications de ces répertoires."
    )
    types_enregistrement: tuple[TypeEnregistrement, ...] = Field(
        default=(), title="Types d’enregistrement", description="Seulement les certifications enregistrées ainsi."
    )

    accompagnement: OuiNon | None = Field(
        default=None,
        title="Accompagnement",
        description="oui : seulement les certifications d’accompagnement ; non : seulement les autres.",
        examples=["oui"],
    )

    def includes(self, certification: Certification, lignee: Collection[str]) -> bool:
        """Tell whether a certification is concerned; `lignee` is its number and those of its former fiches."""
        return (
            (not self.certifications or not set(self.certifications).isdisjoint(lignee))
            and (not self.domaines or certification.domaine in self.domaines)
            and (not self.repertoires or certification.repertoire in self.repertoires)
            and (not self.types_enregistrement or certification.type_enregistrement in self.types_enregistrement)
            and self.accompagnement in (None, certification.accompagnement)
        )


class Analyse(Modele):
    """What the organisation understood of an entry, and whether something follows."""

    date: Jour = Field(title="Date", description="Jour de l’analyse.")
    fonction: Texte = Field(title="Fonction", description="Fonction qui l’a faite.", examples=["chargé de veille"])
    impact: Impact = Field(
        title="Impact", description="aucun (rien à faire), a_suivre ou a_traiter (une décision est attendue).", examples=["a_traiter"]
    )
    texte: TexteLong = Field(title="Texte", description="Ce que cela change ici, en quelques phrases.")


class Suite(Modele):
    """What was decided after the analysis."""

    date: Jour = Field(title="Date", description="Jour de la décision.")
    texte: Texte = Field(title="Texte", description="Ce qui est décidé, en une phrase.")
    decision: LienDecision | None = Field(
        default=None, title="Décision du conseil", description="Décision d’un conseil, si elle vient de là.", examples=["CP-2025-12-NUM.D3"]
    )


class Veille(Record):
    """An entry of the watch log: a text, a doctrine, a change of the occupation, with its dates of effect and its follow-up."""

    collection: ClassVar[str] = "veille"
    singulier: ClassVar[str] = "une entrée de veille"
    motif_id: ClassVar[str] = r"V-\d{4}-\d{3,}"
    exemple_id: ClassVar[str] = "V-2026-012"
    visibilite_par_defaut: ClassVar[Visibilite] = Visibilite.PUBLIC
    non_diffuse: ClassVar[str] = "une entrée de veille non diffusée"

    titre: Texte = Field(
        title="Titre", description="De quoi il s’agit, en une ligne.", examples=["Décret du 6 juin 2025 : nouveaux critères"]
    )
    type: TypeVeille = Field(title="Type", description="reglementaire, metier, technique ou sectorielle.", examples=["reglementaire"])
    date: Jour = Field(title="Date", description="Jour de publication de l’information.", examples=["2025-06-08"])
    date_approchee: OuiNon | None = Field(
        default=None,
        title="Date approchée",
        description="oui si le jour de publication n’est pas connu : la date écrite est alors un repère, et les pages le disent.",
        examples=["oui"],
    )
    relevee_le: Jour | None = Field(
        default=None,
        title="Relevée le",
        description="Jour où l’organisme l’a relevée ; la date de publication par défaut. Le délai d’analyse part de là.",
    )
    force: Force | None = Field(
        default=None,
        title="Force",
        description="loi, reglement, doctrine ou usage. Sans cette clé, une information qui ne pose pas de règle.",
        examples=["reglement"],
    )
    reference: Texte | None = Field(
        default=None, title="Référence", description="Texte, article, numéro NOR.", examples=["Décret n° 2025-500 du 6 juin 2025"]
    )
    certitude: Certitude = Field(
        title="Certitude", description="texte_vu, deux_sources, une_source ou a_confirmer.", examples=["deux_sources"]
    )
    a_confirmer: tuple[Texte, ...] = Field(
        default=(), title="À confirmer", description="Points précis à confirmer sur Légifrance, un par ligne."
    )
    verifiee_le: Jour | None = Field(default=None, title="Vérifiée le", description="Jour de la dernière lecture des sources.")
    sources: tuple[SourceTexte, ...] = Field(default=(), title="Sources", description="Adresses où l’information a été lue.")
    resume: TexteLong = Field(title="Résumé", description="Ce qui change, en quelques phrases simples.")
    entrees_en_vigueur: tuple[EntreeEnVigueur, ...] = Field(
        default=(), title="Entrées en vigueur", description="Dates d’effet ; un même texte peut en avoir plusieurs."
    )
    fin: Jour | None = Field(
        default=None, title="Fin", description="Dernier jour où cela s’applique, une fois connu ; plus rien n’est alors à suivre."
    )
    remplacee_par: LienVeille | None = Field(default=None, title="Remplacée par", description="Entrée qui prend la suite.")
    portee: Portee = Field(default=Portee(), title="Portée", description="Qui est concerné ; sans cette clé, toutes les certifications.")
    exigences: tuple[LienExigence, ...] = Field(default=(), title="Exigences", description="Exigences qui en découlent.")
    analyse: Annotated[Analyse | None, Reserve(Visibilite.AUDITEUR)] = Field(
        default=None, title="Analyse", description="Ce que l’organisme en conclut."
    )
    decision: Annotated[Suite | None, Reserve(Visibilite.AUDITEUR)] = Field(
        default=None, title="Décision", description="Ce qui a été décidé."
    )
    actions: Annotated[tuple[LienAction, ...], Reserve(Visibilite.AUDITEUR)] = Field(
        default=(), title="Actions", description="Actions qui y répondent ; celles qui la citent comme origine s’ajoutent d’elles-mêmes."
    )
    conseils: Annotated[tuple[LienConseil, ...], Reserve(Visibilite.AUDITEUR)] = Field(
        default=(),
        title="Conseils",
        description="Conseils où elle a été abordée ; ceux dont l’ordre du jour la cite s’ajoutent d’eux-mêmes.",
    )
    flux: Annotated[Texte | None, Reserve(Visibilite.INTERNE)] = Field(
        default=None, title="Flux", description="Identifiant dans le flux d’où elle vient, écrit par portail importer-veille."
    )
    notes: Annotated[TexteLong | None, Reserve(Visibilite.INTERNE)] = Field(
        default=None, title="Notes internes", description="Notes de travail ; ne quittent jamais un site interne."
    )

    def depends_on(self) -> tuple[tuple[str, str], ...]:
        """Follow the certifications it names: an entry on hidden certifications only is hidden."""
        return tuple(("certifications", numero) for numero in self.portee.certifications)

    def noticed_on(self) -> Jour:
        """Return the day the organisation learned of it: the delay of analysis starts there."""
        return self.relevee_le or self.date

    def is_doubtful(self) -> bool:
        """Tell whether something of it is to be confirmed on the official text."""
        return self.certitude is Certitude.A_CONFIRMER or bool(self.a_confirmer)

    def was_old(self, days: int) -> bool:
        """Tell whether it was published, and its known effects reached, more than `days` before it was noticed: the stock a log starts with."""
        known = self.noticed_on()
        return (known - max((self.date, *(e.date for e in self.entrees_en_vigueur if e.date <= known)))).days > days

    def is_dated(self) -> bool:
        """Tell whether its date is the day of publication, and not a mark put in its place."""
        return self.date_approchee is not OuiNon.OUI

    def is_answered(self, *, acted: bool) -> bool:
        """Tell whether something was made of it: a decision, an analysis that finds nothing to do or, when `acted`, an action elsewhere."""
        harmless = self.analyse is not None and self.analyse.impact is Impact.AUCUN
        return harmless or self.decision is not None or bool(self.actions) or acted

    def is_over(self, today: Jour) -> bool:
        """Tell whether it no longer applies: nothing is left to analyse, to answer nor to verify."""
        return self.fin is not None and self.fin < today

    def next_effect(self, today: Jour) -> EntreeEnVigueur | None:
        """Return the first date of effect still to come."""
        return min((e for e in self.entrees_en_vigueur if e.date > today), key=lambda e: e.date, default=None)

    def last_effect(self, today: Jour) -> EntreeEnVigueur | None:
        """Return the latest date of effect already reached; its first day counts."""
        return max((e for e in self.entrees_en_vigueur if e.date <= today), key=lambda e: e.date, default=None)


class ElementEcarte(Modele):
    """One element of a feed that somebody chose not to keep."""

    flux: Texte = Field(title="Flux", description="Identifiant de l’élément dans son flux.")
    titre: Texte = Field(title="Titre", description="Titre de l’élément.")
    date: Jour = Field(title="Date", description="Jour où il a été écarté.")


class VeilleEcartee(Record):
    """Elements of feeds set aside once, never proposed again (`portail importer-veille`)."""

    collection: ClassVar[str] = "veille_ecartee"
    singulier: ClassVar[str] = "la veille écartée"
    motif_id: ClassVar[str] = r"veille_ecartee"
    exemple_id: ClassVar[str] = "veille_ecartee"
    visibilite_par_defaut: ClassVar[Visibilite] = Visibilite.INTERNE
    machine: ClassVar[bool] = True

    elements: tuple[ElementEcarte, ...] = Field(
        default=(), title="Éléments", description="Éléments de flux écartés ; effacez une ligne pour qu’elle soit proposée de nouveau."
    )
