"""The session in which a new proof is to be cited: as what, for which certification, and the day its document takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros import messages
from macros.cli.console import stop
from macros.cli.nouveau_question import Question
from macros.drafts.preuve import Piece, cited_by, day_stated
from macros.french import format_date

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


def read_day(here: Desk, stated: str | None, session: Citation | None, text: str = "Date du document") -> tuple[str, list[str]]:
    """Return the day of a document, and what a person should look at again.

    What a session tells comes first, then today; but today is no day of
    sending once the session is past: it is asked, and without terminal
    the command exits with 1.
    """
    known, sent = (day_stated(session.conseil, session.role), session.role.is_sent()) if session else (None, False)
    is_past = sent and session is not None and not session.conseil.is_coming(here.vue.today)
    day = known or (None if is_past else here.vue.today)
    if session and day is None and stated is None and not here.interactive:
        stop(messages.sending_day_needed(session.conseil.id, session.role.value))
    asked = "Jour de l’envoi (AAAA-MM-JJ)" if sent else text
    answer = here.ask(Question("--date", "date", asked, required=True, defaut=day.isoformat() if day else ""), stated)
    if stated is None and known is None and not here.interactive:
        return answer, [messages.day_of_today(format_date(here.vue.today), sent=sent)]
    if session and sent and known and answer != known.isoformat():
        return answer, [messages.other_sending_day(session.conseil.id, format_date(known))]
    return answer, []
