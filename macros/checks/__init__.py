"""Rules: generators of constats. The docstring of each is the rule; requirements (force, reference, dates) are records."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from macros.checks import (
    actions,
    audits,
    cadence,
    cep,
    conseil_membres,
    conseil_preparation,
    conseil_seance,
    conservation,
    evaluations,
    partenaires,
    partenaires_fc,
    preuves,
    proces_verbaux,
    promotions,
    reclamations,
    veille,
)
from macros.checks.context import CheckContext
from macros.checks.derogations import check_derogation, set_aside
from macros.checks.echeances import check_retroplanning
from macros.checks.enregistrement import check_dates_coherentes, check_duree_courte, check_duree_enregistrement
from macros.checks.evolutions import check_evolutions_referentiel
from macros.checks.fiche import check_cep_r5, check_difference_fc, check_extrait_ancien
from macros.checks.requirements import answer, citing_requirements
from macros.checks.tables import check_tables_formation
from macros.models.constat import Controle
from macros.models.derivation import differences
from macros.models.habilitation import ItemHabilitation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from macros.checks.requirements import Citing
    from macros.models.comparison import Difference
    from macros.models.constat import Constat
    from macros.records.registre import Registre

    Compared = Mapping[str, tuple[Difference, ...]]


@dataclass(frozen=True)
class Check:
    """A rule: the collection whose records it reads one by one, and the generator of constats."""

    collection: str
    function: Callable[[Any, CheckContext], Iterator[Constat]]


CHECKS: dict[Controle, Check] = {
    Controle.DUREE_ENREGISTREMENT: Check("certifications", check_duree_enregistrement),
    Controle.DUREE_COURTE: Check("certifications", check_duree_courte),
    Controle.DATES_COHERENTES: Check("certifications", check_dates_coherentes),
    Controle.RETROPLANNING: Check("certifications", check_retroplanning),
    Controle.DIFFERENCE_FC: Check("certifications", check_difference_fc),
    Controle.EXTRAIT_ANCIEN: Check("certifications", check_extrait_ancien),
    Controle.CEP_R5: Check("certifications", check_cep_r5),
    Controle.TABLES_FORMATION: Check("certifications", check_tables_formation),
    Controle.EVOLUTIONS_REFERENTIEL: Check("certifications", check_evolutions_referentiel),
    Controle.POSITIONNEMENT_CEP: Check("certifications", cep.check_positionnement_cep),
    Controle.REEXAMEN_CEP: Check("positionnements", cep.check_reexamen_cep),
    Controle.CADENCE_CP: Check("certifications", cadence.check_cadence_cp),
    Controle.PREMIER_CP: Check("certifications", cadence.check_premier_cp),
    Controle.PV_CP: Check("conseils", proces_verbaux.check_pv_cp),
    Controle.REGIME_CP: Check("conseils", conseil_seance.check_regime_cp),
    Controle.CONVOCATION_CP: Check("conseils", conseil_preparation.check_convocation_cp),
    Controle.TENUE_CP: Check("conseils", conseil_seance.check_tenue_cp),
    Controle.POINTS_CP: Check("conseils", conseil_seance.check_points_cp),
    Controle.COLLEGES_CP: Check("conseils", conseil_membres.check_colleges_cp),
    Controle.QUORUM_CP: Check("conseils", conseil_membres.check_quorum_cp),
    Controle.DUREE_CP: Check("conseils", conseil_preparation.check_duree_cp),
    Controle.PILOTAGE_CP: Check("conseils", conseil_preparation.check_pilotage_cp),
    Controle.SUIVI_CP: Check("conseils", conseil_seance.check_suivi_cp),
    Controle.DIFFUSION_PV: Check("conseils", proces_verbaux.check_diffusion_pv),
    Controle.SAISON_CP: Check("conseils", conseil_seance.check_saison_cp),
    Controle.RESPONSABLE_ACTION: Check("actions", actions.check_responsable_action),
    Controle.RETARD_ACTION: Check("actions", actions.check_retard_action),
    Controle.REPORTS_ACTION: Check("actions", actions.check_reports_action),
    Controle.CLOTURE_ACTION: Check("actions", actions.check_cloture_action),
    Controle.EFFICACITE_ACTION: Check("actions", actions.check_efficacite_action),
    Controle.ORIGINE_ACTION: Check("actions", actions.check_origine_action),
    Controle.INTEGRITE_PREUVE: Check("preuves", preuves.check_integrite_preuve),
    Controle.RELECTURE_PREUVE: Check("preuves", preuves.check_relecture_preuve),
    Controle.FRAICHEUR_PREUVE: Check("preuves", preuves.check_fraicheur_preuve),
    Controle.CONSERVATION_PREUVE: Check("preuves", conservation.check_conservation_preuve),
    Controle.DONNEES_PREUVE: Check("preuves", conservation.check_donnees_preuve),
    Controle.USAGE_PREUVE: Check("preuves", preuves.check_usage_preuve),
    Controle.ANALYSE_VEILLE: Check("veille", veille.check_analyse_veille),
    Controle.VIGUEUR_VEILLE: Check("veille", veille.check_vigueur_veille),
    Controle.VERIFICATION_VEILLE: Check("veille", veille.check_verification_veille),
    Controle.VIGUEUR_EXIGENCE: Check("exigences", veille.check_vigueur_exigence),
    Controle.VERIFICATION_EXIGENCE: Check("exigences", veille.check_verification_exigence),
    Controle.NOMBRE_PROMOTIONS: Check("certifications", promotions.check_nombre_promotions),
    Controle.TOTAUX_PROMOTION: Check("promotions", promotions.check_totaux_promotion),
    Controle.DECLARATION_PROMOTION: Check("promotions", promotions.check_declaration_promotion),
    Controle.REPONSE_ENQUETE: Check("promotions", promotions.check_reponse_enquete),
    Controle.MENTION_OBJET: Check("partenaires", partenaires.MENTIONS[ItemHabilitation.OBJET]),
    Controle.MENTION_CERTIFICATIONS: Check("partenaires", partenaires.MENTIONS[ItemHabilitation.CERTIFICATIONS_ET_BLOCS]),
    Controle.MENTION_DUREE: Check("partenaires", partenaires.MENTIONS[ItemHabilitation.DUREE]),
    Controle.MENTION_CONTREPARTIE: Check("partenaires", partenaires.MENTIONS[ItemHabilitation.CONTREPARTIE]),
    Controle.MENTION_SOUS_TRAITANCE: Check("partenaires", partenaires.MENTIONS[ItemHabilitation.SOUS_TRAITANCE]),
    Controle.MENTION_MOYENS: Check("partenaires", partenaires.MENTIONS[ItemHabilitation.MOYENS]),
    Controle.MENTION_ECOLE: Check("partenaires", partenaires.MENTIONS[ItemHabilitation.ECOLE_ET_CFA]),
    Controle.MENTIONS_ANCIENNES: Check("partenaires", partenaires.check_mentions_anciennes),
    Controle.VALIDITE_HABILITATION: Check("partenaires", partenaires.check_validite_habilitation),
    Controle.DELIVRANCE_CONNUE: Check("certifications", partenaires_fc.check_delivrance_connue),
    Controle.NOTIFICATION_FC: Check("partenaires", partenaires_fc.check_notification_fc),
    Controle.CONTROLE_PARTENAIRE: Check("partenaires", partenaires_fc.check_controle_partenaire),
    Controle.PARTENAIRES_FC: Check("certifications", partenaires_fc.check_partenaires_fc),
    Controle.DELAI_RECLAMATION: Check("reclamations", reclamations.check_delai_reclamation),
    Controle.ACCUSE_RECLAMATION: Check("reclamations", reclamations.check_accuse_reclamation),
    Controle.RESPONSABLE_RECLAMATION: Check("reclamations", reclamations.check_responsable_reclamation),
    Controle.TRAITEMENT_RECLAMATION: Check("reclamations", reclamations.check_traitement_reclamation),
    Controle.SUITE_RECLAMATION: Check("reclamations", reclamations.check_suite_reclamation),
    Controle.RECURRENCE_RECLAMATION: Check("reclamations", reclamations.check_recurrence_reclamation),
    Controle.REPONSE_AUDIT: Check("audits", audits.check_reponse_audit),
    Controle.SUITE_AUDIT: Check("audits", audits.check_suite_audit),
    Controle.CONCLUSION_AUDIT: Check("audits", audits.check_conclusion_audit),
    Controle.PERIMETRE_AUDIT: Check("audits", audits.check_perimetre_audit),
    Controle.PREUVE_EVALUATION: Check("evaluations", evaluations.check_preuve_evaluation),
    Controle.REEXAMEN_EVALUATION: Check("evaluations", evaluations.check_reexamen_evaluation),
    Controle.EXIGENCES_EVALUEES: Check("certifications", evaluations.check_exigences_evaluees),
    Controle.DEROGATION: Check("derogations", check_derogation),
}
"""Each check by its public name; a test demands one per `Controle`."""


def compare_extracts(registre: Registre) -> Compared:
    """Return, for each certification that has an extract, where it departs from it. Costly: done once, then shared."""
    extraits = registre.extraits
    return {n: tuple(differences(c, extraits[n])) for n, c in registre.certifications.items() if n in extraits}


def run_checks(registre: Registre, today: date, compared: Compared | None = None) -> tuple[Constat, ...]:
    """Return every constat of a complete registre, most urgent first, with requirement, file and line.

    `compared` is the result of `compare_extracts`, made here when absent.
    Exceptions are judged last, on what all other checks found; nothing sets aside a constat on an exception.
    """
    context = CheckContext(registre, today, compare_extracts(registre) if compared is None else compared)
    citing = citing_requirements(context)
    found = tuple(constat for name in CHECKS if name is not Controle.DEROGATION for constat in _run(name, context, citing))
    exceptions = _run(Controle.DEROGATION, replace(context, constats=found), citing)
    return tuple(sorted((*set_aside(found, context), *exceptions), key=_order))


def _run(name: Controle, context: CheckContext, citing: Citing) -> Iterator[Constat]:
    check, exigences = CHECKS[name], citing.get(name, ())
    for record in context.registre.records.get(check.collection, {}).values():
        for constat in check.function(record, context):
            answered = answer(constat, name, exigences, record, context)
            if answered is not None:
                yield answered


def _order(constat: Constat) -> tuple[object, ...]:
    """Most urgent first, then by deadline; nothing is left to the order in which files were read."""
    place = constat.enregistrement, constat.code, constat.champ, constat.certifications, constat.message
    return -constat.niveau.severity(), constat.echeance is None, str(constat.echeance), *place
