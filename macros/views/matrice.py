"""The matrix of requirements and certifications: one word a cell, one click from a cell to what shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.french import count
from macros.models.base import Force
from macros.models.constat import Niveau
from macros.records.decisions import Mode
from macros.views.decisions import ETATS, decision_pill, decisions, requirements_address, state_keys, without_status
from macros.views.exigences_resume import summary
from macros.views.fichiers import sheet
from macros.views.filtres import Filtre, among, found, key, useful
from macros.views.parts import LIBELLES_FORCE, Pastille, Reference, Terme, page_address, status, worst

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from macros.models.certification import Certification
    from macros.models.exigence import Exigence
    from macros.records.decisions import Decision
    from macros.views.context import Vue

COLONNES = 8
"""How many certifications one matrix shows: more would be neither read nor printed."""


@dataclass(frozen=True)
class Cellule:
    """One cell: its word, where it leads, whether nothing tells; it leads nowhere when the requirement does not bind."""

    pastille: Pastille | None
    texte: str
    adresse: str
    manque: bool = False


@dataclass(frozen=True)
class LigneMatriceExigences:
    """One requirement. `organisme`: what its check found about no certification in particular."""

    exigence: Reference
    titre: str
    theme: str
    force: Pastille
    organisme: Cellule | None
    cellules: tuple[Cellule, ...]
    cles_etat: tuple[str, ...]
    cle_force: str
    cle_theme: str
    cles_certification: tuple[str, ...]


@dataclass(frozen=True)
class MatriceExigences:
    """Requirements by certifications. `avec_organisme`: one more column, before the others."""

    legende: str
    certifications: tuple[Reference, ...]
    avec_organisme: bool
    lignes: tuple[LigneMatriceExigences, ...]
    filtres: tuple[Filtre, ...]
    fichiers: tuple[Reference, ...]


def build_matrice_exigences(vue: Vue, domaine: str = "") -> MatriceExigences:
    """Return the requirements that bind the certifications shown, grouped by text; of a domaine alone when one is stated."""
    chosen = [c for c in _followed(vue) if not domaine or c.domaine == domaine]
    columns = _most_urgent(vue, chosen)
    by_number = {c.numero: decisions(vue).on(c.numero) for c in columns}
    themes = _themes(vue.registre.exigences.values())
    every = sorted(vue.registre.exigences.values(), key=lambda e: (list(Force).index(e.force), themes[e.id], e.id))
    rows = tuple(row for each in every if (row := _row(vue, each, by_number, themes[each.id])) is not None)
    return MatriceExigences(
        legende=_legend(len(rows), len(every), len(columns), len(chosen)),
        certifications=tuple(Reference(c.numero, requirements_address(c.numero), detail=c.intitule) for c in columns),
        avec_organisme=any(row.organisme for row in rows),
        lignes=rows if columns else (),
        filtres=_filters(rows),
        fichiers=sheet(vue, "exigences", "ecarts"),
    )


def _followed(vue: Vue) -> list[Certification]:
    return [c for c in vue.in_order() if not c.is_closed(vue.today) and not vue.neighbours[1].get(c.numero)]


def _most_urgent(vue: Vue, chosen: list[Certification]) -> list[Certification]:
    """Return all certifications in their usual order; when they are too many, those that have most to do."""
    if len(chosen) <= COLONNES:
        return chosen

    def weight(certification: Certification) -> tuple[int, int]:
        found = decisions(vue).of(certification.numero)
        return -sum(each.niveau is Niveau.ECART for each in found), -sum(each.is_to_do() for each in found)

    kept = {c.numero for c in sorted(chosen, key=weight)[:COLONNES]}
    return [certification for certification in chosen if certification.numero in kept]


def _themes(exigences: Iterable[Exigence]) -> dict[str, str]:
    """Return the text each requirement belongs to, without the rank of a criterion: `Code du travail, R. 6113-9`."""
    return {e.id: f"{e.texte}, {e.article.split(',')[0]}" if e.article else e.texte for e in exigences}


def _row(vue: Vue, exigence: Exigence, by_number: Mapping[str, Mapping[str, Decision]], theme: str) -> LigneMatriceExigences | None:
    """Return the row of a requirement; None when it binds none of the certifications shown, nor the organisation."""
    found = [each[exigence.id] for each in by_number.values()]
    whole = tuple(c for c in decisions(vue).on_organisation(exigence) if c.is_to_do()) if vue.shows_constats() else ()
    if not whole and all(each.mode is Mode.REGLE for each in found):
        return None
    keys = {state for each in found if each.mode is not Mode.REGLE for state in state_keys(vue, each)}
    if whole:
        keys |= {"a_traiter", worst(whole).value}
    return LigneMatriceExigences(
        exigence=Reference(exigence.id, page_address("exigences", exigence.id)),
        titre=exigence.titre,
        theme=theme,
        force=Pastille("usage" if exigence.force is Force.USAGE else "force", LIBELLES_FORCE[exigence.force]),
        organisme=Cellule(status(worst(whole)), "", f"constats/?sur={whole[0].collection}") if whole else None,
        cellules=tuple(_cell(vue, each) for each in found),
        cles_etat=tuple(sorted(keys)),
        cle_force=exigence.force.value,
        cle_theme=key(theme),
        cles_certification=tuple(each.certification for each in found if each.mode is not Mode.REGLE),
    )


def _cell(vue: Vue, decision: Decision) -> Cellule:
    if decision.mode is Mode.REGLE:
        return Cellule(None, "sans objet", "")
    address = f"{requirements_address(decision.certification)}#{decision.exigence.id.lower()}"
    missing = decision.niveau is None and not decision.preuves
    return Cellule(decision_pill(decision), without_status(vue, decision), address, missing)


def _filters(rows: tuple[LigneMatriceExigences, ...]) -> tuple[Filtre, ...]:
    return useful(
        among("etat", "État", ETATS, (state for row in rows for state in row.cles_etat)),
        found("certification", "Certification", ((numero, numero) for row in rows for numero in row.cles_certification)),
        among("force", "Force", {force.value: LIBELLES_FORCE[force] for force in Force}, (row.cle_force for row in rows)),
        found("theme", "Texte", ((row.cle_theme, row.theme) for row in rows)),
    )


def _legend(rows: int, every: int, columns: int, chosen: int) -> str:
    told = f"{count(rows, 'exigence ou usage', 'exigences et usages')}, {count(columns, 'certification')}."
    if columns < chosen:
        told += f" Ce sont, sur {chosen} certifications suivies, celles où il reste le plus à faire\u202f; chacune a sa propre page."
    left = every - rows
    if left:
        told += f" {count(left, 'autre ne concerne', 'autres ne concernent')} aucune d’elles à ce jour."
    return told


def build_situation_exigences(vue: Vue) -> tuple[Terme, ...]:
    """Return, for the certifications of the matrix, how they stand in a sentence that leads to their page of requirements."""
    terms = []
    for certification in _most_urgent(vue, _followed(vue)):
        binding = [each for each in decisions(vue).of(certification.numero) if each.mode is not Mode.REGLE]
        told = Reference(summary(vue, binding), requirements_address(certification.numero))
        terms.append(Terme(certification.numero, told))
    return tuple(terms)
