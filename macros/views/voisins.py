"""What comes just before and just after a record, at the foot of its page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from macros.views.parts import Reference


@dataclass(frozen=True)
class Voisins:
    """Two neighbours: how both are called together, then each, then the links."""

    titre: str
    avant: str
    apres: str
    precedent: Reference | None
    suivant: Reference | None
