"""What a session, its decisions, actions and evidence keep from an audience: parts leave with what they are about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from macros.models import COLLECTIONS
from macros.models.action import Action
from macros.models.audit import Audit
from macros.models.cep import Recommandation
from macros.models.certification import Certification
from macros.models.conseil import Conseil
from macros.models.derogation import Derogation
from macros.models.exigence import Exigence
from macros.models.extrait import Extrait
from macros.models.organisme import Organisme
from macros.models.origine import Origine
from macros.models.partenaire import Partenaire
from macros.models.personnes import Personnes
from macros.models.preuve import Preuve
from macros.models.reclamation import Reclamation
from macros.models.veille import Veille
from macros.records.audience import Masque, filter_registre
from macros.records.links import link_paths, links_of
from macros.records.registre import Registre
from tests.cases.canaries import Canaries, registre_of_records
from tests.cases.runner import AUDIENCES
from tests.cases.world import AUDITEUR, INTERNE, PUBLIC

if TYPE_CHECKING:
    from collections.abc import Iterator

    from macros.models.base import Record, Visibilite

SEEN, HIDDEN = "RNCP11", "RNCP33"
POINT = {"theme": "bilan", "texte": "T"}
SESSION = {"intitule": "I", "date": "2025-12-12", "statut": "tenu", "visibilite": "public"}
ACTION = {"intitule": "I", "nature": "formation", "date": "2026-01-01", "visibilite": "public"}
PREUVE = {"type": "autre", "titre": "T", "date": "2026-01-01", "visibilite": "public"}


def certification(numero: str, visibilite: Visibilite = PUBLIC) -> Certification:
    """Return the smallest certification."""
    stated = {"repertoire": "RNCP", "type_enregistrement": "de_droit", "visibilite": visibilite.value}
    return Certification.model_validate({"id": numero, "numero": numero, "intitule": "I", **stated})


def session(identifier: str = "CP-2025-12-A", **stated: Any) -> Conseil:
    """Return a public session on both certifications."""
    return Conseil.model_validate({"id": identifier, "certifications": (SEEN, HIDDEN), **SESSION, **stated})


def decision(number: int, *certifications: str) -> dict[str, Any]:
    """Return a decision about some certifications."""
    return {**POINT, "id": f"D{number}", "nature": "formation", "certifications": certifications}


def action(identifier: str = "A-2026-001", **stated: Any) -> Action:
    """Return a public action."""
    return Action.model_validate({"id": identifier, **ACTION, **stated})


def preuve(identifier: str = "PR-2026-001", **stated: Any) -> Preuve:
    """Return public evidence."""
    return Preuve.model_validate({"id": identifier, **PREUVE, **stated})


def project(*records: Record) -> Registre:
    """Return a registre of records, one visible certification and one hidden."""
    organisme = Organisme.model_validate({"id": "organisme", "format": "1", "denomination": "D"})
    return registre_of_records(organisme, certification(SEEN), certification(HIDDEN, INTERNE), *records)


def seen_by(audience: Visibilite, *records: Record) -> Registre:
    """Return what an audience sees of a project."""
    return filter_registre(project(*records), audience)


@pytest.mark.parametrize("audience", [PUBLIC, AUDITEUR])
def test_what_was_said_of_a_hidden_certification_leaves_the_session(audience: Visibilite) -> None:
    """In a pooled session, exchanges, decisions and minutes about a hidden certification only are dropped; shared ones stay, masked."""
    pooled = session(
        echanges=[
            {**POINT, "certifications": [HIDDEN]},
            {**POINT, "certifications": [SEEN, HIDDEN]},
            POINT,
            {**POINT, "certifications": [SEEN]},
        ],
        decisions=[decision(1, SEEN), decision(2, HIDDEN), decision(3, HIDDEN, SEEN), decision(4)],
        pv=[{"certification": HIDDEN, "etat": "signe"}, {"certification": SEEN, "etat": "projet"}],
    )
    shown = seen_by(audience, pooled).conseils["CP-2025-12-A"]
    mask = "une certification non diffusée"
    assert [echange.certifications for echange in shown.echanges] == [(SEEN, mask), (), (SEEN,)]
    assert [(part.id, part.certifications) for part in shown.decisions] == [("D1", (SEEN,)), ("D3", (mask, SEEN)), ("D4", ())]
    assert [part.certification for part in shown.pv] == [SEEN]
    assert shown.certifications == (SEEN, mask)
    assert seen_by(INTERNE, pooled).conseils["CP-2025-12-A"] == pooled


@pytest.mark.parametrize(
    ("stated", "audiences"),
    [
        ({"certifications": (HIDDEN,)}, {INTERNE}),
        ({"certifications": (HIDDEN, "RNCP22")}, {INTERNE, AUDITEUR}),
        ({"certifications": (SEEN, HIDDEN)}, set(AUDIENCES)),
        ({"certifications": (SEEN,), "visibilite": "interne"}, {INTERNE}),
        ({"certifications": (SEEN,), "visibilite": None}, {INTERNE, AUDITEUR}),
    ],
    ids=["hidden-only", "auditor-only", "both", "stated", "default"],
)
@pytest.mark.parametrize("make", [session, action, preuve])
def test_a_record_is_hidden_with_all_that_it_is_about(make: Any, stated: dict[str, Any], audiences: set[Visibilite]) -> None:
    """A session, an action or evidence about certifications that an audience does not see is hidden from it, whatever it states."""
    record = make(**stated)
    others = (record, certification("RNCP22", AUDITEUR))
    assert {audience for audience in AUDIENCES if seen_by(audience, *others).records[record.collection]} == audiences


@pytest.mark.parametrize("make", [action, preuve])
def test_what_is_about_the_whole_organisation_hides_nothing(make: Any) -> None:
    """An action or evidence without certification is seen by whom it states, even where every certification is hidden."""
    record = make()
    assert record.id in seen_by(PUBLIC, record).records[record.collection]


@pytest.mark.parametrize(
    "conseil",
    [
        session("CP-2025-12-B", decisions=[decision(3)], visibilite="interne"),
        session("CP-2025-12-B", decisions=[decision(3, HIDDEN)]),
        session("CP-2025-12-B", decisions=[decision(3)], certifications=(HIDDEN,)),
    ],
    ids=["hidden-session", "hidden-certification", "session-on-hidden-certification"],
)
def test_a_decision_is_hidden_with_its_session_or_its_certification(conseil: Conseil) -> None:
    """Whatever cites a decision that the audience does not see says only that there is one."""
    cited = "CP-2025-12-B.D3"
    evolution = {"date": "2026-01-01", "version": "2", "nature": "blocs", "motif": "M", "decision": cited}
    citing = Certification.model_validate({**certification("RNCP44").model_dump(), "id": "RNCP44", "evolutions": [evolution]})
    for audience, shown in ((AUDITEUR, "une décision non diffusée"), (INTERNE, cited)):
        registre = seen_by(audience, conseil, citing, action(origine={"decision": cited}))
        assert registre.actions["A-2026-001"].origine.decision == shown
        assert registre.certifications["RNCP44"].evolutions[0].decision == shown
        assert isinstance(registre.actions["A-2026-001"].origine.decision, Masque) == (audience is AUDITEUR)
        assert (cited in registre.parts.get("decisions", {})) == (audience is INTERNE)


def test_decisions_of_a_visible_session_are_named() -> None:
    """The same link is whole where the session and its certification are visible."""
    registre = seen_by(PUBLIC, session(decisions=[decision(3, SEEN)]), action(origine={"decision": "CP-2025-12-A.D3"}))
    assert registre.actions["A-2026-001"].origine.decision == "CP-2025-12-A.D3"
    assert list(registre.parts["decisions"]) == ["CP-2025-12-A.D3"]


@pytest.mark.parametrize(
    "hidden", [action(visibilite="interne"), action(certifications=(HIDDEN,))], ids=["stated", "about-a-hidden-certification"]
)
def test_the_follow_up_of_a_hidden_action_leaves_the_session(hidden: Action) -> None:
    """What was said of an action that the audience does not see is dropped with its observation."""
    suivi = [{"action": name, "avis": "poursuivie", "observation": f"Suite de {name}"} for name in ("A-2026-001", "A-2026-002")]
    records = (hidden, action("A-2026-002"), session(suivi=suivi))
    for audience, names in ((PUBLIC, ["A-2026-002"]), (INTERNE, ["A-2026-001", "A-2026-002"])):
        assert [part.action for part in seen_by(audience, *records).conseils["CP-2025-12-A"].suivi] == names


@pytest.mark.parametrize("audience", AUDIENCES)
def test_names_never_leave_the_house(audience: Visibilite) -> None:
    """Persons, and the numbers that stand for them in sessions, are for the organisation only; functions and colleges stay."""
    role = {"fonction": "direction", "personne": "P-01"}
    seat = {"fonction": "juré", "college": "jury", "personne": "P-02"}
    roles: dict[str, Any] = dict.fromkeys(("pilote", "president", "secretaire", "consultant"), role)
    persons = Personnes.model_validate({"id": "personnes", "personnes": [{"id": "P-01", "nom": "CANARI"}]})
    registre = seen_by(audience, session(participants=[seat], **roles), persons)
    shown = repr(registre) + repr(registre.records)
    assert [word in shown for word in ("P-01", "P-02", "CANARI")] == [audience is INTERNE] * 3
    assert (registre.personnes is not None) == (audience is INTERNE)
    conseil = registre.conseils["CP-2025-12-A"]
    assert conseil.pilote is not None
    assert (conseil.pilote.fonction, conseil.participants[0].college) == ("direction", "jury")


def test_no_key_publishes_the_names() -> None:
    """`visibilite: public` written among the names changes nothing."""
    persons = Personnes.model_validate({"id": "personnes", "visibilite": "public", "personnes": [{"id": "P-01", "nom": "CANARI"}]})
    assert "CANARI" not in repr(seen_by(PUBLIC, persons).records)


def test_fingerprints_of_hidden_evidence_are_hidden() -> None:
    """The fingerprint of a document is known only with evidence that names it, and outside `interne` by the name of its copy."""
    filed = {name: [{"numero": "1", "date": "2026-01-01", "fichier": f"{name}.pdf"}] for name in ("a", "b", "c")}
    records = (
        preuve("PR-2026-001", revisions=filed["a"]),
        preuve("PR-2026-002", revisions=filed["b"], visibilite="interne"),
        preuve("PR-2026-003", revisions=filed["c"], certifications=(HIDDEN,)),
        preuve("PR-2026-004", revisions=[{**filed["b"][0], "fichier": "d.pdf"}], visibilite="auditeur"),
    )
    found = {"a.pdf": "0" * 64, "b.pdf": "1" * 64, "c.pdf": None, "d.pdf": "3" * 64}
    whole = Registre(project(*records).records, {}, found)
    seen = {audience: set(filter_registre(whole, audience).empreintes) for audience in AUDIENCES}
    assert seen == {PUBLIC: {"PR-2026-001/r1.pdf"}, AUDITEUR: {"PR-2026-001/r1.pdf", "PR-2026-004/r1.pdf"}, INTERNE: set(found)}
    assert filter_registre(whole, INTERNE).empreintes == found


TARGETS = {
    "certifications": (SEEN, HIDDEN),
    "extraits": (HIDDEN,),
    "conseils": ("CP-2020-01-CACHE",),
    "decisions": ("CP-2020-01-CACHE.D1",),
    "actions": ("A-2020-001",),
    "preuves": ("PR-2020-001",),
    "exigences": ("EX-CACHEE",),
    "veille": ("V-2020-001",),
    "cep": ("CEP-R2",),
    "partenaires": ("12345678900099",),
    "reclamations": ("RECL-2020-001",),
    "audits": ("AUD-2020-01",),
    "enregistrements": ("CP-2020-01-CACHE",),
}
SAID: dict[str, dict[str, Any]] = {
    "certifications": {"duree_enregistrement": "3"},
    "conseils": {"certifications": (SEEN, HIDDEN)},
    "derogations": {"enregistrement": SEEN},
    "positionnements": {"certification": SEEN},
    "promotions": {"certification": SEEN},
    "evaluations": {"certification": SEEN},
}


FIXED: dict[str, set[tuple[str, ...]]] = {
    "certifications": {("domaine",)},
    "veille": {("portee", "domaines")},
    "positionnements": {("certification",)},
    "promotions": {("certification",)},
    "partenaires": {("habilitations", "certification")},
    "evaluations": {("certification",)},
    "derogations": {("enregistrement",)},
}
"""Links that a visible record cannot have to a hidden one: domaines are never hidden, and a record that is about a hidden one only is hidden with it."""


def hidden_records() -> Iterator[Record]:
    """Yield one hidden record of each kind that links name."""
    canaries = Canaries(targets={"certifications": (HIDDEN,)})
    yield canaries.record(Conseil, "CP-2020-01-CACHE", visibilite="interne", decisions=[decision(1)])
    yield canaries.record(Action, "A-2020-001", visibilite="interne")
    yield canaries.record(Preuve, "PR-2020-001", visibilite="interne")
    yield canaries.record(Extrait, HIDDEN, numero=HIDDEN)
    yield canaries.record(Exigence, "EX-CACHEE", visibilite="interne", controle=None)
    yield canaries.record(Veille, "V-2020-001", visibilite="interne", portee={})
    yield canaries.record(Recommandation, "CEP-R2", visibilite="interne", controle=None)
    yield canaries.record(Partenaire, "12345678900099", visibilite="interne")
    yield canaries.record(Reclamation, "RECL-2020-001", visibilite="interne")
    yield canaries.record(Audit, "AUD-2020-01", visibilite="interne")


@pytest.mark.parametrize("model", COLLECTIONS, ids=lambda model: model.collection)
def test_every_link_field_is_masked(model: type[Record]) -> None:
    """Whatever the field, at any depth, the id of a hidden record is not in a visible one; a test of each link of each model."""
    canaries = Canaries(targets=TARGETS)
    hidden = {identifier for identifiers in TARGETS.values() for identifier in identifiers} - {SEEN}
    tried = set()
    for _ in range(2 * len(Origine.model_fields)):
        record = canaries.record(model, model.exemple_id, visibilite="public", **SAID.get(model.collection, {}))
        shown = seen_by(PUBLIC, *hidden_records(), record).records[model.collection].get(model.exemple_id)
        if shown is None:  # a partner whose only habilitation is about a hidden certification
            continue
        assert sorted(identifier for identifier in hidden if identifier in repr(shown)) == []
        tried |= {tuple(step for step in path if isinstance(step, str)) for path, _, target in links_of(record) if target in hidden}
    fixed = FIXED.get(model.collection, set())
    assert tried == {path for path, lien in link_paths(model) if not lien.libre} - fixed


def test_an_exception_shown_to_others_does_not_name_a_hidden_record() -> None:
    """A dérogation that states a wider visibility masks the record it is about."""
    stated = {"constat": "pv-manquant", "enregistrement": HIDDEN, "motif": "M", "fonction": "direction", "visibilite": "public"}
    exception = Derogation.model_validate({"id": "DER-2026-001", **stated, "date": "2026-01-01", "jusqu_au": "2026-12-31"})
    assert HIDDEN not in repr(seen_by(PUBLIC, exception).derogations["DER-2026-001"])


@pytest.mark.parametrize("make", [session, action, preuve])
def test_what_is_about_a_former_fiche_is_hidden_with_its_certification(make: Any) -> None:
    """A former fiche has no record: what tells of it only is seen by who sees a certification that came from it."""
    hidden = Certification.model_validate({**certification("RNCP44", INTERNE).model_dump(), "id": "RNCP44", "anciennes_fiches": ["RNCP9"]})
    shown = Certification.model_validate({**certification("RNCP55").model_dump(), "id": "RNCP55", "anciennes_fiches": ["RNCP9"]})
    record = make(certifications=("RNCP9",))
    assert record.id in seen_by(PUBLIC, record, hidden, shown).records[record.collection]
    assert record.id in seen_by(INTERNE, record, hidden).records[record.collection]
    assert record.id not in seen_by(PUBLIC, record, hidden).records[record.collection]
