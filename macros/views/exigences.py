"""The register of requirements: what is expected, by which text, how binding, how sure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.french import format_date, join
from macros.models.base import Certitude, Force
from macros.models.certification import TypeEnregistrement
from macros.models.exigence import Evenement
from macros.views.parts import LIBELLES_CERTITUDE, LIBELLES_FORCE, Pastille, Reference

if TYPE_CHECKING:
    from macros.models.exigence import Exigence
    from macros.views.context import Vue

_APPRECIEE = {
    Evenement.DEPOT: "au dépôt de la demande",
    Evenement.DELIVRANCE: "à la délivrance",
    Evenement.EVENEMENT: "à chaque événement",
    Evenement.PERMANENT: "à tout moment",
}
_TYPES = {TypeEnregistrement.DE_DROIT: "enregistrement de droit", TypeEnregistrement.SUR_DEMANDE: "enregistrement sur demande"}


@dataclass(frozen=True)
class LigneExigence:
    """One requirement in plain words."""

    id: str
    ancre: str
    titre: str
    reference: str
    enonce: str
    force: Pastille
    certitude: Pastille
    dates: str
    pour: str
    appreciee: str
    preuves: tuple[str, ...]
    sources: tuple[Reference, ...]
    verifiee: str


def build_registre_exigences(vue: Vue) -> tuple[LigneExigence, ...]:
    """Return every requirement, most binding first."""
    ordered = sorted(vue.registre.exigences.values(), key=lambda e: (list(Force).index(e.force), e.id))
    return tuple(_row(exigence) for exigence in ordered)


def _row(exigence: Exigence) -> LigneExigence:
    sure = exigence.certitude in (Certitude.TEXTE_VU, Certitude.DEUX_SOURCES)
    return LigneExigence(
        id=exigence.id,
        ancre=exigence.id.lower(),
        titre=exigence.titre,
        reference=exigence.reference(),
        enonce=exigence.enonce,
        force=Pastille("usage" if exigence.force is Force.USAGE else "force", LIBELLES_FORCE[exigence.force]),
        certitude=Pastille("conforme" if sure else "a_surveiller", LIBELLES_CERTITUDE[exigence.certitude]),
        dates=_dates(exigence),
        pour=_addressee(exigence),
        appreciee=_APPRECIEE[exigence.appreciee],
        preuves=exigence.preuves_attendues,
        sources=tuple(Reference(source.titre, source.url, externe=True) for source in exigence.sources),
        verifiee=format_date(exigence.verifiee_le) if exigence.verifiee_le else "",
    )


def _dates(exigence: Exigence) -> str:
    if exigence.du and exigence.au:
        return f"du {format_date(exigence.du)} au {format_date(exigence.au)}"
    if exigence.du:
        return f"depuis le {format_date(exigence.du)}"
    return f"jusqu’au {format_date(exigence.au)}" if exigence.au else ""


def _addressee(exigence: Exigence) -> str:
    registers = join([repertoire.value for repertoire in exigence.repertoires])
    kinds = join([_TYPES[kind] for kind in exigence.types_enregistrement])
    return f"{registers}, {kinds}"
