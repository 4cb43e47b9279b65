"""Rules on minutes: one for each certification, sent in time, approved at the next session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from macros.checks.days import add_days
from macros.checks.sessions import on_session, took_place
from macros.french import count, format_date
from macros.models.conseil import EtatPV
from macros.models.constat import Niveau

if TYPE_CHECKING:
    from collections.abc import Iterator

    from macros.checks.context import CheckContext
    from macros.models.conseil import PV, Conseil
    from macros.models.constat import Constat


def check_pv_cp(conseil: Conseil, context: CheckContext) -> Iterator[Constat]:
    """Each certification of a session has its own minutes, even when the session is pooled."""
    if not took_place(conseil, context):
        return
    day, pooled = format_date(conseil.date), len(conseil.certifications) > 1
    written = {minutes.certification for minutes in conseil.pv}
    for numero in conseil.certifications:
        if numero in written:
            continue
        delay = context.seuil("delai_pv_jours", (numero,))
        due = add_days(conseil.date, delay)
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
    """Minutes are sent to the members in time, then approved at the next session."""
    if took_place(conseil, context):
        for index, minutes in enumerate(conseil.pv):
            yield from _sending(conseil, index, minutes, context)


def _sending(conseil: Conseil, index: int, minutes: PV, context: CheckContext) -> Iterator[Constat]:
    numero, delay = minutes.certification, context.seuil("delai_pv_jours", (minutes.certification,))
    due, told = add_days(conseil.date, delay), f"Le procès-verbal de {numero} pour la séance du {format_date(conseil.date)}"
    if minutes.etat is EtatPV.PROJET:
        if due < context.today:
            yield on_session(
                conseil, "pv-non-diffuse", Niveau.ECART, f"pv.{index}.etat",
                f"{told} est encore à l’état de projet\u00a0: sa diffusion était attendue au plus tard le {format_date(due)}.",
                "Diffusez-le aux membres, puis notez l’état diffuse et la date (clé diffuse_le).", certifications=(numero,), echeance=due,
            )  # fmt: skip
        return
    if minutes.diffuse_le is not None and minutes.diffuse_le > due:
        yield on_session(
            conseil, "pv-diffuse-tard", Niveau.A_SURVEILLER, f"pv.{index}.diffuse_le",
            f"{told} est parti le {format_date(minutes.diffuse_le)}, après le {format_date(due)} ({count(delay, 'jour')} après la séance).",
            "Prévoyez la rédaction du prochain plus tôt\u202f; une dérogation garde la raison de ce retard, et le délai se règle (reglement_interieur.delai_pv_jours).",
            certifications=(numero,), echeance=due,
        )  # fmt: skip
    later = None if minutes.is_settled() or conseil.id in context.approved else _next_session(conseil, numero, context)
    if later is not None:
        yield on_session(
            conseil, "pv-non-approuve", Niveau.A_SURVEILLER, f"pv.{index}.etat",
            f"{told} n’est pas approuvé, alors que le conseil suivant s’est tenu le {format_date(later.date)} ({later.id}).",
            f"S’il a été approuvé ce jour-là, notez-le dans {later.id} (clé approbations)\u202f; sinon, inscrivez-le à la prochaine séance.",
            certifications=(numero,), echeance=later.date,
        )  # fmt: skip


def _next_session(conseil: Conseil, numero: str, context: CheckContext) -> Conseil | None:
    """Return the next conseil that counts for a certification or for one that descends from it."""
    later = (c for heir in context.heirs.get(numero, ()) for c in context.counted_for(heir) if c.date > conseil.date)
    return min(later, key=lambda c: (c.date, c.id), default=None)
