"""Our Word documents and workbooks open in LibreOffice, and show there what the records say."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from macros.documents.docx import docx_bytes
from macros.exchange.xlsx import workbook_bytes
from macros.models.base import Visibilite
from macros.views.classeur import REGISTRES, build_classeur
from macros.views.documents import build_feuille, documents_of
from macros.views.documents.feuille import Genre
from macros.views.telechargements import WORD
from tests.cases.site import MINIATURE, vue_of
from tests.documents.office import pages_of, text_of, to_pdf

if TYPE_CHECKING:
    from macros.views.context import Vue

ROOT = MINIATURE.parents[1]
HOSTILE = '=HYPERLINK("http://exemple.invalid";"ici") +1 {{ 7*7 }} <w:p>'


@pytest.fixture(scope="module")
def vue() -> Vue:
    """The demonstration, as the organisation sees it."""
    return vue_of(ROOT, Visibilite.INTERNE)


def bare(text: str) -> str:
    """Return a text without spaces nor hyphens: what a page shows, wherever the fonts of this machine make it break."""
    return re.sub(r"[\s\u00a0\u202f\u200b\u00ad-]", "", text)


@pytest.mark.parametrize(("conseil", "genre"), [("CP-2026-12-NUM", Genre.CONVOCATION), ("CP-2025-12-NUM", Genre.PV)])
def test_a_word_document_opens(vue: Vue, conseil: str, genre: Genre) -> None:
    """LibreOffice prints every point, decision and function of the record."""
    record = vue.registre.conseils[conseil]
    document = next(each for each in documents_of(record) if each.genre is genre)
    assert genre in WORD
    printed = to_pdf(docx_bytes(build_feuille(vue, record, document), vue.today), ".docx")
    shown = bare(text_of(printed))
    said = (
        [point.titre for point in record.ordre_du_jour.points]
        if genre is Genre.CONVOCATION
        else [decision.texte for decision in record.decisions if decision.concerns(document.certification)]
    )
    assert said
    assert [
        one
        for one in (*said, *(seat.fonction for seat in record.participants), vue.registre.organisme.denomination)
        if bare(one) not in shown
    ] == []
    assert len(pages_of(printed)) > 1


@pytest.mark.parametrize("collection", sorted(REGISTRES))
def test_a_workbook_opens(vue: Vue, collection: str) -> None:
    """LibreOffice shows every record of a register; nothing became an error or a formula."""
    records = vue.registre.records.get(collection, {})  # gaps are computed: they have no record of their own
    shown = bare(text_of(to_pdf(workbook_bytes(build_classeur(vue, collection)), ".xlsx")))
    assert [identifier for identifier in records if bare(identifier) not in shown] == []
    assert not re.search(r"#(REF|NAME|VALUE|DIV/0)[!?]|Err:\d", shown)


def test_a_formula_stays_a_text(vue: Vue) -> None:
    """What looks like a formula is shown as it was typed."""
    action = min(vue.registre.actions)
    changed = vue.registre.actions[action].model_copy(update={"intitule": HOSTILE})
    actions = {**vue.registre.actions, action: changed}
    hostile = replace(vue, registre=replace(vue.registre, records={**vue.registre.records, "actions": actions}))
    assert bare(HOSTILE) in bare(text_of(to_pdf(workbook_bytes(build_classeur(hostile, "actions")), ".xlsx")))
