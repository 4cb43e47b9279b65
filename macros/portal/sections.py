"""Sections of the page of a record: the view each shows, the template that draws it, their reading order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from macros.rendering import assemble, heading, render
from macros.views import (
    certification,
    complements,
    conseil,
    contenu,
    evolutions,
    exigences_resume,
    extrait,
    historique,
    journal,
    lignee,
    partenaire,
    partenaires,
    positions,
    promotions,
    recommandation,
    registre_audits,
    registre_reclamations,
    registre_veille,
    seance,
    suites,
    tables,
    telechargements,
)
from macros.views.preuves import build_preuves
from macros.views.registre_actions import build_tableau_actions

if TYPE_CHECKING:
    from collections.abc import Callable

    from macros.models.base import Record
    from macros.views.context import Vue


@dataclass(frozen=True)
class Section:
    """One section of a page. `titre` empty: shown without heading. `toujours`: shown even when empty.

    `constats`: only for audiences that see constats. `chacun`: the template draws each element, under its own title.
    """

    macro: str
    titre: str
    ancre: str
    template: str
    build: Callable[[Vue, Any], object]
    sens: str
    toujours: bool = False
    constats: bool = False
    chacun: bool = False


SECTIONS_CERTIFICATION = (
    Section("identite_certification", "", "", "certification/identite", certification.build_identite, "numéro, état, dates et rétroplanning", toujours=True),
    Section("constats_certification", "À surveiller", "a-surveiller", "certification/constats", certification.build_constats, "écarts et points à surveiller", toujours=True, constats=True),
    Section("renouvellement_certification", "Prochaine demande", "prochaine-demande", "certification/renouvellement", complements.build_renouvellement, "scénario, dépôt, pièces et preuves de la prochaine demande"),
    Section("conseils_certification", "Conseils de perfectionnement", "conseils", "conseils/historique", historique.build_historique, "conseils et enregistrements, fiches précédentes comprises"),
    Section("actions_certification", "Actions", "actions", "actions/tableau", lambda vue, c: build_tableau_actions(vue, c.numero), "actions ouvertes et closes"),
    Section("exigences_certification", "Exigences", "exigences", "exigences/resume", exigences_resume.build_exigences, "exigences à traiter d’abord, et le lien vers toutes"),
    Section("preuves_certification", "Preuves", "preuves", "preuves/tableau", build_preuves, "preuves qui l’appuient"),
    Section("reclamations_certification", "Réclamations", "reclamations", "reclamations/tableau", registre_reclamations.build_reclamations, "réclamations reçues, celles à répondre d’abord"),
    Section("audits_certification", "Audits", "audits", "audits/tableau", registre_audits.build_audits, "audits qui la nomment, leurs demandes et leurs suites"),
    Section("veille_certification", "Veille", "veille", "veille/tableau", registre_veille.build_veille, "ce qui change autour d’elle, à traiter d’abord"),
    Section("references_certification", "Références CEP", "references-cep", "certification/references", positions.build_references, "lecture au regard des recommandations sur le CEP"),
    Section("lignee_certification", "Lignée", "lignee", "certification/lignee", lignee.build_lignee, "fiches précédentes et suivantes"),
    Section("objectifs_certification", "Objectifs et contexte", "objectifs", "certification/presentation", contenu.build_objectifs, "objectifs, activités, prérequis"),
    Section("competences_certification", "Compétences attestées", "competences", "certification/presentation", contenu.build_competences, "compétences attestées"),
    Section("debouches_certification", "Débouchés", "debouches", "certification/presentation", contenu.build_debouches, "emplois, secteurs, codes"),
    Section("voies_certification", "Voies d’accès et jurys", "voies", "certification/voies", contenu.build_voies, "voies d’accès et jurys"),
    Section("blocs_certification", "Blocs de compétences", "blocs", "certification/bloc", contenu.build_blocs, "blocs, compétences et évaluation", chacun=True),
    Section("promotions_certification", "Promotions", "promotions", "certification/promotions", promotions.build_promotions, "promotions suivies et publiées, comparées d’une année à l’autre"),
    Section("tables_certification", "Tables de formation", "tables", "certification/tables", tables.build_tables, "formations en regard des blocs et des compétences"),
    Section("partenaires_certification", "Partenaires", "partenaires", "certification/partenaires", partenaires.build_partenaires, "partenaires suivis et publiés, côte à côte"),
    Section("correspondances_certification", "Correspondances", "correspondances", "certification/correspondances", contenu.build_correspondances, "équivalences avec d’autres fiches"),
    Section("evolutions_certification", "Évolutions du référentiel", "evolutions", "certification/evolutions", evolutions.build_evolutions, "versions du référentiel et ce qui a changé, mot à mot"),
    Section("complements_certification", "Autres éléments publiés", "autres-elements", "certification/complements", complements.build_complements, "niveau de maîtrise, validation partielle, Journal officiel"),
    Section("source_certification", "Source et relevé", "source", "certification/source", extrait.build_source, "source des données et différences", toujours=True),
    Section("journal_certification", "Journal", "journal", "journal/tableau", journal.build_journal_certification, "derniers changements enregistrés, de la fiche et de ce qui la nomme"),
    Section("notes_certification", "Notes internes", "notes", "certification/presentation", complements.build_notes, "notes internes"),
)  # fmt: skip
"""In the reading order of the page: what it is, how it stands, its history, its figures, its details."""

SECTIONS_CONSEIL = (
    Section("identite_conseil", "", "", "conseil/identite", conseil.build_identite, "date, lieu, état, certifications, pilote", toujours=True),
    Section("constats_conseil", "À surveiller", "a-surveiller", "certification/constats", conseil.build_constats, "écarts et points à surveiller", toujours=True, constats=True),
    Section("pieces_conseil", "Pièces", "pieces", "conseil/pieces", conseil.build_pieces, "convocation, ordre du jour, émargement, procès-verbaux"),
    Section("documents_conseil", "Documents", "documents", "conseil/documents", telechargements.build_documents, "documents à envoyer, imprimer ou signer"),
    Section("participants_conseil", "Participants", "participants", "conseil/participants", seance.build_participants, "collèges et présences"),
    Section("ordre_du_jour_conseil", "Ordre du jour", "ordre-du-jour", "conseil/ordre_du_jour", seance.build_ordre_du_jour, "points prévus"),
    Section("approbations_conseil", "Procès-verbaux précédents", "pv-precedents", "conseil/approbations", suites.build_approbations, "procès-verbaux soumis à l’approbation"),
    Section("suivi_conseil", "Suivi des actions précédentes", "suivi", "conseil/suivi", suites.build_suivi, "actions antérieures examinées"),
    Section("echanges_conseil", "Échanges", "echanges", "conseil/echange", seance.build_echanges, "ce qui a été dit, thème par thème", chacun=True),
    Section("decisions_conseil", "Décisions", "decisions", "conseil/decisions", suites.build_decisions, "relevé de décisions et leurs suites"),
    Section("plan_conseil", "Plan d’actions", "plan-d-actions", "actions/tableau", suites.build_plan, "actions nées du conseil"),
    Section("pv_conseil", "Procès-verbaux", "proces-verbaux", "conseil/pv", suites.build_pv, "un procès-verbal par certification"),
    Section("journal_conseil", "Journal", "journal", "journal/replie", journal.build_journal, "changements enregistrés"),
    Section("notes_conseil", "Notes internes", "notes", "certification/presentation", conseil.build_notes, "notes internes"),
    Section("voisins_conseil", "", "", "conseil/voisins", conseil.build_voisins, "conseils précédent et suivant", toujours=True),
)  # fmt: skip
"""In the reading order of the page: what it is, how it stands, its documents, what happened, what came of it."""


SECTIONS_RECOMMANDATION = (
    Section("identite_recommandation", "", "", "cep/identite", recommandation.build_identite, "objet, force, certitude, sources", toujours=True),
    Section("enonce_recommandation", "Ce qu’elle dit, et pourquoi", "enonce", "certification/presentation", recommandation.build_enonce, "ce qu’elle recommande et sa raison"),
    Section("destinataires_recommandation", "À qui elle s’adressait", "destinataires", "certification/presentation", recommandation.build_destinataires, "à qui elle s’adressait"),
    Section("devenir_recommandation", "Ce qu’elle est devenue", "devenir", "certification/presentation", recommandation.build_devenir, "ce qu’elle est devenue"),
    Section("lecture_recommandation", "La lire aujourd’hui", "lecture", "cep/lecture", recommandation.build_lecture, "comment la lire pour une certification", toujours=True),
    Section("situation_recommandation", "Où en sont nos certifications", "situation", "cep/situation", positions.build_situation, "situation de chaque certification"),
    Section("suites_recommandation", "Actions qui en découlent", "actions", "actions/tableau", recommandation.build_suites, "actions dont elle est l’origine"),
    Section("journal_recommandation", "Journal", "journal", "journal/replie", journal.build_journal, "changements enregistrés"),
    Section("voisins_recommandation", "", "", "conseil/voisins", recommandation.build_voisins, "recommandations précédente et suivante", toujours=True),
)  # fmt: skip
"""In the reading order of the page: what it is, what it says, what became of it, how to read it, where we stand."""


SECTIONS_PARTENAIRE = (
    Section("identite_partenaire", "", "", "partenaire/identite", partenaire.build_identite, "SIRET, certifications, état", toujours=True),
    Section("constats_partenaire", "À surveiller", "a-surveiller", "certification/constats", partenaire.build_constats, "écarts et points à surveiller", toujours=True, constats=True),
    Section("habilitations_partenaire", "Habilitations", "habilitations", "partenaire/habilitation", partenaire.build_habilitations, "chaque habilitation, ses mentions, ses contrôles, ses changements", chacun=True),
    Section("journal_partenaire", "Journal", "journal", "journal/replie", journal.build_journal, "changements enregistrés"),
    Section("notes_partenaire", "Notes internes", "notes", "certification/presentation", partenaire.build_notes, "notes internes"),
)  # fmt: skip
"""In the reading order of the page: who it is, how it stands, what it may do."""


def page_of(vue: Vue, record: Record, title: str, sections: tuple[Section, ...]) -> str:
    """Return the page of a record: title, then each section that has something to show."""
    parts = [heading(1, title)]
    for section in sections:
        body = section_of(vue, section, record)
        if body:
            parts += [heading(2, section.titre, section.ancre) if section.titre else "", body]
    return assemble(parts)


def section_of(vue: Vue, section: Section, record: Record) -> str:
    """Return one section of a record; nothing when it has nothing to show to this audience."""
    if section.constats and not vue.shows_constats():
        return ""
    view = section.build(vue, record)
    if not section.toujours and not _has_content(view):
        return ""
    if section.chacun and isinstance(view, tuple):
        return assemble(
            [part for one in view for part in (heading(3, one.titre, getattr(one, "ancre", "")), render(section.template, vue=one))]
        )
    return render(section.template, vue=view)


def _has_content(view: object) -> bool:
    """Tell whether a view shows anything: a non-empty tuple, or a dataclass holding one."""
    if isinstance(view, tuple):
        return bool(view)
    return any(isinstance(value, tuple) and value for value in vars(view).values())
