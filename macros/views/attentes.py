"""What others wait for, with its last day: answers to complaints and to requests of audits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.views.audits import request_pill
from macros.views.parts import Pastille, Reference, reference_to
from macros.views.reclamations import complaint_pill

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from macros.models.audit import Audit, DemandeAudit
    from macros.models.reclamation import Reclamation
    from macros.views.context import Vue


@dataclass(frozen=True)
class Attente:
    """One answer awaited: its last day, the record, what is asked, on what, where it stands. `suffixe`: its name within the record."""

    date: date
    collection: str
    record: Reclamation | Audit
    suffixe: str
    fiche: Reference
    texte: str
    certifications: tuple[str, ...]
    pastille: Pastille


def awaited(vue: Vue) -> Iterator[Attente]:
    """Yield every answer that somebody waits for by a day; complaints only for those who see constats, since their delay is our own."""
    days = vue.registre.organisme.parametres.reclamation_delai_jours
    for reclamation in vue.registre.reclamations.values() if vue.shows_constats() else ():
        if reclamation.is_open():
            yield Attente(
                date=reclamation.due(days),
                collection="reclamations",
                record=reclamation,
                suffixe="reponse",
                fiche=reference_to(vue, "reclamations", reclamation.id),
                texte=f"réclamation à répondre\u00a0: {reclamation.objet}",
                certifications=reclamation.certifications,
                pastille=complaint_pill(vue, reclamation),
            )
    for audit in vue.registre.audits.values():
        for demande in audit.open_requests():
            if demande.repondre_avant is not None:
                yield _request(vue, audit, demande, demande.repondre_avant)


def _request(vue: Vue, audit: Audit, demande: DemandeAudit, due: date) -> Attente:
    return Attente(
        date=due,
        collection="audits",
        record=audit,
        suffixe=f"reponse-{demande.id.lower()}",
        fiche=reference_to(vue, "demandes", f"{audit.id}.{demande.id}"),
        texte=f"demande d’audit à répondre\u00a0: {demande.texte}",
        certifications=demande.certifications or audit.certifications,
        pastille=request_pill(vue, demande),
    )
