"""What readers see: every public macro of the miniature project, for each audience, byte for byte."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from macros.models.base import Visibilite
from macros.portal.pages import SOUS_PAGES
from tests.cases.runner import AUDIENCES
from tests.cases.site import GOLDEN, MINIATURE, rendered, vue_of

if TYPE_CHECKING:
    from macros.views.context import Vue

ROOT = Path(__file__).parents[2]
Sections = dict[Visibilite, dict[str, str]]


@pytest.mark.parametrize("audience", AUDIENCES)
def test_sections_are_as_golden(audience: Visibilite, sections: Sections, bless: bool) -> None:  # noqa: FBT001 - a fixture
    """Each section is the one that was read and accepted; `pytest --bless` accepts what the code makes now."""
    folder = GOLDEN / audience.value
    if bless:
        folder.mkdir(parents=True, exist_ok=True)
        for path in folder.iterdir():
            path.unlink()
        for name, text in sections[audience].items():
            (folder / f"{name}.html").write_bytes(text.encode())
    expected = {path.stem: path.read_bytes() for path in folder.glob("*.html")}
    differing = [name for name, text in sections[audience].items() if expected.get(name) != text.encode()]
    assert not differing, f"differ from tests/golden/{audience.value}: {differing}; read them, then run pytest tests/views --bless"


def test_no_golden_file_is_stale(sections: Sections) -> None:
    """Every file of the golden folder is the text of a macro that still exists, on a record that still exists."""
    known = {GOLDEN / audience.value / f"{name}.html" for audience in AUDIENCES for name in sections[audience]}
    assert {path for path in GOLDEN.rglob("*") if path.is_file()} == known


def test_audiences_see_less_and_less(sections: Sections) -> None:
    """An auditor has no macro text an internal reader lacks; the public has none an auditor lacks."""
    interne, auditeur, public = (set(sections[audience]) for audience in (Visibilite.INTERNE, Visibilite.AUDITEUR, Visibilite.PUBLIC))
    assert public < auditeur <= interne


def test_a_page_holds_its_sections(editions: dict[Visibilite, Vue], sections: Sections) -> None:
    """The page of a certification is made of the texts its section macros give, and nothing is lost on the way."""
    texts = sections[Visibilite.INTERNE]
    pages = {"fiche_certification", *(page.macro for page in SOUS_PAGES)}
    for numero in editions[Visibilite.INTERNE].registre.certifications:
        page = texts[f"fiche_certification-{numero}"]
        parts = [text for name, text in texts.items() if name.endswith(f"_certification-{numero}") and name.partition("-")[0] not in pages]
        assert len(parts) > 10
        assert [part for part in parts if part not in page] == []


def digests() -> list[str]:
    """Return the text of every macro for every audience, in order, as one list; run in a process of its own."""
    return [f"{audience.value}/{name}\n{text}" for audience in AUDIENCES for name, text in rendered(vue_of(MINIATURE, audience)).items()]


def test_the_same_records_give_the_same_bytes() -> None:
    """Three processes with different hash seeds, time zones and languages render the same bytes."""
    script = "import sys; from tests.views.test_golden import digests; sys.stdout.buffer.write('\\0'.join(digests()).encode())"
    outputs = []
    for seed, zone, language in (("0", "Pacific/Auckland", "C"), ("1", "UTC", "C.UTF-8"), ("4294967295", "America/Los_Angeles", "C.UTF-8")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": language, "PYTHONPATH": str(ROOT)}
        outputs.append(subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=environment, capture_output=True, check=True).stdout)
    assert len(set(outputs)) == 1
    assert outputs[0].count(b"\0") > 50
