"""What the pages say of the watch: where each entry stands, whom it touches, what is new since a session."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from macros.drafts.conseil import Session, prepare
from macros.portal.catalogue import macros_of
from macros.views.depuis import changes_since, new_watch, watch_to_discuss
from macros.views.documents import build_feuille, documents_of
from macros.views.documents.feuille import Genre
from macros.views.etats_veille import ETATS, state_keys
from macros.views.frise_veille import build_frise_veille
from macros.views.registre_veille import build_registre_veille, build_tableau_veille, build_veille, build_veille_a_traiter
from macros.views.tableau_de_bord import build_ce_mois_ci, build_resume
from macros.views.veille import scope_words, veille_row
from tests.cases.runner import AUDIENCES, ORGANISME, registre_of
from tests.cases.world import AUDITEUR, INTERNE, PUBLIC, vue_for

if TYPE_CHECKING:
    from pathlib import Path

    from macros.models.base import Visibilite
    from macros.views.context import Vue

TODAY = date(2026, 11, 20)
ENTRY = "titre: Un texte\ntype: reglementaire\ndate: 2026-06-01\ncertitude: deux_sources\nverifiee_le: 2026-11-01\nresume: Ce qui change.\nsources:\n  - {titre: Source, url: https://www.exemple.fr}\n"
READ = "analyse: {date: 2026-06-10, fonction: chargé de veille, impact: a_suivre, texte: À suivre.}\n"


def fiche(numero: str, more: str = "") -> str:
    """Return the smallest certification on request."""
    register = "RNCP" if numero.startswith("RNCP") else "RS"
    return f"numero: {numero}\nintitule: Essai\nrepertoire: {register}\ntype_enregistrement: sur_demande\n{more}"


def vue_on(root: Path, audience: Visibilite = INTERNE, today: date = TODAY, **entries: str) -> Vue:
    """Return what an audience sees of two certifications, one at each register, and of watch entries (`V_2026_001`)."""
    files: dict[str, Any] = {
        "data/organisme.yml": f"{ORGANISME}domaines:\n  - {{id: numerique, libelle: Numérique}}\n",
        "data/certifications/RNCP1.yml": fiche("RNCP1", "domaine: numerique\ndate_decision: 2024-06-30\nanciennes_fiches: [RNCP9]\n"),
        "data/certifications/RS1.yml": fiche("RS1", "accompagnement: oui\ndate_decision: 2026-01-15\n"),
        "data/conseils/CP-2026-06-NUM.yml": "intitule: Conseil\ndate: 2026-06-10\nstatut: tenu\ncertifications: [RNCP1]\n",
    }
    files |= {f"data/veille/{name.replace('_', '-')}.yml": text for name, text in entries.items()}
    return vue_for(registre_of(root, files), audience, today)


def effects(*days: str) -> str:
    """Return dates of effect."""
    return "entrees_en_vigueur:\n" + "".join(f"  - {{date: {day}, objet: règle du {day[8:]}}}\n" for day in days)


@pytest.mark.parametrize(
    ("more", "inside", "outside"),
    [
        ("", ("a_analyser",), ()),
        (READ, (), ()),
        (READ + effects("2026-11-20"), ("sans_suite", "en_vigueur"), ("en_vigueur",)),
        (READ.replace("a_suivre", "aucun") + effects("2026-11-20"), ("en_vigueur",), ("en_vigueur",)),
        (READ + effects("2026-11-21"), ("bientot",), ("bientot",)),
        (READ + effects("2027-02-18"), ("bientot",), ("bientot",)),
        (READ + effects("2027-02-19"), ("a_venir",), ("a_venir",)),
        (READ + effects("2027-06-01", "2026-01-01"), ("a_venir", "sans_suite", "en_vigueur"), ("a_venir", "en_vigueur")),
        (effects("2026-11-20") + "fin: 2026-11-19\n", ("terminee",), ("terminee",)),
        (effects("2026-11-20") + "fin: 2026-11-20\n", ("a_analyser", "sans_suite", "en_vigueur"), ("en_vigueur",)),
    ],
)
def test_an_entry_stands_in_every_state_that_holds(more: str, inside: tuple[str, ...], outside: tuple[str, ...], tmp_path: Path) -> None:
    """What is to do is told inside only; when it applies, to everyone; each state is one of the filter."""
    for audience, expected in ((INTERNE, inside), (AUDITEUR, outside), (PUBLIC, outside)):
        vue = vue_on(tmp_path / audience, audience, V_2026_001=ENTRY + more)
        assert state_keys(vue, vue.registre.veille["V-2026-001"]) == expected, audience
    assert {*inside, *outside} <= set(ETATS)


def test_an_old_reading_is_a_state_and_a_pill(tmp_path: Path) -> None:
    """The state comes from the constat itself: a dérogation takes it away."""
    old = ENTRY.replace("verifiee_le: 2026-11-01", "verifiee_le: 2025-11-20") + READ
    vue = vue_on(tmp_path, V_2026_001=old)
    row = veille_row(vue, vue.registre.veille["V-2026-001"])
    assert row.cles_etat == ("verification_ancienne",)
    assert (row.pastilles[0].ton, row.pastilles[0].texte) == ("a_surveiller", "vérification ancienne")


@pytest.mark.parametrize(
    ("portee", "touched"),
    [
        ("", {"RNCP1", "RS1"}),
        ("portee: {repertoires: [RS]}\n", {"RS1"}),
        ("portee: {domaines: [numerique]}\n", {"RNCP1"}),
        ("portee: {certifications: [RNCP9]}\n", {"RNCP1"}),
        ("portee: {accompagnement: oui}\n", {"RS1"}),
        ("portee: {accompagnement: non}\n", {"RNCP1"}),
        ("portee: {types_enregistrement: [de_droit]}\n", set()),
        ("portee: {repertoires: [RS], domaines: [numerique]}\n", set()),
    ],
)
def test_each_key_of_the_scope_narrows_it(portee: str, touched: set[str], tmp_path: Path) -> None:
    """A certification is touched when no key leaves it out; a former fiche brings its successor; the filter says the same."""
    vue = vue_on(tmp_path, V_2026_001=ENTRY + portee)
    found = {numero for numero in vue.registre.certifications if vue.croisements.watch_of(numero)}
    assert found == touched
    watched = vue.croisements.watched(vue.registre.veille["V-2026-001"])
    assert watched == (("*",) if not portee else tuple(sorted(touched)))
    offered = {choice.valeur for f in build_registre_veille(vue).filtres if f.cle == "certification" for choice in f.choix}
    assert offered == (touched if len(touched) > 1 else set())


def test_a_scope_is_told_in_words(tmp_path: Path) -> None:
    """What narrows is said; nothing narrows: all certifications."""
    words = {}
    for name, text in (("a", ""), ("b", "portee: {repertoires: [RNCP], domaines: [numerique], types_enregistrement: [sur_demande], accompagnement: oui}\n"), ("c", "portee: {certifications: [RS1]}\n")):  # fmt: skip
        vue = vue_on(tmp_path / name, V_2026_001=ENTRY + text)
        words[name] = scope_words(vue, vue.registre.veille["V-2026-001"].portee)
    assert words == {
        "a": "toutes les certifications",
        "b": "RNCP, Numérique, enregistrées sur demande, certifications d’accompagnement",
        "c": "",
    }


def test_the_page_of_a_certification_leaves_old_news_aside(tmp_path: Path) -> None:
    """What is treated and older than its registration is one link away; what waits, or came since, is shown, pressing first."""
    done = READ.replace("a_suivre", "aucun")
    vue = vue_on(
        tmp_path,
        V_2019_001=ENTRY.replace("date: 2026-06-01", "date: 2019-01-01") + done,
        V_2020_001=ENTRY.replace("date: 2026-06-01", "date: 2020-01-01"),
        V_2025_001=ENTRY.replace("date: 2026-06-01", "date: 2025-01-01") + done + effects("2025-03-01"),
        V_2026_001=ENTRY + done + effects("2026-12-01"),
    )
    table = build_veille(vue, vue.registre.certifications["RNCP1"])
    assert [row.fiche.texte for row in table.lignes] == ["V-2020-001", "V-2026-001", "V-2025-001"]
    assert table.legende == "3 des 4 entrées de veille qui la concernent, les plus pressantes d’abord."
    assert table.autres is not None
    assert table.autres.adresse == "veille/?certification=RNCP1"
    assert [row.fiche.texte for row in build_veille(vue, vue.registre.certifications["RS1"]).lignes] == ["V-2020-001", "V-2026-001"]


def test_what_waits_is_listed_most_pressing_first(tmp_path: Path) -> None:
    """In force without answer, analysis late, about to apply, to analyse, to read again; what is settled is not there."""
    new = ENTRY.replace("date: 2026-06-01", "date: 2026-11-10")
    settled = READ.replace("a_suivre", "aucun")
    vue = vue_on(
        tmp_path,
        V_2026_001=ENTRY.replace("verifiee_le: 2026-11-01", "verifiee_le: 2024-11-01") + settled,
        V_2026_002=new.replace("2026-11-10", "2026-11-19"),
        V_2026_003=new.replace("2026-11-10", "2026-11-18") + "force: loi\n",
        V_2026_004=new,
        V_2026_005=ENTRY + settled + effects("2026-12-10"),
        V_2026_006=ENTRY + settled + effects("2026-12-01"),
        V_2026_007=ENTRY,
        V_2026_008=ENTRY.replace("date: 2026-06-01", "date: 2026-10-11"),
        V_2026_009=ENTRY + READ + effects("2026-01-01"),
        V_2026_010=ENTRY + READ + "force: reglement\n" + effects("2026-01-01"),
        V_2026_011=ENTRY + READ,
        V_2026_012=ENTRY + settled + effects("2027-12-01"),
    )
    table = build_veille_a_traiter(vue)
    assert [int(row.fiche.texte[-2:]) for row in table.lignes] == [10, 9, 7, 8, 6, 5, 3, 4, 2, 1]
    assert table.legende.startswith("10\u00a0entrées")
    words = {row.fiche.texte: [pill.texte for pill in row.pastilles] for row in table.lignes}
    assert words["V-2026-008"] == ["analyse en retard de 10\u00a0jours"]
    assert words["V-2026-002"] == ["à analyser"]


def test_a_table_answers_its_conditions(tmp_path: Path) -> None:
    """Certification, state and type each keep what they name."""
    vue = vue_on(tmp_path, V_2026_001=ENTRY, V_2026_002=ENTRY.replace("reglementaire", "metier") + READ + "portee: {repertoires: [RS]}\n")

    def names(**asked: str) -> list[str]:
        return [row.fiche.texte for row in build_tableau_veille(vue, **asked).lignes]

    assert names() == ["V-2026-002", "V-2026-001"]
    assert names(certification="RNCP1") == ["V-2026-001"]
    assert names(etat="a_analyser") == ["V-2026-001"]
    assert names(kind="metier") == ["V-2026-002"]
    assert names(certification="RNCP1", kind="metier") == []


@pytest.mark.parametrize("audience", [PUBLIC, AUDITEUR])
@pytest.mark.parametrize("etat", ["a_analyser", "sans_suite", "verification_ancienne"])
def test_a_judgement_is_not_denied_to_those_who_do_not_see_it(audience: Visibilite, etat: str, tmp_path: Path) -> None:
    """On a page for others, a table of what waits shows nothing at all: saying “none” would be false."""
    macros = macros_of(vue_on(tmp_path, audience, V_2026_001=ENTRY))
    assert macros["tableau_veille"](etat=etat) == ""
    assert macros["veille_a_traiter"]() == ""
    assert "Un texte" in macros["tableau_veille"]()


def test_the_timeline_gathers_days(tmp_path: Path) -> None:
    """To come, soonest first; reached within two years, latest first; older, folded; what is over is not there."""
    vue = vue_on(
        tmp_path,
        V_2026_001=ENTRY + effects("2027-03-01", "2026-12-01", "2026-11-20"),
        V_2026_002=ENTRY.replace("Un texte", "Un autre") + effects("2026-12-01", "2024-11-21", "2024-11-20"),
        V_2014_001=ENTRY + effects("2014-07-16") + "fin: 2019-12-31\n",
    )
    frise = build_frise_veille(vue)
    assert [(step.date.isoformat(), [reference.texte for _, reference in step.effets]) for step in frise.a_venir] == [
        ("2026-12-01", ["Un texte", "Un autre"]),
        ("2027-03-01", ["Un texte"]),
    ]
    assert [step.date.isoformat() for step in frise.recentes] == ["2026-11-20", "2024-11-21"]
    assert [step.date.isoformat() for step in frise.anciennes] == ["2024-11-20"]


def test_what_is_new_since_a_session(tmp_path: Path) -> None:
    """An entry is new when noticed since the session, its very day included, on the certifications asked."""
    vue = vue_on(
        tmp_path,
        V_2025_001=ENTRY.replace("date: 2026-06-01", "date: 2026-06-10"),
        V_2025_002=ENTRY.replace("date: 2026-06-01", "date: 2025-06-08") + "relevee_le: 2026-06-11\n",
        V_2026_003=ENTRY.replace("date: 2026-06-01", "date: 2026-07-01") + "portee: {repertoires: [RS]}\n",
        V_2026_004=ENTRY.replace("date: 2026-06-01", "date: 2026-08-01") + "fin: 2026-08-02\n",
        V_2026_005=ENTRY.replace("date: 2026-06-01", "date: 2026-11-21"),
        V_2026_006=ENTRY.replace("date: 2026-06-01", "date: 2026-06-11") + "conseils: [CP-2026-06-NUM]\nportee: {repertoires: [RNCP]}\n",
        V_2026_007=ENTRY.replace("date: 2026-06-01", "date: 2026-06-09") + "portee: {repertoires: [RNCP]}\n",
    )
    assert [veille.id for veille in new_watch(vue, ("RNCP1",), date(2026, 6, 10))] == ["V-2025-002", "V-2025-001"]
    assert [veille.id for veille in new_watch(vue, ("RNCP1", "RS1"), date(2026, 6, 10))] == ["V-2026-003", "V-2025-002", "V-2025-001"]
    assert [veille.id for veille in new_watch(vue, ("RS1",), None)] == ["V-2026-003", "V-2025-002", "V-2025-001"]
    assert "2\u00a0nouvelles entrées de veille" in changes_since(vue.registre.conseils["CP-2026-06-NUM"], ("RNCP1",), vue)


def test_what_has_no_answer_comes_back_to_the_session(tmp_path: Path) -> None:
    """What applies after the last session and was neither discussed, decided, answered nor found harmless is told again."""
    old = ENTRY.replace("date: 2026-06-01", "date: 2026-03-01")
    vue = vue_on(
        tmp_path,
        V_2026_001=old + effects("2027-01-11"),
        V_2026_002=old + READ + effects("2026-10-01"),
        V_2026_003=old + READ.replace("a_suivre", "aucun") + effects("2027-01-11"),
        V_2026_004=old + READ + "decision: {date: 2026-06-11, texte: Ne rien faire.}\n" + effects("2027-01-11"),
        V_2026_005=old + effects("2027-01-11") + "conseils: [CP-2026-06-NUM]\n",
        V_2026_006=old + effects("2026-06-10"),
        V_2026_007=old,
    )
    assert [veille.id for veille in watch_to_discuss(vue, ("RNCP1",), date(2026, 6, 10))] == ["V-2026-002", "V-2026-001"]
    assert new_watch(vue, ("RNCP1",), date(2026, 6, 10)) == ()


def test_a_new_session_sends_the_occupation_to_the_point_on_the_market(tmp_path: Path) -> None:
    """Rules and the sector are one point, the occupation and techniques another (article on the CP: five points)."""
    kinds = ("reglementaire", "metier", "technique", "sectorielle")
    entries: dict[str, Any] = {
        f"V_2026_00{rank}": ENTRY.replace("date: 2026-06-01", "date: 2026-07-01").replace("reglementaire", kind)
        for rank, kind in enumerate(kinds, 1)
    }
    ready = prepare(Session(date(2026, 12, 11), ("RNCP1",)), vue_on(tmp_path, **entries))
    points = {point["theme"]: point.get("veille") for point in ready.draft.data["ordre_du_jour"]["points"]}
    assert points["reglementation"] == ["V-2026-004", "V-2026-001"]
    assert points["marche"] == ["V-2026-003", "V-2026-002"]


def test_the_session_of_a_cfa_is_not_the_last_council(tmp_path: Path) -> None:
    """Its annexes count from the last session under our rules, as the new session does."""
    files = {f"data/conseils/{identifier}.yml": text for identifier, text in (
        ("CP-2026-06-NUM", "intitule: Conseil\ndate: 2026-06-10\nstatut: tenu\ncertifications: [RNCP1]\n"),
        ("CP-2026-09-CFA", "intitule: CFA\ndate: 2026-09-10\nregime: cfa\nstatut: tenu\ncertifications: [RNCP1]\n"),
        ("CP-2026-12-NUM", CALLED),
    )}  # fmt: skip
    entries = {f"data/veille/V-2026-00{rank}.yml": ENTRY.replace("date: 2026-06-01", "date: 2026-07-01") for rank in (1, 2, 3)}
    registre = registre_of(
        tmp_path / "cfa", {"data/organisme.yml": ORGANISME, "data/certifications/RNCP1.yml": fiche("RNCP1"), **files, **entries}
    )
    vue = vue_for(registre, INTERNE, TODAY)
    conseil = vue.registre.conseils["CP-2026-12-NUM"]
    (document,) = [document for document in documents_of(conseil) if document.genre is Genre.CONVOCATION]
    told = repr(build_feuille(vue, conseil, document))
    assert "séance du 10\\xa0juin\\xa02026" in told
    assert "10\\xa0septembre" not in told


def test_a_new_session_names_what_is_new(tmp_path: Path) -> None:
    """The point on rules points at the entries noticed since the last session of each certification; their text is not copied."""
    vue = vue_on(
        tmp_path,
        V_2026_001=ENTRY,
        V_2026_002=ENTRY.replace("date: 2026-06-01", "date: 2026-07-01"),
        V_2026_003=ENTRY.replace("date: 2026-06-01", "date: 2026-08-01") + "portee: {repertoires: [RNCP]}\n",
    )
    ready = prepare(Session(date(2026, 12, 11), ("RNCP1",)), vue)
    points = {point["theme"]: point for point in ready.draft.data["ordre_du_jour"]["points"]}
    assert points["reglementation"]["veille"] == ["V-2026-003", "V-2026-002"]
    assert [theme for theme, point in points.items() if "veille" in point] == ["reglementation"]
    assert "Un texte" not in ready.draft.text
    both = prepare(Session(date(2026, 12, 11), ("RNCP1", "RS1")), vue)
    assert [veille.id for veille in both.watch] == ["V-2026-003", "V-2026-002", "V-2026-001"]


CALLED = "intitule: Conseil de décembre\ndate: 2026-12-11\nstatut: planifie\ncertifications: [RNCP1]\nordre_du_jour:\n  points:\n    - {theme: reglementation, titre: Règles, veille: [V-2026-002, V-2026-003]}\n"


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_convocation_brings_what_is_new(audience: Visibilite, tmp_path: Path) -> None:
    """Its annex tells each entry: title, dates of effect, certainty, analysis where the audience has it; the agenda names it."""
    entry = ENTRY.replace("date: 2026-06-01", "date: 2026-07-01").replace("deux_sources", "a_confirmer") + READ + effects("2027-01-01")
    files = {
        "data/organisme.yml": ORGANISME,
        "data/certifications/RNCP1.yml": fiche("RNCP1"),
        "data/conseils/CP-2026-06-NUM.yml": "intitule: Conseil\ndate: 2026-06-10\nstatut: tenu\ncertifications: [RNCP1]\nvisibilite: public\n",
        "data/conseils/CP-2026-12-NUM.yml": CALLED + "visibilite: public\n",
        "data/veille/V-2026-001.yml": ENTRY,
        "data/veille/V-2026-002.yml": entry,
        "data/veille/V-2026-003.yml": ENTRY.replace("Un texte", "Réservé") + "visibilite: interne\nrelevee_le: 2026-08-01\n",
    }
    vue = vue_for(registre_of(tmp_path, files), audience, TODAY)
    conseil = vue.registre.conseils["CP-2026-12-NUM"]
    (document,) = [document for document in documents_of(conseil) if document.genre is Genre.CONVOCATION]
    sheet = build_feuille(vue, conseil, document)
    parts = {section.titre.split(" : ")[-1]: repr(section.blocs) for section in sheet.sections}
    told = parts["veille nouvelle"]
    assert "Un texte (V-2026-002)" in told
    assert "1er\\xa0janvier\\xa02027 : règle du 01" in told
    assert "Réglementaire, 1er\\xa0juillet\\xa02026" in told
    assert "à confirmer sur Légifrance" in told
    assert "Source : Source" in told
    assert "Ce qui change." in told
    assert "V-2026-001" not in told
    assert ("Réservé" in told) is (audience is INTERNE)
    assert ("Analyse : À suivre." in told) is (audience is not PUBLIC)
    assert "V-2026-002, Un texte" in parts["Ordre du jour"]
    assert ("une entrée de veille non diffusée" in parts["Ordre du jour"]) is (audience is not INTERNE)


def test_the_home_page_counts_the_watch(tmp_path: Path) -> None:
    """The figure opens the list it counts; a date of effect within the month is among what is dated."""
    vue = vue_on(tmp_path, V_2026_001=ENTRY, V_2026_002=ENTRY + READ + effects("2026-12-21", "2026-12-22"))
    (card,) = [card for card in build_resume(vue).cartes if card.adresse.startswith("veille/")]
    assert (card.nombre, card.adresse) == (1, "veille/?etat=a_analyser")
    assert len(build_tableau_veille(vue, etat="a_analyser").lignes) == 1
    dated = [(event.date.isoformat(), event.texte) for event in build_ce_mois_ci(vue) if event.fiche.texte == "V-2026-002"]
    assert dated == [("2026-12-21", "entrée en vigueur\u00a0: règle du 21")]
    assert not [card for card in build_resume(vue_on(tmp_path / "p", PUBLIC, V_2026_001=ENTRY)).cartes if card.adresse.startswith("veille")]
