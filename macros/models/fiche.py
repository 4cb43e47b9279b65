"""Parts shared by a certification and by the France compétences extract it comes from."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from macros.models.base import Annee, AvecLien, Entier, LienFiche, Modele, OuiNon, Siret, Taux, Texte, TexteLong


class Code(Modele):
    """A code of a national nomenclature (ROME, NSF, Formacode, abbreviation) and its label."""

    code: Texte = Field(title="Code", description="Code tel que publié.", examples=["M1802"])
    libelle: Texte | None = Field(
        default=None, title="Libellé", description="Libellé du code.", examples=["Expertise et support en systèmes d’information"]
    )


class Certificateur(Modele):
    """An organisation that owns the certification, alone or with others."""

    nom: Texte = Field(title="Nom", description="Dénomination du certificateur.", examples=["Institut Horizon Compétences"])
    siret: Siret | None = Field(
        default=None, title="SIRET", description="Quatorze chiffres, sans espace ; souvent absent des fiches.", examples=["12345678900012"]
    )
    etat: Texte | None = Field(default=None, title="État", description="État publié par France compétences.", examples=["Actif"])
    site: Texte | None = Field(
        default=None, title="Site", description="Adresse du site internet du certificateur.", examples=["https://www.exemple.fr"]
    )


class Voie(StrEnum):
    """The six access routes to a certification; values are the codes of the registers."""

    FI = "fi"
    CA = "ca"
    FC = "fc"
    CQ = "cq"
    CL = "cl"
    VAE = "vae"


class VoieAcces(Modele):
    """One access route, whether it is open, and the jury it sits before."""

    voie: Voie = Field(
        title="Voie",
        description="fi : formation initiale ; ca : apprentissage ; fc : formation continue ; cq : contrat de professionnalisation ; cl : candidature individuelle ; vae : validation des acquis.",
        examples=["vae"],
    )
    ouverte: OuiNon = Field(title="Ouverte", description="oui si la certification s’obtient par cette voie.", examples=["oui"])
    jury: TexteLong | None = Field(
        default=None,
        title="Jury",
        description="Composition du jury pour cette voie.",
        examples=["Trois professionnels du métier, extérieurs à l’organisme."],
    )


class Bloc(Modele):
    """A bloc de compétences: a homogeneous part of an RNCP certification, evaluated by itself. Codes are not unique between fiches."""

    code: Texte = Field(title="Code", description="Code du bloc tel que publié.", examples=["RNCP12345BC01"])
    intitule: Texte = Field(title="Intitulé", description="Nom du bloc.", examples=["Concevoir un service numérique"])
    competences: TexteLong | None = Field(
        default=None,
        title="Compétences",
        description="Liste des compétences du bloc.",
        examples=["- C1.1 Analyser le besoin\n- C1.2 Rédiger le cahier des charges"],
    )
    evaluation: TexteLong | None = Field(
        default=None,
        title="Évaluation",
        description="Modalités d’évaluation du bloc.",
        examples=["Mise en situation professionnelle, rapport écrit et soutenance."],
    )


class Correspondance(Modele):
    """An equivalence published by France compétences between blocs of two certifications."""

    blocs: tuple[Texte, ...] = Field(
        default=(), title="Blocs", description="Codes des blocs de cette certification.", examples=["RNCP12345BC01"]
    )
    fiche: LienFiche = Field(title="Fiche", description="Numéro de la fiche correspondante.", examples=["RNCP12346"])
    blocs_fiche: Annotated[tuple[Texte, ...], AvecLien("fiche")] = Field(
        default=(), title="Blocs de la fiche", description="Codes des blocs correspondants.", examples=["RNCP12346BC02"]
    )


class RoleHabilitation(StrEnum):
    """What a partner is entitled to do."""

    FORMER = "former"
    ORGANISER = "organiser"
    FORMER_ET_ORGANISER = "former_et_organiser"


class PartenaireFiche(Modele):
    """A partner as the register lists it."""

    nom: Texte = Field(title="Nom", description="Nom du partenaire.")
    siret: Siret | None = Field(default=None, title="SIRET", description="Quatorze chiffres.")
    role: RoleHabilitation | None = Field(default=None, title="Habilitation", description="former, organiser ou former_et_organiser.")
    etat: Texte | None = Field(default=None, title="État", description="Actif, Inactif ou Supprimé.")
    date_actif: Texte | None = Field(default=None, title="Actif depuis", description="Date publiée.")
    date_etat: Texte | None = Field(default=None, title="État depuis", description="Date de la dernière modification de l’état.")


class Statistique(Modele):
    """One published promotion. Rates are whole percentages; an absent rate is unknown, not zero."""

    annee: Annee = Field(title="Année", description="Année de la promotion.")
    certifies: Entier | None = Field(default=None, title="Certifiés", description="Nombre de personnes certifiées.")
    certifies_vae: Entier | None = Field(default=None, title="dont VAE", description="Nombre de personnes certifiées par la VAE.")
    insertion_globale_6_mois: Taux | None = Field(default=None, title="Insertion globale à 6 mois", description="Pourcentage publié.")
    insertion_metier_6_mois: Taux | None = Field(default=None, title="Insertion dans le métier à 6 mois", description="Pourcentage publié.")
    insertion_metier_2_ans: Taux | None = Field(default=None, title="Insertion dans le métier à 2 ans", description="Pourcentage publié.")

    def has_outcome(self) -> bool:
        """Tell whether at least one insertion rate was observed."""
        rates = (self.insertion_globale_6_mois, self.insertion_metier_6_mois, self.insertion_metier_2_ans)
        return any(rate is not None for rate in rates)


class Publication(Modele):
    """A text published in the Journal officiel about the certification."""

    nature: Texte = Field(title="Nature", description="decret_general, decret_creation ou decret_autre.")
    titre: Texte | None = Field(default=None, title="Titre", description="Titre du texte.")
    date: Texte | None = Field(default=None, title="Date", description="Date de publication.")
