"""Who points at the records of one collection."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from macros.records.links import link_paths, links_of
from macros.records.registre import LinkUse

if TYPE_CHECKING:
    from macros.records.registre import Registre


def uses_of(registre: Registre, collection: str) -> dict[str, tuple[LinkUse, ...]]:
    """Return, for each record of a collection, the links that point at it; records whose model holds no such link are not read."""
    found: dict[str, list[LinkUse]] = defaultdict(list)
    for record in registre:
        if any(lien.collection == collection for _, lien in link_paths(type(record))):
            for path, lien, target in links_of(record):
                if lien.collection == collection:
                    found[target].append(LinkUse(record.collection, record.id, path, lien, target))
    return {target: tuple(uses) for target, uses in found.items()}
