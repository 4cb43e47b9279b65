"""Our habilitations for a certification against the partners its published fiche lists."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from macros.models.fiche import RoleHabilitation

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from macros.models.extrait import Extrait
    from macros.models.fiche import PartenaireFiche
    from macros.models.partenaire import Partenaire

ACTIF = "Actif"


class Sorte(StrEnum):
    """How a partner differs."""

    ABSENT_ICI = "absent_ici"
    ABSENT_FC = "absent_fc"
    AUTRE_ROLE = "autre_role"
    AUTRE_ETAT = "autre_etat"


@dataclass(frozen=True)
class Rapprochement:
    """One partner from both sides. `ici`: ours, None when we have none; `fc`: as published, None when it is not.

    `role` and `en_cours` are ours, over all its habilitations for the certification. `sorte` is None when both agree.
    """

    nom: str
    siret: str
    ici: Partenaire | None
    role: RoleHabilitation | None
    en_cours: bool
    fc: PartenaireFiche | None
    sorte: Sorte | None


def compare(numero: str, partners: Iterable[Partenaire], extrait: Extrait | None, today: date) -> tuple[Rapprochement, ...]:
    """Return every partner of a certification, ours or published, with what differs on `today`, by name.

    Partners meet by SIRET or, when the fiche gives none, by name without case, accents nor punctuation.
    """
    published = list(extrait.partenaires) if extrait else []
    by_siret = {each.siret: each for each in published if each.siret}
    by_name = {plain(each.nom): each for each in published if not each.siret}
    found, met = [], set()
    for partner in partners:
        fiche = by_siret.get(partner.id) or by_name.get(plain(partner.nom))
        met.add(id(fiche))
        found.append(_ours(numero, partner, fiche, today, compared=extrait is not None))
    found += [_published(each) for each in published if id(each) not in met]
    return tuple(sorted(found, key=lambda each: (plain(each.nom), each.siret)))


def plain(name: str) -> str:
    """Return a name as two lists may share it: no case, no accent, single spaces for all that is no letter nor digit."""
    bare = "".join(char for char in unicodedata.normalize("NFD", name.casefold()) if not unicodedata.combining(char))
    return " ".join("".join(char if char.isalnum() else " " for char in bare).split())


def _ours(numero: str, partner: Partenaire, fiche: PartenaireFiche | None, today: date, *, compared: bool) -> Rapprochement:
    grants = [each for each in partner.habilitations if each.certification == numero]
    running = [each for each in grants if each.is_running(today)]
    role = _role({each.role for each in running or grants})
    kind = _kind(role, fiche, running=bool(running)) if compared else None
    return Rapprochement(partner.nom, partner.id, partner, role, bool(running), fiche, kind)


def _kind(role: RoleHabilitation | None, fiche: PartenaireFiche | None, *, running: bool) -> Sorte | None:
    if fiche is None:
        return Sorte.ABSENT_FC if running else None
    if (fiche.etat == ACTIF) is not running:
        return Sorte.AUTRE_ETAT
    return Sorte.AUTRE_ROLE if running and fiche.role is not None and fiche.role is not role else None


def _published(fiche: PartenaireFiche) -> Rapprochement:
    kind = Sorte.ABSENT_ICI if fiche.etat == ACTIF else None
    return Rapprochement(fiche.nom, fiche.siret or "", None, None, en_cours=False, fc=fiche, sorte=kind)


def _role(roles: set[RoleHabilitation]) -> RoleHabilitation | None:
    """Return what several habilitations entitle to together."""
    if len(roles) > 1:
        return RoleHabilitation.FORMER_ET_ORGANISER
    return next(iter(roles), None)
