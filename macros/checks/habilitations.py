"""Words and steps that the rules on habilitations share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from macros.models.habilitation import NatureChangement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from macros.checks.context import CheckContext
    from macros.models.habilitation import Habilitation
    from macros.models.partenaire import Partenaire

CHANGEMENTS = {
    NatureChangement.DELIVRANCE: "la délivrance",
    NatureChangement.RENOUVELLEMENT: "le renouvellement",
    NatureChangement.MODIFICATION: "la modification",
    NatureChangement.SUSPENSION: "la suspension",
    NatureChangement.REPRISE: "la reprise",
    NatureChangement.ABROGATION: "l’abrogation",
    NatureChangement.RESILIATION: "la résiliation",
}
"""Each change, with its article."""


def running(partenaire: Partenaire, context: CheckContext) -> Iterator[tuple[int, Habilitation]]:
    """Yield the habilitations that still hold, with their rank in the file."""
    return ((rank, grant) for rank, grant in enumerate(partenaire.habilitations) if grant.is_running(context.today))


def named(partenaire: Partenaire, grant: Habilitation) -> str:
    """Return how a constat names an habilitation."""
    return f"Habilitation de {partenaire.nom} pour {grant.certification}"
