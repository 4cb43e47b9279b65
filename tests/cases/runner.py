"""How a case file becomes a project on disk, and what the portal says of it."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from macros.checks import run_checks
from macros.models.base import Visibilite
from macros.portal import engine
from macros.portal.disk import write_pages
from macros.portal.sources import hidden_sources, sources_of
from macros.problems import DataError
from macros.records.loading import load

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from macros.models.constat import Constat
    from macros.problems import Problem
    from macros.records.registre import Registre

CASES = Path(__file__).parent
MODELES = CASES / "constats/modeles"
"""Records in order, which a case amends to show one thing."""
ORGANISME = "format: 1\ndenomination: Organisme d’essai\n"


@dataclass(frozen=True)
class Case:
    """One case file: its name without extension and what it holds, every scalar as text."""

    name: str
    data: dict[str, Any]

    @property
    def code(self) -> str:
        """Return the code a case is about: what stands before `--` in its file name."""
        return self.name.split("--", maxsplit=1)[0]


def cases(folder: str) -> list[Case]:
    """Return the cases of a folder, in name order."""
    return [Case(path.stem, _load(path)) for path in sorted((CASES / folder).glob("*.yml"))]


def params(folder: str) -> list[Any]:
    """Return the cases of a folder as pytest parameters; `xfail` in a case names a known bug."""
    return [
        pytest.param(case, id=case.name, marks=pytest.mark.xfail(strict=True, reason=case.data["xfail"]) if "xfail" in case.data else ())
        for case in cases(folder)
    ]


def _load(path: Path) -> dict[str, Any]:
    data = yaml.load(path.read_text("utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506 - text only, no object
    assert isinstance(data, dict), path
    return data


def write_project(root: Path, files: Mapping[str, Any]) -> Path:
    """Write the files of a case below `root`, with a minimal organisation unless the case states its own.

    A value is a text (empty: no file), or `{octets: hexadecimal}`, `{avant: text, repete: text, fois: number, apres: text}`, `{lien: target}`.
    """
    for name, content in {"data/organisme.yml": ORGANISME, **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, dict) and "lien" in content:
            path.symlink_to(content["lien"])
        elif raw := _raw(content):
            path.write_bytes(raw)
        elif isinstance(content, dict):
            path.write_bytes(b"")
    return root


def _raw(content: Any) -> bytes:
    if isinstance(content, str):
        return content.encode()
    if "octets" in content:
        return bytes.fromhex(content["octets"])
    text: str = content.get("avant", "") + content["repete"] * int(content["fois"]) + content.get("apres", "")
    return text.encode()


def problems_of(case: Case, root: Path) -> tuple[Problem, ...]:
    """Return every problem of a case: in its records, its hand-written pages, its environment."""
    project = write_project(root, case.data.get("fichiers", {}))
    loaded = load(project)
    with environment(case.data.get("environnement", {})):
        try:
            hidden_sources(project, engine.audience(), sources_of(project))
            if loaded.registre:
                engine.clock(loaded.registre)
            if "pages_vers" in case.data:
                write_pages(engine.portail(project), project / case.data["pages_vers"])
        except DataError as error:
            found = (replace(problem, fichier=problem.fichier.removeprefix(f"{project}/")) for problem in error.problems)
            return (*loaded.problems, *found)
    return loaded.problems


@contextmanager
def environment(values: Mapping[str, str]) -> Iterator[None]:
    """Set environment variables, and put back what was there."""
    before = dict(os.environ)
    for name in ("PORTAIL_AUDIENCE", "PORTAIL_DATE"):
        os.environ.pop(name, None)
    os.environ.update(values)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def registre_of(root: Path, files: Mapping[str, Any]) -> Registre:
    """Return the registre of a project written from `files`; fail with its problems when it has any."""
    loaded = load(write_project(root, files))
    assert loaded.registre is not None, "\n".join(map(str, loaded.problems))
    return loaded.registre


def constats_of(case: Case, part: str, root: Path) -> tuple[Constat, ...]:
    """Return every constat of one part (`declenche`, `silencieux`) of a case; the part adds to or replaces common files."""
    stated = case.data[part]
    files: dict[str, Any] = {}
    for layer in (case.data, stated):
        for name, content in layer.get("fichiers", {}).items():
            files[name] = _amended(content, files.get(name))
    today = date.fromisoformat(stated.get("date", case.data.get("date", "")))
    return run_checks(registre_of(root, files), today)


def _amended(content: Any, before: Any) -> Any:
    """Return the text of a file; `{modele: name, remplace: {old: new}, ajoute: text}` starts from a model record, or from the text common to both parts."""
    if not isinstance(content, dict) or not content.keys() & {"modele", "remplace", "ajoute"}:
        return content
    text: str = MODELES.joinpath(f"{content['modele']}.yml").read_text("utf-8") if "modele" in content else before
    for old, new in content.get("remplace", {}).items():
        assert text.count(old) == 1, f"« {old} » is not once in the text to amend"
        text = text.replace(old, new)
    return text + content.get("ajoute", "")


AUDIENCES = tuple(Visibilite)
