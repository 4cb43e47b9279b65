"""Sessions in lists: where each stands, its minutes, what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.french import count, format_delay, format_time
from macros.models.conseil import Regime, StatutConseil
from macros.models.seance import Theme
from macros.records.audience import Masque
from macros.records.seuils import pv_due
from macros.views import libelles
from macros.views.fichiers import calendar, sheet
from macros.views.filtres import Filtre, among, found, useful
from macros.views.parts import Pastille, Reference, page_address, references_to

if TYPE_CHECKING:
    from datetime import date

    from macros.models.conseil import Conseil
    from macros.views.context import Vue

ETATS_PV = {"complets": "tous établis", "manquants": "manquants", "a_rediger": "à rédiger", "attendus": "à venir"}
"""Where the minutes of a session stand, as filters name it."""


@dataclass(frozen=True)
class LigneConseil:
    """One session in a table, and the keys its filters read."""

    fiche: Reference
    id: str
    date: date
    delai: str
    seance: str
    certifications: tuple[Reference, ...]
    pastille: Pastille
    pv: Pastille | None
    suites: str
    annee: str
    cle_statut: str
    cle_pv: str


@dataclass(frozen=True)
class ListeConseils:
    """Every session, latest first, with its filters."""

    legende: str
    lignes: tuple[LigneConseil, ...]
    filtres: tuple[Filtre, ...]
    fichiers: tuple[Reference, ...]


def status_pill(vue: Vue, conseil: Conseil) -> Pastille:
    """Return where a session stands; a planned day that is past says so."""
    if conseil.statut is StatutConseil.TENU:
        return Pastille("conforme", "tenu")
    if conseil.statut is StatutConseil.ANNULE:
        return Pastille("sans_objet", "annulé")
    if conseil.date < vue.today:
        return Pastille("a_surveiller", "à confirmer")
    return Pastille("planifie", libelles.STATUT_CONSEIL[conseil.statut])


def gap(vue: Vue) -> str:
    """Return the tone of what is missing: a judgement for those who see constats, a plain fact for others."""
    return "ecart" if vue.shows_constats() else "sans_objet"


def examined(conseil: Conseil) -> tuple[str, ...]:
    """Return the certifications of a session that the audience may see: nothing is counted or said of the others."""
    return tuple(dict.fromkeys(numero for numero in conseil.certifications if not isinstance(numero, Masque)))


def is_minuted(conseil: Conseil) -> bool:
    """Tell whether minutes are expected of a session: held, under our rules."""
    return conseil.is_held() and conseil.regime is Regime.CERTIFICATEUR


def minutes_state(vue: Vue, conseil: Conseil) -> str:
    """Return where the minutes of a session stand: a key of the filter, empty when none is expected."""
    if conseil.is_coming(vue.today):
        return "attendus"
    if not is_minuted(conseil):
        return ""
    missing = missing_minutes(conseil)
    if not missing:
        return "complets"
    return "manquants" if any(vue.today > pv_due(vue.registre, conseil, numero) for numero in missing) else "a_rediger"


def missing_minutes(conseil: Conseil) -> tuple[str, ...]:
    """Return the certifications of a session whose minutes do not exist."""
    return tuple(numero for numero in examined(conseil) if conseil.minutes_of(numero) is None)


def missing_pill(vue: Vue, conseil: Conseil, numero: str, texte: str = "PV") -> Pastille:
    """Return the pill of minutes that do not exist: still in time to be written, or missing."""
    if vue.today <= pv_due(vue.registre, conseil, numero):
        return Pastille("planifie", f"{texte} à rédiger")
    return Pastille(gap(vue), f"{texte} manquant")


def pv_pill(vue: Vue, conseil: Conseil) -> Pastille | None:
    """Return how many minutes exist; nothing for a session that was not held, or under other rules."""
    state, expected, missing = minutes_state(vue, conseil), len(examined(conseil)), missing_minutes(conseil)
    if state in ("", "attendus") or not expected:
        return None
    if not missing:
        return Pastille("conforme", "PV" if expected == 1 else count(expected, "PV", "PV"))
    pill = missing_pill(vue, conseil, missing[0])
    if expected == 1:
        return pill
    word = "à rédiger" if state == "a_rediger" else "manquant" if len(missing) == 1 else "manquants"
    return Pastille("planifie" if state == "a_rediger" else gap(vue), f"{len(missing)}\u00a0PV {word} sur {expected}")


def setting(conseil: Conseil) -> str:
    """Return when and where in words: `14 h 00 – 16 h 10 · visioconférence`."""
    hours = " – ".join(format_time(time) for time in (conseil.debut, conseil.fin) if time)
    mode = conseil.lieu if conseil.modalite == "presence" and conseil.lieu else libelles.MODALITE[conseil.modalite]
    place = f"{mode}, {conseil.lieu}" if conseil.modalite == "mixte" and conseil.lieu else mode
    return " · ".join(part for part in (hours, place) if part)


def outcome(vue: Vue, conseil: Conseil) -> str:
    """Return what came of a session: `4 décisions, 5 actions dont 2 closes`."""
    actions = vue.croisements.actions_of_conseil(conseil)
    closed = sum(not action.is_open() for action in actions)
    parts = [count(len(conseil.decisions), "décision")] if conseil.decisions else []
    if actions:
        parts.append(count(len(actions), "action") + (f" dont {count(closed, 'close')}" if closed else ""))
    return ", ".join(parts)


def conseil_row(vue: Vue, conseil: Conseil) -> LigneConseil:
    """Return one session in words."""
    return LigneConseil(
        fiche=Reference(conseil.intitule, page_address("conseils", conseil.id)),
        id=conseil.id,
        date=conseil.date,
        delai=format_delay(vue.today, conseil.date) if conseil.is_coming(vue.today) else "",
        seance=setting(conseil),
        certifications=references_to(vue, "certifications", conseil.certifications),
        pastille=status_pill(vue, conseil),
        pv=pv_pill(vue, conseil),
        suites=outcome(vue, conseil),
        annee=str(conseil.date.year),
        cle_statut=conseil.statut.value,
        cle_pv=minutes_state(vue, conseil),
    )


def build_liste_conseils(vue: Vue) -> ListeConseils:
    """Return every session, latest first."""
    ordered = sorted(vue.registre.conseils.values(), key=lambda c: (c.date, c.id), reverse=True)
    rows = tuple(conseil_row(vue, conseil) for conseil in ordered)
    held = sum(conseil.is_held() for conseil in ordered)
    filters = useful(
        found("annee", "Année", ((row.annee, row.annee) for row in rows)),
        found("certification", "Certification", ((ref.texte, ref.texte) for row in rows for ref in row.certifications if ref.adresse)),
        among("statut", "Statut", {key.value: label for key, label in libelles.STATUT_CONSEIL.items()}, (row.cle_statut for row in rows)),
        among("pv", "Procès-verbaux", ETATS_PV, (row.cle_pv for row in rows)),
    )
    return ListeConseils(
        f"{count(len(rows), 'conseil')}, dont {count(held, 'tenu')}. Les plus récents d’abord.",
        rows,
        filters,
        (*sheet(vue, "conseils"), calendar()),
    )


def covered(vue: Vue, conseil: Conseil) -> set[Theme]:
    """Return the expected themes that the session covered for each of its certifications; an action born of it covers the action plan."""
    by_certification = [_covered_for(vue, conseil, numero) for numero in examined(conseil)]
    return set(Theme.attendus()).intersection(*by_certification) if by_certification else set()


def _covered_for(vue: Vue, conseil: Conseil, numero: str) -> set[Theme]:
    born = any(vue.croisements.actions_from(f"{conseil.id}.{decision.id}") for decision in conseil.decisions if decision.concerns(numero))
    return conseil.covered_themes(numero) | ({Theme.PLAN_ACTIONS} if born else set())


def themes_pill(vue: Vue, conseil: Conseil) -> Pastille | None:
    """Return how many of the five points and the action plan were covered; nothing for a session that was not held under our rules."""
    if not is_minuted(conseil):
        return None
    number, expected = len(covered(vue, conseil)), len(Theme.attendus())
    tone = "conforme" if number == expected else "a_surveiller" if vue.shows_constats() else "sans_objet"
    return Pastille(tone, f"{number}\u00a0thème{'s' if number > 1 else ''} sur {expected}")
