"""Synthetic promotions, partners, complaints, assessments and audits: what a renewal looks at, for each certification."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

FOLLOWED = ("promotions", "partenaires", "reclamations", "evaluations", "audits")
PROMOTIONS = (2022, 2023, 2024, 2025)
PARTENAIRES, RECLAMATIONS, EVALUATIONS = 4, 3, 6
ITEMS = ("objet", "certifications_et_blocs", "duree", "contrepartie", "sous_traitance", "moyens", "ecole_et_cfa")
CAUSES = ("information", "organisation_epreuves", "evaluation", "jury", "resultats")
CRITERIA = ("EX-RNCP-C1", "EX-RNCP-C2", "EX-RNCP-C3", "EX-RNCP-C4", "EX-RNCP-C5", "EX-RNCP-C6")


def followed(rng: random.Random, index: int, numero: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield `(collection, id, record)` for one certification: eighteen records, always valid."""
    for year in PROMOTIONS:
        yield "promotions", f"{numero}-{year}", _promotion(rng, numero, year)
    for rank in range(PARTENAIRES):
        yield "partenaires", f"{1 + index * PARTENAIRES + rank:014d}", _partner(rng, numero, rank)
    for rank in range(RECLAMATIONS):
        yield "reclamations", f"RECL-2026-{1 + index * RECLAMATIONS + rank:04d}", _complaint(rng, numero, rank)
    for rank in range(EVALUATIONS):
        yield "evaluations", f"EV-2026-{1 + index * EVALUATIONS + rank:04d}", _assessment(rng, numero, rank)
    yield "audits", f"AUD-2026-{1 + index:04d}", _audit(numero)


def _promotion(rng: random.Random, numero: str, year: int) -> dict[str, Any]:
    presented = rng.randint(20, 90)
    certified = rng.randint(10, presented)
    answered = rng.randint(5, certified)
    survey = {
        "horizon_mois": 6,
        "date": f"{year + 1}-07-01",
        "sortants": certified,
        "repondants": answered,
        "neutralises": 1,
        "en_emploi": answered - 2,
    }
    counts = {"inscrits": presented + 5, "presentes": presented, "certifies": certified, "certifies_vae": 2, "abandons": 5}
    return {"certification": numero, "annee": year, "arretee_le": f"{year + 1}-02-10", **counts, "enquetes": [survey]}


def _partner(rng: random.Random, numero: str, rank: int) -> dict[str, Any]:
    mentions = [{"item": item, "statut": "presente", "reference": "article 4"} for item in ITEMS[: rng.randint(5, 7)]]
    changes = [{"date": "2025-11-03", "nature": "delivrance", "notifie_le": "2025-12-01"}]
    grant = {
        "certification": numero,
        "role": "former",
        "delivree_le": "2025-11-03",
        "fin": "2028-11-02",
        "mentions": mentions,
        "changements": changes,
    }
    return {"nom": f"Centre n° {rank} de {numero}", "habilitations": [grant]}


def _complaint(rng: random.Random, numero: str, rank: int) -> dict[str, Any]:
    told = {"date": f"2026-0{1 + rank}-12", "certifications": [numero], "origine": "candidat", "objet": "Convocation tardive"}
    closed = {"cloture": {"date": f"2026-0{2 + rank}-02", "issue": "fondee"}} if rank else {}
    return told | {"cause": rng.choice(CAUSES), "gravite": "moyenne", **closed}


def _assessment(rng: random.Random, numero: str, rank: int) -> dict[str, Any]:
    status = rng.choice(("conforme", "conforme", "a_surveiller", "ecart"))
    return {
        "exigence": CRITERIA[rank],
        "certification": numero,
        "statut": status,
        "date": "2026-03-02",
        "fonction": "direction",
        "motif": "Pièces relues.",
    }


def _audit(numero: str) -> dict[str, Any]:
    request = {"id": "Q1", "texte": "Transmettre les actes", "repondre_avant": "2026-12-04"}
    return {"titre": "Contrôle sur pièces", "nature": "interne", "date": "2026-09-14", "certifications": [numero], "demandes": [request]}
