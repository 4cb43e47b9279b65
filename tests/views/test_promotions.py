"""Promotions in figures: each rate from its counts, three sources side by side, small groups kept from the public."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from macros.models.base import Record, Visibilite
from macros.models.declaration import gaps
from macros.models.extrait import Extrait
from macros.models.organisme import Organisme
from macros.models.promotion import Promotion
from macros.records.audience import filter_registre
from macros.records.masquage import is_small, mask_small
from macros.views.context import Vue
from macros.views.lignes_promotion import MASQUE, Taux, promotion_row
from macros.views.promotions import build_graphique_promotions, build_promotions, build_registre_promotions
from tests.cases.runner import registre_of

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2026, 11, 20)
FICHE = "numero: RNCP1\nintitule: Essai\nrepertoire: RNCP\ntype_enregistrement: sur_demande\n"
WHOLE = """certification: RNCP1
annee: 2024
inscrits: 80
presentes: 60
certifies: 51
certifies_vae: 6
abandons: 12
visibilite: public
enquetes:
  - {horizon_mois: 6, date: 2025-07-01, sortants: 50, repondants: 40, neutralises: 5, en_emploi: 28, dans_le_metier: 21}
  - {horizon_mois: 24, date: 2026-10-01, sortants: 50, repondants: 30, neutralises: 6, en_emploi: 18, dans_le_metier: 15}
satisfaction: {interroges: 50, repondants: 25, satisfaits: 20}
declare_fc: {certifies: 51, insertion_globale_6_mois: 80, insertion_metier_2_ans: 63}
"""
EXTRAIT = 'numero: RNCP1\nintitule: x\nsource: {fichier: a.xml, version_flux: "4.1", date: 2026-08-01}\nstatistiques:\n'


def promotion(**counts: Any) -> Promotion:
    """Return a promotion with these fields."""
    return Promotion.model_validate({"id": "RNCP1-2024", "certification": "RNCP1", "annee": "2024", **counts})


def seen(root: Path, audience: Visibilite, text: str = WHOLE, published: str = "") -> Vue:
    """Return what an audience sees of one promotion."""
    files = {"data/certifications/RNCP1.yml": FICHE, "data/promotions/RNCP1-2024.yml": text}
    registre = registre_of(root, files | ({"data/extraits/RNCP1.yml": EXTRAIT + published} if published else {}))
    return Vue(filter_registre(registre, audience), (), TODAY, audience)


def test_each_rate_is_the_arithmetic_of_its_counts(tmp_path: Path) -> None:
    """51/60 = 85 %; 28/(40−5) = 80 %; 15/(30−6) = 62,5 % shown 62 %; 40/50 = 80 % of answers; 20/25 = 80 % satisfied."""
    row = promotion_row(vue := seen(tmp_path, Visibilite.INTERNE), vue.registre.promotions["RNCP1-2024"])
    assert row.reussite == Taux("85\u00a0%", "51 sur 60")
    assert row.insertion == Taux("80\u00a0%", "28 sur 35")
    assert row.metier == Taux("62\u00a0%", "15 sur 24")
    first, second = row.enquetes
    assert (first.reponse, first.metier, first.date, first.neutralises) == (
        Taux("80\u00a0%", "40 sur 50"),
        Taux("60\u00a0%", "21 sur 35"),
        "1er\u00a0juillet\u00a02025",
        "5",
    )
    assert second.horizon == "à 24\u00a0mois"
    assert row.satisfaction == Taux("80\u00a0%", "20 sur 25")
    assert dict(row.effectifs) == {"Inscrits": "80", "Présentés": "60", "Certifiés": "51", "Dont VAE": "6", "Abandons": "12"}


def test_absent_is_not_zero() -> None:
    """Without a count there is no rate; with a null count there is one of 0 %; nobody active makes none."""
    assert promotion(certifies=0, presentes=10).success() is not None
    assert promotion(certifies=0).success() is None
    assert promotion(certifies=0, presentes=0).success() is None
    everyone_away = promotion(enquetes=[{"horizon_mois": "6", "repondants": "5", "neutralises": "5", "en_emploi": "0"}])
    assert everyone_away.enquetes[0].overall() is None
    unknown = promotion(enquetes=[{"horizon_mois": "6", "repondants": "5", "en_emploi": "3"}])
    assert unknown.enquetes[0].overall() is None


@pytest.mark.parametrize(
    ("told", "expected"),
    [(62, []), (63, []), (61, ["insertion_metier_2_ans"]), (64, ["insertion_metier_2_ans"]), (None, [])],
)
def test_a_declared_rate_is_a_rounding(told: int | None, expected: list[str]) -> None:
    """15 of 24 is 62,5 %: 62 and 63 agree, 61 and 64 do not."""
    record = promotion(
        enquetes=[{"horizon_mois": "24", "repondants": "30", "neutralises": "6", "en_emploi": "18", "dans_le_metier": "15"}],
        declare_fc={"insertion_metier_2_ans": told},
    )
    assert record.declare_fc is not None
    assert [gap.champ for gap in gaps(record, record.declare_fc)] == expected


def test_three_sources_stand_side_by_side(tmp_path: Path) -> None:
    """Computed, declared, published: each figure that another source tells, and whether they differ."""
    vue = seen(tmp_path, Visibilite.AUDITEUR, published="  - {annee: 2024, certifies: 50, insertion_globale_6_mois: 80}\n")
    rows = promotion_row(vue, vue.registre.promotions["RNCP1-2024"]).comparaison
    assert [(row.titre, row.calcule, row.declare, row.publie, row.ecart) for row in rows] == [
        ("Certifiés", "51", "51", "50", True),
        ("Insertion globale à 6 mois", "80\u00a0%", "80\u00a0%", "80\u00a0%", False),
        ("Insertion dans le métier à 2 ans", "62\u00a0%", "63\u00a0%", "", True),
    ]


def test_years_of_the_lineage_stand_together(tmp_path: Path) -> None:
    """The promotions of a former fiche are those of its successor too; charts have a gap for the year nobody counted."""
    files = {
        "data/certifications/RNCP1.yml": FICHE + "anciennes_fiches: [RNCP2]\n",
        "data/certifications/RNCP2.yml": FICHE.replace("RNCP1", "RNCP2"),
        "data/promotions/RNCP1-2024.yml": "certification: RNCP1\nannee: 2024\npresentes: 10\ncertifies: 9\n",
        "data/promotions/RNCP2-2022.yml": "certification: RNCP2\nannee: 2022\npresentes: 10\ncertifies: 5\n",
    }
    vue = Vue(registre_of(tmp_path, files), (), TODAY, Visibilite.INTERNE)
    found = build_promotions(vue, vue.registre.certifications["RNCP1"])
    assert [row.id for row in found.lignes] == ["RNCP1-2024", "RNCP2-2022"]
    certified, success = found.graphiques
    assert certified.lignes == (("2024", "9", ""), ("2023", "", ""), ("2022", "5", ""))
    assert success.lignes == (("2024", "90\u00a0%", "10"), ("2023", "", ""), ("2022", "50\u00a0%", "10"))
    assert success.traces == ()
    assert [row.id for row in build_promotions(vue, vue.registre.certifications["RNCP2"]).lignes] == ["RNCP2-2022"]


def test_a_small_group_is_not_shown_to_the_public(tmp_path: Path) -> None:
    """4 of 60 failed: everything is masked for the public, told so, and no total is drawn; what is published stays; an auditor sees all."""
    text = WHOLE.replace("certifies: 51\ncertifies_vae", "certifies: 56\ncertifies_vae").replace(
        "declare_fc: {certifies: 51", "declare_fc: {certifies: 56"
    )
    vue = seen(tmp_path, Visibilite.PUBLIC, text, "  - {annee: 2024, certifies: 56}\n")
    row = promotion_row(vue, vue.registre.promotions["RNCP1-2024"])
    assert dict(row.effectifs) == {"Inscrits": MASQUE, "Présentés": MASQUE, "Certifiés": "56", "Dont VAE": MASQUE, "Abandons": MASQUE}
    assert row.reussite == Taux("", manque=MASQUE)
    assert row.enquetes == ()
    assert build_graphique_promotions(vue) is None
    assert build_registre_promotions(vue).graphiques == ()
    shown = seen(tmp_path / "auditeur", Visibilite.AUDITEUR, text)
    assert promotion_row(shown, shown.registre.promotions["RNCP1-2024"]).reussite == Taux("93\u00a0%", "56 sur 60")


COUNT = st.one_of(st.none(), st.integers(0, 14))


@settings(max_examples=300)
@given(
    st.fixed_dictionaries(dict.fromkeys(("inscrits", "presentes", "certifies", "certifies_vae", "abandons"), COUNT)),
    COUNT,
    st.integers(2, 6),
)
def test_nothing_left_tells_what_is_masked(counts: dict[str, int | None], published: int | None, threshold: int) -> None:
    """No count of some people under the threshold is shown, nor is the difference of two counts shown, but what is published."""
    record = promotion(**counts)
    statistics = [{"annee": "2024", **({"certifies": published} if published is not None else {})}]
    source = {"fichier": "a", "version_flux": "4.1", "date": "2026-01-01"}
    extrait = Extrait.model_validate({"id": "RNCP1", "numero": "RNCP1", "intitule": "x", "source": source, "statistiques": statistics})
    organisme = Organisme.model_validate(
        {"id": "organisme", "format": "1", "denomination": "x", "parametres": {"petit_effectif": str(threshold)}}
    )
    visible: dict[str, dict[str, Record]] = {
        "organisme": {"organisme": organisme},
        "promotions": {record.id: record},
        "extraits": {"RNCP1": extrait},
    }
    shown = mask_small(visible).get(record.id, record)
    left = {name: value for name in counts if (value := getattr(shown, name)) is not None}
    if shown is record:
        every = [*left.values(), *(abs(a - b) for a, b in combinations(left.values(), 2))]
        assert not any(0 < number < threshold for number in every)
        assert not is_small(record, threshold)
    else:
        assert left == ({"certifies": published} if published is not None and counts["certifies"] == published else {})
