"""What an import changes and what it leaves to people."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from macros.exchange.fc_selection import Selection
from macros.exchange.france_competences import read_extracts
from macros.exchange.import_plan import Statut, plan_fiche
from macros.models.certification import Certification
from macros.models.derivation import certification_fields
from macros.models.extrait import Extrait
from macros.records.writing import dump_record

RNCP = Path(__file__).parent / "donnees" / "export-fiches-rncp-v4-1-2026-08-16.xml"


@pytest.fixture(scope="module")
def ancien() -> Extrait:
    """Return the extract of August."""
    return read_extracts([RNCP], Selection(fiches=frozenset({"RNCP99101"}))).extraits["RNCP99101"]


def written(extrait: Extrait, **edited: object) -> dict[str, Any]:
    """Return the record made from an extract as it is read back, then edited by a person (None: key removed)."""
    text = dump_record(Certification, certification_fields(extrait))
    data: dict[str, Any] = yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506 - makes text only
    return {key: value for key, value in (data | edited).items() if value is not None}


def later(extrait: Extrait, **changes: object) -> Extrait:
    """Return the extract of September, changed."""
    return extrait.model_copy(update={"source": extrait.source.model_copy(update={"date": date(2026, 9, 20)}), **changes})


def test_new(ancien: Extrait) -> None:
    """Without record, every field that FC gives is written."""
    plan = plan_fiche(ancien, None, None)
    assert (plan.statut, plan.ecrire_extrait, plan.champs) == (Statut.NOUVELLE, True, certification_fields(ancien))


def test_same_again_changes_nothing(ancien: Extrait) -> None:
    """The same extract on an untouched or an edited record writes nothing, whatever the name of the file."""
    renamed = ancien.model_copy(update={"source": ancien.source.model_copy(update={"fichier": "autre.xml"})})
    ended = f"{written(ancien)['objectifs']}\n"
    for fiche in (written(ancien), written(ancien, objectifs=ended), written(ancien, intitule="Revu ici", objectifs=None)):
        plan = plan_fiche(renamed, ancien, fiche)
        assert (plan.statut, plan.ecrit, plan.changements, plan.gardes) == (Statut.INCHANGEE, False, (), ())


def test_what_nobody_edited_is_updated(ancien: Extrait) -> None:
    """A field still as FC published it takes the new value, and the difference is told."""
    plan = plan_fiche(later(ancien, etat_fiche="Supprimée", date_fin_enregistrement=date(2028, 6, 30)), ancien, written(ancien))
    assert plan.statut is Statut.MISE_A_JOUR
    assert set(plan.champs) == {"etat_fiche", "date_fin_enregistrement", "source_fc"}
    assert [(c.titre, c.ici, c.fc) for c in plan.changements] == [
        ("Fin d’enregistrement", "30\u00a0juin\u00a02027", "30\u00a0juin\u00a02028"),
        ("État de la fiche", "Publiée", "Supprimée"),
    ]


def test_what_people_wrote_stays(ancien: Extrait) -> None:
    """A field edited, added or emptied by a person stays; when FC changed it too, that is told."""
    fiche = written(ancien, intitule="Revu ici", objectifs="Réécrit.", secteurs=None, notes="À nous")
    plan = plan_fiche(later(ancien, intitule="Revu par FC", capacites_attestees="C3. Neuf"), ancien, fiche)
    assert set(plan.champs) == {"competences", "source_fc"}
    assert [(c.champ, c.ici, c.fc) for c in plan.gardes] == [("intitule", "Revu ici", "Revu par FC")]


def test_a_field_fc_no_longer_states_stays(ancien: Extrait) -> None:
    """An absent tag is unknown, not empty."""
    plan = plan_fiche(later(ancien, date_decision=None), ancien, written(ancien))
    assert set(plan.champs) == {"source_fc"}


def test_a_field_fc_now_states_is_added(ancien: Extrait) -> None:
    """What FC did not publish and nobody wrote is added; what a person wrote meanwhile stays."""
    new = later(ancien, reglementations_activites="Norme fictive.")
    assert plan_fiche(new, ancien, written(ancien)).champs["reglementations"] == "Norme fictive."
    assert [c.champ for c in plan_fiche(new, ancien, written(ancien, reglementations="La nôtre")).gardes] == ["reglementations"]


def test_without_old_extract_only_absent_keys_are_filled(ancien: Extrait) -> None:
    """Nobody knows who wrote what: no existing key changes, except the source."""
    plan = plan_fiche(ancien, None, {"numero": "RNCP99101", "intitule": "Le nôtre", "repertoire": "RNCP", "notes": "x"})
    assert "intitule" not in plan.champs
    assert {"niveau", "objectifs", "source_fc"} <= plan.champs.keys()
    assert [c.champ for c in plan.gardes] == ["intitule"]


def test_a_final_line_break_is_no_edition(ancien: Extrait) -> None:
    """An editor that ends a block with a line break has not edited the text."""
    new = later(ancien, objectifs_contexte="Neuf.")
    fiche = written(ancien, objectifs=f"{written(ancien)['objectifs']}\n")
    assert plan_fiche(new, ancien, fiche).champs["objectifs"] == "Neuf."


def test_the_source_is_always_ours_to_write(ancien: Extrait) -> None:
    """The day of the extract follows the extract, even when the old one is lost."""
    plan = plan_fiche(ancien, None, written(ancien, source_fc={"extrait": "RNCP99101", "date": "2020-01-01"}))
    assert dict(plan.champs) == {"source_fc": {"extrait": "RNCP99101", "date": date(2026, 8, 16)}}


def test_later_date_alone_dates_the_extract(ancien: Extrait) -> None:
    """A more recent export with the same fiche says that it is still true: only the dates move."""
    plan = plan_fiche(later(ancien), ancien, written(ancien))
    assert (plan.statut, plan.ecrire_extrait, set(plan.champs), plan.rubriques) == (Statut.MISE_A_JOUR, True, {"source_fc"}, ())


def test_older_extract_is_left_aside(ancien: Extrait) -> None:
    """An export older than the one already imported changes nothing."""
    plan = plan_fiche(ancien, later(ancien, intitule="Plus récent"), written(ancien))
    assert (plan.statut, plan.ecrit) == (Statut.PLUS_ANCIENNE, False)


def test_changes_of_the_extract_alone(ancien: Extrait) -> None:
    """Partners and statistics live in the extract: their change is told without touching the record."""
    new = ancien.model_copy(update={"partenaires": (), "statistiques": ()})
    plan = plan_fiche(new, ancien, written(ancien))
    assert (plan.ecrire_extrait, dict(plan.champs), plan.rubriques) == (True, {}, ("Liste des partenaires", "Statistiques"))


def test_visibility_of_an_extract_is_kept(ancien: Extrait) -> None:
    """A person may hide an extract; importing again does not show it."""
    hidden = Extrait.model_validate({**ancien.model_dump(), "id": ancien.id, "visibilite": "interne"})
    assert plan_fiche(ancien, hidden, written(ancien)).ecrit is False
    assert plan_fiche(later(ancien), hidden, written(ancien)).extrait.visibilite == "interne"


def test_a_guessed_day_replaces_nothing(ancien: Extrait) -> None:
    """A guessed day, earlier or later, never makes another content win; the same content stays undated."""
    for day in (date(2020, 1, 1), date(2030, 1, 1)):
        source = ancien.source.model_copy(update={"date": day})
        plan = plan_fiche(ancien.model_copy(update={"source": source, "intitule": "Autre"}), ancien, written(ancien), devinee=True)
        assert (plan.statut, plan.ecrit) == (Statut.DATE_A_PRECISER, False)
        plan = plan_fiche(ancien.model_copy(update={"source": source}), ancien, written(ancien), devinee=True)
        assert (plan.statut, plan.ecrit) == (Statut.INCHANGEE, False)


def test_a_lost_extract_leaves_the_origin_unknown(ancien: Extrait) -> None:
    """Without the old extract, what differs is not said to be edited by people; with it, it is."""
    fiche = written(ancien, intitule="Le nôtre")
    assert plan_fiche(ancien, None, fiche).origine_inconnue
    assert not plan_fiche(later(ancien, intitule="Autre"), ancien, fiche).origine_inconnue


def test_an_unpublished_type_replaces_nothing(ancien: Extrait) -> None:
    """A fiche that no longer says its type leaves the one already there; a new record takes a guess, known as one."""
    silent = {"type_enregistrement": None, "date_decision": None, "duree_enregistrement": None}
    stated = ancien.model_copy(update={"type_enregistrement": "de_droit"})
    plan = plan_fiche(later(stated, **silent), stated, written(stated))
    assert "type_enregistrement" not in plan.champs
    assert not plan.type_suppose
    assert plan_fiche(later(ancien, **silent), None, None).type_suppose
    assert not plan_fiche(ancien, None, None).type_suppose
