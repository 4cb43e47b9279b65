"""Rules on training tables: each bloc or competence is prepared and evaluated, codes are known, the table follows the référentiel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from macros.checks.finding import finding
from macros.french import count, format_date, join
from macros.models.base import OuiNon
from macros.models.constat import Niveau
from macros.models.couverture import coverage, referentiel_of
from macros.models.referentiel import NatureEvolution

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from macros.checks.context import CheckContext
    from macros.models.certification import Certification
    from macros.models.constat import Constat
    from macros.models.couverture import Couverture, Referentiel
    from macros.models.referentiel import Evolution, TableFormation

_UNRELATED = frozenset({NatureEvolution.VOIES, NatureEvolution.AUTRE})
"""Changes that leave what a table crosses as it was."""
_SHOWN, _SIRET = 6, 14
_ADD_MODULE = "Ajoutez le code manquant à un module (clé couvre), ou limitez la formation aux blocs qu’elle prépare (clé blocs)."
_ADD_TEST = "Ajoutez le code manquant à une épreuve (clé couvre), ou revoyez les modalités d’évaluation."


def check_tables_formation(certification: Certification, context: CheckContext) -> Iterator[Constat]:
    """Each formation of an active certification has a table in which every bloc, or every competence at the RS, has a module and an épreuve."""
    over = certification.is_expired(context.today) or certification.actif is OuiNon.NON
    if over or context.is_closed(certification):
        return
    if not certification.tables_formation:
        yield finding(
            certification, "table-absente", Niveau.A_SURVEILLER, "tables_formation",
            "Aucune table ne met en regard une formation et cette certification.",
            "Décrivez au moins une formation\u00a0: modules, épreuves et codes couverts (clé tables_formation).",
        )  # fmt: skip
    referentiel = referentiel_of(certification)
    for rank, table in enumerate(certification.tables_formation):
        told = _Told(certification, f"tables_formation.{rank}", f"Table «\u00a0{table.formation}\u00a0»\u00a0: ")
        yield from _missing_partner(told, table, context)
        yield from _age(told, table, context)
        if referentiel.colonnes:
            found = coverage(referentiel, table)
            yield from _codes(told, table, found)
            yield from _holes(told, found, referentiel)


class _Told:
    """Where the constats on a table are written, and how they begin."""

    def __init__(self, certification: Certification, champ: str, debut: str) -> None:
        self.certification, self.champ, self.debut = certification, champ, debut

    def say(self, code: str, niveau: Niveau, champ: str, message: str, remede: str) -> Constat:
        """Return a constat on a field of the table."""
        return finding(self.certification, code, niveau, f"{self.champ}.{champ}", self.debut + message, remede)


def _holes(told: _Told, found: Couverture, referentiel: Referentiel) -> Iterator[Constat]:
    """Yield what no module prepares and what no épreuve evaluates: whole blocs, then the competences of the others."""
    kinds = (
        ("modules", found.prepares, "table-sans-module", "competences-sans-module", "aucun module ne prépare", _ADD_MODULE),
        ("epreuves", found.evalues, "table-sans-epreuve", "competences-sans-epreuve", "aucune épreuve n’évalue", _ADD_TEST),
    )
    for champ, covered, whole, part, verb, remedy in kinds:
        units = found.whole_holes(covered)
        if units:
            yield told.say(whole, Niveau.ECART, champ, f"{verb} {_listed(units)}.", remedy)
        inside = frozenset().union(*(referentiel.unites[name] for name in units))
        rest = [colonne.code for colonne in found.holes(covered | inside)]
        if rest:
            yield told.say(part, Niveau.A_SURVEILLER, champ, f"{verb} {_listed(rest)}.", remedy)


def _codes(told: _Told, table: TableFormation, found: Couverture) -> Iterator[Constat]:
    """Yield the codes that stand for nothing, then the modules and épreuves left without any."""
    if found.inconnus:
        first = found.inconnus[0]
        codes = tuple(dict.fromkeys(one.code for one in found.inconnus))
        known = join([code for one in found.inconnus for code in one.possibles][:_SHOWN], "ou")
        detail = f" (plusieurs blocs l’emploient\u00a0: écrivez {known})" if known else ""
        yield told.say(
            "table-code-inconnu", Niveau.A_SURVEILLER, first.champ,
            f"{count(len(codes), 'code')} {'ne désigne' if len(codes) == 1 else 'ne désignent'} ni bloc ni compétence de la fiche\u00a0: {_listed(codes)}{detail}.",
            "Corrigez ces codes, ou complétez la liste des compétences de la fiche.",
        )  # fmt: skip
    idle = [m.code for m, codes in zip(table.modules, found.modules, strict=True) if not codes]
    idle += [e.code for e, codes in zip(table.epreuves, found.epreuves, strict=True) if not codes]
    if idle:
        champ = "modules" if not all(found.modules) else "epreuves"
        yield told.say(
            "table-ligne-vide", Niveau.A_SURVEILLER, champ,
            f"{_listed(idle)} {'ne couvre' if len(idle) == 1 else 'ne couvrent'} aucune compétence.",
            "Notez ce que chaque module prépare et ce que chaque épreuve évalue (clé couvre), ou retirez la ligne.",
        )  # fmt: skip


def _age(told: _Told, table: TableFormation, context: CheckContext) -> Iterator[Constat]:
    """Yield a table made for an earlier version of the référentiel: by its version when stated, else by the day it was last read."""
    read = table.last_read()
    if read is None:
        yield told.say(
            "table-sans-date", Niveau.A_SURVEILLER, "formation", "elle n’a pas de date.", "Notez le jour où elle a été établie (clé date)."
        )
    last = _last_change(told.certification, context)
    if last is None or (read is not None and read >= last.date):
        return
    if table.version == last.version or not (table.version or read):
        return
    when = f"établie pour la version {table.version}" if table.version else f"datée du {format_date(read or last.date)}"
    yield told.say(
        "table-ancienne", Niveau.A_SURVEILLER, "version" if table.version else "date",
        f"{when}, elle est antérieure à la version {last.version} du référentiel, en vigueur depuis le {format_date(last.date)}.",
        "Mettez-la à jour, ou notez le jour où elle a été relue sans changement (clé relue_le).",
    )  # fmt: skip


def _last_change(certification: Certification, context: CheckContext) -> Evolution | None:
    """Return the latest change, in effect on the day, of what a table crosses."""
    known = (one for one in certification.evolutions if one.date <= context.today and one.nature not in _UNRELATED)
    return max(known, key=lambda one: (one.date, one.version_parts() or ()), default=None)


def _missing_partner(told: _Told, table: TableFormation, context: CheckContext) -> Iterator[Constat]:
    siret = "".join((table.organisme or "").split())
    if siret.isdigit() and len(siret) == _SIRET and table.organisme not in context.registre.records.get("partenaires", {}):
        yield told.say(
            "table-partenaire-inconnu", Niveau.A_SURVEILLER, "organisme",
            f"aucune fiche de partenaire ne porte le SIRET {siret}.",
            "Corrigez le SIRET, ou créez la fiche de ce partenaire dans data/partenaires/.",
        )  # fmt: skip


def _listed(codes: Sequence[str]) -> str:
    shown, more = list(codes[:_SHOWN]), len(codes) - _SHOWN
    return join([*shown, f"{more} de plus"] if more > 0 else shown)
