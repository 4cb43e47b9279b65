"""The Cnefop report on certifying career guidance (conseil en évolution professionnelle), and its five recommendations."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from macros.models.base import Adresse, Certitude, Entier, Force, Jour, LienRecommandation, Modele, Record, Texte, TexteLong, Visibilite
from macros.models.constat import Controle
from macros.models.exigence import SourceTexte


class Recommandation(Record):
    """A recommendation of the report: what it says and why, whom it addressed, what became of it, how to read it today."""

    collection: ClassVar[str] = "cep"
    singulier: ClassVar[str] = "une recommandation CEP"
    motif_id: ClassVar[str] = r"CEP-R[1-5]"
    exemple_id: ClassVar[str] = "CEP-R1"
    visibilite_par_defaut: ClassVar[Visibilite] = Visibilite.PUBLIC
    non_diffuse: ClassVar[str] = "une recommandation non diffusée"

    titre: Texte = Field(
        title="Titre", description="La recommandation en quelques mots.", examples=["Un référentiel des compétences du CEP"]
    )
    objet: Literal["competences", "service", "profession", "offre", "information"] = Field(
        title="Objet", description="Ce dont elle parle : competences, service, profession, offre ou information.", examples=["competences"]
    )
    enonce: TexteLong = Field(title="Énoncé", description="Ce qu’elle recommande.")
    pourquoi: TexteLong = Field(title="Pourquoi", description="La raison donnée.")
    destinataires: TexteLong = Field(title="Destinataires", description="À qui elle s’adressait.")
    devenir: TexteLong = Field(title="Devenir", description="Ce qu’elle est devenue, pour autant qu’on le sache.")
    lecture: TexteLong = Field(title="Lecture", description="Comment la lire aujourd’hui pour une certification.")
    questions: tuple[Texte, ...] = Field(default=(), title="Questions", description="Questions à se poser devant une certification.")
    preuves_attendues: tuple[Texte, ...] = Field(
        default=(), title="Preuves utiles", description="Documents qui aident à se situer ; aucun n’est obligatoire."
    )
    controle: Controle | None = Field(
        default=None, title="Contrôle", description="Contrôle du portail qui la décide ; sans lui, un positionnement écrit."
    )
    force: Force = Field(default=Force.USAGE, title="Force", description="Toujours usage : le rapport ne contraint personne.")
    certitude: Certitude = Field(
        title="Certitude", description="texte_vu, deux_sources, une_source ou a_confirmer.", examples=["deux_sources"]
    )
    verifiee_le: Jour = Field(title="Vérifiée le", description="Jour de la dernière lecture des sources.", examples=["2026-11-20"])
    sources: tuple[SourceTexte, ...] = Field(default=(), title="Sources", description="Adresses où elle a été lue.")


class Enjeu(Modele):
    """One thing at stake in certifying."""

    titre: Texte = Field(title="Titre", description="L’enjeu en quelques mots.")
    texte: TexteLong = Field(title="Texte", description="Ce qu’en dit le rapport, selon l’article source.")


class Operateurs(Modele):
    """Who delivers the service, at one time."""

    periode: Texte = Field(title="Période", description="À quel moment.", examples=["en 2016"])
    noms: tuple[Texte, ...] = Field(title="Noms", description="Les opérateurs.")
    certitude: Certitude = Field(title="Certitude", description="Degré de vérification.")
    note: Texte | None = Field(default=None, title="Note", description="Précision ou réserve.")


class RegimeCep(Modele):
    """One set of specifications of the service (cahier des charges)."""

    texte: Texte = Field(title="Texte", description="L’arrêté.", examples=["Arrêté du 29 mars 2019"])
    date: Jour = Field(title="Date", description="Date de l’arrêté.")
    deploye_le: Jour | None = Field(default=None, title="Déployé le", description="Jour de sa mise en place, s’il est connu.")
    niveaux: Entier = Field(title="Niveaux", description="Nombre de niveaux de service.", examples=["2"])
    description: Texte = Field(title="Description", description="Ce qui le distingue.")
    certitude: Certitude = Field(title="Certitude", description="Degré de vérification.")


class ObjetCertifie(Modele):
    """One of the two things that can be certified."""

    nom: Texte = Field(title="Nom", description="Ce qui est certifié.", examples=["certification de compétences"])
    titulaire: Texte = Field(title="Titulaire", description="Qui l’obtient.")
    atteste: Texte = Field(title="Atteste", description="Ce qu’elle atteste.")
    exemple: Texte = Field(title="Exemple", description="Un exemple.")
    recommandations: tuple[LienRecommandation, ...] = Field(
        default=(), title="Recommandations", description="Recommandations qui en traitent."
    )


class RapportCep(Record):
    """The report itself and its setting: historical, binding on nobody."""

    collection: ClassVar[str] = "rapport_cep"
    singulier: ClassVar[str] = "le rapport sur le CEP"
    motif_id: ClassVar[str] = r"rapport_cep"
    exemple_id: ClassVar[str] = "rapport_cep"
    visibilite_par_defaut: ClassVar[Visibilite] = Visibilite.PUBLIC

    titre: Texte = Field(title="Titre", description="Titre du rapport.")
    institution: Texte = Field(title="Institution", description="Qui l’a adopté.")
    adoption: Jour = Field(title="Adoption", description="Jour de l’adoption.")
    successeur: Texte = Field(title="Successeur", description="Qui a repris ses missions.")
    succession_le: Jour = Field(title="Succession le", description="Depuis quand.")
    statut: TexteLong = Field(title="Statut", description="Ce que vaut le rapport aujourd’hui.")
    adresse_origine: Adresse = Field(
        title="Adresse d’origine", description="Adresse de publication, gardée comme référence même inaccessible."
    )
    questions: tuple[Texte, ...] = Field(title="Questions", description="Les questions que pose le rapport.")
    enjeux: tuple[Enjeu, ...] = Field(title="Enjeux", description="Ce que la certification met en jeu.")
    constats: tuple[Texte, ...] = Field(default=(), title="Constats", description="Ce que le rapport relevait en 2016.")
    objets: tuple[ObjetCertifie, ...] = Field(
        default=(), title="Objets", description="Certification de compétences et certification de service."
    )
    operateurs: tuple[Operateurs, ...] = Field(default=(), title="Opérateurs", description="Qui délivre le service, hier et aujourd’hui.")
    regimes: tuple[RegimeCep, ...] = Field(default=(), title="Régimes", description="Cahiers des charges successifs.")
    certitude: Certitude = Field(
        title="Certitude", description="texte_vu, deux_sources, une_source ou a_confirmer.", examples=["deux_sources"]
    )
    verifiee_le: Jour = Field(title="Vérifié le", description="Jour de la dernière lecture des sources.", examples=["2026-11-20"])
    sources: tuple[SourceTexte, ...] = Field(default=(), title="Sources", description="Adresses où il a été lu.")
