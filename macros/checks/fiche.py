"""Rules on what the fiche says: agreement with France compétences, age of the extract, information useful to choose (CEP-R5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from macros.checks.finding import finding
from macros.french import add_months, count, format_date, join, months_between
from macros.models.constat import Niveau

if TYPE_CHECKING:
    from collections.abc import Iterator

    from macros.checks.context import CheckContext
    from macros.models.certification import Certification
    from macros.models.constat import Constat


def check_difference_fc(certification: Certification, context: CheckContext) -> Iterator[Constat]:
    """A record says what the published fiche says, or the difference is known."""
    extrait = context.extrait(certification)
    if extrait is None:
        yield finding(
            certification, "extrait-absent", Niveau.A_SURVEILLER, "numero",
            "Aucun extrait de France compétences n’est importé pour cette certification.",
            f"Lancez «\u00a0portail importer EXTRAIT --fiche {certification.numero}\u00a0» avec l’export publié sur data.gouv.fr.",
        )  # fmt: skip
        return
    found = context.differences_of(certification)
    if found:
        titles = join([difference.titre.lower() for difference in found])
        yield finding(
            certification, "difference-fc", Niveau.A_SURVEILLER, found[0].champ,
            f"{count(len(found), 'différence')} avec la fiche publiée au {format_date(extrait.source.date)}\u00a0: {titles}.",
            "Corrigez la fiche d’ici, ou demandez la correction à France compétences si l’erreur est dans la fiche publiée.",
        )  # fmt: skip


def check_extrait_ancien(certification: Certification, context: CheckContext) -> Iterator[Constat]:
    """An extract is taken again before it grows old, as long as the fiche is followed."""
    extrait = context.extrait(certification)
    if extrait is None or context.is_closed(certification):
        return
    if add_months(extrait.source.date, context.parametres.age_verification_mois) > context.today:
        return
    age = months_between(extrait.source.date, context.today)
    yield finding(
        certification, "extrait-ancien", Niveau.A_SURVEILLER, "source_fc",
        f"L’extrait de France compétences date du {format_date(extrait.source.date)}, il y a {age}\u00a0mois.",
        f"Importez un extrait récent\u00a0: «\u00a0portail importer EXTRAIT --fiche {certification.numero}\u00a0».",
    )  # fmt: skip


def check_cep_r5(certification: Certification, context: CheckContext) -> Iterator[Constat]:
    """Precise competences and observed outcomes are given, so that people can choose: a fiche that can still be chosen."""
    if context.is_closed(certification):
        return
    stated = certification.stated_competences()
    if stated < context.parametres.competences_minimum:
        yield finding(
            certification, "competences-imprecises", Niveau.A_SURVEILLER, "competences",
            f"La description ne fait apparaître que {count(stated, 'compétence')} distincte{'s' if stated > 1 else ''}."
            if stated else "La description ne fait apparaître aucune compétence distincte.",
            "Énoncez chaque compétence visée sur une ligne commençant par un tiret (clé competences, ou competences de chaque bloc).",
        )  # fmt: skip
    extrait = context.extrait(certification)
    observed = (extrait and extrait.observed_years()) or context.tells_outcome(certification.numero)
    if not observed and not _too_recent(certification, context):
        yield finding(
            certification, "debouches-non-constates", Niveau.A_SURVEILLER, "debouches",
            "Aucun débouché constaté\u00a0: ni statistique d’insertion publiée, ni promotion suivie.",
            "Suivez l’insertion des certifiés et déclarez-la à France compétences\u00a0; une liste de métiers ne suffit pas.",
        )  # fmt: skip


def _too_recent(certification: Certification, context: CheckContext) -> bool:
    """Tell whether no outcome can be observed yet: first registration, younger than the delay set for outcomes."""
    if certification.date_decision is None or certification.anciennes_fiches:
        return False
    return add_months(certification.date_decision, context.parametres.debouches_constates_mois) > context.today
