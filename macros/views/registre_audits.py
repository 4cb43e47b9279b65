"""The register of audits and its table on the page of a certification."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.french import count, join
from macros.views import libelles
from macros.views.audits import ETATS, BlocAudit, audit_block, audit_pill
from macros.views.fichiers import sheet
from macros.views.filtres import Filtre, among, found, useful
from macros.views.parts import Pastille, Reference, reference_to, references_to
from macros.views.plaintes import audits_of, latest_first

if TYPE_CHECKING:
    import datetime as dt

    from macros.models.audit import Audit
    from macros.models.certification import Certification
    from macros.views.context import Vue


@dataclass(frozen=True)
class RegistreAudits:
    """Every audit, latest first, with the filters that separate them."""

    legende: str
    lignes: tuple[BlocAudit, ...]
    filtres: tuple[Filtre, ...] = ()
    fichiers: tuple[Reference, ...] = ()


@dataclass(frozen=True)
class LigneAudit:
    """One audit in a table of another page."""

    fiche: Reference
    titre: str
    nature: str
    date: dt.date
    demandes: str
    pastille: Pastille
    actions: tuple[Reference, ...]


@dataclass(frozen=True)
class TableauAudits:
    """A table of audits."""

    legende: str
    lignes: tuple[LigneAudit, ...]


def build_registre_audits(vue: Vue) -> RegistreAudits:
    """Return every audit, latest first."""
    rows = tuple(audit_block(vue, audit) for audit in latest_first(vue.registre.audits.values()))
    met = {numero for row in rows for numero in row.cles_certification}
    numbers = [(c.numero, f"{c.numero}, {c.intitule}") for c in vue.in_order() if not met.isdisjoint((c.numero, "*"))]
    filters = useful(
        among("etat", "État", ETATS, (key for row in rows for key in row.cles_etat)),
        among("nature", "Nature", {n.value: label for n, label in libelles.NATURE_AUDIT.items()}, (row.cle_nature for row in rows)),
        found("certification", "Certification", numbers),
    )
    waiting = sum(demande.is_open() for audit in vue.registre.audits.values() for demande in audit.demandes)
    told = f", {count(waiting, 'demande')} à répondre" if waiting else ""
    return RegistreAudits(f"{count(len(rows), 'audit')}{told}.", rows, filters, sheet(vue, "audits"))


def build_audits(vue: Vue, certification: Certification) -> TableauAudits:
    """Return the audits that name a certification or its former fiches."""
    line = vue.croisements.lineage(certification.numero)
    rows = tuple(_brief(vue, audit, line) for audit in audits_of(vue, certification.numero))
    return TableauAudits(f"{count(len(rows), 'audit')}.", rows)


def _brief(vue: Vue, audit: Audit, line: frozenset[str]) -> LigneAudit:
    about = [demande for demande in audit.demandes if not demande.certifications or not line.isdisjoint(demande.certifications)]
    grave = [sum(demande.gravite == kind for demande in about) for kind in ("majeure", "mineure")]
    words = [count(number, *pair) for number, pair in zip(grave, _GAPS, strict=True) if number]
    told = count(len(about), "demande") + (f", dont {join(words)}" if words else "")
    actions = references_to(vue, "actions", dict.fromkeys(action for demande in about for action in demande.actions))
    return LigneAudit(
        fiche=reference_to(vue, "audits", audit.id),
        titre=audit.titre,
        nature=libelles.NATURE_AUDIT[audit.nature],
        date=audit.date,
        demandes=told if about else "aucune demande sur elle",
        pastille=audit_pill(vue, audit),
        actions=actions,
    )


_GAPS = (("écart majeur", "écarts majeurs"), ("écart mineur", "écarts mineurs"))
