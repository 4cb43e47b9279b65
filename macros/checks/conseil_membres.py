"""Rules on who sits: every constituency heard, and the quorum when the organisation set one."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from macros.checks.sessions import is_coming, on_session, took_place
from macros.french import format_date, join
from macros.models.constat import Niveau

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from macros.checks.context import CheckContext
    from macros.models.conseil import Conseil
    from macros.models.constat import Constat
    from macros.models.seance import Participant

_QUORUMS = {"moitie": "la moitié des membres", "moitie_plus_un": "plus de la moitié des membres"}


def check_colleges_cp(conseil: Conseil, context: CheckContext) -> Iterator[Constat]:
    """Every constituency is heard: certificateur, disability referent, teaching team, jury, candidates, partners, or those that the organisation expects."""
    day = format_date(conseil.date)
    if took_place(conseil, context):
        missing = _missing(_expected(conseil, context), (seat for seat in conseil.participants if seat.took_part()))
        if missing:
            yield on_session(
                conseil, "college-absent", Niveau.A_SURVEILLER, "participants",
                f"À la séance du {day}, des collèges attendus n’étaient pas présents ou représentés en nombre\u00a0: {join(missing)}.",
                "Complétez les présences (clé participants) si elles sont mal notées\u202f; sinon, recueillez l’avis qui manque et gardez-en la trace par une dérogation.",
            )  # fmt: skip
    elif is_coming(conseil, context) and conseil.participants:
        missing = _missing(_expected(conseil, context), (seat for seat in conseil.participants if seat.has_vote()))
        if missing:
            yield on_session(
                conseil, "college-non-convoque", Niveau.A_SURVEILLER, "participants",
                f"Pour la séance du {day}, des collèges attendus ne sont pas invités en nombre\u00a0: {join(missing)}.",
                "Invitez-les et ajoutez-les par leur fonction et leur collège (clé participants).",
            )  # fmt: skip


def _expected(conseil: Conseil, context: CheckContext) -> dict[str, tuple[str, int]]:
    """Return the constituencies expected, by name without case, with their name and minimum."""
    known = context.registre.certifications
    domaines = [known[numero].domaine for numero in conseil.certifications if numero in known]
    return {_key(each.college): (each.college, each.minimum) for each in context.registre.organisme.colleges_attendus(domaines)}


def _key(name: str) -> str:
    return name.strip().casefold()


def _missing(expected: Mapping[str, tuple[str, int]], seats: Iterable[Participant]) -> list[str]:
    counted = Counter(_key(seat.college) for seat in seats)
    return [_shortage(name, counted[key], minimum) for key, (name, minimum) in expected.items() if counted[key] < minimum]


def _shortage(name: str, present: int, minimum: int) -> str:
    return name if not present else f"{name} ({present} sur {minimum})"


def check_quorum_cp(conseil: Conseil, context: CheckContext) -> Iterator[Constat]:
    """When the organisation set a quorum, enough members took part, guests apart, and the minutes say the same."""
    rule = context.registre.organisme.reglement_interieur.quorum
    members = [seat for seat in conseil.participants if seat.has_vote()]
    if rule not in _QUORUMS or not took_place(conseil, context) or not any(seat.presence for seat in members):
        return
    present = sum(seat.took_part() for seat in members)
    reached = present * 2 > len(members) or (rule == "moitie" and present * 2 == len(members))
    told = f"{present} membres sur {len(members)} étaient présents ou représentés à la séance du {format_date(conseil.date)}, et le règlement intérieur demande {_QUORUMS[rule]}"
    if conseil.quorum == ("non_atteint" if reached else "atteint"):
        yield on_session(
            conseil, "quorum-contredit", Niveau.A_SURVEILLER, "quorum",
            f"La fiche dit le quorum {'non atteint' if reached else 'atteint'}\u00a0: {told}.",
            "Relisez les présences (clé participants) ou le constat du procès-verbal (clé quorum).",
        )  # fmt: skip
    elif not reached:
        yield on_session(
            conseil, "quorum-non-atteint", Niveau.A_SURVEILLER, "participants", f"Le quorum n’est pas atteint\u00a0: {told}.",
            "Suivez ce que le règlement intérieur prévoit dans ce cas, par exemple une seconde convocation\u202f; une dérogation en garde la trace.",
        )  # fmt: skip
