"""The miniature project, and every public macro called on every record of an edition."""

from __future__ import annotations

from inspect import Parameter, signature
from pathlib import Path
from typing import TYPE_CHECKING

from macros.portal.catalogue import macros_of
from macros.portal.state import open_portal
from macros.views.aide import documented_models

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from macros.models.base import Visibilite
    from macros.records.registre import Registre
    from macros.views.context import Vue

TESTS = Path(__file__).parent.parent
MINIATURE = TESTS / "miniature"
GOLDEN = TESTS / "golden"


def reference_date(registre: Registre) -> date:
    """Return the day a demonstration states."""
    assert registre.organisme.date_reference is not None
    return registre.organisme.date_reference


def vue_of(project: Path, audience: Visibilite, clock: Callable[[Registre], date] = reference_date) -> Vue:
    """Return what `audience` may see of a project; fail with its problems when it has any."""
    portal = open_portal(project, audience, clock)
    assert portal.vue is not None, "\n".join(map(str, portal.problems))
    return portal.vue


def rendered(vue: Vue) -> dict[str, str]:
    """Return the text of every public macro, on every record it can be called on: `macro` or `macro-id` → text."""
    found: dict[str, str] = {}
    known = {
        "numero": list(vue.registre.certifications),
        "nom": list(documented_models()),
        "conseil": list(vue.registre.conseils),
        "partenaire": list(vue.registre.partenaires),
        "recommandation": list(vue.registre.cep),
    }
    for name, macro in macros_of(vue).items():
        asks = [parameter.name for parameter in signature(macro).parameters.values() if parameter.default is Parameter.empty]
        if asks:
            assert len(asks) == 1, f"the tests do not know what to give to {name}({asks})"
            found |= {f"{name}-{identifier}": macro(identifier) for identifier in known[asks[0]]}
        else:
            found[name] = macro()
    return found
