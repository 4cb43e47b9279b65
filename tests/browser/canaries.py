"""A copy of the demonstration with a word found nowhere else in every place that an audience must not see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.browser.sites import make_project, read_record, write_record

if TYPE_CHECKING:
    from pathlib import Path

HIDDEN = "RS99777"
"""A certification that only the organisation sees."""
SESSION, ACTION, PREUVE = "CP-2025-12-NUM", "A-2025-014", "PR-2025-013"
"""Records of the demonstration that auditors see."""

INTERNE = {
    "notes": "CanariNotesFiche",
    "constat": "CanariConstat",
    "page": "CanariPageInterne",
    "picture": "canari-image",
    "hidden certification": HIDDEN,
    "hidden title": "CanariIntitule",
    "name": "CanariNom",
    "address of a person": "canaricourriel",
    "number of a person": "P-9177",
    "notes of a session": "CanariNotesConseil",
    "notes of an action": "CanariNotesAction",
    "notes of a proof": "CanariNotesPreuve",
    "hidden session": "CanariConseilInterne",
    "id of a hidden session": "CP-2025-11-CANARI",
    "session on the hidden certification": "CanariConseilCache",
    "exchange on the hidden certification": "CanariEchange",
    "decision on the hidden certification": "CanariDecision",
    "what was said of a hidden action": "CanariObservation",
    "hidden action": "CanariActionInterne",
    "id of a hidden action": "A-2026-9177",
    "hidden proof": "CanariPreuveInterne",
    "id of a hidden proof": "PR-2026-9177",
    "file of a hidden proof": "canari-fichier",
    "what a hidden proof holds": "CanariContenu",
    "notes of a watch entry": "CanariNotesVeille",
    "identifier in a feed": "CanariFlux",
    "hidden watch entry": "CanariVeilleInterne",
    "id of a hidden watch entry": "V-2026-9177",
    "entry on the hidden certification": "CanariVeilleCachee",
    "what was set aside of a feed": "CanariEcarte",
    "position of the hidden certification": "CanariPositionCachee",
    "exception": "CanariDerogation",
    "id of an exception": "DER-2026-9177",
}
"""What only the organisation may see."""

AUDITEUR = {
    "evolution": "CanariEvolution",
    "piece": "CanariPiece",
    "table": "CanariTable",
    "cadence": "CanariCadence",
    "auditor": "CanariPageAuditeur",
    "session": "CanariSeance",
    "place": "CanariLieu",
    "member": "CanariFonction",
    "exchange": "CanariParole",
    "decision": "CanariDecide",
    "action": "CanariTache",
    "progress": "CanariAvancement",
    "proof": "CanariDocument",
    "where a proof is": "CanariEmplacement",
    "analysis of a watch entry": "CanariAnalyse",
    "decision on a watch entry": "CanariSuite",
    "reading of a recommendation": "CanariLecture",
}
"""What auditors may see too; the public receives none of it."""


def write_canaries(folder: Path) -> Path:
    """Write the demonstration with a canary in every reserved place; return the folder."""
    project = make_project(folder)
    data = project / "data"
    _certifications(data)
    _session(data)
    _actions_and_evidence(data)
    _watch(data)
    _pages(project / "docs" / "interne")
    person = {"id": INTERNE["number of a person"], "nom": "CanariNom Prénom", "courriel": "canaricourriel@exemple.invalid"}
    write_record(data / "personnes.local.yml", {"personnes": [person]})
    exception = {"constat": "pv-manquant", "enregistrement": SESSION, "certification": "RS99002", "fonction": "direction"}
    exception |= {"motif": "CanariDerogation", "date": "2026-04-01", "jusqu_au": "2026-12-01"}
    write_record(data / "derogations" / "DER-2026-9177.yml", exception)
    return project


def _changed(path: Path, **facts: Any) -> None:
    write_record(path, read_record(path) | facts)


def _certifications(data: Path) -> None:
    record = data / "certifications" / "RNCP99001.yml"
    _changed(
        record,
        notes="Travail en cours : CanariNotesFiche.",
        anciennes_fiches=[*read_record(record).get("anciennes_fiches", []), HIDDEN],
        cadence_cp={"mois": "18", "motif": "CanariCadence"},
        renouvellement={"scenario": "perimetre_constant", "pieces": [{"piece": "CanariPiece", "preuves": ["PR-2026-9177"]}]},
        evolutions=[
            {"date": "2025-01-01", "version": "9", "nature": "autre", "motif": "CanariEvolution", "decision": "CP-2025-11-CANARI.D1"}
        ],
        tables_formation=[{"formation": "CanariTable", "modules": [{"code": "CanariTable", "intitule": "CanariTable"}]}],
    )
    hidden = {"numero": HIDDEN, "intitule": "CanariIntitule"}
    model = read_record(data / "certifications" / "RS99002.yml") | hidden | {"visibilite": "interne", "accompagnement": "oui"}
    write_record(data / "certifications" / f"{HIDDEN}.yml", model | {"source_fc": {"extrait": HIDDEN, "date": "2026-08-16"}})
    write_record(data / "extraits" / f"{HIDDEN}.yml", read_record(data / "extraits" / "RS99002.yml") | hidden)
    # A constat quotes the file of its record and, for a difference, the field: the canary is a requirement only constats would name.
    exigence = read_record(data / "exigences" / "EX-EXTRAIT-RECENT.yml")
    write_record(data / "exigences" / "EX-CANARI.yml", exigence | {"titre": "CanariConstat", "visibilite": "interne", "controle": None})


def _session(data: Path) -> None:
    """A session for auditors that is about the hidden certification too, one that is about it only, one that is hidden itself."""
    record = data / "conseils" / f"{SESSION}.yml"
    facts = read_record(record)
    person, hidden = {"personne": INTERNE["number of a person"]}, {"certifications": [HIDDEN], "theme": "bilan"}
    decided = {"theme": "bilan", "nature": "formation"}
    facts |= {
        "intitule": "Conseil CanariSeance",
        "lieu": "CanariLieu",
        "modalite": "mixte",
        "certifications": [*facts["certifications"], HIDDEN],
        "notes": "CanariNotesConseil",
        "pilote": facts["pilote"] | person,
        "participants": [*facts["participants"], {"fonction": "CanariFonction", "college": "jury", "presence": "present"} | person],
        "echanges": [*facts["echanges"], {"theme": "autre", "texte": "CanariParole"}, hidden | {"texte": "CanariEchange"}],
        "decisions": [
            *facts["decisions"],
            decided | {"id": "D91", "texte": "CanariDecide"},
            decided | hidden | {"id": "D92", "texte": "CanariDecision"},
        ],
        "pv": [*facts["pv"], {"certification": HIDDEN, "etat": "projet", "preuve": "PR-2026-9177"}],
        "suivi": [*facts["suivi"], {"action": "A-2026-9177", "avis": "poursuivie", "observation": "CanariObservation"}],
        "annexes": [*facts.get("annexes", []), "PR-2026-9177"],
    }
    write_record(record, facts)
    session = {"date": "2025-11-07", "statut": "tenu", "notes": "CanariNotesConseil"}
    write_record(
        data / "conseils" / "CP-2025-11-CANARI.yml",
        session
        | {"intitule": "CanariConseilInterne", "visibilite": "interne", "certifications": ["RNCP99001"]}
        | {"decisions": [decided | {"id": "D1", "texte": "CanariDecision"}]},
    )
    alone = {"intitule": "CanariConseilCache", "certifications": [HIDDEN]}
    write_record(data / "conseils" / "CP-2025-10-AUTRE.yml", session | alone)


def _actions_and_evidence(data: Path) -> None:
    action = data / "actions" / f"{ACTION}.yml"
    progress = [*read_record(action)["avancement"], {"date": "2026-11-02", "texte": "CanariAvancement"}]
    _changed(action, intitule="CanariTache", notes="CanariNotesAction", avancement=progress, preuves=["PR-2026-9177", "PR-2026-006"])
    inside = {"intitule": "CanariActionInterne", "nature": "formation", "date": "2026-01-05", "visibilite": "interne"}
    write_record(data / "actions" / "A-2026-9177.yml", inside | {"certifications": ["RNCP99001"], "preuves": [PREUVE]})
    born = {"intitule": "Suite", "nature": "formation", "date": "2026-01-05", "origine": {"decision": "CP-2025-11-CANARI.D1"}}
    write_record(data / "actions" / "A-2026-800.yml", born | {"certifications": ["RNCP99001", HIDDEN]})
    version = {"numero": "1", "date": "2026-01-05"}
    kept = {"emplacement": "CanariEmplacement", "observation": "CanariEmplacement"}
    _changed(data / "preuves" / f"{PREUVE}.yml", titre="CanariDocument", notes="CanariNotesPreuve", revisions=[version | kept])
    filed = data / "preuves" / "2026" / "canari-fichier.txt"
    filed.write_text("CanariContenu\n", "utf-8")
    proof = {"type": "autre", "titre": "CanariPreuveInterne", "date": "2026-01-05", "visibilite": "interne"}
    write_record(data / "preuves" / "PR-2026-9177.yml", proof | {"revisions": [version | {"fichier": "2026/canari-fichier.txt"}]})


def _watch(data: Path) -> None:
    """Watch entries: one that everybody sees, with what was made of it; one hidden; one on the hidden certification only. And positions."""
    shown = data / "veille" / "V-2025-004.yml"
    analysis = {"date": "2026-01-05", "fonction": "direction", "impact": "a_traiter", "texte": "CanariAnalyse"}
    _changed(
        shown,
        analyse=analysis,
        decision={"date": "2026-01-06", "texte": "CanariSuite", "decision": "CP-2025-11-CANARI.D1"},
        actions=["A-2026-9177"],
        conseils=["CP-2025-11-CANARI"],
        flux="CanariFlux",
        notes="CanariNotesVeille",
        remplacee_par="V-2026-9177",
    )
    entry = {"type": "technique", "date": "2026-01-05", "certitude": "une_source", "resume": "Essai."}
    write_record(data / "veille" / "V-2026-9177.yml", entry | {"titre": "CanariVeilleInterne", "visibilite": "interne"})
    about = {"titre": "CanariVeilleCachee", "portee": {"certifications": [HIDDEN]}}
    write_record(data / "veille" / "V-2026-800.yml", entry | about)
    dropped = {"flux": "CanariEcarte", "titre": "CanariEcarte", "date": "2026-01-05"}
    write_record(data / "veille_ecartee.yml", {"elements": [dropped]})
    reading = {
        "recommandation": "CEP-R1",
        "statut": "a_surveiller",
        "date": "2026-01-05",
        "fonction": "direction",
        "preuves": ["PR-2026-9177"],
    }
    read = data / "positionnements" / "POS-RNCP99002.yml"
    write_record(read, {"certification": "RNCP99002", "lectures": [reading | {"motif": "CanariLecture"}]})
    hidden = {"certification": HIDDEN, "lectures": [reading | {"motif": "CanariPositionCachee"}], "visibilite": "public"}
    write_record(data / "positionnements" / f"POS-{HIDDEN}.yml", hidden)


def _pages(pages: Path) -> None:
    pages.mkdir()
    (pages / "canari-page.md").write_text(f"# {INTERNE['page']}\n\n![image](canari-image.svg)\n", "utf-8")
    (pages / "canari-image.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><title>canari-image</title></svg>\n', "utf-8")
    (pages / "reserve.md").write_text(f"---\nvisibilite: auditeur\n---\n\n# {AUDITEUR['auditor']}\n", "utf-8")
