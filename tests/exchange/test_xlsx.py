"""Registers as spreadsheets: what each cell holds, that texts stay texts, and that nobody reads what is hidden from them."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from macros.exchange.xlsx import COUPURE, LIMITE, cut_cells, fitted, workbook_bytes
from macros.exchange.xlsx_listes import LISTES
from macros.exchange.xlsx_reading import read_sheets
from macros.models.base import Visibilite
from macros.records.registre import Registre
from macros.views.classeur import REGISTRES, build_classeur, refused_filters
from macros.views.classeurs.feuille import LISEZ_MOI, Classeur, Colonne, Feuille, Genre
from macros.views.conseils import build_liste_conseils
from macros.views.preuves import build_registre_preuves
from macros.views.promotions import build_registre_promotions
from macros.views.registre_actions import build_registre_actions
from macros.views.registre_audits import build_registre_audits
from macros.views.registre_partenaires import build_registre_partenaires
from macros.views.registre_reclamations import build_registre_reclamations
from macros.views.suites import build_pv
from tests.cases.runner import AUDIENCES
from tests.cases.site import vue_of
from tests.cases.world import make_world, vue_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from macros.views.context import Vue

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 20)
TYPED = [name for name in REGISTRES if name != "ecarts"]
"""Registers of records; that of gaps is computed."""
HOSTILE = (
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("https://exemple.fr","cliquez")',
    "+1",
    "-1",
    "@SUM(A1:A9)",
    "\t=1",
    "\r=1",
    "{=1}",
    "{{7*7}}",
    "<script>alert(1)</script>",
    "<r><t>gras</t></r>",
    "<r></si><si>",
    "<r>" + "&" * 9_000 + "</r>",
    "a & b < c > d \" e ' f",
    "https://exemple.fr/?a=1&b=2",
    "internal:Feuil1!A1",
    "mailto:a@exemple.fr",
    "fin de ligne\n",
    "deux\nlignes",
    " espaces autour ",
    "\x00\x01\x0b\x1f\x7f",
    "\ufffe et \uffff",
    "moitié \ud800 de caractère",
    "_x0041_ reste écrit",
    "_x005F_ aussi",
    "🙂 é\u0301 \u202e",
    "31/12/2026",
    "0123",
    "1e5",
    "VRAI",
)


@pytest.fixture(scope="module")
def vue() -> Vue:
    """The demonstration, as the organisation sees it."""
    return vue_of(ROOT, Visibilite.INTERNE)


def opened(content: bytes) -> Any:
    """Return a workbook as another library reads it."""
    return load_workbook(BytesIO(content))


def one_column(*values: Any, genre: Genre = Genre.TEXTE) -> Classeur:
    """Return a workbook of one sheet and one column."""
    return Classeur("Essai", "Institut", TODAY, (Feuille("Feuille", (Colonne("Valeur", 20, genre),), tuple((value,) for value in values)),))


def table(content: bytes, sheet: str) -> list[dict[str, Any]]:
    """Return the rows of a sheet by the titles of its columns."""
    head, *rows = opened(content)[sheet].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_days_and_numbers_are_real() -> None:
    """A day, an hour, a number and a percentage are values that a spreadsheet computes with, shown as the French write them."""
    days = opened(workbook_bytes(one_column(date(2026, 3, 9), date(1900, 3, 1), genre=Genre.DATE)))["Feuille"]
    assert [days["A2"].value, days["A3"].value] == [datetime(2026, 3, 9), datetime(1900, 3, 1)]  # noqa: DTZ001 - as the library reads them
    assert days["A2"].number_format == "dd/mm/yyyy"
    hours = opened(workbook_bytes(one_column(time(14, 5), genre=Genre.HEURE)))["Feuille"]
    assert (hours["A2"].value, hours["A2"].number_format) == (time(14, 5), "hh:mm")
    numbers = opened(workbook_bytes(one_column(0, 12, genre=Genre.NOMBRE)))["Feuille"]
    assert [numbers["A2"].value, numbers["A3"].value] == [0, 12]
    shares = opened(workbook_bytes(one_column(40, 100, genre=Genre.POURCENTAGE)))["Feuille"]
    assert [shares["A2"].value, shares["A3"].value, shares["A2"].number_format] == [0.4, 1, "0%"]


def test_what_a_spreadsheet_cannot_count_stays_readable() -> None:
    """A day before 1900 or a number of twenty digits is written as a text, not changed."""
    sheet = opened(workbook_bytes(one_column(date(1850, 1, 2), 10**20, None, genre=Genre.DATE)))["Feuille"]
    assert [sheet["A2"].value, sheet["A3"].value, sheet["A4"].value] == ["02/01/1850", "1" + "0" * 20, None]


def test_every_sheet_is_ready_to_read_and_print(vue: Vue) -> None:
    """Frozen header, filter, widths, wrapped text, header on each printed page, landscape; too wide for one page, each page names its rows."""
    for collection in REGISTRES:
        classeur = build_classeur(vue, collection)
        widths = {feuille.nom: sum(colonne.largeur for colonne in feuille.colonnes) for feuille in classeur.feuilles}
        book = opened(workbook_bytes(classeur))
        *tables, last = [sheet for sheet in book.worksheets if sheet.title != LISTES]
        assert last.title == LISEZ_MOI
        assert len(tables) == (2 if collection in TWO_SHEETS else 3)
        for sheet in tables:
            assert re.fullmatch(r"[A-ZÉa-zéèêô -]{1,31}", sheet.title)
            assert sheet.freeze_panes == "B2"
            assert sheet.auto_filter.ref == f"A1:{sheet.cell(1, sheet.max_column).column_letter}{sheet.max_row}"
            assert sheet.print_title_rows == "$1:$1"
            assert sheet.page_setup.orientation == "landscape"
            wide = widths[sheet.title] > 220
            fitted = sheet.sheet_properties.pageSetUpPr is not None and sheet.sheet_properties.pageSetUpPr.fitToPage
            assert (bool(fitted), sheet.print_title_cols) == ((False, "$A:$B") if wide else (True, None)), sheet.title
            assert sheet["A1"].font.bold
            assert sheet["A2"].alignment.wrap_text
            assert sheet.column_dimensions["A"].width > 8


def test_words_are_chosen_in_a_list(vue: Vue) -> None:
    """A column of words offers them; a list too long for a rule stands in a hidden sheet; every cell holds one of the words."""
    classeur = build_classeur(vue, "preuves")
    book = opened(workbook_bytes(classeur))
    assert book[LISTES].sheet_state == "hidden"
    rules = {str(rule.sqref).split(":", maxsplit=1)[0]: rule.formula1 for rule in book["Preuves"].data_validations.dataValidation}
    assert rules["S2"] == '"oui,non"'
    assert rules["B2"].startswith(f"{LISTES}!$A$1:$A$")
    words = [cell.value for cell in book[LISTES]["A"]]
    assert words == list(classeur.feuilles[0].colonnes[1].mots)
    for sheet in (found for name in REGISTRES for found in build_classeur(vue, name).feuilles):
        for index, colonne in enumerate(sheet.colonnes):
            if colonne.mots:
                assert {row[index] for row in sheet.lignes} - {None, "", *colonne.mots} == set(), (sheet.nom, colonne.titre)


def test_properties_say_whose_it_is(vue: Vue) -> None:
    """The title and the organisation are those of the workbook; the date is the reference date, whatever the day."""
    book = opened(workbook_bytes(build_classeur(vue, "actions")))
    assert (book.properties.title, book.properties.created) == ("Suivi des actions", datetime(2026, 11, 20))  # noqa: DTZ001 - as the library reads it
    with zipfile.ZipFile(BytesIO(workbook_bytes(build_classeur(vue, "actions")))) as archive:
        assert "<Company>Institut Horizon Compétences</Company>" in archive.read("docProps/app.xml").decode()


def test_the_last_sheet_says_what_it_is(vue: Vue) -> None:
    """Organisation, audience, reference date, filter and number of rows are told; so is a demonstration."""
    told = {
        row["Sujet"]: row["Ce qu’il faut savoir"]
        for row in table(workbook_bytes(build_classeur(vue, "actions", [("statut", "close")])), LISEZ_MOI)
    }
    closed = sum(action.statut == "close" for action in vue.registre.actions.values())
    assert told["Organisme"] == "Institut Horizon Compétences"
    assert told["Pour qui"] == "usage interne"
    assert told["À la date du"] == datetime(2026, 11, 20)  # noqa: DTZ001 - as the library reads it
    assert told["Filtre"] == "statut = close"
    assert told["Nombre"] == f"{closed}\u00a0actions sur {len(vue.registre.actions)}"
    assert "fictives" in told["Démonstration"]
    real = replace(
        vue,
        registre=replace(
            vue.registre,
            records={
                **vue.registre.records,
                "organisme": {"organisme": vue.registre.organisme.model_copy(update={"demonstration": "non"})},
            },
        ),
    )
    assert "Démonstration" not in str(build_classeur(real, "actions").feuilles[-1].lignes)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:20]))
def test_a_text_stays_a_text(text: str, tmp_path: Path) -> None:
    """Whatever it begins with, a text is neither a formula nor a link nor markup; it is read back as it was, half a character apart."""
    content = workbook_bytes(one_column(text))
    with zipfile.ZipFile(BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet
        assert "hyperlink" not in sheet
        assert not [name for name in archive.namelist() if "worksheets/_rels" in name]
    assert opened(content)["Feuille"]["A2"].data_type == "s"
    (tmp_path / "essai.xlsx").write_bytes(content)
    found = read_sheets(tmp_path / "essai.xlsx")["Feuille"].lignes[2][0]
    assert found == (text.replace("\ud800", "\ufffd") if len(text) < 9_000 else fitted_markup(text))


def fitted_markup(text: str) -> str:
    """Return what a text that looks like markup becomes when, escaped, it does not fit in a cell."""
    return text[: LIMITE // 6] + COUPURE


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@A", "\t=1"])
def test_a_risky_text_is_marked(text: str) -> None:
    """A text that would become a formula when a person validates the cell again is marked as a text; a plain one is not."""
    sheet = opened(workbook_bytes(one_column(text, "plain")))["Feuille"]
    assert sheet["A2"].style is not None
    assert (sheet["A2"].quotePrefix, sheet["A2"].number_format) == (True, "@")
    assert not sheet["A3"].quotePrefix


def test_a_text_too_long_is_cut_and_told() -> None:
    """A cell holds 32,767 characters of UTF-16: what is longer ends with a mark, and its cell is named."""
    whole, long, wide = "a" * LIMITE, "b" * 40_000, "🙂" * 20_000
    classeur = one_column("court", whole, long, wide)
    values = [row[0] for row in opened(workbook_bytes(classeur))["Feuille"].iter_rows(min_row=2, values_only=True)]
    assert values[1] == whole
    assert values[2] == "b" * (LIMITE - len(COUPURE)) + COUPURE
    assert values[3].endswith("🙂" + COUPURE)
    assert len(values[3].encode("utf-16-le")) // 2 <= LIMITE
    assert cut_cells(classeur) == ["Feuille!A4", "Feuille!A5"]
    assert fitted("c" * LIMITE) == "c" * LIMITE


def test_hostile_texts_in_every_field(vue: Vue) -> None:
    """A register whose every text is hostile is written, and holds no formula."""
    actions = {}
    for number, (identifier, action) in enumerate(vue.registre.actions.items()):
        texts = {
            name: HOSTILE[(number + rank) % len(HOSTILE)]
            for rank, name in enumerate(("intitule", "responsable", "critere", "description", "notes"))
        }
        actions[identifier] = action.model_copy(update=texts)
    hostile = replace(vue, registre=replace(vue.registre, records={**vue.registre.records, "actions": actions}))
    with zipfile.ZipFile(BytesIO(workbook_bytes(build_classeur(hostile, "actions")))) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    assert all("<f>" not in text for text in parts.values())
    assert "<script>" not in parts["xl/sharedStrings.xml"]


@pytest.mark.parametrize("collection", REGISTRES)
def test_same_bytes_every_time(collection: str, vue: Vue) -> None:
    """Two runs give the same bytes, and so does another process that orders its sets otherwise."""
    here = workbook_bytes(build_classeur(vue, collection))
    assert workbook_bytes(build_classeur(vue, collection)) == here
    script = (
        "import sys, hashlib; from pathlib import Path; from tests.cases.site import vue_of; from macros.models.base import Visibilite;"
        "from macros.views.classeur import build_classeur; from macros.exchange.xlsx import workbook_bytes;"
        f"print(hashlib.sha256(workbook_bytes(build_classeur(vue_of(Path({str(ROOT)!r}), Visibilite.INTERNE), {collection!r}))).hexdigest())"
    )
    paths = os.pathsep.join(path for path in sys.path if path)
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", script],
            capture_output=True,
            text=True,
            check=True,
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": paths},
            cwd=ROOT,
        )
        assert done.stdout.strip() == hashlib.sha256(here).hexdigest()


def test_actions_tell_their_record(vue: Vue) -> None:
    """Each action is one row, whose cells are those of its record; late ones say for how long."""
    rows = {row["Identifiant"]: row for row in table(workbook_bytes(build_classeur(vue, "actions")), "Actions")}
    assert set(rows) == set(vue.registre.actions)
    for identifier, action in vue.registre.actions.items():
        row = rows[identifier]
        assert row["Intitulé"] == action.intitule
        assert row["Ouverte le"].date() == action.date
        assert (row["Échéance"].date() if row["Échéance"] else None) == action.echeance
        assert row["Reports"] == len(action.reports)
        assert (row["Certifications"] or "").split() == list(action.certifications)
        assert (row["Jours de retard"] is not None) == action.is_late(vue.today)
        assert row["Notes internes"] == ((action.notes or "").strip() or None)
        if action.is_late(vue.today):
            assert row["Situation"] == f"en retard de {row['Jours de retard']}\u00a0jour{'s' if row['Jours de retard'] > 1 else ''}"
    reports = table(workbook_bytes(build_classeur(vue, "actions")), "Reports")
    assert [(row["Action"], row["Motif"]) for row in reports if row["Action"] == "A-2025-009"] == [
        ("A-2025-009", report.motif) for report in vue.registre.actions["A-2025-009"].reports
    ]
    assert len(reports) == sum(len(action.reports) for action in vue.registre.actions.values()) > 0


def test_evidence_tells_its_record(vue: Vue) -> None:
    """Each proof is one row with its current version, whole fingerprint included; each version is one row of the second sheet."""
    content = workbook_bytes(build_classeur(vue, "preuves"))
    rows = {row["Identifiant"]: row for row in table(content, "Preuves")}
    assert set(rows) == set(vue.registre.preuves)
    for identifier, preuve in vue.registre.preuves.items():
        latest = preuve.latest()
        assert rows[identifier]["SHA-256"] == (latest.sha256 if latest else None)
        assert (rows[identifier]["Exigences"] or "").split() == list(preuve.exigences)
    assert len(table(content, "Versions")) == sum(len(preuve.revisions) for preuve in vue.registre.preuves.values())


def test_sessions_tell_their_record(vue: Vue) -> None:
    """Each session is one row, each decision and each set of minutes one row of their sheets."""
    content = workbook_bytes(build_classeur(vue, "conseils"))
    rows = {row["Identifiant"]: row for row in table(content, "Conseils")}
    for identifier, conseil in vue.registre.conseils.items():
        assert rows[identifier]["Décisions"] == len(conseil.decisions)
        assert rows[identifier]["Présents"] == sum(p.presence == "present" for p in conseil.participants)
        assert (rows[identifier]["Début"] is None) == (conseil.debut is None)
    minutes = [pv for row in build_liste_conseils(vue).lignes for pv in build_pv(vue, vue.registre.conseils[row.id])]
    told = [(row["Certification"], row["État"], row["Contenu"], row["Fiche depuis ce PV"]) for row in table(content, "Procès-verbaux")]
    assert told == [(pv.certification.texte, pv.pastille.texte, pv.contenu, pv.depuis.texte if pv.depuis else None) for pv in minutes]
    assert [row["Référence"] for row in table(content, "Décisions")] == [
        f"{row.id}.{decision.id}" for row in build_liste_conseils(vue).lignes for decision in vue.registre.conseils[row.id].decisions
    ]


def _certifications(row: Any) -> tuple[str, ...]:
    """Return the certifications that a row is about, as its page writes them."""
    if hasattr(row, "cles_certification"):
        return tuple(row.cles_certification)
    return tuple(ref.texte for ref in (row.certifications if hasattr(row, "certifications") else (row.certification,)))


def _id(row: Any) -> str:
    """Return the id of a row; a partner is known by its SIRET."""
    return str(row.siret.replace("\u00a0", "") if hasattr(row, "siret") else row.id)


TWO_SHEETS = ("preuves", "promotions", "ecarts", "reclamations", "audits")


def options(vue: Vue, collection: str) -> Iterator[tuple[str, str, set[str]]]:
    """Yield each filter that the page of a register offers, with the ids that it keeps there."""
    page: Any = {
        "actions": build_registre_actions,
        "preuves": build_registre_preuves,
        "conseils": build_liste_conseils,
        "promotions": build_registre_promotions,
        "partenaires": build_registre_partenaires,
        "reclamations": build_registre_reclamations,
        "audits": build_registre_audits,
    }[collection](vue)
    kept: dict[str, Callable[[Any], tuple[str, ...]]] = {
        "statut": lambda row: getattr(row, "cles_statut", None) or (row.cle_statut,),
        "echeance": lambda row: row.cles_echeance,
        "certification": _certifications,
        "responsable": lambda row: ("_".join(row.responsable.split()),),
        "nature": lambda row: (row.cle_nature,),
        "origine": lambda row: (row.cle_origine,),
        "etat": lambda row: row.cles_etat if hasattr(row, "cles_etat") else (row.cle_etat,),
        "type": lambda row: (row.cle_type,),
        "annee": lambda row: (row.annee,),
        "pv": lambda row: (row.cle_pv,),
        "role": lambda row: (row.cle_role,),
        "cause": lambda row: (row.cle_cause,),
        "gravite": lambda row: (row.cle_gravite,),
        "issue": lambda row: (row.cle_issue,),
        "periode": lambda row: (row.cle_periode,),
    }
    for filtre in page.filtres:
        for choix in filtre.choix:
            yield filtre.cle, choix.valeur, {_id(row) for row in page.lignes if choix.valeur in kept[filtre.cle](row)}


@pytest.mark.parametrize("collection", TYPED)
def test_filters_are_those_of_the_page(collection: str, vue: Vue) -> None:
    """Every filter that the page offers gives the same rows in the workbook; two filters give what both keep."""
    found = list(options(vue, collection))
    assert len(found) > (6 if collection in ("promotions", "partenaires", "audits") else 10)
    ids = {}
    for cle, valeur, expected in found:
        assert refused_filters(vue, collection, [(cle, valeur)]) == []
        ids[cle, valeur] = {row[0] for row in build_classeur(vue, collection, [(cle, valeur)]).feuilles[0].lignes}
        assert ids[cle, valeur] == expected, (cle, valeur)
    pairs = [(a, b) for a in ids for b in ids if a[0] != b[0] and ids[a] & ids[b] not in (set(), ids[a], ids[b])]
    assert pairs or collection == "audits"  # two of them: no pair of filters keeps one each
    for pair in pairs[:5]:
        assert {row[0] for row in build_classeur(vue, collection, pair).feuilles[0].lignes} == ids[pair[0]] & ids[pair[1]]


def test_unknown_filters_are_told_all_at_once(vue: Vue) -> None:
    """A key that does not exist and a value that nothing has are refused, with those that are known."""
    told = refused_filters(vue, "actions", [("statu", "close"), ("statut", "fermée"), ("echeance", "30 jours"), ("certification", "RNCP1")])
    assert [re.findall(r"« ?.(?:(?!\u00a0»).)+", line)[0][2:] for line in told] == ["statu", "fermée", "RNCP1"]
    assert "Vouliez-vous écrire «\u00a0statut\u00a0»" in told[0]
    assert "en_retard" in told[1]
    assert "RNCP99001" in told[2]
    assert refused_filters(vue, "actions", [("responsable", "Responsable qualité")]) == []
    with pytest.raises(KeyError):
        build_classeur(vue, "actions", [("statu", "close")])


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("collection", REGISTRES)
def test_nothing_hidden_is_in_any_part(collection: str, audience: Visibilite) -> None:
    """No value that an audience may not see is in a cell, a property, a list or the name of a sheet; what it may see is there."""
    world = make_world()
    vue = vue_for(world.registre, audience, TODAY)
    content = workbook_bytes(build_classeur(vue, collection))
    with zipfile.ZipFile(BytesIO(content)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    whole = "\n".join(parts.values())
    leaked = {value for value in world.forbidden(audience) if re.search(rf"(?<!\w){re.escape(value)}(?!\w)", whole)}
    assert leaked == set()
    shown = {
        repr(value.date())
        for sheet in opened(content)
        for row in sheet.iter_rows(values_only=True)
        for value in row
        if isinstance(value, datetime)
    }
    assert shown & world.forbidden(audience) == set()
    if collection not in TYPED:
        return  # computed: the day of an assessment and the words of requirements are told in test_matrice
    assert len(shown) > 1
    seen = {value for value in world.everything() - world.forbidden(audience) if value in whole}
    assert len(seen) > (1 if (collection, audience) == ("promotions", Visibilite.PUBLIC) else 5)  # its small numbers are masked


def test_names_of_people_are_nowhere() -> None:
    """Even an internal workbook holds functions, never the names of the local file."""
    world = make_world()
    vue = vue_for(world.registre, Visibilite.INTERNE, TODAY)
    persons = {
        value
        for (collection, _), fields in world.canaries.values.items()
        if collection == "personnes"
        for values in fields.values()
        for value in values
    }
    assert persons
    for collection in REGISTRES:
        with zipfile.ZipFile(BytesIO(workbook_bytes(build_classeur(vue, collection)))) as archive:
            whole = "".join(archive.read(name).decode() for name in archive.namelist())
        assert {value for value in persons if value in whole} == set()


def test_working_notes_stay_inside() -> None:
    """The column of working notes is in the internal workbook only."""
    for collection in REGISTRES:
        titles = {
            audience: [c.titre for c in build_classeur(vue_of(ROOT, audience), collection).feuilles[0].colonnes] for audience in AUDIENCES
        }
        reserved = ["Notes internes"] if collection in TYPED else ["Constats", "Que faire", "Fichier"]
        assert titles[Visibilite.INTERNE][-len(reserved) :] == reserved
        assert titles[Visibilite.AUDITEUR] == titles[Visibilite.PUBLIC] == titles[Visibilite.INTERNE][: -len(reserved)]


def test_an_empty_register_is_still_a_workbook(vue: Vue) -> None:
    """Without any record, the sheets have their titles and say so."""
    empty = replace(
        vue,
        registre=Registre(
            {
                **vue.registre.records,
                "reclamations": {},
                "audits": {},
                "actions": {},
                "preuves": {},
                "conseils": {},
                "promotions": {},
                "partenaires": {},
                "exigences": {},
            }
        ),
    )
    for collection in REGISTRES:
        book = opened(workbook_bytes(build_classeur(empty, collection)))
        assert book.worksheets[0]["A1"].value == "Identifiant"
        assert book.worksheets[0].max_row == 1
