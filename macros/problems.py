"""A data mistake is a value, never an exception: where it is, what it is, in French."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake in a record file, told to the person who wrote it.

    `fichier` is relative to the project, POSIX style. `ligne` and `colonne`
    count from 1; 0 means the whole file. `message` says what came, what was
    expected and how to mend it, in French. The order of fields is the order
    in which problems are listed.
    """

    fichier: str
    ligne: int
    colonne: int
    code: str
    message: str
    enregistrement: str = ""
    champ: str = ""

    def __str__(self) -> str:
        """Render as `fichier:ligne:colonne: message [code]`, which editors turn into a link."""
        where = f"{self.fichier}:{self.ligne}:{self.colonne}" if self.ligne else self.fichier
        return f"{where}: {self.message} [{self.code}]"

    def as_json(self) -> dict[str, object]:
        """Return the public JSON form, keys in the documented order."""
        keys = ("code", "message", "fichier", "ligne", "colonne", "enregistrement", "champ")
        values = asdict(self)
        return {key: values[key] for key in keys}


class DataError(Exception):
    """Carries problems across a door that can only raise (an import, a build)."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems sorted, so that every door lists them alike."""
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))
