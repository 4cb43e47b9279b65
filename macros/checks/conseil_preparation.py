"""Rules on the preparation of a conseil: who pilots, what was sent and when, how long it lasts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from macros.checks.finding import finding
from macros.checks.sessions import is_coming, on_session, took_place
from macros.french import add_days, count, format_date, format_duration, join
from macros.models.conseil import StatutConseil
from macros.models.constat import Niveau
from macros.models.seance import Theme

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from macros.checks.context import CheckContext
    from macros.models.conseil import Conseil
    from macros.models.constat import Constat
    from macros.models.seance import Role

THEMES = {
    Theme.REGLEMENTATION: "les évolutions réglementaires",
    Theme.COHERENCE: "la cohérence entre formation et certification",
    Theme.CONVENTIONS: "la conformité des conventions",
    Theme.MARCHE: "les besoins du marché",
    Theme.BILAN: "le bilan de l’année",
    Theme.PLAN_ACTIONS: "le plan d’actions",
}
"""The five points and the action plan, as a sentence names them."""


def check_convocation_cp(conseil: Conseil, context: CheckContext) -> Iterator[Constat]:
    """Members are invited in time, with an agenda that holds the five points and the action plan."""
    if took_place(conseil, context):
        yield from _sent(conseil, context)
        if conseil.ordre_du_jour.date is None and not conseil.ordre_du_jour.points:
            yield on_session(
                conseil, "ordre-du-jour-absent", Niveau.A_SURVEILLER, "ordre_du_jour",
                f"Aucun ordre du jour n’est noté pour la séance du {format_date(conseil.date)}.",
                "Reportez les points et la date d’envoi (clé ordre_du_jour)\u00a0: avec la convocation et l’émargement, il suffit à attester la tenue.",
            )  # fmt: skip
    elif is_coming(conseil, context):
        yield from _to_send(conseil, context)
        yield from _agenda(conseil)


def _sent(conseil: Conseil, context: CheckContext) -> Iterator[Constat]:
    sent, delay = conseil.convocation.date, context.seuil("delai_convocation_jours", conseil.certifications)
    if sent is None:
        yield on_session(
            conseil, "convocation-absente", Niveau.ECART, "convocation",
            f"Aucune convocation datée n’est notée pour la séance du {format_date(conseil.date)}.",
            "Notez la date, le moyen et la preuve de l’envoi (clé convocation)\u00a0: avec l’ordre du jour et l’émargement, elle suffit à attester la tenue.",
        )  # fmt: skip
    elif (conseil.date - sent).days < delay:
        yield on_session(
            conseil, "convocation-tardive", Niveau.A_SURVEILLER, "convocation.date",
            f"La convocation est partie le {format_date(sent)}, {_before(sent, conseil.date)} la séance\u202f; le délai retenu est de {count(delay, 'jour')}.",
            "Envoyez la prochaine plus tôt\u202f; une dérogation garde la raison de celle-ci, et le délai se règle (reglement_interieur.delai_convocation_jours).",
        )  # fmt: skip


def _before(sent: date, held: date) -> str:
    days = (held - sent).days
    if days == 0:
        return "le jour même de"
    return f"{count(abs(days), 'jour')} {'avant' if days > 0 else 'après'}"


def _to_send(conseil: Conseil, context: CheckContext) -> Iterator[Constat]:
    due = add_days(conseil.date, -context.seuil("delai_convocation_jours", conseil.certifications))
    if conseil.convocation.date is not None or due > context.today:
        return
    said = ", alors que la séance est dite convoquée" if conseil.statut is StatutConseil.CONVOQUE else ""
    yield finding(
        conseil, "convocation-a-envoyer", Niveau.A_SURVEILLER, "convocation",
        f"Aucun envoi de convocation n’est noté{said}\u00a0: il était prévu au plus tard le {format_date(due)} pour la séance du {format_date(conseil.date)}.",
        "Envoyez la convocation et l’ordre du jour, puis notez la date et le moyen (clé convocation) et le statut convoque.",
        echeance=due, juge_le=conseil.date, a_venir=True,
    )  # fmt: skip


def _agenda(conseil: Conseil) -> Iterator[Constat]:
    planned = {point.theme for point in conseil.ordre_du_jour.points}
    missing = [words for theme, words in THEMES.items() if theme not in planned]
    if missing:
        yield on_session(
            conseil, "ordre-du-jour-incomplet", Niveau.A_SURVEILLER, "ordre_du_jour.points",
            f"L’ordre du jour de la séance du {format_date(conseil.date)} ne prévoit pas {join(missing, 'ni')}.",
            "Ajoutez les points qui manquent (clé ordre_du_jour.points) avant l’envoi aux membres.",
        )  # fmt: skip


def check_duree_cp(conseil: Conseil, context: CheckContext) -> Iterator[Constat]:
    """A session lasts from one hour to half a day, and its times are known once it is held."""
    if not (took_place(conseil, context) or is_coming(conseil, context)):
        return
    minutes = conseil.duration()
    low = context.seuil("duree_cp_min_minutes", conseil.certifications)
    high = context.seuil("duree_cp_max_minutes", conseil.certifications)
    if minutes is not None and not low <= minutes <= high:
        yield on_session(
            conseil, "duree-inhabituelle", Niveau.A_SURVEILLER, "fin",
            f"La durée de la séance est de {format_duration(minutes)}\u202f; l’usage retenu va de {format_duration(low)} à {format_duration(high)}.",
            "Vérifiez les heures (clés debut et fin)\u202f; si elles sont justes, une dérogation garde la raison.",
        )  # fmt: skip
    elif minutes is None and conseil.is_held():
        yield on_session(
            conseil, "horaires-absents", Niveau.A_SURVEILLER, "debut" if conseil.debut else "date",
            f"Les heures de début et de fin de la séance du {format_date(conseil.date)} ne sont pas toutes notées.",
            "Reportez-les du procès-verbal (clés debut et fin).",
        )  # fmt: skip


def check_pilotage_cp(conseil: Conseil, context: CheckContext) -> Iterator[Constat]:
    """The certificateur pilots the session; a consultant may be there and help."""
    if not (took_place(conseil, context) or is_coming(conseil, context)):
        return
    pilot, ours = conseil.pilote, _plain(context.registre.organisme.denomination)
    if pilot is None:
        yield on_session(
            conseil, "pilote-absent", Niveau.A_SURVEILLER, "pilote",
            f"La fiche ne dit pas quelle fonction pilote la séance du {format_date(conseil.date)}.",
            "Notez la fonction du certificateur qui pilote (clé pilote.fonction)\u202f; un consultant éventuel se note à part (clé consultant).",
        )  # fmt: skip
        return
    outside = pilot.organisation if _plain(pilot.organisation) not in ("", ours) else _consulting(pilot, conseil.consultant, ours)
    if outside:
        yield on_session(
            conseil, "pilotage-externe", Niveau.ECART, "pilote.organisation" if pilot.organisation else "pilote.fonction",
            f"La séance du {format_date(conseil.date)} est pilotée par {outside}\u202f; l’usage est que le certificateur pilote, accompagné ou non.",
            "Si cette personne accompagne, notez-la à la clé consultant et donnez le pilotage à une fonction de l’organisme.",
        )  # fmt: skip


def _consulting(pilot: Role, consultant: Role | None, ours: str) -> str:
    """Return who pilots when it is the consultant of the session: the same person or, when nobody says who, the same function."""
    if consultant is None or pilot.organisation or (consultant.organisation and _plain(consultant.organisation) == ours):
        return ""
    if pilot.personne and consultant.personne:
        same = pilot.personne == consultant.personne
    else:
        same = _plain(pilot.fonction) == _plain(consultant.fonction)
    return f"son consultant ({', '.join(filter(None, (consultant.fonction, consultant.organisation)))})" if same else ""


def _plain(text: str | None) -> str:
    return (text or "").strip().casefold()
