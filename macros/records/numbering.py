"""Numbers of records that are counted by the year: actions, evidence, exceptions."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from macros.models.base import Record


def next_id(model: type[Record], year: int, used: Iterable[str]) -> str:
    """Return the id that follows the largest number of `year` among `used`: `A-2026-015` after `A-2026-014`.

    It has as many digits as the example of its model.

    Holes are never filled: an id is permanent, even that of a record removed
    since. Two branches thus make the same id, hence the same file, and Git
    shows the conflict.
    """
    prefix = f"{model.exemple_id.split('-', maxsplit=1)[0]}-{year}-"
    numbers = [identifier.removeprefix(prefix) for identifier in used if identifier.startswith(prefix)]
    last = max((int(number) for number in numbers if number.isascii() and number.isdecimal()), default=0)
    return f"{prefix}{last + 1:0{len(model.exemple_id.rsplit('-', maxsplit=1)[-1])}}"
