"""Synthetic conseils, actions and evidence of a credible size: six, thirty and thirty for each certification, always valid.

A conseil weighs about 3 kB, an action 700 bytes, a piece of evidence 500. Most
are in order, some are late, without minutes or never reviewed, as in real life.
"""

from __future__ import annotations

import hashlib
import random
import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.bench.synthetic import _WORDS, ORGANISME, _phrase, build_certification, dump
from tests.bench.synthetic_suivi import FOLLOWED, followed

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
YEARS = (2020, 2021, 2022, 2023, 2024, 2025)
ACTIONS = PREUVES = 30
POINTS = ("reglementation", "coherence", "conventions", "marche", "bilan", "plan_actions")
COLLEGES = ("certificateur", "référent handicap", "équipe pédagogique", "jury", "candidats", "partenaires")
NATURES = ("referentiel", "evaluation", "formation", "partenariat", "communication", "organisation")
OF_CONSEIL = ("convocation", "ordre_du_jour", "emargement", "pv_cp")
OTHERS = ("referentiel", "grille_evaluation", "convention", "enquete", "etude_marche", "table_formation")
_TODAY = date(2026, 11, 20)


def write_project(project: Path, number: int) -> int:
    """Write the records of `number` certifications below `project/data`, with the real requirements; return how many files."""
    data = project / "data"
    for folder in ("certifications", "conseils", "actions", "preuves", *FOLLOWED):
        (data / folder).mkdir(parents=True, exist_ok=True)
    shutil.copytree(ROOT / "data" / "exigences", data / "exigences")
    (data / "organisme.yml").write_text(dump(ORGANISME), "utf-8")
    for index in range(number):
        for collection, identifier, record in records(index):
            (data / collection / f"{identifier}.yml").write_text(dump(record), "utf-8")
    return sum(1 for path in data.rglob("*.yml"))


def records(index: int) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield `(collection, id, record)` for one certification and all that follows it; it depends on `index` only."""
    rng = random.Random(f"conseils-{index}")  # noqa: S311 - text, not a secret
    certification = build_certification(index)
    numero = certification["numero"]
    del certification["source_fc"]
    yield "certifications", numero, certification
    for rank, year in enumerate(YEARS):
        yield "conseils", conseil_id(index, rank), _conseil(rng, index, rank, date(year, 12, 1 + index % 20), numero)
    for rank in range(ACTIONS):
        yield "actions", action_id(index, rank), _action(rng, index, rank, numero)
    for rank in range(PREUVES):
        yield "preuves", preuve_id(index, rank), _preuve(rng, index, rank, numero)
    yield from followed(rng, index, numero)


def conseil_id(index: int, rank: int) -> str:
    """Return the id of the conseil number `rank` of a certification."""
    return f"CP-{YEARS[rank]}-12-C{index:04}"


def action_id(index: int, rank: int) -> str:
    """Return the id of an action: five for each conseil, in the year that follows it."""
    return f"A-{YEARS[rank // 5] + 1}-{index * 5 + rank % 5:05}"


def preuve_id(index: int, rank: int) -> str:
    """Return the id of a piece of evidence: five for each conseil, in its year."""
    return f"PR-{YEARS[rank // 5]}-{index * 5 + rank % 5:05}"


def _conseil(rng: random.Random, index: int, rank: int, day: date, numero: str) -> dict[str, Any]:
    invited, sent = day - timedelta(days=21), day + timedelta(days=20 if index % 10 else 45)
    proofs = [preuve_id(index, rank * 5 + number) for number in range(5)]
    earlier = [action_id(index, (rank - 1) * 5 + number) for number in range(5)] if rank else []
    return {
        "intitule": f"Conseil de perfectionnement {day.year}",
        "date": day.isoformat(),
        "debut": "14:00",
        "fin": "16:30",
        "modalite": "visio" if rank % 2 else "presence",
        "lieu": "Lyon, salle du conseil",
        "certifications": [numero],
        "statut": "tenu",
        "pilote": {"fonction": "direction", "personne": "P-01"},
        "president": {"fonction": "responsable des épreuves"},
        "secretaire": {"fonction": "responsable qualité"},
        "convocation": {"date": invited.isoformat(), "moyen": "courriel", "preuve": proofs[0]},
        "ordre_du_jour": {
            "date": invited.isoformat(),
            "preuve": proofs[1],
            "points": [{"theme": theme, "titre": _phrase(rng, 4).capitalize()} for theme in POINTS],
        },
        "participants": [
            {"fonction": rng.choice(_WORDS), "college": college, "presence": "present" if rng.random() < 0.8 else "excuse"}
            for college in COLLEGES
        ],
        "quorum": "atteint",
        "emargement": {"mode": "signature", "signatures": 6, "preuve": proofs[2]},
        **({"approbations": [{"conseil": conseil_id(index, rank - 1), "avis": "approuve"}]} if rank else {}),
        "suivi": [{"action": action, "avis": "poursuivie", "observation": _phrase(rng, 6).capitalize()} for action in earlier],
        "echanges": [{"theme": theme, "texte": f"{_phrase(rng, 11).capitalize()}."} for theme in POINTS[: 5 if index % 7 else 4]],
        "decisions": [
            {
                "id": f"D{number}",
                "theme": POINTS[number],
                "nature": NATURES[number],
                "certifications": [numero],
                "texte": f"{_phrase(rng, 7).capitalize()}.",
                "votes": {"pour": 6},
            }
            for number in range(1, 4)
        ],
        "pv": [{"certification": numero, "etat": "diffuse", "diffuse_le": sent.isoformat(), "preuve": proofs[3]}] if index % 12 else [],
        "prochaine_date": day.replace(year=day.year + 1).isoformat(),
    }


def _action(rng: random.Random, index: int, rank: int, numero: str) -> dict[str, Any]:
    opened = date(YEARS[rank // 5] + 1, 1, 5 + rank % 5)
    due = opened + timedelta(days=150 + 10 * (rank % 5))
    closed = due - timedelta(days=10)
    done = rank < ACTIONS - 4
    record: dict[str, Any] = {
        "intitule": f"Réviser {_phrase(rng, 5)}",
        "nature": NATURES[rank % 6],
        "description": f"{_phrase(rng, 9).capitalize()}.",
        "date": opened.isoformat(),
        "origine": {"decision": f"{conseil_id(index, rank // 5)}.D{1 + rank % 3}"},
        "certifications": [numero],
        "responsable": "responsable des épreuves",
        "echeance": (due if done or index % 3 else due + timedelta(days=180)).isoformat(),
        "statut": "close" if done else "en_cours",
        "priorite": "normale",
        "critere": _phrase(rng, 6).capitalize(),
        "avancement": [{"date": (opened + timedelta(days=60)).isoformat(), "texte": _phrase(rng, 8).capitalize(), "pourcentage": 50}],
    }
    if not done and index % 3 == 0:
        record["reports"] = [{"ancienne": due.isoformat(), "nouvelle": record["echeance"], "motif": _phrase(rng, 6).capitalize()}]
    if done:
        record |= {"preuves": [preuve_id(index, rank)], "cloture": {"date": closed.isoformat(), "bilan": _phrase(rng, 8).capitalize()}}
    if done and (rank + index) % 8:
        record["efficacite"] = {"date": (closed + timedelta(days=120)).isoformat(), "avis": "efficace"}
    return record


def _preuve(rng: random.Random, index: int, rank: int, numero: str) -> dict[str, Any]:
    kind = OF_CONSEIL[rank % 5] if rank % 5 < len(OF_CONSEIL) else OTHERS[rank // 5]
    day = date(YEARS[rank // 5], 12, 1 + index % 20)
    identifier = preuve_id(index, rank)
    return {
        "type": kind,
        "titre": f"{kind.replace('_', ' ').capitalize()}, {_phrase(rng, 5)}",
        "date": day.isoformat(),
        "certifications": [numero],
        "revisions": [
            {
                "numero": number,
                "date": (day + timedelta(days=number)).isoformat(),
                "emplacement": f"Coffre qualité, dossier {day.year}, {identifier}",
                "sha256": hashlib.sha256(f"{identifier}-{number}".encode()).hexdigest(),
            }
            for number in range(1, 2 + rank % 2)
        ],
        "relue_le": min(_TODAY, day + timedelta(days=300)).isoformat(),
        "relue_par": "responsable qualité",
        "conservation": {"jusqu_au": day.replace(year=day.year + 6).isoformat()},
    }
