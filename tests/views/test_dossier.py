"""The entry and the traces of a dossier, on the demonstration as auditors see it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from macros.models.base import Force, Visibilite
from macros.records.audience import Masque
from macros.views.dossier.entree import build_entree
from macros.views.dossier.trace import build_trace, has_trace
from macros.views.preuves import is_sound
from tests.cases.site import vue_of

if TYPE_CHECKING:
    from macros.views.context import Vue
    from macros.views.dossier.entree import Entree
    from macros.views.dossier.trace import Trace

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def vue() -> Vue:
    """The demonstration as auditors see it."""
    return vue_of(ROOT, Visibilite.AUDITEUR)


@pytest.fixture(scope="module")
def entree(vue: Vue) -> Entree:
    """The entry of a dossier on everything."""
    return build_entree(vue, list(vue.registre.certifications))


@pytest.fixture(scope="module")
def trace(vue: Vue) -> Trace:
    """The trace of the certification that has most."""
    return build_trace(vue, vue.registre.certifications["RNCP99001"])


def test_requirements_come_from_the_most_binding(vue: Vue, trace: Trace) -> None:
    """Law, regulation, doctrine, then usage; those that bind and that nothing shows are named apart, none is lost."""
    forces = [vue.registre.exigences[each.fiche.texte].force for each in trace.exigences]
    assert forces == sorted(forces, key=list(Force).index)
    assert len(set(forces)) > 2
    assert [each for each in trace.exigences if not (each.preuves or each.evaluation)] == []
    assert trace.sans_rien


def test_a_council_leads_to_the_effect_of_its_actions(vue: Vue, trace: Trace) -> None:
    """Each council held, former fiches included, latest first; each decision to the actions that state it; each closed one to its end."""
    days = [each.jour for each in trace.seances]
    assert days == sorted(days, reverse=True)
    assert {pv.numero for each in trace.seances for pv in each.pv} == {"RNCP98001", "RNCP99001"}
    chained = {
        (seance.id, decision.fiche.texte, action.fiche.texte)
        for seance in trace.seances
        for decision in seance.decisions
        for action in decision.actions
    }
    stated = {
        (*action.origine.decision.split("."), action.id)
        for action in vue.registre.actions.values()
        if action.origine.decision and not isinstance(action.origine.decision, Masque)
    }
    held = {each.id for each in trace.seances}
    line = vue.croisements.lineage("RNCP99001")
    ours = {each for each in stated if each[0] in held and line & set(vue.registre.actions[each[2]].certifications)}
    assert ours <= chained <= stated
    for seance in trace.seances:
        for action in (action for decision in seance.decisions for action in decision.actions):
            known = vue.registre.actions[action.fiche.texte]
            assert action.cloture
            assert bool(action.efficacite) == (not known.is_open() or known.efficacite is not None)


def test_evidence_says_where_it_is(vue: Vue, trace: Trace) -> None:
    """A proof opens, or says why it does not; its fingerprint is whole; one that names persons is shown on request."""
    shown = [piece for each in trace.exigences for piece in each.preuves]
    assert [piece.fiche.texte for piece in shown if bool(piece.ouvrir) == bool(piece.lieu)] == []
    assert {len(piece.empreinte) for piece in shown} <= {0, 64}
    for each in vue.registre.certifications.values():
        for piece in (piece for row in build_trace(vue, each).exigences for piece in row.preuves):
            if vue.registre.preuves[piece.fiche.texte].names_persons():
                assert not piece.ouvrir
                assert "montré sur demande" in piece.lieu or piece.lieu == "document absent"


def test_figures_are_those_of_their_lists(vue: Vue, entree: Entree) -> None:
    """Five figures, each counted again from the records of the list it opens."""
    known = vue.registre
    sound = sum(is_sound(vue, each) for each in known.preuves.values())
    running = [each for each in known.actions.values() if each.is_open()]
    late = sum(each.is_late(vue.today) for each in running)
    counted = {each.adresse.partition("/")[0]: (each.nombre, each.total) for each in entree.cartes}
    assert len(entree.cartes) == 5
    assert counted["certifications"] == (len(known.certifications), None)
    assert counted["conseils"] == (sum(each.is_held() for each in known.conseils.values()), None)
    assert counted["preuves"] == (sound, len(known.preuves))
    assert counted["actions"] == (late, len(running))


def test_nothing_open_is_hidden(vue: Vue, entree: Entree) -> None:
    """Every open action is there, the late ones first, and every gap that somebody wrote."""
    told = [each.fiche.texte for each in entree.ouverts]
    late = {each.id for each in vue.registre.actions.values() if each.is_late(vue.today)}
    assert late
    assert set(told[: len(late)]) == late
    assert {each.id for each in vue.registre.actions.values() if each.is_open()} <= set(told)
    assert len(told) == len(set(told)) or len(entree.ouverts) == len(set(entree.ouverts))


def test_one_certification_is_told_alone(vue: Vue) -> None:
    """A dossier on one certification names no other, nor its councils, nor its actions."""
    alone = build_entree(vue, ["RNCP99002"])
    assert [each.fiche.texte for each in alone.certifications] == ["RNCP99002"]
    line = vue.croisements.lineage("RNCP99002")
    assert {pv.numero for each in alone.seances for pv in each.pv} <= line
    actions = [vue.registre.actions[each.fiche.texte] for each in alone.ouverts if each.fiche.texte in vue.registre.actions]
    assert [each.id for each in actions if each.certifications and line.isdisjoint(each.certifications)] == []


def test_a_trace_is_for_those_who_read_assessments(vue: Vue) -> None:
    """The public has no trace; auditors have one of each certification that has something to show."""
    public = vue_of(ROOT, Visibilite.PUBLIC)
    assert not any(has_trace(public, numero) for numero in public.registre.certifications)
    assert all(has_trace(vue, numero) for numero in vue.registre.certifications)
    assert build_trace(public, public.registre.certifications["RNCP99001"]).exigences == ()
