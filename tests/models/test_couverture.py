"""Competences read from lists, codes resolved, coverage counted by hand."""

from __future__ import annotations

from typing import Any

import pytest

from macros.models.certification import Certification
from macros.models.competences import listed_competences
from macros.models.couverture import coverage, referentiel_of
from macros.models.referentiel import TableFormation


def certification(**fields: Any) -> Certification:
    """Return a certification with a référentiel."""
    common = {"id": "RNCP1", "numero": "RNCP1", "intitule": "Essai", "repertoire": "RNCP", "type_enregistrement": "sur_demande"}
    return Certification.model_validate({**common, **fields})


def bloc(number: int, *items: str) -> dict[str, str]:
    """Return a bloc that lists competences."""
    listed = {"competences": "".join(f"- {item}\n" for item in items)} if items else {}
    return {"code": f"RNCP1BC0{number}", "intitule": f"Bloc {number}", **listed}


@pytest.mark.parametrize(
    ("item", "code", "intitule"),
    [
        ("C1 Analyser", "C1", "Analyser"),
        ("C1.1 Analyser", "C1.1", "Analyser"),
        ("C1.1 analyser", "C1.1", "analyser"),
        ("C12. Analyser", "C12", "Analyser"),
        ("C1 : analyser", "C1", "analyser"),
        ("C1 – analyser", "C1", "analyser"),
        ("**C1** Analyser", "C1", "Analyser"),
        ("A1C2 Analyser", "A1C2", "Analyser"),
        ("C.1.2 Analyser", "C.1.2", "Analyser"),
        ("CP3) Analyser", "CP3", "Analyser"),
        ("HTML5 et CSS", "", "HTML5 et CSS"),
        ("B2B et commerce", "", "B2B et commerce"),
        ("Analyser C1", "", "Analyser C1"),
    ],
)
def test_a_competence_begins_with_its_code(item: str, code: str, intitule: str) -> None:
    """A code is what begins an item, followed by a sign, a capital, or made of parts."""
    (found,) = listed_competences(f"Le titulaire sait :\n\n- {item}\n")
    assert (found.code, found.intitule) == (code, intitule)


def test_items_may_be_numbered_nested_and_continued() -> None:
    """Numbers, inner lists and continued lines are read; prose is not."""
    text = "C1 Prose\n\n1. C1 Lire\n   et relire\n  - C1.1 Relire\n* C2 Dire\n"
    assert [(one.code, one.intitule) for one in listed_competences(text)] == [("C1", "Lire et relire"), ("C1.1", "Relire"), ("C2", "Dire")]
    assert listed_competences(None) == ()


def test_columns_are_competences_and_blocs_that_list_none() -> None:
    """A bloc whose list has codes is as many columns; another is one; a heading is not a competence."""
    record = certification(blocs=[bloc(1, "C1 Cadrer", "C1.1 Lire", "C1.2 Dire"), bloc(2), bloc(3, "Compter", "Trier")])
    found = referentiel_of(record)
    assert [(c.code, c.bloc, c.is_bloc) for c in found.colonnes] == [
        ("C1.1", "BC01", False),
        ("C1.2", "BC01", False),
        ("BC02", "BC02", True),
        ("BC03", "BC03", True),
    ]
    for code, ranks in {"RNCP1BC01": (0, 1), "bc01": (0, 1), "C1": (0, 1), "c1.2": (1,), "BC02": (2,), "C9": ()}.items():
        assert found.stands_for(code) == ranks, code


def test_a_code_of_several_blocs_is_written_after_its_bloc() -> None:
    """When two blocs number from C1, `C1` alone says nothing, `BC02.C1` does."""
    found = referentiel_of(certification(blocs=[bloc(1, "C1 Lire", "C2 Dire"), bloc(2, "C1 Compter")]))
    assert [c.code for c in found.colonnes] == ["BC01.C1", "C2", "BC02.C1"]
    assert (found.stands_for("C1"), found.stands_for("BC02.C1"), found.stands_for("C2")) == ((), (2,), (1,))
    table = TableFormation.model_validate({"formation": "F", "modules": [{"code": "M1", "intitule": "M", "couvre": ["C1"]}]})
    (unknown,) = coverage(found, table).inconnus
    assert (unknown.champ, unknown.possibles) == ("modules.0.couvre", ("BC01.C1", "BC02.C1"))


def test_without_blocs_competences_take_the_code_of_their_rank() -> None:
    """At the RS, a list without codes is numbered."""
    record = certification(id="RS1", numero="RS1", repertoire="RS", competences="- Lire\n- Dire\n")
    assert [(c.code, c.intitule) for c in referentiel_of(record).colonnes] == [("C1", "Lire"), ("C2", "Dire")]


def test_coverage_is_counted_by_hand() -> None:
    """Two blocs of three competences: M1 gives the whole bloc 1 (3), M2 one of bloc 2 (1): 3 + 1 = 4 of 6; E1 evaluates bloc 2: 3 of 6."""
    record = certification(blocs=[bloc(1, "C1.1 A", "C1.2 B", "C1.3 C"), bloc(2, "C2.1 D", "C2.2 E", "C2.3 F")])
    table = TableFormation.model_validate(
        {
            "formation": "Parcours",
            "modules": [
                {"code": "M1", "intitule": "Un", "heures": "14", "couvre": ["BC01", "C9"]},
                {"code": "M2", "intitule": "Deux", "heures": "7", "couvre": ["C2.2"]},
                {"code": "M3", "intitule": "Trois"},
            ],
            "epreuves": [{"code": "E1", "intitule": "Écrit", "couvre": ["RNCP1BC02"]}],
        }
    )
    found = coverage(referentiel_of(record), table)
    assert (len(found.prepares), len(found.evalues)) == (3 + 1, 3)
    assert [c.code for c in found.holes(found.prepares)] == ["C2.1", "C2.3"]
    assert (found.whole_holes(found.prepares), found.whole_holes(found.evalues)) == ((), ("BC01",))
    assert [one.code for one in found.inconnus] == ["C9"]
    assert table.hours() == 14 + 7


def test_a_formation_for_some_blocs_is_judged_on_them() -> None:
    """A formation that names bloc 1 lacks nothing when bloc 1 is covered."""
    record = certification(blocs=[bloc(1, "C1.1 A", "C1.2 B"), bloc(2, "C2.1 D")])
    module = {"code": "M1", "intitule": "Un", "couvre": ["BC01"]}
    table = TableFormation.model_validate({"formation": "Bloc 1", "blocs": ["BC01"], "modules": [module], "epreuves": [module]})
    found = coverage(referentiel_of(record), table)
    assert (found.vises, found.holes(found.prepares), found.holes(found.evalues)) == ((0, 1), (), ())
