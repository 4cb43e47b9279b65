"""Where a watch entry stands on the day: what is to do, when it applies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from macros.french import add_days, count, format_date, format_delay
from macros.models.base import Certitude, Force
from macros.views.parts import Pastille

if TYPE_CHECKING:
    from datetime import date

    from macros.models.veille import Veille
    from macros.views.context import Vue

ETATS = {
    "a_analyser": "à analyser",
    "bientot": "entre en vigueur bientôt",
    "sans_suite": "en vigueur sans suite",
    "verification_ancienne": "vérification ancienne",
    "a_venir": "à venir",
    "en_vigueur": "en vigueur",
    "terminee": "terminée",
}
"""What `tableau_veille(etat=…)` and the filter take. The first, the third and the fourth are judgements, for those who see constats."""
JUGEMENTS = frozenset({"a_analyser", "sans_suite", "verification_ancienne"})
"""States told to those who see constats only."""
_BY_CONSTAT = {"veille-en-vigueur-sans-suite": "sans_suite", "veille-verification-ancienne": "verification_ancienne"}
_TONES = {"a_analyser": "a_surveiller"}
_WHEN = frozenset({"bientot", "a_venir", "en_vigueur"})
"""States that say when an entry applies."""


def state_keys(vue: Vue, veille: Veille) -> tuple[str, ...]:
    """Return every state that holds, most pressing first: keys of `ETATS`."""
    if veille.is_over(vue.today):
        return ("terminee",)
    keys = ["a_analyser"] if vue.shows_constats() and veille.analyse is None else []
    coming = veille.next_effect(vue.today)
    if coming is not None:
        keys.append("bientot" if is_near(vue, coming.date) else "a_venir")
    found = {constat.code for constat in vue.constats_on("veille", veille.id) if constat.is_to_do()}
    keys += [state for code, state in _BY_CONSTAT.items() if code in found]
    return (*keys, "en_vigueur") if _applies(vue, veille) else tuple(keys)


def _applies(vue: Vue, veille: Veille) -> bool:
    """Tell whether a date of effect is reached or, when none is known, whether a rule was published: it applies all the same."""
    if veille.entrees_en_vigueur or veille.force not in (Force.LOI, Force.REGLEMENT):
        return veille.last_effect(vue.today) is not None
    return veille.date <= vue.today


def _days_late(vue: Vue, due: date) -> str:
    return count((vue.today - due).days, "jour")


def date_doubt(veille: Veille) -> str:
    """Return what readers are told of a date put in place of the day of publication, nothing when it is that day."""
    return "" if veille.is_dated() else "date à confirmer"


def points_doubt(veille: Veille) -> str:
    """Return what is told beside the certainty of an entry when some points are not sure; nothing when the whole is in doubt."""
    partly = veille.a_confirmer and veille.certitude is not Certitude.A_CONFIRMER
    return "des points à confirmer sur Légifrance" if partly else ""


def is_near(vue: Vue, day: date) -> bool:
    """Tell whether a day to come is one that the organisation calls near."""
    return day <= add_days(vue.today, vue.registre.organisme.parametres.bientot_jours)


def state_pills(vue: Vue, veille: Veille) -> tuple[Pastille, ...]:
    """Return where an entry stands: what is to do, then when it applies; in force is said only when nothing else is."""
    keys, coming = state_keys(vue, veille), veille.next_effect(vue.today)
    found = {constat.code: constat for constat in vue.constats_on("veille", veille.id)}
    levels = {_BY_CONSTAT.get(code): constat.niveau.value for code, constat in found.items()}
    late = found.get("veille-a-analyser")
    words = {**ETATS, "a_analyser": f"analyse en retard de {_days_late(vue, late.echeance)}"} if late and late.echeance else ETATS
    pills = [Pastille(levels.get(key, _TONES.get(key, "sans_objet")), words[key]) for key in keys if key not in _WHEN]
    if coming is not None:
        when = format_delay(vue.today, coming.date)
        pills.append(Pastille("planifie", f"en vigueur {when}" if "bientot" in keys else f"en vigueur le {format_date(coming.date)}"))
    elif "en_vigueur" in keys and "sans_suite" not in keys:
        pills.append(Pastille("actif", ETATS["en_vigueur"]))
    return tuple(pills)
