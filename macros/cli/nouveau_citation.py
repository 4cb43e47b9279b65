"""The session in which a new proof is to be cited: as what, for which certification."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros import messages
from macros.cli.console import stop
from macros.drafts.preuve import Piece, cited_by

if TYPE_CHECKING:
    from macros.cli.nouveau_saisie import Desk
    from macros.models.conseil import Conseil


@dataclass(frozen=True)
class Citation:
    """The session that cites the proof, as what, for which certification."""

    conseil: Conseil
    role: Piece
    numero: str


def read_citation(here: Desk, identifier: str | None, role: Piece | None, certifications: list[str]) -> Citation | None:
    """Return the session to cite the proof in; exit with 1 when it cannot."""
    if identifier is None and role is None:
        return None
    if identifier is None or role is None:
        stop(messages.together("--conseil", "--role"))
    known = here.vue.registre.conseils
    if identifier not in known:
        stop(f"--conseil\u00a0: {messages.unknown_link(identifier, 'conseils', known)}")
    found = known[identifier]
    numbers = certifications or list(found.certifications)
    if role is Piece.PV and (len(numbers) != 1 or numbers[0] not in found.certifications):
        stop(messages.whose_minutes(list(found.certifications)))
    earlier = cited_by(found, role, numbers[0])
    if earlier:
        stop(messages.already_cited(identifier, earlier))
    return Citation(found, role, numbers[0])
