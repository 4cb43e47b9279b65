"""Every rule shown says how binding it is, where it comes from, when it was last read; a doubt is shown as a doubt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import lxml.html
import pytest

from macros.french import format_date, format_short_date
from macros.models.base import Certitude, Force, Visibilite
from macros.portal.catalogue import macros_of
from macros.views.parts import LIBELLES_FORCE
from tests.browser.sites import ROOT, told
from tests.cases.site import vue_of
from tests.output.reading import blocks

if TYPE_CHECKING:
    from macros.views.context import Vue

DOUBT = "à confirmer sur Légifrance"


@pytest.fixture(scope="module", params=list(Visibilite))
def vue(request: pytest.FixtureRequest) -> Vue:
    """The demonstration as each audience sees it."""
    return vue_of(ROOT, request.param)


@dataclass(frozen=True)
class Rule:
    """What a page is to say of a rule."""

    name: str
    force: Force
    reference: str
    verified: date | None
    doubtful: bool

    def unsaid(self, shown: str) -> list[str]:
        """Return what the text of a page does not say of it, or what its record does not hold."""
        found = []
        if f" {LIBELLES_FORCE[self.force]}" not in f" {shown}":
            found.append("its force")
        if not self.reference or _folded(self.reference) not in shown:
            found.append("its reference")
        if self.verified is None or not any(
            _folded(day) in shown for day in (format_date(self.verified), format_short_date(self.verified))
        ):
            found.append("the day it was last read")
        if self.doubtful and DOUBT.casefold() not in shown.casefold():
            found.append("its doubt")
        return found


def _folded(text: str) -> str:
    return " ".join(text.split())


def shown(node: Any) -> str:
    """Return the text of an element, spaces folded, no-break ones included."""
    return _folded(" ".join(blocks(node)).replace("\u200b", " "))


def rule_of(record: Any, reference: str) -> Rule:
    """Return what a record says of itself."""
    doubtful = record.certitude is Certitude.A_CONFIRMER or bool(getattr(record, "a_confirmer", ()))
    return Rule(record.id, record.force, reference, record.verifiee_le, doubtful)


def unsaid(html: str, rules: list[Rule]) -> list[str]:
    """Return what a register does not say of its rules; each is the element whose id is its own, in small letters."""
    document = lxml.html.fragment_fromstring(html, create_parent=True)
    found = []
    for rule in rules:
        items = document.xpath("//*[@id=$name]", name=rule.name.lower())
        missing = rule.unsaid(shown(items[0])) if items else ["everything"]
        found += [f"{rule.name}: {one}" for one in missing]
    return found


def test_every_requirement_says_its_force_its_reference_and_when_it_was_read(vue: Vue) -> None:
    """In the register of requirements, for each audience; a doubtful one says so."""
    rules = [rule_of(record, record.reference()) for record in vue.registre.exigences.values()]
    assert len(rules) >= 30
    assert {rule.doubtful for rule in rules} == {True, False}
    found = unsaid(macros_of(vue)["registre_exigences"](), rules)
    assert not found, told(found)


def test_every_watch_entry_with_a_force_says_the_same(vue: Vue) -> None:
    """In the watch log; an entry without a force sets no rule, and still says when it was read and what is doubtful."""
    entries = list(vue.registre.veille.values())
    rules = [rule_of(entry, entry.reference or "") for entry in entries if entry.force is not None]
    assert len(rules) >= 18
    assert any(rule.doubtful for rule in rules)
    html = macros_of(vue)["registre_veille"]()
    found = unsaid(html, rules)
    assert not found, told(found)
    others = [Rule(entry.id, Force.USAGE, "x", entry.verifiee_le, entry.is_doubtful()) for entry in entries if entry.force is None]
    missing = [fault for fault in unsaid(html, others) if not fault.endswith((": its force", ": its reference"))]
    assert not missing, told(missing)


def test_every_recommendation_says_the_same(vue: Vue) -> None:
    """On its own page: a usage, of the report that it names, read on a given day."""
    report = vue.registre.rapport_cep
    assert report is not None
    records = vue.registre.cep
    assert len(records) == 5
    found = []
    for name, record in records.items():
        page = lxml.html.fragment_fromstring(macros_of(vue)["fiche_recommandation"](name), create_parent=True)
        found += [f"{name}: {missing}" for missing in rule_of(record, report.titre).unsaid(shown(page))]
        assert record.force is Force.USAGE
    assert not found, told(found)


def test_every_constat_of_the_demonstration_says_what_it_rests_on() -> None:
    """Each has the force and the reference of its requirement, and the list of constats shows both."""
    vue = vue_of(ROOT, Visibilite.INTERNE)
    assert [constat for constat in vue.constats if not constat.force or not constat.reference or not constat.exigence] == []
    document = lxml.html.fragment_fromstring(macros_of(vue)["liste_constats"](), create_parent=True)
    items = document.xpath("//ul[@class='constats']/li")
    assert len(items) == len(vue.constats) >= 20
    texts = [shown(item) for item in items]
    forces = tuple(f" {label} · " for label in LIBELLES_FORCE.values())
    assert [text for text in texts if not any(force in text for force in forces)] == []
    for constat in vue.constats:
        own = [text for text in texts if _folded(constat.message) in text]
        assert own, constat
        assert [text for text in own if _folded(constat.reference) not in text] == [], constat


RULE = Rule("EX-A", Force.LOI, "Code du travail, L. 6113-6", date(2026, 11, 20), doubtful=True)


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("loi · Code du travail, L. 6113-6 · vérifiée le 20 novembre 2026 · À confirmer sur Légifrance", []),
        ("loi · Code du travail, L. 6113-6 · vérifiée le 20 nov. 2026 · à confirmer sur Légifrance", []),
        ("Code du travail, L. 6113-6 · vérifiée le 20 novembre 2026 · à confirmer sur Légifrance", ["its force"]),
        ("loi · Code du travail · vérifiée le 20 novembre 2026 · à confirmer sur Légifrance", ["its reference"]),
        ("loi · Code du travail, L. 6113-6 · à confirmer sur Légifrance", ["the day it was last read"]),
        ("loi · Code du travail, L. 6113-6 · vérifiée le 20 novembre 2026", ["its doubt"]),
    ],
)
def test_what_a_page_does_not_say_is_seen(text: str, missing: list[str]) -> None:
    """Each of the four can be missing; so can the rule itself."""
    assert RULE.unsaid(text) == missing
    assert unsaid(f"<ul><li id='ex-a'>{text}</li></ul>", [RULE]) == [f"EX-A: {one}" for one in missing]
    assert unsaid(f"<ul><li id='ex-b'>{text}</li></ul>", [RULE]) == ["EX-A: everything"]
