"""Rules on partners towards France compétences: told in time, listed alike, controlled with an outcome."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from macros.checks.finding import finding
from macros.checks.habilitations import CHANGEMENTS, named
from macros.french import add_months, count, format_date, format_delay, join
from macros.models.comparaison_partenaires import Sorte, compare
from macros.models.constat import Niveau

if TYPE_CHECKING:
    from collections.abc import Iterator

    from macros.checks.context import CheckContext
    from macros.models.certification import Certification
    from macros.models.constat import Constat
    from macros.models.partenaire import Partenaire


def check_notification_fc(partenaire: Partenaire, context: CheckContext) -> Iterator[Constat]:
    """France compétences is told of each change of an habilitation within the delay (`delai_fc_mois`)."""
    for rank, grant in enumerate(partenaire.habilitations):
        for step, change in enumerate(grant.changements):
            due = add_months(change.date, context.parametres.delai_fc_mois)
            place, told = (
                f"habilitations.{rank}.changements.{step}",
                f"{named(partenaire, grant)}\u00a0: {CHANGEMENTS[change.nature]} du {format_date(change.date)}",
            )
            if change.notifie_le is None and due < context.today:
                yield finding(
                    partenaire, "notification-manquante", Niveau.ECART, place,
                    f"{told} devait être communiquée à France compétences au plus tard le {format_date(due)}, {format_delay(context.today, due)}.",
                    "Mettez à jour la liste des habilitations, puis notez le jour (clé notifie_le).",
                    certifications=(grant.certification,), echeance=due, juge_le=change.date,
                )  # fmt: skip
            elif change.notifie_le is not None and change.notifie_le > due:
                yield finding(
                    partenaire, "notification-tardive", Niveau.A_SURVEILLER, f"{place}.notifie_le",
                    f"{told} a été communiquée à France compétences le {format_date(change.notifie_le)}, après le {format_date(due)}.",
                    "Rien à corriger dans la fiche\u00a0; voyez d’où vient le retard.",
                    certifications=(grant.certification,), echeance=due, juge_le=change.date,
                )  # fmt: skip


def check_controle_partenaire(partenaire: Partenaire, context: CheckContext) -> Iterator[Constat]:  # noqa: ARG001 - every check has the same signature
    """A control that concludes to a gap leads to an action."""
    for rank, grant in enumerate(partenaire.habilitations):
        for step, control in enumerate(grant.controles):
            if control.conclusion == "ecart" and not control.actions:
                yield finding(
                    partenaire, "controle-sans-suite", Niveau.A_SURVEILLER, f"habilitations.{rank}.controles.{step}",
                    f"{named(partenaire, grant)}\u00a0: le contrôle du {format_date(control.date)} conclut à un écart, sans action.",
                    "Ouvrez une action (portail nouveau action) et citez-la (clé actions).", certifications=(grant.certification,),
                )  # fmt: skip


def check_partenaires_fc(certification: Certification, context: CheckContext) -> Iterator[Constat]:
    """Our partners are those the published fiche lists, with the same role and the same state, once the organisation records partners."""
    extrait = context.extrait(certification)
    if extrait is None or not context.registre.partenaires or context.is_closed(certification):
        return
    ours = context.partners_of(certification.numero)
    kinds = Counter(each.sorte for each in compare(certification.numero, ours, extrait, context.today) if each.sorte)
    if kinds:
        told = join([count(kinds[kind], *_KINDS[kind]) for kind in Sorte if kinds[kind]])
        yield finding(
            certification, "partenaires-differents", Niveau.A_SURVEILLER, "numero",
            f"Les partenaires d’ici diffèrent de la fiche publiée au {format_date(extrait.source.date)}\u00a0: {told}.",
            "Comparez-les sur la page de la certification\u00a0; corrigez ici, ou mettez à jour la liste auprès de France compétences.",
        )  # fmt: skip


_KINDS = {
    Sorte.ABSENT_ICI: ("absent d’ici", "absents d’ici"),
    Sorte.ABSENT_FC: ("absent de la fiche publiée", "absents de la fiche publiée"),
    Sorte.AUTRE_ROLE: ("rôle différent", "rôles différents"),
    Sorte.AUTRE_ETAT: ("état différent", "états différents"),
}


def check_delivrance_connue(certification: Certification, context: CheckContext) -> Iterator[Constat]:
    """The day on which each habilitation was delivered is known: the rules on its content depend on it. One constat for all of them."""
    grants = [g for p in context.partners_of(certification.numero) for g in p.habilitations if g.certification == certification.numero]
    unknown = sum(grant.delivree_le is None and grant.is_running(context.today) for grant in grants)
    if unknown:
        yield finding(
            certification, "delivrance-inconnue", Niveau.A_SURVEILLER, "numero",
            f"{count(unknown, 'habilitation')} sans date de délivrance\u00a0: rien ne dit quelles règles de contenu s’appliquent.",
            "Complétez la clé delivree_le de chaque habilitation, d’après son acte.",
        )  # fmt: skip
