"""Rules on the watch log and on requirements: analysed in time, answered before they apply, read again before they grow old."""

from __future__ import annotations

from typing import TYPE_CHECKING

from macros.checks.finding import finding
from macros.french import add_days, add_months, count, format_date, format_delay
from macros.models.base import Force
from macros.models.constat import Niveau
from macros.models.veille import Veille

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from macros.checks.context import CheckContext
    from macros.models.base import Record
    from macros.models.constat import Constat
    from macros.models.exigence import Exigence
    from macros.models.veille import Portee

_BINDING = (Force.LOI, Force.REGLEMENT)


def check_analyse_veille(veille: Veille, context: CheckContext) -> Iterator[Constat]:
    """An entry is analysed within the delay set, counted from the day it was noticed.

    What was old already when it was noticed, as all that a new log starts with, is told as one: nobody catches up thirty texts in a month.
    """
    late = _late_stock(context) if veille.id in context.watch_stock else ()
    if len(late) > 1:
        yield from _stock(veille, late) if veille is late[0] else ()
        return
    due = _analysis_due(veille, context)
    if veille.analyse is None and due < context.today and not veille.is_over(context.today) and not _applies_unanswered(veille, context):
        yield _about(
            context, veille, "veille-a-analyser", Niveau.A_SURVEILLER, "titre",
            f"Cette entrée, relevée le {format_date(veille.noticed_on())}, n’est pas encore analysée\u00a0: le délai que l’organisme s’est donné a pris fin le {format_date(due)}.",
            "Dites ce que cela change ici (clé analyse)\u00a0; si rien ne change, notez l’impact aucun.", echeance=due,
        )  # fmt: skip


def _late_stock(context: CheckContext) -> tuple[Veille, ...]:
    return tuple(veille for veille in context.watch_stock.values() if _analysis_due(veille, context) < context.today)


def _stock(first: Veille, late: tuple[Veille, ...]) -> Iterator[Constat]:
    yield finding(
        first, "veille-ancienne-a-analyser", Niveau.A_SURVEILLER, "titre",
        f"{len(late)} entrées de veille, anciennes déjà quand elles ont été relevées, ne sont pas encore analysées\u00a0: de {first.id} à {late[-1].id}.",
        "Lisez d’abord les lois et les règlements, puis le reste, et dites ce que chacun change ici (clé analyse)\u00a0; si rien ne change, notez l’impact aucun.",
        certifications=(),
    )  # fmt: skip


def check_vigueur_veille(veille: Veille, context: CheckContext) -> Iterator[Constat]:
    """What enters into force has an answer before its day: a decision, an action, or an analysis that finds nothing to do."""
    if veille.is_over(context.today):
        return
    coming, reached = veille.next_effect(context.today), veille.last_effect(context.today)
    near = coming is not None and (coming.date - context.today).days <= context.parametres.bientot_jours
    if coming is not None and near and not context.is_answered(veille):
        yield _about(
            context, veille, "veille-bientot-en-vigueur", Niveau.A_SURVEILLER, "entrees_en_vigueur",
            f"Entrée en vigueur le {format_date(coming.date)}, {format_delay(context.today, coming.date)} ({coming.objet}), sans décision ni action.",
            _ANSWER, echeance=coming.date, a_venir=True,
        )  # fmt: skip
    if reached is not None and _applies_unanswered(veille, context):
        missing = "sans décision ni action" if veille.analyse else "sans analyse, décision ni action"
        yield _about(
            context, veille, "veille-en-vigueur-sans-suite", Niveau.ECART if veille.force in _BINDING else Niveau.A_SURVEILLER, "entrees_en_vigueur",
            f"En vigueur depuis le {format_date(reached.date)} ({reached.objet}), {missing}.", _ANSWER,
            echeance=max(reached.date, veille.noticed_on()),
        )  # fmt: skip


_ANSWER = (
    "Décidez de la suite (clé decision), ouvrez une action («\u00a0portail nouveau action\u00a0»), ou notez une analyse d’impact aucun."
)


def _analysis_due(veille: Veille, context: CheckContext) -> date:
    """Return the last day to analyse an entry."""
    return add_days(veille.noticed_on(), context.parametres.veille_delai_analyse_jours)


def _applies_unanswered(veille: Veille, context: CheckContext) -> bool:
    """Tell whether an entry in force has no answer; one still in its delay of analysis is first analysed."""
    waits = veille.analyse is None and context.today <= _analysis_due(veille, context)
    return (
        veille.last_effect(context.today) is not None
        and not waits
        and not context.is_answered(veille)
        and not _was_long_in_force(veille, context)
    )


def _was_long_in_force(veille: Veille, context: CheckContext) -> bool:
    """Tell whether nothing of an old entry, still to analyse, took effect since it was noticed."""
    reached = veille.last_effect(context.today)
    return veille.id in context.watch_stock and reached is not None and reached.date <= veille.noticed_on()


def check_verification_veille(veille: Veille, context: CheckContext) -> Iterator[Constat]:
    """An entry says where it was read, and its sources are read again before that reading grows old, as long as it applies."""
    if veille.is_over(context.today):
        return
    if not veille.sources:
        yield _about(
            context, veille, "veille-sans-source", Niveau.A_SURVEILLER, "titre", "Aucune source n’est donnée pour cette entrée.",
            "Notez le titre et l’adresse de ce qui a été lu (clé sources).",
        )  # fmt: skip
    missing = [name for name, value in (("référence", veille.reference), ("jour de vérification", veille.verifiee_le)) if not value]
    if veille.force is not None and missing:
        yield _about(
            context, veille, "veille-regle-incomplete", Niveau.A_SURVEILLER, "force",
            f"Cette entrée énonce une règle sans {' ni '.join(missing)}.",
            "Notez le texte et l’article (clé reference), et le jour où ils ont été lus (clé verifiee_le).",
        )  # fmt: skip
    if veille.date > context.today:
        yield _about(
            context, veille, "veille-date-a-venir", Niveau.A_SURVEILLER, "date",
            f"Le jour de publication noté, le {format_date(veille.date)}, n’est pas encore arrivé.",
            "Corrigez la date\u00a0; ce qui s’applique plus tard se note sous entrees_en_vigueur.",
        )  # fmt: skip
    told = f"Dernière vérification le {format_date(veille.verifiee_le)}" if veille.verifiee_le else "Aucune vérification depuis le relevé"
    yield from _aged(veille, "veille-verification-ancienne", veille.verifiee_le or veille.noticed_on(), told, context)


def check_vigueur_exigence(exigence: Exigence, context: CheckContext) -> Iterator[Constat]:
    """A requirement about to apply is known beforehand."""
    starts = exigence.du
    if starts is not None and context.today < starts <= add_days(context.today, context.parametres.bientot_jours):
        yield finding(
            exigence, "exigence-bientot-en-vigueur", Niveau.A_SURVEILLER, "du",
            f"Cette exigence s’applique à partir du {format_date(starts)}, {format_delay(context.today, starts)}.",
            "Relisez les certifications qu’elle concerne et préparez les preuves attendues.", echeance=starts, a_venir=True,
        )  # fmt: skip


def check_verification_exigence(exigence: Exigence, context: CheckContext) -> Iterator[Constat]:
    """A requirement says when its text was last read, and is read again before that reading grows old, as long as it applies."""
    if exigence.au is not None and exigence.au < context.today:
        return
    if exigence.verifiee_le is None:
        yield finding(
            exigence, "exigence-non-verifiee", Niveau.A_SURVEILLER, "titre", "Rien ne dit quand le texte de cette exigence a été lu.",
            "Relisez la source, puis notez le jour (clé verifiee_le) et le degré de certitude (clé certitude).",
        )  # fmt: skip
        return
    told = f"Dernière vérification le {format_date(exigence.verifiee_le)}"
    yield from _aged(exigence, "exigence-verification-ancienne", exigence.verifiee_le, told, context)


def _aged(record: Veille | Exigence, code: str, read: date, told: str, context: CheckContext) -> Iterator[Constat]:
    """Yield that a reading is older than the age set: a text may have changed since."""
    months = context.parametres.age_verification_mois
    if add_months(read, months) > context.today:
        return
    yield _about(
        context, record, code, Niveau.A_SURVEILLER, "verifiee_le" if record.verifiee_le else "titre",
        f"{told}\u00a0; l’usage retenu est de relire un texte tous les {months}\u00a0mois.",
        f"Relisez {_sources(record)}, corrigez la fiche s’il le faut, puis notez le jour (clé verifiee_le).",
    )  # fmt: skip


def _sources(record: Veille | Exigence) -> str:
    return f"ses {count(len(record.sources), 'source')}" if len(record.sources) > 1 else "sa source"


def _about(  # noqa: PLR0913 - a constat states that much
    context: CheckContext,
    record: Record,
    code: str,
    niveau: Niveau,
    champ: str,
    message: str,
    remede: str,
    *,
    echeance: date | None = None,
    a_venir: bool = False,
) -> Constat:
    """Return a constat about the certifications that an entry names, or those of its domaines, else about the whole organisation."""
    named = _named(record.portee, context) if isinstance(record, Veille) else ()
    return finding(record, code, niveau, champ, message, remede, certifications=named, echeance=echeance, a_venir=a_venir)


def _named(portee: Portee, context: CheckContext) -> tuple[str, ...]:
    if portee.certifications or not portee.domaines:
        return portee.certifications
    return tuple(numero for numero, known in sorted(context.registre.certifications.items()) if portee.includes(known, (numero,)))
