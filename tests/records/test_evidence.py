"""Documents filed with evidence: found below their folder only, and known by their SHA-256."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

import pytest

from macros.records.evidence import fingerprint, read_filed, sizes
from macros.records.loading import load
from tests.cases.runner import write_project

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

RECORD = "data/preuves/PR-2026-031.yml"


def found(project: Path, *names: str, files: Mapping[str, object] | None = None) -> dict[str, str | None]:
    """Return what a project knows of the documents that its one piece of evidence names."""
    revisions = "".join(f"  - numero: {number}\n    date: 2026-01-01\n    fichier: {name}\n" for number, name in enumerate(names, 1))
    record = f"type: autre\ntitre: Essai\ndate: 2026-01-01\nrevisions:\n{revisions}"
    registre = load(write_project(project, {RECORD: record, **(files or {})})).registre
    assert registre is not None
    return dict(registre.empreintes)


def test_a_document_is_known_by_its_bytes(tmp_path: Path) -> None:
    """Each document that a record names has the SHA-256 of its bytes; one that is not there has None; others are not looked at."""
    files = {"data/preuves/2026/a.pdf": "a\r\né", "data/preuves/unnamed.pdf": "x"}
    sha = hashlib.sha256("a\r\né".encode()).hexdigest()
    assert found(tmp_path, "2026/a.pdf", "2026/b.pdf", files=files) == {"2026/a.pdf": sha, "2026/b.pdf": None}


@pytest.mark.parametrize("name", ["2026", "2026/a.pdf/b.pdf", "x" * 300])
def test_what_is_no_document_is_missing(name: str, tmp_path: Path) -> None:
    """A folder, a path through a document, a name no disk accepts: nothing is there, nothing breaks."""
    assert found(tmp_path, name, files={"data/preuves/2026/a.pdf": "a"}) == {name: None}


@pytest.mark.parametrize(("target", "content"), [("../../secret.pdf", None), ("/etc/hostname", None), ("b.pdf", b"b"), ("loop.pdf", None)])
def test_a_link_does_not_lead_out_of_the_folder(target: str, content: bytes | None, tmp_path: Path) -> None:
    """A symbolic link to a document elsewhere, or to itself, is a missing document; one to a neighbour is followed."""
    files = {"secret.pdf": "s", "data/preuves/b.pdf": "b", "data/preuves/loop.pdf": {"lien": target}}
    assert found(tmp_path, "loop.pdf", files=files) == {"loop.pdf": content and hashlib.sha256(content).hexdigest()}


def test_a_record_is_no_document(tmp_path: Path) -> None:
    """Named as a document, by itself or through a link, the file of a record is missing: it holds notes, and would be copied."""
    files = {"data/preuves/b.pdf": {"lien": "PR-2026-031.yml"}}
    assert found(tmp_path, "PR-2026-031.yml", "b.pdf", files=files) == {"PR-2026-031.yml": None, "b.pdf": None}


def test_sizes_are_those_of_documents_that_are_there(tmp_path: Path) -> None:
    """The size of a document is known in bytes, by the same name as its fingerprint; a missing one has none."""
    (tmp_path / "data/preuves").mkdir(parents=True)
    (tmp_path / "data/preuves/a.pdf").write_bytes(b"abc")
    assert sizes(tmp_path, {"a.pdf": "0" * 64, "b.pdf": None, "gone.pdf": "0" * 64}) == {"a.pdf": 3}
    assert read_filed(tmp_path, "a.pdf") == b"abc"
    with pytest.raises(FileNotFoundError):
        read_filed(tmp_path, "../organisme.yml")


def test_a_changed_document_is_read_again(tmp_path: Path) -> None:
    """In the same process, a document of another size or another date has its new fingerprint."""
    path = tmp_path / "a.pdf"
    seen = set()
    for turn, content in enumerate((b"one", b"other", b"three", b"four!")):
        path.write_bytes(content)
        os.utime(path, ns=(turn, turn))
        assert fingerprint(path) == hashlib.sha256(content).hexdigest()
        seen.add(fingerprint(path))
    assert len(seen) == 4
