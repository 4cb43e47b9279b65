"""A usage is never worded as an obligation: in records, in constats, in the handbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from macros.models.base import Force, Visibilite
from tests.browser.sites import ROOT, told
from tests.cases.runner import cases, constats_of
from tests.cases.site import vue_of
from tests.output.prose import prose
from tests.output.wording import obligations, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from macros.models.constat import Constat
    from macros.views.context import Vue


@pytest.fixture(scope="module")
def vue() -> Vue:
    """The demonstration as the organisation sees it."""
    return vue_of(ROOT, Visibilite.INTERNE)


def faults(where: str, *texts: str | None) -> list[str]:
    """Return each sentence of those texts that says an obligation."""
    return [f"{where}: {words}: {sentence}" for text in texts for sentence in sentences(text or "") if (words := obligations(sentence))]


def test_no_requirement_that_is_a_usage_is_worded_as_an_obligation(vue: Vue) -> None:
    """Title, statement and expected evidence."""
    usages = [exigence for exigence in vue.registre.exigences.values() if exigence.force is Force.USAGE]
    assert len(usages) >= 10
    found = [fault for one in usages for fault in faults(one.id, one.titre, one.enonce, *one.preuves_attendues)]
    assert not found, told(found)


def test_no_watch_entry_that_is_a_usage_is_worded_as_an_obligation(vue: Vue) -> None:
    """Title, summary, dates of effect, and what the organisation makes of it."""
    usages = [veille for veille in vue.registre.veille.values() if veille.force is Force.USAGE]
    assert usages
    found = []
    for one in usages:
        after = (one.analyse.texte if one.analyse else None, one.decision.texte if one.decision else None)
        found += faults(one.id, one.titre, one.resume, *(effect.objet for effect in one.entrees_en_vigueur), *after)
    assert not found, told(found)


def test_no_recommendation_is_worded_as_an_obligation(vue: Vue) -> None:
    """The report binds nobody: neither do its five recommendations, its setting, nor a reading of them."""
    records = vue.registre.cep.values()
    assert len(records) == 5
    found = []
    for one in records:
        texts = (one.titre, one.enonce, one.pourquoi, one.destinataires, one.devenir, one.lecture)
        found += faults(one.id, *texts, *one.questions, *one.preuves_attendues)
    report = vue.registre.rapport_cep
    assert report is not None
    found += faults(
        report.id, *report.questions, *(text for stake in report.enjeux for text in (stake.titre, stake.texte)), *report.constats
    )
    found += faults(report.id, *(text for thing in report.objets for text in (thing.titulaire, thing.atteste, thing.exemple)))
    found += [fault for one in vue.registre.positionnements.values() for reading in one.lectures for fault in faults(one.id, reading.motif)]
    assert not found, told(found)


def test_no_constat_on_a_usage_is_worded_as_an_obligation(vue: Vue, tmp_path: Path) -> None:
    """Those of the demonstration, and those of each case where a check fires: message and remedy."""
    usages = _checks_of_usages(vue)
    constats = list(vue.constats)
    for case in cases("constats"):
        root = tmp_path / case.name
        constats += constats_of(case, "declenche", root)
    on_usages = [
        constat for constat in constats if constat.force == Force.USAGE.value or (not constat.force and constat.controle in usages)
    ]
    assert len({constat.code for constat in on_usages}) >= 20
    found = sorted({fault for constat in on_usages for fault in _faults_of(constat)})
    assert not found, told(found)


def _checks_of_usages(vue: Vue) -> set[str]:
    """Return the checks that decide usages and nothing else: a case says no force when it has no record of requirement."""
    forces: dict[str, set[Force]] = {}
    for exigence in vue.registre.exigences.values():
        if exigence.controle is not None:
            forces.setdefault(exigence.controle.value, set()).add(exigence.force)
    return {controle for controle, known in forces.items() if known == {Force.USAGE}}


def _faults_of(constat: Constat) -> Iterator[str]:
    return iter(faults(constat.code, constat.message, constat.remede))


def test_no_sentence_of_the_handbook_makes_a_usage_an_obligation() -> None:
    """A sentence that names a usage has no word of obligation, but to say that there is none."""
    pages = sorted((ROOT / "docs" / "manuel").glob("*.md"))
    assert pages
    found = []
    for page in pages:
        told_of_usages = [sentence for sentence in sentences(prose(page.read_text("utf-8"))) if "usage" in sentence.casefold()]
        found += [fault for sentence in told_of_usages for fault in faults(page.name, sentence)]
    assert not found, told(found)


OBLIGATION = [
    "Le certificateur doit réunir un conseil.",
    "Les membres doivent signer.",
    "Vous devez signer.",
    "Il devra signer.",
    "Vous devriez signer.",
    "C’est un devoir.",
    "Il faut un PV.",
    "Il vous faudra un PV.",
    "Ce qu’il faut signer.",
    "La feuille est obligatoire.",
    "Elle est signée obligatoirement.",
    "C’est une obligation.",
    "Cela oblige à signer.",
    "Vous êtes obligés de signer.",
    "Il est tenu de signer.",
    "Ils sont donc tenus d’archiver.",
    "L’usage impose un PV.",
    "Un PV est imposé.",
    "L’usage exige un PV.",
    "Un PV est exigible.",
    "Il est impératif de signer.",
    "Signez impérativement.",
    "Il est interdit de voter.",
    "L’interdiction de voter.",
    "Le quorum est requis.",
    "Le vote requiert un quorum.",
    "Le règlement contraint les membres.",
    "Une feuille indispensable.",
    "Signez, sous peine de nullité.",
    "D'ordinaire, l'on doit signer.",
    "Il ne doit pas signer.",
    "Le conseil n’est pas obligatoire, mais il doit être tenu.",
    "Cela n’oblige pas, cela impose.",
]


@pytest.mark.parametrize("text", OBLIGATION)
def test_each_way_to_say_an_obligation_is_seen(text: str) -> None:
    """Each verb and noun, with an apostrophe before or in another tense; a negation elsewhere, or that forbids, saves nothing."""
    assert len(obligations(text)) == 1
    assert obligations(text.upper())


@pytest.mark.parametrize(
    "text",
    [
        "Aucun texte trouvé ne l’impose à un certificateur ; c’est un usage.",
        "Aucun texte trouvé n’impose de conseil, ni ce rythme.",
        "Aucun texte n’oblige à se réunir.",
        "Aucun texte qui l’impose n’a été trouvé.",
        "Ce n’est pas une obligation.",
        "Un usage n’est jamais une obligation.",
        "Un usage n’est jamais présenté comme une obligation.",
        "Aucun n’est obligatoire.",
        "La feuille n’est pas obligatoire, elle n’a rien d’obligatoire.",
        "Sans obligation ; aucune obligation ; pas d’obligation.",
        "Le rapport est une référence non contraignante : il ne contraint personne.",
        "Faut-il certifier le Conseil en évolution professionnelle ?",
        "Le rapport demandait s’il fallait une offre publique.",
        "Corrigez la fiche, s’il le faut.",
        "Distinguer une obligation d’un usage.",
        "Le conseil est tenu chaque année ; le délai est tenu.",
        "Une exigence, un devis, un défaut, le droit, l’autorité, un dû.",
        "Le conseil requalifie, la fin des exigences.",
    ],
)
def test_what_says_no_obligation_is_let_through(text: str) -> None:
    """A negation of the obligation itself, a question, words that merely look alike."""
    assert obligations(text) == []


def test_each_sentence_is_judged_alone() -> None:
    """Sentences, items and rows are told apart, in a text or in a page."""
    page = "Un usage. **Une loi.** Il faut\nlire !\n\n- un usage\n- une obligation\n\n| usage | a |\n| loi | impose |"
    assert list(sentences(page)) == [
        "Un usage.",
        "**Une loi.**",
        "Il faut lire !",
        "un usage",
        "une obligation",
        "usage | a |",
        "loi | impose |",
    ]
