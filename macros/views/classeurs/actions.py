"""The workbook of actions: the tracking table, then each postponement and each note of progress."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from macros.models.action import Action
from macros.models.base import Visibilite
from macros.views import libelles
from macros.views.actions import LIBELLES_ORIGINE, LigneAction, action_row, in_order
from macros.views.classeurs.feuille import Colonne, Feuille, Genre, Valeur
from macros.views.classeurs.tri import Critere
from macros.views.registre_actions import ECHEANCES, STATUTS

if TYPE_CHECKING:
    from macros.views.context import Vue
    from macros.views.parts import Reference

_PRIORITES = tuple(map(str, get_args(Action.model_fields["priorite"].annotation)))
CRITERES: dict[str, Critere[LigneAction]] = {
    "statut": Critere(lambda row: row.cles_statut, STATUTS),
    "echeance": Critere(lambda row: row.cles_echeance, ECHEANCES),
    "certification": Critere(lambda row: (ref.texte for ref in row.certifications if ref.adresse)),
    "responsable": Critere(lambda row: (row.responsable,) if row.responsable else ()),
    "nature": Critere(lambda row: (row.cle_nature,), {nature.value: label for nature, label in libelles.NATURE.items()}),
    "origine": Critere(lambda row: (row.cle_origine,), LIBELLES_ORIGINE),
}
_COLONNES = (
    Colonne("Identifiant", 13),
    Colonne("Intitulé", 46, Genre.LONG),
    Colonne("Situation", 20),
    Colonne("Statut", 12, mots=tuple(libelles.STATUT_ACTION.values())),
    Colonne("Jours de retard", 10, Genre.NOMBRE),
    Colonne("Nature", 15, mots=tuple(libelles.NATURE.values())),
    Colonne("Priorité", 10, mots=_PRIORITES),
    Colonne("Type d’origine", 18, mots=tuple(LIBELLES_ORIGINE.values())),
    Colonne("Origine", 26),
    Colonne("Certifications", 14),
    Colonne("Responsable", 26),
    Colonne("Ouverte le", 12, Genre.DATE),
    Colonne("Échéance", 12, Genre.DATE),
    Colonne("Première échéance", 12, Genre.DATE),
    Colonne("Reports", 9, Genre.NOMBRE),
    Colonne("Avancement", 12, Genre.POURCENTAGE),
    Colonne("Dernière note le", 12, Genre.DATE),
    Colonne("Dernière note", 46, Genre.LONG),
    Colonne("Critère de réussite", 40, Genre.LONG),
    Colonne("Description", 46, Genre.LONG),
    Colonne("Récurrence", 22),
    Colonne("Preuves", 14),
    Colonne("Fin le", 12, Genre.DATE),
    Colonne("Bilan", 40, Genre.LONG),
    Colonne("Efficacité", 18, mots=tuple(libelles.AVIS_EFFICACITE.values())),
    Colonne("Jugée le", 12, Genre.DATE),
    Colonne("Motif de l’avis", 40, Genre.LONG),
)
NOTES = Colonne("Notes internes", 46, Genre.LONG)


def rows(vue: Vue) -> tuple[LigneAction, ...]:
    """Return every action in words, late ones first, as the register lists them."""
    return tuple(action_row(vue, action) for action in in_order(vue, vue.registre.actions.values()))


def sheets(vue: Vue, lignes: tuple[LigneAction, ...]) -> tuple[Feuille, ...]:
    """Return the table of these actions, then their postponements and their notes of progress, one a row."""
    columns = (*_COLONNES, NOTES) if vue.audience is Visibilite.INTERNE else _COLONNES
    table = tuple(_cells(vue, row)[: len(columns)] for row in lignes)
    reports, notes = [], []
    for row in lignes:
        reports += [(row.id, row.intitule, report.ancienne, report.nouvelle, report.motif) for report in row.details.reports]
        notes += [(row.id, row.intitule, note.date, note.pourcentage, note.texte) for note in reversed(row.details.avancement)]
    about = (Colonne("Action", 13), Colonne("Intitulé", 46, Genre.LONG))
    days = (Colonne("Ancienne échéance", 12, Genre.DATE), Colonne("Nouvelle échéance", 12, Genre.DATE))
    progress = (Colonne("Date", 12, Genre.DATE), Colonne("Avancement", 12, Genre.POURCENTAGE))
    return (
        Feuille("Actions", columns, table),
        Feuille("Reports", (*about, *days, Colonne("Motif", 60, Genre.LONG)), tuple(reports)),
        Feuille("Avancement", (*about, *progress, Colonne("Note", 60, Genre.LONG)), tuple(notes)),
    )


def _cells(vue: Vue, row: LigneAction) -> tuple[Valeur, ...]:
    action, details = vue.registre.actions[row.id], row.details
    latest = action.avancement[-1] if action.avancement else None
    return (
        *(row.id, row.intitule, row.pastille.texte, libelles.STATUT_ACTION[action.statut], _late(vue, action)),
        *(row.nature, action.priorite, LIBELLES_ORIGINE[row.cle_origine], row.origine.texte),
        *(lines(row.certifications), row.responsable, action.date, row.echeance, action.first_due(), len(action.reports)),
        *(row.part, latest.date if latest else None, row.etape, details.critere, details.description.strip()),
        *(details.recurrence, lines(details.preuves)),
        *((details.cloture.date, details.cloture.bilan) if details.cloture else (None, None)),
        *_review(action),
        details.notes.strip(),
    )


def _late(vue: Vue, action: Action) -> int | None:
    return (vue.today - action.echeance).days if action.echeance and action.is_late(vue.today) else None


def _review(action: Action) -> tuple[Valeur, ...]:
    review = action.efficacite
    return (libelles.AVIS_EFFICACITE[review.avis], review.date, review.motif) if review else (None, None, None)


def lines(references: tuple[Reference, ...]) -> str:
    """Return mentions of records in one cell, one a line."""
    return "\n".join(reference.texte for reference in references)
