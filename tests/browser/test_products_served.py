"""While serving, documents, calendars and workbooks are made when a reader asks, and follow the records."""

from __future__ import annotations

import urllib.error
import urllib.request
from typing import TYPE_CHECKING

import pytest

from tests.browser.sites import make_project
from tests.browser.test_errors_served import _await, _served, _text

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.browser

CALL = "conseils/CP-2026-12-NUM/CP-2026-12-NUM-convocation.pdf"


def _asked(address: str) -> tuple[int, bytes]:
    try:
        with urllib.request.urlopen(address, timeout=20) as answer:  # noqa: S310 - our own server
            return answer.status, answer.read()
    except urllib.error.HTTPError as refusal:
        return refusal.code, b""


def test_a_document_is_made_when_asked_for_and_not_before(tmp_path: Path) -> None:
    """Starting and reloading make no document; asking makes that one, from the records of the moment; an unknown one is a 404."""
    project = make_project(tmp_path)
    kept = project / ".cache" / "documents"
    with _served(project, tmp_path / "journal") as (address, server):
        _await(lambda: "Animer un atelier" in _text(f"{address}certifications/RS99001/"), server)
        assert not kept.exists(), "nothing was asked for"
        status, first = _asked(address + CALL)
        assert (status, first[:5]) == (200, b"%PDF-")
        assert len([path for path in kept.rglob("*") if path.is_file()]) == 1
        record = project / "data/conseils/CP-2026-12-NUM.yml"
        record.write_text(record.read_text("utf-8").replace("titre: Bilan", "titre: Bilan neuf"), "utf-8")
        _await(lambda: "Bilan neuf" in _text(f"{address}conseils/CP-2026-12-NUM/"), server)
        assert len([path for path in kept.rglob("*") if path.is_file()]) == 1, "a reload makes nothing"
        assert _asked(address + CALL)[1] not in (b"", first)
        assert _asked(f"{address}telechargements/calendrier.ics")[1].startswith(b"BEGIN:VCALENDAR")
        assert _asked(f"{address}telechargements/actions.xlsx")[1].startswith(b"PK")
        assert _asked(f"{address}conseils/CP-2026-12-NUM/CP-2026-12-NUM-pv-RNCP99001.pdf")[0] == 404
