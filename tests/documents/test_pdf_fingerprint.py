"""A set of minutes carries the fingerprint of its record: it changes with what they tell, and a filed PDF says which it has."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import ValidationError

from macros.documents.pdf import pdf_bytes
from macros.models.base import Visibilite
from macros.models.conseil import Conseil
from macros.models.preuve import Preuve
from macros.records.evidence import seals
from macros.records.parsing import parse_record
from macros.views.documents import SHORT
from macros.views.documents.feuille import Genre
from tests.documents.hostile import FAMILY, STRINGS, world
from tests.documents.office import pages_of
from tests.documents.reading import bare
from tests.documents.worlds import BEFORE, HELD, ONE, OTHER, TODAY, WHOLE, certification, printed, seen, session, sheets

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.documents.conftest import Printed

PATH = tuple[str | int, ...]
AFTERWARDS = (("pv",), ("notes",), ("convocation",), ("ordre_du_jour", "date"), ("ordre_du_jour", "preuve"), ("emargement", "preuve"))
"""What is filed, sent or noted beside the minutes; `revision` and `visibilite` too, which `WHOLE` does not state."""
OTHERS = (
    "Autre valeur",
    "2025-12-03",
    "2027-01-08",
    "13:15",
    "17:45",
    "PR-2025-001",
    "A-2025-001",
    BEFORE,
    HELD,
    ONE,
    OTHER,
    "D7",
    *(
        "present",
        "represente",
        "excuse",
        "absent",
        "invite",
        "atteint",
        "non_atteint",
        "sans_objet",
        "signature",
        "connexion",
        "attestation",
    ),
    *("approuve", "approuve_avec_reserves", "refuse", "close", "poursuivie", "bilan", "marche", "conventions", "autre", "plan_actions"),
    *("evaluation", "formation", "diffuse", "signe"),
)
"""What a field may be changed to: each takes those its model allows."""


def leaves(value: Any, place: PATH = ()) -> Iterator[PATH]:
    """Yield the path of each value of a record."""
    if isinstance(value, dict | list):
        steps = value.items() if isinstance(value, dict) else enumerate(value)
        for step, each in steps:
            yield from leaves(each, (*place, step))
    else:
        yield place


def changed(place: PATH) -> Iterator[Conseil]:
    """Yield the session with another value at a place, for each that is allowed there."""
    for other in (*OTHERS, 3, None):
        data: Any = deepcopy(WHOLE)
        *above, last = place
        part = data
        for step in above:
            part = part[step]
        if part[last] == other:
            continue
        if other is not None:
            part[last] = other
        else:
            del part[last]
        try:
            yield Conseil.model_validate({"id": HELD, **data})
        except ValidationError:
            continue


def told(conseil: Conseil) -> list[str]:
    """Return what the minutes of a session hold, without their fingerprint and the record they embed."""
    seal = conseil.fingerprint()
    minutes = [feuille for document, feuille in sheets(seen(conseil)).items() if document.genre is Genre.PV]
    return [repr(replace(each, fiche="")).replace(seal, "").replace(seal[:SHORT], "") for each in minutes]


@pytest.mark.parametrize(
    "place", [pytest.param(place, id=".".join(map(str, place))) for place in leaves(WHOLE) if place[0] not in ("statut", "certifications")]
)
def test_what_minutes_tell_is_in_the_fingerprint(place: PATH) -> None:
    """Whatever field is changed, minutes that tell otherwise have another fingerprint; what is only filed or noted keeps it."""
    before = session()
    beside = any(place[: len(name)] == name for name in AFTERWARDS)
    tried = list(changed(place))
    assert tried
    for after in tried:
        assert (after.fingerprint() == before.fingerprint()) is beside, after
        assert not beside or place[0] == "pv" or told(after) == told(before)


def test_a_certification_more_is_told() -> None:
    """A session that also examined another certification has other minutes."""
    assert session(certifications=[ONE, OTHER, "RNCP33"]).fingerprint() != session().fingerprint()


def test_what_is_done_after_the_session_keeps_the_fingerprint() -> None:
    """Minutes approved, evidence filed, a session sent again or shown to others: the record tells the same."""
    before = session().fingerprint()
    signed = [{"certification": ONE, "etat": "signe", "signe_le": "2026-01-15", "preuve": "PR-2025-001", "empreinte": before[:16]}]
    for stated in ({"pv": signed}, {"pv": None}, {"notes": None}, {"revision": 3}, {"visibilite": "public"}, {"convocation": None}):
        assert session(**stated).fingerprint() == before, stated


def test_the_order_of_keys_keeps_the_fingerprint() -> None:
    """The same record written in another order, with comments and other quotes, has the same fingerprint."""

    def turned(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: turned(value[name]) for name in reversed(value)}
        return [turned(each) for each in value] if isinstance(value, list) else value

    assert Conseil.model_validate({"id": HELD, **turned(WHOLE)}).fingerprint() == session().fingerprint()
    texts = ("intitule: Un\ndate: 2025-12-01\n", "# note\ndate: '2025-12-01' # jour\nintitule: \"Un\"\n")
    ends = f"certifications: [{ONE}]\nstatut: tenu\n"
    read = [parse_record(f"data/conseils/{HELD}.yml", (text + ends).encode()) for text in texts]
    assert len({each.fingerprint() for each in read if isinstance(each, Conseil)}) == 1
    assert all(isinstance(each, Conseil) for each in read)


def test_each_audience_has_the_same_fingerprint() -> None:
    """The fingerprint is that of the whole record: what an audience does not see changes nothing to it."""
    pooled = session(visibilite="public", president={"fonction": "direction", "personne": "P-01"})
    hidden = certification(OTHER, visibilite="interne")
    found = {a: seen(pooled, hidden, certification(ONE, visibilite="public"), audience=a).registre.fiches[HELD] for a in Visibilite}
    assert set(found.values()) == {pooled.fingerprint()}


def test_every_page_of_minutes_carries_it(documents: list[Printed]) -> None:
    """The short fingerprint is at the foot of each page, the long one once inside; no other document carries any."""
    for each in documents:
        seal, pages = each.vue.registre.fiches.get(each.conseil.id, "none"), [bare(page) for page in pages_of(each.pdf)]
        if each.document.genre is Genre.PV:
            assert all(bare(f"Empreinte de la fiche : {seal[:16]}") in page for page in pages), each.name
            assert sum(page.count(seal) for page in pages) == 1, each.name
        else:
            assert not any(seal[:16] in page or "Empreinte" in page for page in pages), each.name


def filed(project: Path, content: bytes, name: str = "2025/pv.pdf", kind: str = "pv_cp") -> dict[str, str]:
    """Return the seals of a project where one document is filed as evidence."""
    path = project / "data" / "preuves" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    revision = {"numero": "1", "date": "2026-01-01", "fichier": name}
    record = Preuve.model_validate({"id": "PR-2026-001", "type": kind, "titre": "PV", "date": "2026-01-01", "revisions": [revision]})
    return seals(project, {"preuves": {record.id: record}})


def test_a_filed_set_of_minutes_is_recognised(tmp_path: Path) -> None:
    """Kept as evidence, our PDF says which record it was made from; signed afterwards by adding to its end, it still does."""
    pdf, seal = printed(seen(session()))[f"pv-{ONE}"], session().fingerprint()
    assert filed(tmp_path, pdf) == {"2025/pv.pdf": seal}
    assert filed(tmp_path, pdf + b"\n1 0 obj\n<< /Type /Sig >>\nendobj\n%%EOF\n") == {"2025/pv.pdf": seal}
    later = session(decisions=None)
    assert filed(tmp_path, printed(seen(later))[f"pv-{ONE}"]) == {"2025/pv.pdf": later.fingerprint()} != {"2025/pv.pdf": seal}


def foreign() -> dict[str, bytes]:
    """Return files that are no minutes of ours."""
    ours = printed(seen(session()))
    text = b"%PDF-1.4\n1 0 obj\n<< /Keywords (empreinte-" + b"a" * 64 + b") >>\nendobj\n%%EOF\n"
    return {
        "empty": b"",
        "another document of ours": ours["convocation"],
        "a PDF without our keyword": b"%PDF-1.4\n%%EOF\n",
        "a PDF that quotes a fingerprint elsewhere": text,
        "a keyword cut short": ours[f"pv-{ONE}"].replace(session().fingerprint().encode(), session().fingerprint()[:-1].encode()),
        "a huge file": ours[f"pv-{ONE}"] + b"\0" * 20_000_000,
        "no PDF": b"\x89PNG\r\n" + b"\0" * 100,
    }


@pytest.mark.parametrize("name", foreign())
def test_what_is_not_ours_says_nothing(tmp_path: Path, name: str) -> None:
    """A scan, a foreign PDF, an empty or huge file has no fingerprint, and stops nothing."""
    assert filed(tmp_path, foreign()[name]) == {}


def test_only_evidence_of_minutes_is_looked_at(tmp_path: Path) -> None:
    """Our PDF filed as anything else, or under another kind of name, or outside the folder, is not read."""
    pdf = printed(seen(session()))[f"pv-{ONE}"]
    assert filed(tmp_path, pdf, kind="autre") == {}
    assert filed(tmp_path, pdf, name="2025/pv.txt") == {}
    (tmp_path / "ailleurs.pdf").write_bytes(pdf)
    (tmp_path / "data" / "preuves" / "lien.pdf").symlink_to(tmp_path / "ailleurs.pdf")
    revision = {"numero": "1", "date": "2026-01-01", "fichier": "lien.pdf"}
    record = Preuve.model_validate({"id": "PR-2026-001", "type": "pv_cp", "titre": "PV", "date": "2026-01-01", "revisions": [revision]})
    assert seals(tmp_path, {"preuves": {record.id: record}}) == {}


def test_no_text_passes_for_a_fingerprint(tmp_path: Path) -> None:
    """A title, a name or an exchange that imitates the keyword of minutes does not change what they say of their record."""
    vue = world(STRINGS["xml"])
    for document, feuille in sheets(vue, FAMILY.conseil).items():
        found = filed(tmp_path, pdf_bytes(feuille, TODAY))
        assert found == ({"2025/pv.pdf": vue.registre.fiches[FAMILY.conseil]} if document.genre is Genre.PV else {}), document.nom
