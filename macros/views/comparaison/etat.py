"""Two states of the records side by side: what both sides are, and how a difference is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.models.base import Visibilite

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from typing import TypeVar

    from macros.models.base import Record
    from macros.views.context import Vue
    from macros.views.evolutions import Comparaison as Mots
    from macros.views.parts import Pastille, Reference

    R = TypeVar("R", bound=Record)


MAINTENANT = "maintenant"
"""How the records of the moment are called, beside editions and versions."""


@dataclass(frozen=True)
class EtatCompare:
    """One side: how a person calls it, its reference date, what could not be read of it."""

    nom: str
    date: date
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class LigneComparee:
    """One difference. `mots`: the text word by word, for what is a text."""

    fiche: Reference
    pastille: Pastille
    texte: str
    mots: Mots | None = None


@dataclass(frozen=True)
class SectionComparee:
    """Differences of one kind; `compte` is how the summary says them."""

    titre: str
    ancre: str
    compte: str
    lignes: tuple[LigneComparee, ...]
    nombre: str = ""
    reste: str = ""


@dataclass(frozen=True)
class EtatsCompares:
    """What differs from one state to the other, the most important first."""

    avant: EtatCompare
    apres: EtatCompare
    objet: str
    resume: str
    sections: tuple[SectionComparee, ...]


@dataclass(frozen=True)
class Deux:
    """Both states as the same audience sees them, on the records of one certification when `numero` is given."""

    avant: Vue
    apres: Vue
    numero: str = ""

    @property
    def dit_tout(self) -> bool:
        """Tell whether former texts and removed records may be told: inside the organisation only."""
        return self.apres.audience is Visibilite.INTERNE and self.avant.audience is Visibilite.INTERNE

    def lignee(self) -> frozenset[str]:
        """Return the certification asked for and its former fiches, on either side."""
        return self.avant.croisements.lineage(self.numero) | self.apres.croisements.lineage(self.numero)

    def garde(self, record: Record) -> bool:
        """Tell whether a record is about what is compared."""
        if not self.numero:
            return True
        if record.collection == "certifications":
            return record.id in self.lignee()
        named = getattr(record, "certifications", ())
        return not self.lignee().isdisjoint(named)

    def ajoutes(self, avant: Mapping[str, R], apres: Mapping[str, R]) -> list[R]:
        """Return the records of the second side that the first has not, in order of id."""
        return [apres[each] for each in sorted(apres) if each not in avant and self.garde(apres[each])]

    def retires(self, avant: Mapping[str, R], apres: Mapping[str, R]) -> list[R]:
        """Return the records of the first side that the second has not, told inside the organisation only."""
        return [avant[each] for each in sorted(avant) if each not in apres and self.garde(avant[each])] if self.dit_tout else []

    def communs(self, avant: Mapping[str, R], apres: Mapping[str, R]) -> list[tuple[R, R]]:
        """Return the records of both sides that differ, in order of id."""
        both = ((avant[each], apres[each]) for each in sorted(apres) if each in avant)
        return [(was, now) for was, now in both if was != now and self.garde(now)]
