"""The text of the PDFs, taken out by poppler, against the records they come from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from macros.documents.pdf import pdf_bytes
from macros.models.action import Action
from macros.models.base import Visibilite
from macros.models.conseil import StatutConseil
from macros.models.preuve import Preuve
from macros.models.seance import Theme
from macros.views.documents import documents_of
from macros.views.documents.feuille import (
    Bloc,
    Faits,
    Feuille,
    Formulaire,
    Genre,
    Intertitre,
    Liste,
    Phrase,
    Redaction,
    Signatures,
    Tableau,
)
from tests.documents.facts import ORDER, SECTION, about, facts
from tests.documents.office import attachments_of, text_of
from tests.documents.reading import absent, bare, body, headings, plain, titles
from tests.documents.worlds import ALONE, HELD, ONE, OTHER, printed, seen, session, sheets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from macros.views.context import Vue
    from tests.documents.conftest import Printed


def texts(bloc: Bloc) -> Iterator[str]:
    """Yield the texts of a block in reading order."""
    match bloc:
        case Phrase() | Intertitre():
            yield bloc.texte
        case Redaction():
            yield from plain(bloc.texte)
        case Liste():
            for each in bloc.elements:
                yield from (each.texte, *each.details, each.note)
        case Faits():
            yield from (text for fact in bloc.faits for text in (fact.libelle, fact.valeur))
        case Tableau():
            yield from (bloc.legende, *(column.titre for column in bloc.colonnes), *(cell for row in bloc.lignes for cell in row))
        case Signatures():
            yield from (bloc.texte, *bloc.fonctions)
        case Formulaire():
            yield from bloc.champs


def whole(feuille: Feuille) -> Iterator[str]:
    """Yield the texts of a sheet in reading order; a letter speaks before it says when and where."""
    yield from (feuille.organisme, feuille.reference, feuille.titre, feuille.sous_titre)
    opening = [text for bloc in feuille.introduction for text in texts(bloc)]
    framed = list(texts(Faits(feuille.faits)))
    yield from (*opening, *framed) if feuille.genre is Genre.CONVOCATION else (*framed, *opening)
    for section in feuille.sections:
        yield section.titre
        yield from (text for bloc in section.blocs for text in texts(bloc))


def test_every_text_of_a_sheet_is_printed_in_order(documents: list[Printed]) -> None:
    """Title, facts, every paragraph, item and cell are in the PDF, in the order of the sheet, on pages numbered at their foot."""
    found = {each.name: lost for each in documents if (lost := absent(body(each.pdf, each.feuille), whole(each.feuille)))}
    assert found == {}
    assert len(documents) >= 100


def test_documents_tell_what_records_say(documents: list[Printed]) -> None:
    """Points, members by college, what was said, decisions with their votes, actions, dates and places: each fact of the record is there."""
    found, told = {}, 0
    for each in documents:
        text = body(each.pdf, each.feuille)
        for fact in facts(each.document.genre, each.conseil, each.vue, each.document.certification):
            told += 1
            if lost := absent(text, fact):
                found[each.name] = [*fact, "→", *lost]
    assert found == {}
    assert told > 2000


def test_a_fact_that_is_not_there_is_missed(documents: list[Printed]) -> None:
    """The two tests above would see a text that is lost, and two texts in the wrong order."""
    each = documents[0]
    text = body(each.pdf, each.feuille)
    assert absent(text, ["Convocation", "Ceci n’y est pas"])
    assert absent(text, [each.feuille.sections[-1].titre, each.feuille.sections[0].titre])
    cut = Feuille(**{**vars(each.feuille), "sections": each.feuille.sections[1:]})
    assert absent(body(pdf_bytes(cut, each.vue.today), cut), whole(each.feuille))


def test_sections_are_those_of_the_sheet(documents: list[Printed]) -> None:
    """Each section is a heading of level 2 under the one title; a reader goes from one to the next by the outline."""
    for each in documents:
        assert list(map(bare, titles(each.pdf))) == [bare(section.titre) for section in each.feuille.sections], each.name
        assert [title for level, title in headings(each.pdf) if level == 1] == [each.feuille.titre], each.name


def test_minutes_keep_the_usual_order(documents: list[Printed]) -> None:
    """The sections of minutes are those of a complete PV, in the usual order; several are there."""
    minutes = [each for each in documents if each.document.genre is Genre.PV]
    for each in minutes:
        found = titles(each.pdf)
        assert found == [title for title in ORDER if title in found], each.name
    assert {title for each in minutes for title in titles(each.pdf)} >= {*ORDER} - {"Autres points"}


SAID = [pytest.param({"echanges": [{"theme": theme, "texte": "Dit."}]}, SECTION[theme], id=theme.value) for theme in Theme]
STATED: list[Any] = [
    *SAID,
    pytest.param({"participants": [{"fonction": "f", "college": "c"}]}, "Participants", id="participants"),
    pytest.param({"approbations": [{"conseil": "CP-2024-12-A", "avis": "approuve"}]}, ORDER[1], id="approbations"),
    pytest.param({"suivi": [{"action": "A-2024-001", "avis": "close"}]}, ORDER[2], id="suivi"),
    pytest.param({"decisions": [{"id": "D1", "theme": "bilan", "nature": "formation", "texte": "T"}]}, ORDER[9], id="decisions"),
    pytest.param({"prochaine_date": "2026-12-01"}, ORDER[11], id="prochaine_date"),
    pytest.param({"annexes": ["PR-2025-003"]}, ORDER[12], id="annexes"),
]


@pytest.mark.parametrize(("stated", "title"), STATED)
def test_a_section_without_content_is_left_out(stated: dict[str, Any], title: str) -> None:
    """Of a session that tells one thing, the minutes hold that section and the signatures; nothing else is announced."""
    vue = seen(session("CP-2023-12-A", ALONE, **stated))
    assert titles(printed(vue, "CP-2023-12-A")[f"pv-{ONE}"]) == list(dict.fromkeys([title, "Signatures"]))


def test_a_session_of_which_nothing_was_written_has_documents() -> None:
    """Without member, agenda, place nor hour, each document says what is to come, and no section is empty."""
    vue = seen(session(HELD, ALONE))
    for document, feuille in sheets(vue).items():
        assert not absent(body(pdf_bytes(feuille, vue.today), feuille), whole(feuille)), document.nom
        assert all(section.blocs for section in feuille.sections), document.nom


@pytest.mark.parametrize("statut", StatutConseil)
def test_documents_that_exist(statut: StatutConseil) -> None:
    """Three before the session; all once it was held, one set of minutes for each certification; none when it was cancelled."""
    before = [f"{HELD}-convocation", f"{HELD}-ordre-du-jour", f"{HELD}-emargement"]
    after = [f"{HELD}-pv-{ONE}", f"{HELD}-pv-{OTHER}", f"{HELD}-releve"]
    expected = {StatutConseil.TENU: before + after, StatutConseil.ANNULE: []}.get(statut, before)
    told = session(statut=statut.value)
    assert [document.nom for document in documents_of(told)] == expected
    assert [document.nom for document in documents_of(session(statut=statut.value, certifications=[ONE], pv=None, decisions=None))] == [
        name for name in expected if not name.endswith(OTHER)
    ]


def test_demonstration_shows_every_document(demonstration: dict[Visibilite, Vue], documents: list[Printed]) -> None:
    """Auditors have the documents of the sessions they see; the public, who sees no session, has none."""
    for audience in (Visibilite.INTERNE, Visibilite.AUDITEUR):
        kinds = {each.document.genre for each in documents if each.vue.audience is audience}
        assert kinds == set(Genre) - {Genre.RENOUVELLEMENT, Genre.DOSSIER}, audience  # of certifications: test_pdf_revue, test_pdf_dossier
    assert not [documents_of(conseil) for conseil in demonstration[Visibilite.PUBLIC].registre.conseils.values()]


def test_minutes_tell_nothing_of_the_other_certification(documents: list[Printed]) -> None:
    """In a pooled session, what concerns only another certification is neither in the text of minutes nor in the record they embed."""
    found, looked = [], 0
    for each in documents:
        numero, registre = each.document.certification, each.vue.registre
        held = bare("".join([text_of(each.pdf), *(file.decode() for file in attachments_of(each.pdf).values())])) if numero else ""
        foreign = [text for part in each.conseil.echanges if not part.concerns(numero) for text in plain(part.texte)]
        foreign += [part.texte for part in each.conseil.decisions if not part.concerns(numero)]
        for suivi in each.conseil.suivi:
            action = registre.actions.get(suivi.action)
            if action and not about(registre, action.certifications, numero):
                foreign += [action.id, action.intitule, suivi.observation or action.id]
        looked += len(foreign) if numero else 0
        found += [(each.name, text) for text in foreign if numero and bare(text) in held]
    assert found == []
    assert looked > 20


def test_minutes_that_were_sent_tell_nothing_later() -> None:
    """An action opened after minutes were sent is not in them; the sheet of decisions, made today, has it."""
    stated = {"nature": "formation", "origine": {"decision": f"{HELD}.D2"}}
    days = {"A-2025-051": "2025-12-20", "A-2025-052": "2025-12-21"}
    later = [Action.model_validate({"id": name, "intitule": name, "date": day, **stated}) for name, day in days.items()]
    made = {name: text_of(pdf) for name, pdf in printed(seen(session(), *later)).items()}
    held = {name: [action for action in days if action in made[name]] for name in (f"pv-{ONE}", f"pv-{OTHER}", "releve")}
    assert held == {f"pv-{ONE}": ["A-2025-051"], f"pv-{OTHER}": list(days), "releve": list(days)}


FOREIGN: dict[str, Any] = {"type": "autre", "date": "2025-11-01", "certifications": [OTHER]}


def test_pieces_about_another_certification_stay_out_of_minutes() -> None:
    """Evidence that concerns only the other certification, joined or named by the agenda, is no annex; both minutes name what is common."""
    points = [{"theme": "bilan", "titre": "Bilan", "documents": ["PR-2025-008", "PR-2025-002"]}]
    pooled = session(annexes=["PR-2025-009", "PR-2025-003"], ordre_du_jour={"points": points})
    pieces = [Preuve.model_validate({"id": f"PR-2025-00{n}", "titre": f"Étrangère {n}", **FOREIGN}) for n in (8, 9)]
    made = printed(seen(pooled, *pieces))
    for name, expected in ((f"pv-{ONE}", []), (f"pv-{OTHER}", ["Étrangère 8", "Étrangère 9"])):
        text = bare(text_of(made[name]))
        assert [word for word in ("Étrangère 8", "Étrangère 9") if bare(word) in text] == expected
        assert bare("Pièce 2") in text
        assert bare("Pièce 3") in text
        (record,) = attachments_of(made[name]).values()
        assert (b"PR-2025-009" in record) is bool(expected)


def test_votes_on_sessions_about_another_certification_stay_out_of_minutes() -> None:
    """The approval of the minutes of a session that examined only the other certification is for the minutes of that one."""
    earlier = session("CP-2024-06-B", ALONE, date="2024-06-03", intitule="Séance étrangère", certifications=[OTHER])
    made = printed(seen(session(approbations=[{"conseil": "CP-2024-06-B", "avis": "approuve"}]), earlier))
    for name, expected in ((f"pv-{ONE}", False), (f"pv-{OTHER}", True)):
        (record,) = attachments_of(made[name]).values()
        assert (bare("3 juin 2024") in bare(text_of(made[name]))) is expected
        assert (b"CP-2024-06-B" in record) is expected
