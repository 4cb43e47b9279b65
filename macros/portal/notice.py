"""What the help says of each macro: what to type, what appears, which arguments it takes."""

from __future__ import annotations

from inspect import Parameter, signature
from typing import TYPE_CHECKING

from macros.french import join
from macros.models.constat import Controle, Niveau
from macros.models.reclamation import CauseReclamation
from macros.models.veille import TypeVeille
from macros.portal.revue import SECTIONS_RENOUVELLEMENT
from macros.portal.sections import SECTIONS_CERTIFICATION, SECTIONS_CONSEIL, SECTIONS_PARTENAIRE, SECTIONS_RECOMMANDATION
from macros.views.aide import ArgumentMacro, LigneMacro
from macros.views.etats_veille import ETATS as ETATS_VEILLE
from macros.views.preuves import ETATS
from macros.views.reclamations import ETATS as ETATS_RECLAMATION
from macros.views.registre_actions import STATUTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from macros.portal.macro import Macro

SENS: dict[str, str] = {
    "resume_tableau_de_bord": "Les chiffres de la page d’accueil, chacun avec le lien vers sa liste.",
    "ce_mois_ci": "Ce qui est daté des trente et un prochains jours.",
    "constats_a_traiter": "Les constats les plus urgents.",
    "liste_constats": "Tous les constats, avec leurs filtres.",
    "constats": "Les constats qui répondent aux conditions données.",
    "tableau_certifications": "Où en est chaque certification\u00a0: échéance, conseils, actions, constats.",
    "liste_certifications": "Le tableau des certifications, avec ses filtres.",
    "fiche_certification": "La page entière d’une certification.",
    "fiche_tables": "Les tables de formation d’une certification, en entier.",
    "historique_certification": "Les conseils d’une certification sur une ligne de temps, fiches précédentes comprises.",
    "prochains_conseils": "Les conseils à venir, le plus proche d’abord.",
    "calendrier_conseils": "La grille des conseils, par certification et par année, ou par mois d’une année.",
    "liste_conseils": "Tous les conseils, avec leurs filtres.",
    "fiche_conseil": "La page entière d’un conseil.",
    "preparation_conseil": "Les étapes datées d’un conseil, du prochain si aucun n’est donné.",
    "composition_conseil": "Les collèges attendus, et ceux des derniers conseils.",
    "points_conseil": "Les cinq points et le plan d’actions, tels qu’abordés aux derniers conseils.",
    "parametres_conseil": "Les délais que l’organisme s’est donnés.",
    "registre_actions": "Le registre des actions, avec ses filtres et le détail de chacune.",
    "echeancier_actions": "Les échéances des actions, mois par mois.",
    "tableau_actions": "Les actions qui répondent aux conditions données.",
    "graphique_actions": "Les actions par état, en barres, avec leur tableau.",
    "graphique_promotions": "Les certifiés par année, en barres, avec leur tableau.",
    "prochains_renouvellements": "Les certifications à redéposer, la plus proche de sa fin d’abord.",
    "registre_partenaires": "Le registre des partenaires, avec ses filtres.",
    "resume_partenaires": "Combien de partenaires, combien d’habilitations en cours.",
    "fiche_partenaire": "La page entière d’un partenaire.",
    "fiche_partenaires": "Tous les partenaires d’une certification, suivis et publiés.",
    "registre_promotions": "Le registre des promotions, avec ses filtres, ses taux et ses graphiques.",
    "registre_preuves": "Le registre des preuves, avec ses filtres et les révisions de chacune.",
    "tableau_preuves": "Les preuves qui répondent aux conditions données.",
    "registre_reclamations": "Le registre des réclamations, avec ses filtres et le traitement de chacune.",
    "bilan_reclamations": "Les réclamations de la période, par cause en barres et en tableau, puis par certification.",
    "tableau_reclamations": "Les réclamations qui répondent aux conditions données.",
    "parametres_reclamations": "Les délais et les seuils que l’organisme s’est donnés pour ses réclamations et ses audits.",
    "registre_audits": "Les audits, leurs demandes, leurs réponses et leurs suites.",
    "registre_veille": "La veille entière, avec ses filtres, son analyse et ses suites.",
    "veille_a_traiter": "Les entrées de veille qui attendent quelqu’un.",
    "frise_veille": "Les entrées en vigueur sur une ligne de temps, à venir et passées.",
    "tableau_veille": "Les entrées de veille qui répondent aux conditions données.",
    "parametres_veille": "Les délais que l’organisme s’est donnés pour sa veille.",
    "registre_exigences": "Le registre des exigences, avec ses filtres.",
    "matrice_exigences": "Les exigences et les certifications, croisées\u00a0: une situation par case.",
    "situation_exigences": "Où en est chaque certification sur ses exigences, en une phrase.",
    "fiche_exigences": "La page des exigences d’une certification\u00a0: situation, évaluation, preuves.",
    "rapport_cep": "Le rapport sur la certification du CEP\u00a0: identité, questions, sources.",
    "enjeux_cep": "Ce que la certification du CEP met en jeu.",
    "objets_cep": "Certification de compétences et certification de service, côte à côte.",
    "operateurs_cep": "Les opérateurs du CEP, hier et aujourd’hui.",
    "regimes_cep": "Les cahiers des charges successifs du CEP.",
    "liste_recommandations": "Les cinq recommandations du rapport.",
    "fiche_recommandation": "La page entière d’une recommandation.",
    "matrice_cep": "Les certifications et les recommandations, croisées.",
    "situation_organisme": "Où en est l’organisme, en quelques lignes.",
    "donnees_personnelles": "Les preuves qui nomment des personnes, et celles à effacer.",
    "reperes_qualite": "Les engagements de l’organisme et ce que le portail en mesure.",
    "carte_processus": "Les processus et ce que le portail en montre.",
    "aide_collections": "La liste des fiches que l’on peut remplir.",
    "aide_collection": "Les clés d’une sorte de fiche.",
    "acces_api": "Les collections de l’édition en JSON, leurs listes et leurs schémas.",
    "lexique": "Les sigles et les termes.",
    "liste_macros": "Cette liste.",
    "revue_renouvellement": "La page entière de la revue qui prépare un renouvellement.",
    "journal_recent": "Les derniers changements enregistrés de toutes les fiches.",
    "journal_collections": "Les collections qui ont un journal, et leur dernier changement.",
    "journal_collection": "Le journal de chaque fiche d’une collection.",
    "fiche_journal": "Le journal entier d’une certification et de ce qui la nomme.",
    "registre_editions": "Les éditions publiées, avec leur empreinte.",
    "registre_dossiers": "Les dossiers remis à des auditeurs.",
    "comparaison_editions": "Ce qui a changé d’une édition à la suivante.",
    "entree_dossier": "Ce que contient un dossier pour un auditeur\u00a0: certifications, conseils, points ouverts, vérification, limites.",
    "trace_certification": "La trace d’une certification\u00a0: exigences et preuves, puis chaque conseil jusqu’aux actions closes.",
    "edition_courante": "L’organisme, la date de référence et le public de l’édition.",
    **{s.macro: f"Une section de la page d’une certification\u00a0: {s.sens}." for s in SECTIONS_CERTIFICATION},
    **{s.macro: f"Une section de la page d’un conseil\u00a0: {s.sens}." for s in SECTIONS_CONSEIL},
    **{s.macro: f"Une section de la page d’une recommandation\u00a0: {s.sens}." for s in SECTIONS_RECOMMANDATION},
    **{s.macro: f"Une section de la revue de renouvellement\u00a0: {s.sens}." for s in SECTIONS_RENOUVELLEMENT},
    **{s.macro: f"Une section de la page d’un partenaire\u00a0: {s.sens}." for s in SECTIONS_PARTENAIRE},
}

_EXAMPLES = {
    "numero": "RNCP12345",
    "conseil": "CP-2025-12-NUM",
    "nom": "certifications",
    "recommandation": "CEP-R1",
    "partenaire": "12345678900012",
}


def _values(known: Iterable[str]) -> str:
    return join([str(value) for value in known], "ou")


_ARGUMENTS: Mapping[str, str] = {
    "numero": "numéro d’une certification",
    "conseil": "identifiant d’un conseil",
    "nom": "nom d’une collection",
    "partenaire": "SIRET d’un partenaire",
    "certification": "numéro d’une certification\u00a0; ses fiches précédentes sont comprises",
    "domaine": "identifiant d’un domaine de l’organisme",
    "annee": "une année, par exemple 2025",
    "statut": _values(STATUTS),
    "responsable": "une fonction, telle qu’écrite dans les fiches",
    "etat": f"pour des preuves, {_values(ETATS)}\u00a0; pour la veille, {_values(ETATS_VEILLE)}\u00a0;"
    f" pour des réclamations, {_values(ETATS_RECLAMATION)}",
    "cause": _values(CauseReclamation),
    "type": _values(TypeVeille),
    "recommandation": "identifiant d’une recommandation",
    "niveau": _values(Niveau),
    "controle": f"nom d’un contrôle, par exemple {Controle.CADENCE_CP.value}\u00a0; un nom inconnu donne la liste",
}


def macros_help(macros: Mapping[str, Macro]) -> tuple[LigneMacro, ...]:
    """Return one line of help a macro, in the order of `SENS`, its arguments taken from the macro itself."""
    return tuple(_line(name, SENS[name], macros[name]) for name in SENS)


def _line(name: str, sens: str, macro: Macro) -> LigneMacro:
    parameters = signature(macro).parameters.values()
    needed = ", ".join(f'"{_EXAMPLES[p.name]}"' for p in parameters if p.default is Parameter.empty)
    arguments = tuple(ArgumentMacro(p.name, _ARGUMENTS[p.name], facultatif=p.default is not Parameter.empty) for p in parameters)
    return LigneMacro(f"{{{{ {name}({needed}) }}}}", sens, arguments)
