"""A new action: where it comes from, and what a decision already says of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

from macros import messages
from macros.models.action import Action
from macros.models.origine import Origine
from macros.records.links import link_paths

if TYPE_CHECKING:
    from datetime import date

    from macros.models.conseil import Conseil, Decision
    from macros.records.registre import Registre


def origin(text: str) -> dict[str, str]:
    """Return the one key of `origine` that `text` fills: an id by its shape (`CP-2025-12-NUM.D3`), a few words otherwise."""
    for (name, *_), _lien in link_paths(Origine):
        if re.fullmatch(_pattern(name), text):
            return {name: text}
    return {"autre": text}


def _pattern(name: str) -> str:
    schema = Origine.model_json_schema()["properties"][name]
    return next(str(choice["pattern"]) for choice in schema["anyOf"] if "pattern" in choice)


def said_by_decision(registre: Registre, identifier: str) -> dict[str, Any]:
    """Return what an action takes from its decision: nature, certifications, and the day of the session that opened it."""
    if identifier not in registre.known_ids("decisions"):
        return {}
    record, part = registre.parts["decisions"][identifier]
    conseil, decision = cast("Conseil", record), cast("Decision", part)
    return {
        "nature": decision.nature.value,
        "certifications": list(decision.certifications or conseil.certifications),
        "date": conseil.date,
    }


def remarks(action: dict[str, Any], registre: Registre, today: date) -> list[str]:
    """Return what a person should look at again: a function nobody declared, a day gone by, another action on the same decision."""
    found = []
    responsable, echeance = action.get("responsable"), action.get("echeance")
    fonctions = registre.organisme.fonctions
    if responsable and fonctions and responsable not in fonctions:
        found.append(messages.undeclared_function(responsable, fonctions))
    if echeance and str(echeance) < today.isoformat():
        found.append(messages.past_due_date())
    decision = (action.get("origine") or {}).get("decision", "")
    twins = sorted(identifier for identifier, other in registre.actions.items() if decision and other.origine.decision == decision)
    if twins:
        found.append(messages.already_answered(decision, twins))
    missing = [str(info.title).lower() for name, info in Action.model_fields.items() if name in _EXPECTED and not action.get(name)]
    return [*found, messages.to_complete(missing)] if missing else found


_EXPECTED = frozenset({"responsable", "echeance", "origine", "critere"})
