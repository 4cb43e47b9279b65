"""From an extract to the fields of a certification, and back: what differs, told shortly."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from macros.models.certification import Certification
from macros.models.derivation import certification_fields, differences, is_type_assumed
from macros.models.extrait import Extrait

BASE: dict[str, Any] = {
    "id": "RNCP99201",
    "numero": "RNCP99201",
    "source": {"fichier": "x.xml", "version_flux": "4.1", "date": "2026-08-16"},
    "intitule": "Chef d'atelier",
    "type_enregistrement": "sur_demande",
    "niveau": "6",
    "etat_fiche": "Publiée",
    "actif": "oui",
    "date_decision": "2024-06-30",
    "date_fin_enregistrement": "2027-06-30",
    "codes_rome": [{"code": "I1607", "libelle": "Réparation"}, {"code": "I1608"}],
    "certificateurs": [
        {"nom": "ATELIERS", "siret": "11111111100011", "etat": "Inactif"},
        {"nom": "Ateliers ", "site": "https://a.fr", "etat": "Actif"},
        {"nom": "Estran"},
    ],
    "capacites_attestees": "C1. Lire    C2. Écrire un *mot*",
    "type_emploi_accessibles": " * ",
    "voies": [{"voie": "fc", "ouverte": "oui", "jury": "Trois  pairs"}],
    "blocs": [{"code": "BC01", "intitule": "Un", "competences": "* a  * b"}, {"code": "BC02", "intitule": "Deux"}],
    "correspondances": [{"fiche": "RNCP99050", "blocs": ["BC01"], "blocs_fiche": ["X1"]}],
    "anciennes_fiches": ["RNCP99001"],
    "lien_url_description": "https://www.exemple.fr/r",
}


def extrait(**changes: object) -> Extrait:
    """Return the extract above, changed."""
    return Extrait.model_validate(BASE | changes)


def certification(source: Extrait, **changes: object) -> Certification:
    """Return the record made from an extract, changed."""
    return Certification.model_validate({"id": source.numero, **certification_fields(source), **changes})


def told(record: Certification, source: Extrait) -> list[tuple[str, str, str]]:
    """Return the differences in short."""
    return [(d.champ, d.ici, d.fc) for d in differences(record, source)]


def test_fields() -> None:
    """Plain data in the order of the model, texts restored, empty ones absent, names merged."""
    fields = certification_fields(extrait())
    assert list(fields) == [name for name in Certification.model_fields if name in fields]
    assert fields["repertoire"] == "RNCP"
    assert fields["niveau"] == 6
    assert fields["date_decision"] == date(2024, 6, 30)
    assert fields["codes"] == {"rome": [{"code": "I1607", "libelle": "Réparation"}, {"code": "I1608"}]}
    assert fields["certificateurs"] == [
        {"nom": "Ateliers", "siret": "11111111100011", "etat": "Actif", "site": "https://a.fr"},
        {"nom": "Estran"},
    ]
    assert fields["competences"] == "- C1. Lire\n- C2. Écrire un \\*mot\\*"
    assert fields["blocs"] == [{"code": "BC01", "intitule": "Un", "competences": "- a\n- b"}, {"code": "BC02", "intitule": "Deux"}]
    assert fields["voies"] == [{"voie": "fc", "ouverte": "oui", "jury": "Trois pairs"}]
    assert fields["source_fc"] == {"extrait": "RNCP99201", "date": date(2026, 8, 16)}
    assert "debouches" not in fields
    assert type(fields["actif"]) is str


@pytest.mark.parametrize(
    ("changes", "absent"),
    [
        ({"lien_url_description": "www.exemple.fr"}, "referentiel"),
        ({"lien_url_description": "Voir le site"}, "referentiel"),
        ({"niveau": 2}, "niveau"),
        ({"numero": "RS99201", "id": "RS99201"}, "niveau"),
        ({"numero": "RS99201", "id": "RS99201"}, "blocs"),
        ({"date_decision": None}, "date_decision"),
    ],
)
def test_what_does_not_fit_is_absent(changes: dict[str, Any], absent: str) -> None:
    """An address that is none, a level out of range or a field unknown at the RS is left to the extract."""
    source = extrait(**changes)
    assert absent not in certification_fields(source)
    assert differences(certification(source), source) == []


def test_both_prerequisites() -> None:
    """Two published prerequisites are told apart; one alone stands by itself."""
    assert certification_fields(extrait(prerequis_validation="Un stage"))["prerequis"] == "Un stage"
    both = certification_fields(extrait(prerequis_entree_formation="Lire", prerequis_validation="Un stage"))["prerequis"]
    assert both == "Entrée en formation\u00a0:\n\nLire\n\nValidation\u00a0:\n\nUn stage"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [({}, "sur_demande"), ({"date_decision": None}, "sur_demande"), ({"date_decision": None, "duree_enregistrement": "3"}, "sur_demande")],
)
def test_unstated_type(changes: dict[str, Any], expected: str) -> None:
    """Without a stated type, a decision or a duration means a registration sur demande."""
    assert certification_fields(extrait(type_enregistrement=None, **changes))["type_enregistrement"] == expected


def test_a_type_that_nothing_proves_is_known_as_a_guess() -> None:
    """Without type, decision or duration the import must tell the person; `de_droit` comes only from the fiche."""
    unknown = {"type_enregistrement": None, "date_decision": None}
    assert is_type_assumed(extrait(**unknown))
    for known in ({"date_decision": "2024-06-30"}, {"duree_enregistrement": "3"}, {"type_enregistrement": "de_droit"}):
        assert not is_type_assumed(extrait(**(unknown | known)))
    assert certification_fields(extrait(**unknown))["type_enregistrement"] == "sur_demande"
    assert certification_fields(extrait(type_enregistrement="de_droit"))["type_enregistrement"] == "de_droit"


def test_a_derived_record_agrees() -> None:
    """What was just imported shows no difference."""
    source = extrait()
    assert differences(certification(source), source) == []


SAME: dict[str, dict[str, Any]] = {
    "typographic apostrophe": {"intitule": "Chef d’atelier"},
    "markup": {"competences": "* **C1**\n\n  Lire\n* C2\\. _Écrire_ un mot"},
    "order": {"codes": {"rome": [{"code": "I1608"}, {"code": "I1607", "libelle": "Réparation"}]}},
    "owned by people": {"notes": "x", "cadence_cp": {"mois": 18, "motif": "Juin"}},
    "case and accents of a name": {"certificateurs": [{"nom": "Àteliers"}, {"nom": "ESTRAN", "site": "https://b.fr"}]},
    "not published": {"reglementations": "Une norme", "date_publication": "2024-07-01"},
}


@pytest.mark.parametrize("changes", SAME.values(), ids=SAME)
def test_no_difference(changes: dict[str, Any]) -> None:
    """Form, order, own fields and unpublished fields are no difference."""
    assert told(certification(extrait(), **changes), extrait()) == []


DIFFERENT: dict[str, tuple[dict[str, Any], tuple[str, str, str]]] = {
    "word": ({"competences": "- C1. Lire\n- C2. Taper un mot"}, ("competences", "C1 Lire C2 Taper un mot", "C1 Lire C2 Écrire un mot")),
    "case of a title": ({"intitule": "Chef d’Atelier"}, ("intitule", "Chef d’Atelier", "Chef d'atelier")),
    "date": ({"date_fin_enregistrement": "2028-06-01"}, ("date_fin_enregistrement", "1er\u00a0juin\u00a02028", "30\u00a0juin\u00a02027")),
    "absent here": ({"niveau": None}, ("niveau", "absent", "6")),
    "type": ({"type_enregistrement": "de_droit"}, ("type_enregistrement", "de droit", "sur demande")),
    "code": ({"codes": {"rome": [{"code": "I1607", "libelle": "Réparation"}]}}, ("codes", "ROME I1607", "ROME I1607, I1608")),
    "siret": (
        {"certificateurs": [{"nom": "Ateliers", "siret": "99999999900099"}, {"nom": "Estran"}]},
        ("certificateurs", "Ateliers (SIRET)", "Ateliers (SIRET)"),
    ),
    "missing certificateur": ({"certificateurs": [{"nom": "Ateliers"}]}, ("certificateurs", "rien de plus (1 en tout)", "Estran")),
    "bloc": (
        {"blocs": [{"code": "BC01", "intitule": "Un", "competences": "- a\n- c"}, {"code": "BC03", "intitule": "Trois"}]},
        ("blocs", "BC03, BC01 (compétences)", "BC02, BC01 (compétences)"),
    ),
    "route": ({"voies": [{"voie": "fc", "ouverte": "non", "jury": "Trois pairs"}]}, ("voies", "FC (ouverte)", "FC (ouverte)")),
    "correspondance": ({"correspondances": []}, ("correspondances", "absent", "RNCP99050")),
    "lineage": ({"anciennes_fiches": ["RNCP99002"]}, ("anciennes_fiches", "RNCP99002", "RNCP99001")),
}


@pytest.mark.parametrize(("changes", "expected"), DIFFERENT.values(), ids=DIFFERENT)
def test_difference(changes: dict[str, Any], expected: tuple[str, str, str]) -> None:
    """Each disagreement is one difference, short and in French."""
    assert told(certification(extrait(), **changes), extrait()) == [expected]


def test_long_text_shows_where_it_differs() -> None:
    """A long text is shown around its first different word, with the title of its field."""
    text = " ".join(f"mot{n}" for n in range(100))
    source = extrait(objectifs_contexte=text)
    (found,) = differences(certification(source, objectifs=text.replace("mot50", "autre")), source)
    assert (found.titre, found.texte_long) == ("Objectifs et contexte", True)
    assert found.ici == "… mot47 mot48 mot49 autre mot51 mot52 mot53 mot54 mot55 mot56 mot57 mot58 …"
    assert found.fc.startswith("… mot47 mot48 mot49 mot50 ")
