"""The certificateur that owns the portal, its domaines, its glossary."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from macros.models.base import Adresse, Cle, Entier, Interieur, Jour, Modele, OuiNon, Record, Siret, Texte, TexteLong, Visibilite
from macros.models.parametres import CollegeAttendu, Parametres, ReglementInterieur

if TYPE_CHECKING:
    from collections.abc import Iterable


class Domaine(Modele):
    """A field of activity grouping certifications that may share a conseil."""

    id: Cle = Field(
        title="Identifiant", description="Mot court sans accent, repris dans la clé domaine des certifications.", examples=["numerique"]
    )
    libelle: Texte = Field(title="Libellé", description="Nom du domaine tel qu’il s’affiche.", examples=["Numérique responsable"])
    colleges: tuple[Texte, ...] = Field(
        default=(), title="Collèges", description="Collèges attendus aux conseils de ce domaine, s’ils diffèrent du règlement intérieur."
    )


class Organisme(Record):
    """The certificateur: the organisation that owns the certifications and this portal."""

    collection: ClassVar[str] = "organisme"
    singulier: ClassVar[str] = "l’organisme"
    motif_id: ClassVar[str] = r"organisme"
    exemple_id: ClassVar[str] = "organisme"
    visibilite_par_defaut: ClassVar[Visibilite] = Visibilite.PUBLIC
    interieurs: ClassVar[tuple[Interieur, ...]] = (Interieur("domaines", "domaines"),)

    format: Annotated[Entier, Field(ge=1, le=1)] = Field(
        title="Format", description="Version du format des fichiers. Toujours 1 aujourd’hui.", examples=["1"]
    )
    denomination: Texte = Field(
        title="Dénomination", description="Nom de l’organisme certificateur.", examples=["Institut Horizon Compétences"]
    )
    siret: Siret | None = Field(
        default=None,
        title="SIRET",
        description="Quatorze chiffres, sans espace. Ses neuf premiers entrent dans l’identifiant des événements d’agenda : écrivez-le avant de diffuser un calendrier.",
        examples=["12345678900012"],
    )
    site: Adresse | None = Field(default=None, title="Site", description="Adresse du site public.", examples=["https://www.exemple.fr"])
    logo: Texte | None = Field(
        default=None, title="Logo", description="Chemin d’une image dans docs/, par exemple assets/logo.svg.", examples=["assets/logo.svg"]
    )
    presentation: TexteLong | None = Field(
        default=None, title="Présentation", description="Quelques phrases sur l’organisme, reprises dans « À propos »."
    )
    fonctions: tuple[Texte, ...] = Field(
        default=(),
        title="Fonctions",
        description="Fonctions qui peuvent être responsables d’une action ; jamais de nom de personne.",
        examples=["responsable qualité"],
    )
    demonstration: OuiNon = Field(default=OuiNon.NON, title="Démonstration", description="oui marque chaque page comme fictive.")
    date_reference: Jour | None = Field(
        default=None,
        title="Date de référence",
        description="Date du jour figée, permise seulement en démonstration.",
        examples=["2026-11-20"],
    )
    suivi_depuis: Jour | None = Field(
        default=None,
        title="Suivi depuis",
        description="Une échéance passée avant cette date ne donne pas de constat. Ce qui est à venir compte toujours.",
        examples=["2024-01-01"],
    )
    domaines: tuple[Domaine, ...] = Field(default=(), title="Domaines", description="Domaines qui regroupent les certifications.")
    reglement_interieur: ReglementInterieur = Field(
        default=ReglementInterieur(), title="Règlement intérieur", description="Règles que l’organisme s’est données pour ses conseils."
    )
    parametres: Parametres = Field(default=Parametres(), title="Paramètres", description="Seuils et délais lus par les contrôles.")

    def colleges_attendus(self, domaines: Iterable[str | None]) -> tuple[CollegeAttendu, ...]:
        """Return the colleges expected at a conseil on those domaines: of each, its own, else those of the rules, else the usual ones."""
        ruled = {attendu.college.casefold(): attendu for attendu in self.reglement_interieur.colleges}
        usual = {name.casefold(): CollegeAttendu(college=name) for name in self.parametres.colleges_usuels}
        found: dict[str, CollegeAttendu] = {}
        for domaine in map(self.domaine, domaines):
            own = {name.casefold(): CollegeAttendu(college=name) for name in domaine.colleges} if domaine else {}
            found |= {key: ruled.get(key, attendu) for key, attendu in own.items()} if own else ruled or usual
        return tuple((found or ruled or usual).values())

    def domaine(self, identifiant: str | None) -> Domaine | None:
        """Return the domaine of that id, or None."""
        return next((d for d in self.domaines if d.id == identifiant), None)


_CAPITALS = 2
"""From that many on, a word is an acronym: RNCP, SHA-256."""


class Sigle(Modele):
    """An acronym or a term of the field, and what it means."""

    terme: Texte = Field(title="Terme", description="Sigle ou mot expliqué.", examples=["CP"])
    developpe: Texte = Field(title="Développé", description="Forme longue.", examples=["conseil de perfectionnement"])
    definition: TexteLong | None = Field(default=None, title="Définition", description="Une ou deux phrases pour qui découvre le terme.")
    sigle: OuiNon | None = Field(
        default=None,
        title="Sigle",
        description="oui pour un sigle écrit comme un mot, tel que Cnefop ; non pour un mot qui n’en est pas un. Sans cette clé, un mot seul qui a deux capitales au moins est un sigle.",
        examples=["oui"],
    )

    def is_acronym(self) -> bool:
        """Tell whether pages give the long form at the first use: as stated, else for one word of two capitals or more."""
        if self.sigle is not None:
            return self.sigle is OuiNon.OUI
        return re.fullmatch(r"[^\W_]+(-[^\W_]+)*", self.terme) is not None and sum(map(str.isupper, self.terme)) >= _CAPITALS


class Lexique(Record):
    """The one list of acronyms and terms, used by the help pages."""

    collection: ClassVar[str] = "lexique"
    singulier: ClassVar[str] = "le lexique"
    motif_id: ClassVar[str] = r"lexique"
    exemple_id: ClassVar[str] = "lexique"
    visibilite_par_defaut: ClassVar[Visibilite] = Visibilite.PUBLIC

    termes: tuple[Sigle, ...] = Field(title="Termes", description="Sigles et mots du domaine, dans l’ordre voulu.")

    def acronyms(self) -> dict[str, str]:
        """Return the long form of each acronym."""
        return {sigle.terme: sigle.developpe for sigle in self.termes if sigle.is_acronym()}
