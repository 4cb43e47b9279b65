"""Rules on minutes: one for each certification, sent in time, approved at the next session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from macros.checks.sessions import on_session, took_place
from macros.french import count, format_date
from macros.models.conseil import EtatPV
from macros.models.constat import Niveau
from macros.records.seuils import pv_due

if TYPE_CHECKING:
    from collections.abc import Iterator

    from macros.checks.context import CheckContext
    from macros.models.conseil import PV, Conseil
    from macros.models.constat import Constat

_DATES = {"diffuse_le": "diffusé", "approuve_le": "approuvé", "signe_le": "signé"}
"""The day of each state, and the state as a sentence names it."""
_STATES = {EtatPV.DIFFUSE: "diffuse_le", EtatPV.APPROUVE: "approuve_le", EtatPV.SIGNE: "signe_le"}


def check_pv_cp(conseil: Conseil, context: CheckContext) -> Iterator[Constat]:
    """Each certification of a session has its own minutes, even when the session is pooled."""
    if not took_place(conseil, context):
        return
    day, pooled = format_date(conseil.date), len(conseil.certifications) > 1
    written = {minutes.certification for minutes in conseil.pv}
    for numero in conseil.certifications:
        if numero in written:
            continue
        delay, due = context.seuil("delai_pv_jours", (numero,)), pv_due(context.registre, conseil, numero)
        late = due < context.today
        expected = (
            f"il {'était' if late else 'est'} attendu au plus tard le {format_date(due)}, {count(delay, 'jour')} après la séance du {day}"
        )
        yield on_session(
            conseil, "pv-manquant" if late else "pv-a-rediger", Niveau.ECART if late else Niveau.A_SURVEILLER, "pv",
            f"Aucun procès-verbal n’est noté pour {numero}\u00a0: {expected}."
            + (" Sans lui, cette séance commune ne compte pas pour cette certification." if pooled else ""),
            f"Rédigez-le et notez son état (clé pv, une entrée pour {numero}).", certifications=(numero,), echeance=due,
        )  # fmt: skip


def check_diffusion_pv(conseil: Conseil, context: CheckContext) -> Iterator[Constat]:
    """Minutes are sent to the members in time, then approved at the next session; each state has its date, after the session."""
    if took_place(conseil, context):
        for index, minutes in enumerate(conseil.pv):
            yield from _dated(conseil, index, minutes, context)
            yield from _sending(conseil, index, minutes, context)


def _dated(conseil: Conseil, index: int, minutes: PV, context: CheckContext) -> Iterator[Constat]:
    """Yield days that come before the session, and a state that no day tells."""
    numero, told = minutes.certification, _named(conseil, minutes)
    known = {key: day for key in _DATES if (day := getattr(minutes, key)) is not None}
    for key, day in known.items():
        if day < conseil.date:
            yield on_session(
                conseil, "pv-avant-seance", Niveau.ECART, f"pv.{index}.{key}",
                f"{told} est dit {_DATES[key]} le {format_date(day)}, avant la séance.",
                f"Corrigez la date (clé {key}), ou celle de la séance (clé date).", certifications=(numero,),
            )  # fmt: skip
    settled = bool(known) or (conseil.id, numero) in context.approved
    if (minutes.is_settled() and not settled) or (minutes.etat is EtatPV.DIFFUSE and minutes.diffuse_le is None):
        key = _STATES[minutes.etat]
        yield on_session(
            conseil, "pv-sans-date", Niveau.A_SURVEILLER, f"pv.{index}.etat", f"{told} est dit {_DATES[key]}, sans la date.",
            f"Notez le jour (clé {key}), ou corrigez l’état.", certifications=(numero,),
        )  # fmt: skip


def _named(conseil: Conseil, minutes: PV) -> str:
    return f"Le procès-verbal de {minutes.certification} pour la séance du {format_date(conseil.date)}"


def _sending(conseil: Conseil, index: int, minutes: PV, context: CheckContext) -> Iterator[Constat]:
    numero, told = minutes.certification, _named(conseil, minutes)
    due = pv_due(context.registre, conseil, numero)
    if minutes.etat is EtatPV.PROJET:
        if due < context.today:
            yield on_session(
                conseil, "pv-non-diffuse", Niveau.ECART, f"pv.{index}.etat",
                f"{told} est encore à l’état de projet\u00a0: sa diffusion était attendue au plus tard le {format_date(due)}.",
                "Diffusez-le aux membres, puis notez l’état diffuse et la date (clé diffuse_le).", certifications=(numero,), echeance=due,
            )  # fmt: skip
        return
    if minutes.diffuse_le is not None and minutes.diffuse_le > due:
        delay = context.seuil("delai_pv_jours", (numero,))
        yield on_session(
            conseil, "pv-diffuse-tard", Niveau.A_SURVEILLER, f"pv.{index}.diffuse_le",
            f"{told} est parti le {format_date(minutes.diffuse_le)}, après le {format_date(due)} ({count(delay, 'jour')} après la séance).",
            "Prévoyez la rédaction du prochain plus tôt\u202f; une dérogation garde la raison de ce retard, et le délai se règle (reglement_interieur.delai_pv_jours).",
            certifications=(numero,), echeance=due,
        )  # fmt: skip
    settled = minutes.is_settled() or (conseil.id, numero) in context.approved
    later = None if settled else context.next_session(conseil, numero)
    if later is not None:
        yield on_session(
            conseil, "pv-non-approuve", Niveau.A_SURVEILLER, f"pv.{index}.etat",
            f"{told} n’est pas approuvé, alors que le conseil suivant s’est tenu le {format_date(later.date)} ({later.id}).",
            f"S’il a été approuvé ce jour-là, notez-le dans {later.id} (clé approbations)\u202f; sinon, inscrivez-le à la prochaine séance.",
            certifications=(numero,), echeance=later.date,
        )  # fmt: skip
