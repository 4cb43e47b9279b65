"""Records put together from the rows of several sheets: which part belongs to which row, and which cell a key came from."""

from __future__ import annotations

import re
from bisect import bisect
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from macros import messages
from macros.exchange.xlsx_modele import IDENTIFIANT, RATTACHEMENT, REPERE, Place, is_counted
from macros.exchange.xlsx_rows import cell_name
from macros.models.origine import Origine
from macros.records.links import link_paths

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from macros.exchange.xlsx_modele import Champ
    from macros.exchange.xlsx_rows import Grid, Row
    from macros.models.base import Record

Path = tuple[str | int, ...]
_NEAR, _MANY = 20, 400


@dataclass
class Assembled:
    """One record as its rows tell it: its id when they state one, plain data, and the rows its parts came from.

    An `orphan` is a part whose record is not found: only its own cells are looked at.
    """

    grid: Grid
    row: Row
    id: str
    data: dict[str, Any] = field(default_factory=dict)
    parts: dict[tuple[str, ...], list[tuple[Grid, Row]]] = field(default_factory=dict)
    orphan: bool = False

    @property
    def whole(self) -> bool:
        """Tell whether every cell of it could be read."""
        rows = ((self.grid, self.row), *(each for rows in self.parts.values() for each in rows))
        return not any(grid.unsure or row.fautives for grid, row in rows)

    def locate(self, path: Path) -> tuple[Grid, Row, str]:
        """Return the sheet, the row and the title of the column that a key of the record came from, or should stand in."""
        for chemin, rows in self.parts.items():
            index = path[len(chemin)] if len(path) > len(chemin) else 0
            if path[: len(chemin)] == chemin and isinstance(index, int) and index < len(rows):
                grid, row = rows[index]
                return grid, row, _title(grid, path[len(chemin) + 1 :])
        return self.grid, self.row, _title(self.grid, path)

    def tell(self, path: Path, code: str, message: str) -> None:
        """Keep a mistake at the cell of a key, or of the id for the path `IDENTIFIANT`, unless that cell is already told or not known."""
        grid, row, title = (self.grid, self.row, IDENTIFIANT) if path == (IDENTIFIANT,) else self.locate(path)
        column = grid.colonnes.get(title, 1)
        if column not in row.fautives and title not in grid.unsure and not (self.orphan and grid is self.grid):
            grid.tell(row.numero, column, code, message)


def champ_at(grid: Grid, path: Path) -> Champ | None:
    """Return the column that fills a key: its own, or the first of those that fill what it holds."""
    names = tuple(step for step in path if isinstance(step, str))
    exact = (champ for champ in grid.table.champs if champ.chemin == names[: len(champ.chemin)] and champ.place is not Place.CLE)
    inside = (champ for champ in grid.table.champs if names and champ.chemin[: len(names)] == names)
    return next(exact, None) or next(inside, None)


def _title(grid: Grid, path: Path) -> str:
    champ = champ_at(grid, path)
    return champ.titre if champ else ""


def assemble(model: type[Record], grids: list[Grid], known: Mapping[str, Any]) -> tuple[list[Assembled], list[Assembled]]:
    """Return the records of the first sheet with their parts from the others, and the orphans, told. `known` are ids that exist."""
    found, by_key = _main(model, grids[0])
    keys, orphans = sorted(by_key), []
    for grid in grids[1:]:
        for row in grid.rows:
            owner = by_key.get(row.cles.get(RATTACHEMENT, ""))
            if owner is None:
                owner = Assembled(grids[0], row, "", orphan=True)
                orphans.append(owner)
                _tell_orphan(grids[0], grid, row, keys, known)
            owner.parts.setdefault(grid.table.chemin, []).append((grid, row))
            _put(owner.data, (*grid.table.chemin,), _filled(grid, row), several=True)
            if grid.is_full:
                break
    return found, orphans


def _main(model: type[Record], grid: Grid) -> tuple[list[Assembled], dict[str, Assembled]]:
    found: list[Assembled] = []
    by_key: dict[str, Assembled] = {}
    for row in grid.rows:
        record = Assembled(grid, row, row.cles.get(IDENTIFIANT, ""), _filled(grid, row))
        found.append(record)
        for title, code, wrong in _keys(model, row):
            key, column = row.cles[title], grid.colonnes[title]
            if wrong:
                grid.tell(row.numero, column, code, wrong)
            elif key in by_key:
                first = by_key[key]
                grid.tell(row.numero, column, "ligne-double", messages.repeated_row_key(key, cell_name(grid.nom, first.row.numero, column)))
            else:
                by_key[key] = record
        if grid.is_full:
            break
    return found, by_key


def _keys(model: type[Record], row: Row) -> Iterator[tuple[str, str, str]]:
    """Yield each key that a row states: its column, and the code and the sentence of what is wrong with it."""
    identifier, label = row.cles.get(IDENTIFIANT, ""), row.cles.get(REPERE, "")
    if identifier:
        fits = re.fullmatch(model.motif_id, identifier, re.ASCII)
        yield IDENTIFIANT, "forme", "" if fits else messages.wrong_pattern(identifier, model.exemple_id)
    if label:
        yield REPERE, "repere", messages.label_like_id(label) if re.fullmatch(model.motif_id, label, re.ASCII) else ""


def _tell_orphan(main: Grid, grid: Grid, row: Row, keys: list[str], known: Mapping[str, Any]) -> None:
    """Tell why a part belongs to no record, unless a column that would say it is not known."""
    key, column = row.cles.get(RATTACHEMENT, ""), grid.colonnes.get(RATTACHEMENT, 1)
    if RATTACHEMENT in grid.unsure or column in row.fautives:
        return
    if not key:
        grid.tell(row.numero, column, "cellule-vide", messages.missing_cell(RATTACHEMENT, next(iter(keys), "")))
    elif main.unsure.isdisjoint((IDENTIFIANT, REPERE)):
        if key in known:
            grid.tell(row.numero, column, "fiche-existante", messages.row_of_known_record(key, main.nom))
        else:
            grid.tell(row.numero, column, "ligne-inconnue", messages.unknown_row(key, main.nom, alike(key, keys)))


def alike(target: str, names: list[str]) -> list[str]:
    """Return, of sorted names, those among which the one that was meant is looked for: of many, those that begin like it."""
    if len(names) <= _MANY:
        return names
    rank = bisect(names, target)
    return names[max(0, rank - _NEAR) : rank + _NEAR]


def _filled(grid: Grid, row: Row) -> dict[str, Any]:
    """Return plain data from the cells of one row, keys in the order of the model."""
    data: dict[str, Any] = {}
    kinds: dict[str, tuple[str, Any]] = defaultdict(lambda: ("", None))
    for champ, value in row.valeurs:
        if champ.place is Place.VALEUR:
            _put(data, champ.chemin, value)
        else:
            kind, content = kinds[champ.chemin[0]]
            kinds[champ.chemin[0]] = (value, content) if champ.place is Place.CLE else (kind, (champ, value))
    for key, (kind, content) in kinds.items():
        if content:
            data[key] = {kind or _kind_of(content[1]): content[1]}
        elif content is None:
            champ = next(c for c in grid.table.champs if c.chemin == (key,) and c.place is Place.CONTENU)
            column = grid.colonnes.get(champ.titre, 1)
            if column not in row.fautives and champ.titre not in grid.unsure:
                grid.tell(row.numero, column, "origine-incomplete", messages.origin_without_reference(champ.titre))
    return data


def _kind_of(text: str) -> str:
    """Return the key of an origin that an id fits by its shape, `autre` for a few words."""
    return next((name for name, shape in _shapes().items() if shape.fullmatch(text)), "autre")


@lru_cache
def _shapes() -> dict[str, re.Pattern[str]]:
    """Return the shape of the ids of each kind of origin."""
    choices = {name: info["anyOf"] for name, info in Origine.model_json_schema()["properties"].items()}
    return {name: re.compile(next(one["pattern"] for one in choices[name] if "pattern" in one)) for (name, *_), _ in link_paths(Origine)}


def _put(data: dict[str, Any], chemin: tuple[str, ...], value: Any, *, several: bool = False) -> None:
    """Put a value where a path leads, making what is missing on the way; at the end of a list when `several`."""
    for key in chemin[:-1]:
        data = data.setdefault(key, {})
    if several:
        data.setdefault(chemin[-1], []).append(value)
    else:
        data[chemin[-1]] = value


def key_titles(model: type[Record]) -> dict[str, bool]:
    """Return the titles of the key columns of the first sheet, and whether each is needed."""
    return {IDENTIFIANT: False, REPERE: False} if is_counted(model) else {IDENTIFIANT: True}
