"""The matrix of a training table: its columns by bloc, in parts that a landscape page holds, its rows, what no row covers."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from macros.french import count

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from macros.models.couverture import Colonne, Couverture
    from macros.models.referentiel import Epreuve, ModuleFormation, TableFormation

LARGEUR = 40
"""Columns of one part at most: what a landscape A4 page still shows readably."""
_SITUATIONS = {
    (True, True): ("me", "préparée et évaluée"),
    (True, False): ("m trou", "préparée, sans épreuve"),
    (False, True): ("e trou", "évaluée, sans module"),
    (False, False): ("trou", "ni préparée ni évaluée"),
}


@dataclass(frozen=True)
class Trou:
    """A column that lacks a module, an épreuve or both, in words."""

    code: str
    intitule: str
    manque: str


@dataclass(frozen=True)
class Groupe:
    """Neighbouring columns of one bloc."""

    code: str
    largeur: int


@dataclass(frozen=True)
class Cellule:
    """A cell of a summary row: what it shows, its tone, what it says when the figure alone does not."""

    ton: str
    chiffre: str
    texte: str


@dataclass(frozen=True)
class Bilan:
    """A summary row: for each column, how many modules or épreuves, or where it stands."""

    libelle: str
    cellules: tuple[Cellule, ...]


@dataclass(frozen=True)
class Rangee:
    """A module or an épreuve, and for each column whether it covers it."""

    code: str
    intitule: str
    detail: str
    cellules: tuple[bool, ...]


@dataclass(frozen=True)
class Volet:
    """A part of the matrix: all its rows, some of its columns. `titre` says which part, empty when it is the only one."""

    titre: str
    groupes: tuple[Groupe, ...]
    colonnes: tuple[Colonne, ...]
    largeur: int
    bilans: tuple[Bilan, ...]
    modules: tuple[Rangee, ...]
    epreuves: tuple[Rangee, ...]


def holes(found: Couverture) -> tuple[Trou, ...]:
    """Return the columns aimed at that lack a module or an épreuve, in order."""
    missing = {
        rank: " ni ".join(
            [*(["aucun module"] if rank not in found.prepares else []), *(["aucune épreuve"] if rank not in found.evalues else [])]
        )
        for rank in found.vises
    }
    columns = found.referentiel.colonnes
    return tuple(Trou(columns[rank].code, columns[rank].intitule, words) for rank, words in missing.items() if words)


def build_volets(found: Couverture, table: TableFormation) -> tuple[Volet, ...]:
    """Return the matrix of a table, cut between blocs when it has more than `LARGEUR` columns; nothing without columns."""
    ranks = sorted({*found.vises, *found.prepares})
    parts = tuple(_cut(found, ranks))
    return tuple(_part(found, table, part, f"partie {n} sur {len(parts)}" if len(parts) > 1 else "") for n, part in enumerate(parts, 1))


def _cut(found: Couverture, ranks: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Yield groups of columns, whole blocs as far as they fit."""
    current: tuple[int, ...] = ()
    for _, group in groupby(ranks, key=lambda rank: found.referentiel.colonnes[rank].bloc):
        bloc = tuple(group)
        if current and len(current) + len(bloc) > LARGEUR:
            yield current
            current = ()
        current += bloc
        while len(current) > LARGEUR:
            yield current[:LARGEUR]
            current = current[LARGEUR:]
    if current:
        yield current


def _part(found: Couverture, table: TableFormation, ranks: tuple[int, ...], titre: str) -> Volet:
    columns = tuple(found.referentiel.colonnes[rank] for rank in ranks)
    blocs = [(bloc, len(tuple(group))) for bloc, group in groupby(columns, key=lambda column: column.bloc)]
    several = any(width > 1 for bloc, width in blocs if bloc)
    return Volet(
        titre=titre,
        groupes=tuple(Groupe(bloc, width) for bloc, width in blocs) if several else (),
        colonnes=columns,
        largeur=len(columns) + 1,
        bilans=tuple(_summaries(found, ranks)),
        modules=tuple(_row(module, ranks, covered) for module, covered in zip(table.modules, found.modules, strict=True)),
        epreuves=tuple(_row(epreuve, ranks, covered) for epreuve, covered in zip(table.epreuves, found.epreuves, strict=True)),
    )


def _row(line: ModuleFormation | Epreuve, ranks: Sequence[int], covered: frozenset[int]) -> Rangee:
    hours = getattr(line, "heures", None)
    detail = count(hours, "heure") if hours is not None else ""
    return Rangee(line.code, line.intitule, detail, tuple(rank in covered for rank in ranks))


def _summaries(found: Couverture, ranks: Sequence[int]) -> Iterator[Bilan]:
    aimed = frozenset(found.vises)
    kinds = (("Modules qui préparent", found.modules, "aucun module"), ("Épreuves qui évaluent", found.epreuves, "aucune épreuve"))
    for label, lines, nothing in kinds:
        numbers = [sum(rank in covered for covered in lines) for rank in ranks]
        cells = (
            Cellule("trou" if rank in aimed and not number else "", str(number), nothing if not number else "")
            for rank, number in zip(ranks, numbers, strict=True)
        )
        yield Bilan(label, tuple(cells))
    stands = (_SITUATIONS[rank in found.prepares, rank in found.evalues] for rank in ranks)
    yield Bilan("Situation", tuple(Cellule(tone, "", words) for tone, words in stands))
