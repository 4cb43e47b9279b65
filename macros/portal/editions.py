"""Public macros of editions: their register, and what changed from each to the next, up to the records of the moment."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from macros.portal.arguments import shown
from macros.portal.etats import EtatIntrouvableError
from macros.rendering import assemble, heading, render
from macros.views.comparaison import build_comparaison
from macros.views.comparaison.etat import MAINTENANT, EtatCompare
from macros.views.registre_dossiers import build_registre_dossiers
from macros.views.registre_editions import build_registre_editions, in_order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from macros.views.context import Vue

_MOST = 3
"""Editions compared on a page, the latest: each is read whole. `portail comparer` compares any two."""


def of_editions(vue: Vue) -> dict[str, Callable[..., str]]:
    """Return the macros of editions."""
    return {
        "registre_editions": lambda: render("editions/registre", vue=build_registre_editions(vue)),
        "comparaison_editions": partial(_compared, vue),
        "registre_dossiers": lambda: shown(vue, "dossiers", "dossiers/registre", build_registre_dossiers(vue)),
    }


def _compared(vue: Vue) -> str:
    """Return what changed from each of the latest editions to the next, and since the last one."""
    parts = [part for heading_and_body in _pairs(vue) for part in heading_and_body]
    return assemble(parts) if parts else render("editions/aucune", vue=None)


def _pairs(vue: Vue) -> Iterator[tuple[str, str]]:
    known = [each.id for each in in_order(vue) if each.retrait is None and each.audience is vue.audience][:_MOST]
    later: tuple[EtatCompare, Vue] = EtatCompare(MAINTENANT, vue.today), vue
    for nom in known if vue.read_version else ():
        title = heading(2, f"De {nom} à {later[0].nom}", f"depuis-{nom.replace('.', '-')}")
        try:
            earlier = vue.read_version(nom) if vue.read_version else later
        except EtatIntrouvableError:
            yield title, render("editions/sans_version", vue=nom)
            return
        yield title, render("comparaison/sections", vue=build_comparaison(earlier, later))
        later = earlier
