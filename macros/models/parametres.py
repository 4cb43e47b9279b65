"""What the organisation decided about its conseils, and every threshold the checks read."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from macros.models.base import Entier, Modele, Repertoire, Texte
from macros.models.preparation import PieceUsuelle, Retroplanning


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
    promotions_minimum: Entier = Field(
        default=2, title="Promotions", description="Nombre de promotions au moins sur lequel un dossier s’appuie."
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
    reclamation_accuse_jours: Entier = Field(
        default=7, title="Accusé de réception d’une réclamation", description="Jours pour accuser réception d’une réclamation."
    )
    reclamation_recurrence: Entier = Field(
        default=3, title="Récurrence des réclamations", description="Nombre de réclamations de même cause qui appelle une action."
    )
    reclamation_periode_mois: Entier = Field(
        default=12, title="Période des réclamations", description="Mois sur lesquels les réclamations de même cause se comptent."
    )
    veille_delai_analyse_jours: Entier = Field(
        default=30, title="Délai d’analyse de la veille", description="Jours pour analyser une entrée de veille."
    )
    debouches_constates_mois: Entier = Field(
        default=24,
        title="Débouchés constatés",
        description="Mois après un premier enregistrement au-delà desquels des débouchés constatés sont attendus.",
    )
    colleges_usuels: tuple[Texte, ...] = Field(
        default=("certificateur", "référent handicap", "équipe pédagogique", "jury", "candidats", "partenaires"),
        title="Collèges usuels",
        description="Collèges attendus à un conseil quand ni le règlement intérieur ni le domaine n’en fixent.",
    )
    pieces_renouvellement: tuple[PieceUsuelle, ...] = Field(
        default=(
            PieceUsuelle(id="note_opportunite", piece="Note d’opportunité"),
            PieceUsuelle(id="referentiels", piece="Référentiels d’activités, de compétences et d’évaluation"),
            PieceUsuelle(id="promotions", piece="Tableau des promotions"),
            PieceUsuelle(id="evaluation", piece="Moyens et contrôle de l’évaluation"),
            PieceUsuelle(id="habilitations", piece="Habilitations des partenaires"),
            PieceUsuelle(id="voies", piece="Voies d’accès, dont la VAE", repertoires=(Repertoire.RNCP,)),
            PieceUsuelle(id="correspondances", piece="Correspondances"),
            PieceUsuelle(id="bulletin_3", piece="Bulletin n° 3"),
            PieceUsuelle(id="valeur_usage", piece="Preuve de la valeur d’usage", repertoires=(Repertoire.RS,)),
        ),
        title="Pièces d’un renouvellement",
        description="Pièces usuelles d’un dossier, comparées à celles que chaque certification prévoit.",
    )
    efficacite_mois: Entier = Field(
        default=6,
        title="Avis d’efficacité",
        description="Mois après la clôture d’une action au-delà desquels un avis d’efficacité est attendu.",
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


class ParametrePropre(Modele):
    """A threshold that departs from the organisation's for one certification, and why."""

    parametre: Literal[
        "delai_convocation_jours",
        "delai_pv_jours",
        "conservation_annees",
        "duree_cp_min_minutes",
        "duree_cp_max_minutes",
        "reports_maximum",
        "efficacite_mois",
        "fraicheur_preuve_mois",
    ] = Field(title="Paramètre", description="Nom du paramètre remplacé.", examples=["delai_pv_jours"])
    valeur: Entier = Field(title="Valeur", description="Valeur pour cette certification.", examples=["45"])
    motif: Texte = Field(title="Motif", description="Pourquoi cette certification s’écarte du paramètre commun.")
