"""The documents of the demonstration, each made once for the tests that read them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from macros.documents.logo import read_logo
from macros.documents.pdf import pdf_bytes
from macros.models.base import Visibilite
from macros.views.documents import Document, build_feuille, documents_of
from tests.cases.site import vue_of

if TYPE_CHECKING:
    from macros.models.conseil import Conseil
    from macros.views.context import Vue
    from macros.views.documents.feuille import Feuille

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Printed:
    """A document of the demonstration, for one audience."""

    vue: Vue
    conseil: Conseil
    document: Document
    feuille: Feuille
    pdf: bytes

    @property
    def name(self) -> str:
        """Return how a failure names it."""
        return f"{self.vue.audience}/{self.document.nom}"


@pytest.fixture(scope="session")
def demonstration() -> dict[Visibilite, Vue]:
    """The demonstration as each audience sees it."""
    return {audience: vue_of(ROOT, audience) for audience in Visibilite}


@pytest.fixture(scope="session")
def documents(demonstration: dict[Visibilite, Vue]) -> list[Printed]:
    """Every document of every session of the demonstration, for the organisation and for auditors, logo included."""
    made = []
    for vue in (demonstration[Visibilite.INTERNE], demonstration[Visibilite.AUDITEUR]):
        logo = read_logo(ROOT, vue.registre.organisme)
        for conseil in vue.registre.conseils.values():
            for document in documents_of(conseil):
                feuille = build_feuille(vue, conseil, document)
                made.append(Printed(vue, conseil, document, feuille, pdf_bytes(feuille, vue.today, logo)))
    return made
