"""What the pages of conseils, actions and evidence say, and to whom."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from macros.checks import run_checks
from macros.models.base import Visibilite
from macros.models.seance import Theme
from macros.portal.catalogue import macros_of
from macros.portal.macro import MacroError
from macros.records.audience import filter_constats, filter_registre
from macros.views.calendrier import build_calendrier_conseils
from macros.views.conseil import build_identite, build_pieces, build_voisins
from macros.views.conseils import build_liste_conseils, covered
from macros.views.context import Vue
from macros.views.historique import build_historique
from macros.views.preparation import build_composition, build_points, build_preparation
from macros.views.preuves import build_registre_preuves, build_tableau_preuves
from macros.views.prochains import build_prochains_conseils
from macros.views.registre_actions import build_echeancier_actions, build_registre_actions, build_tableau_actions
from macros.views.seance import build_echanges, build_participants
from macros.views.suites import build_decisions, build_pv, build_suivi
from macros.views.tableau_de_bord import build_ce_mois_ci, build_resume
from tests.cases.runner import registre_of

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2026, 11, 20)
DOCUMENT = "une grille\n"
HASH = hashlib.sha256(DOCUMENT.encode()).hexdigest()
OTHER = "0" * 64


def certification(numero: str, more: str = "") -> str:
    """Return a certification registered in 2024 until 2027."""
    return (
        f"numero: {numero}\nintitule: Essai {numero}\nrepertoire: {numero.rstrip('0123456789')}\ntype_enregistrement: sur_demande\n"
        f"date_decision: 2024-06-30\nduree_enregistrement: 3\ndate_fin_enregistrement: 2027-06-30\n{more}"
    )


FILES: dict[str, Any] = {
    "data/certifications/RNCP2.yml": certification("RNCP2", "anciennes_fiches: [RNCP1]\n"),
    "data/certifications/RS1.yml": certification("RS1"),
    "data/conseils/CP-2023-12-NUM.yml": "intitule: Conseil 2023\ndate: 2023-12-08\ncertifications: [RNCP1]\nstatut: tenu\npv:\n  - certification: RNCP1\n    etat: signe\n",
    "data/conseils/CP-2025-12-NUM.yml": """intitule: Conseil 2025
date: 2025-12-12
debut: "14:00"
fin: "16:10"
modalite: visio
certifications: [RNCP2, RS1]
statut: tenu
pilote:
  fonction: direction
  personne: P-01
consultant:
  fonction: consultant
participants:
  - {fonction: direction, college: certificateur, presence: present, personne: P-01}
  - {fonction: juré, college: jury, presence: excuse}
  - {fonction: consultant, college: consultant, presence: invite}
emargement:
  mode: connexion
  signatures: 9
  preuve: PR-2025-001
suivi:
  - {action: A-2025-002, avis: close, observation: Fait.}
echanges:
  - theme: marche
    texte: Pour tous.
  - theme: bilan
    certifications: [RS1]
    texte: Pour RS1 seule.
decisions:
  - {id: D1, theme: coherence, nature: evaluation, texte: Réviser la grille., certifications: [RNCP2]}
  - {id: D2, theme: bilan, nature: formation, texte: Enquêter.}
pv:
  - certification: RNCP2
    etat: diffuse
    diffuse_le: 2026-01-09
""",
    "data/conseils/CP-2026-06-NUM.yml": "intitule: Conseil annulé\ndate: 2026-06-10\ncertifications: [RNCP2]\nstatut: annule\nmotif_annulation: Trop peu de membres.\n",
    "data/conseils/CP-2026-12-NUM.yml": "intitule: Conseil 2026\ndate: 2026-12-11\ncertifications: [RNCP2]\nstatut: planifie\napprobations:\n  - {conseil: CP-2025-12-NUM, avis: approuve}\n",
    "data/actions/A-2025-002.yml": "intitule: Ancienne\nnature: formation\ndate: 2025-01-10\ncertifications: [RNCP1]\nresponsable: direction\necheance: 2025-06-30\nstatut: close\ncloture:\n  date: 2025-06-01\n",
    "data/actions/A-2026-001.yml": "intitule: Réviser\nnature: evaluation\ndate: 2026-01-10\norigine:\n  decision: CP-2025-12-NUM.D1\ncertifications: [RNCP2]\nresponsable: responsable des épreuves\necheance: 2026-09-30\nreports:\n  - {ancienne: 2026-06-30, nouvelle: 2026-09-30, motif: Attente.}\nstatut: en_cours\navancement:\n  - {date: 2026-05-01, texte: Commencé., pourcentage: 40}\n",
    "data/actions/A-2026-002.yml": "intitule: Enquêter\nnature: formation\ndate: 2026-01-10\norigine:\n  decision: CP-2025-12-NUM.D2\ncertifications: [RS1]\nresponsable: direction\necheance: 2026-12-01\n",
    "data/actions/A-2026-003.yml": "intitule: Sans date\nnature: organisation\ndate: 2026-02-01\nnotes: À garder entre nous.\n",
    "data/preuves/PR-2025-001.yml": f"type: emargement\ntitre: Relevé de connexion\ndate: 2025-12-12\ncertifications: [RNCP2]\nrevisions:\n  - numero: 1\n    date: 2025-12-12\n    emplacement: Coffre\n    sha256: {OTHER}\n",
    "data/preuves/PR-2026-001.yml": f"type: grille_evaluation\ntitre: Grille\ndate: 2026-02-01\ncertifications: [RNCP2]\nrevisions:\n  - numero: 1\n    date: 2026-02-01\n    fichier: 2026/grille.txt\n    sha256: {HASH}\n",
    "data/preuves/2026/grille.txt": DOCUMENT,
    "data/preuves/PR-2026-002.yml": f"type: convention\ntitre: Changée\ndate: 2026-03-01\nrevisions:\n  - numero: 1\n    date: 2026-03-01\n    fichier: 2026/grille.txt\n    sha256: {OTHER}\n",
    "data/preuves/PR-2026-003.yml": "type: autre\ntitre: Perdue\ndate: 2026-04-01\nrevisions:\n  - numero: 1\n    date: 2026-04-01\n    fichier: 2026/absent.txt\n",
    "data/personnes.local.yml": "personnes:\n  - id: P-01\n    nom: Camille Exemple\n",
}


def vue_on(root: Path, audience: Visibilite = Visibilite.INTERNE, **changed: str) -> Vue:
    """Return what `audience` sees of the project; `changed` adds records by collection and id (`conseils__CP_…`)."""
    extra = {f"data/{name.replace('__', '/').replace('_', '-')}.yml": text for name, text in changed.items()}
    registre = registre_of(root, FILES | extra)
    visible = filter_registre(registre, audience)
    return Vue(visible, filter_constats(run_checks(registre, TODAY), visible, audience), TODAY, audience)


def texts(pills: Any) -> list[str]:
    """Return the words of pills, ordinary spaces instead of no-break ones."""
    return [pill.texte.replace("\u00a0", " ") for pill in pills if pill]


def test_a_history_goes_through_former_fiches(tmp_path: Path) -> None:
    """The page of a renewed certification shows the sessions of its former fiche, and says under which number."""
    vue = vue_on(tmp_path)
    events = build_historique(vue, vue.registre.certifications["RNCP2"])
    assert [(e.genre, e.titre.texte) for e in events] == [
        ("a_venir", "Conseil 2026"),
        ("annule", "Conseil annulé"),
        ("tenu", "Conseil 2025"),
        ("jalon", "Enregistrement de RNCP2"),
        ("tenu", "Conseil 2023"),
    ]
    assert events[-1].contexte == "fiche RNCP1"
    assert [reference.texte for reference in events[2].avec] == ["RS1"]
    assert events[2].contexte.replace("\u00a0", " ") == "2 h 10"
    assert [e.titre.texte for e in build_historique(vue, vue.registre.certifications["RS1"])] == ["Conseil 2025", "Enregistrement de RS1"]


def test_the_grid_says_who_met_and_who_did_not(tmp_path: Path) -> None:
    """Each cell holds its sessions with their minutes, or the reason why there is none; a gap after a first session is drawn."""
    calendar = build_calendrier_conseils(vue_on(tmp_path))
    assert calendar.periodes == ("2023", "2024", "2025", "2026")
    rncp, rs = calendar.lignes
    assert [texts(r.pastille for r in case.rencontres) or case.mention for case in rncp.cases] == [
        ["PV"],
        "aucun",
        ["PV"],
        ["annulé", "planifié"],
    ]
    assert [case.manque for case in rncp.cases] == [False, True, False, False]
    assert [texts(r.pastille for r in case.rencontres) or case.mention for case in rs.cases] == [
        "pas encore enregistrée",
        "pas encore attendu",
        ["PV manquant"],
        "pas encore",
    ]


def test_the_grid_of_one_year_is_by_month(tmp_path: Path) -> None:
    """`calendrier_conseils(annee=2026)` has twelve columns, and only the certifications that met or will."""
    calendar = build_calendrier_conseils(vue_on(tmp_path), 2026)
    assert len(calendar.periodes) == 12
    assert [row.certification.texte for row in calendar.lignes] == ["RNCP2"]
    assert [index for index, case in enumerate(calendar.lignes[0].cases, 1) if case.rencontres] == [6, 12]
    assert build_calendrier_conseils(vue_on(tmp_path), 2019).lignes == ()


def test_each_certification_has_its_own_minutes(tmp_path: Path) -> None:
    """A pooled session has one row of minutes a certification, made of the parts that concern it; the missing one is drawn."""
    vue = vue_on(tmp_path)
    rncp, rs = build_pv(vue, vue.registre.conseils["CP-2025-12-NUM"])
    assert (rncp.pastille.texte, rs.pastille.texte) == ("diffusé", "procès-verbal manquant")
    assert (rncp.contenu, rs.contenu) == ("1\u00a0échange et 2\u00a0décisions", "2\u00a0échanges et 1\u00a0décision")
    assert [d.texte for d in rncp.decisions] == ["D1", "D2"]
    assert [d.texte for d in rs.decisions] == ["D2"]
    assert rs.source is None
    assert rncp.approbation.replace("\u00a0", " ") == "approuvé le 11 décembre 2026"


def test_minutes_are_missing_only_once_their_delay_is_over(tmp_path: Path) -> None:
    """Up to its last day, minutes that do not exist yet are to be written; the day after, they are missing."""
    for day, said in (("2026-10-21", "PV à rédiger"), ("2026-10-20", "PV manquant")):
        text = f"intitule: Essai\ndate: {day}\ncertifications: [RS1]\nstatut: tenu\n"
        vue = vue_on(tmp_path / day, conseils__CP_2026_10_RS=text)
        row = next(row for row in build_liste_conseils(vue).lignes if row.id == "CP-2026-10-RS")
        assert row.pv is not None
        assert row.pv.texte == said


def test_the_documents_of_a_session_are_drawn_even_when_missing(tmp_path: Path) -> None:
    """Convocation and agenda that nothing tells of are empty places, like the minutes of a certification; the attendance is there."""
    vue = vue_on(tmp_path)
    pieces = {p.pastille.texte: p for p in build_pieces(vue, vue.registre.conseils["CP-2025-12-NUM"])}
    assert [name for name, piece in pieces.items() if piece.manque] == ["convocation", "ordre du jour", "PV RS1"]
    assert pieces["émargement"].texte == "relevé de connexion, 9\u00a0présences"
    assert pieces["émargement"].empreinte == "0000…0000"
    assert pieces["PV RS1"].pastille.ton == "ecart"
    auditeur = vue_on(tmp_path, Visibilite.AUDITEUR)
    there = {p.pastille.texte: p.pastille.ton for p in build_pieces(auditeur, auditeur.registre.conseils["CP-2025-12-NUM"])}
    assert there["PV RS1"] == "sans_objet", "to others the absence is a fact, not a judgement"


def test_a_session_tells_who_sat_by_function(tmp_path: Path) -> None:
    """Presences are counted without guests; every expected college without anyone is drawn; the name shows in the internal edition only."""
    vue = vue_on(tmp_path)
    conseil = vue.registre.conseils["CP-2025-12-NUM"]
    seats = build_participants(vue, conseil)
    assert seats.resume == "1\u00a0présent ou représenté sur 2\u00a0membres convoqués, 1\u00a0invité."
    assert [p.texte for p in seats.colleges] == [
        "certificateur",
        "jury, absent",
        "référent handicap, absent",
        "équipe pédagogique, absent",
        "candidats, absent",
        "partenaires, absent",
    ]
    assert seats.lignes[0].fonction == "direction (Camille Exemple)"
    auditeur = vue_on(tmp_path, Visibilite.AUDITEUR)
    assert build_participants(auditeur, auditeur.registre.conseils["CP-2025-12-NUM"]).lignes[0].fonction == "direction"


def test_exchanges_and_decisions_say_whom_they_concern(tmp_path: Path) -> None:
    """A part about all certifications names none; another names them; a decision shows what came of it."""
    vue = vue_on(tmp_path)
    conseil = vue.registre.conseils["CP-2025-12-NUM"]
    said = {e.titre: [[r.texte for r in t.certifications] for t in e.textes] for e in build_echanges(vue, conseil)}
    assert said == {"Marché, techniques et besoins en compétences": [[]], "Bilan qualitatif et quantitatif": [["RS1"]]}
    first, second = build_decisions(vue, conseil)
    assert [r.texte for r in first.certifications] == ["RNCP2"]
    assert second.certifications == ()
    assert [(s.action.texte, s.pastille.texte.replace("\u00a0", " ")) for s in first.suites] == [("A-2026-001", "en retard de 51 jours")]
    assert [(s.action.texte, s.avis, s.pastille.texte) for s in build_suivi(vue, conseil) if s.pastille] == [
        ("A-2025-002", "close", "close")
    ]
    assert covered(vue, conseil) == {Theme.MARCHE, Theme.BILAN, Theme.PLAN_ACTIONS}, (
        "what concerns one certification only covers no theme for both"
    )


def test_neighbours_share_a_certification_and_were_not_cancelled(tmp_path: Path) -> None:
    """Previous and next skip cancelled sessions and follow the lineage in both directions."""
    vue = vue_on(tmp_path)
    around = {}
    for name, conseil in vue.registre.conseils.items():
        sides = build_voisins(vue, conseil)
        around[name] = [reference and reference.texte for reference in (sides.precedent, sides.suivant)]
    assert around["CP-2025-12-NUM"] == ["Conseil 2023", "Conseil 2026"]
    assert around["CP-2023-12-NUM"] == [None, "Conseil 2025"]
    assert around["CP-2026-06-NUM"] == ["Conseil 2025", "Conseil 2026"]


def test_identity_says_how_a_session_stands(tmp_path: Path) -> None:
    """The first card: day in full, hours, place; status, themes and minutes as pills."""
    vue = vue_on(tmp_path)
    card = build_identite(vue, vue.registre.conseils["CP-2025-12-NUM"])
    assert card.surtitre.replace("\u00a0", " ") == "CP-2025-12-NUM · vendredi 12 décembre 2025 · 14 h 00 – 16 h 10 · visioconférence"
    assert texts(card.pastilles) == ["tenu", "3 thèmes sur 6", "1 PV manquant sur 2"]
    assert build_identite(vue, vue.registre.conseils["CP-2026-06-NUM"]).mention == "Annulé\u00a0: Trop peu de membres."


def test_another_regime_is_said_and_not_judged(tmp_path: Path) -> None:
    """The conseil of a CFA has no theme nor minutes pill, no row of minutes, and says that other rules apply."""
    text = "intitule: CFA\ndate: 2026-03-01\nregime: cfa\ncertifications: [RNCP2]\nstatut: tenu\n"
    vue = vue_on(tmp_path, conseils__CP_2026_03_CFA=text)
    card = build_identite(vue, vue.registre.conseils["CP-2026-03-CFA"])
    assert texts(card.pastilles) == ["tenu"]
    assert card.mention.startswith("Conseil d’un CFA\u00a0:")
    assert build_pv(vue, vue.registre.conseils["CP-2026-03-CFA"]) == ()


def test_coming_sessions_say_what_they_ask(tmp_path: Path) -> None:
    """The next session: when, last day to call its members, actions to follow up through the lineage."""
    (coming,) = build_prochains_conseils(vue_on(tmp_path))
    assert coming.ligne.fiche.texte == "Conseil 2026"
    assert coming.convocation.texte.replace("\u00a0", " ") == "convocation à envoyer au plus tard le 26 novembre 2026"
    assert coming.a_suivre == "1\u00a0action ouverte à suivre"
    assert build_prochains_conseils(vue_on(tmp_path), "RS1") == ()


def test_the_list_filters_on_what_it_holds(tmp_path: Path) -> None:
    """Latest first; a filter offers the values met, and none of less than two options."""
    listed = build_liste_conseils(vue_on(tmp_path))
    assert [row.id for row in listed.lignes] == ["CP-2026-12-NUM", "CP-2026-06-NUM", "CP-2025-12-NUM", "CP-2023-12-NUM"]
    assert {f.cle: [c.valeur for c in f.choix] for f in listed.filtres} == {
        "annee": ["2023", "2025", "2026"],
        "certification": ["RNCP2", "RS1"],
        "statut": ["planifie", "tenu", "annule"],
        "pv": ["complets", "manquants", "attendus"],
    }


def test_late_actions_come_first(tmp_path: Path) -> None:
    """Late, then by due date, then without date, then what is over; the keys filters read follow."""
    rows = build_registre_actions(vue_on(tmp_path)).lignes
    assert [row.id for row in rows] == ["A-2026-001", "A-2026-002", "A-2026-003", "A-2025-002"]
    assert [row.cles_statut for row in rows] == [
        ("en_cours", "ouverte", "en_retard"),
        ("planifiee", "ouverte"),
        ("planifiee", "ouverte"),
        ("close",),
    ]
    assert [row.cles_echeance for row in rows] == [("en_retard",), ("30_jours", "90_jours"), ("sans",), ()]
    assert rows[0].origine.texte.replace("\u00a0", " ") == "CP du 12 déc. 2025, D1"
    assert rows[0].origine.adresse == "conseils/CP-2025-12-NUM/#d1"
    assert rows[0].reports == "reportée une fois"
    assert (rows[0].part, rows[3].part) == (40, 100)
    assert [row.origine.texte for row in rows[2:]] == ["", ""]


def test_a_table_of_actions_keeps_to_its_conditions(tmp_path: Path) -> None:
    """By certification (former fiches included), by status, by responsible function, together."""
    vue = vue_on(tmp_path)

    def ids(**conditions: str) -> list[str]:
        return [row.id for row in build_tableau_actions(vue, **conditions).lignes]

    assert ids(certification="RNCP2") == ["A-2026-001", "A-2025-002"]
    assert ids(statut="en_retard") == ["A-2026-001"]
    assert ids(statut="ouverte", responsable="Direction") == ["A-2026-002"]
    assert ids(certification="RS1", statut="close") == []


def test_due_dates_stand_month_by_month(tmp_path: Path) -> None:
    """What is late together, then each month; nothing without a due date, nothing closed."""
    months = build_echeancier_actions(vue_on(tmp_path))
    assert [(m.titre.replace("\u00a0", " "), [e.action.texte for e in m.echeances]) for m in months] == [
        ("En retard", ["A-2026-001"]),
        ("Décembre 2026", ["A-2026-002"]),
    ]


def test_evidence_says_where_it_stands(tmp_path: Path) -> None:
    """A filed document is compared with its fingerprint; elsewhere the fingerprint is only noted; twins are named; users are listed."""
    vue = vue_on(tmp_path)
    rows = {row.id: row for row in build_registre_preuves(vue).lignes}
    assert {name: row.cles_etat[0] for name, row in rows.items()} == {
        "PR-2025-001": "exterieure",
        "PR-2026-001": "verifiee",
        "PR-2026-002": "differente",
        "PR-2026-003": "manquante",
    }
    assert [r.texte for r in rows["PR-2025-001"].usages] == ["CP-2025-12-NUM"]
    assert [r.texte for r in rows["PR-2025-001"].doublons] == ["PR-2026-002"]
    assert rows["PR-2025-001"].conservation == date(2030, 12, 12)
    assert rows["PR-2026-001"].empreinte == f"{HASH[:4]}…{HASH[-4:]}"
    assert [row.id for row in build_tableau_preuves(vue, etat="manquante").lignes] == ["PR-2026-003"]
    assert [row.id for row in build_tableau_preuves(vue, "RNCP2").lignes] == ["PR-2026-001", "PR-2025-001"]


def test_every_figure_of_the_home_page_is_the_length_of_its_list(tmp_path: Path) -> None:
    """Coming sessions, missing minutes, late actions, sound evidence: each figure is what its list shows."""
    vue = vue_on(tmp_path)
    cards = {card.adresse: (card.nombre, card.total) for card in build_resume(vue).cartes}
    actions = build_registre_actions(vue).lignes
    assert cards["conseils/#a-venir"] == (len(build_prochains_conseils(vue)), None)
    assert cards["conseils/?pv=manquants"] == (1, None)
    assert cards["actions/?statut=en_retard"] == (
        sum("en_retard" in row.cles_statut for row in actions),
        sum("ouverte" in row.cles_statut for row in actions),
    )
    assert cards["preuves/?etat=integre"] == (2, 4)
    assert cards["constats/?niveau=a_traiter"] == (len(vue.a_traiter), None)
    assert {card.adresse for card in build_resume(vue_on(tmp_path, Visibilite.PUBLIC)).cartes} == {
        "certifications/?etat=active",
        "certifications/?echeance=12_mois",
        "certifications/",
    }


def test_this_month_holds_what_is_dated_within_it(tmp_path: Path) -> None:
    """Convocation to send, action due, session: nearest first; a late action belongs to what is to be done, not here."""
    events = build_ce_mois_ci(vue_on(tmp_path))
    assert [(e.date.isoformat(), e.fiche.texte) for e in events] == [
        ("2026-11-26", "Conseil 2026"),
        ("2026-12-01", "A-2026-002"),
        ("2026-12-11", "Conseil 2026"),
    ]


def test_the_handbook_shows_the_organisation_s_own_dates(tmp_path: Path) -> None:
    """The checklist of the next session is dated from it, with the organisation's delays."""
    vue = vue_on(tmp_path)
    checklist = build_preparation(vue, None)
    assert checklist.conseil is not None
    assert {
        e.titre: (e.repere, e.date and e.date.isoformat(), e.etat)
        for e in checklist.etapes
        if e.titre in ("Fixer la date", "Convoquer", "Tenir la séance")
    } == {
        "Fixer la date": ("J−60", "2026-10-12", "fait"),
        "Convoquer": ("J−15", "2026-11-26", "a_venir"),
        "Tenir la séance": ("Jour J", "2026-12-11", "a_venir"),
    }
    composition = build_composition(vue)
    assert [c.texte for c in composition.conseils] == ["CP-2025-12-NUM"]
    assert [(row.college, texts(row.presences)) for row in composition.lignes][:2] == [
        ("certificateur", ["1 présent"]),
        ("référent handicap", ["aucun"]),
    ]
    assert texts(build_points(vue).lignes[0].themes) == ["non abordé"] * 3 + ["abordé"] * 3


@pytest.mark.parametrize(
    ("macro", "arguments", "said"),
    [
        ("tableau_actions", {"statut": "retard"}, "en_retard"),
        ("tableau_actions", {"certification": "RNCP9"}, "RNCP2"),
        ("tableau_preuves", {"etat": "verifie"}, "verifiee"),
        ("constats", {"niveau": "ecarts"}, "ecart"),
        ("constats", {"controle": "cadence"}, "cadence_cp"),
        ("calendrier_conseils", {"annee": "l’an dernier"}, "nombre entier"),
        ("preparation_conseil", {"conseil": "CP-2026-12"}, "CP-2026-12-NUM"),
        ("prochains_conseils", {"domaine": "numerique"}, "prochains_conseils"),
    ],
)
def test_a_macro_refuses_what_it_does_not_know(tmp_path: Path, macro: str, arguments: dict[str, str], said: str) -> None:
    """A mistyped argument is told in French, with the value that was probably meant."""
    with pytest.raises(MacroError, match=said):
        macros_of(vue_on(tmp_path))[macro](**arguments)


def test_an_edition_without_conseils_shows_nothing_of_them(tmp_path: Path) -> None:
    """To the public, macros about conseils, actions and evidence are empty: not even an invitation to add some."""
    macros = macros_of(vue_on(tmp_path, Visibilite.PUBLIC))
    for name in ("prochains_conseils", "calendrier_conseils", "liste_conseils", "registre_actions", "echeancier_actions", "tableau_preuves", "registre_preuves", "points_conseil", "composition_conseil", "preparation_conseil", "liste_constats", "constats", "ce_mois_ci"):  # fmt: skip
        assert macros[name]() == "", name


@pytest.mark.parametrize("audience", [Visibilite.AUDITEUR, Visibilite.INTERNE])
def test_nothing_is_counted_of_a_hidden_certification(tmp_path: Path, audience: Visibilite) -> None:
    """Where one certification of a pooled session is hidden, the figures are those of the visible part: no falsehood, no hint."""
    hidden = certification("RS1", "visibilite: interne\n")
    vue = vue_on(tmp_path, audience, certifications__RS1=hidden)
    conseil = vue.registre.conseils["CP-2025-12-NUM"]
    alone = audience is Visibilite.AUDITEUR
    assert texts(build_identite(vue, conseil).pastilles) == (
        ["tenu", "4 thèmes sur 6", "PV"] if alone else ["tenu", "3 thèmes sur 6", "1 PV manquant sur 2"]
    )
    assert [row.certification.texte for row in build_pv(vue, conseil)] == (["RNCP2"] if alone else ["RNCP2", "RS1"])
    assert [p.pastille.texte for p in build_pieces(vue, conseil)][3:] == (["PV RNCP2"] if alone else ["PV RNCP2", "PV RS1"])
    assert next(card.nombre for card in build_resume(vue).cartes if "procès" in card.libelle) == (0 if alone else 1)
    assert [row.certifications for row in build_points(vue).lignes] == (["RNCP2"] if alone else ["RNCP2 et RS1"])


def test_minutes_of_a_pooled_session_read_alone(tmp_path: Path) -> None:
    """Each certification has the text of its own minutes: the exchanges and decisions that concern it, and no other."""
    vue = vue_on(tmp_path)
    rncp, rs = build_pv(vue, vue.registre.conseils["CP-2025-12-NUM"])
    assert [[t.texte for t in e.textes] for e in rncp.lecture] == [["Pour tous."]]
    assert [[t.texte for t in e.textes] for e in rs.lecture] == [["Pour tous."], ["Pour RS1 seule."]]
    assert [d.id for d in rncp.releve] == ["D1", "D2"]
    assert [d.id for d in rs.releve] == ["D2"]
    (single,) = build_pv(vue, vue.registre.conseils["CP-2023-12-NUM"])
    assert (single.lecture, single.releve) == ((), ())
