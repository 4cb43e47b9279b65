"""Documents of evidence leave under neutral names, and only those that may."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from macros.models.preuve import Preuve
from macros.records.audience import filter_registre
from macros.records.copies import copy_name, leaves
from macros.records.etat_preuve import document_state
from macros.records.registre import Registre
from tests.cases.canaries import registre_of_records
from tests.cases.runner import AUDIENCES
from tests.cases.world import AUDITEUR, INTERNE, PUBLIC

if TYPE_CHECKING:
    from macros.models.base import Visibilite

FILED = "2026/Liste de Mme Canari.PDF"
SHA = "a" * 64


@pytest.mark.parametrize(
    ("fichier", "suffix"),
    [
        ("2026/PR-2026-031-r1.pdf", ".pdf"),
        ("Grille Dupont.XLSX", ".xlsx"),
        ("archive.tar.gz", ".gz"),
        ("sans_extension", ""),
        ("dossier.dupont/fichier", ""),
        ("liste.dupont-martin", ""),
        ("liste.promotion2026", ""),
        ("fini.", ""),
        ("note.md", ".txt"),
        ("Note.Markdown", ".txt"),
        ("page.html", ".txt"),
        ("logo.svg", ".txt"),
        ("robot.js", ".txt"),
    ],
)
def test_a_copy_has_a_neutral_name(fichier: str, suffix: str) -> None:
    """The id of the proof, the number of the version, a short extension: nothing else of the name; what a site would run or show as a page is a text."""
    name = copy_name("PR-2026-031", 2, fichier)
    assert name == f"PR-2026-031/r2{suffix}"
    assert copy_name("PR-2026-031", 2, name) == name


def proof(identifier: str = "PR-2026-031", **stated: Any) -> Preuve:
    """Return public evidence with one document, whose name tells a person."""
    revision = {"numero": "1", "date": "2026-01-01", "fichier": FILED, "sha256": SHA}
    base = {"id": identifier, "type": "autre", "titre": "T", "date": "2026-01-01", "visibilite": "public"}
    return Preuve.model_validate(base | {"revisions": [revision]} | stated)


def registre(*proofs: Preuve, found: str | None = SHA) -> Registre:
    """Return a registre where the document was found with a fingerprint, or was not found."""
    sizes = {FILED: 12} if found else {}
    return Registre(registre_of_records(*proofs).records, empreintes={FILED: found}, scelles={FILED: "seal"}, tailles=sizes)


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize(("found", "state"), [(SHA, "verifiee"), ("b" * 64, "differente"), (None, "manquante")])
def test_the_state_of_a_document_does_not_depend_on_its_name(audience: Visibilite, found: str | None, state: str) -> None:
    """After the filter, what is known of a document is found under the name its readers know."""
    whole = registre(proof(), proof("PR-2026-032"), found=found)
    filtered = filter_registre(whole, audience)
    known = {"PR-2026-031/r1.pdf", "PR-2026-032/r1.pdf"} if audience is not INTERNE else {FILED}
    assert {document_state(filtered, each) for each in filtered.preuves.values()} == {state}
    assert {each.revisions[0].fichier for each in filtered.preuves.values()} == known
    assert set(filtered.empreintes) == set(filtered.scelles) == known
    assert set(filtered.tailles) == (known if found else set())
    assert ("Canari" in repr([filtered, *vars(filtered).values()])) == (audience is INTERNE)


@pytest.mark.parametrize(
    ("stated", "found", "leaving"),
    [
        ({}, SHA, set(AUDIENCES)),
        ({"type": "pv_jury"}, SHA, {INTERNE}),
        ({"type": "emargement"}, SHA, {INTERNE}),
        ({"conservation": {"donnees_personnelles": "oui"}}, SHA, {INTERNE}),
        ({}, "b" * 64, set()),
        ({}, None, set()),
        ({"revisions": [{"numero": "1", "date": "2026-01-01", "fichier": FILED}]}, SHA, set(AUDIENCES)),
        ({"revisions": [{"numero": "1", "date": "2026-01-01", "emplacement": "Coffre"}]}, SHA, set()),
    ],
)
def test_what_leaves_is_there_whole_and_names_nobody(stated: dict[str, Any], found: str | None, leaving: set[Visibilite]) -> None:
    """No audience has an altered or missing document; outside `interne`, none has a document that names persons."""
    whole = registre(proof(**stated), found=found)
    seen = set()
    for audience in (PUBLIC, AUDITEUR, INTERNE):
        filtered = filter_registre(whole, audience)
        (each,) = filtered.preuves.values()
        if leaves(filtered, each, each.revisions[0], audience):
            seen.add(audience)
    assert seen == leaving
