"""What readers see of training tables and of evolutions: figures, holes, words, links, audiences."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import lxml.html
import pytest

from macros.models.base import Visibilite
from macros.models.mots import Sort
from macros.portal.fiches import page_tables
from macros.portal.pages import fichiers
from macros.portal.state import open_portal
from macros.rendering import render
from macros.views.classeur_tables import build_classeur_tables, refused_table_filters
from macros.views.evolutions import build_evolutions, compare_texts
from macros.views.tables import build_page_tables, build_tables
from macros.views.tables_volets import LARGEUR
from tests.cases.runner import write_project
from tests.cases.site import vue_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from macros.records.registre import Registre
    from macros.views.context import Vue

ORGANISME = "format: 1\ndenomination: Organisme d’essai\ndemonstration: oui\ndate_reference: 2026-11-20\n"
CERTIFICATION = """numero: RNCP1
intitule: Essai
repertoire: RNCP
type_enregistrement: sur_demande
anciennes_fiches:
  - RNCP2
blocs:
  - code: RNCP1BC01
    intitule: Cadrer
    competences: |
      - C1.1 Écouter
      - C1.2 Rédiger
  - code: RNCP1BC02
    intitule: Piloter
    competences: |
      - C2.1 Planifier
      - C2.2 Compter
tables_formation:
  - formation: Parcours <b>entier</b>
    organisme: "00000000000017"
    date: 2026-01-10
    modules:
      - code: M1
        intitule: Besoin
        heures: 14
        couvre:
          - BC01
      - code: M2
        intitule: Plan
        heures: 7
        couvre:
          - C2.1
    epreuves:
      - code: E1
        intitule: Écrit
        couvre:
          - BC01
          - C2.2
evolutions:
  - date: 2026-12-01
    version: "2.0"
    nature: blocs
    blocs:
      - BC02
      - BC09
    apres: Nouveau
    motif: À venir.
  - date: 2026-01-10
    version: "1.1"
    nature: competences
    blocs:
      - RNCP1BC01
    avant: |
      - C1.1 Entendre <script>alert(1)</script> les besoins
    apres: |
      - C1.1 Écouter <script>alert(1)</script> les besoins
    motif: Jury.
    origine:
      autre: demande du jury
"""
FORMER = """numero: RNCP2
intitule: Ancien essai
repertoire: RNCP
type_enregistrement: sur_demande
evolutions:
  - date: 2020-01-10
    version: "0.9"
    nature: autre
    apres: Première version
    motif: Enregistrement.
"""
PARTENAIRE = "nom: Centre des Tilleuls\nhabilitations: []\n"
FILES = {
    "data/organisme.yml": ORGANISME,
    "data/certifications/RNCP1.yml": CERTIFICATION,
    "data/certifications/RNCP2.yml": FORMER,
    "data/partenaires/00000000000017.yml": PARTENAIRE,
}


def vue(root: Path, audience: Visibilite = Visibilite.INTERNE, changed: Mapping[str, str] | None = None) -> Vue:
    """Return what an audience sees of the project of these tests."""
    return vue_of(write_project(root, {**FILES, **(changed or {})}), audience)


def test_figures_and_holes_are_those_counted_by_hand(tmp_path: Path) -> None:
    """BC01 is 2 competences and C2.1 one more: 2 + 1 = 3 of 4 prepared; BC01 and C2.2: 2 + 1 = 3 of 4 evaluated."""
    seen = vue(tmp_path)
    (line,) = build_tables(seen, seen.registre.certifications["RNCP1"])
    assert line.resume == "3\u00a0compétences sur 4 préparées par au moins un module, 3 évaluées par au moins une épreuve."
    assert line.manques == ("C2.1\u00a0: aucune épreuve", "C2.2\u00a0: aucun module")
    assert line.contenu == "2\u00a0modules, 21\u00a0heures, 1\u00a0épreuve"
    assert line.organisme.texte == "Centre des Tilleuls"
    (table,) = build_page_tables(seen, seen.registre.certifications["RNCP1"]).tables
    (volet,) = table.volets
    assert [[cell.chiffre for cell in bilan.cellules] for bilan in volet.bilans[:2]] == [["1", "1", "1", "0"], ["1", "1", "0", "1"]]
    assert [cell.texte for cell in volet.bilans[2].cellules] == [
        "préparée et évaluée",
        "préparée et évaluée",
        "préparée, sans épreuve",
        "évaluée, sans module",
    ]
    assert [row.cellules for row in volet.modules] == [(True, True, False, False), (False, False, True, False)]


def test_each_mark_is_a_word_and_texts_are_escaped(tmp_path: Path) -> None:
    """The page of tables scopes its headers, words its cells and holes, and shows markup as text."""
    page = page_tables(vue(tmp_path), "RNCP1")
    html: Any = lxml.html.fromstring(f"<div>{page}</div>")
    assert all(header.get("scope") for header in html.iter("th"))
    assert {cell.text_content().strip() for cell in html.xpath("//td[@class='m' or @class='e']")} >= {"préparée", "évaluée"}
    assert "aucun module" in html.xpath("//td[@class='trou']")[0].text_content()
    assert [abbr.get("title") for abbr in html.iter("abbr")] == ["Écouter", "Rédiger", "Planifier", "Compter"]
    assert "<b>entier</b>" not in page


def test_a_wide_matrix_is_cut_between_blocs(tmp_path: Path) -> None:
    """Three blocs of 20 make 60 columns: 20 + 20 = 40 fit in one part, the third is a part of its own."""
    blocs = "blocs:\n" + "".join(
        f"  - code: BC0{b}\n    intitule: Bloc\n    competences: |\n" + "".join(f"      - C{b}.{n} Faire\n" for n in range(1, 21))
        for b in (1, 2, 3)
    )
    record = FORMER.split("evolutions", maxsplit=1)[0] + blocs + "tables_formation:\n  - formation: Longue\n"
    seen = vue(tmp_path, changed={"data/certifications/RNCP2.yml": record})
    (table,) = build_page_tables(seen, seen.registre.certifications["RNCP2"]).tables
    assert [(volet.titre, len(volet.colonnes)) for volet in table.volets] == [("partie 1 sur 2", LARGEUR), ("partie 2 sur 2", 20)]


@pytest.mark.parametrize(("audience", "expected"), [(Visibilite.INTERNE, True), (Visibilite.AUDITEUR, True), (Visibilite.PUBLIC, False)])
def test_the_public_has_no_table(tmp_path: Path, audience: Visibilite, expected: bool) -> None:  # noqa: FBT001 - a parameter
    """The page exists for those who may read tables; the macro says nothing of them to others."""

    def day(registre: Registre) -> date:
        assert registre.organisme.date_reference is not None
        return registre.organisme.date_reference

    project = write_project(tmp_path, FILES)
    paths = {fichier.chemin for fichier in fichiers(open_portal(project, audience, day))}
    assert ("certifications/RNCP1/tables.md" in paths) is expected
    assert "certifications/RNCP2/tables.md" not in paths
    assert ("Parcours" in page_tables(vue_of(project, audience), "RNCP1")) is expected


def test_a_hidden_partner_is_not_named(tmp_path: Path) -> None:
    """When the record of a partner is kept inside, an auditor reads the table and not whose it is."""
    seen = vue(tmp_path, Visibilite.AUDITEUR, changed={"data/partenaires/00000000000017.yml": f"{PARTENAIRE}visibilite: interne\n"})
    page = page_tables(seen, "RNCP1")
    assert "un partenaire non diffusé" in page
    assert "Tilleuls" not in page
    assert "00000000000017" not in page


def test_versions_come_latest_first_through_the_lineage(tmp_path: Path) -> None:
    """What is to come is said so, one version is in force, a former fiche is named, an unknown bloc is told."""
    seen = vue(tmp_path)
    found = build_evolutions(seen, seen.registre.certifications["RNCP1"])
    assert [(v.titre, v.pastille.texte if v.pastille else "", v.fiche.texte if v.fiche else "") for v in found] == [
        ("Version 2.0", "à venir", ""),
        ("Version 1.1", "en vigueur", ""),
        ("Version 0.9", "", "RNCP2"),
    ]
    (coming,) = found[0].changements
    assert [(bloc.texte, bloc.adresse) for bloc in coming.blocs] == [("BC02", "certifications/RNCP1/#bloc-2")]
    assert coming.inconnus == ("BC09",)
    (change,) = found[1].changements
    assert change.origine is not None
    assert change.origine.texte == "demande du jury"


def test_changes_are_read_without_colour_and_without_markup(tmp_path: Path) -> None:
    """A deletion is a `del` that says so, an insertion an `ins`; the text of a record stays text."""
    seen = vue(tmp_path)
    html = render("certification/evolutions", vue=build_evolutions(seen, seen.registre.certifications["RNCP1"]))
    assert '<del><span class="lu">[supprimé\u00a0: </span>Entendre<span' in html
    assert '<ins><span class="lu">[ajouté\u00a0: </span>Écouter<span' in html
    assert "<script" not in html


def test_texts_with_little_in_common_are_not_mixed() -> None:
    """Two texts that share almost nothing are shown side by side only; close ones in one run too."""
    assert compare_texts("Un questionnaire fermé.", "Dossier, entretien, démonstration devant le jury.").ensemble == ()
    close = compare_texts("- Lire un long texte", "- Lire un très long texte")
    assert [f.texte for f in close.ensemble if f.sort is Sort.AJOUTE] == ["très "]


def test_the_workbook_marks_holes(tmp_path: Path) -> None:
    """One sheet lists tables, one the holes, one a table; where nothing covers a competence, a word says it."""
    seen = vue(tmp_path)
    book = build_classeur_tables(seen, [("certification", "RNCP1")])
    assert [sheet.nom for sheet in book.feuilles] == ["Tables", "Manques", "Table 1", "Lisez-moi"]
    assert [row[2:] for row in book.feuilles[1].lignes] == [("C2.1", "Planifier", "aucune épreuve"), ("C2.2", "Compter", "aucun module")]
    matrix = book.feuilles[2]
    assert [column.titre for column in matrix.colonnes][4:] == ["C1.1", "C1.2", "C2.1", "C2.2"]
    assert matrix.lignes[1][4:] == (1, 1, 1, "aucun module")
    assert matrix.lignes[3] == ("Module", "M1", "Besoin", 14, "préparée", "préparée", None, None)
    assert refused_table_filters(seen, [("certification", "RNCP9")])
    assert build_classeur_tables(replace(seen, audience=Visibilite.AUDITEUR)).feuilles[0].lignes
