"""Which certifications have a renewal review, and where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from macros.models.base import Visibilite

if TYPE_CHECKING:
    from macros.models.certification import Certification
    from macros.views.context import Vue


def review_path(numero: str) -> str:
    """Return the address of the review of a certification, from the root of the site."""
    return f"certifications/{numero}/renouvellement/"


def review_document(numero: str) -> str:
    """Return the address of the review as a document."""
    return f"{review_path(numero)}{numero}-renouvellement.pdf"


def is_reviewed(vue: Vue, certification: Certification) -> bool:
    """Tell whether a certification has a review: registered on request, not replaced, for those who see more than the public."""
    replaced = certification.nouvelles_fiches or vue.neighbours[1].get(certification.numero)
    return vue.audience.includes(Visibilite.AUDITEUR) and certification.is_on_request() and not replaced


def has_review(vue: Vue, numero: str) -> bool:
    """Tell whether the certification of a number has a review."""
    return is_reviewed(vue, vue.registre.certifications[numero])
