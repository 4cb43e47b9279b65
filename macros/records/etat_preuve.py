"""Where a document stands, and what weakens it as evidence: what checks and pages both read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from macros.records.seuils import seuil

if TYPE_CHECKING:
    from datetime import date

    from macros.models.preuve import Preuve
    from macros.records.registre import Registre

SOUND = frozenset({"verifiee", "exterieure"})
"""States of a document that is where it is said to be, with its fingerprint."""


def document_state(registre: Registre, preuve: Preuve) -> str:
    """Return where the current version stands: verifiee, exterieure, differente, manquante or sans_empreinte."""
    latest = preuve.latest()
    if latest is None or not (latest.fichier or latest.emplacement):
        return "manquante"
    if latest.fichier:
        actual = registre.empreintes.get(latest.fichier)
        if actual is None:
            return "manquante"
        if latest.sha256:
            return "verifiee" if actual == latest.sha256 else "differente"
    return "exterieure" if latest.sha256 else "sans_empreinte"


def weakness(registre: Registre, preuve: Preuve, today: date) -> str:
    """Return the first thing that keeps a proof from supporting a requirement on its own; nothing when it can.

    A document supports when it is there with its fingerprint, when somebody
    read its current version (`non_relue`, `a_revoir`), and when it is not
    older than the freshness the organisation chose (`ancienne`).
    """
    state = document_state(registre, preuve)
    if state not in SOUND:
        return state
    if preuve.relue_le is None:
        return "non_relue"
    if preuve.awaits_review():
        return "a_revoir"
    return "ancienne" if preuve.is_stale(today, seuil(registre, "fraicheur_preuve_mois", preuve.certifications)) else ""
