"""Rules on who sits: every constituency heard, and the quorum when the organisation set one."""

from __future__ import annotations

from collections import Counter
from difflib import get_close_matches
from typing import TYPE_CHECKING

from macros.checks.sessions import is_coming, on_session, took_place
from macros.french import count, format_date, join
from macros.models.constat import Niveau

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from macros.checks.context import CheckContext
    from macros.models.conseil import Conseil
    from macros.models.constat import Constat
    from macros.models.seance import Participant

_ALIKE = 0.8
"""From which likeness two names of constituencies are probably one: a plural, a feminine, a missing accent."""
_REWRITE = "Si c’est bien lui, écrivez le collège comme il est attendu (clé participants, college)\u202f; sinon, complétez la liste."
_QUORUMS = {"moitie": "la moitié des membres", "moitie_plus_un": "plus de la moitié des membres"}


def check_colleges_cp(conseil: Conseil, context: CheckContext) -> Iterator[Constat]:
    """Every constituency is heard: certificateur, disability referent, teaching team, jury, candidates, partners, or those that the organisation expects."""
    day, expected = format_date(conseil.date), _expected(conseil, context)
    if took_place(conseil, context):
        seats = [seat for seat in conseil.participants if seat.took_part()]
        missing, meant = _missing(expected, seats), _meant(expected, seats)
        if missing:
            yield on_session(
                conseil, "college-absent", Niveau.A_SURVEILLER, "participants",
                f"À la séance du {day}, des collèges attendus n’étaient pas présents ou représentés en nombre\u00a0: {join(missing)}.{meant}",
                _REWRITE if meant else "Complétez les présences (clé participants) si elles sont mal notées\u202f; sinon, recueillez l’avis qui manque et gardez-en la trace par une dérogation.",
            )  # fmt: skip
    elif is_coming(conseil, context) and conseil.participants:
        seats = [seat for seat in conseil.participants if seat.has_vote()]
        missing, meant = _missing(expected, seats), _meant(expected, seats)
        if missing:
            yield on_session(
                conseil, "college-non-convoque", Niveau.A_SURVEILLER, "participants",
                f"Pour la séance du {day}, des collèges attendus ne sont pas invités en nombre\u00a0: {join(missing)}.{meant}",
                _REWRITE if meant else "Invitez-les et ajoutez-les par leur fonction et leur collège (clé participants).",
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


def _meant(expected: Mapping[str, tuple[str, int]], seats: Sequence[Participant]) -> str:
    """Return which constituency that nobody expects was probably meant for one that is missing."""
    counted = Counter(_key(seat.college) for seat in seats)
    others = {_key(seat.college): seat.college.strip() for seat in seats if _key(seat.college) not in expected}
    pairs = [
        f"«\u00a0{others[close[0]]}\u00a0» est sans doute «\u00a0{name}\u00a0»"
        for key, (name, minimum) in expected.items()
        if counted[key] < minimum and (close := get_close_matches(key, others, n=1, cutoff=_ALIKE))
    ]
    return f" Parmi les collèges notés, {join(pairs)}." if pairs else ""


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
    were = "étaient présents ou représentés" if present > 1 else "était présent ou représenté"
    told = f"{count(present, 'membre')} sur {len(members)} {were} à la séance du {format_date(conseil.date)}, et le règlement intérieur demande {_QUORUMS[rule]}"
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
