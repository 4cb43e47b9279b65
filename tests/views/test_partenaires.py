"""Partners: states computed from changes, both lists side by side, readable with hundreds, judged for the house only."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.exchange.fc_selection import Selection
from macros.exchange.france_competences import read_extracts
from macros.models.base import Visibilite
from macros.models.comparaison_partenaires import Sorte, compare
from macros.models.extrait import Extrait
from macros.models.habilitation import EtatHabilitation, Habilitation, NatureChangement
from macros.models.partenaire import Partenaire
from macros.portal.catalogue import macros_of
from macros.records.audience import filter_registre
from macros.views.context import Vue
from macros.views.partenaire import build_habilitations
from macros.views.partenaires import build_partenaires, has_partners_page
from tests.cases.runner import registre_of

TODAY = date(2026, 11, 20)
REAL = Path(__file__).parents[3] / "shared" / "donnees"
SOURCE = {"fichier": "a", "version_flux": "4.1", "date": "2026-01-01"}
FICHE = "numero: RNCP1\nintitule: Essai\nrepertoire: RNCP\ntype_enregistrement: sur_demande\n"
LIMIT = 300_000


def partner(rank: int, numero: str = "RNCP1", role: str = "former", **grant: Any) -> Partenaire:
    """Return a partner with one habilitation."""
    return Partenaire.model_validate(
        {"id": f"{rank:014d}", "nom": f"Centre n° {rank}", "habilitations": [{"certification": numero, "role": role, **grant}]}
    )


def extrait(*partners: dict[str, Any], numero: str = "RNCP1") -> Extrait:
    """Return a published fiche with these partners."""
    return Extrait.model_validate({"id": numero, "numero": numero, "intitule": "x", "source": SOURCE, "partenaires": list(partners)})


def published(rank: int, role: str = "former", etat: str = "Actif", **more: Any) -> dict[str, Any]:
    """Return a published partner."""
    return {"nom": f"CENTRE N° {rank}", "siret": f"{rank:014d}", "role": role, "etat": etat, **more}


@pytest.mark.parametrize(
    ("changes", "fin", "expected"),
    [
        ([], None, EtatHabilitation.ACTIVE),
        ([], "2026-11-20", EtatHabilitation.ACTIVE),
        ([], "2026-11-19", EtatHabilitation.ECHUE),
        ([("2026-11-20", "suspension")], None, EtatHabilitation.SUSPENDUE),
        ([("2026-11-21", "suspension")], None, EtatHabilitation.ACTIVE),
        ([("2026-01-01", "suspension"), ("2026-02-01", "reprise")], None, EtatHabilitation.ACTIVE),
        ([("2026-01-01", "suspension")], "2026-06-30", EtatHabilitation.ECHUE),
        ([("2026-01-01", "resiliation")], "2028-01-01", EtatHabilitation.RESILIEE),
        ([("2026-01-01", "abrogation"), ("2026-03-01", "renouvellement")], "2028-01-01", EtatHabilitation.ACTIVE),
    ],
)
def test_the_state_follows_from_the_changes(changes: list[tuple[str, str]], fin: str | None, expected: EtatHabilitation) -> None:
    """A last day still holds; a suspension ends with a resumption; what was ended is ended, unless renewed."""
    data = {"certification": "RNCP1", "role": "former", "fin": fin, "changements": [{"date": d, "nature": n} for d, n in changes]}
    assert Habilitation.model_validate(data).state(TODAY) is expected


@given(st.lists(st.tuples(st.dates(date(2024, 1, 1), date(2026, 11, 20)), st.sampled_from(NatureChangement)), max_size=6))
def test_nothing_runs_after_its_end(changes: list[tuple[date, NatureChangement]]) -> None:
    """Whatever happened, an habilitation whose last change ends it does not run."""
    ordered = sorted(changes, key=lambda change: change[0])
    grant = Habilitation.model_validate(
        {"certification": "RNCP1", "role": "former", "changements": [{"date": d.isoformat(), "nature": n.value} for d, n in ordered]}
    )
    if ordered and ordered[-1][1].ends():
        assert not grant.is_running(TODAY)


def test_both_lists_stand_side_by_side() -> None:
    """Missing, extra, other role, other state; by SIRET, else by name; two habilitations of one partner add up."""
    ours = [
        partner(1),
        partner(2, role="organiser"),
        partner(3, fin="2026-11-19"),
        partner(4),
        Partenaire.model_validate(
            {
                "id": f"{6:014d}",
                "nom": "École d’Été",
                "habilitations": [{"certification": "RNCP1", "role": r} for r in ("former", "organiser")],
            }
        ),
    ]
    fiche = extrait(
        published(1),
        published(2),
        published(3),
        published(5),
        {"nom": "ECOLE D'ETE", "role": "former_et_organiser", "etat": "Actif"},
        published(7, etat="Supprimé"),
    )
    kinds = {pair.nom: pair.sorte for pair in compare("RNCP1", ours, fiche, TODAY)}
    assert kinds == {
        "Centre n° 1": None,
        "Centre n° 2": Sorte.AUTRE_ROLE,
        "Centre n° 3": Sorte.AUTRE_ETAT,
        "Centre n° 4": Sorte.ABSENT_FC,
        "CENTRE N° 5": Sorte.ABSENT_ICI,
        "École d’Été": None,
        "CENTRE N° 7": None,
    }
    assert {pair.sorte for pair in compare("RNCP1", ours, None, TODAY)} == {None}


@pytest.mark.skipif(not REAL.is_dir(), reason="the real extracts are not beside this checkout")
def test_real_fiches_agree_with_themselves_and_tell_exactly_what_is_changed() -> None:
    """The partners of the eleven real fiches, taken as ours, differ in nothing; a modified copy differs in exactly the modifications."""
    numbers = re.compile(r"<FICHE>(?:(?!<NUMERO_FICHE>).)*<NUMERO_FICHE>(\w+)<", re.DOTALL)
    files = sorted(REAL.glob("*.xml"))
    wanted = frozenset(number for path in files for number in numbers.findall(path.read_text("utf-8")))
    known = read_extracts(files, Selection(fiches=wanted), None, lambda *_: None).extraits
    assert len(known) == 11
    assert max(len(each.partenaires) for each in known.values()) > 400
    for numero, fiche in known.items():
        every = [p for p in fiche.partenaires if p.siret and p.role]
        assert len({p.siret for p in every}) == len(every)
        ours = [
            Partenaire.model_validate(
                {
                    "id": p.siret,
                    "nom": p.nom,
                    "habilitations": [
                        {
                            "certification": numero,
                            "role": p.role.value if p.role else "",
                            "fin": None if p.etat == "Actif" else "2020-01-01",
                        }
                    ],
                }
            )
            for p in every
        ]
        found = compare(numero, ours, fiche, TODAY)
        assert [pair for pair in found if pair.sorte and pair.siret] == []
        active = [p for p in ours if p.is_active(TODAY)]
        if len(active) > 3:
            gone, other, *_ = active
            swapped = "organiser" if other.habilitations[0].role.value == "former" else "former"
            kept = [p for p in ours if p not in (gone, other)]
            changed = Partenaire.model_validate(
                {"id": other.id, "nom": other.nom, "habilitations": [{"certification": numero, "role": swapped}]}
            )
            more = partner(99_999, numero)
            modified = compare(numero, [*kept, changed, more], fiche, TODAY)
            assert {pair.siret: pair.sorte for pair in modified if pair.sorte and pair.siret} == {
                gone.id: Sorte.ABSENT_ICI,
                other.id: Sorte.AUTRE_ROLE,
                more.id: Sorte.ABSENT_FC,
            }


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Vue:
    """A certification with 471 partners of ours, all mentions told, and 471 published ones, of which some differ."""
    mentions = "".join(
        f"      - {{item: {item}, statut: presente, reference: article 4}}\n"
        for item in ("objet", "certifications_et_blocs", "duree", "contrepartie", "sous_traitance", "moyens", "ecole_et_cfa")
    )
    files: dict[str, str] = {"data/certifications/RNCP1.yml": FICHE}
    lines = []
    for rank in range(1, 472):
        role = "former" if rank % 3 else "former_et_organiser"
        name = f"Centre régional de formation professionnelle n° {rank}"
        files[f"data/partenaires/{rank:014d}.yml"] = (
            f"nom: {name}\nhabilitations:\n  - certification: RNCP1\n    role: {role}\n    delivree_le: 2025-11-01\n    mentions:\n{mentions}"
        )
        lines.append(f"  - {{nom: \"{name.upper()}\", siret: '{rank + (300 if rank > 460 else 0):014d}', role: former, etat: Actif}}")
    files["data/extraits/RNCP1.yml"] = (
        'numero: RNCP1\nintitule: x\nsource: {fichier: a, version_flux: "4.1", date: 2026-08-01}\npartenaires:\n' + "\n".join(lines) + "\n"
    )
    return Vue(registre_of(tmp_path_factory.mktemp("foule"), files), (), TODAY, Visibilite.INTERNE)


def test_hundreds_of_partners_stay_readable(crowd: Vue) -> None:
    """Register, page of the certification and whole list each stay under 300 kB, the theme's own 60 kB apart."""
    macros = macros_of(crowd)
    sizes = {
        name: len(macros[name](*arguments).encode())
        for name, *arguments in (("registre_partenaires",), ("fiche_certification", "RNCP1"), ("fiche_partenaires", "RNCP1"))
    }
    assert {name: size for name, size in sizes.items() if size > LIMIT - 60_000} == {}
    assert has_partners_page(crowd, "RNCP1")
    shown = build_partenaires(crowd, crowd.registre.certifications["RNCP1"])
    assert len(shown.ecarts) == 40
    assert shown.toutes is not None
    assert shown.toutes.texte == "Les 482 partenaires"


def test_what_differs_is_told_to_the_house_only(tmp_path: Path) -> None:
    """An auditor reads both lists without a word on their difference, nor on the delay of a notice."""
    files = {
        "data/certifications/RNCP1.yml": FICHE,
        "data/extraits/RNCP1.yml": 'numero: RNCP1\nintitule: x\nsource: {fichier: a, version_flux: "4.1", date: 2026-08-01}\npartenaires:\n  - {nom: A, siret: "00000000000001", role: organiser, etat: Actif}\n',
        "data/partenaires/00000000000001.yml": "nom: A\nhabilitations:\n  - certification: RNCP1\n    role: former\n    changements:\n      - {date: 2026-01-01, nature: modification, notifie_le: 2026-06-01}\n",
    }
    registre = registre_of(tmp_path, files)
    told = {}
    for audience in (Visibilite.INTERNE, Visibilite.AUDITEUR):
        vue = Vue(filter_registre(registre, audience), (), TODAY, audience)
        found = build_partenaires(vue, vue.registre.certifications["RNCP1"])
        (grant,) = build_habilitations(vue, vue.registre.partenaires["00000000000001"])
        told[audience] = [row.ecart for row in (*found.ecarts, *found.lignes)], grant.changements[0].delai
    assert told == {
        Visibilite.INTERNE: (["rôle différent"], "après le 1er\u00a0mars\u00a02026"),
        Visibilite.AUDITEUR: ([""], ""),
    }
