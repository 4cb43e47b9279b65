"""The fiche exactly as France compétences publishes it. Written by `portail importer`, never by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field

from macros.models.base import Entier, Jour, LienFiche, Modele, NumeroFiche, OuiNon, Record, Texte, TexteLong, Visibilite
from macros.models.fiche import Bloc, Certificateur, Code, Correspondance, PartenaireFiche, Publication, Statistique, VoieAcces

if TYPE_CHECKING:
    from datetime import date


class SourceExtrait(Modele):
    """Where and when the extract was taken; required by the Licence Ouverte 2.0."""

    jeu: Texte = Field(
        default="France compétences, Répertoire national des certifications professionnelles et répertoire spécifique, data.gouv.fr, Licence Ouverte 2.0",
        title="Jeu de données",
        description="Mention de la source.",
    )
    fichier: Texte = Field(title="Fichier", description="Nom du fichier lu.")
    version_flux: Texte = Field(title="Version du flux", description="Version du format publié.", examples=["4.1"])
    date: Jour = Field(title="Date de l’extrait", description="Date à laquelle l’extrait a été publié ou téléchargé.")


class Extrait(Record):
    """A France compétences extract: the official fiche at a given day, texts untouched."""

    collection: ClassVar[str] = "extraits"
    singulier: ClassVar[str] = "un extrait"
    motif_id: ClassVar[str] = r"(RNCP|RS)\d{1,6}"
    exemple_id: ClassVar[str] = "RNCP12345"
    visibilite_par_defaut: ClassVar[Visibilite] = Visibilite.PUBLIC
    machine: ClassVar[bool] = True
    non_diffuse: ClassVar[str] = "un extrait non diffusé"

    numero: NumeroFiche = Field(title="Numéro", description="Numéro de la fiche.")
    source: SourceExtrait = Field(title="Source", description="Fichier et date de l’extrait.")
    id_fiche: Texte | None = Field(default=None, title="Identifiant interne", description="Identifiant technique de France compétences.")
    intitule: Texte = Field(title="Intitulé", description="Intitulé publié.")
    abrege: Code | None = Field(default=None, title="Abrégé", description="Abréviation du type de diplôme.")
    etat_fiche: Texte | None = Field(default=None, title="État de la fiche", description="État publié, indépendant de la clé actif.")
    actif: OuiNon | None = Field(default=None, title="Active", description="oui si l’enregistrement est en cours.")
    type_enregistrement: Literal["de_droit", "sur_demande"] | None = Field(
        default=None, title="Type d’enregistrement", description="de_droit ou sur_demande."
    )
    niveau: Entier | None = Field(default=None, title="Niveau", description="Niveau du cadre national, de 3 à 8 ; absent au RS.")
    formacodes: tuple[Code, ...] = Field(default=(), title="Formacodes", description="Codes du thésaurus Formacode.")
    codes_nsf: tuple[Code, ...] = Field(default=(), title="Codes NSF", description="Nomenclature des spécialités de formation.")
    codes_rome: tuple[Code, ...] = Field(default=(), title="Codes ROME", description="Répertoire opérationnel des métiers ; absent au RS.")
    certificateurs: tuple[Certificateur, ...] = Field(default=(), title="Certificateurs", description="Certificateurs publiés.")
    existence_partenaires: OuiNon | None = Field(default=None, title="Partenaires", description="oui si la fiche annonce des partenaires.")
    partenaires: tuple[PartenaireFiche, ...] = Field(default=(), title="Liste des partenaires", description="Partenaires publiés.")
    date_decision: Jour | None = Field(default=None, title="Décision", description="Date de la décision d’enregistrement.")
    date_publication: Jour | None = Field(default=None, title="Publication", description="Date de publication (de droit).")
    date_effet: Jour | None = Field(default=None, title="Effet", description="Date d’effet.")
    date_dernier_jo: Jour | None = Field(default=None, title="Dernier JO", description="Date du dernier Journal officiel.")
    duree_enregistrement: Entier | None = Field(default=None, title="Durée", description="Durée d’enregistrement en années.")
    date_fin_enregistrement: Jour | None = Field(default=None, title="Fin d’enregistrement", description="Plus d’entrée ensuite.")
    date_limite_delivrance: Jour | None = Field(default=None, title="Limite de délivrance", description="Plus de délivrance ensuite.")
    anciennes_fiches: tuple[LienFiche, ...] = Field(default=(), title="Anciennes fiches", description="Numéros des fiches précédentes.")
    nouvelles_fiches: tuple[LienFiche, ...] = Field(default=(), title="Nouvelles fiches", description="Numéros des fiches suivantes.")
    objectifs_contexte: TexteLong | None = Field(default=None, title="Objectifs et contexte", description="Texte publié.")
    activites_visees: TexteLong | None = Field(default=None, title="Activités visées", description="Texte publié.")
    capacites_attestees: TexteLong | None = Field(default=None, title="Compétences attestées", description="Texte publié.")
    secteurs_activite: TexteLong | None = Field(default=None, title="Secteurs d’activité", description="Texte publié.")
    type_emploi_accessibles: TexteLong | None = Field(default=None, title="Emplois accessibles", description="Texte publié.")
    reglementations_activites: TexteLong | None = Field(default=None, title="Réglementations", description="Texte publié.")
    prerequis_entree_formation: TexteLong | None = Field(default=None, title="Prérequis d’entrée", description="Texte publié.")
    prerequis_validation: TexteLong | None = Field(default=None, title="Prérequis de validation", description="Texte publié.")
    niveau_maitrise_competences: TexteLong | None = Field(default=None, title="Niveau de maîtrise", description="Texte publié (RS).")
    validation_partielle: OuiNon | None = Field(
        default=None, title="Validation partielle", description="Au RS : la certification se valide-t-elle par parties ?"
    )
    voies: tuple[VoieAcces, ...] = Field(default=(), title="Voies d’accès", description="Voies et jurys publiés.")
    blocs: tuple[Bloc, ...] = Field(default=(), title="Blocs", description="Blocs publiés.")
    correspondances: tuple[Correspondance, ...] = Field(default=(), title="Correspondances", description="Équivalences publiées.")
    statistiques: tuple[Statistique, ...] = Field(default=(), title="Statistiques", description="Promotions publiées.")
    publications: tuple[Publication, ...] = Field(default=(), title="Publications", description="Textes du Journal officiel.")
    lien_url_description: Texte | None = Field(default=None, title="Adresse du référentiel", description="Adresse publiée.")
    accessible_nouvelle_caledonie: OuiNon | None = Field(
        default=None, title="Nouvelle-Calédonie", description="Accessible en Nouvelle-Calédonie."
    )
    accessible_polynesie_francaise: OuiNon | None = Field(
        default=None, title="Polynésie française", description="Accessible en Polynésie française."
    )
    autres: dict[str, str] = Field(
        default_factory=dict, title="Autres balises", description="Balises que le portail ne connaît pas encore, gardées telles quelles."
    )

    def tells_actif(self, end: date | None, today: date) -> bool:
        """Tell whether its `actif` still says something on `today`: not once a registration it saw running ended on `end`."""
        return end is None or today <= end or self.source.date > end

    def observed_years(self) -> tuple[int, ...]:
        """Return the years of the published promotions that tell an outcome, oldest first."""
        return tuple(sorted(statistique.annee for statistique in self.statistiques if statistique.has_outcome()))

    def depends_on(self) -> tuple[tuple[str, str], ...]:
        """Follow the certification of the same number."""
        return (("certifications", self.id),)
