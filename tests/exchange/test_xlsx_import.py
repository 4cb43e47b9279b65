"""Templates filled by people: what becomes a record, and every mistake told at its cell, all at once."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from macros.exchange import xlsx_import, xlsx_rows
from macros.exchange.xlsx import COUPURE, workbook_bytes
from macros.exchange.xlsx_import import ImportPlan, plan_import
from macros.exchange.xlsx_modele_classeur import build_modele
from macros.exchange.xlsx_reading import read_sheets
from macros.exchange.xlsx_rows import cell_name
from macros.exchange.xlsx_workbook import MODELES
from macros.models.action import Action
from macros.models.base import Visibilite
from macros.models.conseil import Conseil
from macros.models.preuve import Preuve
from macros.records.parsing import parse_record
from macros.views.classeur import build_classeur
from tests.cases.site import vue_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from macros.models.base import Record
    from macros.records.registre import Registre
    from macros.views.context import Vue

    Row = dict[str, Any]
    Sheets = dict[str, list[Row]]

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [path for path in Path(xlsx_import.__file__).parent.glob("xlsx_*.py") if path.stem not in {"xlsx_zip", "xlsx_reading"}]
GOOD: Row = {"Intitulé": "Relire la grille", "Nature": "évaluation", "Date": date(2026, 3, 2)}


@pytest.fixture(scope="module")
def vue() -> Vue:
    """The demonstration, as the organisation sees it."""
    return vue_of(ROOT, Visibilite.INTERNE)


@pytest.fixture
def registre(vue: Vue) -> Registre:
    """Its records, complete."""
    return vue.registre


def write(path: Path, model: type[Record], sheets: Sheets, change: Callable[[Any], None] | None = None) -> Path:
    """Write a template filled with rows by the titles of its columns; `change` then edits the workbook as a person would."""
    path.write_bytes(workbook_bytes(build_modele(model, "Institut", date(2026, 11, 20))))
    book = load_workbook(path)
    for name, rows in sheets.items():
        titles = {str(cell.value).removesuffix("\u00a0*"): int(cell.column or 0) for cell in book[name][1]}
        for number, row in enumerate(rows, 2):
            for title, value in row.items():
                book[name].cell(number, titles[title]).value = value
                if isinstance(value, str):
                    book[name].cell(number, titles[title]).data_type = "s"
    if change:
        change(book)
    book.save(path)
    return path


def plan(
    tmp_path: Path, registre: Registre, model: type[Record], sheets: Sheets, change: Callable[[Any], None] | None = None
) -> ImportPlan:
    """Return what importing a filled template does."""
    return plan_import(read_sheets(write(tmp_path / "plan.xlsx", model, sheets, change)), registre)


def good(**changes: Any) -> Row:
    """Return a row that says what an action has to say, changed; spaces of titles are underscores."""
    return {**GOOD, **{title.replace("_", " "): value for title, value in changes.items()}}


def made(found: ImportPlan) -> list[Record]:
    """Return the records that a plan writes, as the portal would read them."""
    assert [str(problem) for problem in found.problems] == []
    read = [parse_record(new.fichier, new.text.encode()) for new in found.nouvelles]
    assert None not in read
    return [record for record in read if record is not None]


def only(found: ImportPlan) -> Any:
    """Return the only record that a plan writes."""
    (record,) = made(found)
    return record


WORDS = [
    ("Nature", "Évaluation", "nature", "evaluation"),
    ("Nature", " EVALUATION ", "nature", "evaluation"),
    ("Statut", "En cours", "statut", "en_cours"),
    ("Statut", "en_cours", "statut", "en_cours"),
    ("Statut", "en cours", "statut", "en_cours"),
    ("Priorité", "Haute", "priorite", "haute"),
    ("Date", "31/12/2026", "date", date(2026, 12, 31)),
    ("Date", "1/2/2026", "date", date(2026, 2, 1)),
    ("Date", " 05.06.2026 ", "date", date(2026, 6, 5)),
    ("Date", "2026-02-01", "date", date(2026, 2, 1)),
    ("Échéance", datetime(2026, 9, 30), "echeance", date(2026, 9, 30)),  # noqa: DTZ001 - as a spreadsheet holds it
    ("Responsable", "  responsable qualité ", "responsable", "responsable qualité"),
    ("Responsable", "   ", "responsable", None),
    ("Intitulé", 2026, "intitule", "2026"),
    ("Intitulé", 2.5, "intitule", "2,5"),
    ("Intitulé", "=1+1", "intitule", "=1+1"),
    ("Intitulé", "-relire", "intitule", "-relire"),
    ("Description", "deux\r\nlignes\n", "description", "deux\nlignes\n"),
    ("Certifications", "RNCP99001", "certifications", ("RNCP99001",)),
    ("Certifications", "RNCP99001, RNCP99002", "certifications", ("RNCP99001", "RNCP99002")),
    ("Certifications", "RNCP99001;RNCP99002\nRS99001", "certifications", ("RNCP99001", "RNCP99002", "RS99001")),
    ("Certifications", " , ", "certifications", ()),
    ("Récurrence\u00a0: mois", 3, "recurrence", 3),
    ("Récurrence\u00a0: mois", 3.0, "recurrence", 3),
    ("Récurrence\u00a0: mois", " 3 ", "recurrence", 3),
    ("Visibilité", "Interne", "visibilite", "interne"),
]


@pytest.mark.parametrize(("title", "typed", "key", "expected"), WORDS)
def test_what_people_type_is_understood(title: str, typed: Any, key: str, expected: Any, tmp_path: Path, registre: Registre) -> None:
    """Words with or without accents and capitals, French days, numbers typed as texts, several ids in one cell."""
    value = getattr(only(plan(tmp_path, registre, Action, {"Actions": [good(**{title: typed})]})), key)
    assert (value.mois if key == "recurrence" else value) == expected


@pytest.mark.parametrize(
    ("kind", "typed", "expected"),
    [
        ("", "CP-2025-12-NUM.D1", {"decision": "CP-2025-12-NUM.D1"}),
        ("décision d’un conseil", "CP-2025-12-NUM.D1", {"decision": "CP-2025-12-NUM.D1"}),
        ("", "EX-CP-PV", {"exigence": "EX-CP-PV"}),
        ("", "V-2026-012", {"veille": "V-2026-012"}),
        ("", "demande du jury", {"autre": "demande du jury"}),
        ("autre", "V-2026-012", {"autre": "V-2026-012"}),
    ],
)
def test_an_origin_is_known_by_its_shape(kind: str, typed: str, expected: dict[str, str], tmp_path: Path, registre: Registre) -> None:
    """An id says what it is; a few words are another origin; a kind that is chosen wins."""
    found = only(plan(tmp_path, registre, Action, {"Actions": [{**GOOD, "Type d’origine": kind, "Origine": typed}]}))
    assert found.origine.model_dump(exclude_none=True) == expected


@pytest.mark.parametrize(
    ("typed", "expected"), [(time(14, 5), "14:05"), ("9h", "09:00"), ("14h30", "14:30"), ("9:05", "09:05"), ("14 h 00", "14:00")]
)
def test_an_hour_is_understood(typed: Any, expected: str, tmp_path: Path, registre: Registre) -> None:
    """As a spreadsheet holds it, or as the French write it."""
    row = {
        "Identifiant": "CP-2027-01-NEUF",
        "Intitulé": "Conseil",
        "Date": date(2027, 1, 5),
        "Certifications": "RNCP99001",
        "Statut": "planifié",
    }
    assert only(plan(tmp_path, registre, Conseil, {"Conseils": [{**row, "Début": typed}]})).debut == expected


def test_parts_join_their_row_by_id_or_by_label(tmp_path: Path, registre: Registre) -> None:
    """Postponements and notes of other sheets go to the row that they name, in their order, empty rows between them or not."""
    sheets: Sheets = {
        "Actions": [good(Repère="grille", Échéance=date(2026, 9, 30)), {}, good(Identifiant="A-2026-090", Intitulé="Autre")],
        "Reports": [
            {
                "Identifiant ou repère": "grille",
                "Ancienne échéance": "30/06/2026",
                "Nouvelle échéance": "30/09/2026",
                "Motif": "Jury absent",
            }
        ],
        "Avancement": [
            {"Identifiant ou repère": "A-2026-090", "Date": "01/04/2026", "Texte": "Commencé", "Pourcentage": 10},
            {},
            {"Identifiant ou repère": "grille", "Date": "02/04/2026", "Texte": "Lu", "Pourcentage": "50"},
            {"Identifiant ou repère": "A-2026-090", "Date": "03/04/2026", "Texte": "Fini"},
        ],
    }
    first, second = made(plan(tmp_path, registre, Action, sheets))
    assert [report.motif for report in getattr(first, "reports")] == ["Jury absent"]  # noqa: B009 - a record of any collection
    assert [(note.texte, note.pourcentage) for note in getattr(first, "avancement")] == [("Lu", 50)]  # noqa: B009
    assert [note.texte for note in getattr(second, "avancement")] == ["Commencé", "Fini"]  # noqa: B009
    assert second.id == "A-2026-090"


def test_a_percentage_shown_as_such(tmp_path: Path, registre: Registre) -> None:
    """A cell formatted as a percentage holds 0.5 for 50 %."""

    def as_percentage(book: Any) -> None:
        book["Avancement"]["D2"].number_format = "0%"

    sheets: Sheets = {
        "Actions": [good(Repère="x")],
        "Avancement": [{"Identifiant ou repère": "x", "Date": "01/04/2026", "Texte": "Lu", "Pourcentage": 0.29}],
    }
    assert only(plan(tmp_path, registre, Action, sheets, as_percentage)).avancement[0].pourcentage == 29


def test_rows_without_id_take_the_next_numbers_of_their_year(tmp_path: Path, registre: Registre) -> None:
    """After the largest of the project, of the workbook and of the history; each year counts for itself."""
    rows = [good(), good(Intitulé="B"), good(Intitulé="C", Date=date(2031, 1, 1)), good(Intitulé="D", Identifiant="A-2026-040")]
    path = write(tmp_path / "plan.xlsx", Action, {"Actions": rows})
    assert "A-2026-019" in registre.actions
    assert [new.id for new in plan_import(read_sheets(path), registre).nouvelles] == [
        "A-2026-041",
        "A-2026-042",
        "A-2031-001",
        "A-2026-040",
    ]
    used = frozenset({"A-2026-050", "A-2031-007"})
    assert [new.id for new in plan_import(read_sheets(path), registre, used).nouvelles] == [
        "A-2026-051",
        "A-2026-052",
        "A-2031-008",
        "A-2026-040",
    ]


def test_the_same_record_is_left_alone(vue: Vue, registre: Registre, tmp_path: Path) -> None:
    """What the project already says, by id or by content, is told and not written again."""
    (tmp_path / "plan.xlsx").write_bytes(workbook_bytes(build_modele(Action, "Institut", vue.today, registre.actions.values())))
    found = plan_import(read_sheets(tmp_path / "plan.xlsx"), registre)
    assert (found.nouvelles, found.problems) == ((), ())
    assert set(found.inchangees) == set(registre.actions)
    book = load_workbook(tmp_path / "plan.xlsx")
    for row in range(2, book["Actions"].max_row + 1):
        if not any(
            sheet.cell(line, 1).value == book["Actions"].cell(row, 1).value
            for sheet in (book["Reports"], book["Avancement"])
            for line in range(2, sheet.max_row + 1)
        ):
            book["Actions"].cell(row, 1).value = None
    book.save(tmp_path / "plan.xlsx")
    again = plan_import(read_sheets(tmp_path / "plan.xlsx"), registre)
    assert (again.nouvelles, again.problems, set(again.inchangees)) == ((), (), set(registre.actions))


def test_columns_may_move_and_optional_ones_go(tmp_path: Path, registre: Registre) -> None:
    """Titles say what columns hold: their order is free, their case and accents too; own sheets are told and left aside."""

    def rearranged(book: Any) -> None:
        sheet = book["Actions"]
        sheet.delete_cols(5)
        sheet.insert_cols(1)
        for row in sheet.iter_rows(min_row=1, max_row=2):
            row[0].value, row[3].value = row[3].value, None
        sheet["A1"] = "INTITULE *"
        book.create_sheet("Brouillon")["A1"] = "à moi"
        del book["Lisez-moi"]
        del book["Reports"]

    found = plan(tmp_path, registre, Action, {"Actions": [good(Statut="close")]}, rearranged)
    assert (only(found).intitule, only(found).statut) == ("Relire la grille", "close")
    assert len(found.notes) == 1
    assert "Brouillon" in found.notes[0]


def change(**cells: Any) -> Callable[[Any], None]:
    """Return an edit of cells of the first sheet."""

    def edit(book: Any) -> None:
        for name, value in cells.items():
            book.worksheets[0][name] = value

    return edit


def renamed(old: str, new: str) -> Callable[[Any], None]:
    """Return an edit that renames a sheet."""
    return lambda book: setattr(book[old], "title", new)


def merged(book: Any) -> None:
    """Merge two rows of a column."""
    book["Actions"].merge_cells("J2:J3")


PART = {"Identifiant ou repère": "x", "Ancienne échéance": "30/06/2026", "Nouvelle échéance": "30/09/2026", "Motif": "Jury absent"}
MISTAKES: dict[str, tuple[Sheets, Callable[[Any], None] | None, list[str]]] = {
    "date-mot": ({"Actions": [good(Date="demain")]}, None, ["Actions!F2 date"]),
    "date-deux-chiffres": ({"Actions": [good(Date="31/12/26")]}, None, ["Actions!F2 date"]),
    "date-impossible": ({"Actions": [good(Date="31/02/2026")]}, None, ["Actions!F2 date"]),
    "date-nombre": ({"Actions": [good(Date=46000)]}, change(F2=46000), ["Actions!F2 date"]),
    "date-heure": ({"Actions": [good()]}, change(F2=datetime(2026, 3, 2, 14, 30)), ["Actions!F2 date"]),  # noqa: DTZ001 - as a spreadsheet holds it
    "nombre-mot": ({"Actions": [good(**{"Récurrence\u00a0: mois": "trois"})]}, None, ["Actions!U2 nombre"]),
    "nombre-virgule": ({"Actions": [good(**{"Récurrence\u00a0: mois": 2.5})]}, None, ["Actions!U2 nombre"]),
    "nombre-negatif": ({"Actions": [good(**{"Récurrence\u00a0: mois": -1})]}, None, ["Actions!U2 nombre"]),
    "mot-inconnu": ({"Actions": [good(Nature="qualité")]}, None, ["Actions!D2 valeur-inconnue"]),
    "texte-date": ({"Actions": [good(Intitulé=date(2026, 1, 1))]}, None, ["Actions!C2 texte"]),
    "texte-vrai": ({"Actions": [good()]}, change(J2=True), ["Actions!J2 texte"]),
    "texte-lignes": ({"Actions": [good(Intitulé="un\ndeux")]}, None, ["Actions!C2 une-ligne"]),
    "texte-long": ({"Actions": [good(Intitulé="a" * 12_001)]}, None, ["Actions!C2 texte-trop-long"]),
    "texte-coupe": ({"Actions": [good(Description="a" + COUPURE)]}, None, ["Actions!E2 texte-coupe"]),
    "invisible": ({"Actions": [good(Intitulé="a\u0085b\u0080")]}, None, ["Actions!C2 caractere-interdit"]),
    "vide": (
        {"Actions": [{"Responsable": "direction"}]},
        None,
        ["Actions!C2 cellule-vide", "Actions!D2 cellule-vide", "Actions!F2 cellule-vide"],
    ),
    "forme-lien": ({"Actions": [good(Certifications="RNCP99001, rncp99002")]}, None, ["Actions!I2 forme"]),
    "forme-id": ({"Actions": [good(Identifiant="A-26-1")]}, None, ["Actions!A2 forme"]),
    "repere": ({"Actions": [good(Repère="A-2026-014")]}, None, ["Actions!B2 repere"]),
    "lien-inconnu": (
        {"Actions": [good(Certifications="RNCP99001, RNCP77777", Preuves="PR-1999-001", Origine="CP-2025-12-NUM.D99")]},
        None,
        ["Actions!H2 identifiant-inconnu", "Actions!I2 identifiant-inconnu", "Actions!O2 identifiant-inconnu"],
    ),
    "origine": ({"Actions": [{**GOOD, "Type d’origine": "audit"}]}, None, ["Actions!H2 origine-incomplete"]),
    "cloture": ({"Actions": [good(**{"Clôture\u00a0: date": "01/06/2026"})]}, None, ["Actions!P2 cloture-ouverte"]),
    "cloture-sans-date": ({"Actions": [good(Statut="close", **{"Clôture\u00a0: bilan": "Fait"})]}, None, ["Actions!P2 cellule-vide"]),
    "report": ({"Actions": [good(Repère="x", Échéance="01/10/2026")], "Reports": [PART]}, None, ["Actions!K2 dernier-report"]),
    "report-sans-motif": (
        {"Actions": [good(Repère="x", Échéance="30/09/2026")], "Reports": [{**PART, "Motif": " "}]},
        None,
        ["Reports!D2 cellule-vide"],
    ),
    "report-nulle-part": ({"Actions": [good(Repère="y")], "Reports": [PART]}, None, ["Reports!A2 ligne-inconnue"]),
    "report-sans-ligne": ({"Actions": [good()], "Reports": [{**PART, "Identifiant ou repère": None}]}, None, ["Reports!A2 cellule-vide"]),
    "report-existant": (
        {"Actions": [good()], "Reports": [{**PART, "Identifiant ou repère": "A-2026-001"}]},
        None,
        ["Reports!A2 fiche-existante"],
    ),
    "id-double": (
        {"Actions": [good(Identifiant="A-2026-090"), good(Identifiant="A-2026-090", Intitulé="B")]},
        None,
        ["Actions!A3 ligne-double"],
    ),
    "repere-double": ({"Actions": [good(Repère="x"), good(Repère="x", Intitulé="B")]}, None, ["Actions!B3 ligne-double"]),
    "ligne-double": ({"Actions": [good(), {}, good()]}, None, ["Actions!A4 ligne-double"]),
    "fiche-differente": ({"Actions": [good(Identifiant="A-2026-001")]}, None, ["Actions!A2 fiche-differente"]),
    "calendrier": ({"Actions": [good(Échéance="01/01/2206")]}, None, ["Actions!K2 calendrier"]),
    "calendrier-partie": (
        {"Actions": [good(Repère="x")], "Avancement": [{"Identifiant ou repère": "x", "Date": "01/01/1026", "Texte": "Lu"}]},
        None,
        ["Avancement!B2 calendrier"],
    ),
    "cellule-formule": ({"Actions": [good()]}, change(J2="=A1"), ["Actions!J2 cellule-formule"]),
    "cellule-erreur": ({"Actions": [good()]}, change(J2="#REF!"), ["Actions!J2 cellule-erreur"]),
    "cellule-erreur-cle": ({"Actions": [good()]}, change(A2="#REF!"), ["Actions!A2 cellule-erreur"]),
    "cellule-fusion": ({"Actions": [good(), good(Intitulé="B")]}, merged, ["Actions!J2 cellule-fusion"]),
    "colonne-inconnue": ({"Actions": [good()]}, change(J1="Responsables"), ["Actions!J1 colonne-inconnue"]),
    "colonne-sienne": ({"Actions": [good()]}, change(Y1="Budget"), ["Actions!Y1 colonne-inconnue"]),
    "colonne-requise-renommee": ({"Actions": [good()]}, change(C1="Intitulés"), ["Actions!C1 colonne-inconnue"]),
    "colonne-manquante": ({"Actions": [good()]}, change(C1=None, C2=None), ["Actions!A1 colonne-manquante"]),
    "colonne-repetee": ({"Actions": [good()]}, change(J1="Intitulé"), ["Actions!J1 colonne-repetee"]),
    "colonne-sans-titre": ({"Actions": [good(), good(Intitulé="B")]}, change(Z2="x", Z3="y"), ["Actions!Z2 colonne-sans-titre"]),
    "classeur-vide": ({"Actions": []}, None, ["Actions classeur-vide"]),
    "feuille-renommee": ({"Actions": [good()], "Reports": [PART]}, renamed("Reports", "Report"), ["Report feuille-inconnue"]),
    "feuille-principale-renommee": ({"Actions": [good()]}, renamed("Actions", "Action"), ["Action feuille-inconnue"]),
    "feuille-manquante": ({"Actions": [good()]}, renamed("Actions", "Plan"), ["feuille-manquante"]),
    "plusieurs-modeles": ({"Actions": [good()]}, renamed("Reports", "Preuves"), ["Preuves plusieurs-modeles"]),
    "tout-a-la-fois": (
        {
            "Actions": [good(Date="demain", Nature="x", Repère="x"), good(Intitulé="")],
            "Reports": [{**PART, "Motif": None, "Ancienne échéance": "x"}],
        },
        None,
        ["Actions!D2 valeur-inconnue", "Actions!F2 date", "Actions!C3 cellule-vide", "Reports!B2 date", "Reports!D2 cellule-vide"],
    ),
    "colonne-et-tout-le-reste": (
        {
            "Actions": [
                good(Repère="x", Nature=None, Certifications="RNCP77777", Échéance="01/01/2206"),
                good(Date="demain", Preuves="PR-1999-001"),
            ],
            "Reports": [{**PART, "Motif": None}],
        },
        change(C1="Intitulés"),
        [
            "Actions!C1 colonne-inconnue",
            *("Actions!D2 cellule-vide", "Actions!I2 identifiant-inconnu", "Actions!K2 calendrier"),
            *("Actions!F3 date", "Actions!O3 identifiant-inconnu", "Reports!D2 cellule-vide"),
        ],
    ),
    "colonne-sienne-et-tout-le-reste": (
        {"Actions": [good(**{"Clôture\u00a0: date": "01/06/2026"})]},
        change(Y1="Budget"),
        ["Actions!Y1 colonne-inconnue", "Actions!P2 cloture-ouverte"],
    ),
    "colonne-repere-sans-cascade": (
        {"Actions": [good(Repère="x", Échéance="31/12/2026")], "Reports": [PART]},
        change(B1="Repaire"),
        ["Actions!B1 colonne-inconnue"],
    ),
    "colonne-origine-sans-cascade": (
        {"Actions": [{**GOOD, "Type d’origine": "audit", "Origine": "interne"}]},
        change(H1="Provenance"),
        ["Actions!H1 colonne-inconnue"],
    ),
    "colonne-effacee-sans-cascade": (
        {"Actions": [good(Statut="close", **{"Clôture\u00a0: date": "01/06/2026"})]},
        change(L1=None),
        ["Actions!L2 colonne-sans-titre"],
    ),
    "colonne-repetee-sans-cascade": (
        {"Actions": [good(Intitulé=None, Responsable="Relire")]},
        change(J1="Intitulé"),
        ["Actions!J1 colonne-repetee"],
    ),
    "colonne-de-partie": (
        {"Actions": [good(Repère="x", Échéance="31/12/2026")], "Reports": [{**PART, "Motif": None}]},
        lambda book: setattr(book["Reports"]["A1"], "value", "Renvoi"),
        ["Reports!A1 colonne-inconnue", "Reports!A1 colonne-manquante", "Reports!D2 cellule-vide"],
    ),
    "report-nulle-part-et-faux": (
        {"Actions": [good()], "Reports": [{**PART, "Motif": None}]},
        None,
        ["Reports!A2 ligne-inconnue", "Reports!D2 cellule-vide"],
    ),
    "sans-cascade": (
        {"Actions": [good(Statut="fini", Échéance="x", Repère="x", **{"Clôture\u00a0: date": "01/06/2026"})], "Reports": [PART]},
        None,
        ["Actions!K2 date", "Actions!L2 valeur-inconnue"],
    ),
    "sans-cascade-entre-feuilles": (
        {"Actions": [good(Repère="x", Échéance="31/12/2026")], "Reports": [PART, {**PART, "Identifiant ou repère": "z"}]},
        None,
        ["Reports!A3 ligne-inconnue"],
    ),
}
CONSEIL = {
    "Identifiant": "CP-2027-01-NEUF",
    "Intitulé": "Conseil",
    "Date": date(2027, 1, 5),
    "Certifications": "RNCP99001",
    "Statut": "planifié",
}
OTHERS: dict[str, tuple[type[Record], Sheets, list[str]]] = {
    "conseil-sans-id": (Conseil, {"Conseils": [{**CONSEIL, "Identifiant": None}]}, ["Conseils!A2 cellule-vide"]),
    "conseil-heure": (Conseil, {"Conseils": [{**CONSEIL, "Début": "25:00"}]}, ["Conseils!E2 heure"]),
    "conseil-heures": (Conseil, {"Conseils": [{**CONSEIL, "Début": "16:00", "Fin": "14:00"}]}, ["Conseils!F2 ordre-heures"]),
    "conseil-decision": (
        Conseil,
        {
            "Conseils": [CONSEIL],
            "Décisions": [{"Identifiant ou repère": "CP-2027-01-NEUF", "Identifiant": "D1", "Thème": "bilan", "Nature": "formation"}],
        },
        ["Décisions!F2 cellule-vide"],
    ),
    "conseil-votes": (
        Conseil,
        {
            "Conseils": [CONSEIL],
            "Décisions": [
                {
                    "Identifiant ou repère": "CP-2027-01-NEUF",
                    "Identifiant": "D1",
                    "Thème": "marche",
                    "Nature": "formation",
                    "Texte": "Oui.",
                    "Votes\u00a0: contre": 1,
                }
            ],
        },
        ["Décisions!G2 cellule-vide"],
    ),
    "conseil-autre-certification": (
        Conseil,
        {
            "Conseils": [CONSEIL],
            "Procès-verbaux": [{"Identifiant ou repère": "CP-2027-01-NEUF", "Certification": "RNCP99002", "État": "projet"}],
        },
        ["Procès-verbaux!B2 hors-conseil"],
    ),
    "conseil-points": (
        Conseil,
        {
            "Conseils": [CONSEIL],
            "Points": [{"Identifiant ou repère": "CP-2027-01-NEUF", "Thème": "bilan", "Titre": "Bilan", "Actions": "A-1999-001"}],
        },
        ["Points!F2 identifiant-inconnu"],
    ),
    "preuve-deux-places": (
        Preuve,
        {
            "Preuves": [{"Repère": "x", "Type": "enquête", "Titre": "Enquête", "Date": "01/02/2026"}],
            "Révisions": [{"Identifiant ou repère": "x", "Numéro": 1, "Date": "01/02/2026", "Fichier": "a.pdf", "Emplacement": "Coffre"}],
        },
        ["Révisions!E2 deux-places"],
    ),
    "preuve-versions": (
        Preuve,
        {
            "Preuves": [{"Repère": "x", "Type": "enquête", "Titre": "Enquête", "Date": "01/02/2026"}],
            "Révisions": [{"Identifiant ou repère": "x", "Numéro": number, "Date": "01/02/2026"} for number in (2, 1)],
        },
        ["Révisions!A2 ordre-revisions"],
    ),
}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [(46000, "09/12/2025"), (46000.0, "09/12/2025"), (18264, "01/01/1950"), (73415, "31/12/2100")]
    + [(typed, "") for typed in (18263, 73416, 2026, 20260302, -46000, 46000.5, True, "46000")],
)
def test_a_number_that_a_spreadsheet_shows_as_a_day(typed: Any, meant: str, tmp_path: Path, registre: Registre) -> None:
    """The day that it stands for is proposed, when a record can be about it."""
    (problem,) = plan(tmp_path, registre, Action, {"Actions": [good(Date=typed)]}).problems
    assert ("C’est peut-être le" in problem.message) == bool(meant)
    assert not meant or f"C’est peut-être le {meant}\u00a0: mettez la cellule au format date" in problem.message


def test_a_number_of_the_other_calendar(tmp_path: Path, registre: Registre) -> None:
    """A workbook that counts from 1904 has the same day four years and a day lower."""

    def of_1904(book: Any) -> None:
        book.epoch = CALENDAR_MAC_1904

    (problem,) = plan(tmp_path, registre, Action, {"Actions": [good(Date=46000 - 1462)]}, of_1904).problems
    assert "09/12/2025" in problem.message


def test_sessions_without_the_column_of_their_ids(tmp_path: Path, registre: Registre) -> None:
    """The title is told once; ids that cannot be known are not said to be missing or unknown, and other cells are still read."""
    votes = [{"Identifiant ou repère": "CP-2027-01-NEUF", "Conseil": "CP-2027-01-NEUF", "Avis": "approuvé"}]
    sheets: Sheets = {"Conseils": [{**CONSEIL, "Certifications": "RNCP77777"}], "Approbations": votes}
    found = plan(tmp_path, registre, Conseil, sheets, change(A1="Code"))
    assert places(found) == [
        "Conseils!A1 colonne-inconnue",
        "Conseils!A1 colonne-manquante",
        f"Conseils!{column_of(Conseil, 'Certifications')}2 identifiant-inconnu",
    ]


def column_of(model: type[Record], title: str) -> str:
    """Return the letter of a column of the first sheet."""
    titles = [column.titre.removesuffix("\u00a0*") for column in build_modele(model, "Institut", date(2026, 11, 20)).feuilles[0].colonnes]
    return cell_name("", 1, titles.index(title) + 1)[1:-1]


FLOODS: dict[str, tuple[list[tuple[Any, ...]], list[tuple[Any, ...]], str]] = {
    "mots": ([("", "x", f"T{n}", "x") for n in range(60)], [], "Actions!D6"),
    "mots-et-parties": ([("", f"x{n}", f"T{n}", "x") for n in range(60)], [("x59", "Lu")], "Actions!D6"),
    "vides": ([("", "x" if not n else "", "", "formation") for n in range(60)], [], "Actions!C6"),
    "reperes": ([("", "x", f"T{n}", "formation") for n in range(60)], [], "Actions!B7"),
    "orphelines": ([("", "x", "T", "formation")], [(f"y{n}", "Lu") for n in range(60)], "Avancement!A6"),
    "doubles": ([("", "", "T", "formation")] * 60, [], "Actions!A7"),
}


@pytest.mark.parametrize("name", FLOODS)
def test_a_sheet_full_of_mistakes_is_not_read_on(name: str, tmp_path: Path, registre: Registre, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once enough is wrong the rest costs nothing: the plan says that there is more, and blames no cell for what was not read."""
    actions, notes, last = FLOODS[name]
    day = date(2026, 3, 2)
    sheets: Sheets = {
        "Actions": [dict(zip(("Identifiant", "Repère", "Intitulé", "Nature", "Date"), (*row, day), strict=True)) for row in actions],
        "Avancement": [dict(zip(("Identifiant ou repère", "Texte", "Date"), (*row, day), strict=True)) for row in notes],
    }
    assert not plan(tmp_path, registre, Action, sheets).more
    monkeypatch.setattr(xlsx_rows, "MANY", 5)
    found = plan(tmp_path, registre, Action, sheets)
    assert (found.more, found.nouvelles) == (True, ())
    assert len(found.problems) == 5
    assert str(found.problems[-1]).startswith(f"{last}: ")


def test_many_cells_without_value(tmp_path: Path, registre: Registre, monkeypatch: pytest.MonkeyPatch) -> None:
    """Formulas that nobody calculated are as many mistakes as others."""
    monkeypatch.setattr(xlsx_rows, "MANY", 5)
    found = plan(tmp_path, registre, Action, {"Actions": [good()] * 9}, change(**{f"J{row}": "=A1" for row in range(2, 11)}))
    assert places(found) == [f"Actions!J{row} cellule-formule" for row in range(2, 7)]
    assert found.more


def places(found: ImportPlan) -> list[str]:
    """Return where each mistake is and its code; each says what to do, in French, on one line."""
    for problem in found.problems:
        assert re.search(r"[a-zé]+ez\b|attendue?s?\b|possibles|connus", problem.message), problem.message
        assert "\n" not in problem.message
        assert not re.search(r"(?<=\S) [;!?»]|« ", problem.message), problem.message
    return [f"{str(problem).split(': ', maxsplit=1)[0]} {problem.code}" if problem.feuille else problem.code for problem in found.problems]


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_at_its_cell(name: str, tmp_path: Path, registre: Registre) -> None:
    """Every faulty cell is named, none other is, and nothing would be written."""
    sheets, edit, expected = MISTAKES[name]
    found = plan(tmp_path, registre, Action, sheets, edit)
    assert places(found) == expected
    assert found.nouvelles == ()


@pytest.mark.parametrize("name", OTHERS)
def test_a_mistake_of_another_template(name: str, tmp_path: Path, registre: Registre) -> None:
    """The same machinery serves every collection: parts of parts, votes, hours."""
    model, sheets, expected = OTHERS[name]
    assert places(plan(tmp_path, registre, model, sheets)) == expected


def test_an_exported_register_is_not_a_template(vue: Vue, registre: Registre, tmp_path: Path) -> None:
    """It is told once, with the command that gives the right one, not column by column."""
    for collection in ("actions", "preuves", "conseils"):
        (tmp_path / "plan.xlsx").write_bytes(workbook_bytes(build_classeur(vue, collection)))
        found = plan_import(read_sheets(tmp_path / "plan.xlsx"), registre)
        assert places(found) == ["Lisez-moi classeur-copie"]
        assert f"--modele {collection}" in found.problems[0].message


def test_every_code_has_a_case() -> None:
    """Each code written in the import is shown above, and by a file that it refuses."""
    shape = r'(?:tell\([^\n]*?|CellError\(|CellProblem\([^\n]*?|yield \w+, |return )"([a-z]+(?:-[a-z]+)*)", (?:messages\.|"" if|worded)'
    written = {code for path in SOURCES for code in re.findall(shape, path.read_text("utf-8"))} - {"forme"}
    shown = {line.rpartition(" ")[2] for _, _, lines in (*MISTAKES.values(), *OTHERS.values()) for line in lines} | {"classeur-copie"}
    assert len(written) > 20
    assert written - shown == set()


def test_a_sheet_of_the_wrong_case_is_still_found(tmp_path: Path, registre: Registre) -> None:
    """`ACTIONS` is the sheet of actions."""

    def upper(book: Any) -> None:
        book["Actions"].title = "provisoire"
        book["provisoire"].title = "ACTIONS"

    assert only(plan(tmp_path, registre, Action, {"Actions": [good()]}, upper)).intitule == "Relire la grille"


def test_records_of_one_workbook_may_name_one_another(tmp_path: Path, registre: Registre) -> None:
    """A session may approve the minutes of another that comes with it."""
    second = {**CONSEIL, "Identifiant": "CP-2028-01-NEUF", "Date": date(2028, 1, 5)}
    votes = [{"Identifiant ou repère": "CP-2028-01-NEUF", "Conseil": "CP-2027-01-NEUF", "Avis": "approuvé"}]
    found = plan(tmp_path, registre, Conseil, {"Conseils": [CONSEIL, second], "Approbations": votes})
    assert [record.id for record in made(found)] == ["CP-2027-01-NEUF", "CP-2028-01-NEUF"]


@pytest.mark.parametrize("model", MODELES, ids=lambda model: model.collection)
def test_every_record_of_the_demonstration_comes_back(model: type[Record], vue: Vue, tmp_path: Path) -> None:
    """Exported with data, then imported into the same project without this collection: each record is equal, most files to the byte."""
    records = vue.registre.records[model.collection]
    (tmp_path / "plan.xlsx").write_bytes(workbook_bytes(build_modele(model, "Institut", vue.today, records.values())))
    empty = replace(vue.registre, records={**vue.registre.records, model.collection: {}})
    found = plan_import(read_sheets(tmp_path / "plan.xlsx"), empty)
    back = {record.id: record for record in made(found)}
    assert back == dict(records)
    texts = {new.id: new.text for new in found.nouvelles}
    same = [
        identifier
        for identifier, text in texts.items()
        if (ROOT / vue.registre.documents[model.collection, identifier].fichier).read_text("utf-8") == text
    ]
    assert len(same) >= {"actions": 40, "preuves": 60, "conseils": 0}[model.collection]


def test_the_template_explains_every_column() -> None:
    """Titles, required marks, descriptions, words and examples are those of the model; no sentence is written twice."""
    for model in MODELES:
        classeur = build_modele(model, "Institut", date(2026, 11, 20))
        told = {str(row[0]): str(row[1]) for row in classeur.feuilles[-1].lignes}
        for sheet in classeur.feuilles[:-1]:
            for colonne in sheet.colonnes:
                name = f"{sheet.nom} · {colonne.titre.removesuffix(chr(160) + '*')}"
                if name in told:
                    assert ("Obligatoire." in told[name]) == colonne.titre.endswith("*"), name
                    assert all(mot in told[name] for mot in colonne.mots), name
                else:
                    assert colonne.titre.removesuffix("\u00a0*") in {"Identifiant", "Repère", "Identifiant ou repère"}
        assert "clé" not in re.sub(r"(Une seule clé|mot-clé)", "", " ".join(told.values()))


def test_a_template_has_lists_and_help(tmp_path: Path) -> None:
    """Where a person types, the spreadsheet offers the words and says what is expected; texts stay texts."""
    book = load_workbook(write(tmp_path / "modele.xlsx", Action, {}))
    rules = {str(rule.sqref): rule for rule in book["Actions"].data_validations.dataValidation}
    assert rules["D2:D501"].formula1.startswith('"référentiel,évaluation')
    assert rules["J2:J501"].prompt == "Fonction responsable."
    assert {book["Actions"].column_dimensions[letter].number_format for letter in "ABCEH"} == {"@"}
    assert book["Actions"].column_dimensions["F"].number_format == "dd/mm/yyyy"
    assert book["Actions"].freeze_panes == "B2"
