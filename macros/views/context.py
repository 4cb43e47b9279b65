"""What a view may read: the filtered registre, the filtered constats, the day, the audience."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar, cast

from macros.history.passe import unread
from macros.models.base import OuiNon, Visibilite
from macros.views.croisements import Croisements

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from macros.history.passe import Passe
    from macros.models.certification import Certification
    from macros.models.comparison import Difference
    from macros.models.constat import Constat
    from macros.records.registre import Registre
    from macros.views.comparaison.etat import EtatCompare

T = TypeVar("T")


@dataclass(frozen=True)
class Remise:
    """A dossier being made: its id, the certifications asked for, for which organisation, why, until which day."""

    dossier: str
    certifications: tuple[str, ...]
    expire: date
    pour: str = ""
    objet: str = ""


@dataclass(frozen=True)
class Vue:
    """The data of one build for one audience. Nothing hidden from `audience` is in it."""

    registre: Registre
    constats: tuple[Constat, ...]
    today: date
    audience: Visibilite
    differences: Mapping[str, tuple[Difference, ...]] = field(default_factory=dict, repr=False)
    """Where each certification departs from its published fiche, for audiences that see constats."""
    read_past: Callable[[], Passe] = field(default=unread, repr=False)
    """Reads the history, filtered for this audience: only what shows it asks."""

    remise: Remise | None = None
    """The dossier these pages are made for: they then show its certifications only."""
    read_version: Callable[[str], tuple[EtatCompare, Vue]] | None = field(default=None, repr=False)
    """Reads the records of an edition as this audience sees them; None where nobody opened the history."""

    @cached_property
    def passe(self) -> Passe:
        """Return the saved changes this audience may read."""
        return self.read_past()

    @property
    def is_demonstration(self) -> bool:
        """Tell whether every page must be marked as fictional."""
        return self.registre.organisme.demonstration is OuiNon.OUI

    @cached_property
    def a_traiter(self) -> tuple[Constat, ...]:
        """Return the constats that ask for something, most urgent first: neither notes nor what an exception sets aside."""
        return tuple(constat for constat in self.constats if constat.is_to_do())

    def constats_of(self, numero: str) -> tuple[Constat, ...]:
        """Return the constats about one certification, on any record, most urgent first."""
        return tuple(self._by_certification.get(numero, ()))

    def constats_on(self, collection: str, identifier: str) -> tuple[Constat, ...]:
        """Return the constats on one record, most urgent first."""
        return tuple(self._by_record.get((collection, identifier), ()))

    @cached_property
    def _by_certification(self) -> dict[str, list[Constat]]:
        found: dict[str, list[Constat]] = defaultdict(list)
        for constat in self.constats:
            for numero in constat.certifications:
                found[numero].append(constat)
        return dict(found)

    @cached_property
    def _by_record(self) -> dict[tuple[str, str], list[Constat]]:
        found: dict[tuple[str, str], list[Constat]] = defaultdict(list)
        for constat in self.constats:
            found[constat.collection, constat.enregistrement].append(constat)
        return dict(found)

    @cached_property
    def neighbours(self) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
        """Return, for each number, the fiches just before it and just after it, whoever states it."""
        before: dict[str, set[str]] = defaultdict(set)
        after: dict[str, set[str]] = defaultdict(set)
        for certification in self.registre.certifications.values():
            pairs = [(old, certification.numero) for old in certification.anciennes_fiches]
            pairs += [(certification.numero, new) for new in certification.nouvelles_fiches]
            for older, newer in pairs:
                before[newer].add(older)
                after[older].add(newer)
        return dict(before), dict(after)

    @cached_property
    def croisements(self) -> Croisements:
        """Return who points at whom among the records of this audience."""
        return Croisements(self.registre, *self.neighbours)

    @cached_property
    def _made(self) -> dict[str, object]:
        return {}

    def once(self, name: str, build: Callable[[Vue], T]) -> T:
        """Return what `build` makes of this view, made once: for what a thousand pages share."""
        if name not in self._made:
            self._made[name] = build(self)
        return cast("T", self._made[name])

    def shows_constats(self) -> bool:
        """Tell whether this audience sees constats at all."""
        return self.audience is Visibilite.INTERNE

    @cached_property
    def _ordered(self) -> tuple[Certification, ...]:
        return tuple(sorted(self.registre.certifications.values(), key=lambda c: (c.repertoire.value, len(c.numero), c.numero)))

    def in_order(self) -> tuple[Certification, ...]:
        """Return certifications as people list them: RNCP first, then by number."""
        return self._ordered
