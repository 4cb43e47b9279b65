"""The renewal review in PDF: its text, its data, its place on the paper, its standards, on the demonstration."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from macros.documents.pdf import pdf_bytes
from macros.models.base import Visibilite
from macros.views.documents.renouvellement import build_revue, since_registration
from macros.views.renouvellement.acces import is_reviewed
from tests.documents.office import attachments_of, info_of
from tests.documents.reading import body, crossing, headings, outside
from tests.documents.test_pdf_structure import declared

if TYPE_CHECKING:
    from macros.views.context import Vue
    from macros.views.documents.feuille import Feuille


@pytest.fixture(scope="module")
def reviews(demonstration: dict[Visibilite, Vue]) -> list[tuple[Vue, Feuille, bytes]]:
    """Every review of the demonstration, for the organisation and for auditors."""
    made = []
    for vue in (demonstration[Visibilite.INTERNE], demonstration[Visibilite.AUDITEUR]):
        for certification in vue.registre.certifications.values():
            if is_reviewed(vue, certification):
                feuille = build_revue(vue, certification, since_registration(certification))
                made.append((vue, feuille, pdf_bytes(feuille, vue.today)))
    return made


def test_reviews_declare_their_standards_and_embed_their_data(reviews: list[tuple[Vue, Feuille, bytes]]) -> None:
    """Each is PDF/A-3a and PDF/UA-1, tagged, and holds the JSON of what it shows."""
    assert len(reviews) > 4
    for _, feuille, pdf in reviews:
        told = declared(pdf)
        assert (told["a"], told["level"], told["ua"], told["lang"]) == ("3", "A", "1", "fr-FR")
        assert info_of(pdf)["Tagged"] == "yes"
        ((name, content),) = attachments_of(pdf).items()
        assert name == feuille.fiche_nom
        assert json.loads(content)["certification"] == feuille.reference


def test_nothing_leaves_the_paper(reviews: list[tuple[Vue, Feuille, bytes]]) -> None:
    """No word is cut by an edge nor printed over another column."""
    for _, feuille, pdf in reviews:
        assert outside(pdf) == [], feuille.nom
        assert crossing(pdf) == [], feuille.nom


def test_every_section_is_printed(reviews: list[tuple[Vue, Feuille, bytes]]) -> None:
    """Titles follow the page, and each evidence of the list is there."""
    for _, feuille, pdf in reviews:
        printed = [title for level, title in headings(pdf) if level == 2]
        assert printed == [section.titre for section in feuille.sections]
        text = body(pdf, feuille)
        assert [each["id"] for each in json.loads(feuille.fiche)["preuves"] if each["id"] not in text] == []


def test_same_records_same_bytes(reviews: list[tuple[Vue, Feuille, bytes]]) -> None:
    """A review made again is the same file."""
    vue, feuille, pdf = reviews[0]
    assert pdf_bytes(feuille, vue.today) == pdf
