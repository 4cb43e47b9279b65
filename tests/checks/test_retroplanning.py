"""The steps of a renewal follow one another."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from macros.models.preparation import Retroplanning


@pytest.mark.parametrize("steps", [{}, {"collecte_mois": 9}, {"alerte_mois": 0}, {"dossier_pret_mois": 12}])
def test_steps_in_order_are_kept(steps: dict[str, int]) -> None:
    """Two steps may fall on the same day."""
    assert Retroplanning.model_validate(steps).model_dump().items() >= steps.items()


@pytest.mark.parametrize("steps", [{"collecte_mois": 8}, {"dossier_pret_mois": 13}, {"depot_mois": 5}, {"alerte_mois": 8}])
def test_steps_out_of_order_are_refused(steps: dict[str, int]) -> None:
    """A file cannot be ready before its evidence is gathered, nor a deadline come before the filing it is about."""
    with pytest.raises(ValidationError) as raised:
        Retroplanning.model_validate(steps)
    (error,) = raised.value.errors()
    assert error["type"] == "ordre_etapes"
    assert str(next(iter(steps.values()))) in error["ctx"]["valeur"]
