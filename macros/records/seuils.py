"""Which threshold applies: of the organisation, of its own rules, or of certifications that state theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from macros.french import add_days
from macros.models.parametres import ReglementInterieur

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from macros.models.certification import Certification
    from macros.models.conseil import Conseil
    from macros.records.registre import Registre

_LARGEST = frozenset({"conservation_annees", "duree_cp_max_minutes", "delai_convocation_jours"})
"""Thresholds where several certifications together keep to the largest; the others keep to the smallest."""
_RULED = frozenset(ReglementInterieur.model_fields)
"""What the organisation's own rules may say."""


def seuil(registre: Registre, nom: str, certifications: Iterable[str] = ()) -> int:
    """Return a threshold: of the organisation or, for certifications that state their own, theirs; the most demanding one for several.

    The organisation's own rules win over its parameters; documents are never
    kept for less than the organisation keeps them; a fiche without record
    follows the organisation. `nom` is a key of `parametres`.
    """
    organisme, known = registre.organisme, registre.certifications
    ruled: int | None = getattr(organisme.reglement_interieur, nom) if nom in _RULED else None
    common: int = getattr(organisme.parametres, nom) if ruled is None else ruled
    values = [_own(known.get(numero), nom, common) for numero in certifications] or [common]
    if nom == "conservation_annees":
        values.append(common)
    return max(values) if nom in _LARGEST else min(values)


def pv_due(registre: Registre, conseil: Conseil, numero: str) -> date:
    """Return the last day to send the minutes of one certification of a session."""
    return add_days(conseil.date, seuil(registre, "delai_pv_jours", (numero,)))


def _own(certification: Certification | None, nom: str, common: int) -> int:
    stated = certification.parametres_propres if certification else ()
    return next((own.valeur for own in stated if own.parametre == nom), common) if stated else common
