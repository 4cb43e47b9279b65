"""Small projects that the tests of checks share."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from macros.checks import run_checks
from tests.cases.runner import MODELES, ORGANISME, registre_of

if TYPE_CHECKING:
    from pathlib import Path

    from macros.models.constat import Constat

TODAY = date(2026, 2, 1)
CERTIFICATION = "data/certifications/RNCP1.yml"
SECONDE = "data/certifications/RNCP2.yml"
CONSEIL = "data/conseils/CP-2025-12-NUM.yml"
PLANNED = "data/conseils/CP-2026-12-NUM.yml"
PREUVE = "data/preuves/PR-2025-001.yml"
ACTION = "data/actions/A-2025-001.yml"
EXIGENCE = "data/exigences/EX-ESSAI.yml"
DEROGATION = "data/derogations/DER-2026-001.yml"


def modele(name: str, **changes: str) -> str:
    """Return the text of a model record; `changes` replaces the value of a key of its first level, or adds the key."""
    lines = MODELES.joinpath(f"{name}.yml").read_text("utf-8").splitlines()
    for key, value in changes.items():
        start = next((i for i, line in enumerate(lines) if line.startswith(f"{key}:")), len(lines))
        end = next((i for i in range(start + 1, len(lines)) if not lines[i].startswith(" ")), len(lines))
        lines[start:end] = [f"{key}: {value}"] if value else []
    return "\n".join(lines) + "\n"


def world() -> dict[str, Any]:
    """Return the files of one certification, one complete conseil, its proof, an open action."""
    return {
        CERTIFICATION: modele("certification"),
        CONSEIL: modele("conseil_tenu"),
        PREUVE: modele("emargement"),
        ACTION: modele("action"),
        EXIGENCE: modele("exigence"),
    }


def pooled() -> dict[str, Any]:
    """Return the same with a second certification examined by the conseil, whose minutes are missing."""
    certifications = "\n  - RNCP1\n  - RNCP2"
    return world() | {SECONDE: modele("certification", numero="RNCP2"), CONSEIL: modele("conseil_tenu", certifications=certifications)}


def planned(**changes: str) -> dict[str, Any]:
    """Return the files of one certification whose conseil is planned for December 2026."""
    return {CERTIFICATION: modele("certification"), PLANNED: modele("conseil_prevu", **changes)}


def exception(constat: str, record: str = "CP-2025-12-NUM", more: str = "") -> str:
    """Return the text of an exception that runs until the end of 2026."""
    return (
        f"constat: {constat}\nenregistrement: {record}\nmotif: Essai.\nfonction: direction\ndate: 2026-01-01\njusqu_au: 2026-12-31\n{more}"
    )


def found(root: Path, files: dict[str, Any], today: date = TODAY, organisme: str = "") -> tuple[Constat, ...]:
    """Return every constat of a project; those on the fiche itself apart, which has neither extract nor training table here."""
    registre = registre_of(root, {"data/organisme.yml": ORGANISME + organisme} | files)
    return tuple(c for c in run_checks(registre, today) if c.controle not in ("difference_fc", "cep_r5", "tables_formation"))
