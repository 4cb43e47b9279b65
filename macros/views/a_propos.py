"""What this build is: organisation, day, audience, sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.french import format_date
from macros.models.base import Visibilite
from macros.views.parts import Reference, Terme

if TYPE_CHECKING:
    from macros.views.context import Vue

_AUDIENCES = {
    Visibilite.INTERNE: "interne\u00a0: tout est visible, notes internes et constats compris",
    Visibilite.AUDITEUR: "auditeur\u00a0: sans notes internes ni constats",
    Visibilite.PUBLIC: "public\u00a0: seulement ce qui peut être publié",
}


@dataclass(frozen=True)
class APropos:
    """The organisation and the build, as terms and a presentation."""

    presentation: str
    termes: tuple[Terme, ...]
    sources: tuple[str, ...]


def build_a_propos(vue: Vue) -> APropos:
    """Return who owns the portal, its reference date, its audience and its open-data sources."""
    organisme = vue.registre.organisme
    terms = [
        Terme("Organisme", organisme.denomination),
        Terme("SIRET", organisme.siret),
        Terme("Site", Reference(organisme.site, organisme.site, externe=True) if organisme.site else None),
        Terme("Date de référence", vue.today),
        Terme("Public de cette édition", _AUDIENCES[vue.audience]),
    ]
    shown = tuple(term for term in terms if term.valeur is not None)
    sources = {f"{extrait.source.jeu}, extrait du {format_date(extrait.source.date)}" for extrait in vue.registre.extraits.values()}
    return APropos(organisme.presentation or "", shown, tuple(sorted(sources)))
