"""Small groups are not shown to the public: which promotions are told without their counts.

All counts of a promotion are hidden together, unless France compétences
publishes them: nothing that is left, and no sum or difference of what is
left, then tells a hidden one.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from macros.records.registre import Registre

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from macros.models.base import Record
    from macros.models.extrait import Extrait
    from macros.models.fiche import Statistique
    from macros.models.promotion import Promotion

_COUNTS = ("inscrits", "presentes", "certifies", "certifies_vae", "abandons")
_PUBLISHED = ("certifies", "certifies_vae")
"""Counts that France compétences may publish."""


def is_small(promotion: Promotion, threshold: int) -> bool:
    """Tell whether a group of a promotion, or what is left of it beside another, counts some people but fewer than `threshold`."""
    groups = [tuple(getattr(promotion, name) for name in _COUNTS)]
    groups += [(each.presentes, each.valides) for each in promotion.validations_partielles]
    groups += [(e.sortants, e.repondants, e.neutralises, e.en_emploi, e.dans_le_metier, e.actifs()) for e in promotion.enquetes]
    if promotion.satisfaction is not None:
        told = promotion.satisfaction
        groups.append((told.interroges, told.repondants, told.satisfaits))
    return any(0 < number < threshold for group in groups for number in _numbers(group))


def _numbers(group: tuple[int | None, ...]) -> Iterator[int]:
    """Yield each count of a group, and the difference of each two."""
    known = [number for number in group if number is not None]
    yield from known
    yield from (abs(one - other) for one, other in combinations(known, 2))


def masked(promotion: Promotion, published: Statistique | None) -> Promotion:
    """Return a promotion without any count but those that France compétences publishes for its year."""
    fields = type(promotion).model_fields
    emptied = {name: fields[name].get_default() for name in (*_COUNTS, "validations_partielles", "enquetes", "satisfaction", "declare_fc")}
    kept = {name: getattr(published, name) for name in _PUBLISHED if published and getattr(published, name) == getattr(promotion, name)}
    return promotion.model_copy(update=emptied | kept)


def mask_small(records: Mapping[str, Mapping[str, Record]]) -> dict[str, Promotion]:
    """Return the promotions to mask among visible records, masked, by id; the threshold is the organisation's (`petit_effectif`)."""
    shelves = Registre(records)
    if not shelves.promotions:
        return {}
    threshold = shelves.organisme.parametres.petit_effectif
    return {
        identifier: masked(promotion, _published(promotion, shelves.extraits))
        for identifier, promotion in shelves.promotions.items()
        if is_small(promotion, threshold)
    }


def _published(promotion: Promotion, extraits: Mapping[str, Extrait]) -> Statistique | None:
    extrait = extraits.get(promotion.certification)
    return next((each for each in extrait.statistiques if each.annee == promotion.annee), None) if extrait else None
