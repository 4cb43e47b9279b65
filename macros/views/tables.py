"""Training tables in words: modules and épreuves against the columns of the référentiel, holes, coverage figures."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from macros.french import count, format_date
from macros.models.couverture import coverage, referentiel_of
from macros.records.audience import Masque
from macros.views.fichiers import tables_path
from macros.views.parts import Reference, Terme, reference_to, references_to
from macros.views.tables_volets import Trou, Volet, build_volets, holes

if TYPE_CHECKING:
    from datetime import date

    from macros.models.certification import Certification
    from macros.models.couverture import Colonne, Couverture, Referentiel
    from macros.models.referentiel import TableFormation
    from macros.views.context import Vue

_NOMS = {
    (True, False): ("bloc", "blocs", ""),
    (False, True): ("compétence", "compétences", "e"),
    (True, True): ("compétence ou bloc", "compétences ou blocs", ""),
}
"""What columns are called, blocs or competences or both: one, several, the end of what agrees with them."""


@dataclass(frozen=True)
class LigneTable:
    """One training table in the list of those of a certification."""

    table: Reference
    organisme: Reference
    date: date | None
    contenu: str
    resume: str
    manques: tuple[str, ...]


@dataclass(frozen=True)
class VueTable:
    """One training table: what it is, its figures, its holes, then the matrix in one or several parts."""

    titre: str
    ancre: str
    termes: tuple[Terme, ...]
    resume: str
    trous: tuple[Trou, ...]
    inconnus: tuple[str, ...]
    volets: tuple[Volet, ...]


@dataclass(frozen=True)
class GroupeLegende:
    """The competences of a bloc, by code; `titre` is empty where there is no bloc."""

    titre: str
    colonnes: tuple[Colonne, ...]


@dataclass(frozen=True)
class VueTables:
    """Every training table of a certification, and what stands for each code."""

    fiche: Reference
    fichiers: tuple[Reference, ...]
    lignes: tuple[LigneTable, ...]
    tables: tuple[VueTable, ...]
    legende: tuple[GroupeLegende, ...]


def page_of_tables(numero: str) -> str:
    """Return the address of the page of the tables of a certification."""
    return f"certifications/{numero}/tables/"


def has_tables(vue: Vue, numero: str) -> bool:
    """Tell whether this audience reads training tables of a certification."""
    return bool(vue.registre.certifications[numero].tables_formation)


def build_tables(vue: Vue, certification: Certification) -> tuple[LigneTable, ...]:
    """Return the training tables of a certification, one line each, in the order written."""
    referentiel = referentiel_of(certification) if certification.tables_formation else None
    if referentiel is None:
        return ()
    return tuple(_line(vue, certification, rank, coverage(referentiel, t)) for rank, t in enumerate(certification.tables_formation))


def build_page_tables(vue: Vue, certification: Certification) -> VueTables:
    """Return everything the page of the tables of a certification shows."""
    referentiel = referentiel_of(certification)
    tables = tuple(_table(vue, referentiel, rank, table) for rank, table in enumerate(certification.tables_formation))
    files = (Reference("Tableur (.xlsx)", tables_path(certification.numero)),) if tables else ()
    here = reference_to(vue, "certifications", certification.numero, f"{certification.numero} · {certification.intitule}")
    return VueTables(here, files, build_tables(vue, certification), tables, _legend(certification, referentiel))


def _line(vue: Vue, certification: Certification, rank: int, found: Couverture) -> LigneTable:
    table = certification.tables_formation[rank]
    return LigneTable(
        table=Reference(table.formation, f"{page_of_tables(certification.numero)}#{_anchor(rank)}"),
        organisme=organisation(vue, table),
        date=table.date,
        contenu=content(table),
        resume=figures(found),
        manques=tuple(f"{hole.code}\u00a0: {hole.manque}" for hole in holes(found)),
    )


def _table(vue: Vue, referentiel: Referentiel, rank: int, table: TableFormation) -> VueTable:
    found = coverage(referentiel, table)
    return VueTable(
        titre=table.formation,
        ancre=_anchor(rank),
        termes=tuple(_terms(vue, table)),
        resume=figures(found),
        trous=holes(found),
        inconnus=tuple(dict.fromkeys(one.code for one in found.inconnus)),
        volets=build_volets(found, table),
    )


def _anchor(rank: int) -> str:
    return f"table-{rank + 1}"


def _terms(vue: Vue, table: TableFormation) -> list[Terme]:
    terms = [Terme("Organisme", organisation(vue, table)), Terme("Contenu", content(table))]
    version = f"version {table.version} du référentiel" if table.version else ""
    terms.append(Terme("Date de la table", table.date, version))
    if table.relue_le:
        terms.append(Terme("Relue sans changement", format_date(table.relue_le)))
    if table.blocs:
        terms.append(Terme("Blocs préparés", ", ".join(table.blocs)))
    if table.preuves:
        terms.append(Terme("Preuves", references_to(vue, "preuves", table.preuves)))
    return terms


def organisation(vue: Vue, table: TableFormation) -> Reference:
    """Return whose formation it is: a partner, linked when the audience has its record, or the organisation itself."""
    if table.organisme is None:
        return Reference(vue.registre.organisme.denomination)
    partner = None if isinstance(table.organisme, Masque) else vue.registre.partenaires.get(table.organisme)
    return reference_to(vue, "partenaires", table.organisme, partner.nom if partner else "")


def content(table: TableFormation) -> str:
    """Return `30 modules, 840 heures, 5 épreuves`."""
    hours = [count(table.hours(), "heure")] if table.hours() else []
    return ", ".join([count(len(table.modules), "module"), *hours, count(len(table.epreuves), "épreuve")])


def figures(found: Couverture) -> str:
    """Return the coverage in one sentence: `18 compétences sur 20 préparées par au moins un module, 19 évaluées…`."""
    total = len(found.vises)
    if not total:
        return "La fiche ne liste encore ni bloc ni compétence\u00a0: rien ne peut être mis en regard."
    prepared, tested = total - len(found.holes(found.prepares)), total - len(found.holes(found.evalues))
    kinds = {found.referentiel.colonnes[rank].is_bloc for rank in found.vises}
    name, names, ending = _NOMS[True in kinds, False in kinds]
    plural = "s" if prepared > 1 else ""
    first = f"{count(prepared, name, names)} sur {total} préparé{ending}{plural} par au moins un module"
    return f"{first}, {tested} évalué{ending}{'s' if tested > 1 else ''} par au moins une épreuve."


def _legend(certification: Certification, referentiel: Referentiel) -> tuple[GroupeLegende, ...]:
    names = {bloc.code.removeprefix(certification.numero) or bloc.code: bloc.intitule for bloc in certification.blocs}
    return tuple(
        GroupeLegende(f"{bloc} · {names[bloc]}" if bloc in names else bloc, tuple(column for column in group if not column.is_bloc))
        for bloc, group in groupby(referentiel.colonnes, key=lambda column: column.bloc)
    )
