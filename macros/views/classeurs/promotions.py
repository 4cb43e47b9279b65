"""The workbook of promotions: counts and rates of each, then each survey."""

from __future__ import annotations

from typing import TYPE_CHECKING

from macros.models.base import Visibilite
from macros.views.classeurs.actions import NOTES
from macros.views.classeurs.feuille import Colonne, Feuille, Genre, Valeur
from macros.views.classeurs.tri import Critere
from macros.views.promotions import build_registre_promotions

if TYPE_CHECKING:
    from macros.models.enquete import Rapport
    from macros.views.context import Vue
    from macros.views.lignes_promotion import LignePromotion

CRITERES: dict[str, Critere[LignePromotion]] = {
    "certification": Critere(lambda row: (row.certification.texte,) if row.certification.adresse else ()),
    "annee": Critere(lambda row: (row.annee,)),
}
_COUNTS = ("Inscrits", "Présentés", "Certifiés", "Dont VAE", "Abandons")
_COLONNES = (
    Colonne("Identifiant", 16),
    Colonne("Certification", 14),
    Colonne("Année", 8, Genre.NOMBRE),
    Colonne("Arrêtée le", 12, Genre.DATE),
    *(Colonne(name, 10, Genre.NOMBRE) for name in _COUNTS),
    Colonne("Réussite", 10, Genre.POURCENTAGE),
    Colonne("Certifiés sur inscrits", 12, Genre.POURCENTAGE),
    *(Colonne(f"{name} déclarés", 12, Genre.NOMBRE) for name in ("Certifiés", "Certifiés VAE")),
    Colonne("Insertion à 6 mois déclarée", 14, Genre.POURCENTAGE),
    Colonne("Métier à 6 mois déclaré", 14, Genre.POURCENTAGE),
    Colonne("Métier à 2 ans déclaré", 14, Genre.POURCENTAGE),
)
_ENQUETES = (
    Colonne("Promotion", 16),
    Colonne("Horizon (mois)", 9, Genre.NOMBRE),
    Colonne("Close le", 12, Genre.DATE),
    *(Colonne(name, 11, Genre.NOMBRE) for name in ("Sortants", "Répondants", "Neutralisés", "En emploi", "Dans le métier")),
    *(Colonne(name, 11, Genre.POURCENTAGE) for name in ("Réponse", "Insertion globale", "Insertion métier")),
    Colonne("Preuve", 14),
)


def rows(vue: Vue) -> tuple[LignePromotion, ...]:
    """Return every promotion in words, latest first, as the register lists it."""
    return build_registre_promotions(vue).lignes


def sheets(vue: Vue, lignes: tuple[LignePromotion, ...]) -> tuple[Feuille, ...]:
    """Return these promotions, one a row, then their surveys."""
    columns = (*_COLONNES, NOTES) if vue.audience is Visibilite.INTERNE else _COLONNES
    table = tuple(_cells(vue, row)[: len(columns)] for row in lignes)
    surveys = tuple(cells for row in lignes for cells in _surveys(vue, row))
    return Feuille("Promotions", columns, table), Feuille("Enquêtes", _ENQUETES, surveys)


def percent(rapport: Rapport | None) -> int | None:
    """Return a rate in whole percent, None without one; the counts it comes from have their own columns."""
    return None if rapport is None or rapport.pourcentage is None else round(rapport.pourcentage)


def _cells(vue: Vue, row: LignePromotion) -> tuple[Valeur, ...]:
    promotion = vue.registre.promotions[row.id]
    told = promotion.declare_fc
    rates = (told.insertion_globale_6_mois, told.insertion_metier_6_mois, told.insertion_metier_2_ans) if told else (None,) * 3
    return (
        *(row.id, row.certification.texte, promotion.annee, promotion.arretee_le),
        *(promotion.inscrits, promotion.presentes, promotion.certifies, promotion.certifies_vae, promotion.abandons),
        *(percent(promotion.success()), percent(promotion.completion())),
        *((told.certifies, told.certifies_vae) if told else (None, None)),
        *rates,
        row.notes.strip(),
    )


def _surveys(vue: Vue, row: LignePromotion) -> list[tuple[Valeur, ...]]:
    rows: list[tuple[Valeur, ...]] = [
        (
            *(row.id, one.horizon_mois, one.date, one.sortants, one.repondants, one.neutralises, one.en_emploi, one.dans_le_metier),
            *(percent(one.response()), percent(one.overall()), percent(one.in_occupation()), str(one.preuve or "")),
        )
        for one in vue.registre.promotions[row.id].enquetes
    ]
    return rows
