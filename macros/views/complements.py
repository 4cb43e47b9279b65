"""What completes the page of a certification: its next application, what only the published fiche says, internal notes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.flattened import restore
from macros.french import count
from macros.models.base import OuiNon
from macros.views.contenu import Presentation
from macros.views.parts import Reference, Terme, reference_to

if TYPE_CHECKING:
    from macros.models.certification import Certification
    from macros.models.fiche import Publication
    from macros.models.referentiel import PieceRenouvellement, Renouvellement
    from macros.views.context import Vue

LIBELLES_SCENARIO = {
    "perimetre_constant": "périmètre constant",
    "changement_substantiel": "changement substantiel",
    "sans_suite": "sans suite\u00a0: la certification ne sera pas redéposée",
}
LIBELLES_PUBLICATION = {
    "decret_general": "texte général",
    "decret_creation": "texte de création",
    "decret_autre": "autre texte",
}


@dataclass(frozen=True)
class LignePiece:
    """One document of the application and the evidence attached to it, none when empty."""

    piece: str
    preuves: tuple[Reference, ...]


@dataclass(frozen=True)
class VueRenouvellement:
    """The next application: what is planned, what is done, its documents."""

    termes: tuple[Terme, ...]
    resume: str
    pieces: tuple[LignePiece, ...]


def build_renouvellement(vue: Vue, certification: Certification) -> VueRenouvellement:
    """Return the preparation of the next application, to those who may see it; empty when nothing is written."""
    plan = certification.renouvellement
    if plan is None:
        return VueRenouvellement((), "", ())
    pieces = tuple(_piece(vue, piece) for piece in plan.pieces)
    proven = sum(bool(piece.preuves) for piece in pieces)
    summary = f"{count(len(pieces), 'pièce')}, dont {proven} avec au moins une preuve." if pieces else ""
    return VueRenouvellement(_plan(plan), summary, pieces)


def _plan(plan: Renouvellement) -> tuple[Terme, ...]:
    terms = [Terme("Scénario", LIBELLES_SCENARIO[plan.scenario])]
    if plan.depot_vise:
        terms.append(Terme("Dépôt visé", plan.depot_vise))
    if not plan.is_abandoned():
        terms.append(Terme("Demande déposée", plan.depose_le or "pas encore"))
    return tuple(terms)


def _piece(vue: Vue, piece: PieceRenouvellement) -> LignePiece:
    return LignePiece(piece.piece, tuple(reference_to(vue, "preuves", preuve) for preuve in piece.preuves))


@dataclass(frozen=True)
class Complements:
    """What the published fiche adds: mastery of competences, partial validation, texts of the Journal officiel."""

    textes: tuple[tuple[str, str], ...]
    termes: tuple[Terme, ...]
    publications: tuple[LignePublication, ...]


@dataclass(frozen=True)
class LignePublication:
    """One text of the Journal officiel, as published."""

    nature: str
    titre: str
    date: str


def build_complements(vue: Vue, certification: Certification) -> Complements:
    """Return what the extract says and the record does not keep; empty without an extract."""
    extrait = vue.registre.extraits.get(certification.numero)
    if extrait is None:
        return Complements((), (), ())
    mastery, partial = extrait.niveau_maitrise_competences, extrait.validation_partielle
    answer = "possible" if partial is OuiNon.OUI else "non prévue"
    return Complements(
        textes=(("Niveau de maîtrise des compétences", restore(mastery)),) if mastery else (),
        termes=(Terme("Validation partielle", answer),) if partial else (),
        publications=tuple(_publication(publication) for publication in extrait.publications),
    )


def _publication(publication: Publication) -> LignePublication:
    nature = LIBELLES_PUBLICATION.get(publication.nature, publication.nature)
    return LignePublication(nature, publication.titre or "", publication.date or "")


def build_notes(vue: Vue, certification: Certification) -> Presentation:  # noqa: ARG001 - every section has the same signature
    """Return the working notes; the filter leaves them in an interne edition only."""
    return Presentation((("", certification.notes),) if certification.notes else ())
