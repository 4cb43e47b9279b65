"""A workbook of a register: what each sheet holds and in which order; how it is written is another floor's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from macros.french import count
from macros.models.base import Visibilite
from macros.views.classeurs import actions, conseils, ecarts, partenaires, plaintes, preuves, promotions
from macros.views.classeurs.feuille import LISEZ_MOI, Classeur, Colonne, Feuille, Genre, Valeur
from macros.views.classeurs.tri import Critere, Filtres, kept, refusals
from macros.views.decisions import reads_assessments

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from macros.views.context import Vue


@dataclass(frozen=True)
class _Registre:
    """A register that becomes a workbook: its rows, the conditions they answer to, its sheets, how rows are counted."""

    titre: str
    rows: Callable[[Vue], tuple[Any, ...]]
    criteres: Mapping[str, Critere[Any]]
    sheets: Callable[[Vue, tuple[Any, ...]], tuple[Feuille, ...]]
    unite: str
    source: str = ""
    """The collection without which there is nothing to export, when it is not the name of the register."""


REGISTRES = {
    "actions": _Registre("Suivi des actions", actions.rows, actions.CRITERES, actions.sheets, "action"),
    "preuves": _Registre("Inventaire des preuves", preuves.rows, preuves.CRITERES, preuves.sheets, "preuve"),
    "conseils": _Registre("Conseils de perfectionnement", conseils.rows, conseils.CRITERES, conseils.sheets, "conseil"),
    "partenaires": _Registre("Partenaires et habilitations", partenaires.rows, partenaires.CRITERES, partenaires.sheets, "partenaire"),
    "promotions": _Registre("Promotions et indicateurs", promotions.rows, promotions.CRITERES, promotions.sheets, "promotion"),
    "reclamations": _Registre("Réclamations", plaintes.complaints, plaintes.RECLAMATIONS, plaintes.complaint_sheets, "réclamation"),
    "audits": _Registre("Audits", plaintes.audits, plaintes.AUDITS, plaintes.audit_sheets, "audit"),
    "ecarts": _Registre("Exigences et écarts", ecarts.rows, ecarts.CRITERES, ecarts.sheets, "ligne", "exigences"),
}
"""What may be exported, by collection."""
COPIE = "Portée"
"""What a workbook made to be read says of itself, and a template does not."""
_AUDIENCES = {
    Visibilite.INTERNE: "usage interne",
    Visibilite.AUDITEUR: "auditeur, sans ce qui est réservé à l’usage interne",
    Visibilite.PUBLIC: "public, sans ce qui est réservé aux auditeurs et à l’usage interne",
}


def build_classeur(vue: Vue, collection: str, filtres: Filtres = ()) -> Classeur:
    """Return the workbook of a register, a key of `REGISTRES`, reduced to the rows that satisfy every condition.

    Raise `KeyError` for another collection or a condition that `refused_filters` refuses.
    """
    registre, wanted = REGISTRES[collection], list(filtres)
    every = registre.rows(vue)
    rows = kept(registre.criteres, every, wanted)
    organisme = vue.registre.organisme.denomination
    told = _about(vue, registre, wanted, len(rows), len(every))
    return Classeur(registre.titre, organisme, vue.today, (*registre.sheets(vue, rows), read_me(told)))


def has_something(vue: Vue, collection: str) -> bool:
    """Tell whether a register has something to hold for this audience."""
    registre = REGISTRES[collection]
    return bool(vue.registre.records.get(registre.source or collection)) and (not registre.source or reads_assessments(vue))


def refused_filters(vue: Vue, collection: str, filtres: Filtres) -> list[str]:
    """Return why conditions cannot be understood, one French sentence each; nothing when all are."""
    registre = REGISTRES[collection]
    return refusals(registre.criteres, registre.rows(vue), filtres)


def read_me(told: tuple[tuple[str, Valeur], ...]) -> Feuille:
    """Return the sheet that says in words what a workbook is."""
    return Feuille(LISEZ_MOI, (Colonne("Sujet", 26), Colonne("Ce qu’il faut savoir", 100, Genre.LONG)), told, tableau=False)


def _about(vue: Vue, registre: _Registre, filtres: list[tuple[str, str]], number: int, total: int) -> tuple[tuple[str, Valeur], ...]:
    chosen = "\n".join(f"{cle} = {valeur}" for cle, valeur in filtres) or "aucun\u00a0: tout ce que ce public peut voir"
    shown = count(number, registre.unite) + (f" sur {total}" if number != total else "")
    facts: list[tuple[str, Valeur]] = [
        ("Contenu", registre.titre),
        ("Organisme", vue.registre.organisme.denomination),
        ("Pour qui", _AUDIENCES[vue.audience]),
        ("À la date du", vue.today),
        ("Filtre", chosen),
        ("Nombre", shown),
        (COPIE, "Ce classeur est une copie\u00a0: ce que vous y changez ne modifie pas le portail."),
    ]
    if vue.is_demonstration:
        facts.append(("Démonstration", "Toutes ces données sont fictives."))
    return tuple(facts)
