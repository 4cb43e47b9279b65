"""Floor 1: what a record of each collection is, and questions about ONE record."""

from macros.models.base import Record
from macros.models.certification import Certification
from macros.models.exigence import Exigence
from macros.models.extrait import Extrait
from macros.models.organisme import Lexique, Organisme

COLLECTIONS: tuple[type[Record], ...] = (Certification, Extrait, Exigence)
"""Collections of one file per record, below `data/<collection>/`."""

UNIQUES: tuple[type[Record], ...] = (Organisme, Lexique)
"""Single files at the root of `data/`."""

__all__ = ["COLLECTIONS", "UNIQUES"]
