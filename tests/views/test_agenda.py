"""What a calendar holds, for whom, under which identifier; what the e-mail of a convocation says."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from icalendar import Calendar

from macros.exchange.ics import calendar_bytes
from macros.french import add_months, format_date
from macros.models.action import Action, StatutAction
from macros.models.conseil import Conseil, StatutConseil
from macros.models.seance import Convocation
from macros.records.registre import Registre
from macros.views.agenda import SOURCES, Agenda, EtatEvenement, Evenement, build_agenda, build_invitation
from macros.views.courriel import Courriel, build_courriel
from tests.cases.runner import AUDIENCES, registre_of
from tests.cases.world import AUDITEUR, INTERNE, PUBLIC, World, make_world, vue_for
from tests.exchange.strict_ics import read_strictly

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from macros.models.base import Record, Visibilite
    from macros.views.context import Vue

TODAY = date(2026, 11, 20)
SIREN = "123456789"
ORGANISME = f'format: 1\ndenomination: Organisme d’essai\nsiret: "{SIREN}00012"\nparametres:\n  delai_convocation_jours: 21\n'


def fiche(numero: str, **keys: str) -> str:
    """Return a certification on request, registered until the end of June 2027; keys replace or add."""
    stated = {
        "numero": numero,
        "intitule": f"Essai {numero}",
        "repertoire": numero.rstrip("0123456789"),
        "type_enregistrement": "sur_demande",
        "date_decision": "2024-06-30",
        "duree_enregistrement": "3",
        "date_fin_enregistrement": "2027-06-30",
        **keys,
    }
    return "".join(f"{key}: {value}\n" for key, value in stated.items())


PLANNED = """intitule: Conseil 2026
numero: 2026-6
date: 2026-12-18
debut: "14:00"
fin: "16:30"
modalite: mixte
lieu: Lyon, salle du conseil
certifications: [RNCP2, RS1]
statut: planifie
revision: 0
pilote: {fonction: direction, personne: P-01}
ordre_du_jour:
  points:
    - {theme: bilan, titre: Bilan de l’année, rubriques: [Réclamations], documents: [PR-2026-001, PR-2026-002]}
    - {theme: plan_actions, titre: Plan d’actions, documents: [PR-2026-001]}
"""
FILES: dict[str, Any] = {
    "data/organisme.yml": ORGANISME,
    "data/certifications/RNCP1.yml": fiche("RNCP1", date_fin_enregistrement="2024-06-30", date_limite_delivrance="2027-01-31"),
    "data/certifications/RNCP2.yml": fiche("RNCP2", anciennes_fiches="[RNCP1]", date_limite_delivrance="2031-06-30"),
    "data/certifications/RS1.yml": fiche("RS1", renouvellement="{scenario: perimetre_constant, depose_le: 2026-11-01}"),
    "data/conseils/CP-2023-12-NUM.yml": "intitule: Conseil 2023\ndate: 2023-12-08\ncertifications: [RNCP1]\nstatut: tenu\npv:\n  - {certification: RNCP1, etat: signe}\n",
    "data/conseils/CP-2026-06-NUM.yml": 'intitule: Conseil de juin\ndate: 2026-06-10\nmodalite: visio\ndebut: "09:00"\ncertifications: [RNCP2]\nstatut: annule\nmotif_annulation: Trop peu de membres.\nrevision: 1\nprochaine_date: 2026-12-18\nordre_du_jour:\n  points:\n    - {theme: bilan, titre: Point annulé}\n',
    "data/conseils/CP-2026-10-NUM.yml": "intitule: Conseil d’automne\ndate: 2026-10-30\nmodalite: visio\ncertifications: [RNCP2, RS1]\nstatut: tenu\npv:\n  - {certification: RS1, etat: projet}\n",
    "data/conseils/CP-2026-11-NUM.yml": "intitule: Conseil oublié\ndate: 2026-11-06\nvisibilite: interne\ncertifications: [RS1]\nstatut: convoque\nconvocation: {date: 2026-10-01}\n",
    "data/conseils/CP-2026-12-NUM.yml": PLANNED,
    "data/actions/A-2026-001.yml": "intitule: Réviser\nnature: evaluation\ndate: 2026-01-10\ncertifications: [RNCP1]\nresponsable: responsable des épreuves\necheance: 2026-09-30\nreports:\n  - {ancienne: 2026-06-30, nouvelle: 2026-09-30, motif: Attente.}\nstatut: en_cours\npriorite: haute\ncritere: Grille en service.\n",
    "data/actions/A-2026-002.yml": "intitule: Enquêter\nnature: formation\ndate: 2026-01-10\ncertifications: [RS1]\necheance: 2026-12-01\n",
    "data/actions/A-2026-003.yml": "intitule: Pour tous\nnature: organisation\ndate: 2026-02-01\necheance: 2027-01-15\n",
    "data/actions/A-2026-004.yml": "intitule: Finie\nnature: organisation\ndate: 2026-02-01\necheance: 2027-01-15\nstatut: close\ncloture: {date: 2026-03-01}\n",
    "data/actions/A-2026-005.yml": "intitule: Sans date\nnature: organisation\ndate: 2026-02-01\n",
    "data/preuves/PR-2026-001.yml": "type: enquete\ntitre: Enquête à six mois\ndate: 2026-02-01\n",
    "data/preuves/PR-2026-002.yml": "type: autre\ntitre: Note de travail\ndate: 2026-02-01\nvisibilite: interne\n",
    "data/veille/V-2026-001.yml": "titre: Décret\ntype: reglementaire\ndate: 2026-06-01\nforce: reglement\ncertitude: a_confirmer\nresume: Deux dates.\nentrees_en_vigueur:\n  - {date: 2027-01-01, objet: nouveaux critères}\n  - {date: 2027-01-01, objet: contrôle}\nportee: {repertoires: [RNCP]}\n",
    "data/veille/V-2014-001.yml": "titre: Ancien\ntype: reglementaire\ndate: 2014-06-01\ncertitude: texte_vu\nresume: Fini.\nentrees_en_vigueur:\n  - {date: 2014-07-16, objet: trois niveaux}\nfin: 2019-12-31\n",
    "data/personnes.local.yml": "personnes:\n  - {id: P-01, nom: Camille Exemple, courriel: camille@essai.example}\n",
}  # fmt: skip


def vue_on(root: Path, audience: Visibilite = INTERNE, today: date = TODAY, **changed: str) -> Vue:
    """Return what `audience` sees of the project; `changed` replaces records (`conseils__CP_2026_12_NUM`)."""
    extra = {f"data/{name.replace('__', '/').replace('_', '-')}.yml": text for name, text in changed.items()}
    return vue_for(registre_of(root, FILES | extra), audience, today)


def by_uid(agenda: Agenda) -> dict[str, Evenement]:
    """Return the events by what stands before the organisation in their identifier: `CP-2026-12-NUM.seance`."""
    found = {event.uid.removesuffix(f".{SIREN}@portail-qualite"): event for event in agenda.evenements}
    assert len(found) == len(agenda.evenements)
    return found


def plain(text: str) -> str:
    """Return a text with ordinary spaces."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_everything_dated_is_there(tmp_path: Path) -> None:
    """Sessions of every status, what is to send, open actions with a day, registrations, steps of the renewal awaited, rules that begin; nothing else."""
    assert set(by_uid(build_agenda(vue_on(tmp_path)))) == {
        "CP-2023-12-NUM.seance", "CP-2026-06-NUM.seance", "CP-2026-10-NUM.seance", "CP-2026-11-NUM.seance", "CP-2026-12-NUM.seance",
        "CP-2026-12-NUM.convocation",
        "CP-2026-10-NUM.pv-RNCP2", "CP-2026-10-NUM.pv-RS1",
        "A-2026-001.echeance", "A-2026-002.echeance", "A-2026-003.echeance",
        "RNCP1.fin-enregistrement", "RNCP1.limite-delivrance", "RNCP2.fin-enregistrement", "RNCP2.limite-delivrance", "RS1.fin-enregistrement",
        "V-2026-001.vigueur-1", "V-2026-001.vigueur-2",
        "RNCP2.renouvellement-collecte", "RNCP2.renouvellement-dossier", "RNCP2.renouvellement-depot", "RNCP2.renouvellement-alerte",
    }  # fmt: skip


def test_each_source_gives_something(tmp_path: Path) -> None:
    """No line of the table of sources is there for nothing."""
    asked = "demandes: [{id: Q1, texte: Transmettre les actes, repondre_avant: 2026-12-04}]\n"
    vue = vue_on(tmp_path, audits__AUD_2026_01=f"titre: Audit\nnature: interne\ndate: 2026-11-02\n{asked}")
    assert [source.__name__ for source in SOURCES if not list(source(vue, ""))] == []


def test_a_certification_has_its_own_and_that_of_its_former_fiches(tmp_path: Path) -> None:
    """The calendar of a renewed certification holds the former fiche, not the other certification nor what is for the whole organisation."""
    vue = vue_on(tmp_path)
    agenda = build_agenda(vue, "RNCP2")
    everything = by_uid(build_agenda(vue))
    assert set(by_uid(agenda)) == {
        uid for uid in everything if not re.match(r"RS1|A-2026-00[23]|CP-2026-11-NUM|CP-2026-10-NUM.pv-RS1", uid)
    }
    assert all(everything[uid] == event for uid, event in by_uid(agenda).items())
    assert agenda.nom == "Calendrier qualité RNCP2, Organisme d’essai"
    assert "A-2026-001.echeance" not in by_uid(build_agenda(vue, "RS1"))


def test_a_calendar_is_in_order(tmp_path: Path) -> None:
    """Soonest first, whole days before hours."""
    agenda = build_agenda(vue_on(tmp_path))
    days = [(event.date, event.debut is not None) for event in agenda.evenements]
    assert days == sorted(days)
    assert agenda.reference == TODAY
    assert plain(agenda.description) == "Situation au 20 novembre 2026, édition « interne »."


def test_a_session_says_what_its_record_says(tmp_path: Path) -> None:
    """Hours, place, status, revision, items of the agenda, certifications, function of the pilot; no name."""
    event = by_uid(build_agenda(vue_on(tmp_path)))["CP-2026-12-NUM.seance"]
    assert (event.date, event.debut, event.fin) == (date(2026, 12, 18), time(14), time(16, 30))
    assert (event.titre, event.lieu) == ("Conseil 2026", "Lyon, salle du conseil et visioconférence")
    assert (event.etat, event.revision, event.occupe, event.alarmes) == (EtatEvenement.PROVISOIRE, 0, True, ())
    assert plain(event.description).split("\n") == [
        "Statut : planifié",
        "Certifications : RNCP2 et RS1",
        "Ordre du jour :",
        "1. Bilan de l’année",
        "2. Plan d’actions",
        "Pilote : direction",
        "Référence : CP-2026-12-NUM, séance 2026-6",
    ]


def test_each_status_is_told(tmp_path: Path) -> None:
    """Held and called are sure, planned is not, cancelled leaves and frees its hours; a past day that nobody confirmed says so."""
    found = by_uid(build_agenda(vue_on(tmp_path)))
    held, cancelled, forgotten = (found[f"CP-2026-{month}-NUM.seance"] for month in ("10", "06", "11"))
    assert (held.etat, held.debut, held.lieu, held.occupe) == (EtatEvenement.CONFIRME, None, "Visioconférence", False)
    assert "Horaire non précisé" in held.description
    assert (cancelled.etat, cancelled.revision, cancelled.occupe) == (EtatEvenement.ANNULE, 1, False)
    assert plain(cancelled.titre) == "Annulé : Conseil de juin"
    assert plain(cancelled.description).startswith(
        "Statut : annulé\nMotif de l’annulation : Trop peu de membres.\nHeure de fin non précisée"
    )
    assert "Point annulé" not in cancelled.description
    assert forgotten.etat is EtatEvenement.CONFIRME
    assert plain(forgotten.description).startswith("Statut : convoqué, à confirmer (la date est passée)")


@pytest.mark.parametrize(
    ("modalite", "lieu", "expected"),
    [
        ("presence", "Lyon", "Lyon"),
        ("presence", "", ""),
        ("visio", "", "Visioconférence"),
        ("visio", "Salle en ligne", "Visioconférence, Salle en ligne"),
        ("mixte", "Lyon", "Lyon et visioconférence"),
        ("mixte", "", "En présence et en visioconférence"),
    ],
)
def test_a_place_is_a_room_or_a_screen(modalite: str, lieu: str, expected: str, tmp_path: Path) -> None:
    """The room, the video conference, or both; nothing is invented."""
    text = PLANNED.replace("modalite: mixte", f"modalite: {modalite}").replace(
        "lieu: Lyon, salle du conseil\n", f"lieu: {lieu}\n" if lieu else ""
    )
    vue = vue_on(tmp_path, conseils__CP_2026_12_NUM=text)
    assert by_uid(build_agenda(vue))["CP-2026-12-NUM.seance"].lieu == expected


def test_what_is_to_send_has_its_last_day(tmp_path: Path) -> None:
    """The convocation as long as it was not sent; the minutes as long as they are missing or a draft; days of the existing rules."""
    found = by_uid(build_agenda(vue_on(tmp_path)))
    call, missing, draft = found["CP-2026-12-NUM.convocation"], found["CP-2026-10-NUM.pv-RNCP2"], found["CP-2026-10-NUM.pv-RS1"]
    assert (call.date, plain(call.titre)) == (date(2026, 11, 27), "Convocation à envoyer : Conseil 2026")
    assert "21 jours avant la séance du 18 décembre 2026" in plain(call.description)
    assert (missing.date, plain(missing.titre)) == (date(2026, 11, 29), "PV à diffuser : RNCP2, séance du 30 octobre 2026")
    assert "à rédiger" in missing.description
    assert "projet" in draft.description
    assert all(event.debut is None and not event.occupe and event.etat is None for event in (call, missing, draft))
    sent = vue_on(tmp_path, conseils__CP_2026_12_NUM=PLANNED + "convocation: {date: 2026-11-19}\n")
    assert "CP-2026-12-NUM.convocation" not in by_uid(build_agenda(sent))


def test_an_action_says_who_and_since_when(tmp_path: Path) -> None:
    """Function, certifications, state and lateness, criterion, postponements; its number of postponements is its revision."""
    found = by_uid(build_agenda(vue_on(tmp_path)))
    late, alone = found["A-2026-001.echeance"], found["A-2026-003.echeance"]
    assert (late.date, late.revision, late.debut, late.occupe) == (date(2026, 9, 30), 1, None, False)
    assert plain(late.titre) == "Action à terminer : Réviser"
    assert plain(late.description).split("\n") == [
        "Responsable : responsable des épreuves",
        "Certification : RNCP1",
        "Statut : en cours, en retard de 51 jours",
        "Priorité haute",
        "Critère de réussite : Grille en service.",
        "Échéance reportée une fois",
        "Référence : A-2026-001",
    ]
    assert plain(alone.description).split("\n")[:3] == ["Responsable : à désigner", "Concerne tout l’organisme", "Statut : planifiée"]


def test_a_registration_has_two_days(tmp_path: Path) -> None:
    """The end of registration and the last day of delivery, each a whole day of its own; the next fiche where one is stated."""
    vue = vue_on(tmp_path, certifications__RS1=fiche("RS1", nouvelles_fiches="[RS2]"))
    found = by_uid(build_agenda(vue))
    end, last = found["RNCP2.fin-enregistrement"], found["RNCP2.limite-delivrance"]
    assert (end.date, plain(end.titre)) == (date(2027, 6, 30), "Fin d’enregistrement : RNCP2")
    assert (last.date, plain(last.titre)) == (date(2031, 6, 30), "Limite de délivrance : RNCP2")
    assert "Essai RNCP2" in end.description
    assert "Fiche suivante : RS2" in plain(found["RS1.fin-enregistrement"].description)


def test_a_renewal_rings(tmp_path: Path) -> None:
    """Each step to come rings thirty days before and that morning; a day already gone does not ring."""
    found = by_uid(build_agenda(vue_on(tmp_path)))
    steps = [found[f"RNCP2.renouvellement-{kind}"] for kind in ("collecte", "dossier", "depot", "alerte")]
    assert [step.date for step in steps] == [date(2026, 6, 30), date(2026, 9, 30), date(2026, 11, 30), date(2026, 12, 30)]
    assert [plain(step.titre) for step in steps][0::3] == [
        "Renouvellement RNCP2 (M-12) : collecte des preuves",
        "Renouvellement RNCP2 (M-6) : dernier délai conseillé",
    ]
    morning, month_before = timedelta(hours=9), timedelta(hours=9) - timedelta(days=30)
    assert [[alarm.delai for alarm in step.alarmes] for step in steps] == [[], [], [morning], [month_before, morning]]
    assert all("usage" in step.description for step in steps)


@pytest.mark.parametrize(
    "changed",
    [
        {"certifications__RNCP2": fiche("RNCP2", renouvellement="{scenario: sans_suite}")},
        {"certifications__RNCP2": fiche("RNCP2", renouvellement="{scenario: perimetre_constant, depose_le: 2026-11-20}")},
        {"certifications__RNCP2": fiche("RNCP2", nouvelles_fiches="[RNCP3]")},
        {
            "certifications__RNCP2": fiche("RNCP2"),
            "certifications__RNCP3": fiche("RNCP3", type_enregistrement="de_droit", anciennes_fiches="[RNCP2]"),
        },
        {"certifications__RNCP2": fiche("RNCP2", type_enregistrement="de_droit")},
        {"certifications__RNCP2": fiche("RNCP2", date_fin_enregistrement="2026-11-19")},
    ],
    ids=["abandoned", "filed", "replaced", "replaced-says-the-other", "de-droit", "over"],
)
def test_no_renewal_rings_for_nothing(changed: dict[str, str], tmp_path: Path) -> None:
    """Abandoned, filed, replaced whoever says it, without application, over: no step."""
    assert [uid for uid in by_uid(build_agenda(vue_on(tmp_path, INTERNE, TODAY, **changed))) if "renouvellement" in uid] == []


def test_equal_steps_stay_two_events(tmp_path: Path) -> None:
    """Two steps set on the same month keep an identifier each, which their delays do not enter."""
    same = ORGANISME + "  retroplanning: {collecte_mois: 9, dossier_pret_mois: 9}\n"
    before, after = by_uid(build_agenda(vue_on(tmp_path / "a"))), by_uid(build_agenda(vue_on(tmp_path / "b", organisme=same)))
    assert set(before) == set(after)
    assert after["RNCP2.renouvellement-collecte"].date == after["RNCP2.renouvellement-dossier"].date


def test_an_identifier_is_for_ever(tmp_path: Path) -> None:
    """Another day, title, order, list of certifications, audience: the event is the same one."""
    moved = (
        PLANNED.replace("2026-12-18", "2027-01-20")
        .replace("Conseil 2026", "Autre titre")
        .replace("[RNCP2, RS1]", "[RS1]")
        .replace("revision: 0", "revision: 3")
    )
    action = (
        FILES["data/actions/A-2026-002.yml"].replace("2026-12-01", "2027-02-01").replace("Enquêter", "Autre").replace("[RS1]", "[RNCP2]")
    )
    before = by_uid(build_agenda(vue_on(tmp_path / "a")))
    vue = vue_on(
        tmp_path / "b",
        conseils__CP_2026_12_NUM=moved,
        actions__A_2026_002=action,
        certifications__RS1=fiche("RS1", date_fin_enregistrement="2028-01-01", intitule="Autre"),
    )
    after = by_uid(build_agenda(vue))
    assert set(before) == {uid for uid in after if not uid.startswith("RS1.renouvellement")}
    assert after["CP-2026-12-NUM.seance"].revision == 3
    assert after["CP-2026-12-NUM.seance"].date != before["CP-2026-12-NUM.seance"].date
    for audience in (PUBLIC, AUDITEUR):
        assert set(by_uid(build_agenda(vue_on(tmp_path / audience, audience)))) <= set(before)
    invitation = build_invitation(vue, vue.registre.conseils["CP-2026-12-NUM"])
    assert list(by_uid(invitation)) == ["CP-2026-12-NUM.seance"]


def test_a_rule_put_off_moves_its_event(tmp_path: Path) -> None:
    """Another date of effect, another title: calendars move the event instead of keeping two."""
    later = (
        FILES["data/veille/V-2026-001.yml"].replace("2027-01-01, objet: nouveaux", "2027-09-01, objet: nouveaux").replace("Décret", "Loi")
    )
    before, after = (
        by_uid(build_agenda(vue_on(tmp_path / name, **changed))) for name, changed in (("a", {}), ("b", {"veille__V_2026_001": later}))
    )
    assert set(before) == set(after)
    assert (before["V-2026-001.vigueur-1"].date, after["V-2026-001.vigueur-1"].date) == (date(2027, 1, 1), date(2027, 9, 1))


def test_a_date_of_effect_leaves_the_calendar_after_a_year(tmp_path: Path) -> None:
    """A calendar is for what comes: the watch log keeps the rest. The events that stay keep their identifiers."""
    told = FILES["data/veille/V-2026-001.yml"]
    for day, expected in (("2025-11-20", {"vigueur-2"}), ("2025-11-21", {"vigueur-1", "vigueur-2"})):
        changed = told.replace("2027-01-01, objet: nouveaux", f"{day}, objet: nouveaux")
        events = by_uid(build_agenda(vue_on(tmp_path / day, veille__V_2026_001=changed)))
        assert {uid.split(".")[1] for uid in events if uid.startswith("V-2026-001")} == expected


def test_an_organisation_without_siret_has_identifiers_too(tmp_path: Path) -> None:
    """Without SIREN the record alone names the event."""
    vue = vue_on(tmp_path, organisme="format: 1\ndenomination: Essai\n")
    assert "A-2026-001.echeance@portail-qualite" in {event.uid for event in build_agenda(vue).evenements}


def test_each_audience_has_its_events(tmp_path: Path) -> None:
    """The public has registrations, auditors also sessions and actions they may see; what is still to be done stays inside."""
    public, auditor = (by_uid(build_agenda(vue_on(tmp_path / audience, audience))) for audience in (PUBLIC, AUDITEUR))
    assert {uid.split(".")[1] for uid in public} == {"fin-enregistrement", "limite-delivrance", "vigueur-1", "vigueur-2"}
    assert {"CP-2026-12-NUM.seance", "A-2026-001.echeance"} <= set(auditor)
    inside = ("renouvellement", "CP-2026-11-NUM", ".pv-", ".convocation")
    assert [uid for uid in auditor if any(word in uid for word in inside)] == []


def test_an_invitation_is_one_event_with_a_reminder(tmp_path: Path) -> None:
    """Sending it settles the day: it is confirmed, has the agenda and the place, rings the day before at the same hour."""
    vue = vue_on(tmp_path)
    agenda = build_invitation(vue, vue.registre.conseils["CP-2026-12-NUM"])
    (event,) = agenda.evenements
    assert agenda.nom == ""
    assert (event.etat, event.lieu) == (EtatEvenement.CONFIRME, "Lyon, salle du conseil et visioconférence")
    assert "1. Bilan de l’année\n2. Plan d’actions" in event.description
    assert "Statut" not in event.description
    assert [alarm.delai for alarm in event.alarmes] == [timedelta(days=-1)]


def test_an_invitation_without_hour_rings_at_nine(tmp_path: Path) -> None:
    """The day before in the morning; a session of today or past does not ring."""
    text = re.sub(r"(debut|fin): .*\n", "", PLANNED)
    for today, expected in ((TODAY, [timedelta(hours=-15)]), (date(2026, 12, 17), [timedelta(hours=-15)]), (date(2026, 12, 18), [])):
        vue = vue_on(tmp_path / f"{today}", today=today, conseils__CP_2026_12_NUM=text)
        (event,) = build_invitation(vue, vue.registre.conseils["CP-2026-12-NUM"]).evenements
        assert [alarm.delai for alarm in event.alarmes] == expected
    vue = vue_on(tmp_path / "tard", today=date(2026, 12, 18))
    assert build_invitation(vue, vue.registre.conseils["CP-2026-12-NUM"]).evenements[0].alarmes == ()


def test_a_cancelled_invitation_takes_itself_out(tmp_path: Path) -> None:
    """The same identifier, cancelled, with its reason and no reminder."""
    vue = vue_on(tmp_path, today=date(2026, 5, 1))
    (event,) = build_invitation(vue, vue.registre.conseils["CP-2026-06-NUM"]).evenements
    assert (event.etat, event.alarmes, event.revision) == (EtatEvenement.ANNULE, (), 1)
    assert "Trop peu de membres." in event.description


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_edition_is_a_strict_file_that_says_its_records(audience: Visibilite, editions: dict[Visibilite, Vue]) -> None:
    """Each session, action and registration of the miniature project, read back from the bytes, is that of its record."""
    vue = editions[audience]
    raw = calendar_bytes(build_agenda(vue))
    read_strictly(raw)
    read: dict[str, Any] = {str(event["UID"]).split("@")[0]: event for event in Calendar.from_ical(raw).walk("VEVENT")}
    siret = vue.registre.organisme.siret
    end = f".{siret[:9]}" if siret else ""
    for conseil in vue.registre.conseils.values():
        event = read.pop(f"{conseil.id}.seance{end}")
        start = event["DTSTART"].dt
        assert (start.date() if isinstance(start, datetime) else start) == conseil.date
        assert (f"{start:%H:%M}" if isinstance(start, datetime) else None) == conseil.debut
        assert int(event["SEQUENCE"]) == conseil.revision
        assert str(event["SUMMARY"]).endswith(conseil.intitule)
        assert (str(event["STATUS"]) == "CANCELLED") is (conseil.statut is StatutConseil.ANNULE)
        assert conseil.statut is StatutConseil.ANNULE or all(point.titre in event["DESCRIPTION"] for point in conseil.ordre_du_jour.points)
        assert all(numero in event["DESCRIPTION"] for numero in conseil.certifications)
    for action in vue.registre.actions.values():
        if action.is_open() and action.echeance:
            event = read.pop(f"{action.id}.echeance{end}")
            assert event["DTSTART"].dt == action.echeance
            assert int(event["SEQUENCE"]) == len(action.reports)
            assert action.intitule in event["SUMMARY"]
    for numero, found in vue.registre.certifications.items():
        for kind, day in (("fin-enregistrement", found.date_fin_enregistrement), ("limite-delivrance", found.date_limite_delivrance)):
            assert day is None or read.pop(f"{numero}.{kind}{end}")["DTSTART"].dt == day
    for identifier, veille in vue.registre.veille.items():
        for rank, effect in enumerate(() if veille.is_over(vue.today) else veille.entrees_en_vigueur, 1):
            if effect.date <= add_months(vue.today, -12):
                continue
            event = read.pop(f"{identifier}.vigueur-{rank}{end}")
            assert event["DTSTART"].dt == effect.date
            assert effect.objet in event["SUMMARY"]
            assert veille.titre in event["DESCRIPTION"]
            assert ("À confirmer sur Légifrance" in event["DESCRIPTION"]) is (
                veille.certitude.value == "a_confirmer" or bool(veille.a_confirmer)
            )
    _answers_are_there(vue, read, end)
    assert {uid.split(".")[1].split("-")[0] for uid in read} <= {"convocation", "pv", "renouvellement"}


def _answers_are_there(vue: Vue, read: dict[str, Any], end: str) -> None:
    """Take out the last day of each open request and of each open complaint, read in the records."""
    for audit in vue.registre.audits.values():
        for demande in audit.open_requests():
            if demande.repondre_avant is not None:
                event = read.pop(f"{audit.id}.reponse-{demande.id.lower()}{end}")
                assert event["DTSTART"].dt == demande.repondre_avant
                assert demande.texte in event["SUMMARY"]
    for complaint in vue.registre.reclamations.values():
        if complaint.is_open():
            due = complaint.due(vue.registre.organisme.parametres.reclamation_delai_jours)
            assert read.pop(f"{complaint.id}.reponse{end}")["DTSTART"].dt == due


def _told_in_every_state(world: World) -> Iterable[tuple[Registre, date]]:
    """Yield the world with its sessions to come, held, cancelled, each on a day where every event exists, and its actions open."""
    for statut, today in (
        (StatutConseil.PLANIFIE, date(1900, 1, 1)),
        (StatutConseil.TENU, date(2026, 1, 1)),
        (StatutConseil.ANNULE, date(1900, 1, 1)),
    ):
        records: dict[str, dict[str, Record]] = {name: dict(known) for name, known in world.registre.records.items()}
        for identifier, record in records["conseils"].items():
            assert isinstance(record, Conseil)
            records["conseils"][identifier] = record.model_copy(update={"statut": statut, "pv": (), "convocation": Convocation()})
        for identifier, record in records["actions"].items():
            assert isinstance(record, Action)
            records["actions"][identifier] = record.model_copy(update={"statut": StatutAction.EN_COURS, "cloture": None})
        yield Registre(records), today


@pytest.mark.parametrize("audience", AUDIENCES)
def test_no_hidden_value_reaches_a_calendar(audience: Visibilite) -> None:
    """Whatever the state of the records: no value, id nor day that an audience must not see is in the bytes or the e-mails; no name for anybody."""
    world = make_world()
    names = {value for fields in (world.canaries.values["personnes", "personnes"],) for values in fields.values() for value in values}
    persons = {
        value
        for fields in world.canaries.values.values()
        for path, values in fields.items()
        if path.endswith("personne")
        for value in values
    }
    shown: set[str] = set()
    for registre, today in _told_in_every_state(world):
        vue = vue_for(registre, audience, today)
        agendas = [build_agenda(vue, numero) for numero in ("", *vue.registre.certifications)]
        uids = {event.uid for agenda in agendas for event in agenda.evenements}
        assert [uid for uid in uids if not re.fullmatch(r"[A-Za-z0-9.-]+@portail-qualite", uid)] == []
        texts = [calendar_bytes(agenda) for agenda in agendas]
        for conseil in vue.registre.conseils.values():
            message = build_courriel(vue, conseil)
            texts += [calendar_bytes(build_invitation(vue, conseil)), f"{message.objet}\n{message.texte}".encode()]
        told = "\n".join(text.decode().replace("\r\n ", "") for text in texts)
        assert [value for value in world.forbidden(audience) | names | persons if _is_told(value, told)] == []
        shown |= {value for value in world.everything() if _is_told(value, told)}
    assert len(shown) >= {PUBLIC: 10, AUDITEUR: 50, INTERNE: 80}[audience]


def _is_told(value: str, text: str) -> bool:
    """Tell whether a value is in a text, a day in any of its forms."""
    found = re.fullmatch(r"datetime\.date\((\d+), (\d+), (\d+)\)", value)
    if found is None:
        return value in text
    day = date(int(found[1]), int(found[2]), int(found[3]))
    forms = (f"DTSTART;VALUE=DATE:{day:%Y%m%d}", f"{day:%Y%m%d}T", format_date(day))
    return any(form in text and re.search(rf"(?<!\d){re.escape(form)}", text) for form in forms)  # “4 mai 1906” is not in “14 mai 1906”


def lines(message: Courriel) -> list[str]:
    """Return the lines of a message, with ordinary spaces."""
    return plain(message.texte).split("\n")


def courriel(vue: Vue, identifier: str = "CP-2026-12-NUM") -> Courriel:
    """Return the message about a session."""
    return build_courriel(vue, vue.registre.conseils[identifier])


def test_an_email_calls_the_members(tmp_path: Path) -> None:
    """Day, hours, place, certifications, numbered agenda, documents once each, how to answer, a function that signs; no name."""
    message = courriel(vue_on(tmp_path))
    assert plain(message.objet) == "Convocation : Conseil 2026, vendredi 18 décembre 2026"
    assert lines(message) == [
        "Madame, Monsieur,",
        "",
        "Nous avons le plaisir de vous convier à la séance suivante.",
        "",
        "Conseil 2026",
        "Date : vendredi 18 décembre 2026",
        "Horaire : de 14 h 00 à 16 h 30",
        "Lieu : Lyon, salle du conseil et visioconférence",
        "Lien de connexion : [à compléter]",
        "Référence : CP-2026-12-NUM",
        "",
        "Certifications examinées :",
        "- RNCP2, Essai RNCP2",
        "- RS1, Essai RS1",
        "",
        "Ordre du jour :",
        "1. Bilan de l’année",
        "   - Réclamations",
        "2. Plan d’actions",
        "",
        "Pièces jointes :",
        "- convocation",
        "- ordre du jour",
        "- Enquête à six mois (PR-2026-001)",
        "- Note de travail (PR-2026-002)",
        "- fichier d’agenda (.ics), pour noter la séance dans votre agenda",
        "",
        (
            "Merci de répondre à ce message pour nous dire si vous participerez, sur place ou à distance, à la séance. "
            "En cas d’empêchement, vous pouvez nous indiquer la fonction de la personne qui vous représentera."
        ),
        "",
        "Direction",
        "Organisme d’essai",
        "",
    ]


def test_an_email_announces_no_hidden_document(tmp_path: Path) -> None:
    """A document that the audience may not see is left out, title and all."""
    told = courriel(vue_on(tmp_path, AUDITEUR)).texte
    assert "PR-2026-001" in told
    assert "PR-2026-002" not in told
    assert "Note de travail" not in told
    assert "non diffusé" not in told


def test_an_email_tells_that_it_replaces_another(tmp_path: Path) -> None:
    """From the first revision after the sending on, the subject and the first sentence say so; before, there is nothing to replace."""
    assert plain(
        courriel(vue_on(tmp_path / "avant", conseils__CP_2026_12_NUM=PLANNED.replace("revision: 0", "revision: 1"))).objet
    ).startswith("Convocation : ")
    sent = PLANNED.replace("revision: 0", "revision: 1\nconvocation: {date: 2026-11-19}")
    message = courriel(vue_on(tmp_path / "apres", conseils__CP_2026_12_NUM=sent))
    assert plain(message.objet).startswith("Convocation modifiée : ")
    assert "Ce message remplace la convocation précédente : la date, l’heure ou le lieu ont changé." in lines(message)


def test_an_email_cancels(tmp_path: Path) -> None:
    """Why, when the next one is; neither agenda nor answer."""
    message = courriel(vue_on(tmp_path), "CP-2026-06-NUM")
    assert plain(message.objet) == "Annulation : Conseil de juin, mercredi 10 juin 2026"
    assert lines(message)[2:9] == [
        "La séance suivante est annulée.",
        "Motif : Trop peu de membres.",
        "Prochaine séance annoncée : vendredi 18 décembre 2026.",
        "",
        "Conseil de juin",
        "Date : mercredi 10 juin 2026",
        "Horaire : à partir de 9 h 00",
    ]
    assert "Pièce jointe :" in lines(message)
    assert not re.search("Ordre du jour|Merci de répondre|Lien de connexion", message.texte)
    assert lines(message)[-3:] == ["", "Organisme d’essai", ""]


def test_an_email_invents_nothing(tmp_path: Path) -> None:
    """Without hour, room nor agenda, it says what is still to be told."""
    text = re.sub(r"(debut|fin|lieu|modalite): .*\n", "", PLANNED.split("ordre_du_jour:", maxsplit=1)[0])
    message = courriel(vue_on(tmp_path, conseils__CP_2026_12_NUM=text))
    assert {"Horaire : à préciser", "Lieu : à préciser"} <= set(lines(message))
    assert not re.search("(?i)ordre du jour|lien de connexion", message.texte)


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("secretaire: {fonction: assistance}", ["Assistance", "Organisme d’essai"]),
        ("pilote: {fonction: direction, organisation: Cabinet}", ["Direction, Cabinet", "Organisme d’essai"]),
        ("pilote: {fonction: direction, organisation: Organisme d’essai}", ["Direction, Organisme d’essai"]),
    ],
)
def test_a_function_signs(role: str, expected: list[str], tmp_path: Path) -> None:
    """The pilot, else who writes the minutes, with where they come from; the organisation once."""
    text = re.sub(r"pilote: .*\n", f"{role}\n", PLANNED)
    assert lines(courriel(vue_on(tmp_path, conseils__CP_2026_12_NUM=text)))[-len(expected) - 2 : -1] == ["", *expected]


def test_a_demonstration_says_so(tmp_path: Path) -> None:
    """In the name of the calendar, in each event and in the e-mail: they leave the site and its banner."""
    vue = vue_on(tmp_path, organisme=ORGANISME + "demonstration: oui\n")
    agenda = build_agenda(vue)
    assert agenda.nom.startswith("Démonstration")
    assert all(plain(event.description).endswith("Démonstration : données fictives.") for event in agenda.evenements)
    assert "Démonstration : données fictives." in lines(courriel(vue))


def test_the_subject_stays_on_one_line(tmp_path: Path) -> None:
    """A title with a line separator does not cut the subject in two."""
    message = courriel(vue_on(tmp_path, conseils__CP_2026_12_NUM=PLANNED.replace("Conseil 2026", '"Un\\Ldeux"')))
    assert len(message.objet.splitlines()) == 1
