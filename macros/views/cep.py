"""The report on certifying career guidance, and its setting: what it is, what was at stake, who delivers the service, under which rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.french import count, format_date
from macros.views import libelles
from macros.views.parts import Pastille, Reference, Terme, certainty_pill, page_address, references_to

if TYPE_CHECKING:
    from collections.abc import Iterable

    from macros.models.base import Jour
    from macros.models.cep import Enjeu, Recommandation
    from macros.models.exigence import SourceTexte
    from macros.views.context import Vue


@dataclass(frozen=True)
class RapportVue:
    """The identity of the report: what it is, what it is worth today, its questions and findings, where it was read."""

    titre: str
    pastilles: tuple[Pastille, ...]
    termes: tuple[Terme, ...]
    statut: str
    questions: tuple[str, ...]
    constats: tuple[str, ...]
    sources: tuple[Reference, ...]
    adresse: str


def read_in(vue: Vue, sources: Iterable[SourceTexte]) -> tuple[Reference, ...]:
    """Return where something was read; the first address of the report, which no longer answers, is told apart and leads nowhere."""
    report = vue.registre.rapport_cep
    dead = report.adresse_origine if report else ""
    return tuple(Reference(source.titre, source.url, externe=True) for source in sources if source.url != dead)


HISTORIQUE = Pastille("usage", "usage, référence historique non contraignante")
"""What every page on the report says of its force."""


def build_rapport_cep(vue: Vue) -> RapportVue | None:
    """Return the report in a few facts; None when the project does not have it."""
    found = vue.registre.rapport_cep
    if found is None:
        return None
    return RapportVue(
        titre=found.titre,
        pastilles=(HISTORIQUE, certainty_pill(found.certitude)),
        termes=(
            Terme("Adopté le", found.adoption),
            Terme("Institution", found.institution),
            Terme("Successeur", found.successeur, f"depuis le {format_date(found.succession_le)}"),
            Terme("Vérifié le", found.verifiee_le),
        ),
        statut=found.statut,
        questions=found.questions,
        constats=found.constats,
        sources=read_in(vue, found.sources),
        adresse=found.adresse_origine,
    )


def build_enjeux_cep(vue: Vue) -> tuple[Enjeu, ...]:
    """Return what was at stake, one by one."""
    found = vue.registre.rapport_cep
    return found.enjeux if found else ()


@dataclass(frozen=True)
class ObjetVue:
    """One of the two things that can be certified."""

    nom: str
    titulaire: str
    atteste: str
    exemple: str
    recommandations: tuple[Reference, ...]


def build_objets_cep(vue: Vue) -> tuple[ObjetVue, ...]:
    """Return certification of competences and certification of service, side by side."""
    found = vue.registre.rapport_cep
    return tuple(
        ObjetVue(o.nom, o.titulaire, o.atteste, o.exemple, references_to(vue, "cep", o.recommandations))
        for o in (found.objets if found else ())
    )


@dataclass(frozen=True)
class OperateursVue:
    """Who delivered the service at one time."""

    periode: str
    noms: tuple[str, ...]
    certitude: Pastille
    note: str


def build_operateurs_cep(vue: Vue) -> tuple[OperateursVue, ...]:
    """Return the operators, then and now."""
    found = vue.registre.rapport_cep
    return tuple(OperateursVue(o.periode, o.noms, certainty_pill(o.certitude), o.note or "") for o in (found.operateurs if found else ()))


@dataclass(frozen=True)
class RegimeVue:
    """One set of specifications."""

    texte: str
    date: Jour
    deploye: Jour | None
    niveaux: str
    description: str
    certitude: Pastille


def build_regimes_cep(vue: Vue) -> tuple[RegimeVue, ...]:
    """Return the successive specifications, oldest first."""
    found = vue.registre.rapport_cep
    return tuple(
        RegimeVue(r.texte, r.date, r.deploye_le, count(r.niveaux, "niveau", "niveaux"), r.description, certainty_pill(r.certitude))
        for r in sorted(found.regimes if found else (), key=lambda r: r.date)
    )


@dataclass(frozen=True)
class LigneRecommandation:
    """One recommendation in the list: what it says, what decides it."""

    fiche: Reference
    titre: str
    objet: str
    decision: str
    certitude: Pastille


def in_order(vue: Vue) -> list[Recommandation]:
    """Return the recommendations, R1 first."""
    return [vue.registre.cep[identifier] for identifier in sorted(vue.registre.cep)]


def build_liste_recommandations(vue: Vue) -> tuple[LigneRecommandation, ...]:
    """Return the five recommendations."""
    return tuple(
        LigneRecommandation(
            Reference(r.id, page_address("cep", r.id)),
            r.titre,
            libelles.OBJET_CEP[r.objet],
            "un contrôle, pour toutes les certifications" if r.controle else "un positionnement, pour celles d’accompagnement",
            certainty_pill(r.certitude),
        )
        for r in in_order(vue)
    )
