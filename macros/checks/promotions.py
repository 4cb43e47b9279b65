"""Rules on promotions: enough of them, totals that agree, declared figures that are the computed ones, surveys that tell something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from macros.checks.finding import finding
from macros.french import count, format_number, join
from macros.models.constat import Niveau
from macros.models.declaration import Ecart, gaps

if TYPE_CHECKING:
    from collections.abc import Iterator

    from macros.checks.context import CheckContext
    from macros.models.certification import Certification
    from macros.models.constat import Constat
    from macros.models.enquete import Enquete
    from macros.models.promotion import Promotion


def check_nombre_promotions(certification: Certification, context: CheckContext) -> Iterator[Constat]:
    """At least two promotions are known when an application is prepared, recorded here or published, former fiches included.

    A short registration granted on one promotion says so (`enregistrement_court: promotion_unique`) and is asked one.
    """
    steps = context.parametres.retroplanning
    if not certification.prepares_renewal(context.today, steps.collecte_mois) or context.has_successor(certification.numero):
        return
    single = certification.enregistrement_court == "promotion_unique"
    expected = 1 if single else context.parametres.promotions_minimum
    years = context.promotion_years(certification.numero)
    if len(years) < expected:
        late = certification.prepares_renewal(context.today, steps.depot_mois)
        known = f"{count(len(years), 'promotion')} ({join([str(year) for year in years])})" if years else "aucune promotion"
        yield finding(
            certification, "promotions-insuffisantes", Niveau.ECART if late else Niveau.A_SURVEILLER, "numero",
            f"Le prochain dossier ne peut s’appuyer que sur {known}\u00a0: {expected} au moins {'sont attendues' if expected > 1 else 'est attendue'}.",
            "Enregistrez les promotions suivies (portail nouveau promotion), ou importez celles que France compétences publie "
            "(portail importer EXTRAIT --promotions).",
        )  # fmt: skip


def check_totaux_promotion(promotion: Promotion, context: CheckContext) -> Iterator[Constat]:  # noqa: ARG001 - every check has the same signature
    """A part is not larger than its whole: certified among presented, presented among enrolled, respondents among those asked."""
    for champ, part, whole, sentence in promotion.wrong_totals():
        yield finding(
            promotion, "promotion-incoherente", Niveau.ECART, champ,
            f"{sentence}\u00a0: {format_number(part)} contre {format_number(whole)}.",
            "Reprenez les deux nombres dans leur source, et corrigez celui qui est faux.",
        )  # fmt: skip


def check_declaration_promotion(promotion: Promotion, context: CheckContext) -> Iterator[Constat]:
    """What was declared to France compétences, and what it publishes, is what the counts give. Rates are compared to a whole percent."""
    declared = promotion.declare_fc
    if declared is not None and (found := gaps(promotion, declared)):
        yield _differs(promotion, "declare-different", "declare_fc", "déclaré", found)
    extrait = context.registre.extraits.get(promotion.certification)
    published = next((each for each in extrait.statistiques if each.annee == promotion.annee), None) if extrait else None
    if published is not None and (found := gaps(promotion, published)):
        yield _differs(promotion, "publie-different", "annee", "publié par France compétences", found)


def _differs(promotion: Promotion, code: str, champ: str, word: str, found: list[Ecart]) -> Constat:
    told = join([f"{gap.titre.lower()} {gap.autre}, calculé {gap.calcule}" for gap in found])
    return finding(
        promotion, code, Niveau.ECART, champ,
        f"{count(len(found), 'chiffre')} {word}{'s' if len(found) > 1 and word == 'déclaré' else ''} s’écarte{'nt' if len(found) > 1 else ''} de ce que donnent les effectifs\u00a0: {told}.",
        "Retrouvez la source de chaque chiffre\u00a0; corrigez les effectifs d’ici, ou demandez la correction à France compétences.",
    )  # fmt: skip


def check_reponse_enquete(promotion: Promotion, context: CheckContext) -> Iterator[Constat]:
    """A survey reaches enough holders to mean something, and says all that its rate rests on."""
    least = context.parametres.taux_reponse_minimal
    for rank, enquete in enumerate(promotion.enquetes):
        name = f"L’enquête à {enquete.horizon_mois}\u00a0mois"
        response = enquete.response()
        if response is not None and 100 * response.numerateur < least * response.denominateur:
            yield finding(
                promotion, "reponse-faible", Niveau.A_SURVEILLER, f"enquetes.{rank}.repondants",
                f"{name} n’a que {count(response.numerateur, 'réponse')} sur {response.denominateur}, moins de {least}\u00a0%.",
                "Relancez les non-répondants, et affichez le taux de réponse avec chaque taux.",
            )  # fmt: skip
        if missing := _missing(enquete):
            yield finding(
                promotion, "enquete-incomplete", Niveau.A_SURVEILLER, f"enquetes.{rank}",
                f"{name} ne dit pas {join(missing, 'ni')}\u00a0: son taux ne peut pas être donné en entier.",
                "Complétez l’enquête\u00a0; écrivez 0 pour un nombre nul.",
            )  # fmt: skip


def _missing(enquete: Enquete) -> list[str]:
    """Return what a rate is given with and that the survey does not say."""
    values = {
        "sa date": enquete.date,
        "les sortants": enquete.sortants,
        "les répondants": enquete.repondants,
        "les neutralisés": enquete.neutralises,
        "les répondants en emploi": enquete.en_emploi if enquete.dans_le_metier is None else 0,
    }
    return [name for name, value in values.items() if value is None]
