"""A project whose every text holds something that would run, break a page or hide, made from the models themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from macros.models.action import Action, Report
from macros.models.audit import Audit
from macros.models.cep import RapportCep, Recommandation
from macros.models.certification import Certification
from macros.models.conseil import PV, Conseil
from macros.models.derogation import Derogation
from macros.models.evaluation import Evaluation
from macros.models.exigence import Exigence
from macros.models.extrait import Extrait
from macros.models.organisme import Lexique, Organisme
from macros.models.partenaire import Partenaire
from macros.models.personnes import Personne
from macros.models.positionnement import Positionnement
from macros.models.preuve import Preuve, Revision
from macros.models.promotion import Promotion
from macros.models.reclamation import Reclamation
from macros.models.veille import Veille, VeilleEcartee
from tests.browser.filling import Family, filled
from tests.browser.payloads import EVERYTHING, PAYLOADS
from tests.browser.sites import make_project, write_record

if TYPE_CHECKING:
    from pathlib import Path

RNCP_ONLY = ("niveau", "activites", "blocs")
REPLACED = (
    "certifications",
    "extraits",
    "conseils",
    "actions",
    "preuves",
    "promotions",
    "partenaires",
    "reclamations",
    "audits",
    "evaluations",
    "veille",
    "positionnements",
    "derogations",
)
LATE = "2026-09-30"


def numbered(index: int) -> tuple[str, str]:
    """Return the RNCP and the RS number of the records that hold payload `index`."""
    return f"RNCP{90_000 + index}", f"RS{90_000 + index}"


def write_hostile(folder: Path) -> Path:
    """Write a project where each payload fills every text of a whole family of records, links between them included."""
    project = make_project(folder)
    data = project / "data"
    for old in [path for name in REPLACED for path in (data / name).rglob("*") if path.is_file()]:
        old.unlink()
    for index, payload in enumerate(EVERYTHING):
        family = Family(index, numbered(index)[0])
        for numero in numbered(index):
            write_record(data / f"certifications/{numero}.yml", _certification(payload, Family(index, numero)))
            position = filled(Positionnement, payload, family) | {"certification": numero}
            write_record(data / f"positionnements/POS-{numero}.yml", position)
            write_record(data / f"extraits/{numero}.yml", filled(Extrait, payload, Family(index, numero)) | {"numero": numero})
        write_record(data / f"exigences/{family.exigence}.yml", filled(Exigence, payload, family) | {"controle": None})
        write_record(data / f"conseils/{family.conseil}.yml", _held(payload, family))
        write_record(data / f"conseils/{family.coming}.yml", _coming(payload, family))
        write_record(data / f"actions/{family.action}.yml", _late(payload, family))
        write_record(data / f"actions/{family.closed}.yml", _closed(payload, family))
        write_record(data / f"preuves/{family.preuve}.yml", _preuve(payload, family))
        watch = filled(Veille, payload, family) | {"portee": {"certifications": list(numbered(index))}}
        write_record(data / f"veille/{family.veille}.yml", watch)
        exception = filled(Derogation, payload, family) | {"date": "2026-01-01", "jusqu_au": "2026-12-01", "certification": None}
        write_record(data / f"derogations/{family.derogation}.yml", exception)
        _write_renewal(data, payload, family)
    _write_uniques(data)
    return project


def _write_renewal(data: Path, payload: str, family: Family) -> None:
    """Write what a renewal looks at, about both certifications of a family."""
    both = list(numbered(family.index))
    for numero in both:
        counts = {"inscrits": "30", "presentes": "20", "certifies": "10", "certifies_vae": "2"}
        promotion = filled(Promotion, payload, family) | {"certification": numero, "annee": "2024", "arretee_le": "2025-02-14"} | counts
        write_record(data / f"promotions/{numero}-2024.yml", promotion)
        evaluation = filled(Evaluation, payload, family) | {"certification": numero}
        write_record(data / f"evaluations/EV-2026-{numero[-3:]}{numero.startswith('RS'):d}.yml", evaluation)
    write_record(data / f"partenaires/{family.partenaire}.yml", filled(Partenaire, payload, family))
    complaint = filled(Reclamation, payload, family) | {"certifications": both, "cloture": None}
    write_record(data / f"reclamations/{family.reclamation}.yml", complaint)
    write_record(data / f"audits/{family.audit}.yml", filled(Audit, payload, family) | {"certifications": both})


def _write_uniques(data: Path) -> None:
    """Write the organisation, its glossary and the names of persons."""
    whole = [(payload, Family(index)) for index, payload in enumerate(EVERYTHING)]
    terms = [term for payload, family in whole for term in filled(Lexique, payload, family)["termes"]]
    write_record(data / "lexique.yml", {"termes": terms})
    write_record(data / "personnes.local.yml", {"personnes": [filled(Personne, payload, family) for payload, family in whole]})
    short = " ".join(payload for payload in PAYLOADS if len(payload) < 100)
    for model, name in ((Recommandation, "cep/CEP-R1"), (RapportCep, "rapport_cep"), (VeilleEcartee, "veille_ecartee")):
        write_record(data / f"{name}.yml", filled(model, short, Family(0)) | ({"controle": None} if model is Recommandation else {}))
    organisme = filled(Organisme, short, Family(0)) | {
        "demonstration": "oui",
        "date_reference": "2026-11-20",
        "suivi_depuis": None,
        "domaines": [{"id": "domaine", "libelle": short}],
    }
    write_record(data / "organisme.yml", organisme)


def _certification(payload: str, family: Family) -> dict[str, Any]:
    register = {"repertoire": "RNCP", "type_enregistrement": "sur_demande"} if family.numero.startswith("RNCP") else {"repertoire": "RS"}
    record = filled(Certification, payload, family) | {"numero": family.numero, "suivi_depuis": None} | register
    record["evolutions"] = [one | {"origine": {"autre": one["origine"]["autre"]}} for one in record["evolutions"]]
    return {key: value for key, value in record.items() if family.numero.startswith("RNCP") or key not in RNCP_ONLY}


def _session(payload: str, family: Family) -> dict[str, Any]:
    """Return a session on a certification of each register."""
    return filled(Conseil, payload, family) | {"certifications": list(numbered(family.index)), "fin": "16:00"}


def _held(payload: str, family: Family) -> dict[str, Any]:
    minutes = [filled(PV, payload, family) | {"certification": numero} for numero in numbered(family.index)]
    return _session(payload, family) | {"statut": "tenu", "date": "2025-12-10", "pv": minutes}


def _coming(payload: str, family: Family) -> dict[str, Any]:
    record = _session(payload, family) | {"statut": "planifie", "date": "2026-12-10", "convocation": {}}
    return {key: value for key, value in record.items() if key not in ("echanges", "decisions", "pv", "emargement", "suivi")}


def _late(payload: str, family: Family) -> dict[str, Any]:
    """Return an open action; its closure, and any other origin than the decision, would contradict it."""
    reports = [filled(Report, payload, family) | {"nouvelle": LATE}]
    record = filled(Action, payload, family) | {"statut": "en_cours", "echeance": LATE, "reports": reports}
    return record | {"origine": {"decision": record["origine"]["decision"]}, "cloture": None, "efficacite": None}


def _closed(payload: str, family: Family) -> dict[str, Any]:
    record = filled(Action, payload, family) | {"statut": "close"}
    return record | {"origine": {"autre": record["origine"]["autre"]}}


def _preuve(payload: str, family: Family) -> dict[str, Any]:
    """Return evidence with a version in a file and one kept elsewhere: a version stands in one place."""
    versions = [{"numero": "1", "emplacement": None}, {"numero": "2", "fichier": None}]
    versions = versions if family.index % 2 else [version | {"numero": str(2 - n)} for n, version in enumerate(versions)][::-1]
    return filled(Preuve, payload, family) | {"revisions": [filled(Revision, payload, family) | version for version in versions]}
