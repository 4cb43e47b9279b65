"""The lineage of a certification: former and new fiches, which need no record and may branch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.models.certification import official_url
from macros.records.audience import Masque
from macros.views.parts import Reference, reference_to

if TYPE_CHECKING:
    from datetime import date

    from macros.models.certification import Certification
    from macros.views.context import Vue


@dataclass(frozen=True)
class Maillon:
    """One fiche of the lineage."""

    fiche: Reference
    officielle: Reference | None
    intitule: str
    debut: date | None
    fin: date | None
    ici: bool


def official_reference(vue: Vue, numero: str) -> Reference:
    """Return the page of a fiche in this portal, or its official address when it has no record here."""
    here = reference_to(vue, "certifications", numero)
    if here.adresse or isinstance(numero, Masque):
        return here
    return Reference(numero, official_url(numero), externe=True)


def build_lignee(vue: Vue, certification: Certification) -> tuple[Maillon, ...]:
    """Return every fiche reachable through former and new numbers, oldest generation first; empty when alone."""
    ranks = _ranks(vue, certification.numero)
    if len(ranks) == 1:
        return ()
    ordered = sorted(ranks, key=lambda numero: (ranks[numero], str(numero)))
    return tuple(_link(vue, numero, certification.numero) for numero in ordered)


def _ranks(vue: Vue, start: str) -> dict[str, int]:
    """Walk both directions from `start`; a fiche known by a neighbour only is a leaf. Cycles end the walk."""
    before, after = vue.neighbours
    ranks = {start: 0}
    queue = [start]
    while queue:
        numero = queue.pop(0)
        if isinstance(numero, Masque):  # hidden fiches look alike: going through them would join strangers
            continue
        for neighbours, shift in ((before, -1), (after, 1)):
            for other in sorted(neighbours.get(numero, ()), key=str):
                if other not in ranks:
                    ranks[other] = ranks[numero] + shift
                    queue.append(other)
    return ranks


def _link(vue: Vue, numero: str, current: str) -> Maillon:
    record = vue.registre.certifications.get(numero)
    return Maillon(
        fiche=reference_to(vue, "certifications", numero),
        officielle=None if isinstance(numero, Masque) else Reference("fiche officielle", official_url(numero), externe=True),
        intitule=record.intitule if record else "",
        debut=record.date_decision or record.date_publication if record else None,
        fin=record.date_fin_enregistrement if record else None,
        ici=numero == current,
    )
