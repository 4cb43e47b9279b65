"""The manifest of an edition: what `sha256sum` accepts, and every byte, file and name that it does not tell."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from macros.editions.manifeste import MANIFESTE, Verification, manifest_of, verify

if TYPE_CHECKING:
    from pathlib import Path

SHA256SUM = shutil.which("sha256sum") or "sha256sum"
NAMES = ["index.html", "a/b/page é.html", " espace", "ligne\nautre", "barre\\oblique", "retour\rici", "été’.pdf", "-option"]


def write(folder: Path, names: list[str]) -> Path:
    """Write a small edition whose files have odd names."""
    for rank, name in enumerate(names):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(f"contenu {rank}\n".encode())
    (folder / MANIFESTE).write_bytes(manifest_of(folder))
    return folder


def test_sha256sum_accepts_it(tmp_path: Path) -> None:
    """The program that everyone has accepts the manifest, odd names included, and finds the change of one byte."""
    folder = write(tmp_path, NAMES)
    check = [SHA256SUM, "--check", "--strict", "--quiet", MANIFESTE]
    assert subprocess.run(check, cwd=folder, capture_output=True, check=False).returncode == 0
    assert verify(folder) == Verification(fichiers=len(NAMES))
    (folder / "index.html").write_bytes(b"contenu X\n")
    assert subprocess.run(check, cwd=folder, capture_output=True, check=False).returncode == 1


def test_every_kind_of_difference_is_named(tmp_path: Path) -> None:
    """Altered, emptied, missing, added, swapped, replaced by a link, put in a folder: each is named as it is."""
    folder = write(tmp_path / "e", ["a", "b", "c", "d", "e/f"])
    (folder / "a").write_bytes(b"")
    (folder / "b").unlink()
    (folder / "plus").write_bytes(b"x")
    (folder / "c").rename(tmp_path / "c")
    (folder / "c").symlink_to(tmp_path / "c")  # the same bytes, but no file of the edition
    shutil.copy(folder / "e" / "f", tmp_path / "f")
    (folder / "e" / "f").unlink()
    (folder / "e").rmdir()
    (folder / "e").symlink_to(tmp_path, target_is_directory=True)
    assert verify(folder) == Verification(5, ("a", "c"), ("b", "e/f"), ("e", "plus"))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "forme"),
        (b"n'importe quoi\n", "forme"),
        (b"0" * 64 + b"  a", "forme"),
        (b"0" * 64 + b"  ../a\n", "forme"),
        (b"0" * 64 + b"  /a\n", "forme"),
        (b"0" * 64 + b"  a//b\n", "forme"),
        ((b"0" * 64 + b"  a\n") * 2, "forme"),
        (b"g" * 64 + b"  a\n", "forme"),
        (None, "absent"),
    ],
)
def test_a_manifest_that_is_not_one(tmp_path: Path, content: bytes | None, why: str) -> None:
    """Missing, empty, cut, leading out of its folder, telling a file twice: nothing is verified, and it is said."""
    if content is not None:
        (tmp_path / MANIFESTE).write_bytes(content)
    assert verify(tmp_path).illisible == why
    assert not verify(tmp_path).est_entier


@settings(max_examples=40, deadline=None)
@given(
    names=st.lists(
        st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=12), unique=True, max_size=4
    )
)
def test_any_name_is_told_and_read_back(tmp_path_factory: pytest.TempPathFactory, names: list[str]) -> None:
    """Whatever a file is called, the manifest tells it and finds it again."""
    folder = tmp_path_factory.mktemp("noms")
    kept = [name for name in names if name not in (".", "..", MANIFESTE) and len(os.fsencode(name)) < 200]
    write(folder, kept)
    assert verify(folder).est_entier or not kept  # a manifest tells one file at least
