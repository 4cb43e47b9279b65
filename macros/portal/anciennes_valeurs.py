"""What may be told of former values outside the organisation: dates, states, numbers, links to what is still shown; no former text.

A change counts only while the record was shown to that audience before and
after it. Once a record followed something hidden, what came before is not
told either.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from macros.history.compared import NON_DIFFUSE, RANK, TEXTE, FieldChange
from macros.models import COLLECTIONS, UNIQUES
from macros.models.base import Visibilite
from macros.records.natures import ELEMENT, Champ, Nature, field_at, fields_of, is_reserved

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pydantic import BaseModel

    from macros.history.journal import Entry
    from macros.models.base import Lien, Record
    from macros.records.registre import Registre

_MODELS: dict[str, type[Record]] = {model.collection: model for model in (*COLLECTIONS, *UNIQUES)}
_MASKABLE = frozenset({"promotions"})
"""Collections whose small counts are hidden from the public: their former counts would undo it."""
_CODE = re.compile(r"[A-Z]{0,5}-?\d[\dA-Z.-]{0,30}", re.ASCII)
"""What an id, a number or a code of an element looks like: `D2`, `1`, `2026.1`. Anything else may be a text."""
_DATE, _NOMBRE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII), re.compile(r"-?\d{1,12}", re.ASCII)


class Filtre:
    """Reduces the journal to what an audience may read, given the records it sees."""

    def __init__(self, visible: Registre, audience: Visibilite) -> None:
        """Keep the filtered registre: what it does not hold is not named."""
        self.visible, self.audience = visible, audience

    def kept(self, entries: Iterable[Entry]) -> list[Entry]:
        """Return the entries told, latest first, without authors nor former texts."""
        stopped: set[tuple[str, str]] = set()
        found = []
        for entry in entries:
            key = entry.collection, entry.id
            if key in stopped or not self._tells(entry):
                continue
            if self._followed_hidden(entry):
                stopped.add(key)
                continue
            changes = tuple(change for each in entry.changes for change in self._changes(_MODELS[entry.collection], each))
            if changes or not entry.changes:
                found.append(entry._replace(author="", changes=changes, former=""))
        return found

    def _tells(self, entry: Entry) -> bool:
        if entry.id not in self.visible.records.get(entry.collection, {}) or (
            self.audience is Visibilite.PUBLIC and entry.collection in _MASKABLE
        ):
            return False
        usual = _MODELS[entry.collection].visibilite_par_defaut.value
        stated = [state or usual for state, version in zip(entry.shown, entry.versions, strict=True) if version.strip("0")]
        return all(state in list(Visibilite) and self.audience.includes(Visibilite(state)) for state in stated)

    def _followed_hidden(self, entry: Entry) -> bool:
        """Tell whether the record pointed, before this change, at something this audience does not see."""
        model = _MODELS[entry.collection]
        for change in entry.changes:
            fields = field_at(model, change.path)
            lien = fields[-1].lien if fields else None
            if lien and any(not self._knows(lien, each) for each in _texts(change.before)):
                return True
        return False

    def _knows(self, lien: Lien, target: str) -> bool:
        return target in self.visible.known_ids(lien.collection) or (lien.lignee and target in self.visible.named_fiches)

    def _changes(self, model: type[BaseModel], change: FieldChange) -> Iterator[FieldChange]:
        fields = field_at(model, change.path)
        if not fields or is_reserved(model, change.path, self.audience):
            return
        steps = enumerate(change.path)
        path = tuple(self._step(model, change.path[:rank], step) if ELEMENT in step else step for rank, step in steps)
        yield FieldChange(path, self._value(fields[-1], change.before), self._value(fields[-1], change.after))

    def _step(self, model: type[BaseModel], above: tuple[str, ...], step: str) -> str:
        """Return how an element is named: by what is no text, or by nothing."""
        name, _, value = step.partition(ELEMENT)
        if name == RANK or (name in ("id", "numero", "code") and _CODE.fullmatch(value)):
            return step
        fields = field_at(model, (*above, name))  # several keys together are no field
        return step if fields and self._value(fields[-1], value) == value else f"{RANK}{ELEMENT}"

    def _value(self, field: Champ, value: Any) -> Any:
        """Return a value as it may be told: itself when it is what the field asks for."""
        if isinstance(value, list):
            return [self._value(field, each) for each in value]
        if value is None or (isinstance(value, str) and _is_proper(field, value)):
            return value
        if field.lien and isinstance(value, str):
            return value if self._knows(field.lien, value) else NON_DIFFUSE
        return self._part(field.partie, value) if field.partie and isinstance(value, dict) else TEXTE

    def _part(self, part: type[BaseModel], value: dict[str, Any]) -> Any:
        """Return a part without its texts nor what is reserved."""
        known = fields_of(part)
        kept = {key: each for key, each in value.items() if key in known and not is_reserved(part, (key,), self.audience)}
        told = {key: self._value(known[key], each) for key, each in kept.items()}
        return {key: each for key, each in told.items() if each != TEXTE}


def _is_proper(field: Champ, value: str) -> bool:
    """Tell whether a typed value is a day, a number or a state that the field permits: a former one may have been anything."""
    match field.nature:
        case Nature.DATE:
            return _DATE.fullmatch(value) is not None
        case Nature.NOMBRE:
            return _NOMBRE.fullmatch(value) is not None
        case Nature.CHOIX:
            return value in field.valeurs
    return False


def _texts(value: Any) -> list[str]:
    """Return the ids a link field holds, one or several."""
    values = value if isinstance(value, list) else [value]
    return [each for each in values if isinstance(each, str)]
