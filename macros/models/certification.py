"""A certification registered at the RNCP or the RS, as its owner keeps it."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from macros.french import add_months
from macros.models.base import (
    Adresse,
    Cle,
    Entier,
    Jour,
    Lien,
    LienFiche,
    Modele,
    NumeroFiche,
    OuiNon,
    Record,
    Repertoire,
    Reserve,
    Texte,
    TexteLong,
    Visibilite,
)
from macros.models.fiche import Bloc, Certificateur, Code, Correspondance, VoieAcces
from macros.models.parametres import ParametrePropre
from macros.models.referentiel import Evolution, Renouvellement, TableFormation

if TYPE_CHECKING:
    from datetime import date

LienFicheExtrait = Annotated[NumeroFiche, Lien("extraits")]


_ITEM = re.compile(r"^\s*(?:[-*]|\d+[.)])\s+\S", re.MULTILINE)


class TypeEnregistrement(StrEnum):
    """De droit (no decision, no duration, no renewal file) or sur demande."""

    DE_DROIT = "de_droit"
    SUR_DEMANDE = "sur_demande"


class Codes(Modele):
    """Every nomenclature code of a certification."""

    abrege: Code | None = Field(default=None, title="Abrégé", description="Abréviation du type de diplôme ou de titre.")
    formacodes: tuple[Code, ...] = Field(default=(), title="Formacodes", description="Codes du thésaurus Formacode.")
    nsf: tuple[Code, ...] = Field(default=(), title="NSF", description="Codes de la nomenclature des spécialités de formation.")
    rome: tuple[Code, ...] = Field(default=(), title="ROME", description="Codes des métiers visés ; RNCP seulement.")


class DelaiPropre(Modele):
    """A figure that departs from the organisation's parameters, and why."""

    mois: Entier = Field(title="Mois", description="Nombre de mois qui remplace le paramètre de l’organisme.", examples=["18"])
    motif: Texte = Field(
        title="Motif",
        description="Pourquoi cette certification s’écarte du paramètre commun.",
        examples=["Une seule session par an, en juin."],
    )


class SourceFC(Modele):
    """Which France compétences extract this record was made from, and its day."""

    extrait: LienFicheExtrait = Field(title="Extrait", description="Numéro de l’extrait dans data/extraits/.")
    date: Jour = Field(title="Date", description="Date de l’extrait.")


class Certification(Record):
    """A certification professionnelle: a title registered at the RNCP (a trade) or the RS (complementary skills)."""

    collection: ClassVar[str] = "certifications"
    singulier: ClassVar[str] = "une certification"
    motif_id: ClassVar[str] = r"(RNCP|RS)\d{1,6}"
    exemple_id: ClassVar[str] = "RNCP12345"
    visibilite_par_defaut: ClassVar[Visibilite] = Visibilite.PUBLIC
    non_diffuse: ClassVar[str] = "une certification non diffusée"

    numero: NumeroFiche = Field(title="Numéro", description="Numéro de la fiche ; c’est aussi le nom du fichier.", examples=["RNCP12345"])
    intitule: Texte = Field(title="Intitulé", description="Intitulé officiel.", examples=["Responsable de projets numériques"])
    repertoire: Repertoire = Field(title="Répertoire", description="RNCP (métiers) ou RS (compétences complémentaires).", examples=["RNCP"])
    niveau: Annotated[Entier, Field(ge=3, le=8)] | None = Field(
        default=None, title="Niveau", description="Niveau de 3 à 8 ; RNCP seulement.", examples=["6"]
    )
    codes: Codes = Field(default=Codes(), title="Codes", description="Codes des nomenclatures.")
    type_enregistrement: TypeEnregistrement = Field(
        title="Type d’enregistrement",
        description="de_droit (ministères, enseignement supérieur…) ou sur_demande.",
        examples=["sur_demande"],
    )
    date_decision: Jour | None = Field(
        default=None,
        title="Décision d’enregistrement",
        description="Date de la décision ; absente pour un enregistrement de droit.",
        examples=["2024-06-30"],
    )
    date_publication: Jour | None = Field(
        default=None, title="Publication", description="Date de publication de la fiche ou du texte.", examples=["2024-07-02"]
    )
    duree_enregistrement: Entier | None = Field(
        default=None,
        title="Durée d’enregistrement",
        description="Durée en années ; absente pour un enregistrement de droit.",
        examples=["3"],
    )
    enregistrement_court: Literal["metier_emergent", "promotion_unique"] | None = Field(
        default=None,
        title="Enregistrement court",
        description="Cas où la durée est de trois ans au plus : metier_emergent ou promotion_unique (premier dossier à une seule promotion).",
        examples=["promotion_unique"],
    )
    date_fin_enregistrement: Jour | None = Field(
        default=None,
        title="Fin d’enregistrement",
        description="Dernier jour de l’enregistrement ; plus d’entrée ensuite.",
        examples=["2027-06-30"],
    )
    date_limite_delivrance: Jour | None = Field(
        default=None,
        title="Limite de délivrance",
        description="Dernier jour pour délivrer la certification ; plus tardif que la fin d’enregistrement.",
        examples=["2031-06-30"],
    )
    etat_fiche: Texte | None = Field(
        default=None,
        title="État de la fiche",
        description="État publié par France compétences, indépendant de la clé actif.",
        examples=["Publiée"],
    )
    actif: OuiNon | None = Field(default=None, title="Active", description="oui si l’enregistrement est en cours.", examples=["oui"])
    anciennes_fiches: tuple[LienFiche, ...] = Field(
        default=(),
        title="Anciennes fiches",
        description="Numéros des fiches que celle-ci remplace ; elles n’ont pas besoin d’un fichier ici.",
        examples=["RNCP12300"],
    )
    nouvelles_fiches: tuple[LienFiche, ...] = Field(
        default=(), title="Nouvelles fiches", description="Numéros des fiches qui remplacent celle-ci.", examples=["RNCP12400"]
    )
    domaine: Annotated[Cle, Lien("domaines")] | None = Field(
        default=None, title="Domaine", description="Identifiant d’un domaine d’organisme.yml.", examples=["numerique"]
    )
    accompagnement: OuiNon = Field(
        default=OuiNon.NON,
        title="Accompagnement",
        description="oui si la certification porte sur le conseil, l’orientation ou l’accompagnement (recommandations CEP R1 à R4).",
        examples=["non"],
    )
    certificateurs: tuple[Certificateur, ...] = Field(
        default=(), title="Certificateurs", description="Organismes propriétaires de la certification."
    )
    objectifs: TexteLong | None = Field(default=None, title="Objectifs et contexte", description="À quoi répond la certification.")
    activites: TexteLong | None = Field(default=None, title="Activités visées", description="Activités exercées par les titulaires ; RNCP.")
    competences: TexteLong | None = Field(
        default=None, title="Compétences attestées", description="Compétences que la certification atteste."
    )
    secteurs: TexteLong | None = Field(default=None, title="Secteurs d’activité", description="Secteurs et types d’entreprises.")
    debouches: TexteLong | None = Field(default=None, title="Débouchés", description="Types d’emplois accessibles.")
    reglementations: TexteLong | None = Field(default=None, title="Réglementations", description="Textes qui encadrent l’activité.")
    prerequis: TexteLong | None = Field(default=None, title="Prérequis", description="Conditions d’entrée en formation ou de présentation.")
    voies: tuple[VoieAcces, ...] = Field(default=(), title="Voies d’accès et jurys", description="Voies ouvertes et composition des jurys.")
    blocs: tuple[Bloc, ...] = Field(default=(), title="Blocs de compétences", description="Blocs de la certification ; RNCP.")
    correspondances: tuple[Correspondance, ...] = Field(
        default=(), title="Correspondances", description="Équivalences avec d’autres fiches."
    )
    referentiel: Adresse | None = Field(
        default=None, title="Référentiel", description="Adresse publique du référentiel.", examples=["https://www.exemple.fr/referentiel"]
    )
    tables_formation: Annotated[tuple[TableFormation, ...], Reserve(Visibilite.AUDITEUR)] = Field(
        default=(), title="Tables de formation", description="Par formation : modules, blocs ou compétences, épreuves."
    )
    evolutions: Annotated[tuple[Evolution, ...], Reserve(Visibilite.AUDITEUR)] = Field(
        default=(), title="Évolutions", description="Changements datés du référentiel."
    )
    renouvellement: Annotated[Renouvellement | None, Reserve(Visibilite.AUDITEUR)] = Field(
        default=None, title="Renouvellement", description="Préparation du prochain dossier."
    )
    cadence_cp: Annotated[DelaiPropre | None, Reserve(Visibilite.AUDITEUR)] = Field(
        default=None, title="Cadence du conseil", description="Cadence propre à cette certification, avec son motif."
    )
    premier_cp: Annotated[DelaiPropre | None, Reserve(Visibilite.AUDITEUR)] = Field(
        default=None, title="Premier conseil", description="Délai propre du premier conseil, avec son motif."
    )
    parametres_propres: Annotated[tuple[ParametrePropre, ...], Reserve(Visibilite.AUDITEUR)] = Field(
        default=(), title="Paramètres propres", description="Autres paramètres remplacés pour cette certification, chacun avec son motif."
    )
    suivi_depuis: Annotated[Jour | None, Reserve(Visibilite.AUDITEUR)] = Field(
        default=None,
        title="Suivi depuis",
        description="Une échéance passée avant cette date ne donne pas de constat sur cette certification ; remplace la date de l’organisme. Ce qui est à venir compte toujours.",
    )
    notes: Annotated[TexteLong | None, Reserve(Visibilite.INTERNE)] = Field(
        default=None, title="Notes internes", description="Notes de travail ; ne quittent jamais un site interne."
    )
    source_fc: SourceFC | None = Field(default=None, title="Source", description="Extrait de France compétences dont vient cette fiche.")

    def is_on_request(self) -> bool:
        """Tell whether decisions, durations and renewal apply (sur demande)."""
        return self.type_enregistrement is TypeEnregistrement.SUR_DEMANDE

    def is_expired(self, today: date) -> bool:
        """Tell whether registration ended before `today`; its last day still counts as registered."""
        return self.date_fin_enregistrement is not None and self.date_fin_enregistrement < today

    def is_closed(self, today: date) -> bool:
        """Tell whether nothing is left to follow: another fiche replaces this one, or its last day of delivery is past."""
        last = self.date_limite_delivrance
        return bool(self.nouvelles_fiches) or (last is not None and last < today)

    def awaits_renewal(self, today: date) -> bool:
        """Tell whether a new application is still to be made: on request, running, neither replaced, filed nor abandoned."""
        plan = self.renouvellement
        settled = plan is not None and (plan.is_filed(today) or plan.is_abandoned())
        running = self.date_fin_enregistrement is not None and not self.is_expired(today)
        return self.is_on_request() and running and not self.nouvelles_fiches and not settled

    def prepares_renewal(self, today: date, months_before: int) -> bool:
        """Tell whether an awaited application is to be prepared: the end is `months_before` months away or nearer."""
        step = self.renewal_step(months_before)
        return self.awaits_renewal(today) and step is not None and step <= today

    def renewal_step(self, months_before: int) -> date | None:
        """Return the day that falls `months_before` months before the end of registration."""
        if self.date_fin_enregistrement is None:
            return None
        return add_months(self.date_fin_enregistrement, -months_before)

    def competences_by_place(self) -> tuple[int, int]:
        """Return how many competences are listed one by one in the record, and in its blocs, which detail them."""
        return _items(self.competences), sum(_items(bloc.competences) for bloc in self.blocs)

    def stated_competences(self) -> int:
        """Return how many competences are listed one by one, in the record or in its blocs."""
        return sum(self.competences_by_place())

    def official_url(self) -> str:
        """Return the public address of the fiche at France compétences."""
        return official_url(self.numero)


def _items(text: str | None) -> int:
    return len(_ITEM.findall(text)) if text else 0


def official_url(numero: str) -> str:
    """Return the public address of fiche `numero`: `…/recherche/rncp/12345/`."""
    repertoire = "rncp" if numero.startswith("RNCP") else "rs"
    return f"https://www.francecompetences.fr/recherche/{repertoire}/{numero.removeprefix(repertoire.upper())}/"
