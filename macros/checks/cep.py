"""Rules on the CEP recommendations: a certification of guidance says where it stands on the first four, with reasons and evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from macros.checks.finding import finding
from macros.french import format_date, format_delay, join
from macros.models.base import OuiNon
from macros.models.constat import Niveau

if TYPE_CHECKING:
    from collections.abc import Iterator

    from macros.checks.context import CheckContext
    from macros.models.certification import Certification
    from macros.models.constat import Constat
    from macros.models.positionnement import Positionnement


def check_positionnement_cep(certification: Certification, context: CheckContext) -> Iterator[Constat]:
    """A certification of guidance is read against each recommendation that no check decides; the others have nothing to say."""
    if certification.accompagnement is OuiNon.NON or context.is_closed(certification):
        return
    position = context.positions.get(certification.numero)
    expected = sorted(r.id for r in context.registre.cep.values() if r.controle is None)
    missing = [identifier for identifier in expected if position is None or position.on(identifier) is None]
    if missing:
        yield finding(
            certification, "positionnement-cep-absent", Niveau.A_SURVEILLER, "accompagnement",
            f"Cette certification d’accompagnement n’est pas située sur {join(missing)}.",
            f"Écrivez une lecture par recommandation, avec son motif, dans data/positionnements/POS-{certification.numero}.yml.",
        )  # fmt: skip


def check_reexamen_cep(positionnement: Positionnement, context: CheckContext) -> Iterator[Constat]:
    """A position concerns a certification of guidance, rests on evidence when it says conforme, and is read again on its day."""
    certification = context.registre.certifications.get(positionnement.certification)
    about = (positionnement.certification,)
    if certification is not None and certification.accompagnement is OuiNon.NON:
        yield finding(
            positionnement, "positionnement-hors-champ", Niveau.A_SURVEILLER, "certification",
            f"{certification.numero} n’est pas une certification d’accompagnement\u00a0: les recommandations CEP-R1 à CEP-R4 sont sans objet pour elle.",
            "Retirez cette fiche, ou corrigez la clé accompagnement de la certification.", certifications=about,
        )  # fmt: skip
        return
    if certification is not None and context.is_closed(certification):
        return
    for rank, lecture in enumerate(positionnement.lectures):
        if lecture.statut == "conforme" and not lecture.preuves:
            yield finding(
                positionnement, "positionnement-sans-preuve", Niveau.A_SURVEILLER, f"lectures.{rank}",
                f"La lecture de {lecture.recommandation} conclut «\u00a0conforme\u00a0» sans citer de preuve.",
                "Citez un document qui l’appuie (clé preuves), ou revoyez le statut.", certifications=about,
            )  # fmt: skip
        if lecture.reexamen is not None and lecture.reexamen < context.today:
            yield finding(
                positionnement, "positionnement-a-reexaminer", Niveau.A_SURVEILLER, f"lectures.{rank}.reexamen",
                f"La lecture de {lecture.recommandation} était à reprendre le {format_date(lecture.reexamen)}, {format_delay(context.today, lecture.reexamen)}.",
                "Relisez la certification, datez la lecture et fixez le réexamen suivant.", certifications=about, echeance=lecture.reexamen,
            )  # fmt: skip
