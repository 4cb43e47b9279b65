"""Small values every view is made of: status pills, terms, references to records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.models.base import Certitude, Force, Visibilite
from macros.models.constat import Niveau
from macros.records.audience import Masque

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from macros.models.constat import Constat
    from macros.views.context import Vue

LIBELLES_NIVEAU = {
    Niveau.CONFORME: "conforme",
    Niveau.A_SURVEILLER: "à surveiller",
    Niveau.ECART: "écart",
    Niveau.SANS_OBJET: "sans objet",
    Niveau.DEROGE: "dérogé",
}
LIBELLES_FORCE = {Force.LOI: "loi", Force.REGLEMENT: "règlement", Force.DOCTRINE: "doctrine", Force.USAGE: "usage"}
LIBELLES_CERTITUDE = {
    Certitude.TEXTE_VU: "texte officiel lu",
    Certitude.DEUX_SOURCES: "deux sources concordantes",
    Certitude.UNE_SOURCE: "une seule source",
    Certitude.A_CONFIRMER: "à confirmer sur Légifrance",
}


@dataclass(frozen=True)
class Pastille:
    """A status: icon and colour come from `ton`, the word is always shown."""

    ton: str
    texte: str


@dataclass(frozen=True)
class Reference:
    """A mention of a record: a link when `adresse` is set (from the root of the site, or official), plain text otherwise."""

    texte: str
    adresse: str = ""
    externe: bool = False
    detail: str = ""


@dataclass(frozen=True)
class Terme:
    """A labelled value of an identity card; an absent value is drawn as missing."""

    libelle: str
    valeur: str | Reference | tuple[Reference, ...] | date | None
    detail: str = ""


@dataclass(frozen=True)
class LigneConstat:
    """A constat as a person reads it: what, why it matters, what to do, which file to open."""

    pastille: Pastille
    message: str
    remede: str
    force: str
    reference: Reference | None
    fiche: Reference | None
    fichier: str
    code: str


def certainty_pill(certitude: Certitude) -> Pastille:
    """Return how sure a fact is: what is sure has the neutral tone of a text, and not the green of what complies."""
    sure = certitude in (Certitude.TEXTE_VU, Certitude.DEUX_SOURCES)
    return Pastille("force" if sure else "a_surveiller", LIBELLES_CERTITUDE[certitude])


def status(niveau: Niveau, texte: str = "") -> Pastille:
    """Return the pill of a level, with its usual word or another."""
    return Pastille(niveau.value, texte or LIBELLES_NIVEAU[niveau])


_PAGES = frozenset({"certifications", "conseils", "partenaires", "cep"})
"""Collections whose records have a page of their own."""
_REGISTERS = {
    "actions": "actions",
    "preuves": "preuves",
    "exigences": "exigences",
    "veille": "veille",
    "promotions": "indicateurs",
    "reclamations": "reclamations",
    "audits": "audits",
    "editions": "editions",
    "dossiers": "dossiers",
}
"""Collections shown in one register, each record at its anchor, and the page of that register."""
_INSIDE = frozenset({"reclamations", "audits", "dossiers"})
"""Registers whose page stays inside the organisation: a record opened to others is named to them, without link."""


_FOR_AUDITORS = frozenset({"actions", "preuves"})
"""Registers whose page the public has not: a record opened to it is named, without link."""


def page_address(collection: str, identifier: str) -> str:
    """Return the address of a record from the root of the site: its own page, its anchor in a register, or nothing."""
    if collection in _PAGES:
        return f"{collection}/{identifier}/"
    if collection == "positionnements":
        return f"certifications/{identifier.removeprefix('POS-')}/#references-cep"
    return f"{_REGISTERS[collection]}/#{identifier.lower()}" if collection in _REGISTERS else ""


def reference_to(vue: Vue, collection: str, identifier: str, texte: str = "") -> Reference:
    """Return a link to a record, or to a part of one, when the audience has it; its bare id otherwise, its kind only when it is hidden."""
    if isinstance(identifier, Masque):
        return Reference(str(identifier))
    if identifier in vue.registre.records.get(collection, {}):
        inside = collection in _INSIDE and not vue.shows_constats()
        inside = inside or (collection in _FOR_AUDITORS and vue.audience is Visibilite.PUBLIC)
        return Reference(texte or identifier, "" if inside else _address(vue, collection, identifier))
    record, part = vue.registre.parts.get(collection, {}).get(identifier, (None, None))
    if record is None:
        return Reference(texte or identifier)
    place, anchor = page_address(record.collection, record.id), getattr(part, "id", "").lower()
    return Reference(texte or identifier, f"{place}-{anchor}" if "#" in place else f"{place}#{anchor}")


def _address(vue: Vue, collection: str, identifier: str) -> str:
    """Return the address of a record; an assessment stands among the requirements of its certification."""
    if collection == "evaluations":
        numero = vue.registre.evaluations[identifier].certification
        known = numero in vue.registre.certifications
        return f"{page_address('certifications', numero)}exigences/#{identifier.lower()}" if known else ""
    return page_address(collection, identifier)


def references_to(vue: Vue, collection: str, identifiers: Iterable[str]) -> tuple[Reference, ...]:
    """Return a link to each record, in the order given."""
    return tuple(reference_to(vue, collection, identifier) for identifier in identifiers)


def constat_line(vue: Vue, constat: Constat, ici: str = "") -> LigneConstat:
    """Return one constat with links to its requirement and to its record, unless that is `ici`, the record whose page this is."""
    requirement = reference_to(vue, "exigences", constat.exigence, constat.reference) if constat.exigence else None
    place = f"{constat.fichier}, ligne {constat.ligne}" if constat.fichier and constat.ligne else constat.fichier
    return LigneConstat(
        pastille=status(constat.niveau),
        message=constat.message,
        remede=constat.remede,
        force=LIBELLES_FORCE[Force(constat.force)] if constat.force else "référence à compléter",
        reference=requirement,
        fiche=None if constat.enregistrement == ici else reference_to(vue, constat.collection, constat.enregistrement),
        fichier=place,
        code=constat.code,
    )


def worst(constats: Iterable[Constat]) -> Niveau:
    """Return the most urgent level met, `sans_objet` when there is no constat."""
    return max((constat.niveau for constat in constats), key=Niveau.severity, default=Niveau.SANS_OBJET)
