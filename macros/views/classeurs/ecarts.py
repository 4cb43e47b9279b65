"""The workbook of requirements: what is to do first, then the whole situation, one row a requirement and a certification."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.models.base import Force, Visibilite
from macros.models.constat import Niveau
from macros.records.decisions import Mode
from macros.views.classeurs.feuille import Colonne, Feuille, Genre, Valeur
from macros.views.classeurs.tri import Critere
from macros.views.decisions import ETATS, decision_pill, decisions, how, judged, rank, reads_assessments, state_keys, without_status
from macros.views.parts import LIBELLES_FORCE

if TYPE_CHECKING:
    from macros.records.decisions import Decision
    from macros.views.context import Vue

_TO_EVALUATE = "Évaluez-la («\u00a0portail nouveau evaluation\u00a0»), ou rattachez-lui une preuve."


@dataclass(frozen=True)
class LigneEcart:
    """One requirement for one certification, with the keys its filters read."""

    decision: Decision
    statut: str
    comment: str
    cles_etat: tuple[str, ...]


CRITERES: dict[str, Critere[LigneEcart]] = {
    "etat": Critere(lambda row: row.cles_etat, ETATS),
    "certification": Critere(lambda row: (row.decision.certification,)),
    "force": Critere(lambda row: (row.decision.exigence.force.value,), {force.value: LIBELLES_FORCE[force] for force in Force}),
    "exigence": Critere(lambda row: (row.decision.exigence.id,)),
}
_COLONNES = (
    Colonne("Identifiant", 30),
    Colonne("Certification", 14),
    Colonne("Exigence", 26),
    Colonne("Titre", 40, Genre.LONG),
    Colonne("Force", 12, mots=tuple(LIBELLES_FORCE.values())),
    Colonne("Référence", 26),
    Colonne("Situation", 16),
    Colonne("Décidée par", 24),
    Colonne("Jugée", 24),
    Colonne("Évaluation", 14),
    Colonne("Évaluée le", 12, Genre.DATE),
    Colonne("Par", 24),
    Colonne("À reprendre le", 12, Genre.DATE),
    Colonne("Motif", 50, Genre.LONG),
    Colonne("Preuves", 16),
    Colonne("Preuves attendues", 40, Genre.LONG),
)
_RESERVED = (Colonne("Constats", 50, Genre.LONG), Colonne("Que faire", 50, Genre.LONG), Colonne("Fichier", 34))


def rows(vue: Vue) -> tuple[LigneEcart, ...]:
    """Return each requirement that binds a certification, certification by certification, the most pressing first."""
    if not reads_assessments(vue):
        return ()
    numbers = [certification.numero for certification in vue.in_order()]
    found = (each for numero in numbers for each in sorted(decisions(vue).of(numero), key=rank) if each.mode is not Mode.REGLE)
    return tuple(_row(vue, each) for each in found)


def _row(vue: Vue, decision: Decision) -> LigneEcart:
    pill = decision_pill(decision)
    return LigneEcart(decision, pill.texte if pill else without_status(vue, decision), how(vue, decision), state_keys(vue, decision))


def sheets(vue: Vue, lignes: tuple[LigneEcart, ...]) -> tuple[Feuille, ...]:
    """Return the gaps among these rows, then all of them; what checks found is for those who see constats."""
    columns = (*_COLONNES, *_RESERVED) if vue.audience is Visibilite.INTERNE else _COLONNES
    asking = [row for row in lignes if "a_traiter" in row.cles_etat or row.decision.niveau in (Niveau.ECART, Niveau.A_SURVEILLER)]
    gaps = tuple(_cells(row)[: len(columns)] for row in asking)
    return Feuille("Écarts", columns, gaps), Feuille("Situation", columns, tuple(_cells(row)[: len(columns)] for row in lignes))


def _cells(row: LigneEcart) -> tuple[Valeur, ...]:
    decision, exigence, written = row.decision, row.decision.exigence, row.decision.evaluation
    assessed = (written.id, written.date, written.fonction, written.reexamen, written.motif.strip()) if written else (None,) * 5
    return (
        *(
            f"{exigence.id} {decision.certification}",
            decision.certification,
            exigence.id,
            exigence.titre,
            LIBELLES_FORCE[exigence.force],
            exigence.reference(),
        ),
        *(row.statut, row.comment, judged(decision), *assessed),
        *("\n".join(preuve.id for preuve in decision.preuves), "\n".join(exigence.preuves_attendues)),
        *_reserved(decision),
    )


def _reserved(decision: Decision) -> tuple[Valeur, ...]:
    """Return what checks found, what to do about it and where."""
    found = decision.constats
    remedies = [constat.remede for constat in found] or ([_TO_EVALUATE] if decision.mode is Mode.AUCUN else [])
    files = list(dict.fromkeys(constat.fichier for constat in found if constat.fichier))
    return "\n".join(constat.message for constat in found), "\n".join(dict.fromkeys(remedies)), "\n".join(files)
