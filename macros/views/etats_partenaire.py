"""Words and states of habilitations that several pages share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from macros.models.fiche import RoleHabilitation
from macros.models.habilitation import EtatHabilitation
from macros.views.parts import Pastille

if TYPE_CHECKING:
    from collections.abc import Iterable

    from macros.models.habilitation import Habilitation
    from macros.views.context import Vue

LIBELLES_ROLE = {
    RoleHabilitation.FORMER: "former",
    RoleHabilitation.ORGANISER: "organiser l’évaluation",
    RoleHabilitation.FORMER_ET_ORGANISER: "former et organiser l’évaluation",
}
ETATS = {
    EtatHabilitation.ACTIVE: Pastille("actif", "active"),
    EtatHabilitation.SUSPENDUE: Pastille("a_surveiller", "suspendue"),
    EtatHabilitation.A_VENIR: Pastille("planifie", "à venir"),
    EtatHabilitation.ECHUE: Pastille("sans_objet", "échue"),
    EtatHabilitation.ABROGEE: Pastille("sans_objet", "abrogée"),
    EtatHabilitation.RESILIEE: Pastille("sans_objet", "résiliée"),
}


def best_state(vue: Vue, grants: Iterable[Habilitation]) -> EtatHabilitation | None:
    """Return the state that says most of several habilitations, None without any: an active one first."""
    states = {grant.state(vue.today) for grant in grants}
    return next((state for state in ETATS if state in states), None)


def spaced(siret: str) -> str:
    """Return a SIRET as people read it."""
    return "\u00a0".join((siret[:3], siret[3:6], siret[6:9], siret[9:])) if siret else ""
