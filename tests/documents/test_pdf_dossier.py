"""A dossier in one PDF: what it says, in which order, the evidence it carries byte for byte, and what is never inside."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from macros.documents.dossier import printed_dossier
from macros.models.base import OuiNon, Visibilite
from macros.portal.copies import copies
from macros.portal.state import open_portal
from macros.records.audience import filter_registre
from macros.views.context import Vue
from macros.views.documents.dossier import Couverture, build_dossier, joined
from macros.views.dossier.contenu import evidence_of, traces_of
from macros.views.dossier.trace import build_trace
from tests.cases.site import reference_date, vue_of
from tests.documents.conftest import ROOT
from tests.documents.office import info_of, text_of
from tests.documents.reading import absent, bare, body, crossing, everything, headings, outside, reader, root_of
from tests.documents.test_pdf_canaries import DAY, needles, world
from tests.documents.test_pdf_structure import declared

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.cases.world import World

__all__ = ["world"]
COVER = Couverture("Contrôle sur pièces", "Auditeur d’essai", "20 novembre 2026", "31 décembre 2026", "DOS-2026-001")
ASKED = ("RNCP99001", "RNCP99002")


@pytest.fixture(scope="module")
def pieces() -> dict[str, bytes]:
    """The copies that auditors of the demonstration may open, by neutral name."""
    portal = open_portal(ROOT, Visibilite.AUDITEUR, reference_date)
    assert portal.vue is not None
    return {name.removeprefix("preuves/"): make() for name, make in copies(portal, portal.vue)}


@pytest.fixture(scope="module")
def vue() -> Vue:
    """The demonstration as auditors see it."""
    return vue_of(ROOT, Visibilite.AUDITEUR)


@pytest.fixture(scope="module")
def dossier(vue: Vue, pieces: Mapping[str, bytes]) -> bytes:
    """The dossier of two certifications of the demonstration."""
    return printed_dossier(vue, ASKED, pieces, COVER)


def test_each_piece_comes_back_byte_for_byte(vue: Vue, pieces: Mapping[str, bytes], dossier: bytes) -> None:
    """Every document of the evidence of its traces is attached once, unchanged, and no other is."""
    shown = {preuve.id for preuve in evidence_of(vue, traces_of(vue, ASKED))}
    expected = {name.replace("/", "-"): content for name, content in pieces.items() if name.partition("/")[0] in shown}
    attached = reader(dossier).attachments
    assert len(expected) > 10
    assert set(attached) == {*expected, "DOS-2026-001.json"}
    assert [name for name, content in expected.items() if attached[name] != [content]] == []


def test_each_piece_says_what_it_is(dossier: bytes) -> None:
    """Each attachment has its media type, a description and its relation to the document, as PDF/A-3 asks."""
    kinds = {}
    for spec in root_of(dossier)["/AF"]:
        held = spec.get_object()
        kinds[str(held["/UF"])] = str(held["/EF"]["/F"].get_object()["/Subtype"])
        assert held["/Desc"]
        assert held["/AFRelationship"] == ("/Source" if str(held["/UF"]).endswith(".json") else "/Supplement")
    assert {kinds["PR-2025-005-r1.pdf"], kinds["PR-2026-025-r3.csv"], kinds["DOS-2026-001.json"]} == {
        "/application/pdf",
        "/text/csv",
        "/application/json",
    }


def test_it_declares_its_standards(dossier: bytes) -> None:
    """It is PDF/A-3a and PDF/UA-1, tagged, in French."""
    told = declared(dossier)
    assert (told["a"], told["level"], told["ua"], told["lang"]) == ("3", "A", "1", "fr-FR")
    assert info_of(dossier)["Tagged"] == "yes"


def test_it_reads_from_the_cover_to_the_list(vue: Vue, pieces: Mapping[str, bytes], dossier: bytes) -> None:
    """Cover, entry, the trace of each certification, then each document with its whole fingerprint; nothing leaves the paper."""
    feuille = build_dossier(vue, ASKED, COVER, joined(vue, ASKED, pieces))
    text = body(dossier, feuille)
    said = [COVER.objet, COVER.destinataire, COVER.date, COVER.expiration, *ASKED, "Comment vérifier", "ne prouve pas"]
    for numero in ASKED:
        trace = build_trace(vue, vue.registre.certifications[numero])
        said += [f"{numero} : exigences et preuves", *(each.titre for each in trace.exigences)]
        said += [f"{numero} : conseils", *(each.id for each in trace.seances)]
    said += ["Documents joints", *(each.sha256 for each in joined(vue, ASKED, pieces))]
    assert absent(text, said) == []
    assert [title for level, title in headings(dossier) if level == 2] == [each.titre for each in feuille.sections]
    assert outside(dossier) == []
    assert crossing(dossier) == []


def test_a_status_never_stands_alone(vue: Vue) -> None:
    """Each status says how it was decided; a written one who assessed, when and why; what was not read in the law says so."""
    rows = [row for each in vue.registre.certifications.values() for row in build_trace(vue, each).exigences]
    assert len(rows) > 50
    assert [row.fiche.texte for row in rows if row.pastille and not row.comment] == []
    assert [
        row.fiche.texte for row in rows if row.pastille and not (row.evaluation and row.evaluation.fonction and row.evaluation.motif)
    ] == []
    assert [row.fiche.texte for row in rows if not row.pastille and not row.sans_statut] == []
    unsure = {each.id for each in vue.registre.exigences.values() if each.certitude == "a_confirmer"}
    assert {row.certitude.texte for row in rows if row.fiche.texte in unsure} == {"à confirmer sur Légifrance"}


def test_the_records_inside_are_those_it_tells(vue: Vue, dossier: bytes) -> None:
    """The data holds the certifications asked and no other, and every piece of evidence of the traces."""
    data = json.loads(reader(dossier).attachments["DOS-2026-001.json"][0])
    assert data["certifications"] == list(data["fiches"]["certifications"]) == list(ASKED)
    assert list(data["fiches"]["preuves"]) == [each.id for each in evidence_of(vue, traces_of(vue, ASKED))]
    attached = reader(dossier).attachments
    assert [each for each in data["documents"] if hashlib.sha256(attached[each["nom"]][0]).hexdigest() != each["sha256"]] == []


def test_same_dossier_same_bytes(vue: Vue, pieces: Mapping[str, bytes], dossier: bytes) -> None:
    """Made again, from pieces in another order, it is the same file."""
    assert printed_dossier(vue, ASKED[::-1], {name: pieces[name] for name in reversed(list(pieces))}, COVER) == dossier


def test_a_piece_that_changed_is_refused(vue: Vue, pieces: Mapping[str, bytes]) -> None:
    """Other bytes under a known name stop the dossier; an unknown name, or evidence of another certification, is left out."""
    with pytest.raises(ValueError, match="fingerprint"):
        joined(vue, ASKED, {"PR-2025-005/r1.pdf": b"autre"})
    with pytest.raises(ValueError, match="fingerprint"):
        joined(vue, ASKED, {"PR-2025-005/r9.pdf": pieces["PR-2025-005/r1.pdf"]})
    assert joined(vue, ASKED, {"PR-1999-001/r1.pdf": b"", "../secret": b"", "PR-2025-005": b""}) == ()


def test_a_piece_kept_elsewhere_may_be_given(vue: Vue) -> None:
    """A document that the organisation keeps outside, found by its fingerprint, is carried like the others; one that names persons is not."""
    given = b"%PDF- un document"
    digest = hashlib.sha256(given).hexdigest()
    known = vue.registre.preuves
    outside_ = next(
        each for each in evidence_of(vue, traces_of(vue, ASKED)) if (r := each.latest()) and r.emplacement and not each.names_persons()
    )
    revision = outside_.revisions[-1].model_copy(update={"sha256": digest})
    changed = outside_.model_copy(update={"revisions": (*outside_.revisions[:-1], revision)})
    records = {**vue.registre.records, "preuves": {**known, outside_.id: changed}}
    seen = replace(vue, registre=type(vue.registre)(records))
    (found,) = joined(seen, ASKED, {f"{outside_.id}/r{revision.numero}.pdf": given})
    assert (found.contenu, found.sha256) == (given, digest)
    personal = changed.model_copy(update={"conservation": changed.conservation.model_copy(update={"donnees_personnelles": OuiNon.OUI})})
    hidden = replace(vue, registre=type(vue.registre)({**records, "preuves": {**known, outside_.id: personal}}))
    assert joined(hidden, ASKED, {f"{outside_.id}/r{revision.numero}.pdf": given}) == ()


@pytest.mark.parametrize("audience", [Visibilite.INTERNE, Visibilite.PUBLIC])
def test_a_dossier_is_made_of_what_auditors_see(audience: Visibilite) -> None:
    """Neither what is for the organisation only, nor what everybody may read already."""
    with pytest.raises(ValueError, match="auditors"):
        printed_dossier(vue_of(ROOT, audience), ASKED, {}, COVER)


def auditors(world: World) -> Vue:
    """Return the world of canaries as auditors see it."""
    return Vue(filter_registre(world.registre, Visibilite.AUDITEUR), (), DAY, Visibilite.AUDITEUR)


def test_nothing_reserved_is_inside(world: World) -> None:
    """No value that auditors must not see is in the words of a dossier, its data, its metadata, nor in any byte of it."""
    seen = auditors(world)
    pdf = printed_dossier(seen, tuple(seen.registre.certifications), {}, COVER)
    said = bare("\n".join([text_of(pdf), str(reader(pdf).metadata), reader(pdf).attachments["DOS-2026-001.json"][0].decode()])).casefold()
    forbidden = world.forbidden(Visibilite.AUDITEUR)
    words = {text for value in forbidden for text in needles(value)}
    assert [text for text in words if text in said and re.search(rf"(?<!\d){re.escape(text)}", said)] == []
    sure = [re.escape(value.casefold()) for value in forbidden if re.search("canari|RNCP", value, re.IGNORECASE)]
    assert len(sure) > 100
    assert seen.registre.conseils
    assert [each.id for each in seen.registre.conseils.values() if each.is_held() and each.id.casefold() not in said] == []
    assert re.findall("|".join(sorted(sure)), everything(pdf).decode("utf-8", "replace").casefold()) == []
