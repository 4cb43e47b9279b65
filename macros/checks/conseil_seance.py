"""Rules on a session: whether it took place, what attests it, what was discussed and followed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from macros.checks.conseil_preparation import THEMES
from macros.checks.sessions import is_ours, on_session, took_place
from macros.french import MOIS, count, format_date, format_delay, join
from macros.models.conseil import Regime, StatutConseil
from macros.models.constat import Niveau
from macros.models.seance import Theme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from macros.checks.context import CheckContext
    from macros.models.conseil import Conseil
    from macros.models.constat import Constat

_NAMED = 5
"""How many actions a sentence names before it counts the others."""
_ATTESTED = {
    "presence": "Notez le mode et le nombre de signatures (clé emargement)\u202f; la feuille elle-même reste hors du dépôt.",
    "visio": "Notez le relevé de connexion ou une attestation (clé emargement, mode connexion ou attestation).",
    "mixte": "Notez la feuille de la salle, ou le relevé de connexion des autres, ou une attestation (clé emargement).",
}


def check_regime_cp(conseil: Conseil, context: CheckContext) -> Iterator[Constat]:  # noqa: ARG001 - every check has this form
    """The conseil of a CFA or of a university follows other rules: it is neither judged nor counted here."""
    if not is_ours(conseil) and conseil.statut is not StatutConseil.ANNULE:
        whose = "d’un CFA" if conseil.regime is Regime.CFA else "d’une université"
        yield on_session(
            conseil, "regime-autre", Niveau.SANS_OBJET, "regime",
            f"Ce conseil est celui {whose}\u00a0: d’autres règles s’y appliquent, il n’est pas contrôlé ici et ne compte pas dans la cadence.",
            "S’il s’agit d’un conseil du certificateur, corrigez la clé regime.",
        )  # fmt: skip


def check_tenue_cp(conseil: Conseil, context: CheckContext) -> Iterator[Constat]:
    """A session is said held once it took place, and something attests who was there: a sheet, a log of connections, an attestation."""
    day = format_date(conseil.date)
    if took_place(conseil, context):
        yield from _attested(conseil)
        yield from _announced(conseil)
    elif is_ours(conseil) and conseil.is_held():
        yield on_session(
            conseil, "seance-future", Niveau.ECART, "statut",
            f"La séance est dite tenue alors que sa date est à venir\u00a0: {day}, {format_delay(context.today, conseil.date)}.",
            "Corrigez la date, ou le statut (planifie ou convoque).",
        )  # fmt: skip
    elif is_ours(conseil) and conseil.statut is not StatutConseil.ANNULE and conseil.date < context.today:
        yield on_session(
            conseil, "seance-a-confirmer", Niveau.A_SURVEILLER, "statut",
            f"La séance était prévue le {day}, {format_delay(context.today, conseil.date)}, et la fiche ne dit pas si elle a eu lieu.",
            "Passez le statut à tenu et complétez la fiche, ou à annule avec son motif.",
        )  # fmt: skip


def _attested(conseil: Conseil) -> Iterator[Constat]:
    day, how = format_date(conseil.date), " en visio" if conseil.modalite == "visio" else ""
    if conseil.emargement is None:
        yield on_session(
            conseil, "presence-non-attestee", Niveau.ECART, "emargement",
            f"Rien n’atteste les présences à la séance{how} du {day}.",
            f"{_ATTESTED[conseil.modalite]} Avec la convocation et l’ordre du jour, cela suffit à attester la tenue.",
        )  # fmt: skip
    elif conseil.emargement.preuve is None:
        yield on_session(
            conseil, "emargement-sans-preuve", Niveau.A_SURVEILLER, "emargement",
            f"Les présences à la séance{how} du {day} sont notées sans la preuve qui les montre.",
            "Décrivez le document, son lieu et son empreinte («\u00a0portail nouveau preuve\u00a0»), puis notez son identifiant (clé emargement.preuve).",
        )  # fmt: skip
    if conseil.emargement and conseil.emargement.mode == "signature" and conseil.modalite == "visio":
        yield on_session(
            conseil, "signature-en-visio", Niveau.A_SURVEILLER, "emargement.mode",
            f"La séance du {day} s’est tenue en visio, et ses présences sont attestées par une feuille signée\u00a0: l’usage est un relevé de connexion ou une attestation.",
            "Notez ce qui les atteste (clé emargement.mode\u00a0: connexion ou attestation), ou la modalité mixte si une partie des membres était sur place.",
        )  # fmt: skip


def _announced(conseil: Conseil) -> Iterator[Constat]:
    following = conseil.prochaine_date
    if following is not None and following <= conseil.date:
        yield on_session(
            conseil, "prochaine-date-passee", Niveau.A_SURVEILLER, "prochaine_date",
            f"Le conseil suivant est annoncé pour le {format_date(following)}, qui ne vient pas après la séance du {format_date(conseil.date)}.",
            "Corrigez la date annoncée (clé prochaine_date), ou celle de la séance.",
        )  # fmt: skip


def check_points_cp(conseil: Conseil, context: CheckContext) -> Iterator[Constat]:
    """For each certification, the session covers the five points and ends on actions."""
    if not took_place(conseil, context):
        return
    groups: dict[tuple[Theme, ...], list[str]] = {}
    for numero in conseil.certifications:
        covered = conseil.covered_themes(numero)
        if _has_actions(conseil, numero, context):
            covered.add(Theme.PLAN_ACTIONS)
        groups.setdefault(tuple(theme for theme in Theme.attendus() if theme not in covered), []).append(numero)
    for missing, numbers in groups.items():
        if missing:
            yield on_session(
                conseil, "points-non-abordes", Niveau.A_SURVEILLER, "echanges",
                f"À la séance du {format_date(conseil.date)}, rien n’est noté pour {join(numbers)} sur {join([THEMES[theme] for theme in missing])}.",
                "Reportez ce qui en a été dit (clés echanges et decisions), ou inscrivez ces points à la prochaine séance.",
                certifications=numbers,
            )  # fmt: skip


def _has_actions(conseil: Conseil, numero: str, context: CheckContext) -> bool:
    """Tell whether an action comes from one of the decisions on a certification."""
    return any(f"{conseil.id}.{decision.id}" in context.actions_from for decision in conseil.decisions if decision.concerns(numero))


def check_suivi_cp(conseil: Conseil, context: CheckContext) -> Iterator[Constat]:
    """A session goes over the actions that earlier ones decided and that were still open."""
    if not took_place(conseil, context):
        return
    followed = {line.action for line in conseil.suivi}
    names = sorted(set(context.left_open.get(conseil.id, ())) - followed)
    if names:
        shown = names if len(names) <= _NAMED else [*names[:_NAMED], count(len(names) - _NAMED, "autre")]
        told = (
            "une action ouverte, décidée auparavant, n’a pas été suivie"
            if len(names) == 1
            else f"{len(names)} actions ouvertes, décidées auparavant, n’ont pas été suivies"
        )
        yield on_session(
            conseil, "actions-non-suivies", Niveau.A_SURVEILLER, "suivi",
            f"À la séance du {format_date(conseil.date)}, {told}\u00a0: {join(shown)}.",
            "Notez l’avis donné sur chacune (clé suivi), ou inscrivez-les à la prochaine séance.",
        )  # fmt: skip


def check_saison_cp(conseil: Conseil, context: CheckContext) -> Iterator[Constat]:
    """Conseils meet at the turn of the year, when the indicators are known. A note, never more."""
    season = context.parametres.saison_cp
    if took_place(conseil, context) and season and conseil.date.month not in season:
        yield on_session(
            conseil, "hors-saison", Niveau.CONFORME, "date",
            f"La séance s’est tenue en {MOIS[conseil.date.month - 1]}\u202f; l’usage la place plutôt en {join([MOIS[month - 1] for month in season], 'ou')}, pour consolider les indicateurs de l’année.",
            "Rien à faire\u00a0: la date qui convient au rythme de la certification est la bonne.",
        )  # fmt: skip
