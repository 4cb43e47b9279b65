"""The workbook of evidence: the inventory, then each version of each document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from macros.models.base import OuiNon, Visibilite
from macros.views import libelles
from macros.views.classeurs.actions import NOTES, lines
from macros.views.classeurs.feuille import Colonne, Feuille, Genre, Valeur
from macros.views.classeurs.tri import Critere
from macros.views.preuves import ETATS, LignePreuve, build_registre_preuves, state

if TYPE_CHECKING:
    from macros.views.context import Vue

_PLACES = ("verifiee", "exterieure", "differente", "manquante", "sans_empreinte")
CRITERES: dict[str, Critere[LignePreuve]] = {
    "etat": Critere(lambda row: row.cles_etat, ETATS),
    "type": Critere(lambda row: (row.cle_type,), {kind.value: label for kind, label in libelles.TYPE_PREUVE.items()}),
    "certification": Critere(lambda row: (ref.texte for ref in row.certifications if ref.adresse)),
    "annee": Critere(lambda row: (row.annee,)),
}
_COLONNES = (
    Colonne("Identifiant", 13),
    Colonne("Type", 24, mots=tuple(libelles.TYPE_PREUVE.values())),
    Colonne("Titre", 46, Genre.LONG),
    Colonne("Date", 12, Genre.DATE),
    Colonne("Version", 9, Genre.NOMBRE),
    Colonne("Version du", 12, Genre.DATE),
    Colonne("Fichier", 30),
    Colonne("Gardée ailleurs", 30),
    Colonne("SHA-256", 34),
    Colonne("État du document", 20, mots=tuple(ETATS[place] for place in _PLACES)),
    Colonne("Signalé", 16),
    Colonne("Certifications", 14),
    Colonne("Exigences", 24),
    Colonne("Citée par", 20),
    Colonne("Même document que", 14),
    Colonne("Relue le", 12, Genre.DATE),
    Colonne("Relue par", 22),
    Colonne("À garder au moins jusqu’au", 14, Genre.DATE),
    Colonne("Données personnelles", 14, mots=tuple(OuiNon)),
    Colonne("À effacer après le", 12, Genre.DATE),
)
_VERSIONS = (
    Colonne("Preuve", 13),
    Colonne("Titre", 46, Genre.LONG),
    Colonne("Version", 9, Genre.NOMBRE),
    Colonne("Date", 12, Genre.DATE),
    Colonne("Fichier", 30),
    Colonne("Gardée ailleurs", 30),
    Colonne("SHA-256", 34),
    Colonne("Observation", 46, Genre.LONG),
)


def rows(vue: Vue) -> tuple[LignePreuve, ...]:
    """Return all evidence in words, latest first, as the register lists it."""
    return build_registre_preuves(vue).lignes


def sheets(vue: Vue, lignes: tuple[LignePreuve, ...]) -> tuple[Feuille, ...]:
    """Return the inventory of this evidence, then its versions, oldest first, one a row."""
    columns = (*_COLONNES, NOTES) if vue.audience is Visibilite.INTERNE else _COLONNES
    table = tuple(_cells(vue, row)[: len(columns)] for row in lignes)
    versions = tuple(
        (row.id, row.titre, one.numero, one.date, one.fichier, one.emplacement, one.sha256, one.observation)
        for row in lignes
        for one in reversed(row.revisions)
    )
    return Feuille("Preuves", columns, table), Feuille("Versions", _VERSIONS, versions)


def _cells(vue: Vue, row: LignePreuve) -> tuple[Valeur, ...]:
    preuve = vue.registre.preuves[row.id]
    latest = preuve.latest()
    version = (latest.numero, latest.date, latest.fichier, latest.emplacement, latest.sha256) if latest else (None,) * 5
    requirements = tuple(dict.fromkeys(preuve.exigences))
    return (
        *(row.id, row.type, row.titre, row.jour, *version),
        *(ETATS[state(vue, preuve)], "\n".join(pill.texte for pill in row.pastilles[1:])),
        *(lines(row.certifications), "\n".join(requirements), _cited(row, requirements), lines(row.doublons)),
        *(preuve.relue_le, preuve.relue_par, row.conservation),
        *(preuve.conservation.donnees_personnelles.value, row.effacer_apres, row.notes.strip()),
    )


def _cited(row: LignePreuve, requirements: tuple[str, ...]) -> str:
    """Return who relies on a proof, the requirements it supports apart: they have their own column."""
    return lines(tuple(ref for ref in row.usages if ref.texte not in requirements))
