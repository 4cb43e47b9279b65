"""What a certification holds: texts, codes, access routes, blocs, equivalences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.french import join
from macros.models.base import OuiNon
from macros.models.fiche import Voie
from macros.views.lignee import official_reference
from macros.views.parts import Pastille, Reference

if TYPE_CHECKING:
    from macros.models.certification import Certification
    from macros.models.fiche import Bloc, Code
    from macros.views.context import Vue

LIBELLES_VOIE = {
    Voie.FI: "Formation initiale, sous statut d’élève ou d’étudiant",
    Voie.CA: "Contrat d’apprentissage",
    Voie.FC: "Formation continue",
    Voie.CQ: "Contrat de professionnalisation",
    Voie.CL: "Candidature individuelle",
    Voie.VAE: "Validation des acquis de l’expérience",
}


@dataclass(frozen=True)
class GroupeCodes:
    """Codes of one nomenclature."""

    titre: str
    codes: tuple[Code, ...]


@dataclass(frozen=True)
class Presentation:
    """Long texts and codes: what the certification is for and where it leads."""

    textes: tuple[tuple[str, str], ...]
    codes: tuple[GroupeCodes, ...] = ()
    references: tuple[Reference, ...] = ()


def build_objectifs(vue: Vue, certification: Certification) -> Presentation:  # noqa: ARG001 - every section has the same signature
    """Return what the certification answers to, and what is asked of candidates."""
    texts = (("", certification.objectifs), ("Activités visées", certification.activites), ("Prérequis", certification.prerequis))
    link = (Reference("Référentiel publié", certification.referentiel, externe=True),) if certification.referentiel else ()
    return Presentation(_present(texts), references=link)


def build_competences(vue: Vue, certification: Certification) -> Presentation:  # noqa: ARG001
    """Return the competences the certification attests."""
    return Presentation(_present((("", certification.competences),)))


def build_debouches(vue: Vue, certification: Certification) -> Presentation:  # noqa: ARG001
    """Return sectors, jobs, regulations and the codes of nomenclatures."""
    texts = (
        ("Emplois accessibles", certification.debouches),
        ("Secteurs", certification.secteurs),
        ("Réglementations", certification.reglementations),
    )
    codes = certification.codes
    groups = (
        GroupeCodes("Métiers (ROME)", codes.rome),
        GroupeCodes("Spécialités (NSF)", codes.nsf),
        GroupeCodes("Formacodes", codes.formacodes),
        GroupeCodes("Abrégé", (codes.abrege,) if codes.abrege else ()),
    )
    return Presentation(_present(texts), tuple(group for group in groups if group.codes))


def _present(texts: tuple[tuple[str, str | None], ...]) -> tuple[tuple[str, str], ...]:
    return tuple((title, text) for title, text in texts if text)


@dataclass(frozen=True)
class LigneVoie:
    """One access route in words, whether it is open, and its jury."""

    libelle: str
    pastille: Pastille
    jury: str


def build_voies(vue: Vue, certification: Certification) -> tuple[LigneVoie, ...]:  # noqa: ARG001
    """Return the access routes, open ones first, in the order of the registers."""
    rows = [
        LigneVoie(
            LIBELLES_VOIE[voie.voie],
            Pastille("actif", "ouverte") if voie.ouverte is OuiNon.OUI else Pastille("sans_objet", "non ouverte"),
            voie.jury or "",
        )
        for voie in sorted(certification.voies, key=lambda v: (v.ouverte is OuiNon.NON, list(Voie).index(v.voie)))
    ]
    return tuple(rows)


@dataclass(frozen=True)
class VueBloc:
    """One bloc, its competences and its evaluation."""

    bloc: Bloc
    titre: str
    ancre: str


def build_blocs(vue: Vue, certification: Certification) -> tuple[VueBloc, ...]:  # noqa: ARG001
    """Return the blocs in the order of the fiche."""
    return tuple(
        VueBloc(bloc, f"{bloc.code.removeprefix(certification.numero)} · {bloc.intitule}", f"bloc-{rank}")
        for rank, bloc in enumerate(certification.blocs, 1)
    )


@dataclass(frozen=True)
class LigneCorrespondance:
    """An equivalence: which blocs here, which fiche, which blocs there."""

    blocs: str
    fiche: Reference
    blocs_fiche: str


def build_correspondances(vue: Vue, certification: Certification) -> tuple[LigneCorrespondance, ...]:
    """Return equivalences with other fiches, in the order of the fiche."""
    return tuple(
        LigneCorrespondance(
            join(c.blocs) or "Toute la certification", official_reference(vue, c.fiche), join(c.blocs_fiche) or "toute la certification"
        )
        for c in certification.correspondances
    )
