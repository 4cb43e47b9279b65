"""The root of a publication: the editions it holds, and what leads a reader to them. All of it is made again from the editions."""

from __future__ import annotations

import json
import os
import re
import shutil
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from filelock import FileLock, Timeout

from macros import messages
from macros.editions.manifeste import verify
from macros.problems import DataError, Problem
from macros.records.atomic import write_atomic
from macros.rendering import render_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from macros.models.base import Visibilite
from macros.models.edition import Edition

EDITION = "edition.json"
VERSIONS = "versions.json"
COURANTE = "courante"
PUBLICATION = "publication.json"
FORMAT = 1
_LOCK = ".verrou"
_LONGEST = 40


@dataclass(frozen=True)
class Publiee:
    """An edition as its folder says it is; `retiree` is the day it was withdrawn, empty when it was not."""

    nom: str
    titre: str
    audience: str
    date: str
    commit: str
    retiree: str = ""


def is_name(nom: str) -> bool:
    """Tell whether an edition may be called so: `2026.1`, `2026.1-auditeur`."""
    return bool(re.fullmatch(Edition.motif_id, nom, re.ASCII)) and len(nom) <= _LONGEST


@contextmanager
def locked(root: Path, wait: Callable[[], None]) -> Iterator[None]:
    """Hold a publication for oneself; `wait` is called when somebody else holds it. What a killed run left is removed first."""
    root.mkdir(parents=True, exist_ok=True)
    lock = FileLock(root / _LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        wait()
        lock.acquire()
    try:
        _clean(root)
        yield
    finally:
        lock.release()


def staging(root: Path, nom: str) -> Path:
    """Return a new folder to prepare an edition in, on the same disk; under the lock, any other of that kind was left by a killed run."""
    folder = root / f".{nom}.{os.getpid()}.tmp"
    folder.mkdir()
    return folder


def set_aside(root: Path, nom: str) -> Path:
    """Return where an edition being withdrawn goes, until its files are removed."""
    return root / f".{nom}.retrait"


def _clean(root: Path) -> None:
    """Remove what killed runs left; an edition taken away before its notice was there comes back."""
    for path in sorted(root.glob(".*.retrait")):
        nom = path.name[1:].removesuffix(".retrait")
        if not (root / nom).exists() and verify(path).est_entier:
            path.rename(root / nom)
        else:
            shutil.rmtree(path)
    for path in root.glob(".*.tmp"):
        shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)


def claim(root: Path, audience: Visibilite) -> None:
    """Keep a publication for one audience. Raise `DataError` when it holds another one."""
    path = root / PUBLICATION
    held = {each.audience for each in published(root)}
    with suppress(OSError, ValueError, KeyError, TypeError):
        held.add(json.loads(path.read_text("utf-8"))["audience"])
    other = sorted(held - {audience.value})
    if other:
        raise DataError([Problem(str(root), 0, 0, "autre-public", messages.other_audience(str(root), other[0], audience.value))])
    if not path.is_file():
        write_atomic(path, json_text({"format": FORMAT, "audience": audience.value}))


def published(root: Path) -> list[Publiee]:
    """Return the editions of a publication, newest first: by reference date, then by name, numbers by value."""
    found = []
    for path in root.glob(f"*/{EDITION}"):
        facts = _facts(path)
        if facts is not None and not path.parent.name.startswith("."):
            found.append(facts)
    return sorted(found, key=lambda each: (each.date, _natural(each.nom)), reverse=True)


def _facts(path: Path) -> Publiee | None:
    try:
        facts = json.loads(path.read_text("utf-8"))
        day = facts.get("date_reference", "")
        return Publiee(
            path.parent.name, facts.get("titre", ""), facts["audience"], day, facts.get("commit") or "", facts.get("retiree", "")
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _natural(nom: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in re.findall(r"\d+|\D+", nom)]


def refresh(root: Path) -> None:
    """Make again what leads to the editions present: the list the selector reads, the current one, the first page."""
    editions = [each for each in published(root) if not each.retiree]
    rows = [
        {"version": each.nom, "title": f"{each.nom} · {each.titre}", "aliases": [COURANTE] if rank == 0 else []}
        for rank, each in enumerate(editions)
    ]
    _put(root / VERSIONS, json_text(rows).encode())
    _put(root / "index.html", redirect(f"{COURANTE}/" if editions else "", editions[0].titre if editions else ""))
    _lead(root, editions[0] if editions else None)


def _lead(root: Path, current: Publiee | None) -> None:
    """Have every page of `courante/` lead to the same page of the current edition, or to its first page when it has none."""
    folder = root / COURANTE
    if current is None:
        shutil.rmtree(folder, ignore_errors=True)
        return
    pages = {path.relative_to(root / current.nom).as_posix() for path in (root / current.nom).rglob("*.html")}
    older = {path.relative_to(folder).as_posix() for path in folder.rglob("*.html")} if folder.is_dir() else set()
    for page in sorted(pages | older):
        target = page if page in pages else ""
        up = "../" * (page.count("/") + 1)
        _put(folder / page, redirect(f"{up}{current.nom}/{target.removesuffix('index.html')}", current.titre))


def redirect(address: str, titre: str) -> bytes:
    """Return a page that leads elsewhere, with a link for who waits; without address, it says that there is no edition."""
    return render_page("editions/renvoi", vue={"adresse": address, "titre": titre}).encode()


def _put(path: Path, content: bytes) -> None:
    """Replace a small file at once, when it changes. It can be made again: nothing waits for the disk."""
    if path.is_file() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.tmp")
    draft.write_bytes(content)
    draft.replace(path)


def json_text(value: Any) -> str:
    """Return a value as the JSON files of a publication are written."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
