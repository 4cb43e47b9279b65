"""The grid of sessions: who met when, who did not, with minutes or without."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.french import MOIS, MOIS_COURTS, format_date, format_short_date
from macros.models.conseil import Regime, StatutConseil
from macros.views.conseils import missing_pill
from macros.views.parts import Pastille, Reference, page_address

if TYPE_CHECKING:
    from macros.models.certification import Certification
    from macros.models.conseil import Conseil
    from macros.views.context import Vue


@dataclass(frozen=True)
class Rencontre:
    """One session in a cell."""

    fiche: Reference
    pastille: Pastille


@dataclass(frozen=True)
class CaseCalendrier:
    """One certification in one period: its sessions, or why there is none. `manque`: one could have been expected."""

    periode: str
    rencontres: tuple[Rencontre, ...]
    mention: str
    manque: bool


@dataclass(frozen=True)
class LigneCalendrier:
    """One certification through time."""

    certification: Reference
    cases: tuple[CaseCalendrier, ...]


@dataclass(frozen=True)
class Calendrier:
    """Certifications by periods: years, or the months of one year."""

    legende: str
    periodes: tuple[str, ...]
    lignes: tuple[LigneCalendrier, ...]


def build_calendrier_conseils(vue: Vue, annee: int | None = None) -> Calendrier:
    """Return every certification that meets or could meet, by year; by month of `annee` when stated."""
    days = [conseil.date.year for conseil in vue.registre.conseils.values()]
    if not days:
        return Calendrier("", (), ())
    if annee is not None:
        legend = f"Conseils de perfectionnement de {annee}, mois par mois."
        rows = tuple(_row(vue, certification, [(annee, month) for month in range(1, 13)]) for certification in vue.in_order())
        return Calendrier(legend, MOIS_COURTS, tuple(row for row in rows if any(case.rencontres for case in row.cases)))
    years = range(min(days), max(vue.today.year, *days) + 1)
    legend = "Conseils de perfectionnement par certification et par année, fiches précédentes comprises."
    rows = tuple(_row(vue, certification, [(year, 0) for year in years]) for certification in vue.in_order())
    return Calendrier(legend, tuple(map(str, years)), rows)


def _row(vue: Vue, certification: Certification, periods: list[tuple[int, int]]) -> LigneCalendrier:
    sessions = vue.croisements.conseils_of(certification.numero)
    names = vue.croisements.lineage(certification.numero)
    first = min((conseil.date.year for conseil in sessions if any(map(conseil.counts_for, names))), default=None)
    cases = tuple(_case(vue, certification, sessions, first, year, month) for year, month in periods)
    here = Reference(certification.numero, page_address("certifications", certification.numero), detail=certification.intitule)
    return LigneCalendrier(here, cases)


def _case(
    vue: Vue, certification: Certification, sessions: tuple[Conseil, ...], first: int | None, year: int, month: int
) -> CaseCalendrier:
    here = [conseil for conseil in sessions if conseil.date.year == year and (not month or conseil.date.month == month)]
    period = f"{MOIS[month - 1]} {year}" if month else str(year)
    if here or month:
        return CaseCalendrier(period, tuple(_meeting(vue, certification.numero, conseil) for conseil in here), "", manque=False)
    mention, missing = _absence(vue, certification, first, year)
    return CaseCalendrier(period, (), mention, missing)


def _absence(vue: Vue, certification: Certification, first: int | None, year: int) -> tuple[str, bool]:
    """Say why nothing stands in a year, and whether something could have been expected."""
    start = certification.date_decision or certification.date_publication
    end = certification.date_fin_enregistrement
    inherited = first is not None and bool(certification.anciennes_fiches) and year > first
    if not inherited and start is not None and year < start.year:
        return "pas encore enregistrée", False
    if end is not None and year > end.year:
        return "plus enregistrée", False
    if year == vue.today.year:
        return "pas encore", False
    if first is None or year < first:
        return "pas encore attendu", False
    return "aucun", True


def _meeting(vue: Vue, numero: str, conseil: Conseil) -> Rencontre:
    text = format_short_date(conseil.date)
    detail = f"{conseil.intitule}, {format_date(conseil.date)}"
    return Rencontre(Reference(text, page_address("conseils", conseil.id), detail=detail), _state(vue, numero, conseil))


def _state(vue: Vue, numero: str, conseil: Conseil) -> Pastille:
    """Return what matters for one certification: its minutes when the session was held, else where it stands."""
    if conseil.statut is StatutConseil.ANNULE:
        return Pastille("sans_objet", "annulé")
    if not conseil.is_held():
        return Pastille("planifie", "planifié") if conseil.date >= vue.today else Pastille("a_surveiller", "à confirmer")
    if conseil.regime is not Regime.CERTIFICATEUR:
        return Pastille("sans_objet", "autre régime")
    return minutes_pill(vue, numero, conseil)


def minutes_pill(vue: Vue, numero: str, conseil: Conseil) -> Pastille:
    """Return whether a session has the minutes of a certification, or of its former fiche."""
    known = any(conseil.minutes_of(one) for one in vue.croisements.lineage(numero))
    return Pastille("conforme", "PV") if known else missing_pill(vue, conseil, numero)
