"""The state of a project for one audience on one day: read, checked, filtered once, kept until a file changes."""

from __future__ import annotations

import gc
import os
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from macros.checks import compare_extracts, run_checks
from macros.models.base import Visibilite
from macros.portal.sources import hidden_sources, sources_of
from macros.problems import DataError
from macros.records.audience import filter_constats, filter_registre
from macros.records.copies import copy_names
from macros.records.loading import load
from macros.views.context import Remise, Vue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from macros.checks import Compared
    from macros.history.passe import Passe
    from macros.models.constat import Constat
    from macros.problems import Problem
    from macros.records.registre import Registre
    from macros.views.comparaison.etat import EtatCompare

FIRST_PAGE = "index.md"
"""The dashboard of a site; a dossier has a first page of its own."""
Stamp = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class Portail:
    """What every page and every command works from.

    `vue` holds what the audience may see, None when `problems` is not empty.
    """

    project: Path
    audience: Visibilite
    problems: tuple[Problem, ...]
    vue: Vue | None
    hidden: frozenset[str] = frozenset()
    """Hand-written files below `docs/` that the audience may not see."""
    originals: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Where each document of visible evidence is filed, by the neutral name of its copy: what makes copies knows it, no view does."""


@dataclass(frozen=True)
class Past:
    """What reads the history of a project for an audience: its journal, given what that audience sees; the records of an edition."""

    journal: Callable[[Path, Registre, Visibilite], Passe]
    version: Callable[[Path, Visibilite, str], tuple[EtatCompare, Vue]]


def open_portal(
    project: Path, audience: Visibilite, clock: Callable[[Registre], date], past: Past | None = None, remise: Remise | None = None
) -> Portail:
    """Return the state of `project`; records are read again only when a file of `data/` changed.

    `clock` gives the reference date from the complete registre. Links and
    constats are computed on all records, then filtered once for `audience`.
    `past` reads the history when a page asks; without it nothing is told of it.
    `remise` restricts everything to the certifications of a dossier.
    """
    when = stamp(project / "data")
    registre, problems = _load(project, when)
    try:
        hidden = _hidden(project, stamp(project / "docs"), audience)
    except DataError as error:
        hidden, problems = frozenset(), tuple(sorted((*problems, *error.problems)))
    if registre is None or problems:
        return Portail(project, audience, problems, None)
    hidden |= {FIRST_PAGE} if remise else set()
    view = _view(project, when, audience, clock(registre), past, remise)
    names = (pair for identifier in view.registre.preuves for pair in copy_names(registre.preuves[identifier]))
    return Portail(project, audience, (), view, hidden, {copy: name for name, copy in names})


def stamp(folder: Path) -> Stamp:
    """Return what changes when any file below `folder` changes: names, times in nanoseconds, sizes."""
    found = []
    for directory, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = Path(directory, name)
            try:
                status = path.stat()
            except OSError:
                continue
            found.append((str(path), status.st_mtime_ns, status.st_size))
    return tuple(found)


@lru_cache(maxsize=4)
def _hidden(project: Path, when: Stamp, audience: Visibilite) -> frozenset[str]:  # noqa: ARG001 - the stamp is the cache key
    return frozenset(hidden_sources(project, audience, sources_of(project)))


@contextmanager
def _without_collector() -> Iterator[None]:
    """Make tens of thousands of small objects that live until the next change, which the collector need not walk again and again."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.freeze()


@lru_cache(maxsize=4)
def _load(project: Path, when: Stamp) -> tuple[Registre | None, tuple[Problem, ...]]:  # noqa: ARG001 - the stamp is the cache key
    with _without_collector():
        loaded = load(project)
    return loaded.registre, loaded.problems


@lru_cache(maxsize=4)
def _checked(project: Path, when: Stamp, today: date) -> tuple[Registre, tuple[Constat, ...], Compared]:
    registre, _ = _load(project, when)
    if registre is None:
        message = "a project with problems has no view"
        raise ValueError(message)
    with _without_collector():
        compared = compare_extracts(registre)
        return registre, run_checks(registre, today, compared), compared


@lru_cache(maxsize=4)
def _view(project: Path, when: Stamp, audience: Visibilite, today: date, past: Past | None, remise: Remise | None) -> Vue:
    registre, constats, compared = _checked(project, when, today)
    visible = filter_registre(registre, audience, lineages(registre, remise.certifications if remise else ()))
    shown = compared if audience is Visibilite.INTERNE else {}
    told = filter_constats(constats, visible, audience)
    if past is None:
        return Vue(visible, told, today, audience, shown, remise=remise)
    journal = partial(past.journal, project, visible, audience)
    version = None if remise else partial(past.version, project, audience)
    return Vue(visible, told, today, audience, shown, journal, remise, version)


def lineages(registre: Registre, certifications: Iterable[str]) -> frozenset[str]:
    """Return certifications with all their former fiches."""
    whole = Vue(registre, (), date.min, Visibilite.INTERNE).croisements
    return frozenset(each for numero in certifications for each in whole.lineage(numero))
