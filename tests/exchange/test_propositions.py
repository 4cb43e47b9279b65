"""Records proposed from the published fiche: everything that has none, nothing over what exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from macros.exchange.fc_selection import Selection
from macros.exchange.france_competences import read_extracts
from macros.exchange.propositions import propose_partenaires, propose_promotions
from macros.models.declaration import gaps
from macros.models.extrait import Extrait
from macros.models.promotion import Promotion
from macros.records.parsing import parse_record
from tests.cases.runner import registre_of

REAL = Path(__file__).parents[3] / "shared" / "donnees"
SOURCE = {"fichier": "a", "version_flux": "4.1", "date": "2026-01-01"}
FICHE = "numero: RNCP1\nintitule: Essai\nrepertoire: RNCP\ntype_enregistrement: sur_demande\n"
SIRET, OTHER = "12345678900012", "12345678900020"


def extrait(numero: str = "RNCP1") -> Extrait:
    """Return a published fiche with two promotions and four partners."""
    statistics = [{"annee": "2024", "certifies": "12", "insertion_globale_6_mois": "80"}, {"annee": "2023"}]
    partners = [
        {"nom": "CENTRE A", "siret": SIRET, "role": "former", "etat": "Actif"},
        {"nom": "CENTRE B", "siret": OTHER, "role": "organiser", "etat": "Actif"},
        {"nom": "CENTRE C", "siret": "12345678900038", "role": "former", "etat": "Supprimé"},
        {"nom": "CENTRE D", "role": "former", "etat": "Actif"},
    ]
    return Extrait.model_validate(
        {"id": numero, "numero": numero, "intitule": "x", "source": SOURCE, "statistiques": statistics, "partenaires": partners}
    )


def test_a_published_year_becomes_a_promotion(tmp_path: Path) -> None:
    """Counts are proposed, rates stay what was declared; a year that is recorded is left as it is, and its difference told."""
    registre = registre_of(
        tmp_path,
        {"data/certifications/RNCP1.yml": FICHE, "data/promotions/RNCP1-2023.yml": "certification: RNCP1\nannee: 2023\ncertifies: 9\n"},
    )
    found = propose_promotions([extrait()], registre)
    assert list(found.textes) == ["data/promotions/RNCP1-2024.yml"]
    record = parse_record("data/promotions/RNCP1-2024.yml", found.textes["data/promotions/RNCP1-2024.yml"].encode())
    assert isinstance(record, Promotion)
    assert (record.certifies, record.declare_fc and record.declare_fc.insertion_globale_6_mois) == (12, 80)
    assert found.notes == ("RNCP1-2023\u00a0: déjà enregistrée, laissée telle quelle",)


def test_an_active_partner_becomes_a_record(tmp_path: Path) -> None:
    """Two fiches make one partner with two habilitations; who is not active is not proposed, who has no SIRET is told."""
    registre = registre_of(tmp_path, {"data/certifications/RNCP1.yml": FICHE, f"data/partenaires/{OTHER}.yml": "nom: Centre B\n"})
    found = propose_partenaires([extrait(), extrait("RNCP2")], registre)
    assert list(found.textes) == [f"data/partenaires/{SIRET}.yml"]
    assert found.textes[f"data/partenaires/{SIRET}.yml"].count("role: former") == 2
    assert found.notes == (
        "CENTRE D, RNCP1\u00a0: publié sans SIRET, à écrire à la main",
        "CENTRE D, RNCP2\u00a0: publié sans SIRET, à écrire à la main",
        f"{OTHER} Centre B\u00a0: déjà enregistré, laissé tel quel\u202f; habilitation à ajouter pour RNCP1, RNCP2",
    )


@pytest.mark.skipif(not REAL.is_dir(), reason="the real extracts are not beside this checkout")
def test_the_real_fiches_agree_with_themselves(tmp_path: Path) -> None:
    """Every promotion proposed from the eleven real fiches agrees with what is published; proposed again, nothing is left to write."""
    files = sorted(REAL.glob("*.xml"))
    numbers = re.compile(r"<FICHE>(?:(?!<NUMERO_FICHE>).)*<NUMERO_FICHE>(\w+)<", re.DOTALL)
    wanted = frozenset(number for path in files for number in numbers.findall(path.read_text("utf-8")))
    known = list(read_extracts(files, Selection(fiches=wanted), None, lambda *_: None).extraits.values())
    assert len(known) == 11
    empty = registre_of(tmp_path / "vide", {})
    promotions, partners = propose_promotions(known, empty), propose_partenaires(known, empty)
    assert promotions.notes == ()
    written = {**promotions.textes, **partners.textes}
    fiches = {
        f"data/certifications/{e.numero}.yml": FICHE.replace("RNCP1", e.numero).replace(
            "repertoire: RNCP", f"repertoire: {e.numero.rstrip('0123456789')}"
        )
        for e in known
    }
    registre = registre_of(tmp_path / "plein", {**fiches, **written})
    by_year = {(e.numero, s.annee): s for e in known for s in e.statistiques}
    assert len(registre.promotions) == len(by_year)
    assert [gap for p in registre.promotions.values() for gap in gaps(p, by_year[p.certification, p.annee])] == []
    assert len(registre.partenaires) > 400
    assert propose_promotions(known, registre).textes == {}
    assert propose_partenaires(known, registre).textes == {}
