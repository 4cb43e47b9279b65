"""The criteria on which the next application is judged, each with its evidence, or what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from macros.french import count, format_date, format_short_date
from macros.models.constat import Niveau
from macros.models.exigence import Evenement
from macros.views.decisions import decision_pill, decisions, rank, requirements_address, without_status
from macros.views.parts import Reference, references_to
from macros.views.renouvellement.releve import Cellule, Colonne, Ligne, Releve, Revue, review_of

if TYPE_CHECKING:
    from macros.models.certification import Certification
    from macros.records.decisions import Decision
    from macros.views.context import Vue


def build_criteres(vue: Vue, certification: Certification) -> Releve:
    """Return what the next application is judged on, what asks for something first."""
    return criteres(review_of(vue, certification))


def criteres(revue: Revue) -> Releve:
    """Return each requirement judged at the filing that binds on its day: status, evidence, who assessed it and when."""
    known = sorted(_judged(revue), key=rank)
    rows = [_row(revue, each) for each in known]
    day = f"Critères appréciés au dépôt, dans leur version du {format_date(known[0].jour)}." if known else ""
    said = f"{count(without_evidence(revue), 'critère')} sans preuve." if without_evidence(revue) else ""
    columns = (Colonne("Critère", 40), Colonne("État", 16), Colonne("Preuves", 24), Colonne("Évalué", 20))
    return Releve(said, day, columns, tuple(rows), "Aucun critère ne s’applique à la prochaine demande.")


def without_evidence(revue: Revue) -> int:
    """Count the criteria that bind and that no evidence supports."""
    return sum(not each.preuves for each in _judged(revue))


def _judged(revue: Revue) -> list[Decision]:
    found = decisions(revue.vue).of(revue.certification.numero)
    return [each for each in found if each.exigence.appreciee is Evenement.DEPOT and each.niveau is not Niveau.SANS_OBJET]


def _row(revue: Revue, decision: Decision) -> Ligne:
    vue, pill, written = revue.vue, decision_pill(decision), decision.evaluation
    exigence = decision.exigence
    link = Reference(exigence.titre, f"{requirements_address(decision.certification)}#{exigence.id.lower()}")
    proofs = references_to(vue, "preuves", (proof.id for proof in decision.preuves))
    assessed = Cellule(format_short_date(written.date), sous=written.fonction) if written else Cellule("—")
    return Ligne(
        (
            Cellule(liens=(link,), sous=exigence.reference()),
            Cellule(pastilles=(pill,)) if pill else Cellule(without_status(vue, decision), manque=True),
            Cellule(liens=proofs) if proofs else Cellule("aucune preuve", manque=True),
            assessed,
        )
    )
