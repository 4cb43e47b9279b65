"""The certificateur that owns the portal, and every threshold the checks read."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from macros.models.base import Adresse, Cle, Entier, Jour, Modele, OuiNon, Record, Siret, Texte, TexteLong, Visibilite


class Domaine(Modele):
    """A field of activity grouping certifications that may share a conseil."""

    id: Cle = Field(
        title="Identifiant", description="Mot court sans accent, repris dans la clé domaine des certifications.", examples=["numerique"]
    )
    libelle: Texte = Field(title="Libellé", description="Nom du domaine tel qu’il s’affiche.", examples=["Numérique responsable"])
    colleges: tuple[Texte, ...] = Field(
        default=(), title="Collèges", description="Collèges attendus aux conseils de ce domaine, s’ils diffèrent du règlement intérieur."
    )


class CollegeAttendu(Modele):
    """A constituency of the conseil and how many of its members are expected."""

    college: Texte = Field(title="Collège", description="Nom du collège.", examples=["jury"])
    minimum: Entier = Field(default=1, title="Minimum", description="Nombre de membres attendus au moins.")


class ReglementInterieur(Modele):
    """What the organisation's own rules add to practice; everything is optional."""

    colleges: tuple[CollegeAttendu, ...] = Field(
        default=(), title="Collèges", description="Collèges attendus et effectif minimal de chacun."
    )
    quorum: Literal["aucun", "moitie", "moitie_plus_un"] | None = Field(
        default=None, title="Quorum", description="Règle de quorum du conseil."
    )
    delai_convocation_jours: Entier | None = Field(
        default=None, title="Délai de convocation", description="Jours entre l’envoi de la convocation et la séance."
    )
    delai_pv_jours: Entier | None = Field(
        default=None, title="Délai de diffusion du PV", description="Jours entre la séance et la diffusion du procès-verbal."
    )
    titulaires: Entier | None = Field(default=None, title="Titulaires", description="Nombre de membres titulaires.")
    suppleants: Entier | None = Field(default=None, title="Suppléants", description="Nombre de membres suppléants.")


class Retroplanning(Modele):
    """Months before the end of registration at which each step of a renewal is due. Source: usage, FAQ of France compétences (7 to 8 months)."""

    collecte_mois: Entier = Field(default=12, title="Collecte", description="Mois avant l’échéance pour commencer à réunir les preuves.")
    dossier_pret_mois: Entier = Field(default=9, title="Dossier prêt", description="Mois avant l’échéance pour avoir un dossier prêt.")
    depot_mois: Entier = Field(default=7, title="Dépôt", description="Mois avant l’échéance pour déposer la demande.")
    alerte_mois: Entier = Field(
        default=6, title="Dernier délai conseillé", description="Mois avant l’échéance à partir desquels le retard devient un écart."
    )

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        """Refuse steps that do not follow one another: collecte, dossier, dépôt, dernier délai."""
        steps = (self.collecte_mois, self.dossier_pret_mois, self.depot_mois, self.alerte_mois)
        if list(steps) != sorted(steps, reverse=True):
            names = ("collecte_mois", "dossier_pret_mois", "depot_mois", "alerte_mois")
            stated = ", ".join(f"{name} {months}" for name, months in zip(names, steps, strict=True))
            raise PydanticCustomError("ordre_etapes", "les étapes ne se suivent pas ({valeur})", {"valeur": stated})
        return self


class Parametres(Modele):
    """Every threshold the checks read. Each has a default, none is buried in code."""

    cadence_cp_mois: Entier = Field(
        default=12, title="Cadence du conseil", description="Mois entre deux conseils de perfectionnement d’une certification."
    )
    premier_cp_mois: Entier = Field(
        default=24, title="Premier conseil", description="Mois après l’enregistrement au-delà desquels le premier conseil est tardif."
    )
    saison_cp: tuple[Annotated[Entier, Field(ge=1, le=12)], ...] = Field(
        default=(12, 1), title="Saison du conseil", description="Mois habituels du conseil (1 à 12) ; simple remarque, jamais un écart."
    )
    delai_convocation_jours: Entier = Field(
        default=15, title="Délai de convocation", description="Jours entre l’envoi de la convocation et la séance."
    )
    delai_pv_jours: Entier = Field(
        default=30, title="Délai de diffusion du PV", description="Jours entre la séance et la diffusion du procès-verbal."
    )
    conservation_annees: Annotated[Entier, Field(ge=5)] = Field(
        default=5, title="Conservation", description="Années pendant lesquelles les documents d’un conseil sont gardés, cinq au moins."
    )
    retroplanning: Retroplanning = Field(
        default=Retroplanning(), title="Rétroplanning", description="Étapes d’un renouvellement, en mois avant la fin d’enregistrement."
    )
    petit_effectif: Entier = Field(
        default=5, title="Petit effectif", description="En dessous de ce nombre, un effectif est masqué dans une édition publique."
    )
    taux_reponse_minimal: Annotated[Entier, Field(le=100)] = Field(
        default=50, title="Taux de réponse minimal", description="Pourcentage de réponses en dessous duquel une enquête est signalée."
    )
    reports_maximum: Entier = Field(
        default=2, title="Reports d’une action", description="Nombre de reports d’échéance au-delà duquel une action est signalée."
    )
    reclamation_delai_jours: Entier = Field(
        default=30, title="Délai de traitement d’une réclamation", description="Jours pour répondre à une réclamation."
    )
    reclamation_recurrence: Entier = Field(
        default=3, title="Récurrence des réclamations", description="Nombre de réclamations de même cause qui appelle une action."
    )
    veille_delai_analyse_jours: Entier = Field(
        default=30, title="Délai d’analyse de la veille", description="Jours pour analyser une entrée de veille."
    )
    debouches_constates_mois: Entier = Field(
        default=24,
        title="Débouchés constatés",
        description="Mois après un premier enregistrement au-delà desquels des débouchés constatés sont attendus.",
    )
    bientot_jours: Entier = Field(default=90, title="Bientôt", description="Jours pendant lesquels une échéance proche est signalée.")
    age_verification_mois: Entier = Field(
        default=12, title="Âge d’une vérification", description="Mois après lesquels une vérification (texte, extrait) est à refaire."
    )
    fraicheur_preuve_mois: Entier = Field(
        default=24, title="Fraîcheur d’une preuve", description="Mois après lesquels une preuve est à renouveler."
    )
    delai_fc_mois: Entier = Field(
        default=2, title="Délai d’information de France compétences", description="Mois pour notifier un changement d’habilitation."
    )
    duree_cp_min_minutes: Entier = Field(
        default=60, title="Durée minimale d’un conseil", description="Durée usuelle la plus courte, en minutes."
    )
    duree_cp_max_minutes: Entier = Field(
        default=240, title="Durée maximale d’un conseil", description="Durée usuelle la plus longue, en minutes."
    )
    duree_enregistrement_max_annees: Entier = Field(
        default=5,
        title="Durée maximale d’enregistrement",
        description="Années d’enregistrement au plus, pour une certification enregistrée sur demande.",
    )
    duree_enregistrement_courte_annees: Entier = Field(
        default=3,
        title="Durée des enregistrements courts",
        description="Années au plus pour un métier émergent ou un premier dossier à une seule promotion.",
    )
    competences_minimum: Entier = Field(
        default=3,
        title="Compétences précises",
        description="Nombre de compétences énoncées en dessous duquel la description est jugée trop peu précise.",
    )


class Organisme(Record):
    """The certificateur: the organisation that owns the certifications and this portal."""

    collection: ClassVar[str] = "organisme"
    singulier: ClassVar[str] = "l’organisme"
    motif_id: ClassVar[str] = r"organisme"
    exemple_id: ClassVar[str] = "organisme"
    visibilite_par_defaut: ClassVar[Visibilite] = Visibilite.PUBLIC

    format: Annotated[Entier, Field(ge=1, le=1)] = Field(
        title="Format", description="Version du format des fichiers. Toujours 1 aujourd’hui.", examples=["1"]
    )
    denomination: Texte = Field(
        title="Dénomination", description="Nom de l’organisme certificateur.", examples=["Institut Horizon Compétences"]
    )
    siret: Siret | None = Field(default=None, title="SIRET", description="Quatorze chiffres, sans espace.", examples=["12345678900012"])
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

    def domaine(self, identifiant: str | None) -> Domaine | None:
        """Return the domaine of that id, or None."""
        return next((d for d in self.domaines if d.id == identifiant), None)


class Sigle(Modele):
    """An acronym or a term of the field, and what it means."""

    terme: Texte = Field(title="Terme", description="Sigle ou mot expliqué.", examples=["CP"])
    developpe: Texte = Field(title="Développé", description="Forme longue.", examples=["conseil de perfectionnement"])
    definition: TexteLong | None = Field(default=None, title="Définition", description="Une ou deux phrases pour qui découvre le terme.")


class Lexique(Record):
    """The one list of acronyms and terms, used by the help pages."""

    collection: ClassVar[str] = "lexique"
    singulier: ClassVar[str] = "le lexique"
    motif_id: ClassVar[str] = r"lexique"
    exemple_id: ClassVar[str] = "lexique"
    visibilite_par_defaut: ClassVar[Visibilite] = Visibilite.PUBLIC

    termes: tuple[Sigle, ...] = Field(title="Termes", description="Sigles et mots du domaine, dans l’ordre voulu.")
