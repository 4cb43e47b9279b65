"""Dossiers handed to auditors: for which organisation, on what, until when, whether they still open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.french import count, format_delay, format_short_date
from macros.views.parts import Pastille, Reference, references_to

if TYPE_CHECKING:
    from datetime import date

    from macros.models.dossier import Dossier
    from macros.views.context import Vue

FORMES = {"zip": "ZIP", "pdf": "PDF", "zip_chiffre": "ZIP chiffré", "serveur": "lien signé", "lien": "fichiers chiffrés"}


@dataclass(frozen=True)
class LigneDossier:
    """One dossier: its id and anchor, who has it and why, its certifications, its state, its last day, its forms, its fingerprint."""

    id: str
    ancre: str
    pour: str
    objet: str
    certifications: tuple[Reference, ...]
    etat: Pastille
    expire: date
    delai: str
    formes: str
    pieces: str
    empreinte: str


@dataclass(frozen=True)
class RegistreDossiers:
    """Every dossier, those that still open first."""

    legende: str
    lignes: tuple[LigneDossier, ...]
    vide: str = "Aucun dossier remis. Le premier se fait avec «\u00a0portail dossier\u00a0»."


def build_registre_dossiers(vue: Vue) -> RegistreDossiers:
    """Return the register of dossiers."""
    known = sorted(vue.registre.dossiers.values(), key=lambda each: (each.is_open(vue.today), each.id), reverse=True)
    opened = sum(each.is_open(vue.today) for each in known)
    return RegistreDossiers(f"{count(len(known), 'dossier')}, dont {opened} encore ouverts", tuple(_row(vue, each) for each in known))


def _row(vue: Vue, dossier: Dossier) -> LigneDossier:
    revoked = dossier.revocation
    state = Pastille("actif", "ouvert") if dossier.is_open(vue.today) else Pastille("sans_objet", "expiré")
    return LigneDossier(
        id=dossier.id,
        ancre=dossier.id.lower(),
        pour=dossier.pour or "",
        objet=dossier.objet or "",
        certifications=references_to(vue, "certifications", dossier.certifications),
        etat=Pastille("sans_objet", f"révoqué le {format_short_date(revoked.date)}") if revoked else state,
        expire=dossier.expire,
        delai=format_delay(vue.today, dossier.expire),
        formes=", ".join(FORMES[each] for each in dossier.formes),
        pieces=count(dossier.pieces, "pièce jointe", "pièces jointes") if dossier.pieces else "",
        empreinte=dossier.empreinte or "",
    )
