"""Rules on the changes of a référentiel: decided, dated, numbered in order, and told before and after."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, cast

from macros.checks.finding import finding
from macros.french import format_date, join
from macros.models.competences import bare_code
from macros.models.conseil import StatutConseil
from macros.models.constat import Niveau
from macros.models.couverture import referentiel_of
from macros.models.referentiel import NatureEvolution

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from macros.checks.context import CheckContext
    from macros.models.certification import Certification
    from macros.models.conseil import Conseil
    from macros.models.constat import Constat
    from macros.models.referentiel import Evolution

    Ranked = tuple[tuple[int, Evolution], ...]


def check_evolutions_referentiel(certification: Certification, context: CheckContext) -> Iterator[Constat]:
    """Each change of the référentiel says what it replaces, which decision adopted it, and takes a version number of its own."""
    ranked: Ranked = tuple(sorted(enumerate(certification.evolutions), key=lambda pair: pair[1].date))
    if not ranked:
        return
    for rank, evolution in ranked:
        first = evolution is ranked[0][1] and _is_initial(certification, evolution)
        yield from _decision(certification, context, rank, evolution, first=first)
        yield from _text(certification, rank, evolution)
    yield from _blocs(certification)
    yield from _order(certification, ranked)


def _is_initial(certification: Certification, evolution: Evolution) -> bool:
    """Tell whether this is the référentiel as it was registered, which no conseil had to change."""
    registered = certification.date_decision or certification.date_publication
    return evolution.avant is None or (registered is not None and evolution.date <= registered)


def _say(certification: Certification, code: str, champ: str, message: str, remede: str, when: date | None = None) -> Constat:
    return finding(certification, code, Niveau.A_SURVEILLER, f"evolutions.{champ}", message, remede, echeance=when)


def _decision(certification: Certification, context: CheckContext, rank: int, evolution: Evolution, *, first: bool) -> Iterator[Constat]:
    when, label = evolution.date, f"L’évolution du {format_date(evolution.date)} (version {evolution.version})"
    if evolution.decision is None:
        if not first:
            yield _say(
                certification, "evolution-sans-decision", f"{rank}.version", f"{label} ne cite aucune décision.",
                "Notez la décision du conseil qui l’a adoptée (clé decision), ou inscrivez-la au prochain conseil.", when,
            )  # fmt: skip
        return
    found = context.registre.parts.get("decisions", {}).get(evolution.decision)
    if found is None:
        return
    conseil = cast("Conseil", found[0])
    if conseil.statut is StatutConseil.ANNULE:
        yield _say(
            certification, "evolution-de-conseil-annule", f"{rank}.decision",
            f"{label} vient d’une décision de {conseil.id}, un conseil annulé.",
            "Faites reprendre la décision par un conseil tenu, et citez-la (clé decision).", when,
        )  # fmt: skip
    elif evolution.date < conseil.date:
        yield _say(
            certification, "evolution-avant-decision", f"{rank}.date",
            f"{label} prend effet avant la décision qui l’adopte, prise le {format_date(conseil.date)}.",
            "Corrigez la date d’effet ou la décision citée.", when,
        )  # fmt: skip


def _text(certification: Certification, rank: int, evolution: Evolution) -> Iterator[Constat]:
    """A change leaves a trace: the text replaced, the new one, and a difference between them."""
    before, after = ("".join((text or "").split()) for text in (evolution.avant, evolution.apres))
    if before == after:
        said = "dit la même chose avant et après" if before else "ne garde ni l’ancien texte ni le nouveau"
        yield _say(
            certification, "evolution-sans-texte", f"{rank}.nature",
            f"L’évolution du {format_date(evolution.date)} (version {evolution.version}) {said}.",
            "Copiez le texte remplacé et le texte nouveau (clés avant et apres)\u00a0: ils serviront au prochain dossier.", evolution.date,
        )  # fmt: skip


def _blocs(certification: Certification) -> Iterator[Constat]:
    """A change names blocs or competences of the fiche; one that is gone is named in the text replaced."""
    referentiel = referentiel_of(certification)
    for rank, evolution in enumerate(certification.evolutions):
        told = bare_code(evolution.avant or "") if evolution.nature in (NatureEvolution.BLOCS, NatureEvolution.COMPETENCES) else ""
        unknown = [code for code in evolution.blocs if not referentiel.stands_for(code) and bare_code(code) not in told]
        if unknown:
            verb = "ne désigne" if len(unknown) == 1 else "ne désignent"
            yield _say(
                certification, "evolution-bloc-inconnu", f"{rank}.blocs",
                f"Dans l’évolution du {format_date(evolution.date)}, {join(unknown)} {verb} ni bloc ni compétence de la fiche.",
                "Corrigez le code\u202f; s’il s’agit d’un bloc supprimé, nommez-le dans le texte remplacé (clé avant).", evolution.date,
            )  # fmt: skip


def _order(certification: Certification, ranked: Ranked) -> Iterator[Constat]:
    """In order of date, version numbers grow; on one day, one version has at most one change of each nature."""
    for (_, before), (rank, evolution) in pairwise(ranked):
        same_day = before.date == evolution.date
        old, new = before.version_parts(), evolution.version_parts()
        late = not same_day and (before.version == evolution.version or (old is not None and new is not None and new <= old))
        if late:
            yield _say(
                certification, "evolution-version-decroissante", f"{rank}.version",
                f"La version {evolution.version}, du {format_date(evolution.date)}, ne suit pas la version {before.version}, du {format_date(before.date)}.",
                "Corrigez un numéro ou une date\u00a0: chaque date a sa version, plus grande que la précédente.", evolution.date,
            )  # fmt: skip
    seen: dict[tuple[date, NatureEvolution, tuple[str, ...]], int] = {}
    for rank, evolution in ranked:
        key = (evolution.date, evolution.nature, tuple(sorted(evolution.blocs)))
        if key in seen:
            yield _say(
                certification, "evolution-en-double", f"{rank}.date",
                f"Deux évolutions de même nature portent la date du {format_date(evolution.date)} et touchent les mêmes blocs.",
                "Réunissez-les en une seule, ou corrigez la date de l’une.", evolution.date,
            )  # fmt: skip
        seen[key] = rank
