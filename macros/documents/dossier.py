"""A dossier printed as one PDF that carries its evidence, byte for byte."""

from __future__ import annotations

from typing import TYPE_CHECKING

from macros.documents import pdf
from macros.views.documents.dossier import build_dossier, joined

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from macros.views.context import Vue
    from macros.views.documents.dossier import Couverture


def printed_dossier(
    vue: Vue, numeros: Sequence[str], pieces: Mapping[str, bytes], couverture: Couverture, logo: bytes | None = None
) -> bytes:
    """Return the PDF of a dossier on these certifications. `pieces`: documents by the neutral name of their copy, `PR-2026-031/r1.pdf`.

    Those its traces rest on are inside, the others are left out, and so are
    those that name persons. Raises `ValueError` for a view that is not that of
    auditors, or bytes that are not those of the known fingerprint.
    """
    carried = joined(vue, numeros, pieces)
    feuille = build_dossier(vue, numeros, couverture, carried)
    try:
        return pdf.pdf_bytes(feuille, vue.today, logo, carried)
    except pdf.UnreadableLogoError:
        return pdf.pdf_bytes(feuille, vue.today, None, carried)
