"""The workbook of training tables: the list, the holes, then one sheet a table, its holes marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.french import count
from macros.models.couverture import coverage, referentiel_of
from macros.views.classeur import COPIE, read_me
from macros.views.classeurs.feuille import Classeur, Colonne, Feuille, Genre
from macros.views.classeurs.tri import Critere, kept, refusals
from macros.views.tables import figures, organisation
from macros.views.tables_volets import holes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from macros.models.certification import Certification
    from macros.models.couverture import Couverture
    from macros.models.referentiel import TableFormation
    from macros.views.classeurs.feuille import Valeur
    from macros.views.classeurs.tri import Filtres
    from macros.views.context import Vue

TABLES = "tables"
"""How a person asks for this workbook."""
FEUILLES = 60
"""Sheets of tables at most: beyond, the list and the holes are given alone, and a filter gives the sheets."""
_LISTE = (
    Colonne("Certification", 14), Colonne("Feuille", 12), Colonne("Formation", 46, Genre.LONG), Colonne("Organisme", 30),
    Colonne("SIRET", 18), Colonne("Date", 12, Genre.DATE), Colonne("Relue le", 12, Genre.DATE), Colonne("Version", 10),
    Colonne("Modules", 9, Genre.NOMBRE), Colonne("Heures", 9, Genre.NOMBRE), Colonne("Épreuves", 9, Genre.NOMBRE),
    Colonne("Compétences visées", 11, Genre.NOMBRE), Colonne("Préparées", 10, Genre.NOMBRE), Colonne("Évaluées", 10, Genre.NOMBRE),
    Colonne("Couverture", 46, Genre.LONG),
)  # fmt: skip
_MANQUES = (
    Colonne("Certification", 14), Colonne("Formation", 46, Genre.LONG), Colonne("Code", 12), Colonne("Intitulé", 60, Genre.LONG),
    Colonne("Ce qui manque", 30),
)  # fmt: skip
_LECTURE = (
    "Dans la feuille d’une table, deux lignes comptent les modules et les épreuves de chaque compétence\u00a0; "
    "«\u00a0aucun module\u00a0» et «\u00a0aucune épreuve\u00a0» signalent un manque."
)
_LIGNE = (Colonne("Sorte", 12), Colonne("Code", 10), Colonne("Intitulé", 46, Genre.LONG), Colonne("Heures", 9, Genre.NOMBRE))


@dataclass(frozen=True)
class LigneClasseur:
    """A training table, what it covers, and the certification it is set against."""

    certification: Certification
    table: TableFormation
    couverture: Couverture


CRITERES: dict[str, Critere[LigneClasseur]] = {"certification": Critere(lambda row: (row.certification.numero,))}


def table_rows(vue: Vue) -> tuple[LigneClasseur, ...]:
    """Return every training table this audience reads, by certification, in the order written."""
    found = []
    for certification in vue.in_order():
        if certification.tables_formation:
            referentiel = referentiel_of(certification)
            found += [LigneClasseur(certification, table, coverage(referentiel, table)) for table in certification.tables_formation]
    return tuple(found)


def refused_table_filters(vue: Vue, filtres: Filtres) -> list[str]:
    """Return why conditions cannot be understood, one French sentence each; nothing when all are."""
    return refusals(CRITERES, table_rows(vue), filtres)


def build_classeur_tables(vue: Vue, filtres: Filtres = ()) -> Classeur:
    """Return the workbook of the training tables that satisfy every condition; raise `KeyError` for an unknown one."""
    return _workbook(vue, kept(CRITERES, table_rows(vue), filtres))


def build_classeur_certification(vue: Vue, certification: Certification) -> Classeur:
    """Return the workbook of the training tables of one certification."""
    referentiel = referentiel_of(certification)
    return _workbook(
        vue, tuple(LigneClasseur(certification, table, coverage(referentiel, table)) for table in certification.tables_formation)
    )


def _workbook(vue: Vue, rows: tuple[LigneClasseur, ...]) -> Classeur:
    names = [f"Table {rank}" if len(rows) <= FEUILLES else "" for rank in range(1, len(rows) + 1)]
    sheets = [
        Feuille("Tables", _LISTE, tuple(_line(vue, row, name) for row, name in zip(rows, names, strict=True))),
        Feuille("Manques", _MANQUES, tuple(cells for row in rows for cells in _missing(row))),
        *(_sheet(row, name) for row, name in zip(rows, names, strict=True) if name),
        read_me(_about(vue, len(rows))),
    ]
    return Classeur("Tables de formation", vue.registre.organisme.denomination, vue.today, tuple(sheets))


def _about(vue: Vue, number: int) -> tuple[tuple[str, Valeur], ...]:
    facts: list[tuple[str, Valeur]] = [
        ("Contenu", "Tables de formation\u00a0: modules et épreuves en regard des blocs et des compétences."),
        ("Organisme", vue.registre.organisme.denomination),
        ("À la date du", vue.today),
        ("Nombre", count(number, "table")),
        ("Lecture", _LECTURE),
        (COPIE, "Ce classeur est une copie\u00a0: ce que vous y changez ne modifie pas le portail."),
    ]  # fmt: skip
    if number > FEUILLES:
        facts.append(
            ("Feuilles", f"Au-delà de {FEUILLES} tables, seules la liste et les manques sont donnés\u00a0: filtrez par certification.")
        )
    if vue.is_demonstration:
        facts.append(("Démonstration", "Toutes ces données sont fictives."))
    return tuple(facts)


def _line(vue: Vue, row: LigneClasseur, name: str) -> tuple[Valeur, ...]:
    table, found = row.table, row.couverture
    aimed = len(found.vises)
    organism = organisation(vue, table).texte
    siret = table.organisme if table.organisme and table.organisme.isdigit() else None
    return (
        *(row.certification.numero, name, table.formation, organism, siret, table.date, table.relue_le, table.version),
        *(len(table.modules), table.hours() or None, len(table.epreuves), aimed),
        *(aimed - len(found.holes(found.prepares)), aimed - len(found.holes(found.evalues)), figures(found)),
    )


def _missing(row: LigneClasseur) -> Iterator[tuple[Valeur, ...]]:
    for hole in holes(row.couverture):
        yield row.certification.numero, row.table.formation, hole.code, hole.intitule, hole.manque


def _sheet(row: LigneClasseur, name: str) -> Feuille:
    """Return the matrix of a table: one column a competence, the counts first, with a word where there is none."""
    found, columns = row.couverture, row.couverture.referentiel.colonnes
    ranks = sorted({*found.vises, *found.prepares})
    headers = (*_LIGNE, *(Colonne(columns[rank].code, 11, aide=columns[rank].intitule) for rank in ranks))
    titles = ("", "", "Intitulé de la compétence", None, *(columns[rank].intitule for rank in ranks))
    lines: list[tuple[Valeur, ...]] = [titles]
    for kind, covered, nothing in (("Modules", found.modules, "aucun module"), ("Épreuves", found.epreuves, "aucune épreuve")):
        numbers = [sum(rank in codes for codes in covered) for rank in ranks]
        lines.append(("Bilan", "", f"{kind} par compétence", None, *(number or nothing for number in numbers)))
    for module, codes in zip(row.table.modules, found.modules, strict=True):
        lines.append(("Module", module.code, module.intitule, module.heures, *("préparée" if rank in codes else None for rank in ranks)))
    for epreuve, codes in zip(row.table.epreuves, found.epreuves, strict=True):
        lines.append(("Épreuve", epreuve.code, epreuve.intitule, None, *("évaluée" if rank in codes else None for rank in ranks)))
    return Feuille(name, headers, tuple(lines))
