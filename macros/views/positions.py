"""Where certifications stand on the CEP recommendations: typed readings for the first four, a check for the fifth."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from macros.french import count, join
from macros.models.base import OuiNon
from macros.models.constat import Niveau
from macros.views.cep import in_order
from macros.views.parts import Pastille, Reference, page_address, references_to, status, worst

if TYPE_CHECKING:
    from macros.models.base import Jour
    from macros.models.cep import Recommandation
    from macros.models.certification import Certification
    from macros.models.positionnement import LectureCep
    from macros.views.context import Vue


class Genre(StrEnum):
    """How a position came to be."""

    ECRITE = "ecrite"
    DECIDEE = "decidee"
    A_ECRIRE = "a_ecrire"
    SANS_OBJET = "sans_objet"


@dataclass(frozen=True)
class Position:
    """One certification on one recommendation. `pastille` None: this audience is told facts, not judged by them."""

    genre: Genre
    certification: Reference
    recommandation: Reference
    pastille: Pastille | None
    motif: str
    preuves: tuple[Reference, ...] = ()
    date: Jour | None = None
    fonction: str = ""
    reexamen: Jour | None = None


def position(vue: Vue, certification: Certification, recommandation: Recommandation) -> Position:
    """Return where a certification stands: its reading, what the check found, or that nothing applies."""
    ends = _certification(certification), _recommandation(recommandation)
    if recommandation.controle is not None:
        return _decided(vue, certification, recommandation, ends)
    if certification.accompagnement is OuiNon.NON:
        return Position(Genre.SANS_OBJET, *ends, status(Niveau.SANS_OBJET), "Cette certification ne porte pas sur l’accompagnement.")
    written = vue.croisements.position_of(certification.numero)
    found = written.on(recommandation.id) if written else None
    if found is None:
        return Position(Genre.A_ECRIRE, *ends, Pastille("a_surveiller", "à situer"), "Aucune lecture écrite.")
    return _written(vue, found, ends)


def _certification(certification: Certification) -> Reference:
    return Reference(certification.numero, page_address("certifications", certification.numero), detail=certification.intitule)


def _recommandation(recommandation: Recommandation) -> Reference:
    return Reference(recommandation.id, page_address("cep", recommandation.id), detail=recommandation.titre)


def _written(vue: Vue, found: LectureCep, ends: tuple[Reference, Reference]) -> Position:
    pill, proofs = status(Niveau(found.statut)), references_to(vue, "preuves", found.preuves)
    return Position(Genre.ECRITE, *ends, pill, found.motif, proofs, found.date, found.fonction, found.reexamen)


def _decided(vue: Vue, certification: Certification, recommandation: Recommandation, ends: tuple[Reference, Reference]) -> Position:
    """Say what the check found, to those who see constats; to everyone, the facts it looks at."""
    facts = observed_facts(vue, certification)
    if certification.is_closed(vue.today) or vue.neighbours[1].get(certification.numero):
        return Position(Genre.SANS_OBJET, *ends, status(Niveau.SANS_OBJET), "Une autre fiche la remplace, ou sa délivrance est terminée.")
    if not vue.shows_constats():
        return Position(Genre.DECIDEE, *ends, None, facts, _observed(vue, certification))
    found = [c for c in vue.constats_on("certifications", certification.numero) if c.controle == recommandation.controle]
    level = worst(found) if found else Niveau.CONFORME
    return Position(
        Genre.DECIDEE, *ends, status(level), " ".join(constat.message for constat in found) or facts, _observed(vue, certification)
    )


def _observed(vue: Vue, certification: Certification) -> tuple[Reference, ...]:
    """Return where the outcomes that recommendation 5 looks at can be read."""
    extrait = vue.registre.extraits.get(certification.numero)
    if extrait is None or not extrait.observed_years():
        return ()
    return (Reference("promotions publiées", f"{page_address('certifications', certification.numero)}#promotions"),)


def observed_facts(vue: Vue, certification: Certification) -> str:
    """Return what recommendation 5 looks at: how many competences are stated, for which years outcomes were published."""
    extrait = vue.registre.extraits.get(certification.numero)
    years = extrait.observed_years() if extrait else ()
    whole, detailed = certification.competences_by_place()
    stated = count(whole or detailed, "compétence énoncée", "compétences énoncées")
    how = f", {count(detailed, 'détaillée', 'détaillées')} par bloc" if whole and detailed else " une à une"
    outcomes = f"débouchés observés pour {join([str(year) for year in years])}" if years else "aucun débouché observé n’est publié"
    return f"{stated}{how}\u202f; {outcomes}."


@dataclass(frozen=True)
class References:
    """What the page of a certification says of the recommendations; `mention` covers those that are without object."""

    lignes: tuple[Position, ...]
    mention: str


def build_references(vue: Vue, certification: Certification) -> References:
    """Return the readings of a certification; typed ones that do not apply are told in one quiet sentence."""
    found = [position(vue, certification, recommandation) for recommandation in in_order(vue)]
    quiet = [each.recommandation.texte for each in found if each.genre is Genre.SANS_OBJET]
    shown = tuple(each for each in found if each.genre is not Genre.SANS_OBJET and _is_told(vue, each))
    why = next((each.motif for each in found if each.genre is Genre.SANS_OBJET), "")
    return References(shown, f"{join(quiet)}\u00a0: sans objet. {why}" if quiet and shown else "")


def _is_told(vue: Vue, found: Position) -> bool:
    """Tell whether an audience reads a position: what nobody wrote is for those who can write it."""
    return found.genre is not Genre.A_ECRIRE or vue.shows_constats()


@dataclass(frozen=True)
class LigneMatrice:
    """One certification against every recommendation, None where nothing is told to this audience."""

    certification: Reference
    positions: tuple[Position | None, ...]


@dataclass(frozen=True)
class MatriceCep:
    """Certifications by recommendations."""

    recommandations: tuple[Reference, ...]
    lignes: tuple[LigneMatrice, ...]


def build_matrice_cep(vue: Vue) -> MatriceCep:
    """Return every certification against every recommendation, those of guidance first."""
    columns = in_order(vue)
    known = sorted(vue.in_order(), key=lambda c: c.accompagnement is OuiNon.NON)
    rows = (LigneMatrice(_certification(c), tuple(_told(vue, c, r) for r in columns)) for c in known)
    return MatriceCep(tuple(map(_recommandation, columns)), tuple(rows) if columns else ())


def _told(vue: Vue, certification: Certification, recommandation: Recommandation) -> Position | None:
    found = position(vue, certification, recommandation)
    return found if _is_told(vue, found) else None


def build_situation(vue: Vue, recommandation: Recommandation) -> tuple[Position, ...]:
    """Return where each certification stands on one recommendation; those without object are left out."""
    found = (position(vue, certification, recommandation) for certification in vue.in_order())
    return tuple(each for each in found if each.genre is not Genre.SANS_OBJET and _is_told(vue, each))
