"""The page of one certification, section by section: what it is, how it stands, what to do, its details."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.french import count, format_delay, join
from macros.models.base import OuiNon, Repertoire
from macros.models.certification import NatureEvolution
from macros.models.constat import Niveau
from macros.models.fiche import Voie
from macros.views.lignee import official_reference
from macros.views.parts import LigneConstat, Pastille, Reference, Terme, constat_line, reference_to, status, worst
from macros.views.retroplanning import Etape, build_frise

if TYPE_CHECKING:
    from datetime import date

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
LIBELLES_EVOLUTION = {
    NatureEvolution.ACTIVITES: "activités",
    NatureEvolution.COMPETENCES: "compétences",
    NatureEvolution.EVALUATION: "évaluation",
    NatureEvolution.BLOCS: "blocs",
    NatureEvolution.VOIES: "voies d’accès",
    NatureEvolution.AUTRE: "autre",
}


@dataclass(frozen=True)
class Identite:
    """The first card of the page: number, status pills, dates, and the renewal schedule when it applies."""

    surtitre: str
    officielle: Reference
    pastilles: tuple[Pastille, ...]
    termes: tuple[Terme, ...]
    frise: tuple[Etape, ...]


def build_identite(vue: Vue, certification: Certification) -> Identite:
    """Return what the certification is and how it stands today."""
    kind = "enregistrement sur demande" if certification.is_on_request() else "enregistrement de droit"
    level = f"niveau {certification.niveau}" if certification.niveau else ""
    return Identite(
        surtitre=" · ".join(part for part in (certification.numero, level, kind) if part),
        officielle=Reference("fiche officielle", certification.official_url(), externe=True),
        pastilles=tuple(_pills(vue, certification)),
        termes=tuple(_terms(vue, certification)),
        frise=build_frise(vue, certification),
    )


def state_pill(certification: Certification, today: date) -> Pastille:
    """Return the state of the registration on `today`, from its date rather than from what a fiche declares."""
    if certification.is_expired(today):
        return Pastille("sans_objet", "enregistrement échu")
    if certification.actif is OuiNon.NON:
        return Pastille("sans_objet", "inactive")
    return Pastille("conforme", "active") if certification.actif else Pastille("sans_objet", "état inconnu")


def _pills(vue: Vue, certification: Certification) -> list[Pastille]:
    pills = [state_pill(certification, vue.today)]
    end = certification.date_fin_enregistrement
    if end and not certification.is_expired(vue.today):
        near = certification.renewal_step(vue.registre.organisme.parametres.retroplanning.collecte_mois)
        soon = certification.is_on_request() and near is not None and near <= vue.today
        pills.append(Pastille("a_surveiller" if soon else "sans_objet", f"échéance {format_delay(vue.today, end)}"))
    if vue.shows_constats():
        pills.append(constats_pill(vue, certification.numero))
    return pills


def constats_pill(vue: Vue, numero: str) -> Pastille:
    """Return how many constats a certification has, under the level of the worst."""
    found = vue.constats_of(numero)
    gaps = sum(constat.niveau is Niveau.ECART for constat in found)
    watched = sum(constat.niveau is Niveau.A_SURVEILLER for constat in found)
    words = [count(gaps, "écart")] if gaps else []
    if watched:
        words.append(f"{count(watched, 'point')} à surveiller")
    return status(worst(found), join(words))


def _terms(vue: Vue, certification: Certification) -> list[Terme]:
    terms = []
    if certification.is_on_request():
        years = count(certification.duree_enregistrement, "an") if certification.duree_enregistrement else ""
        terms.append(Terme("Décision d’enregistrement", certification.date_decision, years))
    elif certification.date_publication:
        terms.append(Terme("Publication", certification.date_publication))
    terms.append(Terme("Fin d’enregistrement", certification.date_fin_enregistrement))
    terms.append(Terme("Limite de délivrance", certification.date_limite_delivrance))
    for label, numbers in (("Fiche précédente", certification.anciennes_fiches), ("Fiche suivante", certification.nouvelles_fiches)):
        if numbers:
            terms.append(Terme(label if len(numbers) == 1 else label.replace("Fiche ", "Fiches ") + "s", tuple(official_reference(vue, n) for n in numbers)))
    if certification.etat_fiche:
        terms.append(Terme("État de la fiche", certification.etat_fiche))
    domaine = vue.registre.organisme.domaine(certification.domaine)
    if domaine:
        terms.append(Terme("Domaine", domaine.libelle))
    extrait = vue.registre.extraits.get(certification.numero)
    terms.append(Terme("Relevé France compétences", extrait.source.date if extrait else None))
    return terms


def build_constats(vue: Vue, certification: Certification) -> tuple[LigneConstat, ...]:
    """Return the constats on this certification, most urgent first; empty when all is in order."""
    return tuple(constat_line(vue, constat) for constat in vue.constats_of(certification.numero))


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
    texts = (("Emplois accessibles", certification.debouches), ("Secteurs", certification.secteurs), ("Réglementations", certification.reglementations))
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
            Pastille("conforme", "ouverte") if voie.ouverte is OuiNon.OUI else Pastille("sans_objet", "non ouverte"),
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


def build_blocs(vue: Vue, certification: Certification) -> tuple[VueBloc, ...]:  # noqa: ARG001
    """Return the blocs in the order of the fiche."""
    return tuple(VueBloc(bloc, f"{bloc.code.removeprefix(certification.numero)} · {bloc.intitule}") for bloc in certification.blocs)


@dataclass(frozen=True)
class LigneCorrespondance:
    """An equivalence: which blocs here, which fiche, which blocs there."""

    blocs: str
    fiche: Reference
    blocs_fiche: str


def build_correspondances(vue: Vue, certification: Certification) -> tuple[LigneCorrespondance, ...]:
    """Return equivalences with other fiches, in the order of the fiche."""
    return tuple(
        LigneCorrespondance(join(c.blocs) or "Toute la certification", official_reference(vue, c.fiche), join(c.blocs_fiche) or "toute la certification")
        for c in certification.correspondances
    )


@dataclass(frozen=True)
class LigneEvolution:
    """One dated change of the référentiel."""

    date: date
    titre: str
    motif: str
    avant: str
    apres: str
    decision: Reference | None


def build_evolutions(vue: Vue, certification: Certification) -> tuple[LigneEvolution, ...]:
    """Return the changes of the référentiel, latest first."""
    return tuple(
        LigneEvolution(
            evolution.date,
            f"Version {evolution.version}, {LIBELLES_EVOLUTION[evolution.nature]}" + (f" ({join(evolution.blocs)})" if evolution.blocs else ""),
            evolution.motif,
            evolution.avant or "",
            evolution.apres or "",
            reference_to(vue, "decisions", evolution.decision) if evolution.decision else None,
        )
        for evolution in sorted(certification.evolutions, key=lambda e: e.date, reverse=True)
    )


def describe(certification: Certification) -> str:
    """Return the register and the level as a phrase: `RNCP, niveau 6`."""
    if certification.repertoire is Repertoire.RNCP and certification.niveau:
        return f"RNCP, niveau {certification.niveau}"
    return certification.repertoire.value


