"""What the modules and the épreuves of a training table cover, column by column: the référentiel read as a list of columns."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from macros.models.competences import Competence, bare_code, listed_competences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from macros.models.certification import Certification
    from macros.models.referentiel import TableFormation


@dataclass(frozen=True)
class Colonne:
    """A competence with a code, or a bloc that lists none. `bloc` is the short code of its bloc (`BC01`), empty without blocs."""

    code: str
    intitule: str
    bloc: str = ""

    @property
    def is_bloc(self) -> bool:
        """Tell whether the column is a whole bloc."""
        return bool(self.bloc) and self.code == self.bloc


@dataclass(frozen=True)
class Referentiel:
    """The columns of every table of a certification, and what each code stands for.

    The code of a bloc, whole (`RNCP12345BC01`) or short (`BC01`), stands for
    all the competences of the bloc; a heading (`C1` above `C1.1` and `C1.2`)
    for all that follow from it. A code that several blocs use is shown and
    written after the bloc (`BC02.C1`); alone, it is ambiguous.
    """

    colonnes: tuple[Colonne, ...]
    codes: Mapping[str, tuple[int, ...]] = field(repr=False)
    ambigus: Mapping[str, tuple[str, ...]] = field(repr=False)

    def stands_for(self, code: str) -> tuple[int, ...]:
        """Return the ranks of the columns a code stands for; none when it is unknown or ambiguous."""
        return self.codes.get(bare_code(code), ())

    @cached_property
    def unites(self) -> Mapping[str, frozenset[int]]:
        """Return what a table is expected to cover at least: each bloc, or each competence where there is no bloc, with its columns."""
        found: dict[str, frozenset[int]] = {}
        for rank, colonne in enumerate(self.colonnes):
            name = colonne.bloc or colonne.code
            found[name] = found.get(name, frozenset()) | {rank}
        return found


def referentiel_of(certification: Certification) -> Referentiel:
    """Return the columns of the tables of a certification: its competences that have codes, bloc by bloc.

    A bloc whose list gives no code is one column. Without blocs, at the RS
    notably, competences without codes take those of their rank: `C1`, `C2`…
    """
    listed: list[tuple[str, str, Sequence[Competence]]] = [
        (bloc.code.removeprefix(certification.numero) or bloc.code, bloc.intitule, _coded(listed_competences(bloc.competences)))
        for bloc in certification.blocs
    ] or [("", "", _numbered(listed_competences(certification.competences)))]
    uses = Counter(bare_code(one.code) for _, _, competences in listed for one in competences)
    columns = tuple(column for bloc, title, competences in listed for column in _columns(bloc, title, competences, uses))
    names = {bare_code(bloc.code): bloc.code.removeprefix(certification.numero) or bloc.code for bloc in certification.blocs}
    ambiguous = {
        code: tuple(f"{bloc}.{one.code}" for bloc, _, competences in listed for one in competences if bare_code(one.code) == code)
        for code, number in uses.items()
        if number > 1
    }
    return Referentiel(columns, _meanings(columns, names, ambiguous), ambiguous)


def _coded(competences: Iterable[Competence]) -> tuple[Competence, ...]:
    """Return the competences that have a code, without headings nor a second use of the same code."""
    kept = {bare_code(one.code): one for one in reversed(tuple(competences)) if one.code}
    headings = {parent for code in kept for parent in _parents(code)}
    return tuple(one for code, one in reversed(kept.items()) if code not in headings)


def _numbered(competences: tuple[Competence, ...]) -> tuple[Competence, ...]:
    if any(one.code for one in competences):
        return _coded(competences)
    return tuple(Competence(f"C{rank}", one.intitule) for rank, one in enumerate(competences, 1))


def _columns(bloc: str, title: str, competences: Sequence[Competence], uses: Counter[str]) -> Iterator[Colonne]:
    for one in competences:
        shared = uses[bare_code(one.code)] > 1
        yield Colonne(f"{bloc}.{one.code}" if shared else one.code, one.intitule, bloc)
    if bloc and not competences:
        yield Colonne(bloc, title, bloc)


def _meanings(columns: Sequence[Colonne], blocs: Mapping[str, str], ambiguous: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """Return the columns each code stands for; the nearest meaning wins: a column, then a bloc, then a heading."""
    exact = {bare_code(column.code): (rank,) for rank, column in enumerate(columns)}
    groups: dict[str, tuple[int, ...]] = {}
    headings: dict[str, tuple[int, ...]] = {}
    for rank, column in enumerate(columns):
        groups[bare_code(column.bloc)] = (*groups.get(bare_code(column.bloc), ()), rank)
        for parent in _parents(bare_code(column.code)):
            headings[parent] = (*headings.get(parent, ()), rank)
    whole = {code: groups[bare_code(short)] for code, short in blocs.items() if bare_code(short) in groups}
    found = {**headings, **groups, **whole, **exact}
    return {code: ranks for code, ranks in found.items() if code and code not in ambiguous}


def _parents(code: str) -> Iterator[str]:
    """Yield what a code follows from: `C1` and `C1.2` for `C1.2.3`."""
    parts = code.split(".")
    yield from (".".join(parts[:length]) for length in range(1, len(parts)))


@dataclass(frozen=True)
class CodeInconnu:
    """A code of a table that stands for no column: where it is written, and what it may stand for when it is ambiguous."""

    champ: str
    code: str
    possibles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Couverture:
    """What a table covers. `vises`: the columns that the formation prepares; `modules` and `epreuves`: those that each covers."""

    referentiel: Referentiel
    vises: tuple[int, ...]
    modules: tuple[frozenset[int], ...]
    epreuves: tuple[frozenset[int], ...]
    inconnus: tuple[CodeInconnu, ...]

    @cached_property
    def prepares(self) -> frozenset[int]:
        """Return the columns that at least one module prepares."""
        return frozenset().union(*self.modules)

    @cached_property
    def evalues(self) -> frozenset[int]:
        """Return the columns that at least one épreuve evaluates."""
        return frozenset().union(*self.epreuves)

    def holes(self, covered: frozenset[int]) -> tuple[Colonne, ...]:
        """Return the columns aimed at that are not among `covered`."""
        return tuple(self.referentiel.colonnes[rank] for rank in self.vises if rank not in covered)

    def whole_holes(self, covered: frozenset[int]) -> tuple[str, ...]:
        """Return the blocs aimed at, or the competences where there is no bloc, of which nothing is among `covered`."""
        aimed = frozenset(self.vises)
        return tuple(name for name, ranks in self.referentiel.unites.items() if ranks & aimed and not ranks & aimed & covered)


def coverage(referentiel: Referentiel, table: TableFormation) -> Couverture:
    """Return what a table covers of a référentiel; a formation that names no bloc prepares the whole certification."""
    unknown: list[CodeInconnu] = []

    def covered(codes: Iterable[str], champ: str) -> frozenset[int]:
        found: set[int] = set()
        for code in codes:
            ranks = referentiel.stands_for(code)
            found.update(ranks)
            if not ranks:
                unknown.append(CodeInconnu(champ, code, referentiel.ambigus.get(bare_code(code), ())))
        return frozenset(found)

    aimed = covered(table.blocs, "blocs")
    modules = tuple(covered(module.couvre, f"modules.{rank}.couvre") for rank, module in enumerate(table.modules))
    tests = tuple(covered(epreuve.couvre, f"epreuves.{rank}.couvre") for rank, epreuve in enumerate(table.epreuves))
    every = tuple(range(len(referentiel.colonnes)))
    return Couverture(referentiel, tuple(sorted(aimed)) or every, modules, tests, tuple(unknown))
